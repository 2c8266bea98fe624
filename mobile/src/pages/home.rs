//! Home: what to do next and what waits, by role.

use super::{boxes::LateBoxes, look_up::LookUp};
use crate::{
    components::{EmptyState, Glyph, Icon, Loaded, PageTitle, names},
    hooks::{Asked, INBOX_ROWS, Load, Table, use_allowed, use_app, use_asked, use_me, use_settings, use_texts, use_today},
    pages::plans::MyPlans,
    protocol::{Answer, CasePage as Cases, CaseQuery, CaseView, Draft, DraftKind, Request},
    routes::Route,
};

use dioxus::prelude::*;

/// Two big actions, then numbers that lead somewhere, then drafts.
#[component]
pub(crate) fn HomePage() -> Element {
    let t = use_texts();
    let me = use_me();
    let allowed = use_allowed();
    let officer = allowed("cases");
    let settings = use_settings();
    let today = use_today();
    let cases = use_asked(
        Table::Cases,
        || Request::Cases(CaseQuery { view: CaseView::Inbox, limit: 1, ..CaseQuery::default() }),
        |answer| if let Answer::Cases(page) = answer { Some(Load::Ready(page)) } else { None },
    );
    let drafts = use_drafts();
    let greeting = me.map_or_else(|| t.nav_home(), |me| t.home_greeting(&me.name));
    rsx! {
        div { class: "page",
            PageTitle { title: greeting }
            // Whoever stands above the supervisors learns here that one of them revoked a phone.
            if allowed("people") && allowed("weekly") {
                super::people::RevokedLately {}
            }
            if allowed("sessions") {
                super::batch::RunningTile {}
                div { class: "tiles",
                    Link { class: "tile tile-do", to: Route::CaptureStart {}, "data-testid": "start-complaint",
                        Icon { glyph: Glyph::Message }
                        span { {t.home_record_complaint()} }
                    }
                    Link { class: "tile tile-do tile-second", to: Route::SessionStart {}, "data-testid": "start-session",
                        Icon { glyph: Glyph::Users }
                        span { {t.home_record_session()} }
                    }
                }
            }
            if allowed("sessions") {
                MyPlans {}
            }
            if officer {
                section { class: "stack", "aria-labelledby": "home-desk",
                    h2 { id: "home-desk", {t.home_desk()} }
                    Loaded { asked: cases, empty: rsx! {}, ready: move |page: Cases| rsx! { Desk { page } } }
                }
            }
            WaitingCard {}
            if allowed("sessions") {
                Link { class: "tile", to: Route::StaffCardPage {}, "data-testid": "home-staff-card",
                    div { class: "row", Icon { glyph: Glyph::Shield } span { class: "strong grow", {t.staff_title()} } Icon { glyph: Glyph::ChevronEnd } }
                }
            }
            if settings.projects.iter().any(|project| project.is_said(today)) {
                Link { class: "tile", to: Route::SayPage {}, "data-testid": "home-say",
                    div { class: "row", Icon { glyph: Glyph::Message } span { class: "strong grow", {t.say_title()} } Icon { glyph: Glyph::ChevronEnd } }
                }
            }
            if allowed("boxes") && settings.boxes.iter().any(|found| !found.retired) {
                LateBoxes {}
                Link { class: "tile", to: Route::BoxesPage {}, "data-testid": "home-boxes",
                    div { class: "row", Icon { glyph: Glyph::Storage } span { class: "strong grow", {t.boxes_title()} } Icon { glyph: Glyph::ChevronEnd } }
                }
            }
            if allowed("sessions") || allowed("look_up") {
                LookUp {}
            }
            if allowed("sessions") {
                section { class: "stack", "aria-labelledby": "home-drafts",
                    h2 { id: "home-drafts", {t.home_drafts()} }
                    Loaded {
                        asked: drafts,
                        empty: rsx! { EmptyState { glyph: Glyph::Draft, title: t.home_no_drafts(), words: t.home_no_drafts_words() } },
                        ready: move |drafts: Vec<Draft>| rsx! { DraftList { drafts } },
                    }
                }
            }
        }
    }
}

/// Drafts, newest first.
pub(crate) fn use_drafts() -> Asked<Vec<Draft>> {
    use_asked(
        Table::Outbox,
        || Request::Drafts,
        |answer| {
            let Answer::Drafts(drafts) = answer else { return None };
            Some(if drafts.is_empty() { Load::Empty } else { Load::Ready(drafts) })
        },
    )
}

