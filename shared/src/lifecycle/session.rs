//! The fold of an awareness session: planned or held, corrections, estimates that stand. Counters are the document's own.
//!
//! # Source
//! domain.md §7 (two facilitators; an estimate is a claim per person, never a counter).

use super::{Calendar, EventEntry, FoldedStep, RulingEntry};
use crate::model::{
    codes::CountKey,
    dates::UnixSeconds,
    ids::{Code, EventId, UserId},
    order::StepRef,
};
use std::collections::BTreeMap;

/// Where a session stands.
#[derive(Clone, Debug, PartialEq)]
pub struct SessionState {
    /// It stood in a plan before.
    pub planned: bool,
    /// Entered in error.
    pub void: bool,
    /// Who registered it.
    pub recorded_by: UserId,
    /// When the server had it; none while unsent.
    pub first_receipt_at: Option<UnixSeconds>,
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
pub fn fold_session(_events: &[EventEntry], _rulings: &[RulingEntry], _calendar: Calendar) -> Option<SessionState> {
    unimplemented!()
}

impl SessionState {
    /// Attendances: the counters, raised side by side to what an estimate that stands claims for the same people, never their
    /// sum. Women's and men's sides add up; several claims for one side give the largest.
    #[must_use]
    pub fn total(&self, _counts: [i64; 7]) -> i64 {
        unimplemented!()
    }
}
