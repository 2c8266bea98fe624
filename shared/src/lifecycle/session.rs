//! The fold of an awareness session: planned or held, who joined, estimates that stand, what was counted twice, what was handed
//! out. Counters are the document's own.
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
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where a session stands.
#[derive(Clone, Debug, PartialEq)]
pub struct SessionState {
    /// Its registration is here. Not yet on the phone of a colleague who joined it without a network.
    pub registered: bool,
    /// It stood in a plan before.
    pub planned: bool,
    /// Why it was called off, while nobody has planned it again.
    pub called_off: Option<Code>,
    /// Its day was put off.
    pub postponed: bool,
    /// Entered in error.
    pub void: bool,
    /// Who registered it, or is said to by who joined it.
    pub recorded_by: UserId,
    /// When the server had it; none while unsent.
    pub first_receipt_at: Option<UnixSeconds>,
    /// Where the server last placed it.
    pub placed: Option<super::Placement>,
    /// Estimates that stand: each person's last for a side, unless dropped.
    pub estimates: Vec<Estimate>,
    /// What "we counted the same people" took out and nobody put back.
    pub drops: Vec<TakenOut>,
    /// What each person has handed out, by kind: their last claim.
    pub materials: BTreeMap<UserId, BTreeMap<Code, u32>>,
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

/// "We counted the same people": what one person took out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenOut {
    /// The event.
    pub event: EventId,
    /// Who took it out, and may put it back.
    pub by: UserId,
    /// Why.
    pub reason: String,
    /// What.
    pub what: Dropped,
}

/// What was taken out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Dropped {
    /// An estimate.
    Estimate(Estimate),
    /// So many of what someone counted.
    Count {
        /// Whose count.
        of: UserId,
        /// How many.
        counts: BTreeMap<CountKey, u32>,
    },
}

impl TakenOut {
    /// Whose estimate or count it is.
    #[must_use]
    pub const fn of(&self) -> &UserId {
        match &self.what {
            Dropped::Estimate(estimate) => &estimate.by,
            Dropped::Count { of, .. } => of,
        }
    }
}

/// Folds a session from its steps, given in any order. None if neither a registration nor a colleague's joining is among them.
#[must_use]
pub fn fold_session(events: &[EventEntry], rulings: &[RulingEntry], calendar: Calendar) -> Option<SessionState> {
    let items = in_order(events, rulings);
    let steps = |of: fn(&Step) -> bool| {
        items.iter().enumerate().find_map(move |(i, item)| match item {
            Item::Event(entry) if of(&entry.event.step) => Some((i, *entry)),
            _ => None,
        })
    };
    let registration = steps(|step| matches!(step, Step::SessionRegistered { .. } | Step::BoxOpened {}));
    let (first, entry) = registration.or_else(|| steps(|step| matches!(step, Step::SessionJoined { .. })))?;
    let (planned, recorded_by) = match &entry.event.step {
        Step::SessionRegistered { planned } => (*planned, entry.event.by.clone()),
        Step::SessionJoined { lead } => (false, lead.clone()),
        _ => (false, entry.event.by.clone()),
    };
    let sight = Sight::new(&items);
    let mut state = SessionState {
        registered: registration.is_some(),
        planned,
        called_off: None,
        postponed: false,
        void: false,
        recorded_by,
        first_receipt_at: match entry.position {
            Position::Receipted { at, .. } => Some(at),
            Position::Unsent { .. } => None,
        },
        placed: None,
        estimates: Vec::new(),
        drops: Vec::new(),
        materials: BTreeMap::new(),
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
                    decided => {
                        let saw = |id| sight.place(StepRef::Event(id)).is_some_and(|j| sight.saw(i, j));
                        state.event(entry, i == first, decided.is_some(), &saw)
                    }
                };
                state.push_event(entry, standing, calendar, sight.direct(i));
            }
            Item::Ruling(entry) => state.ruling(entry, calendar),
        }
    }
    Some(state)
}

