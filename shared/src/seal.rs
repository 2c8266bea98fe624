//! Sealing: what only its recipients may ever read again. [`seal`] turns bytes into an envelope that neither its author nor the
//! server can open, [`open`] gives them back to a recipient, [`reseal`] hands them on.
//!
//! An envelope is a file of the age format (`age-encryption.org/v1`), so that a kit and the public `age` tool open it without
//! this program. What is in it is padded to a bucket and bound to its place, and the header is filled up with stanzas for nobody.
//! [`parcel`] holds more than one envelope can, for one key. [`book`] says whose key counts, [`card`] is what a focal point keeps,
//! [`kit`] what a recovery manager does, [`opening`] how a device is opened whose passphrase is gone. Knows neither records nor
//! settings: who is to read is [`crate::routing`]'s.
//!
//! # Why the format and not the `age` crate
//! The crate draws chance itself, which `shared` never does, and brings 135 crates (post-quantum keys, translations, scrypt) into
//! the web worker. The format over the RustCrypto crates already here is this folder; its golden bytes were opened by the crate.

pub mod book;
pub mod card;
mod file;
mod inner;
mod keys;
pub mod kit;
mod letters;
pub mod opening;
pub mod parcel;
pub mod shares;

use crate::entropy::Entropy;
use zeroize::Zeroizing;

pub use inner::{Binding, MAX_BODY_BYTES};
pub use keys::{BadKey, SealKey, SecretKey};

/// Most recipients of one envelope.
pub const MAX_RECIPIENTS: usize = 16;
/// Longest envelope that is looked at, in bytes: the largest bucket with a full header.
pub const MAX_ENVELOPE_BYTES: usize = MAX_BODY_BYTES + (8 << 10);

/// Why something could not be sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// To nobody, or to more than [`MAX_RECIPIENTS`].
    #[error("no recipients, or too many")]
    Recipients,
    /// One of the keys is of a small group: whatever is sealed to it, anybody opens.
    #[error("a recipient's key is no key")]
    WeakKey,
    /// Longer than [`MAX_BODY_BYTES`].
    #[error("too long to be sealed")]
    TooLong,
}

/// Why an envelope did not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Not an envelope of this program.
    #[error("not an envelope")]
    Malformed,
    /// Not sealed to this key.
    #[error("not sealed to this key")]
    NotForThisKey,
    /// Changed on the way.
    #[error("the envelope was changed")]
    Changed,
    /// It belongs to another record, or to another place in it.
    #[error("the envelope belongs elsewhere")]
    Misplaced,
}

/// Seals `body` to `recipients`. Only they open it, and only at the place that `binding` names.
///
/// # Errors
/// [`SealError`].
pub fn seal(
    body: &[u8],
    binding: Binding,
    recipients: &[SealKey],
    entropy: &mut (impl Entropy + ?Sized),
) -> Result<Vec<u8>, SealError> {
    let inner = inner::pad(body, binding)?;
    file::write(&inner, recipients, entropy)
}

/// Opens an envelope with a recipient's key.
///
/// # Errors
/// [`OpenError`]; never panics, whatever the bytes.
pub fn open(envelope: &[u8], binding: Binding, key: &SecretKey) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    inner::unpad(&file::read(envelope, key)?, binding)
}

/// Seals anew what `key` opens, to other recipients: when one leaves or the case is handed over.
///
/// # Errors
/// [`ResealError`].
pub fn reseal(
    envelope: &[u8],
    binding: Binding,
    key: &SecretKey,
    recipients: &[SealKey],
    entropy: &mut (impl Entropy + ?Sized),
) -> Result<Vec<u8>, ResealError> {
    Ok(seal(&open(envelope, binding, key)?, binding, recipients, entropy)?)
}

/// Why an envelope was not sealed anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ResealError {
    /// It did not open.
    #[error("the old envelope does not open")]
    Open(#[from] OpenError),
    /// It could not be sealed.
    #[error("the new envelope can't be sealed")]
    Seal(#[from] SealError),
}
