//! Month's end: the figure as JSON, the COMPFU as a file.

use super::{
    App,
    account::{Body, body},
    auth::Caller,
    error::ApiError,
};
use crate::reports::{csv_file, xlsx_file};
use axum::{
    Extension, Json,
    extract::State,
    http::{HeaderName, header},
    response::IntoResponse,
};
use serde::Deserialize;
use shared::{
    indicators::{closure::ClosurePage, coverage::Month},
    sync::sign_in::CallRefusal,
    text::Language,
};

/// Which file.
#[derive(Deserialize)]
pub(super) struct Which {
    /// `YYYY-MM`.
    month: String,
    language: Language,
    form: Form,
}

/// What a file looks like.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Form {
    Xlsx,
    Csv,
}

impl Form {
    const fn media_type(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }
}

/// Lines of data in the file.
const LINES: HeaderName = HeaderName::from_static("x-lines");

pub(super) async fn closure(
    State(app): State<App>,
    Extension(Caller(session)): Extension<Caller>,
) -> Result<Json<ClosurePage>, ApiError> {
    Ok(Json(app.work(move |server, now| server.closure(now, &session)).await?))
}

pub(super) async fn compfu(
    State(app): State<App>,
    Extension(Caller(session)): Extension<Caller>,
    json: Body<Which>,
) -> Result<impl IntoResponse, ApiError> {
    let Which { month, language, form } = body(json)?;
    let month = Month::parse(&month).ok_or(ApiError::from(CallRefusal::Malformed))?;
    let sheet = app.work(move |server, now| server.compfu(now, &session, month, language)).await?;
    let bytes = match form {
        Form::Xlsx => xlsx_file::write(&sheet, language == Language::Ar).map_err(|error| fault(&error))?,
        Form::Csv => csv_file::write(&sheet).map_err(|error| fault(&error))?,
    };
    Ok(([(header::CONTENT_TYPE, form.media_type().to_owned()), (LINES, sheet.rows.len().to_string())], bytes))
}

/// What a writer of files says may quote a cell: it is not logged.
fn fault(_: &impl std::error::Error) -> ApiError {
    tracing::error!("a file could not be written");
    ApiError::INTERNAL
}
