//! A parcel: more bytes than one envelope holds, sealed to one key piece by piece. Its length tells how much it is; nothing else
//! of it does. Pieces of two parcels, or of one in another order, don't open. Knows nothing of what is in it.

use super::{Binding, OpenError, SealError, SealKey, SecretKey, open, seal};
use crate::entropy::Entropy;
use zeroize::Zeroizing;

const MAGIC: &[u8; 14] = b"sada parcel 1\n";
/// Bytes of one piece.
const PIECE: usize = 192 << 10;
/// Longest parcel that is opened, in bytes.
pub const MAX_PARCEL_BYTES: usize = 16 << 20;

/// Seals `body` to `key`.
///
/// # Errors
/// [`SealError::TooLong`] if nobody would open it any more, [`SealError::WeakKey`].
pub fn pack(body: &[u8], key: SealKey, entropy: &mut (impl Entropy + ?Sized)) -> Result<Vec<u8>, SealError> {
    let mut id = [0; 16];
    entropy.fill(&mut id);
    let count = u32::try_from(body.chunks(PIECE).count()).map_err(|_| SealError::TooLong)?;
    let mut out = [MAGIC.as_slice(), &id, &count.to_be_bytes()].concat();
    for (n, piece) in (0..count).zip(body.chunks(PIECE)) {
        let envelope = seal(piece, binding(&id, n, count), &[key], entropy)?;
        let length = u32::try_from(envelope.len()).map_err(|_| SealError::TooLong)?;
        out.extend_from_slice(&length.to_be_bytes());
        out.extend_from_slice(&envelope);
    }
    if out.len() > MAX_PARCEL_BYTES { Err(SealError::TooLong) } else { Ok(out) }
}

/// Opens a parcel with the key it was sealed to: all of it or nothing.
///
/// # Errors
/// [`OpenError`]; never panics, whatever the bytes.
pub fn unpack(parcel: &[u8], key: &SecretKey) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    if parcel.len() > MAX_PARCEL_BYTES {
        return Err(OpenError::Malformed);
    }
    let rest = parcel.strip_prefix(MAGIC.as_slice()).ok_or(OpenError::Malformed)?;
    let (id, rest) = rest.split_first_chunk::<16>().ok_or(OpenError::Malformed)?;
    let (count, mut rest) = rest.split_first_chunk::<4>().ok_or(OpenError::Malformed)?;
    let count = u32::from_be_bytes(*count);
    let mut body = Zeroizing::new(Vec::new());
    for n in 0..count {
        let (length, after) = rest.split_first_chunk::<4>().ok_or(OpenError::Malformed)?;
        let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| OpenError::Malformed)?;
        let (envelope, after) = after.split_at_checked(length).ok_or(OpenError::Malformed)?;
        body.extend_from_slice(&open(envelope, binding(id, n, count), key)?);
        rest = after;
    }
    if rest.is_empty() { Ok(body) } else { Err(OpenError::Malformed) }
}

fn binding(id: &[u8; 16], n: u32, count: u32) -> Binding {
    Binding::new("parcel", &[id, &n.to_be_bytes(), &count.to_be_bytes()])
}
