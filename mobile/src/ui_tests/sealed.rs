//! The sealed lane on the screen: writing a sensitive report down, and a sealed case as its holders see it.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use crate::{
    pages::case::{action_fields::first_values, action_sealed::sealed_step},
    protocol::{
        Answer, CaseDetail, Request,
        sealed::{SealedCase, Told},
    },
    staging::{NOW, Stand, case_detail, day, draft, record},
};
use shared::{
    document::content::{Fact, Facts},
    model::{
        codes::{CloseReason, Level, Status},
        event::{Event, SealedDeed, Step},
        ids::EventId,
        record::DocKind,
    },
};

fn facts(pairs: &[(&str, &str)]) -> Facts {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), Fact::from(*value))).collect()
}

fn sealed_case(sealed: SealedCase) -> CaseDetail {
    let mut case = case_detail(1);
    case.row.level = Level::new(5).unwrap();
    case.row.status = Status::Sealed;
    (case.row.category, case.row.excerpt, case.contact) = (None, String::new(), None);
    case.facts = facts(&[("ref_no", &case.row.ref_no), ("place.adm3", "SY020400")]);
    (case.conflicts, case.flags, case.duplicates) = (Vec::new(), Vec::new(), Vec::new());
    case.may = ["seen", "sealed_followup", "sealed_handed_over", "sealed_closed"].map(str::to_owned).to_vec();
    let step = Step::SealedStep { on: day(2026, 11, 20), deed: SealedDeed::Followup {} };
    let mut entry = case.timeline[2].clone();
    entry.what = crate::protocol::TimelineStep::Event(
        EventId([9; 8]),
        Event { by: "u3".into(), at: NOW, after: Vec::new(), set: 1, step },
    );
    case.timeline = vec![entry];
    case.sealed = Some(sealed);
    case
}

fn show(stand: Stand, case: CaseDetail) -> String {
    let at = format!("/cases/{}", record(1));
    stand.answering(move |request| matches!(request, Request::Case(_)).then(|| Answer::Case(Box::new(case.clone())))).show(&at)
}

#[test]
fn where_it_can_be_sealed_the_sensitive_page_offers_to_write_it_down_and_else_it_does_not() {
    for (can_seal, offered) in [(true, true), (false, false)] {
        let html = Stand::english()
            .answering(move |request| match request {
                Request::CanSeal(_) => Some(Answer::CanSeal(can_seal)),
                Request::Drafts => Some(Answer::Drafts(vec![draft(2, &[("reg.category", "ser.sea")])])),
                _ => None,
            })
            .show(&format!("/capture/{}", record(1)));
        assert!(html.contains("data-testid=\"sensitive\"") && html.contains("+905321112233"), "{html}");
        assert_eq!(html.contains("write-sealed"), offered);
        assert_eq!(html.contains("Write nothing on paper"), offered);
        assert!(!html.contains("field-intake.words"));
    }
}

#[test]
fn an_opened_case_shows_what_was_told_its_holders_and_the_words_of_its_steps() {
    let told = facts(&[
        ("intake.words", "طلب المشرف مالاً"),
        ("contact.name", "كلثوم"),
        ("subject.person", "مشرف التوزيع"),
        ("reg.category", "ser.sea"),
        ("intake.channel", "field_visit"),
    ]);
    let step = Told::Step(EventId([9; 8]), facts(&[("text", "كلّمتها وهي بأمان")]));
    let sealed = SealedCase { recipients: vec!["u3".into()], told: vec![Told::Intake(told), step], shut: false, look_by: None };
    let html = show(Stand::english(), sealed_case(sealed));
    for part in ["طلب المشرف مالاً", "كلثوم", "مشرف التوزيع", "كلّمتها وهي بأمان", "data-opened", "ليلى قاسم"]
    {
        assert!(html.contains(part), "{part}: {html}");
    }
    for action in ["act-sealed_followup", "act-sealed_handed_over", "act-sealed_closed"] {
        assert!(html.contains(action), "{action}");
    }
    assert!(!html.contains("data-testid=\"routed\"") && !html.contains("no-contact"));
}

