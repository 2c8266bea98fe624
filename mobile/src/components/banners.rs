//! What a person should know on every page, and at home what to do about the browser. Never in the way of capture.

use super::{Glyph, Icon, ProofFields, use_proof_form};
use crate::{
    hooks::{use_app, use_texts},
    platform,
    protocol::{Answer, FailureCode, Request},
    routes::Route,
};
use dioxus::prelude::*;

/// A clock further off than this is mentioned, in seconds. # Source: domain.md §12
const CLOCK_OFF_S: i64 = 600;

/// All banners that apply now.
#[component]
pub(crate) fn Banners() -> Element {
    let t = use_texts();
    let app = use_app();
    let here = use_route::<Route>();
    let status = app.status.read().clone();
    let Some(status) = status else { return rsx! {} };
    rsx! {
        div { class: "shell-banners", role: "region", "aria-label": t.banners_label(),
            div { class: "banner banner-warn", "data-testid": "banner-pilot",
                Icon { glyph: Glyph::Shield }
                p { {t.banner_not_for_real()} }
            }
            UpdateBanner {}
            if status.token_expired {
                RenewBanner {}
            }
            if status.persisted == Some(false) && matches!(here, Route::HomePage {} | Route::WaitingPage {}) {
                div { class: "banner banner-warn", "data-testid": "banner-persistence",
                    Icon { glyph: Glyph::Storage }
                    p { {t.banner_persistence()} }
                }
            }
            if status.book_swapped {
                div { class: "banner banner-danger", role: "alert", "data-testid": "banner-book-swapped",
                    Icon { glyph: Glyph::Alert }
                    p { {t.banner_book_swapped()} }
                }
            }
            if status.resealing > 0 {
                div { class: "banner", role: "status", "data-testid": "banner-resealing",
                    Icon { glyph: Glyph::Lock }
                    p { {t.banner_resealing(status.resealing)} }
                }
            }
            if status.key_missing && matches!(here, Route::HomePage {} | Route::InboxPage {} | Route::CasePage { .. }) {
                div { class: "banner banner-warn", "data-testid": "banner-key-missing",
                    Icon { glyph: Glyph::Key }
                    p { {t.banner_key_missing()} }
                    Link { class: "button", to: Route::MyKeyPage {}, "data-testid": "to-my-key", {t.banner_key_missing_open()} }
                }
            }
            if status.little_space {
                div { class: "banner banner-warn", role: "status", "data-testid": "banner-little-space",
                    Icon { glyph: Glyph::Storage }
                    p { {t.banner_little_space()} }
                    Link { class: "button", to: Route::WaitingPage {}, {t.nav_waiting()} }
                }
            }
            if let Some(days) = status.forgets_in_days {
                div { class: "banner banner-warn", "data-testid": "banner-contactless",
                    Icon { glyph: Glyph::Hourglass }
                    p { {t.banner_contactless(days)} }
                }
            }
            if status.clock_ahead_s.is_some_and(|s| s.abs() > CLOCK_OFF_S) {
                div { class: "banner banner-warn", "data-testid": "banner-clock",
                    Icon { glyph: Glyph::Clock }
                    p { {t.banner_clock()} }
                }
            }
        }
    }
}

/// A new version is ready: applied only when asked.
#[component]
pub(crate) fn UpdateBanner() -> Element {
    let t = use_texts();
    let app = use_app();
    rsx! {
        if *app.update.read() {
            div { class: "banner", "data-testid": "banner-update",
                Icon { glyph: Glyph::Bolt }
                p { {t.banner_update()} }
                button { class: "button", r#type: "button", "data-testid": "apply-update", onclick: move |_| crate::hooks::apply_update(), {t.banner_update_apply()} }
            }
        }
    }
}

/// The token has expired: sending waits for the password, work goes on.
#[component]
pub(crate) fn RenewBanner() -> Element {
    let t = use_texts();
    let app = use_app();
    let mut asking = use_signal(|| false);
    let mut password = use_signal(String::new);
    let form = use_proof_form();
    let mut tried = use_signal(|| false);
    let mut busy = use_signal(|| false);
    let mut failed = use_signal(|| None);
    let renew = move |event: FormEvent| async move {
        event.prevent_default();
        tried.set(true);
        if form.lacks() {
            return;
        }
        busy.set(true);
        failed.set(None);
        let answer = platform::call(Request::Renew { proof: form.proof(password()) }).await;
        if let Answer::Failed(failure) = answer {
            let told = form.refused(failure.code, String::new(), String::new(), password()).await;
            tried.set(false);
            if told == Some(FailureCode::BadCredentials) {
                password.set(String::new());
                form.clear();
            }
            failed.set(told);
            busy.set(false);
        } else {
            password.set(String::new());
            form.clear();
            app.say(t.renewed());
            app.look_again().await;
        }
    };
    rsx! {
        div { class: "banner banner-danger", "data-testid": "banner-expired",
            Icon { glyph: Glyph::Key }
            p { {t.banner_expired()} }
            if asking() {
                form { class: "row", onsubmit: renew,
                    label { class: "unseen", r#for: "renew-password", {t.sign_in_password()} }
                    input {
                        id: "renew-password",
                        class: "input input-code grow",
                        r#type: "password",
                        dir: "ltr",
                        autocomplete: "current-password",
                        placeholder: t.sign_in_password(),
                        "data-testid": "field-renew",
                        value: "{password}",
                        oninput: move |event| password.set(event.value()),
                    }
                    ProofFields { form, tried: tried() }
                    button { class: "button button-main", r#type: "submit", disabled: busy(), "data-testid": "renew", {t.banner_expired_renew()} }
                }
                if let Some(code) = failed() {
                    p { role: "alert", {super::names::failure(t, code)} }
                }
            } else {
                button { class: "button", r#type: "button", "data-testid": "renew-open", onclick: move |_| asking.set(true), {t.banner_expired_open()} }
            }
        }
    }
}
