//! Taking a complaint, one decision a screen, on disk at every field. A report that may be sensitive leaves this form for another
//! page at once, and what was entered goes with it from the disk (design.md §7).

mod category;
mod consent;
mod dropped;
mod fast;
mod more;
mod on_spot;
mod photo;
mod place;
mod rather;
mod receipt;
mod review;
mod sealed;
mod sensitive_page;
mod steps;
mod tally;
mod what;
mod who;
mod words;

use crate::{
    components::{Confirm, FailedState, Ghost, Glyph, Icon, PageTitle, Services},
    hooks::{AppState, DraftForm, SaveState, empty_draft, new_record, use_app, use_draft, use_texts, use_today},
    platform,
    protocol::{Answer, Draft, DraftKind, Failure, FailureCode, Request, Saved},
    routes::Route,
    window,
};
use dioxus::prelude::*;
use futures_util::future::{Either, select};
pub(crate) use place::put_place;
pub(crate) use sensitive_page::Numbers;
use shared::{
    box_opening::CASE_OPENING,
    document::{
        content::Facts,
        fields::{self, FieldKind},
    },
    intent::{self, Intent},
    model::{
        ids::{Pcode, RecordId},
        record::DocKind,
    },
    settings::{Settings, sites::UNLISTED},
};
use std::pin::pin;
use steps::Step;

/// Begins a new complaint under an address of its own, so that a reload comes back to it.
#[component]
pub(crate) fn CaptureStart() -> Element {
    begin(|record| Route::CapturePage { record: record.to_string() })
}

/// Draws a record id and goes to the form at its address, without leaving this page in the history.
pub(crate) fn begin(to: fn(RecordId) -> Route) -> Element {
    let navigator = use_navigator();
    let failed = use_hook(|| match new_record() {
        Ok(record) => {
            navigator.replace(to(record));
            false
        }
        Err(_) => true,
    });
    rsx! {
        if failed {
            FailedState { code: FailureCode::Internal }
        } else {
            Ghost {}
        }
    }
}

