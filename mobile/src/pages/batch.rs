//! Recording many people at one distribution: where and how is said once, then one person follows the other. How many so far is on top
//! and on disk, through a reload and a restart, until somebody ends it.

mod set_up;

use super::capture::{Burst, CaptureForm, Ended, Handed};
use crate::{
    components::{Confirm, FailedState, Ghost, Glyph, Icon, Loaded, names},
    hooks::{AppState, Asked, Load, Table, empty_draft, new_record, use_app, use_asked, use_settings, use_texts, use_today},
    platform,
    protocol::{
        Answer, Draft, DraftKind, FailureCode, Request,
        batch::{Batch, BatchRequest},
    },
    routes::Route,
};
use dioxus::prelude::*;
use shared::{
    document::content::Fact,
    intent::burst,
    model::{dates::Day, ids::Pcode},
};

fn use_batch() -> Asked<Option<Box<Batch>>> {
    use_asked(
        Table::Outbox,
        || Request::Batch(BatchRequest::Show),
        |answer| if let Answer::Batch(batch) = answer { Some(Load::Ready(batch)) } else { None },
    )
}

/// The batch that runs, or the form to begin one.
#[component]
pub(crate) fn BatchPage() -> Element {
    let asked = use_batch();
    let again = asked.clone();
    rsx! {
        Loaded { asked, empty: rsx! {}, ready: move |batch: Option<Box<Batch>>| {
            let again = again.clone();
            match batch {
                Some(batch) => rsx! { Running { batch: *batch, on_change: move |()| again.retry() } },
                None => rsx! { set_up::SetUp { on_done: move |()| again.retry() } },
            }
        } }
    }
}

/// On the first page: the batch that runs, on top, or the way to begin one.
#[component]
pub(crate) fn RunningTile() -> Element {
    let t = use_texts();
    let app = use_app();
    let Load::Ready(batch) = use_batch().load else { return rsx! {} };
    rsx! {
        Link { class: if batch.is_some() { "tile tile-do" } else { "tile tile-do tile-second" }, to: Route::BatchPage {}, "data-testid": "start-batch",
            Icon { glyph: Glyph::List }
            span {
                if let Some(batch) = batch {
                    {t.batch_running(&place_of(t, app, &batch))}
                    " · "
                    {t.batch_recorded(batch.recorded)}
                } else {
                    {t.batch_start()}
                }
            }
        }
    }
}

fn place_of(t: shared::text::Texts, app: AppState, batch: &Batch) -> String {
    let code = ["place.adm4", "place.adm3"].into_iter().find_map(|key| batch.facts.get(key).and_then(Fact::as_text));
    code.map(|code| names::place(t, app, &Pcode::from(code))).unwrap_or_default()
}

