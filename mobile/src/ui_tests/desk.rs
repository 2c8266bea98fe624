//! The officer's desk: the inbox and the page of a case.

use crate::{
    protocol::{Answer, CasePage, Failure, FailureCode, Request, ViewCounts},
    staging::{Stand, case_detail, case_row, record},
};
use shared::model::codes::{Level, Status};

fn inbox(stand: Stand, page: CasePage) -> String {
    stand.answering(move |request| matches!(request, Request::Cases(_)).then(|| Answer::Cases(page.clone()))).show("/inbox")
}

fn case(stand: Stand, change: fn(&mut crate::protocol::CaseDetail)) -> String {
    let mut detail = case_detail(1);
    change(&mut detail);
    stand
        .answering(move |request| matches!(request, Request::Case(_)).then(|| Answer::Case(Box::new(detail.clone()))))
        .show(&format!("/cases/{}", record(1)))
}

#[test]
fn tabs_carry_their_counts_and_rows_their_level_and_age() {
    let mut late = case_row(1);
    late.due_on = Some(crate::staging::day(2026, 11, 20));
    let mut thanks = case_row(3);
    thanks.due_on = None;
    let html = inbox(
        Stand::english(),
        CasePage {
            rows: vec![late, case_row(2), thanks],
            total: 3,
            counts: Some(ViewCounts { overdue: 1, due_soon: 7, unassigned: 4, attention: 0, to_accept: 3 }),
        },
    );
    assert!(html.contains("4 days late") && html.contains("3 days left"), "{html}");
    assert_eq!(html.matches(r#"data-testid="age""#).count(), 2, "what has no deadline shows none");
    assert!(html.contains("tab-count-alarm\">1<") && html.contains("tab-count-warn\">7<"), "{html}");
    assert!(html.contains("title=\"Level \u{2068}2\u{2069}\""), "the level has a name, not only a colour");
}

#[test]
fn a_sealed_header_in_the_list_gives_away_nothing_but_number_place_and_day() {
    let mut sealed = case_row(1);
    sealed.category = None;
    sealed.status = Status::Sealed;
    sealed.level = Level::new(5).unwrap();
    sealed.excerpt = String::new();
    let html = inbox(Stand::english(), CasePage { rows: vec![sealed], total: 1, ..CasePage::default() });
    assert!(html.contains("Sensitive matter") && html.contains("4821\u{a0}7360\u{a0}1"), "{html}");
}

#[test]
fn an_empty_inbox_and_a_failed_one_differ() {
    assert!(inbox(Stand::english(), CasePage::default()).contains("Nothing here"));
    let html = Stand::english()
        .answering(|request| {
            matches!(request, Request::Cases(_))
                .then(|| Answer::Failed(Failure { code: FailureCode::Storage, fields: Vec::new() }))
        })
        .show("/inbox");
    assert!(html.contains(r#"data-code="storage""#) && html.contains("retry"), "{html}");
}

#[test]
fn two_values_of_one_fact_stand_side_by_side_with_who_wrote_them() {
    let html = case(Stand::english(), |_| {});
    for part in ["conflict-place.adm4", "أحمد العلي", "سلمى الحسن", "Salama", "Shamarin", "not yet sent", "keep-0", "keep-1"]
    {
        assert!(html.contains(part), "{part}: {html}");
    }
    let html = case(Stand::english(), |c| c.may_put.clear());
    assert!(html.contains("conflict-place.adm4") && !html.contains("keep-0"), "who may not choose only sees both");
}

#[test]
fn the_timeline_says_what_became_of_each_step_and_how_late_it_came() {
    let html = case(Stand::english(), |_| {});
    assert!(html.contains(r#"data-standing="refused""#) && html.contains("The person has no answer yet"), "{html}");
    assert!(html.contains(r#"data-standing="awaits""#) && html.contains("Awaiting confirmation"));
    assert!(html.contains("Reached the server 4 days later"));
    assert!(html.contains("4\u{2069} of \u{2068}15\u{2069} days were spent unsynced"), "{html}");
    assert!(html.contains("Focal point of the project in this area"), "why this person");
}

#[test]
fn only_what_may_be_done_now_is_offered() {
    let html = case(Stand::english(), |c| c.may = vec!["seen".into(), "closed".into()]);
    assert!(html.contains("act-closed") && !html.contains("act-seen") && !html.contains("act-voided"), "{html}");
    let html = case(Stand::english(), |c| c.may.clear());
    assert!(html.contains("Nothing is open to you here now"), "{html}");
}

#[test]
fn who_spoke_is_shown_only_where_the_answer_holds_it() {
    assert!(case(Stand::english(), |_| {}).contains("أم محمود"));
    let html = case(Stand::english(), |c| c.contact = None);
    assert!(html.contains("no-contact") && !html.contains("أم محمود"), "{html}");
}

#[test]
fn a_case_that_is_not_here_says_so_and_offers_the_server() {
    let html = Stand::english()
        .answering(|request| {
            matches!(request, Request::Case(_))
                .then(|| Answer::Failed(Failure { code: FailureCode::NotFound, fields: Vec::new() }))
        })
        .show(&format!("/cases/{}", record(9)));
    assert!(html.contains("This case is not on this device") && html.contains("Look on the server"), "{html}");
}

#[test]
fn cases_are_chosen_by_a_box_each_and_a_sealed_one_never() {
    let mut sealed = case_row(3);
    sealed.level = Level::new(4).unwrap();
    sealed.status = Status::Sealed;
    let page = CasePage { rows: vec![case_row(1), case_row(2), sealed], total: 3, ..CasePage::default() };
    let html = inbox(Stand::english(), page);
    assert_eq!(html.matches(r#"data-testid="pick-"#).count(), 2, "{html}");
    assert!(html.contains("pick-482173601") && !html.contains("pick-482173603"), "{html}");
    assert!(html.contains("A sealed case is never among many"), "{html}");
}
