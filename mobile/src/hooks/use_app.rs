//! The app's few signals, each for one concern: where the replica stands, preferences, settings, versions of what was read.
//! Filled by notices from the replica; pages only read.

use crate::{
    platform,
    protocol::{
        Answer, CaseQuery, Draft, FailureCode, Notice, PlaceHit, Preferences, ReplicaStatus, Request, Stage, SyncProgress,
    },
};
use dioxus::prelude::*;
use futures_util::StreamExt;
use shared::{
    document::content::Facts,
    model::{
        dates::{Day, UnixSeconds},
        ids::Pcode,
    },
    policy::{self, Action},
    settings::{Person, Settings},
    text::{Digits, Language, Texts},
};
use std::{collections::BTreeMap, rc::Rc};

/// Rows of the inbox asked for at a time.
pub(crate) const INBOX_ROWS: u32 = 50;

/// Handles to the app's signals; copied freely.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct AppState {
    /// Where the replica stands; none until it first answered.
    pub(crate) status: Signal<Option<ReplicaStatus>>,
    /// Language, theme, digits.
    pub(crate) preferences: Signal<Preferences>,
    /// The settings in force, once the store is open.
    pub(crate) settings: Signal<Option<Rc<Settings>>>,
    /// Why the settings could not be read.
    pub(crate) settings_failure: Signal<Option<FailureCode>>,
    /// Goes up when cases changed.
    pub(crate) cases: Signal<u32>,
    /// Goes up when sessions changed.
    pub(crate) sessions: Signal<u32>,
    /// Goes up when the outbox, the quarantine, drafts or own sent records changed.
    pub(crate) outbox: Signal<u32>,
    /// The sync under way, or how the last one ended.
    pub(crate) sync: Signal<Option<SyncProgress>>,
    /// Names of places seen so far.
    pub(crate) places: Signal<BTreeMap<Pcode, PlaceHit>>,
    /// What is said to the person in passing, also to a screen reader.
    pub(crate) said: Signal<Option<String>>,
    /// Project, place and channel of the last complaint, offered for the next: many come from one distribution.
    pub(crate) sticky: Signal<Facts>,
    /// What the next new complaint begins with besides: the number someone calls from.
    pub(crate) begin_with: Signal<Facts>,
    /// A code that the phone's own camera read, on the way to its form. Taken before the pages begin: they leave the `#` out.
    pub(crate) linked: Signal<Option<String>>,
    /// A sealed report under work while the app asks for its PIN: in memory only, and gone with the app.
    pub(crate) unkept: Signal<Option<Draft>>,
    /// The officer's filters, so that coming back from a case finds the same list.
    pub(crate) inbox: Signal<CaseQuery>,
    /// Grammatical form of whoever speaks the consent: `m` or `f`.
    pub(crate) speaker: Signal<&'static str>,
    /// Grammatical form of whoever listens to it, as for the person before.
    pub(crate) listener: Signal<&'static str>,
    /// A new version waits to be applied.
    pub(crate) update: Signal<bool>,
    /// Today in the deployment's time zone. Apart from the status, whose clock changes at every look: only a new day draws a page again.
    today: Memo<Day>,
    /// The person signed in.
    me: Memo<Option<Person>>,
    texts: Memo<Texts>,
}

impl AppState {
    /// Says something in passing.
    pub(crate) fn say(mut self, words: String) {
        self.said.set(Some(words));
    }

    /// Asks the replica again where it stands.
    pub(crate) async fn look_again(mut self) {
        if let Answer::Status(status) = platform::call(Request::Status).await {
            self.status.set(Some(status));
        }
    }

    /// Changes preferences at once and stores them.
    pub(crate) fn prefer(mut self, change: impl FnOnce(&mut Preferences)) {
        change(&mut self.preferences.write());
        let preferences = self.preferences.peek().clone();
        dioxus::core::spawn_forever(async move {
            if let Answer::Failed(failure) = platform::call(Request::SetPreferences(preferences)).await
                && !matches!(failure.code, FailureCode::Locked | FailureCode::OtherTab)
            {
                let t = *self.texts.peek();
                self.say(t.settings_not_kept());
            }
        });
    }

    /// Reads the settings in force.
    pub(crate) async fn read_settings(mut self) {
        match platform::call(Request::Settings).await {
            Answer::Settings(settings) => {
                self.settings_failure.set(None);
                self.settings.set(Some(Rc::from(settings)));
            }
            Answer::Failed(failure) => self.settings_failure.set(Some(failure.code)),
            _ => self.settings_failure.set(Some(FailureCode::Internal)),
        }
    }

    /// How far the replica is open, as last heard; nobody is drawn again for it.
    pub(crate) fn stage(self) -> Option<Stage> {
        self.status.peek().as_ref().map(|s| s.stage)
    }

    fn hear(mut self, notice: Notice) {
        match notice {
            Notice::Changed { cases, sessions, settings, outbox } => {
                for (changed, mut version) in [(cases, self.cases), (sessions, self.sessions), (outbox, self.outbox)] {
                    if changed {
                        version += 1;
                    }
                }
                if settings {
                    spawn(self.read_settings());
                }
                if outbox {
                    spawn(self.look_again());
                }
            }
            Notice::Sync(progress) => {
                let ended = !progress.running;
                self.sync.set(Some(progress));
                if ended {
                    self.outbox += 1;
                    spawn(self.look_again());
                }
            }
            Notice::Stage(status) => self.status.set(Some(status)),
        }
    }

