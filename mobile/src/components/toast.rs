//! What is said in passing: shown for a few seconds, and read by a screen reader.

use crate::hooks::use_app;
use dioxus::prelude::*;

/// The one live region of the app; always there, so that what appears in it is announced.
#[component]
pub(crate) fn Toast() -> Element {
    let mut app = use_app();
    rsx! {
        div { class: "toast", role: "status", "aria-live": "polite", "data-testid": "toast",
            if let Some(said) = app.said.read().clone() {
                div { key: "{said}", class: "toast-words", onanimationend: move |_| app.said.set(None), "{said}" }
            }
        }
    }
}
