//! Everything once more, what may be added, and the one button that makes it a record.

use super::{BackButton, Capture, Saving, more::More, steps::Step, use_saving};
use crate::{
    components::{ChoiceGroup, Glyph, Icon, Pick, SelectField, names},
    hooks::{use_app, use_settings, use_texts},
    protocol::{Failure, Saved},
};
use dioxus::prelude::*;
use shared::{
    document::content::{Fact, Facts},
    intent,
    model::{codes::EntryType, record::DocKind},
    settings::Settings,
    text::Texts,
};

/// Summary with a way back to each step, further fields, saving.
#[component]
pub(crate) fn ReviewStep(capture: Capture, saved: Signal<Option<Saved>>) -> Element {
    let t = use_texts();
    let app = use_app();
    let settings = use_settings();
    let form = capture.form;
    let facts = form.facts();
    let saving = use_saving();
    let incomplete = Step::ALL.into_iter().find(|step| !capture.missing(*step, &facts, &settings).is_empty());
    let entry_type = entry_type(&facts, &settings);
    rsx! {
        for step in [Step::Place, Step::What, Step::Who, Step::Words] {
            section { key: "{step.id()}", class: "card",
                div { class: "card-head",
                    h2 { {step.title(t)} }
                    button { class: "button button-quiet", r#type: "button", "data-testid": "edit-{step.id()}", onclick: move |_| form.go(step.number()),
                        Icon { glyph: Glyph::Edit }
                        {t.action_change()}
                    }
                }
                dl { class: "facts",
                    for (label , words) in summary(t, app, &settings, &facts, step) {
                        div { key: "{label}", dt { "{label}" } dd { class: "pre", dir: "auto", "{words}" } }
                    }
                }
            }
        }
        SelectField {
            id: "reg.entry_type",
            label: t.field_entry_type(),
            value: entry_type,
            options: EntryType::ALL.iter().map(|e| (e.id().to_owned(), names::choice(t, &settings, "entry_type", e.id()))).collect::<Vec<_>>(),
            on_change: move |code: String| capture.put("reg.entry_type", Some(code.into())),
        }
        More { capture }
        section { class: "card",
            h2 { {t.review_receipt()} }
            CardSafe { capture }
            AckField { capture }
        }
        SaveFailed { failure: (saving.failed)() }
        div { class: "actions actions-stay",
            BackButton { capture, step: Step::Review }
            if let Some(step) = incomplete {
                button { class: "button button-main button-big", r#type: "button", "data-testid": "complete", onclick: move |_| form.go(step.number()), {t.review_incomplete(&step.title(t))} }
            } else {
                SaveButton { capture, saved, saving }
            }
        }
    }
}

/// Why it was not saved, field by field.
#[component]
pub(super) fn SaveFailed(failure: Option<Failure>) -> Element {
    let t = use_texts();
    let Some(failure) = failure else { return rsx! {} };
    rsx! {
        p { class: "card card-danger danger-text", role: "alert", "data-testid": "failed", "data-code": names::failure_id(failure.code),
            {names::failure(t, failure.code)}
            for (field , code) in failure.fields {
                span { key: "{field}", class: "field-problem", "{field_label(t, &field)}: " {t.coded("problem", &code).unwrap_or_else(|| t.field_look_again())} }
            }
        }
    }
}

/// The one button that makes it a record. By itself, so that pressing it does not draw the whole page again.
#[component]
fn SaveButton(capture: Capture, saved: Signal<Option<Saved>>, saving: Saving) -> Element {
    let t = use_texts();
    let app = use_app();
    let busy = (saving.busy)();
    rsx! {
        button { class: "button button-main button-big", r#type: "button", "data-testid": "save", disabled: busy, onclick: move |_| saving.press(app, capture, saved),
            Icon { glyph: Glyph::Check }
            if busy { {t.action_saving()} } else { {t.action_save()} }
        }
    }
}

/// Whether a card is safe for this person. Unless she says so, no number is shown, so that none is handed over.
#[component]
pub(super) fn CardSafe(capture: Capture) -> Element {
    let t = use_texts();
    let safe = capture.form.flag("receipt_given");
    rsx! {
        ChoiceGroup {
            id: "receipt_given",
            label: t.review_card_safe(),
            hint: t.review_card_safe_hint(),
            picks: vec![Pick::new("no", t.answer_no()), Pick::new("yes", t.answer_yes())],
            value: if safe { "yes" } else { "no" },
            on_change: move |code: String| capture.put("receipt_given", (code == "yes").then_some(Fact::Flag(true))),
        }
    }
}

/// Whether the person was told that it was received, and how.
#[component]
fn AckField(capture: Capture) -> Element {
    let t = use_texts();
    let settings = use_settings();
    rsx! {
        SelectField {
            id: "ack.mode",
            label: t.field_ack_mode(),
            none: t.ack_not_yet(),
            value: capture.form.text("ack.mode"),
            options: names::choices(t, &settings, "mode"),
            on_change: move |code: String| capture.put("ack.mode", (!code.is_empty()).then(|| code.into())),
        }
    }
}

/// Chosen, or as the category proposes.
fn entry_type(facts: &Facts, settings: &Settings) -> String {
    let chosen = facts.get("reg.entry_type").and_then(Fact::as_text).map(str::to_owned);
    let category = facts.get("reg.category").and_then(Fact::as_text);
    chosen.or_else(|| settings.category(&category?.into()).map(|c| c.entry_type.id().to_owned())).unwrap_or_default()
}

/// A form key's label, whichever document it belongs to.
fn field_label(t: Texts, key: &str) -> String {
    match key.split_once('.') {
        _ if key == intent::TOLD => t.field_told(),
        Some(("contact", rest)) => names::field(t, DocKind::Contact, rest),
        Some(("subject", rest)) => names::field(t, DocKind::Subject, rest),
        Some(("reg" | "told", rest)) => t.coded("field", rest).unwrap_or_else(|| key.to_owned()),
        _ => names::field(t, DocKind::Case, key),
    }
}

fn summary(t: Texts, app: crate::hooks::AppState, settings: &Settings, facts: &Facts, step: Step) -> Vec<(String, String)> {
    let mut lines: Vec<(String, String)> = Vec::new();
    for (key, fact) in facts.iter().filter(|(key, _)| Step::of(key) == Some(step)) {
        let text = fact.as_text().unwrap_or_default();
        let words = match key.as_str() {
            "reg.category" => names::category(t, settings, &text.into()),
            "reg.subject_role" => names::choice(t, settings, "subject_role", text),
            intent::TOLD => text.to_owned(),
            intent::AGREED if text == "yes" => t.answer_yes(),
            intent::AGREED => t.answer_no(),
            intent::SATISFACTION => names::choice(t, settings, "satisfaction", text),
            "reg.received_on" => text.parse().map_or_else(|_| text.to_owned(), |day| t.day(day)),
            "reg.day_exact" | "reg.old_day_confirmed" => continue,
            "place.adm3" if facts.contains_key("place.adm4") => continue,
            key => match key.strip_prefix("contact.") {
                Some(rest) => names::value(t, app, settings, DocKind::Contact, rest, fact),
                None => names::value(t, app, settings, DocKind::Case, key, fact),
            },
        };
        lines.push((field_label(t, key), words));
    }
    lines
}
