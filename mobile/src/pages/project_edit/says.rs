//! What is said of the project on every phone: the fact sheet, and the answers to frequent questions, each in both languages.

use crate::{
    components::{FlagBox, Glyph, Icon, SelectField, TextArea, names},
    hooks::{use_settings, use_texts, use_today},
    pages::say::Reviewed,
};
use dioxus::prelude::*;
use shared::{
    model::{codes::EntryType, ids::Code},
    settings::{
        Label, Project,
        say::{MAX_POINTS, MAX_SAID_CHARS, Point},
    },
};

/// Sheet, questions, and "I have read it all".
#[component]
pub(super) fn SaysOf(project: Signal<Project>) -> Element {
    let t = use_texts();
    let settings = use_settings();
    let today = use_today();
    let mut project = project;
    let now = project.read().says.clone();
    let is_old = settings.is_unreviewed(&project.read(), today);
    rsx! {
        section { class: "card stack", "data-testid": "says",
            h2 { {t.say_title()} }
            p { class: "field-hint", {t.say_edit_hint()} }
            for (name , label) in now.sheet.lines().map(|(name, label)| (name, label.clone())) {
                Both { key: "{name}", id: "say.{name}", words: t.coded("say", name).unwrap_or_default(), label,
                    on_change: move |label: Label| if let Some(line) = project.write().says.sheet.line_mut(name) { *line = label; } }
            }
            h3 { {t.say_points()} }
            for (index , point) in now.points.iter().cloned().enumerate() {
                OnePoint { key: "{index}", project, index, point }
            }
            if now.points.len() < MAX_POINTS {
                button { class: "button start", r#type: "button", "data-testid": "point-add", onclick: move |_| project.write().says.points.push(Point::default()),
                    Icon { glyph: Glyph::Plus }
                    {t.say_point_add()}
                }
            }
            if !now.is_empty() {
                Reviewed { on: now.reviewed_on, is_old }
                FlagBox { id: "say.reviewed", label: t.say_review_now(), value: now.reviewed_on == Some(today),
                    on_change: move |on: bool| {
                        let before = settings.project(&project.peek().code).and_then(|held| held.says.reviewed_on);
                        project.write().says.reviewed_on = if on { Some(today) } else { before.filter(|day| *day != today) };
                    } }
            }
        }
    }
}

#[component]
fn OnePoint(project: Signal<Project>, index: usize, point: Point) -> Element {
    let t = use_texts();
    let settings = use_settings();
    let mut project = project;
    let mut change = move |change: &dyn Fn(&mut Point)| {
        if let Some(point) = project.write().says.points.get_mut(index) {
            change(point);
        }
    };
    let number = t.number(index + 1);
    let open: Vec<(String, String)> = settings
        .categories
        .iter()
        .filter(|c| !c.retired && c.level.number() == 1 && c.entry_type == EntryType::InfoRequest)
        .filter(|c| !point.categories.contains(&c.code))
        .map(|c| (c.code.to_string(), t.label(&c.label).to_owned()))
        .collect();
    rsx! {
        fieldset { class: "field stack-s", "data-testid": "point-{index}",
            legend { {t.say_point(&number)} }
            Both { id: "point.{index}.question", words: t.say_question(), label: point.question.clone(), on_change: move |label: Label| change(&|point| point.question = label.clone()) }
            Both { id: "point.{index}.answer", words: t.say_answer(), label: point.answer.clone(), on_change: move |label: Label| change(&|point| point.answer = label.clone()) }
            for code in point.categories.clone() {
                div { key: "{code}", class: "row-between", span { {names::category(t, &settings, &code)} }
                    button { class: "icon-button", r#type: "button", title: t.action_remove(), "aria-label": t.project_remove(&names::category(t, &settings, &code)),
                        onclick: { let code = code.clone(); move |_| change(&|point| point.categories.retain(|other| *other != code)) }, Icon { glyph: Glyph::Close } }
                }
            }
            if !open.is_empty() {
                SelectField { id: "point.{index}.category", label: t.say_category_add(), none: t.choose_one(), value: "", options: open,
                    on_change: move |code: String| if !code.is_empty() { change(&|point| point.categories.push(Code::from(code.as_str()))); } }
            }
            button { class: "button button-quiet start", r#type: "button", "data-testid": "point-{index}-remove", onclick: move |_| { project.write().says.points.remove(index); },
                Icon { glyph: Glyph::Close }
                {t.say_point_remove(&number)}
            }
        }
    }
}

/// One text in both languages, Arabic first.
#[component]
fn Both(id: String, words: String, label: Label, on_change: EventHandler<Label>) -> Element {
    let t = use_texts();
    let (arabic, english) = (label.clone(), label.clone());
    rsx! {
        TextArea { id: "{id}.ar", label: t.say_in_arabic(&words), value: label.ar.clone(), max: MAX_SAID_CHARS, rows: 2u8, on_change: move |ar| on_change.call(Label { ar, ..english.clone() }) }
        TextArea { id: "{id}.en", label: t.say_in_english(&words), value: label.en.clone(), max: MAX_SAID_CHARS, rows: 2u8, on_change: move |en| on_change.call(Label { en, ..arabic.clone() }) }
    }
}
