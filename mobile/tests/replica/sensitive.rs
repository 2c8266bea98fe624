//! A report that may be sensitive: only the clear header is kept, whatever was typed before.

use crate::{
    device::{Device, complaint, facts_of, record},
    pages::{holds, plain},
    server::{Server, accept},
};
use mobile::protocol::{Answer, CaseView, Draft, DraftKind, Request};
use shared::{
    document::{content::Facts, fold::Document},
    intent::Intent,
    model::{dates::UnixSeconds, record::DocKind},
    seal::card::KeyCard,
    sealed::{self, Said},
    sync::{
        frames::up,
        messages::{SyncRequest, decode},
    },
};

const WORDS: &str = "أخذ مني المشرف نصف السلة وهددني إن تكلمت";
const NAME: &str = "سلمى الأحمد";
const PHONE: &str = "0933123456";

fn draft(facts: &Facts) -> Request {
    Request::SaveDraft(Draft {
        record: record(1),
        kind: DraftKind::Complaint,
        facts: facts.clone(),
        counts: Default::default(),
        step: 3,
        saved_at: UnixSeconds(0),
    })
}

/// Types a name and long words field by field, among other drafts, so that pages are split, moved and freed.
fn type_everything(device: &mut Device) -> Facts {
    let facts = facts_of(complaint(1, WORDS));
    for seed in 10..40 {
        let other = Facts::from([("place.venue".to_owned(), format!("مدرسة {seed} {}", "ب".repeat(300)).into())]);
        let kept = Draft {
            record: record(seed),
            kind: DraftKind::Session,
            facts: other,
            counts: Default::default(),
            step: 1,
            saved_at: UnixSeconds(0),
        };
        assert_eq!(device.ask(Request::SaveDraft(kept)), Answer::Done);
    }
    let mut typed = Facts::new();
    for (key, fact) in &facts {
        typed.insert(key.clone(), fact.clone());
        assert_eq!(device.ask(draft(&typed)), Answer::Done);
    }
    for times in 1..=10 {
        typed.insert("intake.words".into(), format!("{WORDS} ").repeat(times * 3).into());
        assert_eq!(device.ask(draft(&typed)), Answer::Done);
    }
    typed
}

fn assert_nothing_left(device: &Device) {
    let plain = plain(device);
    for secret in [WORDS, NAME, PHONE, "933123456", "ser.sea", "qual.quantity"] {
        assert!(!holds(&plain, secret), "{secret} is in a page");
    }
    for (name, bytes) in device.files().into_iter().filter(|(name, _)| name.starts_with("store-") && !name.ends_with(".db")) {
        assert!(bytes.is_empty() || name.ends_with("-shm"), "{name} still holds {} bytes", bytes.len());
    }
}

#[test]
fn choosing_a_sensitive_category_wipes_what_was_typed_before() {
    let mut device = Device::signed_in(&mut Server::new(), "u1", 1);
    let mut typed = type_everything(&mut device);
    // The words are there while the report is an ordinary one; else the search below would prove nothing.
    device.replica.flush().unwrap();
    assert!(holds(&plain(&device), WORDS));
    typed.insert("reg.category".into(), "ser.sea".into());
    assert_eq!(device.ask(draft(&typed)), Answer::Done);
    assert_nothing_left(&device);
    let Answer::Drafts(drafts) = device.ask(Request::Drafts) else { panic!("no drafts") };
    let kept = drafts.iter().find(|draft| draft.record == record(1)).unwrap();
    assert!(kept.facts.contains_key("place.adm3") && !kept.facts.contains_key("contact.name"));
}

#[test]
fn a_sensitive_report_saves_and_sends_the_clear_header_only() {
    let mut server = Server::new();
    let mut device = Device::signed_in(&mut server, "u1", 2);
    let mut facts = type_everything(&mut device);
    facts.insert("reg.category".into(), "ser.sea".into());
    facts.insert("reg.voice_escalated_at".into(), 1_793_599_000.into());
    let saved = device.save(Intent::RecordComplaint { record: record(1), facts });
    assert!(saved.ref_no.is_some());
    assert_nothing_left(&device);
    let mut pushed = Vec::new();
    device.sync(|outgoing| {
        assert!(!holds(&outgoing.body, WORDS));
        let request: SyncRequest = decode(&outgoing.body).unwrap();
        for frame in &request.frames {
            let rebuilt = up::parse(frame).unwrap().rebuild(&Default::default()).unwrap();
            pushed.extend(rebuilt.into_iter().map(|pushed| pushed.framed.change));
        }
        Ok(crate::server::bytes(&server.take(outgoing, "u1", crate::device::START, &accept)))
    });
    // Before compression: the raw changes.
    assert_eq!(pushed.len(), 1);
    for secret in [WORDS, NAME, PHONE, "ser.sea", "qual.quantity", "subject_role"] {
        assert!(!holds(&pushed[0], secret), "{secret} was sent");
    }
    assert!(holds(&pushed[0], "1793599000") && holds(&pushed[0], "SY020400"));
}

