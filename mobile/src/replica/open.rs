//! An open store and everything kept in memory beside it: settings, places, the lists' indexes, the sync under way. Dropped as a
//! whole when only the passphrase may open it again.

use super::{
    account::{self, Account},
    batch,
    case_index::CaseIndex,
    documents, drafts, failure,
    intents::{Author, DoError},
    key_book::{self, HeldBook},
    likely_duplicates::Compared,
    marker::Marker,
    opened::Looks,
    own_keys::{self, OwnKeys},
    pictures::{self, Sending},
    places::Places,
    projection::{self, Projecting, Renamed},
    quarantine, ref_numbers,
    sealing::Resealing,
    session_index::SessionIndex,
    settings,
    storage::StoreError,
    stored,
    sync::Syncing,
};
use crate::protocol::{Answer, Draft, DraftKind, Failure, FailureCode, Notice, ReplicaStatus, Request};
use rusqlite::Connection;
use shared::{
    entropy::Entropy,
    model::{
        dates::UnixSeconds,
        ids::RecordId,
        record::{DocKind, DocumentId},
    },
    settings::Settings,
    sync::{key_calls::WaitingKey, server_pin::ServerPin, session::Event, sign_in::SignInAnswer},
};
use std::rc::Rc;

/// Without a request for so long, the running app asks for the PIN.
const IDLE_LOCK_S: i64 = 120;

/// So long after the last request nobody waits for the next.
const RESTING_S: i64 = 3;

/// An open store.
pub(super) struct Open {
    pub(super) conn: Connection,
    pub(super) account: Account,
    pub(super) author: Author,
    pub(super) settings: Rc<Settings>,
    pub(super) places: Places,
    /// The key book in force here: the settings' only if it goes on from what this device has seen.
    pub(super) held: HeldBook,
    pub(super) own_keys: OwnKeys,
    /// Others' keys that waited when last asked.
    pub(super) waiting_keys: Vec<WaitingKey>,
    pub(super) resealing: Resealing,
    pub(super) case_index: CaseIndex,
    pub(super) session_index: SessionIndex,
    pub(super) compared: Compared,
    pub(super) looks: Looks,
    pub(super) sync: Syncing,
    pub(super) sending: Sending,
    pub(super) marker: Rc<Marker>,
    /// The store's file name.
    pub(super) store: String,
    /// As the browser last said.
    pub(super) free_bytes: Option<u64>,
    /// The stage may be another one: to be announced.
    pub(super) stage_changed: bool,
    notices: Vec<Notice>,
    pin_locked: bool,
    last_used: UnixSeconds,
}

