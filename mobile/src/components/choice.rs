//! One of a few, or some of a few, as big buttons that are radio or check boxes underneath.

use super::Problem;
use dioxus::prelude::*;

/// One thing to choose.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pick {
    /// Its code.
    pub(crate) code: String,
    /// Its words.
    pub(crate) words: String,
}

impl Pick {
    /// A code with its words.
    pub(crate) fn new(code: impl Into<String>, words: impl Into<String>) -> Self {
        Self { code: code.into(), words: words.into() }
    }
}

/// One of a few.
#[component]
pub(crate) fn ChoiceGroup(
    id: String,
    label: String,
    picks: Vec<Pick>,
    value: String,
    on_change: EventHandler<String>,
    /// Long labels: one column on phones, two where there is room.
    #[props(default)]
    long: bool,
    #[props(default)] hint: Option<String>,
    #[props(default)] problem: Option<String>,
) -> Element {
    rsx! {
        fieldset { class: "field", "data-testid": "field-{id}", "aria-invalid": problem.is_some(),
            legend { "{label}" }
            if let Some(hint) = hint {
                p { class: "field-hint", "{hint}" }
            }
            div { class: if long { "choices choices-long" } else { "choices" },
                for pick in picks {
                    label { key: "{pick.code}", class: "choice",
                        input {
                            r#type: "radio",
                            name: "{id}",
                            value: "{pick.code}",
                            checked: pick.code == value,
                            "data-testid": "{id}-{pick.code}",
                            onchange: {
                                let code = pick.code.clone();
                                move |_| on_change.call(code.clone())
                            },
                        }
                        span { "{pick.words}" }
                    }
                }
            }
            Problem { id: id.clone(), words: problem.clone() }
        }
    }
}

/// Yes or not.
#[component]
pub(crate) fn FlagBox(
    id: String,
    label: String,
    value: bool,
    on_change: EventHandler<bool>,
    #[props(default)] grave: bool,
) -> Element {
    rsx! {
        label { class: if grave { "choice choice-grave" } else { "choice" },
            input {
                r#type: "checkbox",
                checked: value,
                "data-testid": "field-{id}",
                onchange: move |event| on_change.call(event.checked()),
            }
            span { "{label}" }
        }
    }
}
