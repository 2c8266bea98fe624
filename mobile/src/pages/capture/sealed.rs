//! Writing a sensitive report down so that it is sealed when it is saved. Until then it is in memory only: what may go to the disk as a
//! draft stays the clear header. Offered only where someone it would go to has a key. # Source: design.md §7; domain.md §6 (T4)

use super::{Capture, sensitive_page::Numbers, steps::Step};
use crate::{
    components::{ChoiceGroup, Glyph, Icon, Pick, SelectField, names},
    hooks::{AppState, use_settings, use_texts},
    platform,
    protocol::{Answer, Request, Stage},
};
use dioxus::prelude::*;
use shared::{document::content::Facts, intent, model::codes::SubjectRole};

/// What decides whom a report goes to.
const ROUTED_BY: [&str; 6] = ["reg.level", "reg.may_be_sensitive", "reg.category", "reg.subject_role", "place.adm3", "project"];

/// Whether the report would be sealed whole; none until that is known. Where it would not be, and nobody is writing it down, what
/// was entered before goes from memory too.
pub(super) fn use_can_seal(app: AppState, capture: Capture, sensitive: Memo<bool>) -> Memo<Option<bool>> {
    let routed_by = use_memo(move || {
        sensitive().then(|| {
            capture.form.ask(|facts| -> Facts {
                ROUTED_BY.iter().filter_map(|key| facts.get_key_value(*key)).map(|(k, f)| (k.clone(), f.clone())).collect()
            })
        })
    });
    let answer = use_resource(move || async move {
        let facts = routed_by()?;
        Some(matches!(platform::call(Request::CanSeal(facts)).await, Answer::CanSeal(true)))
    });
    let can_seal = use_memo(move || answer.read().flatten());
    use_effect(move || {
        let Some(settings) = app.settings.peek().clone() else { return };
        let dropped = can_seal() == Some(false) && !*capture.sealing.peek();
        if dropped && capture.form.as_it_stands().facts != intent::keepable(&capture.form.as_it_stands().facts, &settings) {
            capture.form.change(|facts| *facts = intent::keepable(facts, &settings));
        }
    });
    can_seal
}

/// Keeps a report that is being written down while the app only asks for its PIN; gone once taken up again.
pub(super) fn use_memory(app: AppState, capture: Capture) {
    let mut unkept = app.unkept;
    use_hook(move || unkept.set(None));
    use_drop(move || {
        if *capture.sealing.peek() && app.stage() == Some(Stage::PinLocked) {
            unkept.set(Some(capture.form.as_it_stands()));
        }
    });
}

/// Keys that must be filled before going on: what a clear header can't do without. Nobody is asked for more than they tell.
pub(super) fn missing(step: Step, facts: &Facts) -> Vec<String> {
    let needed: &[&str] = match step {
        Step::Place => &["place.adm3", "reg.received_on"],
        _ => &[],
    };
    needed.iter().filter(|key| !facts.contains_key(**key)).map(|key| (*key).to_owned()).collect()
}

/// The next step; without consent who spoke is not asked.
pub(super) fn after(step: Step, skips_who: bool) -> Step {
    if skips_who && step.next() == Step::Who { Step::Words } else { step.next() }
}

/// The step before.
pub(super) fn before(step: Step, skips_who: bool) -> Step {
    if skips_who && step.previous() == Step::Who { Step::What } else { step.previous() }
}

/// On every step: nothing of this is kept until it is saved.
#[component]
pub(super) fn Notice(capture: Capture) -> Element {
    let t = use_texts();
    let mut sealing = capture.sealing;
    rsx! {
        section { class: "card card-danger row-between", "data-testid": "sealed-notice",
            p { class: "row", Icon { glyph: Glyph::Shield } span { class: "strong", {t.sealed_notice()} } }
            button { class: "button button-quiet", r#type: "button", "data-testid": "sealed-script", onclick: move |_| sealing.set(false), Icon { glyph: Glyph::PhoneCall } {t.sealed_script()} }
        }
    }
}

/// That it can be written down here, and how safely.
#[component]
pub(super) fn Offer(capture: Capture) -> Element {
    let t = use_texts();
    let mut sealing = capture.sealing;
    let begin = move |_| {
        let form = capture.form;
        let first = if form.text("consent.record").is_empty() { Step::Consent } else { Step::What };
        sealing.set(true);
        form.go(first.number());
    };
    rsx! {
        section { class: "card", "data-testid": "sealed-offer",
            h2 { {t.sealed_offer_title()} }
            p { {t.sealed_offer_words()} }
            button { class: "button button-big button-wide", r#type: "button", "data-testid": "write-sealed", onclick: begin, Icon { glyph: Glyph::Edit } {t.sealed_offer_write()} }
        }
    }
}

/// Whom and what it is about. Whom a report is about never holds it.
#[component]
pub(super) fn WhatStep(capture: Capture) -> Element {
    let t = use_texts();
    let settings = use_settings();
    let form = capture.form;
    let roles: Vec<Pick> = SubjectRole::ALL
        .iter()
        .map(|role| Pick::new(role.id(), names::choice(t, &settings, "subject_role", role.id())))
        .collect();
    let sealed = settings.categories.iter().filter(|category| category.sealed && !category.retired);
    let categories: Vec<(String, String)> =
        sealed.map(|category| (category.code.to_string(), t.label(&category.label).to_owned())).collect();
    rsx! {
        ChoiceGroup {
            id: "reg.subject_role",
            label: t.field_subject_role(),
            hint: t.sealed_subject_role_hint(),
            picks: roles,
            long: true,
            value: form.text("reg.subject_role"),
            problem: capture.problem(t, "reg.subject_role"),
            on_change: move |code: String| capture.put("reg.subject_role", Some(code.into())),
        }
        SelectField {
            id: "reg.category",
            label: t.sealed_category(),
            none: t.sealed_category_none(),
            value: form.text("reg.category"),
            options: categories,
            on_change: move |code: String| {
                // Without a category it stays as sensitive as it was.
                form.change(|facts| {
                    facts.insert("reg.may_be_sensitive".into(), true.into());
                    if code.is_empty() { facts.remove("reg.category") } else { facts.insert("reg.category".into(), code.into()) };
                });
            },
        }
        Numbers {}
    }
}
