//! Opening the store: by passphrase from cold, by PIN while the app runs.

use super::{Gate, users::Users};
use crate::{
    components::{FlagBox, Glyph, Icon, TextField, names},
    hooks::{use_app, use_texts},
    platform,
    protocol::{Answer, FailureCode, Request},
};
use dioxus::prelude::*;
use shared::arabic::digits_to_latin;

/// The passphrase is needed.
#[component]
pub(crate) fn UnlockGate() -> Element {
    let t = use_texts();
    let plain = use_app().preferences.read().is_plain();
    let gone = use_app().status.read().as_ref().is_some_and(|status| status.passphrase_gone);
    let mut asking = use_signal(|| false);
    rsx! {
        Gate { name: "locked", heading_first: false, title: if plain { t.unlock_title_plain() } else { t.unlock_title() }, words: if gone { t.opening_gone() } else { t.unlock_words() },
            if gone || asking() {
                super::opening::Opening { on_back: move |()| asking.set(false) }
            } else {
                Opening { by_pin: false }
                button { class: "button button-quiet", r#type: "button", "data-testid": "passphrase-forgotten", onclick: move |_| asking.set(true), {t.opening_forgotten()} }
                Users {}
            }
        }
    }
}

/// The PIN is enough; the passphrase works too.
#[component]
pub(crate) fn PinGate() -> Element {
    let t = use_texts();
    let plain = use_app().preferences.read().is_plain();
    let mut by_pin = use_signal(|| true);
    rsx! {
        Gate { name: "pin", heading_first: false, title: if plain { t.unlock_title_plain() } else { t.pin_title() }, words: t.pin_words(),
            for by in [by_pin()] {
                Opening { key: "{by}", by_pin: by }
            }
            button { class: "button button-quiet", r#type: "button", "data-testid": "use-passphrase", onclick: move |_| by_pin.toggle(),
                if by_pin() { {t.pin_use_passphrase()} } else { {t.pin_use_pin()} }
            }
            Users {}
        }
    }
}

#[component]
fn Opening(by_pin: bool) -> Element {
    let t = use_texts();
    let app = use_app();
    let mut secret = use_signal(String::new);
    let mut shown = use_signal(|| false);
    let mut busy = use_signal(|| false);
    let mut failed = use_signal(|| None::<FailureCode>);
    let login = app.status.read().as_ref().and_then(|s| s.login.clone());
    let waiting = app.status.read().as_ref().map_or(0, |s| s.waiting);
    let submit = move |event: FormEvent| async move {
        event.prevent_default();
        if secret.read().is_empty() || busy() {
            return;
        }
        busy.set(true);
        failed.set(None);
        let request = if by_pin {
            Request::UnlockWithPin { pin: digits_to_latin(&secret.read()) }
        } else {
            Request::Unlock { passphrase: secret() }
        };
        let answer = platform::call(request).await;
        busy.set(false);
        secret.set(String::new());
        if let Answer::Failed(failure) = answer {
            failed.set(Some(failure.code));
        }
        // After too many wrong PINs the replica asks for the passphrase: the stage says so.
        app.look_again().await;
    };
    rsx! {
        form { class: "stack", onsubmit: submit, novalidate: true,
            if let Some(login) = login {
                p { class: "row", Icon { glyph: Glyph::User } bdi { class: "strong", "{login}" } }
            }
            TextField {
                id: if by_pin { "pin" } else { "passphrase" },
                label: if by_pin { t.sign_in_pin() } else { t.sign_in_passphrase() },
                value: secret(),
                first: true,
                kind: if shown() { "text" } else { "password" },
                code: by_pin,
                autocomplete: if by_pin { "off" } else { "current-password" },
                problem: failed().map(|code| names::failure(t, code)),
                on_change: move |v| secret.set(v),
            }
            FlagBox { id: "show-secret", label: t.sign_in_show(), value: shown(), on_change: move |v| shown.set(v) }
            button { class: "button button-main button-big", r#type: "submit", disabled: busy(), "data-testid": "unlock",
                Icon { glyph: Glyph::Unlock }
                if busy() { {t.unlock_busy()} } else { {t.unlock_do()} }
            }
            if waiting > 0 {
                p { class: "faint", {t.unlock_waiting(waiting)} }
            }
        }
    }
}
