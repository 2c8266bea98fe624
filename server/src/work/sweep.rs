//! What is due by the calendar: the ladder of escalations, retention, comparing for duplicates, old leftovers. A query, not a
//! timer: run it at any time, as often as you like; it catches up after downtime and does nothing twice.

use super::{
    Server,
    desk::{CaseLife, Desk, Record},
    error::WorkError,
    project::unseen_until,
    recipients::sealed_case,
};
use crate::{
    audit::{Audit, Deed, Witness},
    storage::{StorageError, Tx},
};
use shared::{
    clocks, duplicates,
    model::{
        dates::{Day, UnixSeconds, days_between, plus_days},
        ids::RecordId,
        record::{DocKind, DocumentId},
        ruling::Verdict,
    },
    routing,
};

/// What a sweep did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Cases brought before the next rung.
    pub escalated: u32,
    /// Documents purged.
    pub purged: u32,
    /// Cases compared with others.
    pub compared: u32,
    /// Cases that devices keep no more.
    pub aged: u32,
}

impl Swept {
    /// Whether it did anything.
    #[must_use]
    pub fn is_something(&self) -> bool {
        *self != Self::default()
    }
}

/// Seconds a parked change is kept.
const PARKED_S: i64 = 30 * DAY_S;
const DAY_S: i64 = 24 * 3600;

impl Server {
    /// Does what is due at `now`.
    ///
    /// # Errors
    /// A fault of storage; what was done before it stays done.
    pub fn sweep(&self, now: UnixSeconds) -> Result<Swept, WorkError> {
        let mut swept = Swept::default();
        let today = now.day(self.in_force().settings.utc_offset_min);
        let due: Vec<RecordId> = self.storage().read(|tx| tx.escalating_cases(today))?;
        for record in due {
            let server = self.clone();
            // One case a transaction: one that fails leaves the others alone, and is tried again.
            let done = self.storage().write(move |tx| escalate(tx, &server, record, now));
            match done {
                Ok(climbed) => swept.escalated += u32::from(climbed),
                Err(WorkError::Storage(error @ StorageError::Stopped)) => return Err(error.into()),
                Err(error) => tracing::error!(%record, %error, "a case could not be escalated"),
            }
        }
        swept.purged = self.purge_due(now, today)?;
        swept.compared = self.compare()?;
        swept.aged = self.age(now, today)?;
        // Nobody can tell when a refused case ended: what was refused is kept no longer than who spoke in one that ended that day.
        let kept_s = i64::from(self.in_force().settings.limits.contact_kept_days) * DAY_S;
        let dropped = self.storage().write(move |tx| {
            tx.delete_old_parked(now.plus(-PARKED_S))?;
            tx.delete_old_quarantined(now.plus(-kept_s))
        })?;
        if dropped {
            self.storage().truncate_log()?;
        }
        Ok(swept)
    }

    /// Takes cases that ended long ago off the devices; who reads them reads them online from then on.
    fn age(&self, now: UnixSeconds, today: Day) -> Result<u32, WorkError> {
        let kept_days = i64::from(self.in_force().settings.limits.closed_kept_days);
        let due: Vec<RecordId> = self.storage().read(|tx| tx.cases_on_devices_ended_before(plus_days(today, -kept_days)))?;
        for record in &due {
            let (server, record) = (self.clone(), *record);
            self.storage().write(move |tx| {
                let mut desk = Desk::new(tx, &server, Witness::server(now), None)?;
                desk.place_again(record)?;
                desk.close()
            })?;
        }
        Ok(u32::try_from(due.len()).unwrap_or(u32::MAX))
    }

    /// Looks for duplicates of cases whose words or contact are new.
    fn compare(&self) -> Result<u32, WorkError> {
        let within = self.in_force().settings.limits.duplicate_days;
        let found: Vec<(RecordId, Option<RecordId>)> = self.storage().read(|tx| {
            let mut found = Vec::new();
            for case in tx.uncompared_cases()? {
                let from = plus_days(case.received_on, -i64::from(within));
                let to = plus_days(case.received_on, i64::from(within));
                let mut others = tx.cases_of_same_contact(&case)?;
                others.extend(tx.similar_cases(&case, from, to)?);
                found.push((case.record, duplicates::suggest(&case, &others, within)));
            }
            Ok::<_, WorkError>(found)
        })?;
        let count = u32::try_from(found.len()).unwrap_or(u32::MAX);
        if count > 0 {
            self.storage()
                .write(move |tx| found.iter().try_for_each(|(record, duplicate_of)| tx.set_compared(*record, *duplicate_of)))?;
        }
        Ok(count)
    }

    /// Purges what has been kept long enough: who spoke and whom it was about, some time after a case ended.
    fn purge_due(&self, now: UnixSeconds, today: Day) -> Result<u32, WorkError> {
        let kept_days = i64::from(self.in_force().settings.limits.contact_kept_days);
        let due: Vec<DocumentId> = self.storage().read(|tx| tx.documents_of_cases_ended_by(plus_days(today, -kept_days)))?;
        let mut purged = 0;
        for document in due {
            self.purge(now, document, "retention")?;
            purged += 1;
        }
        if purged > 0 {
            self.storage().truncate_log()?;
        }
        Ok(purged)
    }

