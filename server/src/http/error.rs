//! Answers that are not 200: problem+json with a stable code, the cause logged once and never sent.

use crate::work::error::WorkError;
use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode, header},
    response::IntoResponse,
};
use serde::Serialize;
use shared::sync::sign_in::{CallRefusal, CallRefused};

/// An answer that is not 200.
#[derive(Clone, Copy, Debug)]
pub(super) struct ApiError(CallRefusal, Option<u32>);

impl ApiError {
    pub(super) const BUSY: Self = Self(CallRefusal::Busy, Some(5));
    pub(super) const INTERNAL: Self = Self(CallRefusal::Internal, None);

    /// Too much asked: come again after so many seconds.
    pub(super) const fn busy_for(seconds: u32) -> Self {
        Self(CallRefusal::Busy, Some(seconds))
    }
}

impl From<CallRefusal> for ApiError {
    fn from(code: CallRefusal) -> Self {
        Self(code, None)
    }
}

impl From<WorkError> for ApiError {
    fn from(error: WorkError) -> Self {
        let CallRefused { code, retry_after_s } = error.told();
        if code == CallRefusal::Internal {
            let mut causes = Vec::new();
            let mut next: Option<&dyn std::error::Error> = Some(&error);
            while let Some(cause) = next {
                causes.push(cause.to_string());
                next = cause.source();
            }
            tracing::error!(cause = causes.join(": "), "work failed");
        }
        Self(code, retry_after_s)
    }
}

/// The body: RFC 9457 with our code.
#[derive(Serialize)]
struct Problem {
    r#type: String,
    title: &'static str,
    status: u16,
    #[serde(flatten)]
    refused: CallRefused,
}

const fn status_and_title(code: CallRefusal) -> (StatusCode, &'static str) {
    match code {
        CallRefusal::BadCredentials => (StatusCode::UNAUTHORIZED, "Wrong log-in or password"),
        CallRefusal::SecondFactorNeeded => (StatusCode::UNAUTHORIZED, "Second factor needed"),
        CallRefusal::SecondFactorUnset => (StatusCode::UNAUTHORIZED, "Second factor not set up"),
        CallRefusal::BadSecondFactor => (StatusCode::UNAUTHORIZED, "Wrong or used second factor"),
        CallRefusal::NewPasswordNeeded => (StatusCode::UNAUTHORIZED, "Password to be replaced"),
        CallRefusal::EnrolmentNeeded => (StatusCode::UNAUTHORIZED, "This device needs a code"),
        CallRefusal::TokenExpired => (StatusCode::UNAUTHORIZED, "Sign in again"),
        CallRefusal::Revoked => (StatusCode::FORBIDDEN, "Account closed or device revoked"),
        CallRefusal::Shut => (StatusCode::FORBIDDEN, "This device only sends for now"),
        CallRefusal::NotAllowed => (StatusCode::FORBIDDEN, "Not allowed"),
        CallRefusal::NotFound => (StatusCode::NOT_FOUND, "Not found"),
        CallRefusal::Malformed => (StatusCode::BAD_REQUEST, "Malformed"),
        CallRefusal::BadSignature => (StatusCode::BAD_REQUEST, "Signature does not hold"),
        CallRefusal::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "Too large"),
        CallRefusal::SettingsConflict => (StatusCode::CONFLICT, "Published meanwhile"),
        CallRefusal::BadSettings => (StatusCode::UNPROCESSABLE_ENTITY, "Settings contradict themselves"),
        CallRefusal::Upgrade => (StatusCode::UPGRADE_REQUIRED, "App too old"),
        CallRefusal::TooManyTries => (StatusCode::TOO_MANY_REQUESTS, "Too many tries"),
        CallRefusal::Busy => (StatusCode::SERVICE_UNAVAILABLE, "Busy"),
        CallRefusal::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "A fault of the server's"),
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> axum::response::Response {
        let Self(code, retry_after_s) = self;
        let (status, title) = status_and_title(code);
        let refused = CallRefused { code, retry_after_s };
        let name = serde_json::to_value(code).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
        let problem = Problem { r#type: format!("urn:sada:{name}"), title, status: status.as_u16(), refused };
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        let mut response = (status, body).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = retry_after_s {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// The answer after a handler panicked. What the panic said may hold data, so it is not told.
pub(super) fn panicked(_: Box<dyn std::any::Any + Send + 'static>) -> Response<Body> {
    tracing::error!("a handler panicked");
    ApiError::INTERNAL.into_response()
}
