//! A sealed case: what was told, opened on this device for who holds a key, and who else holds it. Nothing of it is written anywhere.

use crate::{
    components::{FactList, Glyph, Icon, names, step_words},
    hooks::{use_app, use_settings, use_texts},
    protocol::{
        CaseDetail,
        sealed::{SealedCase, Told},
    },
    routes::Route,
};
use dioxus::prelude::*;
use shared::{
    document::content::{Fact, Facts},
    model::{
        dates::UnixSeconds,
        event::Event,
        ids::{EventId, UserId},
        record::DocKind,
    },
};

/// Whether something could be read here: only then was the case looked at.
pub(super) fn is_readable(sealed: &SealedCase) -> bool {
    !sealed.told.is_empty() || !sealed.shut
}

/// Words of steps, for the timeline.
pub(super) fn words_of_steps(sealed: Option<&SealedCase>) -> Vec<(EventId, Facts)> {
    let told = sealed.into_iter().flat_map(|sealed| &sealed.told);
    told.filter_map(|told| if let Told::Step(event, words) = told { Some((*event, words.clone())) } else { None }).collect()
}

/// How far this device opens it.
#[component]
pub(super) fn SealedNote(case: CaseDetail, sealed: SealedCase) -> Element {
    let t = use_texts();
    let app = use_app();
    let opened = !sealed.told.is_empty();
    let (class, title, words) = match (opened, sealed.shut) {
        (true, _) => ("card", t.case_sealed_open_title(), t.case_sealed_open_words()),
        (false, true) => ("card card-danger", t.case_sealed_shut_title(), t.case_sealed_shut_words()),
        (false, false) => ("card card-danger", t.case_sealed_title(), t.case_sealed_words()),
    };
    let key_missing = app.status.read().as_ref().is_some_and(|status| status.key_missing);
    rsx! {
        div { class, "data-testid": "sealed-note", "data-opened": opened,
            p { class: "strong row", Icon { glyph: Glyph::Shield } "{title}" }
            p { "{words}" }
            if opened && sealed.shut {
                p { class: "warn-text", "data-testid": "partly-shut", {t.case_sealed_partly()} }
            }
            if sealed.shut && key_missing {
                Link { class: "button", to: Route::MyKeyPage {}, Icon { glyph: Glyph::Key } {t.keys_title()} }
            }
        }
        if let Some(at) = sealed.look_by {
            p { class: "card card-warn row", "data-testid": "look-by", Icon { glyph: Glyph::Clock } span { {t.case_sealed_look_by(&t.moment(at, app.offset_min()))} } }
        }
        if !case.row.status.is_ended() && sealed.told.is_empty() && !sealed.shut {
            crate::pages::capture::Numbers {}
        }
    }
}

/// Everything that was told but the words of steps, which stand in the timeline.
#[component]
pub(super) fn ToldCards(sealed: SealedCase) -> Element {
    rsx! {
        for (index , told) in sealed.told.into_iter().enumerate() {
            match told {
                Told::Intake(facts) => rsx! { Intake { key: "{index}", facts } },
                Told::Step(..) => rsx! {},
                Told::Raised { facts, events } => rsx! { Raised { key: "{index}", facts, events } },
                Told::Late { doc, by, at, facts, events } => rsx! { LateCard { key: "{index}", doc, by, at, facts, events } },
            }
        }
    }
}

/// Who holds it.
#[component]
pub(super) fn Holders(recipients: Vec<UserId>) -> Element {
    let t = use_texts();
    let settings = use_settings();
    rsx! {
        section { class: "card case-due", "data-testid": "holders",
            h2 { {t.case_sealed_holders()} }
            ul {
                for user in recipients {
                    li { key: "{user}", class: "row", Icon { glyph: Glyph::User } bdi { {names::person(t, &settings, &user)} } }
                }
            }
        }
    }
}

