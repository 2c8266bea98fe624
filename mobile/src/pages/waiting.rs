//! The outbox: what waits, since when, how the last attempts went, and what was set aside with what to do about it.

mod carry;

use crate::{
    components::{EmptyState, Glyph, Icon, Loaded, PageTitle, SyncBadge, names, take_focus_if},
    hooks::{Load, Table, use_app, use_asked, use_texts},
    platform,
    protocol::{Answer, QuarantineItem, Request, Resolution, SyncProgress, Waiting},
    routes::Route,
};
use dioxus::prelude::*;
use shared::model::record::DocKind;
use std::rc::Rc;

/// Below this many receipt numbers a person is told to sync. # Source: design.md §7
const FEW_REF_NOS: u32 = 50;
/// Without the server for so many seconds, carrying what waits is put forward. # Source: domain.md §12 (days offline)
const LONG_OFFLINE_S: i64 = 86_400;

/// State of sending, records that wait, quarantine.
#[component]
pub(crate) fn WaitingPage() -> Element {
    let t = use_texts();
    let waiting = use_asked(
        Table::Outbox,
        || Request::Waiting,
        |answer| {
            if let Answer::Waiting(waiting) = answer { Some(Load::Ready(waiting)) } else { None }
        },
    );
    let aside = use_asked(
        Table::Outbox,
        || Request::Quarantine,
        |answer| {
            let Answer::Quarantine(items) = answer else { return None };
            Some(if items.is_empty() { Load::Empty } else { Load::Ready(items) })
        },
    );
    // What was acted on last, until what is said of it has taken the focus; and that something was, for as long as the page is open.
    let pressed = use_signal(|| None::<i64>);
    let acted = use_signal(|| false);
    // What nobody has read yet comes first: below what waits it would lie out of sight.
    let is_unread = matches!(&aside.load, Load::Ready(items) if items.iter().any(|item| !item.acknowledged));
    let aside = rsx! {
        Loaded {
            asked: aside,
            empty: rsx! {
                if acted() {
                    p { class: "card row", tabindex: "-1", "data-testid": "aside-none", onmounted: move |event| answers_press(pressed, |_| true, event), Icon { glyph: Glyph::Check } {t.aside_none()} }
                }
            },
            ready: move |items: Vec<QuarantineItem>| rsx! { Aside { items, pressed, acted } },
        }
    };
    rsx! {
        div { class: "page",
            PageTitle { title: t.nav_waiting() }
            if is_unread {
                {aside.clone()}
            }
            Loaded { asked: waiting, empty: rsx! {}, ready: move |waiting: Waiting| rsx! { Outbox { waiting } } }
            if !is_unread {
                {aside}
            }
        }
    }
}

