//! Rows: what pages read. Made from documents, receipts and settings; can always be rebuilt. Same columns on phone and server.

use super::{
    codes::{CloseReason, EntryType, IdentityMode, Level, Phase, Status, SubjectRole, SyncState, Urgency},
    dates::{Day, UnixSeconds},
    ids::{Code, Pcode, ProjectCode, RecordId, UserId},
};
use serde::{Deserialize, Serialize};

/// One case in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaseRow {
    /// The record.
    pub record: RecordId,
    /// Receipt number: 8 digits and a check digit.
    pub ref_no: String,
    /// Where it stands.
    pub status: Status,
    /// Level.
    pub level: Level,
    /// Urgency.
    pub urgency: Urgency,
    /// Entry type; none in a sealed header.
    pub entry_type: Option<EntryType>,
    /// Category; none in a sealed header.
    pub category: Option<Code>,
    /// Sub-district.
    pub adm3: Pcode,
    /// Community or site.
    pub adm4: Option<Pcode>,
    /// A place that was in no list, as somebody in the field named it; told with the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unlisted: Option<String>,
    /// Project.
    pub project: Option<ProjectCode>,
    /// Channel.
    pub channel: Option<Code>,
    /// How the person wants to be known.
    pub identity_mode: Option<IdentityMode>,
    /// Sex code.
    pub sex: Option<Code>,
    /// Age band code.
    pub age_band: Option<Code>,
    /// "Is it about one of us?"
    pub subject_role: Option<SubjectRole>,
    /// First 120 characters of the words.
    pub excerpt: String,
    /// Who is responsible.
    pub assignee: Option<UserId>,
    /// Who recorded it.
    pub recorded_by: UserId,
    /// Day received.
    pub received_on: Day,
    /// `received_on` + 15 civil days; none where no clock runs, as for an appreciation.
    pub due_on: Option<Day>,
    /// Approved later day, if any.
    pub extended_to: Option<Day>,
    /// Day acknowledged.
    pub acknowledged_on: Option<Day>,
    /// The person was told at intake what they asked; none where nobody claims it. Told with the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_spot: Option<SpotAnswer>,
    /// Day answered.
    pub responded_on: Option<Day>,
    /// Day closed.
    pub closed_on: Option<Day>,
    /// Why closed.
    pub close_reason: Option<CloseReason>,
    /// Times reopened.
    pub reopened: u32,
    /// Whole days between the day received and the server's receipt, or until today while unsent.
    pub unsynced_days: i64,
    /// Steps that wait for the server's ruling.
    pub awaiting_ruling: u32,
    /// Some fact has two values, and a person must choose.
    pub conflict: bool,
    /// A possible duplicate was suggested.
    pub duplicate_of: Option<RecordId>,
    /// Way to the server.
    pub sync: SyncState,
    /// Last step, by the server's clock where it has a receipt, else the device's.
    pub last_step_at: UnixSeconds,
}

/// An answer on the spot, in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpotAnswer {
    /// The day it counts for.
    pub on: Day,
    /// An officer took it for the answer.
    pub accepted: bool,
    /// It waits for one to do so.
    pub waits: bool,
    /// The person said that it was not enough: it waits for a proper answer instead.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub not_enough: bool,
}

impl CaseRow {
    /// Answered on the spot, and an officer may take that for the answer.
    #[must_use]
    pub fn is_to_accept(&self) -> bool {
        self.on_spot.is_some_and(|claim| claim.waits)
    }

    /// The day the inbox counts to: an approved later day, else the day it is due. None never presses.
    #[must_use]
    pub fn presses_on(&self) -> Option<Day> {
        self.due_on.map(|due_on| self.extended_to.unwrap_or(due_on))
    }
}

/// One awareness session in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SessionRow {
    /// The record.
    pub record: RecordId,
    /// Civil day.
    pub date: Day,
    /// Phase.
    pub phase: Phase,
    /// Projects.
    pub projects: Vec<ProjectCode>,
    /// Sub-district.
    pub adm3: Pcode,
    /// Community or site.
    pub adm4: Option<Pcode>,
    /// A place that was in no list, as somebody in the field named it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unlisted: Option<String>,
    /// Venue as text.
    pub venue: String,
    /// Method code.
    pub method: Option<Code>,
    /// The seven counts in the order of `CountKey::ALL`.
    pub counts: [i64; 7],
    /// Attendances: sum of the counts, plus estimates that stand.
    pub total: i64,
    /// Some of it was estimated.
    pub approximate: bool,
    /// Planned, not yet held.
    pub planned: bool,
    /// Why a planned one was called off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub called_off: Option<Code>,
    /// Its day was put off.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub postponed: bool,
    /// Who goes, or went.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facilitators: Vec<UserId>,
    /// Entered in error.
    pub void: bool,
    /// Who recorded it.
    pub recorded_by: UserId,
    /// Some fact has two values.
    pub conflict: bool,
    /// Way to the server.
    pub sync: SyncState,
}

/// One opening of a complaint box.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BoxRow {
    /// The record.
    pub record: RecordId,
    /// Which box.
    pub code: Code,
    /// Civil day.
    pub date: Day,
    /// Sub-district.
    pub adm3: Pcode,
    /// Papers counted.
    pub papers: i64,
    /// Entered as cases.
    pub entered: usize,
    /// In the signed envelope.
    pub sealed: usize,
    /// Slips of which nothing is known yet.
    pub left: Vec<i64>,
    /// Slips beyond the papers counted.
    pub beyond: usize,
    /// Entered in error.
    pub void: bool,
    /// Some fact has two values.
    pub conflict: bool,
    /// Way to the server.
    pub sync: SyncState,
}

/// What a person keeps of what they sent and may no longer read: number, day, state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, minicbor::Encode, minicbor::Decode)]
pub struct OwnRow {
    /// Receipt number.
    #[n(0)]
    pub ref_no: String,
    /// Day received, ISO.
    #[n(1)]
    pub received_on: String,
    /// `received`, `answered`, `closed`; for a sealed case always `received`.
    #[n(2)]
    pub state: String,
}
