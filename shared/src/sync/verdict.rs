//! What the server says of each pushed change. Only says it; the session decides what follows.

use crate::model::{
    dates::UnixSeconds,
    ids::{ChangeHash, DeviceId, UserId},
    order::{Order, Receipt},
};
use minicbor::{Decode, Encode};

/// Code of a refusal where the server keeps no more of a device's refused changes: the device's copy is the only one.
pub const QUARANTINE_FULL: &str = "quarantine_full";

/// What became of one pushed frame.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum FrameVerdicts {
    /// It was read; one verdict for each change, in its order.
    #[n(0)]
    Read(#[n(0)] Vec<Verdict>),
    /// It names a dependency by a prefix that the server can't resolve: nothing was taken from it; send the same changes again
    /// with dependencies in full.
    #[n(1)]
    Unresolved,
    /// It can't be read: nothing was taken from it; halve it until the change at fault stands alone.
    #[n(2)]
    Malformed,
}

/// What became of one pushed change. Every one but [`Verdict::Parked`] is final.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Verdict {
    /// The server holds it on disk.
    #[n(0)]
    Accepted(#[n(0)] ShortReceipt),
    /// The server already held it; the same receipt as then.
    #[n(1)]
    Duplicate(#[n(0)] ShortReceipt),
    /// The server keeps it and can't take it yet.
    #[n(2)]
    Parked(#[n(0)] ParkReason),
    /// This person may never do this, or it is malformed. Kept as evidence by both sides; later innocent changes of the document
    /// are rebased under a new actor epoch.
    #[n(3)]
    Refused {
        /// The gate's stable code (`path`, `seq`, `chunk`, …).
        #[n(0)]
        code: String,
        /// The document path at fault, without values; may be empty.
        #[n(1)]
        path: String,
    },
    /// The document was purged or sealed meanwhile; the change was passed on to whoever may read it.
    #[n(4)]
    Moved,
    /// The author is revoked or implicated: kept whole, encrypted, for a supervisor.
    #[n(5)]
    Quarantined,
}

/// Why a change has to wait at the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub enum ParkReason {
    /// It builds on a change the server has not got.
    #[n(0)]
    MissingDep,
    /// Its schema or an event's kind is newer than the server.
    #[n(1)]
    Upgrade,
}

/// A receipt without what the one who pushed the change knows: its hash, and the device and user, where they are its own.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ShortReceipt {
    /// Place in the document's sequence.
    #[n(0)]
    pub order: Order,
    /// When the server had it.
    #[n(1)]
    pub at: UnixSeconds,
    /// See [`Receipt::mac`].
    #[cbor(n(2), with = "minicbor::bytes")]
    pub mac: [u8; 16],
    /// The device and user, where they are not those of this request (a change pushed on behalf of another device).
    #[n(3)]
    pub by: Option<(DeviceId, UserId)>,
}

impl ShortReceipt {
    /// Shortens a receipt for the device and user of a request.
    #[must_use]
    pub fn new(receipt: &Receipt, device: DeviceId, user: &UserId) -> Self {
        let own = receipt.device == device && &receipt.user == user;
        let by = (!own).then(|| (receipt.device, receipt.user.clone()));
        Self { order: receipt.order, at: receipt.at, mac: receipt.mac, by }
    }

    /// The whole receipt of `change`, on the device and for the user that pushed it.
    #[must_use]
    pub fn into_receipt(self, change: ChangeHash, device: DeviceId, user: &UserId) -> Receipt {
        let (device, user) = self.by.unwrap_or_else(|| (device, user.clone()));
        Receipt { change, order: self.order, at: self.at, device, user, mac: self.mac }
    }
}
