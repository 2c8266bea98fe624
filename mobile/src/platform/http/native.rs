//! HTTP over rustls, for phone and desktop.

use super::{
    MAX_ANSWER_BYTES, Response, TIMEOUT_S,
    pinned::{Pinned, key_of},
};
use crate::replica::link::{LinkError, Outgoing};
use rustls::{ClientConfig, crypto::CryptoProvider, pki_types::CertificateDer};
use shared::sync::server_pin::ServerPin;
use std::{cell::RefCell, collections::BTreeMap, error::Error, io, rc::Rc, sync::Arc, time::Duration};

/// Held for as long as the app runs: keeps connections open between exchanges. Each set of keys has connections of its own, so that
/// none is used for what asks more of the server than was asked when it was made.
#[derive(Clone, Debug)]
pub struct Client {
    provider: Arc<CryptoProvider>,
    by_pins: Rc<RefCell<BTreeMap<Vec<ServerPin>, reqwest::Client>>>,
}

/// A client.
///
/// # Errors
/// [`LinkError::Offline`] if the system's certificate store can't be read.
pub fn client() -> Result<Client, LinkError> {
    // Already installed by someone else in this process is as good.
    drop(rustls::crypto::ring::default_provider().install_default());
    let client = Client { provider: Arc::new(rustls::crypto::ring::default_provider()), by_pins: Rc::default() };
    client.demanding(&[])?;
    Ok(client)
}

impl Client {
    /// The answer, from a server that proved to hold one of `outgoing.pins`. Whoever does not sees nothing of the request.
    pub(super) async fn post(&self, url: &str, outgoing: Outgoing) -> Result<Response, LinkError> {
        let timeout = Duration::from_secs(TIMEOUT_S.into());
        let request = self.demanding(&outgoing.pins)?.post(url).timeout(timeout);
        let request = request.header("content-type", outgoing.content_type).body(outgoing.body);
        let request = match outgoing.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        };
        let response = request.send().await.map_err(|error| cut(&error))?;
        if response.content_length().is_some_and(|n| n > MAX_ANSWER_BYTES as u64) {
            return Err(LinkError::Garbage);
        }
        let certificate = response.extensions().get::<reqwest::tls::TlsInfo>().and_then(reqwest::tls::TlsInfo::peer_certificate);
        let proven = certificate.and_then(|der| key_of(&CertificateDer::from(der)).ok());
        let status = response.status().as_u16();
        let body = response.bytes().await.map_err(|_| LinkError::Cut)?.into();
        Ok(Response { status, body, proven })
    }

    /// The connections to servers that must hold one of these keys.
    fn demanding(&self, pins: &[ServerPin]) -> Result<reqwest::Client, LinkError> {
        if let Some(client) = self.by_pins.borrow().get(pins) {
            return Ok(client.clone());
        }
        // Sada's server sends nobody elsewhere; whoever else does would get the password with the request.
        let builder = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).tls_info(true);
        let builder = if pins.is_empty() {
            vouched_for(builder)?
        } else {
            let config = ClientConfig::builder_with_provider(Arc::clone(&self.provider)).with_safe_default_protocol_versions();
            let verifier = Arc::new(Pinned::new(pins.to_vec(), &self.provider));
            let config = config.map_err(|_| LinkError::Offline)?.dangerous().with_custom_certificate_verifier(verifier);
            builder.tls_backend_preconfigured(config.with_no_client_auth())
        };
        let client = builder.build().map_err(|_| LinkError::Offline)?;
        self.by_pins.borrow_mut().insert(pins.to_vec(), client.clone());
        Ok(client)
    }
}

/// Without a key to compare, whom the system trusts.
#[cfg(not(target_os = "android"))]
const fn vouched_for(builder: reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, LinkError> {
    Ok(builder)
}

/// Android's own store can be asked through Java only: the authorities that Mozilla trusts stand in for it.
#[cfg(target_os = "android")]
fn vouched_for(builder: reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, LinkError> {
    let roots = webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter().map(|der| reqwest::Certificate::from_der(der));
    let roots = roots.collect::<Result<Vec<_>, _>>().map_err(|_| LinkError::Offline)?;
    Ok(builder.tls_certs_only(roots))
}

/// Another server, no connection, or one that broke: only the last says that less should be sent at once.
fn cut(error: &reqwest::Error) -> LinkError {
    if is_untrusted(error) {
        return LinkError::WrongKey;
    }
    if !error.is_connect() && (error.is_timeout() || error.is_body()) { LinkError::Cut } else { LinkError::Offline }
}

/// Whether a certificate was refused. `io::Error` shows what it holds by `get_ref` only.
fn is_untrusted(error: &(dyn Error + 'static)) -> bool {
    let held = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
    matches!(error.downcast_ref(), Some(rustls::Error::InvalidCertificate(_)))
        || held.is_some_and(|held| is_untrusted(held))
        || error.source().is_some_and(is_untrusted)
}
