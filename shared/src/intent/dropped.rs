//! A call that dropped: what was entered so far becomes a record of an interrupted contact, so that nobody is asked for what nobody
//! could say any more. Chooses nothing but "unknown" and "not possible to ask".
//!
//! # Source
//! domain.md §4 (consent: not possible to ask), §5.1 (incomplete), §5.3; issue 4 (hotline).

use super::{
    burst::unshared,
    facts::{flag, text},
};
use crate::{
    document::content::{Fact, Facts},
    model::codes::{Consent, EntryType, IdentityMode, SubjectRole},
};

/// Says that the call dropped.
pub const DROPPED: &str = "intake.dropped_call";
/// The category of what could not be understood.
const UNCLEAR: &str = "unclear";

/// Whether the form is that of a call that dropped.
pub(super) fn is_dropped(facts: &Facts) -> bool {
    flag(facts, DROPPED)
}

/// The form with what could not be asked said to be unknown. What was entered stays as it is.
pub(super) fn with_what_is_there(facts: &Facts) -> Facts {
    let mut whole = facts.clone();
    let mut unless_given = |key: &str, value: &str| {
        if text(facts, key).is_none() {
            whole.insert(key.to_owned(), Fact::from(value));
        }
    };
    unless_given("consent.record", Consent::NotPossible.id());
    unless_given("intake.channel", "hotline");
    unless_given("reg.category", UNCLEAR);
    unless_given("reg.subject_role", SubjectRole::Unknown.id());
    unless_given("who.sex", "unk");
    unless_given("who.age_band", "a_unk");
    whole.insert("reg.entry_type".into(), EntryType::Incomplete.id().into());
    let has = |key: &str| text(facts, key).is_some();
    let mode = text(facts, "intake.identity_mode").and_then(IdentityMode::from_id);
    let fits = match mode {
        Some(IdentityMode::Identified) => has("contact.name"),
        Some(IdentityMode::Group) => has("group.size"),
        Some(IdentityMode::AnonContact) => has("contact.phone.raw") || has("contact.resp.place"),
        Some(IdentityMode::Confidential) => has("contact.name") || has("contact.benef_id") || has("contact.phone.raw"),
        Some(IdentityMode::Anon | IdentityMode::OnBehalf) => true,
        None => false,
    };
    if !fits {
        let known = unshared(has("contact.name") || has("contact.benef_id"), has("contact.phone.raw"));
        whole.insert("intake.identity_mode".into(), known.id().into());
        whole.retain(|key, _| !key.starts_with("group.") && !key.starts_with("contact.concerned."));
    }
    whole
}
