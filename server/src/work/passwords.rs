//! Argon2id hashes of passwords. Slow by intent: the caller limits how many run at once.

use super::error::WorkError;
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use shared::entropy::Entropy;
use zeroize::Zeroizing;

/// What one hash costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HashCost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
}

impl Default for HashCost {
    /// # Source
    /// OWASP Password Storage Cheat Sheet: Argon2id with 19 MiB, 2 passes, 1 lane.
    fn default() -> Self {
        Self { memory_kib: 19 * 1024, passes: 2 }
    }
}

impl HashCost {
    /// As cheap as Argon2 allows: for tests and the simulated world only.
    pub const SIMULATED: Self = Self { memory_kib: 8, passes: 1 };

    fn argon2(self) -> Result<Argon2<'static>, argon2::password_hash::Error> {
        let params = Params::new(self.memory_kib, self.passes, 1, None)?;
        Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
    }
}

/// Longest password read, in bytes: beyond it a hash would be work for free.
pub const MAX_PASSWORD_BYTES: usize = 1_024;

/// Characters of a temporary password: 60 bits, written in groups.
const TEMPORARY_CHARS: usize = 12;
/// Characters of a group.
const GROUP: usize = 4;
/// No i, l, o, u: nobody mistakes one for a digit or finds a word.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// A password to hand over, good until its owner signs in with it.
pub fn temporary(entropy: &mut impl Entropy) -> Zeroizing<String> {
    let mut bytes = Zeroizing::new([0; TEMPORARY_CHARS]);
    entropy.fill(bytes.as_mut_slice());
    let mut text = Zeroizing::new(String::with_capacity(TEMPORARY_CHARS + TEMPORARY_CHARS / GROUP));
    for (place, byte) in bytes.iter().enumerate() {
        if place > 0 && place.is_multiple_of(GROUP) {
            text.push('-');
        }
        text.push(char::from(ALPHABET[usize::from(byte % 32)]));
    }
    text
}

/// Hashes a password with a fresh salt.
///
/// # Errors
/// [`WorkError::Hash`] if Argon2 can't run with this cost.
pub fn hash(password: &str, cost: HashCost, entropy: &mut impl Entropy) -> Result<String, WorkError> {
    let mut salt = [0; 16];
    entropy.fill(&mut salt);
    Ok(cost.argon2()?.hash_password_with_salt(password.as_bytes(), &salt)?.to_string())
}

/// Whether a password fits a hash. Takes as long for an unknown account (`None`) as for a known one.
///
/// # Errors
/// [`WorkError::Hash`] if the stored hash is unreadable.
pub fn fits(password: &str, hash: Option<&str>, cost: HashCost) -> Result<bool, WorkError> {
    if let Some(hash) = hash {
        let hash = PasswordHash::new(hash).map_err(argon2::password_hash::Error::from)?;
        return Ok(Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
    }
    cost.argon2()?.hash_password_with_salt(password.as_bytes(), &[0; 16])?;
    Ok(false)
}
