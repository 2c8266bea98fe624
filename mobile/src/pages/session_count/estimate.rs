//! An estimate is one person's claim, never added to another's or to the counters. # Source: domain.md §7

use crate::{
    components::{ChoiceGroup, Glyph, Icon, NumberField, Pick, names},
    hooks::{use_app, use_settings, use_texts},
    platform,
    protocol::{Answer, Request},
};
use dioxus::prelude::*;
use shared::{
    intent::Intent,
    model::{codes::CountKey, event::Step, ids::RecordId, record::DocKind},
};
use std::collections::BTreeMap;

/// Most that can be estimated in one count.
const MOST: i64 = 1_000_000;

/// "About 40 women": what side was counted and roughly how many.
#[component]
pub(super) fn EstimateForm(record: RecordId) -> Element {
    let t = use_texts();
    let app = use_app();
    let mut side = use_signal(|| "all".to_owned());
    let mut counts = use_signal(BTreeMap::<CountKey, u32>::new);
    let mut disabled = use_signal(|| None::<u32>);
    let mut round = use_signal(|| 0u32);
    let save = move |_| async move {
        let step = Step::Estimated { side: side().as_str().into(), counts: counts(), with_disability: disabled() };
        match platform::call(Request::Do(Intent::AddStep { record, doc: DocKind::Session, step })).await {
            Answer::Failed(failure) => app.say(names::failure(t, failure.code)),
            _ => {
                counts.set(BTreeMap::new());
                disabled.set(None);
                round += 1;
                app.say(t.estimate_saved());
            }
        }
    };
    let picks: Vec<Pick> =
        names::choices(t, &use_settings(), "side").into_iter().map(|(code, words)| Pick::new(code, words)).collect();
    rsx! {
        details { class: "card",
            summary { "data-testid": "estimate", {t.estimate_open()} Icon { glyph: Glyph::ChevronDown } }
            div { class: "stack",
                p { class: "field-hint", {t.estimate_hint()} }
                ChoiceGroup { id: "estimate-side", label: t.estimate_side(), picks, value: side(), on_change: move |v| side.set(v) }
                for round in [round()] {
                    div { key: "{round}", class: "filters",
                        for key in CountKey::ALL.iter().copied() {
                            NumberField { key: "{key.id()}", id: "estimate-{key.id()}", label: if key == CountKey::Unknown { t.estimate_total() } else { names::count_key(t, key) }, value: None, max: MOST,
                                on_change: move |n: Option<i64>| {
                                    match n.and_then(|n| u32::try_from(n).ok()).filter(|n| *n > 0) {
                                        Some(n) => { counts.write().insert(key, n); }
                                        None => { counts.write().remove(&key); }
                                    }
                                } }
                        }
                        NumberField { id: "estimate-disability", label: t.estimate_disability(), value: None, max: MOST, on_change: move |n: Option<i64>| disabled.set(n.and_then(|n| u32::try_from(n).ok())) }
                    }
                }
                button { class: "button button-main", r#type: "button", disabled: counts.read().is_empty(), "data-testid": "save-estimate", onclick: save, {t.estimate_save()} }
            }
        }
    }
}
