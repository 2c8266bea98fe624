//! Whose turn it is, on a device that several people use: each has a store and a passphrase of their own.

use crate::{
    components::{Glyph, Icon},
    hooks::{use_app, use_texts},
    platform,
    protocol::Request,
};
use dioxus::prelude::*;

/// The others by log-in name, and a door for someone new.
#[component]
pub(super) fn Users(
    /// Whether someone new is asked for already.
    #[props(default)]
    is_new: bool,
) -> Element {
    let t = use_texts();
    let app = use_app();
    let others = app.status.read().as_ref().map(|status| status.users.clone()).unwrap_or_default();
    let switch = move |to: Option<i64>| async move {
        platform::call(Request::SwitchUser(to)).await;
        app.look_again().await;
    };
    if is_new && others.is_empty() {
        return rsx! {};
    }
    rsx! {
        nav { class: "stack-s", "aria-label": t.users_title(), "data-testid": "users",
            for other in others {
                button { key: "{other.slot}", class: "button button-wide", r#type: "button", "data-testid": "user-{other.login}", onclick: move |_| switch(Some(other.slot)),
                    Icon { glyph: Glyph::User }
                    bdi { "{other.login}" }
                }
            }
            if !is_new {
                button { class: "button button-quiet", r#type: "button", "data-testid": "user-new", onclick: move |_| switch(None), {t.users_new()} }
            }
        }
    }
}
