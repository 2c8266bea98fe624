//! First sign-in on this device, online, in short steps: the account, what opens this device, and what else the server asks for.

use super::{
    Gate,
    secrets::{SecretFields, use_secrets},
    users::Users,
};
use crate::{
    components::{FlagBox, Glyph, Icon, ProofFields, TextField, names, use_proof_form},
    hooks::{page_origin, use_app, use_texts},
    platform,
    protocol::{Answer, FailureCode, Request},
};
use dioxus::prelude::*;

/// Server, log-in, password; then passphrase and PIN; then whatever the server asks for.
#[component]
pub(crate) fn SignInGate() -> Element {
    let t = use_texts();
    let app = use_app();
    let origin = use_hook(page_origin);
    let mut server = use_signal({
        let origin = origin.clone();
        move || origin.unwrap_or_default()
    });
    let mut login = use_signal(String::new);
    let mut password = use_signal(String::new);
    let secrets = use_secrets();
    let mut shown = secrets.shown;
    let mut second = use_signal(|| false);
    let form = use_proof_form();
    let mut tried = use_signal(|| false);
    let mut busy = use_signal(|| false);
    let mut failed = use_signal(|| None::<FailureCode>);

    let account_ready =
        move || !server.read().trim().is_empty() && !login.read().trim().is_empty() && !password.read().is_empty();
    let submit = move |event: FormEvent| async move {
        event.prevent_default();
        tried.set(true);
        if !second() {
            if account_ready() {
                second.set(true);
                tried.set(false);
            }
            return;
        }
        if !secrets.fit() || busy() || form.lacks() {
            return;
        }
        busy.set(true);
        failed.set(None);
        let request = Request::SignIn {
            server: server().trim().to_owned(),
            login: login().trim().to_owned(),
            proof: form.proof(password()),
            passphrase: secrets.passphrase(),
            pin: secrets.pin(),
        };
        let answer = platform::call(request).await;
        if let Answer::Failed(failure) = answer {
            let (at, who) = (server().trim().to_owned(), login().trim().to_owned());
            let told = form.refused(failure.code, at, who, password()).await;
            tried.set(false);
            if matches!(told, Some(FailureCode::BadCredentials | FailureCode::Revoked)) {
                password.set(String::new());
                form.clear();
                second.set(false);
            }
            failed.set(told);
            busy.set(false);
        } else {
            app.look_again().await;
        }
    };
    let back = move |_| {
        if form.is_asked() {
            form.clear();
        } else {
            second.set(false);
        }
        failed.set(None);
    };
    let need = |missing: bool| (tried() && missing).then(|| t.field_needed());
    rsx! {
        Gate { name: "new", title: t.sign_in_title(), words: if let Some(words) = form.words(t) { words } else if second() { t.sign_in_second_words() } else { t.sign_in_words() },
            form { class: "stack", onsubmit: submit, novalidate: true,
                if let Some(code) = failed() {
                    p { class: "card card-danger danger-text", role: "alert", "data-testid": "failed", "data-code": names::failure_id(code),
                        {names::failure(t, code)}
                    }
                }
                if !second() {
                    if origin.is_none() {
                        TextField { id: "server", label: t.sign_in_server(), hint: t.sign_in_server_hint(), value: server(), code: true, kind: "url",
                            problem: need(server.read().trim().is_empty()), on_change: move |v| server.set(v) }
                    }
                    TextField { id: "login", label: t.sign_in_login(), value: login(), code: true, autocomplete: "username",
                        problem: need(login.read().trim().is_empty()), on_change: move |v| login.set(v) }
                    TextField { id: "password", label: t.sign_in_password(), value: password(), code: true, kind: secrets.kind(), autocomplete: "current-password",
                        problem: need(password.read().is_empty()), on_change: move |v| password.set(v) }
                    FlagBox { id: "show-password", label: t.sign_in_show(), value: shown(), on_change: move |v| shown.set(v) }
                    button { class: "button button-main button-big", r#type: "submit", "data-testid": "next", {t.action_next()} Icon { glyph: Glyph::Next } }
                    Users { is_new: true }
                } else if form.is_asked() {
                    ProofFields { form, tried: tried() }
                    div { class: "actions",
                        button { class: "button", r#type: "button", "data-testid": "back", onclick: back, Icon { glyph: Glyph::Back } {t.action_back()} }
                        button { class: "button button-main button-big", r#type: "submit", disabled: busy(), "data-testid": "sign-in",
                            if busy() { {t.sign_in_busy()} } else { {t.sign_in_do()} }
                        }
                    }
                } else {
                    SecretFields { secrets, tried: tried(), first: true, passphrase: t.sign_in_passphrase(), hint: secrets.strength_words(t), pin: t.sign_in_pin() }
                    p { class: "card card-warn warn-text", {t.sign_in_passphrase_warning()} }
                    div { class: "actions",
                        button { class: "button", r#type: "button", "data-testid": "back", onclick: back, Icon { glyph: Glyph::Back } {t.action_back()} }
                        button { class: "button button-main button-big", r#type: "submit", disabled: busy(), "data-testid": "sign-in",
                            if busy() { {t.sign_in_busy()} } else { {t.sign_in_do()} }
                        }
                    }
                }
            }
        }
    }
}
