//! Raising a case to levels 4-5 after it came in plain: what the server holds of it is sealed to its recipients and purged, and it
//! goes on as a clear header, all in one transaction. What still comes of it later is sealed likewise. Nothing sealed here can be
//! opened here.
//!
//! # Source
//! design.md §4 (purge), §7 (sealed); domain.md §6 (T18).

use super::{
    desk::{CaseLife, Desk, Doc, Record},
    error::WorkError,
    place::case_placement,
    rule::ref_no,
    standing::Standing,
};
use crate::{audit::Deed, storage::scopes::Happened};
use shared::{
    document::content::{Edit, Fact},
    lifecycle::Placement,
    model::{
        codes::{Level, Urgency},
        dates::plus_days,
        event::Registered,
        ids::{Code, UserId},
        order::StepRef,
        record::{Class, DocKind, DocumentId},
        ruling::{Raised, Verdict},
    },
    routing, rows,
    seal::SealKey,
    sealed::{self, PastEvent, RaisedCase, all_facts},
};
use std::collections::BTreeMap;

/// Why a generation went: the case was raised.
pub(super) const MOVED: &str = "moved";
/// Why a generation went: it was sealed anew.
pub(super) const RESEALED: &str = "resealed";
/// A case that is to be raised, and to whose keys.
pub(super) struct Raising {
    pub(super) level: Level,
    pub(super) recipients: Vec<UserId>,
    pub(super) keys: Vec<SealKey>,
}

impl Desk<'_, '_> {
    /// Whom a case would have at this level, and their keys; none if nobody of them has one, or nothing can be sealed here.
    pub(super) fn raising(&self, standing: &Standing, level: Level, category: Option<&Code>) -> Option<Raising> {
        self.chance.as_ref()?;
        let recipients = routing::recipients(&self.in_force.settings, &standing.case_facts(level), category);
        let keys = self.in_force.book.keys_for(&recipients)?;
        Some(Raising { level, recipients, keys })
    }

    /// Seals, purges and begins anew.
    pub(super) fn raise(&mut self, record: &mut Record, life: &CaseLife, raising: &Raising) -> Result<(), WorkError> {
        let told = told(record, life);
        self.seal_raised(record, &told, &raising.keys)?;
        let header = DocumentId { generation: life.document.generation.saturating_add(1), ..life.document };
        for kind in [DocKind::Case, DocKind::Contact, DocKind::Subject] {
            // Also of a part that is still under way.
            let next = record.part(kind).map_or(0, |doc| doc.id.generation);
            for generation in 0..=next {
                self.purge(record, DocumentId { record: record.id, kind, generation }, MOVED)?;
            }
        }
        self.tx.delete_contact_keys(record.id)?;
        let within = i64::from(self.in_force.settings.limits.duplicate_days);
        let around = (plus_days(life.state.received_on, -within), plus_days(life.state.received_on, within));
        for other in self.tx.duplicates_of(record.id, around.0, around.1)? {
            self.tx.set_compared(other, None)?;
        }
        let placement = case_placement(&self.in_force.settings, &life.content, &life.standing, true);
        let mut edits = vec![put("ref_no", ref_no(life)), put("place.adm3", placement.adm3.0.clone())];
        edits.extend(placement.projects.first().map(|project| put("project", project.0.clone())));
        let registered = header_of(life, raising, &placement);
        let state = &life.state;
        let raised = Verdict::Raised(Raised {
            by: state.recorded_by.clone(),
            recorded_at: state.registered_at,
            first_at: state.first_receipt_at.unwrap_or(self.now),
            acknowledged_on: state.acknowledged_on,
            set: self.in_force.settings.version,
            registered,
        });
        let Placement { adm3, projects, .. } = placement;
        let placed = Verdict::Placed { adm3, projects, class: Class::SealedHeader };
        self.add_server_change(record.doc(header), edits, vec![(None, raised), (None, placed)])
    }

