//! Coverage and projects.

use crate::{
    protocol::{Answer, Coverage, CoverageRow, Request},
    staging::{NOW, Stand, day},
};
use shared::{
    indicators::coverage::{GoReason, PhaseMark, PlaceCoverage},
    model::codes::Phase,
};

fn row(place: &str, sessions: u32, gap: bool, complaints: Option<u32>) -> CoverageRow {
    CoverageRow {
        place: place.into(),
        project: "P01".into(),
        phase: Phase::During,
        sessions,
        counts: if gap { [0; 7] } else { [6, 4, 18, 9, 3, 1, 2] },
        last_on: (!gap).then(|| day(2026, 11, 1)),
        days_since: (!gap).then_some(23),
        complaints,
        gap,
        target: true,
    }
}

fn places() -> Vec<PlaceCoverage> {
    let silent = PlaceCoverage {
        place: "C1566".into(),
        adm3: "SY020400".into(),
        phases: [PhaseMark::NotOwed, PhaseMark::Gap, PhaseMark::NotOwed],
        sessions: [0; 3],
        gaps: vec![("P01".into(), Phase::During)],
        last_on: Some(day(2026, 8, 20)),
        days_since: Some(96),
        complaints: Some(0),
        reason: Some(GoReason::Silent),
    };
    let reached = PlaceCoverage {
        place: "C1561".into(),
        phases: [PhaseMark::Held, PhaseMark::Reached, PhaseMark::NotOwed],
        sessions: [1, 2, 0],
        gaps: Vec::new(),
        reason: None,
        ..silent.clone()
    };
    vec![silent, reached]
}

fn coverage(as_of: bool) -> String {
    Stand { user: "u3", ..Stand::english() }
        .answering(move |request| {
            matches!(request, Request::Coverage(_)).then(|| {
                Answer::Coverage(Coverage {
                    rows: vec![row("C1566", 0, true, Some(0)), row("C1561", 2, false, None)],
                    places: places(),
                    as_of: as_of.then_some(NOW),
                    own_newer: 2,
                })
            })
        })
        .show("/coverage")
}

#[test]
fn gaps_attendances_and_the_age_of_the_figures_are_in_words() {
    let html = coverage(true);
    assert!(html.contains("Gap: no session") && html.contains("Target reached"), "{html}");
    assert!(html.contains("As of") && html.contains("2 newer records of this device are counted in"));
    assert!(html.contains("Girls under 18: 6") && html.contains("Not known: 2"), "the bar is said in words too");
    assert!(html.contains("Too few to show"), "a suppressed cell is not a zero");
    assert!(!html.to_lowercase().contains("people reached"), "attendances are never called people");
    let unsynced = coverage(false);
    assert!(unsynced.contains("Never synced") && !unsynced.contains("go-next"), "nothing is called silent before the first sync");
}

#[test]
fn the_picture_says_in_words_what_it_draws_and_where_to_go_next_and_why() {
    let html = coverage(true);
    assert!(html.contains("No session for 13 weeks, and no complaint from the sub-district"), "{html}");
    assert!(!html.contains("go-C1561"), "nothing is owed there");
    for mark in [r#"data-mark="gap""#, r#"data-mark="held""#, r#"data-mark="reached""#, r#"data-mark="not_owed""#] {
        assert!(html.contains(mark), "{mark}");
    }
    assert!(html.contains("held, not owed") && html.contains("none owed"), "signs have words");
    assert!(html.contains("tiles-SY020400") && !html.contains(r#"data-testid="map""#), "no outlines: tiles");
}

#[test]
fn where_outlines_were_imported_they_are_drawn_and_told() {
    let html = Stand { user: "u3", ..Stand::english() }
        .answering(|request| match request {
            Request::Coverage(_) => Some(Answer::Coverage(Coverage {
                as_of: Some(NOW),
                rows: vec![row("C1566", 0, true, Some(0))],
                places: places(),
                ..Coverage::default()
            })),
            Request::Places(codes) => Some(Answer::Places(
                codes
                    .iter()
                    .filter_map(crate::staging::place)
                    .map(|mut hit| {
                        hit.place.shape = match hit.place.level {
                            3 => vec![vec![[370_000, 360_000], [371_000, 360_000], [371_000, 361_000], [370_000, 360_000]]],
                            _ => vec![vec![[370_500, 360_500]]],
                        };
                        hit
                    })
                    .collect(),
            )),
            _ => None,
        })
        .show("/coverage");
    assert!(html.contains(r#"data-testid="map""#) && html.contains("map-mark-gap"), "{html}");
    assert!(html.contains("map-area map-gap") && html.contains("places have a gap"), "{html}");
}

#[test]
fn a_project_opens_with_its_targets_phases_favourites_and_focal_points() {
    let html = Stand { user: "u3", ..Stand::english() }.show("/projects/P01");
    for part in ["target-C1561", "Salama", "focal-SY020400", "Omar Haddad", "publish", "Delay"] {
        assert!(html.contains(part), "{part}: {html}");
    }
    assert!(!html.contains("field-code"), "a code never changes");
    assert!(Stand { user: "u3", ..Stand::english() }.show("/projects/new").contains("field-code"));
    assert!(Stand { user: "u3", ..Stand::english() }.show("/projects/P99").contains("There is no such project"));
}

#[test]
fn coverage_with_nothing_in_it_says_so() {
    assert!(Stand { user: "u3", ..Stand::english() }.show("/coverage").contains("No sessions and no target places"));
}

#[test]
fn a_gap_leads_to_a_plan_with_day_and_people_proposed() {
    let html = coverage(true);
    assert!(html.contains(r#"href="/plan/C1566/P01/during""#), "{html}");
    let html = Stand { user: "u3", ..Stand::english() }.show("/plan/C1566/P01/during");
    assert!(html.contains("Food baskets A&#39;zaz") && html.contains("During the intervention"), "{html}");
    assert_eq!(html.matches("checked=true").count(), 2, "two people are proposed: {html}");
    assert!(html.contains("2026-11-25"), "tomorrow, a Wednesday");
}

#[test]
fn whoever_is_named_finds_the_visit_at_home_and_why_it_was_called_off() {
    let plan = || shared::model::row::SessionRow {
        planned: true,
        total: 0,
        date: day(2026, 11, 24),
        facilitators: vec!["u2".into(), "u1".into()],
        ..crate::staging::session_row(4)
    };
    let html = Stand::english()
        .answering(move |request| {
            matches!(request, Request::Plans { facilitator: Some(_), .. })
                .then(|| Answer::Sessions { rows: vec![plan()], total: 1 })
        })
        .show("/");
    assert!(html.contains("Planned for you") && html.contains("today") && html.contains("start-"), "{html}");
    assert!(!Stand::english().show("/").contains("Planned for you"), "nothing is shown where nothing is planned");
}
