//! Takes pushed changes in: gate, order, receipt. A record is the unit that stands or falls: what fails in one leaves the
//! others alone. Whatever is not taken is set aside with its reason.

use super::{
    desk::{Desk, Doc, Record},
    error::WorkError,
    joined::{joins, may_begin},
    rights::Rights,
    session::Session,
    standing::Standing,
};
use crate::storage::set_aside::SetAside;
use shared::{
    document::{actor::ActorId, change::Change, fold::Document},
    gate::{self, Ingress, Park},
    model::{
        dates::UnixSeconds,
        ids::{ChangeHash, DeviceId, EventId, RecordId, UserId},
        order::{Order, Receipt},
        record::{DocKind, DocumentId},
        ruling::Ruling,
    },
    policy::{self, Action, Actor},
    sync::{
        frames::up::Pushed,
        verdict::{ParkReason, ShortReceipt, Verdict},
    },
};
use std::{
    cell::{Cell, OnceCell},
    collections::{BTreeMap, BTreeSet},
    panic::{AssertUnwindSafe, catch_unwind},
};

/// Who pushes.
pub(super) struct Pusher<'s> {
    pub(super) session: &'s Session,
    /// What the person could do by what the device had pulled, and since when.
    pub(super) then: Vec<Actor>,
    since: UnixSeconds,
    /// The device's last completed pull with nothing to send.
    pulled_at: UnixSeconds,
}

impl<'s> Pusher<'s> {
    pub(super) fn new(session: &'s Session, rights: &Rights, pulled_at: UnixSeconds) -> Self {
        let since = rights.since().map_or(pulled_at, |since| since.min(pulled_at));
        Self { session, then: rights.actors(), since, pulled_at }
    }

    pub(super) fn device(&self) -> DeviceId {
        self.session.device_id()
    }

    pub(super) fn user(&self) -> &UserId {
        self.session.user()
    }
}

impl Desk<'_, '_> {
    /// Takes a batch in; one verdict for each change, in order.
    pub(super) fn receive(&mut self, pusher: &Pusher<'_>, batch: &[Pushed]) -> Result<Vec<Verdict>, WorkError> {
        let mut by_record: BTreeMap<RecordId, Vec<usize>> = BTreeMap::new();
        let mut order = Vec::new();
        for (i, pushed) in batch.iter().enumerate() {
            let record = pushed.framed.document.record;
            by_record.entry(record).or_insert_with(|| {
                order.push(record);
                Vec::new()
            });
            by_record.entry(record).and_modify(|places| places.push(i));
        }
        let records: Vec<(RecordId, Vec<usize>)> =
            order.into_iter().map(|id| (id, by_record.remove(&id).unwrap_or_default())).collect();
        // All at once, since each part of its own costs a copy of every page it writes; one by one if that meets a fault of ours.
        match self.as_a_part(|desk| desk.receive_records(pusher, batch, &records, Self::take_in)) {
            Err(error) if !matches!(error, WorkError::Storage(_)) => {
                self.receive_records(pusher, batch, &records, Self::receive_record)
            }
            taken => taken,
        }
    }

    fn receive_records(
        &mut self,
        pusher: &Pusher<'_>,
        batch: &[Pushed],
        records: &[(RecordId, Vec<usize>)],
        mut take: impl FnMut(&mut Self, &Pusher<'_>, RecordId, &[&Pushed]) -> Result<Vec<Verdict>, WorkError>,
    ) -> Result<Vec<Verdict>, WorkError> {
        let mut verdicts: Vec<Option<Verdict>> = vec![None; batch.len()];
        for (id, places) in records {
            let changes: Vec<&Pushed> = places.iter().filter_map(|&i| batch.get(i)).collect();
            for (i, verdict) in places.iter().zip(take(self, pusher, *id, &changes)?) {
                verdicts[*i] = Some(verdict);
            }
        }
        Ok(verdicts.into_iter().map(|verdict| verdict.unwrap_or(Verdict::Quarantined)).collect())
    }

    /// Does `work` whole or not at all; a panic in it is a fault like another.
    fn as_a_part<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T, WorkError>) -> Result<T, WorkError> {
        let (tx, purged) = (self.tx, self.purged.len());
        let done = tx.savepoint(|| {
            catch_unwind(AssertUnwindSafe(|| work(self))).unwrap_or(Err(WorkError::Inconsistent("a record's work panicked")))
        });
        if done.is_err() {
            self.forget();
            self.purged.truncate(purged);
        }
        done
    }

