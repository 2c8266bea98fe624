//! What is the same for everybody at one distribution: project, place, channel, day. Asked once, changed when it changes.

use super::super::capture::put_place;
use crate::{
    components::{DayField, FactField, Glyph, Icon, PageTitle, PlaceFinder, SelectField, UnlistedPlace, names},
    hooks::{use_app, use_settings, use_texts, use_today},
    platform,
    protocol::{Answer, FailureCode, PlaceHit, Request, batch::BatchRequest},
    routes::Route,
};
use dioxus::prelude::*;
use shared::{
    document::content::{Fact, Facts},
    model::{codes::Consent, dates::Day, record::DocKind},
    settings::sites::UNLISTED,
};

/// How people come at a distribution, unless said otherwise.
const AT_DISTRIBUTION: &str = "desk";

/// The form; `held` is what a batch that runs has.
#[component]
pub(super) fn SetUp(#[props(default)] held: Option<Facts>, on_done: EventHandler<()>) -> Element {
    let t = use_texts();
    let app = use_app();
    let settings = use_settings();
    let today = use_today();
    let runs = held.is_some();
    let mut facts = use_signal(move || held.unwrap_or_else(|| begins_with(&app.sticky.peek(), today)));
    let mut failed = use_signal(|| None::<FailureCode>);
    let text = move |key: &str| facts.read().get(key).and_then(Fact::as_text).unwrap_or_default().to_owned();
    let mut put = move |key: &str, fact: Option<Fact>| {
        match fact {
            Some(fact) => facts.write().insert(key.to_owned(), fact),
            None => facts.write().remove(key),
        };
    };
    let ready = ["place.adm3", "intake.channel", "reg.received_on"].iter().all(|key| !text(key).is_empty());
    let chosen = ["place.adm4", "place.adm3"].into_iter().map(text).find(|code| !code.is_empty());
    // Where people stand in line, each of them can be asked.
    let mut channels = names::choices(t, &settings, "channel");
    channels.retain(|(channel, _)| Consent::can_be_asked(channel));
    let begin = move |_| async move {
        match platform::call(Request::Batch(BatchRequest::SetUp(facts.peek().clone()))).await {
            Answer::Batch(_) => on_done.call(()),
            Answer::Failed(failure) => failed.set(Some(failure.code)),
            _ => failed.set(Some(FailureCode::Internal)),
        }
    };
    rsx! {
        div { class: "page", "data-testid": "batch-set-up",
            PageTitle { title: t.batch_start() }
            p { class: "soft", {t.batch_set_up_words()} }
            FactField { doc: DocKind::Case, field: "project", value: facts.read().get("project").cloned(), on_change: move |fact| put("project", fact) }
            PlaceFinder {
                id: "place.adm4",
                label: t.field_place(),
                hint: t.place_hint(),
                chosen: chosen.map(|code| code.as_str().into()),
                levels: vec![3, 4, 5],
                on_choose: move |hit: Option<PlaceHit>| {
                    let mut facts = facts.write();
                    facts.retain(|key, _| !key.starts_with("place.adm"));
                    if let Some(hit) = hit {
                        put_place(&mut facts, &hit);
                    }
                },
            }
            UnlistedPlace { value: text(UNLISTED), on_change: move |fact| put(UNLISTED, fact) }
            SelectField { id: "intake.channel", label: names::field(t, DocKind::Case, "intake.channel"), none: t.choose_one(), value: text("intake.channel"), options: channels,
                on_change: move |code: String| put("intake.channel", (!code.is_empty()).then(|| code.into())) }
            DayField { id: "reg.received_on", label: t.field_received_on(), value: text("reg.received_on").parse::<Day>().ok(), max: today,
                on_change: move |day: Option<Day>| put("reg.received_on", day.map(|day| day.to_string().into())) }
            if let Some(code) = failed() {
                p { class: "card card-danger danger-text", role: "alert", "data-testid": "failed", "data-code": names::failure_id(code), {names::failure(t, code)} }
            }
            div { class: "actions actions-stay",
                if runs {
                    button { class: "button button-big", r#type: "button", "data-testid": "batch-keep", onclick: move |_| on_done.call(()), {t.action_cancel()} }
                } else {
                    Link { class: "button button-big", to: Route::HomePage {}, {t.action_cancel()} }
                }
                button { class: "button button-main button-big", r#type: "button", "data-testid": "batch-start", disabled: !ready, onclick: begin,
                    Icon { glyph: Glyph::Next }
                    if runs { {t.action_save()} } else { {t.batch_begin()} }
                }
            }
        }
    }
}

fn begins_with(sticky: &Facts, today: Day) -> Facts {
    let mut facts: Facts =
        sticky.iter().filter(|(key, _)| key.as_str() != "intake.channel").map(|(k, f)| (k.clone(), f.clone())).collect();
    facts.insert("intake.channel".into(), AT_DISTRIBUTION.into());
    facts.insert("reg.received_on".into(), today.to_string().into());
    facts
}
