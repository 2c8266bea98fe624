//! The server's order: receipts and rulings of one document share one sequence. Knows no clock.

use super::{
    dates::UnixSeconds,
    ids::{ChangeHash, DeviceId, EventId, UserId},
};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A place in one document's sequence of receipts and rulings. A restored server mints a new epoch, so a number is never given twice.
///
/// The sequence is per document, not per deployment: a gap then tells nobody how many other cases there are.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, minicbor::Encode, minicbor::Decode,
)]
pub struct Order {
    /// The deployment epoch, from 1.
    #[n(0)]
    pub epoch: u32,
    /// The number within the document and epoch, from 1.
    #[n(1)]
    pub n: u32,
}

impl fmt::Display for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.epoch, self.n)
    }
}

impl FromStr for Order {
    type Err = super::ids::BadId;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (epoch, n) = text.split_once('.').ok_or(super::ids::BadId)?;
        let number = |t: &str| t.parse::<u32>().ok().filter(|v| v.to_string() == t).ok_or(super::ids::BadId);
        Ok(Self { epoch: number(epoch)?, n: number(n)? })
    }
}

/// One step that an event's author had seen: an event or a ruling. Text form: 16 hex digits, or `epoch.n`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StepRef {
    /// An event, by id.
    Event(EventId),
    /// A ruling, by its place in the document's sequence.
    Ruling(Order),
}

impl fmt::Display for StepRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Event(id) => id.fmt(f),
            Self::Ruling(order) => order.fmt(f),
        }
    }
}

impl Serialize for StepRef {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for StepRef {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        text.parse().map(Self::Event).or_else(|_| text.parse().map(Self::Ruling)).map_err(serde::de::Error::custom)
    }
}

/// The server's word that it holds a change on disk: its place, when it came, from which device, by whom. Kept for ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, minicbor::Encode, minicbor::Decode)]
pub struct Receipt {
    /// The change.
    #[n(0)]
    pub change: ChangeHash,
    /// Its place in the document's sequence.
    #[n(1)]
    pub order: Order,
    /// When the server had it, by the server's clock.
    #[n(2)]
    pub at: UnixSeconds,
    /// The device that signed it.
    #[n(3)]
    pub device: DeviceId,
    /// Who was signed in on that device.
    #[n(4)]
    pub user: UserId,
    /// 16 bytes of HMAC-SHA-256 under a server key kept outside the backup; only the server checks it,
    /// when devices hand back what a restored server lost.
    #[n(5)]
    #[cbor(with = "minicbor::bytes")]
    pub mac: [u8; 16],
}
