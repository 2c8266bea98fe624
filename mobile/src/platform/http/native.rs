//! HTTP over rustls, for phone and desktop.

use super::{MAX_ANSWER_BYTES, TIMEOUT_S};
use crate::replica::link::{LinkError, Outgoing};
use std::time::Duration;

/// Held for as long as the app runs: keeps connections open between exchanges.
#[derive(Clone, Debug)]
pub struct Client(reqwest::Client);

/// A client.
///
/// # Errors
/// [`LinkError::Offline`] if the system's certificate store can't be read.
pub fn client() -> Result<Client, LinkError> {
    // Already installed by someone else in this process is as good.
    drop(rustls::crypto::ring::default_provider().install_default());
    // Sada's server sends nobody elsewhere; whoever else does would get the password with the request.
    let builder = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    builder.build().map(Client).map_err(|_| LinkError::Offline)
}

impl Client {
    /// The answer's status and body.
    pub(super) async fn post(&self, url: &str, outgoing: Outgoing) -> Result<(u16, Vec<u8>), LinkError> {
        let timeout = Duration::from_secs(TIMEOUT_S.into());
        let request = self.0.post(url).timeout(timeout).header("content-type", outgoing.content_type).body(outgoing.body);
        let request = match outgoing.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        };
        let response = request.send().await.map_err(|error| cut(&error))?;
        if response.content_length().is_some_and(|n| n > MAX_ANSWER_BYTES as u64) {
            return Err(LinkError::Garbage);
        }
        let status = response.status().as_u16();
        Ok((status, response.bytes().await.map_err(|_| LinkError::Cut)?.into()))
    }
}

/// No connection, or one that broke: only the second says that less should be sent at once.
fn cut(error: &reqwest::Error) -> LinkError {
    if !error.is_connect() && (error.is_timeout() || error.is_body()) { LinkError::Cut } else { LinkError::Offline }
}
