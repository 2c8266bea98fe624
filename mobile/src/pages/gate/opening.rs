//! Opening a device whose passphrase is gone, with an administrator who sees it: password, digits to compare, a new passphrase.

use super::secrets::{SecretFields, use_secrets};
use crate::{
    components::{Glyph, Icon, ProofFields, TextField, names, use_proof_form},
    hooks::{page_origin, use_app, use_texts},
    platform,
    protocol::{Answer, FailureCode, Request},
};
use dioxus::prelude::*;

/// Asks, shows the digits, and comes for the key with the same form.
#[component]
pub(super) fn Opening(on_back: EventHandler<()>) -> Element {
    let t = use_texts();
    let app = use_app();
    let origin = use_hook(page_origin);
    let mut server = use_signal({
        let origin = origin.clone();
        move || origin.unwrap_or_default()
    });
    let mut password = use_signal(String::new);
    let secrets = use_secrets();
    let mut tried = use_signal(|| false);
    let mut busy = use_signal(|| false);
    let mut digits = use_signal(|| None::<String>);
    let mut failed = use_signal(|| None::<FailureCode>);
    let form = use_proof_form();
    let login = app.status.read().as_ref().and_then(|s| s.login.clone()).unwrap_or_default();
    let fits = move || secrets.fit() && !server.read().trim().is_empty() && !password.read().is_empty() && !form.lacks();
    let submit = move |event: FormEvent| {
        event.prevent_default();
        let login = login.clone();
        async move {
            tried.set(true);
            if !fits() || busy() {
                return;
            }
            busy.set(true);
            failed.set(None);
            let at = server().trim().to_owned();
            let request = Request::OpenWithAdmin {
                server: at.clone(),
                proof: form.proof(password()),
                passphrase: secrets.passphrase(),
                pin: secrets.pin(),
            };
            match platform::call(request).await {
                Answer::OpeningCode(code) => {
                    digits.set(Some(code));
                    tried.set(false);
                    form.clear_code();
                }
                Answer::Failed(failure) => {
                    let told = form.refused(failure.code, at, login, password()).await;
                    tried.set(false);
                    failed.set(told);
                }
                _ => app.look_again().await,
            }
            busy.set(false);
        }
    };
    let need = |missing: bool| (tried() && missing).then(|| t.field_needed());
    rsx! {
        form { class: "stack", onsubmit: submit, novalidate: true, "data-testid": "opening",
            p { class: "soft", {t.opening_words()} }
            if let Some(code) = failed() {
                p { class: "card card-danger danger-text", role: "alert", "data-testid": "failed", "data-code": names::failure_id(code), {names::failure(t, code)} }
            }
            if let Some(digits) = digits() {
                section { class: "card card-warn", role: "status",
                    p { {t.opening_digits()} }
                    p { class: "code-words", dir: "ltr", "data-testid": "opening-code", "{digits}" }
                    p { class: "soft", {t.opening_then()} }
                }
            }
            if origin.is_none() {
                TextField { id: "server", label: t.sign_in_server(), hint: t.sign_in_server_hint(), value: server(), code: true, kind: "url",
                    problem: need(server.read().trim().is_empty()), on_change: move |v| server.set(v) }
            }
            TextField { id: "password", label: t.sign_in_password(), value: password(), code: true, kind: secrets.kind(), autocomplete: "current-password",
                problem: need(password.read().is_empty()), on_change: move |v| password.set(v) }
            ProofFields { form, tried: tried() }
            SecretFields { secrets, tried: tried(), passphrase: t.opening_passphrase(), hint: t.sign_in_passphrase_hint(), pin: t.opening_pin() }
            div { class: "actions",
                button { class: "button", r#type: "button", "data-testid": "back", onclick: move |_| on_back.call(()), Icon { glyph: Glyph::Back } {t.action_back()} }
                button { class: "button button-main button-big", r#type: "submit", disabled: busy(), "data-testid": "ask-opening",
                    if busy() { {t.unlock_busy()} } else if digits().is_some() { {t.opening_come()} } else { {t.opening_ask()} }
                }
            }
        }
    }
}
