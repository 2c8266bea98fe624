//! Complaint boxes as pages show them. Plain data.

use serde::{Deserialize, Serialize};
use shared::{
    document::content::Facts,
    model::{dates::Day, ids::Code, row::BoxRow},
    rows::Conflict,
};

/// One box, and how long it has stayed closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoxStanding {
    /// Which.
    pub code: Code,
    /// Last opened, as far as is known here.
    pub last: Option<Day>,
    /// Days since then, or since it was hung up.
    pub closed_days: i64,
    /// Longer than it may, for whom to say so.
    pub is_late: bool,
}

/// One opening with its papers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BoxOpening {
    /// Its row.
    pub row: BoxRow,
    /// Facts as shown.
    pub facts: Facts,
    /// Facts with several values.
    pub conflicts: Vec<Conflict>,
    /// Slips entered as cases.
    pub entered: Vec<i64>,
    /// Slips in the signed envelope.
    pub sealed: Vec<i64>,
    /// This person may enter and seal papers of it.
    pub may_write: bool,
    /// Root keys this person may change.
    pub may_put: Vec<String>,
}