impl SessionState {
    fn event(&mut self, entry: &EventEntry, registers: bool, accepted: bool, saw: &dyn Fn(EventId) -> bool) -> StepStanding {
        let by = &entry.event.by;
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
            Step::EstimateDropped { of, reason } => {
                if let Some(at) = self.estimates.iter().position(|estimate| estimate.event == *of) {
                    let what = Dropped::Estimate(self.estimates[at].clone());
                    let drop = TakenOut { event: entry.id, by: by.clone(), reason: reason.clone(), what };
                    if self.crosses(&drop, saw) {
                        return StepStanding::NotCounted;
                    }
                    self.estimates.remove(at);
                    self.drops.push(drop);
                }
            }
            Step::CountDropped { of, counts, reason } => {
                let what = Dropped::Count { of: of.clone(), counts: counts.clone() };
                let drop = TakenOut { event: entry.id, by: by.clone(), reason: reason.clone(), what };
                if self.crosses(&drop, saw) {
                    return StepStanding::NotCounted;
                }
                self.drops.push(drop);
            }
            Step::DropUndone { of } => {
                let own = self.drops.iter().position(|drop| drop.event == *of && drop.by == *by);
                let Some(at) = own else { return StepStanding::NotCounted };
                if let Dropped::Estimate(back) = self.drops.remove(at).what
                    && !self.estimates.iter().any(|estimate| estimate.by == back.by && estimate.side == back.side)
                {
                    self.estimates.push(back);
                }
            }
            Step::MaterialsHanded { counts } => {
                self.materials.insert(by.clone(), counts.clone());
            }
            Step::SessionRegistered { .. }
            | Step::BoxOpened {}
            | Step::SessionJoined { .. }
            | Step::Corrected { .. }
            | Step::Correction { .. } => {}
            _ => return StepStanding::NotCounted,
        }
        StepStanding::Counts
    }

    /// Two people who at once took out each other's of the same people would leave nobody: the first of them stands.
    fn crosses(&self, drop: &TakenOut, saw: &dyn Fn(EventId) -> bool) -> bool {
        self.drops.iter().any(|earlier| earlier.of() != drop.of() && earlier.by != drop.by && !saw(earlier.event))
    }

    /// What was counted, without those whom someone else counted too. Said by several of one person's count, it is said once.
    #[must_use]
    pub fn kept(&self, counts: [i64; 7]) -> [i64; 7] {
        self.without_twice(counts, |_| true)
    }

    /// What still counts of one person's own count.
    #[must_use]
    pub fn kept_of(&self, user: &UserId, counts: [i64; 7]) -> [i64; 7] {
        self.without_twice(counts, |of| of == user)
    }

    fn without_twice(&self, mut counts: [i64; 7], of_whom: impl Fn(&UserId) -> bool) -> [i64; 7] {
        let mut twice: BTreeMap<(&UserId, CountKey), i64> = BTreeMap::new();
        for drop in &self.drops {
            let Dropped::Count { of, counts: taken } = &drop.what else { continue };
            for (key, count) in taken.iter().filter(|_| of_whom(of)) {
                let most = twice.entry((of, *key)).or_default();
                *most = (*most).max(i64::from(*count));
            }
        }
        for ((_, of), count) in twice {
            if let Some(slot) = CountKey::ALL.iter().position(|key| *key == of).and_then(|at| counts.get_mut(at)) {
                *slot = slot.saturating_sub(count);
            }
        }
        counts
    }

    /// What all have handed out together, by kind.
    #[must_use]
    pub fn handed_out(&self) -> BTreeMap<Code, u64> {
        let mut all = BTreeMap::new();
        for (kind, count) in self.materials.values().flatten() {
            *all.entry(kind.clone()).or_default() += u64::from(*count);
        }
        all
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

    /// Attendances: what was counted (see [`Self::kept`]), raised side by side to what an estimate that stands claims for the same
    /// people, never their sum. Women's and men's sides add up; several claims for one side give the largest.
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
