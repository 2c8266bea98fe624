//! The key book: whose key a report may be sealed to, entry after entry, each vouched for by people and bound to all before it.
//! A device keeps the book it has seen and takes only one that goes on from there, so that neither the server nor an
//! administrator can slip in a key of their own. Knows no settings and no secrets but a voucher's own.
//!
//! # Source
//! design.md §7: a focal point's key counts only if signed by an existing focal point and one recovery manager; the first set at
//! `init`. Where no focal point is left to sign, as many managers as could open everything anyway sign in their place.

use super::{SealKey, letters};
use crate::{model::ids::UserId, sync::signing::PublicKey};
use ed25519_dalek::{Signer, SigningKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// Most entries of a book: more are no longer a list of a few people's keys.
pub const MAX_ENTRIES: usize = 1_000;

/// A voucher's private key: a recovery manager's or a focal point's.
pub struct VouchKey(SigningKey);

impl VouchKey {
    /// The key with this secret.
    #[must_use]
    pub fn from_secret(secret: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(secret))
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key().to_bytes())
    }
}

/// A recovery manager, as the book knows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keeper {
    /// Who.
    pub user: UserId,
    /// What their vouching is told by.
    pub key: PublicKey,
}

/// A focal point's keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FocalKey {
    /// Whose.
    pub user: UserId,
    /// To which reports are sealed.
    pub seal: SealKey,
    /// What their vouching is told by.
    pub vouch: PublicKey,
}

/// What an entry says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// The recovery key and its managers: the first entry, and again whenever they change.
    Rooted {
        /// To which every report is sealed too.
        recovery: SealKey,
        /// So many of them open together.
        needed: u8,
        /// Who they are.
        keepers: Vec<Keeper>,
    },
    /// A focal point's key counts from here on.
    Added(FocalKey),
    /// A key counts no longer: nothing is sealed to it any more.
    Removed {
        /// The key.
        seal: SealKey,
    },
}

/// One voucher's signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voucher {
    /// Whose.
    pub key: PublicKey,
    /// Ed25519 over the entry and the book before it, 128 hex digits.
    #[serde(with = "signature_text")]
    pub signature: [u8; 64],
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// What it says.
    pub deed: Deed,
    /// Who vouches.
    pub vouchers: Vec<Voucher>,
}

/// A book whose every entry holds. Can only be got by [`KeyBook::read`], so no unvouched key is ever sealed to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyBook {
    entries: Vec<Entry>,
    hash: [u8; 32],
    recovery: Option<SealKey>,
    needed: usize,
    keepers: Vec<Keeper>,
    focal: Vec<FocalKey>,
}

/// Why a book, or its next entry, is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BookError {
    /// Not enough people vouch for entry number so many, from 0.
    #[error("entry {0} of the key book is not vouched for")]
    NotVouched(usize),
    /// The entry contradicts the book: a key twice, none to remove, too few managers.
    #[error("entry {0} of the key book makes no sense")]
    Senseless(usize),
    /// It is not the book seen before, gone on: someone swapped keys.
    #[error("the key book is not the one seen before")]
    Swapped,
}

impl KeyBook {
    /// Reads a book from its entries.
    ///
    /// # Errors
    /// [`BookError`] at the first entry that does not hold.
    pub fn read(entries: &[Entry]) -> Result<Self, BookError> {
        let mut book = Self::default();
        for entry in entries {
            book.push(entry.clone())?;
        }
        Ok(book)
    }

    /// Takes the entries of a newer book, which must begin with all of this one's.
    ///
    /// # Errors
    /// [`BookError::Swapped`] if it does not go on from here; others if a new entry does not hold.
    pub fn follow(&self, newer: &[Entry]) -> Result<Self, BookError> {
        let more = newer.strip_prefix(self.entries.as_slice()).ok_or(BookError::Swapped)?;
        let mut book = self.clone();
        for entry in more {
            book.push(entry.clone())?;
        }
        Ok(book)
    }

    /// Adds an entry.
    ///
    /// # Errors
    /// [`BookError`]; the book is as before.
    pub fn push(&mut self, entry: Entry) -> Result<(), BookError> {
        let number = self.entries.len();
        if number >= MAX_ENTRIES || !self.makes_sense(&entry.deed) {
            return Err(BookError::Senseless(number));
        }
        if !self.is_vouched(&entry) {
            return Err(BookError::NotVouched(number));
        }
        self.hash = self.next_hash(&entry.deed);
        match &entry.deed {
            Deed::Rooted { recovery, needed, keepers } => {
                self.recovery = Some(*recovery);
                self.needed = usize::from(*needed);
                self.keepers.clone_from(keepers);
            }
            Deed::Added(key) => self.focal.push(key.clone()),
            Deed::Removed { seal } => self.focal.retain(|key| key.seal != *seal),
        }
        self.entries.push(entry);
        Ok(())
    }

    /// Makes an entry of a deed, signed by these vouchers. Whether they are enough is judged by [`Self::push`].
    #[must_use]
    pub fn entry(&self, deed: Deed, vouchers: &[&VouchKey]) -> Entry {
        let message = self.message(&deed);
        let sign = |key: &&VouchKey| Voucher { key: key.public(), signature: key.0.sign(&message).to_bytes() };
        Entry { vouchers: vouchers.iter().map(sign).collect(), deed }
    }

    /// The entries, for the settings.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Keys that count now.
    #[must_use]
    pub fn focal_keys(&self) -> &[FocalKey] {
        &self.focal
    }

