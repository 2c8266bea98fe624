//! The hotline on real phones: whose number it is, whom to call back on which day, and when a person counts as not to be reached.

use crate::harness::{DAY, Deployment, Phone, complaint};
use mobile::protocol::{Answer, CallBackLine, FailureCode, Found, Request};
use shared::{
    call_back::Why,
    intent::DROPPED,
    model::{
        codes::{CloseReason, EntryType, Level, Outcome, Status, Urgency},
        event::Step,
        ids::RecordId,
        role::Role,
    },
};

fn look_up(phone: &mut Phone, at: &mut Deployment, number: &str, online: bool) -> Found {
    let number = number.to_owned();
    match phone.ask(at, if online { Request::LookUpOnline(number) } else { Request::LookUp(number) }) {
        Answer::Found(found) => found,
        other => panic!("{other:?}"),
    }
}

fn calls(phone: &mut Phone, at: &mut Deployment) -> Vec<CallBackLine> {
    let Answer::CallsDue(due) = phone.ask(at, Request::CallsDue) else { panic!() };
    let Answer::CallBacks(lines) = phone.ask(at, Request::CallBacks) else { panic!() };
    assert_eq!(due as usize, lines.len());
    lines
}

fn tried(phone: &mut Phone, at: &mut Deployment, record: RecordId, mode: &str, result: &str) {
    let on = at.now.day(180);
    phone.step(at, record, Step::ContactAttempt { mode: mode.into(), result: result.into(), on, time: "11-14".into() }).unwrap();
}

fn classify(phone: &mut Phone, at: &mut Deployment, record: RecordId) {
    let classify = Step::Classified {
        entry_type: EntryType::Complaint,
        category: "qual.delay".into(),
        level: Level::new(2).unwrap(),
        urgency: Urgency::Action,
        reason: String::new(),
    };
    phone.step(at, record, classify).unwrap();
}

#[test]
fn a_caller_is_found_by_any_digits_for_whoever_may_know_and_after_closing_by_the_receipt_number_alone() {
    let mut at = Deployment::new(false);
    let mut receiver = at.phone(Role::Receiver);
    let mut officer = at.phone(Role::Ao);
    let mut manager = at.phone(Role::AmeMgr);
    let saved = receiver.complain(&mut at);
    let (record, number) = (saved.record, saved.ref_no.unwrap());
    assert_eq!(look_up(&mut receiver, &mut at, "٠٩٤٤ ١٢٣ ٤٥٦", false).rows.len(), 1, "its author, before it is sent");
    receiver.sync(&mut at);
    officer.sync(&mut at);
    manager.sync(&mut at);
    for typed in ["٠٩٤٤١٢٣٤٥٦", "+963 944 123 456", "۰۹۴۴۱۲۳۴۵۶", "944123456", number.as_str()] {
        let found = look_up(&mut officer, &mut at, typed, false);
        assert_eq!(found.rows.iter().map(|row| row.record).collect::<Vec<_>>(), [record], "{typed}");
        assert_eq!(look_up(&mut officer, &mut at, typed, true).rows.len(), 1, "{typed} at the server");
    }
    // The manager reads cases, and who spoke only in the team's place.
    assert_eq!(look_up(&mut manager, &mut at, &number, false).rows.len(), 1);
    for online in [false, true] {
        assert!(look_up(&mut manager, &mut at, "0944123456", online).is_empty());
    }
    // What a receiver sent is a number, a day and a state; the caller's number says nothing there.
    let own = look_up(&mut receiver, &mut at, &number, false);
    assert_eq!((own.rows.len(), own.own.len()), (0, 1));
    assert!(look_up(&mut receiver, &mut at, "0944123456", false).is_empty());
    let refused = receiver.ask(&mut at, Request::LookUpOnline(number.clone()));
    assert!(matches!(refused, Answer::Failed(failure) if failure.code == FailureCode::NotAllowed));
    // Closed: the contact leaves phones, and its number finds nothing at the server either.
    classify(&mut officer, &mut at, record);
    officer.sync(&mut at);
    let on = at.now.day(180);
    let withdrawn = Step::Closed {
        on,
        reason: CloseReason::Withdrawn,
        outcome: Outcome::Withdrawn,
        note: "لم تعد تريد".into(),
        satisfaction: "s_na".into(),
        actions_done: true,
    };
    officer.step(&mut at, record, withdrawn).unwrap();
    officer.sync(&mut at);
    for online in [false, true] {
        assert!(look_up(&mut officer, &mut at, "0944123456", online).is_empty(), "online: {online}");
        assert_eq!(look_up(&mut officer, &mut at, &number, online).rows.len(), 1, "online: {online}");
    }
    assert!(!String::from_utf8_lossy(&officer.pages(&at)).contains("963944123456"), "no trace of the number stays");
    let lines = at.server.last_audit_lines(1_000).unwrap();
    let looked: Vec<_> = lines.iter().filter(|line| line.action == "looked_up").collect();
    assert!(looked.iter().any(|line| line.object == "phone" && line.detail == "0"));
    assert!(looked.iter().all(|line| !line.object.contains("944") && !line.detail.contains("944")), "{looked:?}");
}

