//! A session, planned or just held: where and when, then for whom and about what. Then people are counted.

use super::capture::{DropDraft, SaveMark, begin, places, put_place};
use crate::{
    components::{
        ChoiceGroup, FactField, FailedState, FlagBox, Ghost, Glyph, Icon, PageTitle, Pick, PlaceFinder, Problem, UnlistedPlace,
        names,
    },
    hooks::{DraftForm, empty_draft, use_app, use_draft, use_me, use_settings, use_texts, use_today},
    platform,
    protocol::{Answer, Draft, DraftKind, Failure, FailureCode, PlaceHit, Request},
    routes::Route,
};
use dioxus::prelude::*;
use shared::{
    document::content::{Fact, Facts},
    intent::{BEGUN, Intent},
    model::{ids::RecordId, record::DocKind},
    settings::sites::UNLISTED,
};

/// Begins under an address of its own.
#[component]
pub(crate) fn SessionStart() -> Element {
    begin(|record| Route::SessionNewPage { record: record.to_string() })
}

/// The form, new or resumed.
#[component]
pub(crate) fn SessionNewPage(record: String) -> Element {
    rsx! {
        for record in [record] {
            Resume { key: "{record}", record: record.clone() }
        }
    }
}

#[component]
fn Resume(record: String) -> Element {
    let app = use_app();
    let today = use_today();
    let me = use_me().map(|me| me.id);
    let first = use_resource(move || {
        let (record, me) = (record.parse::<RecordId>(), me.clone());
        async move {
            let Ok(record) = record else { return Err(FailureCode::NotFound) };
            match platform::call(Request::Drafts).await {
                Answer::Drafts(drafts) => {
                    let draft = drafts.into_iter().find(|d| d.record == record).unwrap_or_else(|| {
                        let mut draft = empty_draft(record, DraftKind::Session);
                        draft.facts.insert("date".into(), today.to_string().into());
                        draft.facts.insert("count_quality".into(), "exact".into());
                        if let Some(me) = me {
                            draft.facts.insert(format!("facilitator.{me}"), true.into());
                        }
                        draft
                    });
                    app.learn_places(places(&draft)).await;
                    Ok(draft)
                }
                Answer::Failed(failure) => Err(failure.code),
                _ => Err(FailureCode::Internal),
            }
        }
    });
    match &*first.read() {
        None => rsx! { Ghost { lines: 6 } },
        Some(Err(code)) => rsx! { FailedState { code: *code } },
        Some(Ok(draft)) => rsx! { SessionForm { first: draft.clone() } },
    }
}

/// Keys without which a session can't be saved. # Source: domain.md §7
fn missing(facts: &Facts, step: u8) -> Vec<&'static str> {
    let has = |stem: &str| facts.iter().any(|(key, fact)| key.starts_with(stem) && *fact == Fact::Flag(true));
    let plain = |key: &'static str| (!facts.contains_key(key)).then_some(key);
    if step == 0 {
        let project = (!has("project.")).then_some("project");
        [plain("date"), plain("phase"), project, plain("place.adm3")].into_iter().flatten().collect()
    } else if facts.get("planned") == Some(&Fact::Flag(true)) {
        Vec::new()
    } else {
        [(!has("aud.")).then_some("aud"), plain("method"), (!has("topic.")).then_some("topic")].into_iter().flatten().collect()
    }
}

