//! What waits on this device, and what was set aside. Plain data.

use super::FailureCode;
use serde::{Deserialize, Serialize};
use shared::model::{codes::SyncState, dates::UnixSeconds, ids::RecordId};

/// What waits to be sent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Waiting {
    /// Changes and pictures not yet on the server.
    pub changes: u32,
    /// Of them pictures.
    pub pictures: u32,
    /// Pictures set aside: neither counted above nor sent.
    pub pictures_aside: u32,
    /// Records they belong to, each with its state and since when it waits.
    pub records: Vec<WaitingRecord>,
    /// When the oldest was saved.
    pub oldest: Option<UnixSeconds>,
    /// Last attempt.
    pub last_attempt: Option<UnixSeconds>,
    /// Last success.
    pub last_success: Option<UnixSeconds>,
    /// How the last attempt failed, if it did.
    pub last_failure: Option<FailureCode>,
    /// When it is tried again by itself.
    pub next_attempt: Option<UnixSeconds>,
    /// Receipt numbers left on this device.
    pub ref_nos_left: u32,
    /// Free space the browser or system reports, in bytes.
    pub free_bytes: Option<u64>,
}

/// One record that waits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WaitingRecord {
    /// The record.
    pub record: RecordId,
    /// `case` or `session`.
    pub kind: shared::model::record::DocKind,
    /// Receipt number of a case.
    pub ref_no: Option<String>,
    /// State.
    pub sync: SyncState,
    /// Since when.
    pub since: UnixSeconds,
}

/// Something set aside.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuarantineItem {
    /// Which.
    pub item: i64,
    /// Record, if known.
    pub record: Option<RecordId>,
    /// Receipt number, if known.
    pub ref_no: Option<String>,
    /// When.
    pub at: UnixSeconds,
    /// Why, as a stable code with a text of its own.
    pub why: String,
    /// What was meant: the intent's kind.
    pub what: String,
    /// The person has read it.
    pub acknowledged: bool,
    /// Nobody else has what is in it: it stays until it was sent.
    pub only_copy: bool,
    /// When it leaves this device, once read.
    pub goes_at: Option<UnixSeconds>,
    /// Photos set aside with it.
    pub pictures: u32,
}
