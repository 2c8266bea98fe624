//! A page's heading. Takes the focus when the page opens, so that a screen reader starts there.

use crate::window;
use dioxus::prelude::*;

/// Takes the focus to what has just come in the place of what was pressed: without it the focus would fall back to the page's beginning.
pub(crate) async fn take_focus(event: MountedEvent) {
    // Before that it would lay out the page once more than the drawing does, and hold it up.
    window::drawn().await;
    // What can't be focused (already gone) is no harm.
    event.data().set_focus(true).await.ok();
}

/// [`take_focus`] where the page came to it by a press, and not as it opened.
pub(crate) async fn take_focus_if(pressed: bool, event: MountedEvent) {
    if pressed {
        take_focus(event).await;
    }
}

/// The one `h1` of a page.
#[component]
pub(crate) fn PageTitle(title: String, children: Element) -> Element {
    rsx! {
        div { class: "page-head",
            h1 {
                tabindex: "-1",
                onmounted: take_focus,
                "{title}"
            }
            {children}
        }
    }
}
