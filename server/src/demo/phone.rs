//! One person's phone: the app's own replica over memory, with a clock the demo sets and calls instead of a network.

use super::DemoError;
use crate::work::{Server, error::WorkError};
use mobile::{
    protocol::{Answer, CaseDetail, Failure, Request, Saved, SignInProof},
    replica::{
        Handled, Home, Replica, Surroundings,
        link::{LinkError, Outgoing},
        surroundings::KdfCost,
    },
};
use shared::{
    entropy::{Entropy, Seeded},
    intent::Intent,
    model::{
        dates::UnixSeconds,
        ids::{RecordId, UserId},
    },
};
use std::{cell::Cell, rc::Rc};

/// Calls of one sync, at most: a device that never gets done is a fault, not a long wait.
const CALLS: usize = 200;

/// A phone, signed in.
pub(super) struct Phone {
    pub(super) user: UserId,
    replica: Replica,
    clock: Rc<Cell<UnixSeconds>>,
    password: String,
}

/// What the phone talks to.
pub(super) struct Line<'a> {
    pub(super) server: &'a Server,
    pub(super) chance: &'a mut Seeded,
}

impl Phone {
    /// A new phone that signs in with `login`.
    pub(super) fn sign_in(
        user: UserId,
        login: &str,
        password: &str,
        now: UnixSeconds,
        chance: Seeded,
        line: &mut Line<'_>,
    ) -> Result<Self, DemoError> {
        let clock = Rc::new(Cell::new(now));
        let hands = Rc::clone(&clock);
        let around = Surroundings {
            clock: Box::new(move || hands.get()),
            entropy: Box::new(chance),
            kdf: KdfCost::SIMULATED,
            origin: None,
        };
        // SQLite's own file system in memory: a demo phone is thrown away when the demo is made.
        let replica = Replica::open(Home::vfs("memdb", |_| Ok(())), around)?;
        let mut phone = Self { user, replica, clock, password: password.to_owned() };
        phone.ask(
            Request::SignIn {
                server: "https://demo.invalid".into(),
                login: login.into(),
                proof: SignInProof::password(password),
                passphrase: password.into(),
                pin: "0000".into(),
            },
            line,
        )?;
        Ok(phone)
    }

    /// Sets the clock.
    pub(super) fn at(&mut self, now: UnixSeconds) {
        self.clock.set(now);
    }

    /// Sends and fetches until there is nothing more.
    pub(super) fn sync(&mut self, line: &mut Line<'_>) -> Result<(), DemoError> {
        self.ask(Request::SyncNow, line)?;
        for _ in 0..CALLS {
            let Some(outgoing) = self.replica.sync_begin() else { return Ok(()) };
            let mut result = call(self.clock.get(), &outgoing, line);
            if result == Err(LinkError::Refused(shared::sync::sign_in::CallRefusal::TokenExpired)) {
                // A month has passed: the person types the password again, as on any phone.
                self.replica.sync_finish(result);
                self.ask(Request::Renew { proof: SignInProof::password(self.password.clone()) }, line)?;
                continue;
            }
            if let Err(error) = &mut result {
                return Err(DemoError::Link { user: self.user.clone(), error: *error });
            }
            self.replica.sync_finish(result);
        }
        Err(DemoError::Restless(self.user.clone()))
    }

    /// Does it, or says why the app does not let the person.
    pub(super) fn act(&mut self, intent: Intent, line: &mut Line<'_>) -> Result<Result<Saved, Failure>, DemoError> {
        match self.answer(Request::Do(intent), line) {
            Answer::Saved(saved) => Ok(Ok(saved)),
            Answer::Failed(failure) => Ok(Err(failure)),
            _ => Err(DemoError::Unexpected),
        }
    }

    /// Whether this person's phone holds a session.
    pub(super) fn has_session(&mut self, record: RecordId, line: &mut Line<'_>) -> bool {
        matches!(self.answer(Request::Session(record), line), Answer::Session(_))
    }

    /// A case as this person sees it; none if they do not hold it.
    pub(super) fn case(&mut self, record: RecordId, line: &mut Line<'_>) -> Option<Box<CaseDetail>> {
        match self.answer(Request::Case(record), line) {
            Answer::Case(detail) => Some(detail),
            _ => None,
        }
    }

    fn ask(&mut self, request: Request, line: &mut Line<'_>) -> Result<Answer, DemoError> {
        match self.answer(request, line) {
            Answer::Failed(failure) => Err(DemoError::Phone { user: self.user.clone(), code: failure.code }),
            answer => Ok(answer),
        }
    }

    fn answer(&mut self, request: Request, line: &mut Line<'_>) -> Answer {
        match self.replica.handle(request) {
            Handled::Answer(answer) => answer,
            Handled::Call(outgoing, job) => {
                let result = call(self.clock.get(), &outgoing, line);
                self.replica.finish(job, result)
            }
        }
    }
}

fn call(now: UnixSeconds, outgoing: &Outgoing, line: &mut Line<'_>) -> Result<Vec<u8>, LinkError> {
    let mut seed = [0; 8];
    line.chance.fill(&mut seed);
    let mut chance = Seeded::new(u64::from_le_bytes(seed));
    let told = |error: WorkError| LinkError::Refused(error.told().code);
    let token = outgoing.token.as_deref().unwrap_or_default();
    match outgoing.path {
        "/api/v1/sign-in" => {
            let request = serde_json::from_slice(&outgoing.body).map_err(|_| LinkError::Garbage)?;
            let answer = line.server.sign_in(now, &mut chance, &request).map_err(told)?;
            serde_json::to_vec(&answer).map_err(|_| LinkError::Garbage)
        }
        "/api/v1/sync" => {
            let session = line.server.authenticate(now, token).map_err(told)?;
            line.server.sync(now, &mut chance, &session, &outgoing.body).map_err(told)
        }
        _ => Err(LinkError::Garbage),
    }
}
