//! A phone is lost: which one, when it was last heard of, what waited on it, what had arrived from it, what it could show its
//! finder, and one press that revokes it. Shows receipt numbers and nothing of what stands behind them.

use super::{devices::Told, use_people};
use crate::{
    components::{EmptyState, Glyph, Icon, Loaded, NumberField, PageTitle, names},
    hooks::{Load, Table, use_app, use_asked, use_settings, use_texts},
    platform,
    protocol::{Answer, FailureCode, PeopleAnswer, PeopleRequest, Request},
    routes::Route,
};
use dioxus::prelude::*;
use shared::{
    model::{
        devices::{ArrivedNumbers, DeviceRow, DeviceStanding, MOST_DAYS, PersonDevices, RevokeReason},
        ids::DeviceId,
        role::Role,
    },
    text::Texts,
};

/// Days looked back on at first.
const FIRST_DAYS: u16 = 14;

/// Whose phone it is.
#[component]
pub(crate) fn LostStart() -> Element {
    let t = use_texts();
    let settings = use_settings();
    let asked = use_people();
    rsx! {
        div { class: "page", "data-testid": "lost",
            Link { class: "button button-quiet start", to: Route::PeoplePage {}, Icon { glyph: Glyph::Back } {t.nav_people()} }
            PageTitle { title: t.lost_title() }
            p { class: "soft", {t.lost_choose()} }
            Loaded { asked, empty: rsx! {}, ready: move |people: Vec<PersonDevices>| {
                let now = use_app().now();
                let in_use: Vec<_> = people
                    .into_iter()
                    .flat_map(|person| person.devices.into_iter().map(move |device| (person.user.clone(), device)))
                    .filter(|(_, device)| device.standing != DeviceStanding::Revoked)
                    .collect();
                rsx! {
                    if in_use.is_empty() {
                        EmptyState { glyph: Glyph::Device, title: t.lost_none() }
                    } else {
                        ul { class: "card card-flush list",
                            for (user , device) in in_use {
                                li { key: "{device.device}",
                                    Link { class: "item item-go", to: Route::LostPhonePage { device: device.device.to_string() }, "data-testid": "lost-{device.device}",
                                        span { class: "stack-s",
                                            span { class: "item-title", bdi { {names::person(t, &settings, &user)} } }
                                            span { class: "faint", {device.last_contact.map_or_else(|| t.devices_never(), |at| t.since(at, now))} }
                                        }
                                        Icon { glyph: Glyph::ChevronEnd }
                                    }
                                }
                            }
                        }
                    }
                }
            } }
        }
    }
}

/// One lost phone.
#[component]
pub(crate) fn LostPhonePage(device: String) -> Element {
    let t = use_texts();
    let asked = use_people();
    let again = asked.clone();
    rsx! {
        div { class: "page", "data-testid": "lost-phone",
            Link { class: "button button-quiet start", to: Route::LostStart {}, Icon { glyph: Glyph::Back } {t.lost_choose()} }
            PageTitle { title: t.lost_title() }
            Loaded { asked, empty: rsx! {}, ready: move |people: Vec<PersonDevices>| {
                let again = again.clone();
                let found = people.into_iter().find_map(|person| {
                    let row = person.devices.iter().find(|row| row.device.to_string() == device).cloned()?;
                    Some((person, row))
                });
                match found {
                    None => rsx! { EmptyState { glyph: Glyph::Device, title: t.people_unknown() } },
                    Some((person, row)) => rsx! { Lost { person, device: row, on_change: move |()| again.retry() } },
                }
            } }
        }
    }
}

