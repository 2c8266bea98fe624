//! The bridge between pages and the replica: one question, one answer, and what the replica says unasked.
//!
//! On the web the replica lives in a dedicated worker and speaks JSON over `postMessage`; on phone and desktop it has a
//! thread of its own. Pages see only [`call`] and [`notices`]. Knows neither Dioxus nor what the questions mean.

pub mod envelope;
#[cfg(feature = "ui")]
mod subscribers;

#[cfg(feature = "replica")]
pub mod http;
#[cfg(feature = "replica")]
pub mod runner;

#[cfg(all(feature = "replica", feature = "ui", not(target_family = "wasm")))]
pub mod data_directory;
#[cfg(all(feature = "ui", target_family = "wasm"))]
mod page;
#[cfg(all(feature = "ui", not(target_family = "wasm"), not(any(feature = "desktop", feature = "mobile"))))]
mod scripted;
#[cfg(all(feature = "replica", feature = "ui", not(target_family = "wasm")))]
#[cfg_attr(
    not(any(feature = "desktop", feature = "mobile")),
    expect(dead_code, reason = "compiled so that it keeps building; used by desktop and mobile")
)]
mod thread;
#[cfg(all(feature = "replica", target_family = "wasm"))]
pub mod worker;

#[cfg(all(feature = "ui", target_family = "wasm"))]
use page as ends;
#[cfg(all(feature = "ui", not(target_family = "wasm"), not(any(feature = "desktop", feature = "mobile"))))]
use scripted as ends;
#[cfg(all(feature = "ui", not(target_family = "wasm"), any(feature = "desktop", feature = "mobile")))]
use thread as ends;

#[cfg(all(feature = "ui", not(target_family = "wasm"), not(any(feature = "desktop", feature = "mobile"))))]
pub use scripted::answer_with;

#[cfg(feature = "ui")]
use crate::protocol::{Answer, Notice, Request};

/// Asks the replica. Resolves when it has answered: for [`Request::Do`] that is after the record is on disk.
/// If the replica ends before it could answer, the answer is a failure and the person may try again.
#[cfg(feature = "ui")]
pub async fn call(request: Request) -> Answer {
    ends::call(request).await
}

/// Asks the tab that holds the data to hand over to this one ([`crate::protocol::Stage::OtherTab`]). The stage changes
/// by itself once it has; elsewhere than in a browser there is no other tab and nothing happens.
#[cfg(feature = "ui")]
pub fn take_over() {
    ends::take_over();
}

/// What the replica says unasked, from now on. Every caller gets every notice; the stream ends with its receiver.
#[cfg(feature = "ui")]
#[must_use]
pub fn notices() -> futures_channel::mpsc::UnboundedReceiver<Notice> {
    ends::notices()
}