    /// What was told, part by part: each a change of its own, so that no frame is too long for it.
    fn seal_raised(&mut self, record: &mut Record, told: &RaisedCase, keys: &[SealKey]) -> Result<(), WorkError> {
        let id = self.next_sealed(record)?;
        let chance = self.chance.as_mut().ok_or(WorkError::Inconsistent("nothing can be sealed here"))?;
        let parts = sealed::put_raised(record.id, told, keys, chance).map_err(|_| WorkError::Inconsistent("not sealed"))?;
        let mut edits = vec![sealed::addressed(keys)];
        for part in parts {
            edits.push(part);
            self.add_server_change(record.doc(id), std::mem::take(&mut edits), Vec::new())?;
        }
        Ok(())
    }

    /// The sealed document that goes on, or the one to begin.
    pub(super) fn next_sealed(&self, record: &Record) -> Result<DocumentId, WorkError> {
        if let Some(doc) = record.part(DocKind::Sealed) {
            return Ok(doc.id);
        }
        let mut id = DocumentId::first(record.id, DocKind::Sealed);
        while self.tx.is_purged(id)? {
            id.generation = id.generation.checked_add(1).ok_or(WorkError::Inconsistent("generations"))?;
        }
        Ok(id)
    }

    /// Deletes a generation for good, in this transaction. The ledger outside of the database hears of it once it is over.
    pub(super) fn purge(&mut self, record: &mut Record, id: DocumentId, why: &'static str) -> Result<(), WorkError> {
        let (tx, now) = (self.tx, self.now);
        if tx.is_purged(id)? {
            return Ok(());
        }
        tx.insert_tombstone(id, now, why)?;
        if let Some(doc) = record.docs.remove(&id) {
            let names: BTreeMap<i64, _> = tx.scopes()?.into_iter().map(|scope| (scope.number, scope.id)).collect();
            for number in tx.scopes_of(id)? {
                let name = names.get(&number).ok_or(WorkError::Inconsistent("scope"))?;
                let scope = self.scope(name)?;
                tx.append_to_log(scope, id, Happened::Leave, doc.hash_before)?;
            }
        }
        // Also what was refused or waits of a part that never came in.
        tx.delete_document(id)?;
        self.purged.push((id, why));
        Ok(self.audit.note(Deed::Purged, &id.to_string(), why)?)
    }
}

pub(super) fn put(key: &str, text: String) -> Edit {
    Edit::Put { key: key.to_owned(), fact: Fact::Text(text) }
}

/// All that stands in a case's documents.
fn told(record: &Record, life: &CaseLife) -> RaisedCase {
    let part = |kind| record.part(kind).map(|doc| all_facts(&doc.document.content())).unwrap_or_default();
    let outbox = BTreeMap::new();
    let receipts = record.docs.get(&life.document).map(|doc| &doc.receipts);
    let events = receipts.map(|receipts| rows::events(&life.content, &Doc::sources(receipts, &outbox))).unwrap_or_default();
    let past = |step: &StepRef| {
        let StepRef::Event(id) = step else { return None };
        let entry = events.iter().find(|entry| entry.id == *id)?;
        let change = life.content.events.get(id)?.change;
        let received_at = receipts?.get(&change)?.at;
        Some(PastEvent { id: *id, received_at, event: entry.event.clone() })
    };
    RaisedCase {
        facts: all_facts(&life.content),
        contact: part(DocKind::Contact),
        subject: part(DocKind::Subject),
        events: life.state.steps.iter().filter_map(|step| past(&step.step)).collect(),
    }
}

fn header_of(life: &CaseLife, raising: &Raising, placement: &Placement) -> Registered {
    let state = &life.state;
    Registered {
        received_on: state.received_on,
        day_exact: state.day_exact,
        level: raising.level,
        urgency: Urgency::Immediate,
        entry_type: None,
        category: None,
        subject_role: None,
        voice_escalated_at: state.voice_escalated_at,
        recipients: raising.recipients.clone(),
        adm3: placement.adm3.clone(),
        project: placement.projects.first().cloned(),
    }
}
