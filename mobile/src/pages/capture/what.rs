//! What it is about and whether it is about one of us: asked before any name or word.

use super::{
    Capture,
    category::{CategoryPicker, Chosen},
};
use crate::{
    components::{ChoiceGroup, FlagBox, Glyph, Icon, Pick, names},
    hooks::{use_me, use_settings, use_texts, use_today},
};
use dioxus::prelude::*;
use shared::{
    document::content::Fact,
    model::{
        codes::{SubjectRole, Urgency},
        ids::ProjectCode,
    },
    routing,
};

/// "Is it about one of us?", category, "may be sensitive".
#[component]
pub(crate) fn WhatStep(capture: Capture) -> Element {
    let t = use_texts();
    let settings = use_settings();
    let form = capture.form;
    let put = move |key: &str, fact: Option<Fact>| capture.put(key, fact);
    let category = form.text("reg.category");
    let urgent = settings.category(&category.as_str().into()).is_some_and(|c| c.urgency == Urgency::Immediate);
    let role = form.text("reg.subject_role");
    let picks: Vec<Pick> = SubjectRole::ALL
        .iter()
        .map(|role| Pick::new(role.id(), names::choice(t, &settings, "subject_role", role.id())))
        .collect();
    let project = Some(form.text("project")).filter(|code| !code.is_empty()).map(|code| ProjectCode::from(code.as_str()));
    let concerned = use_me()
        .is_some_and(|me| routing::implicated(&settings, SubjectRole::from_id(&role), project.as_ref(), &me.id, None, &me.id));
    let today = use_today();
    rsx! {
        ChoiceGroup {
            id: "reg.subject_role",
            label: t.field_subject_role(),
            hint: t.subject_role_hint(),
            picks,
            long: true,
            value: role,
            problem: capture.problem(t, "reg.subject_role"),
            on_change: move |code: String| put("reg.subject_role", Some(code.into())),
        }
        if concerned {
            section { class: "card card-warn stack-s", role: "status", "data-testid": "someone-else",
                p { class: "warn-text", {t.subject_someone_else()} }
                p { class: "soft", {t.rather_forgets()} }
                button { class: "button", r#type: "button", "data-testid": "hand-over", onclick: move |_| super::rather::go(capture, "other", today),
                    Icon { glyph: Glyph::Forward }
                    {t.subject_hand_over()}
                }
            }
        }
        CategoryPicker {
            project: form.text("project"),
            value: category,
            problem: capture.problem(t, "reg.category"),
            on_choose: move |chosen| match chosen {
                Chosen::Category(code) => put("reg.category", Some(code.to_string().into())),
                Chosen::Sensitive => put("reg.may_be_sensitive", Some(Fact::Flag(true))),
            },
        }
        super::on_spot::AnswerNow { capture }
        if urgent {
            div { class: "card card-danger danger-text", role: "alert", "data-testid": "urgent",
                p { class: "row", Icon { glyph: Glyph::Bolt } strong { {t.urgent_title()} } }
                p { {t.urgent_words()} }
                super::sensitive_page::Numbers {}
            }
        }
        FlagBox { id: "reg.may_be_sensitive", label: t.field_may_be_sensitive(), value: false, grave: true,
            on_change: move |on: bool| put("reg.may_be_sensitive", on.then_some(Fact::Flag(true))) }
    }
}
