//! Rows and timelines from a document's content, its receipts and the settings: the same on phone and server. Knows no storage.

mod box_opening;
mod case;
mod session;

pub use box_opening::box_row;
pub use case::{case_row, own_row, told_state};
pub use session::{Share, counts, facilitators, handed_out, is_overcorrected, projects, session_row, shares};

use crate::{
    document::content::{Content, EventText, Revision, Standing},
    lifecycle::{
        self, Calendar, CaseState, EventEntry, FoldedStep, Position, RevisionEntry, RulingEntry, SessionState, StepStanding,
    },
    model::{
        codes::SyncState,
        dates::{Day, UnixSeconds, days_between},
        event::Event,
        ids::{ChangeHash, DeviceId, EventId, RecordId, UserId},
        order::{Order, Receipt, StepRef},
        record::DocumentId,
        ruling::Ruling,
    },
    settings::Settings,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where a document's changes came from.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    /// Receipts by change.
    pub receipts: &'a BTreeMap<ChangeHash, Receipt>,
    /// This document's changes that wait on this device, with their place in its outbox. A change in neither comes last.
    pub outbox: &'a BTreeMap<ChangeHash, u64>,
    /// Who uses this device, the author of unsent changes; none on the server.
    pub own: Option<&'a UserId>,
}

/// What a row needs besides the document.
#[derive(Clone, Copy, Debug)]
pub struct RowContext<'a> {
    /// The settings in force here.
    pub settings: &'a Settings,
    /// Today in the deployment's time zone.
    pub today: Day,
    /// A change of this record stands in quarantine.
    pub set_aside: bool,
    /// Another document of this record waits in the outbox.
    pub waiting: bool,
    /// A possible duplicate.
    pub duplicate_of: Option<RecordId>,
}

/// One fact with several values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Conflict {
    /// Which document.
    pub document: DocumentId,
    /// Root key.
    pub key: String,
    /// What stands, the shown one first.
    pub values: Vec<(Standing, Provenance)>,
}

/// Who wrote something, when, where.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Provenance {
    /// Who.
    pub user: Option<UserId>,
    /// Device.
    pub device: Option<DeviceId>,
    /// When the server had it; none while unsent.
    pub received_at: Option<UnixSeconds>,
    /// Its place in the document's order.
    pub order: Option<Order>,
}

/// One line of the timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TimelineEntry {
    /// What it is.
    pub what: TimelineStep,
    /// Who, where, when the server had it.
    pub by: Provenance,
    /// What became of it.
    pub standing: StepStanding,
    /// Days it spent unsynced, when that is a day or more.
    pub unsynced_days: i64,
}

/// An event or a ruling.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum TimelineStep {
    /// A person's step.
    Event(EventId, Event),
    /// The server's decision.
    Ruling(Order, Ruling),
}

/// Folds a case document. None without a readable registration. Events and rulings this version can't read are left out.
#[must_use]
pub fn case_state(content: &Content, sources: &Sources<'_>, settings: &Settings) -> Option<CaseState> {
    lifecycle::fold(&events(content, sources), &rulings(content), &revisions(content, sources), Calendar::from(settings))
}

/// Folds a session document. None without a readable registration.
#[must_use]
pub fn session_state(content: &Content, sources: &Sources<'_>, settings: &Settings) -> Option<SessionState> {
    lifecycle::fold_session(&events(content, sources), &rulings(content), Calendar::from(settings))
}

/// The readable events of a document with their places.
#[must_use]
pub fn events(content: &Content, sources: &Sources<'_>) -> Vec<EventEntry> {
    let readable = |(id, text): (&EventId, &EventText)| {
        let event = Event::from_text(&text.text).ok()?;
        Some(EventEntry { id: *id, event, position: sources.position(&text.change), operation: text.operation })
    };
    content.events.iter().filter_map(readable).collect()
}