    /// One record's changes. A fault of ours in it undoes the record's part and keeps the changes in quarantine.
    fn receive_record(&mut self, pusher: &Pusher<'_>, id: RecordId, changes: &[&Pushed]) -> Result<Vec<Verdict>, WorkError> {
        match self.as_a_part(|desk| desk.take_in(pusher, id, changes)) {
            Err(WorkError::Storage(error)) => Err(error.into()),
            Err(error) => {
                tracing::error!(record = %id, %error, "a record could not be brought up to date; its changes are kept aside");
                changes.iter().map(|pushed| self.refuse(pusher, pushed, "server_fault", "")).collect()
            }
            taken => taken,
        }
    }

    fn take_in(&mut self, pusher: &Pusher<'_>, id: RecordId, changes: &[&Pushed]) -> Result<Vec<Verdict>, WorkError> {
        let mut record = self.take(id)?;
        let mut verdicts = Vec::with_capacity(changes.len());
        for pushed in changes {
            verdicts.push(self.take_change(pusher, &mut record, pushed)?);
        }
        if record.docs.values().any(|doc| doc.changed) {
            self.take_parked(&mut record)?;
            let touched = self.settle(&mut record)?;
            self.put_back(record);
            for other in touched {
                let mut other = self.take(other)?;
                self.settle(&mut other)?;
                self.put_back(other);
            }
        } else {
            self.put_back(record);
        }
        Ok(verdicts)
    }

    fn take_change(&mut self, pusher: &Pusher<'_>, record: &mut Record, pushed: &Pushed) -> Result<Verdict, WorkError> {
        let id = pushed.framed.document;
        if let Some(known) = self.known(record, id, pushed.framed.hash) {
            return Ok(Verdict::Duplicate(ShortReceipt::new(&known, pusher.device(), pusher.user())));
        }
        if let Some(verdict) = self.turn_away(pusher, record, pushed)? {
            return Ok(verdict);
        }
        let change = match gate::parse_ingress(id.kind, &pushed.framed.change) {
            Ok(change) => change,
            Err(denial) => return self.refuse(pusher, pushed, denial.code.id(), &denial.path),
        };
        if let Some(receipt) = &pushed.receipt {
            return self.take_back(record, pushed, &change, receipt);
        }
        let lost = Cell::new(false);
        let checked = self.check(pusher, record, id, &change, &lost);
        match checked {
            Ok(()) => {
                if lost.get() {
                    record.not_counted.extend(events_of(record, id, &change));
                }
                let doc = record.doc(id);
                let receipt = self.add_change(doc, &change, pusher.device(), pusher.user(), None)?;
                Ok(Verdict::Accepted(ShortReceipt::new(&receipt, pusher.device(), pusher.user())))
            }
            Err(Stop::Implicated) => self.aside(pusher, pushed, "implicated", Verdict::Quarantined),
            Err(Stop::Denied(denial)) => match denial.verdict {
                gate::Verdict::Park(park) => self.park(pusher, pushed, park),
                _ => self.refuse(pusher, pushed, denial.code.id(), &denial.path),
            },
        }
    }

    fn known(&self, record: &Record, id: DocumentId, hash: ChangeHash) -> Option<Receipt> {
        record.docs.get(&id)?.receipts.get(&hash).cloned()
    }

