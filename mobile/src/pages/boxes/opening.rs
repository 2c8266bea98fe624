//! One opening: its papers by slip number, each entered as a case of its own or put into the signed envelope, until all are accounted
//! for. A sensitive paper is counted here and nowhere else: the sealed report never says which one it was.

use super::{box_name, counts};
use crate::{
    components::{Confirm, ConflictCard, Glyph, Icon, Loaded, PageTitle, SyncBadge, names},
    hooks::{Load, Table, use_app, use_asked, use_settings, use_texts},
    platform,
    protocol::{Answer, BoxOpening, Request},
    routes::Route,
};
use dioxus::prelude::*;
use shared::{
    box_opening::{CASE_OPENING, CASE_SLIP, sealed_key},
    document::content::{Fact, Facts},
    intent::Intent,
    model::{
        ids::RecordId,
        record::{DocKind, DocumentId},
    },
};

/// The page of one opening.
#[component]
pub(crate) fn OpeningPage(record: String) -> Element {
    rsx! {
        for record in [record] {
            One { key: "{record}", record: record.clone() }
        }
    }
}

#[component]
fn One(record: String) -> Element {
    let id = record.parse().unwrap_or(RecordId([0; 16]));
    let opening = use_asked(
        Table::Records,
        move || Request::Opening(id),
        |answer| if let Answer::Opening(opening) = answer { Some(Load::Ready(*opening)) } else { None },
    );
    rsx! {
        div { class: "page", "data-testid": "opening",
            Loaded { asked: opening, empty: rsx! {}, ready: move |opening: BoxOpening| rsx! { Whole { opening } } }
        }
    }
}

#[component]
fn Whole(opening: BoxOpening) -> Element {
    let t = use_texts();
    let settings = use_settings();
    let row = opening.row.clone();
    let openers: Vec<String> = opening
        .facts
        .keys()
        .filter_map(|key| key.strip_prefix("opener."))
        .map(|user| names::person(t, &settings, &user.into()))
        .chain(opening.facts.get("other_opener").and_then(Fact::as_text).map(str::to_owned))
        .collect();
    let left = row.left.len();
    rsx! {
        PageTitle { title: box_name(t, &settings, &row.code) }
        p { class: "row", span { {t.day(row.date)} } SyncBadge { sync: row.sync } }
        for conflict in opening.conflicts.clone() {
            ConflictCard { key: "{conflict.key}", may_choose: opening.may_put.contains(&conflict.key), conflict: conflict.clone() }
        }
        section { class: "card",
            p { class: "strong", role: "status", "data-testid": "box-counts", "data-papers": "{row.papers}", "data-entered": "{row.entered}", "data-sealed": "{row.sealed}", "data-left": "{left}",
                {counts(t, &row)}
            }
            if left == 0 && row.beyond == 0 && !row.conflict {
                p { class: "badge badge-good", "data-testid": "box-done", Icon { glyph: Glyph::Check } {t.opening_done()} }
            }
            if row.beyond > 0 {
                p { class: "badge badge-danger", "data-testid": "box-beyond", Icon { glyph: Glyph::Alert } {t.opening_beyond()} }
            }
            p { class: "soft", {t.opening_openers()} ": " bdi { {names::joined(t, openers)} } }
        }
        if opening.may_write {
            ul { class: "card card-flush list",
                for slip in row.left.clone() {
                    li { key: "{slip}", Slip { slip, opening: opening.clone() } }
                }
                for slip in opening.sealed.clone() {
                    li { key: "sealed-{slip}", Sealed { slip, record: row.record } }
                }
            }
        }
    }
}

/// What a paper's form begins with: how and when it came, from where.
fn first_facts(opening: &BoxOpening) -> Facts {
    let keep = |key: &str| opening.facts.get(key).map(|fact| (key.to_owned(), fact.clone()));
    let project = opening.facts.keys().find_map(|key| key.strip_prefix("project."));
    let mut facts: Facts = [keep("place.adm3"), keep("place.adm4")].into_iter().flatten().collect();
    facts.extend(project.map(|code| ("project".to_owned(), Fact::from(code))));
    facts.extend([
        ("intake.channel".to_owned(), Fact::from("box")),
        ("consent.record".to_owned(), Fact::from("not_possible")),
        ("reg.received_on".to_owned(), opening.row.date.to_string().into()),
    ]);
    facts
}

fn paper_of(record: RecordId, slip: i64) -> [(String, Fact); 2] {
    [(CASE_OPENING.to_owned(), record.to_string().as_str().into()), (CASE_SLIP.to_owned(), Fact::Number(slip))]
}

async fn mark(record: RecordId, slip: i64, sealed: bool) -> Answer {
    let document = DocumentId::first(record, DocKind::BoxOpening);
    let facts = [(sealed_key(slip), sealed.then_some(Fact::Flag(true)))].into();
    platform::call(Request::Do(Intent::SetFacts { document, facts })).await
}

#[component]
fn Slip(slip: i64, opening: BoxOpening) -> Element {
    let t = use_texts();
    let app = use_app();
    let navigator = use_navigator();
    let mut asking = use_signal(|| false);
    let record = opening.row.record;
    let begin = move |facts: Facts| {
        let mut begin_with = app.begin_with;
        begin_with.set(facts);
        navigator.push(Route::CaptureStart {});
    };
    let plain = first_facts(&opening);
    let sensitive = plain.clone();
    let number = t.number(slip);
    rsx! {
        div { class: "item item-still row-between",
            span { class: "item-title", {t.opening_slip(&number)} }
            span { class: "row",
                button { class: "button", r#type: "button", "data-testid": "envelope-{slip}", "aria-label": "{t.opening_slip(&number)}: {t.opening_sensitive()}", onclick: move |_| asking.set(true), Icon { glyph: Glyph::Shield } {t.opening_sensitive()} }
                button { class: "button button-main", r#type: "button", "data-testid": "enter-{slip}", "aria-label": "{t.opening_slip(&number)}: {t.opening_enter()}",
                    onclick: move |_| {
                        let mut facts = plain.clone();
                        facts.extend(paper_of(record, slip));
                        begin(facts);
                    },
                    Icon { glyph: Glyph::Edit }
                    {t.opening_enter()}
                }
            }
        }
        if asking() {
            Confirm { title: t.opening_envelope_title(&number), words: t.opening_envelope_words(), yes: t.opening_envelope_do(),
                on_no: move |()| asking.set(false),
                on_yes: move |()| {
                    asking.set(false);
                    let mut facts = sensitive.clone();
                    facts.insert("reg.may_be_sensitive".to_owned(), Fact::Flag(true));
                    spawn(async move {
                        match mark(record, slip, true).await {
                            Answer::Failed(failure) => app.say(names::failure(t, failure.code)),
                            _ => begin(facts),
                        }
                    });
                },
            }
        }
    }
}

#[component]
fn Sealed(slip: i64, record: RecordId) -> Element {
    let t = use_texts();
    let app = use_app();
    rsx! {
        div { class: "item item-still row-between", "data-testid": "sealed-slip-{slip}",
            span { class: "row", Icon { glyph: Glyph::Lock } {t.opening_slip(&t.number(slip))} " · " {t.opening_in_envelope()} }
            button { class: "button button-quiet", r#type: "button", "data-testid": "take-out-{slip}",
                onclick: move |_| async move {
                    if let Answer::Failed(failure) = mark(record, slip, false).await {
                        app.say(names::failure(t, failure.code));
                    }
                },
                {t.opening_take_out()}
            }
        }
    }
}
