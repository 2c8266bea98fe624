//! An address nobody knows.

use crate::{
    components::{EmptyState, Glyph, PageTitle},
    hooks::use_texts,
    routes::Route,
};
use dioxus::prelude::*;

/// Leads home.
#[component]
pub(crate) fn NotFoundPage(segments: Vec<String>) -> Element {
    let t = use_texts();
    rsx! {
        main { class: "page shell-main", "data-testid": "not-found", "data-depth": segments.len().to_string(),
            PageTitle { title: t.not_found_title() }
            EmptyState { glyph: Glyph::Search, title: t.not_found_words(),
                Link { class: "button button-main", to: Route::HomePage {}, {t.nav_home()} }
            }
        }
    }
}
