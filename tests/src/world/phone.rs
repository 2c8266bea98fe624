//! One phone: a real replica over files of its own, with a clock that may be wrong and power that may go.

use super::{
    Tally,
    place::{PASSWORD, Site},
};
use mobile::{
    protocol::{Answer, FailureCode, Request, Resolution, SignInProof, Stage, keys::KeyRequest},
    replica::{Handled, Home, Replica, Surroundings, link::Outgoing, surroundings::KdfCost},
};
use shared::{
    entropy::{Entropy, Seeded},
    model::{
        dates::UnixSeconds,
        ids::{RecordId, UserId},
        record::{DocKind, DocumentId},
        role::Role,
    },
    seal::card::KeyCard,
};
use std::{
    cell::Cell,
    path::{Path, PathBuf},
    rc::Rc,
};

const PASSPHRASE: &str = "simulated passphrase";
const PIN: &str = "4711";

/// A phone and the person who carries it.
pub(super) struct Phone {
    pub(super) login: &'static str,
    pub(super) role: Role,
    folder: PathBuf,
    /// True time, and by how much this phone's clock is off.
    time: Rc<Cell<i64>>,
    off: Rc<Cell<i64>>,
    chance: Seeded,
    /// None only while it restarts.
    replica: Option<Replica>,
    /// An answer on its way.
    pub(super) slow: Option<Result<Vec<u8>, mobile::replica::link::LinkError>>,
    /// A request that will arrive once more.
    pub(super) echo: Option<Outgoing>,
}

impl Phone {
    /// A new phone on which someone signs in.
    pub(super) fn sign_in(
        folder: &Path,
        login: &'static str,
        role: Role,
        chance: &Seeded,
        time: &Rc<Cell<i64>>,
        site: &mut Site,
    ) -> Self {
        let mut phone = Self {
            login,
            role,
            folder: folder.join(login),
            time: Rc::clone(time),
            off: Rc::new(Cell::new(0)),
            chance: chance.child(login),
            replica: None,
            slow: None,
            echo: None,
        };
        phone.open();
        let request = Request::SignIn {
            server: "https://sada.example".into(),
            login: login.into(),
            proof: SignInProof::password(PASSWORD),
            passphrase: PASSPHRASE.into(),
            pin: PIN.into(),
        };
        let Handled::Call(outgoing, job) = phone.replica().handle(request) else { panic!("{login}: sign-in makes no call") };
        let result = site.call(UnixSeconds(time.get()), &outgoing);
        let answer = phone.replica().finish(job, result);
        assert!(!matches!(answer, Answer::Failed(_)), "{login} signs in: {answer:?}");
        phone
    }

    /// Takes the key of this person's card, if they have one.
    pub(super) fn read_card(&mut self, cards: &[(UserId, KeyCard)]) {
        let Some((_, card)) = cards.iter().find(|(user, _)| user.as_str() == self.login) else { return };
        let answer = self.ask(Request::Keys(KeyRequest::ReadCard { letters: card.to_text().to_string() }));
        assert!(matches!(answer, Answer::Keys(_)), "{} takes the card: {answer:?}", self.login);
    }

    /// Every page of the phone's store, decrypted, free ones too.
    pub(super) fn pages(&mut self) -> Vec<u8> {
        self.replica().flush().expect("the phone writes its log into the file");
        super::cipher_pages::plain(&self.folder, PASSPHRASE, UnixSeconds(self.time.get()))
    }

    pub(super) fn replica(&mut self) -> &mut Replica {
        self.replica.as_mut().expect("the phone is on")
    }

    fn open(&mut self) {
        let (time, off) = (Rc::clone(&self.time), Rc::clone(&self.off));
        let around = Surroundings {
            clock: Box::new(move || UnixSeconds(time.get() + off.get())),
            // Another child after every start: no id is drawn twice.
            entropy: Box::new(self.chance.child(&self.chance.clone().below(u64::MAX).to_string())),
            kdf: KdfCost::SIMULATED,
            origin: None,
        };
        self.chance.below(2);
        self.replica = Some(Replica::open(Home::directory(&self.folder), around).expect("the phone opens its files"));
    }

    /// Off and on again, over the same files, and unlocked.
    pub(super) fn restart(&mut self) {
        self.replica = None;
        self.slow = None;
        self.open();
        let answer = self.ask(Request::Unlock { passphrase: PASSPHRASE.into() });
        assert!(!matches!(answer, Answer::Failed(_)), "{} unlocks: {answer:?}", self.login);
    }

