//! The system's chance and clock: the only places in the server that touch either. Everything else is handed them.

use shared::{entropy::Entropy, model::dates::UnixSeconds};
use std::time::{SystemTime, UNIX_EPOCH};

/// The operating system's source of random bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemChance;

impl Entropy for SystemChance {
    fn fill(&mut self, out: &mut [u8]) {
        if getrandom::fill(out).is_err() {
            // Without chance no token, key or receipt number may be made.
            tracing::error!("the system gives no random bytes");
            std::process::abort();
        }
    }
}

/// Now, by the system's clock; a clock before 1970 reads as 1970.
#[must_use]
pub fn system_now() -> UnixSeconds {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |elapsed| elapsed.as_secs());
    UnixSeconds(i64::try_from(seconds).unwrap_or(i64::MAX))
}
