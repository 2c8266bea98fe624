//! What it is about and whether it is about one of us: asked before any name or word.

use super::{
    Capture,
    category::{CategoryPicker, Chosen},
};
use crate::{
    components::{ChoiceGroup, FlagBox, Glyph, Icon, Pick, names},
    hooks::{use_settings, use_texts},
};
use dioxus::prelude::*;
use shared::{
    document::content::Fact,
    model::codes::{SubjectRole, Urgency},
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
    let about_us = [SubjectRole::Accountability, SubjectRole::Me].iter().any(|r| r.id() == role);
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
        if about_us {
            p { class: "card card-warn warn-text", role: "status", "data-testid": "someone-else", {t.subject_someone_else()} }
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
