//! This device: language, look, digits, who is signed in, locking, storage.

use crate::{
    components::{ChoiceGroup, Confirm, Glyph, Icon, PageTitle, Pick, names},
    hooks::{use_allowed, use_app, use_me, use_settings, use_texts},
    platform,
    protocol::{Answer, FailureCode, Request},
    routes::Route,
};
use dioxus::prelude::*;
use shared::text::{Language, Texts};

/// Preferences take effect at once.
#[component]
pub(crate) fn SettingsPage() -> Element {
    let t = use_texts();
    let mut app = use_app();
    let allowed = use_allowed();
    let preferences = app.preferences.read().clone();
    let languages: Vec<Pick> = Language::ALL.iter().map(|l| Pick::new(l.tag(), Texts::new(*l).language_own_name())).collect();
    let themes = ["auto", "light", "dark", "sun"].map(|theme| Pick::new(theme, names::coded(t, "theme", theme))).to_vec();
    let digits = [("latn", "0123"), ("arab", "٠١٢٣")].map(|(code, sample)| Pick::new(code, sample)).to_vec();
    let looks = ["sada", "notes"].map(|look| Pick::new(look, names::coded(t, "look", look))).to_vec();
    rsx! {
        div { class: "page",
            PageTitle { title: t.nav_settings() }
            section { class: "card",
                ChoiceGroup { id: "language", label: t.settings_language(), picks: languages, value: preferences.language, on_change: move |v| { app.said.set(None); app.prefer(|p| p.language = v); } }
                ChoiceGroup { id: "theme", label: t.settings_theme(), picks: themes, value: preferences.theme, on_change: move |v| app.prefer(|p| p.theme = v) }
                ChoiceGroup { id: "digits", label: t.settings_digits(), picks: digits, value: preferences.digits, on_change: move |v| app.prefer(|p| p.digits = v) }
                ChoiceGroup { id: "look", label: t.settings_look(), hint: t.settings_look_hint(), picks: looks, value: preferences.look, on_change: move |v| app.prefer(|p| p.look = v) }
            }
            Device {}
            BeforeTheRoad {}
            if allowed("key_ask") {
                Link { class: "button button-wide", to: Route::MyKeyPage {}, "data-testid": "to-my-key", Icon { glyph: Glyph::Key } {t.keys_title()} }
            }
            if allowed("settings_lists") {
                Link { class: "button button-wide", to: Route::ListsPage {}, "data-testid": "to-lists", Icon { glyph: Glyph::Phone } {t.lists_title()} }
            }
            if allowed("people") {
                Link { class: "button button-wide", to: Route::PeoplePage {}, Icon { glyph: Glyph::User } {t.nav_people()} }
            }
            Link { class: "button button-wide", to: Route::WaitingPage {}, Icon { glyph: Glyph::Send } {t.nav_waiting()} }
        }
    }
}

#[component]
fn Device() -> Element {
    let t = use_texts();
    let app = use_app();
    let settings = use_settings();
    let me = use_me();
    let status = app.status.read().clone();
    let Some(status) = status else { return rsx! {} };
    let kept = match status.persisted {
        Some(true) => t.settings_storage_kept(),
        Some(false) => t.banner_persistence(),
        None => t.settings_storage_own(),
    };
    rsx! {
        section { class: "card",
            h2 { {t.settings_device()} }
            dl { class: "facts",
                if let Some(me) = me {
                    div { dt { {t.settings_signed_in()} } dd { bdi { "{me.name}" } " · " {names::coded(t, "role", me.role.id())} } }
                }
                if let Some(device) = status.device {
                    div { dt { {t.settings_device_id()} } dd { bdi { class: "ltr num", "data-testid": "device-id", "{device}" } } }
                }
                div { dt { {t.settings_last_contact()} } dd { {status.last_contact.map_or_else(|| t.home_never_synced(), |at| t.since(at, status.now))} } }
                div { dt { {t.settings_version()} } dd { bdi { class: "ltr num", {env!("CARGO_PKG_VERSION")} } } }
                div { dt { {t.settings_snapshot()} } dd { {t.number(settings.version)} } }
                div { dt { {t.settings_storage()} } dd { "{kept}" } }
            }
            button {
                class: "button button-wide",
                r#type: "button",
                "data-testid": "lock",
                onclick: move |_| async move {
                    platform::call(Request::Lock).await;
                    app.look_again().await;
                },
                Icon { glyph: Glyph::Lock }
                {t.shell_lock()}
            }
            button {
                class: "button button-wide",
                r#type: "button",
                "data-testid": "log-out",
                onclick: move |_| async move {
                    platform::call(Request::LogOut).await;
                    app.look_again().await;
                },
                Icon { glyph: Glyph::User }
                {t.users_log_out()}
            }
            p { class: "faint", {t.users_log_out_words()} }
        }
    }
}

/// One press before a checkpoint, after a question: what it deletes comes back only once someone re-opens this device.
#[component]
fn BeforeTheRoad() -> Element {
    let t = use_texts();
    let app = use_app();
    let mut asking = use_signal(|| false);
    let mut failed = use_signal(|| None::<FailureCode>);
    let waiting = app.status.read().as_ref().map_or(0, |status| status.waiting);
    let prepare = move |()| {
        asking.set(false);
        spawn(async move {
            match platform::call(Request::PrepareForRoad).await {
                Answer::Failed(failure) => failed.set(Some(failure.code)),
                _ => app.look_again().await,
            }
        });
    };
    rsx! {
        section { class: "card", "data-testid": "road",
            h2 { {t.road_title()} }
            p { class: "soft", {t.road_words()} }
            if let Some(code) = failed() {
                p { class: "danger-text", role: "alert", "data-testid": "failed", "data-code": names::failure_id(code), {names::failure(t, code)} }
            }
            button { class: "button button-danger button-wide", r#type: "button", "data-testid": "prepare-road", onclick: move |_| asking.set(true), Icon { glyph: Glyph::Shield } {t.road_do()} }
            if asking() {
                Confirm { title: t.road_confirm_title(), words: t.road_confirm_words(waiting), yes: t.road_do(), danger: true, on_yes: prepare, on_no: move |()| asking.set(false) }
            }
        }
    }
}
