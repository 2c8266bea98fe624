//! Month's end: the figure as JSON, the COMPFU as a file.

use super::{
    App,
    auth::Caller,
    error::ApiError,
    json::{Body, body},
};
use crate::reports::{csv_file, xlsx_file};
use axum::{Extension, Json, extract::State, http::header, response::IntoResponse};
use shared::{
    indicators::{closure::ClosurePage, coverage::Month},
    model::query::{CompfuQuery, SheetForm},
    sync::sign_in::CallRefusal,
    text::Language,
};

const fn media_type(form: SheetForm) -> &'static str {
    match form {
        SheetForm::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        SheetForm::Csv => "text/csv; charset=utf-8",
    }
}

pub(super) async fn closure(
    State(app): State<App>,
    Extension(Caller(session)): Extension<Caller>,
) -> Result<Json<ClosurePage>, ApiError> {
    Ok(Json(app.work(move |server, now| server.closure(now, &session)).await?))
}

pub(super) async fn compfu(
    State(app): State<App>,
    Extension(Caller(session)): Extension<Caller>,
    json: Body<CompfuQuery>,
) -> Result<impl IntoResponse, ApiError> {
    let CompfuQuery { month, language, form } = body(json)?;
    let month = Month::parse(&month).ok_or(ApiError::from(CallRefusal::Malformed))?;
    let sheet = app.work(move |server, now| server.compfu(now, &session, month, language)).await?;
    let bytes = match form {
        SheetForm::Xlsx => xlsx_file::write(&sheet, language == Language::Ar).map_err(|error| fault(&error))?,
        SheetForm::Csv => csv_file::write(&sheet).map_err(|error| fault(&error))?,
    };
    Ok(([(header::CONTENT_TYPE, media_type(form))], bytes))
}

/// What a writer of files says may quote a cell: it is not logged.
fn fault(_: &impl std::error::Error) -> ApiError {
    tracing::error!("a file could not be written");
    ApiError::INTERNAL
}
