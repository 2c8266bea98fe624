//! Complaint boxes: which hang where, how long each has stayed closed, and the form of an opening by two people. Owns no rule.

mod opening;

use crate::{
    components::{
        DayField, EmptyState, Glyph, Icon, Loaded, NumberField, PageTitle, Problem, SelectField, SyncBadge, TextField, names,
        take_focus,
    },
    hooks::{Load, Table, use_app, use_asked, use_me, use_settings, use_texts, use_today},
    platform,
    protocol::{Answer, BoxStanding, Request},
    routes::Route,
};
use dioxus::prelude::*;
pub(crate) use opening::OpeningPage;
use shared::{
    box_opening::{MOST_PAPERS, record_of},
    document::content::{Fact, Facts},
    intent::Intent,
    model::{dates::Day, ids::Code, row::BoxRow},
    settings::Settings,
    text::Texts,
};

/// A box's label, or its code.
pub(crate) fn box_name(t: Texts, settings: &Settings, code: &Code) -> String {
    let found = settings.boxes.iter().find(|found| found.code == *code);
    found.map_or_else(|| code.to_string(), |found| t.label(&found.label).to_owned())
}

/// Boxes and openings.
#[component]
pub(crate) fn BoxesPage() -> Element {
    let t = use_texts();
    let boxes = use_boxes();
    let openings = use_asked(
        Table::Records,
        || Request::Openings,
        |answer| {
            let Answer::Openings(rows) = answer else { return None };
            Some(if rows.is_empty() { Load::Empty } else { Load::Ready(rows) })
        },
    );
    rsx! {
        div { class: "page", "data-testid": "boxes",
            PageTitle { title: t.boxes_title() }
            Loaded {
                asked: boxes,
                empty: rsx! { EmptyState { glyph: Glyph::Inbox, title: t.boxes_none(), words: t.boxes_none_words() } },
                ready: move |boxes: Vec<BoxStanding>| rsx! {
                    for standing in boxes {
                        OneBox { key: "{standing.code}", standing: standing.clone() }
                    }
                },
            }
            Loaded { asked: openings, empty: rsx! {}, ready: move |rows: Vec<BoxRow>| rsx! {
                section { class: "stack-s",
                    h2 { {t.boxes_openings()} }
                    ul { class: "card card-flush list",
                        for row in rows {
                            li { key: "{row.record}", OpeningItem { row: row.clone() } }
                        }
                    }
                }
            } }
        }
    }
}

fn use_boxes() -> crate::hooks::Asked<Vec<BoxStanding>> {
    use_asked(
        Table::Records,
        || Request::Boxes,
        |answer| {
            let Answer::Boxes(boxes) = answer else { return None };
            Some(if boxes.is_empty() { Load::Empty } else { Load::Ready(boxes) })
        },
    )
}

/// Boxes that have stayed closed too long, for whoever holds every opening of the area.
#[component]
pub(crate) fn LateBoxes() -> Element {
    let t = use_texts();
    let settings = use_settings();
    let boxes = use_boxes();
    let Load::Ready(boxes) = boxes.load else { return rsx! {} };
    rsx! {
        for standing in boxes.into_iter().filter(|standing| standing.is_late) {
            Link { key: "{standing.code}", class: "card card-warn row", to: Route::BoxesPage {}, "data-testid": "late-box-{standing.code}",
                Icon { glyph: Glyph::Alert }
                span { {t.boxes_late(standing.closed_days, &box_name(t, &settings, &standing.code))} }
            }
        }
    }
}

#[component]
fn OneBox(standing: BoxStanding) -> Element {
    let t = use_texts();
    let settings = use_settings();
    let today = use_today();
    let mut open = use_signal(|| false);
    let name = box_name(t, &settings, &standing.code);
    rsx! {
        section { class: if standing.is_late { "card card-warn" } else { "card" }, "data-testid": "box-{standing.code}",
            h2 { "{name}" }
            p { class: "row soft",
                if let Some(last) = standing.last {
                    span { {t.boxes_last(&t.days_ago(last, today))} }
                } else {
                    span { {t.boxes_never()} }
                }
            }
            if standing.is_late {
                p { class: "row", Icon { glyph: Glyph::Alert } {t.boxes_late(standing.closed_days, &name)} }
            }
            if open() {
                OpenForm { standing: standing.clone(), on_cancel: move |()| open.set(false) }
            } else {
                button { class: "button button-main", r#type: "button", "data-testid": "open-{standing.code}", onclick: move |_| open.set(true),
                    Icon { glyph: Glyph::Unlock }
                    {t.boxes_open()}
                }
            }
        }
    }
}

#[component]
fn OpeningItem(row: BoxRow) -> Element {
    let t = use_texts();
    let settings = use_settings();
    let today = use_today();
    rsx! {
        Link { class: "item item-go", to: Route::OpeningPage { record: row.record.to_string() }, "data-testid": "opening-{row.record}",
            span { class: "stack-s",
                span { class: "item-title", bdi { {box_name(t, &settings, &row.code)} } " · " {t.days_ago(row.date, today)} }
                span { class: "soft", {counts(t, &row)} }
                span { class: "row",
                    if row.conflict {
                        span { class: "badge badge-danger", Icon { glyph: Glyph::Split } {t.case_conflict()} }
                    }
                    SyncBadge { sync: row.sync }
                }
            }
            Icon { glyph: Glyph::ChevronEnd }
        }
    }
}

