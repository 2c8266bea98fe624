//! Accounts and devices, for administrators and those who look after others' devices.

use super::{
    App,
    account::hashing,
    auth::Caller,
    error::ApiError,
    json::{Body, body},
};
use crate::chance::SystemChance;
use axum::{Extension, Json, extract::State};
use shared::{
    model::devices::{ArrivedNumbers, PersonDevices, TemporaryPassword},
    sync::{
        opening::{ApproveOpening, OpeningAnswer, OpeningRequest},
        people::{AddAccount, AskNumbers, ConfirmDevice, EnrolDevice, ReopenDevice, ResetAccount, RevokeDevices},
    },
};

pub(super) async fn add(
    State(app): State<App>,
    Extension(Caller(session)): Extension<Caller>,
    json: Body<AddAccount>,
) -> Result<Json<TemporaryPassword>, ApiError> {
    let new = body(json)?;
    Ok(Json(hashing(&app, move |server, now| server.add_account_by(now, &mut SystemChance, &session, new)).await?))
}

pub(super) async fn reset(
    State(app): State<App>,
    Extension(Caller(session)): Extension<Caller>,
    json: Body<ResetAccount>,
) -> Result<Json<TemporaryPassword>, ApiError> {
    let reset = body(json)?;
    Ok(Json(hashing(&app, move |server, now| server.reset_account_by(now, &mut SystemChance, &session, &reset)).await?))
}

pub(super) async fn list(
    State(app): State<App>,
    Extension(Caller(session)): Extension<Caller>,
) -> Result<Json<Vec<PersonDevices>>, ApiError> {
    Ok(Json(app.work(move |server, now| server.people(now, &session)).await?))
}

pub(super) async fn revoke(
    State(app): State<App>,
    Extension(Caller(session)): Extension<Caller>,
    json: Body<RevokeDevices>,
) -> Result<Json<()>, ApiError> {
    let revoke = body(json)?;
    Ok(Json(app.work(move |server, now| server.revoke_by(now, &session, &revoke)).await?))
}

pub(super) async fn reopen(
    State(app): State<App>,
    Extension(Caller(session)): Extension<Caller>,
    json: Body<ReopenDevice>,
) -> Result<Json<()>, ApiError> {
    let reopen = body(json)?;
    Ok(Json(app.work(move |server, now| server.reopen_by(now, &mut SystemChance, &session, &reopen)).await?))
}

pub(super) async fn opening(State(app): State<App>, json: Body<OpeningRequest>) -> Result<Json<OpeningAnswer>, ApiError> {
    let request = body(json)?;
    Ok(Json(hashing(&app, move |server, now| server.open_device(now, &mut SystemChance, &request)).await?))
}

pub(super) async fn enrol(
    State(app): State<App>,
    Extension(Caller(session)): Extension<Caller>,
    json: Body<EnrolDevice>,
) -> Result<Json<String>, ApiError> {
    let enrol = body(json)?;
    Ok(Json(app.work(move |server, now| server.enrolment_code_by(now, &mut SystemChance, &session, &enrol)).await?))
}

pub(super) async fn confirm(
    State(app): State<App>,
    Extension(Caller(session)): Extension<Caller>,
    json: Body<ConfirmDevice>,
) -> Result<Json<()>, ApiError> {
    let confirm = body(json)?;
    Ok(Json(app.work(move |server, now| server.confirm_device(now, &session, &confirm)).await?))
}

pub(super) async fn open(
    State(app): State<App>,
    Extension(Caller(session)): Extension<Caller>,
    json: Body<ApproveOpening>,
) -> Result<Json<()>, ApiError> {
    let approve = body(json)?;
    Ok(Json(app.work(move |server, now| server.approve_opening(now, &session, &approve)).await?))
}

pub(super) async fn numbers(
    State(app): State<App>,
    Extension(Caller(session)): Extension<Caller>,
    json: Body<AskNumbers>,
) -> Result<Json<ArrivedNumbers>, ApiError> {
    let ask = body(json)?;
    Ok(Json(app.work(move |server, now| server.arrived_numbers(now, &session, &ask)).await?))
}
