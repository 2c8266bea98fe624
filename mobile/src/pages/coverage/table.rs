//! Coverage line by line: one place, project and phase each, with the sessions behind it.

use crate::{
    components::{Glyph, Icon, Loaded, names},
    hooks::{Load, Table, use_app, use_asked, use_settings, use_texts},
    pages::sessions::SessionItem,
    protocol::{Answer, CoverageRow, Request, SessionQuery},
};
use chrono::Months;
use dioxus::prelude::*;
use shared::model::{codes::CountKey, dates::Day, row::SessionRow};

/// Rows of sessions shown for one line.
const DRILL_ROWS: u32 = 50;

/// Every line of the period.
#[component]
pub(super) fn CoverageTable(rows: Vec<CoverageRow>, from: String, to: String) -> Element {
    let t = use_texts();
    let mut open = use_signal(|| None::<String>);
    rsx! {
        div { class: "table-frame", tabindex: "0", role: "region", "aria-label": t.nav_coverage(),
            table { class: "table", "data-testid": "coverage-table",
                thead {
                    tr {
                        th { scope: "col", {t.coverage_place()} }
                        th { scope: "col", {t.field_project()} }
                        th { scope: "col", {t.field_phase()} }
                        th { scope: "col", class: "number", {t.nav_sessions()} }
                        th { scope: "col", {t.session_total()} }
                        th { scope: "col", {t.coverage_last()} }
                        th { scope: "col", class: "number", {t.coverage_complaints()} }
                    }
                }
                tbody {
                    for row in rows {
                        Line { key: "{key(&row)}", row: row.clone(), open: open() == Some(key(&row)), from: from.clone(), to: to.clone(),
                            on_open: move |()| {
                                let mine = key(&row);
                                open.with_mut(|now| *now = if *now == Some(mine.clone()) { None } else { Some(mine.clone()) });
                            } }
                    }
                }
            }
        }
    }
}

fn key(row: &CoverageRow) -> String {
    format!("{}-{}-{}", row.place, row.project, row.phase.id())
}

#[component]
fn Line(row: CoverageRow, open: bool, from: String, to: String, on_open: EventHandler<()>) -> Element {
    let t = use_texts();
    let app = use_app();
    let settings = use_settings();
    let id = key(&row);
    let total: i64 = row.counts.iter().sum();
    rsx! {
        tr { class: if row.gap { "gap" } else { "" }, "data-testid": "coverage-row-{id}", "data-gap": row.gap,
            th { scope: "row",
                bdi { {names::place(t, app, &row.place)} }
                if row.gap {
                    div { span { class: "badge badge-danger", Icon { glyph: Glyph::Alert } {t.coverage_gap()} } }
                } else if row.target {
                    div { span { class: "badge badge-good", Icon { glyph: Glyph::Check } {t.coverage_reached()} } }
                }
            }
            td { "data-label": t.field_project(), bdi { {names::project(t, &settings, &row.project)} } }
            td { "data-label": t.field_phase(), {names::choice(t, &settings, "phase", row.phase.id())} }
            td { class: "number", "data-label": t.nav_sessions(),
                if row.sessions > 0 {
                    button { class: "button button-quiet", r#type: "button", "aria-expanded": open, "data-testid": "drill-{id}", onclick: move |_| on_open.call(()),
                        {t.number(row.sessions)}
                        span { class: "unseen", {t.coverage_show(row.sessions)} }
                        Icon { glyph: Glyph::ChevronDown }
                    }
                } else {
                    {t.number(0)}
                }
            }
            td { "data-label": t.session_total(), span { class: "num", {t.number(total)} } Shares { counts: row.counts } }
            td { "data-label": t.coverage_last(),
                if let (Some(day), Some(days)) = (row.last_on, row.days_since) {
                    div { {t.day_short(day)} }
                    div { class: "faint", {t.date_days_ago(days)} }
                } else {
                    {t.coverage_no_session()}
                }
            }
            td { class: "number", "data-label": t.coverage_complaints(),
                if let Some(n) = row.complaints {
                    {t.number(n)}
                } else {
                    span { title: t.coverage_suppressed(), "…" span { class: "unseen", {t.coverage_suppressed()} } }
                }
            }
        }
        if open {
            tr {
                td { class: "whole", colspan: "7", Drill { row: row.clone(), from, to } }
            }
        }
    }
}

/// Women and girls, men and boys, unknown, as one bar; said in words for those who can't see it.
#[component]
pub(super) fn Shares(counts: [i64; 7]) -> Element {
    let t = use_texts();
    let of = |keys: [CountKey; 3]| -> i64 {
        CountKey::ALL.iter().zip(counts).filter(|(key, _)| keys.contains(key)).map(|(_, n)| n).sum()
    };
    let female = of([CountKey::FUnder18, CountKey::F18To59, CountKey::F60]);
    let male = of([CountKey::MUnder18, CountKey::M18To59, CountKey::M60]);
    let total: i64 = counts.iter().sum();
    let share = |n: i64| n.saturating_mul(100).checked_div(total).unwrap_or(0);
    let words: Vec<String> = CountKey::ALL
        .iter()
        .zip(counts)
        .filter(|(_, n)| *n > 0)
        .map(|(key, n)| format!("{}: {}", names::count_key(t, *key), t.number(n)))
        .collect();
    rsx! {
        if total > 0 {
            div { class: "shares", role: "img", "aria-label": names::joined(t, words.clone()), title: words.join("\n"),
                i { class: "share-f", width: "{share(female)}%" }
                i { class: "share-m", width: "{share(male)}%" }
                i { class: "share-u", width: "{share(total - female - male)}%" }
            }
        }
    }
}

/// The sessions behind one line.
#[component]
fn Drill(row: CoverageRow, from: String, to: String) -> Element {
    let t = use_texts();
    let (first, last) = (first_day(&from), last_day(&to));
    let (place, project, phase) = (row.place.clone(), row.project.clone(), row.phase);
    let sessions = use_asked(
        Table::Sessions,
        move || {
            Request::Sessions(SessionQuery {
                from: first,
                to: last,
                place: Some(place.clone()),
                project: Some(project.clone()),
                text: String::new(),
                offset: 0,
                limit: DRILL_ROWS,
            })
        },
        |answer| {
            let Answer::Sessions { rows, .. } = answer else { return None };
            Some(if rows.is_empty() { Load::Empty } else { Load::Ready(rows) })
        },
    );
    rsx! {
        Loaded {
            asked: sessions,
            empty: rsx! { p { class: "faint", {t.coverage_elsewhere()} } },
            ready: move |rows: Vec<SessionRow>| rsx! {
                ul { class: "list",
                    for row in rows.into_iter().filter(|r| r.phase == phase) {
                        li { key: "{row.record}", SessionItem { row: row.clone() } }
                    }
                }
            },
        }
    }
}

fn first_day(month: &str) -> Option<Day> {
    format!("{month}-01").parse().ok()
}

pub(super) fn last_day(month: &str) -> Option<Day> {
    first_day(month)?.checked_add_months(Months::new(1))?.pred_opt()
}
