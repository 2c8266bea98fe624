//! A small deployment in one process: real replicas, the server's real work, and between them a network, clocks and power
//! that fail as a seed says. No sockets, no threads of its own, no real time: a seed gives the same run every time.
//!
//! Knows what people did and what they were told (the ledger); whether it is still true is asked in `check`.

mod acts;
mod check;
#[path = "../../mobile/tests/replica/cipher_pages.rs"]
mod cipher_pages;
mod forms;
mod hostile;
mod ledger;
mod link;
mod phone;
mod place;
mod sealed;
mod server_days;
mod tally;
mod together;
mod visits;

pub use tally::Tally;

use hostile::Hostile;
use ledger::Ledger;
use phone::Phone;
use place::Site;
use shared::{
    entropy::{Entropy, Seeded},
    model::{dates::UnixSeconds, role::Role},
};
use std::{cell::Cell, path::PathBuf, rc::Rc};

/// True time at the beginning: 1 November 2026, 06:00 UTC.
const BEGINNING: i64 = 1_793_512_800;
/// How many things happen before everything is let come to rest.
const STEPS: u64 = 110;

/// One run.
pub struct World {
    seed: u64,
    chance: Seeded,
    /// True time, in seconds; phones see it through clocks of their own.
    time: Rc<Cell<i64>>,
    folder: PathBuf,
    site: Site,
    phones: Vec<Phone>,
    hostile: Hostile,
    ledger: Ledger,
    tally: Tally,
}

impl World {
    /// A deployment with its people signed in, nothing recorded yet.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let chance = Seeded::new(seed);
        let folder = place::folder(seed);
        let time = Rc::new(Cell::new(BEGINNING));
        let mut site = Site::found(&folder, &chance, UnixSeconds(BEGINNING));
        let people = [
            ("ao1", Role::Ao),
            ("ao2", Role::Ao),
            ("mgr", Role::AmeMgr),
            ("rec1", Role::Receiver),
            ("rec2", Role::Receiver),
            ("pm", Role::PmFocal),
            ("fp", Role::PseaFp),
            ("iu", Role::HqIu),
        ];
        let mut phones: Vec<Phone> =
            people.iter().map(|&(login, role)| Phone::sign_in(&folder, login, role, &chance, &time, &mut site)).collect();
        phones.iter_mut().for_each(|phone| phone.read_card(&site.cards));
        let hostile = Hostile::sign_in(&chance, &mut site, UnixSeconds(BEGINNING));
        Self {
            seed,
            chance: chance.child("world"),
            time,
            folder,
            site,
            phones,
            hostile,
            ledger: Ledger::default(),
            tally: Tally::default(),
        }
    }

    /// Runs it to the end and checks what must hold. Panics, naming the seed, if something does not.
    #[must_use]
    pub fn run(mut self) -> Tally {
        for _ in 0..STEPS {
            self.step();
        }
        self.come_to_rest();
        self.check();
        std::fs::remove_dir_all(&self.folder).expect("the world's folder goes");
        self.tally
    }

    fn now(&self) -> UnixSeconds {
        UnixSeconds(self.time.get())
    }

    fn pick(&mut self, bound: usize) -> usize {
        usize::try_from(self.chance.below(bound as u64)).unwrap()
    }

    /// One thing happens somewhere.
    fn step(&mut self) {
        let minutes = self.chance.below(90);
        self.time.set(self.time.get() + i64::try_from(minutes).unwrap() * 60);
        let i = self.pick(self.phones.len());
        match self.chance.below(100) {
            0..52 => self.act(i),
            52..79 => self.exchange(i),
            80..83 => self.phones[i].jump_clock(&mut self.chance, &mut self.tally),
            83..86 => self.phones[i].restart(),
            86..88 => self.relapse(i),
            88..91 => self.clash(),
            91..93 => self.site.restart(),
            93..94 => self.site.move_officer(self.now()),
            79 | 94..96 => self.day_of_the_server(),
            96 if self.chance.below(4) == 0 => self.let_tokens_expire(),
            _ => self.hostile.attack(self.time.get(), &mut self.chance, &mut self.site, &mut self.tally),
        }
    }

    /// A month in which nobody works: every token ends.
    fn let_tokens_expire(&mut self) {
        self.time.set(self.time.get() + 31 * 24 * 3_600);
        self.hostile.renew(self.now(), &mut self.site);
    }

    /// Power, network and clocks are good again; everyone syncs until nothing moves.
    fn come_to_rest(&mut self) {
        for round in 0..60 {
            self.time.set(self.time.get() + 400);
            let mut moved = false;
            for i in 0..self.phones.len() {
                self.phones[i].mend();
                moved |= self.sync_fully(i);
            }
            if !moved && round > 2 {
                return;
            }
        }
        panic!("seed {}: the world does not come to rest", self.seed);
    }
}
