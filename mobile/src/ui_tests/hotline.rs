//! The hotline's page: whom to call, how it is safe, how far the tries have come. And the call that dropped.

use crate::{
    protocol::{Answer, CallBackLine, Found, Request},
    staging::{Stand, case_row, day, draft},
};
use shared::{
    call_back::{CallBack, Why},
    document::content::Fact,
    lifecycle::Reaching,
    model::codes::Status,
};

fn line(why: Why, tries: usize, safe: Option<bool>) -> CallBackLine {
    let mut row = case_row(1);
    row.status = Status::InProgress;
    let days = (tries > 0).then(|| (day(2026, 11, 20), day(2026, 11, 23)));
    let reaching = Reaching { tries, modes: tries.min(2), times: tries, days };
    let mut contact: shared::document::content::Facts = [
        ("phone.raw", "0944 123 456"),
        ("phone.e164", "+963944123456"),
        ("phone.owner", "relative"),
        ("phone.safe_hours", "بعد العصر"),
    ]
    .map(|(key, value)| (key.to_owned(), Fact::from(value)))
    .into();
    contact.extend(safe.map(|safe| ("phone.safe_to_call".to_owned(), Fact::Flag(safe))));
    let call = CallBack { why, from: day(2026, 11, 24), reaching };
    CallBackLine { row, call, enough: why == Why::Unreachable, contact, may: vec!["contact_attempt".into(), "closed".into()] }
}

fn calls(stand: Stand, line: CallBackLine) -> String {
    stand
        .answering(move |request| matches!(request, Request::CallBacks).then(|| Answer::CallBacks(vec![line.clone()])))
        .show("/calls")
}

#[test]
fn a_call_shows_why_and_how_it_is_safe_and_every_result_is_one_tap() {
    let html = calls(Stand::english(), line(Why::Retry, 2, Some(true)));
    for part in ["Try again", "tel:+963944123456", "0944 123 456", "Safe to call", "Leave no message", "بعد العصر", "Relative"]
    {
        assert!(html.contains(part), "{part}: {html}");
    }
    for code in ["reached", "no_answer", "off", "wrong", "other"] {
        assert!(html.contains(&format!("result-{code}")), "{code}");
    }
    let words: String = html.chars().filter(|c| !matches!(c, '\u{2068}' | '\u{2069}')).collect();
    assert!(words.contains("2 of 3 tries · 2 of 2 ways or 2 of 3 times · day 3 of 5"), "{words}");
    assert!(!html.contains("close-unreachable"), "not yet");
}

#[test]
fn who_must_not_be_called_is_not_one_tap_from_being_called() {
    let html = calls(Stand::default(), line(Why::FirstTry, 0, Some(false)));
    assert!(html.contains(r#"data-testid="unsafe""#) && !html.contains("tel:"), "{html}");
    assert!(!html.contains("data-testid=\"fills\""), "nothing was tried yet");
}

#[test]
fn closing_is_offered_once_the_rule_holds_and_the_case_was_begun() {
    assert!(calls(Stand::english(), line(Why::Unreachable, 3, None)).contains("close-unreachable"));
    let mut waiting = line(Why::Unreachable, 3, None);
    waiting.row.status = Status::Triaged;
    let html = calls(Stand::english(), waiting);
    assert!(!html.contains("close-unreachable") && html.contains("must be started"), "{html}");
}

#[test]
fn the_look_up_is_on_the_home_page_and_an_empty_list_says_so() {
    assert!(Stand::english().show("/").contains("field-look-up"));
    let html = Stand::english()
        .answering(|request| matches!(request, Request::CallBacks).then(|| Answer::CallBacks(Vec::new())))
        .show("/calls");
    assert!(html.contains("No calls today"), "{html}");
    assert!(Found::default().is_empty());
}

#[test]
fn a_call_can_drop_only_where_there_is_one() {
    let html = Stand::english().show_draft(draft(2, &[("intake.channel", "hotline")]));
    assert!(html.contains("call-dropped"), "{html}");
    assert!(!Stand::english().show_draft(draft(2, &[])).contains("call-dropped"), "face to face");
}
