//! Awareness by place, project and phase over whole months: where to go next, a picture, then every line; attendances never called
//! people, and honest about its age.

mod go_next;
mod map;
mod matrix;
mod table;

use crate::{
    components::{EmptyState, Glyph, Icon, Loaded, PageTitle, PlaceFinder, SelectField},
    hooks::{Load, Table, use_allowed, use_app, use_asked, use_settings, use_texts, use_today},
    protocol::{Answer, Coverage, CoverageQuery, PlaceHit, Request},
    routes::Route,
};
use chrono::{Datelike, Months};
use dioxus::prelude::*;
use shared::model::{dates::Day, ids::Pcode};
use table::{CoverageTable, Shares};

/// Months on offer.
const MONTHS_BACK: u32 = 24;
/// Months shown at first.
const FIRST_MONTHS: u32 = 3;

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
                if allowed("settings_sites") && allowed("cases") {
                    Link { class: "button", to: Route::SitesPage {}, "data-testid": "to-sites", Icon { glyph: Glyph::Pin } {t.sites_title()} }
                }
                if allowed("settings_projects") {
                    Link { class: "button", to: Route::ProjectsPage {}, "data-testid": "to-projects", Icon { glyph: Glyph::Folder } {t.nav_projects()} }
                }
            }
            super::boxes::LateBoxes {}
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
        // Before the first sync nothing is known of others' sessions: no place is called silent.
        if coverage.as_of.is_some() {
            go_next::GoNext { places: coverage.places.clone() }
            div { class: "picture",
                matrix::Matrix { places: coverage.places.clone() }
                map::PlaceMap { places: coverage.places }
            }
        }
        h2 { {t.coverage_lines()} }
        p { class: "row", span { class: "key key-f", {t.coverage_female()} } span { class: "key key-m", {t.coverage_male()} } span { class: "key key-u", {t.coverage_unknown()} } }
        CoverageTable { rows: coverage.rows, from, to }
    }
}

#[cfg(test)]
mod tests {
    use super::{month_back, table::last_day};
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
