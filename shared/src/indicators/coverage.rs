//! Awareness coverage, place × project × phase over whole months: the same figures from the server's tallies, alone or with a
//! replica's own newer records. Attendances, never "people". Knows no storage.
//!
//! # Source
//! design.md §3 (tallies, "as of"); domain.md §7 (project.places), §10.2 rule 7 (small cells).

mod places;

pub use places::{GoReason, PhaseMark, PlaceCoverage, places};

use crate::{
    model::{
        codes::{Phase, Status},
        dates::{Day, UnixSeconds, days_between},
        ids::{Pcode, ProjectCode},
        record::Class,
        row::{CaseRow, SessionRow},
    },
    settings::{Project, Settings},
};
use chrono::Datelike;
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
    /// Each place once, where to go next first.
    #[serde(default)]
    pub places: Vec<PlaceCoverage>,
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
    /// The place is a target of the project in this phase and lacks the session it owes: one in the period while the project runs,
    /// one at any time until then before and after.
    pub gap: bool,
    /// The place is a target of the project in this phase.
    pub target: bool,
}

impl Month {
    /// The month a day lies in.
    #[must_use]
    pub fn of(day: Day) -> Self {
        // A month of the calendar is 1 to 12.
        Self { year: day.year(), month: u8::try_from(day.month()).unwrap_or(12) }
    }

    /// Reads `YYYY-MM`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        format!("{text}-01").parse().ok().map(Self::of).filter(|month| month.to_string() == text)
    }

    /// Its first day; none outside the calendar.
    #[must_use]
    pub fn first_day(self) -> Option<Day> {
        Day::from_ymd_opt(self.year, u32::from(self.month), 1)
    }

    /// Its last day.
    #[must_use]
    pub fn last_day(self) -> Option<Day> {
        self.next().first_day()?.pred_opt()
    }

    fn next(self) -> Self {
        if self.month >= 12 { Self { year: self.year + 1, month: 1 } } else { Self { month: self.month + 1, ..self } }
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// Tallies of session rows, sorted: planned, void and undated ones are left out.
#[must_use]
pub fn tally_sessions<'a>(rows: impl IntoIterator<Item = &'a SessionRow>) -> Vec<SessionTally> {
    let held = rows.into_iter().filter(|row| !row.planned && !row.void);
    sum_sessions(held.flat_map(session_cells))
}

fn session_cells(row: &SessionRow) -> impl Iterator<Item = SessionTally> + '_ {
    row.projects.iter().map(move |project| SessionTally {
        place: row.adm4.clone().unwrap_or_else(|| row.adm3.clone()),
        project: project.clone(),
        month: Month::of(row.date),
        phase: row.phase.id().to_owned(),
        sessions: 1,
        last_on: row.date.to_string(),
        counts: row.counts,
    })
}

fn sum_sessions(cells: impl Iterator<Item = SessionTally>) -> Vec<SessionTally> {
    let mut sums: BTreeMap<(Pcode, ProjectCode, Month, String), SessionTally> = BTreeMap::new();
    for cell in cells {
        let key = (cell.place.clone(), cell.project.clone(), cell.month, cell.phase.clone());
        match sums.get_mut(&key) {
            Some(sum) => {
                sum.sessions += cell.sessions;
                add(&mut sum.counts, cell.counts);
                // ISO days sort as days do.
                sum.last_on = std::mem::take(&mut sum.last_on).max(cell.last_on);
            }
            None => {
                sums.insert(key, cell);
            }
        }
    }
    sums.into_values().collect()
}

fn add(sum: &mut [i64; 7], counts: [i64; 7]) {
    sum.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
}

/// Sensitive cells below this are suppressed. # Source: domain.md §10.2 rule 7
const SMALL_CELL: u32 = 3;

/// Tallies of case rows, sorted: void and merged ones are left out, sensitive cells below 3 suppressed.
#[must_use]
pub fn tally_cases<'a>(rows: impl IntoIterator<Item = (&'a CaseRow, Class)>) -> Vec<CaseTally> {
    let counted = rows.into_iter().filter(|(row, _)| !matches!(row.status, Status::Void | Status::Merged));
    let mut tallies = sum_cases(counted.map(|(row, class)| CaseTally {
        adm3: row.adm3.clone(),
        project: row.project.clone().unwrap_or_default(),
        month: Month::of(row.received_on),
        class: class.id().to_owned(),
        cases: Some(1),
    }));
    for tally in tallies.iter_mut().filter(|tally| tally.class == Class::SealedHeader.id()) {
        tally.cases = tally.cases.filter(|cases| *cases >= SMALL_CELL);
    }
    tallies
}

