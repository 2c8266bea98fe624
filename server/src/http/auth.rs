//! Who is calling: the bearer token, checked before any handler runs.

use super::{
    App,
    endpoints::{Endpoint, Who},
    error::ApiError,
};
use crate::work::session::Session;
use axum::{
    extract::{Request, State},
    http::header::AUTHORIZATION,
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
    let session = app
        .work(move |server, now| {
            let session = server.authenticate(now, &token)?;
            if endpoint.who == Who::RoleOrRevoked && session.actor.is_none() {
                return Ok(session);
            }
            if let Err(error) = session.check_use(endpoint.name) {
                server.note_denied(now, &session, endpoint.name)?;
                return Err(error);
            }
            Ok(session)
        })
        .await?;
    request.extensions_mut().insert(Caller(session));
    Ok(next.run(request).await)
}

fn bearer(request: &Request) -> Option<&str> {
    let text = request.headers().get(AUTHORIZATION)?.to_str().ok()?;
    text.strip_prefix("Bearer ").filter(|token| (1..=MAX_TOKEN_BYTES).contains(&token.len()))
}
