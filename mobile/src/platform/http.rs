//! One HTTP exchange of the replica's: `fetch` in a worker, rustls elsewhere. Knows no message's meaning.

#[cfg(target_family = "wasm")]
mod fetch;
#[cfg(not(target_family = "wasm"))]
mod native;
#[cfg(not(target_family = "wasm"))]
mod pinned;

#[cfg(target_family = "wasm")]
pub use fetch::{Client, client};
#[cfg(not(target_family = "wasm"))]
pub use native::{Client, client};

use crate::replica::link::{Exchange, LinkError, Outgoing};
use shared::sync::{messages::MAX_RESPONSE_BYTES, server_pin::ServerPin};

/// An answer longer than this is not Sada's.
const MAX_ANSWER_BYTES: usize = MAX_RESPONSE_BYTES;
/// On a bad link a frame of 8-16 KB takes seconds, not minutes.
const TIMEOUT_S: u32 = 90;

/// An answer as it came.
struct Response {
    status: u16,
    body: Vec<u8>,
    /// The key that the server proved to hold, where that can be known.
    proven: Option<ServerPin>,
}

/// POSTs `outgoing` and waits for the whole answer.
pub async fn send(client: &Client, outgoing: Outgoing) -> Exchange {
    let url = format!("{}{}", outgoing.server.trim_end_matches('/'), outgoing.path);
    match client.post(&url, outgoing).await {
        Err(error) => Exchange { result: Err(error), proven: None },
        Ok(Response { status, body, proven }) => {
            let too_long = (body.len() > MAX_ANSWER_BYTES).then_some(LinkError::Garbage);
            let refused = too_long.or_else(|| LinkError::of_answer(status, &body));
            let result = refused.map_or(Ok(body), Err);
            Exchange { result, proven }
        }
    }
}
