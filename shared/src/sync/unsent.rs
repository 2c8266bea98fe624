//! What waits on a device, carried to the server by hand: the same signed batches it would push, and nothing else. The file around
//! them is a parcel ([`crate::seal::parcel`]) sealed to the server's key. Knows no storage.

use super::messages::SyncRequest;
use crate::model::ids::{DeviceId, UserId};
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// Longest file, in bytes.
pub const MAX_UNSENT_BYTES: usize = crate::seal::parcel::MAX_PARCEL_BYTES;

/// The content of such a file.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct Unsent {
    /// Whose batches they are; each proves it by its signature.
    #[n(0)]
    pub device: DeviceId,
    /// Batches, first to be applied first. Of a request only nonce, frames and signature count here.
    #[n(1)]
    pub requests: Vec<SyncRequest>,
}

/// What became of a file: whose it is, and numbers. Who carries it learns nothing of what it holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnsentTaken {
    /// Whose device wrote it.
    pub user: UserId,
    /// Changes taken in now.
    pub taken: u32,
    /// Changes the server had already.
    pub known: u32,
    /// Changes kept aside or waiting: their author sees why at the next sync.
    pub aside: u32,
}
