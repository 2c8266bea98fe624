//! One session: counting people as they come, estimates, corrections, what was heard, and its story.

mod correct;
mod estimate;
mod heard;
mod materials;
mod pads;
mod together;

use crate::{
    components::{ConflictCard, FactEditor, FactList, Glyph, Icon, Loaded, PageTitle, SyncBadge, Timeline, names},
    hooks::{Load, Table, use_app, use_asked, use_settings, use_texts},
    pages::plans::PlanCard,
    protocol::{Answer, Request, SessionDetail},
    routes::Route,
};
use dioxus::prelude::*;
use shared::{
    document::content::Fact,
    model::{
        ids::RecordId,
        record::{DocKind, DocumentId},
    },
};

/// The page of one session.
#[component]
pub(crate) fn SessionPage(record: String) -> Element {
    rsx! {
        for record in [record] {
            OneSession { key: "{record}", record: record.clone() }
        }
    }
}

#[component]
fn OneSession(record: String) -> Element {
    let id = record.parse().unwrap_or(RecordId([0; 16]));
    let session = use_asked(
        Table::Sessions,
        move || Request::Session(id),
        |answer| {
            if let Answer::Session(session) = answer { Some(Load::Ready(*session)) } else { None }
        },
    );
    rsx! {
        div { class: "page", "data-testid": "session",
            Loaded { asked: session, empty: rsx! {}, ready: move |session: SessionDetail| rsx! { Whole { session } } }
        }
    }
}

#[component]
fn Whole(session: SessionDetail) -> Element {
    let t = use_texts();
    let app = use_app();
    let settings = use_settings();
    let row = session.row.clone();
    let document = DocumentId::first(row.record, DocKind::Session);
    let place = names::place(t, app, row.adm4.as_ref().unwrap_or(&row.adm3));
    let projects: Vec<String> = row.projects.iter().map(|p| names::project(t, &settings, p)).collect();
    let may = |kind: &str| session.may.iter().any(|m| m == kind);
    rsx! {
        div { class: "stack",
            PageTitle { title: place,
                div { class: "row",
                    span { class: "badge", {names::choice(t, &settings, "phase", row.phase.id())} }
                    SyncBadge { sync: row.sync }
                }
            }
            p { class: "soft", {t.day(row.date)} " · " {names::joined(t, projects)} }
            if row.void {
                p { class: "card card-warn warn-text", Icon { glyph: Glyph::Ban } {t.session_void()} }
            }
            if row.planned {
                PlanCard { row: row.clone(), may_change: may("plan_changed") }
            }
            if session.overcorrected {
                p { class: "card card-warn warn-text", Icon { glyph: Glyph::Alert } {t.session_overcorrected()} }
            }
            for conflict in session.conflicts.clone() {
                ConflictCard { key: "{conflict.key}", conflict }
            }
            if may("increment") {
                pads::Pads { record: row.record, counts: row.counts }
            } else {
                pads::Totals { counts: row.counts }
            }
            if row.approximate {
                p { class: "faint", {t.session_with_estimates(&t.number(row.total))} }
            }
            if !row.planned {
                together::TogetherCard { session: session.clone() }
            }
            if ["aud.staff", "topic.do_dont"].iter().any(|key| session.facts.get(*key) == Some(&Fact::Flag(true))) {
                Link { class: "button", to: Route::StaffCardPage {}, "data-testid": "session-staff-card", Icon { glyph: Glyph::Shield } {t.staff_title()} }
            }
            if may("estimated") {
                estimate::EstimateForm { record: row.record }
            }
            if may("corrected") {
                correct::CorrectForm { record: row.record, counts: row.counts }
            }
            materials::Materials { record: row.record, together: session.together.clone(), may_write: may("materials_handed") }
            if may("increment") {
                heard::Heard { session: session.clone() }
            }
            details { class: "card", open: true,
                summary { {t.case_facts()} Icon { glyph: Glyph::ChevronDown } }
                // Materials have a card of their own.
                FactList { doc: DocKind::Session, facts: session.facts.clone(), leave_out: vec!["iec".to_owned()] }
                FactEditor { document, facts: session.facts.clone(), may_put: session.may_put.clone() }
            }
            section { class: "card",
                h2 { {t.case_timeline()} }
                Timeline { entries: session.timeline.clone() }
            }
        }
    }
}
