//! Capture without network: what was saved is on disk, listed and waits.

use crate::{
    device::{Device, complaint, facts_of, record},
    pages::open_store,
    server::Server,
};
use mobile::protocol::{Answer, CaseQuery, CaseView, Draft, DraftKind, FailureCode, Request, Resolution, SessionQuery};
use shared::{
    intent::Intent,
    model::{
        codes::{CountKey, SyncState},
        dates::UnixSeconds,
        record::DocKind,
    },
};

const WORDS: &str = "لم نستلم السلّة الغذائية منذ شهرين";

pub(crate) fn session(seed: u64, counts: &[(CountKey, i64)]) -> Intent {
    let text = |key: &str, value: &str| (key.to_owned(), value.into());
    let facts = [
        text("date", "2026-11-02"),
        text("phase", "during"),
        text("method", "group"),
        text("place.adm3", "SY020400"),
        text("place.venue", "مدرسة الزهراء"),
        text("count_quality", "exact"),
        ("project.P01".to_owned(), true.into()),
        ("aud.benef".to_owned(), true.into()),
        ("topic.right".to_owned(), true.into()),
        ("facilitator.u1".to_owned(), true.into()),
    ]
    .into();
    Intent::RecordSession { record: record(seed), facts, counts: counts.iter().copied().collect() }
}

#[test]
fn a_saved_complaint_is_there_after_a_restart_listed_found_and_waiting() {
    let mut device = Device::signed_in(&mut Server::new(), "u1", 1);
    let facts = facts_of(complaint(1, WORDS));
    let kept = Draft {
        record: record(1),
        kind: DraftKind::Complaint,
        facts,
        counts: Default::default(),
        step: 1,
        saved_at: UnixSeconds(0),
    };
    device.ask(Request::SaveDraft(kept));
    let saved = device.save(complaint(1, WORDS));
    let ref_no = saved.ref_no.unwrap();
    assert_eq!(ref_no.len(), 9);
    let mut device = device.restart();
    device.unlock();
    assert_eq!(device.ask(Request::Drafts), Answer::Drafts(Vec::new()));
    for text in ["", "السله", WORDS, &ref_no, "اعزاز", "food baskets"] {
        let Answer::Cases(page) = device.ask(Request::Cases(CaseQuery {
            view: CaseView::Recorded,
            text: text.to_owned(),
            limit: 10,
            ..CaseQuery::default()
        })) else {
            panic!("no list")
        };
        assert_eq!(page.rows.iter().map(|row| row.ref_no.as_str()).collect::<Vec<_>>(), [&ref_no], "{text}");
        assert_eq!(page.rows[0].sync, SyncState::OnPhone);
    }
    let Answer::Waiting(waiting) = device.ask(Request::Waiting) else { panic!("no list") };
    assert_eq!((waiting.changes, waiting.records.len(), waiting.ref_nos_left), (2, 1, 299));
    assert_eq!((waiting.records[0].kind, waiting.records[0].ref_no.as_deref()), (DocKind::Case, Some(ref_no.as_str())));
}

#[test]
fn a_code_is_handed_out_only_where_a_card_was_said_to_be_safe() {
    let mut device = Device::signed_in(&mut Server::new(), "u1", 3);
    let told = [None, Some(false), Some(true)].map(|safe| {
        let seed = 1 + u64::from(safe.is_some()) + u64::from(safe == Some(true));
        let mut facts = facts_of(complaint(seed, WORDS));
        if let Some(safe) = safe {
            facts.insert("receipt_given".into(), safe.into());
        }
        device.save(Intent::RecordComplaint { record: record(seed), facts }).ref_pin
    });
    assert_eq!(told, [None, None, Some("1234".to_owned())]);
}

#[test]
fn a_form_sent_twice_is_one_record_with_one_number() {
    let mut device = Device::signed_in(&mut Server::new(), "u1", 2);
    let first = device.save(complaint(1, WORDS));
    let again = device.save(complaint(1, WORDS));
    assert_eq!((again.ref_no, again.ref_pin), (first.ref_no, None));
    assert_eq!(device.cases(CaseView::All).total, 1);
}

