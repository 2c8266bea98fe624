//! Strings of their own for every text there is: every free field of every document, and the words of every kind of step. A field or a
//! kind of step that is added and not told of here fails. Looked for by `canaries.rs`.

use crate::{
    harness::{Deployment, Phone, complaint, user},
    raw_phone::RawPhone,
};
use server::storage::StorageError;
use shared::{
    box_opening::{CASE_OPENING, record_of},
    document::{
        content::{Edit, Fact, Facts},
        fields::{CASE_SESSION, FIELDS, FieldKind, SEALED_TO},
    },
    intent::{self, Intent},
    model::{
        codes::{CloseReason, Consent, CountKey, EntryType, Level, Outcome, Urgency},
        dates::Day,
        event::{Event, Step},
        ids::{Code, EventId, RecordId},
        record::{DocKind, DocumentId},
        role::Role,
    },
    sync::verdict::Verdict,
};

/// The string planted in a field of this case; letters and digits only, so that folding for search leaves it as it is.
fn planted(case: &str, doc: DocKind, key: &str) -> String {
    let plain: String = key.chars().filter(char::is_ascii_alphanumeric).collect();
    if key == "phone.raw" {
        let place = ["plain", "closed", "raised", "sealed"].iter().position(|other| *other == case).unwrap();
        // As typed: the plus ends the run of digits before it, which would be packed on the way.
        return format!("+963 944 12 39 {place}7");
    }
    format!("cny{case}{}{plain}", doc.id())
}

/// The case that somebody told for somebody else.
const ON_BEHALF: &str = "closed";

/// No text that someone types: a number made from another, a record's id, a box's code, what names the keys something is sealed to.
const NOT_TYPED: [(DocKind, &str); 5] = [
    (DocKind::Contact, "phone.e164"),
    (DocKind::Case, CASE_OPENING),
    (DocKind::Case, CASE_SESSION),
    (DocKind::BoxOpening, "box"),
    (DocKind::Sealed, SEALED_TO),
];

/// Every free text of these documents that a form takes; where each person has a key of their own, the officer's.
fn texts(docs: &[DocKind]) -> Vec<(DocKind, String)> {
    let is_free = |kind| matches!(kind, FieldKind::Text(_) | FieldKind::User);
    let fields = FIELDS.iter().filter(|field| docs.contains(&field.doc) && is_free(field.kind));
    let typed = fields.map(|field| (field.doc, field.key)).filter(|field| !NOT_TYPED.contains(field));
    typed.map(|(doc, key)| (doc, key.replace('*', user(Role::Ao).as_str()))).collect()
}

/// Whom it is about goes with a form that someone fills in for somebody else: one of the cases is such a one.
fn fits(case: &str, key: &str) -> bool {
    key != "concerned.name" || case == ON_BEHALF
}

pub fn all(case: &str, docs: &[DocKind]) -> Vec<String> {
    let fitting = texts(docs).into_iter().filter(|(_, key)| fits(case, key));
    fitting.map(|(doc, key)| planted(case, doc, &key)).collect()
}

pub const WHOLE: [DocKind; 3] = [DocKind::Case, DocKind::Contact, DocKind::Subject];
/// What is not of a case: the team of the area reads it, and whoever wrote it.
pub const OTHERS: [DocKind; 2] = [DocKind::Session, DocKind::BoxOpening];

/// Kinds of step that hold words someone types, but those of sealed cases; [`worded`] plants every one.
const WORDED: [&str; 23] = [
    "classified",
    "assigned",
    "started",
    "held",
    "resumed",
    "extension_asked",
    "answer_proposed",
    "followup",
    "contact_attempt",
    "responded",
    "closed",
    "referred",
    "referral_received",
    "merged",
    "reopened",
    "voided",
    "correction",
    "plan_changed",
    "corrected",
    "estimate_dropped",
    "count_dropped",
    "answered_on_spot",
    "sealed_step",
];
/// Kinds that hold codes, days, numbers and ids alone.
const WORDLESS: [&str; 12] = [
    "registered",
    "seen",
    "acknowledged",
    "extension_approved",
    "answer_approved",
    "close_seconded",
    "session_registered",
    "estimated",
    "session_joined",
    "drop_undone",
    "materials_handed",
    "box_opened",
];

