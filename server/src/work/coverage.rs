//! Coverage from the sums: the same pure function as on phones, over the same tallies.

use super::{Server, error::WorkError, session::Session};
use crate::storage::{Tx, session_rows::read_month};
use shared::{
    indicators::coverage::{self, CaseTally, Coverage, CoverageFilter, Tallies},
    model::{dates::UnixSeconds, ids::ProjectCode, record::Class},
};

/// Cells of sensitive cases below this are not told. # Source: domain.md §10.2 rule 7
const SMALL_CELL: u32 = 3;

/// Sums of cases, small sensitive ones suppressed.
pub(super) fn case_tallies(tx: &Tx<'_>) -> Result<Vec<CaseTally>, WorkError> {
    let mut tallies = Vec::new();
    for sum in tx.case_tallies()? {
        let suppressed = sum.cell.class == Class::SealedHeader.id() && sum.cases < SMALL_CELL;
        tallies.push(CaseTally {
            adm3: sum.cell.adm3,
            project: ProjectCode(sum.cell.project),
            month: read_month(&sum.cell.month)?,
            class: sum.cell.class,
            cases: (!suppressed).then_some(sum.cases),
        });
    }
    Ok(tallies)
}

impl Server {
    /// The coverage table for whole months.
    ///
    /// # Errors
    /// A refusal for roles that may not, or a fault of storage.
    pub fn coverage(&self, now: UnixSeconds, session: &Session, filter: &CoverageFilter) -> Result<Coverage, WorkError> {
        session.check_use("coverage")?;
        let in_force = self.in_force();
        let tallies = self
            .storage()
            .read(|tx| Ok::<_, WorkError>(Tallies { sessions: tx.session_tallies()?, cases: case_tallies(tx)? }))?;
        let today = now.day(in_force.settings.utc_offset_min);
        let rows = coverage::coverage(&tallies, filter, &in_force.settings, today);
        Ok(Coverage { rows, as_of: Some(now), own_newer: 0 })
    }
}