#[test]
fn a_draft_that_comes_after_its_record_brings_no_second_form() {
    let mut device = Device::signed_in(&mut Server::new(), "u1", 8);
    device.save(complaint(1, WORDS));
    let (record, facts) = (record(1), facts_of(complaint(1, WORDS)));
    let late = Draft { record, kind: DraftKind::Complaint, facts, counts: Default::default(), step: 5, saved_at: UnixSeconds(0) };
    assert_eq!(device.ask(Request::SaveDraft(late)), Answer::Done);
    assert_eq!(device.ask(Request::Drafts), Answer::Drafts(Vec::new()));
}

#[test]
fn a_form_with_a_problem_names_its_fields_and_keeps_the_draft() {
    let mut device = Device::signed_in(&mut Server::new(), "u1", 3);
    let Intent::RecordComplaint { record, mut facts } = complaint(1, WORDS) else { panic!("no complaint") };
    facts.remove("who.sex");
    facts.insert("reg.received_on".into(), "٢٠٢٦-١١-٠٩".into());
    let kept = Draft {
        record,
        kind: DraftKind::Complaint,
        facts: facts.clone(),
        counts: Default::default(),
        step: 1,
        saved_at: UnixSeconds(0),
    };
    device.ask(Request::SaveDraft(kept));
    let Answer::Failed(failure) = device.ask(Request::Do(Intent::RecordComplaint { record, facts })) else { panic!("saved") };
    assert_eq!(failure.code, FailureCode::Invalid);
    let fields: Vec<_> = failure.fields.iter().map(|(field, problem)| (field.as_str(), problem.as_str())).collect();
    assert_eq!(fields, [("reg.received_on", "future_day"), ("who.sex", "required")]);
    assert!(matches!(device.ask(Request::Drafts), Answer::Drafts(drafts) if drafts.len() == 1));
}

/// A form whose bytes a power cut or a failing disk garbled.
#[test]
fn a_draft_that_cannot_be_read_is_set_aside_shown_and_can_be_tried_again() {
    let mut device = Device::signed_in(&mut Server::new(), "u1", 7);
    for seed in [1, 2] {
        let facts = facts_of(complaint(seed, WORDS));
        let (record, kind) = (record(seed), DraftKind::Complaint);
        let kept = Draft { record, kind, facts, counts: Default::default(), step: 1, saved_at: UnixSeconds(0) };
        assert_eq!(device.ask(Request::SaveDraft(kept)), Answer::Done);
    }
    let store = open_store(&device);
    store.execute("update draft set body = substr(body, 1, 40) where record = ?1", [record(1).0]).unwrap();

    let Answer::Drafts(drafts) = device.ask(Request::Drafts) else { panic!("no drafts") };
    assert_eq!(drafts.iter().map(|draft| draft.record).collect::<Vec<_>>(), [record(2)], "the others are there");
    let Answer::Quarantine(aside) = device.ask(Request::Quarantine) else { panic!("no list") };
    let [item] = aside.as_slice() else { panic!("{aside:?}") };
    assert_eq!((item.what.as_str(), item.why.as_str(), item.record), ("draft", "unreadable", Some(record(1))));

    // Tried again it is still unreadable; a newer app reads it.
    let again = Request::Resolve { item: item.item, how: Resolution::Retry };
    assert_eq!(device.ask(again), Answer::Done);
    let Answer::Drafts(drafts) = device.ask(Request::Drafts) else { panic!("no drafts") };
    assert_eq!(drafts.len(), 1);
    let raw: Vec<u8> = store.query_row("select raw from quarantine", [], |row| row.get(0)).unwrap();
    assert_eq!(raw.len(), 40, "as it stood");
}

