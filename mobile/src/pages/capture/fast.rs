//! One person at a distribution on one screen: consent, what about, "not about us", who, save. The same fields and the same record as
//! the form of steps; whatever does not fit in here goes on there. # Source: domain.md §4 (minimum intake), §12 (burst entry)

use super::{
    Capture, Handed,
    category::{CategoryPicker, Chosen},
    consent, on_spot, rather,
    review::SaveFailed,
    steps::Step,
    use_saving,
    who::CaptureField,
    words::WordsStep,
};
use crate::{
    components::{Glyph, Icon, Problem, Services, names, take_focus},
    hooks::{use_app, use_settings, use_texts},
    protocol::Saved,
    routes::Route,
    window,
};
use dioxus::prelude::*;
use shared::{document::content::Fact, intent::burst, model::record::DocKind};

/// Who stands there, in one tap: sex and age band, the most frequent first.
const WHO: [(&str, &str); 8] = [
    ("f", "a18_59"),
    ("m", "a18_59"),
    ("f", "a60"),
    ("m", "a60"),
    ("f", "a13_17"),
    ("m", "a13_17"),
    ("f", "a00_12"),
    ("m", "a00_12"),
];

/// Asks from the top down; what is answered folds away, so that the next question is where the thumb is.
#[component]
pub(super) fn FastForm(capture: Capture, saved: Signal<Option<Saved>>, on_whole: EventHandler<Step>) -> Element {
    let t = use_texts();
    let app = use_app();
    let settings = use_settings();
    let form = capture.form;
    let saving = use_saving();
    let before = capture.burst.and_then(|burst| burst.before.read().clone());
    let category = form.text("reg.category");
    let words_needed = settings.category(&category.as_str().into()).is_some_and(|category| !category.words_optional);
    let press = move |card: bool| async move {
        let Some(settings) = app.settings.peek().clone() else { return };
        let mut problems = capture.problems;
        let lacking = burst::lacking(&form.facts(), &settings);
        problems.set(lacking.iter().map(|key| ((*key).to_owned(), "required".to_owned())).collect());
        if !lacking.is_empty() {
            window::focus_first_problem().await;
            return;
        }
        form.change(|facts| {
            burst::know_by_what_is_given(facts);
            if card {
                facts.insert("receipt_given".into(), true.into())
            } else {
                facts.remove("receipt_given")
            };
        });
        saving.press(app, capture, saved).await;
    };
    if form.text("consent.record").is_empty() {
        return rsx! {
            div { class: "stack", "data-testid": "fast", "data-at": "consent",
                if let Some(handed) = before {
                    LastOne { handed }
                }
                consent::Consent { capture }
                rather::Exit { capture }
            }
        };
    }
    rsx! {
        div { class: "stack", "data-testid": "fast", "data-at": "form", tabindex: "-1", onmounted: take_focus,
            if category.is_empty() {
                Subject { capture }
            } else {
                div { class: "row-between card", tabindex: "-1", onmounted: take_focus,
                    span { class: "row", Icon { glyph: Glyph::Check } strong { {names::category(t, &settings, &category.as_str().into())} } }
                    button { class: "button button-quiet", r#type: "button", "data-testid": "change-category", onclick: move |_| capture.put("reg.category", None), {t.action_change()} }
                }
            }
            on_spot::AnswerNow { capture }
            AboutUs { capture, on_whole }
            Who { capture }
            if words_needed {
                WordsStep { capture }
            } else {
                details {
                    summary { "data-testid": "add-words", {t.batch_add_words()} Icon { glyph: Glyph::ChevronDown } }
                    WordsStep { capture }
                }
            }
            details {
                summary { "data-testid": "add-contact", {t.batch_add_contact()} Icon { glyph: Glyph::ChevronDown } }
                div { class: "stack",
                    p { class: "field-hint", {t.batch_known_by()} }
                    CaptureField { capture, doc: DocKind::Contact, field: "name" }
                    if !form.text("contact.name").is_empty() {
                        CaptureField { capture, doc: DocKind::Case, field: "consent.share" }
                    }
                    CaptureField { capture, doc: DocKind::Contact, field: "phone.raw" }
                }
            }
            SaveFailed { failure: (saving.failed)() }
            div { class: "actions actions-two actions-stay",
                button { class: "button button-main button-big", r#type: "button", "data-testid": "save", disabled: (saving.busy)(), onclick: move |_| press(false),
                    Icon { glyph: Glyph::Check }
                    {t.batch_save()}
                }
                button { class: "button button-big", r#type: "button", "data-testid": "save-card", disabled: (saving.busy)(), onclick: move |_| press(true),
                    Icon { glyph: Glyph::Tag }
                    {t.batch_save_card()}
                }
            }
            rather::Exit { capture }
            button { class: "button button-quiet", r#type: "button", "data-testid": "whole-form", onclick: move |_| on_whole.call(Step::What), {t.batch_whole_form()} }
            Services { adm3: form.text("place.adm3") }
            super::DropDraft { form, burst: capture.burst }
        }
    }
}

#[component]
fn Subject(capture: Capture) -> Element {
    let t = use_texts();
    rsx! {
        CategoryPicker {
            project: capture.form.text("project"),
            value: String::new(),
            problem: capture.problem(t, "reg.category"),
            on_choose: move |chosen| match chosen {
                Chosen::Category(code) => capture.put("reg.category", Some(code.to_string().into())),
                Chosen::Sensitive => capture.put("reg.may_be_sensitive", Some(Fact::Flag(true))),
            },
        }
    }
}

/// One tap says that it is not about us. Anything else is asked in full, where it decides who never sees it.
#[component]
fn AboutUs(capture: Capture, on_whole: EventHandler<Step>) -> Element {
    let t = use_texts();
    rsx! {
        fieldset { class: "field", "data-testid": "field-reg.subject_role",
            legend { {t.field_subject_role()} }
            div { class: "choices",
                label { class: "choice",
                    input { r#type: "radio", name: "reg.subject_role", value: "none", checked: capture.form.text("reg.subject_role") == "none", "data-testid": "about-none", onchange: move |_| capture.put("reg.subject_role", Some("none".into())) }
                    span { {t.batch_about_none()} }
                }
                label { class: "choice",
                    input { r#type: "radio", name: "reg.subject_role", value: "us", checked: false, "data-testid": "about-us", onchange: move |_| on_whole.call(Step::What) }
                    span { {t.batch_about_us()} }
                }
            }
            Problem { id: "reg.subject_role", words: capture.problem(t, "reg.subject_role") }
        }
    }
}

#[component]
fn Who(capture: Capture) -> Element {
    let t = use_texts();
    let settings = use_settings();
    let form = capture.form;
    let (sex, age) = (form.text("who.sex"), form.text("who.age_band"));
    let choose = move |sex: &'static str, age: &'static str| {
        let mut problems = capture.problems;
        problems.write().retain(|(key, _)| !key.starts_with("who."));
        form.change(|facts| {
            facts.insert("who.sex".into(), sex.into());
            facts.insert("who.age_band".into(), age.into());
        });
    };
    let picks = WHO.into_iter().map(|(sex, age)| {
        let words = t.batch_who(&names::choice(t, &settings, "sex", sex), &names::choice(t, &settings, "age_band", age));
        (sex, age, words)
    });
    let picks = picks.chain([("na", "a_unk", names::choice(t, &settings, "sex", "na"))]).collect::<Vec<_>>();
    rsx! {
        fieldset { class: "field", "data-testid": "field-who",
            legend { {t.capture_who()} }
            div { class: "choices choices-two",
                for (one , band , words) in picks {
                    label { key: "{one}-{band}", class: "choice",
                        input { r#type: "radio", name: "who", value: "{one}-{band}", checked: sex == one && age == band, "data-testid": "who-{one}-{band}", onchange: move |_| choose(one, band) }
                        span { "{words}" }
                    }
                }
            }
            Problem { id: "who", words: capture.problem(t, "who.sex").or_else(|| capture.problem(t, "who.age_band")) }
        }
    }
}

/// What the person before goes away with: large enough to copy onto a card, gone when the next one is asked. A number takes the focus:
/// the form that was saved was scrolled to its end, and what is to be copied would lie above what is seen.
#[component]
fn LastOne(handed: Handed) -> Element {
    let t = use_texts();
    let Handed { saved, card, sealed } = handed;
    let said = |words: String| rsx! { p { id: "last-said", class: "badge badge-good", Icon { glyph: Glyph::Check } "{words}" } };
    rsx! {
        if card {
            section { class: "receipt receipt-passing", role: "group", tabindex: "-1", "aria-labelledby": "last-said last-number last-pin", "data-testid": "last-one", onmounted: take_focus,
                {said(t.batch_saved())}
                if let Some(number) = &saved.ref_no {
                    p { id: "last-number", class: "receipt-number", "data-testid": "ref-no", "data-number": "{number}", {names::ref_no(t, number)} }
                }
                if let Some(pin) = &saved.ref_pin {
                    p { id: "last-pin", {t.receipt_pin()} " " strong { class: "num ltr", "data-testid": "ref-pin", {t.digits(pin)} } }
                }
                OpenLast { saved, sealed }
            }
        } else {
            section { class: "card", role: "status", "data-testid": "last-one",
                {said(t.batch_saved_no_card())}
                OpenLast { saved, sealed }
            }
        }
    }
}

/// A mistake is mended on the case's own page. Nothing more is said here of what was sealed.
#[component]
fn OpenLast(saved: Saved, sealed: bool) -> Element {
    let t = use_texts();
    rsx! {
        if !sealed {
            Link { class: "button button-quiet", to: Route::CasePage { record: saved.record.to_string() }, "data-testid": "open-last", Icon { glyph: Glyph::Edit } {t.batch_open_last()} }
        }
    }
}
