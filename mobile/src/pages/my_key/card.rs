//! The card of a key that was made here: shown until its owner has it on paper, and never again.

use super::{Failed, KeyPage, ask};
use crate::{
    components::{Glyph, Icon, QrImage},
    hooks::use_texts,
    protocol::{
        FailureCode,
        keys::{KeyAnswer, KeyCardShown, KeyRequest},
    },
    window,
};
use dioxus::prelude::*;

/// Asks to put the card on paper, and shows it.
#[component]
pub(super) fn ToPrint(page: KeyPage) -> Element {
    let t = use_texts();
    let mut card = use_signal(|| None::<KeyCardShown>);
    let mut failed = use_signal(|| None::<FailureCode>);
    let show = move |_| async move {
        match ask(KeyRequest::ShowCard).await {
            Ok(Some(KeyAnswer::Card(shown))) => card.set(Some(shown)),
            Ok(_) => failed.set(Some(FailureCode::Internal)),
            Err(code) => failed.set(Some(code)),
        }
    };
    let done = move |_| async move {
        failed.set(ask(KeyRequest::CardKept).await.err());
        if failed().is_none() {
            card.set(None);
            page.look_again().await;
        }
    };
    rsx! {
        section { class: "card card-warn stack",
            h2 { {t.keys_print_title()} }
            p { {t.keys_print_words()} }
            if let Some(card) = card() {
                div { class: "printed stack", "data-testid": "key-card",
                    p { class: "strong", {t.keys_title()} }
                    p { class: "code-words", dir: "ltr", "data-testid": "key-letters", "{card.letters}" }
                    QrImage { picture: card.picture.clone(), label: t.keys_print_picture() }
                    p { {t.keys_fingerprint()} }
                    p { class: "code-words", dir: "ltr", "{card.fingerprint}" }
                }
                div { class: "actions",
                    if window::prints() {
                        button { class: "button", r#type: "button", onclick: move |_| window::print(), Icon { glyph: Glyph::Copy } {t.keys_print_do()} }
                    }
                    button { class: "button button-main", r#type: "button", "data-testid": "key-printed", onclick: done, Icon { glyph: Glyph::Check } {t.keys_print_done()} }
                }
            } else {
                button { class: "button button-wide", r#type: "button", "data-testid": "key-show", onclick: show, Icon { glyph: Glyph::Eye } {t.keys_print_show()} }
            }
            Failed { code: failed() }
        }
    }
}
