//! Month's end.

use crate::{
    protocol::{Answer, ClosurePage, Request},
    staging::{Stand, case_row, day},
};
use shared::{
    indicators::closure::{ClosureFigure, Share},
    model::row::CaseRow,
};

/// `late` of so many in all are listed.
fn month(user: &'static str, ordinary: Share, sealed: Option<Share>, (late, late_total): (usize, u32)) -> String {
    shown(Stand { user, ..Stand::english() }, ordinary, sealed, ((1..).map(case_row).take(late).collect(), late_total))
}

fn shown(stand: Stand, ordinary: Share, sealed: Option<Share>, (late, late_total): (Vec<CaseRow>, u32)) -> String {
    stand
        .answering(move |request| {
            matches!(request, Request::Closure).then(|| {
                let figure = ClosureFigure {
                    at: day(2026, 11, 24),
                    after: day(2026, 5, 24),
                    until: day(2026, 11, 9),
                    limit_days: 15,
                    all: sealed.map(|share| Share { part: ordinary.part + share.part, whole: ordinary.whole + share.whole }),
                    ordinary,
                    sealed,
                    handed_over: 0,
                    not_yet_due: 12,
                    of_closed: Share::default(),
                    data_errors: 0,
                };
                Answer::Closure(Box::new(ClosurePage { figure, late_total, late: late.clone() }))
            })
        })
        .show("/month")
}

const SOME: Share = Share { part: 40, whole: 60 };
const ALL: Share = Share { part: 60, whole: 60 };

#[test]
fn the_figure_stands_with_both_numbers_its_cohort_and_whom_it_leaves_out() {
    let html = month("u1", SOME, Some(Share { part: 2, whole: 4 }), (1, 7));
    for part in [
        "66.7",
        "40 of 60",
        "25 May 2026",
        "9 November 2026",
        "Not yet due and not counted: 12",
        "n/a",
        "and 6 more",
        "late-482173601",
    ] {
        assert!(html.replace(['\u{2068}', '\u{2069}'], "").contains(part), "{part}: {html}");
    }
}

#[test]
fn a_late_case_says_after_how_many_days_it_was_closed_or_how_long_it_is_open() {
    for (received_on, closed_on, english, arabic) in [
        (day(2026, 10, 1), Some(day(2026, 10, 17)), "Closed after 16 days", "أُغلقت بعد 16 يوماً"),
        (day(2026, 6, 1), Some(day(2026, 9, 12)), "Closed after 103 days", "أُغلقت بعد 103 أيام"),
        // Closed after the day of the figure: on that day it was open.
        (
            day(2026, 11, 8),
            Some(day(2026, 11, 25)),
            "Still open, 1 day past the time promised",
            "ما زالت مفتوحة، ومضى يوم على المهلة الموعودة",
        ),
        (day(2026, 11, 7), None, "Still open, 2 days past the time promised", "ما زالت مفتوحة، ومضى يومان على المهلة الموعودة"),
        (day(2026, 11, 6), None, "Still open, 3 days past the time promised", "ما زالت مفتوحة، ومضت 3 أيام على المهلة الموعودة"),
        (
            day(2026, 9, 20),
            None,
            "Still open, 50 days past the time promised",
            "ما زالت مفتوحة، ومضى 50 يوماً على المهلة الموعودة",
        ),
        (day(2026, 11, 9), None, "Still open; the time promised ends today", "ما زالت مفتوحة، والمهلة الموعودة تنتهي اليوم"),
    ] {
        // An approved later day does not move what was promised.
        let row = CaseRow { received_on, closed_on, extended_to: Some(day(2026, 12, 20)), ..case_row(1) };
        for (stand, words) in [(Stand::english(), english), (Stand::default(), arabic)] {
            let html = shown(stand, SOME, None, (vec![row.clone()], 20)).replace(['\u{2068}', '\u{2069}'], "");
            assert!(html.contains(words), "{words}: {html}");
        }
    }
}

#[test]
fn few_sensitive_cases_are_not_told_and_nothing_late_is_said_in_words() {
    let html = month("u1", ALL, None, (0, 0));
    assert_eq!(html.matches("fewer than three sensitive cases").count(), 2, "{html}");
    assert!(html.contains("was closed in time"), "{html}");
}

#[test]
fn what_was_late_is_never_called_in_time_because_its_reader_may_not_open_it() {
    let html = month("u1", SOME, Some(Share { part: 2, whole: 4 }), (0, 0));
    assert!(!html.contains("was closed in time"), "{html}");
    assert!(html.replace(['\u{2068}', '\u{2069}'], "").contains("not yours to read: 22"), "{html}");
    let some = month("u1", SOME, None, (2, 2)).replace(['\u{2068}', '\u{2069}'], "");
    assert!(some.contains("late-482173601") && some.contains("not yours to read: 18"), "{some}");
}

#[test]
fn a_long_list_of_what_was_late_does_not_push_the_file_out_of_sight() {
    let html = month("u1", SOME, None, (20, 20));
    assert_eq!(html.matches("data-testid=\"late-").count(), 6, "five and the way to the others");
    assert!(html.replace(['\u{2068}', '\u{2069}'], "").contains("Show more (15)"), "{html}");
}

#[test]
fn the_file_is_offered_to_whoever_may_have_it() {
    assert!(month("u1", ALL, None, (0, 0)).contains("make-xlsx"));
    assert!(!month("u2", ALL, None, (0, 0)).contains("make-xlsx"));
}
