//! What the pages of people and devices and the replica say to each other. All of it is asked at the server; nothing is kept.

use serde::{Deserialize, Serialize};
use shared::{
    model::{
        devices::{ArrivedNumbers, PersonDevices, RevokeReason, TemporaryPassword},
        ids::{DeviceId, UserId},
        second_factor::QrPicture,
    },
    settings::Person,
};

/// About accounts and devices.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum PeopleRequest {
    /// Everyone whose devices this person looks after.
    List,
    /// Adds a person and their account (administrators).
    AddAccount {
        /// Log-in name.
        login: String,
        /// Who it is, with an empty id.
        person: Box<Person>,
    },
    /// Gives an account a new temporary password (administrators).
    ResetAccount {
        /// Whose.
        user: UserId,
        /// Forgets the second factor too.
        second_factor: bool,
    },
    /// Revokes one device of a person, or all.
    Revoke {
        /// Whose.
        user: UserId,
        /// Which; all if left out.
        device: Option<DeviceId>,
        /// Why: told to everyone else who looks after this person.
        why: RevokeReason,
    },
    /// Re-opens a device that was prepared for the road, or that someone else revoked.
    Reopen {
        /// Whose.
        user: UserId,
        /// Which.
        device: DeviceId,
    },
    /// Says yes to a device whose passphrase is gone and that shows these digits (administrators).
    Open {
        /// Whose.
        user: UserId,
        /// Which.
        device: DeviceId,
        /// The one-time key whose digits were compared.
        one_time: String,
    },
    /// Makes a code for one new device of a person.
    Enrol {
        /// Whose.
        user: UserId,
    },
    /// A new device's key counts: its person read out these digits.
    Confirm {
        /// Whose.
        user: UserId,
        /// Which.
        device: DeviceId,
        /// The digits.
        fingerprint: String,
    },
    /// Receipt numbers of what had arrived from a device in the last days.
    Arrived {
        /// Which.
        device: DeviceId,
        /// Days looked back on.
        days: u16,
    },
}

/// The answer, where there is something to say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum PeopleAnswer {
    /// People with their devices.
    List(Vec<PersonDevices>),
    /// A password to hand over; shown once.
    Password(TemporaryPassword),
    /// A code for a new device; shown once.
    Enrolment(EnrolmentCode),
    /// Receipt numbers.
    Arrived(ArrivedNumbers),
}

/// A code for a new device.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EnrolmentCode {
    /// To be typed.
    pub code: String,
    /// The server's address for an app on phone or computer, with the key it must hold where that is known.
    pub address: String,
    /// The server's address with the code, to be scanned: a browser opens the app with the code filled in.
    pub picture: QrPicture,
}
