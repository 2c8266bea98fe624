//! What is sealed, on this device: opened in memory for whoever has a key here and never written back, and sealed anew, piece by
//! piece and without being asked, once others are to hold it.

use super::{
    documents::{self, Held, ReadError},
    failure,
    intents::DoError,
    open::Open,
    record::{Record, State},
    storage::StoreError,
};
use crate::protocol::{
    Answer, Failure, FailureCode,
    sealed::{SealedCase, Told},
};
use shared::{
    document::content::{Content, Fact, Facts},
    entropy::Entropy,
    intent::{self, Intent},
    model::{
        dates::UnixSeconds,
        ids::RecordId,
        record::{DocKind, DocumentId},
    },
    seal::SecretKey,
    sealed::{self, AllFacts, Said},
};
use std::collections::{BTreeMap, BTreeSet};

/// Records looked at in one go, so that nobody waits for it.
const LOOKED_AT_ONCE: usize = 20;

/// Sealed cases that others may be to hold now. Nothing of it needs to survive a lock: it is looked for again.
#[derive(Default)]
pub(super) struct Resealing {
    to_look_at: BTreeSet<RecordId>,
    due: BTreeSet<RecordId>,
}

impl Resealing {
    /// Cases still to be sealed anew, as far as is known.
    pub(super) fn left(&self) -> u32 {
        u32::try_from(self.due.len()).unwrap_or(u32::MAX)
    }
}

/// A record's sealed documents, oldest generation first.
pub(super) struct SealedParts(Vec<(DocumentId, Content)>);

impl SealedParts {
    pub(super) const fn none() -> Self {
        Self(Vec::new())
    }

    pub(super) fn contents(&self) -> Vec<(DocumentId, &Content)> {
        self.0.iter().map(|(id, content)| (*id, content)).collect()
    }
}

impl Open {
    /// Reads a record's sealed documents.
    ///
    /// # Errors
    /// [`ReadError`].
    pub(super) fn sealed_parts(&self, record: RecordId) -> Result<SealedParts, ReadError> {
        let held = documents::generations(&self.conn, record, DocKind::Sealed)?;
        Ok(SealedParts(held.into_iter().map(|Held { id, document, .. }| (id, document.content())).collect()))
    }

    /// The key that opens these, of several on this device the one that opens most; of equals the newest.
    pub(super) fn opener(&self, record: RecordId, parts: &SealedParts) -> Option<SecretKey> {
        let opened = |key: &SecretKey| -> usize {
            let bodies = parts.0.iter().flat_map(|(_, content)| sealed::bodies(content, record, key));
            bodies.filter(|body| body.said.is_ok()).count()
        };
        let secrets: Vec<SecretKey> = self.own_keys.cards.iter().map(|card| card.secret()).collect();
        if secrets.len() <= 1 { secrets.into_iter().next() } else { secrets.into_iter().max_by_key(opened) }
    }

    /// A sealed case as a page shows it; none for others.
    ///
    /// # Errors
    /// [`ReadError`].
    pub(super) fn sealed_case(&self, read: &Record) -> Result<Option<SealedCase>, ReadError> {
        let State::Case(state) = &read.state else { return Ok(None) };
        if !state.level.is_sealed() {
            return Ok(None);
        }
        let parts = self.sealed_parts(read.id)?;
        let key = self.opener(read.id, &parts);
        let mut told = BTreeMap::new();
        let mut names = BTreeSet::new();
        for (_, content) in parts.0.iter().rev() {
            names.extend(sealed::body_keys(content).map(str::to_owned));
            let bodies = key.iter().flat_map(|key| sealed::bodies(content, read.id, key));
            for body in bodies {
                if let Ok(said) = body.said {
                    told.entry(body.key).or_insert_with(|| shown(said));
                }
            }
        }
        // Of a raised case only the first part is told, for all of them.
        let is_told = |name: &String| told.contains_key(name) || (is_further_part(name) && has_raised(&told));
        let shut = !names.iter().all(is_told);
        let hours = i64::from(self.settings.limits.escalation_hours);
        let look_by = state.first_receipt_at.filter(|_| !state.seen && state.is_open()).map(|at| at.plus(hours * 3_600));
        Ok(Some(SealedCase { recipients: state.recipients.clone(), told: in_order(told), shut, look_by }))
    }

    /// Whether what is in this form would be sealed: someone of those it would go to has a key.
    pub(super) fn can_seal(&self, facts: &Facts) -> Answer {
        let recipients = intent::recipients_of(facts, &self.account.user, &self.settings);
        Answer::CanSeal(self.held.book.keys_for(&recipients).is_some())
    }

