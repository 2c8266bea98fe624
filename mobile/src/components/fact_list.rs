//! Facts of a document in words, and correcting them where the person may.

use super::{FactField, Glyph, Icon, names};
use crate::{
    hooks::{use_app, use_me, use_settings, use_texts},
    platform,
    protocol::{Answer, Request},
};
use dioxus::prelude::*;
use shared::{
    document::{
        content::{Fact, Facts},
        fields::EACH_THEIR_OWN,
    },
    intent::Intent,
    model::record::{DocKind, DocumentId},
};
use std::collections::BTreeMap;

/// Label and value, in the order of the table of fields.
#[component]
pub(crate) fn FactList(doc: DocKind, facts: Facts, #[props(default)] leave_out: Vec<String>) -> Element {
    let t = use_texts();
    let app = use_app();
    let settings = use_settings();
    rsx! {
        dl { class: "facts",
            for (key , label , words) in names::lines(t, app, &settings, doc, &facts).into_iter().filter(|line| !leave_out.contains(&line.0)) {
                div { key: "{key}", "data-testid": "fact-{key}",
                    dt { "{label}" }
                    dd { class: "pre", dir: "auto", "{words}" }
                }
            }
        }
    }
}

/// One field at a time, chosen from those this person may change; saved by itself.
#[component]
pub(crate) fn FactEditor(document: DocumentId, facts: Facts, may_put: Vec<String>) -> Element {
    let t = use_texts();
    let app = use_app();
    let me = use_me().map(|me| me.id);
    let mut key = use_signal(String::new);
    let mut value = use_signal(|| None::<Fact>);
    let mut busy = use_signal(|| false);
    if may_put.is_empty() {
        return rsx! {};
    }
    let save = move |_| async move {
        busy.set(true);
        let facts = BTreeMap::from([(key(), value())]);
        match platform::call(Request::Do(Intent::SetFacts { document, facts })).await {
            Answer::Failed(failure) => {
                let problem = failure.fields.first().and_then(|(_, code)| t.coded("problem", code));
                app.say(problem.unwrap_or_else(|| names::failure(t, failure.code)));
            }
            _ => {
                key.set(String::new());
                app.say(t.fact_saved());
            }
        }
        busy.set(false);
    };
    // Sets of choices are edited by their codes; the table's own stems are not keys, but for what each writes for themselves.
    let is_own = |k: &str| EACH_THEIR_OWN.contains(&k);
    let options: Vec<(String, String)> = may_put
        .iter()
        .filter_map(|k| match k.strip_suffix(".*") {
            Some(stem) if is_own(stem) => Some((format!("{stem}.{}", me.as_ref()?), names::field(t, document.kind, stem))),
            Some(_) => None,
            None => (!names::LINKS.contains(&k.as_str()) && !is_own(k)).then(|| (k.clone(), names::field(t, document.kind, k))),
        })
        .collect();
    let label_of = |key: &str| options.iter().find(|(option, _)| option == key).map(|(_, label)| label.clone());
    rsx! {
        details { class: "stack-s",
            summary { "data-testid": "edit-fact-{document.kind.id()}", Icon { glyph: Glyph::Edit } {t.fact_edit()} }
            div { class: "stack",
                super::SelectField {
                    id: "fact-key-{document.kind.id()}",
                    label: t.fact_which(),
                    none: t.choose_one(),
                    value: key(),
                    options: options.clone(),
                    on_change: {
                        let facts = facts.clone();
                        move |chosen: String| {
                            value.set(facts.get(&chosen).cloned());
                            key.set(chosen);
                        }
                    },
                }
                if !key.read().is_empty() {
                    for at in [key()] {
                        FactField { key: "{at}", doc: document.kind, field: at.clone(), label: label_of(&at), form_key: "edit.{at}", value: value(), on_change: move |fact| value.set(fact) }
                    }
                    button { class: "button button-main", r#type: "button", disabled: busy() || facts.get(&key()) == value().as_ref(), "data-testid": "save-fact", onclick: save, {t.action_save()} }
                }
            }
        }
    }
}
