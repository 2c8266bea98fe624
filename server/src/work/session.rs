//! Who is calling: a token's device and user, with what they may do now.

use super::{Server, error::WorkError};
use crate::{
    audit::{Audit, Deed, Witness},
    keys::token_hash,
    storage::devices::Device,
};
use shared::{
    model::{
        dates::UnixSeconds,
        ids::{DeviceId, UserId},
    },
    policy::{self, Action, Actor},
    sync::{sign_in::CallRefusal, signing::PublicKey},
};

/// A caller whose token holds.
#[derive(Clone, Debug)]
pub struct Session {
    /// The device.
    pub device: Device,
    /// What the person may do now; none once the device is revoked or the account closed. What such a device still pushes is
    /// kept in quarantine, and it is told to lock.
    pub actor: Option<Actor>,
}

impl Session {
    /// The device's id.
    #[must_use]
    pub const fn device_id(&self) -> DeviceId {
        self.device.id
    }

    /// The device's user.
    #[must_use]
    pub const fn user(&self) -> &UserId {
        &self.device.user
    }

    /// The device's public key.
    #[must_use]
    pub const fn public_key(&self) -> PublicKey {
        PublicKey(self.device.public_key)
    }

    /// Whether this device gets anything but answers to what it sends.
    pub(crate) const fn gets_content(&self) -> bool {
        self.actor.is_some() && self.device.shut().is_none()
    }

    pub(crate) fn witness(&self, now: UnixSeconds) -> Witness {
        Witness { now, user: self.device.user.clone(), device: self.device.id }
    }

    /// The person, if they may use an endpoint.
    ///
    /// # Errors
    /// [`CallRefusal::Revoked`] for a revoked device or a closed account, [`CallRefusal::Shut`] for anything but sending from a device
    /// that gets nothing for now, [`CallRefusal::NotAllowed`] if policy says no.
    pub fn check_use(&self, endpoint: &str) -> Result<&Actor, WorkError> {
        let actor = self.actor.as_ref().ok_or(CallRefusal::Revoked)?;
        if self.device.shut().is_some() && !matches!(endpoint, "sync" | "picture_send") {
            return Err(CallRefusal::Shut.into());
        }
        if policy::may(actor, Action::Use(endpoint), None) { Ok(actor) } else { Err(CallRefusal::NotAllowed.into()) }
    }
}

impl Server {
    /// Who holds `token` now. A revoked device is let in with no rights, so that what it still has can be kept and it can be
    /// told to lock.
    ///
    /// # Errors
    /// [`CallRefusal::TokenExpired`] for an unknown or expired token.
    pub fn authenticate(&self, now: UnixSeconds, token: &str) -> Result<Session, WorkError> {
        let hash = token_hash(token);
        let in_force = self.in_force();
        self.storage().read(|tx| {
            let token = tx.token(&hash)?.filter(|token| now < token.expires_at).ok_or(CallRefusal::TokenExpired)?;
            let device = tx.device(token.device)?.ok_or(CallRefusal::TokenExpired)?;
            let closed = tx.user_by_id(&token.user)?.is_none_or(|user| user.disabled);
            let actor = if closed || device.revoked_at.is_some() { None } else { in_force.actor(&token.user) };
            Ok(Session { device, actor })
        })
    }

    /// Writes down that a call was refused for lack of rights.
    ///
    /// # Errors
    /// [`WorkError`] if storage fails.
    pub fn note_denied(&self, now: UnixSeconds, session: &Session, object: &str) -> Result<(), WorkError> {
        let (witness, object) = (session.witness(now), object.to_owned());
        self.storage().write(move |tx| Ok(Audit::new(tx, witness).note(Deed::Denied, &object, "")?))
    }
}
