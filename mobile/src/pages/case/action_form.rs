//! What may be done now, as buttons; one opened becomes its form. Which there are comes with the case (`CaseDetail.may`).

use super::{
    action_fields::{ActionField, Control, Values, fields, first_values},
    action_sealed::sealed_step,
    action_step::{Problems, step},
};
use crate::{
    components::{ChoiceGroup, Confirm, DayField, FlagBox, Glyph, Icon, Pick, SelectField, TextArea, TextField, names},
    hooks::{use_app, use_settings, use_texts, use_today},
    platform,
    protocol::{Answer, CaseDetail, CaseQuery, CaseView, FailureCode, Request},
};
use dioxus::prelude::*;
use shared::{
    arabic::digits_to_latin,
    intent::Intent,
    model::{
        codes::Level,
        event::{SealedDeed, Step},
        ids::RecordId,
        record::DocKind,
    },
    settings::Settings,
};

/// Steps the page takes by itself or on another page.
const NOT_SHOWN: [&str; 3] = ["registered", "seen", "session_registered"];
/// Lists longer than this are shown by the system's own picker.
const MOST_BUTTONS: usize = 5;

/// All actions open to this person now.
#[component]
pub(super) fn Actions(case: CaseDetail) -> Element {
    let t = use_texts();
    let mut open = use_signal(|| None::<String>);
    let shown: Vec<String> = case
        .may
        .iter()
        .filter(|kind| Step::KINDS.into_iter().chain(SealedDeed::RIGHTS).any(|known| known == kind.as_str()))
        .filter(|kind| !NOT_SHOWN.contains(&kind.as_str()))
        .cloned()
        .collect();
    // What another device did meanwhile may have closed the way.
    let opened = open().filter(|kind| shown.contains(kind));
    rsx! {
        section { class: "card case-due", "data-testid": "actions",
            h2 { {t.case_actions()} }
            if shown.is_empty() {
                p { class: "soft", {t.case_no_actions()} }
            }
            if let Some(kind) = opened {
                for at in [kind] {
                    StepForm { key: "{at}", kind: at.clone(), case: case.clone(), on_done: move |()| open.set(None) }
                }
            } else {
                div { class: "next-steps",
                    for (index , kind) in shown.into_iter().enumerate() {
                        button {
                            key: "{kind}",
                            class: if index == 0 { "button button-main" } else { "button" },
                            r#type: "button",
                            "data-testid": "act-{kind}",
                            onclick: {
                                let kind = kind.clone();
                                move |_| open.set(Some(kind.clone()))
                            },
                            Icon { glyph: glyph(&kind) }
                            {names::coded(t, "act", &kind)}
                        }
                    }
                }
            }
        }
    }
}

