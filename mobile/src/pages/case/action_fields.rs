//! Which fields each step's form has, and what they begin with. The names are those of the step itself, so that a problem the
//! replica finds is shown under its field. Knows no markup.

use crate::protocol::{CaseDetail, StepStanding, TimelineStep};
use shared::model::{
    codes::CloseReason,
    dates::Day,
    event::{MAX_NOTE_CHARS, MAX_WORDS_CHARS, Step},
    ids::EventId,
};
use std::collections::BTreeMap;

/// What was typed, by field.
pub(crate) type Values = BTreeMap<String, String>;

/// One field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ActionField {
    /// Its name in the step.
    pub(crate) name: &'static str,
    /// Its control.
    pub(crate) kind: Control,
    /// Must be filled before saving.
    pub(crate) needed: bool,
}

/// The control of a field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Control {
    /// Several lines, at most so many characters.
    Note(usize),
    /// One line.
    Line,
    /// A code of a settings list.
    Choice(&'static str),
    /// A category.
    Category,
    /// A civil day.
    Day,
    /// Yes or not.
    Flag,
    /// Yes, no, or not asked.
    Maybe,
    /// Someone who can be responsible.
    Assignee,
    /// Another case, by receipt number.
    OtherCase,
}

const fn field(name: &'static str, kind: Control) -> ActionField {
    ActionField { name, kind, needed: true }
}

const fn optional(name: &'static str, kind: Control) -> ActionField {
    ActionField { name, kind, needed: false }
}

const NOTE: Control = Control::Note(MAX_NOTE_CHARS);
const WORDS: Control = Control::Note(MAX_WORDS_CHARS);

/// The fields of a step's form. Empty where the press alone says it all.
pub(crate) fn fields(kind: &str) -> Vec<ActionField> {
    use Control::{Assignee, Category, Choice, Day, Flag, Line, Maybe, OtherCase};
    match kind {
        "acknowledged" => vec![field("mode", Choice("mode")), optional("receipt_given", Flag)],
        "classified" => vec![
            field("entry_type", Choice("entry_type")),
            field("category", Category),
            field("level", Choice("level")),
            field("urgency", Choice("urgency")),
            optional("reason", NOTE),
        ],
        "assigned" => vec![field("to", Assignee), optional("share_identity", Flag), optional("reason", NOTE)],
        "started" | "correction" => vec![field("note", NOTE)],
        "held" => vec![field("reason", Choice("hold")), field("next_on", Day), optional("note", NOTE)],
        "resumed" => vec![optional("note", NOTE)],
        "extension_asked" => vec![field("until", Day), field("reason", NOTE), field("interim", NOTE)],
        "answer_proposed" => vec![field("talking_points", NOTE), optional("findings", NOTE), optional("actions", NOTE)],
        "followup" => vec![field("mode", Choice("mode")), field("note", NOTE), optional("with", Line), optional("next_on", Day)],
        "contact_attempt" => {
            vec![field("on", Day), optional("time", Line), field("mode", Choice("mode")), field("result", Choice("contact"))]
        }
        "responded" => vec![
            field("on", Day),
            field("mode", Choice("mode")),
            field("summary", NOTE),
            optional("reached", Flag),
            optional("understood", Maybe),
            optional("accepts", Maybe),
        ],
        "closed" => vec![
            field("reason", Choice("close_reason")),
            field("outcome", Choice("outcome")),
            field("on", Day),
            field("satisfaction", Choice("satisfaction")),
            optional("actions_done", Flag),
            optional("note", NOTE),
        ],
        "referred" => {
            vec![field("to", Line), field("consent", Choice("consent")), optional("ground", NOTE), field("shared", NOTE)]
        }
        "referral_received" => vec![field("on", Day), optional("person_told", Flag), optional("note", NOTE)],
        "merged" => vec![field("into_ref", OtherCase), field("reason", NOTE)],
        "reopened" => vec![field("requested_by", Line), field("reason", NOTE)],
        "voided" => vec![field("reason", NOTE)],
        // On a sealed case only day, kind and reason stand in the clear.
        "sealed_acknowledged" | "sealed_handed_over" => vec![field("on", Day), optional("text", WORDS)],
        "sealed_contact_attempt" => vec![field("on", Day), optional("mode", Choice("mode")), optional("text", WORDS)],
        "sealed_followup" | "sealed_responded" => vec![field("on", Day), optional("mode", Choice("mode")), field("text", WORDS)],
        "sealed_referred" => vec![field("on", Day), field("to", Line), field("text", WORDS)],
        "sealed_relevelled" => vec![field("on", Day), field("text", WORDS)],
        "sealed_closed" => vec![field("reason", Choice("close_reason")), field("on", Day), field("text", WORDS)],
        _ => Vec::new(),
    }
}

/// What a form begins with: today where a day is stated, and what already holds where it is changed.
pub(crate) fn first_values(kind: &str, case: &CaseDetail, today: Day) -> Values {
    let mut values = Values::new();
    let mut put = |name: &str, value: String| values.insert(name.to_owned(), value);
    for field in fields(kind) {
        if field.kind == Control::Day && field.name == "on" {
            put("on", today.to_string());
        }
    }
    match kind {
        "classified" => {
            put("entry_type", case.row.entry_type.map(|e| e.id().to_owned()).unwrap_or_default());
            put("category", case.row.category.as_ref().map(ToString::to_string).unwrap_or_default());
            put("level", case.row.level.number().to_string());
            put("urgency", case.row.urgency.id().to_owned());
        }
        // The one way level 5 ends.
        "sealed_closed" if case.row.level.number() == 5 => {
            put("reason", CloseReason::IuHandover.id().to_owned());
        }
        "assigned" => {
            put("to", case.row.assignee.as_ref().map(ToString::to_string).unwrap_or_default());
        }
        _ => {}
    }
    values
}

/// Says that an answer takes what was told on the spot for the answer; not a field that anybody fills in.
pub(crate) const ACCEPTING: &str = "accepting";

/// What was told on the spot, if that counts.
pub(crate) fn claim_of(case: &CaseDetail) -> Option<(EventId, &Step)> {
    case.timeline.iter().find_map(|entry| match &entry.what {
        TimelineStep::Event(id, event) if matches!(event.step, Step::AnsweredOnSpot { .. }) => {
            (entry.standing == StepStanding::Counts).then_some((*id, &event.step))
        }
        _ => None,
    })
}

/// The step that an approval is about: the last proposal of its kind that was not refused.
pub(crate) fn answered_step(kind: &str, case: &CaseDetail) -> Option<EventId> {
    let wanted = match kind {
        "extension_approved" => "extension_asked",
        "answer_approved" => "answer_proposed",
        "close_seconded" => "closed",
        _ => return None,
    };
    case.timeline.iter().rev().find_map(|entry| match &entry.what {
        TimelineStep::Event(id, event) if event.step.kind() == wanted && !is_out(entry.standing, &event.step) => Some(*id),
        _ => None,
    })
}

/// A close refused for want of a second person is what a second person agrees to; any other refusal ends a proposal.
fn is_out(standing: StepStanding, step: &Step) -> bool {
    use shared::model::ruling::Refusal;
    match standing {
        StepStanding::Refused(Refusal::NeedsSecondPerson) => !matches!(step, Step::Closed { .. }),
        StepStanding::Refused(_) | StepStanding::NotCounted => true,
        StepStanding::Counts | StepStanding::Awaits => false,
    }
}