#[test]
fn what_is_no_number_is_said_to_be_none_before_anyone_is_asked() {
    let mut at = Deployment::new(false);
    let mut officer = at.phone(Role::Ao);
    for (typed, code) in [("أم محمود", "not_a_number"), ("123456789", "not_a_ref_no")] {
        match officer.ask(&mut at, Request::LookUp(typed.to_owned())) {
            Answer::Failed(failure) => assert_eq!(failure.fields, [("look-up".to_owned(), code.to_owned())]),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn calls_come_on_their_days_the_rule_fills_and_the_case_closes_as_unreachable() {
    let mut at = Deployment::new(false);
    let mut receiver = at.phone(Role::Receiver);
    let mut officer = at.phone(Role::Ao);
    let record = receiver.complain(&mut at).record;
    let mut dropped = complaint(&at);
    dropped.retain(|key, _| ["place.adm3", "reg.received_on", "contact.phone.raw"].contains(&key.as_str()));
    dropped.insert(DROPPED.into(), true.into());
    let cut = receiver.record(&mut at, dropped).record;
    receiver.sync(&mut at);
    officer.sync(&mut at);
    let today = calls(&mut officer, &mut at);
    assert_eq!(today.iter().map(|line| (line.row.record, line.call.why)).collect::<Vec<_>>(), [(cut, Why::Dropped)]);
    assert!(today[0].contact.contains_key("phone.e164") && !today[0].contact.contains_key("name"));
    tried(&mut officer, &mut at, cut, "call", "reached");
    assert!(calls(&mut officer, &mut at).is_empty());
    classify(&mut officer, &mut at, record);
    officer.sync(&mut at);
    officer.step(&mut at, record, Step::Started { note: "بدأنا".into() }).unwrap();
    let why = |phone: &mut Phone, at: &mut Deployment| {
        calls(phone, at).iter().map(|line| (line.call.why, line.call.reaching.tries, line.enough)).collect::<Vec<_>>()
    };
    at.now = at.now.plus(7 * DAY);
    assert!(calls(&mut officer, &mut at).is_empty());
    at.now = at.now.plus(DAY);
    assert_eq!(why(&mut officer, &mut at), [(Why::FirstTry, 0, false)]);
    tried(&mut officer, &mut at, record, "call", "no_answer");
    at.now = at.now.plus(3 * DAY);
    assert_eq!(why(&mut officer, &mut at), [(Why::Retry, 1, false)]);
    tried(&mut officer, &mut at, record, "message", "no_answer");
    let closed = |at: &Deployment| Step::Closed {
        on: at.now.day(180),
        reason: CloseReason::Unreachable,
        outcome: Outcome::Undetermined,
        note: String::new(),
        satisfaction: "s_na".into(),
        actions_done: true,
    };
    at.now = at.now.plus(2 * DAY);
    assert_eq!(why(&mut officer, &mut at), [(Why::Retry, 2, false)]);
    tried(&mut officer, &mut at, record, "call", "off");
    at.now = at.now.plus(DAY);
    assert_eq!(why(&mut officer, &mut at), [(Why::Unreachable, 3, true)], "on the fourteenth day, without network");
    let close = closed(&at);
    officer.step(&mut at, record, close).unwrap();
    assert!(calls(&mut officer, &mut at).is_empty(), "nobody calls while the closing waits for the server");
    officer.sync(&mut at);
    let row = officer.case(&mut at, record).unwrap().row;
    assert_eq!((row.status, row.close_reason), (Status::Closed, Some(CloseReason::Unreachable)));
    assert!(calls(&mut officer, &mut at).is_empty());
}
