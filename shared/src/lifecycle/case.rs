//! The fold of a case: its steps in order, what each one did, and where the case stands. Knows neither roles nor today.
//!
//! # Source
//! design.md §3; domain.md §6 (transitions T1-T22, merging concurrent edits).

use super::{
    Calendar, EventEntry, FoldedStep, Position, RevisionEntry, RulingEntry, StepStanding,
    fold::Folding,
    order::{Item, Sight, in_order, place},
};
use crate::model::{
    codes::{CaseFlag, CloseReason, EntryType, Level, Outcome, Status, SubjectRole, Urgency},
    dates::{Day, UnixSeconds},
    event::{Event, Registered, Step},
    ids::{Code, EventId, Pcode, ProjectCode, RecordId, UserId},
    order::{Order, StepRef},
    record::Class,
    ruling::{Raised, Ruling, Verdict},
};
use std::collections::{BTreeMap, BTreeSet};

/// Where a case stands, and what led there.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseState {
    /// Where it stands.
    pub status: Status,
    /// Level that holds: the higher of concurrent ones.
    pub level: Level,
    /// Urgency.
    pub urgency: Urgency,
    /// Entry type; none in a sealed header.
    pub entry_type: Option<EntryType>,
    /// Category; none in a sealed header and in a tally without consent.
    pub category: Option<Code>,
    /// "Is it about one of us?", as registered.
    pub subject_role: Option<SubjectRole>,
    /// Place and project as registered; later ones stand in `placed` and in the document's facts.
    pub adm3: Pcode,
    /// See `adm3`.
    pub project: Option<ProjectCode>,
    /// Day received, from which both clocks run.
    pub received_on: Day,
    /// Whether that day is exact.
    pub day_exact: bool,
    /// Who registered it.
    pub recorded_by: UserId,
    /// The settings snapshot under which it was, or under which it was raised.
    pub recorded_under: u32,
    /// When the server had it; none while unsent.
    pub first_receipt_at: Option<UnixSeconds>,
    /// When it was registered, by the device's clock.
    pub registered_at: UnixSeconds,
    /// When the specialist was called.
    pub voice_escalated_at: Option<UnixSeconds>,
    /// Recipients of a sealed case.
    pub recipients: Vec<UserId>,
    /// Day the Investigation Unit confirmed that it has a sealed case.
    pub handed_over_on: Option<Day>,
    /// Where the server last placed it.
    pub placed: Option<Placement>,
    /// Who is responsible.
    pub assignee: Option<UserId>,
    /// The assignment says that the assignee may know who spoke.
    pub share_identity: bool,
    /// The last ruling that routed it, and why it chose whom it chose.
    pub routed: Option<(Order, Ruling)>,
    /// To whom it was brought, and how many days before (negative) or after the due day.
    pub escalated: Vec<(UserId, i16)>,
    /// An officer opened or acknowledged it.
    pub seen: bool,
    /// Day the person was told that it was received.
    pub acknowledged_on: Option<Day>,
    /// What the person was told at intake; none again after a reopening.
    pub on_spot: Option<OnSpot>,
    /// Answers proposed since the case was last opened, in order.
    pub answers: Vec<Answer>,
    /// Day answered; none again after a reopening.
    pub responded_on: Option<Day>,
    /// Day closed; none again after a reopening.
    pub closed_on: Option<Day>,
    /// Why closed.
    pub close_reason: Option<CloseReason>,
    /// What came of it.
    pub outcome: Option<Outcome>,
    /// `s5`…`s1`, `s_na`.
    pub satisfaction: Option<Code>,
    /// Extension asked and accepted as a question: event and day. Taken by its approval.
    pub extension_asked: Option<(EventId, Day)>,
    /// Approved later day. The original due day stays for the KPI.
    pub extended_to: Option<Day>,
    /// Referral to another body.
    pub referral: Option<Referral>,
    /// Tries to reach the person, in order.
    pub attempts: Vec<Attempt>,
    /// Times reopened.
    pub reopened: u32,
    /// Days of holds that have ended.
    pub hold_days: i64,
    /// On hold since, and when to look again.
    pub held: Option<(Day, Day)>,
    /// The case this one was merged into, with its receipt number.
    pub merged_into: Option<(RecordId, String)>,
    /// Cases merged into this one, with their receipt numbers.
    pub merged_from: Vec<(RecordId, String)>,
    /// The receipt number that holds instead of the one in the document.
    pub ref_no_reissued: Option<String>,
    /// What a person should look at.
    pub flags: BTreeSet<CaseFlag>,
    /// Steps that wait for the server's ruling, in order.
    pub pending: Vec<EventId>,
    /// Steps nothing has followed: the `after` of the next event. Never empty.
    pub heads: Vec<StepRef>,
    /// Every step in order.
    pub steps: Vec<FoldedStep>,
    /// The last step, by the server's clock where it has a receipt, else by the device's.
    pub last_step_at: UnixSeconds,
    /// Level when someone was last made responsible.
    pub(super) routed_at_level: Option<Level>,
    pub(super) level_step: Option<usize>,
    pub(super) close_step: Option<usize>,
    /// Accepted second voices: the closing and who.
    pub(super) seconds: Vec<(EventId, UserId)>,
    /// Places of steps that brought information.
    pub(super) information: Vec<usize>,
    /// Facts that were changed: by whom, and whose events knew of it.
    pub(super) revised: Vec<(Option<UserId>, BTreeSet<EventId>)>,
    pub(super) sight: Sight,
}

