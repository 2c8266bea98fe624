//! Opening and locking. The passphrase opens a cold store; the PIN re-opens a running app and nothing else.

use super::{
    Replica, account, failure,
    open::Open,
    storage::{StoreError, StoreKey},
    stored,
    surroundings::KdfCost,
    vault::{FREE_TRIES, OpenError, stretch},
};
use crate::protocol::{Answer, Failure, FailureCode};
use rusqlite::Connection;
use shared::{model::dates::UnixSeconds, seal::opening};
use std::rc::Rc;

/// A PIN guards a running app and is judged inside the encrypted store: cheap enough to be quick on any phone.
pub(super) const PIN_COST: KdfCost = KdfCost { memory_kib: 4 * 1024, passes: 2 };

impl Replica {
    /// Opens the store from cold, or re-opens a running app whose PIN was forgotten.
    pub(super) fn unlock(&mut self, passphrase: &str, now: UnixSeconds) -> Result<Answer, Failure> {
        let slot = self.slot.as_ref().ok_or_else(|| failure(FailureCode::NotFound))?;
        let key = self.vault.unwrap_key(slot, passphrase, now).map_err(|e| open_failure(&e))?;
        let store = slot.store.clone();
        match &mut self.open {
            Some(open) => {
                account::set_pin_tries(open.connection(), 0).map_err(stored)?;
                open.unlock(now);
            }
            None => {
                let conn = self.home.open_store(&store, &key).map_err(stored)?;
                account::set_pin_tries(&conn, 0).map_err(stored)?;
                self.start(conn, &store, now).map_err(stored)?;
            }
        }
        self.add_recovery_wrap(&key).map_err(stored)?;
        self.announce();
        // Revoked: what is unsent stays here, encrypted, and goes as soon as the server takes this device back.
        if self.open.as_ref().is_some_and(|open| open.account.revoked) {
            return Err(failure(FailureCode::Revoked));
        }
        Ok(Answer::Status(self.status()))
    }

    /// A store of before there was a wrap (b) gets one as soon as the server has said to which key: only with it may too many wrong
    /// passphrases delete what a passphrase opens.
    fn add_recovery_wrap(&mut self, key: &StoreKey) -> Result<(), StoreError> {
        let (Some(slot), Some(open)) = (&self.slot, &mut self.open) else { return Ok(()) };
        if self.vault.recovery_wrap(slot)?.is_some() {
            return Ok(());
        }
        let Some(server) = account::device_recovery(open.connection())? else { return Ok(()) };
        let wrap = opening::to_server(&key.to_bytes(), slot.device, server, &mut *self.around.entropy);
        self.vault.set_recovery_wrap(slot, &wrap.map_err(|_| StoreError::Unreadable("recovery key"))?)
    }

    /// Goes on with a store whose key fits.
    pub(super) fn start(&mut self, conn: Connection, store: &str, now: UnixSeconds) -> Result<(), StoreError> {
        let mut open = Open::start(conn, store, Rc::clone(&self.marker), now, &mut *self.around.entropy)?;
        // Before anything is shown; and a cut may have come before all was forgotten.
        open.expire(now)?;
        open.forget_if_shut(now)?;
        if let Some(slot) = &self.slot {
            self.vault.allow_tries(slot, open.settings().limits.passphrase_tries)?;
        }
        self.open = Some(open);
        Ok(())
    }

    /// Re-opens the running app. Every try is on disk before it is judged; after too many only the passphrase opens.
    pub(super) fn unlock_with_pin(&mut self, pin: &str, now: UnixSeconds) -> Result<Answer, Failure> {
        let open = self.open.as_mut().ok_or_else(|| failure(FailureCode::Locked))?;
        let conn = open.connection();
        let (salt, hash, tries) = account::pin(conn).map_err(stored)?;
        account::set_pin_tries(conn, tries.saturating_add(1)).map_err(stored)?;
        let guess = stretch(pin, &salt, PIN_COST).map_err(stored)?;
        // Argon2 output: where the first difference lies tells nothing about the PIN.
        if tries < FREE_TRIES && guess.as_slice() == hash {
            account::set_pin_tries(conn, 0).map_err(stored)?;
            open.unlock(now);
            self.announce();
            return Ok(Answer::Status(self.status()));
        }
        if tries + 1 >= FREE_TRIES {
            // Drops connection and key.
            self.open = None;
            self.announce();
            return Err(failure(FailureCode::TooManyTries));
        }
        Err(failure(FailureCode::BadPassphrase))
    }

    /// Ends this person's work here: drops the key. What is unsent stays, encrypted, and goes once they open their store again.
    pub(super) fn log_out(&mut self) -> Answer {
        self.open = None;
        self.announce();
        Answer::Done
    }

    /// Another person's turn: one whose store is here, or one who signs in first.
    pub(super) fn switch_user(&mut self, to: Option<i64>) -> Result<Answer, Failure> {
        let slots = self.vault.slots().map_err(stored)?;
        let chosen = to.map(|id| slots.into_iter().find(|slot| slot.id == id).ok_or_else(|| failure(FailureCode::NotFound)));
        let chosen = chosen.transpose()?;
        chosen.as_ref().map_or(Ok(()), |slot| self.vault.choose(slot)).map_err(stored)?;
        (self.slot, self.one_time) = (chosen, None);
        Ok(self.log_out())
    }

    /// Hides everything until the PIN or the passphrase; sending goes on.
    pub(super) fn lock(&mut self) -> Answer {
        if let Some(open) = &mut self.open {
            open.lock();
            self.announce();
        }
        Answer::Done
    }
}

fn open_failure(error: &OpenError) -> Failure {
    failure(match error {
        OpenError::Wrong => FailureCode::BadPassphrase,
        OpenError::Wait(_) => FailureCode::TooManyTries,
        OpenError::Gone => FailureCode::PassphraseGone,
        OpenError::Newer => FailureCode::UpgradeNeeded,
        OpenError::Store(error) => error.code(),
    })
}
