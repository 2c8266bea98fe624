//! A case's life from a phone to its closing, and what reaches whom.

use crate::harness::{DAY, Deployment, call, complaint, user};
use mobile::protocol::{Answer, CaseQuery, FailureCode, Request};
use server::work::audit::Finding;
use shared::{
    entropy::Entropy,
    model::{
        codes::{CloseReason, EntryType, Level, Outcome, Status, Urgency},
        event::Step,
        role::Role,
    },
    sync::messages::{SyncResponse, decode},
};

#[test]
fn a_complaint_goes_from_a_receivers_phone_to_a_closed_case_and_each_sees_their_part() {
    [false, true].into_iter().for_each(whole_life);
}

fn whole_life(encrypted: bool) {
    let mut at = Deployment::new(encrypted);
    let mut receiver = at.phone(Role::Receiver);
    let mut officer = at.phone(Role::Ao);
    let mut focal = at.phone(Role::PmFocal);
    let saved = receiver.complain(&mut at);
    let record = saved.record;
    receiver.sync(&mut at);
    // The receiver keeps number, day and state, and no document.
    assert!(receiver.case(&mut at, record).is_none());
    let Answer::OwnSent(own) = receiver.ask(&mut at, Request::OwnSent) else { panic!() };
    assert_eq!(own.iter().map(|row| row.ref_no.clone()).collect::<Vec<_>>(), [saved.ref_no.clone().unwrap()]);

    officer.sync(&mut at);
    let detail = officer.case(&mut at, record).expect("the officer of the area holds it");
    assert_eq!(detail.row.status, Status::Registered);
    assert!(detail.contact.is_some(), "an officer may know who spoke");
    let classify = Step::Classified {
        entry_type: EntryType::Complaint,
        category: "qual.delay".into(),
        level: Level::new(2).unwrap(),
        urgency: Urgency::Action,
        reason: String::new(),
    };
    officer.step(&mut at, record, classify).unwrap();
    officer.sync(&mut at);
    let detail = officer.case(&mut at, record).unwrap();
    assert_eq!((detail.row.status, detail.row.assignee), (Status::Assigned, Some(user(Role::PmFocal))));
    assert!(detail.routed.is_some(), "why it chose whom it chose");

    focal.sync(&mut at);
    let theirs = focal.case(&mut at, record).expect("whoever is responsible holds it");
    assert!(theirs.contact.is_none(), "not who spoke: the assignment does not say to share");
    focal.step(&mut at, record, Step::Started { note: "طلبنا الكشف من المستودع".into() }).unwrap();
    focal.sync(&mut at);
    at.now = at.now.plus(2 * DAY);
    officer.sync(&mut at);
    let proposed =
        Step::AnswerProposed {
            talking_points: "تصل السلة يوم الأحد".into(), findings: String::new(), actions: String::new()
        };
    let proposed = officer.step(&mut at, record, proposed).unwrap().event.unwrap();
    officer.step(&mut at, record, Step::AnswerApproved { of: proposed }).unwrap();
    officer.sync(&mut at);
    let today = at.now.day(180);
    let responded = Step::Responded {
        on: today,
        mode: "call".into(),
        summary: "أبلغناها بالموعد".into(),
        reached: true,
        understood: Some(true),
        accepts: Some(true),
        of: None,
    };
    officer.step(&mut at, record, responded).unwrap();
    let closed = Step::Closed {
        on: today,
        reason: CloseReason::Responded,
        outcome: Outcome::Upheld,
        note: String::new(),
        satisfaction: "s4".into(),
        actions_done: true,
    };
    officer.step(&mut at, record, closed).unwrap();
    officer.sync(&mut at);
    let detail = officer.case(&mut at, record).unwrap();
    assert_eq!((detail.row.status, detail.row.closed_on), (Status::Closed, Some(today)));
    assert!(detail.contact.is_none(), "who spoke leaves phones when a case is closed");
    receiver.sync(&mut at);
    let Answer::OwnSent(own) = receiver.ask(&mut at, Request::OwnSent) else { panic!() };
    assert_eq!(own[0].state, "closed");
    assert!(matches!(at.server.check_audit(&[]).unwrap(), Finding::Holds { .. }));
    // Rows are caches: made anew from documents and receipts they are the same.
    let row = |at: &Deployment| {
        at.server
            .storage()
            .read::<_, server::storage::StorageError>(|tx| {
                Ok((tx.case_row(record)?, tx.case_tallies()?, tx.own_rows(&user(Role::Receiver), today)?))
            })
            .unwrap()
    };
    let before = row(&at);
    assert_eq!(at.server.rebuild_rows(at.now).unwrap(), 1);
    assert_eq!(row(&at), before);
}

#[test]
fn a_case_about_the_accountability_team_never_reaches_an_officer() {
    let mut at = Deployment::new(false);
    let mut receiver = at.phone(Role::Receiver);
    let mut officer = at.phone(Role::Ao);
    let mut manager = at.phone(Role::AmeMgr);
    let mut facts = complaint(&at);
    facts.insert("reg.subject_role".into(), "acct".into());
    let record = receiver.record(&mut at, facts).record;
    receiver.sync(&mut at);
    officer.sync(&mut at);
    manager.sync(&mut at);
    assert!(officer.case(&mut at, record).is_none());
    assert!(manager.case(&mut at, record).is_some());
}

