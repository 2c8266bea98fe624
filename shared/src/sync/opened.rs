//! What was opened on a device without the server: told with the next sync, for the audit log. Ids and times, no content.

use crate::{
    closed_list,
    model::{dates::UnixSeconds, ids::RecordId},
};
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

/// Stands behind what was shown where a case was one of many.
const LIST: &str = "list";

closed_list!(
    /// What the audit log tells apart of a case that was shown.
    #[derive(Encode, Decode)]
    #[cbor(index_only)]
    Shown {
        /// A case of level 3 and above, without who spoke or whom it is about.
        #[n(0)]
        Sensitive = "level3",
        /// Who spoke or whom it is about, of a case below level 3.
        #[n(1)]
        Identity = "identity",
        /// Both.
        #[n(2)]
        SensitiveIdentity = "level3+identity",
    }
);

impl Shown {
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

    /// The same of a case that was one of many in a list.
    #[must_use]
    pub fn in_list(self) -> String {
        format!("{} {LIST}", self.id())
    }

    /// Reads what was noted of a case: what was shown, and whether it was one of many in a list.
    #[must_use]
    pub fn read(noted: &str) -> Option<(Self, bool)> {
        let (shown, rest) = noted.split_once(' ').unwrap_or((noted, ""));
        Some((Self::from_id(shown)?, rest == LIST))
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
