//! Who looked at what in seven days: counts for each person the reader looks after, and nothing of any case. Asked at the server; nothing
//! of it is kept on the device.

use crate::{
    components::{EmptyState, Glyph, Icon, Loaded, PageTitle, SelectField, names},
    hooks::{Load, Table, use_asked, use_texts, use_today},
    protocol::{Answer, Request},
    routes::Route,
};
use dioxus::prelude::*;
use shared::model::{
    dates::{Day, plus_days},
    week::{PersonsWeek, Week, WeekQuery},
};

/// Weeks on offer.
const WEEKS_BACK: i64 = 12;
const DAYS: i64 = 7;

/// One week; another can be chosen.
#[component]
pub(crate) fn WeekPage() -> Element {
    let t = use_texts();
    let today = use_today();
    let mut from = use_signal(|| None::<Day>);
    let first = |back: i64| plus_days(today, -DAYS * back);
    let weeks: Vec<(String, String)> = (1..=WEEKS_BACK)
        .map(|back| {
            (first(back).to_string(), t.week_days(&t.day_short(first(back)), &t.day_short(plus_days(first(back), DAYS - 1))))
        })
        .collect();
    let shown = from().unwrap_or_else(|| first(1));
    rsx! {
        div { class: "page", "data-testid": "week",
            Link { class: "button button-quiet start", to: Route::PeoplePage {}, Icon { glyph: Glyph::Back } {t.nav_people()} }
            PageTitle { title: t.week_page(), p { class: "faint", {t.week_explained()} } }
            SelectField { id: "week", label: t.week_which(), value: shown.to_string(), options: weeks, on_change: move |v: String| from.set(v.parse().ok()) }
            for day in [shown] {
                OneWeek { key: "{day}", from: day }
            }
        }
    }
}

#[component]
fn OneWeek(from: Day) -> Element {
    let t = use_texts();
    let asked = use_asked(
        Table::Server,
        move || Request::Week(WeekQuery { from: Some(from) }),
        |answer| {
            let Answer::Week(week) = answer else { return None };
            Some(if week.people.is_empty() { Load::Empty } else { Load::Ready(week) })
        },
    );
    rsx! {
        Loaded {
            asked,
            empty: rsx! { EmptyState { glyph: Glyph::Check, title: t.week_nothing() } },
            ready: move |week: Week| rsx! {
                for person in week.people {
                    Looked { key: "{person.user}", person }
                }
            },
        }
    }
}

#[component]
fn Looked(person: PersonsWeek) -> Element {
    let t = use_texts();
    let name = match (person.user.as_str(), person.name.as_str()) {
        ("", _) => t.week_operator(),
        (id, "") => id.to_owned(),
        (_, name) => name.to_owned(),
    };
    rsx! {
        section { class: "card", "data-testid": "looked-{person.user}",
            h2 { bdi { "{name}" }
                if let Some(role) = person.role { span { class: "faint", " · " {names::coded(t, "role", role.id())} } }
            }
            dl { class: "facts",
                for (name , count) in person.counts() {
                    div { key: "{name}", "data-testid": "count-{name}", dt { {t.coded("week", name).unwrap_or_default()} } dd { {t.number(count)} } }
                }
            }
        }
    }
}
