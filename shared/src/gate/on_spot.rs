//! An answer on the spot stands beside the registration of an information request of level 1, in the same change, and nowhere else:
//! it is part of how the request was taken, and no way to answer later or anything graver.
//!
//! # Source
//! domain.md §2.1 (level 1: at intake, on the spot).

use crate::model::{
    codes::{EntryType, Level},
    event::{Event, Step},
};

/// Whether the events of one change answer nothing on the spot, or once and what may be.
pub(super) fn fits(events: &[Event]) -> bool {
    let answers = events.iter().filter(|event| matches!(event.step, Step::AnsweredOnSpot { .. })).count();
    answers == 0 || (answers == 1 && events.iter().any(|event| asks(&event.step)))
}

fn asks(step: &Step) -> bool {
    let Step::Registered(registered) = step else { return false };
    let is_request = registered.entry_type == Some(EntryType::InfoRequest) && registered.category.is_some();
    is_request && registered.level == Level::LOWEST
}
