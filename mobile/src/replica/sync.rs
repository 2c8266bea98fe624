//! One exchange with the server: what is sent, and what follows from the answer. When, how much and how often is decided by
//! `shared::sync::session`; here its plans become bytes and its effects become transactions.

use super::{
    documents::{self, Unsent},
    link::{LinkError, Outgoing},
    listing,
    open::Open,
    opened, own_rows, pictures, projection,
    pull::{self, PullError, Pulling},
    push, quarantine, rebase, ref_numbers, scopes, settings,
    storage::{StoreError, flush_log},
};
use crate::protocol::{FailureCode, Notice, SyncProgress};
use rusqlite::{Connection, params};
use shared::{
    entropy::Entropy,
    model::{dates::UnixSeconds, ids::RecordId, record::DocumentId},
    sync::{
        messages::{RepairAnswer, SignedSettings, SyncResponse, decode},
        session::{Applied, Effect, Event, Failure, Session, Stop},
        signing::open_settings,
    },
};
use std::collections::{BTreeMap, BTreeSet};

/// Documents handed back in one request.
const RETURNED_AT_ONCE: usize = 200;

/// The sync of an open store. Nothing in it needs to survive a lock: what does is on disk.
#[derive(Default)]
pub(super) struct Syncing {
    pub(super) session: Session,
    pub(super) last_attempt: Option<UnixSeconds>,
    pub(super) last_failure: Option<FailureCode>,
    /// Documents a restored server asked to have back, or no longer follows for us and may have lost.
    wanted: Vec<DocumentId>,
    /// Those of them that the request under way brings.
    returning: Vec<DocumentId>,
    /// The last opening that the request under way tells.
    telling: Option<u64>,
    sent: u32,
    to_send: u32,
    fetched: u32,
    left: u32,
}

impl Syncing {
    /// When it is tried next by itself; none while only a person can help.
    pub(super) fn next_attempt(&self) -> Option<UnixSeconds> {
        self.session.stopped().is_none().then(|| self.session.next_attempt())
    }

    /// Nothing is held any more that a restored server could want.
    pub(super) fn owes_nothing_back(&mut self) {
        self.wanted.clear();
        self.returning.clear();
    }

    pub(super) fn progress(&self, running: bool) -> Notice {
        Notice::Sync(SyncProgress {
            running,
            sent: self.sent,
            to_send: self.to_send,
            fetched: self.fetched,
            left: self.left,
            failure: self.last_failure,
        })
    }
}

/// What an exchange changed.
#[derive(Default)]
struct Outcome {
    touched: BTreeSet<RecordId>,
    purged: bool,
    settings: bool,
}