    /// Signs in again if the token has ended.
    pub(super) fn renew_if_expired(&mut self, site: &mut Site) {
        let Answer::Status(status) = self.ask(Request::Status) else { panic!("{}: a status", self.login) };
        if !status.token_expired {
            return;
        }
        let Handled::Call(outgoing, job) = self.replica().handle(Request::Renew { proof: SignInProof::password(PASSWORD) })
        else {
            panic!("{}: renewing makes no call", self.login)
        };
        let result = site.call(UnixSeconds(self.time.get()), &outgoing);
        let answer = self.replica().finish(job, result);
        assert!(!matches!(answer, Answer::Failed(_)), "{} signs in again: {answer:?}", self.login);
    }

    /// The last generation of a document that this phone holds; the first if it holds none.
    pub(super) fn newest(&mut self, record: RecordId, kind: DocKind) -> DocumentId {
        let held = self.replica().holdings().expect("the phone reads").into_iter().map(|holding| holding.document);
        held.filter(|id| id.record == record && id.kind == kind).max().unwrap_or_else(|| DocumentId::first(record, kind))
    }

    /// Asks the replica something that needs no call.
    pub(super) fn ask(&mut self, request: Request) -> Answer {
        if let Handled::Answer(Answer::Status(status)) = self.replica().handle(Request::Status)
            && status.stage == Stage::PinLocked
        {
            let opened = self.replica().handle(Request::UnlockWithPin { pin: PIN.into() });
            assert!(!matches!(opened, Handled::Answer(Answer::Failed(_))), "{}: the PIN opens", self.login);
        }
        match self.replica().handle(request) {
            Handled::Answer(answer) => answer,
            Handled::Call(outgoing, _) => panic!("{}: unexpected call of {}", self.login, outgoing.path),
        }
    }

    /// The clock is set wrong, by hours or by decades, or right again.
    pub(super) fn jump_clock(&mut self, chance: &mut Seeded, tally: &mut Tally) {
        let hour = 3_600;
        self.off.set(match chance.below(5) {
            0 => 0,
            1 => i64::try_from(chance.below(48)).unwrap() * hour - 24 * hour,
            2 => 946_684_800 - self.time.get(),
            3 => 20 * 365 * 24 * hour,
            _ => -40 * 24 * hour,
        });
        tally.clock_jumps += 1;
    }

    /// The clock is right and nothing is on its way.
    pub(super) fn mend(&mut self) {
        self.off.set(0);
        self.echo = None;
        if let Some(result) = self.slow.take() {
            self.replica().sync_finish(result);
        }
        // What the power was cut over twice in a row was set aside: the person tries it again.
        let items = match self.ask(Request::Quarantine) {
            Answer::Quarantine(items) => items,
            // After a month without contact it shows nothing before the next.
            Answer::Failed(failure) if failure.code == FailureCode::Shut => return,
            other => panic!("{}: {other:?}", self.login),
        };
        for item in items.into_iter().filter(|item| item.why == "unreadable") {
            self.ask(Request::Resolve { item: item.item, how: Resolution::Retry });
        }
    }

    /// By how much the clock is off, in seconds.
    pub(super) fn clock_off(&self) -> i64 {
        self.off.get()
    }

    /// The phone's day, by its own clock.
    pub(super) fn today(&self) -> shared::model::dates::Day {
        UnixSeconds(self.time.get() + self.off.get()).day(180)
    }

    /// Keeps a copy of the phone's files, as a backup app would, with the phone off.
    pub(super) fn copy_files(&mut self) {
        self.replica = None;
        self.slow = None;
        copy(&self.folder, &self.folder.with_extension("copy"));
        self.open_again();
    }

    /// Puts the copy of the phone's files in their place.
    pub(super) fn restore_files(&mut self) {
        self.replica = None;
        self.slow = None;
        std::fs::remove_dir_all(&self.folder).expect("the phone's files go");
        std::fs::rename(self.folder.with_extension("copy"), &self.folder).expect("the copy takes their place");
        self.open_again();
    }

    /// Whether everything saved is on the server.
    pub(super) fn has_nothing_waiting(&mut self) -> bool {
        matches!(self.ask(Request::Status), Answer::Status(status) if status.waiting == 0)
    }

    fn open_again(&mut self) {
        self.open();
        let answer = self.ask(Request::Unlock { passphrase: PASSPHRASE.into() });
        assert!(!matches!(answer, Answer::Failed(_)), "{} unlocks: {answer:?}", self.login);
    }
}

fn copy(from: &Path, to: &Path) {
    if to.exists() {
        std::fs::remove_dir_all(to).expect("the older copy goes");
    }
    std::fs::create_dir_all(to).expect("a folder for the copy");
    for entry in std::fs::read_dir(from).expect("the phone's folder") {
        let entry = entry.expect("an entry");
        std::fs::copy(entry.path(), to.join(entry.file_name())).expect("a file is copied");
    }
}
