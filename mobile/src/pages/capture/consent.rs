//! The short spoken consent, read aloud, with the full text behind it. In the forms of who speaks and who listens.

use super::{Burst, Capture};
use crate::{
    components::{Glyph, Icon, take_focus_if},
    hooks::{use_app, use_me, use_settings, use_texts},
};
use dioxus::prelude::*;
use shared::model::codes;

/// The words, and the answer as three big buttons.
#[component]
pub(crate) fn Consent(capture: Capture) -> Element {
    let t = use_texts();
    let settings = use_settings();
    let app = use_app();
    let name = use_me().map(|me| me.name).unwrap_or_default();
    let mut speaker = app.speaker;
    let mut listener = app.listener;
    let organisation = t.label(&settings.organisation).to_owned();
    let has_number_to_copy = |burst: Burst| burst.before.peek().as_ref().is_some_and(|handed| handed.card);
    let comes_first = capture.burst.is_some_and(|burst| !has_number_to_copy(burst));
    let answer = move |code: &'static str| {
        capture.form.change(|facts| {
            facts.insert("consent.record".into(), code.into());
            if code == "yes" {
                facts.insert("consent.mode".into(), "verbal".into());
            }
            // The channel of the last complaint does not stay if there the person could have been asked.
            if code == "not_possible" {
                facts.remove("consent.mode");
                facts.retain(|key, fact| key != "intake.channel" || !fact.as_text().is_some_and(codes::Consent::can_be_asked));
            }
        });
        if code != "no" || *capture.sealing.peek() {
            capture.form.go(1);
        }
    };
    rsx! {
        div { class: "row",
            GenderSwitch { label: t.consent_i_am(), value: speaker(), on_change: move |v| speaker.set(v), test: "speaker" }
            GenderSwitch { label: t.consent_speaking_to(), value: listener(), on_change: move |v| listener.set(v), test: "listener" }
        }
        // At a distribution no heading of a step says that the next person stands there. A number to copy for the one before comes first.
        blockquote { class: "spoken", "data-testid": "consent-short", tabindex: "-1",
            onmounted: move |event| take_focus_if(comes_first, event),
            {t.consent_short(listener(), &name, &organisation, speaker())}
        }
        details {
            summary { {t.consent_full_open()} Icon { glyph: Glyph::ChevronDown } }
            p { class: "pre", "data-testid": "consent-full", {t.consent_full(listener(), &name, &organisation, speaker())} }
        }
        div { class: "actions actions-two actions-stay",
            button { class: "button button-main button-big", r#type: "button", "data-testid": "consent-yes", onclick: move |_| answer("yes"),
                Icon { glyph: Glyph::Check }
                {t.consent_yes()}
            }
            button { class: "button button-big", r#type: "button", "data-testid": "consent-no", onclick: move |_| answer("no"), {t.consent_no()} }
        }
        // At a distribution the person stands there.
        if capture.burst.is_none() {
            button { class: "button", r#type: "button", "data-testid": "consent-not_possible", onclick: move |_| answer("not_possible"), {t.consent_not_possible()} }
        }
    }
}

/// Masculine or feminine forms.
#[component]
fn GenderSwitch(label: String, value: &'static str, on_change: EventHandler<&'static str>, test: &'static str) -> Element {
    let t = use_texts();
    rsx! {
        div { class: "field",
            span { class: "field-hint", id: "gender-{test}", "{label}" }
            div { class: "switch", role: "group", "aria-labelledby": "gender-{test}",
                for (code , words) in [("m", t.gender_m()), ("f", t.gender_f())] {
                    button { key: "{code}", r#type: "button", "aria-pressed": value == code, "data-testid": "{test}-{code}", onclick: move |_| on_change.call(code), "{words}" }
                }
            }
        }
    }
}
