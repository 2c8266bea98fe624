//! What the replica wants sent and how sending can fail. Knows no HTTP client: a worker uses `fetch`, a thread rustls,
//! the simulated world a function call.

use crate::protocol::FailureCode;
use shared::sync::{
    server_pin::ServerPin,
    session::Failure,
    sign_in::{CallRefusal, CallRefused},
};

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
    /// Keys of which the server must prove to hold one, before anything is sent; none: a certificate authority vouches for it.
    pub pins: Vec<ServerPin>,
}

/// What came of one request.
#[derive(Debug)]
pub struct Exchange {
    /// The answer's body.
    pub result: Result<Vec<u8>, LinkError>,
    /// The key that the server proved to hold; none where that can't be known, as in a browser.
    pub proven: Option<ServerPin>,
}

/// Why no usable answer came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// No connection was made.
    #[error("no connection to the server")]
    Offline,
    /// Whoever answered does not hold the server's key, or no authority vouches for them. Nothing was sent.
    #[error("whoever answered is not the server")]
    WrongKey,
    /// The connection was cut or timed out before the whole answer was there.
    #[error("the connection was cut")]
    Cut,
    /// The server is down or busy; wait so many seconds at least.
    #[error("the server is unavailable")]
    Busy(u32),
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
        Some(match shared::json::from_bytes::<CallRefused>(body) {
            Ok(CallRefused { code: CallRefusal::Busy | CallRefusal::Internal, retry_after_s }) => {
                Self::Busy(retry_after_s.unwrap_or(0))
            }
            Ok(refused) => Self::Refused(refused.code),
            // A proxy, a captive portal, or a server in trouble: worth another try.
            Err(_) if status >= 500 || status == 429 => Self::Busy(0),
            Err(_) => Self::Garbage,
        })
    }

    /// What a person is told.
    #[must_use]
    pub const fn code(self) -> FailureCode {
        match self {
            Self::Offline | Self::Cut => FailureCode::Offline,
            Self::Busy(_) => FailureCode::ServerUnavailable,
            Self::Garbage => FailureCode::BadServer,
            Self::WrongKey => FailureCode::WrongKey,
            Self::Refused(refusal) => match refusal {
                CallRefusal::BadCredentials => FailureCode::BadCredentials,
                CallRefusal::SecondFactorNeeded => FailureCode::SecondFactorNeeded,
                CallRefusal::SecondFactorUnset => FailureCode::SecondFactorUnset,
                CallRefusal::BadSecondFactor => FailureCode::BadSecondFactor,
                CallRefusal::NewPasswordNeeded => FailureCode::NewPasswordNeeded,
                CallRefusal::EnrolmentNeeded => FailureCode::EnrolmentNeeded,
                CallRefusal::TokenExpired => FailureCode::TokenExpired,
                CallRefusal::Revoked => FailureCode::Revoked,
                CallRefusal::Shut => FailureCode::Shut,
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

    /// What sync makes of it.
    pub(super) const fn of_sync(self) -> Failure {
        match self {
            // Another network may lead to the server again.
            Self::Offline | Self::WrongKey => Failure::Offline,
            Self::Cut => Failure::Cut,
            Self::Busy(retry_after_s) => Failure::Busy { retry_after_s },
            Self::Garbage => Failure::Garbage,
            Self::Refused(refusal) => match refusal {
                CallRefusal::TokenExpired | CallRefusal::BadCredentials => Failure::TokenExpired,
                CallRefusal::Revoked => Failure::Revoked,
                CallRefusal::Upgrade => Failure::Upgrade,
                CallRefusal::Malformed | CallRefusal::TooLarge => Failure::Rejected,
                CallRefusal::TooManyTries => Failure::Busy { retry_after_s: 60 },
                _ => Failure::Garbage,
            },
        }
    }
}
