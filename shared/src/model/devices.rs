//! People's accounts and devices as those who look after them see them: names, ids and times, never content. Here and not beside
//! their requests, since the page's half of the web app knows no sync.

use super::{
    dates::UnixSeconds,
    ids::{DeviceId, UserId},
};
use crate::closed_list;
use serde::{Deserialize, Serialize};

/// One person's account with its devices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonDevices {
    /// Who.
    pub user: UserId,
    /// Log-in name; only an administrator is told, and it is empty for a person without an account.
    pub login: String,
    /// The operator closed the account; a person no longer active in the settings can't sign in either.
    pub closed: bool,
    /// A second factor is set up.
    pub second_factor: bool,
    /// Their devices, the one heard of last first.
    pub devices: Vec<DeviceRow>,
}

/// One device as it last told of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceRow {
    /// Which.
    pub device: DeviceId,
    /// How it stands.
    pub standing: DeviceStanding,
    /// Version of the app; empty before the first sync.
    pub app: String,
    /// First sign-in on it.
    pub enrolled_at: UnixSeconds,
    /// Last time it spoke to the server.
    pub last_contact: Option<UnixSeconds>,
    /// Changes that waited on it then and had not arrived.
    pub waiting: u32,
    /// Its passphrase is gone and it asks to be opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opening: Option<AskedOpening>,
    /// Who revoked it, when and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked: Option<Revoked>,
}

/// That a device was revoked, as everyone is told who looks after its person: whoever revoked it is one of several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revoked {
    /// When.
    pub at: UnixSeconds,
    /// Who; empty for the server and its operator, and where it was not written down yet.
    pub by: UserId,
    /// What they said; none from an app that did not ask.
    pub why: Option<RevokeReason>,
}

/// A device that asks to be opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedOpening {
    /// Its one-time key, to say which request a yes is for.
    pub one_time: String,
    /// The twelve digits that it shows.
    pub code: String,
}

closed_list!(
    /// How a device stands. Stable codes.
    DeviceStanding {
        /// It syncs.
        InUse = "in_use",
        /// Its key waits for someone to compare the fingerprint: it gets nothing yet.
        Unconfirmed = "unconfirmed",
        /// Prepared for the road: it holds nothing the server has, and gets nothing until someone re-opens it.
        Road = "road",
        /// Revoked: it gets nothing and is told to lock.
        Revoked = "revoked",
    }
);

closed_list!(
    /// Why a device is revoked. No words of one's own: they would name people in the audit log. Stable codes.
    RevokeReason {
        /// Lost, or stolen.
        Lost = "lost",
        /// Taken from its person, at a checkpoint or elsewhere.
        Taken = "taken",
        /// Its person has another one now.
        Replaced = "replaced",
        /// Its person works here no more.
        Left = "left",
        /// Someone else may be using it.
        Misused = "misused",
    }
);

closed_list!(
    /// Why a device shows nothing of what is on it and only sends. Stable codes.
    #[derive(minicbor::Encode, minicbor::Decode)]
    #[cbor(index_only)]
    Shut {
        /// Its key waits for someone to compare the fingerprint.
        #[n(0)]
        Unconfirmed = "unconfirmed",
        #[n(1)]
        /// Prepared for the road, until someone who looks after it re-opens it.
        Road = "road",
        #[n(2)]
        /// Without contact for too long; the next contact opens it.
        Expired = "expired",
    }
);

/// A password the server made for someone. Shown once: the server keeps only a hash, and the first sign-in must set another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemporaryPassword {
    /// Whose account.
    pub user: UserId,
    /// Log-in name.
    pub login: String,
    /// The password.
    pub password: String,
}

/// Shortest password an account can have, in characters.
pub const LEAST_PASSWORD_CHARS: usize = 10;

/// Most days looked back on for what had arrived.
pub const MOST_DAYS: u16 = 365;

/// What had arrived from a device, so that people can be called back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArrivedNumbers {
    /// Receipt numbers, the newest first.
    pub numbers: Vec<ArrivedNumber>,
}

/// One receipt number and when its record arrived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArrivedNumber {
    /// With its check digit.
    pub ref_no: String,
    /// When the server had it.
    pub at: UnixSeconds,
}