fn revisions(content: &Content, sources: &Sources<'_>) -> Vec<RevisionEntry> {
    let entry = |revision: &Revision| RevisionEntry {
        position: sources.position(&revision.change),
        by: sources.provenance(&revision.change).user,
        had: revision.had.clone(),
        known_to: revision.known_to.clone(),
    };
    content.revisions.iter().map(entry).collect()
}

fn rulings(content: &Content) -> Vec<RulingEntry> {
    ruling_texts(content).map(|(order, ruling)| RulingEntry { order, ruling }).collect()
}

fn ruling_texts(content: &Content) -> impl Iterator<Item = (Order, Ruling)> + '_ {
    content.rulings.iter().filter_map(|(order, text)| Some((*order, serde_json::from_str(text).ok()?)))
}

impl Sources<'_> {
    fn position(&self, change: &ChangeHash) -> Position {
        match self.receipts.get(change) {
            Some(receipt) => Position::Receipted { order: receipt.order, at: receipt.at, device: receipt.device },
            None => Position::Unsent { outbox: self.outbox.get(change).copied().unwrap_or(u64::MAX) },
        }
    }

    /// Who wrote a change, where, and when the server had it.
    #[must_use]
    pub fn provenance(&self, change: &ChangeHash) -> Provenance {
        match self.receipts.get(change) {
            Some(Receipt { order, at, device, user, .. }) => {
                Provenance { user: Some(user.clone()), device: Some(*device), received_at: Some(*at), order: Some(*order) }
            }
            None => Provenance { user: self.own.cloned(), device: None, received_at: None, order: None },
        }
    }
}

/// What a person sees of the way to the server; never further than the receipts reach.
fn shown_state(attention: bool, seen: bool, sources: &Sources<'_>, context: &RowContext<'_>) -> SyncState {
    if attention {
        SyncState::NeedsAttention
    } else if context.waiting || !sources.outbox.is_empty() {
        SyncState::OnPhone
    } else if seen {
        SyncState::Seen
    } else {
        SyncState::OnServer
    }
}

/// Events and rulings in the fold's order, for a page. `steps` are [`CaseState::steps`] or [`SessionState::steps`].
#[must_use]
pub fn timeline(
    content: &Content,
    steps: &[FoldedStep],
    sources: &Sources<'_>,
    settings: &Settings,
    today: Day,
) -> Vec<TimelineEntry> {
    let entry = |step: &FoldedStep| match step.step {
        StepRef::Event(id) => {
            let text = content.events.get(&id)?;
            let event = Event::from_text(&text.text).ok()?;
            let by = sources.provenance(&text.change);
            let arrived = by.received_at.map_or(today, |at| at.day(settings.utc_offset_min));
            let unsynced_days = shown_days(days_between(event.at.day(settings.utc_offset_min), arrived));
            let by = Provenance { user: Some(event.by.clone()), ..by };
            Some(TimelineEntry { what: TimelineStep::Event(id, event), by, standing: step.standing, unsynced_days })
        }
        StepRef::Ruling(order) => {
            let ruling: Ruling = serde_json::from_str(content.rulings.get(&order)?).ok()?;
            let by = Provenance { user: None, device: None, received_at: Some(ruling.at), order: Some(order) };
            Some(TimelineEntry { what: TimelineStep::Ruling(order, ruling), by, standing: step.standing, unsynced_days: 0 })
        }
    };
    steps.iter().filter_map(entry).collect()
}

/// Days a step spent unsynced, where the device's clock can be believed: one in the year 2000 says nothing.
fn shown_days(days: i64) -> i64 {
    if (1..=365).contains(&days) { days } else { 0 }
}

/// Facts with several values, with who wrote each.
#[must_use]
pub fn conflicts(document: DocumentId, content: &Content, sources: &Sources<'_>) -> Vec<Conflict> {
    let with_source = |value: &Standing| (value.clone(), sources.provenance(&value.change));
    let conflict = |(key, values): (&String, &Vec<Standing>)| Conflict {
        document,
        key: key.clone(),
        values: values.iter().map(with_source).collect(),
    };
    content.conflicts().map(conflict).collect()
}
