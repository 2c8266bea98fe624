//! Drives one replica: takes questions in order, sends what it wants sent, and wakes it for its clocks. A request to the
//! server is awaited beside the questions, so forms stay usable while a sync is under way.

use super::{
    envelope::{Asked, Told},
    http,
};
use crate::replica::{
    Handled, Job, Replica,
    link::{Exchange, Outgoing},
};
use futures_channel::mpsc::UnboundedReceiver;
use futures_util::{
    Stream, StreamExt,
    future::{FutureExt, LocalBoxFuture},
    stream::FuturesUnordered,
};
use std::{future::poll_fn, pin::Pin, task::Poll};

/// The replica looks at its clocks this often, in milliseconds: auto-lock, and whether a sync is due.
pub const TICK_MS: u32 = 1_000;

/// Free space is looked up this often.
const FREE_EVERY_TICKS: u32 = 30;

/// What a runner needs of where it runs.
pub struct Host<Post, Sleep, Free> {
    /// Hands an answer or a notice to the page.
    pub post: Post,
    /// Resolves after so many milliseconds.
    pub sleep: Sleep,
    /// Tells how much space is left, where that can be known.
    pub free_bytes: Free,
    /// The HTTP client.
    pub client: http::Client,
}

enum Happened {
    Asked(Asked),
    Closed,
    Finished { id: u32, job: Job, exchange: Exchange },
    Synced(Exchange),
    Free(Option<u64>),
    Woke,
}

/// Runs until the page's end is gone.
pub async fn run<Post, Sleep, Free>(mut replica: Replica, mut inbox: UnboundedReceiver<Asked>, host: Host<Post, Sleep, Free>)
where
    Post: Fn(Told),
    Sleep: Fn(u32) -> LocalBoxFuture<'static, ()>,
    Free: Fn() -> LocalBoxFuture<'static, Option<u64>>,
{
    let mut ticks = 0_u32;
    let mut under_way: FuturesUnordered<LocalBoxFuture<'static, Happened>> = FuturesUnordered::new();
    under_way.push((host.sleep)(TICK_MS).map(|()| Happened::Woke).boxed_local());
    replica.announce();
    loop {
        replica.drain_notices().into_iter().for_each(|notice| (host.post)(Told::Notice(notice)));
        if let Some(outgoing) = replica.sync_begin() {
            under_way.push(exchange(host.client.clone(), outgoing).map(Happened::Synced).boxed_local());
            continue;
        }
        match next(&mut inbox, &mut under_way).await {
            Happened::Closed => return,
            Happened::Asked(Asked { id, request }) => {
                // A machine that slept has not ticked: what was left open too long is locked before anything is answered.
                replica.tick();
                match replica.handle(request) {
                    Handled::Answer(answer) => (host.post)(Told::Answer { id, answer: Box::new(answer) }),
                    Handled::Call(outgoing, job) => under_way.push(
                        exchange(host.client.clone(), outgoing)
                            .map(move |exchange| Happened::Finished { id, job, exchange })
                            .boxed_local(),
                    ),
                }
            }
            Happened::Finished { id, job, exchange: Exchange { result, proven } } => {
                replica.proved(proven);
                let answer = Box::new(replica.finish(job, result));
                (host.post)(Told::Answer { id, answer });
            }
            Happened::Synced(Exchange { result, proven }) => {
                replica.proved(proven);
                replica.sync_finish(result);
            }
            Happened::Free(bytes) => replica.set_free_bytes(bytes),
            Happened::Woke => {
                replica.tick();
                replica.keep_reserve();
                if ticks.is_multiple_of(FREE_EVERY_TICKS) {
                    under_way.push((host.free_bytes)().map(Happened::Free).boxed_local());
                }
                ticks = ticks.wrapping_add(1);
                under_way.push((host.sleep)(TICK_MS).map(|()| Happened::Woke).boxed_local());
            }
        }
    }
}

async fn exchange(client: http::Client, outgoing: Outgoing) -> Exchange {
    http::send(&client, outgoing).await
}

/// Whatever comes first; questions before everything else, since a person waits for them.
async fn next(
    inbox: &mut UnboundedReceiver<Asked>,
    under_way: &mut FuturesUnordered<LocalBoxFuture<'static, Happened>>,
) -> Happened {
    poll_fn(|cx| {
        match inbox.poll_next_unpin(cx) {
            Poll::Ready(Some(asked)) => return Poll::Ready(Happened::Asked(asked)),
            Poll::Ready(None) => return Poll::Ready(Happened::Closed),
            Poll::Pending => {}
        }
        match Pin::new(&mut *under_way).poll_next(cx) {
            Poll::Ready(Some(happened)) => Poll::Ready(happened),
            Poll::Ready(None) | Poll::Pending => Poll::Pending,
        }
    })
    .await
}
