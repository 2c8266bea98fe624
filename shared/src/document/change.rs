//! One change: raw bytes, hash and operations. Reading any bytes gives a change or an error, never a panic (on native code).
//! Whether a change may be accepted is the gate's question, not this module's.

use super::{
    actor::ActorId,
    genesis::count_of,
    limits::{self, CHUNK_HEAD},
};
use crate::model::{codes::CountKey, ids::ChangeHash};
use automerge::legacy::{Key, Op, OpType};
use std::panic::{AssertUnwindSafe, catch_unwind};

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
/// The only chunk we take: an uncompressed change. Deflated ones can unfold a thousandfold.
const RAW_CHANGE: u8 = 1;

/// Why bytes are not a change. Holds nothing of the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadChange {
    /// Not a raw change chunk: other magic or chunk type, or too short.
    #[error("not a raw change chunk")]
    NotAChange,
    /// The checksum does not fit the bytes.
    #[error("the change's checksum is wrong")]
    Checksum,
    /// It claims more operations or predecessors than any honest change has.
    #[error("the change claims too many operations")]
    TooMany,
    /// Damaged or forged inside.
    #[error("the change can't be decoded")]
    Undecodable,
}

/// A change, decoded once.
#[derive(Clone, Debug)]
pub struct Change {
    stored: automerge::Change,
    decoded: automerge::ExpandedChange,
}

impl Change {
    /// Reads a raw change chunk, as the wire and the store hold it.
    ///
    /// # Errors
    /// [`BadChange`] says why not. Nothing panics outward on native code, and no bytes are known on which Automerge panics
    /// behind [`limits::check`]. On the web, where a panic ends the worker, only bytes that a server signed are read.
    pub fn from_raw(bytes: &[u8]) -> Result<Self, BadChange> {
        if bytes.get(..4) != Some(&MAGIC[..]) || bytes.get(CHUNK_HEAD - 1) != Some(&RAW_CHANGE) {
            return Err(BadChange::NotAChange);
        }
        limits::check(bytes)?;
        let read = catch_unwind(AssertUnwindSafe(|| automerge::Change::from_bytes(bytes.to_vec())));
        let stored = read.map_err(|_| BadChange::Undecodable)?.map_err(|_| BadChange::Undecodable)?;
        // `from_bytes` reads the checksum and does not look at it.
        if stored.hash().0[..4] != bytes[4..8] {
            return Err(BadChange::Checksum);
        }
        if stored.raw_bytes() != bytes {
            return Err(BadChange::Undecodable);
        }
        let decoded = catch_unwind(AssertUnwindSafe(|| stored.decode())).map_err(|_| BadChange::Undecodable)?;
        Ok(Self { stored, decoded })
    }

    pub(super) fn from_parts(parts: automerge::ExpandedChange) -> Self {
        let stored = automerge::Change::from(parts.clone());
        Self { stored, decoded: parts }
    }

    /// The raw chunk: what is stored, sent and hashed.
    #[must_use]
    pub fn raw(&self) -> &[u8] {
        self.stored.raw_bytes()
    }

    /// The change's name: SHA-256 as Automerge computes it.
    #[must_use]
    pub fn hash(&self) -> ChangeHash {
        ChangeHash(self.stored.hash().0)
    }

    /// Who wrote it; none if the actor is not one of ours.
    #[must_use]
    pub fn actor(&self) -> Option<ActorId> {
        ActorId::try_from(self.stored.actor_id().to_bytes()).ok()
    }

    /// The actor's count of changes in this document, from 1.
    #[must_use]
    pub fn seq(&self) -> u64 {
        self.stored.seq()
    }

    /// The changes it was built on.
    pub fn deps(&self) -> impl Iterator<Item = ChangeHash> + '_ {
        self.stored.deps().iter().map(|hash| ChangeHash(hash.0))
    }

    /// The counter of its first operation.
    #[must_use]
    pub fn start_op(&self) -> u64 {
        self.stored.start_op().get()
    }

    /// The counter of its last operation.
    #[must_use]
    pub fn max_op(&self) -> u64 {
        self.stored.max_op()
    }

    /// How many operations it has.
    #[must_use]
    pub fn operations(&self) -> usize {
        self.decoded.operations.len()
    }

    /// What it adds to counters: key and by how many, corrections among them.
    pub fn increments(&self) -> impl Iterator<Item = (CountKey, i64)> + '_ {
        self.decoded.operations.iter().filter_map(|op| match (&op.key, &op.action) {
            (Key::Map(key), OpType::Increment(by)) => Some((count_of(key)?, *by)),
            _ => None,
        })
    }

    pub(crate) fn ops(&self) -> &[Op] {
        &self.decoded.operations
    }

    /// Automerge's own form, for comparing with Automerge documents.
    #[must_use]
    pub fn as_automerge(&self) -> &automerge::Change {
        &self.stored
    }

    /// Whether it says nothing beside its operations (no time, message or further bytes) and whether encoding it again gives
    /// the same bytes. Automerge rebuilds changes from its columns when it loads a document: one in another encoding
    /// gets another hash there, and the document never loads again.
    pub(crate) fn is_canonical(&self) -> bool {
        let bare = self.stored.timestamp() == 0 && self.stored.message().is_none() && self.stored.extra_bytes().is_empty();
        let again = catch_unwind(AssertUnwindSafe(|| automerge::Change::from(self.decoded.clone())));
        bare && again.is_ok_and(|again| again.raw_bytes() == self.raw())
    }
}

impl PartialEq for Change {
    fn eq(&self, other: &Self) -> bool {
        self.raw() == other.raw()
    }
}

impl Eq for Change {}

impl From<automerge::Change> for Change {
    fn from(stored: automerge::Change) -> Self {
        let decoded = stored.decode();
        Self { stored, decoded }
    }
}
