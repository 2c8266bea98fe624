//! How a case begins: what stands in its registration, the first event of every case. What must stand there is the gate's to say.

use crate::model::{
    codes::{EntryType, Level, SubjectRole, Urgency},
    dates::{Day, UnixSeconds},
    ids::{Code, Pcode, ProjectCode, UserId},
};
use serde::{Deserialize, Serialize};

/// What the first event of a case says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Registered {
    /// Day the organisation first heard it; starts the clocks. Changed only by a ruling.
    pub received_on: Day,
    /// Whether that day is exact.
    pub day_exact: bool,
    /// Level as derived from the category, or as the clear header of a sealed case says.
    pub level: Level,
    /// Urgency as derived from the category.
    pub urgency: Urgency,
    /// Entry type; absent in a sealed header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry_type: Option<EntryType>,
    /// Category; absent in a sealed header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<Code>,
    /// "Is it about one of us?"; absent in a sealed header, which never says whom it excludes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject_role: Option<SubjectRole>,
    /// When the specialist was called because the report may be sensitive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice_escalated_at: Option<UnixSeconds>,
    /// Recipients of a sealed case.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recipients: Vec<UserId>,
    /// Where it is about, so that a route can be found from the event alone.
    pub adm3: Pcode,
    /// Project, or none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<ProjectCode>,
}