/// A suppressed cell stays suppressed, whatever is added.
fn sum_cases(cells: impl Iterator<Item = CaseTally>) -> Vec<CaseTally> {
    let mut sums: BTreeMap<(Pcode, ProjectCode, Month, String), CaseTally> = BTreeMap::new();
    for cell in cells {
        let key = (cell.adm3.clone(), cell.project.clone(), cell.month, cell.class.clone());
        match sums.get_mut(&key) {
            Some(sum) => sum.cases = sum.cases.zip(cell.cases).map(|(a, b)| a + b),
            None => {
                sums.insert(key, cell);
            }
        }
    }
    sums.into_values().collect()
}

/// Adds `newer` to `base`, cell by cell. Hand in what the base does not hold: what it holds of a grown session is taken off first.
#[must_use]
pub fn merge(base: Tallies, newer: Tallies) -> Tallies {
    Tallies {
        sessions: sum_sessions(base.sessions.into_iter().chain(newer.sessions)),
        cases: sum_cases(base.cases.into_iter().chain(newer.cases)),
    }
}

impl Coverage {
    /// Table and places from tallies.
    #[must_use]
    pub fn new(
        tallies: &Tallies,
        filter: &CoverageFilter,
        settings: &Settings,
        today: Day,
        as_of: Option<UnixSeconds>,
        own_newer: u32,
    ) -> Self {
        let rows = coverage(tallies, filter, settings, today);
        let places = places(&rows, tallies, filter, settings, today);
        Self { rows, places, as_of, own_newer }
    }
}

/// The coverage table: every place, project and phase with a session in the period, and every target that is owed one, gaps
/// first, then by place, project and phase.
#[must_use]
pub fn coverage(tallies: &Tallies, filter: &CoverageFilter, settings: &Settings, today: Day) -> Vec<CoverageRow> {
    let mut cells: BTreeMap<(Pcode, ProjectCode, Phase), CoverageRow> = BTreeMap::new();
    for project in settings.projects.iter().filter(|project| runs_in(project, filter)) {
        for target in &project.targets {
            for phase in &target.phases {
                if filter.admits(settings, &target.place, &project.code) {
                    let key = (target.place.clone(), project.code.clone(), *phase);
                    cells.entry(key).or_insert_with_key(empty_row).target = true;
                }
            }
        }
    }
    for tally in &tallies.sessions {
        let Some(phase) = Phase::from_id(&tally.phase) else { continue };
        if filter.admits(settings, &tally.place, &tally.project) && filter.holds(tally.month) {
            let key = (tally.place.clone(), tally.project.clone(), phase);
            let row = cells.entry(key).or_insert_with_key(empty_row);
            row.sessions += tally.sessions;
            add(&mut row.counts, tally.counts);
        }
    }
    let mut rows: Vec<CoverageRow> = cells.into_values().collect();
    for row in &mut rows {
        complete(row, tallies, filter, settings, today);
    }
    rows.sort_by_key(|row| !row.gap);
    rows
}

fn empty_row((place, project, phase): &(Pcode, ProjectCode, Phase)) -> CoverageRow {
    CoverageRow {
        place: place.clone(),
        project: project.clone(),
        phase: *phase,
        sessions: 0,
        counts: [0; 7],
        last_on: None,
        days_since: None,
        complaints: Some(0),
        gap: false,
        target: false,
    }
}

/// Fills in what looks beyond the row's own cell: the last session of any time, sessions at sites within a target, complaints.
fn complete(row: &mut CoverageRow, tallies: &Tallies, filter: &CoverageFilter, settings: &Settings, today: Day) {
    let within = |tally: &&SessionTally| {
        tally.project == row.project
            && tally.phase == row.phase.id()
            && (tally.place == row.place || settings.lies_in(&tally.place, &row.place))
    };
    let here = || tallies.sessions.iter().filter(within).filter(|tally| tally.sessions > 0);
    row.last_on = here().filter_map(|tally| tally.last_on.parse().ok()).max();
    row.days_since = row.last_on.map(|last| days_between(last, today).max(0));
    // Before and after an intervention a session is owed once; while it runs, in every period.
    let counts = |month: Month| filter.holds(month) || (row.phase != Phase::During && month < filter.from);
    row.gap = row.target && !here().any(|tally| counts(tally.month));
    let around = settings.ancestor(&row.place, 3).map_or(&row.place, |place| &place.code);
    let complaints = tallies.cases.iter().filter(|t| t.adm3 == *around && t.project == row.project && filter.holds(t.month));
    row.complaints = complaints.map(|tally| tally.cases).sum();
}

fn runs_in(project: &Project, filter: &CoverageFilter) -> bool {
    let starts = filter.to.next().first_day().is_none_or(|end| project.starts_on < end);
    let ends = filter.from.first_day().is_none_or(|start| project.ends_on >= start);
    !project.retired && starts && ends
}

impl CoverageFilter {
    fn holds(&self, month: Month) -> bool {
        (self.from..=self.to).contains(&month)
    }

    fn admits(&self, settings: &Settings, place: &Pcode, project: &ProjectCode) -> bool {
        self.project.as_ref().is_none_or(|only| only == project)
            && self.place.as_ref().is_none_or(|area| area == place || settings.lies_in(place, area))
    }
}
