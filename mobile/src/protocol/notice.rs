//! What the replica says unasked: what changed, how a sync goes, and that the stage changed.

use super::{FailureCode, ReplicaStatus};
use serde::{Deserialize, Serialize};

/// What the replica says unasked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Notice {
    /// Rows of these tables changed: read again.
    Changed {
        /// Cases.
        cases: bool,
        /// Sessions.
        sessions: bool,
        /// Settings.
        settings: bool,
        /// The outbox, quarantine or own sent.
        outbox: bool,
    },
    /// Progress of a sync.
    Sync(SyncProgress),
    /// The stage changed: auto-lock, another tab, revoked.
    Stage(ReplicaStatus),
}

/// How a sync is going.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SyncProgress {
    /// Still going.
    pub running: bool,
    /// Changes sent and receipted so far.
    pub sent: u32,
    /// Changes to send in all.
    pub to_send: u32,
    /// Changes fetched so far.
    pub fetched: u32,
    /// About so many are still to be fetched.
    pub left: u32,
    /// How it ended, if it failed.
    pub failure: Option<FailureCode>,
}
