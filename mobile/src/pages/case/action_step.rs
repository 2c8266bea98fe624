//! From what was typed to the step. Fills nothing in: what is missing or unreadable is named. Knows no markup.

use super::action_fields::{ACCEPTING, Values, answered_step, claim_of, fields};
use crate::protocol::CaseDetail;
use shared::{
    arabic::digits_to_latin,
    model::{
        codes::{CloseReason, Consent, EntryType, Level, Outcome, Urgency},
        event::Step,
        ids::RecordId,
    },
};

/// Fields that need another look, each with a problem code.
pub(crate) type Problems = Vec<(String, String)>;

/// Reads values by field, collecting what is wrong.
pub(super) struct Reader<'a> {
    values: &'a Values,
    pub(super) problems: Problems,
}

impl<'a> Reader<'a> {
    pub(super) const fn new(values: &'a Values) -> Self {
        Self { values, problems: Vec::new() }
    }

    /// Names what must be filled and is not.
    pub(super) fn check_needed(&mut self, kind: &str) {
        for field in fields(kind).iter().filter(|f| f.needed) {
            if self.text(field.name).is_empty() {
                self.problems.push((field.name.to_owned(), "required".to_owned()));
            }
        }
    }

    pub(super) fn text(&self, name: &str) -> String {
        self.values.get(name).map(|v| v.trim().to_owned()).unwrap_or_default()
    }

    fn flag(&self, name: &str) -> bool {
        self.text(name) == "yes"
    }

    fn maybe(&self, name: &str) -> Option<bool> {
        match self.text(name).as_str() {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        }
    }

    /// A value that is read in some way; empty ones are reported as missing by the list of needed fields.
    pub(super) fn read<T>(&mut self, name: &str, problem: &str, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let text = self.text(name);
        let value = read(&text);
        if value.is_none() && !text.is_empty() {
            self.problems.push((name.to_owned(), problem.to_owned()));
        }
        value
    }

    pub(super) fn day(&mut self, name: &str) -> Option<shared::model::dates::Day> {
        self.read(name, "not_a_day", |text| digits_to_latin(text).parse().ok())
    }
}

/// The step of `kind` as typed. `other` is the case chosen to merge into.
///
/// # Errors
/// The fields that are missing or can't be read.
pub(crate) fn step(kind: &str, values: &Values, case: &CaseDetail, other: Option<RecordId>) -> Result<Step, Problems> {
    let mut r = Reader::new(values);
    r.check_needed(kind);
    let claim = claim_of(case).map(|(id, _)| id).filter(|_| kind == "responded" && r.flag(ACCEPTING));
    let of = answered_step(kind, case).or(claim);
    let step = build(kind, &mut r, of, other);
    match step {
        Some(step) if r.problems.is_empty() => Ok(step),
        _ => Err(r.problems),
    }
}

fn build(kind: &str, r: &mut Reader<'_>, of: Option<shared::model::ids::EventId>, other: Option<RecordId>) -> Option<Step> {
    Some(match kind {
        "acknowledged" => Step::Acknowledged { mode: r.text("mode").as_str().into(), receipt_given: r.flag("receipt_given") },
        "classified" => Step::Classified {
            entry_type: r.read("entry_type", "unknown_code", EntryType::from_id)?,
            category: r.text("category").as_str().into(),
            level: r.read("level", "out_of_range", |n| n.parse().ok().and_then(Level::new))?,
            urgency: r.read("urgency", "unknown_code", Urgency::from_id)?,
            reason: r.text("reason"),
        },
        "assigned" => Step::Assigned {
            to: r.text("to").as_str().into(),
            share_identity: r.flag("share_identity"),
            reason: r.text("reason"),
        },
        "started" => Step::Started { note: r.text("note") },
        "correction" => Step::Correction { note: r.text("note") },
        "held" => Step::Held { reason: r.text("reason").as_str().into(), next_on: r.day("next_on")?, note: r.text("note") },
        "resumed" => Step::Resumed { note: r.text("note") },
        "extension_asked" => {
            Step::ExtensionAsked { reason: r.text("reason"), until: r.day("until")?, interim: r.text("interim") }
        }
        "extension_approved" => Step::ExtensionApproved { of: of? },
        "answer_proposed" => Step::AnswerProposed {
            talking_points: r.text("talking_points"),
            findings: r.text("findings"),
            actions: r.text("actions"),
        },
        "answer_approved" => Step::AnswerApproved { of: of? },
        "followup" => Step::Followup {
            with: r.text("with"),
            mode: r.text("mode").as_str().into(),
            note: r.text("note"),
            next_on: r.day("next_on"),
        },
        "contact_attempt" => Step::ContactAttempt {
            mode: r.text("mode").as_str().into(),
            result: r.text("result").as_str().into(),
            on: r.day("on")?,
            time: r.text("time"),
        },
        "responded" => Step::Responded {
            on: r.day("on")?,
            mode: r.text("mode").as_str().into(),
            summary: r.text("summary"),
            reached: r.flag("reached"),
            understood: r.maybe("understood"),
            accepts: r.maybe("accepts"),
            of,
        },
        "closed" => Step::Closed {
            on: r.day("on")?,
            reason: r.read("reason", "unknown_code", CloseReason::from_id)?,
            outcome: r.read("outcome", "unknown_code", Outcome::from_id)?,
            note: r.text("note"),
            satisfaction: r.text("satisfaction").as_str().into(),
            actions_done: r.flag("actions_done"),
        },
        "close_seconded" => Step::CloseSeconded { of: of? },
        "referred" => Step::Referred {
            to: r.text("to"),
            consent: r.read("consent", "unknown_code", Consent::from_id)?,
            ground: r.text("ground"),
            shared: r.text("shared"),
        },
        "referral_received" => {
            Step::ReferralReceived { on: r.day("on")?, note: r.text("note"), person_told: r.flag("person_told") }
        }
        "merged" => match other {
            Some(into) => Step::Merged { into, into_ref: r.text("into_ref"), reason: r.text("reason") },
            None => {
                r.problems.push(("into_ref".to_owned(), "unknown_record".to_owned()));
                return None;
            }
        },
        "reopened" => Step::Reopened { reason: r.text("reason"), requested_by: r.text("requested_by") },
        "voided" => Step::Voided { reason: r.text("reason") },
        _ => return None,
    })
}
