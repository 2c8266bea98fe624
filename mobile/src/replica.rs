//! Everything one device holds, and what it does with it. Synchronous: no sockets, no threads, no clock of its own, so
//! that the simulated world drives the same code as a worker or a thread does.
//!
//! A request is answered at once ([`Handled::Answer`]) or names the one exchange it needs ([`Handled::Call`]). Syncs go
//! their own way: [`Replica::sync_begin`] gives what to send when it is time, [`Replica::sync_finish`] takes what came;
//! between the two everything else goes on. Knows neither Dioxus nor HTTP.

pub mod inspect;
pub mod link;
mod listing;
pub mod storage;
pub mod surroundings;
pub mod vault;

mod account;
mod address;
mod batch;
mod boxes;
mod case_index;
mod coverage;
mod detail;
mod documents;
mod drafts;
mod forget;
mod hotline;
mod intents;
mod key_book;
mod keys;
mod likely_duplicates;
mod lock;
mod marker;
mod open;
mod opened;
mod opening;
mod overview;
mod own_keys;
mod own_rows;
mod people;
mod pictures;
mod places;
mod projection;
mod pull;
mod push;
mod quarantine;
mod read_online;
mod rebase;
mod record;
mod ref_numbers;
mod reserve;
mod scopes;
mod sealing;
mod search_text;
mod session_index;
mod settings;
mod shut;
mod sign_in;
mod sites;
mod sync;
mod together;
mod unsent;

pub use storage::Home;
pub use surroundings::Surroundings;

use crate::protocol::{Answer, Failure, FailureCode, Notice, OtherUser, Preferences, ReplicaStatus, Request, Stage};
use link::{LinkError, Outgoing};
use marker::Marker;
use open::Open;
use reserve::Reserve;
use shared::{entropy::Entropy, look_up::LookUpQuery, model::dates::UnixSeconds, seal::SecretKey, sync::server_pin::ServerPin};
use std::rc::Rc;
use storage::StoreError;
use vault::{Slot, Vault};

/// What became of a request.
#[derive(Debug)]
pub enum Handled {
    /// Answered.
    Answer(Answer),
    /// Send this and hand the result to [`Replica::finish`], which answers.
    Call(Outgoing, Job),
}

/// A request that waits for the server. Whoever sends keeps it and gives it back with the result.
#[derive(Debug)]
pub struct Job(JobKind);

#[derive(Debug)]
enum JobKind {
    SignIn(Box<sign_in::FirstSignIn>),
    Opening(Box<opening::Opening>),
    Renew,
    SecondFactor,
    Publish,
    KeyAsked,
    KeysWaiting,
    CasesOnline,
    CaseOnline,
    LookUpOnline,
    Closure,
    Week,
    Compfu(String),
    Picture,
    Import,
    People(people::Asked),
}

/// Below this much free storage a person is warned.
const LITTLE_SPACE_BYTES: u64 = 50 << 20;

/// One device's replica.
pub struct Replica {
    home: Home,
    around: Surroundings,
    vault: Vault,
    slot: Option<Slot>,
    marker: Rc<Marker>,
    open: Option<Open>,
    /// The store whose sync is on its way: an answer that comes after a lock is for nobody.
    in_flight: bool,
    notices: Vec<Notice>,
    /// The key that the server proved to hold in the exchange that ended last.
    proven: Option<ServerPin>,
    /// While this device asks to be opened by its server.
    one_time: Option<SecretKey>,
    reserve: Reserve,
    power: Option<inspect::Power>,
}

impl Replica {
    /// Opens this installation: without an account, or locked.
    ///
    /// # Errors
    /// [`StoreError`] if the files can't be reached.
    pub fn open(home: Home, around: Surroundings) -> Result<Self, StoreError> {
        home.prepare()?;
        let vault = Vault::open(&home)?;
        let slot = vault.current()?;
        let marker = Rc::new(Marker::open(&home)?);
        Ok(Self {
            home,
            around,
            vault,
            slot,
            marker,
            open: None,
            in_flight: false,
            notices: Vec::new(),
            proven: None,
            one_time: None,
            reserve: Reserve::default(),
            power: None,
        })
    }

