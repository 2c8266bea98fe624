//! Numbers to call, places of help, days and limits: what an administrator keeps for everybody. Saving publishes a new signed snapshot
//! that every device receives; what is wrong with it the server says.

mod hotline;
mod limits;
mod services;

use crate::{
    components::{Glyph, Icon, PageTitle, names},
    hooks::{use_app, use_settings, use_texts},
    platform,
    protocol::{Answer, FailureCode, Request},
};
use dioxus::prelude::*;
use shared::{
    settings::{Settings, limits::LIMITS},
    text::Texts,
};

/// The lists, edited together: one snapshot.
#[component]
pub(crate) fn ListsPage() -> Element {
    let t = use_texts();
    let app = use_app();
    let held = use_settings();
    let mut lists = use_signal({
        let held = held.clone();
        move || (*held).clone()
    });
    let mut problems = use_signal(Vec::<String>::new);
    let mut failed = use_signal(|| None::<FailureCode>);
    let mut busy = use_signal(|| false);
    let changed = *lists.read() != *held;
    let publish = move |_| async move {
        if busy() {
            return;
        }
        let lacking = lacking(t, &lists.peek());
        let ready = lacking.is_empty();
        problems.set(lacking);
        failed.set(None);
        if !ready {
            return;
        }
        busy.set(true);
        let edited = lists.peek().clone();
        match platform::call(Request::PublishSettings(Box::new(edited))).await {
            Answer::Failed(failure) => {
                let said =
                    |(at, code): &(String, String)| format!("{at}: {}", t.coded("settings-problem", code).unwrap_or_default());
                problems.set(failure.fields.iter().map(said).collect());
                failed.set(Some(failure.code));
            }
            _ => {
                app.read_settings().await;
                if let Some(settings) = app.settings.peek().clone() {
                    lists.set((*settings).clone());
                }
                app.say(t.project_published());
            }
        }
        busy.set(false);
    };
    rsx! {
        div { class: "page", "data-testid": "lists",
            PageTitle { title: t.lists_title() }
            p { class: "soft", {t.lists_words()} }
            hotline::Hotline { lists }
            services::Services { lists }
            limits::LimitsCard { lists }
            if let Some(code) = failed() {
                p { class: "card card-danger danger-text", role: "alert", "data-testid": "failed", "data-code": names::failure_id(code), {names::failure(t, code)} }
            }
            for problem in problems() {
                p { key: "{problem}", class: "field-problem", role: "alert", "data-testid": "problem", Icon { glyph: Glyph::Alert } "{problem}" }
            }
            div { class: "actions actions-stay",
                if changed {
                    span { class: "badge badge-warn", role: "status", "data-testid": "unpublished", {t.lists_unpublished()} }
                }
                button { class: "button button-main button-big", r#type: "button", disabled: busy() || !changed, "data-testid": "publish", onclick: publish,
                    Icon { glyph: Glyph::Send }
                    if busy() { {t.project_publishing()} } else { {t.lists_publish()} }
                }
            }
        }
    }
}

/// What is missing before it makes sense to ask the server; the rest it checks itself.
fn lacking(t: Texts, lists: &Settings) -> Vec<String> {
    let problem = |code: &str| t.coded("settings-problem", code).unwrap_or_default();
    let limits = LIMITS.iter().filter(|limit| !(limit.least..=limit.most).contains(&(limit.get)(&lists.limits)));
    let mut found: Vec<String> =
        limits.map(|limit| format!("{}: {}", t.coded("limit", limit.name).unwrap_or_default(), problem("bad_limit"))).collect();
    let told = lists.hotline.iter().map(|number| (&number.label, &number.phone));
    for (label, phone) in told.chain(lists.services.iter().map(|service| (&service.label, &service.phone))) {
        if label.ar.trim().is_empty() || label.en.trim().is_empty() {
            found.push(format!("{phone}: {}", problem("missing_label")));
        }
        if shared::phone::international(phone).as_ref() != Some(phone) {
            found.push(format!("{} {phone}: {}", t.label(label), problem("bad_phone")));
        }
    }
    if lists.hotline.is_empty() {
        found.push(problem("no_hotline"));
    }
    if lists.services.iter().any(|service| service.adm3.0.is_empty()) {
        found.push(problem("unknown_place"));
    }
    found
}
