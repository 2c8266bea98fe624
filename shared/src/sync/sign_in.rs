//! The bodies of `POST /api/v1/sign-in`, `/second-factor`, `/settings` and of every answer that is not 200: JSON. Knows no HTTP.

use super::{
    messages::{LeasedRefNo, SignedSettings},
    signing::PublicKey,
};
use crate::{
    model::{
        dates::UnixSeconds,
        ids::{DeviceId, UserId},
    },
    seal::SealKey,
};
use serde::{Deserialize, Serialize};

/// What a device sends to sign in or to renew its token.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInRequest {
    /// Log-in name.
    pub login: String,
    /// Password. Never logged, never stored on the device.
    pub password: String,
    /// The device's public key: the token is good for this device only.
    pub device_key: PublicKey,
    /// Version of the app.
    pub app: String,
    /// Second factor: six digits of the authenticator, or a recovery code. Left out at the first try.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The password from now on, where the one given is temporary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_password: Option<String>,
    /// The code with which a new device comes in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enrolment: Option<String>,
}

/// Body of `POST /api/v1/second-factor`: asks for a second factor to set up.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondFactorRequest {
    /// Log-in name.
    pub login: String,
    /// Password.
    pub password: String,
}

/// What the server answers.
#[derive(Clone, Serialize, Deserialize)]
pub struct SignInAnswer {
    /// Opaque, revocable; goes into `Authorization: Bearer`.
    pub token: String,
    /// When the token ends, by the server's clock.
    pub token_ends_at: UnixSeconds,
    /// Who signed in.
    pub user: UserId,
    /// The device as the server derived it from the key.
    pub device: DeviceId,
    /// The server's signing key, pinned from now on: another one later means another server.
    pub server_key: PublicKey,
    /// The server's clock.
    pub server_time: UnixSeconds,
    /// Deployment epoch.
    pub epoch: u32,
    /// The settings in force; in JSON, their CBOR as hex digits.
    #[serde(with = "cbor_hex")]
    pub settings: SignedSettings,
    /// First receipt numbers; empty when a token is renewed, since sync tops them up.
    pub ref_nos: Vec<LeasedRefNo>,
    /// To which the device seals a copy of its database key ([`crate::seal::opening`]).
    pub device_recovery: SealKey,
    /// Nobody has compared this device's key yet: until then it gets nothing, and the settings name its person only.
    #[serde(default)]
    pub unconfirmed: bool,
}

/// Publishes new settings, with the version they were made from: if that is not the newest, someone else was quicker.
#[derive(Clone, Serialize, Deserialize)]
pub struct PublishSettings {
    /// Version the edit began with.
    pub based_on: u32,
    /// The snapshot; its own version is given by the server.
    pub settings: crate::settings::Settings,
}

/// Body of an answer that is not 200. Never holds personal data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallRefused {
    /// Why.
    pub code: CallRefusal,
    /// Try again after so many seconds, where waiting helps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_s: Option<u32>,
}

/// Why a call was refused: stable codes, never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallRefusal {
    /// Wrong log-in or password (401).
    BadCredentials,
    /// Password right; the second factor's code is needed too (401).
    SecondFactorNeeded,
    /// Password right; this role needs a second factor and has none yet (401).
    SecondFactorUnset,
    /// The second factor's code is wrong, too old or used (401).
    BadSecondFactor,
    /// The password is temporary: sign in with it and one of one's own, long enough and another (401).
    NewPasswordNeeded,
    /// A new device needs a code that someone made for its person (401).
    EnrolmentNeeded,
    /// Token expired, unknown, or not this device's (401).
    TokenExpired,
    /// Account closed or device revoked (403).
    Revoked,
    /// This device shows nothing for now and only sends (403).
    Shut,
    /// This person may not do this (403).
    NotAllowed,
    /// No such thing, or none this person may know of (404).
    NotFound,
    /// Not readable as what it should be (400).
    Malformed,
    /// The batch's signature does not hold (400).
    BadSignature,
    /// Larger than the server reads (413).
    TooLarge,
    /// Settings were published meanwhile (409).
    SettingsConflict,
    /// Settings contradict themselves (422).
    BadSettings,
    /// The app is too old (426).
    Upgrade,
    /// Too many tries (429).
    TooManyTries,
    /// Busy or shutting down (503).
    Busy,
    /// A fault of the server's (500).
    Internal,
}

/// A CBOR message inside JSON.
mod cbor_hex {
    use crate::sync::messages::{SignedSettings, decode, encode};
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(message: &SignedSettings, s: S) -> Result<S::Ok, S::Error> {
        use std::fmt::Write;
        let mut text = String::new();
        for byte in encode(message) {
            write!(text, "{byte:02x}").map_err(serde::ser::Error::custom)?;
        }
        s.serialize_str(&text)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<SignedSettings, D::Error> {
        let text = String::deserialize(d)?;
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|value| u8::try_from(value).ok());
        let bytes: Option<Vec<u8>> = pairs.iter().map(|&[high, low]| Some(digit(high)? << 4 | digit(low)?)).collect();
        let bytes = bytes.filter(|_| rest.is_empty()).ok_or_else(|| D::Error::custom("not hex digits"))?;
        decode(&bytes).map_err(D::Error::custom)
    }
}
