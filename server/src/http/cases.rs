//! Cases and sessions online. Queries come in bodies, since addresses are written down along the way.

use super::{App, account::body, auth::Caller, error::ApiError};
use crate::work::cases::{CaseDetail, CasePage, CaseQuery, SessionDetail, SessionPage, SessionQuery};
use axum::{
    Extension, Json,
    extract::{Path, State, rejection::JsonRejection},
};
use shared::{model::ids::RecordId, sync::sign_in::CallRefusal};

fn record(text: &str) -> Result<RecordId, ApiError> {
    text.parse().map_err(|_| CallRefusal::NotFound.into())
}

pub(super) async fn list(
    State(app): State<App>,
    Extension(Caller(session)): Extension<Caller>,
    json: Result<Json<CaseQuery>, JsonRejection>,
) -> Result<Json<CasePage>, ApiError> {
    let query = body(json)?;
    Ok(Json(app.work(move |server, now| server.cases(now, &session, &query)).await?))
}

pub(super) async fn one(
    State(app): State<App>,
    Extension(Caller(session)): Extension<Caller>,
    Path(id): Path<String>,
) -> Result<Json<CaseDetail>, ApiError> {
    let record = record(&id)?;
    Ok(Json(app.work(move |server, now| server.case(now, &session, record)).await?))
}

pub(super) async fn list_sessions(
    State(app): State<App>,
    Extension(Caller(session)): Extension<Caller>,
    json: Result<Json<SessionQuery>, JsonRejection>,
) -> Result<Json<SessionPage>, ApiError> {
    let query = body(json)?;
    Ok(Json(app.work(move |server, _| server.sessions(&session, &query)).await?))
}

pub(super) async fn one_session(
    State(app): State<App>,
    Extension(Caller(session)): Extension<Caller>,
    Path(id): Path<String>,
) -> Result<Json<SessionDetail>, ApiError> {
    let record = record(&id)?;
    Ok(Json(app.work(move |server, now| server.session(now, &session, record)).await?))
}
