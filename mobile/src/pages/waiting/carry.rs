//! Carrying what waits by hand: everything unsent as one sealed file, and bringing a colleague's file to the server.

use crate::{
    components::{Glyph, Icon, SaveFile, names},
    hooks::{use_allowed, use_settings, use_texts},
    platform,
    protocol::{Answer, Failure, FailureCode, Request},
    window,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use dioxus::prelude::*;

const BRING: &str = "bring-file";

/// Saves the file. `pressing`: there has been no network for long, or little space is left.
#[component]
pub(super) fn SaveUnsent(pressing: bool) -> Element {
    let t = use_texts();
    let mut made = use_signal(|| None);
    let mut busy = use_signal(|| false);
    let make = move |_| async move {
        busy.set(true);
        made.set(match platform::call(Request::SaveUnsent).await {
            Answer::UnsentFile { file, left_out } => Some(Ok((file, left_out))),
            Answer::Failed(failure) => Some(Err(failure)),
            _ => None,
        });
        busy.set(false);
    };
    rsx! {
        details { class: if pressing { "card card-warn" } else { "card" }, open: pressing, "data-testid": "carry",
            summary { "data-testid": "carry-open", {t.carry_title()} Icon { glyph: Glyph::ChevronDown } }
            div { class: "stack",
                p { {t.carry_words()} }
                button { class: "button", r#type: "button", disabled: busy(), "data-testid": "carry-make", onclick: make, Icon { glyph: Glyph::Lock } {t.carry_make()} }
                div { role: "status",
                    match made() {
                        Some(Ok((file, left_out))) => rsx! {
                            p { bdi { {t.month_made(&file.name)} } }
                            SaveFile { name: file.name, base64: file.base64, words: t.month_save() }
                            if left_out > 0 {
                                p { class: "warn-text", "data-testid": "carry-left-out", {t.carry_left_out(left_out)} }
                            }
                            p { class: "faint", {t.carry_stays()} }
                        },
                        Some(Err(failure)) => rsx! { Refused { failure } },
                        None => rsx! {},
                    }
                }
            }
        }
    }
}

/// Brings a file to the server, for whoever may.
#[component]
pub(super) fn BringFile() -> Element {
    let t = use_texts();
    let settings = use_settings();
    let allowed = use_allowed();
    let mut told = use_signal(|| None::<Result<String, Failure>>);
    let mut busy = use_signal(|| false);
    if !allowed("import") {
        return rsx! {};
    }
    let bring = move |event: FormEvent| {
        let settings = settings.clone();
        async move {
            if event.files().is_empty() {
                return;
            }
            busy.set(true);
            let answer = match window::file_bytes(BRING, event).await {
                Some(bytes) => platform::call(Request::ImportUnsent { base64: STANDARD.encode(bytes) }).await,
                None => Answer::Failed(Failure { code: FailureCode::BadFile, fields: Vec::new() }),
            };
            told.set(match answer {
                Answer::Imported { user, taken, known, aside } => {
                    let who = names::person(t, &settings, &user);
                    Some(Ok(t.carry_brought(&who, &t.number(taken), &t.number(known), &t.number(aside))))
                }
                Answer::Failed(failure) => Some(Err(failure)),
                _ => None,
            });
            busy.set(false);
        }
    };
    rsx! {
        details { class: "card",
            summary { "data-testid": "bring-open", {t.carry_bring()} Icon { glyph: Glyph::ChevronDown } }
            div { class: "stack",
                p { class: "soft", {t.carry_bring_words()} }
                div { class: "field",
                    label { r#for: BRING, {t.carry_choose()} }
                    input { id: BRING, class: "input", r#type: "file", accept: ".sealed", disabled: busy(), "data-testid": "bring-file", onchange: bring }
                }
                div { role: "status",
                    match told() {
                        Some(Ok(words)) => rsx! { p { class: "good-text", "data-testid": "brought", "{words}" } },
                        Some(Err(failure)) => rsx! { Refused { failure } },
                        None => rsx! {},
                    }
                }
            }
        }
    }
}

#[component]
fn Refused(failure: Failure) -> Element {
    let t = use_texts();
    rsx! { p { class: "danger-text", "data-testid": "failed", "data-code": names::failure_id(failure.code), {names::failure(t, failure.code)} } }
}
