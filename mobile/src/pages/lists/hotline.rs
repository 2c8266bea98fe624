//! Numbers to call when a report may be sensitive. The order is the order in which they are called.

use crate::{
    components::{Glyph, Icon, TextField},
    hooks::use_texts,
};
use dioxus::prelude::*;
use shared::settings::{CallNumber, Label, Settings};

/// One row a number.
#[component]
pub(super) fn Hotline(lists: Signal<Settings>) -> Element {
    let t = use_texts();
    let mut lists = lists;
    let numbers = lists.read().hotline.clone();
    let last = numbers.len() <= 1;
    let edit = move |i: usize, change: &dyn Fn(&mut CallNumber)| {
        if let Some(number) = lists.write().hotline.get_mut(i) {
            change(number);
        }
    };
    rsx! {
        section { class: "card", "data-testid": "hotline",
            h2 { {t.lists_hotline()} }
            p { class: "field-hint", {t.lists_hotline_words()} }
            for (i , number) in numbers.into_iter().enumerate() {
                div { key: "{i}", class: "target-row",
                    TextField { id: "hotline.{i}.ar", label: t.lists_name_ar(), value: number.label.ar.clone(), on_change: { let mut edit = edit; move |v: String| edit(i, &|n| n.label.ar.clone_from(&v)) } }
                    TextField { id: "hotline.{i}.en", label: t.lists_name_en(), value: number.label.en.clone(), on_change: { let mut edit = edit; move |v: String| edit(i, &|n| n.label.en.clone_from(&v)) } }
                    TextField { id: "hotline.{i}.phone", label: t.lists_phone(), value: number.phone.clone(), code: true, kind: "tel", on_change: { let mut edit = edit; move |v: String| edit(i, &|n| n.phone = super::services::phone(&v)) } }
                    if !last {
                        button { class: "button button-quiet", r#type: "button", "data-testid": "remove-number-{i}", onclick: move |_| { lists.write().hotline.remove(i); },
                            Icon { glyph: Glyph::Close } {t.lists_remove(t.label(&number.label))}
                        }
                    }
                }
            }
            button { class: "button", r#type: "button", "data-testid": "add-number", onclick: move |_| lists.write().hotline.push(CallNumber { label: Label::default(), phone: String::new() }),
                Icon { glyph: Glyph::Plus } {t.lists_hotline_add()}
            }
        }
    }
}
