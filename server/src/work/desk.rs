//! What one transaction has on its desk: records loaded once, with the documents, receipts and scopes they are judged by.
//! Adds changes, a device's or the server's own; decides nothing.

use super::{Server, error::WorkError, settings::InForce, standing::Standing};
use crate::{
    audit::{Audit, Witness},
    storage::{Tx, documents::DocumentHead, scopes::Scope},
};
use shared::{
    document::{
        actor::ActorId,
        change::Change,
        content::{Content, Edit},
        fold::Document,
    },
    entropy::Seeded,
    lifecycle::{CaseState, SessionState},
    model::{
        dates::{Day, UnixSeconds},
        ids::{ChangeHash, DeviceId, EventId, RecordId, UserId},
        order::{Order, Receipt},
        record::{DocKind, DocumentId},
        ruling::{Ruling, Verdict},
    },
    policy::Actor,
    rows::{self, Sources},
    settings::Settings,
    sync::{scope::ScopeId, set_hash::SetHash},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// One transaction's desk.
pub(super) struct Desk<'t, 'c> {
    pub(super) tx: &'t Tx<'c>,
    pub(super) server: &'t Server,
    pub(super) in_force: Arc<InForce>,
    pub(super) now: UnixSeconds,
    pub(super) epoch: u32,
    /// None where what is done draws no chance: nothing is sealed there, and no number given.
    pub(super) chance: Option<Seeded>,
    /// Generations that went in this transaction, and why: the ledger hears of them once it is over.
    pub(super) purged: Vec<(DocumentId, &'static str)>,
    pub(super) audit: Audit<'t, 'c>,
    pub(super) tallies_changed: bool,
    witness: Witness,
    records: BTreeMap<RecordId, Record>,
    scopes: BTreeMap<ScopeId, Scope>,
}

/// One record: its documents, and where its life stands.
pub(super) struct Record {
    pub(super) id: RecordId,
    pub(super) docs: BTreeMap<DocumentId, Doc>,
    /// Events to be ruled `not_counted`: rights for them were lost before they came.
    pub(super) not_counted: Vec<EventId>,
}

/// One document.
pub(super) struct Doc {
    pub(super) id: DocumentId,
    pub(super) document: Document,
    pub(super) receipts: BTreeMap<ChangeHash, Receipt>,
    /// None before its first change.
    pub(super) head: Option<DocumentHead>,
    /// Changes of this transaction, not yet in any log.
    pub(super) fresh: Vec<(Order, ChangeHash)>,
    /// Sum of what stood before this transaction.
    pub(super) hash_before: SetHash,
    pub(super) changed: bool,
}

/// A case folded.
pub(super) struct CaseLife {
    pub(super) document: DocumentId,
    pub(super) content: Content,
    pub(super) state: CaseState,
    pub(super) standing: Standing,
}

/// A session or a box opening folded.
pub(super) struct SessionLife {
    pub(super) document: DocumentId,
    pub(super) content: Content,
    pub(super) state: SessionState,
    pub(super) standing: Standing,
}

impl Doc {
    pub(super) fn empty(id: DocumentId) -> Self {
        Self {
            id,
            document: Document::new(id.kind),
            receipts: BTreeMap::new(),
            head: None,
            fresh: Vec::new(),
            hash_before: SetHash::default(),
            changed: false,
        }
    }

    pub(super) fn sources<'a>(receipts: &'a BTreeMap<ChangeHash, Receipt>, outbox: &'a BTreeMap<ChangeHash, u64>) -> Sources<'a> {
        Sources { receipts, outbox, own: None }
    }

    /// Folds it as a case, with one more change perhaps.
    pub(super) fn case_life(&self, settings: &Settings, and: Option<&Change>) -> Option<CaseLife> {
        let content = self.content(and);
        let outbox = BTreeMap::new();
        let state = rows::case_state(&content, &Self::sources(&self.receipts, &outbox), settings)?;
        let standing = Standing::of_case(&content, &state);
        Some(CaseLife { document: self.id, content, state, standing })
    }

    /// Folds it as a session, with one more change perhaps.
    pub(super) fn session_life(&self, settings: &Settings, and: Option<&Change>) -> Option<SessionLife> {
        let content = self.content(and);
        let outbox = BTreeMap::new();
        let state = rows::session_state(&content, &Self::sources(&self.receipts, &outbox), settings)?;
        let standing = Standing::of_session(self.id.kind, &content, &state);
        Some(SessionLife { document: self.id, content, state, standing })
    }

    fn content(&self, and: Option<&Change>) -> Content {
        match and {
            None => self.document.content(),
            Some(change) => {
                let mut document = self.document.clone();
                document.apply(change);
                document.content()
            }
        }
    }
}

impl Record {
    /// The newest generation of one part.
    pub(super) fn part(&self, kind: DocKind) -> Option<&Doc> {
        self.docs.values().rfind(|doc| doc.id.kind == kind)
    }

    /// A document, begun if it is not there.
    pub(super) fn doc(&mut self, id: DocumentId) -> &mut Doc {
        self.docs.entry(id).or_insert_with(|| Doc::empty(id))
    }

    pub(super) fn case_life(&self, settings: &Settings) -> Option<CaseLife> {
        self.part(DocKind::Case)?.case_life(settings, None)
    }

    /// The document of a session, or of a box opening, which folds as one.
    pub(super) fn session_part(&self) -> Option<&Doc> {
        self.part(DocKind::Session).or_else(|| self.part(DocKind::BoxOpening))
    }

    pub(super) fn session_life(&self, settings: &Settings) -> Option<SessionLife> {
        self.session_part()?.session_life(settings, None)
    }
}

impl<'t, 'c> Desk<'t, 'c> {
    pub(super) fn new(tx: &'t Tx<'c>, server: &'t Server, witness: Witness, chance: Option<Seeded>) -> Result<Self, WorkError> {
        let deployment = tx.deployment()?.ok_or(WorkError::Inconsistent("no deployment"))?;
        let mut in_force = server.in_force();
        if in_force.settings.version != deployment.settings_version {
            // Published in this very group of transactions, or by one whose caller has not come back yet.
            in_force = Arc::new(InForce::load(tx, server.keys().signing())?);
        }
        Ok(Self {
            tx,
            server,
            in_force,
            now: witness.now,
            epoch: deployment.epoch,
            chance,
            purged: Vec::new(),
            audit: Audit::new(tx, witness.clone()),
            tallies_changed: false,
            witness,
            records: BTreeMap::new(),
            scopes: BTreeMap::new(),
        })
    }

    pub(super) fn today(&self) -> Day {
        self.now.day(self.in_force.settings.utc_offset_min)
    }

    /// After a savepoint was undone: what was loaded may be ahead of the database.
    pub(super) fn forget(&mut self) {
        self.records.clear();
        self.scopes.clear();
        self.audit = Audit::new(self.tx, self.witness.clone());
    }

    /// Puts a record on the desk.
    pub(super) fn record(&mut self, id: RecordId) -> Result<&mut Record, WorkError> {
        if !self.records.contains_key(&id) {
            let record = load(self.tx, id)?;
            self.records.insert(id, record);
        }
        self.records.get_mut(&id).ok_or(WorkError::Inconsistent("record"))
    }

    /// Takes a record off the desk, to work on it beside others.
    pub(super) fn take(&mut self, id: RecordId) -> Result<Record, WorkError> {
        match self.records.remove(&id) {
            Some(record) => Ok(record),
            None => load(self.tx, id),
        }
    }

    /// Puts it back.
    pub(super) fn put_back(&mut self, record: Record) {
        self.records.insert(record.id, record);
    }

    /// A scope; a new one gets its followers.
    pub(super) fn scope(&mut self, id: &ScopeId) -> Result<&mut Scope, WorkError> {
        if !self.scopes.contains_key(id) {
            let (scope, is_new) = self.tx.scope(id)?;
            if is_new {
                super::place::add_followers(self.tx, &self.in_force.settings, &scope)?;
            }
            self.scopes.insert(id.clone(), scope);
        }
        self.scopes.get_mut(id).ok_or(WorkError::Inconsistent("scope"))
    }

    /// Adds a device's change that passed the gate; answers its receipt. `earlier` is the receipt it got before a restore.
    pub(super) fn add_change(
        &self,
        doc: &mut Doc,
        change: &Change,
        device: DeviceId,
        user: &UserId,
        earlier: Option<Receipt>,
    ) -> Result<Receipt, WorkError> {
        let receipt = match earlier {
            Some(receipt) => receipt,
            None => {
                let mut receipt = Receipt {
                    change: change.hash(),
                    order: self.next_order(doc),
                    at: self.now,
                    device,
                    user: user.clone(),
                    mac: [0; 16],
                };
                self.server.keys().seal_receipt(doc.id, &mut receipt);
                receipt
            }
        };
        self.store(doc, change, &receipt, receipt.order)?;
        Ok(receipt)
    }

    /// Writes rulings as one change of the server's.
    pub(super) fn add_rulings(&mut self, doc: &mut Doc, verdicts: Vec<(Option<EventId>, Verdict)>) -> Result<(), WorkError> {
        self.add_server_change(doc, Vec::new(), verdicts)
    }

    /// Writes facts and rulings as one change of the server's.
    pub(super) fn add_server_change(
        &mut self,
        doc: &mut Doc,
        mut edits: Vec<Edit>,
        verdicts: Vec<(Option<EventId>, Verdict)>,
    ) -> Result<(), WorkError> {
        let first = self.next_order(doc);
        let mut order = first;
        for (i, (on, verdict)) in (0_u32..).zip(verdicts) {
            order = Order { epoch: first.epoch, n: first.n.saturating_add(i) };
            let (code, is_decision) = audited(&verdict);
            let ruling = Ruling { at: self.now, on, verdict };
            let text = serde_json::to_string(&ruling).map_err(|_| WorkError::Inconsistent("ruling"))?;
            edits.push(Edit::Ruling { order, text });
            if is_decision {
                self.audit.note(crate::audit::Deed::Ruled, &doc.id.record.to_string(), code)?;
            }
        }
        let actor = ActorId::server(self.epoch);
        let written = doc.document.write(actor, &edits).map_err(|_| WorkError::Inconsistent("a ruling can't be written"))?;
        let Some(change) = written else { return Ok(()) };
        let mac = self.server.keys().server_change_mac(doc.id, &change.hash());
        let receipt = server_receipt(change.hash(), first, self.now, mac);
        self.store(doc, &change, &receipt, order)
    }

    pub(super) fn next_order(&self, doc: &Doc) -> Order {
        match &doc.head {
            Some(head) if head.last.epoch == self.epoch => Order { epoch: self.epoch, n: head.last.n.saturating_add(1) },
            _ => Order { epoch: self.epoch, n: 1 },
        }
    }

    /// Keeps a change and applies it. `last` is the last place it takes.
    pub(super) fn store(&self, doc: &mut Doc, change: &Change, receipt: &Receipt, last: Order) -> Result<(), WorkError> {
        let hash = SetHash::of(doc.id, &receipt.change);
        match &mut doc.head {
            None => {
                let head = DocumentHead {
                    author: receipt.user.clone(),
                    author_device: receipt.device,
                    last,
                    set_hash: hash,
                    has_left: false,
                    is_personal: false,
                };
                self.tx.insert_document(doc.id, &head, self.now)?;
                doc.head = Some(head);
            }
            Some(head) => {
                head.last = head.last.max(last);
                head.set_hash = head.set_hash.plus(hash);
            }
        }
        self.tx.insert_change(doc.id, change.raw(), receipt)?;
        doc.document.apply(change);
        doc.receipts.insert(receipt.change, receipt.clone());
        doc.fresh.push((receipt.order, receipt.change));
        doc.changed = true;
        Ok(())
    }
}

/// How the database keeps a change of the server's own: nobody's, on no device.
pub(super) fn server_receipt(change: ChangeHash, order: Order, at: UnixSeconds, mac: [u8; 16]) -> Receipt {
    Receipt { change, order, at, device: DeviceId([0; 10]), user: UserId::default(), mac }
}

/// A ruling's code in the audit log, and whether it is a decision about someone's step.
fn audited(verdict: &Verdict) -> (&'static str, bool) {
    match verdict {
        Verdict::Accepted {} => ("accepted", true),
        Verdict::Refused { .. } => ("refused", true),
        Verdict::NotCounted {} => ("not_counted", true),
        Verdict::Routed { .. } => ("routed", true),
        Verdict::Placed { .. } => ("placed", false),
        Verdict::Escalated { .. } => ("escalated", true),
        Verdict::ReceivedOn { .. } => ("received_on", true),
        Verdict::RefNoReissued { .. } => ("ref_no_reissued", true),
        Verdict::MergedFrom { .. } => ("merged_from", true),
        Verdict::Recipients { .. } => ("recipients", true),
        Verdict::Raised(_) => ("raised", true),
    }
}

/// Whether a case excludes someone, to whom not even its number may be told. None where no case can be read any more.
pub(super) fn is_implicated(
    tx: &Tx<'_>,
    settings: &Settings,
    actor: &Actor,
    record: RecordId,
) -> Result<Option<bool>, WorkError> {
    let life = load(tx, record)?.case_life(settings);
    Ok(life.map(|life| life.standing.resource(settings, actor, DocKind::Case, false).implicated))
}

/// Loads a record's documents from their raw changes.
pub(super) fn load(tx: &Tx<'_>, id: RecordId) -> Result<Record, WorkError> {
    let mut docs = BTreeMap::new();
    for document in tx.documents_of(id)? {
        docs.insert(document, load_document(tx, document)?);
    }
    Ok(Record { id, docs, not_counted: Vec::new() })
}

fn load_document(tx: &Tx<'_>, id: DocumentId) -> Result<Doc, WorkError> {
    let mut doc = Doc::empty(id);
    doc.head = tx.document(id)?;
    doc.hash_before = doc.head.as_ref().map(|head| head.set_hash).unwrap_or_default();
    for stored in tx.changes(id)? {
        let change = Change::from_raw(&stored.raw).map_err(|_| WorkError::Inconsistent("a stored change"))?;
        doc.document.apply(&change);
        doc.receipts.insert(stored.receipt.change, stored.receipt);
    }
    Ok(doc)
}

/// Every document that stands in some scope, by scope number.
pub(super) fn scopes_of(tx: &Tx<'_>, document: DocumentId) -> Result<BTreeSet<i64>, WorkError> {
    Ok(tx.scopes_of(document)?.into_iter().collect())
}
