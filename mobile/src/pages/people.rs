//! People and their devices, for those who look after them: asked at the server each time, nothing of it is kept. Shows names,
//! devices and times; nothing of a case.

mod account;
mod devices;
mod enrolment;
mod handed;
mod lost;
mod person;
mod revoked;

pub(crate) use lost::{LostPhonePage, LostStart};
pub(crate) use person::PersonPage;
pub(crate) use revoked::RevokedLately;

use crate::{
    components::{EmptyState, Glyph, Icon, Loaded, PageTitle, TextField, names},
    hooks::{Asked, Load, Table, use_allowed, use_app, use_asked, use_settings, use_texts},
    protocol::{Answer, PeopleAnswer, PeopleRequest, Request},
    routes::Route,
};
use dioxus::prelude::*;
use shared::{arabic, model::devices::PersonDevices};

/// The address of a person not yet saved.
pub(crate) const NEW: &str = "new";

/// Everyone whose devices this person looks after.
fn use_people() -> Asked<Vec<PersonDevices>> {
    use_asked(
        Table::Server,
        || Request::People(PeopleRequest::List),
        |answer| {
            if let Answer::People(PeopleAnswer::List(people)) = answer { Some(Load::Ready(people)) } else { None }
        },
    )
}

/// List of people with the state of their devices.
#[component]
pub(crate) fn PeoplePage() -> Element {
    let t = use_texts();
    let allowed = use_allowed();
    let (is_admin, sees_week) = (allowed("users"), allowed("weekly"));
    let asked = use_people();
    let mut typed = use_signal(String::new);
    rsx! {
        div { class: "page", "data-testid": "people",
            PageTitle { title: t.nav_people(),
                if is_admin {
                    Link { class: "button button-main", to: Route::PersonPage { user: NEW.to_owned() }, "data-testid": "new-person", Icon { glyph: Glyph::Plus } {t.people_new()} }
                }
            }
            p { class: "soft", {t.people_words()} }
            Link { class: "button button-wide", to: Route::LostStart {}, "data-testid": "lost-phone", Icon { glyph: Glyph::Alert } {t.people_lost()} }
            if sees_week {
                Link { class: "button button-wide", to: Route::WeekPage {}, "data-testid": "to-week", Icon { glyph: Glyph::List } {t.week_page()} }
            }
            TextField { id: "search", label: t.people_search(), value: typed(), on_change: move |v| typed.set(v) }
            Loaded { asked, empty: rsx! {}, ready: move |people: Vec<PersonDevices>| rsx! {
                revoked::Lately { people: people.clone() }
                Found { people, typed: typed() }
            } }
        }
    }
}

#[component]
fn Found(people: Vec<PersonDevices>, typed: String) -> Element {
    let t = use_texts();
    let settings = use_settings();
    let wanted = arabic::fold(&typed);
    let found: Vec<_> = people
        .into_iter()
        .filter_map(|person| settings.person(&person.user).cloned().map(|known| (person, known)))
        .filter(|(_, known)| arabic::fold(&known.name).contains(&wanted))
        .collect();
    rsx! {
        if found.is_empty() {
            EmptyState { glyph: Glyph::Search, title: t.people_none_found() }
        } else {
            ul { class: "card card-flush list",
                for (person , known) in found {
                    li { key: "{person.user}",
                        Link { class: "item item-go", to: Route::PersonPage { user: person.user.to_string() }, "data-testid": "person-{person.user}",
                            span { class: "stack-s",
                                span { class: "item-title", bdi { "{known.name}" } " · " span { class: "faint", {names::coded(t, "role", known.role.id())} } }
                                span { class: "row",
                                    Marks { closed: person.closed || known.inactive, absent: known.absent, devices: person.devices.len() }
                                    LastContact { person }
                                }
                            }
                            Icon { glyph: Glyph::ChevronEnd }
                        }
                    }
                }
            }
        }
    }
}

#[component]
fn Marks(closed: bool, absent: bool, devices: usize) -> Element {
    let t = use_texts();
    rsx! {
        span { class: "badge", Icon { glyph: Glyph::Device } {t.people_devices(devices)} }
        if closed {
            span { class: "badge badge-danger", {t.people_closed()} }
        }
        if absent {
            span { class: "badge badge-warn", {t.people_absent()} }
        }
    }
}

/// When any of a person's devices was last heard of, and what waited.
#[component]
fn LastContact(person: PersonDevices) -> Element {
    let t = use_texts();
    let now = use_app().now();
    let last = person.devices.iter().filter_map(|device| device.last_contact).max();
    let waiting: u32 = person.devices.iter().map(|device| device.waiting).sum();
    rsx! {
        if let Some(at) = last {
            span { class: "faint", {t.since(at, now)} }
        }
        if waiting > 0 {
            span { class: "badge badge-warn", {t.chip_waiting(waiting)} }
        }
    }
}
