//! Awareness coverage, place × project × phase over whole months: the same figures from the server's tallies, alone or with a
//! replica's own newer records. Attendances, never "people". Knows no storage.
//!
//! # Source
//! design.md §3 (tallies, "as of"); domain.md §7 (project.places), §10.2 rule 7 (small cells).

use crate::{
    model::{
        codes::{Level, Phase},
        dates::{Day, UnixSeconds},
        ids::{Pcode, ProjectCode},
        record::Class,
        row::{CaseRow, SessionRow},
    },
    settings::Settings,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A whole month.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, minicbor::Encode, minicbor::Decode,
)]
pub struct Month {
    /// Calendar year.
    #[n(0)]
    pub year: i32,
    /// 1 to 12.
    #[n(1)]
    pub month: u8,
}

/// Sessions of one place, project, month and phase. A session of two projects stands in both.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, minicbor::Encode, minicbor::Decode)]
pub struct SessionTally {
    /// Community, camp or site; the sub-district where the session names no more.
    #[n(0)]
    pub place: Pcode,
    /// Project.
    #[n(1)]
    pub project: ProjectCode,
    /// Month.
    #[n(2)]
    pub month: Month,
    /// Phase code.
    #[n(3)]
    pub phase: String,
    /// How many.
    #[n(4)]
    pub sessions: u32,
    /// Day of the last, ISO.
    #[n(5)]
    pub last_on: String,
    /// Attendances by `CountKey::ALL`.
    #[n(6)]
    pub counts: [i64; 7],
}

/// Cases of one sub-district, project, month and class. No project is an empty code.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, minicbor::Encode, minicbor::Decode)]
pub struct CaseTally {
    /// Sub-district.
    #[n(0)]
    pub adm3: Pcode,
    /// Project.
    #[n(1)]
    pub project: ProjectCode,
    /// Month of the day received.
    #[n(2)]
    pub month: Month,
    /// Class id; sealed headers are counted apart.
    #[n(3)]
    pub class: String,
    /// How many; none where a small sensitive cell is suppressed.
    #[n(4)]
    pub cases: Option<u32>,
}

/// Tallies as a server hands them to a replica.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, minicbor::Encode, minicbor::Decode)]
pub struct Tallies {
    /// Sessions.
    #[n(0)]
    pub sessions: Vec<SessionTally>,
    /// Cases.
    #[n(1)]
    pub cases: Vec<CaseTally>,
}

/// What to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoverageFilter {
    /// First month.
    pub from: Month,
    /// Last month.
    pub to: Month,
    /// Only this project.
    pub project: Option<ProjectCode>,
    /// Only within this place.
    pub place: Option<Pcode>,
}

/// Coverage, place × project × phase.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Coverage {
    /// Rows, gaps first.
    pub rows: Vec<CoverageRow>,
    /// The server's tallies are from this time; none before the first sync.
    pub as_of: Option<UnixSeconds>,
    /// Records of this device that are newer and counted in.
    pub own_newer: u32,
}

/// One place, project and phase.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CoverageRow {
    /// Community, camp or site; a sub-district where sessions name no more.
    pub place: Pcode,
    /// Project.
    pub project: ProjectCode,
    /// Phase.
    pub phase: Phase,
    /// Sessions held in the period.
    pub sessions: u32,
    /// Attendances by `CountKey::ALL`; never "people".
    pub counts: [i64; 7],
    /// Last session of any time, if any.
    pub last_on: Option<Day>,
    /// Days since it.
    pub days_since: Option<i64>,
    /// Complaints of the period in the sub-district around it, all phases; none where suppressed.
    pub complaints: Option<u32>,
    /// The place is a target of the project in this phase and had no session.
    pub gap: bool,
    /// The place is a target of the project in this phase.
    pub target: bool,
}

/// Tallies of session rows: planned, void and undated ones are left out.
#[must_use]
pub fn tally_sessions<'a>(_rows: impl IntoIterator<Item = &'a SessionRow>) -> Vec<SessionTally> {
    unimplemented!()
}

/// Tallies of case rows: void and merged ones are left out, sensitive cells below 3 suppressed.
#[must_use]
pub fn tally_cases<'a>(_rows: impl IntoIterator<Item = (&'a CaseRow, Class)>) -> Vec<CaseTally> {
    unimplemented!()
}

/// Adds `newer` to `base`, cell by cell.
#[must_use]
pub fn merge(_base: Tallies, _newer: Tallies) -> Tallies {
    unimplemented!()
}

/// The coverage table.
#[must_use]
pub fn coverage(_tallies: &Tallies, _filter: &CoverageFilter, _settings: &Settings, _today: Day) -> Vec<CoverageRow> {
    unimplemented!()
}

const _: Option<Level> = None;
type _Map = BTreeMap<u8, u8>;
