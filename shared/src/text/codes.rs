//! Every code of the model has a text, and no text stands for a code that does not exist. Test only.

use super::{Language, TABLE, Texts};
use crate::{
    document::fields::FIELDS,
    intent::ProblemCode,
    model::{
        codes::{CaseFlag, CountKey, Status, SyncState},
        devices::DeviceStanding,
        event::{SealedDeed, Step},
        record::DocKind,
        role::Role,
        ruling::{DayReason, Refusal, RouteReason},
    },
    settings,
};

/// What steps are named by: a sealed one by what was done.
fn steps() -> Vec<&'static str> {
    Step::KINDS.into_iter().filter(|kind| *kind != "sealed_step").chain(SealedDeed::RIGHTS).collect()
}

/// Families by prefix, each with all its codes.
fn families() -> Vec<(&'static str, Vec<&'static str>)> {
    let mut families = vec![
        ("act", steps()),
        ("device-standing", DeviceStanding::ALL.iter().map(|c| c.id()).collect()),
        ("count", CountKey::ALL.iter().map(|c| c.id()).collect()),
        ("flag", CaseFlag::ALL.iter().map(|c| c.id()).collect()),
        ("limit", settings::limits::LIMITS.iter().map(|limit| limit.name).collect()),
        ("own", vec!["received", "answered", "closed"]),
        ("problem", ProblemCode::ALL.iter().map(|c| c.id()).collect()),
        ("received-on", DayReason::ALL.iter().map(|c| c.id()).collect()),
        ("refusal", Refusal::ALL.iter().map(|c| c.id()).collect()),
        ("role", Role::ALL.iter().map(|c| c.id()).collect()),
        ("route", RouteReason::ALL.iter().map(|c| c.id()).collect()),
        ("settings-problem", settings::check::ProblemCode::ALL.iter().map(|c| c.id()).collect()),
        (
            "set-aside",
            vec![
                "generation",
                "moved",
                "picture_not_taken",
                "quarantine_full",
                "quarantined",
                "receipt",
                "server_fault",
                "unreadable",
            ],
        ),
        ("side", vec!["women", "men", "all"]),
        ("standing", vec!["counts", "awaits", "refused", "not_counted"]),
        ("status", Status::ALL.iter().map(|c| c.id()).collect()),
        ("step", steps()),
        ("sync", SyncState::ALL.iter().map(|c| c.id()).collect()),
        ("sync-long", SyncState::ALL.iter().map(|c| c.id()).collect()),
        ("parked", vec!["missing_dep", "upgrade"]),
    ];
    #[cfg(feature = "documents")]
    families.push(("denial", crate::gate::Code::ALL.iter().map(|c| c.id()).collect()));
    families.sort_unstable();
    families
}

#[test]
fn every_code_has_a_text_in_both_languages() {
    for (prefix, codes) in families() {
        for code in codes {
            for language in Language::ALL {
                let text = Texts::new(language).coded(prefix, code);
                assert!(text.is_some_and(|t| !t.trim().is_empty()), "{prefix}-{code} has no text in {}", language.tag());
            }
        }
    }
}

/// Forms, conflicts and the case page name a root key by its label: `field-<document>-<key>` before `field-<key>`.
/// Sets of choices are named by their lists.
#[test]
fn every_root_key_has_a_label() {
    let labelled = |doc: DocKind, key: &str| {
        let code = key.replace('.', "-");
        Language::ALL.into_iter().all(|language| {
            let texts = Texts::new(language);
            texts.coded(&format!("field-{}", doc.id()), &code).or_else(|| texts.coded("field", &code)).is_some()
        })
    };
    for field in FIELDS.iter().filter(|field| !field.key.ends_with('*')) {
        assert!(labelled(field.doc, field.key), "{} of {} has no label", field.key, field.doc.id());
    }
}

/// A misspelt code in a file would otherwise stay unseen.
#[test]
fn no_text_stands_for_a_code_that_does_not_exist() {
    let families = families();
    for id in &TABLE[0] {
        // The longest prefix owns the message: `sync-long-…` is not a code of `sync`.
        let owner = families.iter().filter(|(prefix, _)| id.strip_prefix(prefix).is_some_and(|rest| rest.starts_with('-')));
        if let Some((prefix, codes)) = owner.max_by_key(|(prefix, _)| prefix.len()) {
            assert!(codes.contains(&&id[prefix.len() + 1..]), "{id} is not a code of {prefix}");
        }
    }
}

#[test]
fn arabic_texts_are_arabic() {
    assert!(TABLE.iter().all(|texts| texts.len() == TABLE[0].len()));
    for ((id, arabic), english) in TABLE[0].iter().zip(&TABLE[1]).zip(&TABLE[2]) {
        assert!(arabic.chars().any(|c| ('\u{621}'..='\u{64a}').contains(&c)), "{id} is not in Arabic: {arabic}");
        assert!(!english.chars().any(|c| ('\u{621}'..='\u{64a}').contains(&c)), "{id} is not in English: {english}");
    }
}