#[test]
fn what_is_not_on_a_device_is_read_at_the_server_by_whoever_may_and_it_is_written_down() {
    let mut at = Deployment::new(false);
    let mut receiver = at.phone(Role::Receiver);
    let (plain, about_the_team) = (complaint(&at), {
        let mut facts = complaint(&at);
        facts.insert("reg.subject_role".into(), "acct".into());
        facts
    });
    let record = receiver.record(&mut at, plain).record;
    let hidden = receiver.record(&mut at, about_the_team).record;
    receiver.sync(&mut at);

    // A device that has fetched nothing yet.
    let mut officer = at.phone(Role::Ao);
    assert!(officer.case(&mut at, record).is_none());
    let Answer::Cases(page) = officer.ask(&mut at, Request::CasesOnline(CaseQuery { limit: 50, ..CaseQuery::default() })) else {
        panic!()
    };
    assert_eq!(page.rows.iter().map(|row| row.record).collect::<Vec<_>>(), [record]);
    let Answer::Case(case) = officer.ask(&mut at, Request::CaseOnline(record)) else { panic!() };
    assert!(case.contact.is_some() && case.may.is_empty(), "read, and nothing to be done from here");
    assert!(officer.case(&mut at, record).is_none(), "nothing of it is kept");
    let lines = at.server.last_audit_lines(10).unwrap();
    assert!(lines.iter().any(|line| line.action == "read" && line.object == record.to_string() && line.user == user(Role::Ao)));

    let refused = |answer: Answer| if let Answer::Failed(failure) = answer { failure.code } else { panic!("{answer:?}") };
    assert_eq!(refused(officer.ask(&mut at, Request::CaseOnline(hidden))), FailureCode::NotFound);
    assert_eq!(refused(receiver.ask(&mut at, Request::CaseOnline(record))), FailureCode::NotAllowed);
}

/// Long words, so that the first answers can't hold everything.
#[test]
fn a_new_device_lists_everything_first_then_gets_cases_before_who_spoke_and_hears_how_much_is_still_to_come() {
    let mut at = Deployment::new(false);
    let mut receiver = at.phone(Role::Receiver);
    let mut chance = shared::entropy::Seeded::new(5);
    let mut records = Vec::new();
    for _ in 0..120 {
        let mut facts = complaint(&at);
        let words: String = (0..1_500).map(|_| char::from(b'a' + u8::try_from(chance.below(26)).unwrap())).collect();
        facts.insert("intake.words".into(), words.into());
        records.push(receiver.record(&mut at, facts).record);
    }
    receiver.sync(&mut at);
    let mut officer = at.phone(Role::Ao);
    let (mut told, mut before) = (Vec::new(), 0);
    while let Some(outgoing) = officer.next_call(&at) {
        let answer = call(&mut at, &outgoing);
        let response: SyncResponse = decode(answer.as_ref().unwrap()).unwrap();
        assert_eq!(response.more, response.left > 0);
        officer.replica.sync_finish(answer);
        let page = officer.ask(&mut at, Request::Cases(CaseQuery { limit: 200, ..CaseQuery::default() }));
        let Answer::Cases(page) = page else { panic!("{page:?}") };
        assert_eq!(page.total, 120, "listed from the first answer on");
        assert!(page.rows.iter().all(|row| row.category.is_some()));
        let held = records.iter().filter(|record| officer.case(&mut at, **record).is_some()).count();
        assert_eq!(held, page.rows.iter().filter(|row| !row.excerpt.is_empty()).count(), "words come with the documents");
        told.push((u32::try_from(held).unwrap(), response.left));
        if !response.more && held == before {
            break;
        }
        before = held;
    }
    assert_eq!(told.last(), Some(&(120, 0)));
    let far: Vec<u32> = told.iter().map(|(_, left)| *left).filter(|left| *left > 0).collect();
    assert!(far.len() > 1 && far.is_sorted_by(|a, b| a > b), "{told:?}");
    // One line of a log each: as long as a case lacks, all documents of who spoke do.
    assert!(told.iter().all(|(cases, left)| *cases == 120 || *left >= 240 - cases), "{told:?}");
}

/// So many that the list takes a while by itself: a phone shows it before documents weigh on the same answer.
#[test]
fn a_list_of_any_length_comes_without_documents_and_they_follow() {
    let mut at = Deployment::new(false);
    let mut receiver = at.phone(Role::Receiver);
    for _ in 0..201 {
        let facts = complaint(&at);
        receiver.record(&mut at, facts);
    }
    receiver.sync(&mut at);
    let mut officer = at.phone(Role::Ao);
    let mut answers = Vec::new();
    while let Some(outgoing) = officer.next_call(&at) {
        let answer = call(&mut at, &outgoing);
        let response: SyncResponse = decode(answer.as_ref().unwrap()).unwrap();
        answers.push((response.list.as_ref().map_or(0, |piece| piece.rows), response.frames.len()));
        officer.replica.sync_finish(answer);
        if !response.more {
            break;
        }
    }
    assert_eq!(answers.iter().map(|(rows, _)| rows).sum::<u32>(), 201);
    assert!(answers.iter().all(|(rows, frames)| *rows == 0 || *frames == 0), "{answers:?}");
    let page = officer.ask(&mut at, Request::Cases(CaseQuery { limit: 1, ..CaseQuery::default() }));
    let Answer::Cases(page) = page else { panic!("{page:?}") };
    assert_eq!(page.total, 201);
    assert!(!page.rows[0].excerpt.is_empty(), "its document is here");
}
