//! One person's account as an administrator keeps it: who they are in the settings, and the password. Saving publishes a new signed
//! snapshot that every device receives.

use super::handed::Handed;
use crate::{
    components::{Confirm, FlagBox, Glyph, Icon, PlaceFinder, SelectField, TextField, names},
    hooks::{AppState, use_app, use_settings, use_texts},
    platform,
    protocol::{Answer, FailureCode, PeopleAnswer, PeopleRequest, PlaceHit, Request},
};
use dioxus::prelude::*;
use shared::{
    model::{
        devices::TemporaryPassword,
        ids::{Pcode, UserId},
        role::Role,
    },
    settings::{
        Person, Settings,
        check::{ProblemCode, check},
    },
    text::Texts,
};

/// A person who is in the settings.
#[component]
pub(super) fn Account(first: Person) -> Element {
    let t = use_texts();
    let app = use_app();
    let person = use_signal(|| first);
    let mut problems = use_signal(Vec::<String>::new);
    let mut failed = use_signal(|| None::<FailureCode>);
    let mut busy = use_signal(|| false);
    let publish = move |_| async move {
        let Some(held) = app.settings.peek().clone() else { return };
        let new = with_person(&held, person.peek().clone());
        let lacking = lacking(t, &held, &new);
        let ready = lacking.is_empty() && !busy();
        problems.set(lacking);
        if !ready {
            return;
        }
        busy.set(true);
        failed.set(None);
        if let Answer::Failed(failure) = platform::call(Request::PublishSettings(Box::new(new))).await {
            failed.set(Some(failure.code));
        } else {
            app.read_settings().await;
            app.say(t.account_saved());
        }
        busy.set(false);
    };
    rsx! {
        section { class: "card", "data-testid": "account",
            h2 { {t.account_title()} }
            Fields { person, is_new: false }
            Wrong { failed: failed(), problems: problems() }
            button { class: "button button-main", r#type: "button", disabled: busy(), "data-testid": "publish", onclick: publish,
                Icon { glyph: Glyph::Send }
                if busy() { {t.account_saving()} } else { {t.account_save()} }
            }
        }
    }
}

/// A person who is to be added, with an account.
#[component]
pub(super) fn NewAccount() -> Element {
    let t = use_texts();
    let app = use_app();
    let mut person = use_signal(blank);
    let mut login = use_signal(String::new);
    let mut problems = use_signal(Vec::<String>::new);
    let mut failed = use_signal(|| None::<FailureCode>);
    let mut busy = use_signal(|| false);
    let mut handed = use_signal(|| None::<TemporaryPassword>);
    let add = move |_| async move {
        let lacks = login.peek().trim().is_empty() || person.peek().name.trim().is_empty();
        problems.set(if lacks { vec![t.field_needed()] } else { Vec::new() });
        if lacks || busy() {
            return;
        }
        busy.set(true);
        failed.set(None);
        let request = Request::People(PeopleRequest::AddAccount { login: login().trim().to_owned(), person: Box::new(person()) });
        match platform::call(request).await {
            Answer::People(PeopleAnswer::Password(password)) => handed.set(Some(password)),
            Answer::Failed(failure) => failed.set(Some(failure.code)),
            _ => failed.set(Some(FailureCode::Internal)),
        }
        busy.set(false);
    };
    if let Some(password) = handed() {
        return rsx! {
            Handed { password, name: person().name, on_done: move |()| {
                handed.set(None);
                person.set(blank());
                login.set(String::new());
                spawn(app.read_settings());
            } }
        };
    }
    rsx! {
        section { class: "card", "data-testid": "account",
            TextField { id: "login", label: t.account_login(), hint: t.account_login_hint(), value: login(), code: true, on_change: move |v| login.set(v) }
            Fields { person, is_new: true }
            Wrong { failed: failed(), problems: problems() }
            button { class: "button button-main button-big", r#type: "button", disabled: busy(), "data-testid": "add-account", onclick: add,
                Icon { glyph: Glyph::Plus }
                if busy() { {t.account_saving()} } else { {t.account_add()} }
            }
        }
    }
}

