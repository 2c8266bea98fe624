//! Signing in, and the audit log for those who watch over it.

use super::{
    App,
    auth::Caller,
    error::ApiError,
    json::{Body, body},
};
use crate::{
    chance::SystemChance,
    work::{Server, error::WorkError},
};
use axum::{Extension, Json, extract::State};
use serde::Serialize;
use shared::{
    model::{
        dates::UnixSeconds,
        ids::UserId,
        second_factor::SecondFactorSetUp,
        week::{Week, WeekQuery},
    },
    sync::sign_in::{SecondFactorRequest, SignInAnswer, SignInRequest},
};
use std::sync::Arc;

pub(super) async fn sign_in(State(app): State<App>, json: Body<SignInRequest>) -> Result<Json<SignInAnswer>, ApiError> {
    let request = body(json)?;
    Ok(Json(hashing(&app, move |server, now| server.sign_in(now, &mut SystemChance, &request)).await?))
}

/// Work that hashes a password, when its turn has come: hashing takes 19 MiB each. Only so many wait, since anyone may ask.
pub(super) async fn hashing<T: Send + 'static>(
    app: &App,
    work: impl FnOnce(&Server, UnixSeconds) -> Result<T, WorkError> + Send + 'static,
) -> Result<T, ApiError> {
    let _waiting = app.waiting.try_acquire().map_err(|_| ApiError::BUSY)?;
    let permit = Arc::clone(&app.hashes).acquire_owned().await.map_err(|_| ApiError::BUSY)?;
    let answer = app.work(work).await;
    drop(permit);
    answer
}

pub(super) async fn second_factor(
    State(app): State<App>,
    json: Body<SecondFactorRequest>,
) -> Result<Json<SecondFactorSetUp>, ApiError> {
    let request = body(json)?;
    Ok(Json(hashing(&app, move |server, now| server.set_up_second_factor(now, &mut SystemChance, &request)).await?))
}

/// One line of the audit log.
#[derive(Serialize)]
pub(super) struct Line {
    seq: u64,
    at: i64,
    user: UserId,
    device: String,
    action: String,
    object: String,
    detail: String,
}

pub(super) async fn audit(
    State(app): State<App>,
    Extension(Caller(session)): Extension<Caller>,
) -> Result<Json<Vec<Line>>, ApiError> {
    let lines = app.work(move |server, now| server.show_audit(now, &session, 1_000)).await?;
    Ok(Json(
        lines
            .into_iter()
            .map(|line| Line {
                seq: line.seq,
                at: line.at.0,
                user: line.user,
                device: line.device.to_string(),
                action: line.action,
                object: line.object,
                detail: line.detail,
            })
            .collect(),
    ))
}

pub(super) async fn weekly(
    State(app): State<App>,
    Extension(Caller(session)): Extension<Caller>,
    json: Body<WeekQuery>,
) -> Result<Json<Week>, ApiError> {
    let WeekQuery { from } = body(json)?;
    Ok(Json(app.work(move |server, now| server.week_for(now, &session, from)).await?))
}
