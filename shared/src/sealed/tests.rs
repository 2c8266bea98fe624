//! What is sealed opens for its readers, at its place, and says what was told.

use super::{
    Body, Late, PastEvent, RaisedCase, Said, address, addressed, bodies, is_addressed_to, is_due, is_whole, late_key, put_anew,
    put_facts, put_late, put_raised, step_key,
};
use crate::{
    document::{
        content::{Content, Edit, Fact, Facts, Standing},
        fields::{BODY_INTAKE, MAX_ENVELOPE_CHARS, SEALED_TO},
    },
    entropy::Seeded,
    model::{
        dates::UnixSeconds,
        event::{Event, Step},
        ids::{ChangeHash, EventId, RecordId},
        record::{DocKind, DocumentId},
    },
    seal::{MAX_ENVELOPE_BYTES, OpenError, SealKey, SecretKey},
};
use std::collections::BTreeMap;

const RECORD: RecordId = RecordId([7; 16]);
const CHANGE: ChangeHash = ChangeHash([9; 32]);

fn secret(n: u8) -> SecretKey {
    SecretKey::from_bytes(&[n; 32])
}

fn keys(of: &[u8]) -> Vec<SealKey> {
    of.iter().map(|n| secret(*n).public()).collect()
}

fn content(edits: &[Edit]) -> Content {
    let mut content = Content::default();
    for edit in edits {
        let Edit::Put { key, fact } = edit else { panic!("{edit:?}") };
        content.facts.entry(key.clone()).or_default().push(Standing { fact: fact.clone(), change: CHANGE });
    }
    content
}

fn facts(text: &str) -> Facts {
    BTreeMap::from([("text".to_owned(), Fact::from(text)), ("flag".to_owned(), true.into()), ("number".to_owned(), 3.into())])
}

fn only(found: Vec<Body>) -> Body {
    assert_eq!(found.len(), 1, "{found:?}");
    found.into_iter().next().unwrap()
}

#[test]
fn what_was_told_opens_for_its_readers_at_its_place_only() {
    let mut chance = Seeded::new(1);
    let event = EventId([1; 8]);
    let step = put_facts(RECORD, &step_key(event), &facts("قالت إنها خائفة"), &keys(&[1, 2]), &mut chance).unwrap();
    let intake = put_facts(RECORD, BODY_INTAKE, &facts("أول ما قيل"), &keys(&[1, 2]), &mut chance).unwrap();
    let content = content(&[step.clone(), intake, addressed(&keys(&[2, 1]))]);
    for reader in [1, 2] {
        let found = bodies(&content, RECORD, &secret(reader));
        assert_eq!(found[0], Body { key: BODY_INTAKE.into(), change: CHANGE, said: Ok(Said::Intake(facts("أول ما قيل"))) });
        assert_eq!(found[1].said, Ok(Said::Step(event, facts("قالت إنها خائفة"))));
        assert_eq!(found.len(), 2);
    }
    assert!(bodies(&content, RECORD, &secret(3)).iter().all(|body| body.said == Err(OpenError::NotForThisKey)));
    assert!(bodies(&content, RecordId([8; 16]), &secret(1)).iter().all(|body| body.said == Err(OpenError::Misplaced)));
    let Edit::Put { fact, .. } = step else { panic!() };
    let elsewhere = self::content(&[Edit::Put { key: BODY_INTAKE.into(), fact: fact.clone() }]);
    assert_eq!(only(bodies(&elsewhere, RECORD, &secret(1))).said, Err(OpenError::Misplaced));
    let text = format!("{content:?}");
    assert!(!text.contains("خائفة") && !text.contains("أول"));
    for garbage in [Fact::from("not base64!"), "YWdl".into(), true.into()] {
        let broken = self::content(&[Edit::Put { key: BODY_INTAKE.into(), fact: garbage }]);
        assert_eq!(only(bodies(&broken, RECORD, &secret(1))).said, Err(OpenError::Malformed));
    }
    assert_eq!(MAX_ENVELOPE_CHARS, (MAX_ENVELOPE_BYTES * 4).div_ceil(3));
}

#[test]
fn two_who_sealed_the_same_at_once_both_stand_and_any_that_opens_will_do() {
    let mut chance = Seeded::new(2);
    let for_one = put_facts(RECORD, BODY_INTAKE, &facts("x"), &keys(&[1]), &mut chance).unwrap();
    let for_two = put_facts(RECORD, BODY_INTAKE, &facts("x"), &keys(&[2]), &mut chance).unwrap();
    let content = content(&[for_one, for_two, addressed(&keys(&[1])), addressed(&keys(&[2]))]);
    for reader in [1, 2] {
        assert_eq!(only(bodies(&content, RECORD, &secret(reader))).said, Ok(Said::Intake(facts("x"))));
    }
    assert!(!is_addressed_to(&content, &keys(&[1])) && !is_addressed_to(&content, &keys(&[2])));
}