#[component]
fn Outbox(waiting: Waiting) -> Element {
    let t = use_texts();
    let app = use_app();
    let now = app.now();
    let little_space = app.status.read().as_ref().is_some_and(|status| status.little_space);
    let long_offline = waiting.last_success.or(waiting.oldest).is_some_and(|at| now.0 - at.0 > LONG_OFFLINE_S);
    let mut pressed = use_signal(|| false);
    let progress = app.sync.read().clone().map(|progress| SyncProgress { running: progress.running || pressed(), ..progress });
    let running = pressed() || progress.as_ref().is_some_and(|p| p.running);
    let send = move |_| async move {
        // One that began by itself may be about to fail: a press meanwhile is heard too.
        if pressed() {
            return;
        }
        // The press is seen at once; the answer comes when the sync is said to be under way, and that is heard until it has ended.
        pressed.set(true);
        if let Answer::Failed(failure) = platform::call(Request::SyncNow).await {
            app.say(names::failure(t, failure.code));
        }
        pressed.set(false);
    };
    rsx! {
        section { class: "card",
            div { class: "row-between",
                div { class: "stack-s",
                    p { class: "tile-number", "data-testid": "waiting-count", {t.number(waiting.changes)} }
                    p {
                        if waiting.changes == 0 { {t.home_all_sent()} } else { {t.waiting_changes(waiting.changes)} }
                    }
                    if waiting.pictures > 0 {
                        p { class: "soft", "data-testid": "waiting-pictures", {t.waiting_pictures(waiting.pictures)} }
                    }
                }
                button { class: "button button-main button-big", r#type: "button", "aria-disabled": running, "data-testid": "send-now", onclick: send,
                    Icon { glyph: Glyph::Send }
                    if running { {t.chip_sending()} } else { {t.waiting_send_now()} }
                }
            }
            if let Some(progress) = progress {
                Progress { progress }
            }
            dl { class: "facts",
                if let Some(oldest) = waiting.oldest {
                    div { dt { {t.waiting_oldest()} } dd { "data-testid": "oldest", {t.since(oldest, now)} } }
                }
                div { dt { {t.waiting_last_success()} } dd { "data-testid": "last-success", {waiting.last_success.map_or_else(|| t.home_never_synced(), |at| t.since(at, now))} } }
                if let Some(code) = waiting.last_failure {
                    div { dt { {t.waiting_last_failure()} } dd { "data-testid": "last-failure", "data-code": names::failure_id(code), {names::failure(t, code)} } }
                }
                if let Some(next) = waiting.next_attempt.filter(|at| *at > now) {
                    div { dt { {t.waiting_next()} } dd { {t.time(next, app.offset_min())} } }
                }
            }
            if waiting.ref_nos_left < FEW_REF_NOS {
                p { class: "card card-warn warn-text", "data-testid": "few-ref-nos", {t.waiting_few_ref_nos(waiting.ref_nos_left)} }
            }
            if little_space {
                p { class: "card card-warn warn-text", "data-testid": "little-space", {t.waiting_little_space()} }
            }
        }
        if waiting.changes + waiting.pictures_aside > 0 {
            carry::SaveUnsent { pressing: little_space || long_offline }
        }
        carry::BringFile {}
        if waiting.records.is_empty() {
            EmptyState { glyph: Glyph::Cloud, title: t.home_all_sent(), words: t.waiting_none_words() }
        } else {
            ul { class: "card card-flush list",
                for record in waiting.records {
                    li { key: "{record.record}",
                        Link {
                            class: "item",
                            to: match record.kind {
                                DocKind::Session => Route::SessionPage { record: record.record.to_string() },
                                DocKind::BoxOpening => Route::OpeningPage { record: record.record.to_string() },
                                _ => Route::CasePage { record: record.record.to_string() },
                            },
                            "data-testid": "waiting-{record.record}",
                            div { class: "row-between",
                                span { class: "item-title",
                                    match record.kind {
                                        DocKind::Session => rsx! { {t.draft_session()} },
                                        DocKind::BoxOpening => rsx! { {t.opening_title()} },
                                        _ => rsx! { {t.draft_complaint()} },
                                    }
                                    if let Some(number) = &record.ref_no {
                                        " "
                                        bdi { class: "num ltr faint", {names::ref_no(t, number)} }
                                    }
                                }
                                SyncBadge { sync: record.sync }
                            }
                            p { class: "faint", {t.since(record.since, now)} }
                        }
                    }
                }
            }
        }
    }
}

#[component]
fn Progress(progress: SyncProgress) -> Element {
    let t = use_texts();
    let share = (u64::from(progress.sent) * 100).checked_div(u64::from(progress.to_send)).unwrap_or(100).min(100);
    rsx! {
        div { class: "stack-s", role: "status", "data-testid": "progress", "data-running": progress.running,
            if progress.running {
                div { class: "progress", "aria-hidden": "true", i { width: "{share}%" } }
                p { class: "faint", {t.waiting_progress(&t.number(progress.fetched), &t.number(progress.sent), &t.number(progress.to_send))} }
            } else if let Some(code) = progress.failure {
                p { class: "danger-text", {names::failure(t, code)} }
            } else {
                p { class: "good-text row", Icon { glyph: Glyph::CheckTwice } {t.waiting_done(&t.number(progress.fetched), &t.number(progress.sent))} }
            }
        }
    }
}

