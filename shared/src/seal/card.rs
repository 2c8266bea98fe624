//! A focal point's key card: one secret, from which both the key that opens reports and the key that vouches come, in a form that
//! can be printed and typed. Whoever holds it reads what is sealed to its owner. Knows no paper and no owner.

use super::{
    SecretKey,
    book::{FocalKey, VouchKey},
    letters,
};
use crate::{entropy::Entropy, model::ids::UserId};
use hkdf::Hkdf;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

const PREFIX: bech32::Hrp = bech32::Hrp::parse_unchecked("sadakey");

/// A text that is no key card: mistyped, or something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a key card")]
pub struct BadCard;

/// One card. Overwritten when dropped; has no `Debug`.
#[derive(Clone)]
pub struct KeyCard {
    seed: Zeroizing<[u8; 32]>,
}

impl KeyCard {
    /// A new card.
    #[must_use]
    pub fn generate(entropy: &mut (impl Entropy + ?Sized)) -> Self {
        let mut seed = Zeroizing::new([0; 32]);
        entropy.fill(seed.as_mut_slice());
        Self { seed }
    }

    /// The card of these bytes.
    #[must_use]
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self { seed: Zeroizing::new(*seed) }
    }

    /// The bytes, to be kept encrypted.
    #[must_use]
    pub fn seed(&self) -> Zeroizing<[u8; 32]> {
        self.seed.clone()
    }

    /// What opens reports sealed to its owner.
    #[must_use]
    pub fn secret(&self) -> SecretKey {
        SecretKey::from_bytes(&self.derive(b"sada card seal 1"))
    }

    /// With what its owner vouches for others' keys.
    #[must_use]
    pub fn vouch_key(&self) -> VouchKey {
        VouchKey::from_secret(&self.derive(b"sada card vouch 1"))
    }

    /// Its public halves, as `user`'s.
    #[must_use]
    pub fn key_of(&self, user: &UserId) -> FocalKey {
        FocalKey { user: user.clone(), seal: self.secret().public(), vouch: self.vouch_key().public() }
    }

    /// The text to print: letters and digits in groups of four, whose mistakes are noticed.
    #[must_use]
    pub fn to_text(&self) -> Zeroizing<String> {
        letters::print(PREFIX, self.seed.as_slice())
    }

    /// Reads what was printed; spaces, line breaks and capitals don't matter.
    ///
    /// # Errors
    /// [`BadCard`].
    pub fn from_text(text: &str) -> Result<Self, BadCard> {
        let bytes = letters::read(PREFIX, text).ok_or(BadCard)?;
        <[u8; 32]>::try_from(bytes.as_slice()).map(|seed| Self { seed: Zeroizing::new(seed) }).map_err(|_| BadCard)
    }

    fn derive(&self, purpose: &[u8]) -> Zeroizing<[u8; 32]> {
        let mut secret = Zeroizing::new([0; 32]);
        // 32 bytes are far within what HKDF can give: this can't fail.
        let filled = Hkdf::<Sha256>::new(None, self.seed.as_slice()).expand(purpose, secret.as_mut_slice());
        debug_assert!(filled.is_ok(), "HKDF gives 32 bytes");
        secret
    }
}

impl FocalKey {
    /// What the owner reads out and the voucher compares: 8 groups of 4 hex digits over both keys and whose they are.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let mut hash = Sha256::new_with_prefix(b"sada focal key 1");
        hash.update((self.user.as_str().len() as u64).to_be_bytes());
        hash.update(self.user.as_str());
        hash.update(self.seal.to_bytes());
        hash.update(self.vouch.0);
        letters::fingerprint(&hash.finalize().into())
    }
}
