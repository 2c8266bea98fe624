//! Where a place is in no list: its name as people say it, beside the community it lies in. Someone at a desk maps it later.

use super::{Glyph, Icon, TextField};
use crate::hooks::use_texts;
use dioxus::prelude::*;
use shared::{
    document::content::Fact,
    settings::sites::{MAX_NAME_CHARS, UNLISTED},
};

/// A quiet button, and the field once it was pressed. `value` is what stands under [`UNLISTED`].
#[component]
pub(crate) fn UnlistedPlace(value: String, on_change: EventHandler<Option<Fact>>) -> Element {
    let t = use_texts();
    let mut asked = use_signal(|| false);
    if value.is_empty() && !asked() {
        return rsx! {
            button { class: "button button-quiet start", r#type: "button", "data-testid": "place-unlisted", onclick: move |_| asked.set(true),
                Icon { glyph: Glyph::Plus } {t.unlisted_ask()}
            }
        };
    }
    rsx! {
        TextField { id: UNLISTED, label: t.unlisted_name(), hint: t.unlisted_hint(), value, max: MAX_NAME_CHARS, first: asked(),
            on_change: move |name: String| on_change.call((!name.is_empty()).then(|| name.into())) }
    }
}
