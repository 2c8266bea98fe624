//! What people were told is saved. Knows nothing of how it is stored.

use shared::{
    document::content::Fact,
    model::{
        codes::CountKey,
        ids::{EventId, RecordId},
        record::{DocKind, DocumentId},
    },
};
use std::collections::{BTreeMap, BTreeSet};

/// One thing the app acknowledged.
#[derive(Clone, Debug)]
pub(super) struct Promise {
    /// Who was told.
    pub(super) to: &'static str,
    /// The document it stands in.
    pub(super) document: DocumentId,
    /// What.
    pub(super) what: Promised,
}

/// What was acknowledged.
#[derive(Clone, Debug)]
pub(super) enum Promised {
    /// An event.
    Event(EventId),
    /// A fact, as given.
    Fact(String, Fact),
    /// Words of a sealed report or step: for those it was sealed to.
    Told(String),
}

/// Everything acknowledged.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    pub(super) promises: Vec<Promise>,
    /// People counted, by session: the exact sum.
    pub(super) counts: BTreeMap<RecordId, BTreeMap<CountKey, i64>>,
}

impl Ledger {
    /// Notes an acknowledgement.
    pub(super) fn promise(&mut self, to: &'static str, document: DocumentId, what: Promised) {
        self.promises.push(Promise { to, document, what });
    }

    /// Forgets what was acknowledged of documents that nobody but the server had, when the server loses them.
    pub(super) fn forget_all_but(&mut self, held: &BTreeSet<DocumentId>) {
        // A case that was raised goes on under other documents.
        let sealed: BTreeSet<RecordId> = held.iter().filter(|id| id.kind == DocKind::Sealed).map(|id| id.record).collect();
        self.promises.retain(|promise| held.contains(&promise.document) || sealed.contains(&promise.document.record));
        self.counts.retain(|session, _| held.contains(&DocumentId::first(*session, DocKind::Session)));
    }

    /// Forgets the promises marked, when the server loses what it kept for a supervisor.
    pub(super) fn forget_set_aside(&mut self, aside: &[bool]) {
        let mut aside = aside.iter();
        self.promises.retain(|_| aside.next() != Some(&true));
    }

    /// Notes people counted.
    pub(super) fn count(&mut self, session: RecordId, counts: &BTreeMap<CountKey, i64>) {
        let sums = self.counts.entry(session).or_default();
        for (key, by) in counts {
            *sums.entry(*key).or_insert(0) += by;
        }
    }
}
