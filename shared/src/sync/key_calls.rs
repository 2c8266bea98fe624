//! The bodies of `POST /api/v1/keys/ask`, `/keys/waiting` and `/keys/book`: JSON. Knows no HTTP; which key counts is
//! [`crate::seal::book`]'s.

use super::signing::PublicKey;
use crate::{
    model::dates::UnixSeconds,
    seal::{
        SealKey,
        book::{Entry, FocalKey},
    },
};
use serde::{Deserialize, Serialize};

/// The public halves of the caller's new key, which is to count. Replaces what the caller asked for before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskForKey {
    /// To which reports are to be sealed.
    pub seal: SealKey,
    /// What the owner's vouching will be told by.
    pub vouch: PublicKey,
}

/// A key that waits for others to vouch for it. The server may have swapped it: compare fingerprints by voice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingKey {
    /// The key.
    pub key: FocalKey,
    /// When it was asked for, by the server's clock.
    pub asked_at: UnixSeconds,
}

/// A whole book that goes on from the one in force. Whole, so that a server set back to a backup gets back what it lost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishBook {
    /// Every entry, from the first.
    pub entries: Vec<Entry>,
}
