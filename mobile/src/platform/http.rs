//! One HTTP exchange of the replica's: `fetch` in a worker, rustls elsewhere. Knows no message's meaning.

use crate::replica::link::{LinkError, Outgoing};
use shared::sync::messages::MAX_RESPONSE_BYTES;
use std::time::Duration;

/// An answer longer than this is not Sada's.
const MAX_ANSWER_BYTES: usize = MAX_RESPONSE_BYTES;
/// On a bad link a frame of 8-16 KB takes seconds, not minutes.
const TIMEOUT: Duration = Duration::from_secs(90);

/// A client to hold for as long as the app runs: it keeps connections open between exchanges.
///
/// # Errors
/// [`LinkError::Offline`] if the system's certificate store can't be read.
pub fn client() -> Result<reqwest::Client, LinkError> {
    #[cfg(not(target_family = "wasm"))]
    {
        // Already installed by someone else in this process is as good.
        if rustls::crypto::CryptoProvider::get_default().is_none()
            && rustls::crypto::ring::default_provider().install_default().is_err()
        {
            return reqwest::Client::builder().build().map_err(|_| LinkError::Offline);
        }
    }
    reqwest::Client::builder().build().map_err(|_| LinkError::Offline)
}

/// POSTs `outgoing` and waits for the whole answer.
///
/// # Errors
/// [`LinkError`] by what the person can do about it.
pub async fn send(client: &reqwest::Client, outgoing: Outgoing) -> Result<Vec<u8>, LinkError> {
    let url = format!("{}{}", outgoing.server.trim_end_matches('/'), outgoing.path);
    let mut request = client.post(url).timeout(TIMEOUT).header("content-type", outgoing.content_type).body(outgoing.body);
    if let Some(token) = outgoing.token {
        request = request.bearer_auth(token);
    }
    let response = request.send().await.map_err(|error| cut(&error))?;
    let status = response.status().as_u16();
    if response.content_length().is_some_and(|n| n > MAX_ANSWER_BYTES as u64) {
        return Err(LinkError::Garbage);
    }
    let body = response.bytes().await.map_err(|_| LinkError::Cut)?;
    if body.len() > MAX_ANSWER_BYTES {
        return Err(LinkError::Garbage);
    }
    match LinkError::of_answer(status, &body) {
        None => Ok(body.into()),
        Some(error) => Err(error),
    }
}

/// No connection, or one that broke: only the second says that less should be sent at once.
fn cut(error: &reqwest::Error) -> LinkError {
    #[cfg(not(target_family = "wasm"))]
    if error.is_connect() {
        return LinkError::Offline;
    }
    if error.is_timeout() || error.is_body() {
        return LinkError::Cut;
    }
    LinkError::Offline
}