    /// Answers a request, or says what must be sent first.
    pub fn handle(&mut self, request: Request) -> Handled {
        let now = self.now();
        if let Some(open) = &mut self.open {
            open.used(now, &request);
        }
        let again = matches!(request, Request::Do(_) | Request::SaveDraft(_) | Request::Picture(_)).then(|| request.clone());
        let handled = self.dispatch(request, now);
        match (handled, again) {
            (Ok(handled), _) => handled,
            (Err(failure), Some(request)) if failure.code == FailureCode::StorageFull && self.give_up_reserve() => {
                self.dispatch(request, now).unwrap_or_else(|failure| Handled::Answer(Answer::Failed(failure)))
            }
            (Err(failure), _) => Handled::Answer(Answer::Failed(failure)),
        }
    }

    /// The device is full: what was kept for that goes. Says whether that may help.
    fn give_up_reserve(&mut self) -> bool {
        let gave = self.reserve.give_up(&self.home);
        if gave {
            self.announce();
        }
        gave
    }

    /// Notes which key the server proved to hold in the exchange whose result comes next. Where that can't be known nothing is pinned.
    pub fn proved(&mut self, key: Option<ServerPin>) {
        self.proven = key;
    }

    /// Answers a request whose exchange has ended.
    pub fn finish(&mut self, job: Job, result: Result<Vec<u8>, LinkError>) -> Answer {
        let answer = match job.0 {
            JobKind::SignIn(first) => self.finish_sign_in(&first, result),
            JobKind::Opening(asked) => self.finish_opening(&asked, result),
            JobKind::Renew => self.finish_renew(result),
            JobKind::SecondFactor => sign_in::finish_second_factor(result),
            JobKind::Publish => self.finish_publish(result),
            JobKind::KeyAsked => self.finish_key_ask(result),
            JobKind::KeysWaiting => self.finish_waiting_keys(result),
            JobKind::CasesOnline => self.finish_reading(result, Answer::Cases),
            JobKind::CaseOnline => self.finish_reading(result, |case| Answer::Case(Box::new(case))),
            JobKind::LookUpOnline => self.finish_reading(result, Answer::Found),
            JobKind::Week => self.finish_reading(result, Answer::Week),
            JobKind::Closure => self.finish_reading(result, |page| Answer::Closure(Box::new(page))),
            JobKind::Compfu(name) => self.finish_file(name, result),
            JobKind::Picture => self.finish_picture(result),
            JobKind::Import => self.finish_import(result),
            JobKind::People(asked) => self.finish_people(asked, result),
        };
        answer.unwrap_or_else(Answer::Failed)
    }

    /// What to POST now, if a sync is due and none is under way. Hand the result to [`Self::sync_finish`].
    pub fn sync_begin(&mut self) -> Option<Outgoing> {
        if self.in_flight {
            return None;
        }
        let now = self.now();
        let open = self.open.as_mut()?;
        // A store that can't be read shows its failure to the next request; nothing can be sent from it.
        let outgoing = open.sync_begin(now, &mut *self.around.entropy).ok().flatten();
        self.in_flight = outgoing.is_some();
        outgoing
    }

    /// Takes what came of the last [`Self::sync_begin`]. An answer for a store that was locked meanwhile is dropped: the
    /// server gives it again.
    pub fn sync_finish(&mut self, result: Result<Vec<u8>, LinkError>) {
        if !std::mem::take(&mut self.in_flight) {
            return;
        }
        let now = self.now();
        let Some(open) = self.open.as_mut().filter(|open| open.is_syncing()) else { return };
        let answered = result.is_ok();
        // The failure stands in the sync's progress, which pages see; what was applied before it is on disk.
        let finished = open.sync_finish(result, now, &mut *self.around.entropy);
        let mut stored = finished.is_ok();
        if answered {
            stored &= open.pin(self.proven.as_ref()).is_ok();
        }
        if std::mem::take(&mut open.stage_changed) || !stored {
            self.announce();
        }
        if finished.is_err_and(|error| error.code() == FailureCode::StorageFull) {
            // What was sent comes again, and its receipts with it: then there is room to let go of it.
            self.give_up_reserve();
        }
    }

    /// Looks at the clock: locks after two minutes without a request, forgets after too long without contact, and seals a piece of
    /// what others are to hold now. A driver calls it every second and before each request of a person, since a machine that slept
    /// has not ticked.
    pub fn tick(&mut self) {
        let now = self.now();
        let locked = self.open.as_mut().is_some_and(|open| open.lock_if_idle(now));
        // A failure of the store shows at the next request, which a device that only sends refuses.
        let expired = self.open.as_mut().is_some_and(|open| open.expire(now).unwrap_or(true));
        let open = self.open.as_mut().filter(|open| !open.account.revoked && open.shut().is_none());
        // A failure of the store shows at the next request; what was not sealed anew is looked for again at the next start.
        let resealed = open.is_some_and(|open| open.reseal_next(now, &mut *self.around.entropy).unwrap_or(false));
        if locked || expired || resealed {
            self.announce();
        }
        self.close_if_done();
    }

