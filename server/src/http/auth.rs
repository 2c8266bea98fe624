//! Who is calling: the bearer token, checked before any handler runs.

use super::{
    App,
    endpoints::{Endpoint, Who},
    error::ApiError,
};
use crate::work::session::Session;
use axum::{
    extract::{Request, State},
    http::{
        Method,
        header::{AUTHORIZATION, CONTENT_LENGTH},
    },
    middleware::Next,
    response::Response,
};
use shared::sync::sign_in::CallRefusal;

/// Longest token read, in bytes.
const MAX_TOKEN_BYTES: usize = 128;

/// The caller, for handlers behind [`check`].
#[derive(Clone)]
pub(super) struct Caller(pub(super) Session);

/// Lets a call through if its token holds and policy allows the endpoint.
pub(super) async fn check(
    State((app, endpoint)): State<(App, &'static Endpoint)>,
    mut request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let token = bearer(&request).ok_or(CallRefusal::TokenExpired)?.to_owned();
    let session = app.work(move |server, now| server.authenticate(now, &token)).await?;
    // Before a byte of the body is read, and before a refusal is noted.
    let under_way = app.limits.enter(session.device_id(), app.now(), told_length(&request).unwrap_or(endpoint.body_bytes))?;
    let is_revoked = endpoint.who == Who::RoleOrRevoked && session.actor.is_none();
    if !is_revoked && let Err(error) = session.check_use(endpoint.name) {
        app.work(move |server, now| server.note_denied(now, &session, endpoint.name)).await?;
        return Err(error.into());
    }
    request.extensions_mut().insert(Caller(session));
    let response = next.run(request).await;
    drop(under_way);
    Ok(response)
}

/// How long the caller says the body is; none if it does not say.
fn told_length(request: &Request) -> Option<usize> {
    if *request.method() == Method::GET {
        return Some(0);
    }
    request.headers().get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn bearer(request: &Request) -> Option<&str> {
    let text = request.headers().get(AUTHORIZATION)?.to_str().ok()?;
    text.strip_prefix("Bearer ").filter(|token| (1..=MAX_TOKEN_BYTES).contains(&token.len()))
}