#[test]
fn a_raised_case_of_any_length_comes_back_whole_or_not_at_all() {
    let mut chance = Seeded::new(3);
    let past = |i: i64| PastEvent {
        id: EventId([u8::try_from(i % 250).unwrap(); 8]),
        received_at: UnixSeconds(i),
        event: Event {
            by: "u1".into(),
            at: UnixSeconds(i),
            after: vec![],
            set: 1,
            step: Step::Correction { note: "ص".repeat(2_000) },
        },
    };
    let mut case = RaisedCase::default();
    case.facts.insert("intake.words".into(), vec!["الأولى".into(), "الثانية".into()]);
    case.events = (0..200).map(past).collect();
    let edits = put_raised(RECORD, &case, &keys(&[1]), &mut chance).unwrap();
    assert!(edits.len() > 3, "{}", edits.len());
    let whole = content(&edits);
    let found = only(bodies(&whole, RECORD, &secret(1)));
    assert_eq!((found.key.as_str(), found.said), ("body.raised.0", Ok(Said::Raised(case))));
    assert!(only(bodies(&content(&edits[..2]), RECORD, &secret(1))).said.is_err());
    assert!(bodies(&content(&edits[1..]), RECORD, &secret(1)).is_empty(), "nothing to begin with");
}

#[test]
fn a_late_change_says_who_came_with_what_under_its_own_hash() {
    let late = Late {
        doc: DocKind::Contact,
        by: "u9".into(),
        at: UnixSeconds(5),
        facts: facts("رقم آخر"),
        cleared: vec!["benef_id".into()],
        events: vec![],
    };
    let edit = put_late(RECORD, &CHANGE, &late, &keys(&[1]), &mut Seeded::new(4)).unwrap();
    let found = only(bodies(&content(&[edit]), RECORD, &secret(1)));
    assert_eq!((found.key, found.said), (late_key(&CHANGE), Ok(Said::Late(late))));
    assert_eq!(late_key(&CHANGE), "body.late.0909090909090909");
}

#[test]
fn it_is_sealed_anew_until_the_last_generation_holds_all_for_those_who_read_now() {
    let mut chance = Seeded::new(5);
    let document = |generation| DocumentId { generation, ..DocumentId::first(RECORD, DocKind::Sealed) };
    let intake = put_facts(RECORD, BODY_INTAKE, &facts("a"), &keys(&[1]), &mut chance).unwrap();
    let step = put_facts(RECORD, &step_key(EventId([2; 8])), &facts("b"), &keys(&[1]), &mut chance).unwrap();
    let old = content(&[addressed(&keys(&[1])), intake, step]);
    let first = [(document(0), &old)];
    assert!(is_whole(&first, &keys(&[1])) && !is_whole(&first, &keys(&[1, 2])) && is_whole(&[], &keys(&[1])));
    let mut anew = |name: &str, by: u8| put_anew(&old, RECORD, name, &secret(by), &keys(&[2]), &mut chance).unwrap();
    assert_eq!(anew(BODY_INTAKE, 2), None, "whoever can't open it can't seal it anew");
    let half = content(&[addressed(&keys(&[2])), anew(BODY_INTAKE, 1).unwrap()]);
    assert!(!is_whole(&[(document(0), &old), (document(1), &half)], &keys(&[2])));
    let all = [addressed(&keys(&[2])), anew(BODY_INTAKE, 1).unwrap(), anew(&step_key(EventId([2; 8])), 1).unwrap()];
    let whole = content(&all);
    assert!(is_whole(&[(document(0), &old), (document(1), &whole)], &keys(&[2])));
    let texts: Vec<_> = bodies(&whole, RECORD, &secret(2)).into_iter().map(|body| body.said).collect();
    assert_eq!(texts, [Ok(Said::Intake(facts("a"))), Ok(Said::Step(EventId([2; 8]), facts("b")))]);
    assert!(bodies(&whole, RECORD, &secret(1)).iter().all(|body| body.said.is_err()));
    // A book in which nobody of them has a key asks for nothing that can't be done.
    assert!(!is_due(&first, &crate::seal::book::KeyBook::default(), &["u1".into()]));
}

#[test]
fn an_address_tells_readers_apart_and_not_who_they_are() {
    assert_eq!(address(&keys(&[1, 2])), address(&keys(&[2, 1])));
    assert_ne!(address(&keys(&[1, 2])), address(&keys(&[1, 3])));
    assert_eq!(addressed(&keys(&[1])), Edit::Put { key: SEALED_TO.into(), fact: Fact::Text(address(&keys(&[1]))) });
    assert_eq!(address(&keys(&[1])).len(), 32);
}
