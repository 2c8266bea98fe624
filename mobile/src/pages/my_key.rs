//! A focal point's own key: whether this device opens what is sealed to them, and how it comes to. Vouching for others' keys
//! stands on the same page. The key itself is never here, but once as the card to print.

mod card;
mod vouch;

use crate::{
    components::{FailedState, Glyph, Icon, Loaded, PageTitle, TextField, names},
    hooks::{AppState, Load, Table, use_allowed, use_app, use_asked, use_settings, use_texts},
    platform,
    protocol::{
        Answer, FailureCode, Request,
        keys::{KeyAnswer, KeyRequest, KeyStanding, MyKey},
    },
};
use dioxus::prelude::*;

/// The page; only for people whom reports are sealed to.
#[component]
pub(crate) fn MyKeyPage() -> Element {
    let t = use_texts();
    let allowed = use_allowed();
    rsx! {
        div { class: "page", "data-testid": "my-key",
            PageTitle { title: t.keys_title() }
            if allowed("key_ask") {
                Standing {}
            } else {
                FailedState { code: FailureCode::NotAllowed }
            }
        }
    }
}

/// Asks for something about keys; what failed is said by its code.
pub(super) async fn ask(request: KeyRequest) -> Result<Option<KeyAnswer>, FailureCode> {
    match platform::call(Request::Keys(request)).await {
        Answer::Keys(answer) => Ok(Some(*answer)),
        Answer::Done => Ok(None),
        Answer::Failed(failure) => Err(failure.code),
        _ => Err(FailureCode::Internal),
    }
}

/// What every part of the page needs.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct KeyPage {
    pub(super) app: AppState,
    /// Goes up when the key was changed here.
    pub(super) version: Signal<u32>,
}

impl KeyPage {
    /// Reads where the key stands again.
    pub(super) async fn look_again(mut self) {
        self.version += 1;
        self.app.look_again().await;
    }
}

#[component]
fn Standing() -> Element {
    let app = use_app();
    let page = KeyPage { app, version: use_signal(|| 0) };
    let mine = use_asked(
        Table::Outbox,
        move || {
            // A newer book comes with newer settings.
            page.version.read();
            app.settings.read();
            Request::Keys(KeyRequest::Mine)
        },
        |answer| match answer {
            Answer::Keys(answer) => {
                if let KeyAnswer::Mine(mine) = *answer {
                    Some(Load::Ready(mine))
                } else {
                    None
                }
            }
            _ => None,
        },
    );
    rsx! {
        Loaded { asked: mine, empty: rsx! {}, ready: move |mine: MyKey| rsx! { Mine { page, mine } } }
    }
}

const fn standing_id(standing: KeyStanding) -> &'static str {
    match standing {
        KeyStanding::Missing => "missing",
        KeyStanding::Waits => "waits",
        KeyStanding::Counts => "counts",
        KeyStanding::Withdrawn => "withdrawn",
    }
}

