//! What a page and the replica say to each other. Plain data: across `postMessage` on the web, a channel elsewhere.
//! Knows neither Dioxus nor SQLite.

pub mod batch;
mod boxes;
mod detail;
pub mod failure;
pub mod hotline;
pub mod keys;
pub mod notice;
pub mod people;
pub mod pictures;
mod preferences;
pub mod sealed;
mod sites;
mod waiting;

pub use boxes::{BoxOpening, BoxStanding};
pub use detail::{CaseDetail, PlaceHit, SessionDetail, Together};
pub use failure::{Failure, FailureCode};
pub use hotline::{CallBackLine, Found};
pub use notice::{Notice, SyncProgress};
pub use people::{PeopleAnswer, PeopleRequest};
pub use pictures::PictureRequest;
pub use preferences::Preferences;
pub use sites::PlaceToMap;
pub use waiting::{QuarantineItem, Waiting, WaitingRecord};

use batch::{Batch, BatchRequest};
use keys::{KeyAnswer, KeyRequest};
use serde::{Deserialize, Serialize};
use shared::{
    document::content::Facts,
    intent::Intent,
    model::second_factor::SecondFactorSetUp,
    model::{
        codes::CountKey,
        dates::{Day, UnixSeconds},
        devices::Shut,
        ids::{DeviceId, EventId, Pcode, ProjectCode, RecordId, UserId},
        row::{BoxRow, OwnRow, SessionRow},
        week::{Week, WeekQuery},
    },
    settings::{Settings, sites::NewSite},
};
pub use shared::{
    indicators::{
        closure::ClosurePage,
        coverage::{Coverage, CoverageRow},
    },
    lifecycle::StepStanding,
    model::query::{CasePage, CaseQuery, CaseSort, CaseView, CompfuQuery, MOST_COUNTED, SessionQuery, SheetForm, ViewCounts},
    rows::{Conflict, Provenance, TimelineEntry, TimelineStep},
};

