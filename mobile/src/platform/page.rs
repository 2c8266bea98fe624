//! The page's end on the web: starts the worker, queues what is asked until it listens, starts it again after a trap.
//! Runs no SQLite and no Automerge; sees the replica only as JSON.

use super::{
    envelope::{Asked, Told},
    subscribers::Subscribers,
};
use crate::protocol::{Answer, Failure, FailureCode, Notice, ReplicaStatus, Request, Stage};
use futures_channel::{mpsc::UnboundedReceiver, oneshot};
use shared::model::dates::UnixSeconds;
use std::{cell::RefCell, collections::BTreeMap};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};

/// A worker that traps this often in [`TRAP_WINDOW_MS`] is not started again: every answer is then a failure.
const MAX_TRAPS: usize = 5;
const TRAP_WINDOW_MS: f64 = 60_000.0;

/// What is known of the worker.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Starting,
    Ready,
    OtherTab,
    Unsupported,
    GivenUp,
}

struct Bridge {
    worker: Option<web_sys::Worker>,
    standing: Standing,
    queued: Vec<String>,
    pending: BTreeMap<u32, oneshot::Sender<Answer>>,
    next: u32,
    traps: Vec<f64>,
    persisted: Option<bool>,
    listeners: Subscribers,
}

thread_local! {
    static BRIDGE: RefCell<Bridge> = const {
        RefCell::new(Bridge {
            worker: None,
            standing: Standing::Starting,
            queued: Vec::new(),
            pending: BTreeMap::new(),
            next: 0,
            traps: Vec::new(),
            persisted: None,
            listeners: Subscribers::new(),
        })
    };
}

pub(super) async fn call(request: Request) -> Answer {
    start_once();
    if let Some(answer) = answered_here(&request) {
        return answer;
    }
    let (sender, receiver) = oneshot::channel();
    let sent = BRIDGE.with(|b| {
        let mut bridge = b.borrow_mut();
        bridge.next = bridge.next.wrapping_add(1);
        let id = bridge.next;
        let text = serde_json::to_string(&Asked { id, request })?;
        bridge.pending.insert(id, sender);
        match (&bridge.worker, bridge.standing) {
            (Some(worker), Standing::Ready) => {
                if worker.post_message(&JsValue::from_str(&text)).is_err() {
                    bridge.pending.remove(&id);
                }
            }
            _ => bridge.queued.push(text),
        }
        Ok::<(), serde_json::Error>(())
    });
    let lost = failed(FailureCode::Internal);
    if sent.is_err() {
        return lost;
    }
    receiver.await.map_or(lost, with_persistence)
}

pub(super) fn notices() -> UnboundedReceiver<Notice> {
    start_once();
    BRIDGE.with(|b| b.borrow_mut().listeners.subscribe())
}

fn failed(code: FailureCode) -> Answer {
    Answer::Failed(Failure { code, fields: Vec::new() })
}

/// What the page must answer itself because no replica of its own runs.
fn answered_here(request: &Request) -> Option<Answer> {
    let (stage, code) = match BRIDGE.with(|b| b.borrow().standing) {
        Standing::Starting | Standing::Ready => return None,
        Standing::OtherTab => (Stage::OtherTab, FailureCode::OtherTab),
        Standing::Unsupported | Standing::GivenUp => (Stage::Unsupported, FailureCode::Internal),
    };
    Some(if *request == Request::Status { Answer::Status(bare_status(stage)) } else { failed(code) })
}

fn bare_status(stage: Stage) -> ReplicaStatus {
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds of the browser's clock fit")]
    let now = UnixSeconds((js_sys::Date::now() / 1000.0) as i64);
    ReplicaStatus {
        stage,
        user: None,
        device: None,
        login: None,
        persisted: BRIDGE.with(|b| b.borrow().persisted),
        token_expired: false,
        waiting: 0,
        last_contact: None,
        now,
        // Without a replica there are no settings, so no deployment's offset: shown nowhere in these stages.
        today: now.day(0),
        clock_ahead_s: None,
        book_swapped: false,
        key_missing: false,
        resealing: 0,
        shut: None,
        little_space: false,
        forgets_in_days: None,
        fingerprint: None,
        users: Vec::new(),
        passphrase_gone: false,
    }
}

/// The worker can't ask whether storage lasts; the page can, and adds it.
fn with_persistence(answer: Answer) -> Answer {
    match answer {
        Answer::Status(mut status) => {
            status.persisted = BRIDGE.with(|b| b.borrow().persisted);
            Answer::Status(status)
        }
        other => other,
    }
}

fn start_once() {
    if BRIDGE.with(|b| b.borrow().worker.is_none() && b.borrow().standing == Standing::Starting) {
        start_worker();
        wasm_bindgen_futures::spawn_local(ask_to_persist());
    }
}

fn start_worker() {
    let options = web_sys::WorkerOptions::new();
    options.set_type(web_sys::WorkerType::Module);
    let Ok(worker) = web_sys::Worker::new_with_options("/worker.js", &options) else {
        stand(Standing::Unsupported);
        return;
    };
    let on_message = Closure::<dyn FnMut(web_sys::MessageEvent)>::new(|event: web_sys::MessageEvent| {
        let data = event.data();
        match data.as_string() {
            Some(text) => serde_json::from_str(&text).map_or_else(|_| restart(), hear),
            None => obey(&data),
        }
    });
    let on_error = Closure::<dyn FnMut(web_sys::Event)>::new(|_: web_sys::Event| restart());
    worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    // The closures live as long as the page: a worker that ended calls them no more.
    on_message.forget();
    on_error.forget();
    if send(&worker, "module", &wasm_bindgen::module()).is_err() {
        stand(Standing::Unsupported);
        return;
    }
    BRIDGE.with(|b| b.borrow_mut().worker = Some(worker));
}

