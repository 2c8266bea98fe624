//! Rulings: what the server decides on a record once its new changes are in. The decisions are `shared::lifecycle`'s and
//! `shared::routing`'s; here they are written down in the right order.

use super::{
    desk::{CaseLife, Desk, Record, SessionLife},
    error::WorkError,
    place::{case_placement, session_placement},
    raise::Raising,
    standing::last_placed,
};
use crate::storage::ref_numbers::RefNumber;
use shared::{
    clocks,
    document::content::Content,
    lifecycle::{self, MergeTarget, RuleContext},
    model::{
        codes::{Consent, IdentityMode, Level},
        event::{Event, Step},
        ids::{EventId, RecordId, UserId},
        record::DocKind,
        ruling::{DayReason, Refusal, RouteReason, Verdict},
    },
    policy, routing, rows,
};
use std::collections::{BTreeMap, BTreeSet};

/// More rounds than this on one record is a fault of ours, not a long story.
const MOST_ROUNDS: usize = 400;

/// Rulings of one step, with the event they answer.
type Rulings = Vec<(Option<EventId>, Verdict)>;

/// What follows on a case as it stands.
enum Next {
    /// These rulings.
    Rule(Rulings),
    /// It is raised to levels 4-5.
    Raise(Raising),
    /// Nothing more.
    Settled,
}

impl Desk<'_, '_> {
    /// Rules on everything of a record that waits, writes where it belongs, and brings rows, scopes and sums up to date.
    /// Answers other records that this one touched.
    pub(super) fn settle(&mut self, record: &mut Record) -> Result<BTreeSet<RecordId>, WorkError> {
        let mut touched = BTreeSet::new();
        if record.part(DocKind::Case).is_some_and(|doc| doc.head.is_some()) {
            self.settle_case(record, &mut touched)?;
        } else if record.session_part().is_some_and(|doc| doc.head.is_some()) {
            self.settle_session(record)?;
        }
        record.not_counted.clear();
        Ok(touched)
    }

    fn settle_case(&mut self, record: &mut Record, touched: &mut BTreeSet<RecordId>) -> Result<(), WorkError> {
        let in_force = std::sync::Arc::clone(&self.in_force);
        let settings = &in_force.settings;
        let lost = || WorkError::Inconsistent("a case without a registration");
        let mut life = record.case_life(settings).ok_or_else(lost)?;
        let first = self.first_rulings(record, &life)?;
        if !first.is_empty() {
            self.write(record, &life, first)?;
            life = record.case_life(settings).ok_or_else(lost)?;
        }
        for _ in 0..MOST_ROUNDS {
            match self.next(record, &life, touched)? {
                Next::Rule(rulings) => self.write(record, &life, rulings)?,
                Next::Raise(raising) => self.raise(record, &life, &raising)?,
                Next::Settled => {
                    self.let_older_go(record, &life)?;
                    self.project_case(record, &life)?;
                    return self.place(record, &life.standing);
                }
            }
            life = record.case_life(settings).ok_or_else(lost)?;
        }
        Err(WorkError::Inconsistent("rulings that never end"))
    }

    fn write(&mut self, record: &mut Record, life: &CaseLife, rulings: Rulings) -> Result<(), WorkError> {
        self.add_rulings(record.doc(life.document), rulings)
    }

    /// What does not depend on the order of steps: rights lost, the day received, the receipt number, the place.
    fn first_rulings(&mut self, record: &Record, life: &CaseLife) -> Result<Rulings, WorkError> {
        let mut rulings: Rulings = record.not_counted.iter().map(|id| (Some(*id), Verdict::NotCounted {})).collect();
        let state = &life.state;
        let is_new = state.placed.is_none();
        if is_new {
            let offset = self.in_force.settings.utc_offset_min;
            let receipt_day = state.first_receipt_at.unwrap_or(self.now).day(offset);
            rulings.extend(clocks::received_on_ruling(state.received_on, receipt_day).map(|verdict| (None, verdict)));
            rulings.extend(self.check_ref_no(record.id, life)?.map(|verdict| (None, verdict)));
        }
        let placement = case_placement(&self.in_force.settings, &life.content, &life.standing, !is_new);
        if state.placed.as_ref() != Some(&placement) {
            let lifecycle::Placement { adm3, projects, class } = placement;
            rulings.push((None, Verdict::Placed { adm3, projects, class }));
        }
        Ok(rulings)
    }

