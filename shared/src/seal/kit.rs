//! A recovery manager's kit: one part of the recovery key, in a form that can be printed and typed. The part also makes the key
//! with which its holder vouches, so that there is one thing to keep. Knows no paper.

use super::{
    SealKey, SecretKey,
    book::VouchKey,
    letters,
    shares::{self, Part, SharesError},
};
use crate::entropy::Entropy;
use hkdf::Hkdf;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

const PREFIX: bech32::Hrp = bech32::Hrp::parse_unchecked("sadakit");
const LENGTH: usize = 4 + 1 + 1 + 32;

/// One kit. Overwritten when dropped; has no `Debug`.
#[derive(Clone)]
pub struct Kit {
    /// Which recovery key it is of.
    tag: [u8; 4],
    /// How many kits open.
    needed: u8,
    part: Part,
}

/// Why kits don't open, or a text is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KitError {
    /// Mistyped, or something else.
    #[error("not a kit")]
    Malformed,
    /// Kits of two recovery keys.
    #[error("these kits do not belong together")]
    Mixed,
    /// The same kit twice.
    #[error("a kit is there twice")]
    Repeated,
    /// So many are needed.
    #[error("{0} kits are needed")]
    TooFew(u8),
    /// Together they give another key than theirs.
    #[error("these kits do not give the recovery key")]
    Wrong,
    /// So many of so many can't be asked for.
    #[error("so many kits of so many can't be made")]
    Numbers,
}

/// Makes a recovery key and its kits. Only its public half is left behind: the rest is in the kits.
///
/// # Errors
/// [`KitError::Numbers`].
pub fn make(needed: u8, count: u8, entropy: &mut (impl Entropy + ?Sized)) -> Result<(SealKey, Vec<Kit>), KitError> {
    let secret = SecretKey::generate(entropy);
    let public = secret.public();
    let parts = shares::split(&secret.to_bytes(), needed, count, entropy).map_err(|_| KitError::Numbers)?;
    let kits = parts.into_iter().map(|part| Kit { tag: tag(public), needed, part }).collect();
    Ok((public, kits))
}

/// Puts kits together to the recovery key.
///
/// # Errors
/// [`KitError`].
pub fn open(kits: &[Kit]) -> Result<SecretKey, KitError> {
    let first = kits.first().ok_or(KitError::TooFew(2))?;
    if kits.iter().any(|kit| kit.tag != first.tag || kit.needed != first.needed) {
        return Err(KitError::Mixed);
    }
    let parts: Vec<Part> = kits.iter().map(|kit| kit.part.clone()).collect();
    let secret = shares::join(&parts).map_err(|error| match error {
        SharesError::Repeated => KitError::Repeated,
        SharesError::Numbers => KitError::Numbers,
    })?;
    if kits.len() < usize::from(first.needed) {
        return Err(KitError::TooFew(first.needed));
    }
    let secret = SecretKey::from_bytes(&secret);
    if tag(secret.public()) == first.tag { Ok(secret) } else { Err(KitError::Wrong) }
}

fn tag(recovery: SealKey) -> [u8; 4] {
    let hash: [u8; 32] = Sha256::new_with_prefix(b"sada recovery 1").chain_update(recovery.to_bytes()).finalize().into();
    [hash[0], hash[1], hash[2], hash[3]]
}

impl Kit {
    /// Its number, from 1.
    #[must_use]
    pub const fn number(&self) -> u8 {
        self.part.number
    }

    /// How many kits open together.
    #[must_use]
    pub const fn needed(&self) -> u8 {
        self.needed
    }

    /// Whether it is one of this recovery key's.
    #[must_use]
    pub fn is_of(&self, recovery: SealKey) -> bool {
        self.tag == tag(recovery)
    }

    /// The key with which its holder vouches for focal points' keys.
    #[must_use]
    pub fn vouch_key(&self) -> VouchKey {
        let mut secret = Zeroizing::new([0; 32]);
        // 32 bytes are far within what HKDF can give: this can't fail.
        let filled = Hkdf::<Sha256>::new(None, self.part.bytes.as_slice()).expand(b"sada kit vouch 1", secret.as_mut_slice());
        debug_assert!(filled.is_ok(), "HKDF gives 32 bytes");
        VouchKey::from_secret(&secret)
    }

    /// The text to print: letters and digits in groups of four, whose mistakes are noticed.
    #[must_use]
    pub fn to_text(&self) -> Zeroizing<String> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(LENGTH));
        bytes.extend_from_slice(&self.tag);
        bytes.extend_from_slice(&[self.needed, self.part.number]);
        bytes.extend_from_slice(self.part.bytes.as_slice());
        letters::print(PREFIX, &bytes)
    }

    /// Reads what was printed; spaces, line breaks and capitals don't matter.
    ///
    /// # Errors
    /// [`KitError::Malformed`].
    pub fn from_text(text: &str) -> Result<Self, KitError> {
        let bytes = letters::read(PREFIX, text).filter(|bytes| bytes.len() == LENGTH).ok_or(KitError::Malformed)?;
        let (Some((tag, rest)), Some(part)) = (bytes.split_first_chunk::<4>(), bytes.last_chunk::<32>()) else {
            return Err(KitError::Malformed);
        };
        let &[needed, number, ..] = rest else { return Err(KitError::Malformed) };
        Ok(Self { tag: *tag, needed, part: Part { number, bytes: Zeroizing::new(*part) } })
    }
}