/// With a key for whom it goes to, the whole form is sealed: the author's store holds no word of it in any page, and what is sent
/// opens with that key and no other.
#[test]
fn a_sensitive_report_is_sealed_whole_where_someone_has_a_key() {
    let mut server = Server::new();
    let (book, card) = crate::key_book::with_recipient(7, "u5");
    server.settings.key_book = book;
    let mut device = Device::signed_in(&mut server, "u1", 4);
    let mut facts = type_everything(&mut device);
    facts.insert("reg.category".into(), "ser.sea".into());
    assert_eq!(device.ask(Request::CanSeal(facts.clone())), Answer::CanSeal(true));
    assert_eq!(device.ask(draft(&facts)), Answer::Done);
    assert_nothing_left(&device);
    device.save(Intent::RecordComplaint { record: record(1), facts });
    device.replica.flush().unwrap();
    assert_nothing_left(&device);
    // Its author sees that it is there, and nothing that was told.
    let Answer::Case(case) = device.ask(Request::Case(record(1))) else { panic!("not here") };
    let sealed = case.sealed.unwrap();
    assert!(sealed.told.is_empty() && sealed.shut, "{:?}", sealed.told);
    device.sync(|outgoing| {
        assert!(!holds(&outgoing.body, WORDS));
        Ok(crate::server::bytes(&server.take(outgoing, "u1", crate::device::START, &accept)))
    });
    let sealed = server.documents().into_iter().find(|id| id.kind == DocKind::Sealed).unwrap();
    let changes: Vec<_> = server.taken.iter().filter(|(id, ..)| *id == sealed).map(|(_, change, _)| change.clone()).collect();
    let content = Document::load(DocKind::Sealed, &changes).content();
    let told = sealed::bodies(&content, record(1), &card.secret());
    let Ok(Said::Intake(told)) = &told[0].said else { panic!("{:?}", told[0].said) };
    assert_eq!(told["intake.words"].as_text(), Some(format!("{WORDS} ").repeat(30).trim_end()));
    assert_eq!(told["contact.name"].as_text(), Some(NAME));
    let other = KeyCard::from_seed(&[9; 32]);
    assert!(sealed::bodies(&content, record(1), &other.secret())[0].said.is_err());
    // After the receipt: number, day and state, nothing else.
    assert_nothing_left(&device);
    assert!(matches!(device.ask(Request::Case(record(1))), Answer::Failed(_)));
    let Answer::OwnSent(own) = device.ask(Request::OwnSent) else { panic!("no rows") };
    assert_eq!((own.len(), own[0].state.as_str()), (1, "received"));
    assert_eq!(device.cases(CaseView::All).total, 0);
}

#[test]
fn without_a_key_for_anyone_it_goes_to_nothing_but_the_header_is_sealed_or_kept() {
    let mut server = Server::new();
    let (book, _) = crate::key_book::with_recipient(7, "u4");
    server.settings.key_book = book;
    let mut device = Device::signed_in(&mut server, "u1", 5);
    let mut facts = type_everything(&mut device);
    // Level 5 goes to the focal point, who has none.
    facts.insert("reg.category".into(), "ser.sea".into());
    assert_eq!(device.ask(Request::CanSeal(facts.clone())), Answer::CanSeal(false));
    device.save(Intent::RecordComplaint { record: record(1), facts });
    assert_nothing_left(&device);
    let Answer::Case(case) = device.ask(Request::Case(record(1))) else { panic!("not here") };
    let sealed = case.sealed.unwrap();
    assert!(sealed.told.is_empty() && !sealed.shut);
}

#[test]
fn dropping_a_draft_leaves_nothing_of_it() {
    let mut device = Device::signed_in(&mut Server::new(), "u1", 3);
    type_everything(&mut device);
    assert_eq!(device.ask(Request::DropDraft(record(1))), Answer::Done);
    assert_nothing_left(&device);
}
