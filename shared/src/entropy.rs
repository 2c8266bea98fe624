//! Random bytes as an argument. Knows no source of chance of its own.

/// A source of random bytes that the caller hands in: the system's on a device, a seeded one in the simulated world.
pub trait Entropy {
    /// Fills `out` with random bytes.
    fn fill(&mut self, out: &mut [u8]);

    /// A random number in `0..bound`, without bias worth speaking of for bounds far below 2^64. `bound` 0 answers 0.
    fn below(&mut self, bound: u64) -> u64 {
        let mut bytes = [0; 8];
        self.fill(&mut bytes);
        u64::from_le_bytes(bytes).checked_rem(bound).unwrap_or(0)
    }
}

impl<E: Entropy + ?Sized> Entropy for &mut E {
    fn fill(&mut self, out: &mut [u8]) {
        (**self).fill(out);
    }
}

/// A reproducible source for the simulated world, demo data and tests: SHA-256 in counter mode over a seed.
/// Never for keys, receipt numbers or ids of a real deployment, unless [`Seeded::stretched`] from the system's chance.
#[derive(Clone, Debug)]
pub struct Seeded {
    seed: [u8; 32],
    counter: u64,
    block: [u8; 32],
    used: usize,
}

impl Seeded {
    /// A source that gives the same bytes for the same seed, everywhere and for ever.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        Self { seed: bytes, counter: 0, block: [0; 32], used: 32 }
    }

    /// A source stretched from 32 bytes of `source`, as unguessable as those: for work that goes on where `source` can't follow.
    #[must_use]
    pub fn stretched(source: &mut impl Entropy) -> Self {
        let mut seed = [0; 32];
        source.fill(&mut seed);
        Self { seed, counter: 0, block: [0; 32], used: 32 }
    }

    /// A child source named `name`: drawing more from one child does not change what another gives.
    #[must_use]
    pub fn child(&self, name: &str) -> Self {
        use sha2::Digest;
        let seed = sha2::Sha256::new().chain_update(self.seed).chain_update(name.as_bytes()).finalize().into();
        Self { seed, counter: 0, block: [0; 32], used: 32 }
    }
}

impl Entropy for Seeded {
    fn fill(&mut self, out: &mut [u8]) {
        use sha2::Digest;
        for byte in out {
            if self.used == self.block.len() {
                self.block =
                    sha2::Sha256::new().chain_update(self.seed).chain_update(self.counter.to_le_bytes()).finalize().into();
                self.counter += 1;
                self.used = 0;
            }
            *byte = self.block[self.used];
            self.used += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Entropy, Seeded};

    #[test]
    fn the_same_seed_gives_the_same_bytes_and_children_differ() {
        let (mut a, mut b) = (Seeded::new(7), Seeded::new(7));
        let (mut x, mut y) = ([0; 100], [0; 100]);
        a.fill(&mut x);
        b.fill(&mut y);
        assert_eq!(x, y);
        a.child("phones").fill(&mut x);
        a.child("links").fill(&mut y);
        assert_ne!(x, y);
    }
}
