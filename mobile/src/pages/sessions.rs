//! Awareness sessions: planned and held.

use crate::{
    components::{EmptyState, Glyph, Icon, Loaded, PageTitle, SelectField, SyncBadge, names},
    hooks::{Load, Table, use_app, use_asked, use_settings, use_texts, use_today},
    protocol::{Answer, Request, SessionQuery},
    routes::Route,
};
use dioxus::prelude::*;
use shared::model::row::SessionRow;

/// Rows asked for at a time.
const PAGE_ROWS: u32 = 50;

/// List with search and project.
#[component]
pub(crate) fn SessionsPage() -> Element {
    let t = use_texts();
    let settings = use_settings();
    let mut text = use_signal(String::new);
    let mut project = use_signal(String::new);
    let mut limit = use_signal(|| PAGE_ROWS);
    let sessions = use_asked(
        Table::Sessions,
        move || {
            let project = Some(project()).filter(|p| !p.is_empty()).map(|p| p.as_str().into());
            Request::Sessions(SessionQuery { text: text(), project, limit: limit(), ..SessionQuery::default() })
        },
        |answer| {
            let Answer::Sessions { rows, total } = answer else { return None };
            Some(if rows.is_empty() { Load::Empty } else { Load::Ready((rows, total)) })
        },
    );
    let projects = settings
        .projects
        .iter()
        .filter(|p| !p.retired)
        .map(|p| (p.code.to_string(), t.label(&p.name).to_owned()))
        .collect::<Vec<_>>();
    rsx! {
        div { class: "page",
            PageTitle { title: t.nav_sessions(),
                Link { class: "button", to: Route::SessionJoinPage {}, "data-testid": "join-session", Icon { glyph: Glyph::Users } {t.join_title()} }
                Link { class: "button button-main", to: Route::SessionStart {}, "data-testid": "new-session", Icon { glyph: Glyph::Plus } {t.home_record_session()} }
            }
            div { class: "filters",
                crate::components::TextField { id: "search", label: t.list_search(), value: text(), kind: "search", on_change: move |v| text.set(v) }
                SelectField { id: "filter-project", label: t.field_project(), none: t.list_all(), value: project(), options: projects, on_change: move |v| project.set(v) }
            }
            Loaded {
                asked: sessions,
                empty: rsx! { EmptyState { glyph: Glyph::Users, title: t.sessions_none(), words: t.sessions_none_words() } },
                ready: move |(rows, total): (Vec<SessionRow>, u32)| rsx! {
                    ul { class: "card card-flush list",
                        for row in rows {
                            li { key: "{row.record}", SessionItem { row: row.clone() } }
                        }
                    }
                    if total > limit() {
                        button { class: "button button-wide", r#type: "button", "data-testid": "more", onclick: move |_| limit += PAGE_ROWS, {t.list_more(total - limit())} }
                    }
                },
            }
        }
    }
}

/// One session as a link.
#[component]
pub(crate) fn SessionItem(row: SessionRow) -> Element {
    let t = use_texts();
    let app = use_app();
    let settings = use_settings();
    let today = use_today();
    let place = names::place(t, app, row.adm4.as_ref().unwrap_or(&row.adm3));
    let projects: Vec<String> = row.projects.iter().map(|p| names::project(t, &settings, p)).collect();
    rsx! {
        Link { class: "item item-go", to: Route::SessionPage { record: row.record.to_string() }, "data-testid": "session-{row.record}",
            span { class: "stack-s",
                span { class: "item-title",
                    bdi { "{place}" }
                    if !row.venue.is_empty() {
                        " · "
                        bdi { "{row.venue}" }
                    }
                }
                span { class: "soft", {names::joined(t, projects)} }
                span { class: "faint", {t.day(row.date)} " · " {t.days_ago(row.date, today)} }
                span { class: "row",
                    span { class: "badge", {names::choice(t, &settings, "phase", row.phase.id())} }
                    if row.called_off.is_some() {
                        span { class: "badge badge-warn", Icon { glyph: Glyph::Ban } {t.plan_called_off()} }
                    } else if row.planned && row.postponed {
                        span { class: "badge badge-warn", Icon { glyph: Glyph::Calendar } {t.plan_postponed()} }
                    } else if row.planned {
                        span { class: "badge badge-info", Icon { glyph: Glyph::Calendar } {t.session_planned()} }
                    } else {
                        span { class: "badge badge-brand", {t.session_attendances(row.total)} }
                    }
                    if row.approximate {
                        span { class: "badge badge-warn", {t.session_approximate()} }
                    }
                    if row.conflict {
                        span { class: "badge badge-danger", Icon { glyph: Glyph::Split } {t.case_conflict()} }
                    }
                    SyncBadge { sync: row.sync }
                }
            }
            Icon { glyph: Glyph::ChevronEnd }
        }
    }
}
