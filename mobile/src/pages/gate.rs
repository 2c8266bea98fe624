//! What stands before the app: first sign-in, unlocking, and the reasons why it can't open here. Language is switched on each.

mod opening;
mod secrets;
mod shut;
mod sign_in;
mod strength;
mod unlock;
mod users;

pub(crate) use shut::ShutGate;
pub(crate) use sign_in::SignInGate;
pub(crate) use unlock::{PinGate, UnlockGate};

use crate::{
    components::{Glyph, Icon, LanguageSwitch, Mark, UpdateBanner, use_app_name},
    hooks::{use_app, use_texts},
    platform,
};
use dioxus::prelude::*;

/// The frame of every gate page.
#[component]
fn Gate(
    name: String,
    title: String,
    words: String,
    /// Whoever hears the page starts at its heading, unless a field of it takes the focus.
    #[props(default = true)]
    heading_first: bool,
    children: Element,
) -> Element {
    let t = use_texts();
    let plain = use_app().preferences.read().is_plain();
    rsx! {
        div { class: "gate", "data-testid": "gate-{name}",
            header { class: "gate-head", LanguageSwitch {} }
            UpdateBanner {}
            main { class: "gate-body",
                div { class: "gate-title",
                    Mark {}
                    h1 {
                        tabindex: "-1",
                        onmounted: move |event| async move {
                            if heading_first {
                                // A heading that can't be focused (already gone) is no harm.
                                event.data().set_focus(true).await.ok();
                            }
                        },
                        "{title}"
                    }
                    p { class: "soft", "{words}" }
                }
                {children}
            }
            if !plain {
                footer { class: "gate-foot faint", {t.banner_not_for_real()} }
            }
        }
    }
}

/// While the replica says where it stands.
#[component]
pub(crate) fn SplashGate() -> Element {
    let t = use_texts();
    rsx! {
        Gate { name: "splash", title: use_app_name(), words: t.state_loading() }
    }
}

/// Another tab holds the data.
#[component]
pub(crate) fn OtherTabGate() -> Element {
    let t = use_texts();
    rsx! {
        Gate { name: "other-tab", title: t.other_tab_title(), words: t.other_tab_words(),
            p { class: "row soft", role: "status",
                Icon { glyph: Glyph::Hourglass }
                {t.other_tab_waits()}
            }
            button { class: "button button-big", r#type: "button", "data-testid": "take-over", onclick: move |_| platform::take_over(), {t.other_tab_take_over()} }
        }
    }
}

/// The browser lacks what the app needs, or the part that keeps the data stopped for good.
#[component]
pub(crate) fn UnsupportedGate() -> Element {
    let t = use_texts();
    rsx! {
        Gate { name: "unsupported", title: t.unsupported_title(), words: t.unsupported_words(),
            p { class: "soft", {t.unsupported_what_to_do()} }
        }
    }
}