/// A form's facts by document; the registration's own stand first.
#[component]
fn Intake(facts: Facts) -> Element {
    let t = use_texts();
    let settings = use_settings();
    let words = facts.get("intake.words").and_then(Fact::as_text).map(str::to_owned);
    let below = |prefix: &str| -> Facts {
        facts.iter().filter_map(|(key, fact)| Some((key.strip_prefix(prefix)?.to_owned(), fact.clone()))).collect()
    };
    let (contact, subject) = (below("contact."), below("subject."));
    let elsewhere = ["reg.", "contact.", "subject.", "ack."];
    let case: Facts = facts
        .iter()
        .filter(|(key, _)| !elsewhere.iter().any(|prefix| key.starts_with(prefix)) && key.as_str() != "intake.words")
        .map(|(key, fact)| (key.clone(), fact.clone()))
        .collect();
    let text = |key: &str| facts.get(key).and_then(Fact::as_text).unwrap_or_default();
    let category = text("reg.category");
    let role = text("reg.subject_role");
    rsx! {
        section { class: "card stack", "data-testid": "told-intake",
            h2 { {t.case_sealed_told()} }
            if let Some(words) = words {
                p { class: "pre", dir: "auto", "data-testid": "words", "{words}" }
            }
            dl { class: "facts",
                if !category.is_empty() {
                    div { dt { {t.field_category()} } dd { {names::category_in_full(t, &settings, &category.into())} } }
                }
                if !role.is_empty() {
                    div { dt { {t.field_subject_role()} } dd { {names::choice(t, &settings, "subject_role", role)} } }
                }
            }
            FactList { doc: DocKind::Case, facts: case }
            Parts { parts: vec![(DocKind::Contact, contact), (DocKind::Subject, subject)] }
        }
    }
}

/// Who spoke and whom it is about, where something is known.
#[component]
fn Parts(parts: Vec<(DocKind, Facts)>) -> Element {
    let t = use_texts();
    rsx! {
        for (index , (doc , facts)) in parts.into_iter().filter(|(_, facts)| !facts.is_empty()).enumerate() {
            div { key: "{index}", "data-testid": "told-{doc.id()}",
                h3 { class: "row",
                    Icon { glyph: if doc == DocKind::Contact { Glyph::Phone } else { Glyph::User } }
                    if doc == DocKind::Contact { {t.case_contact()} } else { {t.case_subject()} }
                }
                FactList { doc, facts }
            }
        }
    }
}

/// What an ordinary case held before it was raised.
#[component]
fn Raised(facts: Vec<(DocKind, Facts)>, events: Vec<(EventId, UnixSeconds, Event)>) -> Element {
    let t = use_texts();
    let (case, others): (Vec<_>, Vec<_>) = facts.into_iter().partition(|(doc, _)| *doc == DocKind::Case);
    let words = case.first().and_then(|(_, facts)| facts.get("intake.words")?.as_text().map(str::to_owned));
    let left_out = vec!["intake.words".to_owned(), "ref_no".to_owned()];
    rsx! {
        section { class: "card stack", "data-testid": "told-raised",
            h2 { {t.case_sealed_raised()} }
            if let Some(words) = words {
                p { class: "pre", dir: "auto", "data-testid": "words", "{words}" }
            }
            for (index , (doc , facts)) in case.into_iter().enumerate() {
                FactList { key: "{index}", doc, facts, leave_out: if index == 0 { left_out.clone() } else { vec!["ref_no".to_owned()] } }
            }
            Parts { parts: others }
            h3 { {t.case_sealed_before()} }
            PastSteps { events: events.into_iter().map(|(_, at, event)| (at, event)).collect::<Vec<_>>() }
        }
    }
}

/// What came of a document after it was sealed.
#[component]
fn LateCard(doc: DocKind, by: UserId, at: UnixSeconds, facts: Facts, events: Vec<(EventId, Event)>) -> Element {
    let t = use_texts();
    let app = use_app();
    let settings = use_settings();
    rsx! {
        section { class: "card stack", "data-testid": "told-late",
            h2 { {t.case_sealed_late()} }
            p { class: "faint", bdi { {names::person(t, &settings, &by)} } " · " {t.moment(at, app.offset_min())} }
            FactList { doc, facts }
            PastSteps { events: events.into_iter().map(|(_, event)| (at, event)).collect::<Vec<_>>() }
        }
    }
}

#[component]
fn PastSteps(events: Vec<(UnixSeconds, Event)>) -> Element {
    let t = use_texts();
    let app = use_app();
    let settings = use_settings();
    rsx! {
        ol { class: "stack-s",
            for (index , (at , event)) in events.into_iter().enumerate() {
                li { key: "{index}",
                    p { class: "strong", {names::coded(t, "step", event.step.right())} }
                    p { class: "faint", bdi { {names::person(t, &settings, &event.by)} } " · " {t.moment(at, app.offset_min())} }
                    dl { class: "facts",
                        for (label , words) in step_words::event(t, &settings, &event.step) {
                            div { key: "{label}", dt { "{label}" } dd { class: "pre", dir: "auto", "{words}" } }
                        }
                    }
                }
            }
        }
    }
}
