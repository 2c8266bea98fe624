//! Devices that someone else revoked of late, for everyone who looks after the same people: whoever revokes the phone of someone about to
//! report them does not stay unseen. Names, times and a reason; nothing of a case.

use super::{devices::RevokedBy, use_people};
use crate::{
    components::{Glyph, Icon, names},
    hooks::{Load, use_app, use_me, use_settings, use_texts},
    routes::Route,
};
use dioxus::prelude::*;
use shared::model::{
    devices::{PersonDevices, Revoked},
    ids::UserId,
};

/// So long it is shown.
const SHOWN_DAYS: i64 = 14;

/// Asked at the server where a day begins; nothing while there is none, or no network.
#[component]
pub(crate) fn RevokedLately() -> Element {
    let Load::Ready(people) = use_people().load else { return rsx! {} };
    rsx! { Lately { people } }
}

/// One card each.
#[component]
pub(super) fn Lately(people: Vec<PersonDevices>) -> Element {
    let t = use_texts();
    let settings = use_settings();
    let since = use_app().now().plus(-SHOWN_DAYS * 86_400);
    let me = use_me().map(|me| me.id).unwrap_or_default();
    rsx! {
        for (user , revoked) in of_others(people, &me).into_iter().filter(|(_, revoked)| revoked.at > since) {
            section { key: "{user}-{revoked.at.0}", class: "card card-warn", role: "status", "data-testid": "revoked-lately",
                p { class: "strong", {t.revoked_lately(&names::person(t, &settings, &user))} }
                RevokedBy { revoked }
                p { class: "soft", {t.revoked_lately_words()} }
                Link { class: "button start", to: Route::PersonPage { user: user.to_string() }, Icon { glyph: Glyph::Device } {t.devices_title()} }
            }
        }
    }
}

/// Other people's devices that a person, and not this one, revoked; the last first.
fn of_others(people: Vec<PersonDevices>, me: &UserId) -> Vec<(UserId, Revoked)> {
    let mut found: Vec<_> = people
        .into_iter()
        .filter(|person| person.user != *me)
        .flat_map(|person| person.devices.into_iter().filter_map(move |device| Some((person.user.clone(), device.revoked?))))
        .filter(|(_, revoked)| revoked.by != *me && !revoked.by.as_str().is_empty())
        .collect();
    found.sort_by_key(|(_, revoked)| std::cmp::Reverse(revoked.at));
    found
}
