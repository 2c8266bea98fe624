//! A temporary password, shown once to whoever made it.

use crate::{
    components::{Glyph, Icon},
    hooks::{use_settings, use_texts},
};
use dioxus::prelude::*;
use shared::model::devices::TemporaryPassword;

/// Log-in name and password, until the administrator says that they are handed over.
#[component]
pub(super) fn Handed(password: TemporaryPassword, name: String, on_done: EventHandler<()>) -> Element {
    let t = use_texts();
    let settings = use_settings();
    let name = settings.person(&password.user).map_or(name, |person| person.name.clone());
    rsx! {
        section { class: "card card-warn", role: "status", "data-testid": "handed",
            h2 { {t.account_handed_title()} }
            p { {t.account_handed_words(&name)} }
            dl { class: "facts",
                div { dt { {t.account_login()} } dd { bdi { class: "code-words ltr", "data-testid": "handed-login", "{password.login}" } } }
                div { dt { {t.sign_in_password()} } dd { bdi { class: "code-words ltr", "data-testid": "handed-password", "{password.password}" } } }
            }
            button { class: "button", r#type: "button", "data-testid": "handed-done", onclick: move |_| on_done.call(()), Icon { glyph: Glyph::Check } {t.account_handed_done()} }
        }
    }
}