    /// The replica's own clock, as last heard.
    pub(crate) fn now(self) -> UnixSeconds {
        self.status.read().as_ref().map_or(UnixSeconds(0), |s| s.now)
    }

    /// Minutes east of UTC of the deployment.
    pub(crate) fn offset_min(self) -> i32 {
        self.settings.read().as_ref().map_or(0, |s| s.utc_offset_min)
    }

    /// Makes sure the names of these places are known.
    pub(crate) async fn learn_places(mut self, codes: Vec<Pcode>) {
        let mut missing: Vec<Pcode> = codes.into_iter().filter(|code| !self.places.peek().contains_key(code)).collect();
        missing.sort_unstable();
        missing.dedup();
        if missing.is_empty() {
            return;
        }
        if let Answer::Places(hits) = platform::call(Request::Places(missing)).await {
            self.places.write().extend(hits.into_iter().map(|hit| (hit.place.code.clone(), hit)));
        }
    }
}

/// Creates the app's signals and listens to the replica. Once, at the root.
pub(crate) fn use_app_provider() -> AppState {
    let preferences = use_signal(Preferences::default);
    let texts = use_memo(move || texts_for(&preferences.read()));
    let status = use_signal(|| None::<ReplicaStatus>);
    let settings = use_signal(|| None::<Rc<Settings>>);
    let today = use_memo(move || status.read().as_ref().map_or_else(Day::default, |s| s.today));
    let user = use_memo(move || status.read().as_ref().and_then(|s| s.user.clone()));
    let me = use_memo(move || settings.read().as_ref()?.person(user.read().as_ref()?).cloned());
    let mut app = AppState {
        status,
        preferences,
        settings,
        settings_failure: use_signal(|| None),
        cases: use_signal(|| 0),
        sessions: use_signal(|| 0),
        outbox: use_signal(|| 0),
        sync: use_signal(|| None),
        places: use_signal(BTreeMap::new),
        said: use_signal(|| None),
        sticky: use_signal(Facts::new),
        begin_with: use_signal(Facts::new),
        linked: use_signal(|| crate::window::linked(shared::joining::link::MARK)),
        unkept: use_signal(|| None),
        inbox: use_signal(|| CaseQuery { limit: INBOX_ROWS, ..CaseQuery::default() }),
        speaker: use_signal(|| "m"),
        listener: use_signal(|| "m"),
        update: super::use_document::use_update_ready(),
        today,
        me,
        texts,
    };
    use_context_provider(|| app);
    use_future(move || async move {
        let mut notices = platform::notices();
        if let Answer::Preferences(stored) = platform::call(Request::Preferences).await {
            app.preferences.set(stored);
        }
        app.look_again().await;
        while let Some(notice) = notices.next().await {
            app.hear(notice);
        }
    });
    // Settings belong to the open store: read when it opens, forgotten when it closes.
    let open = use_memo(move || app.status.read().as_ref().is_some_and(|s| s.stage == Stage::Open));
    use_effect(move || {
        if open() {
            spawn(async move {
                if let Answer::Preferences(stored) = platform::call(Request::Preferences).await {
                    app.preferences.set(stored);
                }
                app.read_settings().await;
            });
        } else {
            // What was said in passing may say what was done here.
            app.said.set(None);
            app.settings.set(None);
            app.places.set(BTreeMap::new());
            app.sticky.set(Facts::new());
            app.begin_with.set(Facts::new());
            app.inbox.set(CaseQuery { limit: INBOX_ROWS, ..CaseQuery::default() });
            if app.stage() != Some(Stage::PinLocked) {
                app.unkept.set(None);
            }
        }
    });
    app
}

/// The words for these preferences.
pub(crate) fn texts_for(preferences: &Preferences) -> Texts {
    let language = Language::from_tag(&preferences.language).unwrap_or_default();
    Texts::new(language).with_digits(Digits::from_code(&preferences.digits).unwrap_or_default())
}

/// The app's signals.
pub(crate) fn use_app() -> AppState {
    use_context::<AppState>()
}

/// All texts in the language chosen.
pub(crate) fn use_texts() -> Texts {
    *use_context::<AppState>().texts.read()
}

/// The settings in force. Pages are shown only once they are there; before, this answers empty ones.
pub(crate) fn use_settings() -> Rc<Settings> {
    use_context::<AppState>().settings.read().clone().unwrap_or_default()
}

/// The person signed in.
pub(crate) fn use_me() -> Option<Person> {
    use_context::<AppState>().me.read().clone()
}

/// Today in the deployment's time zone.
pub(crate) fn use_today() -> Day {
    *use_context::<AppState>().today.read()
}

/// Whether the person signed in may use a screen or endpoint, by its name in [`shared::policy::ENDPOINTS`].
pub(crate) fn use_allowed() -> impl Fn(&str) -> bool {
    let settings = use_settings();
    let actor = use_me().and_then(|me| policy::actor(&settings, &me.id));
    move |name| actor.as_ref().is_some_and(|actor| policy::may(actor, Action::Use(name), None))
}
