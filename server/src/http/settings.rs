//! Publishing settings.

use super::{App, account::body, auth::Caller, error::ApiError};
use axum::{
    Extension, Json,
    body::Bytes,
    extract::{State, rejection::JsonRejection},
};
use shared::sync::{messages::encode, sign_in::PublishSettings};

/// Answers the new snapshot as signed, in CBOR.
pub(super) async fn publish(
    State(app): State<App>,
    Extension(Caller(session)): Extension<Caller>,
    json: Result<Json<PublishSettings>, JsonRejection>,
) -> Result<Bytes, ApiError> {
    let request = body(json)?;
    let signed = app.work(move |server, now| server.publish_settings(now, &session, request)).await?;
    Ok(encode(&signed).into())
}