#[test]
fn whoever_adds_a_field_or_a_kind_of_step_says_whether_it_holds_words() {
    let mut kinds: Vec<&str> = WORDED.into_iter().chain(WORDLESS).collect();
    let mut all = Step::KINDS.to_vec();
    kinds.sort_unstable();
    all.sort_unstable();
    assert_eq!(kinds, all, "a kind of step that is in neither list");
    let read: Vec<DocKind> = WHOLE.into_iter().chain(OTHERS).chain([DocKind::Sealed]).collect();
    let fields = FIELDS.iter().map(|field| field.doc);
    assert!(fields.clone().all(|doc| read.contains(&doc)), "a kind of document that nothing is planted in");
    assert_eq!(texts(&[DocKind::Sealed]), [], "what is sealed is an envelope");
    let pictures = FIELDS.iter().filter(|field| field.kind == FieldKind::Picture);
    assert!(pictures.clone().count() == 3 && pictures.map(|field| field.doc).all(|doc| doc == DocKind::Contact), "photos.rs");
}

pub fn word(kind: &str) -> String {
    format!("cnyworded{}", kind.replace('_', ""))
}

/// One step of each kind that holds words, on a case or on a session, with its words in every text it has.
fn worded(doc: DocKind, today: Day) -> Vec<Step> {
    let next_on = today + chrono::Days::new(3);
    let (of, mode) = (EventId([7; 8]), Code::from("call"));
    if doc == DocKind::Session {
        return vec![
            Step::PlanChanged { to: None, reason: "weather".into(), note: word("plan_changed") },
            Step::EstimateDropped { of, reason: word("estimate_dropped") },
            Step::CountDropped { of: user(Role::Ao), counts: [(CountKey::F18To59, 1)].into(), reason: word("count_dropped") },
        ];
    }
    vec![
        Step::Classified {
            entry_type: EntryType::Complaint,
            category: "qual.delay".into(),
            level: Level::new(2).unwrap(),
            urgency: Urgency::Action,
            reason: word("classified"),
        },
        Step::Assigned { to: user(Role::PmFocal), share_identity: false, reason: word("assigned") },
        Step::Started { note: word("started") },
        Step::Held { reason: "donor".into(), next_on, note: word("held") },
        Step::Resumed { note: word("resumed") },
        Step::ExtensionAsked { reason: word("extension_asked"), until: next_on, interim: word("extension_asked") },
        Step::AnswerProposed {
            talking_points: word("answer_proposed"),
            findings: word("answer_proposed"),
            actions: word("answer_proposed"),
        },
        Step::Followup { with: word("followup"), mode: mode.clone(), note: word("followup"), next_on: None },
        Step::ContactAttempt { mode: mode.clone(), result: "off".into(), on: today, time: word("contact_attempt") },
        Step::Responded { on: today, mode, summary: word("responded"), reached: true, understood: None, accepts: None, of: None },
        Step::Closed {
            on: today,
            reason: CloseReason::Responded,
            outcome: Outcome::Upheld,
            note: word("closed"),
            satisfaction: "s4".into(),
            actions_done: true,
        },
        Step::Referred { to: word("referred"), consent: Consent::Yes, ground: word("referred"), shared: word("referred") },
        Step::ReferralReceived { on: today, note: word("referral_received"), person_told: true },
        Step::Merged { into: RecordId([9; 16]), into_ref: "123456784".into(), reason: word("merged") },
        Step::Reopened { reason: word("reopened"), requested_by: word("reopened") },
        Step::Voided { reason: word("voided") },
        Step::Correction { note: word("correction") },
    ]
}

