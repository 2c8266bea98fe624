//! X25519 keys in the text form of age: `age1…` for whom something is sealed to, `AGE-SECRET-KEY-1…` for who opens it.
//! Knows no owner of a key.

use crate::entropy::Entropy;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use zeroize::{Zeroize, Zeroizing};

const PUBLIC_PREFIX: bech32::Hrp = bech32::Hrp::parse_unchecked("age");
const SECRET_PREFIX: bech32::Hrp = bech32::Hrp::parse_unchecked("age-secret-key-");

/// A text that is no key of the kind asked for: mistyped, or of another kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a key")]
pub struct BadKey;

/// To whom something is sealed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SealKey(pub(super) [u8; 32]);

impl SealKey {
    /// The key's bytes, for a signature over it.
    #[must_use]
    pub const fn to_bytes(self) -> [u8; 32] {
        self.0
    }
}

impl fmt::Display for SealKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        bech32::encode_lower_to_fmt::<bech32::Bech32, _>(f, PUBLIC_PREFIX, &self.0).map_err(|_| fmt::Error)
    }
}

impl fmt::Debug for SealKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for SealKey {
    type Err = BadKey;
    fn from_str(text: &str) -> Result<Self, BadKey> {
        Ok(Self(*decode(text, PUBLIC_PREFIX)?))
    }
}

impl Serialize for SealKey {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for SealKey {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Who opens it. Overwritten when dropped; has no `Debug`.
pub struct SecretKey(Zeroizing<[u8; 32]>);

impl SecretKey {
    /// A new key.
    #[must_use]
    pub fn generate(entropy: &mut (impl Entropy + ?Sized)) -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        entropy.fill(bytes.as_mut_slice());
        Self(bytes)
    }

    /// The key of these bytes.
    #[must_use]
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(Zeroizing::new(*bytes))
    }

    /// The bytes, to be kept encrypted or split.
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        self.0.clone()
    }

    /// Reads a printed key.
    ///
    /// # Errors
    /// [`BadKey`] for anything else.
    pub fn from_text(text: &str) -> Result<Self, BadKey> {
        decode(text.trim(), SECRET_PREFIX).map(Self)
    }

    /// The form to be printed, as the `age` tool reads it.
    #[must_use]
    pub fn to_text(&self) -> Zeroizing<String> {
        // 32 bytes are never too long for bech32.
        Zeroizing::new(bech32::encode_upper::<bech32::Bech32>(SECRET_PREFIX, &*self.0).unwrap_or_default())
    }

    /// To whom something must be sealed so that this key opens it.
    #[must_use]
    pub fn public(&self) -> SealKey {
        SealKey(x25519_dalek::x25519(*self.0, x25519_dalek::X25519_BASEPOINT_BYTES))
    }

    /// The secret shared with the holder of `other`; none if `other` is of a small group, where it would be the same for all.
    pub(super) fn agree(&self, other: &[u8; 32]) -> Option<Zeroizing<[u8; 32]>> {
        let shared = Zeroizing::new(x25519_dalek::x25519(*self.0, *other));
        (shared.iter().fold(0, |any, byte| any | byte) != 0).then_some(shared)
    }
}

fn decode(text: &str, prefix: bech32::Hrp) -> Result<Zeroizing<[u8; 32]>, BadKey> {
    let checked = bech32::primitives::decode::CheckedHrpstring::new::<bech32::Bech32>(text).map_err(|_| BadKey)?;
    if checked.hrp() != prefix {
        return Err(BadKey);
    }
    let mut read: Vec<u8> = checked.byte_iter().collect();
    let key = <[u8; 32]>::try_from(read.as_slice()).map(Zeroizing::new).map_err(|_| BadKey);
    read.zeroize();
    key
}