impl Open {
    /// What to send, if it is time.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(super) fn sync_begin(&mut self, now: UnixSeconds, entropy: &mut dyn Entropy) -> Result<Option<Outgoing>, StoreError> {
        let waits = self.sync.session.next_attempt().0.saturating_sub(now.0);
        let longest = shared::sync::session::LONGEST_WAIT_S;
        if self.account.token.is_none() || self.is_syncing() || self.sync.session.stopped().is_some() {
            return Ok(None);
        }
        if (1..=longest).contains(&waits) {
            // Nothing else is due, and the server could be reached: pictures fill the time between.
            return if self.sync.last_failure.is_some() { Ok(None) } else { self.send_piece(now) };
        }
        let outbox = push::outbox(&self.conn)?;
        let effects = self.sync.session.handle(now, &mut &mut *entropy, Event::Tick { outbox: &outbox });
        let Some(Effect::Send(plan)) = effects.into_iter().next() else { return Ok(None) };
        self.sync.returning = std::mem::take(&mut self.sync.wanted);
        self.sync.telling = opened::to_tell(&self.conn)?.last().map(|opened| opened.number);
        let outgoing = push::request(self, &plan, &self.sync.returning, now, entropy)?;
        if self.sync.sent == 0 {
            self.sync.to_send = u32::try_from(outbox.len()).unwrap_or(u32::MAX);
        }
        self.sync.last_attempt = Some(now);
        self.sync.last_failure = None;
        self.say(self.sync.progress(true));
        Ok(Some(outgoing))
    }

    /// Whether a request of this store is on its way.
    pub(super) fn is_syncing(&self) -> bool {
        self.sync.session.is_running() || self.sending.is_under_way()
    }

    /// Takes what came of it.
    ///
    /// # Errors
    /// [`StoreError`]: what was applied before is on disk, and the rest comes again.
    pub(super) fn sync_finish(
        &mut self,
        result: Result<Vec<u8>, LinkError>,
        now: UnixSeconds,
        entropy: &mut dyn Entropy,
    ) -> Result<(), StoreError> {
        if self.sending.is_under_way() {
            return self.piece_sent(result, now);
        }
        let mut outcome = Outcome::default();
        let finished = match result {
            Err(error) => self.failed(error.of_sync(), error.code(), now, entropy, &mut outcome),
            Ok(bytes) => match decode::<SyncResponse>(&bytes) {
                Err(_) => self.failed(Failure::Garbage, FailureCode::BadServer, now, entropy, &mut outcome),
                Ok(response) => self.answered(&response, now, entropy, &mut outcome),
            },
        };
        if let Err(error) = &finished {
            // Whatever could not be stored is asked for again later.
            self.sync.session.handle(now, &mut &mut *entropy, Event::Failed(Failure::Garbage));
            self.sync.last_failure = Some(error.code());
        }
        self.settle(&outcome)?;
        let running = self.sync.session.next_attempt() <= now && self.sync.session.stopped().is_none();
        self.say(self.sync.progress(running));
        if !running {
            (self.sync.sent, self.sync.fetched, self.sync.to_send, self.sync.left) = (0, 0, 0, 0);
        }
        finished
    }

    /// Brings memory and listeners up to date with what is on disk.
    fn settle(&mut self, outcome: &Outcome) -> Result<(), StoreError> {
        for record in &outcome.touched {
            self.refresh(*record)?;
        }
        self.look_for_resealing(Some(&outcome.touched))?;
        if outcome.purged {
            flush_log(&self.conn)?;
        }
        if !outcome.touched.is_empty() || outcome.settings {
            let any = !outcome.touched.is_empty();
            self.say(Notice::Changed { cases: any, sessions: any, settings: outcome.settings, outbox: any });
        }
        Ok(())
    }

    fn failed(
        &mut self,
        failure: Failure,
        code: FailureCode,
        now: UnixSeconds,
        entropy: &mut dyn Entropy,
        outcome: &mut Outcome,
    ) -> Result<(), StoreError> {
        let effects = self.sync.session.handle(now, &mut &mut *entropy, Event::Failed(failure));
        self.sync.last_failure = Some(code);
        self.apply_effects(effects, now, outcome)?;
        self.note_stop(now)
    }

    /// An expired token and a revoked device are remembered: sending waits, work goes on or ends. What the server has leaves a
    /// revoked device: it may be in other hands.
    fn note_stop(&mut self, now: UnixSeconds) -> Result<(), StoreError> {
        match self.sync.session.stopped() {
            Some(Stop::TokenExpired) if self.account.token.is_some() => {
                super::account::set_token(&self.conn, None)?;
                self.account.token = None;
                self.stage_changed = true;
            }
            Some(Stop::Revoked) if !self.account.revoked => {
                self.conn.execute("update account set revoked = 1", [])?;
                self.account.revoked = true;
                self.stage_changed = true;
                self.forget_acknowledged(now)?;
            }
            None if self.account.revoked => {
                self.conn.execute("update account set revoked = 0", [])?;
                self.account.revoked = false;
                self.stage_changed = true;
            }
            _ => {}
        }
        Ok(())
    }

    fn answered(
        &mut self,
        response: &SyncResponse,
        now: UnixSeconds,
        entropy: &mut dyn Entropy,
        outcome: &mut Outcome,
    ) -> Result<(), StoreError> {
        let effects = self.sync.session.handle(now, &mut &mut *entropy, Event::Answered(response));
        self.note_contact(response, now)?;
        outcome.purged |= quarantine::let_go_of_noted(&self.conn, now)?;
        if let Some(number) = self.sync.telling.take() {
            opened::told(&self.conn, number)?;
        }
        self.note_shut(response, now)?;
        let fresh = self.apply_effects(effects, now, outcome)?;
        if self.shut().is_some() {
            // Asked for before, or brought all the same: nothing of it is kept here now.
            let outbox = push::outbox(&self.conn)?;
            let applied = Applied { outbox: &outbox, ..Applied::default() };
            self.sync.session.handle(now, &mut &mut *entropy, Event::Applied(applied));
            return self.note_stop(now);
        }
        // A server set back to a backup may have lost what this device holds, and with it the settings that let it be followed.
        let was_set_back = response.epoch > self.account.deployment_epoch;
        if let Some(scopes) = &response.scopes {
            self.take_scopes(scopes, was_set_back, now, outcome)?;
        }
        self.take_lists(response, now, outcome)?;
        self.take_listed(response, now, outcome)?;
        let unresolved = match self.take_frames(response, now, outcome) {
            Ok(unresolved) => unresolved,
            Err(PullError::Store(error)) => return Err(error),
            Err(PullError::Frame(_) | PullError::Gap) => {
                return self.failed(Failure::Garbage, FailureCode::BadServer, now, entropy, outcome);
            }
        };
        self.sync.left = response.left;
        let complete = !response.more && !unresolved;
        if complete {
            let mut orphans = scopes::orphans(&self.conn)?.into_iter().filter(|id| !fresh.contains(id)).collect::<Vec<_>>();
            if was_set_back {
                orphans = self.hand_back(orphans, response.epoch)?;
            }
            self.purge(&orphans, now, outcome)?;
            outcome.touched.extend(listing::finish(&self.conn)?);
        }
        let digest_differs = complete
            && match response.digest {
                Some(expected) => scopes::buckets(&self.conn)?.total() != expected,
                None => false,
            };
        if let Some(RepairAnswer::Wanted(documents)) = &response.repair {
            self.sync.wanted.extend(documents);
        }
        let outbox = push::outbox(&self.conn)?;
        let applied = Applied {
            more: response.more || !self.sync.wanted.is_empty(),
            unresolved,
            digest_differs,
            repair: response.repair.as_ref(),
            outbox: &outbox,
        };
        self.sync.session.handle(now, &mut &mut *entropy, Event::Applied(applied));
        if response.upgrade {
            self.sync.last_failure = Some(FailureCode::UpgradeNeeded);
        }
        self.note_stop(now)
    }

    fn note_contact(&mut self, response: &SyncResponse, now: UnixSeconds) -> Result<(), StoreError> {
        let ahead = now.0.saturating_sub(response.server_time.0);
        self.conn.prepare_cached("update account set last_contact = ?1, clock_ahead_s = ?2")?.execute(params![now.0, ahead])?;
        self.account.last_contact = Some(now);
        self.account.clock_ahead_s = Some(ahead);
        Ok(())
    }

    /// Of documents that no scope holds any more, those that a server set back to a backup has had back by now. The others go
    /// with the next request; only when none is left does the new epoch count as known, so that a cut loses nothing.
    fn hand_back(&mut self, orphans: Vec<DocumentId>, epoch: u32) -> Result<Vec<DocumentId>, StoreError> {
        let returned = std::mem::take(&mut self.sync.returning);
        let (gone, held): (Vec<_>, Vec<_>) = orphans.into_iter().partition(|document| returned.contains(document));
        if held.is_empty() {
            self.conn.prepare_cached("update account set deployment_epoch = ?1")?.execute([epoch])?;
            self.account.deployment_epoch = epoch;
        }
        self.sync.wanted = held.into_iter().take(RETURNED_AT_ONCE).collect();
        Ok(gone)
    }

    /// Receipts, refusals, what was passed on: one transaction. Answers the documents that were confirmed just now.
    fn apply_effects(
        &mut self,
        effects: Vec<Effect>,
        now: UnixSeconds,
        outcome: &mut Outcome,
    ) -> Result<BTreeSet<DocumentId>, StoreError> {
        let unsent: BTreeMap<i64, Unsent> =
            documents::unsent(&self.conn, None)?.into_iter().map(|change| (change.local, change)).collect();
        let mut fresh = BTreeSet::new();
        let mut refused: BTreeMap<DocumentId, (i64, String)> = BTreeMap::new();
        let tx = self.conn.transaction()?;
        for effect in effects {
            match effect {
                Effect::Sent { item, receipt } => {
                    if let Some(change) = unsent.get(&item) {
                        let receipt = receipt.into_receipt(change.hash, self.account.device, &self.account.user);
                        confirm(&tx, change, &receipt)?;
                        fresh.insert(change.document);
                        self.sync.sent += 1;
                    }
                }
                Effect::Parked { item, attempts, not_before, .. } => {
                    tx.execute(
                        "update outbox set attempts = ?2, not_before = ?3 where local = ?1",
                        params![item, attempts, not_before.0],
                    )?;
                }
                Effect::Refused { item, code, .. } => {
                    if let Some(change) = unsent.get(&item) {
                        // Only the first counts: the later ones of the document were refused because of it.
                        refused.entry(change.document).or_insert((item, code));
                    }
                }
                Effect::Moved { item } => {
                    if let Some(change) = unsent.get(&item) {
                        rebase::remove(&tx, change)?;
                        pictures::forget(&tx, change.document.record)?;
                        tx.execute("delete from quarantine where document = ?1", [change.document.to_bytes()])?;
                        outcome.touched.insert(change.document.record);
                        outcome.purged = true;
                    }
                }
                Effect::Quarantined { item } => {
                    if let Some(change) = unsent.get(&item) {
                        rebase::set_aside(&tx, change, "quarantined", now)?;
                        rebase::remove(&tx, change)?;
                        outcome.touched.insert(change.document.record);
                    }
                }
                Effect::Send(_) | Effect::Wait(_) | Effect::InStep | Effect::Stopped(_) => {}
            }
        }
        for (document, (item, code)) in &refused {
            rebase::rebase(&tx, *document, *item, code, self.author, now)?;
            outcome.touched.insert(document.record);
        }
        documents::drop_idle_intents(&tx)?;
        let with = projection::Projecting::of(&self.settings, &self.places, &self.account.user, now);
        let pulling = Pulling { server: &self.account.server_key, with, marker: &self.marker, store: &self.store, now };
        let_go(&tx, &fresh, &pulling, outcome)?;
        tx.commit()?;
        self.marker.done(&self.store)?;
        Ok(fresh)
    }

    /// A new scope list: what no scope holds any more leaves.
    fn take_scopes(
        &mut self,
        scopes: &[shared::sync::scope::ScopeId],
        was_set_back: bool,
        now: UnixSeconds,
        outcome: &mut Outcome,
    ) -> Result<(), StoreError> {
        let tx = self.conn.transaction()?;
        let orphans = scopes::replace(&tx, scopes)?;
        tx.commit()?;
        // What must be handed back first goes at the end of the pull.
        if was_set_back { Ok(()) } else { self.purge(&orphans, now, outcome) }
    }

    /// Purges documents and rebuilds the rows of their records, in one transaction.
    fn purge(&mut self, gone: &[DocumentId], now: UnixSeconds, outcome: &mut Outcome) -> Result<(), StoreError> {
        if gone.is_empty() {
            return Ok(());
        }
        let tx = self.conn.transaction()?;
        let with = projection::Projecting::of(&self.settings, &self.places, &self.account.user, now);
        push::keep_own_rows(&tx, gone, &with)?;
        let mut touched = BTreeSet::new();
        for document in gone {
            documents::purge(&tx, *document)?;
            touched.insert(document.record);
        }
        let pulling = Pulling { server: &self.account.server_key, with, marker: &self.marker, store: &self.store, now };
        pull::project(&tx, &touched, &pulling)?;
        tx.commit()?;
        self.marker.done(&self.store)?;
        outcome.touched.append(&mut touched);
        outcome.purged = true;
        Ok(())
    }

    /// Applies the frames in order. Says whether one named a dependency that is not here: it and all after it wait.
    fn take_frames(&mut self, response: &SyncResponse, now: UnixSeconds, outcome: &mut Outcome) -> Result<bool, PullError> {
        for frame in &response.frames {
            let pulling = Pulling {
                server: &self.account.server_key,
                with: projection::Projecting::of(&self.settings, &self.places, &self.account.user, now),
                marker: &self.marker,
                store: &self.store,
                now,
            };
            match pull::apply(&mut self.conn, frame, &pulling) {
                Ok(mut pulled) => {
                    self.sync.fetched += pulled.changes;
                    outcome.touched.append(&mut pulled.touched);
                    outcome.purged |= pulled.purged;
                }
                Err(PullError::Frame(shared::sync::frames::FrameError::Unresolved)) => return Ok(true),
                Err(error) => return Err(error),
            }
        }
        Ok(false)
    }

    /// Takes a piece of the list index: rows whose documents come later.
    fn take_listed(&mut self, response: &SyncResponse, now: UnixSeconds, outcome: &mut Outcome) -> Result<(), StoreError> {
        let Some(piece) = &response.list else { return Ok(()) };
        let tx = self.conn.transaction()?;
        let with = projection::Projecting::of(&self.settings, &self.places, &self.account.user, now);
        outcome.touched.extend(listing::take(&tx, piece, &with)?);
        Ok(tx.commit()?)
    }

    /// Takes settings that this person published, as the server signed them.
    pub(super) fn take_published(&mut self, signed: &SignedSettings, now: UnixSeconds) -> Result<(), StoreError> {
        if signed.version > self.settings.version
            && let Ok(settings) = open_settings(signed, &self.account.server_key)
        {
            settings::store(&self.conn, signed, now)?;
            self.take_settings(settings, now)?;
        }
        Ok(())
    }

    /// Settings, receipt numbers, tallies, own rows: each replaces what was there, in one transaction.
    fn take_lists(&mut self, response: &SyncResponse, now: UnixSeconds, outcome: &mut Outcome) -> Result<(), StoreError> {
        let newer = response.settings.as_ref().filter(|signed| signed.version > self.settings.version);
        let newer = newer.and_then(|signed| Some((signed, open_settings(signed, &self.account.server_key).ok()?)));
        let tx = self.conn.transaction()?;
        if let Some((signed, _)) = &newer {
            settings::store(&tx, signed, now)?;
        }
        if let Some(lease) = &response.ref_nos {
            ref_numbers::add(&tx, &lease.0)?;
        }
        if let Some(tallies) = &response.tallies {
            tx.execute(
                "insert or replace into tally (one, version, as_of, packed) values (1, ?1, ?2, ?3)",
                params![i64::try_from(tallies.version).unwrap_or(i64::MAX), tallies.as_of.0, tallies.packed],
            )?;
        }
        if let Some(rows) = &response.own_rows {
            own_rows::replace(&tx, rows)?;
        }
        tx.commit()?;
        if let Some((_, settings)) = newer {
            self.take_settings(settings, now)?;
            outcome.settings = true;
        }
        Ok(())
    }
}

