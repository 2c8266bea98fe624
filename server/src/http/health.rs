//! Whether the server is up and can read its database. Says nothing else.

use super::{App, error::ApiError};
use axum::{Json, extract::State};
use serde::Serialize;

/// The answer.
#[derive(Serialize)]
pub(super) struct Health {
    ok: bool,
    version: &'static str,
    time: i64,
}

pub(super) async fn health(State(app): State<App>) -> Result<Json<Health>, ApiError> {
    let time = app
        .work(|server, now| {
            server.storage().read(|tx| tx.deployment())?;
            Ok(now.0)
        })
        .await?;
    Ok(Json(Health { ok: true, version: env!("CARGO_PKG_VERSION"), time }))
}
