//! Bodies of the calls by which a device whose passphrase is gone is opened: JSON. Knows no HTTP.

use crate::{
    model::ids::{DeviceId, UserId},
    seal::SealKey,
};
use serde::{Deserialize, Serialize};

/// Body of `POST /api/v1/devices/opening`, sent by the device in question: first to ask, then to come for the key.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpeningRequest {
    /// Log-in name.
    pub login: String,
    /// Password.
    pub password: String,
    /// Second factor, once the server has asked for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Which device. It can't sign: its key lies in what is to be opened.
    pub device: DeviceId,
    /// To which the answer is sealed.
    pub one_time: SealKey,
    /// Its database key as it was sealed to the server at the first sign-in.
    pub envelope: Vec<u8>,
}

/// The answer.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpeningAnswer {
    /// The database key, sealed to the one-time key; none while nobody has said yes.
    pub key: Option<Vec<u8>>,
}

/// Body of `POST /api/v1/devices/open`: yes, this device is in its user's hands.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApproveOpening {
    /// Whose.
    pub user: UserId,
    /// Which.
    pub device: DeviceId,
    /// The one-time key whose digits were compared.
    pub one_time: String,
}
