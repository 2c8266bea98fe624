//! How hard a passphrase is to guess, in words. A hint for the person; what opens the store is decided by the replica.

/// A rough step of strength.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Strength {
    /// Too short to accept.
    TooShort,
    /// Accepted, but easy to guess.
    Weak,
    /// Good.
    Good,
    /// Very good.
    Strong,
}

/// Characters a passphrase must have at least.
pub(crate) const LEAST_CHARS: usize = 8;

/// Several words beat one clever word: length and the number of different characters are what count.
pub(crate) fn strength(passphrase: &str) -> Strength {
    let chars: Vec<char> = passphrase.chars().collect();
    let mut different = chars.clone();
    different.sort_unstable();
    different.dedup();
    let words = passphrase.split_whitespace().filter(|w| w.chars().count() > 2).count();
    match (chars.len(), different.len(), words) {
        (..LEAST_CHARS, ..) => Strength::TooShort,
        (20.., 9.., _) | (16.., 8.., 4..) => Strength::Strong,
        (14.., 7.., _) | (12.., 7.., 3..) => Strength::Good,
        _ => Strength::Weak,
    }
}

#[cfg(test)]
mod tests {
    use super::{Strength, strength};

    #[test]
    fn words_make_a_passphrase_strong_and_repetition_does_not() {
        assert_eq!(strength("1234567"), Strength::TooShort);
        assert_eq!(strength("aaaaaaaaaaaaaaaaaaaaaaaa"), Strength::Weak);
        assert_eq!(strength("password"), Strength::Weak);
        assert_eq!(strength("زيتون جبل نافذة"), Strength::Good);
        assert_eq!(strength("زيتون جبل نافذة قمح مطر"), Strength::Strong);
    }
}
