//! Planned visits: mine for the week with a start in one tap, and putting one off or calling it off with the reason.

use crate::{
    components::{ChoiceGroup, DayField, Glyph, Icon, Pick, TextField, names},
    hooks::{Asked, Load, Table, use_app, use_asked, use_me, use_settings, use_texts, use_today},
    platform,
    protocol::{Answer, Request},
    routes::Route,
};
use dioxus::prelude::*;
use shared::{
    intent::Intent,
    model::{
        dates::{Day, plus_days},
        event::Step,
        ids::{RecordId, UserId},
        record::{DocKind, DocumentId},
        row::SessionRow,
    },
};
use std::collections::BTreeMap;

/// Days ahead shown at home.
const DAYS_AHEAD: i64 = 7;

/// Planned sessions, soonest first: of one person or of all, until a day or all.
pub(super) fn use_plans(facilitator: Option<UserId>, until: Option<Day>) -> Asked<Vec<SessionRow>> {
    use_asked(
        Table::Sessions,
        move || Request::Plans { facilitator: facilitator.clone(), until },
        |answer| if let Answer::Sessions { rows, .. } = answer { Some(Load::Ready(rows)) } else { None },
    )
}

/// Visits this person is named for, today and this week; nothing where there are none.
#[component]
pub(crate) fn MyPlans() -> Element {
    let t = use_texts();
    let me = use_me().map(|me| me.id);
    let today = use_today();
    let Load::Ready(rows) = use_plans(me, Some(plus_days(today, DAYS_AHEAD))).load else { return rsx! {} };
    rsx! {
        if !rows.is_empty() {
            section { class: "stack-s", "aria-labelledby": "my-plans", "data-testid": "my-plans",
                h2 { id: "my-plans", {t.plan_mine()} }
                ul { class: "card card-flush list",
                    for row in rows {
                        li { key: "{row.record}", MyPlan { row: row.clone(), today } }
                    }
                }
            }
        }
    }
}

#[component]
fn MyPlan(row: SessionRow, today: Day) -> Element {
    let t = use_texts();
    let app = use_app();
    let settings = use_settings();
    let navigator = use_navigator();
    let place = names::place(t, app, row.adm4.as_ref().unwrap_or(&row.adm3));
    let others = row.facilitators.iter().map(|user| names::person(t, &settings, user)).collect();
    let record = row.record;
    let start = move |_| async move {
        if start(record, row.date, today).await {
            navigator.push(Route::SessionPage { record: record.to_string() });
        } else {
            app.say(t.plan_not_started());
        }
    };
    rsx! {
        div { class: "item", "data-testid": "plan-{record}", "data-place": row.adm4.as_ref().unwrap_or(&row.adm3).to_string(),
            Link { class: "stack-s grow", to: Route::SessionPage { record: record.to_string() },
                span { class: "item-title", bdi { "{place}" } }
                span { class: "soft", {t.day(row.date)} " · " {t.days_ago(row.date, today)} }
                span { class: "faint", {names::joined(t, others)} }
                if row.postponed {
                    span { class: "badge badge-warn", {t.plan_postponed()} }
                }
            }
            button { class: "button button-main", r#type: "button", "data-testid": "start-{record}", onclick: start, Icon { glyph: Glyph::Play } {t.plan_start()} }
        }
    }
}

/// A planned session begins today, whatever day it stood on.
async fn start(record: RecordId, planned_for: Day, today: Day) -> bool {
    if planned_for == today {
        return true;
    }
    let facts = BTreeMap::from([("date".to_owned(), Some(today.to_string().into()))]);
    let document = DocumentId::first(record, DocKind::Session);
    matches!(platform::call(Request::Do(Intent::SetFacts { document, facts })).await, Answer::Saved(_))
}

/// On the page of a planned session: who goes and when, or why not; put off or call off.
#[component]
pub(crate) fn PlanCard(row: SessionRow, may_change: bool) -> Element {
    let t = use_texts();
    let settings = use_settings();
    let people = row.facilitators.iter().map(|user| names::person(t, &settings, user)).collect();
    rsx! {
        div { class: if row.called_off.is_some() { "card card-warn" } else { "card" }, "data-testid": "plan-card", "data-called-off": row.called_off.as_ref().map(ToString::to_string),
            p { class: "row strong", Icon { glyph: Glyph::Calendar }
                if let Some(reason) = &row.called_off {
                    {t.plan_called_off()} ": " {names::choice(t, &settings, "plan_reason", reason.as_str())}
                } else if row.postponed {
                    {t.plan_postponed()} ": " {t.day(row.date)}
                } else {
                    {t.session_planned()} ": " {t.day(row.date)}
                }
            }
            p { class: "soft", {names::joined(t, people)} }
            if may_change {
                ChangeForm { record: row.record, date: row.date }
            }
        }
    }
}

/// The reason, a note, and a new day or none.
#[component]
fn ChangeForm(record: RecordId, date: Day) -> Element {
    let t = use_texts();
    let app = use_app();
    let settings = use_settings();
    let today = use_today();
    let mut reason = use_signal(String::new);
    let mut note = use_signal(String::new);
    let mut to = use_signal(|| None::<Day>);
    let change = move |to: Option<Day>| async move {
        let step = Step::PlanChanged { to, reason: reason().as_str().into(), note: note().trim().to_owned() };
        match platform::call(Request::Do(Intent::AddStep { record, doc: DocKind::Session, step })).await {
            Answer::Failed(failure) => app.say(names::failure(t, failure.code)),
            _ => {
                note.set(String::new());
                reason.set(String::new());
                app.say(if to.is_some() { t.plan_put_off() } else { t.plan_is_called_off() });
            }
        }
    };
    let picks: Vec<Pick> =
        names::choices(t, &settings, "plan_reason").into_iter().map(|(code, words)| Pick::new(code, words)).collect();
    let ready = !reason.read().is_empty();
    let moves = to().is_some_and(|day| day != date);
    rsx! {
        details { class: "stack-s",
            summary { "data-testid": "change-plan", {t.plan_change()} Icon { glyph: Glyph::ChevronDown } }
            div { class: "stack",
                ChoiceGroup { id: "plan_reason", label: t.field_reason(), picks, value: reason(), on_change: move |code| reason.set(code) }
                TextField { id: "plan-note", label: t.field_note(), value: note(), max: 400usize, on_change: move |words| note.set(words) }
                DayField { id: "plan-to", label: t.plan_new_day(), value: to(), min: today, on_change: move |day| to.set(day) }
                div { class: "actions",
                    button { class: if moves { "button button-main" } else { "button" }, r#type: "button", disabled: !ready || !moves, "data-testid": "put-off", onclick: move |_| change(to()), Icon { glyph: Glyph::Clock } {t.plan_put_off_do()} }
                    // Whoever has typed a new day does not mean to call it off.
                    button { class: if moves { "button" } else { "button button-main" }, r#type: "button", disabled: !ready || moves, "data-testid": "call-off", onclick: move |_| change(None), Icon { glyph: Glyph::Ban } {t.plan_call_off_do()} }
                }
            }
        }
    }
}
