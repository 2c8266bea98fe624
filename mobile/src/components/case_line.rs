//! One case in a list.

use super::{AgeBadge, Glyph, Icon, LevelBadge, StatusBadge, SyncBadge, names};
use crate::hooks::{use_app, use_settings, use_texts, use_today};
use dioxus::prelude::*;
use shared::model::{codes::Status, row::CaseRow};

/// Number, what about, where, who, and its marks. Sealed headers show nothing but number, place and day.
#[component]
pub(crate) fn CaseLine(row: CaseRow, #[props(default = true)] with_sync: bool) -> Element {
    let t = use_texts();
    let app = use_app();
    let settings = use_settings();
    let today = use_today();
    let about = names::matter(t, &settings, &row);
    let place = names::place(t, app, row.adm4.as_ref().unwrap_or(&row.adm3));
    let who = row.assignee.as_ref().map_or_else(|| t.case_nobody(), |user| names::person(t, &settings, user));
    rsx! {
        div { class: "case-line",
            LevelBadge { level: row.level }
            div { class: "stack-s",
                p { class: "item-title",
                    "{about} "
                    bdi { class: "num faint ltr", {names::ref_no(t, &row.ref_no)} }
                }
                if !row.excerpt.is_empty() {
                    p { class: "soft clamp", dir: "auto", "{row.excerpt}" }
                }
                p { class: "faint",
                    bdi { "{place}" }
                    if !row.level.is_sealed() {
                        " · "
                        bdi { "{who}" }
                    }
                    " · "
                    {t.days_ago(row.received_on, today)}
                }
            }
            div { class: "badges",
                if row.level.is_sealed() && row.status != Status::Sealed {
                    StatusBadge { status: Status::Sealed }
                }
                if row.status != Status::Registered || !with_sync {
                    StatusBadge { status: row.status }
                }
                if let Some(due_on) = row.presses_on().filter(|_| !row.status.is_ended() && row.responded_on.is_none()) {
                    AgeBadge { today, due_on, soon: settings.limits.due_soon_days }
                }
                if let Some(told) = row.on_spot.filter(|told| told.waits) {
                    span { class: if told.not_enough { "badge badge-warn" } else { "badge badge-good" }, "data-testid": "to-accept", "data-enough": !told.not_enough,
                        Icon { glyph: Glyph::Message }
                        if told.not_enough { {t.case_told_not_enough()} } else { {t.case_told_waits()} }
                    }
                }
                if row.awaiting_ruling > 0 {
                    span { class: "badge badge-warn", Icon { glyph: Glyph::Hourglass } {t.case_awaiting()} }
                }
                if row.conflict {
                    span { class: "badge badge-danger", Icon { glyph: Glyph::Split } {t.case_conflict()} }
                }
                if row.reopened > 0 {
                    span { class: "badge", Icon { glyph: Glyph::Undo } {t.case_reopened(row.reopened)} }
                }
                if with_sync {
                    SyncBadge { sync: row.sync }
                }
            }
        }
    }
}
