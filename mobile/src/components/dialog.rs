//! A question that must be answered before going on.

use crate::hooks::use_texts;
use dioxus::prelude::*;

/// Asks before something that can't be undone. Escape and the second button say no. `children` are what must be chosen first: while it
/// is not, `ready` is false.
#[component]
pub(crate) fn Confirm(
    title: String,
    words: String,
    yes: String,
    #[props(default)] danger: bool,
    #[props(default = true)] ready: bool,
    on_yes: EventHandler<()>,
    on_no: EventHandler<()>,
    children: Element,
) -> Element {
    let t = use_texts();
    rsx! {
        div {
            class: "dialog-veil",
            onkeydown: move |event| {
                if event.key() == Key::Escape {
                    event.stop_propagation();
                    on_no.call(());
                }
            },
            div { class: "dialog", role: "alertdialog", "aria-modal": "true", "aria-labelledby": "dialog-title", "aria-describedby": "dialog-words",
                h2 { id: "dialog-title", "{title}" }
                p { id: "dialog-words", class: "soft", "{words}" }
                {children}
                div { class: "actions",
                    button {
                        class: "button",
                        r#type: "button",
                        "data-testid": "dialog-no",
                        onmounted: move |event| async move {
                            event.data().set_focus(true).await.ok();
                        },
                        onclick: move |_| on_no.call(()),
                        {t.action_cancel()}
                    }
                    button {
                        class: if danger { "button button-danger" } else { "button button-main" },
                        r#type: "button",
                        disabled: !ready,
                        "data-testid": "dialog-yes",
                        onclick: move |_| on_yes.call(()),
                        "{yes}"
                    }
                }
            }
        }
    }
}
