//! The browser's own `fetch`, from the worker. Called directly: reqwest brings its own reading of URLs with Unicode's tables to the
//! download, 100 KB of it, where the browser has one.

use super::{MAX_ANSWER_BYTES, Response, TIMEOUT_S};
use crate::replica::link::{LinkError, Outgoing};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The browser keeps connections open by itself.
#[derive(Clone, Copy, Debug)]
pub struct Client;

/// A client.
///
/// # Errors
/// None here; elsewhere the certificate store may be unreadable.
pub const fn client() -> Result<Client, LinkError> {
    Ok(Client)
}

impl Client {
    /// The answer. What the server must prove is the browser's to judge: it shows no certificate.
    pub(super) async fn post(&self, url: &str, outgoing: Outgoing) -> Result<Response, LinkError> {
        let init = request(&outgoing).map_err(|_| LinkError::Offline)?;
        let scope: web_sys::WorkerGlobalScope = js_sys::global().unchecked_into();
        let response = JsFuture::from(scope.fetch_with_str_and_init(url, &init)).await.map_err(|error| cut(&error))?;
        let response: web_sys::Response = response.unchecked_into();
        let length = response.headers().get("content-length").ok().flatten().and_then(|n| n.parse::<usize>().ok());
        if length.is_some_and(|n| n > MAX_ANSWER_BYTES) {
            return Err(LinkError::Garbage);
        }
        let body = response.array_buffer().map_err(|_| LinkError::Cut)?;
        let body = JsFuture::from(body).await.map_err(|_| LinkError::Cut)?;
        Ok(Response { status: response.status(), body: js_sys::Uint8Array::new(&body).to_vec(), proven: None })
    }
}

fn request(outgoing: &Outgoing) -> Result<web_sys::RequestInit, JsValue> {
    let headers = web_sys::Headers::new()?;
    headers.set("content-type", outgoing.content_type)?;
    if let Some(token) = &outgoing.token {
        headers.set("authorization", &format!("Bearer {token}"))?;
    }
    let init = web_sys::RequestInit::new();
    init.set_method("POST");
    init.set_headers(&headers);
    init.set_body(&js_sys::Uint8Array::from(outgoing.body.as_slice()));
    init.set_signal(Some(&web_sys::AbortSignal::timeout_with_u32(TIMEOUT_S * 1_000)));
    Ok(init)
}

/// A time-out says that less should be sent at once; anything else that there is no connection.
fn cut(error: &JsValue) -> LinkError {
    let name = js_sys::Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string());
    if name.as_deref() == Some("TimeoutError") { LinkError::Cut } else { LinkError::Offline }
}
