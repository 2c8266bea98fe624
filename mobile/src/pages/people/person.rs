//! One person: the account, for administrators, and the devices.

use super::{
    NEW,
    account::{Account, NewAccount, Resets},
    devices::Devices,
    use_people,
};
use crate::{
    components::{EmptyState, Glyph, Icon, Loaded, PageTitle},
    hooks::{use_allowed, use_settings, use_texts},
    routes::Route,
};
use dioxus::prelude::*;
use shared::model::devices::PersonDevices;

/// Account and devices of one person, or the form of a new one.
#[component]
pub(crate) fn PersonPage(user: String) -> Element {
    rsx! {
        for at in [user] {
            One { key: "{at}", user: at.clone() }
        }
    }
}

#[component]
fn One(user: String) -> Element {
    let t = use_texts();
    let is_admin = use_allowed()("users");
    rsx! {
        div { class: "page", "data-testid": "person",
            Link { class: "button button-quiet start", to: Route::PeoplePage {}, Icon { glyph: Glyph::Back } {t.nav_people()} }
            if user == NEW && is_admin {
                PageTitle { title: t.people_new() }
                NewAccount {}
            } else {
                Known { user }
            }
        }
    }
}

#[component]
fn Known(user: String) -> Element {
    let t = use_texts();
    let settings = use_settings();
    let is_admin = use_allowed()("users");
    let asked = use_people();
    let again = asked.clone();
    let known = settings.person(&user.as_str().into()).cloned();
    let Some(person) = known else {
        return rsx! { EmptyState { glyph: Glyph::User, title: t.people_unknown() } };
    };
    rsx! {
        PageTitle { title: person.name.clone() }
        if is_admin {
            Account { first: person.clone() }
        }
        Loaded { asked, empty: rsx! {}, ready: move |people: Vec<PersonDevices>| {
            let again = again.clone();
            match people.into_iter().find(|one| one.user == person.id) {
                None => rsx! { EmptyState { glyph: Glyph::User, title: t.people_unknown() } },
                Some(found) => rsx! {
                    if is_admin && !found.login.is_empty() {
                        Resets { user: found.user.clone(), name: person.name.clone(), login: found.login.clone(), second_factor: found.second_factor, closed: found.closed }
                    }
                    Devices { person: found, name: person.name.clone(), on_change: move |()| again.retry() }
                },
            }
        } }
    }
}
