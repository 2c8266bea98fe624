//! Who is calling: a token's device and user, with what they may do now.

use super::{Server, error::WorkError};
use crate::{
    audit::{Audit, Deed, Witness},
    keys::token_hash,
    storage::accounts::Device,
};
use shared::{
    model::{dates::UnixSeconds, ids::DeviceId},
    policy::{self, Action, Actor},
    sync::{sign_in::CallRefusal, signing::PublicKey},
};

/// A caller whose token holds.
#[derive(Clone, Debug)]
pub struct Session {
    /// The device.
    pub device: Device,
    /// The person, by the settings in force.
    pub actor: Actor,
}

impl Session {
    /// The device's id.
    #[must_use]
    pub const fn device_id(&self) -> DeviceId {
        self.device.id
    }

    /// The device's public key.
    #[must_use]
    pub const fn public_key(&self) -> PublicKey {
        PublicKey(self.device.public_key)
    }

    pub(crate) fn witness(&self, now: UnixSeconds) -> Witness {
        Witness { now, user: self.actor.user.clone(), device: self.device.id }
    }

    /// Whether this person may use an endpoint.
    ///
    /// # Errors
    /// [`CallRefusal::NotAllowed`] if not.
    pub(crate) fn check_use(&self, endpoint: &str) -> Result<(), WorkError> {
        if policy::may(&self.actor, Action::Use(endpoint), None) { Ok(()) } else { Err(CallRefusal::NotAllowed.into()) }
    }
}

impl Server {
    /// Who holds `token` now.
    ///
    /// # Errors
    /// [`CallRefusal::TokenExpired`] for an unknown or expired token, [`CallRefusal::Revoked`] for a revoked device or a
    /// closed account.
    pub fn authenticate(&self, now: UnixSeconds, token: &str) -> Result<Session, WorkError> {
        let hash = token_hash(token);
        let in_force = self.in_force();
        self.storage().read(|tx| {
            let token = tx.token(&hash)?.filter(|token| now < token.expires_at).ok_or(CallRefusal::TokenExpired)?;
            let device = tx.device(token.device)?.ok_or(CallRefusal::TokenExpired)?;
            let closed = tx.user_by_id(&token.user)?.is_none_or(|user| user.disabled);
            match in_force.actor(&token.user) {
                Some(actor) if !closed && device.revoked_at.is_none() => Ok(Session { device, actor }),
                _ => Err(CallRefusal::Revoked.into()),
            }
        })
    }

    /// Writes down that a call was refused for lack of rights.
    ///
    /// # Errors
    /// [`WorkError`] if storage fails.
    pub fn note_denied(&self, now: UnixSeconds, session: &Session, endpoint: &'static str) -> Result<(), WorkError> {
        let witness = session.witness(now);
        self.storage().write(move |tx| Ok(Audit::new(tx, witness).note(Deed::Denied, endpoint, "")?))
    }
}
