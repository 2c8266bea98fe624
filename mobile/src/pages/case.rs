//! One case: where it stands, what is known, what may be done, and its whole story.

pub(crate) mod action_fields;
pub(crate) mod action_form;
pub(crate) mod action_sealed;
pub(crate) mod action_step;
mod clock;
mod on_spot;
mod sealed;

use crate::{
    components::{
        CaseLine, ConflictCard, EmptyState, FactEditor, FactList, Glyph, Icon, LevelBadge, Loaded, PageTitle, Picture,
        StatusBadge, SyncBadge, Timeline, names,
    },
    hooks::{Load, Table, use_app, use_asked, use_settings, use_texts},
    platform,
    protocol::{Answer, CaseDetail, FailureCode, Request},
    routes::Route,
};
pub(crate) use action_form::StepForm;
use dioxus::prelude::*;
use shared::{
    document::{content::Facts, fields::CASE_SESSION},
    intent::Intent,
    model::{
        event::Step,
        ids::RecordId,
        record::{DocKind, DocumentId},
        ruling::Verdict,
    },
    picture::{PICTURE_KEYS, PictureQuery},
};

/// The page of one case.
#[component]
pub(crate) fn CasePage(record: String) -> Element {
    rsx! {
        for record in [record] {
            OneCase { key: "{record}", record: record.clone() }
        }
    }
}

