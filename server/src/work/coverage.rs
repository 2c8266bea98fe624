//! Coverage from the sums: the same pure function as on phones, over the same tallies.

use super::{Server, error::WorkError, session::Session};
use crate::storage::{Tx, deployment::Deployment, session_rows::read_month};
use shared::{
    indicators::coverage::{CaseTally, Coverage, CoverageFilter, Tallies},
    model::{
        dates::UnixSeconds,
        ids::{Pcode, ProjectCode},
        record::Class,
    },
    policy::{self, Actor},
    settings::Settings,
};

/// Cells of sensitive cases below this are not told. # Source: domain.md §10.2 rule 7
const SMALL_CELL: u32 = 3;

/// The sums a person may see: of what they cover, small sensitive cells suppressed.
pub(super) fn tallies(tx: &Tx<'_>, settings: &Settings, actor: &Actor) -> Result<Tallies, WorkError> {
    let covers = |place: &Pcode, project: &ProjectCode| {
        let of = if project.0.is_empty() { &[] } else { std::slice::from_ref(project) };
        policy::covers(settings, &actor.areas, &actor.projects, place, of)
    };
    let mut tallies = Tallies { sessions: tx.session_tallies()?, cases: Vec::new() };
    tallies.sessions.retain(|tally| covers(&tally.place, &tally.project));
    for sum in tx.case_tallies()? {
        let project = ProjectCode(sum.cell.project);
        if !covers(&sum.cell.adm3, &project) {
            continue;
        }
        let suppressed = sum.cell.class == Class::SealedHeader.id() && sum.cases < SMALL_CELL;
        tallies.cases.push(CaseTally {
            adm3: sum.cell.adm3,
            project,
            month: read_month(&sum.cell.month)?,
            class: sum.cell.class,
            cases: (!suppressed).then_some(sum.cases),
        });
    }
    Ok(tallies)
}

/// What tells one version of someone's tallies from another: the sums', and the settings', which say what they cover.
pub(super) fn version(deployment: &Deployment) -> u64 {
    (u64::from(deployment.settings_version) << 40) | deployment.tally_version
}

impl Server {
    /// The coverage table for whole months.
    ///
    /// # Errors
    /// A refusal for roles that may not, or a fault of storage.
    pub fn coverage(&self, now: UnixSeconds, session: &Session, filter: &CoverageFilter) -> Result<Coverage, WorkError> {
        let actor = session.check_use("coverage")?;
        let in_force = self.in_force();
        let tallies = self.storage().read(|tx| tallies(tx, &in_force.settings, actor))?;
        let today = now.day(in_force.settings.utc_offset_min);
        Ok(Coverage::new(&tallies, filter, &in_force.settings, today, Some(now), 0))
    }
}
