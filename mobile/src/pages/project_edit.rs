//! One project: names, days, target places with the phases owed there, favourites, focal points, team. Saving publishes a new
//! signed snapshot that every device receives.

mod boxes;
mod focal;
mod says;
mod targets;

use super::projects::NEW;
use crate::{
    components::{DayField, EmptyState, FlagBox, Glyph, Icon, PageTitle, SelectField, TextField, names},
    hooks::{use_app, use_settings, use_texts, use_today},
    platform,
    protocol::{Answer, FailureCode, Request},
    routes::Route,
};
use chrono::Months;
use dioxus::prelude::*;
use shared::{
    model::{
        dates::Day,
        ids::{Code, UserId},
    },
    settings::{Label, Project, Settings},
};

/// Most favourites. # Source: domain.md §4
const FAVOURITES: usize = 8;
/// Months a new project runs at first.
const FIRST_MONTHS: u32 = 6;

/// The form of one project.
#[component]
pub(crate) fn ProjectPage(code: String) -> Element {
    let t = use_texts();
    let settings = use_settings();
    let today = use_today();
    let found = if code == NEW { Some(blank(today)) } else { settings.project(&code.as_str().into()).cloned() };
    rsx! {
        div { class: "page", "data-testid": "project",
            Link { class: "button button-quiet start", to: Route::ProjectsPage {}, Icon { glyph: Glyph::Back } {t.nav_projects()} }
            if let Some(project) = found {
                for at in [code] {
                    Edit { key: "{at}", first: project.clone(), is_new: at == NEW }
                }
            } else {
                EmptyState { glyph: Glyph::Folder, title: t.project_unknown() }
            }
        }
    }
}

fn blank(today: Day) -> Project {
    Project {
        code: String::new().as_str().into(),
        name: Label::default(),
        donor: String::new(),
        partner: String::new(),
        sector: "none".into(),
        starts_on: today,
        ends_on: today.checked_add_months(Months::new(FIRST_MONTHS)).unwrap_or(today),
        targets: Vec::new(),
        favourites: Vec::new(),
        focal_points: Default::default(),
        team: Vec::new(),
        says: Default::default(),
        retired: false,
    }
}

