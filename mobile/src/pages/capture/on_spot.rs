//! "Answered now": what the project says on the subject chosen, one press that says the person was told it, and whether that was enough.
//! Claims only; an officer accepts it later. # Source: domain.md §2.1 (level 1: at intake, on the spot), D3h (talking points)

use super::Capture;
use crate::{
    components::{ChoiceGroup, Glyph, Icon, Pick, SelectField, TextArea, names},
    hooks::{use_app, use_settings, use_texts, use_today},
    pages::say::Reviewed,
};
use dioxus::prelude::*;
use shared::{
    intent::{self, AGREED, SATISFACTION, TOLD},
    model::{event::MAX_NOTE_CHARS, ids::Code},
    settings::say::Point,
};

/// Nothing for whatever can't be answered at once.
#[component]
pub(super) fn AnswerNow(capture: Capture) -> Element {
    let app = use_app();
    let form = capture.form;
    let own_words = use_signal(|| false);
    let may = use_memo(move || {
        let settings = app.settings.read();
        settings.as_ref().is_some_and(|settings| form.ask(|facts| intent::may_answer_now(facts, settings)))
    });
    let is_told = own_words() || !form.text(TOLD).is_empty();
    rsx! {
        if is_told {
            Told { capture, own_words, may: may() }
        } else if may() {
            Offer { capture, own_words }
        }
    }
}

/// What the project says on it, each with the press that it was said.
#[component]
fn Offer(capture: Capture, own_words: Signal<bool>) -> Element {
    let t = use_texts();
    let settings = use_settings();
    let today = use_today();
    let form = capture.form;
    let mut own_words = own_words;
    let category = Code::from(form.text("reg.category").as_str());
    let project = settings.project(&form.text("project").as_str().into());
    let points: Vec<Point> = project.map(|project| project.says.points_on(&category).cloned().collect()).unwrap_or_default();
    let is_old = project.is_some_and(|project| settings.is_unreviewed(project, today));
    let reviewed_on = project.and_then(|project| project.says.reviewed_on);
    rsx! {
        section { class: "card stack", "data-testid": "answer-now", "aria-label": t.now_title(),
            h3 { class: "row", Icon { glyph: Glyph::Message } {t.now_title()} }
            if points.is_empty() {
                p { class: "soft", {t.now_none()} }
            } else if is_old {
                Reviewed { on: reviewed_on, is_old }
            }
            for (index , point) in points.into_iter().enumerate() {
                div { key: "{index}", class: "stack-s",
                    p { class: "strong", {t.label(&point.question).to_owned()} }
                    p { class: "pre", {t.label(&point.answer).to_owned()} }
                    button { class: "button start", r#type: "button", "data-testid": "answer-now-{index}",
                        onclick: {
                            let answer = t.label(&point.answer).to_owned();
                            move |_| capture.put(TOLD, Some(answer.clone().into()))
                        },
                        Icon { glyph: Glyph::Check }
                        {t.now_press()}
                    }
                }
            }
            button { class: "button button-quiet start", r#type: "button", "data-testid": "answer-now-own", onclick: move |_| own_words.set(true),
                Icon { glyph: Glyph::Edit }
                {t.now_own()}
            }
        }
    }
}

/// What was said, to be corrected, and whether it was enough.
#[component]
fn Told(capture: Capture, own_words: Signal<bool>, may: bool) -> Element {
    let t = use_texts();
    let settings = use_settings();
    let form = capture.form;
    let mut own_words = own_words;
    let agreed = form.text(AGREED);
    rsx! {
        section { class: "card stack", "data-testid": "answered-now", "aria-label": t.now_told(),
            div { class: "row-between",
                p { class: "badge badge-good", Icon { glyph: Glyph::Check } {t.now_told()} }
                button { class: "button button-quiet", r#type: "button", "data-testid": "answer-now-undo",
                    onclick: move |_| {
                        own_words.set(false);
                        form.change(intent::untell);
                    },
                    Icon { glyph: Glyph::Undo }
                    {t.now_undo()}
                }
            }
            if !may {
                p { class: "field-problem", role: "alert", "data-testid": "answer-now-not", Icon { glyph: Glyph::Alert } {t.now_not()} }
            }
            TextArea { id: TOLD, label: t.field_told(), value: form.text(TOLD), max: MAX_NOTE_CHARS, rows: 3u8, problem: capture.problem(t, TOLD),
                on_change: move |text: String| capture.put(TOLD, (!text.is_empty()).then(|| text.into())) }
            ChoiceGroup { id: AGREED, label: t.field_agreed(), hint: t.now_agreed_hint(),
                picks: vec![Pick::new("yes", t.answer_yes()), Pick::new("no", t.answer_no()), Pick::new("", t.answer_not_asked())],
                value: agreed,
                on_change: move |code: String| capture.put(AGREED, (!code.is_empty()).then(|| code.into())) }
            SelectField { id: SATISFACTION, label: t.field_satisfaction(), none: t.answer_not_asked(), value: form.text(SATISFACTION),
                options: names::choices(t, &settings, "satisfaction").into_iter().filter(|(code, _)| code != "s_na").collect::<Vec<_>>(),
                on_change: move |code: String| capture.put(SATISFACTION, (!code.is_empty()).then(|| code.into())) }
        }
    }
}
