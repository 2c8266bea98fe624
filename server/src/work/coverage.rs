//! Coverage from the sums: the same pure function as on phones, over the same tallies.

use super::{Server, error::WorkError, session::Session};
use crate::storage::{
    Tx,
    case_rows::{About, CaseCell},
    deployment::Deployment,
    session_rows::read_month,
};
use shared::{
    indicators::coverage::{CaseTally, Coverage, CoverageFilter, Tallies},
    model::{
        dates::UnixSeconds,
        ids::{Pcode, ProjectCode, UserId},
        record::Class,
    },
    policy::{self, Actor},
    routing,
    settings::Settings,
};

/// Cells of sensitive cases below this are not told. # Source: domain.md §10.2 rule 7
const SMALL_CELL: u32 = 3;

/// The sums a person may see: of what they cover, without cases about them or their line, small sensitive cells suppressed.
pub(super) fn tallies(tx: &Tx<'_>, settings: &Settings, actor: &Actor) -> Result<Tallies, WorkError> {
    let covers = |place: &Pcode, project: &ProjectCode| {
        let of = if project.0.is_empty() { &[] } else { std::slice::from_ref(project) };
        policy::covers(settings, &actor.areas, &actor.projects, place, of)
    };
    let mut tallies = Tallies { sessions: tx.session_tallies()?, cases: Vec::new() };
    tallies.sessions.retain(|tally| covers(&tally.place, &tally.project));
    for sum in tx.case_tallies()? {
        let CaseCell { adm3, project, month, class, about, .. } = sum.cell;
        let project = ProjectCode(project);
        if !covers(&adm3, &project) || is_about(settings, &about, &project, &actor.user) {
            continue;
        }
        let tally = CaseTally { adm3, project, month: read_month(&month)?, class, cases: Some(sum.cases) };
        // What is told apart only by whom it is about comes one after the other.
        match tallies.cases.last_mut().filter(|last| CaseTally { cases: tally.cases, ..(*last).clone() } == tally) {
            Some(last) => last.cases = last.cases.zip(tally.cases).map(|(a, b)| a + b),
            None => tallies.cases.push(tally),
        }
    }
    for tally in tallies.cases.iter_mut().filter(|tally| tally.class == Class::SealedHeader.id()) {
        tally.cases = tally.cases.filter(|cases| *cases >= SMALL_CELL);
    }
    Ok(tallies)
}

/// Whether cases counted here exclude `user`, who would else read from the sums that there is one.
fn is_about(settings: &Settings, about: &About, project: &ProjectCode, user: &UserId) -> bool {
    let project = Some(project).filter(|project| !project.0.is_empty());
    let partner = Some(about.whose.as_str()).filter(|whose| !whose.is_empty());
    routing::implicated(settings, about.role, project, &UserId::from(about.whose.as_str()), partner, user)
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