#[test]
fn after_the_last_leased_number_the_next_complaint_says_so() {
    let mut device = Device::signed_in(&mut Server::new(), "u1", 4);
    for seed in 0..300 {
        device.save(complaint(seed, WORDS));
    }
    assert_eq!(device.refused(Request::Do(complaint(300, WORDS))), FailureCode::NoRefNos);
    assert_eq!(device.cases(CaseView::All).total, 300);
}

#[test]
fn counts_add_up_and_a_correction_takes_back() {
    let mut device = Device::signed_in(&mut Server::new(), "u1", 5);
    device.save(session(1, &[(CountKey::F18To59, 12), (CountKey::MUnder18, 3)]));
    for _ in 0..3 {
        device.save(Intent::CountParticipants { record: record(1), counts: [(CountKey::F18To59, 4)].into() });
    }
    device.save(Intent::CorrectCount {
        record: record(1), key: CountKey::MUnder18, delta: -1, reason: "عددت ولداً مرتين".into()
    });
    let Answer::Session(detail) = device.ask(Request::Session(record(1))) else { panic!("no session") };
    assert_eq!(detail.row.counts, [0, 2, 24, 0, 0, 0, 0]);
    assert_eq!(detail.unsent_counts, [0, 2, 24, 0, 0, 0, 0]);
    assert!(detail.may.contains(&"increment".to_owned()), "{:?}", detail.may);
    let query = SessionQuery { text: "الزهراء".into(), limit: 10, ..SessionQuery::default() };
    assert!(matches!(device.ask(Request::Sessions(query)), Answer::Sessions { total: 1, .. }));
}

#[test]
fn a_correction_that_would_go_without_a_reason_is_refused_and_nothing_changes() {
    let mut device = Device::signed_in(&mut Server::new(), "u1", 6);
    device.save(session(1, &[(CountKey::F60, 5)]));
    let correct = Intent::CorrectCount { record: record(1), key: CountKey::F60, delta: -2, reason: String::new() };
    assert_eq!(device.refused(Request::Do(correct)), FailureCode::Invalid);
    let Answer::Session(detail) = device.ask(Request::Session(record(1))) else { panic!("no session") };
    assert_eq!(detail.row.counts[4], 5);
}

#[test]
fn a_full_device_says_so_keeps_what_was_saved_and_saves_the_entry_once_there_is_room() {
    let mut device = Device::signed_in(&mut Server::new(), "u1", 31);
    device.save(complaint(1, WORDS));
    device.replica.fill_storage(true).unwrap();
    let mut refused = 0;
    let mut saved = vec![1];
    for seed in 2..40 {
        // Long words: what room is left in used pages is gone soon.
        match device.ask(Request::Do(complaint(seed, &WORDS.repeat(60)))) {
            Answer::Saved(_) => saved.push(seed),
            Answer::Failed(failure) => {
                assert_eq!(failure.code, FailureCode::StorageFull);
                refused += 1;
            }
            other => panic!("{other:?}"),
        }
    }
    assert!(refused > 30, "{refused}");
    let listed = |device: &mut Device| {
        let query = CaseQuery { view: CaseView::All, limit: 100, ..CaseQuery::default() };
        let Answer::Cases(page) = device.ask(Request::Cases(query)) else { panic!("no list") };
        page.rows.iter().map(|row| row.record).collect::<std::collections::BTreeSet<_>>()
    };
    let expected = |seeds: &[u64]| seeds.iter().map(|seed| record(*seed)).collect::<std::collections::BTreeSet<_>>();
    assert_eq!(listed(&mut device), expected(&saved));
    // Room again: the same form is taken, and everything is there after a restart.
    device.replica.fill_storage(false).unwrap();
    let again = *(2..40).collect::<Vec<u64>>().iter().find(|seed| !saved.contains(seed)).unwrap();
    device.save(complaint(again, WORDS));
    saved.push(again);
    let mut device = device.restart();
    device.unlock();
    assert_eq!(listed(&mut device), expected(&saved));
}
