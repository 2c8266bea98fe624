//! Log-ins that nobody has: trying them is made to wait as trying somebody's is, so that a wait tells nothing of who has an account.
//! Held in memory, as hashes: what was typed there may be a password.

use super::sign_in::wait_after;
use sha2::{Digest, Sha256};
use shared::model::dates::UnixSeconds;
use std::collections::BTreeMap;

/// Most that are held; beyond it the one that waits least is forgotten.
const MOST: usize = 10_000;

/// Wrong tries, by log-in.
#[derive(Default)]
pub(super) struct Strangers(BTreeMap<[u8; 32], (u32, UnixSeconds)>);

impl Strangers {
    /// Until when this log-in waits.
    pub(super) fn locked_until(&self, login: &str) -> UnixSeconds {
        self.0.get(&hash(login)).map_or(UnixSeconds(0), |(_, until)| *until)
    }

    /// Counts a wrong try; answers the seconds to wait.
    pub(super) fn failed(&mut self, login: &str, now: UnixSeconds) -> i64 {
        let (failures, until) = self.0.entry(hash(login)).or_insert((0, now));
        *failures = failures.saturating_add(1);
        let wait_s = wait_after(*failures);
        *until = now.plus(wait_s);
        if self.0.len() > MOST {
            let least = self.0.iter().min_by_key(|(_, (_, until))| *until).map(|(login, _)| *login);
            least.map(|login| self.0.remove(&login));
        }
        wait_s
    }
}

fn hash(login: &str) -> [u8; 32] {
    Sha256::digest(login.as_bytes()).into()
}
