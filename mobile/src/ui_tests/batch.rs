//! A distribution: what is asked of each person, in how many taps, and what leaves the fast form.

use crate::{
    protocol::{Answer, Draft, Request, batch::Batch},
    staging::{NOW, Stand, draft, record},
};

const WHERE: [&str; 5] = ["place.adm3", "place.adm4", "project", "intake.channel", "reg.received_on"];

/// The running batch with `held` as the form under work.
fn batch(stand: Stand, held: Draft) -> String {
    let mut facts = held.facts.clone();
    facts.retain(|key, _| WHERE.contains(&key.as_str()));
    let batch = Batch { facts, recorded: 41, counted: 2, person: Some(record(1)), last: None, since: NOW };
    stand
        .answering(move |request| match request {
            Request::Batch(_) => Some(Answer::Batch(Some(Box::new(batch.clone())))),
            Request::Drafts => Some(Answer::Drafts(vec![held.clone()])),
            _ => None,
        })
        .show("/batch")
}

fn asked(more: &[(&str, &str)]) -> Draft {
    draft(1, more)
}

fn before_consent() -> Draft {
    let mut draft = draft(0, &[]);
    draft.facts.remove("consent.record");
    draft
}

#[test]
fn where_and_how_is_asked_once_and_the_count_is_on_top() {
    let html = Stand::english().show("/batch");
    assert!(html.contains("batch-set-up") && html.contains("field-intake.channel") && html.contains("batch-start"), "{html}");
    assert!(!html.contains("value=\"hotline\""), "nobody stands in line on the telephone: {html}");
    let html = batch(Stand::english(), before_consent());
    assert!(html.contains(r#"data-recorded="41""#) && html.contains("2 counted only"), "{html}");
    assert!(html.contains("consent-yes") && html.contains("consent-no") && !html.contains("consent-not_possible"), "{html}");
    assert!(!html.contains("field-intake.channel"), "{html}");
}

#[test]
fn one_screen_asks_for_the_minimum_and_nothing_of_it_is_a_second_page() {
    let html = batch(Stand::english(), asked(&[]));
    for part in [
        "category-qual.delay",
        "category-sensitive",
        "about-none",
        "who-f-a18_59",
        "who-m-a60",
        "who-na-a_unk",
        "save-card",
        "rather",
    ] {
        assert!(html.contains(&format!("data-testid=\"{part}\"")), "{part}: {html}");
    }
    assert!(!html.contains("category-ser."), "{html}");
    // Consent, subject, "not about us", who, save: five taps.
    let html = batch(Stand::english(), asked(&[("reg.category", "info.schedule")]));
    assert!(html.contains("change-category") && !html.contains("category-qual.delay"), "what is answered folds away: {html}");
}

#[test]
fn what_may_be_sensitive_or_about_one_of_us_leaves_the_fast_form() {
    for more in [("reg.category", "cond.respect"), ("reg.category", "ser.sea")] {
        let html = batch(Stand::english(), asked(&[more, ("intake.words", "ضربني"), ("contact.name", "أم محمود")]));
        assert!(html.contains("data-testid=\"sensitive\"") && !html.contains("data-testid=\"fast\""), "{more:?}: {html}");
        assert!(!html.contains("ضربني") && !html.contains("أم محمود") && !html.contains("<textarea"), "{html}");
    }
    let html = batch(Stand::english(), asked(&[("reg.subject_role", "me")]));
    assert!(!html.contains("data-testid=\"fast\"") && html.contains("data-testid=\"capture\""), "{html}");
    let html = batch(Stand::english(), asked(&[("consent.record", "no")]));
    assert!(html.contains("save-tally") && !html.contains("data-testid=\"fast\""), "{html}");
}

#[test]
fn the_first_page_leads_back_into_the_batch_that_runs() {
    let running = Batch { facts: asked(&[]).facts, recorded: 1, counted: 0, person: None, last: None, since: NOW };
    let html = Stand::english()
        .answering(move |request| matches!(request, Request::Batch(_)).then(|| Answer::Batch(Some(Box::new(running.clone())))))
        .show("/");
    assert!(html.contains("start-batch") && html.contains("1 recorded in this batch"), "{html}");
    assert!(Stand::english().show("/").contains("Record at a distribution"));
}
