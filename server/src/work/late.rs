//! Changes that come of a generation after it was sealed or raised: kept for those who read the case now, refused to nobody who
//! wrote them honestly, and readable by no one else.
//!
//! # Source
//! design.md §4 (purge: late changes are sealed likewise and answered `moved`).

use super::{
    desk::{Desk, Record},
    error::WorkError,
    raise::{MOVED, RESEALED, put},
    receive::Pusher,
};
use shared::{
    document::{
        change::Change,
        content::{Edit, Fact},
        fields::{self, BODY, BODY_INTAKE, SEALED_TO},
    },
    gate,
    model::{
        ids::UserId,
        record::{DocKind, DocumentId},
    },
    policy::{self, Action, Actor},
    seal::SealKey,
    sealed::{self, Late},
    sync::{
        frames::up::Pushed,
        verdict::{ParkReason, Verdict},
    },
};

/// Most late changes kept of one case; an honest device has a handful.
const MOST_LATE: usize = 500;

impl Desk<'_, '_> {
    /// A change of a generation that is gone. If the case was raised or sealed anew meanwhile, it is kept for those who read it now.
    pub(super) fn late(
        &mut self,
        pusher: &Pusher<'_>,
        record: &mut Record,
        pushed: &Pushed,
        why: &str,
    ) -> Result<Verdict, WorkError> {
        let id = pushed.framed.document;
        if why != MOVED && why != RESEALED {
            return Ok(Verdict::Moved);
        }
        let change = match gate::parse_ingress(id.kind, &pushed.framed.change) {
            Ok(change) => change,
            Err(denial) => return self.refuse(pusher, pushed, denial.code.id(), &denial.path),
        };
        let by = match &pushed.receipt {
            // Handed back after a restore. The server's own rulings say nothing of the person.
            Some(receipt) if receipt.change == change.hash() && self.server.keys().receipt_holds(id, receipt) => {
                receipt.user.clone()
            }
            Some(_) => return Ok(Verdict::Moved),
            None if change.actor().and_then(|actor| actor.as_device()).is_some_and(|(device, _)| device == pusher.device()) => {
                pusher.user().clone()
            }
            None => return self.refuse(pusher, pushed, gate::Code::Actor.id(), ""),
        };
        if id.kind == DocKind::Sealed && pushed.receipt.is_none() && !self.could_seal(pusher, record) {
            return self.refuse(pusher, pushed, gate::Code::NotAllowed.id(), "");
        }
        match self.take_late(record, id, &change, &by)? {
            Taken::Kept => Ok(Verdict::Moved),
            Taken::NotYet => Ok(Verdict::Parked(ParkReason::MissingDep)),
            Taken::TooMany => self.refuse(pusher, pushed, gate::Code::TooBig.id(), ""),
        }
    }

    /// Whether this person may add to what is sealed, or might when the device last pulled.
    fn could_seal(&self, pusher: &Pusher<'_>, record: &Record) -> bool {
        let settings = &self.in_force.settings;
        let Some(life) = record.case_life(settings) else { return false };
        let standings = self.earlier_standings(pusher, record, &life.standing);
        let actors: Vec<&Actor> = pusher.then.iter().chain(&pusher.session.actor).collect();
        standings.iter().any(|standing| {
            actors.iter().any(|actor| {
                let resource = standing.resource(settings, actor, DocKind::Sealed, false);
                policy::may(actor, Action::Put(BODY_INTAKE), Some(&resource))
            })
        })
    }

    /// A change of what was sealed or raised meanwhile. Answers whether it is kept for those who read the case now.
    fn take_late(&mut self, record: &mut Record, of: DocumentId, change: &Change, by: &UserId) -> Result<Taken, WorkError> {
        let in_force = std::sync::Arc::clone(&self.in_force);
        let Some(life) = record.case_life(&in_force.settings).filter(|life| life.state.level.is_sealed()) else {
            return Ok(Taken::NotYet);
        };
        if of.kind == DocKind::Sealed {
            return self.take_late_envelopes(record, change);
        }
        let late = Late::of(change, of.kind, by.clone(), self.now);
        let Some(keys) = in_force.book.keys_for(&life.state.recipients) else { return Ok(Taken::NotYet) };
        let id = self.next_sealed(record)?;
        let content = record.doc(id).document.content();
        let key = sealed::late_key(&change.hash());
        if late.is_empty() || content.facts.contains_key(&key) {
            return Ok(Taken::Kept);
        }
        if sealed::body_keys(&content).count() >= MOST_LATE {
            return Ok(Taken::TooMany);
        }
        let chance = self.chance.as_mut().ok_or(WorkError::Inconsistent("nothing can be sealed here"))?;
        let sealed = sealed::put_late(record.id, &change.hash(), &late, &keys, chance);
        let mut edits = vec![sealed.map_err(|_| WorkError::Inconsistent("not sealed"))?];
        self.address_anew(record, id, &keys, &mut edits);
        self.add_server_change(record.doc(id), edits, Vec::new())?;
        Ok(Taken::Kept)
    }

    /// Where a document is not sealed to these very keys, it is after this for nobody as a whole: those who can open all of it
    /// have to seal it anew.
    fn address_anew(&self, record: &mut Record, id: DocumentId, keys: &[SealKey], edits: &mut Vec<Edit>) {
        let doc = record.doc(id);
        if doc.head.is_none() {
            edits.push(sealed::addressed(keys));
        } else if !sealed::is_addressed_to(&doc.document.content(), keys) {
            edits.push(put(SEALED_TO, String::new()));
        }
    }

    /// Envelopes that were put into a generation which was sealed anew meanwhile: they go on as they are.
    fn take_late_envelopes(&mut self, record: &mut Record, change: &Change) -> Result<Taken, WorkError> {
        let Some(id) = record.part(DocKind::Sealed).map(|doc| doc.id) else { return Ok(Taken::NotYet) };
        let doc = record.doc(id);
        let content = doc.document.content();
        let late = Late::of(change, DocKind::Sealed, UserId::default(), self.now);
        let is_new = |key: &str, fact: &Fact| {
            let fits = fields::find(DocKind::Sealed, key).is_some_and(|field| field.kind.fits(fact));
            key.starts_with(BODY) && !content.facts.contains_key(key) && fits
        };
        let envelopes = late.facts.into_iter().filter(|(key, fact)| is_new(key, fact));
        let mut edits: Vec<Edit> = envelopes.map(|(key, fact)| Edit::Put { key, fact }).collect();
        if edits.is_empty() {
            return Ok(Taken::Kept);
        }
        // Sealed to those who held it then.
        edits.push(put(SEALED_TO, String::new()));
        self.add_server_change(doc, edits, Vec::new())?;
        Ok(Taken::Kept)
    }
}

/// What became of a late change.
enum Taken {
    /// It is kept, or said nothing.
    Kept,
    /// It can't be sealed yet.
    NotYet,
    /// More than any honest device has.
    TooMany,
}