/// What has not been sent yet, in one line.
#[component]
fn WaitingCard() -> Element {
    let t = use_texts();
    let app = use_app();
    let status = app.status.read().clone();
    let Some(status) = status else { return rsx! {} };
    let contact = status.last_contact.map_or_else(|| t.home_never_synced(), |at| t.home_last_contact(&t.since(at, status.now)));
    rsx! {
        Link { class: "tile", to: Route::WaitingPage {}, "data-testid": "home-waiting",
            div { class: "row",
                Icon { glyph: if status.waiting == 0 { Glyph::Cloud } else { Glyph::Device } }
                span { class: "strong grow",
                    if status.waiting == 0 { {t.home_all_sent()} } else { {t.home_waiting(status.waiting)} }
                }
                Icon { glyph: Glyph::ChevronEnd }
            }
            span { class: "faint", "{contact}" }
        }
    }
}

#[component]
fn Desk(page: Cases) -> Element {
    let t = use_texts();
    let allowed = use_allowed();
    let mut app = use_app();
    let counts = page.counts.unwrap_or_default();
    let calls = use_asked(
        Table::Cases,
        || Request::CallsDue,
        |answer| if let Answer::CallsDue(due) = answer { Some(Load::Ready(due)) } else { None },
    );
    let calls = if let Load::Ready(due) = calls.load { due } else { 0 };
    let tiles = [
        ("overdue", CaseView::Overdue, counts.overdue, t.inbox_overdue(), "tile tile-alarm"),
        ("due-soon", CaseView::DueSoon, counts.due_soon, t.inbox_due_soon(), "tile tile-warn"),
        ("unassigned", CaseView::Unassigned, counts.unassigned, t.inbox_unassigned(), "tile"),
        ("attention", CaseView::Attention, counts.attention, t.inbox_attention(), "tile"),
        ("to-accept", CaseView::ToAccept, counts.to_accept, t.inbox_to_accept(), "tile"),
    ];
    rsx! {
        div { class: "tiles",
            for (name , view , count , words , class) in tiles {
                // The list that opens holds as many as the number said: no filter of an earlier visit stands.
                Link { key: "{name}", class: if count == 0 { "tile" } else { class }, to: Route::InboxPage {}, "data-testid": "desk-{name}",
                    onclick: move |_| app.inbox.set(CaseQuery { view, limit: INBOX_ROWS, ..CaseQuery::default() }),
                    span { class: "tile-number", {t.number(count)} }
                    span { "{words}" }
                }
            }
            Link { class: if calls == 0 { "tile" } else { "tile tile-warn" }, to: Route::CallsPage {}, "data-testid": "desk-calls",
                span { class: "tile-number", {t.number(calls)} }
                span { {t.calls_title()} }
            }
            if allowed("settings_sites") {
                super::sites::ToMapTile {}
            }
        }
    }
}

/// Drafts that lead back into their form.
#[component]
pub(crate) fn DraftList(drafts: Vec<Draft>) -> Element {
    let t = use_texts();
    let app = use_app();
    let settings = use_settings();
    let now = app.now();
    rsx! {
        ul { class: "card card-flush list",
            for draft in drafts {
                li { key: "{draft.record}",
                    Link {
                        class: "item item-go",
                        to: match draft.kind {
                            DraftKind::Complaint => Route::CapturePage { record: draft.record.to_string() },
                            DraftKind::Session => Route::SessionNewPage { record: draft.record.to_string() },
                            DraftKind::Counting => Route::SessionPage { record: draft.record.to_string() },
                            DraftKind::Joining => Route::SessionJoinPage {},
                        },
                        "data-testid": "draft-{draft.record}",
                        span { class: "stack-s",
                            span { class: "item-title",
                                {match draft.kind {
                                    DraftKind::Complaint => t.draft_complaint(),
                                    DraftKind::Session => t.draft_session(),
                                    DraftKind::Counting => t.draft_counting(),
                                    DraftKind::Joining => t.join_title(),
                                }}
                            }
                            span { class: "faint", {draft_about(t, app, &settings, &draft)} {t.since(draft.saved_at, now)} }
                        }
                        Icon { glyph: Glyph::ChevronEnd }
                    }
                }
            }
        }
    }
}

/// Category and place of a draft, as far as chosen. Never words or names: someone may look over the shoulder.
fn draft_about(
    t: shared::text::Texts,
    app: crate::hooks::AppState,
    settings: &shared::settings::Settings,
    draft: &Draft,
) -> String {
    let text = |key: &str| draft.facts.get(key).and_then(|f| f.as_text());
    let category = text("reg.category").map(|code| names::category(t, settings, &code.into()));
    let place = text("place.adm4").or_else(|| text("place.adm3")).map(|code| names::place(t, app, &code.into()));
    [category, place].into_iter().flatten().map(|part| format!("{part} · ")).collect()
}
