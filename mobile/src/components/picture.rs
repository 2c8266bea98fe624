//! A photo of a paper form: shown on a press, larger on another, never kept by the page.

use super::{Glyph, Icon, names};
use crate::{
    hooks::use_texts,
    platform,
    protocol::{Answer, FailureCode, PictureRequest, Request},
};
use dioxus::prelude::*;
use shared::picture::PictureQuery;

#[derive(Clone, PartialEq)]
enum Looked {
    Shown(String),
    NotYet,
    Failed(FailureCode),
}

/// One photo. `who` took the form, for whom the photo may still be on the way; empty while the form is being filled in on this device:
/// then nothing is asked of the server, and no log is spoken of.
#[component]
pub(crate) fn Picture(query: PictureQuery, who: String) -> Element {
    let t = use_texts();
    let mut looked = use_signal(|| None::<Looked>);
    let mut large = use_signal(|| false);
    let own = who.is_empty();
    let look = move |_| {
        let query = query.clone();
        async move {
            looked.set(Some(match platform::call(Request::Picture(PictureRequest::Show(query))).await {
                Answer::Picture(Some(base64)) => Looked::Shown(base64),
                Answer::Picture(None) => Looked::NotYet,
                Answer::Failed(failure) => Looked::Failed(failure.code),
                _ => Looked::Failed(FailureCode::Internal),
            }));
        }
    };
    rsx! {
        div { class: "stack-s", "data-testid": "picture",
            match looked() {
                Some(Looked::Shown(base64)) => rsx! {
                    div { class: if large() { "photo photo-large" } else { "photo" }, tabindex: "0",
                        img { src: "data:image/jpeg;base64,{base64}", alt: t.photo_alt(), "data-testid": "picture-shown" }
                    }
                    div { class: "row",
                        button { class: "button", r#type: "button", "aria-pressed": if large() { "true" } else { "false" }, "data-testid": "picture-zoom", onclick: move |_| large.toggle(),
                            Icon { glyph: Glyph::Search }
                            if large() { {t.photo_smaller()} } else { {t.photo_larger()} }
                        }
                        button { class: "button", r#type: "button", "data-testid": "picture-hide", onclick: move |_| looked.set(None), Icon { glyph: Glyph::Close } {t.photo_hide()} }
                    }
                },
                _ => rsx! {
                    button { class: "button start", r#type: "button", "data-testid": "picture-show", onclick: look, Icon { glyph: Glyph::Eye } {t.photo_show()} }
                    if !own {
                        p { class: "faint", {t.photo_noted()} }
                    }
                },
            }
            div { role: "status",
                match looked() {
                    Some(Looked::NotYet) => rsx! { p { class: "card card-warn", "data-testid": "picture-not-yet", {t.photo_not_yet(&who)} } },
                    Some(Looked::Failed(code)) => rsx! { p { class: "danger-text", "data-testid": "picture-failed", {names::failure(t, code)} } },
                    _ => rsx! {},
                }
            }
        }
    }
}
