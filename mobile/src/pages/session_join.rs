//! Joining a colleague's session without a network: six digits read out by the colleague, and what both have before their eyes.
//! Knows nothing of what the colleague counted; both phones arrive at one record by themselves.

use super::capture::put_place;
use crate::{
    components::{
        ChoiceGroup, DayField, FlagBox, Glyph, Icon, PageTitle, Pick, PlaceFinder, Problem, SelectField, TextField, names,
    },
    hooks::{use_app, use_me, use_settings, use_texts, use_today},
    platform,
    protocol::{Answer, PlaceHit, Request},
    routes::Route,
};
use dioxus::prelude::*;
use shared::{
    document::content::{Fact, Facts},
    intent::Intent,
    joining::{BadCode, Occasion},
    model::{dates::Day, ids::UserId},
};

/// Who leads, which projects, phase, place, my side, the digits.
#[component]
pub(crate) fn SessionJoinPage() -> Element {
    let t = use_texts();
    let app = use_app();
    let settings = use_settings();
    let navigator = use_navigator();
    let me = use_me().map(|me| me.id);
    let today = use_today();
    let mut lead = use_signal(String::new);
    let mut digits = use_signal(String::new);
    let mut side = use_signal(String::new);
    let mut chosen = use_signal(|| None::<shared::model::ids::Pcode>);
    let mut problems = use_signal(Vec::<(String, String)>::new);
    let mut busy = use_signal(|| false);
    let offered: Vec<_> = settings.projects.iter().filter(|project| !project.retired).cloned().collect();
    let only = if let [project] = offered.as_slice() { Some(format!("project.{}", project.code)) } else { None };
    let mut facts = use_signal(|| {
        let only = only.clone().map(|key| (key, Fact::Flag(true)));
        Facts::from_iter(only.into_iter().chain([("date".to_owned(), today.to_string().into())]))
    });
    let picks = |list: &str| -> Vec<Pick> {
        names::choices(t, &settings, list).into_iter().map(|(code, words)| Pick::new(code, words)).collect()
    };
    let colleagues = names::people(t, &settings, |person| me.as_ref() != Some(&person.id));
    let own = me.clone();
    let join = move |event: FormEvent| {
        event.prevent_default();
        let mut facts = facts();
        if let Some(me) = own.as_ref().filter(|_| !side().is_empty()) {
            facts.insert(format!("side.{me}"), side().into());
        }
        let lead = UserId::from(lead().as_str());
        let lacking = lacking(&facts, &lead);
        async move {
            let found = Occasion::of_facts(&lead, &facts).map(|occasion| occasion.find(&digits()));
            let record = match found {
                Some(Ok(record)) if lacking.is_empty() => record,
                Some(Err(BadCode::DoesNotFit)) if lacking.is_empty() => {
                    problems.set(vec![("code".to_owned(), t.join_code_wrong())]);
                    return;
                }
                found => {
                    let mut all: Vec<(String, String)> = lacking
                        .iter()
                        .map(|key| ((*key).to_owned(), t.coded("problem", "required").unwrap_or_default()))
                        .collect();
                    if matches!(found, Some(Err(_))) || digits.read().trim().is_empty() {
                        all.push(("code".to_owned(), t.join_code_not()));
                    }
                    problems.set(all);
                    return;
                }
            };
            if busy() {
                return;
            }
            busy.set(true);
            match platform::call(Request::Do(Intent::JoinSession { record, lead, facts })).await {
                Answer::Saved(_) => {
                    navigator.replace(Route::SessionPage { record: record.to_string() });
                }
                Answer::Failed(failure) => app.say(names::failure(t, failure.code)),
                _ => {}
            }
            busy.set(false);
        }
    };
    let problem = move |key: &str| problems.read().iter().find(|(field, _)| field == key).map(|(_, words)| words.clone());
    let text = move |key: &str| facts.read().get(key).and_then(Fact::as_text).unwrap_or_default().to_owned();
    let mut put = move |key: &str, fact: Fact| {
        facts.write().insert(key.to_owned(), fact);
    };
    rsx! {
        form { class: "page", novalidate: true, onsubmit: join, "data-testid": "join-form",
            PageTitle { title: t.join_title() }
            p { class: "soft", {t.join_words()} }
            SelectField { id: "join-lead", label: t.join_lead(), none: t.choose_one(), value: lead(), options: colleagues, problem: problem("lead"), on_change: move |user| lead.set(user) }
            fieldset { class: "field", "data-testid": "field-project",
                legend { {t.session_projects()} }
                div { class: "choices choices-long",
                    for project in offered {
                        FlagBox { key: "{project.code}", id: "project.{project.code}", label: t.label(&project.name).to_owned(), value: facts.read().contains_key(&format!("project.{}", project.code)),
                            on_change: {
                                let key = format!("project.{}", project.code);
                                move |on: bool| {
                                    if on { put(&key, Fact::Flag(true)); } else { facts.write().remove(&key); }
                                }
                            } }
                    }
                }
                Problem { id: "project", words: problem("project") }
            }
            ChoiceGroup { id: "phase", label: t.field_phase(), picks: picks("phase"), value: text("phase"), problem: problem("phase"), on_change: move |code: String| put("phase", code.into()) }
            PlaceFinder {
                id: "place",
                label: t.field_place(),
                hint: t.place_hint(),
                chosen: chosen(),
                levels: vec![3, 4, 5],
                problem: problem("place"),
                on_choose: move |hit: Option<PlaceHit>| {
                    chosen.set(hit.as_ref().map(|hit| hit.place.code.clone()));
                    // The sub-district is enough to find the session; the leader says the rest.
                    let mut all = Facts::new();
                    if let Some(hit) = hit {
                        put_place(&mut all, &hit);
                    }
                    match all.remove("place.adm3") {
                        Some(adm3) => put("place.adm3", adm3),
                        None => { facts.write().remove("place.adm3"); }
                    }
                },
            }
            ChoiceGroup { id: "side", label: t.join_side(), picks: picks("side"), value: side(), on_change: move |code| side.set(code) }
            TextField { id: "join-code", label: t.join_code(), value: digits(), kind: "tel", code: true, max: 12usize, problem: problem("code"), on_change: move |typed| digits.set(typed) }
            DayField { id: "join-date", label: t.field_date(), value: text("date").parse::<Day>().ok(), max: today, on_change: move |day: Option<Day>| if let Some(day) = day { put("date", day.to_string().into()); } }
            div { class: "actions actions-stay",
                button { class: "button button-main button-big", r#type: "submit", disabled: busy(), "data-testid": "join", Icon { glyph: Glyph::Users } {t.join_do()} }
            }
        }
    }
}

/// What has to be chosen still.
fn lacking(facts: &Facts, lead: &UserId) -> Vec<&'static str> {
    let plain = |key: &str| !facts.contains_key(key);
    let project = !facts.keys().any(|key| key.starts_with("project."));
    let all =
        [("lead", lead.as_str().is_empty()), ("project", project), ("phase", plain("phase")), ("place", plain("place.adm3"))];
    all.into_iter().filter(|(_, lacks)| *lacks).map(|(key, _)| key).collect()
}
