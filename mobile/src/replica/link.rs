//! What the replica wants sent and how sending can fail. Knows no HTTP client: a worker uses `fetch`, a thread rustls,
//! the simulated world a function call.

use crate::protocol::FailureCode;
use shared::sync::sign_in::{CallRefusal, CallRefused};

/// One request to the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// The server's address, without a slash at the end.
    pub server: String,
    /// Path, from `/api/v1/`.
    pub path: &'static str,
    /// `application/json` or `application/cbor`.
    pub content_type: &'static str,
    /// The body.
    pub body: Vec<u8>,
    /// Bearer token.
    pub token: Option<String>,
}

/// Why no usable answer came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// No connection, or it broke before the whole answer was there.
    #[error("no connection to the server")]
    Offline,
    /// The server is down or busy.
    #[error("the server is unavailable")]
    Unavailable,
    /// The server answered and said why not.
    #[error("the server refused the call: {0:?}")]
    Refused(CallRefusal),
    /// The answer is not Sada's.
    #[error("the answer is not from a Sada server")]
    Garbage,
}

impl LinkError {
    /// The error an answer with this HTTP status and body stands for; none for success.
    #[must_use]
    pub fn of_answer(status: u16, body: &[u8]) -> Option<Self> {
        if (200..300).contains(&status) {
            return None;
        }
        Some(match serde_json::from_slice::<CallRefused>(body) {
            Ok(CallRefused { code: CallRefusal::Busy | CallRefusal::Internal, .. }) => Self::Unavailable,
            Ok(refused) => Self::Refused(refused.code),
            // A proxy, a captive portal, or a server in trouble: worth another try.
            Err(_) if status >= 500 || status == 429 => Self::Unavailable,
            Err(_) => Self::Garbage,
        })
    }

    /// What a person is told.
    #[must_use]
    pub const fn code(self) -> FailureCode {
        match self {
            Self::Offline => FailureCode::Offline,
            Self::Unavailable => FailureCode::ServerUnavailable,
            Self::Garbage => FailureCode::BadServer,
            Self::Refused(refusal) => match refusal {
                CallRefusal::BadCredentials => FailureCode::BadCredentials,
                CallRefusal::TokenExpired => FailureCode::TokenExpired,
                CallRefusal::Revoked => FailureCode::Revoked,
                CallRefusal::NotAllowed => FailureCode::NotAllowed,
                CallRefusal::NotFound => FailureCode::NotFound,
                CallRefusal::SettingsConflict => FailureCode::SettingsConflict,
                CallRefusal::BadSettings => FailureCode::Invalid,
                CallRefusal::Upgrade => FailureCode::UpgradeNeeded,
                CallRefusal::TooManyTries => FailureCode::TooManyTries,
                CallRefusal::Busy | CallRefusal::Internal => FailureCode::ServerUnavailable,
                CallRefusal::Malformed | CallRefusal::BadSignature | CallRefusal::TooLarge => FailureCode::BadServer,
            },
        }
    }
}
