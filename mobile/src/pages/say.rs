//! "What we say": the fact sheet and the frequent questions of each project that runs, to read out. Without network: all of it is
//! part of the settings. # Source: domain.md D3c, D3h

use crate::{
    components::{EmptyState, Glyph, Icon, PageTitle},
    hooks::{use_settings, use_texts, use_today},
};
use dioxus::prelude::*;
use shared::{
    model::dates::Day,
    settings::{Label, Project},
};

/// All projects that run and of which something is said.
#[component]
pub(crate) fn SayPage() -> Element {
    let t = use_texts();
    let settings = use_settings();
    let today = use_today();
    let projects: Vec<Project> = settings.projects.iter().filter(|project| project.is_said(today)).cloned().collect();
    let only = projects.len() == 1;
    rsx! {
        div { class: "page", "data-testid": "say",
            PageTitle { title: t.say_title() }
            p { class: "soft", {t.say_about()} }
            if projects.is_empty() {
                EmptyState { glyph: Glyph::Message, title: t.say_none(), words: t.say_none_words() }
            }
            for project in projects {
                OneProject { key: "{project.code}", is_old: settings.is_unreviewed(&project, today), project, open: only }
            }
        }
    }
}

#[component]
fn OneProject(project: Project, is_old: bool, open: bool) -> Element {
    let t = use_texts();
    let lines: Vec<(&str, Label)> =
        project.says.sheet.lines().into_iter().filter(|(_, label)| !label.ar.is_empty()).map(|(n, l)| (n, l.clone())).collect();
    rsx! {
        details { class: "card", open: open, "data-testid": "say-{project.code}",
            summary { class: "strong", bdi { {t.label(&project.name).to_owned()} } Icon { glyph: Glyph::ChevronDown } }
            div { class: "stack",
                Reviewed { on: project.says.reviewed_on, is_old }
                dl { class: "facts",
                    for (name , label) in lines {
                        div { key: "{name}", dt { {t.coded("say", name).unwrap_or_default()} } dd { class: "pre", {t.label(&label).to_owned()} } }
                    }
                }
                if !project.says.points.is_empty() {
                    h2 { {t.say_points()} }
                }
                for (index , point) in project.says.points.into_iter().enumerate() {
                    div { key: "{index}", class: "stack-s", "data-testid": "point-{index}",
                        h3 { {t.label(&point.question).to_owned()} }
                        p { class: "pre", {t.label(&point.answer).to_owned()} }
                    }
                }
            }
        }
    }
}

/// When somebody last found it true, with a warning where that is long ago.
#[component]
pub(crate) fn Reviewed(on: Option<Day>, is_old: bool) -> Element {
    let t = use_texts();
    let words = on.map_or_else(|| t.say_never_reviewed(), |day| t.say_reviewed(&t.day(day)));
    rsx! {
        p { class: if is_old { "card card-warn warn-text" } else { "faint" }, "data-testid": "reviewed", "data-old": if is_old { "true" } else { "false" },
            if is_old {
                // One run of text: the sign stands at its beginning.
                span { Icon { glyph: Glyph::Alert } " {words} " {t.say_old()} }
            } else {
                "{words}"
            }
        }
    }
}
