//! What she agreed to is kept to: who spoke goes to nobody without her yes, and who would rather speak to someone else tells nobody
//! anything before. # Source: domain.md §10.4; issue 3

use crate::{
    harness::{Deployment, complaint, database_bytes, user},
    sealed_phones::{begun, card, phone_with_key, told},
};
use shared::{
    document::content::Facts,
    intent,
    model::{
        codes::{EntryType, Level, Status, Urgency},
        event::Step,
        record::DocKind,
        role::Role,
    },
};

fn changed(facts: Facts, changes: &[(&str, &str)]) -> Facts {
    facts.into_iter().chain(changes.iter().map(|(key, value)| ((*key).to_owned(), (*value).into()))).collect()
}

/// Whether the project's focal point holds who spoke, after an officer gave them the case and said to share.
fn focal_point_knows(consents: &[(&str, &str)]) -> bool {
    let mut at = Deployment::new(false);
    let (mut officer, mut focal) = (at.phone(Role::Ao), at.phone(Role::PmFocal));
    let facts = changed(complaint(&at), consents);
    let record = officer.record(&mut at, facts).record;
    officer.sync(&mut at);
    let classified = Step::Classified {
        entry_type: EntryType::Complaint,
        category: "qual.delay".into(),
        level: Level::new(2).unwrap(),
        urgency: Urgency::Action,
        reason: String::new(),
    };
    officer.step(&mut at, record, classified).unwrap();
    officer.sync(&mut at);
    let assigned = Step::Assigned { to: user(Role::PmFocal), share_identity: true, reason: "مسؤول المشروع".into() };
    officer.step(&mut at, record, assigned).unwrap();
    officer.sync(&mut at);
    assert!(officer.case(&mut at, record).unwrap().contact.is_some(), "the officer calls back");
    focal.sync(&mut at);
    let case = focal.case(&mut at, record).expect("who is responsible works on it all the same");
    assert_eq!(case.row.status, Status::Assigned);
    focal.step(&mut at, record, Step::Started { note: "بدأنا".into() }).unwrap();
    case.contact.is_some()
}

#[test]
fn whoever_solves_it_knows_who_spoke_only_with_her_yes_and_works_without() {
    assert!(focal_point_knows(&[("consent.share", "yes")]));
    for no in [
        &[("consent.share", "no"), ("intake.identity_mode", "confidential")][..],
        &[("consent.share", "not_possible"), ("intake.identity_mode", "confidential")],
        // A yes beside "to the accountability team only" is no yes.
        &[("consent.share", "yes"), ("intake.identity_mode", "confidential")],
    ] {
        assert!(!focal_point_knows(no), "{no:?}");
    }
}

#[test]
fn without_consent_to_record_there_is_a_count_at_the_server_and_no_more() {
    let mut at = Deployment::new(false);
    let mut officer = at.phone(Role::Ao);
    let facts = changed(complaint(&at), &[("consent.record", "no")]);
    let saved = officer.record(&mut at, facts);
    officer.sync(&mut at);
    assert_eq!((saved.ref_no, saved.ref_pin), (None, None), "no number to ask with");
    let documents = at.server.storage().read(|tx| tx.documents_of(saved.record)).unwrap();
    assert_eq!(documents.iter().map(|id| id.kind).collect::<Vec<_>>(), [DocKind::Case]);
    for secret in ["فاطمة", "0944123456", "السلة تأخرت"] {
        assert!(!database_bytes(&at.folder.0).windows(secret.len()).any(|part| part == secret.as_bytes()), "{secret}");
    }
}

#[test]
fn abuse_is_passed_on_without_consent_and_without_who_spoke_and_no_count_of_it_stays() {
    let mut at = Deployment::new(false);
    let begun = begun(&at, &[Role::PseaFp, Role::HqIu]);
    let mut receiver = at.phone(Role::Receiver);
    let facts = changed(complaint(&at), &[("consent.record", "no"), ("reg.category", "ser.sea")]);
    let saved = receiver.record(&mut at, facts);
    receiver.sync(&mut at);
    let mut focal = phone_with_key(&mut at, Role::PseaFp, &card(&begun, Role::PseaFp));
    focal.sync(&mut at);
    let case = focal.case(&mut at, saved.record).unwrap();
    assert_eq!(case.row.status, Status::Sealed);
    assert!(!told(&case).contains("فاطمة") && !told(&case).contains("0944123456"), "{}", told(&case));
    assert!(receiver.case(&mut at, saved.record).is_none());
}

#[test]
fn a_safe_meeting_is_all_that_its_readers_find_and_nobody_else_finds_anything() {
    let mut at = Deployment::new(false);
    let begun = begun(&at, &[Role::PseaFp, Role::HqIu]);
    let mut receiver = at.phone(Role::Receiver);
    let (when, place) = ("الأحد بعد الظهر", "عند خالتها في الحي الشرقي");
    let rather = intent::rather(&complaint(&at), "woman", at.now.day(180));
    let facts = changed(rather, &[("contact.resp.time", when), ("contact.resp.place", place)]);
    let saved = receiver.record(&mut at, facts);
    receiver.sync(&mut at);
    assert_eq!(saved.ref_pin, None, "no card");
    let mut focal = phone_with_key(&mut at, Role::PseaFp, &card(&begun, Role::PseaFp));
    focal.sync(&mut at);
    let said = told(&focal.case(&mut at, saved.record).unwrap());
    for kept in [when, place, "woman"] {
        assert!(said.contains(kept), "{said}");
        assert!(!database_bytes(&at.folder.0).windows(kept.len()).any(|part| part == kept.as_bytes()), "{kept} is at the server");
    }
    for dropped in ["فاطمة", "0944123456", "السلة", "qual.delay", "P01", "who.sex"] {
        assert!(!said.contains(dropped), "{dropped}: {said}");
    }
}
