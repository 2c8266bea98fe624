//! Sync: CBOR in, CBOR out. What it says is `shared::sync`'s, what follows is `work`'s.

use super::{App, auth::Caller, error::ApiError};
use crate::chance::SystemChance;
use axum::{
    Extension,
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    http::header,
    response::IntoResponse,
};
use shared::sync::sign_in::CallRefusal;

pub(super) async fn sync(
    State(app): State<App>,
    Extension(Caller(session)): Extension<Caller>,
    bytes: Result<Bytes, BytesRejection>,
) -> Result<impl IntoResponse, ApiError> {
    let bytes = bytes.map_err(|_| CallRefusal::TooLarge)?;
    let answer = app.work(move |server, now| server.sync(now, &mut SystemChance, &session, &bytes)).await?;
    Ok(([(header::CONTENT_TYPE, "application/cbor")], answer))
}