    /// A receipt number in use, or leased to another device, is replaced.
    fn check_ref_no(&mut self, record: RecordId, life: &CaseLife) -> Result<Option<Verdict>, WorkError> {
        let Some(ref_no) = life.content.text("ref_no").map(str::to_owned) else { return Ok(None) };
        let device = life_device(record, life, self)?;
        match self.tx.ref_number(&ref_no)? {
            Some(held) if held.record == Some(record) => return Ok(None),
            Some(held) if held.record.is_none() && held.device == device => {
                self.tx.use_ref_number(&ref_no, record)?;
                return Ok(None);
            }
            // Leased before a restore, and the lease is lost with what was lost: nobody else has it.
            None => {
                self.tx.insert_ref_number(&ref_no, &[0; 32], RefNumber { device, record: Some(record) }, self.now)?;
                return Ok(None);
            }
            Some(_) => {}
        }
        let mut chance = self.chance.clone().ok_or(WorkError::Inconsistent("no chance to draw a number from"))?;
        let fresh = self.server.lease(self.tx, device, 1, self.now, &mut chance)?;
        self.chance = Some(chance);
        let Some(fresh) = fresh.first() else { return Err(WorkError::Inconsistent("no receipt numbers left")) };
        let ref_no = super::sign_in::full_ref_no(fresh.number);
        self.tx.use_ref_number(&ref_no, record)?;
        Ok(Some(Verdict::RefNoReissued { ref_no }))
    }

    /// What follows next on a case: proposals in order, then who holds it, whether it must be sealed, and the route.
    fn next(&mut self, record: &Record, life: &CaseLife, touched: &mut BTreeSet<RecordId>) -> Result<Next, WorkError> {
        let in_force = std::sync::Arc::clone(&self.in_force);
        let settings = &in_force.settings;
        let facts = life.standing.case_facts(life.state.level);
        let doc = record.docs.get(&life.document).ok_or(WorkError::Inconsistent("document"))?;
        let outbox = BTreeMap::new();
        let events = rows::events(&life.content, &super::desk::Doc::sources(&doc.receipts, &outbox));
        for pending in &life.state.pending {
            let Some(proposal) = events.iter().find(|entry| entry.id == *pending) else { continue };
            let merge_target = self.merge_target(record.id, &proposal.event)?;
            let raises = match &proposal.event.step {
                Step::Classified { level, category, .. } if level.is_sealed() => Some((*level, category)),
                _ => None,
            };
            if raises.is_some() && self.chance.is_none() {
                // Nothing can be sealed here: it waits for the next change, or the next call.
                continue;
            }
            let raising = raises.and_then(|(level, category)| self.raising(&life.standing, level, Some(category)));
            let context = RuleContext {
                settings,
                record: record.id,
                facts: &facts,
                identity_mode: life.content.text("intake.identity_mode").and_then(IdentityMode::from_id),
                contact_known: contact_known(record),
                consent_refer: life.content.text("consent.refer").and_then(Consent::from_id),
                merge_target,
                can_seal: raising.is_some(),
            };
            // Whose account was closed since can't decide any more.
            let verdict = match policy::actor(settings, &proposal.event.by) {
                Some(author) => lifecycle::rule(&life.state, proposal, &author, &context),
                None => Some(Verdict::Refused { why: Refusal::NeedsHigherRole }),
            };
            let Some(verdict) = verdict else { continue };
            if verdict == (Verdict::Accepted {})
                && let Some(raising) = raising
            {
                return Ok(Next::Raise(raising));
            }
            if verdict == (Verdict::Accepted {})
                && let Step::Merged { into, .. } = &proposal.event.step
            {
                self.merge_into(record, life, *into)?;
                touched.insert(*into);
            }
            return Ok(Next::Rule(vec![(Some(*pending), verdict)]));
        }
        if let Some(raising) = self.must_be_sealed(life) {
            return Ok(Next::Raise(raising));
        }
        let follows = match self.recipients_due(life)? {
            Some(verdict) => Some(verdict),
            None => self.route(life).map(|(to, why)| Verdict::Routed { to, why }),
        };
        Ok(follows.map_or(Next::Settled, |verdict| Next::Rule(vec![(None, verdict)])))
    }

    /// A plain case of a category that is sealed: recorded by a device with an older list, or classified at a level that does not
    /// fit its category.
    fn must_be_sealed(&self, life: &CaseLife) -> Option<Raising> {
        let state = &life.state;
        let category = self.in_force.settings.category(state.category.as_ref()?)?;
        if !category.sealed || state.level.is_sealed() || !state.is_open() {
            return None;
        }
        let level = category.level.max(Level::new(4)?);
        self.raising(&life.standing, level, Some(&category.code))
    }

    fn route(&self, life: &CaseLife) -> Option<(UserId, RouteReason)> {
        if !life.state.route_due() {
            return None;
        }
        routing::route(&self.in_force.settings, &life.standing.case_facts(life.state.level))
    }