/// Lets go of what its author may not hold once it is confirmed, and makes the rows of all that changed.
fn let_go(
    conn: &Connection,
    fresh: &BTreeSet<DocumentId>,
    pulling: &Pulling<'_>,
    outcome: &mut Outcome,
) -> Result<(), StoreError> {
    let let_go = push::let_go(conn, fresh, &pulling.with)?;
    outcome.purged |= let_go.any;
    for document in documents::left(conn)? {
        documents::purge(conn, document)?;
        outcome.touched.insert(document.record);
        outcome.purged = true;
    }
    let mut changed = outcome.touched.clone();
    changed.extend(fresh.iter().map(|document| document.record));
    // Most are as they were read just now.
    for record in let_go.kept.iter().filter(|record| !outcome.touched.contains(&record.id)) {
        projection::store(conn, record.id, Some(record), &pulling.with)?;
        changed.remove(&record.id);
    }
    outcome.touched.extend(fresh.iter().map(|document| document.record));
    pull::project(conn, &changed, pulling)
}

/// The server holds the change on disk: its receipt is kept and it leaves the outbox.
fn confirm(conn: &Connection, change: &Unsent, receipt: &shared::model::order::Receipt) -> Result<(), StoreError> {
    documents::confirm(conn, change, receipt)?;
    conn.prepare_cached("delete from outbox where local = ?1")?.execute([change.local])?;
    Ok(())
}