    /// Adds to the storage kept for bad days, while nobody is at work. A driver of a real device calls it every second.
    pub fn keep_reserve(&mut self) {
        let now = self.now();
        if self.open.as_ref().is_some_and(|open| open.is_resting(now)) {
            self.reserve.grow(&self.home);
        }
    }

    /// When the next sync is due by itself, by this device's clock; none while only a person can help.
    #[must_use]
    pub fn next_sync(&self) -> Option<UnixSeconds> {
        self.open.as_ref().filter(|open| open.account.token.is_some()).and_then(|open| open.sync.next_attempt())
    }

    /// Notes how much space the browser or system says is left.
    pub fn set_free_bytes(&mut self, free_bytes: Option<u64>) {
        if let Some(open) = &mut self.open {
            open.free_bytes = free_bytes;
        }
        if free_bytes.is_some_and(|bytes| bytes >= LITTLE_SPACE_BYTES) {
            self.reserve.there_is_room();
        }
    }

    /// Says where the replica stands, to everyone.
    pub fn announce(&mut self) {
        let status = self.status();
        self.notices.push(Notice::Stage(status));
    }

    /// What was said since the last call.
    pub fn drain_notices(&mut self) -> Vec<Notice> {
        let mut notices = std::mem::take(&mut self.notices);
        notices.extend(self.open.iter_mut().flat_map(Open::drain_notices));
        notices
    }

    fn now(&self) -> UnixSeconds {
        (self.around.clock)()
    }

    fn dispatch(&mut self, request: Request, now: UnixSeconds) -> Result<Handled, Failure> {
        let answer = match request {
            Request::Status => Answer::Status(self.status()),
            Request::SignIn { server, login, proof, passphrase, pin } => {
                let secrets = sign_in::NewSecrets { passphrase: passphrase.into(), pin: pin.into() };
                return self.begin_sign_in(&server, login, proof, secrets);
            }
            Request::OpenWithAdmin { server, proof, passphrase, pin } => {
                let secrets = sign_in::NewSecrets { passphrase: passphrase.into(), pin: pin.into() };
                return self.begin_opening(&server, proof, secrets);
            }
            Request::SetUpSecondFactor { server, login, password } => {
                return self.begin_second_factor(&server, login, password);
            }
            Request::Unlock { passphrase } => self.unlock(&passphrase, now)?,
            Request::UnlockWithPin { pin } => self.unlock_with_pin(&pin, now)?,
            Request::Lock => self.lock(),
            Request::LogOut => self.log_out(),
            Request::SwitchUser(to) => self.switch_user(to)?,
            Request::PrepareForRoad => self.prepare_for_road(now)?,
            // All that a device that shows nothing still does.
            Request::SyncNow => {
                let (open, entropy) = self.sending()?;
                open.send_now(now, entropy);
                Answer::Done
            }
            Request::Preferences => Answer::Preferences(self.preferences()?),
            Request::SetPreferences(preferences) => {
                self.set_preferences(&preferences)?;
                Answer::Done
            }
            // What is on the screen when the app locks is saved all the same; it shows nothing.
            Request::SaveDraft(draft) => match self.open.as_mut().filter(|open| !open.account.revoked && open.shut().is_none()) {
                Some(open) => open.save_draft(draft, now)?,
                None => return Err(failure(FailureCode::Locked)),
            },
            Request::Renew { proof } => return self.begin_renew(proof),
            Request::CasesOnline(query) => return self.begin_reading(read_online::CASES, &query, JobKind::CasesOnline),
            Request::CaseOnline(record) => {
                return self.begin_reading(read_online::CASE, &read_online::One { record }, JobKind::CaseOnline);
            }
            Request::LookUpOnline(number) => {
                return self.begin_reading(read_online::LOOK_UP, &LookUpQuery { number }, JobKind::LookUpOnline);
            }
            Request::Week(query) => return self.begin_reading(read_online::WEEKLY, &query, JobKind::Week),
            Request::Closure => return self.begin_reading(read_online::CLOSURE, &(), JobKind::Closure),
            Request::Compfu(query) => {
                let name = format!("COMPFU-{}.{}", query.month, query.form.id());
                return self.begin_reading(read_online::COMPFU, &query, JobKind::Compfu(name));
            }
            Request::Picture(request) => return self.handle_picture(request),
            Request::ImportUnsent { base64 } => return self.begin_import(&base64),
            Request::AddSite(site) => return self.begin_add_site(&site),
            Request::PublishSettings(settings) => return self.begin_publish(*settings),
            Request::Keys(request) => return self.handle_keys(request),
            Request::People(request) => return self.begin_people(request),
            other => {
                let (open, entropy) = self.opened()?;
                open.answer(other, now, entropy)?
            }
        };
        Ok(Handled::Answer(answer))
    }