/// A page's question or order. Every one gets exactly one [`Answer`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Where the replica stands: no account, locked, open.
    Status,
    /// First sign-in on this device, online: password at the server, passphrase for this device, PIN for the running app.
    SignIn {
        /// Server address, `https://…`; on the web the page's own origin.
        server: String,
        /// Log-in name.
        login: String,
        /// What proves who signs in.
        proof: SignInProof,
        /// What opens this device's store from cold; never leaves the device.
        passphrase: String,
        /// Re-opens the running app.
        pin: String,
    },
    /// Opens this device without its passphrase, online: asked first, and again once an administrator who sees it said yes.
    OpenWithAdmin {
        /// Server address.
        server: String,
        /// What proves whose device it is.
        proof: SignInProof,
        /// The passphrase from now on.
        passphrase: String,
        /// The PIN from now on.
        pin: String,
    },
    /// A second factor to set up, where the server said that there is none yet.
    SetUpSecondFactor {
        /// Server address; this device's own if it has an account.
        server: String,
        /// Log-in name; this device's own if it has an account.
        login: String,
        /// Password at the server.
        password: String,
    },
    /// Opens the store from cold.
    Unlock {
        /// The passphrase.
        passphrase: String,
    },
    /// Re-opens the running app.
    UnlockWithPin {
        /// The PIN.
        pin: String,
    },
    /// Hides everything until the PIN or the passphrase.
    Lock,
    /// Ends this person's work: the passphrase opens their store again. Nothing unsent is lost.
    LogOut,
    /// Another person's turn, by their number in [`ReplicaStatus::users`]; none: someone signs in who has no store here.
    SwitchUser(Option<i64>),
    /// Before the road: deletes from this device everything the server has, and shows nothing until someone re-opens it.
    PrepareForRoad,
    /// Renews an expired token; local data stay as they are.
    Renew {
        /// What proves who signs in.
        proof: SignInProof,
    },
    /// Saves a draft at every field. An empty draft is dropped.
    SaveDraft(Draft),
    /// Drops a draft, after the page confirmed with the person.
    DropDraft(RecordId),
    /// All drafts, newest first.
    Drafts,
    /// About the distribution at which many people are recorded one after the other.
    Batch(BatchRequest),
    /// A person did something: answered with [`Answer::Saved`] only when it is on disk. A draft of the same record goes with it.
    Do(Intent),
    /// Whether a form with these facts would be sealed whole: someone it would go to has a key this device knows.
    CanSeal(Facts),
    /// Cases, filtered, sorted, a page at a time.
    Cases(CaseQuery),
    /// As [`Request::Cases`], asked at the server: what is older than this device keeps, or not here yet.
    CasesOnline(CaseQuery),
    /// One case with everything this person may see.
    Case(RecordId),
    /// As [`Request::Case`], asked at the server, which writes down who read it. Nothing of it is kept here, and nothing can be
    /// done to it from here.
    CaseOnline(RecordId),
    /// Cases by receipt number, or by the number a person calls from, as typed; what this device holds.
    LookUp(String),
    /// As [`Request::LookUp`], asked at the server, which writes down that it was asked.
    LookUpOnline(String),
    /// Whom to call back today.
    CallBacks,
    /// How many there are to call back today; shows nobody.
    CallsDue,
    /// Key figure 2 as of today, asked at the server.
    Closure,
    /// Who looked at what in seven days, told by the server.
    Week(WeekQuery),
    /// The complaints follow-up of one month, made by the server, which writes down who asked.
    Compfu(CompfuQuery),
    /// Complaint boxes, and how long each has stayed closed.
    Boxes,
    /// Openings of boxes on this device.
    Openings,
    /// One opening.
    Opening(RecordId),
    /// Sessions.
    Sessions(SessionQuery),
    /// Planned sessions that nobody called off, soonest first, at most 200.
    Plans {
        /// Only those this person goes to.
        facilitator: Option<UserId>,
        /// Not after this day.
        until: Option<Day>,
    },
    /// One session.
    Session(RecordId),
    /// Number, day and state of what this person sent and no longer holds.
    OwnSent,
    /// Coverage from tallies and this device's own newer work.
    Coverage(CoverageQuery),
    /// Places by folded name or P-code, best first, at most 50.
    FindPlaces {
        /// What was typed, in any script and with any digits.
        text: String,
        /// Only places within this one.
        within: Option<Pcode>,
        /// Only places of these levels; empty means all.
        levels: Vec<u8>,
    },
    /// These places by code, for their names in lists; codes nobody knows are left out of the answer.
    Places(Vec<Pcode>),
    /// The settings in force, without places (see [`Request::FindPlaces`] and [`Request::Places`]).
    Settings,
    /// Names from the field that no list has yet, in records this person may correct.
    PlacesToMap,
    /// Adds a camp or site to the list (online).
    AddSite(NewSite),
    /// Publishes new settings (supervisors, online).
    PublishSettings(Box<Settings>),
    /// About a focal point's key.
    Keys(KeyRequest),
    /// About people's accounts and devices (online).
    People(PeopleRequest),
    /// What waits, since when, and how the last attempts went.
    Waiting,
    /// Everything unsent as a sealed file, for someone to carry to the server; it stays in the outbox all the same.
    SaveUnsent,
    /// About a photo of a paper form.
    Picture(PictureRequest),
    /// Brings such a file to the server (online).
    ImportUnsent {
        /// Its bytes, base64.
        base64: String,
    },
    /// Sends and fetches now; progress comes as [`Notice::Sync`].
    SyncNow,
    /// Changes set aside: refused, parked or unreadable, each with what to do.
    Quarantine,
    /// Acts on a quarantined item.
    Resolve {
        /// Which.
        item: i64,
        /// What to do.
        how: Resolution,
    },
    /// Language, theme and the like for this device. Not secret: answered on the lock screen too.
    Preferences,
    /// Stores them.
    SetPreferences(Preferences),
}

