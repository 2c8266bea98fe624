//! The fold of an awareness session: planned or held, corrections, estimates that stand. Counters are the document's own.
//! A box opening folds the same way: it has an author, a place and people, and nothing to rule on but its voiding.
//!
//! # Source
//! domain.md §7 (two facilitators; an estimate is a claim per person, never a counter).

use super::{
    Calendar, EventEntry, FoldedStep, Position, RulingEntry, StepStanding,
    case::decisions,
    fold::step_day,
    order::{Item, Sight, in_order},
};
use crate::model::{
    codes::CountKey,
    dates::UnixSeconds,
    event::Step,
    ids::{Code, EventId, UserId},
    order::StepRef,
    ruling::Verdict,
};
use std::collections::BTreeMap;

/// Where a session stands.
#[derive(Clone, Debug, PartialEq)]
pub struct SessionState {
    /// It stood in a plan before.
    pub planned: bool,
    /// Why it was called off, while nobody has planned it again.
    pub called_off: Option<Code>,
    /// Its day was put off.
    pub postponed: bool,
    /// Entered in error.
    pub void: bool,
    /// Who registered it.
    pub recorded_by: UserId,
    /// When the server had it; none while unsent.
    pub first_receipt_at: Option<UnixSeconds>,
    /// Where the server last placed it.
    pub placed: Option<super::Placement>,
    /// Estimates that stand: each person's last for a side, unless dropped.
    pub estimates: Vec<Estimate>,
    /// Steps that wait for the server's ruling.
    pub pending: Vec<EventId>,
    /// Steps nothing has followed: the `after` of the next event.
    pub heads: Vec<StepRef>,
    /// Every step in order.
    pub steps: Vec<FoldedStep>,
    /// The last step, by the server's clock where it has a receipt, else by the device's.
    pub last_step_at: UnixSeconds,
}

/// One person's claim of who took part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Estimate {
    /// The event.
    pub event: EventId,
    /// Whose.
    pub by: UserId,
    /// `women`, `men`, `all`.
    pub side: Code,
    /// Counts by key.
    pub counts: BTreeMap<CountKey, u32>,
    /// Persons with disability, or not counted.
    pub with_disability: Option<u32>,
}

/// Folds a session from its steps, given in any order. None if no registration is among them.
#[must_use]
pub fn fold_session(events: &[EventEntry], rulings: &[RulingEntry], calendar: Calendar) -> Option<SessionState> {
    let items = in_order(events, rulings);
    let (first, entry, planned) = items.iter().enumerate().find_map(|(i, item)| match item {
        Item::Event(entry) => match entry.event.step {
            Step::SessionRegistered { planned } => Some((i, *entry, planned)),
            Step::BoxOpened {} => Some((i, *entry, false)),
            _ => None,
        },
        Item::Ruling(_) => None,
    })?;
    let sight = Sight::new(&items);
    let mut state = SessionState {
        planned,
        called_off: None,
        postponed: false,
        void: false,
        recorded_by: entry.event.by.clone(),
        first_receipt_at: match entry.position {
            Position::Receipted { at, .. } => Some(at),
            Position::Unsent { .. } => None,
        },
        placed: None,
        estimates: Vec::new(),
        pending: Vec::new(),
        heads: sight.heads(&items),
        steps: Vec::with_capacity(items.len()),
        last_step_at: entry.event.at,
    };
    let decisions = decisions(rulings);
    for (i, item) in items.iter().enumerate() {
        match item {
            Item::Event(entry) => {
                let standing = match decisions.get(&entry.id) {
                    Some((_, Verdict::NotCounted {})) => StepStanding::NotCounted,
                    Some((_, Verdict::Refused { why })) => StepStanding::Refused(*why),
                    decided => state.event(entry, i == first, decided.is_some()),
                };
                state.push_event(entry, standing, calendar, sight.direct(i));
            }
            Item::Ruling(entry) => state.ruling(entry, calendar),
        }
    }
    Some(state)
}

