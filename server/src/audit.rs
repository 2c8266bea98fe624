//! The audit log: who read, decided, granted, exported, logged in or was refused. Ids and codes only, never content.
//! Each line's hash covers the line before, so that a changed or missing line shows.

pub mod checkpoint;

use crate::storage::{StorageError, Tx, audit_log::AuditLine};
use sha2::{Digest, Sha256};
use shared::model::{
    dates::UnixSeconds,
    ids::{DeviceId, UserId},
};

/// Who acts, and when by the server's clock.
#[derive(Clone, Debug)]
pub struct Witness {
    /// When.
    pub now: UnixSeconds,
    /// Who; empty for the server itself.
    pub user: UserId,
    /// On which device; all zero for none.
    pub device: DeviceId,
}

impl Witness {
    /// The server itself.
    #[must_use]
    pub fn server(now: UnixSeconds) -> Self {
        Self { now, user: UserId::default(), device: DeviceId([0; 10]) }
    }
}

/// What was done. The code is stable and never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Signed in.
    SignedIn,
    /// A log-in was refused.
    SignInRefused,
    /// A device was enrolled.
    DeviceEnrolled,
    /// A code was made with which a new device of this person comes in.
    EnrolmentCodeMade,
    /// Someone compared a device's key with its person.
    DeviceConfirmed,
    /// A device was revoked, or all of a person's.
    DeviceRevoked,
    /// A device told that it was prepared for the road: it holds nothing the server has.
    DeviceShut,
    /// A device prepared for the road was re-opened.
    DeviceReopened,
    /// A device whose passphrase is gone asked to be opened.
    OpeningAsked,
    /// An administrator who saw its digits said yes.
    OpeningApproved,
    /// It was given its key; says who had said yes.
    DeviceOpened,
    /// A change was refused and put in quarantine.
    ChangeRefused,
    /// A document of someone's identity, or of level 3 and above, went to a device.
    Sent,
    /// A case of level 3 and above, or someone's identity, was read online.
    Read,
    /// The same on a device without the server, as the device told later.
    ReadOffline,
    /// A ruling was written.
    Ruled,
    /// Settings were published.
    SettingsPublished,
    /// An account was added, closed or given a new password.
    AccountChanged,
    /// A document was purged.
    Purged,
    /// A backup was made.
    BackedUp,
    /// A backup was restored.
    Restored,
    /// A call was refused for lack of rights.
    Denied,
    /// The recovery key was made and split.
    RecoveryBegun,
    /// Recovery kits were tried, and opened.
    RecoveryDrilled,
    /// What is sealed of a case was opened with recovery kits.
    RecoveryOpened,
    /// A focal point asked for a new key to count.
    KeyAsked,
    /// The key book went on: a key counts from now on, or no longer.
    KeyBookWentOn,
    /// The audit log itself was exported.
    AuditExported,
    /// A month's cases were exported, without identities.
    CasesExported,
}

impl Deed {
    const ALL: [Self; 22] = [
        Self::SignedIn,
        Self::SignInRefused,
        Self::DeviceEnrolled,
        Self::DeviceRevoked,
        Self::ChangeRefused,
        Self::Sent,
        Self::Read,
        Self::ReadOffline,
        Self::Ruled,
        Self::SettingsPublished,
        Self::AccountChanged,
        Self::Purged,
        Self::BackedUp,
        Self::Restored,
        Self::Denied,
        Self::RecoveryBegun,
        Self::RecoveryDrilled,
        Self::RecoveryOpened,
        Self::KeyAsked,
        Self::KeyBookWentOn,
        Self::AuditExported,
        Self::CasesExported,
    ];

    /// The deed with this code; none for one of a later version.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|deed| deed.code() == code)
    }

    const fn code(self) -> &'static str {
        match self {
            Self::SignedIn => "signed_in",
            Self::SignInRefused => "sign_in_refused",
            Self::DeviceEnrolled => "device_enrolled",
            Self::EnrolmentCodeMade => "enrolment_code_made",
            Self::DeviceConfirmed => "device_confirmed",
            Self::DeviceRevoked => "device_revoked",
            Self::DeviceShut => "device_shut",
            Self::DeviceReopened => "device_reopened",
            Self::OpeningAsked => "opening_asked",
            Self::OpeningApproved => "opening_approved",
            Self::DeviceOpened => "device_opened",
            Self::ChangeRefused => "change_refused",
            Self::Sent => "sent",
            Self::Read => "read",
            Self::ReadOffline => "read_offline",
            Self::Ruled => "ruled",
            Self::SettingsPublished => "settings_published",
            Self::AccountChanged => "account_changed",
            Self::Purged => "purged",
            Self::BackedUp => "backed_up",
            Self::Restored => "restored",
            Self::Denied => "denied",
            Self::RecoveryBegun => "recovery_begun",
            Self::RecoveryDrilled => "recovery_drilled",
            Self::RecoveryOpened => "recovery_opened",
            Self::KeyAsked => "key_asked",
            Self::KeyBookWentOn => "key_book_went_on",
            Self::AuditExported => "audit_exported",
            Self::CasesExported => "cases_exported",
        }
    }
}

/// Appends lines to the log of one transaction; reads the end of the chain once.
pub struct Audit<'t, 'c> {
    tx: &'t Tx<'c>,
    witness: Witness,
    last: Option<(u64, [u8; 32])>,
}

impl<'t, 'c> Audit<'t, 'c> {
    /// Lines witnessed by `witness`.
    #[must_use]
    pub const fn new(tx: &'t Tx<'c>, witness: Witness) -> Self {
        Self { tx, witness, last: None }
    }

    /// Writes down a deed. `object` is an id, `detail` a stable code or a number.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn note(&mut self, deed: Deed, object: &str, detail: &str) -> Result<(), StorageError> {
        let (seq, before) = match self.last {
            Some(last) => last,
            None => self.tx.last_audit_line()?,
        };
        let mut line = AuditLine {
            seq: seq + 1,
            at: self.witness.now,
            user: self.witness.user.clone(),
            device: self.witness.device,
            action: deed.code().to_owned(),
            object: object.to_owned(),
            detail: detail.to_owned(),
            hash: [0; 32],
        };
        line.hash = chain_of(&before, &line);
        self.tx.insert_audit_line(&line)?;
        self.last = Some((line.seq, line.hash));
        Ok(())
    }
}

/// What a line's hash must be: SHA-256 over the hash before and every field, each with its length.
#[must_use]
pub fn chain_of(before: &[u8; 32], line: &AuditLine) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(b"sada audit 1");
    hash.update(before);
    hash.update(line.seq.to_be_bytes());
    hash.update(line.at.0.to_be_bytes());
    hash.update(line.device.0);
    for text in [&line.user.0, &line.action, &line.object, &line.detail] {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text.as_bytes());
    }
    hash.finalize().into()
}
