//! Coverage and projects.

use crate::{
    protocol::{Answer, Coverage, CoverageRow, Request},
    staging::{NOW, Stand, day},
};
use shared::model::codes::Phase;

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

fn coverage(as_of: bool) -> String {
    Stand { user: "u3", ..Stand::english() }
        .answering(move |request| {
            matches!(request, Request::Coverage(_)).then(|| {
                Answer::Coverage(Coverage {
                    rows: vec![row("C1566", 0, true, Some(0)), row("C1561", 2, false, None)],
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
    assert!(coverage(false).contains("Never synced"));
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
