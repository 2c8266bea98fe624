//! When a report may be sensitive, and what of it may then be kept: the clear header, nothing else, not even in a draft.
//!
//! # Source
//! design.md §7 (sealed); domain.md §6 (T4), §10.3.

use super::facts::{flag, number, text};
use crate::{
    document::content::{Fact, Facts},
    model::{
        codes::{Level, SubjectRole},
        dates::Day,
        ids::{Code, Pcode, ProjectCode, UserId},
        record::Class,
    },
    routing::{self, CaseFacts},
    settings::{Category, Settings},
};

/// Facts of the form that a clear header is made of. The receipt number comes from the device's lease.
const HEADER_FACTS: [&str; 9] = [
    "receipt_given",
    "reg.received_on",
    "reg.day_exact",
    "reg.old_day_confirmed",
    "reg.may_be_sensitive",
    "reg.level",
    "reg.voice_escalated_at",
    "place.adm3",
    "project",
];

pub(super) fn category<'a>(facts: &Facts, settings: &'a Settings) -> Option<&'a Category> {
    text(facts, "reg.category").and_then(|code| settings.category(&Code::from(code)))
}

/// The level a person raised the report to, if any.
fn raised(facts: &Facts) -> Option<Level> {
    number(facts, "reg.level").and_then(|level| u8::try_from(level).ok()).and_then(Level::new)
}

/// Whether a form holds a report that may be sensitive, so that only the clear header may be kept, not even a draft of more:
/// a sealed category (`ser.*`, `prot.need`, `cond.*`), a level of 4-5, or `reg.may_be_sensitive`.
#[must_use]
pub fn is_sensitive(facts: &Facts, settings: &Settings) -> bool {
    let by_category = category(facts, settings).is_some_and(|category| category.sealed || category.level.is_sealed());
    // A device with an older list must not write down what a newer one seals.
    let by_branch = text(facts, "reg.category").is_some_and(|code| code.starts_with("ser.") || code.starts_with("cond."));
    by_category || by_branch || raised(facts).is_some_and(Level::is_sealed) || flag(facts, "reg.may_be_sensitive")
}

/// The level a form stands for: the category's, or a higher one that a person chose. A report that only may be sensitive is
/// level 5, so that the fewest read it.
pub(super) fn level(facts: &Facts, settings: &Settings) -> Option<Level> {
    let proposed = category(facts, settings).map(|category| category.level).max(raised(facts));
    if !is_sensitive(facts, settings) || proposed.is_some_and(Level::is_sealed) { proposed } else { Level::new(5) }
}

/// What of a form may be kept, in a draft or a record: all of it, or of a sensitive report the header's facts only. Its level
/// is kept in place of its category.
#[must_use]
pub fn keepable(facts: &Facts, settings: &Settings) -> Facts {
    if !is_sensitive(facts, settings) {
        return facts.clone();
    }
    let mut kept: Facts =
        HEADER_FACTS.iter().filter_map(|key| facts.get_key_value(*key)).map(|(k, v)| (k.clone(), v.clone())).collect();
    kept.insert("reg.may_be_sensitive".into(), Fact::Flag(true));
    if let Some(level) = level(facts, settings) {
        kept.insert("reg.level".into(), Fact::Number(i64::from(level.number())));
    }
    kept
}

/// Whom she would rather speak to: `woman`, `specialist`, or `other` where the writer is concerned. Its code of the list `meet_with`.
pub const PREFERS: &str = "contact.resp.with";

/// What stays of a form when she would rather speak to someone else: the sub-district. The rest is forgotten; a safe place and time may
/// follow. Where the writer is concerned, also whom it is about, so that it goes to nobody of them; it is level 4 then, since nothing
/// says more. # Source: issue 3 (two-tap exit); domain.md §12 (complaint about the accountability team)
#[must_use]
pub fn rather(facts: &Facts, prefers: &str, today: Day) -> Facts {
    let is_about_us = prefers == "other";
    let kept: &[&str] = if is_about_us { &["place.adm3", "project", "reg.subject_role"] } else { &["place.adm3"] };
    let mut rather: Facts =
        kept.iter().filter_map(|key| facts.get_key_value(*key)).map(|(k, v)| (k.clone(), v.clone())).collect();
    rather.insert("reg.received_on".into(), today.to_string().into());
    rather.insert("reg.day_exact".into(), Fact::Flag(true));
    rather.insert("reg.may_be_sensitive".into(), Fact::Flag(true));
    if is_about_us {
        rather.insert("reg.level".into(), Fact::Number(4));
    }
    rather.insert(PREFERS.into(), prefers.into());
    rather
}

/// Whom a sensitive report goes to, as far as the form is filled in: nobody whom it says it is about.
#[must_use]
pub fn recipients_of(facts: &Facts, author: &UserId, settings: &Settings) -> Vec<UserId> {
    let Some(level) = level(facts, settings) else { return Vec::new() };
    let adm3 = Pcode::from(text(facts, "place.adm3").unwrap_or_default());
    let project = text(facts, "project").map(ProjectCode::from);
    let subject_role = text(facts, "reg.subject_role").and_then(SubjectRole::from_id).unwrap_or(SubjectRole::Unknown);
    let routed =
        CaseFacts { level, adm3: &adm3, project: project.as_ref(), partner: None, subject_role: Some(subject_role), author };
    let category = text(facts, "reg.category").map(Code::from);
    routing::recipients(settings, &routed, category.as_ref())
}

/// The class of the case document that a form becomes.
#[must_use]
pub fn class_of(facts: &Facts, settings: &Settings) -> Class {
    if is_sensitive(facts, settings) { Class::SealedHeader } else { Class::Case }
}
