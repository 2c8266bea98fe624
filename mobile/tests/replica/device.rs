//! A device in a test: a directory, a clock in hand, seeded chance; and the server's keys, which answer its first sign-in.

use crate::server::Server;
use mobile::{
    protocol::{Answer, CasePage, CaseQuery, CaseView, FailureCode, Request, Saved, SignInProof, Stage},
    replica::{
        Handled, Home, Replica, Surroundings,
        link::{LinkError, Outgoing},
        surroundings::KdfCost,
    },
};
use shared::{
    document::content::{Fact, Facts},
    entropy::{Entropy, Seeded},
    intent::Intent,
    model::{dates::UnixSeconds, ids::RecordId},
};
use std::{cell::Cell, rc::Rc};
use tempfile::TempDir;

/// 2026-11-02 09:00 in A'zaz.
pub(crate) const START: UnixSeconds = UnixSeconds(1_793_599_200);
pub(crate) const PASSPHRASE: &str = "زيتون وجبل";
pub(crate) const PIN: &str = "4821";

pub(crate) fn scratch() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// One device.
pub(crate) struct Device {
    pub(crate) dir: TempDir,
    pub(crate) now: Rc<Cell<UnixSeconds>>,
    pub(crate) replica: Replica,
    /// Chosen at the sign-in.
    pub(crate) passphrase: &'static str,
}

impl Device {
    /// A device without an account.
    pub(crate) fn fresh(seed: u64) -> Self {
        let dir = scratch();
        let now = Rc::new(Cell::new(START));
        let replica = open(&dir, &now, seed);
        Self { dir, now, replica, passphrase: PASSPHRASE }
    }

    /// A device signed in as `user`.
    pub(crate) fn signed_in(server: &mut Server, user: &str, seed: u64) -> Self {
        let mut device = Self::fresh(seed);
        let answer = device.sign_in(|outgoing| Ok(server.sign_in(outgoing, user, START)));
        assert!(matches!(&answer, Answer::Status(status) if status.stage == Stage::Open), "{answer:?}");
        device
    }

    pub(crate) fn sign_in(&mut self, link: impl FnOnce(&Outgoing) -> Result<Vec<u8>, LinkError>) -> Answer {
        let request = Request::SignIn {
            server: "https://sada.example".into(),
            login: "salma".into(),
            proof: SignInProof::password("كلمة السر"),
            passphrase: self.passphrase.into(),
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

    pub(crate) fn ask(&mut self, request: Request) -> Answer {
        match self.replica.handle(request) {
            Handled::Answer(answer) => answer,
            Handled::Call(outgoing, _) => panic!("would call {}", outgoing.path),
        }
    }

    /// Asks for something that must fail, and answers how.
    pub(crate) fn refused(&mut self, request: Request) -> FailureCode {
        match self.ask(request) {
            Answer::Failed(failure) => failure.code,
            other => panic!("{other:?}"),
        }
    }

    pub(crate) fn save(&mut self, intent: Intent) -> Saved {
        match self.ask(Request::Do(intent)) {
            Answer::Saved(saved) => saved,
            other => panic!("{other:?}"),
        }
    }

    pub(crate) fn cases(&mut self, view: CaseView) -> CasePage {
        match self.ask(Request::Cases(CaseQuery { view, limit: 200, ..CaseQuery::default() })) {
            Answer::Cases(page) => page,
            other => panic!("{other:?}"),
        }
    }

    /// One exchange with the server, which must be due.
    pub(crate) fn sync(&mut self, answer: impl FnOnce(&Outgoing) -> Result<Vec<u8>, LinkError>) {
        assert_eq!(self.ask(Request::SyncNow), Answer::Done);
        let outgoing = self.replica.sync_begin().expect("a sync is due");
        let result = answer(&outgoing);
        self.replica.sync_finish(result);
    }

    pub(crate) fn stage(&mut self) -> Stage {
        let Answer::Status(status) = self.ask(Request::Status) else { panic!("no status") };
        status.stage
    }

    pub(crate) fn wait(&self, seconds: i64) {
        self.now.set(self.now.get().plus(seconds));
    }

    /// Ends the app and starts it again over the same files.
    pub(crate) fn restart(self) -> Self {
        let Self { dir, now, replica, passphrase } = self;
        drop(replica);
        let replica = open(&dir, &now, 99);
        Self { dir, now, replica, passphrase }
    }

    pub(crate) fn unlock(&mut self) {
        let answer = self.ask(Request::Unlock { passphrase: PASSPHRASE.into() });
        assert!(matches!(&answer, Answer::Status(status) if status.stage == Stage::Open), "{answer:?}");
    }

    /// Every file of this installation: name and bytes.
    pub(crate) fn files(&self) -> Vec<(String, Vec<u8>)> {
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

/// A complaint as a form of the default settings holds it: level 1-3, by name, about food baskets in A'zaz.
pub(crate) fn complaint(seed: u64, words: &str) -> Intent {
    let text = |key: &str, value: &str| (key.to_owned(), Fact::from(value));
    let facts: Facts = [
        text("reg.received_on", "2026-11-02"),
        text("reg.category", "qual.quantity"),
        text("reg.entry_type", "complaint"),
        text("reg.subject_role", "none"),
        text("intake.channel", "desk"),
        text("intake.identity_mode", "identified"),
        text("intake.words", words),
        text("consent.record", "yes"),
        text("consent.share", "yes"),
        text("who.sex", "f"),
        text("who.age_band", "a18_59"),
        text("place.adm3", "SY020400"),
        text("project", "P01"),
        text("contact.name", "سلمى الأحمد"),
        text("contact.phone.raw", "0933123456"),
    ]
    .into();
    Intent::RecordComplaint { record: record(seed), facts }
}

pub(crate) fn record(seed: u64) -> RecordId {
    RecordId::random(&mut Seeded::new(seed))
}

/// The facts of a complaint.
pub(crate) fn facts_of(intent: Intent) -> Facts {
    match intent {
        Intent::RecordComplaint { facts, .. } => facts,
        other => panic!("{other:?}"),
    }
}
