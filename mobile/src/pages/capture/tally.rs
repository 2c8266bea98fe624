//! No consent to record: nothing of what was said is kept. Only a count may be, and a report of abuse or retaliation may go on
//! without a name. # Source: domain.md §10.4

use super::{Capture, DropDraft, Ended, place::PlacePick};
use crate::{
    components::{FactField, Glyph, Icon, PageTitle, SelectField, names},
    hooks::{use_app, use_settings, use_texts},
    platform,
    protocol::{Answer, Failure, Request},
    routes::Route,
};
use dioxus::prelude::*;
use shared::{
    document::content::Fact,
    intent::Intent,
    model::{codes::EntryType, record::DocKind},
};

/// What a count may hold.
const KEPT: [&str; 5] = ["consent.record", "intake.channel", "reg.received_on", "place.adm3", "reg.entry_type"];

/// Channel, place, kind: no more. And the way out for what must be reported all the same.
#[component]
pub(crate) fn Tally(capture: Capture) -> Element {
    let t = use_texts();
    let app = use_app();
    let settings = use_settings();
    let navigator = use_navigator();
    let form = capture.form;
    let mut failed = use_signal(|| None::<Failure>);
    let chosen = Some(form.text("place.adm3")).filter(|code| !code.is_empty());
    let put = move |key: &str, fact: Option<Fact>| capture.put(key, fact);
    let ready = KEPT.iter().all(|key| form.fact(key).is_some());
    let count = move |_| async move {
        let mut facts = form.facts();
        facts.retain(|key, _| KEPT.contains(&key.as_str()));
        match platform::call(Request::Do(Intent::RecordComplaint { record: form.record(), facts })).await {
            Answer::Saved(_) => {
                form.finish();
                app.say(t.tally_saved());
                match capture.burst {
                    Some(burst) => burst.on_end.call(Ended::Otherwise),
                    None => drop(navigator.replace(Route::HomePage {})),
                }
            }
            Answer::Failed(failure) => failed.set(Some(failure)),
            _ => {}
        }
    };
    rsx! {
        div { class: "page", "data-testid": "tally",
            PageTitle { title: t.tally_title() }
            p { class: "soft", {t.tally_words()} }
            section { class: "card",
                FactField { doc: DocKind::Case, field: "intake.channel", value: form.fact("intake.channel"),
                    on_change: move |fact| put("intake.channel", fact) }
                PlacePick { capture, chosen }
                SelectField { id: "reg.entry_type", label: t.field_entry_type(), none: t.choose_one(), value: form.text("reg.entry_type"),
                    options: EntryType::ALL.iter().map(|e| (e.id().to_owned(), names::choice(t, &settings, "entry_type", e.id()))).collect::<Vec<_>>(),
                    on_change: move |code: String| put("reg.entry_type", Some(code.into())) }
            }
            section { class: "card card-danger",
                p { class: "strong", {t.tally_duty()} }
                button { class: "button button-danger", r#type: "button", "data-testid": "tally-sensitive", onclick: move |_| put("reg.may_be_sensitive", Some(Fact::Flag(true))),
                    Icon { glyph: Glyph::Shield }
                    {t.tally_sensitive()}
                }
            }
            if let Some(failure) = failed() {
                p { class: "card card-danger danger-text", role: "alert", "data-testid": "failed", {names::failure(t, failure.code)} }
            }
            div { class: "actions",
                button { class: "button button-big", r#type: "button", "data-testid": "back", onclick: move |_| put("consent.record", None), Icon { glyph: Glyph::Back } {t.action_back()} }
                button { class: "button button-main button-big", r#type: "button", disabled: !ready, "data-testid": "save-tally", onclick: count, {t.tally_save()} }
            }
            DropDraft { form, burst: capture.burst }
        }
    }
}
