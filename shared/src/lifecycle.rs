//! A record's life: from events, receipts and rulings to the state everyone sees. Pure: the same answer on phone and server,
//! in whatever order things arrived. Knows documents only as the texts that were read from them, and no storage.

mod case;
mod closing;
mod fold;
mod open;
mod order;
mod reaching;
mod rule;
mod sealed;
mod session;

pub use case::{Answer, Attempt, CaseState, OnSpot, Placement, Referral, fold};
pub use open::{session_steps_open_to, steps_open_to};
pub use reaching::Reaching;
pub use rule::{MergeTarget, RuleContext, rule, rule_session};
pub use session::{Dropped, Estimate, SessionState, TakenOut, fold_session};

use crate::{
    model::{
        dates::{Day, UnixSeconds},
        event::{Event, Registered},
        ids::{DeviceId, EventId, UserId},
        order::{Order, StepRef},
        record::Class,
        ruling::{Refusal, Ruling},
    },
    settings::Settings,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One event with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct EventEntry {
    /// The key it stands under.
    pub id: EventId,
    /// Its body.
    pub event: Event,
    /// Where it stands.
    pub position: Position,
    /// Which operation of its change: events of one change are ordered by it.
    pub operation: u32,
}

/// Where a step stands: in the server's order, or still in a device's outbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// The server's receipt of the change that carried it.
    Receipted {
        /// Its place in the document's sequence.
        order: Order,
        /// When the server had it.
        at: UnixSeconds,
        /// The device that sent it.
        device: DeviceId,
    },
    /// Not yet receipted: comes after everything receipted, in the outbox's order.
    Unsent {
        /// The change's place in this device's outbox, from 0.
        outbox: u64,
    },
}

/// One ruling with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct RulingEntry {
    /// The key it stands under.
    pub order: Order,
    /// Its body.
    pub ruling: Ruling,
}

/// One later change of descriptive facts, which are no events: who knew of it, and what its author knew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevisionEntry {
    /// Where it stands.
    pub position: Position,
    /// Who made it; none if that is not known here.
    pub by: Option<UserId>,
    /// Events that its author had.
    pub had: BTreeSet<EventId>,
    /// Events whose authors had it.
    pub known_to: BTreeSet<EventId>,
}

/// What of the settings the fold needs: how civil days are told and how far a stated day is believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// Minutes east of UTC.
    pub utc_offset_min: i32,
    /// Days a stated day may lie before the receipt.
    pub stated_day_slack_days: u16,
}

impl From<&Settings> for Calendar {
    fn from(settings: &Settings) -> Self {
        Self { utc_offset_min: settings.utc_offset_min, stated_day_slack_days: settings.limits.stated_day_slack_days }
    }
}

/// What became of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StepStanding {
    /// It counts.
    Counts,
    /// It waits for the server's ruling.
    Awaits,
    /// The server refused it.
    Refused(Refusal),
    /// Kept, not counted: rights were lost before it arrived, or it did not fit the state it met.
    NotCounted,
}

/// One step of the folded life, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct FoldedStep {
    /// Which step.
    pub step: StepRef,
    /// `Step::right` of an event; none for a ruling.
    pub kind: Option<&'static str>,
    /// Who; none for the server.
    pub by: Option<UserId>,
    /// The day it counts for: the day by its device's clock where the stated-day rule allows, else the receipt's.
    pub day: Day,
    /// What became of it.
    pub standing: StepStanding,
    /// Not yet receipted.
    pub unsent: bool,
}

/// The secrecy class of a case, as its registration says.
#[must_use]
pub fn class_at_intake(registered: &Registered) -> Class {
    if registered.level.is_sealed() { Class::SealedHeader } else { Class::Case }
}
