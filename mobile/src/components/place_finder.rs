//! Finds a place by name in any spelling or by P-code, among 20,000 without lag: the replica searches, 50 answers at most.

use super::{Glyph, Icon, Problem, names};
use crate::{
    hooks::{use_app, use_texts},
    platform,
    protocol::{Answer, PlaceHit, Request},
};
use dioxus::prelude::*;
use shared::model::ids::Pcode;

/// A combobox; once chosen, the place with what lies around it and a button to change.
#[component]
pub(crate) fn PlaceFinder(
    id: String,
    label: String,
    chosen: Option<Pcode>,
    on_choose: EventHandler<Option<PlaceHit>>,
    #[props(default)] within: Option<Pcode>,
    /// Levels on offer; empty means all.
    #[props(default)]
    levels: Vec<u8>,
    #[props(default)] hint: Option<String>,
    #[props(default)] problem: Option<String>,
) -> Element {
    let t = use_texts();
    let mut app = use_app();
    let mut typed = use_signal(String::new);
    let mut hits = use_signal(Vec::<PlaceHit>::new);
    let mut at = use_signal(|| 0usize);
    let mut asked = use_signal(|| 0u32);
    let mut looked = use_signal(|| false);

    let named = use_memo(use_reactive!(|chosen| chosen.and_then(|code| app.places.read().get(&code).cloned())));
    use_effect(use_reactive!(|chosen| {
        if let Some(code) = chosen {
            spawn(app.learn_places(vec![code]));
        }
    }));

    let search = {
        let (within, levels) = (within.clone(), levels.clone());
        move |text: String| {
            asked += 1;
            let mine = asked();
            let request = Request::FindPlaces { text: text.clone(), within: within.clone(), levels: levels.clone() };
            spawn(async move {
                let answer = platform::call(request).await;
                // A slower answer to an older question must not replace a newer one.
                if asked() == mine
                    && let Answer::Places(found) = answer
                {
                    at.set(0);
                    looked.set(!text.trim().is_empty());
                    hits.set(found);
                }
            });
        }
    };
    let mut choose = move |hit: PlaceHit| {
        app.places.write().insert(hit.place.code.clone(), hit.clone());
        typed.set(String::new());
        hits.set(Vec::new());
        looked.set(false);
        on_choose.call(Some(hit));
    };

    if let Some(code) = chosen {
        return rsx! {
            div { class: "field", "data-testid": "field-{id}",
                p { class: "field-label", "{label}" }
                div { class: "chosen", "data-testid": "chosen-{id}", "data-code": "{code}",
                    Icon { glyph: Glyph::Pin }
                    div {
                        if let Some(hit) = named() {
                            p { class: "strong", {t.label(&hit.place.name).to_owned()} }
                            p { class: "faint", {names::place_within(t, &hit)} }
                        } else {
                            bdi { "{code}" }
                        }
                    }
                    button { class: "button button-quiet", r#type: "button", "data-testid": "change-{id}", onclick: move |_| on_choose.call(None), {t.action_change()} }
                }
                Problem { id: id.clone(), words: problem.clone() }
            }
        };
    }
    let open = !hits.read().is_empty();
    rsx! {
        div { class: "field finder",
            label { r#for: "{id}", "{label}" }
            input {
                id: "{id}",
                class: "input",
                role: "combobox",
                autocomplete: "off",
                spellcheck: "false",
                placeholder: t.place_placeholder(),
                "aria-expanded": open,
                "aria-controls": "{id}-list",
                "aria-autocomplete": "list",
                "aria-activedescendant": if open { Some(format!("{id}-{}", at())) } else { None },
                "aria-invalid": problem.is_some(),
                "data-testid": "field-{id}",
                value: "{typed}",
                onfocus: {
                    let mut search = search.clone();
                    move |_| search(typed())
                },
                oninput: {
                    let mut search = search.clone();
                    move |event: FormEvent| {
                        typed.set(event.value());
                        search(event.value());
                    }
                },
                onkeydown: move |event: KeyboardEvent| {
                    let last = hits.read().len().saturating_sub(1);
                    match event.key() {
                        Key::ArrowDown => at.set((at() + 1).min(last)),
                        Key::ArrowUp => at.set(at().saturating_sub(1)),
                        Key::Escape => hits.set(Vec::new()),
                        Key::Enter => {
                            let hit = hits.read().get(at()).cloned();
                            if let Some(hit) = hit {
                                event.prevent_default();
                                choose(hit);
                            }
                            return;
                        }
                        _ => return,
                    }
                    event.prevent_default();
                },
            }
            if let Some(hint) = hint {
                p { class: "field-hint", "{hint}" }
            }
            ul { id: "{id}-list", role: "listbox", "aria-label": "{label}", class: if open { "finder-list" } else { "" },
                for (index , hit) in hits.read().iter().cloned().enumerate() {
                    li {
                        key: "{hit.place.code}",
                        id: "{id}-{index}",
                        role: "option",
                        "aria-selected": index == at(),
                        "data-testid": "place-{hit.place.code}",
                        // Before the field loses the focus and the list closes.
                        onmousedown: move |event| event.prevent_default(),
                        onclick: {
                            let hit = hit.clone();
                            move |_| choose(hit.clone())
                        },
                        span { class: "strong", {t.label(&hit.place.name).to_owned()} }
                        span { class: "faint", {names::place_within(t, &hit)} }
                    }
                }
            }
            p { class: "field-hint", role: "status",
                if looked() && !open {
                    {t.place_none_found()}
                } else if looked() {
                    {t.place_found(hits.read().len())}
                }
            }
            Problem { id: id.clone(), words: problem.clone() }
        }
    }
}
