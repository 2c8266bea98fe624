//! The sealed lane at the server: who holds a sealed case, how a plain one is raised, and what is then left on the disk.

use crate::{
    harness::{Deployment, complaint, database_bytes, user},
    raw_phone::RawPhone,
};
use server::work::recovery::Prepared;
use shared::{
    document::{
        change::Change,
        content::{Content, Edit},
        fold::fold,
    },
    entropy::Seeded,
    model::{
        codes::{EntryType, Level, Status, Urgency},
        event::{Event, Step},
        ids::{EventId, RecordId},
        record::{DocKind, DocumentId},
        role::Role,
    },
    seal::card::KeyCard,
    sealed::{self, Said},
    sync::verdict::Verdict,
};

const WORDS: &str = "planted-words-of-the-report";
const NAME: &str = "planted-name-of-her";
const NOTE: &str = "planted-note-of-an-officer";
const LATE: &str = "planted-late-words";

fn begun(at: &Deployment, roles: &[Role]) -> Prepared {
    let keepers = [user(Role::AreaCoord), user(Role::HqAme), user(Role::Admin)];
    let focal: Vec<_> = roles.iter().map(|role| user(*role)).collect();
    let prepared = at.server.prepare_recovery(&keepers, 2, &focal, &mut Seeded::new(5)).unwrap();
    at.server.begin_recovery(at.now, &prepared).unwrap();
    prepared
}

fn card(begun: &Prepared, role: Role) -> &KeyCard {
    &begun.cards.iter().find(|(id, _)| *id == user(role)).unwrap().1
}

/// A record's documents as the server has them.
fn documents(at: &Deployment, record: RecordId) -> Vec<(DocumentId, Vec<Vec<u8>>, Content)> {
    at.server
        .storage()
        .read(|tx| {
            let ids = tx.documents_of(record)?;
            ids.into_iter()
                .map(|id| {
                    let raw: Vec<Vec<u8>> = tx.changes(id)?.into_iter().map(|change| change.raw).collect();
                    let changes: Vec<Change> = raw.iter().map(|raw| Change::from_raw(raw).unwrap()).collect();
                    Ok::<_, server::storage::StorageError>((id, raw, fold(id.kind, &changes)))
                })
                .collect::<Result<Vec<_>, _>>()
        })
        .unwrap()
}

fn newest(at: &Deployment, record: RecordId, kind: DocKind) -> (DocumentId, Vec<Vec<u8>>, Content) {
    documents(at, record).into_iter().rfind(|(id, ..)| id.kind == kind).unwrap()
}

fn told(at: &Deployment, record: RecordId, card: &KeyCard) -> Vec<Option<Said>> {
    let (_, _, content) = newest(at, record, DocKind::Sealed);
    sealed::bodies(&content, record, &card.secret()).into_iter().map(|body| body.said.ok()).collect()
}

fn event(at: &mut Deployment, role: Role, step: Step) -> Edit {
    let id = EventId::random(&mut at.chance);
    Edit::Event { id, text: Event { by: user(role), at: at.now, after: vec![], set: 1, step }.to_text() }
}

fn classified(level: u8, category: &str) -> Step {
    Step::Classified {
        entry_type: EntryType::Complaint,
        category: category.into(),
        level: Level::new(level).unwrap(),
        urgency: Urgency::Action,
        reason: NOTE.into(),
    }
}

fn planted(at: &Deployment) -> shared::document::content::Facts {
    let mut facts = complaint(at);
    facts.insert("intake.words".into(), WORDS.into());
    facts.insert("contact.name".into(), NAME.into());
    facts.insert("subject.person".into(), "planted-subject".into());
    facts.insert("ack.mode".into(), "verbal".into());
    facts
}

fn holds(phone: &mut crate::harness::Phone, record: RecordId) -> Vec<DocKind> {
    let held = phone.replica.holdings().unwrap();
    held.into_iter().filter(|held| held.document.record == record).map(|held| held.document.kind).collect()
}

fn no_plain_word(at: &Deployment, words: &[&str]) {
    let bytes = database_bytes(&at.folder.0);
    for word in words {
        assert!(!bytes.windows(word.len()).any(|at| at == word.as_bytes()), "{word} is on the disk");
    }
}

