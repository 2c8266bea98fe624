//! Photos of paper forms: pieces as CBOR in, a picture out. Never kept on the way.

use super::{
    App,
    auth::Caller,
    error::ApiError,
    json::{Body, body},
};
use axum::{
    Extension,
    body::Bytes,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use shared::{picture::PictureQuery, sync::messages::encode};

pub(super) async fn send(
    State(app): State<App>,
    Extension(Caller(session)): Extension<Caller>,
    piece: Bytes,
) -> Result<impl IntoResponse, ApiError> {
    let verdict = app.work(move |server, now| server.take_piece(now, &session, &piece)).await?;
    Ok(([(header::CONTENT_TYPE, "application/cbor")], encode(&verdict)))
}

pub(super) async fn one(
    State(app): State<App>,
    Extension(Caller(session)): Extension<Caller>,
    json: Body<PictureQuery>,
) -> Result<Response, ApiError> {
    let query = body(json)?;
    let bytes = app.work(move |server, now| server.picture(now, &session, &query)).await?;
    if bytes.is_empty() {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    Ok(([(header::CONTENT_TYPE, "image/jpeg")], bytes).into_response())
}
