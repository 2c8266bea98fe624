//! How an exchange fares on the way. Knows no content.

use shared::entropy::{Entropy, Seeded};

/// What becomes of one exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// Goes through.
    Through,
    /// Never arrives.
    LostUp,
    /// Arrives and is answered; the answer is lost.
    LostDown,
    /// Half of the answer arrives, as if it were all.
    Garbled,
    /// Arrives twice; the second answer is the one that comes.
    Twice,
    /// Arrives a hundred times; the last answer is the one that comes.
    Hundredfold,
    /// The answer comes only after other things have happened on the phone.
    Slow,
    /// Arrives again much later, when its answer is long forgotten.
    Echo,
    /// The server loses power in the middle.
    ServerDies,
    /// The phone loses power while it applies the answer.
    PhoneDies,
}

impl Fate {
    /// A fate, good more often than not.
    pub(super) fn draw(chance: &mut Seeded) -> Self {
        match chance.below(100) {
            0..52 => Self::Through,
            52..60 => Self::LostUp,
            60..68 => Self::LostDown,
            68..72 => Self::Garbled,
            72..76 => Self::Twice,
            76..77 => Self::Hundredfold,
            77..82 => Self::Slow,
            82..86 => Self::Echo,
            86..93 => Self::ServerDies,
            _ => Self::PhoneDies,
        }
    }
}
