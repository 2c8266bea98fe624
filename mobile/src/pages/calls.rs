//! The hotline's page: looking a number up, and whom to call back today, with the result of each try in one tap. Shows no names: a
//! voice at the phone is no proof of one.

mod line;

use super::look_up::LookUp;
use crate::{
    components::{EmptyState, Glyph, Icon, Loaded, PageTitle, take_focus_if},
    hooks::{Load, Table, use_asked, use_texts},
    protocol::{Answer, CallBackLine, Request},
};
use dioxus::prelude::*;

/// The look-up, what to say, and the list.
#[component]
pub(crate) fn CallsPage() -> Element {
    let t = use_texts();
    let calls = use_asked(
        Table::Cases,
        || Request::CallBacks,
        |answer| {
            let Answer::CallBacks(lines) = answer else { return None };
            Some(if lines.is_empty() { Load::Empty } else { Load::Ready(lines) })
        },
    );
    // Where somebody was when the last line went.
    let lost = use_signal(|| false);
    let go_on = move |event: MountedEvent| {
        let mut lost = lost;
        let was_there = *lost.peek();
        lost.set(false);
        take_focus_if(was_there, event)
    };
    rsx! {
        div { class: "page", "data-testid": "calls",
            PageTitle { title: t.calls_title() }
            LookUp {}
            details { class: "card", "data-testid": "script",
                summary { Icon { glyph: Glyph::Message } {t.calls_script_title()} Icon { glyph: Glyph::ChevronDown } }
                blockquote { class: "spoken", {t.calls_script()} }
                p { class: "soft", {t.calls_script_then()} }
            }
            Loaded {
                asked: calls,
                empty: rsx! {
                    div { tabindex: "-1", onmounted: go_on, EmptyState { glyph: Glyph::Phone, title: t.calls_none(), words: t.calls_none_words() } }
                },
                ready: move |lines: Vec<CallBackLine>| rsx! {
                    // Another number is another line, which takes the focus from the one that went.
                    for count in [lines.len()] {
                        p { key: "{count}", class: "faint", tabindex: "-1", "data-testid": "calls-left", onmounted: go_on, {t.calls_left(count)} }
                    }
                    ul { class: "stack plain",
                        for line in lines {
                            li { key: "{line.row.record}", line::Line { line: line.clone(), lost } }
                        }
                    }
                },
            }
        }
    }
}
