//! A file of unsent work that someone brings: bytes in, numbers out.

use super::{App, auth::Caller, error::ApiError};
use crate::chance::SystemChance;
use axum::{Extension, Json, body::Bytes, extract::State};
use shared::sync::unsent::UnsentTaken;

pub(super) async fn import(
    State(app): State<App>,
    Extension(Caller(session)): Extension<Caller>,
    file: Bytes,
) -> Result<Json<UnsentTaken>, ApiError> {
    Ok(Json(app.work(move |server, now| server.import(now, &mut SystemChance, &session, &file)).await?))
}
