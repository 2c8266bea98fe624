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
    use super::{Added, FIRST_SCHEMA, NotAddOnly, build};
    use crate::{
        document::{
            actor::ActorId,
            change::Change,
            content::Edit,
            fold::{Applied, Document},
        },
        gate::{Code, Ingress, Park, Verdict, check},
        model::{
            ids::{DeviceId, UserId},
            record::DocKind,
        },
    };

    fn photos() -> Change {
        build(DocKind::Session, 2, &[], &[Added::Map("photos"), Added::Counter("count.staff")]).unwrap()
    }

    #[test]
    fn an_upgrade_is_the_same_wherever_it_is_made() {
        assert_eq!(photos().raw(), photos().raw());
        assert!(photos().actor().unwrap().is_upgrade());
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
        assert_eq!(build(DocKind::Session, FIRST_SCHEMA, &[], &[Added::Map("a")]), Err(NotAddOnly));
        assert!(add(&[Added::Map("a"), Added::Counter("b")]).is_ok());
    }

    fn put(date: &str) -> Edit {
        Edit::Put { key: "date".into(), fact: date.into() }
    }

    #[test]
    fn devices_that_upgrade_one_document_apart_merge_also_with_one_that_does_not() {
        let newer = || Document::knowing(DocKind::Session, &[photos()]);
        let write = |document: &mut Document, n: u8, date: &str| {
            let change = document.write(ActorId::device(DeviceId([n; 10]), 1), &[put(date)]).unwrap().unwrap();
            document.apply(&change);
            change
        };
        let (mut ahmad, mut salma, mut old) = (newer(), newer(), Document::new(DocKind::Session));
        ahmad.apply(&photos());
        salma.apply(&photos());
        let changes = [write(&mut ahmad, 1, "2026-11-01"), write(&mut salma, 2, "2026-11-02"), write(&mut old, 3, "2026-11-03")];
        for document in [&mut ahmad, &mut salma, &mut old] {
            document.apply(&photos());
            for change in &changes {
                document.apply(change);
            }
        }
        assert_eq!(ahmad.content(), salma.content());
        // The older version carries what it does not know, shows the rest, and builds on it.
        assert_eq!(old.content(), ahmad.content());
        assert_eq!(old.heads().collect::<Vec<_>>(), ahmad.heads().collect::<Vec<_>>());
        assert_eq!(ahmad.content().facts["date"].len(), 3);
        assert_eq!((old.schema(), ahmad.schema()), (1, 2));
        assert_eq!(ahmad.apply(&photos()), Applied::Known);
    }

    #[test]
    fn the_gate_knows_upgrades_by_hash_and_parks_those_of_later_versions() {
        let ask = |document: &Document, change: &Change| {
            let user = UserId::from("u1");
            check(document, change, &Ingress { device: DeviceId([1; 10]), user: &user, may: &|_| false })
        };
        let knowing = Document::knowing(DocKind::Session, &[photos()]);
        assert_eq!(ask(&knowing, &photos()), Ok(()));
        let forged = build(DocKind::Session, 2, &[], &[Added::Map("photos"), Added::Map("more")]).unwrap();
        for (document, change) in [(&knowing, forged), (&Document::new(DocKind::Session), photos())] {
            let denial = ask(document, &change).unwrap_err();
            assert_eq!((denial.verdict, denial.check, denial.code), (Verdict::Park(Park::Upgrade), 4, Code::LaterKey));
        }
        assert!(knowing.is_new());
    }
}
