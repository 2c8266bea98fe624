//! Joining a colleague's session without a network: six digits read out by the colleague, and what both have before their eyes;
//! or a picture on the colleague's screen, which says all of it. Kept at every field, as every form. Knows nothing of what the colleague counted; both phones arrive at one record by themselves.

use super::capture::{DropDraft, SaveMark, places, put_place};
use crate::{
    components::{
        ChoiceGroup, CodeReader, DayField, FailedState, FlagBox, Ghost, Glyph, Icon, PageTitle, Pick, PlaceFinder, Problem,
        SelectField, TextField, names,
    },
    hooks::{empty_draft, new_record, use_app, use_draft, use_me, use_settings, use_texts, use_today},
    platform,
    protocol::{Answer, Draft, DraftKind, FailureCode, PlaceHit, Request},
    routes::Route,
};
use dioxus::prelude::*;
use shared::{
    document::content::{Fact, Facts},
    intent::{BEGUN, Intent},
    joining::{BadCode, Occasion, link},
    model::{
        dates::Day,
        ids::{Pcode, RecordId, UserId},
    },
    settings::Settings,
};

/// Key of this form: what I count.
const SIDE: &str = "side";

/// The form, new or as it was left; filled where a scanned picture led here.
#[component]
pub(crate) fn SessionJoinPage() -> Element {
    let mut app = use_app();
    let today = use_today();
    let settings = use_settings();
    let first = use_resource(move || {
        let settings = settings.clone();
        async move {
            let drafts = match platform::call(Request::Drafts).await {
                Answer::Drafts(drafts) => drafts,
                Answer::Failed(failure) => return Err(failure.code),
                _ => return Err(FailureCode::Internal),
            };
            let left = drafts.into_iter().find(|draft| draft.kind == DraftKind::Joining);
            let mut draft = match (left, new_record()) {
                (Some(draft), _) => draft,
                (None, Ok(record)) => begun(record, today, &settings),
                (None, Err(_)) => return Err(FailureCode::Internal),
            };
            let linked = app.linked.take().and_then(|words| link::read(&words));
            let scanned = linked.is_some();
            if let Some(linked) = linked {
                fill(&mut draft.facts, linked);
            }
            app.learn_places(places(&draft)).await;
            Ok((draft, scanned))
        }
    });
    match &*first.read() {
        None => rsx! { Ghost { lines: 6 } },
        Some(Err(code)) => rsx! { FailedState { code: *code } },
        Some(Ok((draft, scanned))) => rsx! { JoinForm { first: draft.clone(), scanned: *scanned } },
    }
}

/// Today, and the project where there is only one.
fn begun(record: RecordId, today: Day, settings: &Settings) -> Draft {
    let mut draft = empty_draft(record, DraftKind::Joining);
    draft.facts.insert("date".to_owned(), today.to_string().into());
    let mut offered = settings.projects.iter().filter(|project| !project.retired);
    if let (Some(only), None) = (offered.next(), offered.next()) {
        draft.facts.insert(format!("project.{}", only.code), true.into());
    }
    draft
}

/// What a picture said takes the place of what was chosen, but for what I count.
fn fill(facts: &mut Facts, linked: Facts) {
    facts.retain(|key, _| key == SIDE);
    facts.extend(linked);
}

