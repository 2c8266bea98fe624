//! What waits on a device, carried to the server by hand: the same signed batches it would push, and nothing else. The file around
//! them is a parcel ([`crate::seal::parcel`]) sealed to the server's key. Photos go along: what they are worth is said by the change
//! that names them, so they need no signature. Knows no storage.

use super::messages::SyncRequest;
use crate::model::{
    ids::{DeviceId, UserId},
    record::DocumentId,
};
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
    /// Photos that the server has not got, those too whose change was set aside; as many as fit.
    #[cbor(n(2), default, skip_if = "Vec::is_empty")]
    pub pictures: Vec<CarriedPicture>,
}

/// A photo in such a file.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct CarriedPicture {
    /// The contact document that names it.
    #[n(0)]
    pub document: DocumentId,
    /// All of it.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub bytes: Vec<u8>,
}

/// What became of a file: whose it is, and numbers. Who carries it learns nothing of what it holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnsentTaken {
    /// Whose device wrote it.
    pub user: UserId,
    /// Changes and photos taken in now.
    pub taken: u32,
    /// Changes and photos the server had already.
    pub known: u32,
    /// Changes kept aside or waiting, and photos that go with them: their author sees why at the next sync.
    pub aside: u32,
}
