//! Why work was not done. Holds codes and causes, never content.

use crate::storage::StorageError;
use shared::sync::{
    sign_in::{CallRefusal, CallRefused},
    signing::SignedError,
};

/// Why a call was not answered with what it asked for.
#[derive(Debug, thiserror::Error)]
pub enum WorkError {
    /// The caller is told why, and it is not the server's fault.
    #[error("refused: {0:?}")]
    Refused(CallRefusal),
    /// As [`Self::Refused`]; waiting so many seconds helps.
    #[error("refused for now: {code:?}")]
    RefusedFor {
        /// Why.
        code: CallRefusal,
        /// Seconds to wait.
        retry_after_s: u32,
    },
    /// Storage failed.
    #[error("storage failed")]
    Storage(#[from] StorageError),
    /// Stored settings can't be read or new ones can't be signed.
    #[error("settings can't be read or signed")]
    Settings(#[from] SignedError),
    /// A password could not be hashed.
    #[error("a password could not be hashed")]
    Hash(#[from] argon2::password_hash::Error),
    /// A frame could not be written.
    #[error("a frame could not be written")]
    Frame(#[from] shared::sync::frames::FrameError),
    /// Keys failed.
    #[error("the deployment's keys can't be used")]
    Keys(#[from] crate::keys::KeyError),
    /// What stands in the database contradicts itself; names the part, never content.
    #[error("the database contradicts itself: {0}")]
    Inconsistent(&'static str),
}

impl WorkError {
    /// What the caller is told.
    #[must_use]
    pub fn told(&self) -> CallRefused {
        match self {
            Self::Refused(code) => CallRefused { code: *code, retry_after_s: None },
            Self::RefusedFor { code, retry_after_s } => CallRefused { code: *code, retry_after_s: Some(*retry_after_s) },
            _ => CallRefused { code: CallRefusal::Internal, retry_after_s: None },
        }
    }
}

impl From<CallRefusal> for WorkError {
    fn from(code: CallRefusal) -> Self {
        Self::Refused(code)
    }
}
