//! The projects, and the way to a new one.

use crate::{
    components::{EmptyState, Glyph, Icon, PageTitle, names},
    hooks::{use_settings, use_texts, use_today},
    routes::Route,
};
use dioxus::prelude::*;

/// The address of a project not yet saved.
pub(crate) const NEW: &str = "new";

/// List of projects, running ones first.
#[component]
pub(crate) fn ProjectsPage() -> Element {
    let t = use_texts();
    let settings = use_settings();
    let today = use_today();
    let mut projects = settings.projects.clone();
    projects.sort_by_key(|p| (p.retired || p.ends_on < today, p.code.clone()));
    rsx! {
        div { class: "page", "data-testid": "projects",
            PageTitle { title: t.nav_projects(),
                Link { class: "button button-main", to: Route::ProjectPage { code: NEW.to_owned() }, "data-testid": "new-project", Icon { glyph: Glyph::Plus } {t.project_new()} }
            }
            if projects.is_empty() {
                EmptyState { glyph: Glyph::Folder, title: t.projects_none(), words: t.projects_none_words() }
            } else {
                ul { class: "card card-flush list",
                    for project in projects {
                        li { key: "{project.code}",
                            Link { class: "item item-go", to: Route::ProjectPage { code: project.code.to_string() }, "data-testid": "project-{project.code}",
                                span { class: "stack-s",
                                    span { class: "item-title", bdi { {t.label(&project.name).to_owned()} } " " bdi { class: "faint ltr", "{project.code}" } }
                                    span { class: "faint", {names::choice(t, &settings, "sector", project.sector.as_str())} " · " {t.day(project.starts_on)} " – " {t.day(project.ends_on)} }
                                    span { class: "row",
                                        span { class: "badge", {t.project_targets(project.targets.len())} }
                                        if project.retired || project.ends_on < today {
                                            span { class: "badge", {t.project_over()} }
                                        }
                                    }
                                }
                                Icon { glyph: Glyph::ChevronEnd }
                            }
                        }
                    }
                }
            }
        }
    }
}
