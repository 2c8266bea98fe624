//! The complaint's form: what it asks, what it never asks, and what leaves it.

use crate::staging::{Stand, draft};

const ABOUT: &[(&str, &str)] = &[("reg.category", "qual.delay"), ("reg.subject_role", "none")];

#[test]
fn a_draft_is_taken_up_at_the_step_it_was_left() {
    for (step, id) in [(0, "consent"), (1, "place"), (2, "what"), (3, "who"), (4, "words"), (5, "review")] {
        let html = Stand::default().show_draft(draft(step, ABOUT));
        assert!(html.contains(&format!(r#"data-step="{id}""#)), "{id}: {html}");
    }
}

#[test]
fn consent_is_short_enough_to_be_spoken_and_names_speaker_and_organisation() {
    let html = Stand::default().show_draft(draft(0, &[]));
    let start = html.find("consent-short").unwrap();
    let words = &html[start..start + html[start..].find("</blockquote>").unwrap()];
    assert!(words.contains("سلمى الحسن") && words.contains("يداً بيد"), "{words}");
    let spoken = words.split('>').nth(1).unwrap();
    // domain.md §10.4: 25 words; name and organisation take the place of two dots.
    assert!(spoken.split_whitespace().count() <= 34, "{spoken}");
}

#[test]
fn the_projects_favourites_come_first_and_sensitive_matters_have_one_entry_without_detail() {
    let html = Stand::default().show_draft(draft(2, &[]));
    let favourite = html.find("category-qual.delay").unwrap();
    let tree = html.find("category-info.project").unwrap();
    assert!(favourite < tree);
    assert!(html.contains("category-sensitive") && html.contains("موضوع حساس"));
    assert!(!html.contains("category-ser.") && !html.contains("استغلال"), "{html}");
}

#[test]
fn a_sensitive_report_shows_script_and_number_and_no_field_for_a_name_words_subject_or_photo() {
    for more in [("reg.category", "ser.sea"), ("reg.category", "cond.respect"), ("reg.category", "prot.need")] {
        let html = Stand::default().show_draft(draft(3, &[more, ("contact.name", "أم محمود"), ("intake.words", "ضربني")]));
        assert!(html.contains("data-testid=\"sensitive\"") && html.contains("+905321112233"), "{more:?}: {html}");
        assert_eq!(html.matches("<li>").count(), 5, "five lines to follow");
        for field in
            ["field-contact", "field-intake", "field-subject", "field-who", "type=\"file\"", "<textarea", "أم محمود", "ضربني"]
        {
            assert!(!html.contains(field), "{field} with {more:?}");
        }
    }
}

#[test]
fn a_photo_of_the_paper_is_offered_after_the_questions_that_could_make_it_sensitive_and_nowhere_else() {
    for step in 0..6 {
        let html = Stand::default().show_draft(draft(step, ABOUT));
        assert_eq!(html.contains(r#"type="file""#), step == 4, "step {step}: {html}");
    }
}

#[test]
fn every_step_and_the_sensitive_page_have_the_way_out_and_the_services_one_tap_away() {
    let on = |step, more: &[(&str, &str)]| Stand::english().show_draft(draft(step, more));
    for html in (0..6).map(|step| on(step, ABOUT)).chain([on(2, &[("reg.category", "ser.sea")])]) {
        assert!(html.contains("data-testid=\"rather\"") && html.contains("data-testid=\"services\""), "{html}");
        assert!(html.contains("72 hours") && html.contains("No service is listed"), "{html}");
    }
}

#[test]
fn whoever_is_concerned_is_asked_whether_someone_else_takes_it() {
    let asked = |role| Stand::english().show_draft(draft(2, &[ABOUT[0], ("reg.subject_role", role)])).contains("hand-over");
    // The officer who writes: of the accountability team, and of no project's.
    assert_eq!(["me", "acct", "project", "none"].map(asked), [true, true, false, false]);
}

#[test]
fn how_a_person_wants_to_be_known_decides_which_fields_there_are() {
    let shown = |mode: &str| {
        let html = Stand::default().show_draft(draft(3, &[ABOUT[0], ABOUT[1], ("intake.identity_mode", mode)]));
        ["contact.name", "contact.phone.raw", "contact.concerned.name", "group.size", "consent.share"]
            .map(|key| html.contains(&format!("\"field-{key}\"")))
    };
    assert_eq!(shown("anon"), [false, false, false, false, false]);
    assert_eq!(shown("anon_contact"), [false, true, false, false, false]);
    assert_eq!(shown("identified"), [true, true, false, false, true]);
    assert_eq!(shown("confidential"), [true, true, false, false, false]);
    assert_eq!(shown("on_behalf"), [true, true, true, false, true]);
    assert_eq!(shown("group"), [true, true, false, true, true]);
}

#[test]
fn words_too_long_are_counted_and_never_cut() {
    let words = "ش".repeat(20_001);
    let html = Stand::english().show_draft(draft(4, &[ABOUT[0], ABOUT[1], ("intake.words", &words)]));
    assert!(html.contains("counter-over") && html.contains("1 character too long"), "over the limit is said");
    assert!(html.contains(&words), "what was typed is still there");
}

#[test]
fn a_phone_number_in_anonymous_words_is_pointed_out() {
    let words = ("intake.words", "اتصلوا على ٠٩٤٤١٢٣٤٥٦");
    let with = |mode| Stand::default().show_draft(draft(4, &[ABOUT[0], ABOUT[1], words, ("intake.identity_mode", mode)]));
    assert!(with("anon").contains("words-identify"));
    assert!(!with("identified").contains("words-identify"));
}

#[test]
fn an_old_day_must_be_confirmed_and_yesterday_is_questioned() {
    let old = Stand::english().show_draft(draft(1, &[("reg.received_on", "2026-09-01")]));
    assert!(old.contains("field-reg.old_day_confirmed") && old.contains("84 days ago"), "{old}");
    let today = Stand::english().show_draft(draft(1, &[]));
    assert!(!today.contains("warning-reg.received_on"));
}

#[test]
fn without_consent_only_a_count_can_be_kept_and_abuse_is_passed_on_all_the_same() {
    let html = Stand::default().show_draft(draft(0, &[("consent.record", "no")]));
    assert!(html.contains("save-tally") && html.contains("tally-sensitive"), "{html}");
    assert!(!html.contains("intake.words") && !html.contains("contact."), "{html}");
}

#[test]
fn review_names_the_step_that_lacks_something_instead_of_saving() {
    let html = Stand::english().show_draft(draft(5, ABOUT));
    assert!(html.contains("complete") && !html.contains("data-testid=\"save\""), "{html}");
    let whole = [
        ABOUT[0],
        ABOUT[1],
        ("intake.identity_mode", "anon"),
        ("who.sex", "f"),
        ("who.age_band", "a60"),
        ("intake.words", "Late"),
    ];
    assert!(Stand::english().show_draft(draft(5, &whole)).contains("data-testid=\"save\""));
}
