//! What it is about: the project's most used categories first, then the whole tree branch by branch, then "unclear".
//! `ser.*` has one entry only, «موضوع حساس»: someone may look over the shoulder. # Source: domain.md §4, §5.15b

use crate::{
    components::{Glyph, Icon, Problem, names},
    hooks::{use_settings, use_texts},
};
use dioxus::prelude::*;
use shared::{
    model::ids::Code,
    settings::{Category, Settings},
};

/// Most favourites shown.
const FAVOURITES: usize = 8;
/// The entry of a form that is not clear yet.
const UNCLEAR: &str = "unclear";

/// What the person chose.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Chosen {
    /// A category.
    Category(Code),
    /// The sensitive entry.
    Sensitive,
}

/// Big buttons; the tree stays folded until asked for.
#[component]
pub(crate) fn CategoryPicker(
    project: String,
    value: String,
    on_choose: EventHandler<Chosen>,
    problem: Option<String>,
) -> Element {
    let t = use_texts();
    let settings = use_settings();
    let favourites = favourites(&settings, &project);
    let branches = branches(&settings);
    let folded = favourites.iter().any(|code| code.as_str() == value) || value.is_empty() || value == UNCLEAR;
    rsx! {
        fieldset { class: "field", "data-testid": "field-reg.category",
            legend { {t.field_category()} }
            if !favourites.is_empty() {
                div { class: "choices choices-long",
                    for code in favourites {
                        CategoryButton { key: "{code}", words: names::category(t, &settings, &code), code: code.clone(), on: code.as_str() == value, on_choose }
                    }
                }
            }
            details { open: !folded || project.is_empty(),
                summary { "data-testid": "category-more", {t.category_more()} Icon { glyph: Glyph::ChevronDown } }
                div { class: "stack",
                    for (branch , members) in branches {
                        div { key: "{branch}", class: "stack-s",
                            h3 { class: "soft", {names::choice(t, &settings, "branch", &branch)} }
                            div { class: "choices choices-long",
                                for category in members {
                                    CategoryButton { key: "{category.code}", words: t.label(&category.label).to_owned(), code: category.code.clone(), on: category.code.as_str() == value, on_choose }
                                }
                            }
                        }
                    }
                }
            }
            div { class: "choices choices-long",
                label { class: "choice choice-grave",
                    input { r#type: "radio", name: "reg.category", value: "sensitive", checked: false, "data-testid": "category-sensitive", onchange: move |_| on_choose.call(Chosen::Sensitive) }
                    span { Icon { glyph: Glyph::Shield } {t.category_sensitive()} }
                }
                if let Some(unclear) = settings.category(&UNCLEAR.into()).filter(|c| !c.retired) {
                    CategoryButton { words: t.label(&unclear.label).to_owned(), code: unclear.code.clone(), on: unclear.code.as_str() == value, on_choose }
                }
            }
            Problem { id: "reg.category", words: problem }
        }
    }
}

#[component]
fn CategoryButton(code: Code, words: String, on: bool, on_choose: EventHandler<Chosen>) -> Element {
    let id = code.to_string();
    rsx! {
        label { class: "choice",
            input { r#type: "radio", name: "reg.category", value: "{id}", checked: on, "data-testid": "category-{id}", onchange: move |_| on_choose.call(Chosen::Category(code.clone())) }
            span { "{words}" }
        }
    }
}

fn is_offered(category: &Category) -> bool {
    !category.retired && !category.code.as_str().starts_with("ser.")
}

fn favourites(settings: &Settings, project: &str) -> Vec<Code> {
    let chosen = settings.project(&project.into()).map(|p| p.favourites.as_slice()).unwrap_or_default();
    let offered = |code: &&Code| settings.category(code).is_some_and(is_offered);
    chosen.iter().filter(offered).take(FAVOURITES).cloned().collect()
}

fn branches(settings: &Settings) -> Vec<(String, Vec<Category>)> {
    let mut all: Vec<(String, Vec<Category>)> = Vec::new();
    for category in settings.categories.iter().filter(|c| is_offered(c) && c.code.as_str() != UNCLEAR) {
        let branch = category.code.as_str().split('.').next().unwrap_or_default();
        match all.iter_mut().find(|(name, _)| name == branch) {
            Some((_, members)) => members.push(category.clone()),
            None => all.push((branch.to_owned(), vec![category.clone()])),
        }
    }
    all
}