/// Every such step, written past the forms, so that it does not wait for the state in which a form offers it.
pub fn write_worded(at: &mut Deployment, record: RecordId, doc: DocKind) {
    let steps = worded(doc, at.now.day(180));
    let document = DocumentId::first(record, doc);
    let manager = RawPhone::sign_in(at, Role::AmeMgr, 77);
    let event = |step| Event { by: user(Role::AmeMgr), at: at.now, after: Vec::new(), set: 1, step }.to_text();
    let edits: Vec<Edit> = (1..).zip(steps).map(|(n, step)| Edit::Event { id: EventId([n; 8]), text: event(step) }).collect();
    let stored = at.server.storage().read::<_, StorageError>(|tx| tx.changes(document)).unwrap();
    let on: Vec<&[u8]> = stored.iter().map(|change| &change.raw[..]).collect();
    let change = manager.write(document, &on, &edits);
    let verdicts = manager.push(at, &[(document, change)]);
    assert!(matches!(verdicts[..], [Verdict::Accepted(_)]), "{doc:?}: {verdicts:?}");
}

/// A session and the opening of a box, with a string in each text of theirs.
pub fn record_others(at: &mut Deployment, officer: &mut Phone) -> RecordId {
    let today = at.now.day(180);
    let plant = |facts: &mut Facts, doc| {
        for (doc, key) in texts(&[doc]) {
            let words = planted("other", doc, &key);
            facts.insert(key, words.as_str().into());
        }
    };
    let mut facts: Facts = [
        ("date", Fact::from(today.to_string().as_str())),
        ("phase", "during".into()),
        ("place.adm3", "SY020400".into()),
        ("project.P01", true.into()),
        ("method", "group".into()),
        ("aud.benef", true.into()),
        ("topic.right", true.into()),
        (&format!("facilitator.{}", user(Role::Ao)), true.into()),
    ]
    .map(|(key, fact)| (key.to_owned(), fact))
    .into();
    plant(&mut facts, DocKind::Session);
    let record = RecordId::random(&mut at.chance);
    let session =
        officer.act(at, Intent::RecordSession { record, facts, counts: [(CountKey::F18To59, 3)].into() }).unwrap().record;
    let wrong = Intent::CorrectCount { record: session, key: CountKey::F18To59, delta: -1, reason: word("corrected") };
    officer.act(at, wrong).unwrap();
    let mut facts: Facts = [
        ("box", Fact::from("B1")),
        ("date", today.to_string().as_str().into()),
        ("papers", Fact::Number(0)),
        (&format!("opener.{}", user(Role::Ao)), true.into()),
    ]
    .map(|(key, fact)| (key.to_owned(), fact))
    .into();
    plant(&mut facts, DocKind::BoxOpening);
    officer.act(at, Intent::OpenBox { record: record_of(&"B1".into(), today), facts }).unwrap();
    officer.sync(at);
    session
}

pub fn form(at: &Deployment, case: &str, category: &str) -> Facts {
    let mut facts = complaint(at);
    facts.insert("reg.category".into(), category.into());
    facts.insert("consent.share".into(), "no".into());
    facts.insert("intake.identity_mode".into(), if case == ON_BEHALF { "on_behalf" } else { "confidential" }.into());
    for (doc, key) in texts(&WHOLE).into_iter().filter(|(_, key)| fits(case, key)) {
        let prefix = if doc == DocKind::Case { String::new() } else { format!("{}.", doc.id()) };
        facts.insert(format!("{prefix}{key}"), planted(case, doc, &key).as_str().into());
    }
    facts
}

/// A request for information that was answered as it was taken: the one step that stands beside a registration only.
pub fn answered(at: &Deployment) -> Facts {
    let mut facts = complaint(at);
    facts.extend([
        ("reg.category".to_owned(), "info.schedule".into()),
        ("reg.entry_type".to_owned(), "info_request".into()),
        (intent::TOLD.to_owned(), word("answered_on_spot").as_str().into()),
    ]);
    facts
}

pub fn note(case: &str, n: u8) -> String {
    format!("cny{case}step{n}")
}

/// The words of every kind of step that [`write_worded`] and [`record_others`] wrote.
pub fn every_step() -> Vec<String> {
    WORDED.into_iter().filter(|kind| *kind != "sealed_step").map(word).collect()
}
