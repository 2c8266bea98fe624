//! Many cases at once: which are chosen, what is to be done to all of them, how far it is, and what became of each. Sealed ones are
//! never among them.

use super::{
    super::case::{
        action_fields::{ActionField, Control, Values, fields, first_values},
        action_form::FieldControl,
    },
    one_by_one::{Deed, IN_PUBLIC, Outcome, one},
};
use crate::{
    components::{Confirm, FlagBox, Glyph, Icon, SelectField, names},
    hooks::{use_app, use_settings, use_texts, use_today},
    platform,
    protocol::{Answer, CaseDetail, CaseQuery, Request},
    routes::Route,
};
use dioxus::prelude::*;
use shared::model::{event::MAX_NOTE_CHARS, ids::RecordId, row::CaseRow};
use std::collections::BTreeMap;

/// Cases chosen, by record.
pub(super) type Chosen = Signal<BTreeMap<RecordId, CaseRow>>;
/// Rows a list answers at most, and cases chosen at most with one key.
const PAGE: u32 = 200;
const MOST: u32 = 1_000;

/// What the desk does with the chosen ones.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Many {
    pub(super) chosen: Chosen,
    /// The form that is open.
    pub(super) open: Signal<Option<Deed>>,
    /// How far: done so far, of how many; none while nothing runs.
    running: Signal<Option<(usize, usize)>>,
    stop: Signal<bool>,
    results: Signal<Vec<(CaseRow, Outcome)>>,
    /// A form was open: the keys go on from the bar.
    refocus: Signal<bool>,
}

/// Nothing chosen.
pub(super) fn use_many() -> Many {
    Many {
        chosen: use_signal(BTreeMap::new),
        open: use_signal(|| None),
        running: use_signal(|| None),
        stop: use_signal(|| false),
        results: use_signal(Vec::new),
        refocus: use_signal(|| false),
    }
}

impl Many {
    /// Chooses or leaves out one; a sealed case never.
    pub(super) fn toggle(mut self, row: &CaseRow) {
        if row.level.is_sealed() || self.running.peek().is_some() {
            return;
        }
        let mut chosen = self.chosen.write();
        if chosen.remove(&row.record).is_none() {
            chosen.insert(row.record, row.clone());
        }
    }

    /// Chooses these too.
    pub(super) fn add<'a>(mut self, rows: impl IntoIterator<Item = &'a CaseRow>) {
        if self.running.peek().is_none() {
            let plain = rows.into_iter().filter(|row| !row.level.is_sealed());
            self.chosen.write().extend(plain.map(|row| (row.record, row.clone())));
        }
    }

    /// Chooses everything the list would show, page after page.
    pub(super) async fn add_all(self, query: CaseQuery) {
        for offset in (0..MOST).step_by(PAGE as usize) {
            let asked = CaseQuery { offset, limit: PAGE, ..query.clone() };
            let Answer::Cases(page) = platform::call(Request::Cases(asked)).await else { return };
            self.add(&page.rows);
            if page.rows.len() < PAGE as usize {
                return;
            }
        }
    }

    /// Opens the form of a deed, if anything is chosen and nothing runs.
    pub(super) fn begin(mut self, deed: Deed) {
        if !self.chosen.peek().is_empty() && self.running.peek().is_none() {
            self.refocus.set(true);
            self.open.set(Some(deed));
        }
    }

    /// One step back: the form, or else the choice.
    pub(super) fn back(mut self) {
        if self.running.peek().is_some() {
            self.stop.set(true);
        } else if self.open.peek().is_some() {
            self.open.set(None);
        } else {
            self.chosen.write().clear();
            self.results.write().clear();
        }
    }
}

