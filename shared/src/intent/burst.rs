//! Many people at one distribution, one after the other: what the next form begins with, how a person is known by what they gave, and
//! what a form of the minimum intake still lacks. The record it becomes is made by `RecordComplaint`, as any other.
//!
//! # Source
//! domain.md §4 (minimum intake), §5.3, §10.4, §12 (burst entry).

use super::facts::text;
use crate::{
    document::content::{Fact, Facts},
    model::codes::{Consent, IdentityMode},
    settings::{Settings, sites::UNLISTED},
};

/// What is the same for everybody at one distribution: where and how, never who or what.
pub const SET_ONCE: [&str; 6] = ["project", "place.adm3", "place.adm4", UNLISTED, "intake.channel", "reg.received_on"];
/// What the minimum intake can't do without, in the order the form asks.
const ASKED: [&str; 9] = [
    "consent.record",
    "reg.category",
    "reg.subject_role",
    "who.sex",
    "who.age_band",
    "intake.words",
    "place.adm3",
    "intake.channel",
    "reg.received_on",
];

/// What the next person's form begins with.
#[must_use]
pub fn next_person(set_up: &Facts) -> Facts {
    let same = SET_ONCE.iter().filter_map(|key| set_up.get_key_value(*key)).map(|(key, fact)| (key.clone(), fact.clone()));
    same.chain([("reg.day_exact".to_owned(), Fact::Flag(true))]).collect()
}

/// Says how a person is known by what they gave: nothing is anonymous, a number alone is a contact without a name, and a name is for
/// the accountability team alone unless they agreed that those who solve it may know it. A number is given to be called.
pub fn know_by_what_is_given(facts: &mut Facts) {
    let (named, reachable) = (text(facts, "contact.name").is_some(), text(facts, "contact.phone.raw").is_some());
    let shared = named && text(facts, "consent.share") == Some(Consent::Yes.id());
    let mode = if shared { IdentityMode::Identified } else { unshared(named, reachable) };
    let mut say = |key: &str, answer: Option<&str>| match answer {
        Some(answer) => drop(facts.insert(key.to_owned(), answer.into())),
        None => drop(facts.remove(key)),
    };
    say("intake.identity_mode", Some(mode.id()));
    say("consent.share", named.then_some(if shared { Consent::Yes.id() } else { Consent::No.id() }));
    say("consent.contact", reachable.then_some(Consent::Yes.id()));
}

/// How a person is known who did not agree that it may be shared who they are.
pub(super) const fn unshared(named: bool, reachable: bool) -> IdentityMode {
    match (named, reachable) {
        (true, _) => IdentityMode::Confidential,
        (false, true) => IdentityMode::AnonContact,
        (false, false) => IdentityMode::Anon,
    }
}

/// Keys the form can't be saved without and does not hold yet.
#[must_use]
pub fn lacking(facts: &Facts, settings: &Settings) -> Vec<&'static str> {
    let category = text(facts, "reg.category").and_then(|code| settings.category(&code.into()));
    let says_it_all = category.is_none_or(|category| category.words_optional);
    let is_asked = |key: &&str| *key != "intake.words" || !says_it_all;
    ASKED.into_iter().filter(is_asked).filter(|key| text(facts, key).is_none()).collect()
}
