//! Letting a new device in: a code made for a person by someone who looks after their devices, good once and for minutes; the device
//! makes its own key; and until someone else has compared that key's fingerprint with the person, it gets nothing.

use super::{
    Server,
    confidants::stands_apart,
    devices::overseen,
    error::WorkError,
    opening::is_fresh,
    second_factor::{folded, one_time_letters},
    session::Session,
};
use crate::{
    audit::{Audit, Deed, Witness},
    storage::Tx,
};
use shared::{
    entropy::Entropy,
    model::{
        dates::UnixSeconds,
        ids::{DeviceId, UserId},
    },
    seal::opening::device_fingerprint,
    sync::{
        people::{ConfirmDevice, EnrolDevice},
        sign_in::CallRefusal,
    },
};

/// How a new device came in.
pub(super) enum Enrolled {
    /// By the operator's own code, or where no code is asked for: its key counts at once.
    Confirmed,
    /// By a colleague's code: someone compares the fingerprint first.
    Unconfirmed,
}

impl Server {
    /// Makes a code for one new device of a person. Nobody does so for a device of their own, nor for someone who reads a case that
    /// excludes them.
    ///
    /// # Errors
    /// [`CallRefusal::NotFound`] for whom the caller does not look after, [`CallRefusal::NotAllowed`] if they do not stand apart.
    pub fn enrolment_code_by(
        &self,
        now: UnixSeconds,
        entropy: &mut impl Entropy,
        session: &Session,
        enrol: &EnrolDevice,
    ) -> Result<String, WorkError> {
        let actor = session.check_use("device_enrol")?.clone();
        let in_force = self.in_force();
        overseen(&in_force, &actor, &enrol.user)?;
        let user = enrol.user.clone();
        let apart = self.storage().read(|tx| stands_apart(tx, &in_force, &actor, &user))?;
        if !apart {
            return Err(CallRefusal::NotAllowed.into());
        }
        self.enrolment_code(entropy, &user, session.witness(now))
    }

    /// The operator's code for an account: whoever has the machine needs nobody to confirm the device.
    ///
    /// # Errors
    /// [`CallRefusal::NotFound`] for an unknown account.
    pub fn operators_enrolment_code(
        &self,
        now: UnixSeconds,
        entropy: &mut impl Entropy,
        login: &str,
    ) -> Result<String, WorkError> {
        let login = login.trim().to_lowercase();
        let user = self.storage().read(|tx| Ok::<_, WorkError>(tx.user_by_login(&login)?))?.ok_or(CallRefusal::NotFound)?;
        self.enrolment_code(entropy, &user.id, Witness::server(now))
    }

    fn enrolment_code(&self, entropy: &mut impl Entropy, user: &UserId, witness: Witness) -> Result<String, WorkError> {
        let code = one_time_letters(entropy);
        let hash = self.keys().enrolment_code_hash(user.as_str(), &folded(&code));
        let user = user.clone();
        self.storage().write(move |tx| {
            tx.set_enrolment_code(&user, &hash, &witness.user, witness.now)?;
            Audit::new(tx, witness).note(Deed::EnrolmentCodeMade, user.as_str(), "")?;
            Ok::<_, WorkError>(())
        })?;
        Ok(code)
    }

    /// Uses up the code with which a new device comes.
    ///
    /// # Errors
    /// [`CallRefusal::EnrolmentNeeded`] without a code, with a wrong one, and with one that has run out.
    pub(super) fn enrol(&self, tx: &Tx<'_>, user: &UserId, typed: Option<&str>, now: UnixSeconds) -> Result<Enrolled, WorkError> {
        if !self.rules.enrolment {
            return Ok(Enrolled::Confirmed);
        }
        let typed = typed.ok_or(CallRefusal::EnrolmentNeeded)?;
        let hash = self.keys().enrolment_code_hash(user.as_str(), &folded(typed));
        let made =
            tx.take_enrolment_code(user, &hash)?.filter(|made| is_fresh(made.at, now)).ok_or(CallRefusal::EnrolmentNeeded)?;
        Ok(if made.by.as_str().is_empty() { Enrolled::Confirmed } else { Enrolled::Unconfirmed })
    }

    /// Lets a device in whose fingerprint the caller heard from its person. Nobody does so for a device of their own, nor for one of
    /// someone who reads a case that excludes them.
    ///
    /// # Errors
    /// [`CallRefusal::NotFound`] for a device there is not, or whose fingerprint is another; [`CallRefusal::NotAllowed`] if the
    /// caller does not stand apart.
    pub fn confirm_device(&self, now: UnixSeconds, session: &Session, confirm: &ConfirmDevice) -> Result<(), WorkError> {
        let actor = session.check_use("device_confirm")?.clone();
        let in_force = self.in_force();
        overseen(&in_force, &actor, &confirm.user)?;
        let (witness, confirm) = (session.witness(now), confirm.clone());
        self.storage().write(move |tx| {
            let device: DeviceId = confirm.device;
            let known = tx.device(device)?.filter(|known| known.user == confirm.user && known.revoked_at.is_none());
            let known = known.filter(|known| known.unconfirmed).ok_or(CallRefusal::NotFound)?;
            if !stands_apart(tx, &in_force, &actor, &confirm.user)? {
                return Err(CallRefusal::NotAllowed.into());
            }
            let digits =
                |text: &str| shared::arabic::digits_to_latin(text).chars().filter(char::is_ascii_digit).collect::<String>();
            if digits(&confirm.fingerprint) != digits(&device_fingerprint(&known.public_key)) {
                return Err(CallRefusal::NotFound.into());
            }
            tx.confirm_device(device)?;
            Ok::<_, WorkError>(Audit::new(tx, witness).note(Deed::DeviceConfirmed, &device.to_string(), "")?)
        })
    }
}
