//! One fact, two values: who wrote what, side by side. Choosing one settles it for everybody.

use super::{Glyph, Icon, names};
use crate::{
    hooks::{use_app, use_settings, use_texts},
    platform,
    protocol::{Answer, Conflict, Request},
};
use dioxus::prelude::*;
use shared::intent::Intent;
use std::collections::BTreeMap;

/// "Ahmad wrote A'zaz, Salma wrote Suran": keep one.
#[component]
pub(crate) fn ConflictCard(conflict: Conflict, #[props(default = true)] may_choose: bool) -> Element {
    let t = use_texts();
    let app = use_app();
    let settings = use_settings();
    let doc = conflict.document.kind;
    let label = names::label(t, &settings, doc, &conflict.key);
    let now = app.now();
    let sides: Vec<_> = conflict
        .values
        .iter()
        .map(|(standing, by)| {
            let who = by.user.as_ref().map_or_else(|| t.someone(), |user| names::person(t, &settings, user));
            let value = names::value(t, app, &settings, doc, &conflict.key, &standing.fact);
            let when = by.received_at.map_or_else(|| t.not_yet_sent(), |at| t.since(at, now));
            (standing.fact.clone(), who, value, when)
        })
        .collect();
    rsx! {
        section { class: "card card-warn", "data-testid": "conflict-{conflict.key}",
            h2 { class: "row", Icon { glyph: Glyph::Split } {t.conflict_title(&label)} }
            p { {t.conflict_words()} }
            div { class: "sides",
                for (index , (fact , who , value , when)) in sides.into_iter().enumerate() {
                    div { key: "{index}", class: "side",
                        p { class: "faint", {t.conflict_wrote(&who)} " · {when}" }
                        p { class: "strong pre", dir: "auto", "{value}" }
                        if may_choose {
                            button {
                                class: "button",
                                r#type: "button",
                                "data-testid": "keep-{index}",
                                onclick: {
                                    let (document, key) = (conflict.document, conflict.key.clone());
                                    move |_| {
                                        let facts = BTreeMap::from([(key.clone(), Some(fact.clone()))]);
                                        async move {
                                            match platform::call(Request::Do(Intent::SetFacts { document, facts })).await {
                                                Answer::Failed(failure) => app.say(names::failure(t, failure.code)),
                                                _ => app.say(t.conflict_settled()),
                                            }
                                        }
                                    }
                                },
                                Icon { glyph: Glyph::Check }
                                {t.conflict_keep()}
                            }
                        }
                    }
                }
            }
        }
    }
}
