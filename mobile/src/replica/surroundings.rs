//! What the replica needs from outside: a clock, chance, and how costly a guess at the passphrase is made.

use shared::{entropy::Entropy, model::dates::UnixSeconds};

/// The device's clock. Never trusted by the server; only shown, and used for waits.
pub type Clock = Box<dyn Fn() -> UnixSeconds>;

/// Work of one Argon2id guess. Stored with each slot, so that it can grow with an update.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KdfCost {
    /// Memory in KiB, at least 8.
    pub memory_kib: u32,
    /// Passes, at least 1.
    pub passes: u32,
}

impl KdfCost {
    /// About half a second on a cheap phone, 32 MiB. # Source: RFC 9106 §4 (scaled to phones of 2 GB), OWASP password storage
    pub const DEVICE: Self = Self { memory_kib: 32 * 1024, passes: 3 };
    /// Nearly free: for simulated phones, whose passphrases protect nothing.
    pub const SIMULATED: Self = Self { memory_kib: 8, passes: 1 };
}

/// Everything the replica is given from outside.
pub struct Surroundings {
    /// The clock.
    pub clock: Clock,
    /// Chance: keys, ids, jitter.
    pub entropy: Box<dyn Entropy>,
    /// Cost of a passphrase guess for new slots.
    pub kdf: KdfCost,
    /// The page's origin, which is the server's address on the web; none elsewhere: the person types it.
    pub origin: Option<String>,
}

impl Surroundings {
    /// A phone's or desktop's own clock and chance.
    #[cfg(not(target_family = "wasm"))]
    #[must_use]
    pub fn system() -> Self {
        let clock = || {
            // A clock set before 1970 shows as 1970; nothing depends on it.
            let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
            UnixSeconds(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
        };
        Self { clock: Box::new(clock), entropy: Box::new(SystemChance), kdf: KdfCost::DEVICE, origin: None }
    }

    /// A browser worker's clock (`Date.now()`) and chance.
    #[cfg(target_family = "wasm")]
    #[must_use]
    pub fn browser(origin: String) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "milliseconds of the browser's clock fit")]
        let clock = || UnixSeconds((js_sys::Date::now() / 1000.0) as i64);
        Self { clock: Box::new(clock), entropy: Box::new(SystemChance), kdf: KdfCost::DEVICE, origin: Some(origin) }
    }
}

/// The operating system's or the browser's random bytes.
pub struct SystemChance;

impl Entropy for SystemChance {
    fn fill(&mut self, out: &mut [u8]) {
        // Without chance there are no keys and no ids: going on would be worse than ending.
        #[expect(clippy::expect_used, reason = "keys must never be guessable; every supported system has random bytes")]
        getrandom::fill(out).expect("the system gives random bytes");
    }
}
