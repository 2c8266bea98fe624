//! A page's heading. Takes the focus when the page opens, so that a screen reader starts there.

use dioxus::prelude::*;

/// The one `h1` of a page.
#[component]
pub(crate) fn PageTitle(title: String, children: Element) -> Element {
    rsx! {
        div { class: "page-head",
            h1 {
                tabindex: "-1",
                onmounted: move |event| async move {
                    // A heading that can't be focused (already gone) is no harm.
                    event.data().set_focus(true).await.ok();
                },
                "{title}"
            }
            {children}
        }
    }
}
