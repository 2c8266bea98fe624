//! What staff do and don't do when someone tells them something: a card to hold up or read out, in large type. Without network, and
//! with nothing personal in it.
//!
//! # Source
//! domain.md §5.16 (`topic.do_dont`), §10.1 (listen, empathise, who, when, where, what, not why; report within 24 h), §10.2.

use crate::{
    components::{Glyph, Icon, PageTitle},
    hooks::use_texts,
};
use dioxus::prelude::*;

/// The card.
#[component]
pub(crate) fn StaffCardPage() -> Element {
    let t = use_texts();
    let does =
        [t.staff_do_listen(), t.staff_do_thank(), t.staff_do_ask(), t.staff_do_duty(), t.staff_do_report(), t.staff_do_help()];
    let never =
        [t.staff_dont_why(), t.staff_dont_investigate(), t.staff_dont_record(), t.staff_dont_promise(), t.staff_dont_tell()];
    rsx! {
        div { class: "page", "data-testid": "staff-card",
            PageTitle { title: t.staff_title() }
            p { class: "soft", {t.staff_about()} }
            Lines { title: t.staff_do(), glyph: Glyph::Check, class: "card card-large", mark: "good-text", lines: does.to_vec() }
            Lines { title: t.staff_dont(), glyph: Glyph::Ban, class: "card card-danger card-large", mark: "danger-text", lines: never.to_vec() }
        }
    }
}

#[component]
fn Lines(title: String, glyph: Glyph, class: &'static str, mark: &'static str, lines: Vec<String>) -> Element {
    rsx! {
        section { class, "aria-label": "{title}",
            h2 { class: "row {mark}", Icon { glyph } "{title}" }
            ul { class: "stack",
                for line in lines {
                    li { key: "{line}", "{line}" }
                }
            }
        }
    }
}
