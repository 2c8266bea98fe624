//! A QR code read from a photo taken for it, where the browser reads codes by itself: a decoder of our own would cost 82 KB of
//! download. Elsewhere the phone's own camera opens the address in the picture, and whatever is in it can be typed.

use super::{Glyph, Icon};
use crate::{hooks::use_texts, window};
use dioxus::prelude::*;

/// The way to the camera, or words about it. Answers what the code says; false: that was not what is wanted here.
#[component]
pub(crate) fn CodeReader(id: String, label: String, on_read: Callback<String, bool>) -> Element {
    let t = use_texts();
    let mut busy = use_signal(|| false);
    let mut missed = use_signal(|| false);
    let field = id.clone();
    let take = move |event: FormEvent| {
        let field = field.clone();
        async move {
            if event.files().is_empty() {
                return;
            }
            busy.set(true);
            let read = window::read_code(&field, event).await;
            missed.set(!read.is_some_and(|words| on_read.call(words)));
            busy.set(false);
        }
    };
    rsx! {
        if window::reads_codes() {
            div { class: "field",
                label { class: "row", r#for: "{id}", Icon { glyph: Glyph::Eye } "{label}" }
                input { id: "{id}", class: "input", r#type: "file", accept: "image/*", capture: window::camera(), disabled: busy(), "data-testid": "{id}", onchange: take }
                div { role: "status",
                    if busy() { p { {t.code_reading()} } }
                    if missed() { p { class: "danger-text", "data-testid": "{id}-missed", {t.code_missed()} } }
                }
            }
        } else if window::is_led_to() {
            p { class: "soft", "data-testid": "{id}-elsewhere", {t.code_own_camera()} }
        }
    }
}