#[test]
fn a_case_raised_after_sync_is_sealed_and_gone_in_the_clear_and_late_work_follows_it() {
    let mut at = Deployment::new(false);
    let begun = begun(&at, &[Role::Cd, Role::HqIu]);
    let (mut receiver, mut officer, mut away) = (at.phone(Role::Receiver), at.phone(Role::Ao), at.phone(Role::AoAssistant));
    let facts = planted(&at);
    let record = receiver.record(&mut at, facts).record;
    receiver.sync(&mut at);
    officer.sync(&mut at);
    away.sync(&mut at);
    assert_eq!(holds(&mut away, record), [DocKind::Case, DocKind::Contact, DocKind::Subject]);
    // Written while the case is still plain, and sent after it was raised.
    away.step(&mut at, record, Step::Correction { note: LATE.into() }).unwrap();
    let (case, raw, _) = newest(&at, record, DocKind::Case);
    let raising = RawPhone::sign_in(&mut at, Role::Ao, 7);
    let edit = event(&mut at, Role::Ao, classified(5, "ser.fraud"));
    let on: Vec<&[u8]> = raw.iter().map(Vec::as_slice).collect();
    let change = raising.write(case, &on, &[edit]);
    let verdicts = raising.push(&mut at, &[(case, change)]);
    assert!(matches!(verdicts[..], [Verdict::Accepted(_)]), "{verdicts:?}");
    no_plain_word(&at, &[WORDS, NAME, NOTE, "planted-subject"]);
    let kinds: Vec<_> = documents(&at, record).into_iter().map(|(id, ..)| (id.kind, id.generation)).collect();
    assert_eq!(kinds, [(DocKind::Case, 1), (DocKind::Sealed, 0)]);
    let (row, ..) = at.server.storage().read(|tx| tx.case_row(record)).unwrap().unwrap();
    assert_eq!((row.status, row.level.number(), row.excerpt.as_str(), row.category), (Status::Sealed, 5, "", None));
    assert!(row.acknowledged_on.is_some() && row.ref_no.len() == 9);
    for role in [Role::Cd, Role::HqIu] {
        let [Some(Said::Raised(case))] = &told(&at, record, card(&begun, role))[..] else { panic!("{role:?}") };
        assert_eq!(case.facts["intake.words"], [WORDS.into()]);
        assert_eq!((&case.contact["name"], &case.subject["person"]), (&vec![NAME.into()], &vec!["planted-subject".into()]));
        assert_eq!(case.events.len(), 3, "registered, acknowledged, classified");
    }
    // Whoever was on the road sends what they wrote: it is never refused, and read by nobody but the recipients.
    away.sync(&mut at);
    officer.sync(&mut at);
    receiver.sync(&mut at);
    for phone in [&mut away, &mut officer, &mut receiver] {
        assert_eq!(holds(phone, record), []);
        assert!(phone.case(&mut at, record).is_none());
    }
    no_plain_word(&at, &[WORDS, NAME, NOTE, LATE]);
    let both = told(&at, record, card(&begun, Role::HqIu));
    assert!(both.iter().any(|said| matches!(said, Some(Said::Late(late)) if late.by == user(Role::AoAssistant))), "{both:?}");
    let mut unit = at.phone(Role::HqIu);
    unit.sync(&mut at);
    assert_eq!(holds(&mut unit, record), [DocKind::Case, DocKind::Sealed]);
    // The same once more says nothing new.
    let edit = event(&mut at, Role::Ao, Step::Correction { note: LATE.into() });
    let late = raising.write(case, &on, &[edit]);
    for _ in 0..2 {
        assert_eq!(raising.push(&mut at, &[(case, late.clone())]), [Verdict::Moved]);
    }
    assert_eq!(told(&at, record, card(&begun, Role::Cd)).len(), 3);
    // A backup from before does not bring it back.
    at.reopen();
}

#[test]
fn without_a_recipients_key_a_case_is_not_raised_and_stays_as_it_is() {
    let mut at = Deployment::new(false);
    let mut receiver = at.phone(Role::Receiver);
    let record = receiver.complain(&mut at).record;
    receiver.sync(&mut at);
    let (case, raw, _) = newest(&at, record, DocKind::Case);
    let officer = RawPhone::sign_in(&mut at, Role::Ao, 7);
    let edit = event(&mut at, Role::Ao, classified(5, "ser.sea"));
    let on: Vec<&[u8]> = raw.iter().map(Vec::as_slice).collect();
    let change = officer.write(case, &on, &[edit]);
    officer.push(&mut at, &[(case, change)]);
    let (_, _, content) = newest(&at, record, DocKind::Case);
    assert!(content.rulings.values().any(|text| text.contains("sealing_not_open")), "{:?}", content.rulings);
}

#[test]
fn nobody_looking_for_a_day_brings_a_sealed_report_to_the_next_in_line_once() {
    let mut at = Deployment::new(false);
    let mut receiver = at.phone(Role::Receiver);
    let mut facts = complaint(&at);
    facts.insert("reg.category".into(), "cond.respect".into());
    let record = receiver.record(&mut at, facts).record;
    receiver.sync(&mut at);
    let names = |at: &Deployment| -> Vec<bool> {
        let personal =
            |role| at.server.storage().read(|tx| tx.reaches(newest(at, record, DocKind::Case).0, &user(role))).unwrap();
        [Role::AmeMgr, Role::Cd, Role::HqIu, Role::PseaFp, Role::Ao].map(personal).to_vec()
    };
    assert_eq!(names(&at), [true, true, false, false, false]);
    at.now = at.now.plus(23 * 3_600);
    at.server.sweep(at.now).unwrap();
    assert_eq!(names(&at), [true, true, false, false, false]);
    at.now = at.now.plus(3_600);
    assert_eq!(at.server.sweep(at.now).unwrap().escalated, 1);
    assert_eq!(names(&at), [true, true, true, false, false]);
    at.now = at.now.plus(86_400);
    assert_eq!(at.server.sweep(at.now).unwrap().escalated, 0);
}
