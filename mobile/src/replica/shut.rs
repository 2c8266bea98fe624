//! A device that shows nothing and only sends: prepared for the road, or without contact for too long. What the server has is
//! forgotten first ([`super::forget`]); what is unsent stays, encrypted, and goes out whenever the person opens the app.

use super::{Replica, account, failure, open::Open, storage::StoreError, stored};
use crate::protocol::{Answer, Failure, FailureCode};
use shared::{
    entropy::Entropy,
    model::{dates::UnixSeconds, devices::Shut},
    sync::messages::SyncResponse,
};

const DAY_S: i64 = 86_400;
/// So many days before it forgets, a device says so.
const WARN_DAYS: i64 = 7;

impl Replica {
    /// One press: forgets what the server has and shows nothing until someone who looks after this device re-opens it.
    pub(super) fn prepare_for_road(&mut self, now: UnixSeconds) -> Result<Answer, Failure> {
        let (open, entropy) = self.opened()?;
        open.prepare_for_road(now, entropy).map_err(stored)?;
        self.announce();
        Ok(Answer::Status(self.status()))
    }

    /// Drops the key of a device that only sends, once nobody is at it and nothing waits: it can't be read out of memory then.
    pub(super) fn close_if_done(&mut self) {
        let done = |open: &Open| {
            open.shut().is_some_and(|shut| shut != Shut::Unconfirmed)
                && open.is_pin_locked()
                && open.unsent_count().is_ok_and(|left| left == 0)
        };
        if self.open.as_ref().is_some_and(done) {
            self.open = None;
            self.announce();
        }
    }
}

impl Open {
    /// Why nothing is shown.
    pub(super) const fn shut(&self) -> Option<Shut> {
        self.account.shut()
    }

    fn prepare_for_road(&mut self, now: UnixSeconds, entropy: &mut dyn Entropy) -> Result<(), StoreError> {
        // First of all: whatever ends the app now, it opens shut, and forgets then.
        self.account.road = self.account.reopened.saturating_add(1);
        account::set_shut(&self.conn, &self.account)?;
        self.forget_acknowledged(now)?;
        self.sync_soon(true, now, entropy);
        Ok(())
    }

    /// Too long without contact, by this device's own clock: forgets what the server has. Says whether it did.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(super) fn expire(&mut self, now: UnixSeconds) -> Result<bool, StoreError> {
        if self.account.expired || self.days_left(now).is_none_or(|left| left > 0) {
            return Ok(false);
        }
        self.account.expired = true;
        account::set_shut(&self.conn, &self.account)?;
        self.forget_acknowledged(now)?;
        Ok(true)
    }

    /// Forgets what a cut came before.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(super) fn forget_if_shut(&mut self, now: UnixSeconds) -> Result<(), StoreError> {
        if self.shut().is_some() { self.forget_acknowledged(now) } else { Ok(()) }
    }

    /// Days until this device forgets, once there are few.
    pub(super) fn forgets_in_days(&self, now: UnixSeconds) -> Option<u16> {
        let left = self.days_left(now).filter(|left| *left <= WARN_DAYS)?;
        u16::try_from(left.max(0)).ok()
    }

    /// Whole days left, the one under way among them. A clock set back leaves more, never less.
    fn days_left(&self, now: UnixSeconds) -> Option<i64> {
        let contact = self.account.last_contact?;
        let allowed = i64::from(self.settings.limits.contactless_days) * DAY_S;
        Some((allowed - now.0.saturating_sub(contact.0)).div_euclid(DAY_S))
    }

    /// What an answer says of being shut. From then on what it brings may be kept, or not.
    pub(super) fn note_shut(&mut self, response: &SyncResponse, now: UnixSeconds) -> Result<(), StoreError> {
        let before = self.shut();
        self.account.expired = false;
        self.account.unconfirmed = response.shut == Some(Shut::Unconfirmed);
        self.account.reopened = self.account.reopened.max(response.reopened);
        if response.shut == Some(Shut::Road) && self.account.road <= self.account.reopened {
            // A server that was set back still waits for this device to be re-opened.
            self.account.reopened = response.reopened;
            self.account.road = response.reopened.saturating_add(1);
        }
        if before != self.shut() {
            account::set_shut(&self.conn, &self.account)?;
            self.stage_changed = true;
            self.forget_if_shut(now)?;
        }
        Ok(())
    }
}

/// The refusal of everything that a device that only sends does not do.
pub(super) fn refused() -> Failure {
    failure(FailureCode::Shut)
}