/// Where the server placed a record: its scope follows from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    /// Sub-district.
    pub adm3: Pcode,
    /// Projects.
    pub projects: Vec<ProjectCode>,
    /// Secrecy class.
    pub class: Class,
}

/// An answer that was proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The `AnswerProposed` event.
    pub proposed: EventId,
    /// Who proposed it.
    pub by: UserId,
    /// Who approved it.
    pub approved_by: Option<UserId>,
}

/// An answer on the spot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OnSpot {
    /// The `AnsweredOnSpot` event.
    pub event: EventId,
    /// The day it counts for.
    pub on: Day,
    /// Nobody said that it does not answer what was asked.
    pub enough: bool,
    /// An officer took it for the answer.
    pub accepted: bool,
}

/// A referral to another body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Referral {
    /// The `Referred` event.
    pub event: EventId,
    /// Day the other body confirmed.
    pub received_on: Option<Day>,
    /// The person was told.
    pub person_told: bool,
}

/// One try to reach the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Civil day, never after the receipt's day and never before the day received.
    pub on: Day,
    /// `mode.*`.
    pub mode: Code,
    /// `contact.*`.
    pub result: Code,
    /// Part of the day or time.
    pub time: String,
}

impl CaseState {
    /// Whether work on it is still to be done.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        !self.status.is_ended()
    }

    /// Whether an answer on the spot waits to be accepted: at level 1, and nobody has begun to work on the case, which declines it.
    #[must_use]
    pub fn waits_to_accept(&self) -> bool {
        let untouched = matches!(self.status, Status::Registered | Status::Triaged | Status::Assigned);
        untouched && self.level.number() == 1 && self.on_spot.is_some_and(|claim| !claim.accepted)
    }

    /// Whether the server should say who is responsible: classified with nobody responsible, or raised from level 1
    /// since someone was.
    #[must_use]
    pub fn route_due(&self) -> bool {
        let past_triage = self.is_open() && !matches!(self.status, Status::Draft | Status::Registered | Status::Sealed);
        let raised = self.routed_at_level.is_some_and(|then| then.number() == 1) && self.level.number() > 1;
        past_triage && (self.assignee.is_none() || raised)
    }

    /// An event of the fold.
    #[must_use]
    pub fn step(&self, event: EventId) -> Option<&FoldedStep> {
        self.sight.place(StepRef::Event(event)).and_then(|i| self.steps.get(i))
    }

    /// What became of an event; none if the fold does not have it.
    #[must_use]
    pub fn standing(&self, event: EventId) -> Option<StepStanding> {
        self.step(event).map(|step| step.standing)
    }

    /// Whether the author of event `later` had seen `earlier`.
    #[must_use]
    pub fn saw(&self, later: EventId, earlier: StepRef) -> bool {
        match (self.sight.place(StepRef::Event(later)), self.sight.place(earlier)) {
            (Some(i), Some(j)) => self.sight.saw(i, j),
            _ => false,
        }
    }
}

/// Folds a case from its steps and the later changes of its facts, given in any order. None if no registration is among them.
#[must_use]
pub fn fold(
    events: &[EventEntry],
    rulings: &[RulingEntry],
    revisions: &[RevisionEntry],
    calendar: Calendar,
) -> Option<CaseState> {
    let items = in_order(events, rulings);
    let (first, beginning) = items.iter().enumerate().find_map(|(i, item)| Some((i, Beginning::of(item)?)))?;
    let mut folding = Folding {
        state: begin(&beginning, &items),
        first,
        calendar,
        decisions: decisions(rulings),
        events: events.iter().map(|entry| (entry.id, entry)).collect(),
        classified: Vec::new(),
    };
    let mut revisions: Vec<&RevisionEntry> = revisions.iter().collect();
    revisions.sort_by_key(|entry| (place(entry.position), &entry.had, &entry.known_to));
    let mut revisions = revisions.into_iter().peekable();
    for (i, item) in items.iter().enumerate() {
        while let Some(entry) = revisions.next_if(|entry| place(entry.position) <= item.place()) {
            folding.revision(entry);
        }
        match item {
            Item::Event(entry) => folding.event(i, entry),
            Item::Ruling(entry) => folding.ruling(entry),
        }
    }
    revisions.for_each(|entry| folding.revision(entry));
    Some(folding.state)
}

