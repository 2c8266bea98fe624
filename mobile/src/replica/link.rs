//! What the replica wants sent and how sending can fail. Knows no HTTP client: a worker uses `fetch`, a thread rustls,
//! the simulated world a function call.

use crate::protocol::FailureCode;
use shared::sync::{
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
}

/// Why no usable answer came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// No connection was made.
    #[error("no connection to the server")]
    Offline,
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
        Some(match serde_json::from_slice::<CallRefused>(body) {
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
            Self::Offline => Failure::Offline,
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

/// Whether nobody on the way can read what goes to this address: `https`, or this very machine. Anything but a plain
/// `scheme://host[:port][/path]` is none, so that no reader of addresses sees another host in it than another.
pub(super) fn is_private(server: &str) -> bool {
    let Some((scheme, rest)) = server.split_once("://") else { return false };
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let name = host_name(host);
    let is_plain = path.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~/".contains(&b));
    is_plain && name.is_some_and(|name| scheme == "https" || (scheme == "http" && is_this_machine(name)))
}

/// The host without its port.
fn host_name(host: &str) -> Option<&str> {
    let (name, port) = match host.strip_prefix('[') {
        Some(rest) => rest.split_once(']')?,
        None => host.find(':').map_or((host, ""), |at| host.split_at(at)),
    };
    let port_fits = port.is_empty() || port.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok());
    let in_brackets = host.starts_with('[');
    let fits = |b: u8| {
        if in_brackets { b.is_ascii_hexdigit() || b == b':' } else { b.is_ascii_alphanumeric() || b == b'-' || b == b'.' }
    };
    (!name.is_empty() && port_fits && name.bytes().all(fits)).then_some(name)
}

fn is_this_machine(name: &str) -> bool {
    name == "localhost" || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::is_private;

    #[test]
    fn only_an_address_that_nobody_can_listen_in_on_is_private() {
        for server in [
            "https://sada.example",
            "https://sada.example:8443/",
            "https://192.168.1.5/sada",
            "https://[fe80::1]:8443",
            "http://localhost:8080",
            "http://127.0.0.1:8080/",
            "http://[::1]:8080",
        ] {
            assert!(is_private(server), "{server}");
        }
        for server in [
            "",
            "sada.example",
            "http://sada.example",
            "http://192.168.1.5:8080",
            "http://localhost.evil.example",
            "http://127.0.0.1@evil.example",
            "http://127.0.0.1:80@evil.example/",
            "http://localhost\\@evil.example",
            "http://[::1",
            "http://[::1]evil.example",
            "http://127.0.0.1:99999",
            "https://",
            "https://user:password@sada.example",
            "https://sada.example?x",
            "ftp://localhost",
            "HTTP://evil.example",
        ] {
            assert!(!is_private(server), "{server}");
        }
    }
}
