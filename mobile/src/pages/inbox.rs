//! The officer's list: what is overdue, due soon or nobody's first, one case to open or many to work through. All of it by keyboard.

mod many;
pub(super) mod one_by_one;

use crate::{
    components::{CaseLine, EmptyState, Glyph, Icon, Loaded, PageTitle, PlaceFinder, SelectField, TextField, names},
    hooks::{INBOX_ROWS, Load, Table, use_app, use_asked, use_me, use_settings, use_texts},
    protocol::{Answer, CasePage as Cases, CaseQuery, CaseSort, CaseView, MOST_COUNTED, PlaceHit, Request, ViewCounts},
    routes::Route,
};
use dioxus::prelude::*;
use many::{Many, ManyBar};
use one_by_one::Deed;
use shared::model::{
    codes::Status,
    ids::{RecordId, UserId},
    row::CaseRow,
};
use std::{collections::BTreeMap, rc::Rc};

/// Views as tabs, in this order.
const VIEWS: [(CaseView, &str); 9] = [
    (CaseView::Inbox, "inbox"),
    (CaseView::Overdue, "overdue"),
    (CaseView::DueSoon, "due_soon"),
    (CaseView::Unassigned, "unassigned"),
    (CaseView::Mine, "mine"),
    (CaseView::ToAccept, "to_accept"),
    (CaseView::Attention, "attention"),
    (CaseView::Closed, "closed"),
    (CaseView::All, "all"),
];
const SORTS: [(CaseSort, &str); 4] =
    [(CaseSort::Pressing, "pressing"), (CaseSort::Newest, "newest"), (CaseSort::Oldest, "oldest"), (CaseSort::Level, "level")];

/// Rows listed at most: beyond, searching is quicker than reading on.
const MOST_ROWS: u32 = 200;

/// Rows on screen, for moving the focus among them.
type Rows = Signal<BTreeMap<usize, Rc<MountedData>>>;

