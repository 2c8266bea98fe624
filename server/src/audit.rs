//! The audit log: who read, decided, granted, exported, logged in or was refused. Ids and codes only, never content.
//! Each line's hash covers the line before, so that a changed or missing line shows.

pub mod checkpoint;

use crate::storage::{StorageError, Tx, audit_log::AuditLine};
use sha2::{Digest, Sha256};
use shared::{
    closed_list,
    model::{
        dates::UnixSeconds,
        ids::{DeviceId, UserId},
    },
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

closed_list!(
    /// What was done. The code is stable and never reused.
    Deed {
        /// Signed in.
        SignedIn = "signed_in",
        /// A log-in was refused.
        SignInRefused = "sign_in_refused",
        /// A device was enrolled.
        DeviceEnrolled = "device_enrolled",
        /// A code was made with which a new device of this person comes in.
        EnrolmentCodeMade = "enrolment_code_made",
        /// Someone compared a device's key with its person.
        DeviceConfirmed = "device_confirmed",
        /// A device was revoked, or all of a person's.
        DeviceRevoked = "device_revoked",
        /// A device told that it was prepared for the road: it holds nothing the server has.
        DeviceShut = "device_shut",
        /// A device prepared for the road was re-opened.
        DeviceReopened = "device_reopened",
        /// A device whose passphrase is gone asked to be opened.
        OpeningAsked = "opening_asked",
        /// An administrator who saw its digits said yes.
        OpeningApproved = "opening_approved",
        /// It was given its key; says who had said yes.
        DeviceOpened = "device_opened",
        /// A change was refused and put in quarantine.
        ChangeRefused = "change_refused",
        /// A document of someone's identity, or of level 3 and above, went to a device.
        Sent = "sent",
        /// Someone brought a file of what a device could not send.
        UnsentBrought = "unsent_brought",
        /// A case of level 3 and above, or someone's identity, was read online.
        Read = "read",
        /// The same on a device without the server, as the device told later.
        ReadOffline = "read_offline",
        /// A receipt or phone number was looked up; says which and how many cases it found, never the number.
        LookedUp = "looked_up",
        /// A ruling was written.
        Ruled = "ruled",
        /// Settings were published.
        SettingsPublished = "settings_published",
        /// An account was added, closed or given a new password.
        AccountChanged = "account_changed",
        /// A document was purged.
        Purged = "purged",
        /// A backup was made.
        BackedUp = "backed_up",
        /// A backup was restored.
        Restored = "restored",
        /// A call was refused for lack of rights.
        Denied = "denied",
        /// The recovery key was made and split.
        RecoveryBegun = "recovery_begun",
        /// Recovery kits were tried, and opened.
        RecoveryDrilled = "recovery_drilled",
        /// What is sealed of a case was opened with recovery kits.
        RecoveryOpened = "recovery_opened",
        /// A focal point asked for a new key to count.
        KeyAsked = "key_asked",
        /// The key book went on: a key counts from now on, or no longer.
        KeyBookWentOn = "key_book_went_on",
        /// The audit log itself was exported.
        AuditExported = "audit_exported",
        /// A month's cases were exported, without identities.
        CasesExported = "cases_exported",
    }
);

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
            action: deed.id().to_owned(),
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
