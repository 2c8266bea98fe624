//! One HTTP exchange of the replica's: `fetch` in a worker, rustls elsewhere. Knows no message's meaning.

#[cfg(target_family = "wasm")]
mod fetch;
#[cfg(not(target_family = "wasm"))]
mod native;

#[cfg(target_family = "wasm")]
pub use fetch::{Client, client};
#[cfg(not(target_family = "wasm"))]
pub use native::{Client, client};

use crate::replica::link::{LinkError, Outgoing};
use shared::sync::messages::MAX_RESPONSE_BYTES;

/// An answer longer than this is not Sada's.
const MAX_ANSWER_BYTES: usize = MAX_RESPONSE_BYTES;
/// On a bad link a frame of 8-16 KB takes seconds, not minutes.
const TIMEOUT_S: u32 = 90;

/// POSTs `outgoing` and waits for the whole answer.
///
/// # Errors
/// [`LinkError`] by what the person can do about it.
pub async fn send(client: &Client, outgoing: Outgoing) -> Result<Vec<u8>, LinkError> {
    let url = format!("{}{}", outgoing.server.trim_end_matches('/'), outgoing.path);
    let (status, body) = client.post(&url, outgoing).await?;
    if body.len() > MAX_ANSWER_BYTES {
        return Err(LinkError::Garbage);
    }
    match LinkError::of_answer(status, &body) {
        None => Ok(body),
        Some(error) => Err(error),
    }
}
