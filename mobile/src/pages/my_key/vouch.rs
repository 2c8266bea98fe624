//! Others' keys that wait: compared by voice, vouched for by this person together with a recovery manager who types a kit here.

use super::{Failed, KeyPage, ask};
use crate::{
    components::{FlagBox, Glyph, Icon, TextField, names},
    hooks::{use_app, use_settings, use_texts},
    protocol::{
        FailureCode,
        keys::{KeyAnswer, KeyRequest, WaitingKeyShown},
    },
};
use dioxus::prelude::*;

/// Looks at the server for keys that wait, when asked to.
#[component]
pub(super) fn Waiting(page: KeyPage) -> Element {
    let t = use_texts();
    let mut waiting = use_signal(|| None::<Vec<WaitingKeyShown>>);
    let mut failed = use_signal(|| None::<FailureCode>);
    let mut busy = use_signal(|| false);
    let look = move |()| async move {
        busy.set(true);
        match ask(KeyRequest::Waiting).await {
            Ok(Some(KeyAnswer::Waiting(found))) => {
                failed.set(None);
                waiting.set(Some(found));
            }
            Ok(_) => failed.set(Some(FailureCode::Internal)),
            Err(code) => failed.set(Some(code)),
        }
        busy.set(false);
    };
    rsx! {
        section { class: "card stack",
            h2 { {t.keys_waiting()} }
            button { class: "button button-wide", r#type: "button", disabled: busy(), "data-testid": "key-look", onclick: move |_| look(()), Icon { glyph: Glyph::Search } {t.keys_waiting_look()} }
            Failed { code: failed() }
            if let Some(found) = waiting() {
                if found.is_empty() {
                    p { class: "soft", role: "status", {t.keys_waiting_none()} }
                }
                for key in found {
                    One {
                        key: "{key.user}{key.fingerprint}",
                        waits: key.clone(),
                        on_vouched: move |()| async move {
                            page.look_again().await;
                            look(()).await;
                        },
                    }
                }
            }
        }
    }
}

#[component]
fn One(waits: WaitingKeyShown, on_vouched: EventHandler<()>) -> Element {
    let t = use_texts();
    let app = use_app();
    let settings = use_settings();
    let name = names::person(t, &settings, &waits.user);
    let mut compared = use_signal(|| false);
    let mut kit = use_signal(String::new);
    let mut busy = use_signal(|| false);
    let mut failed = use_signal(|| None::<FailureCode>);
    let (user, fingerprint, vouched) = (waits.user.clone(), waits.fingerprint.clone(), t.keys_vouched(&name));
    let vouch = move |event: FormEvent| {
        event.prevent_default();
        let request = KeyRequest::Vouch { user: user.clone(), fingerprint: fingerprint.clone(), kit: kit() };
        let vouched = vouched.clone();
        async move {
            if !compared() {
                return;
            }
            busy.set(true);
            let answer = ask(request).await;
            busy.set(false);
            failed.set(answer.err());
            if failed().is_none() {
                kit.set(String::new());
                app.say(vouched);
                on_vouched.call(());
            }
        }
    };
    rsx! {
        form { class: "card stack", onsubmit: vouch, "data-testid": "waiting-key-{waits.user}",
            p { class: "strong", bdi { "{name}" } }
            p { {t.keys_vouch_words(&name)} }
            p { class: "code-words", dir: "ltr", "{waits.fingerprint}" }
            FlagBox { id: "key-compared", label: t.keys_vouch_compared(), value: compared(), on_change: move |on| compared.set(on) }
            TextField { id: "kit", label: t.keys_vouch_kit(), hint: t.keys_vouch_kit_hint(), value: kit(), code: true, on_change: move |typed| kit.set(typed) }
            button { class: "button button-main button-wide", r#type: "submit", disabled: busy() || !compared() || kit.read().is_empty(), "data-testid": "key-vouch", {t.keys_vouch_do(&name)} }
            Failed { code: failed() }
        }
    }
}
