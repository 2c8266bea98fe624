//! Every code a page can meet has words in both languages, and every field a label.

use crate::{
    components::names,
    pages::case::{action_fields, action_step},
    protocol::FailureCode,
    staging::{case_detail, day, record, settings},
};
use shared::{
    document::fields::FIELDS,
    model::event::{SealedDeed, Step},
    text::{Language, Texts},
};

const BOTH: [Texts; 2] = [Texts::new(Language::Ar), Texts::new(Language::En)];

#[test]
fn every_root_key_has_a_label() {
    for t in BOTH {
        // Members of sets are named by their lists.
        for field in FIELDS.iter().filter(|f| !f.key.ends_with('*')) {
            assert_ne!(names::field(t, field.doc, field.key), field.key, "{:?}", t.language());
        }
    }
}

#[test]
fn every_field_of_every_steps_form_has_a_label_and_every_step_a_name() {
    for t in BOTH {
        for kind in Step::KINDS.into_iter().filter(|kind| *kind != "sealed_step").chain(SealedDeed::RIGHTS) {
            assert!(t.coded("act", kind).is_some() && t.coded("step", kind).is_some(), "{kind}");
            for field in action_fields::fields(kind) {
                assert!(t.coded("field", field.name).is_some(), "{kind}: {}", field.name);
            }
        }
    }
}

#[test]
fn every_failure_tells_what_happened() {
    for code in [FailureCode::Invalid, FailureCode::SealingNotOpen, FailureCode::Internal, FailureCode::NoRefNos] {
        for t in BOTH {
            assert_ne!(names::failure(t, code), names::failure_id(code));
        }
    }
}

/// A filled form becomes the step of its kind; an empty one names what is missing, and nothing is filled in for the person.
#[test]
fn a_filled_form_becomes_its_step_and_an_empty_one_names_what_is_missing() {
    let case = case_detail(1);
    let lists = settings();
    let own_page = [
        "registered",
        "seen",
        "session_registered",
        "plan_changed",
        "corrected",
        "estimated",
        "estimate_dropped",
        "session_joined",
        "count_dropped",
        "drop_undone",
        "materials_handed",
        "sealed_step",
        "box_opened",
        "answered_on_spot",
    ];
    for kind in Step::KINDS.into_iter().filter(|kind| !own_page.contains(kind)) {
        let fields = action_fields::fields(kind);
        if fields.iter().any(|f| f.needed) {
            let problems = action_step::step(kind, &Default::default(), &case, None).unwrap_err();
            assert!(problems.iter().any(|(_, code)| code == "required"), "{kind}: {problems:?}");
        }
        let values = fields
            .iter()
            .map(|field| {
                let value = match field.kind {
                    action_fields::Control::Choice(list) => lists.lists[list][0].code.to_string(),
                    action_fields::Control::Day => day(2026, 11, 24).to_string(),
                    action_fields::Control::Flag | action_fields::Control::Maybe => "yes".to_owned(),
                    action_fields::Control::Category => "qual.delay".to_owned(),
                    action_fields::Control::Assignee => "u4".to_owned(),
                    action_fields::Control::OtherCase => "482173602".to_owned(),
                    action_fields::Control::Note(_) | action_fields::Control::Line => "كلمات".to_owned(),
                };
                (field.name.to_owned(), value)
            })
            .collect();
        match action_step::step(kind, &values, &case, Some(record(2))) {
            Ok(step) => assert_eq!(step.kind(), kind),
            // Nothing in this case waits to be approved.
            Err(problems) => {
                assert!(matches!(kind, "extension_approved" | "answer_approved") && problems.is_empty(), "{kind}: {problems:?}")
            }
        }
    }
}

#[test]
fn days_typed_in_arabic_digits_are_read() {
    let values =
        [("on", "٢٠٢٦-١١-٢٠"), ("mode", "call"), ("result", "no_answer")].map(|(k, v)| (k.to_owned(), v.to_owned())).into();
    let step = action_step::step("contact_attempt", &values, &case_detail(1), None).unwrap();
    assert!(matches!(step, Step::ContactAttempt { on, .. } if on == day(2026, 11, 20)));
}
