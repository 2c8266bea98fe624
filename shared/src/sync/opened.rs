//! What was opened on a device without the server: told with the next sync, for the audit log. Ids and times, no content.

use crate::model::{dates::UnixSeconds, ids::RecordId};
use minicbor::{Decode, Encode};

/// Most openings told in one request; the rest goes with the next.
pub const MOST_OPENED: usize = 500;

/// A case that was opened and names someone, or is of level 3 and above.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Opened {
    /// Its number on this device, ever growing: what comes twice is noted once.
    #[n(0)]
    pub number: u64,
    /// Which.
    #[n(1)]
    pub record: RecordId,
    /// When, by the device's clock.
    #[n(2)]
    pub at: UnixSeconds,
    /// What was shown.
    #[n(3)]
    pub shown: Shown,
}

/// What the audit log tells apart of a case that was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum Shown {
    /// A case of level 3 and above, without who spoke or whom it is about.
    #[n(0)]
    Sensitive,
    /// Who spoke or whom it is about, of a case below level 3.
    #[n(1)]
    Identity,
    /// Both.
    #[n(2)]
    SensitiveIdentity,
}

impl Shown {
    /// All, in the order of their codes.
    pub const ALL: [Self; 3] = [Self::Sensitive, Self::Identity, Self::SensitiveIdentity];

    /// What is noted of a case with this level; none if the log need not know.
    #[must_use]
    pub const fn of(level: u8, identity: bool) -> Option<Self> {
        match (level >= 3, identity) {
            (true, true) => Some(Self::SensitiveIdentity),
            (true, false) => Some(Self::Sensitive),
            (false, true) => Some(Self::Identity),
            (false, false) => None,
        }
    }

    /// As in the audit log.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Sensitive => "level3",
            Self::Identity => "identity",
            Self::SensitiveIdentity => "level3+identity",
        }
    }

    /// Whether someone's identity was among it.
    #[must_use]
    pub const fn identity(self) -> bool {
        !matches!(self, Self::Sensitive)
    }

    /// Whether the case was of level 3 and above.
    #[must_use]
    pub const fn sensitive(self) -> bool {
        !matches!(self, Self::Identity)
    }
}