/// What proves who signs in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInProof {
    /// Password at the server.
    pub password: String,
    /// Second factor, once the server has asked for it.
    pub code: Option<String>,
    /// The password from now on, once the server has said that the other one is temporary.
    pub new_password: Option<String>,
    /// The code with which a new device comes in, once the server has asked for it.
    pub enrolment: Option<String>,
}

impl SignInProof {
    /// A password, and whatever the server has not asked for yet left out.
    #[must_use]
    pub fn password(password: impl Into<String>) -> Self {
        Self { password: password.into(), code: None, new_password: None, enrolment: None }
    }
}

/// What to do with a quarantined item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Resolution {
    /// Try again as it is.
    Retry,
    /// The person has read it and takes note; it stays in the list of the past.
    Acknowledge,
}

/// A form not yet saved as a record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// The record it will be.
    pub record: RecordId,
    /// What it will be.
    pub kind: DraftKind,
    /// What the form holds; keys as in [`Intent::RecordComplaint`] or [`Intent::RecordSession`].
    pub facts: Facts,
    /// Counts tapped so far (sessions).
    #[serde(default)]
    pub counts: std::collections::BTreeMap<CountKey, i64>,
    /// The step of the form the person was at.
    pub step: u8,
    /// When it was last saved, by the device's clock; set by the replica.
    pub saved_at: UnixSeconds,
}

/// What a draft will be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DraftKind {
    /// A complaint or feedback.
    Complaint,
    /// An awareness session, new.
    Session,
    /// Taps on an existing session that have not become an increment yet.
    Counting,
    /// Joining a colleague's session.
    Joining,
}

/// Which coverage to show. Periods are whole months.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverageQuery {
    /// First month, `YYYY-MM`.
    pub from: String,
    /// Last month.
    pub to: String,
    /// Only this project.
    pub project: Option<ProjectCode>,
    /// Only within this place.
    pub place: Option<Pcode>,
}

/// A file for the person to save. It is kept nowhere else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MadeFile {
    /// Its name.
    pub name: String,
    /// Its bytes, base64.
    pub base64: String,
}

/// The replica's answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// Where the replica stands.
    Status(ReplicaStatus),
    /// On disk.
    Saved(Saved),
    /// Done, nothing to say.
    Done,
    /// Drafts.
    Drafts(Vec<Draft>),
    /// The batch that runs; none if none does.
    Batch(Option<Box<Batch>>),
    /// Whether it would be sealed whole.
    CanSeal(bool),
    /// Cases, with how many there are in all and in each ready-made view.
    Cases(CasePage),
    /// One case; boxed, it is large.
    Case(Box<CaseDetail>),
    /// What a number found.
    Found(Found),
    /// Whom to call back.
    CallBacks(Vec<CallBackLine>),
    /// Names to map.
    PlacesToMap(Vec<PlaceToMap>),
    /// How many there are to call back.
    CallsDue(u32),
    /// Key figure 2.
    Closure(Box<ClosurePage>),
    /// To [`Request::Week`].
    Week(Week),
    /// A file to save.
    File(MadeFile),
    /// Everything unsent as a sealed file, and how many photos did not fit into it.
    UnsentFile {
        /// The file.
        file: MadeFile,
        /// Photos that stay here only.
        left_out: u32,
    },
    /// The name of a picture that was kept.
    PictureKept(String),
    /// A picture, base64; none while it is named and the server has not got it whole.
    Picture(Option<String>),
    /// A file of unsent work was brought.
    Imported {
        /// Whose.
        user: UserId,
        /// Changes taken in now.
        taken: u32,
        /// Changes the server had already.
        known: u32,
        /// Changes kept aside.
        aside: u32,
    },
    /// Complaint boxes.
    Boxes(Vec<BoxStanding>),
    /// Openings.
    Openings(Vec<BoxRow>),
    /// One opening.
    Opening(Box<BoxOpening>),
    /// Sessions, with how many there are in all.
    Sessions {
        /// Rows.
        rows: Vec<SessionRow>,
        /// In all.
        total: u32,
    },
    /// One session.
    Session(Box<SessionDetail>),
    /// Own sent records.
    OwnSent(Vec<OwnRow>),
    /// Coverage.
    Coverage(Coverage),
    /// Places.
    Places(Vec<PlaceHit>),
    /// Settings without places.
    Settings(Box<Settings>),
    /// About a focal point's key.
    Keys(Box<KeyAnswer>),
    /// What waits.
    Waiting(Waiting),
    /// Set aside.
    Quarantine(Vec<QuarantineItem>),
    /// Preferences.
    Preferences(Preferences),
    /// A second factor to set up.
    SecondFactor(Box<SecondFactorSetUp>),
    /// About people's accounts and devices.
    People(PeopleAnswer),
    /// The digits this device shows while it asks to be opened.
    OpeningCode(String),
    /// It did not work; nothing was lost.
    Failed(Failure),
}