#[component]
fn SessionForm(first: Draft) -> Element {
    let t = use_texts();
    let form = use_draft(move || first, |facts| facts);
    let navigator = use_navigator();
    let mut problems = use_signal(Vec::<String>::new);
    let mut failed = use_signal(|| None::<Failure>);
    let mut busy = use_signal(|| false);
    let step = form.step().min(1);
    let advance = move |_| async move {
        let lacking = missing(&form.facts(), step);
        problems.set(lacking.iter().map(|key| (*key).to_owned()).collect());
        if !lacking.is_empty() || busy() {
            return;
        }
        if step == 0 {
            form.go(1);
            return;
        }
        busy.set(true);
        let record = form.record();
        let planned = form.flag("planned");
        let mut facts = form.facts();
        facts.insert(BEGUN.into(), record.to_string().into());
        match platform::call(Request::Do(Intent::RecordSession { record, facts, counts: form.counts() })).await {
            Answer::Saved(saved) => {
                form.finish();
                navigator.replace(if planned {
                    Route::SessionsPage {}
                } else {
                    Route::SessionPage { record: saved.record.to_string() }
                });
            }
            Answer::Failed(failure) => {
                problems.set(failure.fields.iter().map(|(key, _)| key.clone()).collect());
                failed.set(Some(failure));
            }
            _ => failed.set(Some(Failure { code: FailureCode::Internal, fields: Vec::new() })),
        }
        busy.set(false);
    };
    let problem =
        move |key: &str| problems.read().iter().any(|p| p == key).then(|| t.coded("problem", "required").unwrap_or_default());
    rsx! {
        div { class: "page", "data-testid": "session-form", "data-step": step.to_string(),
            for at in [step] {
                PageTitle { key: "{at}", title: if at == 0 { t.session_where() } else { t.session_who() }, SaveMark { form } }
            }
            if step == 0 {
                Where { form, problem_place: problem("place.adm3"), problem_phase: problem("phase"), problem_project: problem("project"), problem_date: problem("date") }
            } else {
                Set { form, list: "aud", label: t.field_aud(), problem: problem("aud") }
                FactField { doc: DocKind::Session, field: "method", value: form.fact("method"), problem: problem("method"), on_change: move |fact| form.put("method", fact) }
                Set { form, list: "topic", label: t.field_topic(), problem: problem("topic") }
                FactField { doc: DocKind::Session, field: "count_quality", value: form.fact("count_quality"), on_change: move |fact| form.put("count_quality", fact) }
            }
            if let Some(failure) = failed() {
                p { class: "card card-danger danger-text", role: "alert", "data-testid": "failed", "data-code": names::failure_id(failure.code),
                    {names::failure(t, failure.code)}
                    for (field , code) in failure.fields {
                        span { key: "{field}", class: "field-problem", {names::field(t, DocKind::Session, &field)} ": " {t.coded("problem", &code).unwrap_or_else(|| t.field_look_again())} }
                    }
                }
            }
            div { class: "actions actions-stay",
                if step == 1 {
                    button { class: "button button-big", r#type: "button", "data-testid": "back", onclick: move |_| form.go(0), Icon { glyph: Glyph::Back } {t.action_back()} }
                }
                button { class: "button button-main button-big", r#type: "button", disabled: busy(), "data-testid": if step == 0 { "next" } else { "save" }, onclick: advance,
                    if step == 0 { {t.action_next()} Icon { glyph: Glyph::Next } } else if form.flag("planned") { {t.session_save_plan()} } else { {t.session_save_count()} }
                }
            }
            DropDraft { form }
        }
    }
}

#[component]
fn Where(
    form: DraftForm,
    problem_place: Option<String>,
    problem_phase: Option<String>,
    problem_project: Option<String>,
    problem_date: Option<String>,
) -> Element {
    let t = use_texts();
    let settings = use_settings();
    let chosen = [form.text("place.adm4"), form.text("place.adm3")].into_iter().find(|code| !code.is_empty());
    let planned = form.flag("planned");
    let when = vec![Pick::new("now", t.session_now()), Pick::new("planned", t.session_planned())];
    rsx! {
        ChoiceGroup { id: "planned", label: t.session_kind(), picks: when, value: if planned { "planned" } else { "now" },
            on_change: move |code: String| form.put("planned", (code == "planned").then_some(Fact::Flag(true))) }
        FactField { doc: DocKind::Session, field: "date", value: form.fact("date"), problem: problem_date, on_change: move |fact| form.put("date", fact) }
        fieldset { class: "field", "data-testid": "field-project",
            legend { {t.session_projects()} }
            div { class: "choices choices-long",
                for project in settings.projects.iter().filter(|p| !p.retired) {
                    FlagBox { key: "{project.code}", id: "project.{project.code}", label: t.label(&project.name).to_owned(), value: form.flag(&format!("project.{}", project.code)),
                        on_change: { let key = format!("project.{}", project.code); move |on: bool| form.put(&key, on.then_some(Fact::Flag(true))) } }
                }
            }
            Problem { id: "project", words: problem_project }
        }
        FactField { doc: DocKind::Session, field: "phase", value: form.fact("phase"), problem: problem_phase, on_change: move |fact| form.put("phase", fact) }
        PlaceFinder {
            id: "place.adm4",
            label: t.field_place(),
            hint: t.place_hint(),
            chosen: chosen.map(|code| code.as_str().into()),
            levels: vec![3, 4, 5],
            problem: problem_place,
            on_choose: move |hit: Option<PlaceHit>| form.change(|facts| {
                facts.remove("place.adm3");
                facts.remove("place.adm4");
                if let Some(hit) = hit {
                    put_place(facts, &hit);
                }
            }),
        }
        UnlistedPlace { value: form.text(UNLISTED), on_change: move |fact| form.put(UNLISTED, fact) }
        FactField { doc: DocKind::Session, field: "place.venue", value: form.fact("place.venue"), on_change: move |fact| form.put("place.venue", fact) }
    }
}

/// Some of a list: one key per choice.
#[component]
fn Set(form: DraftForm, list: &'static str, label: String, problem: Option<String>) -> Element {
    let t = use_texts();
    let settings = use_settings();
    rsx! {
        fieldset { class: "field", "data-testid": "field-{list}",
            legend { "{label}" }
            div { class: "choices choices-long",
                for (code , words) in names::choices(t, &settings, list) {
                    FlagBox { key: "{code}", id: "{list}.{code}", label: words, value: form.flag(&format!("{list}.{code}")),
                        on_change: { let key = format!("{list}.{code}"); move |on: bool| form.put(&key, on.then_some(Fact::Flag(true))) } }
                }
            }
            Problem { id: list, words: problem.clone() }
        }
    }
}
