//! What a page shows while it has nothing: loading, empty, failed. Each says what it means for the person's data.

use super::{Glyph, Icon};
use crate::{
    hooks::{Asked, Load, use_texts},
    protocol::FailureCode,
};
use dioxus::prelude::*;

/// Grey lines where rows will be.
#[component]
pub(crate) fn Ghost(#[props(default = 4)] lines: usize) -> Element {
    let t = use_texts();
    rsx! {
        div { class: "ghost", role: "status", "data-testid": "loading",
            span { class: "unseen", {t.state_loading()} }
            for line in 0..lines {
                i { key: "{line}", "aria-hidden": "true" }
            }
        }
    }
}

/// Nothing here, and what to do about it.
#[component]
pub(crate) fn EmptyState(glyph: Glyph, title: String, #[props(default)] words: String, children: Element) -> Element {
    rsx! {
        div { class: "state", "data-testid": "empty",
            span { class: "state-glyph", Icon { glyph } }
            p { class: "strong", "{title}" }
            if !words.is_empty() {
                p { "{words}" }
            }
            {children}
        }
    }
}

/// It did not work: what happened to the data and what to do.
#[component]
pub(crate) fn FailedState(code: FailureCode, #[props(default)] on_retry: Option<EventHandler<()>>) -> Element {
    let t = use_texts();
    rsx! {
        div { class: "state state-danger", role: "alert", "data-testid": "failed", "data-code": crate::components::names::failure_id(code),
            span { class: "state-glyph", Icon { glyph: Glyph::Alert } }
            p { class: "strong", {crate::components::names::failure(t, code)} }
            if let Some(on_retry) = on_retry {
                button { class: "button", r#type: "button", "data-testid": "retry", onclick: move |_| on_retry.call(()),
                    Icon { glyph: Glyph::Sync }
                    {t.state_retry()}
                }
            }
        }
    }
}

/// One of the four states of a question; `children` when it is ready.
#[component]
pub(crate) fn Loaded<T: Clone + PartialEq + 'static>(asked: Asked<T>, empty: Element, ready: Callback<T, Element>) -> Element {
    let retry = asked.clone();
    match asked.load {
        Load::Loading => rsx! { Ghost {} },
        Load::Empty => empty,
        Load::Failed(failure) => rsx! {
            FailedState { code: failure.code, on_retry: move |()| retry.retry() }
        },
        Load::Ready(rows) => rsx! {
            div { class: if asked.again { "stack loading-again" } else { "stack" }, "aria-busy": asked.again, {ready.call(rows)} }
        },
    }
}