    /// What is answered before a change is even read: the document is gone, or its pusher is revoked.
    fn turn_away(&mut self, pusher: &Pusher<'_>, record: &mut Record, pushed: &Pushed) -> Result<Option<Verdict>, WorkError> {
        let id = pushed.framed.document;
        if pusher.session.actor.is_none() {
            return Ok(Some(self.aside(pusher, pushed, "revoked", Verdict::Quarantined)?));
        }
        if let Some(code) = self.tx.quarantined(id, pushed.framed.hash)? {
            return Ok(Some(match code.as_str() {
                "revoked" | "implicated" => Verdict::Quarantined,
                _ => Verdict::Refused { code, path: String::new() },
            }));
        }
        if record.docs.contains_key(&id) {
            return Ok(None);
        }
        if let Some((_, why)) = self.tx.tombstone(id)? {
            return Ok(Some(self.late(pusher, record, pushed, &why)?));
        }
        // A new generation only follows a purged one; what is sealed anew stands beside the old one until it is whole.
        let before = DocumentId { generation: id.generation.saturating_sub(1), ..id };
        let follows = id.kind == DocKind::Sealed && record.docs.contains_key(&before);
        if id.generation > 0 && !follows && !self.tx.is_purged(before)? {
            return Ok(Some(self.refuse(pusher, pushed, "generation", "")?));
        }
        Ok(None)
    }

    /// A change that a restored server once receipted and lost: its code proves that it passed the gate then.
    fn take_back(
        &mut self,
        record: &mut Record,
        pushed: &Pushed,
        change: &Change,
        receipt: &Receipt,
    ) -> Result<Verdict, WorkError> {
        let id = pushed.framed.document;
        let is_servers = change.actor().as_ref().is_some_and(ActorId::is_server);
        let holds = receipt.change == change.hash()
            && if is_servers {
                self.server.keys().server_change_mac(id, &change.hash()) == receipt.mac
            } else {
                self.server.keys().receipt_holds(id, receipt)
            };
        if !holds {
            return Ok(Verdict::Refused { code: "receipt".into(), path: String::new() });
        }
        let doc = record.doc(id);
        if !doc.document.missing(change).is_empty() {
            return Ok(Verdict::Parked(ParkReason::MissingDep));
        }
        if is_servers {
            // What is sealed has no rulings, and no order that matters.
            let sealed = (id.kind == DocKind::Sealed).then(|| (self.next_order(doc), self.next_order(doc), self.now));
            let Some((first, last, at)) = sealed.or_else(|| place_of_rulings(doc, change)) else {
                return Ok(Verdict::Refused { code: "receipt".into(), path: String::new() });
            };
            let receipt = super::desk::server_receipt(receipt.change, first, at, receipt.mac);
            self.store(doc, change, &receipt, last)?;
            return Ok(Verdict::Accepted(ShortReceipt {
                order: first,
                at,
                mac: receipt.mac,
                by: Some((receipt.device, receipt.user)),
            }));
        }
        let receipt = self.add_change(doc, change, receipt.device, &receipt.user, Some(receipt.clone()))?;
        let by = Some((receipt.device, receipt.user));
        Ok(Verdict::Accepted(ShortReceipt { order: receipt.order, at: receipt.at, mac: receipt.mac, by }))
    }