/// Takes the focus to what is said of the item that was acted on, if it `is_about` that one; once.
async fn answers_press(mut pressed: Signal<Option<i64>>, is_about: impl Fn(i64) -> bool, event: MountedEvent) {
    let is_mine = pressed.peek().is_some_and(is_about);
    if is_mine {
        pressed.set(None);
    }
    take_focus_if(is_mine, event).await;
}

/// Set aside: why, and what to do. Nothing here is lost.
#[component]
fn Aside(items: Vec<QuarantineItem>, pressed: Signal<Option<i64>>, acted: Signal<bool>) -> Element {
    let t = use_texts();
    let app = use_app();
    let now = app.now();
    let (mut pressed, mut acted) = (pressed, acted);
    let listed: Rc<[i64]> = items.iter().map(|item| item.item).collect();
    let resolve = move |item: i64, how: Resolution| async move {
        pressed.set(Some(item));
        acted.set(true);
        if let Answer::Failed(failure) = platform::call(Request::Resolve { item, how }).await {
            app.say(names::failure(t, failure.code));
        }
    };
    rsx! {
        section { class: "stack-s",
            // Drawn anew where one of them went.
            for listed in [listed] {
                h2 { key: "{listed.len()}", tabindex: "-1", "data-testid": "aside-title", onmounted: move |event| { let listed = Rc::clone(&listed); answers_press(pressed, move |item| !listed.contains(&item), event) }, {t.aside_title()} }
            }
            p { class: "soft", {t.aside_words()} }
            for item in items {
                div { key: "{item.item} {item.acknowledged}", tabindex: "-1", onmounted: move |event| answers_press(pressed, move |acted_on| acted_on == item.item, event), class: if item.acknowledged { "card" } else { "card card-danger" }, "data-testid": "quarantine-{item.item}", "data-why": "{item.why}",
                    p { class: "strong",
                        {what(t, &item.what)}
                        if let Some(number) = &item.ref_no {
                            " "
                            bdi { class: "num ltr", {names::ref_no(t, number)} }
                        }
                    }
                    p { {why(t, &item.why)} }
                    if item.pictures > 0 {
                        p { "data-testid": "aside-pictures", {t.aside_pictures(item.pictures)} }
                    }
                    if item.only_copy {
                        p { class: "strong", "data-testid": "only-copy", {t.aside_only_copy()} }
                    }
                    if let Some(goes) = item.goes_at {
                        p { class: "soft", "data-testid": "goes", {t.aside_goes(&t.day(goes.day(app.offset_min())))} }
                    }
                    p { class: "faint", {t.since(item.at, now)} }
                    div { class: "actions",
                        // What is only here can be tried at any time; what goes, until it went.
                        if !item.acknowledged || item.only_copy || item.goes_at.is_some() {
                            button { class: "button", r#type: "button", "data-testid": "retry-{item.item}", onclick: move |_| resolve(item.item, Resolution::Retry), Icon { glyph: Glyph::Sync } {t.aside_retry()} }
                        }
                        if !item.acknowledged {
                            button { class: "button", r#type: "button", "data-testid": "note-{item.item}", onclick: move |_| resolve(item.item, Resolution::Acknowledge), Icon { glyph: Glyph::Check } {t.aside_note()} }
                        }
                    }
                }
            }
        }
    }
}

/// The text of a reason, whichever side gave it.
fn why(t: shared::text::Texts, code: &str) -> String {
    ["denial", "parked", "set-aside", "refusal", "failure"]
        .iter()
        .find_map(|prefix| t.coded(prefix, code))
        .unwrap_or_else(|| t.aside_why_unknown(code))
}

/// What was meant: a step by its kind, or one of the intents.
fn what(t: shared::text::Texts, code: &str) -> String {
    ["intent", "step"].iter().find_map(|prefix| t.coded(prefix, code)).unwrap_or_else(|| t.aside_entry())
}
