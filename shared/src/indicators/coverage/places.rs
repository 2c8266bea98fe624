//! Coverage as a picture: each place once, its three phases as signs, how long it has been silent, and where to go next with the
//! reason. Made from the same tallies as the table. Knows no screen.
//!
//! # Source
//! domain.md §7 (project.places), §8.3 (`uptake`: none is a warning; `aware_cov`: a session in a quarter), §9 chart (f).

use super::{CoverageFilter, CoverageRow, Tallies};
use crate::{
    closed_list,
    model::{
        codes::Phase,
        dates::{Day, days_between},
        ids::{Pcode, ProjectCode},
    },
    settings::Settings,
};
use serde::{Deserialize, Serialize};
use std::{cmp::Reverse, collections::BTreeMap};

/// One place over all projects shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlaceCoverage {
    /// Community, camp or site; a sub-district where sessions name no more.
    pub place: Pcode,
    /// The sub-district around it, or the place itself.
    pub adm3: Pcode,
    /// How each phase stands, in the order of `Phase::ALL`.
    pub phases: [PhaseMark; 3],
    /// Sessions of the period by phase.
    pub sessions: [u32; 3],
    /// Projects and phases without the session they owe here.
    pub gaps: Vec<(ProjectCode, Phase)>,
    /// Last session of any time and phase, here or within.
    pub last_on: Option<Day>,
    /// Days since it.
    pub days_since: Option<i64>,
    /// Complaints of the period in the sub-district around it, of any project; none where suppressed.
    pub complaints: Option<u32>,
    /// Why somebody should go there; none where nothing is owed.
    pub reason: Option<GoReason>,
}

closed_list!(
    /// How a phase stands at a place.
    PhaseMark {
        /// No project owes a session, and there was none.
        NotOwed = "not_owed",
        /// A session nobody owed.
        Held = "held",
        /// Every project that owes one had one.
        Reached = "reached",
        /// A project owes one and had none.
        Gap = "gap",
    }
);

closed_list!(
    /// Why somebody should go to a place, most pressing first.
    GoReason {
        /// No session for a quarter, or ever, and no complaint from around it: nobody may know whom to ask.
        Silent = "silent",
        /// A target that never had a session.
        Never = "never",
        /// A phase lacks its session.
        Gap = "gap",
        /// No session for a quarter.
        LongAgo = "long_ago",
    }
);

/// Every place of `rows`, those to go to first: by reason, then the longest silent, then the largest caseload, then by code.
#[must_use]
pub fn places(
    rows: &[CoverageRow],
    tallies: &Tallies,
    filter: &CoverageFilter,
    settings: &Settings,
    today: Day,
) -> Vec<PlaceCoverage> {
    let mut by_place: BTreeMap<&Pcode, Vec<&CoverageRow>> = BTreeMap::new();
    for row in rows {
        by_place.entry(&row.place).or_default().push(row);
    }
    let mut places: Vec<PlaceCoverage> =
        by_place.into_iter().map(|(place, rows)| one(place, &rows, tallies, filter, settings, today)).collect();
    let rank = |place: &PlaceCoverage| match place.reason {
        Some(reason) => {
            (reason as usize, Reverse(place.days_since.unwrap_or(i64::MAX)), Reverse(caseload(&place.place, settings)))
        }
        None => (usize::MAX, Reverse(0), Reverse(0)),
    };
    places.sort_by_key(rank);
    places
}

fn one(
    code: &Pcode,
    rows: &[&CoverageRow],
    tallies: &Tallies,
    filter: &CoverageFilter,
    settings: &Settings,
    today: Day,
) -> PlaceCoverage {
    let of = |phase: Phase| rows.iter().filter(move |row| row.phase == phase);
    let mark = |phase: Phase| {
        if of(phase).any(|row| row.gap) {
            PhaseMark::Gap
        } else if of(phase).any(|row| row.target) {
            PhaseMark::Reached
        } else if of(phase).any(|row| row.sessions > 0) {
            PhaseMark::Held
        } else {
            PhaseMark::NotOwed
        }
    };
    let phases = [Phase::Before, Phase::During, Phase::After];
    let adm3 = settings.ancestor(code, 3).map_or(code, |place| &place.code);
    let counts = |project: &ProjectCode| filter.project.as_ref().is_none_or(|only| only == project);
    let last_on = tallies
        .sessions
        .iter()
        .filter(|tally| tally.sessions > 0 && counts(&tally.project))
        .filter(|tally| tally.place == *code || settings.lies_in(&tally.place, code))
        .filter_map(|tally| tally.last_on.parse().ok())
        .max();
    let days_since = last_on.map(|last| days_between(last, today).max(0));
    let around = tallies.cases.iter().filter(|t| t.adm3 == *adm3 && counts(&t.project) && filter.holds(t.month));
    let complaints = around.map(|tally| tally.cases).sum();
    let gaps: Vec<_> = rows.iter().filter(|row| row.gap).map(|row| (row.project.clone(), row.phase)).collect();
    let long_ago = days_since.is_none_or(|days| days > i64::from(settings.limits.silent_days));
    let reason = if !rows.iter().any(|row| row.target) {
        None
    } else if long_ago && complaints == Some(0) {
        Some(GoReason::Silent)
    } else if last_on.is_none() {
        Some(GoReason::Never)
    } else if !gaps.is_empty() {
        Some(GoReason::Gap)
    } else if long_ago {
        Some(GoReason::LongAgo)
    } else {
        None
    };
    PlaceCoverage {
        place: code.clone(),
        adm3: adm3.clone(),
        phases: phases.map(mark),
        sessions: phases.map(|phase| of(phase).map(|row| row.sessions).sum()),
        gaps,
        last_on,
        days_since,
        complaints,
        reason,
    }
}

/// People to be reached at a place, by all projects.
fn caseload(place: &Pcode, settings: &Settings) -> u64 {
    let targets = settings.projects.iter().flat_map(|project| &project.targets).filter(|target| target.place == *place);
    targets.flat_map(|target| target.caseload).map(u64::from).sum()
}