#[component]
fn Lost(person: PersonDevices, device: DeviceRow, on_change: EventHandler<()>) -> Element {
    let t = use_texts();
    let settings = use_settings();
    let mut failed = use_signal(|| None::<FailureCode>);
    let mut busy = use_signal(|| false);
    let role = settings.person(&person.user).map(|known| known.role);
    let (user, id) = (person.user.clone(), device.device);
    let revoke = move |_| {
        let request = Request::People(PeopleRequest::Revoke { user: user.clone(), device: Some(id), why: RevokeReason::Lost });
        async move {
            busy.set(true);
            if let Answer::Failed(failure) = platform::call(request).await {
                failed.set(Some(failure.code));
            }
            busy.set(false);
            on_change.call(());
        }
    };
    rsx! {
        section { class: "card",
            h2 { bdi { {names::person(t, &settings, &person.user)} } }
            Told { device: device.clone() }
            p { class: if device.waiting > 0 { "warn-text" } else { "soft" }, {t.lost_waiting(device.waiting)} }
            if device.standing == DeviceStanding::Revoked {
                p { class: "good-text row", role: "status", "data-testid": "revoked", Icon { glyph: Glyph::Check } {t.lost_done()} }
            } else {
                button { class: "button button-danger button-big", r#type: "button", disabled: busy(), "data-testid": "revoke-now", onclick: revoke, Icon { glyph: Glyph::Ban } {t.lost_revoke()} }
            }
            if let Some(code) = failed() {
                p { class: "card card-danger danger-text", role: "alert", "data-testid": "failed", "data-code": names::failure_id(code), {names::failure(t, code)} }
            }
        }
        Arrived { device: id }
        section { class: "card", "data-testid": "lost-shows",
            h2 { {t.lost_shows()} }
            ul { class: "stack-s",
                li { {t.lost_shows_locked()} }
                li { {t.lost_shows_running()} }
                if let Some(role) = role {
                    li { {opened(t, role)} }
                }
            }
        }
    }
}

/// Numbers of what had arrived.
#[component]
fn Arrived(device: DeviceId) -> Element {
    let t = use_texts();
    let offset_min = use_app().offset_min();
    let mut days = use_signal(|| FIRST_DAYS);
    let asked = use_asked(
        Table::Server,
        move || Request::People(PeopleRequest::Arrived { device, days: days() }),
        |answer| {
            let Answer::People(PeopleAnswer::Arrived(numbers)) = answer else { return None };
            Some(if numbers.numbers.is_empty() { Load::Empty } else { Load::Ready(numbers) })
        },
    );
    rsx! {
        section { class: "card", "data-testid": "arrived",
            h2 { {t.lost_numbers()} }
            p { class: "soft", {t.lost_numbers_words(days())} }
            NumberField { id: "days", label: t.lost_days(), value: Some(i64::from(days())), max: i64::from(MOST_DAYS),
                on_change: move |n: Option<i64>| if let Some(n) = n.and_then(|n| u16::try_from(n).ok()).filter(|n| *n > 0) { days.set(n); } }
            Loaded { asked, empty: rsx! { p { class: "faint", "data-testid": "no-numbers", {t.lost_numbers_none()} } }, ready: move |arrived: ArrivedNumbers| rsx! {
                ul { class: "list",
                    for number in arrived.numbers {
                        li { key: "{number.ref_no}", class: "row-between", "data-testid": "number-{number.ref_no}",
                            bdi { class: "num ltr strong", {names::ref_no(t, &number.ref_no)} }
                            span { class: "faint", {t.day(number.at.day(offset_min))} }
                        }
                    }
                }
            } }
        }
    }
}

/// What whoever has the passphrase sees, by the role of the phone's user. # Source: domain.md §3, §10.3
fn opened(t: Texts, role: Role) -> String {
    match role {
        Role::Receiver => t.lost_shows_receiver(),
        Role::Ao | Role::AoAssistant | Role::AmeMgr => t.lost_shows_team(),
        Role::PmFocal | Role::AreaCoord | Role::Cd => t.lost_shows_handler(),
        Role::PseaFp | Role::HqIu => t.lost_shows_sealed(),
        Role::HqAme | Role::Admin => t.lost_shows_nothing(),
    }
}
