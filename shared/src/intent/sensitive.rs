//! What a sensitive report may keep until sealing is open: the clear header and nothing else. One rule for the form,
//! the draft, the intent and the gate's counterpart. Knows no storage.
//!
//! # Source
//! Issue 2, "Sensitive reports until the secrecy issue lands"; design.md §7 (clear header).

use crate::{
    document::content::{Fact, Facts},
    model::ids::Code,
    settings::Settings,
};

/// Set by the person, or by [`strip`] in place of the category that said so.
pub const FLAG: &str = "reg.may_be_sensitive";

/// What stays of a form that has become sensitive; `ref_no` is added with the intent.
const KEPT: &[&str] = &["place.adm3", "project", "reg.received_on", "reg.day_exact", "reg.voice_escalated_at", FLAG];

/// Whether what a complaint's form holds makes the report sensitive: the person says so, or its category is sealed or
/// of level 4-5.
#[must_use]
pub fn is_sensitive(settings: &Settings, facts: &Facts) -> bool {
    let flagged = facts.get(FLAG) == Some(&Fact::Flag(true));
    let category = facts.get("reg.category").and_then(Fact::as_text).map(Code::from);
    let category = category.and_then(|code| settings.category(&code));
    flagged || category.is_some_and(|category| category.sealed || category.level.is_sealed())
}

/// Takes out everything a sensitive report may not keep: names, words, subject, and the category itself, for which the
/// flag then stands.
pub fn strip(facts: &mut Facts) {
    facts.retain(|key, _| KEPT.contains(&key.as_str()));
    facts.insert(FLAG.to_owned(), Fact::Flag(true));
}

#[cfg(test)]
mod tests {
    use super::{FLAG, strip};
    use crate::document::content::{Fact, Facts};

    #[test]
    fn a_stripped_form_holds_place_project_day_and_the_flag() {
        let mut facts: Facts = [
            ("intake.words", "ضربني"),
            ("contact.name", "سلمى"),
            ("subject.person", "المشرف"),
            ("reg.category", "ser.abuse"),
            ("place.adm3", "SY020400"),
            ("project", "P01"),
            ("reg.received_on", "2026-11-02"),
        ]
        .into_iter()
        .map(|(key, value)| (key.to_owned(), Fact::from(value)))
        .collect();
        strip(&mut facts);
        let kept: Vec<&str> = facts.keys().map(String::as_str).collect();
        assert_eq!(kept, ["place.adm3", "project", FLAG, "reg.received_on"]);
    }
}
