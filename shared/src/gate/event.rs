//! The form of an event: read whole or not at all, every part within its bounds, written by whom it says.
//! Whether the step fits the case is for a ruling to say.

use super::{Code, Denial, Park};
use crate::{
    document::fields::{MAX_COUNT, is_plain_day, is_short},
    model::{
        dates::Day,
        event::{Event, EventError, MAX_NOTE_CHARS, Registered, SealedDeed, Step},
        ids::{Code as CodeId, UserId},
    },
};

/// Longest text of one event, in bytes: three of the longest free texts in four-byte characters and their JSON.
const MAX_EVENT_BYTES: usize = 56 * 1024;
/// Most steps an event can name as seen last; more than a few are never open at once.
const MAX_AFTER: usize = 64;
/// Most recipients of a sealed report.
const MAX_RECIPIENTS: usize = 32;
/// Most kinds of material one claim names.
const MAX_MATERIALS: usize = 32;
/// Longest "when" of an attempt to reach someone, in characters.
const MAX_TIME_CHARS: usize = 40;

/// Why a text is not an acceptable event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flaw {
    Malformed,
    Later,
    Author,
}

impl Flaw {
    pub(super) fn denial(self, check: u8, path: &str) -> Denial {
        match self {
            Self::Malformed => Denial::refuse(check, Code::EventMalformed, path),
            Self::Later => Denial::park(check, Park::Upgrade, Code::LaterEvent, path),
            Self::Author => Denial::refuse(check, Code::Author, path),
        }
    }
}

pub(super) fn read(text: &str, user: &UserId) -> Result<Event, Flaw> {
    if text.len() > MAX_EVENT_BYTES {
        return Err(Flaw::Malformed);
    }
    let event = Event::from_text(text).map_err(|error| match error {
        EventError::UnknownKind => Flaw::Later,
        EventError::Malformed => Flaw::Malformed,
    })?;
    let compact = event.to_text();
    if compact != text {
        return Err(if says_more(text, &compact) { Flaw::Later } else { Flaw::Malformed });
    }
    if event.by != *user {
        return Err(Flaw::Author);
    }
    let is_sound = event.by.is_well_formed() && event.after.len() <= MAX_AFTER && parts(&event.step).iter().all(Part::fits);
    if is_sound { Ok(event) } else { Err(Flaw::Malformed) }
}

/// Whether the text holds a field that this version does not know, rather than the same in another notation.
fn says_more(text: &str, compact: &str) -> bool {
    let value = |text| serde_json::from_str::<serde_json::Value>(text).ok();
    value(text) != value(compact)
}

/// Whether someone's own words stand in the event.
pub(super) fn has_words(event: &Event) -> bool {
    parts(&event.step).iter().any(|part| matches!(part, Part::Words(text, _) if !text.is_empty()))
}

enum Part<'a> {
    Words(&'a str, usize),
    Code(&'a CodeId),
    Day(Day),
    User(&'a UserId),
    Count(i64),
    /// Whether a rule between fields holds.
    Holds(bool),
}

impl Part<'_> {
    fn fits(&self) -> bool {
        match self {
            Self::Words(text, most) => is_short(text, *most),
            Self::Code(code) => code.is_well_formed(),
            Self::Day(day) => is_plain_day(*day),
            Self::User(user) => user.is_well_formed(),
            Self::Count(count) => (0..=MAX_COUNT).contains(count),
            Self::Holds(holds) => *holds,
        }
    }
}

const fn note(text: &str) -> Part<'_> {
    Part::Words(text, MAX_NOTE_CHARS)
}

