//! Schema upgrades: containers and counters that a later version adds to a kind of document. Each upgrade is one fixed change
//! on the genesis, the same wherever it is made, so devices that upgrade one document apart merge; the gate knows it by hash.
//!
//! New root facts and new kinds of event need no upgrade. Paths are only added, never retyped or removed.

use super::{
    actor::ActorId,
    change::Change,
    genesis::{fixed_change, fixed_op, genesis},
};
use crate::model::record::DocKind;
use automerge::{
    ObjType, ScalarValue,
    legacy::{Key, OpType},
};
use std::num::NonZeroU64;

/// The schema of documents that hold no upgrade.
pub const FIRST_SCHEMA: u16 = 1;

/// What an upgrade can add under a root key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added<'a> {
    /// An empty map.
    Map(&'a str),
    /// A counter at 0.
    Counter(&'a str),
}

impl Added<'_> {
    const fn key(&self) -> &str {
        match self {
            Added::Map(key) | Added::Counter(key) => key,
        }
    }
}

/// An upgrade that would not only add.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an upgrade may only add keys that no earlier schema has")]
pub struct NotAddOnly;

/// The upgrades this version knows, by schema from 2 on. None yet: the first version's documents are whole with their genesis.
#[must_use]
pub const fn upgrades(_kind: DocKind) -> &'static [Change] {
    &[]
}

/// Builds the upgrade of `kind` to `schema`. `earlier` are all upgrades before it.
///
/// # Errors
/// [`NotAddOnly`] if it adds nothing, or a key that the genesis or an earlier upgrade made.
pub fn build(kind: DocKind, schema: u16, earlier: &[Change], added: &[Added<'_>]) -> Result<Change, NotAddOnly> {
    let genesis = genesis(kind);
    let taken = |key: &str| earlier.iter().chain([genesis]).flat_map(Change::ops).any(|op| op.key == Key::from(key));
    let twice = |i: usize| added[..i].iter().any(|other| other.key() == added[i].key());
    if added.is_empty() || schema <= FIRST_SCHEMA || (0..added.len()).any(|i| taken(added[i].key()) || twice(i)) {
        return Err(NotAddOnly);
    }
    let operations = added
        .iter()
        .map(|added| match added {
            Added::Map(key) => fixed_op(key, OpType::Make(ObjType::Map)),
            Added::Counter(key) => fixed_op(key, OpType::Put(ScalarValue::counter(0))),
        })
        .collect();
    let start_op = NonZeroU64::MIN.saturating_add(genesis.max_op());
    Ok(fixed_change(ActorId::upgrade(kind, schema), start_op, vec![genesis.as_automerge().hash()], operations))
}

#[cfg(test)]
mod tests {
    use super::{Added, NotAddOnly, build};
    use crate::model::record::DocKind;

    #[test]
    fn an_upgrade_is_the_same_wherever_it_is_made() {
        let make = || build(DocKind::Session, 2, &[], &[Added::Map("photos"), Added::Counter("count.staff")]).unwrap();
        assert_eq!(make().raw(), make().raw());
        assert!(make().actor().unwrap().is_upgrade());
    }

    #[test]
    fn an_upgrade_only_adds() {
        let first = build(DocKind::Session, 2, &[], &[Added::Map("photos")]).unwrap();
        let add = |added: &[Added<'_>]| build(DocKind::Session, 3, std::slice::from_ref(&first), added);
        assert_eq!(add(&[Added::Counter("events")]), Err(NotAddOnly));
        assert_eq!(add(&[Added::Map("count.f_u18")]), Err(NotAddOnly));
        assert_eq!(add(&[Added::Counter("photos")]), Err(NotAddOnly));
        assert_eq!(add(&[Added::Map("a"), Added::Counter("a")]), Err(NotAddOnly));
        assert_eq!(add(&[]), Err(NotAddOnly));
        assert!(add(&[Added::Map("a"), Added::Counter("b")]).is_ok());
    }
}
