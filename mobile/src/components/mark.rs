//! The sign of the app: a voice and its echo in the shape of a speech bubble, as in `web/icon.svg`; or a sheet of notes, where
//! nothing is to say what the app is for.

use super::{Glyph, Icon};
use crate::hooks::{use_app, use_texts};
use dioxus::prelude::*;

/// Drawn in the theme's colours.
#[component]
pub(crate) fn Mark() -> Element {
    if use_app().preferences.read().is_plain() {
        return rsx! { Icon { glyph: Glyph::Draft } };
    }
    rsx! {
        svg { class: "mark", view_box: "80 80 352 352", "aria-hidden": "true", "focusable": "false",
            path { d: "M256 100a152 152 0 1 1-76.7 283.2L110 402l19.3-67.6A152 152 0 0 1 256 100Z" }
            path { class: "mark-echo", d: "M168 252a88 88 0 1 0 176 0a88 88 0 1 0 -176 0" }
            path { class: "mark-voice", d: "M220 252a36 36 0 1 0 72 0a36 36 0 1 0 -72 0" }
        }
    }
}

/// The name it goes by.
pub(crate) fn use_app_name() -> String {
    let t = use_texts();
    if use_app().preferences.read().is_plain() { t.look_notes() } else { t.app_name() }
}