impl SessionState {
    fn event(&mut self, entry: &EventEntry, registers: bool, accepted: bool) -> StepStanding {
        match &entry.event.step {
            Step::SessionRegistered { .. } if !registers => return StepStanding::NotCounted,
            Step::Voided { .. } if !accepted => {
                self.pending.push(entry.id);
                return StepStanding::Awaits;
            }
            Step::Voided { .. } => self.void = true,
            // A new day plans it again.
            Step::PlanChanged { to, reason, .. } => {
                self.postponed |= to.is_some();
                self.called_off = to.is_none().then(|| reason.clone());
            }
            Step::Estimated { side, counts, with_disability } => {
                // A person's later claim for a side replaces their earlier one.
                self.estimates.retain(|estimate| estimate.by != entry.event.by || estimate.side != *side);
                self.estimates.push(Estimate {
                    event: entry.id,
                    by: entry.event.by.clone(),
                    side: side.clone(),
                    counts: counts.clone(),
                    with_disability: *with_disability,
                });
            }
            Step::EstimateDropped { of, .. } => self.estimates.retain(|estimate| estimate.event != *of),
            Step::SessionRegistered { .. } | Step::BoxOpened {} | Step::Corrected { .. } | Step::Correction { .. } => {}
            _ => return StepStanding::NotCounted,
        }
        StepStanding::Counts
    }

    fn push_event(&mut self, entry: &EventEntry, standing: StepStanding, calendar: Calendar, direct: &[usize]) {
        let earliest = direct.iter().filter_map(|&j| self.steps.get(j)).map(|step| step.day).max();
        let (at, unsent) = match entry.position {
            Position::Receipted { at, .. } => (at, false),
            Position::Unsent { .. } => (entry.event.at, true),
        };
        self.last_step_at = at;
        self.steps.push(FoldedStep {
            step: StepRef::Event(entry.id),
            kind: Some(entry.event.step.kind()),
            by: Some(entry.event.by.clone()),
            day: step_day(entry, calendar, earliest).0,
            standing,
            unsent,
        });
    }

    fn ruling(&mut self, entry: &RulingEntry, calendar: Calendar) {
        if let Verdict::Placed { adm3, projects, class } = &entry.ruling.verdict {
            self.placed = Some(super::Placement { adm3: adm3.clone(), projects: projects.clone(), class: *class });
        }
        self.last_step_at = entry.ruling.at;
        self.steps.push(FoldedStep {
            step: StepRef::Ruling(entry.order),
            kind: None,
            by: None,
            day: entry.ruling.at.day(calendar.utc_offset_min),
            standing: StepStanding::Counts,
            unsent: false,
        });
    }

    /// Attendances: the counters, raised side by side to what an estimate that stands claims for the same people, never their
    /// sum. Women's and men's sides add up; several claims for one side give the largest.
    #[must_use]
    pub fn total(&self, counts: [i64; 7]) -> i64 {
        let counted = |side: fn(CountKey) -> bool| -> i64 {
            CountKey::ALL.iter().zip(counts).filter(|(key, _)| side(**key)).map(|(_, count)| count).sum()
        };
        let claimed = |side: &str| -> i64 {
            let claims = self.estimates.iter().filter(|estimate| estimate.side.as_str() == side);
            claims.map(|estimate| estimate.counts.values().map(|count| i64::from(*count)).sum()).max().unwrap_or(0)
        };
        let women = counted(is_female).max(claimed("women"));
        let men = counted(is_male).max(claimed("men"));
        let unknown = counted(|key| key == CountKey::Unknown);
        (women + men + unknown).max(claimed("all"))
    }
}

const fn is_female(key: CountKey) -> bool {
    matches!(key, CountKey::FUnder18 | CountKey::F18To59 | CountKey::F60)
}

const fn is_male(key: CountKey) -> bool {
    matches!(key, CountKey::MUnder18 | CountKey::M18To59 | CountKey::M60)
}
