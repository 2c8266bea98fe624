//! Rows and sums from documents: caches that can be rebuilt at any time.

use super::{
    Server,
    desk::{CaseLife, Desk, Doc, Record, SessionLife},
    error::WorkError,
    searched,
    standing::Standing,
};
use crate::{
    audit::Witness,
    storage::case_rows::{About, CaseCell, StoredCase},
};
use shared::{
    arabic, duplicates,
    lifecycle::CaseState,
    model::{
        codes::SubjectRole,
        dates::{Day, UnixSeconds, plus_days},
        ids::RecordId,
        record::DocKind,
        row::CaseRow,
    },
    rows::{self, RowContext},
    settings::Settings,
};
use std::collections::{BTreeMap, BTreeSet};

impl Desk<'_, '_> {
    /// Writes a case's row and moves the sums it counts in.
    pub(super) fn project_case(&mut self, record: &Record, life: &CaseLife) -> Result<(), WorkError> {
        let in_force = std::sync::Arc::clone(&self.in_force);
        let settings = &in_force.settings;
        let doc = record.docs.get(&life.document).ok_or(WorkError::Inconsistent("document"))?;
        let outbox = BTreeMap::new();
        let sources = Doc::sources(&doc.receipts, &outbox);
        let words = duplicates::fold_words(life.content.text("intake.words").unwrap_or_default());
        let before = self.tx.case_cell(record.id)?;
        // Comparing takes longer than all the rest, so a sweep does it soon after.
        let (duplicate_of, compared) = match &before {
            Some(before) if !self.keep_contact_keys(record)? && before.words == words => (before.duplicate_of, before.compared),
            Some(_) => (None, false),
            None => {
                self.keep_contact_keys(record)?;
                (None, false)
            }
        };
        let context = RowContext { settings, today: self.today(), set_aside: false, waiting: false, duplicate_of };
        let row = rows::case_row(record.id, &life.content, &life.state, &sources, &context);
        self.tx.upsert_case_row(&StoredCase {
            document: life.document,
            class: life.standing.class,
            escalates_on: escalates_on(settings, life, &row),
            compared: compared || row.status.is_ended() || row.level.is_sealed(),
            folded: searched::of_case(settings, &row, &words),
            words,
            about: about(&life.standing, row.subject_role),
            own: rows::own_row(&life.content, &life.state),
            row,
        })?;
        self.move_sums(before.map(|before| before.cell), record.id)
    }

    fn move_sums(&mut self, before: Option<CaseCell>, record: RecordId) -> Result<(), WorkError> {
        let after = self.tx.case_cell(record)?.map(|after| after.cell);
        if before == after {
            return Ok(());
        }
        for (cell, cases) in [(before, -1), (after, 1)] {
            if let Some(cell) = cell.filter(|cell| cell.counts) {
                self.tx.add_to_case_tally(&cell, cases)?;
            }
        }
        self.tallies_changed = true;
        Ok(())
    }

    /// Keeps by what the contact document is compared; whether that is new.
    fn keep_contact_keys(&self, record: &Record) -> Result<bool, WorkError> {
        let Some(doc) = record.part(DocKind::Contact).filter(|doc| doc.changed) else { return Ok(false) };
        let content = doc.document.content();
        let phone = content.text("phone.e164").unwrap_or_default().to_owned();
        let benef_id = arabic::fold(content.text("benef_id").unwrap_or_default());
        self.tx.upsert_contact_keys(record.id, &phone, &benef_id)?;
        Ok(true)
    }

    /// Writes a session's row and the sums it counts in. A box opening has no row here: nobody asks the server for one.
    pub(super) fn project_session(&mut self, record: &Record, life: &SessionLife) -> Result<(), WorkError> {
        if life.document.kind == DocKind::BoxOpening {
            return Ok(());
        }
        let in_force = std::sync::Arc::clone(&self.in_force);
        let settings = &in_force.settings;
        let doc = record.docs.get(&life.document).ok_or(WorkError::Inconsistent("document"))?;
        let outbox = BTreeMap::new();
        let sources = Doc::sources(&doc.receipts, &outbox);
        let context = RowContext { settings, today: self.today(), set_aside: false, waiting: false, duplicate_of: None };
        match rows::session_row(record.id, &life.content, &life.state, &sources, &context) {
            Some(row) => {
                self.tx.upsert_session_row(&row, life.document, &searched::of_session(settings, &row))?;
            }
            None => self.tx.delete_session_row(record.id)?,
        }
        self.tallies_changed = true;
        Ok(())
    }

    /// Says that the sums changed, once a transaction.
    pub(super) fn close(&mut self) -> Result<(), WorkError> {
        if self.tallies_changed {
            self.tx.bump_tally_version()?;
            self.tallies_changed = false;
        }
        Ok(())
    }
}

impl Server {
    /// Makes every row and sum anew from documents and receipts. Answers how many records there are.
    ///
    /// # Errors
    /// A fault of storage; then nothing is changed.
    pub fn rebuild_rows(&self, now: UnixSeconds) -> Result<usize, WorkError> {
        let server = self.clone();
        self.storage().write(move |tx| {
            tx.delete_rows()?;
            let mut desk = Desk::new(tx, &server, Witness::server(now), None)?;
            let records: BTreeSet<RecordId> = tx.documents()?.into_iter().map(|document| document.record).collect();
            for id in &records {
                desk.project_again(*id)?;
            }
            desk.close()?;
            Ok::<_, WorkError>(records.len())
        })
    }
}

impl Desk<'_, '_> {
    fn project_again(&mut self, id: RecordId) -> Result<(), WorkError> {
        let in_force = std::sync::Arc::clone(&self.in_force);
        let mut record = self.take(id)?;
        for doc in record.docs.values_mut() {
            doc.changed = true;
        }
        if let Some(life) = record.case_life(&in_force.settings) {
            self.project_case(&record, &life)?;
        } else if let Some(life) = record.session_life(&in_force.settings) {
            self.project_session(&record, &life)?;
        }
        Ok(())
    }
}

/// Whom of us the case is about, as its sums tell it apart.
fn about(standing: &Standing, role: Option<SubjectRole>) -> About {
    let whose = match role {
        Some(SubjectRole::Me) => standing.author.0.clone(),
        Some(SubjectRole::Partner) => standing.partner.clone().unwrap_or_default(),
        _ => String::new(),
    };
    About { role: role.filter(|role| *role != SubjectRole::None), whose }
}

/// When a sealed case that nobody has looked at is brought before the next in line. # Source: domain.md §2.1 (24 h)
pub(super) fn unseen_until(settings: &Settings, state: &CaseState) -> Option<UnixSeconds> {
    state.first_receipt_at.map(|at| at.plus(i64::from(settings.limits.escalation_hours) * 3600))
}

/// The first day the next rung of the ladder may be due: the sweep looks then.
fn escalates_on(settings: &Settings, life: &CaseLife, row: &CaseRow) -> Option<Day> {
    let state = &life.state;
    if !state.is_open() {
        return None;
    }
    if state.level.is_sealed() {
        let is_due = !state.seen && state.escalated.is_empty();
        return unseen_until(settings, state).filter(|_| is_due).map(|at| at.day(settings.utc_offset_min));
    }
    let climbed = state.escalated.iter().map(|(_, day)| *day).max();
    let next = shared::routing::LADDER.into_iter().find(|day| climbed.is_none_or(|climbed| *day > climbed))?;
    Some(plus_days(row.due_on?, i64::from(next)))
}
