//! What this person recorded, each with the true state of its way to the server.

use super::home::{DraftList, use_drafts};
use crate::{
    components::{CaseLine, EmptyState, Glyph, Icon, Loaded, PageTitle, names},
    hooks::{Load, Table, use_asked, use_texts, use_today},
    protocol::{Answer, CasePage as Cases, CaseQuery, CaseSort, CaseView, Draft, Request},
    routes::Route,
};
use dioxus::prelude::*;
use shared::model::row::OwnRow;

/// Rows asked for at a time.
const PAGE_ROWS: u32 = 50;

/// Drafts, records on this device, and numbers of what was sent and is no longer here.
#[component]
pub(crate) fn RecordsPage() -> Element {
    let t = use_texts();
    let mut limit = use_signal(|| PAGE_ROWS);
    let records = use_asked(
        Table::Cases,
        move || {
            Request::Cases(CaseQuery { view: CaseView::Recorded, sort: CaseSort::Newest, limit: limit(), ..CaseQuery::default() })
        },
        |answer| {
            let Answer::Cases(page) = answer else { return None };
            Some(if page.rows.is_empty() { Load::Empty } else { Load::Ready(page) })
        },
    );
    let sent = use_asked(
        Table::Outbox,
        || Request::OwnSent,
        |answer| {
            let Answer::OwnSent(rows) = answer else { return None };
            Some(if rows.is_empty() { Load::Empty } else { Load::Ready(rows) })
        },
    );
    let drafts = use_drafts();
    rsx! {
        div { class: "page",
            PageTitle { title: t.nav_records(),
                Link { class: "button button-main", to: Route::CaptureStart {}, Icon { glyph: Glyph::Plus } {t.home_record_complaint()} }
            }
            if let Load::Ready(drafts) = drafts.load.clone() {
                section { class: "stack-s",
                    h2 { {t.home_drafts()} }
                    DraftList { drafts: drafts as Vec<Draft> }
                }
            }
            section { class: "stack-s",
                h2 { {t.records_here()} }
                Loaded {
                    asked: records,
                    empty: rsx! { EmptyState { glyph: Glyph::Message, title: t.records_none(), words: t.records_none_words() } },
                    ready: move |page: Cases| rsx! {
                        CaseList { page: page.clone() }
                        if page.total > limit() {
                            button { class: "button button-wide", r#type: "button", "data-testid": "more", onclick: move |_| limit += PAGE_ROWS, {t.list_more(page.total - limit())} }
                        }
                    },
                }
            }
            Loaded { asked: sent, empty: rsx! {}, ready: move |rows: Vec<OwnRow>| rsx! { OwnSent { rows } } }
        }
    }
}

/// Cases as links.
#[component]
pub(crate) fn CaseList(page: Cases) -> Element {
    rsx! {
        ul { class: "card card-flush list",
            for row in page.rows {
                li { key: "{row.record}",
                    Link { class: "item", to: Route::CasePage { record: row.record.to_string() }, "data-testid": "case-{row.ref_no}", CaseLine { row: row.clone() } }
                }
            }
        }
    }
}

/// Number, day and state: all that stays here of what went on.
#[component]
fn OwnSent(rows: Vec<OwnRow>) -> Element {
    let t = use_texts();
    let today = use_today();
    rsx! {
        section { class: "stack-s",
            h2 { {t.records_sent()} }
            p { class: "faint", {t.records_sent_words()} }
            ul { class: "card card-flush list",
                for row in rows {
                    li { key: "{row.ref_no}", class: "item item-still", "data-testid": "sent-{row.ref_no}",
                        div { class: "row-between",
                            bdi { class: "num ltr strong", {names::ref_no(t, &row.ref_no)} }
                            span { class: "badge badge-info", {names::coded(t, "own", &row.state)} }
                        }
                        if let Ok(day) = row.received_on.parse() {
                            p { class: "faint", {t.days_ago(day, today)} }
                        }
                    }
                }
            }
        }
    }
}
