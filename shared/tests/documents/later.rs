//! What a later version adds to a document: this one carries it, shows the rest, builds on it, and lets nobody in with it.

use crate::{
    attacks::op,
    people::{Phone, ask, automerge, put, session},
};
use automerge::{
    ActorId as AutomergeActor, ExpandedChange, ObjType, ReadDoc, ScalarValue,
    legacy::{ObjectId, OpType},
};
use shared::{
    document::{change::Change, fold::Document, genesis::genesis},
    gate::{Code, Park, Verdict},
    model::record::DocKind,
};
use std::num::NonZeroU64;

/// An upgrade as a later version makes it: one fixed change on the genesis, here with a map and a counter.
fn upgrade() -> Change {
    let genesis = genesis(DocKind::Session).as_automerge();
    let change = automerge::Change::from(ExpandedChange {
        operations: vec![
            op(ObjectId::Root, "photos", OpType::Make(ObjType::Map), vec![]),
            op(ObjectId::Root, "count.staff", OpType::Put(ScalarValue::counter(0)), vec![]),
        ],
        actor_id: AutomergeActor::from(*b"sada-upg\0\x02\0\x03"),
        hash: None,
        seq: 1,
        start_op: NonZeroU64::new(genesis.max_op() + 1).unwrap(),
        time: 0,
        message: None,
        deps: vec![genesis.hash()],
        extra_bytes: vec![],
        author: None,
    });
    Change::from_raw(change.raw_bytes()).unwrap()
}

#[test]
fn what_a_later_version_added_is_carried_and_built_upon() {
    let mut author = session();
    let before = author.document.content();
    let mut salma = Phone::new(2, DocKind::Session);
    salma.take(&upgrade());
    salma.take_all(&author.changes);
    author.take(&upgrade());
    assert_eq!(author.document.content(), before, "it shows nothing new");
    assert_eq!(author.document.heads().collect::<Vec<_>>(), salma.document.heads().collect::<Vec<_>>());
    author.write(&[put("date", "2026-11-25")]).unwrap();
    salma.take_all(&author.changes);
    assert_eq!(salma.document.content(), author.document.content());
    // It is still there for whoever knows what it is.
    let whole = automerge(DocKind::Session, &salma.changes);
    assert!(
        whole.get(automerge::ROOT, "photos").unwrap().is_some() && whole.get(automerge::ROOT, "count.staff").unwrap().is_some()
    );
}

#[test]
fn a_later_versions_upgrade_is_parked_not_refused() {
    let phone = Phone::new(1, DocKind::Session);
    for document in [Document::new(DocKind::Session), session().document] {
        let denial = ask(&document, &upgrade(), phone.device, &phone.user).unwrap_err();
        assert_eq!((denial.verdict, denial.check, denial.code), (Verdict::Park(Park::Upgrade), 4, Code::LaterKey));
    }
}
