//! The root: language, direction and theme around everything; the gate until the store is open; then the pages.
//! Knows no page from inside.

use crate::{
    components::{FailedState, Ghost, Toast},
    hooks::{use_app_provider, use_document, use_texts},
    pages::gate::{OtherTabGate, PinGate, ShutGate, SignInGate, SplashGate, UnlockGate, UnsupportedGate},
    protocol::Stage,
    routes::Route,
};
use dioxus::prelude::*;

/// Where there is no `index.html` of ours to name the style sheets, they come with the app.
#[cfg(not(target_family = "wasm"))]
const STYLES: &str = concat!(
    include_str!("../assets/tokens.css"),
    include_str!("../assets/base.css"),
    include_str!("../assets/shell.css"),
    include_str!("../assets/controls.css"),
    include_str!("../assets/parts.css"),
    include_str!("../assets/pages.css"),
);

/// The whole app.
#[component]
pub fn App() -> Element {
    let app = use_app_provider();
    let language = use_texts().language();
    let theme = app.preferences.read().theme.clone();
    let look = app.preferences.read().look.clone();
    use_document(language, theme.clone(), look);
    let stage = app.status.read().as_ref().map(|s| s.stage);
    rsx! {
        Styles {}
        div { class: "app", lang: language.tag(), dir: language.dir(), "data-theme": "{theme}", "data-testid": "app",
            match stage {
                None => rsx! { SplashGate {} },
                Some(Stage::New) => rsx! { SignInGate {} },
                Some(Stage::Locked) => rsx! { UnlockGate {} },
                Some(Stage::PinLocked) => rsx! { PinGate {} },
                Some(Stage::Shut) => rsx! { ShutGate {} },
                Some(Stage::OtherTab) => rsx! { OtherTabGate {} },
                Some(Stage::Unsupported) => rsx! { UnsupportedGate {} },
                Some(Stage::Open) => rsx! { Opened {} },
            }
            Toast {}
        }
    }
}

/// The pages, once the settings they all read are there.
#[component]
fn Opened() -> Element {
    let app = crate::hooks::use_app();
    if let Some(code) = *app.settings_failure.read() {
        return rsx! {
            FailedState { code, on_retry: move |()| { spawn(app.read_settings()); } }
        };
    }
    if app.settings.read().is_none() {
        return rsx! { Ghost { lines: 6 } };
    }
    rsx! { Router::<Route> {} }
}

#[component]
fn Styles() -> Element {
    #[cfg(not(target_family = "wasm"))]
    return rsx! { style { "{STYLES}" } };
    #[cfg(target_family = "wasm")]
    rsx! {}
}
