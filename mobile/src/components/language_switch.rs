//! Arabic or English, one press, on every screen including the lock.

use super::{Glyph, Icon};
use crate::hooks::{use_app, use_texts};
use dioxus::prelude::*;
use shared::text::Language;

/// Switches to the other language; named in that language, so that whoever needs it can read it.
#[component]
pub(crate) fn LanguageSwitch() -> Element {
    let mut app = use_app();
    let other = match use_texts().language() {
        Language::Ar => Language::En,
        Language::En => Language::Ar,
    };
    let name = shared::text::Texts::new(other).language_own_name();
    rsx! {
        button {
            class: "button button-quiet",
            r#type: "button",
            lang: other.tag(),
            "data-testid": "language-switch",
            onclick: move |_| {
                // What was said in passing was said in the language before.
                app.said.set(None);
                app.prefer(|p| p.language = other.tag().to_owned());
            },
            span { class: "icon-language", Icon { glyph: Glyph::Language } }
            span { class: "long", "{name}" }
            span { class: "short", "aria-hidden": "true", if other == Language::Ar { "ع" } else { "EN" } }
        }
    }
}