/// The last decision on each event.
pub(super) fn decisions(rulings: &[RulingEntry]) -> BTreeMap<EventId, (Order, &Verdict)> {
    let mut sorted: Vec<&RulingEntry> = rulings.iter().collect();
    sorted.sort_by_key(|entry| entry.order);
    let decides = |verdict: &Verdict| matches!(verdict, Verdict::Accepted {} | Verdict::Refused { .. } | Verdict::NotCounted {});
    let on = |entry: &'_ RulingEntry| entry.ruling.on.filter(|_| decides(&entry.ruling.verdict));
    sorted.into_iter().filter_map(|entry| on(entry).map(|id| (id, (entry.order, &entry.ruling.verdict)))).collect()
}

/// What a case begins with: its registration, or, of one that was raised, the ruling that says so.
struct Beginning<'a> {
    registered: &'a Registered,
    by: &'a UserId,
    registered_at: UnixSeconds,
    first_receipt_at: Option<UnixSeconds>,
    acknowledged_on: Option<Day>,
    set: u32,
}

impl<'a> Beginning<'a> {
    fn of(item: &Item<'a>) -> Option<Self> {
        match item {
            Item::Event(entry) => {
                let Step::Registered(registered) = &entry.event.step else { return None };
                let first_receipt_at = match entry.position {
                    Position::Receipted { at, .. } => Some(at),
                    Position::Unsent { .. } => None,
                };
                let Event { by, at, set, .. } = &entry.event;
                Some(Self { registered, by, registered_at: *at, first_receipt_at, acknowledged_on: None, set: *set })
            }
            Item::Ruling(entry) => {
                let Verdict::Raised(raised) = &entry.ruling.verdict else { return None };
                let Raised { by, recorded_at, first_at, set, acknowledged_on, registered } = raised;
                Some(Self {
                    registered,
                    by,
                    registered_at: *recorded_at,
                    first_receipt_at: Some(*first_at),
                    acknowledged_on: *acknowledged_on,
                    set: *set,
                })
            }
        }
    }
}

/// The state right after registration, before any step is folded.
fn begin(beginning: &Beginning<'_>, items: &[Item<'_>]) -> CaseState {
    let Beginning { registered, by, registered_at, first_receipt_at, acknowledged_on, set } = *beginning;
    let sight = Sight::new(items);
    let tally = registered.category.is_none() && !registered.level.is_sealed();
    let status = match (registered.level.is_sealed(), tally) {
        (true, _) => Status::Sealed,
        (false, true) => Status::Void,
        (false, false) => Status::Registered,
    };
    CaseState {
        status,
        level: registered.level,
        urgency: registered.urgency,
        entry_type: registered.entry_type,
        category: registered.category.clone(),
        subject_role: registered.subject_role,
        adm3: registered.adm3.clone(),
        project: registered.project.clone(),
        received_on: registered.received_on,
        day_exact: registered.day_exact,
        recorded_by: by.clone(),
        recorded_under: set,
        first_receipt_at,
        registered_at,
        voice_escalated_at: registered.voice_escalated_at,
        recipients: registered.recipients.clone(),
        handed_over_on: None,
        placed: None,
        assignee: None,
        share_identity: false,
        routed: None,
        escalated: Vec::new(),
        seen: false,
        acknowledged_on,
        on_spot: None,
        answers: Vec::new(),
        responded_on: None,
        closed_on: None,
        close_reason: None,
        outcome: None,
        satisfaction: None,
        extension_asked: None,
        extended_to: None,
        referral: None,
        attempts: Vec::new(),
        reopened: 0,
        hold_days: 0,
        held: None,
        merged_into: None,
        merged_from: Vec::new(),
        ref_no_reissued: None,
        flags: tally.then_some(CaseFlag::TallyOnly).into_iter().collect(),
        pending: Vec::new(),
        heads: sight.heads(items),
        steps: Vec::with_capacity(items.len()),
        last_step_at: registered_at,
        routed_at_level: None,
        level_step: None,
        close_step: None,
        seconds: Vec::new(),
        information: Vec::new(),
        revised: Vec::new(),
        sight,
    }
}
