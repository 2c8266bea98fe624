//! Bodies of the calls by which people and their devices are looked after: JSON. What they answer stands in
//! [`crate::model::devices`], where pages see it too. Knows no HTTP.

use crate::{
    model::{
        devices::RevokeReason,
        ids::{DeviceId, UserId},
    },
    settings::Person,
};
use serde::{Deserialize, Serialize};

/// Body of `POST /api/v1/users`: a new account. The server makes a temporary password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddAccount {
    /// Log-in name.
    pub login: String,
    /// Who it is; an empty id is replaced by the next free one.
    pub person: Person,
}

/// Body of `POST /api/v1/users/reset`: a new temporary password. Sessions end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResetAccount {
    /// Whose.
    pub user: UserId,
    /// Forgets the second factor too: for a lost authenticator and lost codes.
    pub second_factor: bool,
}

/// Body of `POST /api/v1/devices/revoke`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevokeDevices {
    /// Whose.
    pub user: UserId,
    /// Which; all of theirs if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<DeviceId>,
    /// Why; older apps don't say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<RevokeReason>,
}

/// Body of `POST /api/v1/devices/reopen`: a device prepared for the road may get what it lacks again; one that was revoked is let in
/// again, by whoever stands above who revoked it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReopenDevice {
    /// Whose.
    pub user: UserId,
    /// Which.
    pub device: DeviceId,
}

/// Body of `POST /api/v1/devices/enrol`: a code for one new device. The answer is the code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolDevice {
    /// Whose.
    pub user: UserId,
}

/// Body of `POST /api/v1/devices/confirm`: its key counts from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfirmDevice {
    /// Whose.
    pub user: UserId,
    /// Which.
    pub device: DeviceId,
    /// The digits that its person read out.
    pub fingerprint: String,
}

/// Body of `POST /api/v1/devices/numbers`: receipt numbers of what had arrived from a device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskNumbers {
    /// Which.
    pub device: DeviceId,
    /// Of so many days until now, at most [`crate::model::devices::MOST_DAYS`].
    pub days: u16,
}
