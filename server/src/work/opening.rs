//! Opening a device whose passphrase is gone. The device, in the hands of its user, proves the user's password and second factor and
//! shows twelve digits; an administrator who sees them on it says yes; the next call brings the key, sealed to a one-time key of
//! that device. The server keeps no device's key: it opens the envelope the device sends, once, and forgets it.

use super::{Server, confidants::stands_apart, devices::overseen, error::WorkError, second_factor::use_up, session::Session};
use crate::audit::{Audit, Deed, Witness};
use shared::{
    entropy::{Entropy, Seeded},
    model::{dates::UnixSeconds, ids::DeviceId},
    seal::opening,
    sync::{
        opening::{ApproveOpening, OpeningAnswer, OpeningRequest},
        sign_in::CallRefusal,
    },
};

/// Seconds for which a request waits, and for which a yes is good.
pub(super) const WAITS_S: i64 = 15 * 60;

impl Server {
    /// A device asks to be opened, or comes for its key.
    ///
    /// # Errors
    /// As [`Server::sign_in`]; [`CallRefusal::Revoked`] for a device that was revoked or is another person's,
    /// [`CallRefusal::Malformed`] for an envelope that is not this device's.
    pub fn open_device(
        &self,
        now: UnixSeconds,
        entropy: &mut impl Entropy,
        request: &OpeningRequest,
    ) -> Result<OpeningAnswer, WorkError> {
        let device = request.device;
        let user = self.known(now, &request.login, &request.password, device)?;
        if user.temporary {
            return Err(CallRefusal::NewPasswordNeeded.into());
        }
        let proof = self.proved(now, &user, request.code.as_deref(), device)?;
        if user.disabled || self.in_force().actor(&user.id).is_none() {
            return Err(CallRefusal::Revoked.into());
        }
        let mut chance = Seeded::stretched(entropy);
        let (request, own) = (request.clone(), self.keys().device_recovery());
        self.storage().write(move |tx| {
            let known = tx.device(device)?.filter(|known| known.user == user.id && known.revoked_at.is_none());
            known.ok_or(CallRefusal::Revoked)?;
            use_up(tx, &user, &proof)?;
            tx.set_failures(&user.id, 0, UnixSeconds(0))?;
            let mut audit = Audit::new(tx, Witness { now, user: user.id.clone(), device });
            let one_time = request.one_time.to_string();
            let asked = tx.openings()?.into_iter().find(|asked| asked.device == device && is_fresh(asked.asked_at, now));
            match asked.filter(|asked| asked.one_time == one_time) {
                Some(asked) if !asked.approved_by.as_str().is_empty() => {
                    let sealed = opening::to_device(&request.envelope, device, &own, request.one_time, &mut chance)
                        .map_err(|_| CallRefusal::Malformed)?;
                    tx.delete_opening(device)?;
                    audit.note(Deed::DeviceOpened, &device.to_string(), asked.approved_by.as_str())?;
                    Ok(OpeningAnswer { key: Some(sealed) })
                }
                Some(_) => Ok(OpeningAnswer { key: None }),
                None => {
                    tx.set_opening(device, &one_time, now)?;
                    audit.note(Deed::OpeningAsked, &device.to_string(), "")?;
                    Ok::<_, WorkError>(OpeningAnswer { key: None })
                }
            }
        })
    }

    /// An administrator who sees the digits on the device says yes. Nobody does so for a device of their own, nor for one of someone
    /// who reads a case that excludes them.
    ///
    /// # Errors
    /// [`CallRefusal::NotAllowed`] for whom that holds, [`CallRefusal::NotFound`] if the device does not ask, or asks with another key.
    pub fn approve_opening(&self, now: UnixSeconds, session: &Session, approve: &ApproveOpening) -> Result<(), WorkError> {
        let actor = session.check_use("device_open")?.clone();
        let in_force = self.in_force();
        overseen(&in_force, &actor, &approve.user)?;
        let (witness, approve) = (session.witness(now), approve.clone());
        self.storage().write(move |tx| {
            let device = approve.device;
            tx.device(device)?.filter(|known| known.user == approve.user).ok_or(CallRefusal::NotFound)?;
            let asks = tx.openings()?.into_iter().find(|asked| asked.device == device && is_fresh(asked.asked_at, now));
            asks.filter(|asked| asked.one_time == approve.one_time).ok_or(CallRefusal::NotFound)?;
            if !stands_apart(tx, &in_force, &actor, &approve.user)? {
                return Err(CallRefusal::NotAllowed.into());
            }
            tx.approve_opening(device, &actor.user)?;
            Ok::<_, WorkError>(Audit::new(tx, witness).note(Deed::OpeningApproved, &device.to_string(), "")?)
        })
    }
}

/// Whether what was asked then still waits. A clock set back makes nothing wait longer.
pub(super) fn is_fresh(asked_at: UnixSeconds, now: UnixSeconds) -> bool {
    (0..WAITS_S).contains(&(now.0 - asked_at.0))
}

/// The text under which a device's request is listed: the digits, and the key they stand for.
pub(super) fn listed(device: DeviceId, one_time: &str) -> Option<shared::model::devices::AskedOpening> {
    let key = one_time.parse().ok()?;
    Some(shared::model::devices::AskedOpening { one_time: one_time.to_owned(), code: opening::code(device, key) })
}
