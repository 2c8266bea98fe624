//! How every document begins: one fixed change per kind, the same on every device, never sent. Without it two people who
//! create one document apart would each make their own maps and counters, and Automerge would show only one of them.

use super::{actor::ActorId, change::Change};
use crate::model::{codes::CountKey, record::DocKind};
use automerge::{
    ExpandedChange, ObjType, ScalarValue,
    legacy::{Key, ObjectId, Op, OpType},
};
use std::{num::NonZeroU64, sync::OnceLock};

/// Key of the map of events.
pub const EVENTS: &str = "events";
/// Key of the map of rulings.
pub const RULINGS: &str = "rulings";
/// What the root key of each counter begins with.
pub const COUNT_PREFIX: &str = "count.";

/// The root key of a counter.
#[must_use]
pub fn count_key(key: CountKey) -> String {
    format!("{COUNT_PREFIX}{}", key.id())
}

/// The counter of this root key.
#[must_use]
pub fn count_of(key: &str) -> Option<CountKey> {
    key.strip_prefix(COUNT_PREFIX).and_then(CountKey::from_id)
}

/// The first change of every document of `kind`. Its bytes never change: every stored change builds on its hash.
#[must_use]
pub fn genesis(kind: DocKind) -> &'static Change {
    static GENESES: OnceLock<[Change; DocKind::ALL.len()]> = OnceLock::new();
    &GENESES.get_or_init(|| DocKind::ALL.map(build))[usize::from(kind.byte())]
}

fn build(kind: DocKind) -> Change {
    let mut operations = vec![fixed_op(EVENTS, OpType::Make(ObjType::Map)), fixed_op(RULINGS, OpType::Make(ObjType::Map))];
    if kind == DocKind::Session {
        operations.extend(CountKey::ALL.iter().map(|key| fixed_op(&count_key(*key), OpType::Put(ScalarValue::counter(0)))));
    }
    fixed_change(ActorId::genesis(kind), NonZeroU64::MIN, vec![], operations)
}

/// An operation that puts something new under a root key.
fn fixed_op(key: &str, action: OpType) -> Op {
    Op { action, obj: ObjectId::Root, key: Key::from(key), pred: vec![].into(), insert: false }
}

/// A change of a fixed actor: its first, at time 0, so that it has the same bytes everywhere.
fn fixed_change(actor: ActorId, start_op: NonZeroU64, deps: Vec<automerge::ChangeHash>, operations: Vec<Op>) -> Change {
    Change::from_parts(ExpandedChange {
        operations,
        actor_id: actor.to_automerge(),
        hash: None,
        seq: 1,
        start_op,
        time: 0,
        message: None,
        deps,
        extra_bytes: vec![],
        author: None,
    })
}

#[cfg(test)]
mod tests {
    use super::genesis;
    use crate::{document::change::Change, model::record::DocKind};
    use std::fmt::Write as _;

    #[test]
    fn genesis_never_changes() {
        let mut table = String::new();
        for kind in DocKind::ALL {
            let change = genesis(kind);
            writeln!(table, "{} {} {}", kind.id(), change.hash(), change.raw().len()).unwrap();
            assert_eq!(&Change::from_raw(change.raw()).unwrap(), change);
        }
        assert_eq!(table, include_str!("../../tests/fixtures/documents/genesis.txt"));
    }
}
