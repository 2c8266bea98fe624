//! Forgetting what the server has: what is acknowledged leaves every page, and what is unsent stays, encrypted, and still arrives.

use crate::{
    device::{Device, PASSPHRASE, START, complaint, record},
    pages::{holds, plain},
    server::{Server, accept, bytes},
    sync::officer_with,
};
use mobile::{
    protocol::{Answer, CaseView, Draft, DraftKind, FailureCode, Request},
    replica::link::LinkError,
};
use shared::{
    document::change::Change,
    intent::Intent,
    model::{event::Step, ids::ChangeHash, record::DocKind},
    sync::sign_in::CallRefusal,
};
use std::collections::BTreeSet;

const KNOWN: &str = "acknowledged-words";
const UNSENT: &str = "unsent-words";
const STEP: &str = "unsent-step";
const DRAFT: &str = "words-of-a-draft";

fn unsent(device: &Device) -> BTreeSet<ChangeHash> {
    device.replica.holdings().unwrap().into_iter().flat_map(|held| held.waiting).collect()
}

#[test]
fn what_is_acknowledged_leaves_every_page_and_unsent_work_stays_and_still_arrives() {
    let mut server = Server::new();
    let mut device = officer_with(&mut server, 31, KNOWN);
    // On a record that goes, a record of its own, and a draft.
    let note = Step::Followup { with: String::new(), mode: "call".into(), note: STEP.into(), next_on: None };
    device.save(Intent::AddStep { record: record(1), doc: DocKind::Case, step: note });
    device.save(complaint(2, UNSENT));
    let facts = [("intake.words".to_owned(), DRAFT.into())].into();
    let draft = Draft { record: record(3), kind: DraftKind::Complaint, facts, counts: [].into(), step: 0, saved_at: START };
    assert_eq!(device.ask(Request::SaveDraft(draft)), Answer::Done);
    let before = unsent(&device);
    assert_eq!(before.len(), 3, "a step, a case and who spoke");
    device.replica.flush().unwrap();
    let pages = plain(&device);
    for words in [KNOWN, UNSENT, STEP, DRAFT] {
        assert!(holds(&pages, words), "{words}: what is there is found");
    }

    device.sync(|_| Err(LinkError::Refused(CallRefusal::Revoked)));
    let pages = plain(&device);
    assert!(!holds(&pages, KNOWN), "what the server has is in no page");
    for words in [UNSENT, STEP, DRAFT] {
        assert!(holds(&pages, words), "{words} is still there");
    }
    for (name, bytes) in device.files() {
        for words in [KNOWN, UNSENT, STEP, DRAFT] {
            assert!(!crate::cipher_pages::holds(&bytes, words.as_bytes()), "{words} can be read in {name}");
        }
    }
    assert_eq!(unsent(&device), before);

    // Let in again, it sends all of it, and what it forgot comes back with the server.
    let mut device = device.restart();
    assert_eq!(device.refused(Request::Unlock { passphrase: PASSPHRASE.into() }), FailureCode::Revoked);
    let outgoing = device.replica.sync_begin().expect("asks again after a restart");
    let response = bytes(&server.take(&outgoing, "u2", device.now.get(), &accept));
    device.replica.sync_finish(Ok(response));
    let arrived: BTreeSet<ChangeHash> = server.taken.iter().map(|(_, change, _): &(_, Change, _)| change.hash()).collect();
    assert!(before.is_subset(&arrived), "{} of {}", before.intersection(&arrived).count(), before.len());
    device.unlock();
    assert!(unsent(&device).is_empty());
    let listed: Vec<_> = device.cases(CaseView::All).rows.into_iter().map(|row| row.record).collect();
    assert!(!listed.contains(&record(1)), "a part of a record shows nothing of it");
}
