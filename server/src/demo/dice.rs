//! Chance of the demo: seeded, so that the same day and seed give the same world.

use shared::entropy::{Entropy, Seeded};

/// A source of choices.
pub(super) struct Dice(pub(super) Seeded);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(Seeded::new(seed))
    }

    /// Dice of their own: throwing them more often changes nothing elsewhere.
    pub(super) fn child(&self, name: &str) -> Self {
        Self(self.0.child(name))
    }

    /// True in `percent` of 100 cases.
    pub(super) fn chance(&mut self, percent: u64) -> bool {
        self.0.below(100) < percent
    }

    /// From `low` to `high`, both included.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = u64::try_from(high - low + 1).unwrap_or(1);
        low + i64::try_from(self.0.below(width)).unwrap_or(0)
    }

    /// One of them; none of an empty list.
    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        let index = usize::try_from(self.0.below(from.len() as u64)).unwrap_or(0);
        from.get(index)
    }

    /// One of them, by weight.
    pub(super) fn weighted<T: Copy>(&mut self, from: &[(T, u64)], otherwise: T) -> T {
        let mut left = self.0.below(from.iter().map(|(_, weight)| weight).sum());
        for (value, weight) in from {
            if left < *weight {
                return *value;
            }
            left -= weight;
        }
        otherwise
    }
}
