//! Focal points' keys: asked for, waiting, and the book that lets them in.

use super::{
    App,
    auth::Caller,
    error::ApiError,
    json::{Body, body},
};
use axum::{Extension, Json, body::Bytes, extract::State, http::StatusCode};
use shared::sync::{
    key_calls::{AskForKey, PublishBook, WaitingKey},
    messages::encode,
};

pub(super) async fn ask(
    State(app): State<App>,
    Extension(Caller(session)): Extension<Caller>,
    json: Body<AskForKey>,
) -> Result<StatusCode, ApiError> {
    let ask = body(json)?;
    app.work(move |server, now| server.ask_for_key(now, &session, ask)).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn waiting(
    State(app): State<App>,
    Extension(Caller(session)): Extension<Caller>,
) -> Result<Json<Vec<WaitingKey>>, ApiError> {
    Ok(Json(app.work(move |server, _| server.waiting_keys(&session)).await?))
}

/// Answers the new snapshot as signed, in CBOR.
pub(super) async fn publish(
    State(app): State<App>,
    Extension(Caller(session)): Extension<Caller>,
    json: Body<PublishBook>,
) -> Result<Bytes, ApiError> {
    let published = body(json)?;
    let signed = app.work(move |server, now| server.publish_book(now, &session, &published)).await?;
    Ok(encode(&signed).into())
}
