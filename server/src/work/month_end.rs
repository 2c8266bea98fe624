//! Month's end: key figure 2 and the COMPFU, over the cases that whoever asks may have counted. The figure itself is
//! `shared::indicators::closure`; how a file looks, `reports`.

use super::{
    Server,
    desk::{self, is_implicated},
    error::WorkError,
    session::Session,
    standing::names_staff,
};
use crate::{
    audit::{Audit, Deed},
    reports::{
        Sheet,
        compfu::{self, Line},
    },
    storage::{StorageError, Tx},
};
use shared::{
    indicators::{
        closure::{ClosureFigure, ClosurePage, MOST_LATE, closure_figure},
        coverage::Month,
    },
    model::{
        dates::UnixSeconds,
        ids::{ProjectCode, UserId},
        row::CaseRow,
    },
    policy::{self, Actor},
    settings::Settings,
    sync::sign_in::CallRefusal,
    text::{Language, Texts},
};

/// Levels of the COMPFU. # Source: domain.md §10.2 (sensitive cases leave as counts only)
const HIGHEST: u8 = 3;

impl Server {
    /// Key figure 2 as of today, with the cases that were not closed in time.
    ///
    /// # Errors
    /// A refusal for roles that may not, or a fault of storage.
    pub fn closure(&self, now: UnixSeconds, session: &Session) -> Result<ClosurePage, WorkError> {
        let actor = session.check_use("closure")?;
        let in_force = self.in_force();
        let settings = &in_force.settings;
        let (today, limit) = (now.day(settings.utc_offset_min), settings.limits.closure_days);
        let after = ClosureFigure::cohort(today, limit).0;
        self.storage().read(|tx| {
            let rows = counted(tx, settings, actor, |user| tx.cases_since(after, user))?;
            let (figure, ids) = closure_figure(&rows, today, limit);
            // Who counts all may not read all: the late ones are those they may.
            let own = if policy::counts_all(actor) { tx.cases_since(after, Some(&actor.user))? } else { rows };
            let mut late: Vec<CaseRow> = own.into_iter().filter(|row| ids.contains(&row.record)).collect();
            let late_total = u32::try_from(late.len()).unwrap_or(u32::MAX);
            late.truncate(MOST_LATE);
            for row in &mut late {
                row.excerpt.clear();
            }
            Ok(ClosurePage { figure, late, late_total })
        })
    }

    /// The COMPFU of one month: levels 1-3, no names and no words. Written down in the audit log.
    ///
    /// # Errors
    /// A refusal for roles that may not, or a fault of storage.
    pub fn compfu(&self, now: UnixSeconds, session: &Session, month: Month, language: Language) -> Result<Sheet, WorkError> {
        let actor = session.check_use("compfu")?;
        let in_force = self.in_force();
        let settings = &in_force.settings;
        let (first, last) = month.first_day().zip(month.last_day()).ok_or(CallRefusal::Malformed)?;
        let texts = Texts::new(language);
        let at = now.day(settings.utc_offset_min);
        let sheet = self.storage().read(|tx| {
            let rows = counted(tx, settings, actor, |user| tx.cases_received(first, last, user))?;
            let mut sheet = compfu::headed(&month.to_string());
            // One case at a time: of a large month they would not all fit into memory.
            for row in rows.iter().filter(|row| row.level.number() <= HIGHEST) {
                let life =
                    desk::load(tx, row.record)?.case_life(settings).ok_or(WorkError::Inconsistent("a case without a life"))?;
                let line = Line { row, content: &life.content, state: &life.state, at };
                sheet.rows.push(compfu::cells(&line, settings, texts));
            }
            Ok::<_, WorkError>(sheet)
        })?;
        let (witness, object, detail) = (session.witness(now), month.to_string(), sheet.rows.len().to_string());
        self.storage()
            .write(move |tx| Ok::<_, WorkError>(Audit::new(tx, witness).note(Deed::CasesExported, &object, &detail)?))?;
        Ok(sheet)
    }
}

/// Those of the cases that `of` finds, for a person or for all, which may stand in `actor`'s figures: what they may read, or all they
/// cover where their role counts all; never one about them or their line.
fn counted(
    tx: &Tx<'_>,
    settings: &Settings,
    actor: &Actor,
    of: impl Fn(Option<&UserId>) -> Result<Vec<CaseRow>, StorageError>,
) -> Result<Vec<CaseRow>, WorkError> {
    if !policy::counts_all(actor) {
        return Ok(of(Some(&actor.user))?);
    }
    let mut rows = Vec::new();
    for row in of(None)? {
        let projects: &[ProjectCode] = row.project.as_slice();
        // The whole record is asked only where its row says that it is about one of us; one that can't be read may be about anybody.
        if policy::covers(settings, &actor.areas, &actor.projects, &row.adm3, projects)
            && !(names_staff(row.subject_role) && is_implicated(tx, settings, actor, row.record)? != Some(false))
        {
            rows.push(row);
        }
    }
    Ok(rows)
}
