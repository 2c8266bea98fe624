//! Cases and sessions online. Queries come in bodies, since addresses are written down along the way.

use super::{
    App,
    auth::Caller,
    error::ApiError,
    json::{Body, body},
};
use crate::work::cases::{CaseDetail, SessionDetail, SessionPage};
use axum::{Extension, Json, extract::State};
use serde::Deserialize;
use shared::{
    look_up::{Found, LookUpQuery},
    model::{
        ids::RecordId,
        query::{CasePage, CaseQuery, SessionQuery},
    },
};

/// Which one.
#[derive(Deserialize)]
pub(super) struct One {
    record: RecordId,
}

pub(super) async fn list(
    State(app): State<App>,
    Extension(Caller(session)): Extension<Caller>,
    json: Body<CaseQuery>,
) -> Result<Json<CasePage>, ApiError> {
    let query = body(json)?;
    Ok(Json(app.work(move |server, now| server.cases(now, &session, &query)).await?))
}

pub(super) async fn one(
    State(app): State<App>,
    Extension(Caller(session)): Extension<Caller>,
    json: Body<One>,
) -> Result<Json<CaseDetail>, ApiError> {
    let One { record } = body(json)?;
    Ok(Json(app.work(move |server, now| server.case(now, &session, record)).await?))
}

pub(super) async fn look_up(
    State(app): State<App>,
    Extension(Caller(session)): Extension<Caller>,
    json: Body<LookUpQuery>,
) -> Result<Json<Found>, ApiError> {
    let query = body(json)?;
    Ok(Json(app.work(move |server, now| server.look_up(now, &session, &query)).await?))
}

pub(super) async fn list_sessions(
    State(app): State<App>,
    Extension(Caller(session)): Extension<Caller>,
    json: Body<SessionQuery>,
) -> Result<Json<SessionPage>, ApiError> {
    let query = body(json)?;
    Ok(Json(app.work(move |server, _| server.sessions(&session, &query)).await?))
}

pub(super) async fn one_session(
    State(app): State<App>,
    Extension(Caller(session)): Extension<Caller>,
    json: Body<One>,
) -> Result<Json<SessionDetail>, ApiError> {
    let One { record } = body(json)?;
    Ok(Json(app.work(move |server, now| server.session(now, &session, record)).await?))
}
