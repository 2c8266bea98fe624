//! An open store and everything kept in memory beside it: settings, places, the lists' index. Dropped as a whole on lock.

use super::{
    account::{self, Account},
    drafts, failure,
    places::Places,
    ref_numbers, settings,
    storage::StoreError,
    stored,
};
use crate::protocol::{Answer, Failure, FailureCode, ReplicaStatus, Request};
use rusqlite::Connection;
use shared::{model::dates::UnixSeconds, settings::Settings, sync::sign_in::SignInAnswer};
use std::rc::Rc;

/// Without a request for so long, the running app asks for the PIN.
const IDLE_LOCK_S: i64 = 120;

/// An open store.
pub(super) struct Open {
    pub(super) conn: Connection,
    pub(super) account: Account,
    settings: Rc<Settings>,
    places: Places,
    pin_locked: bool,
    last_used: UnixSeconds,
}

impl Open {
    /// Reads what is kept in memory.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(super) fn start(conn: Connection, now: UnixSeconds) -> Result<Self, StoreError> {
        let account = account::read(&conn)?;
        let settings = Rc::new(settings::newest(&conn, &account.server_key)?);
        let places = Places::new(Rc::clone(&settings));
        Ok(Self { conn, account, settings, places, pin_locked: false, last_used: now })
    }

    pub(super) fn connection(&self) -> &Connection {
        &self.conn
    }

    pub(super) fn settings(&self) -> &Settings {
        &self.settings
    }

    pub(super) fn is_pin_locked(&self) -> bool {
        self.pin_locked
    }

    pub(super) fn lock(&mut self) {
        self.pin_locked = true;
    }

    pub(super) fn unlock(&mut self, now: UnixSeconds) {
        self.pin_locked = false;
        self.last_used = now;
    }

    /// Notes that a person is at work. Looking at the state is not work: pages do that by themselves.
    pub(super) fn used(&mut self, now: UnixSeconds, request: &Request) {
        if !matches!(request, Request::Status | Request::Waiting | Request::Preferences) {
            self.last_used = now;
        }
    }

    /// Locks when nobody has worked for a while; says whether it did. A clock set back counts as work now.
    pub(super) fn lock_if_idle(&mut self, now: UnixSeconds) -> bool {
        let idle = now.0.saturating_sub(self.last_used.0);
        if idle < 0 {
            self.last_used = now;
        }
        let locks = !self.pin_locked && idle >= IDLE_LOCK_S;
        self.pin_locked |= locks;
        locks
    }

    /// Adds what an open store knows to the status.
    pub(super) fn describe(&self, status: &mut ReplicaStatus) {
        status.user = Some(self.account.user.clone());
        status.token_expired = self.account.token.is_none();
        status.last_contact = self.account.last_contact;
        status.clock_ahead_s = self.account.clock_ahead_s;
        status.today = status.now.day(self.settings.utc_offset_min);
    }

    /// A fresh token.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(super) fn renewed(&mut self, answer: SignInAnswer, now: UnixSeconds) -> Result<(), StoreError> {
        account::set_token(&self.conn, Some(&answer.token))?;
        ref_numbers::add(&self.conn, &answer.ref_nos)?;
        self.account.token = Some(answer.token);
        self.account.last_contact = Some(now);
        self.sync_soon();
        Ok(())
    }

    pub(super) fn sync_soon(&mut self) {}

    /// Answers a request that needs nothing but the open store.
    ///
    /// # Errors
    /// [`Failure`] as the page is told.
    pub(super) fn answer(&mut self, request: Request, now: UnixSeconds) -> Result<Answer, Failure> {
        Ok(match request {
            Request::SaveDraft(draft) => {
                drafts::save(&self.conn, &self.settings, draft, now).map_err(stored)?;
                Answer::Done
            }
            Request::DropDraft(record) => {
                drafts::remove(&self.conn, record).map_err(stored)?;
                Answer::Done
            }
            Request::Drafts => Answer::Drafts(drafts::all(&self.conn).map_err(stored)?),
            Request::FindPlaces { text, within, levels } => Answer::Places(self.places.find(&text, within.as_ref(), &levels)),
            Request::Places(codes) => Answer::Places(self.places.named(&codes)),
            Request::Settings => Answer::Settings(Box::new(Settings { places: Vec::new(), ..Settings::clone(&self.settings) })),
            _ => return Err(failure(FailureCode::Internal)),
        })
    }
}
