//! Month's end.

use crate::{
    protocol::{Answer, ClosurePage, Request},
    staging::{Stand, case_row, day},
};
use shared::indicators::closure::{ClosureFigure, Share};

fn month(user: &'static str, sealed: Option<Share>, late: bool) -> String {
    Stand { user, ..Stand::english() }
        .answering(move |request| {
            matches!(request, Request::Closure).then(|| {
                let figure = ClosureFigure {
                    at: day(2026, 11, 24),
                    after: day(2026, 5, 24),
                    until: day(2026, 11, 9),
                    limit_days: 15,
                    all: sealed.map(|share| Share { part: 40 + share.part, whole: 60 + share.whole }),
                    ordinary: Share { part: 40, whole: 60 },
                    sealed,
                    handed_over: 0,
                    not_yet_due: 12,
                    of_closed: Share::default(),
                    data_errors: 0,
                };
                let late = if late { vec![case_row(1)] } else { Vec::new() };
                Answer::Closure(Box::new(ClosurePage { figure, late_total: if late.is_empty() { 0 } else { 7 }, late }))
            })
        })
        .show("/month")
}

#[test]
fn the_figure_stands_with_both_numbers_its_cohort_and_whom_it_leaves_out() {
    let html = month("u1", Some(Share { part: 2, whole: 4 }), true);
    for part in
        ["66.7", "40 of 60", "25 May 2026", "9 November 2026", "too late to judge: 12", "n/a", "and 6 more", "late-482173601"]
    {
        assert!(html.replace(['\u{2068}', '\u{2069}'], "").contains(part), "{part}: {html}");
    }
}

#[test]
fn few_sensitive_cases_are_not_told_and_nothing_late_is_said_in_words() {
    let html = month("u1", None, false);
    assert_eq!(html.matches("fewer than three sensitive cases").count(), 2, "{html}");
    assert!(html.contains("was closed in time"), "{html}");
}

#[test]
fn the_file_is_offered_to_whoever_may_have_it() {
    assert!(month("u1", None, false).contains("make-xlsx"));
    assert!(!month("u2", None, false).contains("make-xlsx"));
}
