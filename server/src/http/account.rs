//! Signing in, accounts, and the audit log for those who watch over them.

use super::{App, auth::Caller, error::ApiError};
use crate::{
    chance::SystemChance,
    work::{Server, accounts::NewAccount, error::WorkError},
};
use axum::{Extension, Json, extract::State, extract::rejection::JsonRejection};
use serde::{Deserialize, Serialize};
use shared::{
    model::{dates::UnixSeconds, ids::UserId, second_factor::SecondFactorSetUp},
    settings::Person,
    sync::sign_in::{CallRefusal, SecondFactorRequest, SignInAnswer, SignInRequest},
};
use std::sync::Arc;

/// JSON of a body, or `malformed`.
pub(super) fn body<T>(json: Result<Json<T>, JsonRejection>) -> Result<T, ApiError> {
    match json {
        Ok(Json(value)) => Ok(value),
        Err(JsonRejection::BytesRejection(_)) => Err(CallRefusal::TooLarge.into()),
        Err(_) => Err(CallRefusal::Malformed.into()),
    }
}

pub(super) async fn sign_in(
    State(app): State<App>,
    json: Result<Json<SignInRequest>, JsonRejection>,
) -> Result<Json<SignInAnswer>, ApiError> {
    let request = body(json)?;
    Ok(Json(hashing(&app, move |server, now| server.sign_in(now, &mut SystemChance, &request)).await?))
}

/// Work that hashes a password, when its turn has come: waiting costs nothing, hashing 19 MiB each.
async fn hashing<T: Send + 'static>(
    app: &App,
    work: impl FnOnce(&Server, UnixSeconds) -> Result<T, WorkError> + Send + 'static,
) -> Result<T, ApiError> {
    let permit = Arc::clone(&app.hashes).acquire_owned().await.map_err(|_| ApiError::BUSY)?;
    let answer = app.work(work).await;
    drop(permit);
    answer
}

pub(super) async fn second_factor(
    State(app): State<App>,
    json: Result<Json<SecondFactorRequest>, JsonRejection>,
) -> Result<Json<SecondFactorSetUp>, ApiError> {
    let request = body(json)?;
    Ok(Json(hashing(&app, move |server, now| server.set_up_second_factor(now, &mut SystemChance, &request)).await?))
}

/// A new account, as an administrator sends it.
#[derive(Deserialize)]
pub(super) struct AddUser {
    login: String,
    password: String,
    person: Person,
}

/// Its id.
#[derive(Serialize)]
pub(super) struct Added {
    user: UserId,
}

pub(super) async fn add(
    State(app): State<App>,
    Extension(Caller(session)): Extension<Caller>,
    json: Result<Json<AddUser>, JsonRejection>,
) -> Result<Json<Added>, ApiError> {
    let AddUser { login, password, person } = body(json)?;
    let account = NewAccount { login, password: password.into(), person };
    let user = hashing(&app, move |server, now| server.add_account_by(now, &mut SystemChance, &session, account)).await?;
    Ok(Json(Added { user }))
}

/// One account.
#[derive(Serialize)]
pub(super) struct Account {
    user: UserId,
    login: String,
    closed: bool,
}

pub(super) async fn list(State(app): State<App>) -> Result<Json<Vec<Account>>, ApiError> {
    let users = app.work(|server, _| Ok(server.storage().read(|tx| tx.users())?)).await?;
    Ok(Json(users.into_iter().map(|(user, login, closed)| Account { user, login, closed }).collect()))
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

pub(super) async fn audit(State(app): State<App>) -> Result<Json<Vec<Line>>, ApiError> {
    let lines = app.work(|server, _| server.last_audit_lines(1_000)).await?;
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