#[component]
fn Mine(page: KeyPage, mine: MyKey) -> Element {
    let t = use_texts();
    let settings = use_settings();
    let id = standing_id(mine.standing);
    let Some(book) = mine.book.clone() else {
        return rsx! {
            section { class: "card card-warn", "data-testid": "key-standing", "data-standing": "none",
                p { class: "row", Icon { glyph: Glyph::Alert } span { {t.keys_book_none()} } }
            }
        };
    };
    let (glyph, class) = match mine.standing {
        KeyStanding::Counts => (Glyph::Check, "card"),
        _ => (Glyph::Key, "card card-warn"),
    };
    rsx! {
        section { class: "{class} stack", "data-testid": "key-standing", "data-standing": id,
            p { class: "strong row", Icon { glyph } span { {names::coded(t, "key-standing", id)} } }
            p { class: "soft", {t.keys_what()} }
            if let Some(fingerprint) = mine.fingerprint.clone() {
                div {
                    p { {t.keys_fingerprint()} }
                    p { class: "code-words", dir: "ltr", "data-testid": "key-fingerprint", "{fingerprint}" }
                    if mine.standing == KeyStanding::Waits {
                        p { class: "field-hint", {t.keys_fingerprint_hint()} }
                    }
                }
            }
        }
        if mine.to_print {
            card::ToPrint { page }
        }
        if mine.standing == KeyStanding::Waits {
            Ask { page }
        }
        if mine.standing != KeyStanding::Counts {
            ReadCard { page }
        }
        if matches!(mine.standing, KeyStanding::Missing | KeyStanding::Withdrawn) {
            Make { page }
        }
        section { class: "card",
            h2 { {t.keys_holders()} }
            ul {
                for user in mine.holders.clone() {
                    li { key: "{user}", bdi { {names::person(t, &settings, &user)} } }
                }
            }
            p { {t.keys_book()} }
            p { class: "code-words", dir: "ltr", "data-testid": "book-fingerprint", "{book}" }
            p { class: "field-hint", {t.keys_book_hint()} }
        }
        if mine.standing == KeyStanding::Counts {
            vouch::Waiting { page }
        }
    }
}

#[component]
fn Ask(page: KeyPage) -> Element {
    let t = use_texts();
    let mut failed = use_signal(|| None::<FailureCode>);
    let mut busy = use_signal(|| false);
    rsx! {
        section { class: "card stack",
            p { {t.keys_ask_words()} }
            button { class: "button button-main button-wide", r#type: "button", disabled: busy(), "data-testid": "key-ask",
                onclick: move |_| async move {
                    busy.set(true);
                    failed.set(ask(KeyRequest::Ask).await.err());
                    busy.set(false);
                    if failed().is_none() {
                        page.app.say(t.keys_asked());
                    }
                },
                Icon { glyph: Glyph::Send }
                {t.keys_ask()}
            }
            Failed { code: failed() }
        }
    }
}

#[component]
fn ReadCard(page: KeyPage) -> Element {
    let t = use_texts();
    let mut letters = use_signal(String::new);
    let mut failed = use_signal(|| None::<FailureCode>);
    let take = move |event: FormEvent| async move {
        event.prevent_default();
        match ask(KeyRequest::ReadCard { letters: letters() }).await {
            Ok(_) => {
                letters.set(String::new());
                failed.set(None);
                page.app.say(t.keys_card_taken());
                page.look_again().await;
            }
            Err(code) => failed.set(Some(code)),
        }
    };
    rsx! {
        section { class: "card",
            h2 { {t.keys_card_title()} }
            form { class: "stack", onsubmit: take,
                TextField { id: "key-card", label: t.keys_card_letters(), hint: t.keys_card_hint(), value: letters(), code: true,
                    problem: failed().map(|code| names::failure(t, code)), on_change: move |typed| letters.set(typed) }
                button { class: "button button-main button-wide", r#type: "submit", "data-testid": "key-read", Icon { glyph: Glyph::Key } {t.keys_card_take()} }
            }
        }
    }
}

#[component]
fn Make(page: KeyPage) -> Element {
    let t = use_texts();
    let mut failed = use_signal(|| None::<FailureCode>);
    rsx! {
        section { class: "card stack",
            h2 { {t.keys_make_title()} }
            p { {t.keys_make_words()} }
            button { class: "button button-wide", r#type: "button", "data-testid": "key-make",
                onclick: move |_| async move {
                    failed.set(ask(KeyRequest::Make).await.err());
                    page.look_again().await;
                },
                {t.keys_make()}
            }
            Failed { code: failed() }
        }
    }
}

/// What did not work.
#[component]
pub(super) fn Failed(code: Option<FailureCode>) -> Element {
    let t = use_texts();
    rsx! {
        if let Some(code) = code {
            p { class: "field-problem", role: "alert", "data-testid": "failed", "data-code": names::failure_id(code), Icon { glyph: Glyph::Alert } {names::failure(t, code)} }
        }
    }
}
