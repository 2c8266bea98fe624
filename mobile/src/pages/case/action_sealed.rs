//! From what was typed to a step on a sealed case: kind and day in the clear, the words to be sealed. Knows no markup.

use super::{
    action_fields::{Control, Values, fields},
    action_step::{Problems, Reader},
};
use crate::protocol::CaseDetail;
use shared::{
    document::content::{Fact, Facts},
    model::{
        codes::{CloseReason, Level},
        dates::Day,
        event::SealedDeed,
    },
};

/// What is stated in the clear; all else of a form is sealed.
const CLEAR: [&str; 2] = ["on", "reason"];

/// The level a sealed case can be changed to: there are two.
pub(crate) fn other_level(case: &CaseDetail) -> Option<Level> {
    Level::new(if case.row.level.number() == 4 { 5 } else { 4 })
}

/// The step of `kind` as typed.
///
/// # Errors
/// The fields that are missing or can't be read.
pub(crate) fn sealed_step(kind: &str, values: &Values, case: &CaseDetail) -> Result<(Day, SealedDeed, Facts), Problems> {
    let mut r = Reader::new(values);
    r.check_needed(kind);
    let on = r.day("on");
    let deed = deed(kind, &mut r, case);
    let told = fields(kind).into_iter().filter(|field| !CLEAR.contains(&field.name) && field.kind != Control::Day);
    let words: Facts = told
        .map(|field| (field.name.to_owned(), r.text(field.name)))
        .filter(|(_, text)| !text.is_empty())
        .map(|(name, text)| (name, Fact::Text(text)))
        .collect();
    match (on, deed) {
        (Some(on), Some(deed)) if r.problems.is_empty() => Ok((on, deed, words)),
        _ => Err(r.problems),
    }
}

fn deed(kind: &str, r: &mut Reader<'_>, case: &CaseDetail) -> Option<SealedDeed> {
    Some(match kind {
        "sealed_acknowledged" => SealedDeed::Acknowledged {},
        "sealed_followup" => SealedDeed::Followup {},
        "sealed_contact_attempt" => SealedDeed::ContactAttempt {},
        "sealed_referred" => SealedDeed::Referred {},
        "sealed_responded" => SealedDeed::Responded {},
        "sealed_handed_over" => SealedDeed::HandedOver {},
        "sealed_relevelled" => SealedDeed::Relevelled { level: other_level(case)?, recipients: Vec::new() },
        "sealed_closed" => SealedDeed::Closed { reason: r.read("reason", "unknown_code", CloseReason::from_id)? },
        _ => return None,
    })
}
