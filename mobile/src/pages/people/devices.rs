//! One person's devices: what each last told, revoking and re-opening.

use super::enrolment::{Confirmation, NewDevice};
use crate::{
    components::{Confirm, EmptyState, Glyph, Icon, names},
    hooks::{use_allowed, use_app, use_me, use_texts},
    platform,
    protocol::{Answer, PeopleRequest, Request},
    routes::Route,
};
use dioxus::prelude::*;
use shared::{
    model::{
        devices::{AskedOpening, DeviceRow, DeviceStanding, PersonDevices},
        ids::{DeviceId, UserId},
    },
    text::Texts,
};

/// All devices of a person.
#[component]
pub(super) fn Devices(person: PersonDevices, name: String, on_change: EventHandler<()>) -> Element {
    let t = use_texts();
    let app = use_app();
    let mut asking = use_signal(|| None::<Deed>);
    let in_use = person.devices.iter().filter(|device| device.standing != DeviceStanding::Revoked).count();
    let allowed = use_allowed();
    let is_other = use_me().is_some_and(|me| me.id != person.user);
    let user = person.user.clone();
    let go = move |deed: Deed| {
        asking.set(None);
        let (done, request) = (deed.done(t), Request::People(deed.request(user.clone())));
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
                    danger: matches!(deed, Deed::Revoke(_) | Deed::RevokeAll),
                    on_yes: {
                        let mut go = go.clone();
                        let deed = deed.clone();
                        move |()| go(deed.clone())
                    },
                    on_no: move |()| asking.set(None),
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
    Open(DeviceId, AskedOpening),
}

impl Deed {
    fn request(self, user: UserId) -> PeopleRequest {
        match self {
            Self::Revoke(device) => PeopleRequest::Revoke { user, device: Some(device) },
            Self::RevokeAll => PeopleRequest::Revoke { user, device: None },
            Self::Reopen(device) => PeopleRequest::Reopen { user, device },
            Self::Open(device, asked) => PeopleRequest::Open { user, device, one_time: asked.one_time },
        }
    }

    fn title(&self, t: Texts) -> String {
        match self {
            Self::Revoke(_) => t.devices_revoke_title(),
            Self::RevokeAll => t.devices_revoke_all_title(),
            Self::Reopen(_) => t.devices_reopen_title(),
            Self::Open(..) => t.devices_open_title(),
        }
    }

    fn words(&self, t: Texts, name: &str) -> String {
        match self {
            Self::Revoke(_) | Self::RevokeAll => t.devices_revoke_words(name),
            Self::Reopen(_) => t.devices_reopen_words(name),
            Self::Open(_, asked) => t.devices_open_words(&asked.code, name),
        }
    }

    fn yes(&self, t: Texts) -> String {
        match self {
            Self::Revoke(_) | Self::RevokeAll => t.devices_revoke(),
            Self::Reopen(_) => t.devices_reopen(),
            Self::Open(..) => t.devices_open(),
        }
    }

    fn done(&self, t: Texts) -> String {
        match self {
            Self::Revoke(_) | Self::RevokeAll => t.devices_revoked(),
            Self::Reopen(_) => t.devices_reopened(),
            Self::Open(..) => t.devices_opened(),
        }
    }
}

#[component]
fn One(user: UserId, device: DeviceRow, on_change: EventHandler<()>, on_deed: EventHandler<Deed>) -> Element {
    let t = use_texts();
    let may_open = use_allowed()("device_open");
    let (id, standing) = (device.device, device.standing);
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
            Told { device }
        }
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
