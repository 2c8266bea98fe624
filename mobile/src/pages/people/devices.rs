//! One person's devices: what each last told, and revoking.

use crate::{
    components::{Confirm, EmptyState, Glyph, Icon, names},
    hooks::{use_app, use_texts},
    platform,
    protocol::{Answer, PeopleRequest, Request},
    routes::Route,
};
use dioxus::prelude::*;
use shared::model::{
    devices::{DeviceRow, DeviceStanding, PersonDevices},
    ids::DeviceId,
};

/// All devices of a person.
#[component]
pub(super) fn Devices(person: PersonDevices, name: String, on_change: EventHandler<()>) -> Element {
    let t = use_texts();
    let app = use_app();
    // Some(None) asks for all of them.
    let mut asking = use_signal(|| None::<Option<DeviceId>>);
    let in_use = person.devices.iter().filter(|device| device.standing != DeviceStanding::Revoked).count();
    let user = person.user.clone();
    let revoke = move |device: Option<DeviceId>| {
        asking.set(None);
        let request = Request::People(PeopleRequest::Revoke { user: user.clone(), device });
        spawn(async move {
            if let Answer::Failed(failure) = platform::call(request).await {
                app.say(names::failure(t, failure.code));
            } else {
                app.say(t.devices_revoked());
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
                One { key: "{device.device}", device, on_revoke: move |id| asking.set(Some(Some(id))) }
            }
            if in_use > 1 {
                button { class: "button button-danger start", r#type: "button", "data-testid": "revoke-all", onclick: move |_| asking.set(Some(None)), Icon { glyph: Glyph::Ban } {t.devices_revoke_all()} }
            }
            if let Some(device) = asking() {
                Confirm {
                    title: if device.is_some() { t.devices_revoke_title() } else { t.devices_revoke_all_title() },
                    words: t.devices_revoke_words(&name),
                    yes: t.devices_revoke(),
                    danger: true,
                    on_yes: {
                        let mut revoke = revoke.clone();
                        move |()| revoke(device)
                    },
                    on_no: move |()| asking.set(None),
                }
            }
        }
    }
}

#[component]
fn One(device: DeviceRow, on_revoke: EventHandler<DeviceId>) -> Element {
    let t = use_texts();
    let (id, standing) = (device.device, device.standing);
    rsx! {
        section { class: "card", "data-testid": "device-{id}", "data-standing": standing.id(),
            div { class: "card-head",
                Standing { standing }
                if standing != DeviceStanding::Revoked {
                    div { class: "actions",
                        Link { class: "button", to: Route::LostPhonePage { device: id.to_string() }, Icon { glyph: Glyph::Alert } {t.devices_lost()} }
                        button { class: "button", r#type: "button", "data-testid": "revoke-{id}", onclick: move |_| on_revoke.call(id), Icon { glyph: Glyph::Ban } {t.devices_revoke()} }
                    }
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