/// Who leads, which projects, phase, place, my side, the digits.
#[component]
fn JoinForm(first: Draft, scanned: bool) -> Element {
    let t = use_texts();
    let app = use_app();
    let settings = use_settings();
    let navigator = use_navigator();
    let me = use_me().map(|me| me.id);
    let today = use_today();
    let form = use_draft(move || first, |facts| facts);
    let mut scanned = use_signal(move || scanned);
    use_hook(move || {
        if scanned() {
            form.save();
        }
    });
    let mut problems = use_signal(Vec::<(String, String)>::new);
    let mut busy = use_signal(|| false);
    let offered: Vec<_> = settings.projects.iter().filter(|project| !project.retired).cloned().collect();
    let picks = |list: &str| -> Vec<Pick> {
        names::choices(t, &settings, list).into_iter().map(|(code, words)| Pick::new(code, words)).collect()
    };
    let colleagues = names::people(t, &settings, |person| me.as_ref() != Some(&person.id));
    let own = me.clone();
    let join = move |event: FormEvent| {
        event.prevent_default();
        let (digits, lead) = (form.text(link::DIGITS), UserId::from(form.text(link::LEAD).as_str()));
        let mut facts = form.facts();
        facts.retain(|key, _| ![link::DIGITS, link::LEAD, SIDE].contains(&key.as_str()));
        let lacking = lacking(&facts, &lead);
        let found = Occasion::of_facts(&lead, &facts).map(|occasion| occasion.find(&digits));
        facts.insert(BEGUN.to_owned(), form.record().to_string().into());
        let side = form.text(SIDE);
        if let Some(me) = own.as_ref().filter(|_| !side.is_empty()) {
            facts.insert(format!("side.{me}"), side.into());
        }
        async move {
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
                    if matches!(found, Some(Err(_))) || digits.trim().is_empty() {
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
                    form.finish();
                    navigator.replace(Route::SessionPage { record: record.to_string() });
                }
                Answer::Failed(failure) => app.say(names::failure(t, failure.code)),
                _ => {}
            }
            busy.set(false);
        }
    };
    let scan = move |words: String| {
        let linked = link::read(&words);
        let is_link = linked.is_some();
        if let Some(linked) = linked {
            form.change(|facts| fill(facts, linked));
            scanned.set(true);
            problems.set(Vec::new());
        }
        is_link
    };
    let problem = move |key: &str| problems.read().iter().find(|(field, _)| field == key).map(|(_, words)| words.clone());
    let put = move |key: &str, text: String| form.put(key, Some(text.into()));
    let place = form.text("place.adm3");
    rsx! {
        form { class: "page", novalidate: true, onsubmit: join, "data-testid": "join-form",
            PageTitle { title: t.join_title(), SaveMark { form } }
            p { class: "soft", {t.join_words()} }
            CodeReader { id: "join-picture", label: t.join_scan(), on_read: scan }
            div { role: "status",
                if scanned() { p { class: "row strong", "data-testid": "join-scanned", Icon { glyph: Glyph::Check } {t.join_scanned()} } }
            }
            SelectField { id: "join-lead", label: t.join_lead(), none: t.choose_one(), value: form.text(link::LEAD), options: colleagues, problem: problem("lead"), on_change: move |user| put(link::LEAD, user) }
            fieldset { class: "field", "data-testid": "field-project",
                legend { {t.session_projects()} }
                div { class: "choices choices-long",
                    for project in offered {
                        FlagBox { key: "{project.code}", id: "project.{project.code}", label: t.label(&project.name).to_owned(), value: form.flag(&format!("project.{}", project.code)),
                            on_change: move |on: bool| form.put(&format!("project.{}", project.code), on.then_some(Fact::Flag(true))) }
                    }
                }
                Problem { id: "project", words: problem("project") }
            }
            ChoiceGroup { id: "phase", label: t.field_phase(), picks: picks("phase"), value: form.text("phase"), problem: problem("phase"), on_change: move |code: String| put("phase", code) }
            PlaceFinder {
                id: "place",
                label: t.field_place(),
                hint: t.place_hint(),
                chosen: (!place.is_empty()).then(|| Pcode::from(place.as_str())),
                levels: vec![3, 4, 5],
                problem: problem("place"),
                on_choose: move |hit: Option<PlaceHit>| {
                    // The sub-district is enough to find the session; the leader says the rest.
                    let mut all = Facts::new();
                    if let Some(hit) = hit {
                        put_place(&mut all, &hit);
                    }
                    form.put("place.adm3", all.remove("place.adm3"));
                },
            }
            ChoiceGroup { id: "side", label: t.join_side(), picks: picks("side"), value: form.text(SIDE), on_change: move |code| put(SIDE, code) }
            TextField { id: "join-code", label: t.join_code(), value: form.text(link::DIGITS), kind: "tel", code: true, max: 12usize, problem: problem("code"), on_change: move |typed: String| form.type_in(|facts| { facts.insert(link::DIGITS.to_owned(), typed.into()); }) }
            DayField { id: "join-date", label: t.field_date(), value: form.text("date").parse::<Day>().ok(), max: today, on_change: move |day: Option<Day>| if let Some(day) = day { put("date", day.to_string()); } }
            div { class: "actions actions-stay",
                button { class: "button button-main button-big", r#type: "submit", disabled: busy(), "data-testid": "join", Icon { glyph: Glyph::Users } {t.join_do()} }
            }
            DropDraft { form }
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