    /// The open store, if the person has opened it and this device shows what is on it.
    fn opened(&mut self) -> Result<(&mut Open, &mut dyn Entropy), Failure> {
        if self.open.as_ref().is_some_and(|open| open.shut().is_some()) {
            return Err(shut::refused());
        }
        let open = self.open.as_mut().filter(|open| !open.is_pin_locked()).ok_or_else(|| failure(FailureCode::Locked))?;
        if open.account.revoked {
            return Err(failure(FailureCode::Revoked));
        }
        Ok((open, &mut *self.around.entropy))
    }

    /// As [`Self::opened`], also while this device only sends.
    fn sending(&mut self) -> Result<(&mut Open, &mut dyn Entropy), Failure> {
        let only_sends = |open: &Open| open.shut().is_some() && !open.account.revoked;
        if !self.open.as_ref().is_some_and(only_sends) {
            return self.opened();
        }
        let open = self.open.as_mut().ok_or_else(|| failure(FailureCode::Locked))?;
        Ok((open, &mut *self.around.entropy))
    }

    fn status(&self) -> ReplicaStatus {
        let now = self.now();
        let stage = match (&self.open, &self.slot) {
            (Some(open), _) if open.account.revoked => Stage::Locked,
            (Some(open), _) if open.shut().is_some() => Stage::Shut,
            (Some(open), _) if open.is_pin_locked() => Stage::PinLocked,
            (Some(_), _) => Stage::Open,
            (None, Some(_)) => Stage::Locked,
            (None, None) => Stage::New,
        };
        let mut status = ReplicaStatus {
            stage,
            user: None,
            device: self.slot.as_ref().map(|slot| slot.device),
            login: self.slot.as_ref().map(|slot| slot.login.clone()),
            persisted: None,
            token_expired: false,
            waiting: 0,
            last_contact: None,
            now,
            today: now.day(0),
            clock_ahead_s: None,
            book_swapped: false,
            key_missing: false,
            resealing: 0,
            shut: None,
            little_space: false,
            forgets_in_days: None,
            fingerprint: None,
            // Not to be read shows as nobody else here; opening one's own says what is wrong.
            users: self.others(),
            passphrase_gone: self.open.is_none() && self.slot.as_ref().is_some_and(|slot| self.vault.is_passphrase_gone(slot)),
        };
        if let Some(open) = &self.open {
            open.describe(&mut status);
            status.little_space |= self.reserve.is_given_up();
        }
        status
    }

    /// The others who have a store here, as the lock screen names them.
    fn others(&self) -> Vec<OtherUser> {
        let slots = self.vault.slots().unwrap_or_default().into_iter();
        let others = slots.filter(|slot| self.slot.as_ref().is_none_or(|own| own.id != slot.id));
        others.map(|slot| OtherUser { slot: slot.id, login: slot.login }).collect()
    }

    fn preferences(&self) -> Result<Preferences, Failure> {
        let mut preferences = Preferences::default();
        let Preferences { language, theme, digits, look } = &mut preferences;
        for (key, place) in [("language", language), ("theme", theme), ("digits", digits), ("look", look)] {
            if let Some(value) = self.vault.preference(key).map_err(stored)? {
                *place = value;
            }
        }
        Ok(preferences)
    }

    fn set_preferences(&self, preferences: &Preferences) -> Result<(), Failure> {
        let Preferences { language, theme, digits, look } = preferences;
        for (key, value) in [("language", language), ("theme", theme), ("digits", digits), ("look", look)] {
            self.vault.set_preference(key, value).map_err(stored)?;
        }
        Ok(())
    }
}

/// A failure without fields.
fn failure(code: FailureCode) -> Failure {
    Failure { code, fields: Vec::new() }
}

/// A failure of local storage.
#[expect(clippy::needless_pass_by_value, reason = "used as a function for map_err")]
fn stored(error: StoreError) -> Failure {
    failure(error.code())
}