    /// The recovery key; none in an empty book.
    #[must_use]
    pub const fn recovery(&self) -> Option<SealKey> {
        self.recovery
    }

    /// The recovery managers.
    #[must_use]
    pub fn keepers(&self) -> &[Keeper] {
        &self.keepers
    }

    /// What two people compare to know that they have the same book: 8 groups of 4 hex digits.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        letters::fingerprint(&self.hash)
    }

    /// The keys that a report for these people is sealed to, the recovery key among them. None if nobody of them has a key: then
    /// nobody but the managers together could read it, and it must not be taken for delivered.
    #[must_use]
    pub fn keys_for(&self, users: &[UserId]) -> Option<Vec<SealKey>> {
        let mut keys: Vec<SealKey> = self.focal.iter().filter(|key| users.contains(&key.user)).map(|key| key.seal).collect();
        if keys.is_empty() {
            return None;
        }
        keys.push(self.recovery?);
        keys.sort();
        keys.dedup();
        Some(keys)
    }

    fn makes_sense(&self, deed: &Deed) -> bool {
        match deed {
            Deed::Rooted { needed, keepers, .. } => {
                let people: BTreeSet<&UserId> = keepers.iter().map(|keeper| &keeper.user).collect();
                let keys: BTreeSet<&PublicKey> = keepers.iter().map(|keeper| &keeper.key).collect();
                let all_differ = people.len() == keepers.len() && keys.len() == keepers.len();
                all_differ && *needed >= 2 && usize::from(*needed) <= keepers.len() && keepers.len() <= 16
            }
            Deed::Added(new) => {
                let is_new = |key: &FocalKey| key.seal != new.seal && key.vouch != new.vouch;
                let was_removed = self.entries.iter().any(|entry| entry.deed == Deed::Removed { seal: new.seal });
                self.recovery.is_some() && Some(new.seal) != self.recovery && !was_removed && self.focal.iter().all(is_new)
            }
            Deed::Removed { seal } => self.focal.iter().any(|key| key.seal == *seal),
        }
    }

    /// Enough different people vouch, each by a signature that holds; whose key it is never vouches for it.
    fn is_vouched(&self, entry: &Entry) -> bool {
        if self.entries.is_empty() {
            // Nobody is there yet to vouch; whoever keeps a kit signs that it is theirs.
            return match &entry.deed {
                Deed::Rooted { keepers, .. } => keepers.iter().all(|keeper| self.signed(entry, &keeper.key)),
                _ => false,
            };
        }
        let owner = match &entry.deed {
            Deed::Added(key) => Some(&key.user),
            _ => None,
        };
        let keepers: BTreeSet<&UserId> = self
            .keepers
            .iter()
            .filter(|keeper| Some(&keeper.user) != owner && self.signed(entry, &keeper.key))
            .map(|keeper| &keeper.user)
            .collect();
        if keepers.len() >= self.needed {
            return match &entry.deed {
                Deed::Rooted { keepers: new, .. } => new.iter().all(|keeper| self.signed(entry, &keeper.key)),
                _ => true,
            };
        }
        let by_focal_point = || {
            let mut signing = self.focal.iter().filter(|key| Some(&key.user) != owner && self.signed(entry, &key.vouch));
            signing.any(|key| keepers.iter().any(|keeper| **keeper != key.user))
        };
        !matches!(entry.deed, Deed::Rooted { .. }) && by_focal_point()
    }

    fn signed(&self, entry: &Entry, by: &PublicKey) -> bool {
        let message = self.message(&entry.deed);
        entry.vouchers.iter().any(|voucher| voucher.key == *by && by.verifies(&message, &voucher.signature))
    }

    fn message(&self, deed: &Deed) -> Vec<u8> {
        [b"sada key book 1".as_slice(), &self.next_hash(deed)].concat()
    }

    /// The hash of the book with this deed in it. Every part has a fixed length or says it.
    fn next_hash(&self, deed: &Deed) -> [u8; 32] {
        let mut hash = Sha256::new_with_prefix(b"sada key book entry 1");
        hash.update(self.hash);
        let text = |hash: &mut Sha256, text: &str| {
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text.as_bytes());
        };
        match deed {
            Deed::Rooted { recovery, needed, keepers } => {
                hash.update([0, *needed]);
                hash.update(recovery.to_bytes());
                hash.update((keepers.len() as u64).to_be_bytes());
                for keeper in keepers {
                    text(&mut hash, keeper.user.as_str());
                    hash.update(keeper.key.0);
                }
            }
            Deed::Added(key) => {
                hash.update([1]);
                text(&mut hash, key.user.as_str());
                hash.update(key.seal.to_bytes());
                hash.update(key.vouch.0);
            }
            Deed::Removed { seal } => {
                hash.update([2]);
                hash.update(seal.to_bytes());
            }
        }
        hash.finalize().into()
    }
}

/// A signature as hex digits.
mod signature_text {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(signature: &[u8; 64], s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&signature.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<[u8; 64], D::Error> {
        let text = String::deserialize(d)?;
        let mut signature = [0; 64];
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        if pairs.len() != signature.len() || !rest.is_empty() {
            return Err(D::Error::custom("bad signature"));
        }
        for (byte, pair) in signature.iter_mut().zip(pairs) {
            let digits = std::str::from_utf8(pair).map_err(D::Error::custom)?;
            *byte = u8::from_str_radix(digits, 16).map_err(D::Error::custom)?;
        }
        Ok(signature)
    }
}
