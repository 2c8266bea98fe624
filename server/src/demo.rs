//! The demo: eight months of an invented team's work, made from a fixed seed through the same code people use. Real replicas
//! record, count, answer and close; real syncs carry it; the server's own work checks, routes and rules. No row is written by hand.
//!
//! The only part of the server that knows `mobile`, and only to drive its replica: the cargo feature `demo` takes both away.

mod calendar;
mod cast;
mod complaints;
mod content;
mod dice;
mod keys;
mod months;
mod on_spot;
mod paths;
mod phone;
mod sessions;
mod steps;

pub use content::ContentError;
pub use months::Tally;

use crate::work::{
    DATABASE, OpenError, Server, accounts::NewAccount, error::WorkError, recovery::RecoveryError, sign_in::SignInRules,
};
use content::Content;
use mobile::{
    protocol::FailureCode,
    replica::{link::LinkError, storage::StoreError},
};
use shared::{
    entropy::Seeded,
    model::{
        dates::{UnixSeconds, plus_days},
        ids::UserId,
    },
    settings::{default::DefaultsError, many_places::many_places},
    sync::sign_in::PublishSettings,
};
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// The seed of the demo that `sada-server demo` shows.
pub const SEED: u64 = 20_201_002;
/// Password of every demo account. Public, so the demo listens on this machine only.
pub const PASSWORD: &str = "sada-demo-2026";

/// How much is made up.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Days looked back on.
    pub days: i64,
    /// Complaints.
    pub cases: usize,
    /// Awareness sessions.
    pub sessions: usize,
}

impl Size {
    /// Eight months of about 600 complaints and 200 sessions.
    pub const WHOLE: Self = Self { days: 243, cases: 600, sessions: 200 };
}

