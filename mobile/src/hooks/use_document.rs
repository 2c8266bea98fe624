//! What lies around the app on the web: the document's language, the page's origin, a new version that waits.
//! Elsewhere there is none of it, and each answers so.

use crate::window;
use dioxus::prelude::*;
use shared::text::Language;

/// Keeps the document's language, direction, theme and look as the app's, so that a screen reader and the browser's own controls follow.
pub(crate) fn use_document(language: Language, theme: String, look: String) {
    use_effect(use_reactive!(|(language, theme, look)| window::describe(language.tag(), language.dir(), &theme, &look)));
}

/// Whether a new version of the app waits to be applied. Once, at the root: what listens lives as long as the page.
pub(crate) fn use_update_ready() -> Signal<bool> {
    let mut ready = use_signal(window::update_waits);
    use_hook(move || window::on_update_ready(move || ready.set(true)));
    ready
}

/// Applies the new version: the page reloads. Only ever at a person's wish.
pub(crate) fn apply_update() {
    window::apply_update();
}

/// The server's address where the page itself came from it.
pub(crate) fn page_origin() -> Option<String> {
    window::origin()
}

/// Goes back a page when the person asks for it outside the page. A browser does it by itself.
pub(crate) fn use_back() {
    let navigator = use_navigator();
    use_hook(|| {
        window::on_back(move || if navigator.can_go_back() { navigator.go_back() } else { window::leave() });
    });
}