    /// Deletes a document's generation for good, everywhere: devices that hold it are told, and a restore does not bring it back.
    ///
    /// # Errors
    /// A fault of storage or of the ledger's file; then nothing is deleted.
    pub fn purge(&self, now: UnixSeconds, document: DocumentId, why: &'static str) -> Result<(), WorkError> {
        // The ledger first: a purge that is in it and not in the database is carried out at the next start.
        self.note_in_ledger(now, document, why)?;
        self.storage().write(move |tx| purge_now(tx, now, document, why))
    }
}

/// The purge itself.
pub(super) fn purge_now(tx: &Tx<'_>, now: UnixSeconds, document: DocumentId, why: &str) -> Result<(), WorkError> {
    if tx.is_purged(document)? {
        return Ok(());
    }
    let held = tx.document(document)?;
    tx.insert_tombstone(document, now, why)?;
    if let Some(head) = held {
        let stood = tx.scopes_of(document)?;
        for mut scope in tx.scopes()?.into_iter().filter(|scope| stood.contains(&scope.number)) {
            tx.append_to_log(&mut scope, document, crate::storage::scopes::Happened::Leave, head.set_hash)?;
        }
        // Devices that hold it through a scope it left since learn of it by their own scope's LEAVE.
    }
    // Also what was refused or waits of one that never came in.
    tx.delete_document(document)?;
    match document.kind {
        DocKind::Contact => tx.delete_contact_keys(document.record)?,
        DocKind::Case => tx.delete_case_row(document.record)?,
        DocKind::Session => tx.delete_session_row(document.record)?,
        DocKind::Subject | DocKind::Sealed | DocKind::BoxOpening => {}
    }
    Ok(Audit::new(tx, Witness::server(now)).note(Deed::Purged, &document.to_string(), why)?)
}

/// Brings one case before the next rung, if that is due; whether it was.
fn escalate(tx: &Tx<'_>, server: &Server, id: RecordId, now: UnixSeconds) -> Result<bool, WorkError> {
    let mut desk = Desk::new(tx, server, Witness::server(now), None)?;
    let (today, in_force) = (desk.today(), std::sync::Arc::clone(&desk.in_force));
    let settings = &in_force.settings;
    let mut record = desk.take(id)?;
    let Some(life) = record.case_life(settings) else { return Ok(false) };
    if life.state.level.is_sealed() {
        return escalate_sealed(&mut desk, record, &life);
    }
    let already: Vec<i16> = life.state.escalated.iter().map(|(_, day)| *day).collect();
    let facts = life.standing.case_facts(life.state.level);
    let next = clocks::closure_day(&life.state, settings)
        .and_then(|due_on| routing::escalation(settings, &facts, life.state.assignee.as_ref(), due_on, today, &already));
    let climbed = next.is_some() && life.state.is_open();
    if let Some((to, day)) = next.filter(|_| climbed) {
        desk.add_rulings(record.doc(life.document), vec![(None, Verdict::Escalated { to, day })])?;
    }
    desk.settle(&mut record)?;
    if !climbed {
        // Nobody is there to bring it to: look again tomorrow, not every minute.
        tx.set_escalates_on(id, life.state.is_open().then(|| plus_days(today, 1)))?;
    }
    desk.close()?;
    Ok(climbed)
}

/// Brings a sealed case that none of its recipients has looked at before the next in line, once; whether it did.
fn escalate_sealed(desk: &mut Desk<'_, '_>, mut record: Record, life: &CaseLife) -> Result<bool, WorkError> {
    let in_force = std::sync::Arc::clone(&desk.in_force);
    let (settings, state) = (&in_force.settings, &life.state);
    let is_due = unseen_until(settings, state).is_some_and(|at| at <= desk.now);
    if !is_due {
        return Ok(false);
    }
    let is_waiting = state.is_open() && !state.seen && state.escalated.is_empty();
    let case = sealed_case(life);
    let next = if is_waiting { case.next_in_line(settings, desk.recorded_under(life)?.as_ref()) } else { None };
    if let Some(to) = next.clone() {
        let late = days_between(settings.closure_due(state.received_on), desk.today());
        let mut users = state.recipients.clone();
        users.push(to.clone());
        users.sort();
        let day = i16::try_from(late).unwrap_or(i16::MAX);
        desk.add_rulings(
            record.doc(life.document),
            vec![(None, Verdict::Escalated { to, day }), (None, Verdict::Recipients { users })],
        )?;
    }
    desk.settle(&mut record)?;
    if next.is_none() {
        // Nobody is there to bring it to: look again tomorrow, not every minute.
        let again = is_waiting.then(|| plus_days(desk.today(), 1));
        desk.tx.set_escalates_on(record.id, again)?;
    }
    desk.close()?;
    Ok(next.is_some())
}