impl Open {
    /// Sets aside what ended the app last time, then reads what is kept in memory.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(super) fn start(
        conn: Connection,
        store: &str,
        marker: Rc<Marker>,
        now: UnixSeconds,
        entropy: &mut dyn Entropy,
    ) -> Result<Self, StoreError> {
        if let Some(record) = marker.left(store)? {
            quarantine::set_aside_unreadable(&conn, record, None, now)?;
            marker.forget(store, record)?;
        }
        pictures::drop_strays(&conn)?;
        let account = account::read(&conn)?;
        let settings = Rc::new(settings::newest(&conn, &account.server_key)?);
        let places = Places::new(Rc::clone(&settings));
        // Here too: a cut may have come between newer settings and their book.
        let held = key_book::take(&conn, &settings)?;
        let own_keys = own_keys::read(&conn)?;
        let (case_index, session_index) = projection::load(&conn, &Projecting::of(&settings, &places, &account.user, now))?;
        let author = Author::new(account.device, entropy);
        let mut open = Self {
            conn,
            account,
            author,
            settings,
            places,
            held,
            own_keys,
            waiting_keys: Vec::new(),
            resealing: Resealing::default(),
            case_index,
            session_index,
            compared: Compared::default(),
            looks: Looks::default(),
            sync: Syncing::default(),
            sending: Sending::default(),
            marker,
            store: store.to_owned(),
            free_bytes: None,
            stage_changed: false,
            notices: Vec::new(),
            pin_locked: false,
            last_used: now,
        };
        open.look_for_resealing(None)?;
        Ok(open)
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
        if !self.pin_locked && !matches!(request, Request::Status | Request::Waiting | Request::Preferences) {
            self.last_used = now;
        }
    }

    /// Whether nobody is at work just now.
    pub(super) const fn is_resting(&self, now: UnixSeconds) -> bool {
        now.0.saturating_sub(self.last_used.0) >= RESTING_S
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
        // A count that can't be read shows as none waiting; the page that lists what waits shows the failure itself.
        status.waiting = self.unsent_count().unwrap_or_default();
        status.last_contact = self.account.last_contact;
        status.clock_ahead_s = self.account.clock_ahead_s;
        status.book_swapped = self.held.swapped;
        status.resealing = self.resealing.left();
        status.key_missing = self.has_key_of_its_own() && self.held.book.recovery().is_some() && !self.has_key_that_counts();
        status.shut = self.shut();
        let key = self.account.key.public().0;
        status.fingerprint = self.account.unconfirmed.then(|| shared::seal::opening::device_fingerprint(&key));
        status.little_space = self.free_bytes.is_some_and(|bytes| bytes < super::LITTLE_SPACE_BYTES);
        status.forgets_in_days = self.forgets_in_days(status.now);
        status.today = status.now.day(self.settings.utc_offset_min);
    }

    /// A fresh token: sending goes on.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(super) fn renewed(
        &mut self,
        answer: SignInAnswer,
        now: UnixSeconds,
        entropy: &mut dyn Entropy,
    ) -> Result<(), StoreError> {
        account::set_token(&self.conn, Some(&answer.token))?;
        ref_numbers::add(&self.conn, &answer.ref_nos)?;
        account::set_device_recovery(&self.conn, answer.device_recovery)?;
        self.account.token = Some(answer.token);
        self.account.last_contact = Some(now);
        self.sync.session.handle(now, &mut &mut *entropy, Event::Renewed);
        Ok(())
    }

    /// Something was saved, or a person wants it sent now.
    pub(super) fn sync_soon(&mut self, at_once: bool, now: UnixSeconds, entropy: &mut dyn Entropy) {
        self.sync.session.handle(now, &mut &mut *entropy, Event::Wanted { at_once });
    }

    /// A person pressed "send now". Said at once, before the press is answered, so that nobody sees it unheard: until the sync that
    /// answers it has ended, one is under way.
    pub(super) fn send_now(&mut self, now: UnixSeconds, entropy: &mut dyn Entropy) {
        self.sync_soon(true, now, entropy);
        if self.account.token.is_some() && self.sync.session.stopped().is_none() {
            self.say(self.sync.progress(true));
        }
    }

    /// From now on the server must hold one of the keys that the settings announce. Only once it has proved one of them: by an
    /// announcement that leaves its own key out, this device would lock itself out.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(super) fn pin(&mut self, proven: Option<&ServerPin>) -> Result<(), StoreError> {
        let announced = &self.settings.server_pins;
        let holds_one = proven.is_some_and(|key| announced.iter().any(|pin| pin.fits(key)));
        if holds_one && *announced != self.account.pins {
            account::set_pins(&self.conn, announced)?;
            self.account.pins.clone_from(announced);
        }
        Ok(())
    }

    /// Newer settings are in force; rows and what is searched are made again when something they are made of changed.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(super) fn take_settings(&mut self, new: Settings, now: UnixSeconds) -> Result<(), StoreError> {
        let old = std::mem::replace(&mut self.settings, Rc::new(new));
        self.places = Places::new(Rc::clone(&self.settings));
        self.held = key_book::take(&self.conn, &self.settings)?;
        self.stage_changed = true;
        // What this person may know may be another now.
        self.compared = Compared::default();
        let with = Projecting::of(&self.settings, &self.places, &self.account.user, now);
        let tx = self.conn.transaction()?;
        let rebuilt = if self.settings.limits != old.limits || self.settings.utc_offset_min != old.utc_offset_min {
            projection::rebuild_all(&tx, &with)?;
            true
        } else {
            projection::rebuild_renamed(&tx, &Renamed::between(&old, &self.settings), &with)?
        };
        tx.commit()?;
        if rebuilt {
            (self.case_index, self.session_index) = projection::load(&self.conn, &with)?;
        }
        self.look_for_resealing(None)
    }

    /// Brings the lists' indexes up to date with one record.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(super) fn refresh(&mut self, record: RecordId) -> Result<(), StoreError> {
        self.compared.forget(record);
        projection::refresh(&self.conn, record, &mut self.case_index, &mut self.session_index)
    }

    /// Reads a record's documents again and makes its row anew.
    ///
    /// # Errors
    /// [`DoError`].
    pub(super) fn project_again(&mut self, record: RecordId, now: UnixSeconds) -> Result<(), DoError> {
        let with = Projecting::of(&self.settings, &self.places, &self.account.user, now);
        let tx = self.conn.transaction()?;
        self.marker.reading(&self.store, record)?;
        if let Err(super::documents::ReadError::Damaged(document)) = projection::project(&tx, record, &with) {
            quarantine::set_aside_unreadable(&tx, record, Some(document), now)?;
            projection::project(&tx, record, &with)?;
        }
        tx.commit()?;
        self.marker.done(&self.store)?;
        self.refresh(record)?;
        self.changed();
        Ok(())
    }

    /// Rows changed by what this person did.
    pub(super) fn changed(&mut self) {
        self.say(Notice::Changed { cases: true, sessions: true, settings: false, outbox: true });
    }

    pub(super) fn say(&mut self, notice: Notice) {
        self.notices.push(notice);
    }

    pub(super) fn drain_notices(&mut self) -> Vec<Notice> {
        std::mem::take(&mut self.notices)
    }

    /// Saves a draft, also while only the PIN is missing. A form that has become a record meanwhile is no draft any more.
    ///
    /// # Errors
    /// [`Failure`] as the page is told.
    pub(super) fn save_draft(&mut self, draft: Draft, now: UnixSeconds) -> Result<Answer, Failure> {
        let becomes = match draft.kind {
            DraftKind::Complaint => Some(DocKind::Case),
            DraftKind::Session => Some(DocKind::Session),
            DraftKind::Counting | DraftKind::Joining => None,
        };
        let became = becomes.map(|kind| documents::is_known(&self.conn, DocumentId::first(draft.record, kind)));
        if !became.transpose().map_err(stored)?.unwrap_or(false) {
            drafts::save(&self.conn, &self.settings, draft, now).map_err(stored)?;
        }
        Ok(Answer::Done)
    }

    /// Answers a request that needs nothing but the open store.
    ///
    /// # Errors
    /// [`Failure`] as the page is told.
    pub(super) fn answer(&mut self, request: Request, now: UnixSeconds, entropy: &mut dyn Entropy) -> Result<Answer, Failure> {
        let today = now.day(self.settings.utc_offset_min);
        Ok(match request {
            Request::DropDraft(record) => {
                drafts::remove(&self.conn, record).map_err(stored)?;
                Answer::Done
            }
            Request::Drafts => {
                let (drafts, set_aside) = drafts::all(&self.conn, now).map_err(stored)?;
                if set_aside {
                    self.changed();
                }
                Answer::Drafts(drafts)
            }
            Request::Batch(request) => Answer::Batch(batch::answer(&self.conn, request, now).map_err(stored)?),
            Request::Do(intent) => self.perform(&intent, now, entropy)?,
            Request::CanSeal(facts) => self.can_seal(&facts),
            Request::Cases(query) => Answer::Cases(self.cases(&query, today)?),
            Request::Case(record) => {
                let detail = self.case_detail(record, today)?;
                self.looks.note(&self.conn, record, Looks::at(&detail), now).map_err(stored)?;
                Answer::Case(Box::new(detail))
            }
            Request::Boxes => Answer::Boxes(self.boxes(today)?),
            Request::Openings => Answer::Openings(self.openings().map_err(stored)?),
            Request::Opening(record) => Answer::Opening(Box::new(self.opening(record)?)),
            Request::LookUp(typed) => Answer::Found(self.look_up(&typed, now)?),
            Request::CallsDue => Answer::CallsDue(self.calls_due(today).map_err(stored)?),
            Request::PlacesToMap => Answer::PlacesToMap(self.places_to_map()?),
            Request::CallBacks => Answer::CallBacks(self.call_backs(now)?),
            Request::Sessions(query) => self.sessions(&query)?,
            Request::Plans { facilitator, until } => self.plans(facilitator.as_ref(), until)?,
            Request::Session(record) => Answer::Session(Box::new(self.session_detail(record, today)?)),
            Request::OwnSent => self.own_sent()?,
            Request::SaveUnsent => self.save_unsent(now, entropy)?,
            Request::Coverage(query) => Answer::Coverage(self.coverage(&query, today)?),
            Request::FindPlaces { text, within, levels } => Answer::Places(self.places.find(&text, within.as_ref(), &levels)),
            Request::Places(codes) => Answer::Places(self.places.named(&codes)),
            Request::Settings => Answer::Settings(Box::new(self.settings.without_places())),
            Request::Waiting => Answer::Waiting(self.waiting().map_err(stored)?),
            Request::Quarantine => Answer::Quarantine(quarantine::all(&self.conn).map_err(stored)?),
            Request::Resolve { item, how } => {
                if !self.resolve(item, how, now).map_err(|error| error.failure())? {
                    return Err(failure(FailureCode::NotFound));
                }
                self.sync_soon(false, now, entropy);
                Answer::Done
            }
            // These are answered before an open store is asked.
            Request::Status
            | Request::SignIn { .. }
            | Request::OpenWithAdmin { .. }
            | Request::Unlock { .. }
            | Request::UnlockWithPin { .. }
            | Request::Lock
            | Request::LogOut
            | Request::SwitchUser(_)
            | Request::PrepareForRoad
            | Request::SyncNow
            | Request::SaveDraft(_)
            | Request::Renew { .. }
            | Request::SetUpSecondFactor { .. }
            | Request::CasesOnline(_)
            | Request::CaseOnline(_)
            | Request::LookUpOnline(_)
            | Request::Closure
            | Request::Week(_)
            | Request::Compfu(_)
            | Request::Picture(_)
            | Request::ImportUnsent { .. }
            | Request::AddSite(_)
            | Request::PublishSettings(_)
            | Request::Keys(_)
            | Request::People(_)
            | Request::Preferences
            | Request::SetPreferences(_) => return Err(failure(FailureCode::Internal)),
        })
    }
}
