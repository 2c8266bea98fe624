//! Answered on the spot: what a receiver is offered to say, what the form then holds, and how the desk accepts it.

use crate::{
    protocol::{Answer, CasePage, Draft, Provenance, Request, StepStanding, TimelineEntry, TimelineStep, batch::Batch},
    staging::{NOW, Stand, case_detail, case_row, day, draft, record},
};
use shared::model::{
    codes::{Level, Status},
    event::{Event, Step},
    ids::EventId,
    row::{CaseRow, SpotAnswer},
};

const ABOUT: [(&str, &str); 3] = [("project", "P01"), ("reg.category", "info.schedule"), ("reg.subject_role", "none")];

fn with(more: &[(&str, &str)]) -> Draft {
    draft(2, &[&ABOUT[..], more].concat())
}

#[test]
fn an_information_request_offers_what_the_project_says_on_it_and_nothing_else_does() {
    let html = Stand::english().show_draft(with(&[]));
    for words in ["answer-now-0", "When is the next distribution?", "On the first Sunday of each month", "answer-now-own"] {
        assert!(html.contains(words), "{words}: {html}");
    }
    assert!(!html.contains("How do I complain?"), "a point of another subject: {html}");
    for other in [("reg.category", "qual.delay"), ("reg.entry_type", "complaint"), ("intake.dropped_call", "x")] {
        let html = Stand::english().show_draft(with(&[other]));
        assert_eq!(html.contains("answer-now"), other.0 == "intake.dropped_call", "{other:?}: {html}");
    }
    let html = Stand::default().show_draft(with(&[("project", "P02")]));
    assert!(html.contains("لا يوجد جواب مكتوب") && html.contains("answer-now-own"), "{html}");
}

#[test]
fn what_she_was_told_can_be_corrected_and_taken_out_and_says_where_it_does_not_fit() {
    let html = Stand::english().show_draft(with(&[("told.words", "يوم الأحد"), ("told.agreed", "yes")]));
    assert!(html.contains("answered-now") && html.contains("يوم الأحد") && html.contains("answer-now-undo"), "{html}");
    assert!(html.contains("field-told.satisfaction") && !html.contains("answer-now-not\""), "{html}");
    let html = Stand::english().show_draft(with(&[("told.words", "يوم الأحد"), ("reg.category", "qual.delay")]));
    assert!(html.contains("answer-now-not\"") && html.contains("answer-now-undo"), "{html}");
}

#[test]
fn at_a_distribution_it_is_one_press_more_and_six_in_all() {
    let held = draft(1, &ABOUT);
    let mut facts = held.facts.clone();
    facts.retain(|key, _| ["place.adm3", "project", "intake.channel", "reg.received_on"].contains(&key.as_str()));
    let batch = Batch { facts, recorded: 4, counted: 0, person: Some(record(1)), last: None, since: NOW };
    let html = Stand::english()
        .answering(move |request| match request {
            Request::Batch(_) => Some(Answer::Batch(Some(Box::new(batch.clone())))),
            Request::Drafts => Some(Answer::Drafts(vec![held.clone()])),
            _ => None,
        })
        .show("/batch");
    // Consent, subject, "I told them this", "not about us", who, save.
    assert!(html.contains("data-testid=\"fast\"") && html.contains("answer-now-0"), "{html}");
}

#[test]
fn what_we_say_is_one_tap_from_home_and_warns_when_it_is_old() {
    assert!(Stand::english().show("/").contains("home-say"));
    let page = Stand::english().show("/say");
    assert!(page.contains("say-P01") && page.contains("On the first Sunday of each month"), "{page}");
    assert!(page.contains(r#"data-old="false""#), "{page}");
    assert!(!page.contains("say-P02"), "nothing is said of it: {page}");
    let page = Stand::default().show("/say");
    assert!(page.contains("ماذا نقول للناس") && page.contains("أول يوم أحد من كل شهر"), "{page}");
}

#[test]
fn whoever_keeps_projects_writes_it_in_both_languages() {
    let page = Stand::english().show("/projects/P01");
    for part in ["field-say.gives.ar", "field-say.gives.en", "field-point.0.answer.ar", "point-add", "field-say.reviewed"] {
        assert!(page.contains(part), "{part}: {page}");
    }
}

/// Told, and nobody has accepted it yet.
fn told_on_the_spot(not_enough: bool) -> SpotAnswer {
    SpotAnswer { on: day(2026, 11, 20), accepted: false, waits: true, not_enough }
}

#[test]
fn a_row_of_the_inbox_says_whether_what_was_told_waits_to_be_accepted_or_was_not_enough() {
    let waits = ["Answered on the spot, to be accepted", "أُجيب عنها فوراً وتنتظر القبول"];
    let not_enough = ["Answered on the spot, not enough", "أُجيب عنها فوراً ولم يكفِ الجواب"];
    let accepted = SpotAnswer { accepted: true, waits: false, ..told_on_the_spot(false) };
    for (told, shows) in [
        (Some(told_on_the_spot(false)), Some(waits)),
        (Some(told_on_the_spot(true)), Some(not_enough)),
        (Some(accepted), None),
        (None, None),
    ] {
        for (n, stand) in [Stand::english(), Stand::default()].into_iter().enumerate() {
            let row = CaseRow { on_spot: told, level: Level::LOWEST, status: Status::Registered, ..case_row(1) };
            let page = CasePage { rows: vec![row], total: 1, counts: None };
            let html = stand
                .answering(move |request| matches!(request, Request::Cases(_)).then(|| Answer::Cases(page.clone())))
                .show("/inbox");
            for words in [waits, not_enough] {
                assert_eq!(html.contains(words[n]), shows == Some(words), "{told:?}, {}: {html}", words[n]);
            }
        }
    }
}

#[test]
fn what_was_not_enough_is_shown_and_not_offered_to_accept() {
    for (agreed, is_offered) in [(Some(true), true), (None, true), (Some(false), false)] {
        let mut case = case_detail(1);
        case.row.level = Level::LOWEST;
        case.row.status = Status::Registered;
        case.row.on_spot = Some(told_on_the_spot(agreed == Some(false)));
        case.may = vec!["classified".to_owned()];
        let told =
            Step::AnsweredOnSpot { mode: "verbal".into(), told: "يوم الأحد".into(), agreed, satisfaction: "s_na".into() };
        case.timeline = vec![TimelineEntry {
            what: TimelineStep::Event(EventId([7; 8]), Event { by: "u2".into(), at: NOW, after: Vec::new(), set: 1, step: told }),
            by: Provenance { user: None, device: None, received_at: None, order: None },
            standing: StepStanding::Counts,
            unsynced_days: 0,
        }];
        let html = Stand::english()
            .answering(move |request| matches!(request, Request::Case(_)).then(|| Answer::Case(Box::new(case.clone()))))
            .show(&format!("/cases/{}", record(1)));
        assert!(html.contains("to-accept") && html.contains("يوم الأحد"), "{agreed:?}: {html}");
        assert_eq!(html.contains(r#"data-testid="accept""#), is_offered, "{agreed:?}");
        assert_eq!(html.contains("accept-not-enough"), !is_offered, "{agreed:?}");
    }
}