/// Why there is no demo.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// A data file is malformed.
    #[error("the demo's texts can't be read")]
    Content(#[from] ContentError),
    /// The default settings are malformed.
    #[error("the default settings can't be read")]
    Settings(#[from] DefaultsError),
    /// The deployment can't be made or opened.
    #[error("the demo's deployment can't be used")]
    Open(#[from] OpenError),
    /// The server did not do its work.
    #[error("the demo's server failed")]
    Work(#[from] WorkError),
    /// Its focal points' keys can't be made.
    #[error("the demo's keys can't be made")]
    Keys(#[from] RecoveryError),
    /// A phone's store failed.
    #[error("a demo phone's store failed")]
    Store(#[from] StoreError),
    /// Files can't be written.
    #[error("the demo's folder can't be written")]
    Files(#[from] io::Error),
    /// A phone did not do what it must.
    #[error("the phone of {user} failed: {code:?}")]
    Phone {
        /// Whose.
        user: UserId,
        /// How.
        code: FailureCode,
    },
    /// A phone could not talk to the server.
    #[error("the phone of {user} got no answer: {error}")]
    Link {
        /// Whose.
        user: UserId,
        /// How.
        #[source]
        error: LinkError,
    },
    /// A phone's sync never comes to an end.
    #[error("the phone of {0} never gets done with its sync")]
    Restless(UserId),
    /// An answer of another kind than asked for.
    #[error("a phone gave an answer of another kind than asked for")]
    Unexpected,
}

/// The deployment in `folder`; made up first if there is none, which takes a while. `say` is told what is happening, and the
/// log-ins and key cards.
///
/// # Errors
/// [`DemoError`]. A demo that was cut short is not taken for one.
pub fn open_or_make(folder: &Path, now: UnixSeconds, say: &mut dyn FnMut(&str)) -> Result<Server, DemoError> {
    if !folder.join(DATABASE).exists() {
        say("making up eight months of work; this happens once");
        let tally = make(folder, now, SEED, Size::WHOLE, say)?;
        say(&format!("{} complaints, {} sessions, {} steps", tally.cases, tally.sessions, tally.deeds));
    }
    for member in Content::read()?.members {
        say(&format!("log-in {:<13} password {PASSWORD}   {}", member.login, member.name));
    }
    let server = Server::open(folder)?.with_sign_in_rules(SignInRules::SIMULATED);
    keys::begin_or_show(&server, now, say)?;
    Ok(server)
}

/// Publishes settings with `count` invented places more, unless there are that many already.
///
/// # Errors
/// [`DemoError::Work`].
pub fn add_places(server: &Server, now: UnixSeconds, count: usize) -> Result<(), DemoError> {
    let mut settings = shared::settings::Settings::clone(&server.in_force().settings);
    if settings.places.len() < count {
        let more = many_places(&settings, count);
        settings.places.extend(more);
        server.publish_as_operator(now, PublishSettings { based_on: settings.version, settings })?;
    }
    Ok(())
}

/// Makes up a deployment in `folder`, which must not exist or be empty, as of `now`. `say` is told how far it is.
///
/// # Errors
/// [`DemoError`]; `folder` is then as it was.
pub fn make(folder: &Path, now: UnixSeconds, seed: u64, size: Size, say: &mut dyn FnMut(&str)) -> Result<Tally, DemoError> {
    // Under another name until it is whole.
    let under_way = beside(folder, "making");
    if under_way.exists() {
        fs::remove_dir_all(&under_way)?;
    }
    let tally = make_in(&under_way, now, seed, size, say)?;
    if folder.exists() {
        fs::remove_dir(folder)?;
    }
    fs::rename(&under_way, folder)?;
    Ok(tally)
}

fn beside(folder: &Path, what: &str) -> PathBuf {
    let mut name = folder.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(what);
    folder.with_file_name(name)
}

fn make_in(folder: &Path, now: UnixSeconds, seed: u64, size: Size, say: &mut dyn FnMut(&str)) -> Result<Tally, DemoError> {
    let content = Content::read()?;
    let mut chance = Seeded::new(seed).child("server");
    let offset_min = shared::settings::default::default()?.utc_offset_min;
    let today = now.day(offset_min);
    let settings = cast::settings(&content, today)?;
    let first = calendar::at(plus_days(today, -size.days), 6 * 60, offset_min);
    fs::create_dir_all(folder)?;
    // Demo passwords are public: a costly hash or a second factor would protect nothing.
    let server = Server::init(folder, false, first, &mut chance, settings)?.with_sign_in_rules(SignInRules::SIMULATED);
    for member in &content.members {
        let in_force = server.in_force();
        let Some(person) = in_force.settings.person(&member.id) else { return Err(DemoError::Unexpected) };
        let account = NewAccount { login: member.login.clone(), password: PASSWORD.to_owned().into(), person: person.clone() };
        server.add_account(first, &mut chance, account)?;
    }
    let tally = months::Months::begin(&content, &server, seed, size, now)?.run(say)?;
    Ok(tally)
}

#[cfg(test)]
mod tests {
    use super::{SEED, Server, Size, make};
    use crate::storage::StorageError;
    use shared::model::dates::{UnixSeconds, plus_days};

    /// A month of work: a quiet refusal would leave the demo with cases nobody ever answers.
    #[test]
    fn a_demo_is_made_through_the_real_code_and_nothing_of_it_is_refused() {
        let folder = std::env::temp_dir().join(format!("sada-demo-test-{}", std::process::id()));
        let size = Size { days: 30, cases: 60, sessions: 10 };
        let now = UnixSeconds(1_795_525_200);
        let mut said = Vec::new();
        let tally = make(&folder, now, SEED, size, &mut |line| said.push(line.to_owned()));
        let first = plus_days(now.day(0), -60);
        let rows = Server::open(&folder).unwrap().storage().read::<_, StorageError>(|tx| tx.cases_since(first, None)).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        let tally = tally.unwrap();
        assert_eq!((tally.cases, tally.sessions), (60, 10));
        let told: Vec<_> = rows.iter().filter_map(|row| row.on_spot).collect();
        assert!(told.iter().any(|claim| claim.accepted), "nothing told on the spot was accepted: {told:?}");
        assert!(told.iter().any(|claim| claim.waits), "an officer finds none to accept: {told:?}");
        assert!(said.iter().any(|line| line.contains("sessions")), "nobody hears how far it is: {said:?}");
        assert!(tally.deeds > 100, "{tally:?}");
        assert!(tally.refused.is_empty() && tally.skipped.is_empty(), "{tally:?}");
    }
}