#[component]
fn Running(batch: Batch, on_change: EventHandler<()>) -> Element {
    let t = use_texts();
    let app = use_app();
    let settings = use_settings();
    let today = use_today();
    let navigator = use_navigator();
    let mut changing = use_signal(|| false);
    let mut ending = use_signal(|| false);
    let mut person = use_signal(|| None::<Draft>);
    let mut failed = use_signal(|| None::<FailureCode>);
    let mut before = use_signal(|| None::<Handed>);
    let places = super::capture::places(&as_draft(&batch));
    use_hook(|| spawn(app.learn_places(places)));
    let next = use_callback(move |(batch, moved): (Batch, bool)| {
        person.set(None);
        spawn(async move {
            match next_person(app, &batch, moved).await {
                Ok(draft) => person.set(Some(draft)),
                Err(code) => failed.set(Some(code)),
            }
        });
    });
    use_hook({
        let batch = batch.clone();
        move || next.call((batch, false))
    });
    let on_end = use_callback({
        let batch = batch.clone();
        move |ended: Ended| {
            before.set(if let Ended::Saved(handed) = ended { Some(handed) } else { None });
            next.call((Batch { person: None, ..batch.clone() }, false));
            on_change.call(());
        }
    });
    let day: Option<Day> = batch.facts.get("reg.received_on").and_then(Fact::as_text).and_then(|day| day.parse().ok());
    let project = batch.facts.get("project").and_then(Fact::as_text).map(|code| names::project(t, &settings, &code.into()));
    if changing() {
        return rsx! {
            set_up::SetUp { held: batch.facts.clone(), on_done: move |()| {
                spawn(async move {
                    if let Answer::Batch(Some(batch)) = platform::call(Request::Batch(BatchRequest::Show)).await {
                        next.call((*batch, true));
                    }
                    changing.set(false);
                    on_change.call(());
                });
            } }
        };
    }
    rsx! {
        div { class: "page", "data-testid": "batch-running",
            section { class: "card stack-s", "aria-labelledby": "batch-where",
                h1 { id: "batch-where", class: "item-title", {t.batch_running(&place_of(t, app, &batch))} }
                p { class: "soft",
                    if let Some(project) = project { bdi { "{project}" } " · " }
                    if let Some(day) = day { {t.day(day)} }
                }
                p { class: "strong", role: "status", "data-testid": "batch-counts", "data-recorded": "{batch.recorded}", "data-counted": "{batch.counted}",
                    {t.batch_recorded(batch.recorded)}
                    if batch.counted > 0 { " · " {t.batch_counted(batch.counted)} }
                }
                if day.is_some_and(|day| day != today) {
                    p { class: "warn-text row", "data-testid": "batch-old", Icon { glyph: Glyph::Alert } {t.batch_other_day()} }
                }
                div { class: "row",
                    button { class: "button button-quiet", r#type: "button", "data-testid": "batch-change", onclick: move |_| changing.set(true), Icon { glyph: Glyph::Edit } {t.action_change()} }
                    button { class: "button button-quiet", r#type: "button", "data-testid": "batch-end", onclick: move |_| ending.set(true), Icon { glyph: Glyph::Close } {t.batch_end()} }
                }
            }
            if ending() {
                Confirm { title: t.batch_end_title(), words: t.batch_end_words(&t.batch_recorded(batch.recorded)), yes: t.batch_end(),
                    on_no: move |()| ending.set(false),
                    on_yes: move |()| {
                        spawn(async move {
                            match platform::call(Request::Batch(BatchRequest::End)).await {
                                Answer::Batch(_) => drop(navigator.replace(Route::HomePage {})),
                                Answer::Failed(failure) => failed.set(Some(failure.code)),
                                _ => failed.set(Some(FailureCode::Internal)),
                            }
                            ending.set(false);
                        });
                    },
                }
            }
            if let Some(code) = failed() {
                FailedState { code }
            } else if let Some(draft) = person() {
                for first in [draft] {
                    CaptureForm { key: "{first.record}", first: first.clone(), burst: Burst { on_end, before } }
                }
            } else {
                Ghost { lines: 6 }
            }
        }
    }
}

fn as_draft(batch: &Batch) -> Draft {
    Draft { facts: batch.facts.clone(), ..empty_draft(shared::model::ids::RecordId([0; 16]), DraftKind::Complaint) }
}

/// The form under work, from memory or disk, or a new one; the batch knows of it before its first field. If the distribution `moved`,
/// the person at hand moved with it.
async fn next_person(app: AppState, batch: &Batch, moved: bool) -> Result<Draft, FailureCode> {
    if let Some(record) = batch.person {
        let unkept = app.unkept.peek().clone().filter(|draft| draft.record == record);
        let held = match (unkept, platform::call(Request::Drafts).await) {
            (Some(draft), _) => Some(draft),
            (None, Answer::Drafts(drafts)) => drafts.into_iter().find(|draft| draft.record == record),
            (None, Answer::Failed(failure)) => return Err(failure.code),
            (None, _) => None,
        };
        if let Some(mut draft) = held {
            if moved {
                draft.facts.retain(|key, _| !burst::SET_ONCE.contains(&key.as_str()));
                draft.facts.extend(burst::next_person(&batch.facts));
            }
            return Ok(draft);
        }
    }
    let record = new_record().map_err(|_| FailureCode::Internal)?;
    match platform::call(Request::Batch(BatchRequest::Person(record))).await {
        Answer::Batch(Some(batch)) => {
            Ok(Draft { facts: burst::next_person(&batch.facts), ..empty_draft(record, DraftKind::Complaint) })
        }
        Answer::Failed(failure) => Err(failure.code),
        _ => Err(FailureCode::Internal),
    }
}