    /// Notes records, or all that are sealed, to be looked at: others may be to hold them now.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(super) fn look_for_resealing(&mut self, touched: Option<&BTreeSet<RecordId>>) -> Result<(), StoreError> {
        if self.own_keys.cards.is_empty() {
            return Ok(());
        }
        let sealed = documents::records_with(&self.conn, DocKind::Sealed)?;
        let wanted = sealed.into_iter().filter(|record| touched.is_none_or(|touched| touched.contains(record)));
        self.resealing.to_look_at.extend(wanted);
        Ok(())
    }

    /// Looks at a few records and seals one piece of one that others are to hold now. Says whether anything was sealed or found.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(super) fn reseal_next(&mut self, now: UnixSeconds, entropy: &mut dyn Entropy) -> Result<bool, StoreError> {
        let before = self.resealing.due.len();
        for _ in 0..LOOKED_AT_ONCE {
            let Some(record) = self.resealing.to_look_at.pop_first() else { break };
            if self.is_reseal_due(record)? {
                self.resealing.due.insert(record);
            }
        }
        let Some(record) = self.resealing.due.first().copied() else { return Ok(before > 0) };
        // One that this device can't open whole is left to someone who can.
        let sealed = self.perform(&Intent::Reseal { record }, now, entropy).is_ok();
        if !sealed || !self.is_reseal_due(record)? {
            self.resealing.due.remove(&record);
        }
        Ok(true)
    }

    fn is_reseal_due(&self, record: RecordId) -> Result<bool, StoreError> {
        let read = match Record::read(&self.conn, record, &self.settings, &self.account.user) {
            Ok(read) => read,
            Err(ReadError::Damaged(_)) => return Ok(false),
            Err(ReadError::Store(error)) => return Err(error),
        };
        let Some(State::Case(state)) = read.as_ref().map(|read| &read.state) else { return Ok(false) };
        // Whoever does not hold it any more seals nothing; nor does its author, who can't open it.
        if !state.level.is_sealed() || !state.recipients.contains(&self.account.user) {
            return Ok(false);
        }
        let parts = self.sealed_parts(record).map_err(StoreError::from)?;
        Ok(sealed::is_due(&parts.contents(), &self.held.book, &state.recipients))
    }
}

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Damaged(_) => failure(FailureCode::Unreadable),
            ReadError::Store(error) => failure(error.code()),
        }
    }
}

/// What is sealed and opened for an intent: only where it needs it.
pub(super) fn parts_for(open: &Open, intent: &Intent) -> Result<SealedParts, DoError> {
    match intent {
        Intent::SealedStep { record, .. } | Intent::Reseal { record } => Ok(open.sealed_parts(*record)?),
        _ => Ok(SealedParts::none()),
    }
}

fn is_further_part(name: &str) -> bool {
    name.strip_prefix("body.raised.").is_some_and(|part| part != "0")
}

fn has_raised(told: &BTreeMap<String, Told>) -> bool {
    told.values().any(|told| matches!(told, Told::Raised { .. }))
}

fn in_order(told: BTreeMap<String, Told>) -> Vec<Told> {
    let mut told: Vec<Told> = told.into_values().collect();
    told.sort_by_key(|told| match told {
        Told::Intake(_) | Told::Raised { .. } => 0,
        Told::Step(..) => 1,
        Told::Late { .. } => 2,
    });
    told
}

fn shown(said: Said) -> Told {
    match said {
        Said::Intake(facts) => Told::Intake(facts),
        Said::Step(event, words) => Told::Step(event, words),
        Said::Raised(case) => {
            let parts = [(DocKind::Case, case.facts), (DocKind::Contact, case.contact), (DocKind::Subject, case.subject)];
            let facts = parts.into_iter().flat_map(|(doc, all)| value_by_value(all).map(move |facts| (doc, facts)));
            let events = case.events.into_iter().map(|past| (past.id, past.received_at, past.event));
            Told::Raised { facts: facts.collect(), events: events.collect() }
        }
        Said::Late(late) => Told::Late { doc: late.doc, by: late.by, at: late.at, facts: late.facts, events: late.events },
    }
}

/// Facts with their first values, then those that had a second one with it, and so on.
fn value_by_value(all: AllFacts) -> impl Iterator<Item = Facts> {
    let most = all.values().map(Vec::len).max().unwrap_or(0);
    (0..most).map(move |n| {
        let nth = |(key, values): (&String, &Vec<Fact>)| Some((key.clone(), values.get(n)?.clone()));
        all.iter().filter_map(nth).collect()
    })
}