/// New passwords, and forgetting a second factor.
#[component]
pub(super) fn Resets(user: UserId, name: String, login: String, second_factor: bool, closed: bool) -> Element {
    let t = use_texts();
    let mut asking = use_signal(|| None::<bool>);
    let mut handed = use_signal(|| None::<TemporaryPassword>);
    let mut failed = use_signal(|| None::<FailureCode>);
    let reset = {
        let user = user.clone();
        move |second_factor: bool| {
            asking.set(None);
            let request = Request::People(PeopleRequest::ResetAccount { user: user.clone(), second_factor });
            spawn(async move {
                match platform::call(request).await {
                    Answer::People(PeopleAnswer::Password(password)) => handed.set(Some(password)),
                    Answer::Failed(failure) => failed.set(Some(failure.code)),
                    _ => failed.set(Some(FailureCode::Internal)),
                }
            });
        }
    };
    rsx! {
        section { class: "card",
            dl { class: "facts",
                div { dt { {t.account_login()} } dd { bdi { class: "ltr", "{login}" } } }
            }
            if closed {
                p { span { class: "badge badge-danger", {t.people_closed()} } }
            }
            if !second_factor {
                p { span { class: "badge", {t.people_no_factor()} } }
            }
            if let Some(password) = handed() {
                Handed { password, name: name.clone(), on_done: move |()| handed.set(None) }
            }
            Wrong { failed: failed(), problems: Vec::new() }
            div { class: "actions",
                button { class: "button", r#type: "button", "data-testid": "reset-password", onclick: move |_| asking.set(Some(false)), Icon { glyph: Glyph::Key } {t.account_reset()} }
                if second_factor {
                    button { class: "button", r#type: "button", "data-testid": "reset-factor", onclick: move |_| asking.set(Some(true)), Icon { glyph: Glyph::Undo } {t.account_reset_factor()} }
                }
            }
            if let Some(factor) = asking() {
                Confirm {
                    title: if factor { t.account_reset_factor_title() } else { t.account_reset_title() },
                    words: if factor { t.account_reset_factor_words(&name) } else { t.account_reset_words(&name) },
                    yes: if factor { t.account_reset_factor() } else { t.account_reset() },
                    danger: true,
                    on_yes: {
                        let mut reset = reset.clone();
                        move |()| reset(factor)
                    },
                    on_no: move |()| asking.set(None),
                }
            }
        }
    }
}

/// What an account says of a person.
#[component]
fn Fields(person: Signal<Person>, is_new: bool) -> Element {
    let t = use_texts();
    let settings = use_settings();
    let mut person = person;
    let now = person();
    let roles = Role::ALL.map(|role| (role.id().to_owned(), names::coded(t, "role", role.id()))).to_vec();
    let others: Vec<(String, String)> = settings
        .people
        .iter()
        .filter(|other| !other.inactive && other.id != now.id)
        .map(|other| (other.id.to_string(), t.person_with_role(&other.name, &names::coded(t, "role", other.role.id()))))
        .collect();
    let chosen = |id: Option<&UserId>| id.map(ToString::to_string).unwrap_or_default();
    let read = |id: String| (!id.is_empty()).then_some(UserId(id));
    rsx! {
        TextField { id: "name", label: t.account_name(), value: now.name.clone(), on_change: move |v| person.write().name = v }
        SelectField { id: "role", label: t.account_role(), value: now.role.id().to_owned(), options: roles,
            on_change: move |id: String| if let Some(role) = Role::from_id(&id) { person.write().role = role; } }
        Areas { person }
        fieldset { class: "field",
            legend { {t.account_projects()} }
            p { class: "field-hint", {t.account_projects_hint()} }
            div { class: "choices choices-long",
                for project in settings.projects.iter().filter(|p| !p.retired || now.projects.contains(&p.code)).cloned() {
                    FlagBox { key: "{project.code}", id: "project.{project.code}", label: t.label(&project.name).to_owned(), value: now.projects.contains(&project.code),
                        on_change: move |on: bool| {
                            let mut person = person.write();
                            person.projects.retain(|code| *code != project.code);
                            if on { person.projects.push(project.code.clone()); }
                        } }
                }
            }
        }
        SelectField { id: "line_manager", label: t.account_line_manager(), none: t.account_nobody(), value: chosen(now.line_manager.as_ref()), options: others.clone(),
            on_change: move |id| person.write().line_manager = read(id) }
        SelectField { id: "deputy", label: t.account_deputy(), none: t.account_nobody(), value: chosen(now.deputy.as_ref()), options: others,
            on_change: move |id| person.write().deputy = read(id) }
        TextField { id: "partner", label: t.account_partner(), value: now.partner.clone(), on_change: move |v| person.write().partner = v }
        if !is_new {
            FlagBox { id: "absent", label: t.account_absent(), value: now.absent, on_change: move |on| person.write().absent = on }
            FlagBox { id: "inactive", label: t.account_inactive(), value: now.inactive, grave: true, on_change: move |on| person.write().inactive = on }
        }
    }
}

#[component]
fn Areas(person: Signal<Person>) -> Element {
    let t = use_texts();
    let app = use_app();
    let mut person = person;
    let areas = person.read().areas.clone();
    use_hook(|| spawn(app.learn_places(person.peek().areas.clone())));
    rsx! {
        div { class: "field",
            p { class: "field-label", {t.account_areas()} }
            p { class: "field-hint", {t.account_areas_hint()} }
            for area in areas {
                Area { key: "{area}", area: area.clone(), app, on_remove: move |()| person.write().areas.retain(|code| *code != area) }
            }
            PlaceFinder { id: "area", label: t.account_area_add(), levels: vec![1, 2, 3], chosen: None::<Pcode>, on_choose: move |hit: Option<PlaceHit>| {
                if let Some(code) = hit.map(|hit| hit.place.code).filter(|code| !person.peek().areas.contains(code)) {
                    person.write().areas.push(code);
                }
            } }
        }
    }
}

#[component]
fn Area(area: Pcode, app: AppState, on_remove: EventHandler<()>) -> Element {
    let t = use_texts();
    let name = names::place(t, app, &area);
    rsx! {
        div { class: "row-between", "data-testid": "area-{area}",
            bdi { "{name}" }
            button { class: "icon-button", r#type: "button", title: t.action_remove(), "aria-label": t.project_remove(&name), onclick: move |_| on_remove.call(()), Icon { glyph: Glyph::Close } }
        }
    }
}

#[component]
fn Wrong(failed: Option<FailureCode>, problems: Vec<String>) -> Element {
    let t = use_texts();
    rsx! {
        if let Some(code) = failed {
            p { class: "card card-danger danger-text", role: "alert", "data-testid": "failed", "data-code": names::failure_id(code), {names::failure(t, code)} }
        }
        for problem in problems {
            p { key: "{problem}", class: "field-problem", role: "alert", "data-testid": "problem", Icon { glyph: Glyph::Alert } "{problem}" }
        }
    }
}

fn blank() -> Person {
    Person::new(UserId::default(), "", Role::Receiver)
}

/// The snapshot with this person as edited; its version says what it was made from.
fn with_person(held: &Settings, person: Person) -> Settings {
    let mut settings = held.clone();
    if let Some(known) = settings.people.iter_mut().find(|other| other.id == person.id) {
        *known = person;
    }
    settings
}

/// What the server would refuse it for, as far as people are concerned: the pages' settings hold no places.
fn lacking(t: Texts, held: &Settings, new: &Settings) -> Vec<String> {
    let about_people = |code| matches!(code, ProblemCode::UnknownUser | ProblemCode::Loop | ProblemCode::MissingLabel);
    let known = check(held);
    let fresh = check(new).into_iter().filter(|problem| about_people(problem.code) && !known.contains(problem));
    fresh
        .map(|problem| format!("{} ({})", t.coded("settings-problem", problem.code.id()).unwrap_or_default(), problem.at))
        .collect()
}
