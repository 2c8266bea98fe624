//! The way out in two taps, from every step: she would rather speak to a woman, to a specialist, or to somebody whom it does not
//! concern. What was entered goes; a safe time and place to meet may follow, sealed. # Source: issue 3; domain.md §10.2, §12

use super::{Capture, DropDraft, place::PlacePick, sensitive_page::Numbers, use_saving};
use crate::{
    components::{FactField, Glyph, Icon, PageTitle, names},
    hooks::{use_app, use_settings, use_texts, use_today},
    protocol::Saved,
};
use dioxus::prelude::*;
use shared::{
    intent,
    model::{dates::Day, record::DocKind},
};

/// Forgets what was entered and goes to the form for a meeting.
pub(super) fn go(capture: Capture, prefers: &str, today: Day) {
    let mut sealing = capture.sealing;
    sealing.set(true);
    capture.form.change(|facts| *facts = intent::rather(facts, prefers, today));
}

/// One button, and behind it whom she prefers.
#[component]
pub(super) fn Exit(capture: Capture) -> Element {
    let t = use_texts();
    let settings = use_settings();
    let today = use_today();
    let mut open = use_signal(|| false);
    rsx! {
        if open() {
            section { class: "card stack-s", "data-testid": "rather-choice",
                p { class: "strong", {t.rather_whom()} }
                p { class: "soft", {t.rather_forgets()} }
                for code in ["woman", "specialist"] {
                    button { key: "{code}", class: "button button-big button-wide", r#type: "button", "data-testid": "rather-{code}", onclick: move |_| go(capture, code, today),
                        {names::choice(t, &settings, "meet_with", code)}
                    }
                }
                button { class: "button button-quiet", r#type: "button", "data-testid": "rather-no", onclick: move |_| open.set(false), {t.action_cancel()} }
            }
        } else {
            button { class: "button button-wide", r#type: "button", "data-testid": "rather", onclick: move |_| open.set(true),
                Icon { glyph: Glyph::Users }
                {t.rather_exit()}
            }
        }
    }
}

/// Where and when it is safe to meet: asked only where it can be sealed, else told by voice.
#[component]
pub(super) fn Meeting(capture: Capture, saved: Signal<Option<Saved>>, can_seal: Option<bool>) -> Element {
    let t = use_texts();
    let app = use_app();
    let settings = use_settings();
    let form = capture.form;
    let saving = use_saving();
    let chosen = [form.text("place.adm4"), form.text("place.adm3")].into_iter().find(|code| !code.is_empty());
    let ready = !form.text("place.adm3").is_empty();
    let prefers = names::choice(t, &settings, "meet_with", &form.text(intent::PREFERS));
    rsx! {
        div { class: "page", "data-testid": "meeting",
            PageTitle { title: t.rather_title(&prefers) }
            section { class: "card",
                if can_seal == Some(true) {
                    p { class: "soft", {t.rather_sealed()} }
                    for (field , label) in [("time", t.rather_time()), ("place", t.rather_place())] {
                        FactField { key: "{field}", doc: DocKind::Contact, field: "resp.{field}", form_key: "contact.resp.{field}", label,
                            value: form.fact(&format!("contact.resp.{field}")),
                            on_change: move |fact| capture.put(&format!("contact.resp.{field}"), fact) }
                    }
                } else {
                    p { class: "strong", {t.rather_by_voice()} }
                }
                PlacePick { capture, chosen }
            }
            section { class: "card",
                p { class: "strong", {t.sensitive_line_5()} }
                Numbers {}
            }
            if let Some(failure) = (saving.failed)() {
                p { class: "card card-danger danger-text", role: "alert", "data-testid": "failed", "data-code": names::failure_id(failure.code), {names::failure(t, failure.code)} }
            }
            div { class: "actions actions-stay",
                button { class: "button button-main button-big", r#type: "button", "data-testid": "save-meeting", disabled: (saving.busy)() || !ready, onclick: move |_| saving.press(app, capture, saved),
                    Icon { glyph: Glyph::Lock }
                    if ready { {t.action_save()} } else { {t.sensitive_needs_place()} }
                }
            }
            DropDraft { form, burst: capture.burst }
        }
    }
}
