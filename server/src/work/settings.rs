//! Settings: which snapshot is in force, and publishing the next one. What they mean is `shared`'s.

use super::{Server, desk::Desk, error::WorkError, searched, session::Session};
use crate::{
    audit::{Audit, Deed, Witness},
    storage::{Tx, devices::Revoker},
};
use shared::{
    model::{
        dates::UnixSeconds,
        devices::RevokeReason,
        ids::{Pcode, UserId},
    },
    policy::{self, Actor},
    seal::book::KeyBook,
    settings::{Settings, check},
    sync::{
        messages::SignedSettings,
        server_pin::ServerPin,
        sign_in::{CallRefusal, PublishSettings},
        signing::{ServerKey, open_settings},
    },
};

/// A snapshot in force, as read and as signed.
#[derive(Clone, Debug)]
pub struct InForce {
    /// As read.
    pub settings: Settings,
    /// As signed.
    pub signed: SignedSettings,
    /// Its key book.
    pub book: KeyBook,
}

impl InForce {
    /// Before the first snapshot.
    pub(super) fn none() -> Self {
        let signed = SignedSettings { version: 0, packed: Vec::new(), signature: [0; 64] };
        Self { settings: Settings::default(), signed, book: KeyBook::default() }
    }

    fn new(settings: Settings, signed: SignedSettings) -> Result<Self, WorkError> {
        let book = KeyBook::read(&settings.key_book).map_err(|_| WorkError::Inconsistent("key book"))?;
        Ok(Self { settings, signed, book })
    }

    /// The snapshot that the database says is in force.
    ///
    /// # Errors
    /// [`WorkError`] if there is none or it does not open with our own key.
    pub(super) fn load(tx: &Tx<'_>, key: &ServerKey) -> Result<Self, WorkError> {
        let deployment = tx.deployment()?.ok_or(WorkError::Inconsistent("no deployment"))?;
        let signed = tx.settings(deployment.settings_version)?.ok_or(WorkError::Inconsistent("no settings"))?;
        Self::new(open_settings(&signed, &key.public())?, signed)
    }

    /// What a person may do by these settings; none for people not in them or no longer active.
    #[must_use]
    pub fn actor(&self, user: &UserId) -> Option<Actor> {
        policy::actor(&self.settings, user)
    }
}

impl Server {
    /// Publishes a snapshot made from version `based_on`; answers the new version as signed.
    ///
    /// # Errors
    /// [`CallRefusal::SettingsConflict`] if someone was quicker, [`CallRefusal::NotAllowed`] for who may not,
    /// [`CallRefusal::BadSettings`] if they contradict themselves or drop a code.
    pub fn publish_settings(
        &self,
        now: UnixSeconds,
        session: &Session,
        mut request: PublishSettings,
    ) -> Result<SignedSettings, WorkError> {
        let actor = session.check_use("settings_publish")?;
        let old = self.in_force();
        // Pages don't have it, and nobody changes it by editing settings: its entries are vouched for one by one.
        request.settings.key_book.clone_from(&old.settings.key_book);
        request.settings.unsent_key = old.settings.unsent_key;
        request.settings.server_pins.clone_from(&old.settings.server_pins);
        if !policy::may_publish(actor, &old.settings, &request.settings) {
            return Err(CallRefusal::NotAllowed.into());
        }
        self.publish(now, &session.witness(now), request)
    }

    /// The deployment's first snapshot.
    pub(super) fn publish_first(&self, now: UnixSeconds, settings: Settings) -> Result<SignedSettings, WorkError> {
        self.publish(now, &Witness::server(now), PublishSettings { based_on: 0, settings })
    }

    /// Publishes on behalf of the server's operator, who holds the data folder.
    ///
    /// # Errors
    /// As [`Self::publish_settings`].
    pub fn publish_as_operator(&self, now: UnixSeconds, request: PublishSettings) -> Result<SignedSettings, WorkError> {
        self.publish(now, &Witness::server(now), request)
    }

