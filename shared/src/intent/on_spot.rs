//! "Answered now": at intake the receiver told the person what they asked, from what the project says or in their own words. A claim beside
//! the registration; an officer accepts it, or answers properly.
//!
//! # Source
//! domain.md §2.1 (level 1: at intake, on the spot); issue 4 (batch capture).

use super::{
    Context, Problem, ProblemCode, dropped,
    facts::{offers, text},
    sensitive::{category, is_sensitive, level},
    step::check_note,
};
use crate::{
    document::content::{Fact, Facts},
    model::{
        codes::{Consent, EntryType, Level},
        event::Step,
        ids::Code,
    },
    settings::Settings,
};

/// Keys of the form that are about the answer begin so; none of them is a fact of a document.
pub(super) const STEM: &str = "told.";
/// What the person was told.
pub const TOLD: &str = "told.words";
/// How satisfied they were: a code of the list `satisfaction`; not asked unless it says so.
pub const SATISFACTION: &str = "told.satisfaction";
/// Whether this answers what they asked: `yes`, `no`, or not asked.
pub const AGREED: &str = "told.agreed";
/// The code of "not asked".
const NOT_ASKED: &str = "s_na";

/// Whether the form is one that may be answered on the spot: an information request of level 1 that is recorded.
#[must_use]
pub fn may_answer_now(facts: &Facts, settings: &Settings) -> bool {
    let chosen = text(facts, "reg.entry_type").map(EntryType::from_id);
    let entry_type = chosen.unwrap_or_else(|| category(facts, settings).map(|category| category.entry_type));
    entry_type == Some(EntryType::InfoRequest)
        && level(facts, settings) == Some(Level::LOWEST)
        && !is_sensitive(facts, settings)
        && !dropped::is_dropped(facts)
        && text(facts, "consent.record") != Some(Consent::No.id())
}

/// Takes what was told out of the form: another subject was chosen, or nothing was told after all.
pub fn untell(facts: &mut Facts) {
    facts.retain(|key, _| !key.starts_with(STEM));
}

/// The step, if the form says that it was answered.
pub(super) fn answered(facts: &Facts, context: &Context<'_>, problems: &mut Vec<Problem>) -> Option<Step> {
    let told = text(facts, TOLD)?;
    if !may_answer_now(facts, context.settings) {
        problems.push(Problem::new(TOLD, ProblemCode::NotOpen));
    }
    check_note(TOLD, told, true, problems);
    let mut code = |key: &str, list: &str, usual: &str| {
        let code = text(facts, key).unwrap_or(usual);
        if !offers(context.settings, list, code) {
            problems.push(Problem::new(key, ProblemCode::UnknownCode));
        }
        Code::from(code)
    };
    let by_voice = if text(facts, "intake.channel") == Some("hotline") { "call" } else { "verbal" };
    Some(Step::AnsweredOnSpot {
        mode: code("ack.mode", "mode", by_voice),
        satisfaction: code(SATISFACTION, "satisfaction", NOT_ASKED),
        told: told.to_owned(),
        agreed: match facts.get(AGREED).and_then(Fact::as_text) {
            Some("yes") => Some(true),
            Some("no") => Some(false),
            _ => None,
        },
    })
}