/// "12 papers: 9 entered, 1 sensitive in the signed envelope, 2 left".
fn counts(t: Texts, row: &BoxRow) -> String {
    t.opening_counts(&t.number(row.entered), &t.number(row.left.len()), &t.number(row.papers), &t.number(row.sealed))
}

#[component]
fn OpenForm(standing: BoxStanding, on_cancel: EventHandler<()>) -> Element {
    let t = use_texts();
    let app = use_app();
    let settings = use_settings();
    let today = use_today();
    let navigator = use_navigator();
    let me = use_me();
    let mut date = use_signal(|| today);
    let mut last = use_signal(|| standing.last);
    let mut other = use_signal(String::new);
    let mut other_text = use_signal(String::new);
    let mut papers = use_signal(|| None::<i64>);
    let mut from = use_signal(|| Some(1_i64));
    let mut problems = use_signal(Vec::<(String, String)>::new);
    let mut busy = use_signal(|| false);
    let people = names::people(t, &settings, |person| me.as_ref().is_none_or(|me| me.id != person.id));
    let own = me.map(|me| me.id.to_string()).unwrap_or_default();
    let code = standing.code.clone();
    let save = move |event: FormEvent| {
        event.prevent_default();
        let mut facts: Facts =
            [("box".to_owned(), Fact::from(code.as_str())), ("date".to_owned(), date().to_string().into())].into();
        facts.insert(format!("opener.{own}"), Fact::Flag(true));
        if !other().is_empty() {
            facts.insert(format!("opener.{}", other()), Fact::Flag(true));
        }
        facts.extend(
            Some(other_text())
                .filter(|text| !text.trim().is_empty())
                .map(|text| ("other_opener".to_owned(), text.as_str().into())),
        );
        facts.extend(last().map(|day| ("last_opened_on".to_owned(), day.to_string().into())));
        facts.extend(papers().map(|number| ("papers".to_owned(), Fact::Number(number))));
        facts.extend(from().map(|number| ("slip_from".to_owned(), Fact::Number(number))));
        let record = record_of(&code, date());
        async move {
            if busy() {
                return;
            }
            busy.set(true);
            match platform::call(Request::Do(Intent::OpenBox { record, facts })).await {
                Answer::Saved(_) => {
                    app.say(t.boxes_saved());
                    navigator.push(Route::OpeningPage { record: record.to_string() });
                }
                Answer::Failed(failure) if failure.fields.is_empty() => app.say(names::failure(t, failure.code)),
                Answer::Failed(failure) => problems.set(failure.fields),
                _ => {}
            }
            busy.set(false);
        }
    };
    let problem = move |key: &str| {
        let found = problems.read().iter().find(|(field, _)| field == key).map(|(_, code)| code.clone());
        found.map(|code| t.coded("problem", &code).unwrap_or_else(|| t.field_look_again()))
    };
    rsx! {
        form { class: "stack", novalidate: true, tabindex: "-1", "aria-label": t.boxes_open(), onmounted: take_focus, onsubmit: save,
            DayField { id: "box-date", label: t.boxes_date(), value: date(), problem: problem("date"), on_change: move |day: Option<Day>| if let Some(day) = day { date.set(day); } }
            SelectField { id: "box-other", label: t.boxes_other(), none: t.choose_one(), value: other(), options: people, on_change: move |user| other.set(user) }
            TextField { id: "box-other-text", label: t.boxes_other_text(), hint: t.boxes_other_hint(), value: other_text(), on_change: move |text| other_text.set(text) }
            Problem { id: "box-openers", words: problem("opener.*") }
            NumberField { id: "box-papers", label: t.boxes_papers(), value: papers(), max: MOST_PAPERS, problem: problem("papers"), on_change: move |number| papers.set(number) }
            NumberField { id: "box-slip-from", label: t.boxes_slip_from(), value: from(), max: 1_000_000, problem: problem("slip_from"), on_change: move |number| from.set(number) }
            if let (Some(papers), Some(from)) = (papers().filter(|papers| *papers > 0), from()) {
                p { class: "soft", {t.boxes_slips(&t.number(from), &t.number(from + papers - 1))} }
            }
            DayField { id: "box-last", label: t.boxes_last_opened(), value: last(), problem: problem("last_opened_on"), on_change: move |day| last.set(day) }
            div { class: "actions",
                button { class: "button", r#type: "button", onclick: move |_| on_cancel.call(()), {t.action_cancel()} }
                button { class: "button button-main", r#type: "submit", disabled: busy(), "data-testid": "save-opening", Icon { glyph: Glyph::Check } {t.boxes_save()} }
            }
        }
    }
}