/// The form of one step. `given` is put over what the form begins with.
#[component]
pub(crate) fn StepForm(kind: String, case: CaseDetail, on_done: EventHandler<()>, #[props(default)] given: Values) -> Element {
    let t = use_texts();
    let app = use_app();
    let today = use_today();
    let mut first = first_values(&kind, &case, today);
    first.extend(given);
    let mut values = use_signal(move || first);
    let mut problems = use_signal(Problems::new);
    let mut failed = use_signal(|| None::<FailureCode>);
    let mut busy = use_signal(|| false);
    let settings = use_settings();
    // Raising a case to where it is sealed can't be undone: asked for once more.
    let mut asking = use_signal(|| false);
    let mut confirmed = use_signal(|| false);
    let save = use_callback({
        let (kind, case, settings) = (kind.clone(), case.clone(), settings.clone());
        move |()| {
            let (kind, case, settings) = (kind.clone(), case.clone(), settings.clone());
            spawn(async move {
                if busy() {
                    return;
                }
                busy.set(true);
                failed.set(None);
                let other = if kind == "merged" { other_case(&values.peek(), &case).await } else { None };
                let typed = values.peek().clone();
                match intent(&kind, &typed, &case, other) {
                    Err(found) => problems.set(found),
                    Ok(intent) if raises(&intent, &settings) && !confirmed() => asking.set(true),
                    Ok(intent) => match platform::call(Request::Do(intent)).await {
                        Answer::Saved(saved) => {
                            app.say(if saved.awaits_ruling { t.action_saved_awaits() } else { t.action_saved() });
                            on_done.call(());
                        }
                        Answer::Failed(failure) => {
                            problems.set(failure.fields);
                            failed.set(Some(failure.code));
                        }
                        _ => failed.set(Some(FailureCode::Internal)),
                    },
                }
                confirmed.set(false);
                busy.set(false);
            });
        }
    });
    let submit = move |event: FormEvent| {
        event.prevent_default();
        save.call(());
    };
    rsx! {
        if asking() {
            Confirm {
                title: t.case_raise_title(),
                words: t.case_raise_words(),
                yes: t.case_raise_do(),
                danger: true,
                on_no: move |()| asking.set(false),
                on_yes: move |()| {
                    asking.set(false);
                    confirmed.set(true);
                    save.call(());
                },
            }
        }
        form { class: "stack", novalidate: true, onsubmit: submit, "data-testid": "form-{kind}",
            h3 {
                tabindex: "-1",
                onmounted: move |event| async move { event.data().set_focus(true).await.ok(); },
                {names::coded(t, "act", &kind)}
            }
            for field in fields(&kind) {
                FieldControl {
                    key: "{field.name}",
                    field,
                    value: values.read().get(field.name).cloned().unwrap_or_default(),
                    problem: problems.read().iter().find(|(name, _)| name == field.name).map(|(_, code)| t.coded("problem", code).unwrap_or_else(|| t.field_look_again())),
                    case: case.clone(),
                    on_change: {
                        let settings = settings.clone();
                        move |value: String| {
                        if field.name == "category" {
                            raise_with(&settings, &value, &mut values.write());
                        }
                        values.write().insert(field.name.to_owned(), value);
                        problems.write().retain(|(name, _)| name != field.name);
                        }
                    },
                }
            }
            if let Some(code) = failed() {
                p { class: "danger-text", role: "alert", "data-testid": "failed", "data-code": names::failure_id(code),
                    {names::failure(t, code)}
                    for (field , problem) in problems.read().iter().filter(|(name, _)| !fields(&kind).iter().any(|f| f.name == name)) {
                        span { key: "{field}", " " {t.coded("problem", problem).unwrap_or_default()} }
                    }
                }
                if code == FailureCode::SealingNotOpen {
                    crate::pages::capture::Numbers {}
                }
            }
            div { class: "actions",
                button { class: "button", r#type: "button", "data-testid": "cancel-{kind}", onclick: move |_| on_done.call(()), {t.action_cancel()} }
                button { class: "button button-main", r#type: "submit", disabled: busy(), "data-testid": "submit-{kind}",
                    if busy() { {t.action_saving()} } else { {t.action_save()} }
                }
            }
        }
    }
}

/// One field of a step, by its kind.
#[component]
pub(crate) fn FieldControl(
    field: ActionField,
    value: String,
    problem: Option<String>,
    case: CaseDetail,
    on_change: EventHandler<String>,
) -> Element {
    let t = use_texts();
    let settings = use_settings();
    let id = format!("action.{}", field.name);
    let label = label(t, field.name);
    match field.kind {
        Control::Note(max) => rsx! { TextArea { id, label, value, max, rows: 3u8, problem, on_change } },
        Control::Line => rsx! { TextField { id, label, value, problem, on_change } },
        Control::Day => rsx! {
            DayField { id, label, value: value.parse().ok(), problem, on_change: move |day: Option<shared::model::dates::Day>| on_change.call(day.map(|d| d.to_string()).unwrap_or_default()) }
        },
        Control::Flag => {
            rsx! { FlagBox { id, label, value: value == "yes", on_change: move |on: bool| on_change.call(if on { "yes".into() } else { String::new() }) } }
        }
        Control::Maybe => {
            let picks =
                vec![Pick::new("yes", t.answer_yes()), Pick::new("no", t.answer_no()), Pick::new("", t.answer_not_asked())];
            rsx! { ChoiceGroup { id, label, picks, value, problem, on_change } }
        }
        Control::Choice(list) => {
            let options = names::choices(t, &settings, list);
            if options.len() > MOST_BUTTONS {
                rsx! { SelectField { id, label, value, options, none: t.choose_one(), problem, on_change } }
            } else {
                let picks: Vec<Pick> = options.into_iter().map(|(code, words)| Pick::new(code, words)).collect();
                rsx! { ChoiceGroup { id, label, picks, value, problem, on_change } }
            }
        }
        Control::Category => {
            let open = settings.categories.iter().filter(|c| !c.retired || c.code.as_str() == value);
            let options: Vec<(String, String)> = open.map(|c| (c.code.to_string(), t.label(&c.label).to_owned())).collect();
            rsx! { SelectField { id, label, value, options, none: t.choose_one(), problem, on_change } }
        }
        Control::Assignee => {
            let people = case.assignees.iter().filter_map(|user| settings.person(user));
            let options: Vec<(String, String)> =
                people.map(|p| (p.id.to_string(), t.person_with_role(&p.name, &names::coded(t, "role", p.role.id())))).collect();
            rsx! { SelectField { id, label, value, options, none: t.choose_one(), problem, on_change } }
        }
        Control::OtherCase => rsx! {
            TextField { id, label, value, code: true, hint: t.merge_hint(), problem, on_change }
            div { class: "row",
                for row in case.duplicates {
                    button { key: "{row.record}", class: "button", r#type: "button", "data-testid": "merge-into-{row.ref_no}",
                        onclick: { let number = row.ref_no.clone(); move |_| on_change.call(number.clone()) },
                        bdi { class: "num ltr", {names::ref_no(t, &row.ref_no)} }
                    }
                }
            }
        },
    }
}

/// What was typed, as what the person did.
fn intent(kind: &str, typed: &Values, case: &CaseDetail, other: Option<RecordId>) -> Result<Intent, Problems> {
    let record = case.row.record;
    if SealedDeed::RIGHTS.contains(&kind) {
        let (on, deed, words) = sealed_step(kind, typed, case)?;
        return Ok(Intent::SealedStep { record, on, deed, words });
    }
    Ok(Intent::AddStep { record, doc: DocKind::Case, step: step(kind, typed, case, other)? })
}

/// Whether a case that is read by many is sealed by this.
fn raises(intent: &Intent, settings: &Settings) -> bool {
    let Intent::AddStep { step: Step::Classified { category, level, .. }, .. } = intent else { return false };
    level.is_sealed() || settings.category(category).is_some_and(|category| category.sealed)
}

/// A category that must be sealed brings its level with it.
fn raise_with(settings: &Settings, category: &str, values: &mut Values) {
    let Some(category) = settings.category(&category.into()).filter(|category| category.sealed) else { return };
    let level = values.get("level").and_then(|level| level.parse().ok()).and_then(Level::new);
    if level.is_none_or(|level| level < category.level) {
        values.insert("level".to_owned(), category.level.number().to_string());
    }
}

/// The case behind a receipt number: a suggested duplicate, or one found on this device.
async fn other_case(values: &Values, case: &CaseDetail) -> Option<RecordId> {
    let typed: String = digits_to_latin(values.get("into_ref")?).chars().filter(char::is_ascii_digit).collect();
    if let Some(row) = case.duplicates.iter().find(|row| row.ref_no == typed) {
        return Some(row.record);
    }
    let query = CaseQuery { view: CaseView::All, text: typed.clone(), limit: 10, ..CaseQuery::default() };
    match platform::call(Request::Cases(query)).await {
        Answer::Cases(page) => page.rows.into_iter().find(|row| row.ref_no == typed).map(|row| row.record),
        _ => None,
    }
}

/// Labels that differ from the plain field name have a text of their own.
fn label(t: shared::text::Texts, name: &str) -> String {
    t.coded("field", name).unwrap_or_else(|| name.to_owned())
}

fn glyph(kind: &str) -> Glyph {
    match kind {
        "sealed_acknowledged"
        | "sealed_handed_over"
        | "acknowledged"
        | "close_seconded"
        | "answer_approved"
        | "extension_approved" => Glyph::CheckTwice,
        "classified" => Glyph::Tag,
        "assigned" => Glyph::User,
        "started" | "resumed" => Glyph::Play,
        "held" => Glyph::Pause,
        "extension_asked" => Glyph::Hourglass,
        "answer_proposed" => Glyph::Edit,
        "sealed_relevelled" => Glyph::Tag,
        "followup" | "sealed_followup" => Glyph::History,
        "contact_attempt" | "sealed_contact_attempt" => Glyph::Phone,
        "responded" | "sealed_responded" => Glyph::Reply,
        "closed" | "sealed_closed" => Glyph::Check,
        "referred" | "referral_received" | "sealed_referred" => Glyph::Forward,
        "merged" => Glyph::Merge,
        "reopened" => Glyph::Undo,
        "voided" => Glyph::Ban,
        _ => Glyph::Message,
    }
}
