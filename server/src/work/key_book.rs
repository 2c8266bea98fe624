//! The key book: new keys wait until they are vouched for, and a book that goes on from the one in force is published with the
//! next settings. What holds is the book's own rules in `shared`; the server vouches for nobody and holds no key that could.

use super::{Server, error::WorkError, session::Session};
use crate::audit::{Audit, Deed, Witness};
use shared::{
    model::{dates::UnixSeconds, ids::UserId},
    seal::book::{self, Entry, FocalKey, KeyBook},
    settings::Settings,
    sync::{
        key_calls::{AskForKey, PublishBook, WaitingKey},
        messages::SignedSettings,
        sign_in::{CallRefusal, PublishSettings},
    },
};

impl Server {
    /// The caller's new key waits for others to vouch for it.
    ///
    /// # Errors
    /// [`CallRefusal::NotAllowed`] for roles that no report is sealed to, [`CallRefusal::BadSettings`] if the key is another's.
    pub fn ask_for_key(&self, now: UnixSeconds, session: &Session, ask: AskForKey) -> Result<(), WorkError> {
        let user = session.check_use("key_ask")?.user.clone();
        let book = KeyBook::read(&self.in_force().settings.key_book).map_err(|_| CallRefusal::BadSettings)?;
        let is_anothers = |key: &FocalKey| key.user != user && (key.seal == ask.seal || key.vouch == ask.vouch);
        if book.focal_keys().iter().any(is_anothers) || book.recovery() == Some(ask.seal) {
            return Err(CallRefusal::BadSettings.into());
        }
        let counts = book.focal_keys().iter().any(|key| key.user == user && key.seal == ask.seal);
        let witness = session.witness(now);
        self.storage().write(move |tx| {
            if counts {
                return Ok(tx.delete_waiting_key(&user)?);
            }
            tx.set_waiting_key(&user, &ask, now)?;
            Ok::<_, WorkError>(Audit::new(tx, witness).note(Deed::KeyAsked, user.as_str(), "")?)
        })
    }

    /// Keys that wait for the caller, among others, to vouch for them.
    ///
    /// # Errors
    /// [`CallRefusal::NotAllowed`] for roles that don't vouch.
    pub fn waiting_keys(&self, session: &Session) -> Result<Vec<WaitingKey>, WorkError> {
        session.check_use("keys_waiting")?;
        Ok(self.storage().read(|tx| tx.waiting_keys())?)
    }

    /// The key that `user` asked for, for an operator who vouches with kits.
    ///
    /// # Errors
    /// [`WorkError`] if storage fails.
    pub fn waiting_key_of(&self, user: &UserId) -> Result<Option<WaitingKey>, WorkError> {
        let waiting = self.storage().read(|tx| tx.waiting_keys())?;
        Ok(waiting.into_iter().find(|waiting| waiting.key.user == *user))
    }

    /// Publishes a book that goes on from the one in force. Whoever brings it: each entry proves itself.
    ///
    /// # Errors
    /// [`CallRefusal::SettingsConflict`] if it does not go on from there or an entry does not hold, [`CallRefusal::BadSettings`]
    /// if it adds a key of nobody here.
    pub fn publish_book(
        &self,
        now: UnixSeconds,
        session: &Session,
        published: &PublishBook,
    ) -> Result<SignedSettings, WorkError> {
        session.check_use("key_book")?;
        self.go_on_with(now, &session.witness(now), &published.entries)
    }

    /// As [`Self::publish_book`], by the server's operator, with kits.
    ///
    /// # Errors
    /// As [`Self::publish_book`].
    pub(super) fn go_on_with(&self, now: UnixSeconds, witness: &Witness, entries: &[Entry]) -> Result<SignedSettings, WorkError> {
        let in_force = self.in_force();
        let held = KeyBook::read(&in_force.settings.key_book).map_err(|_| CallRefusal::BadSettings)?;
        let book = held.follow(entries).map_err(|_| CallRefusal::SettingsConflict)?;
        let new = book.entries().get(held.entries().len()..).unwrap_or_default();
        if new.is_empty() {
            return Ok(in_force.signed.clone());
        }
        let added: Vec<FocalKey> = new.iter().filter_map(added).collect();
        let is_here = |key: &FocalKey| in_force.settings.person(&key.user).is_some_and(|person| !person.inactive);
        if !added.iter().all(is_here) {
            return Err(CallRefusal::BadSettings.into());
        }
        let settings = Settings { key_book: book.entries().to_vec(), ..in_force.settings.clone() };
        let signed = self.publish(now, witness, PublishSettings { based_on: in_force.settings.version, settings })?;
        let (witness, fingerprint) = (witness.clone(), book.fingerprint());
        self.storage().write(move |tx| {
            for waiting in tx.waiting_keys()?.into_iter().filter(|waiting| added.contains(&waiting.key)) {
                tx.delete_waiting_key(&waiting.key.user)?;
            }
            Ok::<_, WorkError>(Audit::new(tx, witness).note(Deed::KeyBookWentOn, "", &fingerprint)?)
        })?;
        Ok(signed)
    }
}

/// The key an entry lets in.
fn added(entry: &Entry) -> Option<FocalKey> {
    match &entry.deed {
        book::Deed::Added(key) => Some(key.clone()),
        _ => None,
    }
}