    /// The gate, with what this person may do to this document now or since the device's last completed pull. Notes in `lost`
    /// whether something was allowed only by what is lost.
    fn check(
        &self,
        pusher: &Pusher<'_>,
        record: &Record,
        id: DocumentId,
        change: &Change,
        lost: &Cell<bool>,
    ) -> Result<(), Stop> {
        let settings = &self.in_force.settings;
        let Some(actor) = &pusher.session.actor else { return Err(Stop::Implicated) };
        let doc = record.docs.get(&id);
        let is_new = doc.is_none_or(|doc| doc.head.is_none());
        let Some(standing) = self.standing(record, id, change, is_new) else {
            return Err(Stop::Denied(waits_for_its_case(id, change)));
        };
        // Its author had no receipt yet when this was written, as far as this server can know.
        let unsent = is_new || doc.and_then(|doc| doc.head.as_ref()).is_some_and(|head| self.may_be_unsent(pusher, doc, head));
        let now = standing.resource(settings, actor, id.kind, is_new);
        if now.implicated && !(now.author && unsent) {
            return Err(Stop::Implicated);
        }
        let earlier: OnceCell<Vec<Standing>> = OnceCell::new();
        let may = |action: Action<'_>| {
            if policy::may(actor, action, Some(&now)) {
                return true;
            }
            if unsent && policy::may(actor, action, Some(&standing.resource(settings, actor, id.kind, true))) {
                return true;
            }
            let earlier = earlier.get_or_init(|| self.earlier_standings(pusher, record, &standing));
            let allowed = earlier.iter().any(|standing| {
                pusher
                    .then
                    .iter()
                    .chain([actor])
                    .any(|then| policy::may(then, action, Some(&standing.resource(settings, then, id.kind, unsent))))
            });
            lost.set(lost.get() || allowed);
            allowed
        };
        let empty;
        let document = match doc {
            Some(doc) => &doc.document,
            None => {
                empty = Document::new(id.kind);
                &empty
            }
        };
        let ingress = Ingress { device: pusher.device(), user: pusher.user(), may: &may };
        gate::check(document, change, &ingress).map_err(|denial| {
            // Not named yet by whoever works on it: that may come with the next change from the other phone.
            let waits = denial.code == gate::Code::NotAllowed && joins(id.kind, change);
            Stop::Denied(if waits { waits_for_another(denial.check) } else { denial })
        })
    }

    /// How the record stands, or would with this first change in it.
    fn standing(&self, record: &Record, id: DocumentId, change: &Change, is_new: bool) -> Option<Standing> {
        let settings = &self.in_force.settings;
        if is_new && matches!(id.kind, DocKind::Case | DocKind::Session | DocKind::BoxOpening) {
            let empty = Doc::empty(id);
            return match id.kind {
                DocKind::Case => empty.case_life(settings, Some(change)).map(|life| life.standing),
                _ => empty.session_life(settings, Some(change)).filter(|life| may_begin(id, life)).map(|life| life.standing),
            };
        }
        match id.kind {
            DocKind::Session | DocKind::BoxOpening => record.session_life(settings).map(|life| life.standing),
            _ => record.case_life(settings).map(|life| life.standing),
        }
    }

    /// Whether the device that began a document may still have been without its receipt: it came after the device's last
    /// completed pull, during which nothing waited on the device.
    fn may_be_unsent(&self, pusher: &Pusher<'_>, doc: Option<&Doc>, head: &crate::storage::documents::DocumentHead) -> bool {
        let first = doc.into_iter().flat_map(|doc| doc.receipts.values()).map(|receipt| receipt.at).min();
        head.author_device == pusher.device() && first.is_none_or(|at| at >= pusher.pulled_at)
    }

    /// How the record stood at each moment since the rights that still cover what the device does.
    pub(super) fn earlier_standings(&self, pusher: &Pusher<'_>, record: &Record, now: &Standing) -> Vec<Standing> {
        let settings = &self.in_force.settings;
        let Some(doc) = record.part(DocKind::Case).or_else(|| record.session_part()) else { return vec![now.clone()] };
        let Ok(stored) = self.tx.changes(doc.id) else { return vec![now.clone()] };
        let mut growing = Doc::empty(doc.id);
        let mut standings = vec![now.clone()];
        let mut add = |growing: &Doc| {
            standings.extend(match doc.id.kind {
                DocKind::Session | DocKind::BoxOpening => growing.session_life(settings, None).map(|life| life.standing),
                _ => growing.case_life(settings, None).map(|life| life.standing),
            });
        };
        let mut is_later = false;
        for stored in stored {
            let Ok(change) = Change::from_raw(&stored.raw) else { continue };
            if stored.receipt.at > pusher.since && !is_later {
                is_later = true;
                add(&growing);
            }
            growing.document.apply(&change);
            growing.receipts.insert(stored.receipt.change, stored.receipt);
            if is_later {
                add(&growing);
            }
        }
        add(&growing);
        standings
    }

    /// Changes of a record that waited and can be taken now.
    fn take_parked(&mut self, record: &mut Record) -> Result<(), WorkError> {
        let parts: Vec<DocumentId> =
            record.docs.keys().copied().chain(DocKind::ALL.map(|kind| DocumentId::first(record.id, kind))).collect();
        let parts: BTreeSet<DocumentId> = parts.into_iter().collect();
        let mut progress = true;
        while progress {
            progress = false;
            for id in &parts {
                for item in self.tx.parked(*id)? {
                    progress |= self.retry(record, &item)?;
                }
            }
        }
        Ok(())
    }

    /// One parked change again; whether it was taken.
    fn retry(&mut self, record: &mut Record, item: &SetAside) -> Result<bool, WorkError> {
        if self.known(record, item.document, item.hash).is_some() {
            self.tx.unpark(item.document, item.hash)?;
            return Ok(false);
        }
        let Some(device) = self.tx.device(item.device)? else { return Ok(false) };
        let (rights, pulled_at) = (Rights::read(&device.rights), device.pulled_at);
        let actor = if device.revoked_at.is_none() { policy::actor(&self.in_force.settings, &item.user) } else { None };
        let session = Session { device, actor };
        let pusher = Pusher::new(&session, &rights, pulled_at.min(item.at));
        let Ok(change) = gate::parse_ingress(item.document.kind, &item.raw) else { return Ok(false) };
        let lost = Cell::new(false);
        match self.check(&pusher, record, item.document, &change, &lost) {
            Ok(()) => {
                if lost.get() {
                    record.not_counted.extend(events_of(record, item.document, &change));
                }
                self.add_change(record.doc(item.document), &change, item.device, &item.user, None)?;
                self.tx.unpark(item.document, item.hash)?;
                Ok(true)
            }
            Err(Stop::Denied(denial)) if matches!(denial.verdict, gate::Verdict::Park(_)) => Ok(false),
            Err(stop) => {
                let why = if let Stop::Denied(denial) = &stop { denial.code.id() } else { "implicated" };
                self.tx.quarantine(&SetAside { why: why.to_owned(), ..item.clone() })?;
                self.tx.unpark(item.document, item.hash)?;
                Ok(false)
            }
        }
    }
}