/// Everything in a step that has bounds. No pattern skips a field, so that a new one is thought of here.
fn parts(step: &Step) -> Vec<Part<'_>> {
    match step {
        Step::Registered(registered) => registered_parts(registered),
        Step::Seen {} | Step::BoxOpened {} | Step::SessionRegistered { planned: _ } => vec![],
        Step::DropUndone { of: _ } => vec![],
        Step::ExtensionApproved { of: _ } | Step::AnswerApproved { of: _ } | Step::CloseSeconded { of: _ } => vec![],
        Step::Acknowledged { mode, receipt_given: _ } => vec![Part::Code(mode)],
        Step::Classified { entry_type: _, category, level: _, urgency: _, reason } => vec![Part::Code(category), note(reason)],
        Step::Assigned { to, share_identity: _, reason } => vec![Part::User(to), note(reason)],
        Step::Started { note: text } | Step::Resumed { note: text } | Step::Correction { note: text } => vec![note(text)],
        Step::Held { reason, next_on, note: text } => vec![Part::Code(reason), Part::Day(*next_on), note(text)],
        Step::ExtensionAsked { reason, until, interim } => vec![note(reason), Part::Day(*until), note(interim)],
        Step::AnswerProposed { talking_points, findings, actions } => vec![note(talking_points), note(findings), note(actions)],
        Step::Followup { with, mode, note: text, next_on } => {
            vec![note(with), Part::Code(mode), note(text), Part::Holds(next_on.is_none_or(is_plain_day))]
        }
        Step::ContactAttempt { mode, result, on, time } => {
            vec![Part::Code(mode), Part::Code(result), Part::Day(*on), Part::Words(time, MAX_TIME_CHARS)]
        }
        Step::Responded { on, mode, summary, reached: _, understood: _, accepts: _, of: _ } => {
            vec![Part::Day(*on), Part::Code(mode), note(summary)]
        }
        Step::AnsweredOnSpot { mode, told, agreed: _, satisfaction } => {
            vec![Part::Code(mode), note(told), Part::Holds(!told.trim().is_empty()), Part::Code(satisfaction)]
        }
        Step::Closed { on, reason: _, outcome: _, note: text, satisfaction, actions_done: _ } => {
            vec![Part::Day(*on), note(text), Part::Code(satisfaction)]
        }
        Step::Referred { to, consent: _, ground, shared } => vec![note(to), note(ground), note(shared)],
        Step::ReferralReceived { on, note: text, person_told: _ } => vec![Part::Day(*on), note(text)],
        Step::Merged { into: _, into_ref, reason } => vec![Part::Holds(is_ref(into_ref)), note(reason)],
        Step::Reopened { reason, requested_by } => vec![note(reason), note(requested_by)],
        Step::Voided { reason } | Step::EstimateDropped { of: _, reason } => vec![note(reason)],
        Step::PlanChanged { to, reason, note: text } => {
            vec![Part::Holds(to.is_none_or(is_plain_day)), Part::Code(reason), note(text)]
        }
        Step::SessionJoined { lead } => vec![Part::User(lead)],
        Step::CountDropped { of, counts, reason } => {
            let is_said = !counts.is_empty() && !reason.trim().is_empty();
            let counts = counts.values().map(|count| Part::Count(i64::from(*count)));
            counts.chain([Part::User(of), Part::Holds(is_said), note(reason)]).collect()
        }
        Step::MaterialsHanded { counts } => {
            let each = counts.iter().flat_map(|(kind, count)| [Part::Code(kind), Part::Count(i64::from(*count))]);
            each.chain([Part::Holds(counts.len() <= MAX_MATERIALS)]).collect()
        }
        Step::SealedStep { on, deed } => sealed_parts(*on, deed),
        Step::Corrected { key: _, delta, reason } => {
            vec![Part::Holds(*delta != 0 && !reason.trim().is_empty()), Part::Words(reason, MAX_NOTE_CHARS)]
        }
        Step::Estimated { side, counts, with_disability } => {
            let counts = counts.values().chain(with_disability).map(|count| Part::Count(i64::from(*count)));
            counts.chain([Part::Code(side)]).collect()
        }
    }
}

fn sealed_parts(on: Day, deed: &SealedDeed) -> Vec<Part<'_>> {
    let mut parts = vec![Part::Day(on)];
    match deed {
        SealedDeed::Acknowledged {}
        | SealedDeed::Followup {}
        | SealedDeed::ContactAttempt {}
        | SealedDeed::Referred {}
        | SealedDeed::Responded {}
        | SealedDeed::HandedOver {}
        | SealedDeed::Closed { reason: _ } => {}
        SealedDeed::Relevelled { level, recipients } => {
            parts.push(Part::Holds(level.is_sealed() && recipients.len() <= MAX_RECIPIENTS));
            parts.extend(recipients.iter().map(Part::User));
        }
    }
    parts
}

fn registered_parts(registered: &Registered) -> Vec<Part<'_>> {
    let Registered {
        received_on,
        day_exact: _,
        level,
        urgency: _,
        entry_type,
        category,
        subject_role,
        voice_escalated_at: _,
        recipients,
        adm3,
        project,
    } = registered;
    // Entry type, category, subject: a whole case says all, the mere count of one the first, a sealed header none.
    let said = (entry_type.is_some(), category.is_some(), subject_role.is_some());
    let form = match said {
        (true, true, true) | (true, false, false) => !level.is_sealed() && recipients.is_empty(),
        (false, false, false) => level.is_sealed(),
        _ => false,
    };
    let ids = adm3.is_well_formed() && project.as_ref().is_none_or(|p| p.is_well_formed()) && recipients.len() <= MAX_RECIPIENTS;
    let mut parts = vec![Part::Day(*received_on), Part::Holds(form), Part::Holds(ids)];
    parts.extend(category.as_ref().map(Part::Code));
    parts.extend(recipients.iter().map(Part::User));
    parts
}

fn is_ref(text: &str) -> bool {
    text.len() == 9 && text.bytes().all(|b| b.is_ascii_digit())
}