/// Tabs, filters, list.
#[component]
pub(crate) fn InboxPage() -> Element {
    let t = use_texts();
    let app = use_app();
    let me = use_me().map(|me| me.id);
    let (me_again, whose) = (me.clone(), me.clone());
    let mut query = app.inbox;
    let mut at_server = use_signal(|| false);
    let cases = use_asked(
        Table::Cases,
        move || {
            let asked = for_me(query(), me.clone());
            if at_server() { Request::CasesOnline(asked) } else { Request::Cases(asked) }
        },
        |answer| if let Answer::Cases(page) = answer { Some(Load::Ready(page)) } else { None },
    );
    let counts = if let Load::Ready(page) = &cases.load { page.counts } else { None };
    let rows: Rows = use_signal(BTreeMap::new);
    let mut at = use_signal(|| None::<usize>);
    let mut search = use_signal(|| None::<Rc<MountedData>>);
    let many = many::use_many();
    let mut help = use_signal(|| false);
    let listed: Rc<[CaseRow]> = if let Load::Ready(page) = &cases.load { page.rows.as_slice().into() } else { Rc::new([]) };
    let mut move_to = {
        let listed = Rc::clone(&listed);
        move |index: usize, choosing: bool| {
            let row = rows.peek().get(&index).cloned();
            if let Some(row) = row {
                if choosing && !at_server() {
                    many.add([*at.peek(), Some(index)].into_iter().flatten().filter_map(|n| listed.get(n)));
                }
                at.set(Some(index));
                spawn(async move {
                    row.set_focus(true).await.ok();
                });
            }
        }
    };
    let keys = move |event: KeyboardEvent| {
        let held = event.modifiers();
        if held.ctrl() || held.meta() || held.alt() {
            return;
        }
        let (next, previous) = (at().map_or(0, |n| n + 1), at().unwrap_or(0).saturating_sub(1));
        let deed = |key: &str| match key {
            "c" | "ؤ" => Some(Deed::Classify),
            "o" | "خ" => Some(Deed::Accept),
            "a" | "ش" => Some(Deed::Assign),
            "r" | "ق" => Some(Deed::Answer),
            "l" | "م" => Some(Deed::Close),
            _ => None,
        };
        match event.key() {
            Key::ArrowDown => move_to(next, held.shift()),
            Key::ArrowUp => move_to(previous, held.shift()),
            Key::Escape => many.back(),
            Key::Character(key) => match key.to_lowercase().as_str() {
                "j" | "ت" => move_to(next, held.shift()),
                "k" | "ن" => move_to(previous, held.shift()),
                "x" | "ء" if !at_server() => {
                    if let Some(row) = at().and_then(|n| listed.get(n)) {
                        many.toggle(row);
                    }
                }
                "*" if !at_server() => {
                    let asked = query.peek().clone();
                    let me = me_again.clone();
                    spawn(async move { many.add_all(for_me(asked, me)).await });
                }
                "?" | "؟" => help.toggle(),
                "/" | "ظ" => {
                    if let Some(field) = search.peek().clone() {
                        spawn(async move {
                            field.set_focus(true).await.ok();
                        });
                    }
                }
                other => match deed(other) {
                    Some(deed) => many.begin(deed),
                    None => return,
                },
            },
            _ => return,
        }
        event.prevent_default();
    };
    let view = query.read().view;
    rsx! {
        div { class: "page page-wide", "data-testid": "inbox", onkeydown: keys,
            PageTitle { title: t.nav_inbox(), button { class: "button button-quiet only-wide", r#type: "button", "aria-expanded": help(), "data-testid": "keys", onclick: move |_| help.toggle(), {t.many_keys()} } }
            if help() {
                p { class: "card soft", role: "status", "data-testid": "keys-help", {t.many_help()} }
            }
            div { class: "tabs", role: "group", "aria-label": t.inbox_views(),
                for (tab , id) in VIEWS {
                    button {
                        key: "{id}",
                        r#type: "button",
                        "aria-pressed": tab == view,
                        "data-testid": "tab-{id}",
                        onclick: move |_| {
                            at.set(None);
                            at_server.set(at_server() && tab != CaseView::ToAccept);
                            query.with_mut(|q| { q.view = tab; q.limit = INBOX_ROWS; });
                        },
                        {names::coded(t, "view", id)}
                        if let Some(count) = tab_count(tab, counts) {
                            span { class: tab_class(tab, count), {t.number(count)} }
                        }
                    }
                }
            }
            // What is typed here is not a command.
            div { onkeydown: move |event| event.stop_propagation(),
                Filters { on_search_mounted: move |field| search.set(Some(field)) }
            }
            if at_server() {
                div { class: "card row", role: "status", "data-testid": "list-at-server",
                    Icon { glyph: Glyph::Cloud }
                    span { class: "grow", {t.inbox_at_server()} }
                    button { class: "button", r#type: "button", "data-testid": "list-here", onclick: move |_| at_server.set(false), {t.inbox_back_here()} }
                }
            }
            Downloading {}
            if !at_server() {
                ManyBar { many, query: for_me(query(), whose) }
            }
            Loaded {
                asked: cases,
                empty: rsx! {},
                ready: move |page: Cases| rsx! {
                    if page.rows.is_empty() {
                        EmptyState { glyph: Glyph::Inbox, title: t.inbox_none(), words: if is_filtered(&query.read()) { t.inbox_none_filtered() } else { t.inbox_none_words() },
                            if is_filtered(&query.read()) {
                                button { class: "button", r#type: "button", "data-testid": "clear-filters", onclick: move |_| query.with_mut(|q| *q = CaseQuery { view: q.view, limit: INBOX_ROWS, ..CaseQuery::default() }), {t.inbox_clear()} }
                            }
                        }
                    } else {
                        p { class: "faint", role: "status", "data-testid": "total",
                            if page.counts.is_none() && page.total >= MOST_COUNTED { {t.inbox_total_most(&t.number(MOST_COUNTED))} } else { {t.inbox_total(page.total)} }
                        }
                        RowList { list: page.rows.clone(), rows, at, many, can_choose: !at_server() }
                        if page.total > MOST_ROWS && query.read().limit >= MOST_ROWS {
                            p { class: "faint", "data-testid": "narrow", {t.inbox_narrow(&t.number(MOST_ROWS))} }
                        } else if page.total > query.read().limit {
                            button { class: "button button-wide", r#type: "button", "data-testid": "more", onclick: move |_| query.with_mut(|q| q.limit = (q.limit + INBOX_ROWS).min(MOST_ROWS)), {t.list_more(page.total - query.read().limit)} }
                        }
                    }
                },
            }
            if !at_server() && view != CaseView::ToAccept && (matches!(view, CaseView::Closed | CaseView::All) || !query.read().text.is_empty()) {
                button { class: "button button-quiet start", r#type: "button", "data-testid": "search-server", onclick: move |_| at_server.set(true), Icon { glyph: Glyph::Cloud } {t.inbox_search_server()} }
            }
        }
    }
}

#[component]
fn RowList(list: Vec<CaseRow>, rows: Rows, at: Signal<Option<usize>>, many: Many, can_choose: bool) -> Element {
    let t = use_texts();
    let mut rows = rows;
    let mut at = at;
    let all: Rc<[CaseRow]> = list.as_slice().into();
    let chosen = many.chosen.read();
    rsx! {
        ul { class: "card card-flush list",
            for (index , row) in list.into_iter().enumerate() {
                li { key: "{row.record}", class: if can_choose { "item-pick" } else { "" },
                    if can_choose && row.level.is_sealed() {
                        span { class: "pick", title: t.many_sealed(), Icon { glyph: Glyph::Lock } span { class: "unseen", {t.many_sealed()} } }
                    } else if can_choose {
                        label { class: "pick",
                            input { r#type: "checkbox", checked: chosen.contains_key(&row.record), "aria-label": t.many_choose(&names::ref_no(t, &row.ref_no)), "data-testid": "pick-{row.ref_no}",
                                onclick: {
                                    let all = Rc::clone(&all);
                                    move |event: MouseEvent| {
                                        if event.modifiers().shift() {
                                            let from = at().unwrap_or(index);
                                            // The box itself is toggled by the press.
                                            many.add(all.get(from.min(index)..=from.max(index)).unwrap_or_default().iter().filter(|other| other.record != row_at(&all, index)));
                                        }
                                        at.set(Some(index));
                                    }
                                },
                                onchange: { let row = row.clone(); move |_| many.toggle(&row) },
                            }
                        }
                    }
                    div {
                        onkeydown: {
                            let row = row.clone();
                            move |event: KeyboardEvent| {
                                if can_choose && event.key() == Key::Character(" ".to_owned()) {
                                    event.prevent_default();
                                    many.toggle(&row);
                                }
                            }
                        },
                        Link {
                            class: if at() == Some(index) { "item on" } else { "item" },
                            to: Route::CasePage { record: row.record.to_string() },
                            "data-testid": "case-{row.ref_no}",
                            onmounted: move |event: MountedEvent| {
                                rows.write().insert(index, event.data());
                            },
                            onclick: move |_| at.set(Some(index)),
                            CaseLine { row: row.clone(), with_sync: false }
                        }
                    }
                }
            }
        }
    }
}

fn row_at(rows: &[CaseRow], index: usize) -> RecordId {
    rows.get(index).map_or(RecordId([0; 16]), |row| row.record)
}

/// The question with whose cases "mine" are.
fn for_me(mut asked: CaseQuery, me: Option<UserId>) -> CaseQuery {
    if asked.view == CaseView::Mine {
        asked.assignee = me;
    }
    asked
}

#[component]
fn Filters(on_search_mounted: EventHandler<Rc<MountedData>>) -> Element {
    let t = use_texts();
    let settings = use_settings();
    let mut query = use_app().inbox;
    let now = query();
    let coded =
        |list: &[(&str, String)]| list.iter().map(|(code, words)| ((*code).to_owned(), words.clone())).collect::<Vec<_>>();
    let levels: Vec<(String, String)> = (1..=5u8).map(|n| (n.to_string(), t.level_named(&t.number(n)))).collect();
    let statuses: Vec<(String, String)> = Status::ALL
        .iter()
        .filter(|s| **s != Status::Draft)
        .map(|s| (s.id().to_owned(), names::coded(t, "status", s.id())))
        .collect();
    let projects: Vec<(String, String)> =
        settings.projects.iter().map(|p| (p.code.to_string(), t.label(&p.name).to_owned())).collect();
    let sorts = coded(&SORTS.map(|(_, id)| (id, names::coded(t, "sort", id))));
    let sort = SORTS.iter().find(|(sort, _)| *sort == now.sort).map_or("", |(_, id)| id);
    rsx! {
        div { class: "stack-s",
            div { class: "filters",
                TextField { id: "search", label: t.inbox_search(), value: now.text.clone(), kind: "search", on_mounted: on_search_mounted, on_change: move |v: String| query.with_mut(|q| { q.text = v; q.limit = INBOX_ROWS; }) }
                SelectField { id: "sort", label: t.list_sort(), value: sort, options: sorts,
                    on_change: move |id: String| if let Some((sort, _)) = SORTS.iter().find(|(_, code)| *code == id) { query.with_mut(|q| q.sort = *sort); } }
            }
            details { open: is_filtered(&now),
                summary { "data-testid": "filters", Icon { glyph: Glyph::Filter } {t.list_filters()} }
                div { class: "filters",
                    SelectField { id: "filter-level", label: t.field_level(), none: t.list_all(), value: now.level.map(|n| n.to_string()).unwrap_or_default(), options: levels,
                        on_change: move |v: String| query.with_mut(|q| q.level = v.parse().ok()) }
                    SelectField { id: "filter-status", label: t.field_status(), none: t.list_all(), value: now.status.map_or("", Status::id), options: statuses,
                        on_change: move |v: String| query.with_mut(|q| q.status = Status::from_id(&v)) }
                    SelectField { id: "filter-project", label: t.field_project(), none: t.list_all(), value: now.project.as_ref().map(ToString::to_string).unwrap_or_default(), options: projects,
                        on_change: move |v: String| query.with_mut(|q| q.project = (!v.is_empty()).then(|| v.as_str().into())) }
                    PlaceFinder { id: "filter-place", label: t.field_place(), chosen: now.place.clone(), on_choose: move |hit: Option<PlaceHit>| query.with_mut(|q| q.place = hit.map(|h| h.place.code)) }
                }
            }
        }
    }
}

fn is_filtered(query: &CaseQuery) -> bool {
    !query.text.is_empty() || query.level.is_some() || query.status.is_some() || query.project.is_some() || query.place.is_some()
}

fn tab_count(view: CaseView, counts: Option<ViewCounts>) -> Option<u32> {
    let counts = counts?;
    match view {
        CaseView::Overdue => Some(counts.overdue),
        CaseView::DueSoon => Some(counts.due_soon),
        CaseView::Unassigned => Some(counts.unassigned),
        CaseView::Attention => Some(counts.attention),
        CaseView::ToAccept => Some(counts.to_accept),
        CaseView::Inbox | CaseView::Mine | CaseView::Recorded | CaseView::Closed | CaseView::All => None,
    }
}

const fn tab_class(view: CaseView, count: u32) -> &'static str {
    match (view, count) {
        (_, 0) => "tab-count",
        (CaseView::Overdue | CaseView::Attention, _) => "tab-count tab-count-alarm",
        (CaseView::DueSoon, _) => "tab-count tab-count-warn",
        _ => "tab-count",
    }
}

/// How far a device is that still has much to fetch. The list is usable meanwhile and grows.
#[component]
fn Downloading() -> Element {
    let t = use_texts();
    let sync = use_app().sync;
    let far = sync.read().as_ref().filter(|sync| sync.running && sync.left > 0).map(|sync| (sync.fetched, sync.left));
    let Some((done, left)) = far else { return rsx! {} };
    rsx! {
        p { class: "faint", role: "status", "data-testid": "downloading", {t.inbox_downloading(&t.number(done), &t.number(done.saturating_add(left)))} }
    }
}
