//! Publishing settings.

use super::{
    App,
    auth::Caller,
    error::ApiError,
    json::{Body, body},
};
use axum::{Extension, body::Bytes, extract::State};
use shared::sync::{messages::encode, sign_in::PublishSettings};

/// Answers the new snapshot as signed, in CBOR.
pub(super) async fn publish(
    State(app): State<App>,
    Extension(Caller(session)): Extension<Caller>,
    json: Body<PublishSettings>,
) -> Result<Bytes, ApiError> {
    let request = body(json)?;
    let signed = app.work(move |server, now| server.publish_settings(now, &session, request)).await?;
    Ok(encode(&signed).into())
}