/// The form of one record, new or resumed from its draft.
#[component]
pub(crate) fn CapturePage(record: String) -> Element {
    // Keyed: another record is another form, never the same one with its fields exchanged.
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
    let sticky = app.sticky;
    let mut begin_with = app.begin_with;
    let navigator = use_navigator();
    let first = use_resource(move || {
        let record = record.parse::<RecordId>();
        async move {
            let Ok(record) = record else { return Err(FailureCode::NotFound) };
            match platform::call(Request::Drafts).await {
                Answer::Drafts(drafts) => {
                    // Saved, and the address opened again: that is the record now, not a second form for it.
                    if !drafts.iter().any(|d| d.record == record)
                        && matches!(platform::call(Request::Case(record)).await, Answer::Case(_))
                    {
                        navigator.replace(Route::CasePage { record: record.to_string() });
                    }
                    // A sealed report that was under work when the app asked for its PIN.
                    let unkept = app.unkept;
                    let in_memory = unkept.peek().clone().filter(|draft| draft.record == record);
                    let on_disk = drafts.into_iter().find(|d| d.record == record);
                    let draft = in_memory.or(on_disk).unwrap_or_else(|| {
                        let mut draft = empty_draft(record, DraftKind::Complaint);
                        draft.facts = sticky.peek().clone();
                        // What the call's number says, once.
                        draft.facts.extend(std::mem::take(&mut *begin_with.write()));
                        // A paper out of a box can't be asked, and where and how it came is known.
                        if draft.facts.contains_key(CASE_OPENING) {
                            draft.step = Step::What.number();
                        }
                        draft.facts.insert("reg.received_on".into(), today.to_string().into());
                        draft.facts.insert("reg.day_exact".into(), true.into());
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
        Some(Ok(draft)) => rsx! { CaptureForm { first: draft.clone() } },
    }
}

/// Places a draft names.
pub(crate) fn places(draft: &Draft) -> Vec<Pcode> {
    let codes = ["place.adm4", "place.adm3"].map(|key| draft.facts.get(key).and_then(|f| f.as_text()).map(Pcode::from));
    codes.into_iter().flatten().collect()
}

/// What the form knows besides the draft.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Capture {
    /// The draft.
    pub(super) form: DraftForm,
    /// Fields that need another look: key and problem code.
    pub(super) problems: Signal<Vec<(String, String)>>,
    /// A sensitive report is being written down, to be sealed when it is saved.
    pub(super) sealing: Signal<bool>,
    /// Where one person follows the other: who is told how this form ended, instead of a page of its own.
    pub(super) burst: Option<Burst>,
}

/// The batch a form belongs to.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Burst {
    /// Told once the form has ended.
    pub(crate) on_end: Callback<Ended>,
    /// What the person before goes away with, until the next one is asked.
    pub(crate) before: Signal<Option<Handed>>,
}

/// How a form of a batch ended.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Ended {
    /// On disk.
    Saved(Handed),
    /// Not recorded: only counted, or dropped.
    Otherwise,
}

/// What a person goes away with.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Handed {
    /// What was saved.
    pub(crate) saved: Saved,
    /// A card is safe for them.
    pub(crate) card: bool,
    /// It is sealed: nothing more is said of it here.
    pub(crate) sealed: bool,
}

impl Capture {
    /// Keys of a step that must be filled before going on: fewer where the report is to be sealed.
    pub(super) fn missing(self, step: Step, facts: &Facts, settings: &Settings) -> Vec<String> {
        let sealing = (self.sealing)() && intent::is_sensitive(facts, settings);
        if sealing { sealed::missing(step, facts) } else { step.missing(facts, settings) }
    }

    /// The problem of a field in words.
    pub(super) fn problem(self, t: shared::text::Texts, key: &str) -> Option<String> {
        let problems = self.problems.read();
        let (_, code) = problems.iter().find(|(field, _)| field == key)?;
        Some(t.coded("problem", code).unwrap_or_else(|| t.field_look_again()))
    }

    /// Puts a fact. Of a report that turns out to be sensitive nothing but the clear header goes to the disk from here on.
    pub(super) fn put(self, key: &str, fact: Option<shared::document::content::Fact>) {
        let mut problems = self.problems;
        // Who reads a signal is drawn again when it is written: only if there is something to take out.
        if problems.peek().iter().any(|(field, _)| field == key) {
            problems.write().retain(|(field, _)| field != key);
        }
        let change = |facts: &mut Facts| {
            // What was told answers the subject it was told on.
            if key == "reg.category" && facts.get(key) != fact.as_ref() {
                intent::untell(facts);
            }
            match fact {
                Some(fact) => facts.insert(key.to_owned(), fact),
                None => facts.remove(key),
            };
        };
        if is_typed(key) { self.form.type_in(change) } else { self.form.change(change) }
    }
}

/// Whether a field takes letters; the others take one choice at a time.
fn is_typed(key: &str) -> bool {
    if key == intent::TOLD {
        return true;
    }
    let (doc, field) = match key.split_once('.') {
        Some(("contact", field)) => (DocKind::Contact, field),
        Some(("subject", field)) => (DocKind::Subject, field),
        _ => (DocKind::Case, key),
    };
    fields::find(doc, field).is_some_and(|found| matches!(found.kind, FieldKind::Text(_)))
}

/// The form itself: of a batch on one screen, else, and for whatever may be sensitive or is about one of us, one decision a screen.
#[component]
pub(crate) fn CaptureForm(first: Draft, #[props(default)] burst: Option<Burst>) -> Element {
    let t = use_texts();
    let app = use_app();
    let taken_up = app.unkept.peek().as_ref().is_some_and(|draft| draft.record == first.record);
    let form = use_draft(
        move || first,
        move |facts| app.settings.peek().as_ref().map_or_else(Facts::new, |settings| intent::keepable(&facts, settings)),
    );
    let capture = Capture { form, problems: use_signal(Vec::new), sealing: use_signal(|| taken_up), burst };
    let mut whole = use_signal(|| false);
    sealed::use_memory(app, capture);
    let saved = use_signal(|| None::<Saved>);
    // Memos: a letter typed draws the field again, not the whole form.
    let refused = use_memo(move || form.text("consent.record") == "no");
    let rather = use_memo(move || !form.text(intent::PREFERS).is_empty());
    let sensitive = use_memo(move || {
        let settings = app.settings.read();
        settings.as_ref().is_some_and(|settings| form.ask(|facts| intent::is_sensitive(facts, settings)))
    });
    let at = use_memo(move || form.step());
    let can_seal = sealed::use_can_seal(app, capture, sensitive);
    if let Some(saved) = saved() {
        return rsx! { receipt::Receipt { saved, facts: form.facts() } };
    }
    if rather() {
        return rsx! { rather::Meeting { capture, saved, can_seal: can_seal() } };
    }
    let sealing = sensitive() && (capture.sealing)();
    if sensitive() && !(sealing && can_seal() == Some(true)) {
        return rsx! { sensitive_page::Sensitive { capture, saved, can_seal: can_seal() } };
    }
    if refused() && !sealing {
        return rsx! { tally::Tally { capture } };
    }
    let about_us = !["", "none"].contains(&form.text("reg.subject_role").as_str());
    if burst.is_some() && !sealing && !whole() && !about_us {
        let leave = move |step: Step| {
            whole.set(true);
            form.go(step.number());
        };
        return rsx! { fast::FastForm { capture, saved, on_whole: leave } };
    }
    let step = Step::at(at());
    let next = move |_| {
        let missing = capture.missing(step, &form.facts(), &use_settings_now(app));
        let mut problems = capture.problems;
        if missing.is_empty() {
            form.go(sealed::after(step, sealing && refused()).number());
        } else {
            spawn(window::focus_first_problem());
        }
        problems.set(missing.into_iter().map(|key| (key, "required".to_owned())).collect());
    };
    rsx! {
        div { class: "page", "data-testid": "capture", "data-step": step.id(),
            for at in [step] {
                PageTitle { key: "{at.id()}", title: at.title(t),
                    // Of what is to be sealed the disk has the clear header only: to say that it is saved would be a lie.
                    if !sealing {
                        SaveMark { form }
                    }
                }
            }
            if sealing {
                sealed::Notice { capture }
            }
            StepDots { step }
            match step {
                Step::Consent => rsx! { consent::Consent { capture } },
                Step::Place => rsx! { place::PlaceStep { capture } },
                Step::What if sealing => rsx! { sealed::WhatStep { capture } },
                Step::What => rsx! { what::WhatStep { capture } },
                Step::Who => rsx! { who::WhoStep { capture } },
                Step::Words => rsx! { words::WordsStep { capture } },
                Step::Review => rsx! { review::ReviewStep { capture, saved } },
            }
            if step != Step::Consent && step != Step::Review {
                div { class: "actions actions-stay",
                    BackButton { capture, step }
                    button { class: "button button-main button-big", r#type: "button", "data-testid": "next", onclick: next,
                        {t.action_next()}
                        Icon { glyph: Glyph::Next }
                    }
                }
            }
            if !sealing {
                dropped::Dropped { capture }
            }
            rather::Exit { capture }
            Services { adm3: form.text("place.adm3") }
            DropDraft { form, burst }
        }
    }
}

fn use_settings_now(app: AppState) -> std::rc::Rc<shared::settings::Settings> {
    app.settings.peek().clone().unwrap_or_default()
}

/// One step back.
#[component]
pub(super) fn BackButton(capture: Capture, step: Step) -> Element {
    let t = use_texts();
    let form = capture.form;
    let skips_who = move || (capture.sealing)() && form.text("consent.record") == "no";
    rsx! {
        button { class: "button button-big", r#type: "button", "data-testid": "back", onclick: move |_| form.go(sealed::before(step, skips_who()).number()),
            Icon { glyph: Glyph::Back }
            {t.action_back()}
        }
    }
}

#[component]
fn StepDots(step: Step) -> Element {
    let t = use_texts();
    let at = usize::from(step.number()) + 1;
    rsx! {
        div {
            p { class: "unseen", {t.capture_step(&t.number(at), &t.number(Step::ALL.len()))} }
            ol { class: "steps", "aria-hidden": "true",
                for other in Step::ALL {
                    li { key: "{other.id()}", class: if other == step { "now" } else if other.number() < step.number() { "done" } else { "" } }
                }
            }
        }
    }
}

/// Whether the form is on disk, said quietly.
#[component]
pub(crate) fn SaveMark(form: DraftForm) -> Element {
    let t = use_texts();
    let (class, glyph, words, state) = match form.state() {
        SaveState::Fresh => return rsx! { span { "data-testid": "save-state", "data-state": "fresh" } },
        SaveState::Saving => ("badge", Glyph::Hourglass, t.draft_saving(), "saving"),
        SaveState::Saved => ("badge badge-good", Glyph::Check, t.draft_saved(), "saved"),
        SaveState::Failed(code) => ("badge badge-danger", Glyph::Alert, crate::components::names::failure(t, code), "failed"),
    };
    rsx! {
        span { class, role: "status", "data-testid": "save-state", "data-state": state, Icon { glyph } "{words}" }
    }
}

/// Drops the draft, after asking.
#[component]
pub(crate) fn DropDraft(form: DraftForm, #[props(default)] burst: Option<Burst>) -> Element {
    let t = use_texts();
    let navigator = use_navigator();
    let mut asking = use_signal(|| false);
    rsx! {
        div { class: "row-between",
            Link { class: "button button-quiet", to: Route::HomePage {}, "data-testid": "leave", {t.draft_leave()} }
            button { class: "button button-quiet danger-text", r#type: "button", "data-testid": "drop-draft", onclick: move |_| asking.set(true),
                Icon { glyph: Glyph::Trash }
                {t.draft_drop()}
            }
        }
        if asking() {
            Confirm {
                title: t.draft_drop_title(),
                words: t.draft_drop_words(),
                yes: t.draft_drop(),
                danger: true,
                on_no: move |()| asking.set(false),
                on_yes: move |()| {
                    form.finish();
                    spawn(async move {
                        platform::call(Request::DropDraft(form.record())).await;
                        match burst {
                            Some(burst) => burst.on_end.call(Ended::Otherwise),
                            None => drop(navigator.replace(Route::HomePage {})),
                        }
                    });
                },
            }
        }
    }
}

/// Saving with one press: whether it is under way, whether that is to be seen, and why the last one failed.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Saving {
    under_way: Signal<bool>,
    busy: Signal<bool>,
    failed: Signal<Option<Failure>>,
}

/// Milliseconds after which a person wonders whether the press was felt.
const WONDERING_MS: i32 = 250;

/// Nothing pressed yet.
pub(super) fn use_saving() -> Saving {
    Saving { under_way: use_signal(|| false), busy: use_signal(|| false), failed: use_signal(|| None) }
}

impl Saving {
    /// Pressed; pressing again meanwhile does nothing.
    pub(super) async fn press(mut self, app: AppState, capture: Capture, saved: Signal<Option<Saved>>) {
        if *self.under_way.peek() {
            return;
        }
        self.under_way.set(true);
        let saving = save(app, capture, saved);
        // Mostly it is on disk before "saving" would be drawn, and on a cheap phone that drawing holds the receipt up.
        let failed = match select(pin!(saving), pin!(window::pause_ms(WONDERING_MS))).await {
            Either::Left((failed, _)) => failed,
            Either::Right(((), saving)) => {
                self.busy.set(true);
                saving.await
            }
        };
        self.failed.set(failed);
        if *self.busy.peek() {
            self.busy.set(false);
        }
        self.under_way.set(false);
    }
}

/// Saves the complaint. The form ends only once it is on disk.
async fn save(app: AppState, capture: Capture, mut saved: Signal<Option<Saved>>) -> Option<Failure> {
    let form = capture.form;
    let facts = form.facts();
    let request = Request::Do(Intent::RecordComplaint { record: form.record(), facts: facts.clone() });
    match platform::call(request).await {
        Answer::Saved(done) => {
            form.finish();
            let settings = use_settings_now(app);
            let handed = Handed {
                saved: done.clone(),
                card: facts.get("receipt_given") == Some(&true.into()),
                sealed: intent::is_sensitive(&facts, &settings),
            };
            // What is sealed now is not to be read here any more.
            form.change(|facts| {
                facts.retain(|key, _| ["reg.received_on", "receipt_given", CASE_OPENING].contains(&key.as_str()))
            });
            let mut sticky = app.sticky;
            sticky.set(stays(&facts));
            match capture.burst {
                Some(burst) => burst.on_end.call(Ended::Saved(handed)),
                None => saved.set(Some(done)),
            }
            None
        }
        Answer::Failed(failure) => {
            let mut problems = capture.problems;
            problems.set(failure.fields.clone());
            if let Some(step) = failure.fields.iter().filter_map(|(key, _)| Step::of(key)).min_by_key(|s| s.number()) {
                form.go(step.number());
            }
            Some(failure)
        }
        _ => Some(Failure { code: FailureCode::Internal, fields: Vec::new() }),
    }
}

/// What the next complaint begins with: where and how, never who or what.
fn stays(facts: &Facts) -> Facts {
    let keys = ["project", "place.adm3", "place.adm4", UNLISTED, "intake.channel"];
    facts.iter().filter(|(key, _)| keys.contains(&key.as_str())).map(|(k, f)| (k.clone(), f.clone())).collect()
}