#[component]
fn Edit(first: Project, is_new: bool) -> Element {
    let t = use_texts();
    let app = use_app();
    let settings = use_settings();
    let navigator = use_navigator();
    let mut project = use_signal(move || first);
    let mut problems = use_signal(Vec::<String>::new);
    let mut failed = use_signal(|| None::<FailureCode>);
    let mut busy = use_signal(|| false);
    let boxes = use_signal(|| app.settings.peek().as_ref().map(|held| held.boxes.clone()).unwrap_or_default());
    let now = project();
    let publish = move |_| async move {
        if busy() {
            return;
        }
        let Some(held) = app.settings.peek().clone() else { return };
        let edited = project.peek().clone();
        let lacking = lacking(t, &held, &edited, is_new);
        let ready = lacking.is_empty();
        problems.set(lacking);
        if !ready {
            return;
        }
        busy.set(true);
        failed.set(None);
        match platform::call(Request::PublishSettings(Box::new(Settings {
            boxes: boxes.peek().clone(),
            ..with_project(&held, edited)
        })))
        .await
        {
            Answer::Failed(failure) => {
                problems.set(
                    failure
                        .fields
                        .iter()
                        .map(|(at, code)| format!("{at}: {}", t.coded("settings-problem", code).unwrap_or_default()))
                        .collect(),
                );
                failed.set(Some(failure.code));
            }
            _ => {
                app.read_settings().await;
                app.say(t.project_published());
                navigator.push(Route::ProjectsPage {});
            }
        }
        busy.set(false);
    };
    let sectors = names::choices(t, &settings, "sector");
    let categories: Vec<(String, String)> = settings
        .categories
        .iter()
        .filter(|c| !c.retired && !c.sealed)
        .map(|c| (c.code.to_string(), t.label(&c.label).to_owned()))
        .collect();
    rsx! {
        PageTitle { title: if is_new { t.project_new() } else { t.label(&now.name).to_owned() } }
        section { class: "card",
            if is_new {
                TextField { id: "code", label: t.project_code(), hint: t.project_code_hint(), value: now.code.to_string(), code: true, on_change: move |v: String| project.write().code = v.trim().into() }
            }
            TextField { id: "name.ar", label: t.project_name_ar(), value: now.name.ar.clone(), on_change: move |v| project.write().name.ar = v }
            TextField { id: "name.en", label: t.project_name_en(), value: now.name.en.clone(), on_change: move |v| project.write().name.en = v }
            SelectField { id: "sector", label: t.field_sector(), value: now.sector.to_string(), options: sectors, on_change: move |v: String| project.write().sector = v.as_str().into() }
            TextField { id: "donor", label: t.project_donor(), value: now.donor.clone(), on_change: move |v| project.write().donor = v }
            TextField { id: "partner", label: t.project_partner(), value: now.partner.clone(), on_change: move |v| project.write().partner = v }
            div { class: "filters",
                DayField { id: "starts_on", label: t.project_starts(), value: now.starts_on, on_change: move |day: Option<Day>| if let Some(day) = day { project.write().starts_on = day; } }
                DayField { id: "ends_on", label: t.project_ends(), value: now.ends_on, on_change: move |day: Option<Day>| if let Some(day) = day { project.write().ends_on = day; } }
            }
            if !is_new {
                FlagBox { id: "retired", label: t.project_retire(), value: now.retired, on_change: move |on| project.write().retired = on }
            }
        }
        targets::Targets { project }
        if !is_new {
            boxes::Boxes { project: now.code.clone(), boxes }
        }
        section { class: "card",
            h2 { {t.project_favourites()} }
            p { class: "field-hint", {t.project_favourites_hint(&t.number(FAVOURITES))} }
            for (index , code) in now.favourites.iter().cloned().enumerate() {
                div { key: "{code}", class: "row-between", span { {t.number(index + 1)} ". " {names::category(t, &settings, &code)} }
                    button { class: "icon-button", r#type: "button", title: t.action_remove(), "aria-label": t.project_remove(&names::category(t, &settings, &code)), onclick: { let code = code.clone(); move |_| project.write().favourites.retain(|c| *c != code) }, Icon { glyph: Glyph::Close } }
                }
            }
            if now.favourites.len() < FAVOURITES {
                SelectField { id: "favourite", label: t.project_favourite_add(), none: t.choose_one(), value: "", options: categories.into_iter().filter(|(code, _)| !now.favourites.iter().any(|f| f.as_str() == code)).collect::<Vec<_>>(),
                    on_change: move |code: String| if !code.is_empty() { project.write().favourites.push(Code::from(code.as_str())); } }
            }
        }
        says::SaysOf { project }
        focal::FocalPoints { project }
        section { class: "card",
            h2 { {t.project_team()} }
            p { class: "field-hint", {t.project_team_hint()} }
            div { class: "choices choices-long",
                for person in settings.people.iter().filter(|p| !p.inactive).cloned() {
                    FlagBox { key: "{person.id}", id: "team.{person.id}", label: t.person_with_role(&person.name, &names::coded(t, "role", person.role.id())), value: now.team.contains(&person.id),
                        on_change: move |on: bool| toggle(&mut project.write().team, &person.id, on) }
                }
            }
        }
        if let Some(code) = failed() {
            p { class: "card card-danger danger-text", role: "alert", "data-testid": "failed", "data-code": names::failure_id(code), {names::failure(t, code)} }
        }
        for problem in problems() {
            p { key: "{problem}", class: "field-problem", role: "alert", "data-testid": "problem", Icon { glyph: Glyph::Alert } "{problem}" }
        }
        div { class: "actions actions-stay",
            button { class: "button button-main button-big", r#type: "button", disabled: busy(), "data-testid": "publish", onclick: publish,
                Icon { glyph: Glyph::Send }
                if busy() { {t.project_publishing()} } else { {t.project_publish()} }
            }
        }
    }
}

fn toggle(team: &mut Vec<UserId>, id: &UserId, on: bool) {
    team.retain(|user| user != id);
    if on {
        team.push(id.clone());
    }
}

/// The snapshot with this project in it; its version says what it was made from.
fn with_project(held: &Settings, project: Project) -> Settings {
    let mut settings = held.clone();
    match settings.projects.iter_mut().find(|p| p.code == project.code) {
        Some(known) => *known = project,
        None => settings.projects.push(project),
    }
    settings
}

/// What is missing before it makes sense to ask the server; the rest it checks itself.
fn lacking(t: shared::text::Texts, held: &Settings, project: &Project, is_new: bool) -> Vec<String> {
    let problem = |code: &str| t.coded("settings-problem", code).unwrap_or_default();
    [
        (!project.code.is_well_formed(), "malformed_id"),
        (is_new && held.project(&project.code).is_some(), "duplicate"),
        (project.name.ar.trim().is_empty() || project.name.en.trim().is_empty(), "missing_label"),
        (project.ends_on < project.starts_on, "ends_before_start"),
    ]
    .into_iter()
    .filter(|(wrong, _)| *wrong)
    .map(|(_, code)| problem(code))
    .collect()
}
