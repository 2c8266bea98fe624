//! The page's end on phone and desktop: the replica has a thread of its own, with its own runtime. If that thread
//! panics it is started again, locked, as a trapped worker is on the web.

use super::{
    data_directory::{data_directory, free_bytes},
    envelope::{Asked, Told},
    http,
    runner::{Host, run},
    subscribers::Subscribers,
};
use crate::{
    protocol::{Answer, Failure, FailureCode, Notice, Request},
    replica::{Home, Replica, Surroundings},
};
use futures_channel::{
    mpsc::{UnboundedReceiver, UnboundedSender, unbounded},
    oneshot,
};
use futures_util::future::FutureExt;
use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

struct Bridge {
    inbox: Option<UnboundedSender<Asked>>,
    pending: BTreeMap<u32, oneshot::Sender<Answer>>,
    next: u32,
    listeners: Subscribers,
}

static BRIDGE: Mutex<Bridge> =
    Mutex::new(Bridge { inbox: None, pending: BTreeMap::new(), next: 0, listeners: Subscribers::new() });

/// Nothing that panics runs under this lock; a poisoned one still holds whole data.
fn bridge() -> MutexGuard<'static, Bridge> {
    BRIDGE.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(super) async fn call(request: Request) -> Answer {
    let receiver = {
        let mut bridge = bridge();
        start(&mut bridge);
        let (sender, receiver) = oneshot::channel();
        bridge.next = bridge.next.wrapping_add(1);
        let id = bridge.next;
        let reached = bridge.inbox.as_ref().is_some_and(|inbox| inbox.unbounded_send(Asked { id, request }).is_ok());
        if reached {
            bridge.pending.insert(id, sender);
        }
        receiver
    };
    receiver.await.unwrap_or(Answer::Failed(Failure { code: FailureCode::Internal, fields: Vec::new() }))
}

/// No second tab here.
pub(super) fn take_over() {}

pub(super) fn notices() -> UnboundedReceiver<Notice> {
    let mut bridge = bridge();
    start(&mut bridge);
    bridge.listeners.subscribe()
}

/// Starts the thread if none runs.
fn start(bridge: &mut Bridge) {
    if bridge.inbox.as_ref().is_some_and(|inbox| !inbox.is_closed()) {
        return;
    }
    // Questions to a thread that ended fail: their senders are dropped here.
    bridge.pending.clear();
    let (sender, receiver) = unbounded();
    let started = std::thread::Builder::new().name("replica".into()).spawn(move || serve(receiver));
    bridge.inbox = started.is_ok().then_some(sender);
}

fn serve(inbox: UnboundedReceiver<Asked>) {
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
    let Ok(client) = http::client() else { return };
    let Ok(replica) = Replica::open(Home::directory(&data_directory()), Surroundings::system()) else { return };
    let sleep = |ms: u32| tokio::time::sleep(Duration::from_millis(u64::from(ms))).boxed_local();
    let directory = data_directory();
    let free_bytes = move || std::future::ready(free_bytes(&directory)).boxed_local();
    runtime.block_on(run(replica, inbox, Host { post: hear, sleep, free_bytes, client }));
}

fn hear(told: Told) {
    match told {
        Told::Answer { id, answer } => {
            let waiting = bridge().pending.remove(&id);
            // A page that left no longer waits.
            let _heard = waiting.is_some_and(|sender| sender.send(*answer).is_ok());
        }
        Told::Notice(notice) => bridge().listeners.publish(&notice),
    }
}