/// Where the replica stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReplicaStatus {
    /// The stage.
    pub stage: Stage,
    /// Who is signed in, once open.
    pub user: Option<UserId>,
    /// This installation.
    pub device: Option<DeviceId>,
    /// Log-in name the device was set up for, shown on the lock screen.
    pub login: Option<String>,
    /// Whether the browser promised to keep the data; `None` where that question does not exist.
    pub persisted: Option<bool>,
    /// The token has expired: work goes on, sending waits for the password.
    pub token_expired: bool,
    /// Changes not yet on the server.
    pub waiting: u32,
    /// Last time the server answered.
    pub last_contact: Option<UnixSeconds>,
    /// The replica's own clock.
    pub now: UnixSeconds,
    /// Today in the deployment's time zone.
    pub today: Day,
    /// Seconds this device's clock is ahead of the server's, when last compared.
    pub clock_ahead_s: Option<i64>,
    /// The server's key book is not the one this device has seen: it goes by the old one.
    #[serde(default)]
    pub book_swapped: bool,
    /// Reports may go to this person, and no key on this device opens them.
    #[serde(default)]
    pub key_missing: bool,
    /// Sealed cases that others are to hold now: the app is sealing them anew by itself.
    #[serde(default)]
    pub resealing: u32,
    /// Why nothing is shown, at [`Stage::Shut`].
    #[serde(default)]
    pub shut: Option<Shut>,
    /// Little space is left on this device.
    #[serde(default)]
    pub little_space: bool,
    /// Days until this device forgets what the server has, once few are left; a contact starts them anew.
    #[serde(default)]
    pub forgets_in_days: Option<u16>,
    /// Too many wrong passphrases: only an administrator opens this device now.
    #[serde(default)]
    pub passphrase_gone: bool,
    /// Others who have a store on this device.
    #[serde(default)]
    pub users: Vec<OtherUser>,
    /// The digits of this device's key, while nobody has compared them.
    #[serde(default)]
    pub fingerprint: Option<String>,
}

/// Another person who has a store on this device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherUser {
    /// Number of the store.
    pub slot: i64,
    /// Log-in name.
    pub login: String,
}

/// How far the replica is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// No account on this device yet.
    New,
    /// The passphrase is needed.
    Locked,
    /// The PIN is needed.
    PinLocked,
    /// Nothing is shown; what waits is sent.
    Shut,
    /// Open.
    Open,
    /// Another tab holds the data; this one takes over when that one closes.
    OtherTab,
    /// The browser lacks what the app needs.
    Unsupported,
}

/// An intent is on disk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Saved {
    /// The record.
    pub record: RecordId,
    /// Its receipt number, for a new case.
    pub ref_no: Option<String>,
    /// The PIN that goes with it, shown once, and only where a card was said to be safe.
    pub ref_pin: Option<String>,
    /// The step written, if it was one.
    pub event: Option<EventId>,
    /// It waits for the server's ruling.
    pub awaits_ruling: bool,
}
