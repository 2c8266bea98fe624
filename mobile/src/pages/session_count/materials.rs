//! Cards, leaflets and posters handed out: each person says how many they gave away themselves, and the claims add up.

use crate::{
    components::{Glyph, Icon, NumberField, names},
    hooks::{use_app, use_me, use_settings, use_texts},
    platform,
    protocol::{Answer, Request, Together},
};
use dioxus::prelude::*;
use shared::{
    document::fields::MAX_COUNT,
    intent::Intent,
    model::{event::Step, ids::RecordId, record::DocKind},
};

/// My numbers by kind, and everybody's together.
#[component]
pub(super) fn Materials(record: RecordId, together: Together, may_write: bool) -> Element {
    let t = use_texts();
    let app = use_app();
    let settings = use_settings();
    let me = use_me().map(|me| me.id);
    let mine = me.and_then(|me| together.materials.get(&me).cloned()).unwrap_or_default();
    let mut counts = use_signal(|| mine.clone());
    let save = move |_| async move {
        let step = Step::MaterialsHanded { counts: counts() };
        match platform::call(Request::Do(Intent::AddStep { record, doc: DocKind::Session, step })).await {
            Answer::Failed(failure) => app.say(names::failure(t, failure.code)),
            _ => app.say(t.materials_saved()),
        }
    };
    let all: Vec<(String, String)> = together
        .handed_out
        .iter()
        .map(|(kind, count)| {
            (kind.to_string(), t.materials_all(&t.number(*count), &names::choice(t, &settings, "iec", kind.as_str())))
        })
        .collect();
    let kinds = names::choices(t, &settings, "iec");
    let is_new = *counts.read() != mine;
    rsx! {
        if may_write || !all.is_empty() {
            details { class: "card",
                summary { "data-testid": "materials", {t.materials_title()} Icon { glyph: Glyph::ChevronDown } }
                div { class: "stack",
                    for (kind , words) in all {
                        p { key: "{kind}", class: "strong", "data-testid": "handed-{kind}", "{words}" }
                    }
                    if may_write {
                        p { class: "field-hint", {t.materials_words()} }
                        div { class: "filters",
                            for (kind , words) in kinds {
                                NumberField { key: "{kind}", id: "handed-out-{kind}", label: words, value: mine.get(&kind.as_str().into()).map(|n| i64::from(*n)), max: MAX_COUNT,
                                    on_change: {
                                        let kind = kind.clone();
                                        move |n: Option<i64>| {
                                            match n.and_then(|n| u32::try_from(n).ok()).filter(|n| *n > 0) {
                                                Some(n) => { counts.write().insert(kind.as_str().into(), n); }
                                                None => { counts.write().remove(&kind.as_str().into()); }
                                            }
                                        }
                                    } }
                            }
                        }
                        button { class: "button button-main", r#type: "button", disabled: !is_new, "data-testid": "save-materials", onclick: save, {t.materials_save()} }
                    }
                }
            }
        }
    }
}
