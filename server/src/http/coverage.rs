//! Coverage online.

use super::{
    App,
    auth::Caller,
    error::ApiError,
    json::{Body, body},
};
use axum::{Extension, Json, extract::State};
use serde::Deserialize;
use shared::{
    indicators::coverage::{Coverage, CoverageFilter, Month},
    model::ids::{Pcode, ProjectCode},
    sync::sign_in::CallRefusal,
};

/// Which coverage; months as `YYYY-MM`.
#[derive(Deserialize)]
pub(super) struct CoverageQuery {
    from: String,
    to: String,
    #[serde(default)]
    project: Option<ProjectCode>,
    #[serde(default)]
    place: Option<Pcode>,
}

pub(super) async fn coverage(
    State(app): State<App>,
    Extension(Caller(session)): Extension<Caller>,
    json: Body<CoverageQuery>,
) -> Result<Json<Coverage>, ApiError> {
    let CoverageQuery { from, to, project, place } = body(json)?;
    let month = |text: &str| Month::parse(text).ok_or(ApiError::from(CallRefusal::Malformed));
    let filter = CoverageFilter { from: month(&from)?, to: month(&to)?, project, place };
    Ok(Json(app.work(move |server, now| server.coverage(now, &session, &filter)).await?))
}