/// Why a change does not pass.
enum Stop {
    /// The person must not touch this record.
    Implicated,
    /// The gate says why.
    Denied(gate::Denial),
}

/// A contact or subject document comes with or after its case, and a colleague's part of a session with or after its leader's; a
/// case or session without a registration is no record.
fn waits_for_its_case(id: DocumentId, change: &Change) -> gate::Denial {
    let waits = match id.kind {
        DocKind::Contact | DocKind::Subject | DocKind::Sealed => true,
        DocKind::Case | DocKind::Session | DocKind::BoxOpening => {
            !Document::new(id.kind).missing(change).is_empty() || joins(id.kind, change)
        }
    };
    if waits {
        waits_for_another(9)
    } else {
        gate::Denial { verdict: gate::Verdict::Refuse, check: 9, code: gate::Code::NotRegistered, path: String::new() }
    }
}

const fn waits_for_another(check: u8) -> gate::Denial {
    let verdict = gate::Verdict::Park(Park::MissingDeps);
    gate::Denial { verdict, check, code: gate::Code::MissingDeps, path: String::new() }
}

/// First and last place, and time, of the rulings that a change of the server's own adds.
fn place_of_rulings(doc: &Doc, change: &Change) -> Option<(Order, Order, UnixSeconds)> {
    let before = doc.document.content().rulings;
    let mut after = doc.document.clone();
    after.apply(change);
    let added: Vec<(Order, String)> =
        after.content().rulings.into_iter().filter(|(order, _)| !before.contains_key(order)).collect();
    let (first, text) = added.first()?;
    let ruling: Ruling = serde_json::from_str(text).ok()?;
    Some((*first, added.last()?.0, ruling.at))
}

/// Ids of the events a change adds.
fn events_of(record: &Record, id: DocumentId, change: &Change) -> Vec<EventId> {
    let Some(doc) = record.docs.get(&id) else { return Vec::new() };
    let mut after = doc.document.clone();
    after.apply(change);
    let hash = change.hash();
    after.content().events.iter().filter(|(_, event)| event.change == hash).map(|(id, _)| *id).collect()
}
