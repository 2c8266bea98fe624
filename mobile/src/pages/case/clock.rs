//! The fifteen days: how many have passed, how many of them were spent unsynced, what the day is.

use crate::{
    components::{AgeBadge, Glyph, Icon},
    hooks::{use_settings, use_texts, use_today},
};
use dioxus::prelude::*;
use shared::model::{dates::days_between, row::CaseRow};

/// A bar and words; the words alone say everything.
#[component]
pub(super) fn ClockCard(row: CaseRow, hold_days: i64) -> Element {
    let t = use_texts();
    let settings = use_settings();
    let today = use_today();
    let Some(due_on) = row.due_on else {
        return rsx! {
            section { class: "card", "data-testid": "clock",
                h2 { {t.clock_title()} }
                p { {t.clock_none()} }
                dl { class: "facts",
                    div { dt { {t.clock_received()} } dd { {t.day(row.received_on)} } }
                }
            }
        };
    };
    let all = days_between(row.received_on, due_on).max(1);
    let ended = row.responded_on.or(row.closed_on);
    let passed = days_between(row.received_on, ended.unwrap_or(today)).max(0);
    let unsynced = row.unsynced_days.clamp(0, passed);
    let span = all.max(passed);
    let share = |days: i64| days * 100 / span;
    let on_time = passed.min(all) - unsynced.min(passed.min(all));
    rsx! {
        section { class: "card case-due", "data-testid": "clock",
            div { class: "card-head",
                h2 { {t.clock_title()} }
                if row.status.is_ended() || row.responded_on.is_some() {
                    span { class: "badge badge-good", Icon { glyph: Glyph::Check } {t.clock_ended(passed)} }
                } else {
                    AgeBadge { today, due_on: row.extended_to.unwrap_or(due_on), soon: settings.limits.due_soon_days }
                }
            }
            div { class: "age", "aria-hidden": "true",
                i { class: "age-unsynced", width: "{share(unsynced)}%" }
                i { width: "{share(on_time)}%" }
                i { class: "age-late", width: "{share((passed - all).max(0))}%" }
            }
            p { {t.clock_passed(&t.number(all), &t.number(passed))} }
            if row.unsynced_days > 0 {
                p { class: "warn-text", "data-testid": "unsynced", {t.clock_unsynced(&t.number(all), &t.number(row.unsynced_days))} }
            }
            if hold_days > 0 {
                p { "data-testid": "held", {t.clock_held(hold_days)} }
            }
            dl { class: "facts",
                div { dt { {t.clock_received()} } dd { {t.day(row.received_on)} } }
                div { dt { {t.clock_due()} } dd { {t.day(due_on)} } }
                if let Some(day) = row.extended_to {
                    div { dt { {t.clock_extended()} } dd { {t.day(day)} } }
                }
                if let Some(day) = row.acknowledged_on {
                    div { dt { {t.clock_acknowledged()} } dd { {t.day(day)} } }
                }
                if let Some(day) = row.responded_on {
                    div { dt { {t.clock_responded()} } dd { {t.day(day)} } }
                }
                if let Some(day) = row.closed_on {
                    div { dt { {t.clock_closed()} } dd { {t.day(day)} } }
                }
            }
        }
    }
}
