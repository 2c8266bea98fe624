//! How much at once and how long to wait. Knows no messages.

use crate::entropy::Entropy;

/// A frame on a bad link, in bytes.
pub(super) const SMALLEST: u32 = 8 << 10;
/// A frame on a good link, in bytes.
pub(super) const LARGEST: u32 = 256 << 10;
/// What a new session begins with, in bytes.
const FIRST: u32 = 16 << 10;
/// Changes shrink about so much in a frame.
const SHRINK: u32 = 4;
/// Raw bytes a frame never exceeds, so that with tables and columns it stays within `frames::MAX_BODY_BYTES`.
const MOST_RAW: usize = 768 << 10;
/// Changes in one frame: bounds what one server transaction takes.
const MOST_ITEMS: usize = 4_000;

/// Frame sizes that worked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    up: u32,
    down: u32,
    items: usize,
}

impl Default for Pace {
    fn default() -> Self {
        Self { up: FIRST, down: FIRST, items: MOST_ITEMS }
    }
}

impl Pace {
    /// Room for one request's changes.
    pub(super) fn room(&self) -> Room {
        let bytes = usize::try_from(self.up.saturating_mul(SHRINK)).unwrap_or(MOST_RAW).min(MOST_RAW);
        Room { bytes, items: self.items, empty: true }
    }

    /// Budget and frame size to ask for.
    pub(super) const fn down(&self) -> (u32, u32) {
        (self.down * 2, self.down)
    }

    /// A frame of so many changes was read by the server.
    pub(super) fn sent(&mut self, items: usize) {
        self.up = (self.up * 2).min(LARGEST);
        if items >= self.items {
            self.items = (self.items * 2).min(MOST_ITEMS);
        }
    }

    /// An answer came whole; `full` if it held as much as was asked for.
    pub(super) fn received(&mut self, full: bool) {
        if full {
            self.down = (self.down * 2).min(LARGEST);
        }
    }

    /// The line was cut.
    pub(super) fn cut(&mut self) {
        self.up = (self.up / 2).max(SMALLEST);
        self.down = (self.down / 2).max(SMALLEST);
    }

    /// One of so many changes can't be read by the server.
    pub(super) fn poisoned(&mut self, items: usize) {
        self.items = (items / 2).max(1);
    }
}

/// Room left in a request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    bytes: usize,
    items: usize,
    empty: bool,
}

impl Room {
    /// Takes room for one change, if there is. The first always finds room, however large.
    pub(super) fn take(&mut self, size: usize) -> bool {
        let fits = self.empty || (self.items > 0 && size <= self.bytes);
        if fits {
            self.bytes = self.bytes.saturating_sub(size);
            self.items = self.items.saturating_sub(1);
            self.empty = false;
        }
        fits
    }
}

/// Seconds to wait after so many failures in a row: about 2, 4, 8 … 1,800, give or take a half, so that phones
/// that lost the network together don't come back together.
pub(super) fn backoff_s(failures: u32, entropy: &mut impl Entropy) -> i64 {
    let middle = 2_u64.saturating_pow(failures.clamp(1, 11)).min(1_800);
    i64::try_from(middle / 2 + entropy.below(middle)).unwrap_or(i64::MAX)
}
