//! One person's devices: what each last told, revoking and re-opening.

use super::enrolment::{Confirmation, NewDevice};
use crate::{
    components::{Confirm, EmptyState, Glyph, Icon, SelectField, names},
    hooks::{use_allowed, use_app, use_me, use_settings, use_texts},
    platform,
    protocol::{Answer, PeopleRequest, Request},
    routes::Route,
};
use dioxus::prelude::*;
use shared::{
    model::{
        devices::{AskedOpening, DeviceRow, DeviceStanding, PersonDevices, RevokeReason, Revoked},
        ids::{DeviceId, UserId},
    },
    policy,
    text::Texts,
};

/// All devices of a person.
#[component]
pub(super) fn Devices(person: PersonDevices, name: String, on_change: EventHandler<()>) -> Element {
    let t = use_texts();
    let app = use_app();
    let mut asking = use_signal(|| None::<Deed>);
    let mut why = use_signal(|| None::<RevokeReason>);
    let in_use = person.devices.iter().filter(|device| device.standing != DeviceStanding::Revoked).count();
    let allowed = use_allowed();
    let is_other = use_me().is_some_and(|me| me.id != person.user);
    let user = person.user.clone();
    let go = move |deed: Deed| {
        asking.set(None);
        let (done, request) = (deed.done(t), deed.request(user.clone(), why.take()));
        let Some(request) = request.map(Request::People) else { return };
        spawn(async move {
            if let Answer::Failed(failure) = platform::call(request).await {
                app.say(names::failure(t, failure.code));
            } else {
                app.say(done);
            }
            on_change.call(());
        });
    };
    rsx! {
        section { class: "stack", "data-testid": "devices",
            h2 { {t.devices_title()} }
            if person.devices.is_empty() {
                EmptyState { glyph: Glyph::Device, title: t.devices_none() }
            }
            for device in person.devices.clone() {
                One { key: "{device.device}", user: person.user.clone(), device, on_change, on_deed: move |deed| asking.set(Some(deed)) }
            }
            if is_other && allowed("device_enrol") {
                NewDevice { user: person.user.clone(), name: name.clone() }
            }
            if in_use > 1 {
                button { class: "button button-danger start", r#type: "button", "data-testid": "revoke-all", onclick: move |_| asking.set(Some(Deed::RevokeAll)), Icon { glyph: Glyph::Ban } {t.devices_revoke_all()} }
            }
            if let Some(deed) = asking() {
                Confirm {
                    title: deed.title(t),
                    words: deed.words(t, &name),
                    yes: deed.yes(t),
                    danger: deed.revokes(),
                    ready: !deed.revokes() || why().is_some(),
                    on_yes: {
                        let mut go = go.clone();
                        let deed = deed.clone();
                        move |()| go(deed.clone())
                    },
                    on_no: move |()| {
                        asking.set(None);
                        why.set(None);
                    },
                    if deed.revokes() {
                        SelectField {
                            id: "revoke-why",
                            label: t.devices_revoke_why(),
                            value: why().map(RevokeReason::id).unwrap_or_default().to_owned(),
                            options: reasons(t),
                            none: t.devices_revoke_choose(),
                            on_change: move |code: String| why.set(RevokeReason::from_id(&code)),
                        }
                        p { class: "faint", {t.devices_revoke_told()} }
                    }
                }
            }
        }
    }
}

/// What is done to a device after a question.
#[derive(Clone, PartialEq)]
enum Deed {
    Revoke(DeviceId),
    RevokeAll,
    Reopen(DeviceId),
    /// Lets one in again that someone else revoked.
    LetIn(DeviceId),
    Open(DeviceId, AskedOpening),
}

fn reasons(t: Texts) -> Vec<(String, String)> {
    let of = |why: &RevokeReason| (why.id().to_owned(), names::coded(t, "revoke-reason", why.id()));
    RevokeReason::ALL.iter().map(of).collect()
}

impl Deed {
    const fn revokes(&self) -> bool {
        matches!(self, Self::Revoke(_) | Self::RevokeAll)
    }

    /// None while the reason is missing.
    fn request(self, user: UserId, why: Option<RevokeReason>) -> Option<PeopleRequest> {
        Some(match self {
            Self::Revoke(device) => PeopleRequest::Revoke { user, device: Some(device), why: why? },
            Self::RevokeAll => PeopleRequest::Revoke { user, device: None, why: why? },
            Self::Reopen(device) | Self::LetIn(device) => PeopleRequest::Reopen { user, device },
            Self::Open(device, asked) => PeopleRequest::Open { user, device, one_time: asked.one_time },
        })
    }

    fn title(&self, t: Texts) -> String {
        match self {
            Self::Revoke(_) => t.devices_revoke_title(),
            Self::RevokeAll => t.devices_revoke_all_title(),
            Self::Reopen(_) => t.devices_reopen_title(),
            Self::LetIn(_) => t.devices_let_in_title(),
            Self::Open(..) => t.devices_open_title(),
        }
    }

    fn words(&self, t: Texts, name: &str) -> String {
        match self {
            Self::Revoke(_) | Self::RevokeAll => t.devices_revoke_words(name),
            Self::Reopen(_) => t.devices_reopen_words(name),
            Self::LetIn(_) => t.devices_let_in_words(name),
            Self::Open(_, asked) => t.devices_open_words(&asked.code, name),
        }
    }

    fn yes(&self, t: Texts) -> String {
        match self {
            Self::Revoke(_) | Self::RevokeAll => t.devices_revoke(),
            Self::Reopen(_) => t.devices_reopen(),
            Self::LetIn(_) => t.devices_let_in(),
            Self::Open(..) => t.devices_open(),
        }
    }

    fn done(&self, t: Texts) -> String {
        match self {
            Self::Revoke(_) | Self::RevokeAll => t.devices_revoked(),
            Self::Reopen(_) => t.devices_reopened(),
            Self::LetIn(_) => t.devices_was_let_in(),
            Self::Open(..) => t.devices_opened(),
        }
    }
}

#[component]
fn One(user: UserId, device: DeviceRow, on_change: EventHandler<()>, on_deed: EventHandler<Deed>) -> Element {
    let t = use_texts();
    let may_open = use_allowed()("device_open");
    let (id, standing) = (device.device, device.standing);
    let settings = use_settings();
    let actor = use_me().and_then(|me| policy::actor(&settings, &me.id));
    let lets_in = device
        .revoked
        .as_ref()
        .zip(actor)
        .is_some_and(|(revoked, actor)| policy::lets_in_again(&settings, &actor, &user, &revoked.by));
    rsx! {
        section { class: "card", "data-testid": "device-{id}", "data-standing": standing.id(),
            div { class: "card-head",
                Standing { standing }
                if standing != DeviceStanding::Revoked {
                    div { class: "actions",
                        if standing == DeviceStanding::Road {
                            button { class: "button button-main", r#type: "button", "data-testid": "reopen-{id}", onclick: move |_| on_deed.call(Deed::Reopen(id)), Icon { glyph: Glyph::Unlock } {t.devices_reopen()} }
                        }
                        Link { class: "button", to: Route::LostPhonePage { device: id.to_string() }, Icon { glyph: Glyph::Alert } {t.devices_lost()} }
                        button { class: "button", r#type: "button", "data-testid": "revoke-{id}", onclick: move |_| on_deed.call(Deed::Revoke(id)), Icon { glyph: Glyph::Ban } {t.devices_revoke()} }
                    }
                }
            }
            if standing == DeviceStanding::Unconfirmed {
                Confirmation { user, device: id, on_change }
            }
            if let Some(asked) = device.opening.clone().filter(|_| may_open) {
                div { class: "card card-warn", "data-testid": "opening-{id}",
                    p { {t.devices_asks_opening()} }
                    p { class: "code-words", dir: "ltr", "{asked.code}" }
                    button { class: "button button-main start", r#type: "button", "data-testid": "open-{id}", onclick: move |_| on_deed.call(Deed::Open(id, asked.clone())), Icon { glyph: Glyph::Unlock } {t.devices_open()} }
                }
            }
            if let Some(revoked) = device.revoked.clone() {
                RevokedBy { revoked }
            }
            if lets_in {
                button { class: "button start", r#type: "button", "data-testid": "let-in-{id}", onclick: move |_| on_deed.call(Deed::LetIn(id)), Icon { glyph: Glyph::Unlock } {t.devices_let_in()} }
            }
            Told { device }
        }
    }
}

/// Who revoked it, when and why.
#[component]
pub(super) fn RevokedBy(revoked: Revoked) -> Element {
    let t = use_texts();
    let app = use_app();
    let settings = use_settings();
    let by = if revoked.by.as_str().is_empty() { t.devices_revoked_operator() } else { names::person(t, &settings, &revoked.by) };
    let why = revoked.why.map_or_else(|| t.devices_revoked_unsaid(), |why| names::coded(t, "revoke-reason", why.id()));
    rsx! {
        p { class: "warn-text", "data-testid": "revoked-by", "data-by": "{revoked.by}", {t.devices_revoked_by(&t.day(revoked.at.day(app.offset_min())), &by, &why)} }
    }
}

/// How it stands.
#[component]
fn Standing(standing: DeviceStanding) -> Element {
    let t = use_texts();
    let class = match standing {
        DeviceStanding::InUse => "badge badge-good",
        DeviceStanding::Unconfirmed | DeviceStanding::Road => "badge badge-warn",
        DeviceStanding::Revoked => "badge badge-danger",
    };
    rsx! {
        span { class, Icon { glyph: Glyph::Device } {names::coded(t, "device-standing", standing.id())} }
    }
}

/// What it last told of itself.
#[component]
pub(super) fn Told(device: DeviceRow) -> Element {
    let t = use_texts();
    let app = use_app();
    let now = app.now();
    rsx! {
        dl { class: "facts",
            div { dt { {t.devices_last_contact()} } dd { {device.last_contact.map_or_else(|| t.devices_never(), |at| t.since(at, now))} } }
            div { dt { {t.devices_waiting()} } dd { "data-testid": "device-waiting", "data-count": "{device.waiting}", {t.devices_waiting_count(device.waiting)} } }
            div { dt { {t.devices_enrolled()} } dd { {t.day(device.enrolled_at.day(app.offset_min()))} } }
            if !device.app.is_empty() {
                div { dt { {t.devices_version()} } dd { bdi { class: "ltr num", "{device.app}" } } }
            }
            div { dt { {t.devices_id()} } dd { bdi { class: "ltr num faint", "{device.device}" } } }
        }
    }
}