/// The bar over the list, and below it the form, the way so far, or what became of each.
#[component]
pub(super) fn ManyBar(many: Many, query: CaseQuery) -> Element {
    let t = use_texts();
    let count = many.chosen.read().len();
    let running = (many.running)();
    if count == 0 && many.results.read().is_empty() {
        return rsx! {};
    }
    rsx! {
        section { class: "card stack many", "data-testid": "many",
            div { class: "row-between",
                p { class: "strong", role: "status", "data-testid": "chosen", "data-count": "{count}", {t.many_chosen(u32::try_from(count).unwrap_or(u32::MAX))} }
                div { class: "row",
                    button { class: "button button-quiet", r#type: "button", "data-testid": "choose-all", disabled: running.is_some(),
                        onclick: move |_| { let query = query.clone(); async move { many.add_all(query).await; } },
                        {t.many_all()}
                    }
                    button { class: "button button-quiet", r#type: "button", "data-testid": "choose-none", disabled: running.is_some(), onclick: move |_| many.back(), Icon { glyph: Glyph::Close } {t.many_none()} }
                }
            }
            if let Some((done, all)) = running {
                Progress { many, done, all }
            } else if let Some(deed) = (many.open)() {
                for at in [deed] {
                    Form { key: "{at.kind()}", many, deed: at }
                }
            } else {
                div { class: "next-steps", tabindex: "-1",
                    onmounted: move |event| {
                        let mut refocus = many.refocus;
                        let back = *refocus.peek();
                        refocus.set(false);
                        async move { if back { event.data().set_focus(true).await.ok(); } }
                    },
                    for (deed , kind , key) in Deed::ALL {
                        button { key: "{kind}", class: "button", r#type: "button", disabled: count == 0, "data-testid": "many-{kind}", "aria-keyshortcuts": key, onclick: move |_| many.begin(deed),
                            {names::coded(t, "act", kind)}
                            kbd { "{key}" }
                        }
                    }
                }
                Results { many }
            }
        }
    }
}

#[component]
fn Progress(many: Many, done: usize, all: usize) -> Element {
    let t = use_texts();
    let mut stop = many.stop;
    rsx! {
        div { class: "stack-s", "data-testid": "progress",
            progress { max: "{all}", value: "{done}", "aria-label": t.many_progress(&t.number(done), &t.number(all)) }
            p { role: "status", {t.many_progress(&t.number(done), &t.number(all))} }
            button { class: "button", r#type: "button", "data-testid": "stop", onmounted: move |event| async move { event.data().set_focus(true).await.ok(); }, onclick: move |_| stop.set(true), Icon { glyph: Glyph::Pause } {t.many_stop()} }
        }
    }
}

/// What is asked once for all of them.
fn asked(deed: Deed) -> Vec<ActionField> {
    let note = Control::Note(MAX_NOTE_CHARS);
    match deed {
        Deed::Classify => vec![ActionField { name: "reason", kind: note, needed: false }],
        Deed::Answer => vec![
            ActionField { name: "talking_points", kind: note, needed: true },
            ActionField { name: "mode", kind: Control::Choice("mode"), needed: false },
        ],
        // Each as it was told.
        Deed::Accept => Vec::new(),
        Deed::Assign | Deed::Close => fields(deed.kind()),
    }
}

#[component]
fn Form(many: Many, deed: Deed) -> Element {
    let t = use_texts();
    let settings = use_settings();
    let today = use_today();
    let mut values = use_signal(Values::new);
    let mut lacking = use_signal(Vec::<&'static str>::new);
    let mut asking = use_signal(|| false);
    // What belongs to a case, like who can be responsible, is offered as for the first of them; the server rules on each.
    let first = use_resource(move || async move {
        let record = many.chosen.peek().keys().next().copied()?;
        match platform::call(Request::Case(record)).await {
            Answer::Case(case) => Some(case),
            _ => None,
        }
    });
    let case = first.read().clone().flatten();
    use_effect(move || {
        if let Some(Some(case)) = &*first.read()
            && matches!(deed, Deed::Assign | Deed::Close)
        {
            let begin: Values = first_values(deed.kind(), case, today).into_iter().filter(|(key, _)| key == "on").collect();
            values.write().extend(begin);
        }
    });
    let submit = move |event: FormEvent| {
        event.prevent_default();
        let typed = values.peek();
        let is_public = typed.get(IN_PUBLIC).is_some_and(|on| on == "yes");
        let empty = |name: &str| typed.get(name).is_none_or(|value| value.trim().is_empty());
        let needed = asked(deed).into_iter().filter(|f| f.needed || (deed == Deed::Answer && !is_public));
        let missing: Vec<_> = needed.map(|f| f.name).filter(|name| empty(name)).collect();
        drop(typed);
        asking.set(missing.is_empty());
        lacking.set(missing);
    };
    let count = u32::try_from(many.chosen.read().len()).unwrap_or(u32::MAX);
    let categories: Vec<(String, String)> = settings
        .categories
        .iter()
        .filter(|category| !category.retired && !category.sealed && !category.level.is_sealed())
        .map(|category| (category.code.to_string(), t.label(&category.label).to_owned()))
        .collect();
    let run = use_run(many, deed, values);
    let Some(case) = case else { return rsx! { p { class: "soft", role: "status", {t.state_loading()} } } };
    rsx! {
        // What is typed here is not a command; Escape leaves.
        div { onkeydown: move |event: KeyboardEvent| if event.key() != Key::Escape { event.stop_propagation() },
        form { class: "stack", novalidate: true, onsubmit: submit, "data-testid": "many-form",
            h3 { tabindex: "-1", onmounted: move |event| async move { event.data().set_focus(true).await.ok(); }, {names::coded(t, "act", deed.kind())} }
            if deed == Deed::Accept {
                p { class: "soft", {t.many_accept_words()} }
            }
            if deed == Deed::Classify {
                SelectField { id: "action.category", label: t.field_category(), none: t.many_as_recorded(), value: values.read().get("category").cloned().unwrap_or_default(), options: categories,
                    on_change: move |code: String| { values.write().insert("category".into(), code); } }
            }
            for field in asked(deed) {
                Ask { key: "{field.name}", field, case: (*case).clone(), values, lacks: lacking.read().contains(&field.name) }
            }
            if deed == Deed::Answer {
                FlagBox { id: "action.in_public", label: t.many_in_public(), value: values.read().get(IN_PUBLIC).is_some_and(|on| on == "yes"),
                    on_change: move |on: bool| { values.write().insert(IN_PUBLIC.into(), if on { "yes".into() } else { String::new() }); } }
            }
            div { class: "actions",
                button { class: "button", r#type: "button", "data-testid": "many-cancel", onclick: move |_| many.back(), {t.action_cancel()} }
                button { class: "button button-main", r#type: "submit", "data-testid": "many-do", {t.many_do(count)} }
            }
        }
        if asking() {
            Confirm { title: t.many_sure(count), words: t.many_sure_words(), yes: t.many_do(count),
                on_no: move |()| asking.set(false),
                on_yes: move |()| { asking.set(false); run.call(()); } }
        }
        }
    }
}

#[component]
fn Ask(field: ActionField, case: CaseDetail, values: Signal<Values>, lacks: bool) -> Element {
    let t = use_texts();
    let mut values = values;
    rsx! {
        FieldControl { field, case, value: values.read().get(field.name).cloned().unwrap_or_default(), problem: lacks.then(|| t.coded("problem", "required").unwrap_or_default()),
            on_change: move |value: String| { values.write().insert(field.name.to_owned(), value); } }
    }
}

/// One case after the other, until done or stopped. What is done stays done.
fn use_run(many: Many, deed: Deed, values: Signal<Values>) -> Callback<()> {
    let t = use_texts();
    let app = use_app();
    let settings = use_settings();
    let today = use_today();
    use_callback(move |()| {
        let Many { chosen, mut open, mut running, mut stop, mut results, .. } = many;
        let (rows, typed, settings) =
            (chosen.peek().values().cloned().collect::<Vec<_>>(), values.peek().clone(), settings.clone());
        // Lives with the list, not with the form, which goes at once.
        let work = async move {
            let mut ended = Vec::with_capacity(rows.len());
            stop.set(false);
            running.set(Some((0, rows.len())));
            open.set(None);
            for row in &rows {
                if *stop.peek() {
                    break;
                }
                let outcome = one(t, &settings, row.record, deed, &typed, today).await;
                ended.push((row.clone(), outcome));
                running.set(Some((ended.len(), rows.len())));
            }
            app.say(t.many_ended(u32::try_from(ended.len()).unwrap_or(u32::MAX)));
            results.set(ended);
            running.set(None);
        };
        dioxus::core::Runtime::current().in_scope(running.origin_scope(), || spawn(work));
    })
}

#[component]
fn Results(many: Many) -> Element {
    let t = use_texts();
    let results = many.results.read();
    if results.is_empty() {
        return rsx! {};
    }
    let count = |wanted: fn(&Outcome) -> bool| {
        u32::try_from(results.iter().filter(|(_, outcome)| wanted(outcome)).count()).unwrap_or(u32::MAX)
    };
    let (done, awaits) = (count(|o| !matches!(o, Outcome::Look(_))), count(|o| *o == Outcome::Awaits));
    let look: Vec<(CaseRow, String)> = results
        .iter()
        .filter_map(|(row, outcome)| if let Outcome::Look(why) = outcome { Some((row.clone(), why.clone())) } else { None })
        .collect();
    let left = u32::try_from(look.len()).unwrap_or(u32::MAX);
    rsx! {
        div { class: "stack-s", role: "status", "data-testid": "results", "data-done": "{done}", "data-awaits": "{awaits}", "data-look": "{left}",
            p { class: "row", Icon { glyph: Glyph::Check } strong { {t.many_done(done)} } }
            if awaits > 0 {
                p { class: "soft", {t.many_awaits(awaits)} }
            }
            if left > 0 {
                p { class: "strong warn-text", {t.many_look(left)} }
                ul { class: "list",
                    for (row , why) in look {
                        li { key: "{row.record}",
                            Link { class: "item", to: Route::CasePage { record: row.record.to_string() }, "data-testid": "look-{row.ref_no}",
                                bdi { class: "num ltr", {names::ref_no(t, &row.ref_no)} }
                                span { class: "soft", "{why}" }
                            }
                        }
                    }
                }
            }
        }
    }
}
