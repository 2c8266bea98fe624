//! Awareness by place, project and phase over whole months: gaps first, attendances never called people, and honest about its age.

use crate::{
    components::{EmptyState, Glyph, Icon, Loaded, PageTitle, PlaceFinder, SelectField, names},
    hooks::{Load, Table, use_allowed, use_app, use_asked, use_settings, use_texts, use_today},
    pages::sessions::SessionItem,
    protocol::{Answer, Coverage, CoverageQuery, CoverageRow, PlaceHit, Request, SessionQuery},
    routes::Route,
};
use chrono::{Datelike, Months};
use dioxus::prelude::*;
use shared::model::{codes::CountKey, dates::Day, ids::Pcode, row::SessionRow};

/// Months on offer.
const MONTHS_BACK: u32 = 24;
/// Months shown at first.
const FIRST_MONTHS: u32 = 3;
/// Rows of sessions shown for one line.
const DRILL_ROWS: u32 = 50;

/// Range, filters, figures, table.
#[component]
pub(crate) fn CoveragePage() -> Element {
    let t = use_texts();
    let settings = use_settings();
    let allowed = use_allowed();
    let today = use_today();
    let mut from = use_signal(|| month_back(today, FIRST_MONTHS - 1));
    let mut to = use_signal(|| month_back(today, 0));
    let mut project = use_signal(String::new);
    let mut place = use_signal(|| None::<Pcode>);
    let coverage = use_asked(
        Table::Records,
        move || {
            let project = Some(project()).filter(|p| !p.is_empty()).map(|p| p.as_str().into());
            // A range typed the wrong way round is read the right way round.
            let (from, to) = if from() <= to() { (from(), to()) } else { (to(), from()) };
            Request::Coverage(CoverageQuery { from, to, project, place: place() })
        },
        |answer| {
            let Answer::Coverage(coverage) = answer else { return None };
            Some(if coverage.rows.is_empty() { Load::Empty } else { Load::Ready(coverage) })
        },
    );
    let months: Vec<(String, String)> =
        (0..MONTHS_BACK).map(|n| month_back(today, n)).map(|m| (m.clone(), t.month(&m))).collect();
    let projects: Vec<(String, String)> =
        settings.projects.iter().map(|p| (p.code.to_string(), t.label(&p.name).to_owned())).collect();
    rsx! {
        div { class: "page page-wide", "data-testid": "coverage",
            PageTitle { title: t.nav_coverage(),
                if allowed("closure") {
                    Link { class: "button", to: Route::MonthPage {}, "data-testid": "to-month", Icon { glyph: Glyph::Calendar } {t.nav_month()} }
                }
                if allowed("settings_projects") {
                    Link { class: "button", to: Route::ProjectsPage {}, "data-testid": "to-projects", Icon { glyph: Glyph::Folder } {t.nav_projects()} }
                }
            }
            div { class: "filters",
                SelectField { id: "from", label: t.coverage_from(), value: from(), options: months.clone(), on_change: move |v| from.set(v) }
                SelectField { id: "to", label: t.coverage_to(), value: to(), options: months, on_change: move |v| to.set(v) }
                SelectField { id: "project", label: t.field_project(), none: t.list_all(), value: project(), options: projects, on_change: move |v| project.set(v) }
                PlaceFinder { id: "place", label: t.field_place(), chosen: place(), on_choose: move |hit: Option<PlaceHit>| place.set(hit.map(|h| h.place.code)) }
            }
            Loaded {
                asked: coverage,
                empty: rsx! { EmptyState { glyph: Glyph::Map, title: t.coverage_none(), words: t.coverage_none_words() } },
                ready: move |coverage: Coverage| rsx! { Figures { coverage, from: from(), to: to() } },
            }
        }
    }
}

/// The month `back` months before that of `today`.
pub(super) fn month_back(today: Day, back: u32) -> String {
    let day = today.with_day(1).and_then(|d| d.checked_sub_months(Months::new(back))).unwrap_or(today);
    format!("{:04}-{:02}", day.year(), day.month())
}

#[component]
fn Figures(coverage: Coverage, from: String, to: String) -> Element {
    let t = use_texts();
    let app = use_app();
    let gaps = coverage.rows.iter().filter(|r| r.gap).count();
    let sessions: u64 = coverage.rows.iter().map(|r| u64::from(r.sessions)).sum();
    let attendances: i64 = coverage.rows.iter().flat_map(|r| r.counts).sum();
    let mut counts = [0i64; 7];
    for row in &coverage.rows {
        for (sum, n) in counts.iter_mut().zip(row.counts) {
            *sum = sum.saturating_add(n);
        }
    }
    let as_of = coverage.as_of.map_or_else(|| t.coverage_never(), |at| t.coverage_as_of(&t.moment(at, app.offset_min())));
    rsx! {
        p { class: "faint row", "data-testid": "as-of",
            Icon { glyph: Glyph::Clock }
            "{as_of} "
            if coverage.own_newer > 0 {
                {t.coverage_own_newer(coverage.own_newer)}
            }
        }
        div { class: "tiles",
            div { class: if gaps > 0 { "tile tile-alarm" } else { "tile" }, span { class: "tile-number", "data-testid": "gaps", {t.number(gaps)} } span { {t.coverage_gaps()} } }
            div { class: "tile", span { class: "tile-number", "data-testid": "sessions", {t.number(sessions)} } span { {t.nav_sessions()} } }
            div { class: "tile", span { class: "tile-number", "data-testid": "attendances", {t.number(attendances)} } span { {t.session_total()} } Shares { counts } }
        }
        p { class: "row", span { class: "key key-f", {t.coverage_female()} } span { class: "key key-m", {t.coverage_male()} } span { class: "key key-u", {t.coverage_unknown()} } }
        CoverageTable { rows: coverage.rows, from, to }
    }
}

#[component]
fn CoverageTable(rows: Vec<CoverageRow>, from: String, to: String) -> Element {
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
fn Shares(counts: [i64; 7]) -> Element {
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

fn last_day(month: &str) -> Option<Day> {
    first_day(month)?.checked_add_months(Months::new(1))?.pred_opt()
}

#[cfg(test)]
mod tests {
    use super::{last_day, month_back};
    use shared::model::dates::Day;

    #[test]
    fn months_go_back_over_the_year_and_end_on_their_last_day() {
        let today = Day::from_ymd_opt(2026, 3, 31).unwrap();
        assert_eq!(month_back(today, 0), "2026-03");
        assert_eq!(month_back(today, 1), "2026-02");
        assert_eq!(month_back(today, 4), "2025-11");
        assert_eq!(last_day("2028-02"), Day::from_ymd_opt(2028, 2, 29));
        assert_eq!(last_day("2026-12"), Day::from_ymd_opt(2026, 12, 31));
    }
}