    fn merge_target(&mut self, record: RecordId, event: &Event) -> Result<Option<MergeTarget>, WorkError> {
        let Step::Merged { into, .. } = &event.step else { return Ok(None) };
        if *into == record {
            return Ok(None);
        }
        let in_force = std::sync::Arc::clone(&self.in_force);
        let target = self.record(*into)?.case_life(&in_force.settings);
        Ok(target.map(|life| MergeTarget { open: life.state.is_open(), unsealed: !life.state.level.is_sealed() }))
    }

    /// The survivor learns of the merge, and the earlier day received moves to it.
    fn merge_into(&mut self, record: &Record, life: &CaseLife, into: RecordId) -> Result<(), WorkError> {
        let in_force = std::sync::Arc::clone(&self.in_force);
        let mut target = self.take(into)?;
        if let Some(other) = target.case_life(&in_force.settings) {
            let ref_no = ref_no(life);
            let mut rulings = vec![(None, Verdict::MergedFrom { record: record.id, ref_no })];
            if life.state.received_on < other.state.received_on {
                rulings.push((None, Verdict::ReceivedOn { day: life.state.received_on, why: DayReason::Merged }));
            }
            self.add_rulings(target.doc(other.document), rulings)?;
        }
        self.put_back(target);
        Ok(())
    }

    fn settle_session(&mut self, record: &mut Record) -> Result<(), WorkError> {
        let in_force = std::sync::Arc::clone(&self.in_force);
        let settings = &in_force.settings;
        let lost = || WorkError::Inconsistent("a session without a registration");
        let mut life = record.session_life(settings).ok_or_else(lost)?;
        let mut rulings: Rulings = record.not_counted.iter().map(|id| (Some(*id), Verdict::NotCounted {})).collect();
        let placement = session_placement(settings, &life.content, &life.standing);
        if last_placed(&life.content) != Some((placement.adm3.clone(), placement.projects.clone())) {
            let lifecycle::Placement { adm3, projects, class } = placement;
            rulings.push((None, Verdict::Placed { adm3, projects, class }));
        }
        for _ in 0..MOST_ROUNDS {
            rulings.extend(self.session_ruling(record, &life)?);
            if rulings.is_empty() {
                self.project_session(record, &life)?;
                return self.place(record, &life.standing);
            }
            self.add_rulings(record.doc(life.document), std::mem::take(&mut rulings))?;
            life = record.session_life(settings).ok_or_else(lost)?;
        }
        Err(WorkError::Inconsistent("rulings that never end"))
    }

    /// The next ruling on a session's proposals, if any; what follows is judged by the state after it.
    fn session_ruling(&self, record: &Record, life: &SessionLife) -> Result<Rulings, WorkError> {
        let settings = &self.in_force.settings;
        let doc = record.docs.get(&life.document).ok_or(WorkError::Inconsistent("document"))?;
        let outbox = BTreeMap::new();
        let events = rows::events(&life.content, &super::desk::Doc::sources(&doc.receipts, &outbox));
        let waiting = life.state.pending.iter().filter(|id| !record.not_counted.contains(id));
        let next = waiting.filter_map(|id| events.iter().find(|entry| entry.id == *id)).next();
        let ruling = next.map(|proposal| {
            let verdict = match policy::actor(settings, &proposal.event.by) {
                Some(author) => lifecycle::rule_session(&life.state, proposal, &author),
                None => Verdict::Refused { why: Refusal::NeedsHigherRole },
            };
            (Some(proposal.id), verdict)
        });
        Ok(ruling.into_iter().collect())
    }
}

/// The receipt number that holds.
pub(super) fn ref_no(life: &CaseLife) -> String {
    let written = life.content.text("ref_no").unwrap_or_default();
    life.state.ref_no_reissued.clone().unwrap_or_else(|| written.to_owned())
}

/// The device that registered the case.
fn life_device(record: RecordId, life: &CaseLife, desk: &Desk<'_, '_>) -> Result<shared::model::ids::DeviceId, WorkError> {
    debug_assert_eq!(life.document.record, record, "a life of another record");
    let head = desk.tx.document(life.document)?.ok_or(WorkError::Inconsistent("document"))?;
    Ok(head.author_device)
}

/// Whether the person can be reached at all.
fn contact_known(record: &Record) -> bool {
    let known = |content: &Content| ["phone.raw", "phone.e164", "resp.place"].iter().any(|key| content.text(key).is_some());
    record.part(DocKind::Contact).is_some_and(|doc| known(&doc.document.content()))
}
