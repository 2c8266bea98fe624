//! Plain inputs with label, hint, counter and problem. Digits of any script are accepted where a number is asked.

use super::{Glyph, Icon};
use crate::hooks::use_texts;
use dioxus::prelude::*;
use shared::{arabic::whole_number, model::dates::Day};

/// What is wrong with a field, tied to it by id.
#[component]
pub(crate) fn Problem(id: String, words: Option<String>) -> Element {
    rsx! {
        if let Some(words) = words {
            p { id: "{id}-problem", class: "field-problem", role: "alert", "data-testid": "problem-{id}",
                Icon { glyph: Glyph::Alert }
                "{words}"
            }
        }
    }
}

/// One line of text.
#[component]
pub(crate) fn TextField(
    id: String,
    label: String,
    value: String,
    on_change: EventHandler<String>,
    #[props(default)] hint: Option<String>,
    #[props(default)] problem: Option<String>,
    #[props(default = "text".to_owned())] kind: String,
    #[props(default = "off".to_owned())] autocomplete: String,
    #[props(default)] max: Option<usize>,
    /// Codes, numbers and addresses are written left to right.
    #[props(default)]
    code: bool,
    #[props(default)] required: bool,
    /// Takes the focus when it appears.
    #[props(default)]
    first: bool,
    #[props(default)] on_mounted: Option<EventHandler<std::rc::Rc<MountedData>>>,
) -> Element {
    let described = described_by(&id, hint.is_some(), problem.is_some());
    rsx! {
        div { class: "field",
            label { r#for: "{id}", "{label}" }
            input {
                id: "{id}",
                class: if code { "input input-code" } else { "input" },
                r#type: "{kind}",
                dir: if code { "ltr" } else { "auto" },
                autocomplete: "{autocomplete}",
                autocapitalize: "off",
                spellcheck: "false",
                maxlength: max.map(|m| m.to_string()),
                "aria-invalid": problem.is_some(),
                "aria-describedby": described,
                "aria-required": required,
                "data-testid": "field-{id}",
                value: "{value}",
                onmounted: move |event| async move {
                    if let Some(on_mounted) = on_mounted {
                        on_mounted.call(event.data());
                    }
                    if first {
                        // A field that can't be focused (already gone) is no harm.
                        event.data().set_focus(true).await.ok();
                    }
                },
                oninput: move |event| on_change.call(event.value()),
            }
            if let Some(hint) = hint {
                p { id: "{id}-hint", class: "field-hint", "{hint}" }
            }
            Problem { id: id.clone(), words: problem.clone() }
        }
    }
}

/// Several lines, with a counter when `max` comes near. Never cuts what was typed: it says so.
#[component]
pub(crate) fn TextArea(
    id: String,
    label: String,
    value: String,
    max: usize,
    on_change: EventHandler<String>,
    #[props(default)] hint: Option<String>,
    #[props(default)] problem: Option<String>,
    #[props(default)] rows: Option<u8>,
) -> Element {
    let t = use_texts();
    let used = value.chars().count();
    let over = used > max;
    let described = described_by(&id, hint.is_some(), problem.is_some());
    rsx! {
        div { class: "field",
            label { r#for: "{id}", "{label}" }
            textarea {
                id: "{id}",
                class: "input",
                dir: "auto",
                rows: rows.unwrap_or(5).to_string(),
                "aria-invalid": over || problem.is_some(),
                "aria-describedby": described,
                "data-testid": "field-{id}",
                value: "{value}",
                oninput: move |event| on_change.call(event.value()),
            }
            if let Some(hint) = hint {
                p { id: "{id}-hint", class: "field-hint", "{hint}" }
            }
            p { class: if over { "counter counter-over" } else { "counter" }, "data-testid": "counter-{id}",
                if over {
                    {t.field_too_long(used - max, &t.number(max))}
                } else {
                    {t.field_used(&t.number(used), &t.number(max))}
                }
            }
            Problem { id: id.clone(), words: problem.clone() }
        }
    }
}

/// A civil day. The picker's own calendar is shown by the browser; what was chosen is said in words below it.
#[component]
pub(crate) fn DayField(
    id: String,
    label: String,
    value: Option<Day>,
    on_change: EventHandler<Option<Day>>,
    #[props(default)] max: Option<Day>,
    #[props(default)] min: Option<Day>,
    #[props(default)] warning: Option<String>,
    #[props(default)] problem: Option<String>,
) -> Element {
    let t = use_texts();
    let described = described_by(&id, true, problem.is_some());
    rsx! {
        div { class: "field",
            label { r#for: "{id}", "{label}" }
            input {
                id: "{id}",
                class: "input input-code",
                r#type: "date",
                dir: "ltr",
                max: max.map(|d| d.to_string()),
                min: min.map(|d| d.to_string()),
                "aria-invalid": problem.is_some(),
                "aria-describedby": described,
                "data-testid": "field-{id}",
                value: value.map(|d| d.to_string()).unwrap_or_default(),
                onchange: move |event| on_change.call(event.value().parse().ok()),
            }
            p { id: "{id}-hint", class: "field-hint",
                if let Some(day) = value {
                    {t.day(day)}
                }
            }
            if let Some(warning) = warning {
                p { class: "field-problem field-warning", role: "status", "data-testid": "warning-{id}",
                    Icon { glyph: Glyph::Info }
                    "{warning}"
                }
            }
            Problem { id: id.clone(), words: problem.clone() }
        }
    }
}

/// A whole number from 0. What is not a number is not taken.
#[component]
pub(crate) fn NumberField(
    id: String,
    label: String,
    value: Option<i64>,
    max: i64,
    on_change: EventHandler<Option<i64>>,
    #[props(default)] hint: Option<String>,
    #[props(default)] problem: Option<String>,
) -> Element {
    let mut typed = use_signal(|| value.map(|n| n.to_string()).unwrap_or_default());
    let t = use_texts();
    let reads = whole_number(&typed.read());
    let problem = problem.or_else(|| match reads {
        Some(n) if n > max => Some(t.field_number_too_high(&t.number(max))),
        None if !typed.read().trim().is_empty() => Some(t.field_not_a_number()),
        _ => None,
    });
    let described = described_by(&id, hint.is_some(), problem.is_some());
    rsx! {
        div { class: "field",
            label { r#for: "{id}", "{label}" }
            input {
                id: "{id}",
                class: "input input-code",
                inputmode: "numeric",
                dir: "ltr",
                autocomplete: "off",
                "aria-invalid": problem.is_some(),
                "aria-describedby": described,
                "data-testid": "field-{id}",
                value: "{typed}",
                oninput: move |event| {
                    typed.set(event.value());
                    let number = whole_number(&event.value()).filter(|n| *n <= max);
                    if number.is_some() || event.value().trim().is_empty() {
                        on_change.call(number);
                    }
                },
            }
            if let Some(hint) = hint {
                p { id: "{id}-hint", class: "field-hint", "{hint}" }
            }
            Problem { id: id.clone(), words: problem.clone() }
        }
    }
}

/// A choice from a long list, by the system's own picker.
#[component]
pub(crate) fn SelectField(
    id: String,
    label: String,
    value: String,
    /// Code and label.
    options: Vec<(String, String)>,
    on_change: EventHandler<String>,
    /// Shown while nothing is chosen; nothing may be chosen again if it is there.
    #[props(default)]
    none: Option<String>,
    #[props(default)] hint: Option<String>,
    #[props(default)] problem: Option<String>,
) -> Element {
    let described = described_by(&id, hint.is_some(), problem.is_some());
    rsx! {
        div { class: "field",
            label { r#for: "{id}", "{label}" }
            select {
                id: "{id}",
                class: "input",
                "aria-invalid": problem.is_some(),
                "aria-describedby": described,
                "data-testid": "field-{id}",
                onchange: move |event| on_change.call(event.value()),
                if let Some(none) = none {
                    option { value: "", selected: value.is_empty(), "{none}" }
                }
                for (code , words) in options {
                    option { key: "{code}", value: "{code}", selected: code == value, "{words}" }
                }
            }
            if let Some(hint) = hint {
                p { id: "{id}-hint", class: "field-hint", "{hint}" }
            }
            Problem { id: id.clone(), words: problem.clone() }
        }
    }
}

fn described_by(id: &str, hint: bool, problem: bool) -> Option<String> {
    let parts: Vec<String> = [(hint, "hint"), (problem, "problem")]
        .into_iter()
        .filter(|(shown, _)| *shown)
        .map(|(_, part)| format!("{id}-{part}"))
        .collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}
