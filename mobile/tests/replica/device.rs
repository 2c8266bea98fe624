//! A device in a test: a directory, a clock in hand, seeded chance; and the server's keys, which answer its first sign-in.

use mobile::{
    protocol::{Answer, FailureCode, Request, Stage},
    replica::{
        Handled, Home, Replica, Surroundings,
        link::{LinkError, Outgoing},
        surroundings::KdfCost,
    },
};
use shared::{
    entropy::{Entropy, Seeded},
    model::{dates::UnixSeconds, ids::UserId, role::Role},
    settings::{Person, Project, Settings},
    sync::{
        messages::LeasedRefNo,
        sign_in::{SignInAnswer, SignInRequest},
        signing::ServerKey,
    },
};
use std::{cell::Cell, rc::Rc};
use tempfile::TempDir;

/// 2026-11-02 09:00 in A'zaz.
pub const START: UnixSeconds = UnixSeconds(1_793_599_200);
pub const PASSPHRASE: &str = "زيتون وجبل";
pub const PIN: &str = "4821";

pub fn scratch() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// The server's side of the little that needs it.
pub struct Server {
    pub key: ServerKey,
    pub settings: Settings,
    leased: Cell<u32>,
}

impl Server {
    pub fn new() -> Self {
        let mut settings = shared::settings::default::default().unwrap();
        settings.version = 1;
        settings.people = [("u1", Role::Receiver), ("u2", Role::Ao), ("u3", Role::PmFocal), ("u4", Role::AmeMgr)]
            .map(|(id, role)| Person {
                id: id.into(),
                name: format!("شخص {id}"),
                role,
                areas: Vec::new(),
                projects: Vec::new(),
                line_manager: None,
                deputy: None,
                absent: false,
                partner: String::new(),
                inactive: false,
            })
            .into();
        settings.projects = vec![Project {
            code: "P01".into(),
            name: shared::settings::Label { en: "Food baskets".into(), ar: "سلال غذائية".into() },
            donor: String::new(),
            partner: String::new(),
            sector: "fsl".into(),
            starts_on: "2026-01-01".parse().unwrap(),
            ends_on: "2027-12-31".parse().unwrap(),
            targets: Vec::new(),
            favourites: Vec::new(),
            focal_points: [(String::new(), UserId::from("u3"))].into(),
            team: Vec::new(),
            retired: false,
        }];
        Self { key: ServerKey::from_secret(&[7; 32]), settings, leased: Cell::new(10_000_000) }
    }

    /// Answers a sign-in as `user`.
    pub fn sign_in(&self, outgoing: &Outgoing, user: &str, now: UnixSeconds) -> Vec<u8> {
        let request: SignInRequest = serde_json::from_slice(&outgoing.body).unwrap();
        let first = self.leased.get();
        self.leased.set(first + 300);
        let answer = SignInAnswer {
            token: "token-1".into(),
            token_ends_at: now.plus(86_400),
            user: user.into(),
            device: request.device_key.device_id(),
            server_key: self.key.public(),
            server_time: now,
            epoch: 1,
            settings: self.key.sign_settings(&self.settings).unwrap(),
            ref_nos: (first..first + 300).map(|number| LeasedRefNo { number, pin: 1_234 }).collect(),
        };
        serde_json::to_vec(&answer).unwrap()
    }
}

/// One device.
pub struct Device {
    pub dir: TempDir,
    pub now: Rc<Cell<UnixSeconds>>,
    pub replica: Replica,
}

impl Device {
    /// A device without an account.
    pub fn fresh(seed: u64) -> Self {
        let dir = scratch();
        let now = Rc::new(Cell::new(START));
        let replica = open(&dir, &now, seed);
        Self { dir, now, replica }
    }

    /// A device signed in as `user`.
    pub fn signed_in(server: &Server, user: &str, seed: u64) -> Self {
        let mut device = Self::fresh(seed);
        let answer = device.sign_in(|outgoing| Ok(server.sign_in(outgoing, user, START)));
        assert!(matches!(&answer, Answer::Status(status) if status.stage == Stage::Open), "{answer:?}");
        device
    }

    pub fn sign_in(&mut self, link: impl FnOnce(&Outgoing) -> Result<Vec<u8>, LinkError>) -> Answer {
        let request = Request::SignIn {
            server: "https://sada.example".into(),
            login: "salma".into(),
            password: "كلمة السر".into(),
            passphrase: PASSPHRASE.into(),
            pin: PIN.into(),
        };
        match self.replica.handle(request) {
            Handled::Answer(answer) => answer,
            Handled::Call(outgoing, job) => {
                let result = link(&outgoing);
                self.replica.finish(job, result)
            }
        }
    }

    pub fn ask(&mut self, request: Request) -> Answer {
        match self.replica.handle(request) {
            Handled::Answer(answer) => answer,
            Handled::Call(outgoing, _) => panic!("would call {}", outgoing.path),
        }
    }

    /// Asks for something that must fail, and answers how.
    pub fn refused(&mut self, request: Request) -> FailureCode {
        match self.ask(request) {
            Answer::Failed(failure) => failure.code,
            other => panic!("{other:?}"),
        }
    }

    pub fn stage(&mut self) -> Stage {
        let Answer::Status(status) = self.ask(Request::Status) else { panic!("no status") };
        status.stage
    }

    pub fn wait(&self, seconds: i64) {
        self.now.set(self.now.get().plus(seconds));
    }

    /// Ends the app and starts it again over the same files.
    pub fn restart(self) -> Self {
        let Self { dir, now, replica } = self;
        drop(replica);
        let replica = open(&dir, &now, 99);
        Self { dir, now, replica }
    }

    pub fn unlock(&mut self) {
        let answer = self.ask(Request::Unlock { passphrase: PASSPHRASE.into() });
        assert!(matches!(&answer, Answer::Status(status) if status.stage == Stage::Open), "{answer:?}");
    }

    /// Every file of this installation: name and bytes.
    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        let mut files: Vec<_> = std::fs::read_dir(self.dir.path())
            .unwrap()
            .map(|entry| entry.unwrap())
            .map(|entry| (entry.file_name().into_string().unwrap(), std::fs::read(entry.path()).unwrap()))
            .collect();
        files.sort();
        files
    }
}

fn open(dir: &TempDir, now: &Rc<Cell<UnixSeconds>>, seed: u64) -> Replica {
    let clock = Rc::clone(now);
    let around = Surroundings {
        clock: Box::new(move || clock.get()),
        entropy: Box::new(Seeded::new(seed)) as Box<dyn Entropy>,
        kdf: KdfCost::SIMULATED,
        origin: None,
    };
    Replica::open(Home::directory(dir.path()), around).unwrap()
}