/// Says something to `worker.js` itself, whose head lists the words.
fn send(worker: &web_sys::Worker, word: &str, module: &JsValue) -> Result<(), JsValue> {
    let message = js_sys::Object::new();
    js_sys::Reflect::set(&message, &"sada".into(), &word.into())?;
    js_sys::Reflect::set(&message, &"module".into(), module)?;
    worker.post_message(&message)
}

/// What `worker.js` says of itself (its head lists the words).
fn obey(data: &JsValue) {
    let word = js_sys::Reflect::get(data, &"sada".into()).ok().and_then(|word| word.as_string());
    match word.as_deref() {
        Some("ready") => flush(),
        Some("other-tab") => stand(Standing::OtherTab),
        Some("unsupported") => stand(Standing::Unsupported),
        Some("trapped") => restart(),
        // Another tab asked for the data: a new worker waits for its turn.
        Some("handed-over") => {
            let pending = BRIDGE.with(|b| {
                let mut bridge = b.borrow_mut();
                bridge.standing = Standing::Starting;
                std::mem::take(&mut bridge.pending)
            });
            drop_pending(pending, FailureCode::OtherTab);
            start_worker();
        }
        _ => {}
    }
}

/// The worker listens: what was asked before is sent now.
fn flush() {
    BRIDGE.with(|b| {
        let mut bridge = b.borrow_mut();
        bridge.standing = Standing::Ready;
        let queued = std::mem::take(&mut bridge.queued);
        if let Some(worker) = &bridge.worker {
            for text in queued {
                if worker.post_message(&JsValue::from_str(&text)).is_err() {
                    web_sys::console::error_1(&"worker unreachable".into());
                }
            }
        }
    });
}

/// Asks the tab that holds the data to hand over. Nothing happens unless another tab holds them.
pub(super) fn take_over() {
    BRIDGE.with(|b| {
        let bridge = b.borrow();
        if let (Standing::OtherTab, Some(worker)) = (bridge.standing, &bridge.worker)
            && send(worker, "take-over", &JsValue::UNDEFINED).is_err()
        {
            web_sys::console::error_1(&"worker unreachable".into());
        }
    });
}

fn hear(told: Told) {
    match told {
        Told::Answer { id, answer } => {
            let waiting = BRIDGE.with(|b| b.borrow_mut().pending.remove(&id));
            // A page that left no longer waits: its answer is dropped with it.
            let _heard = waiting.is_some_and(|sender| sender.send(*answer).is_ok());
        }
        Told::Notice(Notice::Stage(mut status)) => {
            status.persisted = BRIDGE.with(|b| b.borrow().persisted);
            publish(&Notice::Stage(status));
        }
        Told::Notice(notice) => publish(&notice),
    }
}

fn publish(notice: &Notice) {
    BRIDGE.with(|b| b.borrow_mut().listeners.publish(notice));
}

/// Notes a standing in which the page answers itself, and tells everyone who waits.
fn stand(standing: Standing) {
    let (pending, stage, code) = BRIDGE.with(|b| {
        let mut bridge = b.borrow_mut();
        bridge.standing = standing;
        bridge.queued.clear();
        let stage = if standing == Standing::OtherTab { Stage::OtherTab } else { Stage::Unsupported };
        let code = if standing == Standing::OtherTab { FailureCode::OtherTab } else { FailureCode::Internal };
        (std::mem::take(&mut bridge.pending), stage, code)
    });
    drop_pending(pending, code);
    publish(&Notice::Stage(bare_status(stage)));
}

fn drop_pending(pending: BTreeMap<u32, oneshot::Sender<Answer>>, code: FailureCode) {
    for sender in pending.into_values() {
        if sender.send(failed(code)).is_err() {
            continue;
        }
    }
}

/// After a trap nothing in the old worker can be trusted: it is ended and a new one started, locked. What was on disk
/// is on disk; what was asked and not answered failed, and the form still holds it.
fn restart() {
    let now = js_sys::Date::now();
    let (pending, give_up) = BRIDGE.with(|b| {
        let mut bridge = b.borrow_mut();
        if let Some(worker) = bridge.worker.take() {
            worker.terminate();
        }
        bridge.queued.clear();
        bridge.traps.retain(|at| now - at < TRAP_WINDOW_MS);
        bridge.traps.push(now);
        bridge.standing = Standing::Starting;
        (std::mem::take(&mut bridge.pending), bridge.traps.len() >= MAX_TRAPS)
    });
    drop_pending(pending, FailureCode::Internal);
    if give_up {
        stand(Standing::GivenUp);
    } else {
        start_worker();
    }
}

async fn ask_to_persist() {
    let Some(window) = web_sys::window() else { return };
    let Ok(promise) = window.navigator().storage().persist() else { return };
    let granted = wasm_bindgen_futures::JsFuture::from(promise).await.ok().and_then(|v| v.as_bool());
    BRIDGE.with(|b| b.borrow_mut().persisted = granted);
}
