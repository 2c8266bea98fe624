//! What each step of a case does to where it stands. Knows neither roles nor today.

use super::{Calendar, CaseState, EventEntry, RulingEntry};
use crate::model::{ids::EventId, order::Order, ruling::Verdict};
use std::collections::BTreeMap;

pub(super) struct Folding<'a> {
    pub(super) state: CaseState,
    pub(super) first: usize,
    pub(super) calendar: Calendar,
    pub(super) decisions: BTreeMap<EventId, (Order, &'a Verdict)>,
    pub(super) events: BTreeMap<EventId, &'a EventEntry>,
    pub(super) classified: Vec<usize>,
}

impl<'a> Folding<'a> {
    pub(super) fn event(&mut self, _i: usize, _entry: &'a EventEntry) {
        unimplemented!()
    }
    pub(super) fn ruling(&mut self, _i: usize, _entry: &'a RulingEntry) {
        unimplemented!()
    }
}