#[test]
fn a_case_that_no_key_opens_says_so_with_its_deadline_and_is_not_marked_as_seen() {
    let asked = std::rc::Rc::new(std::cell::Cell::new(false));
    let seen = std::rc::Rc::clone(&asked);
    let sealed = SealedCase { recipients: vec!["u3".into()], told: Vec::new(), shut: true, look_by: Some(NOW.plus(3_600)) };
    let case = sealed_case(sealed);
    let stand = Stand { user: "u3", status: |s| s.key_missing = true, ..Stand::english() };
    let html = stand
        .answering(move |request| {
            if matches!(request, Request::Do(_)) {
                seen.set(true);
            }
            matches!(request, Request::Case(_)).then(|| Answer::Case(Box::new(case.clone())))
        })
        .show(&format!("/cases/{}", record(1)));
    assert!(html.contains("no key on this device opens it") && html.contains("look-by"), "{html}");
    assert!(html.contains("banner-key-missing"));
    assert!(!asked.get(), "whoever could not read it has not looked at it");
}

#[test]
fn a_raised_case_and_what_came_late_are_told_with_every_value() {
    let events = vec![(
        EventId([3; 8]),
        NOW,
        Event {
            by: "u1".into(), at: NOW, after: Vec::new(), set: 1, step: Step::Started { note: "بدأت المتابعة".into() }
        },
    )];
    let raised = Told::Raised {
        facts: vec![
            (DocKind::Case, facts(&[("intake.words", "تأخرت السلة"), ("place.landmark", "قرب المسجد")])),
            (DocKind::Case, facts(&[("place.landmark", "قرب المدرسة")])),
            (DocKind::Contact, facts(&[("name", "فاطمة")])),
        ],
        events,
    };
    let late = Told::Late {
        doc: DocKind::Case,
        by: "u2".into(),
        at: NOW,
        facts: facts(&[("place.landmark", "قرب الفرن")]),
        events: Vec::new(),
    };
    let sealed = SealedCase { recipients: Vec::new(), told: vec![raised, late], shut: false, look_by: None };
    let html = show(Stand::default(), sealed_case(sealed));
    for part in ["تأخرت السلة", "قرب المسجد", "قرب المدرسة", "قرب الفرن", "فاطمة", "بدأت المتابعة", "told-raised", "told-late"]
    {
        assert!(html.contains(part), "{part}: {html}");
    }
}

#[test]
fn a_typed_step_keeps_day_and_reason_in_the_clear_and_all_words_apart() {
    let case = sealed_case(SealedCase::default());
    let mut values = first_values("sealed_closed", &case, day(2026, 11, 24));
    assert_eq!(values["reason"], CloseReason::IuHandover.id(), "the one way level 5 ends");
    assert!(sealed_step("sealed_closed", &values, &case).unwrap_err().contains(&("text".into(), "required".into())));
    values.insert("text".into(), "لدى الوحدة".into());
    let (on, deed, words) = sealed_step("sealed_closed", &values, &case).unwrap();
    assert_eq!((on, deed), (day(2026, 11, 24), SealedDeed::Closed { reason: CloseReason::IuHandover }));
    assert_eq!(words, facts(&[("text", "لدى الوحدة")]));
    let mut values = first_values("sealed_referred", &case, day(2026, 11, 24));
    values.extend([("to".to_owned(), "مركز الحماية".to_owned()), ("text".to_owned(), "بموافقتها".to_owned())]);
    let (_, deed, words) = sealed_step("sealed_referred", &values, &case).unwrap();
    assert_eq!((deed, words.len()), (SealedDeed::Referred {}, 2), "to whom is sealed too");
    for kind in SealedDeed::RIGHTS {
        let mut values = first_values(kind, &case, day(2026, 11, 24));
        values.extend([("text", "x"), ("to", "y"), ("reason", "iu_handover")].map(|(k, v)| (k.to_owned(), v.to_owned())));
        let (_, deed, _) = sealed_step(kind, &values, &case).unwrap();
        assert_eq!(deed.right(), kind);
    }
}

#[test]
fn the_app_says_while_it_seals_anew() {
    let html = Stand { user: "u3", status: |s| s.resealing = 2, ..Stand::english() }.show("/inbox");
    assert!(html.contains("banner-resealing") && html.contains("2 sealed cases"), "{html}");
}
