//! A question or complaint heard at a session becomes a case in one tap: the form begins with the session's place, project and day,
//! and says which session it was.

use crate::{
    components::{Glyph, Icon, TextArea, names},
    hooks::{use_app, use_me, use_texts},
    platform,
    protocol::{Answer, Request, SessionDetail},
    routes::Route,
};
use dioxus::prelude::*;
use shared::{
    document::{
        content::{Fact, Facts},
        fields::CASE_SESSION,
    },
    intent::Intent,
    model::record::{DocKind, DocumentId},
};
use std::collections::BTreeMap;

/// Most characters taken over.
const MOST: usize = 4_000;

/// What was asked, kept with the session under whoever heard it, and the way on.
#[component]
pub(super) fn Heard(session: SessionDetail) -> Element {
    let t = use_texts();
    let app = use_app();
    let navigator = use_navigator();
    let me = use_me().map(|me| me.id);
    let key =
        me.filter(|_| session.may_put.iter().any(|key| key == "questions_heard.*")).map(|me| format!("questions_heard.{me}"));
    let noted = key.as_ref().and_then(|key| session.facts.get(key)).and_then(Fact::as_text).unwrap_or_default().to_owned();
    let mut words = use_signal(|| noted.clone());
    let is_new = words.read().trim() != noted;
    let document = DocumentId::first(session.row.record, DocKind::Session);
    let keep = move |key: String| async move {
        let facts = BTreeMap::from([(key, Some(Fact::from(words.read().trim())).filter(|fact| *fact != Fact::from("")))]);
        match platform::call(Request::Do(Intent::SetFacts { document, facts })).await {
            Answer::Failed(failure) => app.say(names::failure(t, failure.code)),
            _ => app.say(t.fact_saved()),
        }
    };
    let make = move |_| {
        let mut begin_with = app.begin_with;
        begin_with.set(first_facts(&session, words.read().trim()));
        navigator.push(Route::CaptureStart {});
    };
    rsx! {
        details { class: "card",
            summary { "data-testid": "heard", {t.heard_title()} Icon { glyph: Glyph::ChevronDown } }
            div { class: "stack",
                TextArea { id: "heard-words", label: t.heard_words(), value: words(), max: MOST, rows: 2u8, on_change: move |text| words.set(text) }
                div { class: "actions",
                    if let Some(key) = key {
                        button { class: "button", r#type: "button", disabled: !is_new, "data-testid": "keep-heard", onclick: move |_| keep(key.clone()), Icon { glyph: Glyph::Check } {t.heard_keep()} }
                    }
                    button { class: "button button-main", r#type: "button", "data-testid": "make-case", onclick: make, Icon { glyph: Glyph::Message } {t.heard_make()} }
                }
            }
        }
    }
}

fn first_facts(session: &SessionDetail, words: &str) -> Facts {
    let row = &session.row;
    let mut facts = Facts::from([
        (CASE_SESSION.to_owned(), row.record.to_string().into()),
        ("intake.channel".to_owned(), "meeting".into()),
        ("place.adm3".to_owned(), row.adm3.to_string().into()),
    ]);
    facts.extend(row.adm4.as_ref().map(|place| ("place.adm4".to_owned(), place.to_string().into())));
    // Of several projects the person chooses.
    if let [project] = row.projects.as_slice() {
        facts.insert("project".to_owned(), project.to_string().into());
    }
    if !words.is_empty() {
        facts.insert("intake.words".to_owned(), words.into());
    }
    facts
}
