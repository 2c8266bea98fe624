//! Rows and timelines from a document's content, its receipts and the settings: the same on phone and server. Knows no storage.

use crate::{
    document::content::{Content, Standing},
    lifecycle::{CaseState, SessionState, StepStanding},
    model::{
        dates::{Day, UnixSeconds},
        event::Event,
        ids::{ChangeHash, DeviceId, EventId, RecordId, UserId},
        order::{Order, Receipt},
        record::DocumentId,
        row::{CaseRow, OwnRow, SessionRow},
        ruling::Ruling,
    },
    settings::Settings,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where a document's changes came from.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    /// Receipts by change.
    pub receipts: &'a BTreeMap<ChangeHash, Receipt>,
    /// Place in this device's outbox of changes without a receipt. A change in neither comes last.
    pub outbox: &'a BTreeMap<ChangeHash, u64>,
    /// Who uses this device, the author of unsent changes; none on the server.
    pub own: Option<&'a UserId>,
}

/// What a row needs besides the document.
#[derive(Clone, Copy, Debug)]
pub struct RowContext<'a> {
    /// The settings in force here.
    pub settings: &'a Settings,
    /// Today in the deployment's time zone.
    pub today: Day,
    /// A change of this record stands in quarantine.
    pub set_aside: bool,
    /// A possible duplicate.
    pub duplicate_of: Option<RecordId>,
}

/// One fact with several values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Conflict {
    /// Which document.
    pub document: DocumentId,
    /// Root key.
    pub key: String,
    /// What stands, the shown one first.
    pub values: Vec<(Standing, Provenance)>,
}

/// Who wrote something, when, where.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Provenance {
    /// Who.
    pub user: Option<UserId>,
    /// Device.
    pub device: Option<DeviceId>,
    /// When the server had it; none while unsent.
    pub received_at: Option<UnixSeconds>,
    /// Its place in the document's order.
    pub order: Option<Order>,
}

/// One line of the timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TimelineEntry {
    /// What it is.
    pub what: TimelineStep,
    /// Who, where, when the server had it.
    pub by: Provenance,
    /// What became of it.
    pub standing: StepStanding,
    /// Days it spent unsynced, when that is a day or more.
    pub unsynced_days: i64,
}

/// An event or a ruling.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum TimelineStep {
    /// A person's step.
    Event(EventId, Event),
    /// The server's decision.
    Ruling(Order, Ruling),
}

/// Folds a case document. None without a readable registration. Events and rulings this version can't read are left out.
#[must_use]
pub fn case_state(_content: &Content, _sources: &Sources<'_>, _settings: &Settings) -> Option<CaseState> {
    unimplemented!()
}

/// Folds a session document.
#[must_use]
pub fn session_state(_content: &Content, _sources: &Sources<'_>, _settings: &Settings) -> Option<SessionState> {
    unimplemented!()
}

/// The row of a case.
#[must_use]
pub fn case_row(
    _record: RecordId,
    _content: &Content,
    _state: &CaseState,
    _sources: &Sources<'_>,
    _context: &RowContext<'_>,
) -> CaseRow {
    unimplemented!()
}

/// The row of a session. None without a day and a phase.
#[must_use]
pub fn session_row(
    _record: RecordId,
    _content: &Content,
    _state: &SessionState,
    _sources: &Sources<'_>,
    _context: &RowContext<'_>,
) -> Option<SessionRow> {
    unimplemented!()
}

/// What a person keeps of a case they sent and may no longer read.
#[must_use]
pub fn own_row(_content: &Content, _state: &CaseState) -> OwnRow {
    unimplemented!()
}

/// Events and rulings in the fold's order, for a page. `steps` are [`CaseState::steps`] or [`SessionState::steps`].
#[must_use]
pub fn timeline(
    _content: &Content,
    _steps: &[crate::lifecycle::FoldedStep],
    _sources: &Sources<'_>,
    _settings: &Settings,
    _today: Day,
) -> Vec<TimelineEntry> {
    unimplemented!()
}

/// Facts with several values, with who wrote each.
#[must_use]
pub fn conflicts(_document: DocumentId, _content: &Content, _sources: &Sources<'_>) -> Vec<Conflict> {
    unimplemented!()
}
