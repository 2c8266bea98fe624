//! An address nobody knows.

use crate::{
    components::{EmptyState, Glyph},
    hooks::use_texts,
    routes::Route,
};
use dioxus::prelude::*;

/// Leads home.
#[component]
pub(crate) fn NotFoundPage(segments: Vec<String>) -> Element {
    let t = use_texts();
    rsx! {
        main { "data-testid": "not-found", "data-depth": segments.len().to_string(),
            EmptyState { glyph: Glyph::Search, title: t.not_found_title(), words: t.not_found_words(),
                Link { class: "button button-main", to: Route::HomePage {}, {t.nav_home()} }
            }
        }
    }
}