#[component]
fn OneCase(record: String) -> Element {
    let t = use_texts();
    let id = record.parse().unwrap_or(RecordId([0; 16]));
    let mut at_server = use_signal(|| false);
    let case = use_asked(
        Table::Cases,
        move || if at_server() { Request::CaseOnline(id) } else { Request::Case(id) },
        |answer| {
            if let Answer::Case(case) = answer { Some(Load::Ready(*case)) } else { None }
        },
    );
    rsx! {
        div { class: "page page-wide", "data-testid": "case",
            Link { class: "button button-quiet start", to: Route::InboxPage {}, "data-testid": "to-inbox", Icon { glyph: Glyph::Back } {t.case_back()} }
            if at_server() {
                p { class: "card row soft", role: "status", "data-testid": "read-at-server", Icon { glyph: Glyph::Cloud } {t.case_at_server()} }
            }
            if !at_server() && matches!(&case.load, Load::Failed(failure) if failure.code == FailureCode::NotFound) {
                EmptyState { glyph: Glyph::Search, title: t.case_not_here(), words: t.case_not_here_words(),
                    button { class: "button button-main", r#type: "button", "data-testid": "look-at-server", onclick: move |_| at_server.set(true), Icon { glyph: Glyph::Cloud } {t.case_look_at_server()} }
                }
            } else {
                Loaded { asked: case, empty: rsx! {}, ready: move |case: CaseDetail| rsx! { Whole { case } } }
            }
        }
    }
}

#[component]
fn Whole(case: CaseDetail) -> Element {
    let t = use_texts();
    let record = case.row.record;
    // A sealed case that no key here opens was not looked at: the next in line must still be told of it in time.
    let readable = case.sealed.as_ref().is_none_or(sealed::is_readable);
    let first_look = readable && case.may.iter().any(|kind| kind == "seen");
    use_hook(|| {
        if first_look {
            spawn(async move {
                // If it can't be written now, the next opening writes it.
                platform::call(Request::Do(Intent::AddStep { record, doc: DocKind::Case, step: Step::Seen {} })).await;
            });
        }
    });
    rsx! {
        Head { case: case.clone() }
        div { class: "case-page",
            div { class: "stack",
                if let Some(sealed) = case.sealed.clone() {
                    sealed::SealedNote { case: case.clone(), sealed: sealed.clone() }
                    sealed::ToldCards { sealed }
                }
                for flag in case.flags.clone() {
                    p { key: "{flag.id()}", class: "card card-warn row", "data-testid": "flag-{flag.id()}",
                        Icon { glyph: Glyph::Alert } span { {t.coded("flag", flag.id()).unwrap_or_default()} }
                    }
                }
                for conflict in case.conflicts.clone() {
                    ConflictCard { key: "{conflict.document}{conflict.key}", may_choose: case.may_put.contains(&conflict.key), conflict: conflict.clone() }
                }
                FactCards { case: case.clone() }
                section { class: "card case-rest",
                    h2 { {t.case_timeline()} }
                    Timeline { entries: case.timeline.clone(), words: sealed::words_of_steps(case.sealed.as_ref()) }
                }
            }
            aside { class: "stack", "aria-label": t.case_side(),
                clock::ClockCard { row: case.row.clone(), hold_days: case.hold_days }
                if let Some(sealed) = case.sealed.clone() {
                    sealed::Holders { recipients: sealed.recipients }
                } else {
                    Responsible { case: case.clone() }
                }
                on_spot::ToAccept { case: case.clone() }
                action_form::Actions { case: case.clone() }
                Duplicates { case }
            }
        }
    }
}

#[component]
fn Head(case: CaseDetail) -> Element {
    let t = use_texts();
    let settings = use_settings();
    let row = case.row;
    let about = names::matter(t, &settings, &row);
    rsx! {
        div { class: "stack-s",
            PageTitle { title: about }
            div { class: "row",
                bdi { class: "num ltr strong", "data-testid": "ref-no", "data-number": "{row.ref_no}", {names::ref_no(t, &row.ref_no)} }
                LevelBadge { level: row.level }
                StatusBadge { status: row.status }
                SyncBadge { sync: row.sync }
                if row.awaiting_ruling > 0 {
                    span { class: "badge badge-warn", "data-testid": "awaiting", Icon { glyph: Glyph::Hourglass } {t.case_awaiting()} }
                }
            }
        }
    }
}

/// Facts, and who spoke and whom it is about, where this person may know.
#[component]
fn FactCards(case: CaseDetail) -> Element {
    let t = use_texts();
    let record = case.row.record;
    let app = use_app();
    let settings = use_settings();
    let words = case.facts.get("intake.words").and_then(|f| f.as_text()).map(str::to_owned);
    let may_put = |doc: DocKind| -> Vec<String> {
        case.may_put.iter().filter(|key| shared::document::fields::find(doc, key).is_some()).cloned().collect()
    };
    let parts: [(DocKind, Option<Facts>, String); 2] =
        [(DocKind::Contact, case.contact.clone(), t.case_contact()), (DocKind::Subject, case.subject.clone(), t.case_subject())];
    let place = names::place(t, app, &case.row.adm3);
    rsx! {
        if let Some(words) = words {
            section { class: "card",
                h2 { {t.field_words()} }
                p { class: "pre", dir: "auto", "data-testid": "words", "{words}" }
            }
        }
        section { class: "card case-rest",
            h2 { {t.case_facts()} }
            if let Some(session) = case.facts.get(CASE_SESSION).and_then(|f| f.as_text()) {
                Link { class: "button", to: Route::SessionPage { record: session.to_owned() }, "data-testid": "heard-session", Icon { glyph: Glyph::Users } {t.heard_session()} }
            }
            dl { class: "facts",
                div { dt { {t.field_received_on()} } dd { {t.day(case.row.received_on)} } }
                div { dt { {t.case_recorded_by()} } dd { bdi { {names::person(t, &settings, &case.row.recorded_by)} } } }
                if let Some(kind) = case.row.entry_type {
                    div { dt { {t.field_entry_type()} } dd { {names::choice(t, &settings, "entry_type", kind.id())} } }
                }
                div { dt { {t.field_urgency()} } dd { {names::choice(t, &settings, "urgency", case.row.urgency.id())} } }
                if let Some(role) = case.row.subject_role {
                    div { dt { {t.field_subject_role()} } dd { {names::choice(t, &settings, "subject_role", role.id())} } }
                }
                div { dt { {t.case_sub_district()} } dd { bdi { "{place}" } } }
            }
            FactList { doc: DocKind::Case, facts: case.facts.clone(), leave_out: vec!["intake.words".to_owned(), "ref_no".to_owned(), "place.adm3".to_owned()] }
            FactEditor { document: DocumentId::first(record, DocKind::Case), facts: case.facts.clone(), may_put: may_put(DocKind::Case) }
        }
        for (doc , facts , title) in parts {
            if let Some(facts) = facts {
                section { key: "{doc.id()}", class: "card case-rest", "data-testid": "part-{doc.id()}",
                    h2 { class: "row", Icon { glyph: if doc == DocKind::Contact { Glyph::Phone } else { Glyph::User } } "{title}" }
                    FactList { doc, facts: facts.clone() }
                    for key in PICTURE_KEYS.into_iter().filter(|key| doc == DocKind::Contact && facts.contains_key(*key)) {
                        Picture { key: "{key}", query: PictureQuery { record, key: key.to_owned() }, who: names::person(t, &settings, &case.row.recorded_by) }
                    }
                    FactEditor { document: DocumentId::first(record, doc), facts: facts.clone(), may_put: may_put(doc) }
                }
            }
        }
        if case.contact.is_none() && case.sealed.is_none() {
            p { class: "faint row case-rest", "data-testid": "no-contact", Icon { glyph: Glyph::Lock } {t.case_no_contact()} }
        }
    }
}

/// Who has it, and why the server chose them.
#[component]
fn Responsible(case: CaseDetail) -> Element {
    let t = use_texts();
    let settings = use_settings();
    let who = case.row.assignee.as_ref().map(|user| names::person(t, &settings, user));
    let why = case.routed.as_ref().and_then(|ruling| match &ruling.verdict {
        Verdict::Routed { to, why } if Some(to) == case.row.assignee.as_ref() => {
            Some(names::coded(t, "route", &names::serde_id(why)))
        }
        _ => None,
    });
    rsx! {
        section { class: "card case-due", "data-testid": "routed",
            h2 { {t.case_responsible()} }
            p { class: "row", Icon { glyph: Glyph::User } bdi { class: "strong", {who.unwrap_or_else(|| t.case_nobody())} } }
            if let Some(why) = why {
                p { class: "soft", "{why}" }
            }
        }
    }
}

#[component]
fn Duplicates(case: CaseDetail) -> Element {
    let t = use_texts();
    if case.duplicates.is_empty() {
        return rsx! {};
    }
    rsx! {
        section { class: "card case-due", "data-testid": "duplicates",
            h2 { class: "row", Icon { glyph: Glyph::Copy } {t.case_duplicates()} }
            p { class: "soft", {t.case_duplicates_words()} }
            ul { class: "list",
                for row in case.duplicates {
                    li { key: "{row.record}",
                        Link { class: "item", to: Route::CasePage { record: row.record.to_string() }, CaseLine { row: row.clone(), with_sync: false } }
                    }
                }
            }
        }
    }
}
