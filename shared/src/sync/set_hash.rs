//! A hash of a set of changes that can be kept up to date one change at a time, in any order: the sum modulo 2^128 of a
//! SHA-256 of each member. Tells that two sides hold the same, never what. Not a commitment against someone who chooses
//! the members: the gate and the signatures deal with those.

use crate::model::{ids::ChangeHash, record::DocumentId};
use minicbor::{Decode, Encode};

/// The hash of a set. The empty set is all zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(transparent)]
pub struct SetHash(
    /// Little-endian sum.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub [u8; 16],
);

impl SetHash {
    /// The hash of the set with one member: a change, as part of a document.
    #[must_use]
    pub fn of(document: DocumentId, change: &ChangeHash) -> Self {
        use sha2::Digest;
        let hash: [u8; 32] = sha2::Sha256::new()
            .chain_update(b"sada set 1")
            .chain_update(document.to_bytes())
            .chain_update(change.0)
            .finalize()
            .into();
        let mut half = [0; 16];
        half.copy_from_slice(&hash[..16]);
        Self(half)
    }

    /// The hash of all of one document's changes that the server has receipted or made. Genesis does not count: it is
    /// the same everywhere.
    #[must_use]
    pub fn of_document<'a>(document: DocumentId, changes: impl IntoIterator<Item = &'a ChangeHash>) -> Self {
        changes.into_iter().fold(Self::default(), |sum, change| sum.plus(Self::of(document, change)))
    }

    /// The hash with the members of `other` added.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self(u128::from_le_bytes(self.0).wrapping_add(u128::from_le_bytes(other.0)).to_le_bytes())
    }

    /// The hash with the members of `other` taken out.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        Self(u128::from_le_bytes(self.0).wrapping_sub(u128::from_le_bytes(other.0)).to_le_bytes())
    }
}

/// Documents by the first byte of their record's id, so that a difference can be narrowed down in one round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Buckets(Box<[SetHash; 256]>);

impl Default for Buckets {
    fn default() -> Self {
        Self(Box::new([SetHash::default(); 256]))
    }
}

impl Buckets {
    /// The bucket of a document.
    #[must_use]
    pub const fn bucket(document: DocumentId) -> u8 {
        document.record.0[0]
    }

    /// Adds one document's hash, once for every held scope the document is in.
    pub fn add(&mut self, document: DocumentId, hash: SetHash) {
        let slot = &mut self.0[usize::from(Self::bucket(document))];
        *slot = slot.plus(hash);
    }

    /// The sum of all buckets: the digest that closes a pull.
    #[must_use]
    pub fn total(&self) -> SetHash {
        self.0.iter().fold(SetHash::default(), |sum, &bucket| sum.plus(bucket))
    }

    /// The buckets in which two sides differ.
    #[must_use]
    pub fn differing(&self, other: &Self) -> Vec<u8> {
        (0..=u8::MAX).filter(|&i| self.0[usize::from(i)] != other.0[usize::from(i)]).collect()
    }

    /// 4,096 bytes for a [`super::messages::RepairRequest::Buckets`].
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|bucket| bucket.0).collect()
    }

    /// Reads the wire form; none unless it is 4,096 bytes.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (chunks, []) = bytes.as_chunks::<16>() else { return None };
        let mut buckets = Self::default();
        if chunks.len() != buckets.0.len() {
            return None;
        }
        for (slot, chunk) in buckets.0.iter_mut().zip(chunks) {
            *slot = SetHash(*chunk);
        }
        Some(buckets)
    }
}

#[cfg(test)]
mod tests {
    use super::{Buckets, SetHash};
    use crate::{
        entropy::Seeded,
        model::{
            ids::{ChangeHash, RecordId},
            record::{DocKind, DocumentId},
        },
    };
    use proptest::prelude::*;

    fn members(seed: u64, count: usize) -> Vec<(DocumentId, ChangeHash)> {
        let mut chance = Seeded::new(seed);
        (0..count)
            .map(|_| (DocumentId::first(RecordId::random(&mut chance), DocKind::Case), ChangeHash::random(&mut chance)))
            .collect()
    }

    proptest! {
        #[test]
        fn order_does_not_matter_and_what_was_added_can_be_taken_out(seed: u64, order in Just((0..40).collect::<Vec<usize>>()).prop_shuffle(), out in 0_usize..40) {
            let members = members(seed, 40);
            let sum = |order: &[usize]| order.iter().fold(SetHash::default(), |sum, &i| sum.plus(SetHash::of(members[i].0, &members[i].1)));
            let all = sum(&(0..40).collect::<Vec<_>>());
            prop_assert_eq!(sum(&order), all);
            let without: Vec<usize> = order.iter().copied().filter(|&i| i != out).collect();
            prop_assert_eq!(all.minus(SetHash::of(members[out].0, &members[out].1)), sum(&without));
            prop_assert_ne!(all, sum(&without));
        }
    }

    #[test]
    fn buckets_add_up_to_the_digest_and_name_the_difference() {
        let members = members(3, 500);
        let (mut one, mut other) = (Buckets::default(), Buckets::default());
        for (i, (document, change)) in members.iter().enumerate() {
            let hash = SetHash::of(*document, change);
            one.add(*document, hash);
            if i != 17 {
                other.add(*document, hash);
            }
        }
        assert_eq!(one.differing(&other), [Buckets::bucket(members[17].0)]);
        assert_eq!(one.total().minus(other.total()), SetHash::of(members[17].0, &members[17].1));
        assert_eq!(Buckets::from_bytes(&one.to_bytes()), Some(one));
        assert_eq!(Buckets::from_bytes(&[0; 4_095]), None);
    }
}
