//! What is encrypted: the body, bound to its place and padded so that its length tells next to nothing. Knows no keys.

use super::{OpenError, SealError};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

const MAGIC: &[u8; 8] = b"sada s1\n";
/// Magic, binding and length before the body.
const HEAD: usize = MAGIC.len() + 32 + 4;
/// Smallest bucket, in bytes: most reports fit, so most look alike.
const SMALLEST: usize = 4 << 10;
const LARGEST: usize = 256 << 10;

/// Longest body that can be sealed, in bytes. The longest words a form takes are 80 kB.
pub const MAX_BODY_BYTES: usize = LARGEST - HEAD;

/// Where an envelope belongs. It opens nowhere else, so nobody can pass one record's report off as another's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Binding([u8; 32]);

impl Binding {
    /// The place named by a purpose and the parts that tell it from others of that purpose.
    #[must_use]
    pub fn new(purpose: &str, parts: &[&[u8]]) -> Self {
        let mut hash = Sha256::new_with_prefix(b"sada seal binding 1");
        for part in std::iter::once(purpose.as_bytes()).chain(parts.iter().copied()) {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        Self(hash.finalize().into())
    }
}

/// Length of the bucket that `length` bytes lie in: a power of two.
const fn bucket(length: usize) -> usize {
    let rounded = length.next_power_of_two();
    if rounded < SMALLEST { SMALLEST } else { rounded }
}

pub(super) fn pad(body: &[u8], binding: Binding) -> Result<Zeroizing<Vec<u8>>, SealError> {
    if body.len() > MAX_BODY_BYTES {
        return Err(SealError::TooLong);
    }
    let length = u32::try_from(body.len()).map_err(|_| SealError::TooLong)?;
    let whole = bucket(HEAD + body.len());
    // Reserved whole: growing would leave copies of the body behind in freed memory.
    let mut inner = Zeroizing::new(Vec::with_capacity(whole));
    inner.extend_from_slice(MAGIC);
    inner.extend_from_slice(&binding.0);
    inner.extend_from_slice(&length.to_be_bytes());
    inner.extend_from_slice(body);
    inner.resize(whole, 0);
    Ok(inner)
}

pub(super) fn unpad(inner: &[u8], binding: Binding) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    let rest = inner.strip_prefix(MAGIC.as_slice()).ok_or(OpenError::Malformed)?;
    let (place, rest) = rest.split_first_chunk::<32>().ok_or(OpenError::Malformed)?;
    let (length, rest) = rest.split_first_chunk::<4>().ok_or(OpenError::Malformed)?;
    if *place != binding.0 {
        return Err(OpenError::Misplaced);
    }
    let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| OpenError::Malformed)?;
    let (body, padding) = rest.split_at_checked(length).ok_or(OpenError::Malformed)?;
    let is_ours = inner.len() == bucket(HEAD + length) && padding.iter().all(|byte| *byte == 0);
    if is_ours { Ok(Zeroizing::new(body.to_vec())) } else { Err(OpenError::Malformed) }
}