    /// Tells native apps which keys they may accept of this server, if that is news to them. None: nothing is said.
    ///
    /// # Errors
    /// As [`Self::publish_settings`].
    pub fn announce_pins(&self, now: UnixSeconds, server_pins: Vec<ServerPin>) -> Result<(), WorkError> {
        let in_force = self.in_force().settings.clone();
        if server_pins.is_empty() || server_pins == in_force.server_pins {
            return Ok(());
        }
        let settings = Settings { server_pins, ..in_force };
        self.publish_as_operator(now, PublishSettings { based_on: settings.version, settings })?;
        Ok(())
    }

    /// After a restore: what is in force again, under a number that is newer than any a device holds.
    pub(super) fn publish_again(&self, now: UnixSeconds) -> Result<SignedSettings, WorkError> {
        let settings = self.in_force().settings.clone();
        self.publish(now, &Witness::server(now), PublishSettings { based_on: settings.version, settings })
    }

    pub(super) fn publish(
        &self,
        now: UnixSeconds,
        witness: &Witness,
        request: PublishSettings,
    ) -> Result<SignedSettings, WorkError> {
        let PublishSettings { based_on, mut settings } = request;
        let (server, witness) = (self.clone(), witness.clone());
        let in_force = self.storage().write(move |tx| {
            let deployment = tx.deployment()?.ok_or(WorkError::Inconsistent("no deployment"))?;
            let newest = deployment.settings_version;
            if newest != based_on {
                return Err(CallRefusal::SettingsConflict.into());
            }
            let old = if newest == 0 { None } else { Some(InForce::load(tx, server.keys().signing())?.settings) };
            settings.number_services();
            settings.unsent_key = Some(server.keys().unsent().public());
            settings.version = (newest + 1).max(first_version(deployment.epoch));
            if !is_sound(old.as_ref(), &settings) {
                return Err(CallRefusal::BadSettings.into());
            }
            let signed = server.keys().signing().sign_settings(&settings)?;
            tx.insert_settings(&signed, now, &witness.user)?;
            tx.replace_place_ancestors(ancestors(&settings).iter().map(|(ancestor, place)| (*ancestor, *place)))?;
            Self::rewrite_followers(tx, &settings)?;
            if let Some(old) = &old {
                searched::rename(tx, old, &settings)?;
            }
            for person in settings.people.iter().filter(|person| person.inactive) {
                tx.revoke_devices_of(&person.id, now, &Revoker { user: witness.user.clone(), why: Some(RevokeReason::Left) })?;
            }
            Audit::new(tx, witness.clone()).note(Deed::SettingsPublished, &settings.version.to_string(), "")?;
            replace_people(tx, &server, witness)?;
            InForce::new(settings, signed)
        })?;
        let signed = in_force.signed.clone();
        self.put_in_force(in_force);
        Ok(signed)
    }
}

/// The lowest number for a snapshot of this deployment epoch. A restored server does not know how many it published after its
/// backup; so that no number is given twice, each epoch has numbers of its own.
const fn first_version(epoch: u32) -> u32 {
    epoch.saturating_sub(1).saturating_mul(1 << 16)
}

/// What reaches people one by one reaches others once people, teams or roles change.
fn replace_people(tx: &Tx<'_>, server: &Server, witness: Witness) -> Result<(), WorkError> {
    let mut desk = Desk::new(tx, server, witness, None)?;
    for id in tx.personal_records()? {
        desk.place_again(id)?;
    }
    Ok(())
}

/// Every place with every place around it, itself included.
fn ancestors(settings: &Settings) -> Vec<(&Pcode, &Pcode)> {
    let mut pairs = Vec::with_capacity(settings.places.len() * 4);
    let by_code: std::collections::BTreeMap<_, _> = settings.places.iter().map(|place| (&place.code, place)).collect();
    for place in &settings.places {
        let mut around = Some(place);
        for _ in 0..8 {
            let Some(here) = around else { break };
            pairs.push((&here.code, &place.code));
            around = here.parent.as_ref().and_then(|parent| by_code.get(parent).copied());
        }
    }
    pairs
}

/// Whether a snapshot may follow `old`: codes stay for ever, versions grow, and it is wrong in nothing in which the old one
/// was not wrong already, so that one old slip does not stop every later edit.
fn is_sound(old: Option<&Settings>, new: &Settings) -> bool {
    let Some(old) = old else { return new.version == 1 };
    let known = check::check(old);
    check::check_against(old, new).iter().all(|problem| known.contains(problem))
}
