//! A device that shows nothing and only sends: why, how much waits, and what opens it again.

use super::Gate;
use crate::{
    components::{Glyph, Icon, RenewBanner},
    hooks::{use_app, use_texts},
    platform,
    protocol::Request,
};
use dioxus::prelude::*;
use shared::model::devices::Shut;

/// Why, what waits, sending it.
#[component]
pub(crate) fn ShutGate() -> Element {
    let t = use_texts();
    let app = use_app();
    let status = app.status.read().clone();
    let Some(status) = status else { return rsx! {} };
    let running = app.sync.read().as_ref().is_some_and(|sync| sync.running);
    let (title, words) = match status.shut {
        Some(Shut::Expired) => (t.shut_expired_title(), t.shut_expired_words()),
        Some(Shut::Unconfirmed) => (t.shut_unconfirmed_title(), t.shut_unconfirmed_words()),
        Some(Shut::Road) | None => (t.shut_road_title(), t.shut_road_words()),
    };
    rsx! {
        Gate { name: "shut", title, words,
            if let Some(fingerprint) = status.fingerprint.clone() {
                section { class: "card card-warn", role: "status",
                    p { {t.shut_unconfirmed_digits()} }
                    p { class: "code-words", dir: "ltr", "data-testid": "device-fingerprint", "{fingerprint}" }
                }
            }
            section { class: "card stack", role: "status",
                p { class: "row", "data-testid": "shut-waiting", "data-count": "{status.waiting}",
                    Icon { glyph: if status.waiting == 0 { Glyph::Check } else { Glyph::Device } }
                    if status.waiting == 0 { {t.home_all_sent()} } else { {t.home_waiting(status.waiting)} }
                }
                p { class: "faint", {status.last_contact.map_or_else(|| t.home_never_synced(), |at| t.home_last_contact(&t.since(at, status.now)))} }
            }
            if status.token_expired {
                RenewBanner {}
            }
            button {
                class: "button button-main button-big",
                r#type: "button",
                disabled: running,
                "data-testid": "shut-send",
                onclick: move |_| async move {
                    platform::call(Request::SyncNow).await;
                },
                Icon { glyph: Glyph::Sync }
                if running { {t.chip_sending()} } else { {t.shut_look()} }
            }
        }
    }
}
