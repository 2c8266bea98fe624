//! A deployment with 40 receivers and an officer, and phones that call it without sockets, so that only our own work counts.

use crate::table::timed;
use mobile::{
    protocol::{Answer, Request, SignInProof},
    replica::{
        Handled, Home, Replica, Surroundings,
        link::{LinkError, Outgoing},
        surroundings::KdfCost,
    },
};
use server::work::{Server, accounts::NewAccount, session::Session, sign_in::SignInRules};
use shared::{
    entropy::Seeded,
    model::{dates::UnixSeconds, role::Role},
    settings::{Person, Project, Settings},
};
use std::{
    error::Error,
    path::{Path, PathBuf},
    time::Duration,
};

pub(crate) type Outcome<T> = Result<T, Box<dyn Error>>;

/// 2026-11-24, noon.
pub(crate) const NOW: UnixSeconds = UnixSeconds(1_795_000_000);
const PASSWORD: &str = "bench password";
const PASSPHRASE: &str = "bench passphrase 1";

/// What one call cost.
pub(crate) struct Call {
    pub(crate) up: usize,
    pub(crate) down: usize,
    pub(crate) server: Duration,
}

/// A deployment in a folder that goes away with it.
pub(crate) struct Site {
    pub(crate) server: Server,
    pub(crate) folder: PathBuf,
    chance: Seeded,
    /// Of the device that called last.
    token: String,
}

impl Drop for Site {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.folder) {
            eprintln!("{} stays: {error}", self.folder.display());
        }
    }
}

fn settings() -> Outcome<Settings> {
    let mut settings = shared::settings::default::default()?;
    settings.projects = (1..=4)
        .map(|n| Project {
            code: format!("P{n:02}").as_str().into(),
            name: shared::settings::Label { en: format!("Project {n}"), ar: format!("المشروع {n}") },
            donor: String::new(),
            partner: String::new(),
            sector: "fsl".into(),
            starts_on: shared::model::dates::Day::from_ymd_opt(2021, 1, 1).unwrap_or_default(),
            ends_on: shared::model::dates::Day::from_ymd_opt(2027, 12, 31).unwrap_or_default(),
            targets: Vec::new(),
            favourites: Vec::new(),
            focal_points: std::collections::BTreeMap::new(),
            team: Vec::new(),
            says: Default::default(),
            retired: false,
        })
        .collect();
    Ok(settings)
}

impl Site {
    /// A new deployment; `encrypted` with SQLCipher.
    pub(crate) fn new(name: &str, encrypted: bool, receivers: usize) -> Outcome<Self> {
        let folder = std::env::temp_dir().join(format!("sada-bench-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        let mut chance = Seeded::new(11);
        let server = Server::init(&folder.join("server"), encrypted, NOW, &mut chance, settings()?)?
            .with_sign_in_rules(SignInRules::SIMULATED);
        let mut site = Self { server, folder, chance, token: String::new() };
        site.account("officer", Role::Ao)?;
        for i in 0..receivers {
            site.account(&format!("receiver{i}"), Role::Receiver)?;
        }
        Ok(site)
    }

    fn account(&mut self, login: &str, role: Role) -> Outcome<()> {
        let person = Person::new("".into(), login, role);
        let account = NewAccount { login: login.to_owned(), password: PASSWORD.to_owned().into(), person };
        self.server.add_account(NOW, &mut self.chance, account)?;
        Ok(())
    }

    /// Who called last, as the server knows them.
    pub(crate) fn last_caller(&self) -> Outcome<Session> {
        Ok(self.server.authenticate(NOW, &self.token)?)
    }

    /// What the device that called last names itself by.
    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    fn answer(&mut self, outgoing: &Outgoing) -> Result<Vec<u8>, LinkError> {
        let told = |error: server::work::error::WorkError| LinkError::Refused(error.told().code);
        if outgoing.path == "/api/v1/sign-in" {
            let request = serde_json::from_slice(&outgoing.body).map_err(|_| LinkError::Garbage)?;
            let answer = self.server.sign_in(NOW, &mut self.chance, &request).map_err(told)?;
            return serde_json::to_vec(&answer).map_err(|_| LinkError::Garbage);
        }
        self.token = outgoing.token.clone().unwrap_or_default();
        let session = self.server.authenticate(NOW, &self.token).map_err(told)?;
        self.server.sync(NOW, &mut self.chance, &session, &outgoing.body).map_err(told)
    }
}

/// A phone with an encrypted store on disk.
pub(crate) struct Phone {
    pub(crate) replica: Replica,
}

impl Phone {
    fn open(home: &Path) -> Outcome<Self> {
        let device = home.file_name().unwrap_or_default().to_string_lossy();
        let around = Surroundings {
            clock: Box::new(|| NOW),
            entropy: Box::new(Seeded::new(13).child(&device)),
            kdf: KdfCost::SIMULATED,
            origin: None,
        };
        Ok(Self { replica: Replica::open(Home::directory(home), around)? })
    }

    /// Opens the store in `home` as after a cold start.
    pub(crate) fn unlock(home: &Path) -> Outcome<Self> {
        let mut phone = Self::open(home)?;
        phone.ask(Request::Unlock { passphrase: PASSPHRASE.into() })?;
        Ok(phone)
    }

    /// Signs in; does not sync yet.
    pub(crate) fn sign_in(site: &mut Site, login: &str, device: &str) -> Outcome<Self> {
        let mut phone = Self::open(&site.folder.join(device))?;
        let request = Request::SignIn {
            server: "https://bench.invalid".into(),
            login: login.into(),
            proof: SignInProof::password(PASSWORD),
            passphrase: PASSPHRASE.into(),
            pin: "0000".into(),
        };
        match phone.replica.handle(request) {
            Handled::Call(outgoing, job) => {
                let result = site.answer(&outgoing);
                match phone.replica.finish(job, result) {
                    Answer::Failed(failure) => Err(format!("sign-in failed: {:?}", failure.code).into()),
                    _ => Ok(phone),
                }
            }
            Handled::Answer(answer) => Err(format!("sign-in made no call: {answer:?}").into()),
        }
    }

    /// Asks what needs no call.
    pub(crate) fn ask(&mut self, request: Request) -> Outcome<Answer> {
        match self.replica.handle(request) {
            Handled::Answer(Answer::Failed(failure)) => Err(format!("refused: {failure:?}").into()),
            Handled::Answer(answer) => Ok(answer),
            Handled::Call(outgoing, _) => Err(format!("needs {}", outgoing.path).into()),
        }
    }

    /// Sends and fetches until there is nothing more; what each call cost.
    pub(crate) fn sync(&mut self, site: &mut Site) -> Outcome<Vec<Call>> {
        self.sync_until(site, |_, _| false)
    }

    /// The same, until `done` says so after a call.
    pub(crate) fn sync_until(&mut self, site: &mut Site, mut done: impl FnMut(&mut Self, &[Call]) -> bool) -> Outcome<Vec<Call>> {
        self.ask(Request::SyncNow)?;
        let mut calls = Vec::new();
        while let Some(outgoing) = self.replica.sync_begin() {
            let (result, server) = timed(|| site.answer(&outgoing));
            calls.push(Call { up: outgoing.body.len(), down: result.as_ref().map_or(0, Vec::len), server });
            if let Err(error) = &result {
                return Err(format!("a call failed: {error}").into());
            }
            self.replica.sync_finish(result);
            if calls.len() > 5_000 {
                return Err("the phone never gets done".into());
            }
            if done(self, &calls) {
                break;
            }
        }
        Ok(calls)
    }
}
