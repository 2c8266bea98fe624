//! Who said it: keys of devices and of the server, what each signs, and the packing of signed snapshots.
//! Knows no storage of keys; the caller hands them in.

use super::messages::{PackedTallies, SignedSettings, SyncRequest};
use crate::{
    model::{
        dates::UnixSeconds,
        ids::{BadId, DeviceId},
        order::Receipt,
        record::DocumentId,
    },
    settings::Settings,
};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{fmt, str::FromStr};

/// Largest snapshot or tally set unpacked, in bytes: 20,000 places are about 3 MB of JSON.
pub const MAX_UNPACKED_BYTES: usize = 32 << 20;

/// Why signed data were not taken.
#[derive(Debug, thiserror::Error)]
pub enum SignedError {
    /// Signed by someone else, for something else, or changed on the way.
    #[error("signature does not hold")]
    BadSignature,
    /// Does not unpack within the bounds.
    #[error("packed data can't be read")]
    Packing(#[source] std::io::Error),
    /// Not the JSON it should be.
    #[error("unpacked data can't be read")]
    Json(#[source] serde_json::Error),
    /// The snapshot carries another version than its envelope.
    #[error("snapshot and envelope differ")]
    Version,
}

/// An Ed25519 public key. Text form: 64 hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PublicKey(pub [u8; 32]);

impl PublicKey {
    /// The installation that holds the private key.
    #[must_use]
    pub fn device_id(&self) -> DeviceId {
        let hash: [u8; 32] = Sha256::digest(self.0).into();
        let mut id = [0; 10];
        id.copy_from_slice(&hash[..10]);
        DeviceId(id)
    }

    /// Whether `signature` over `message` is this key's. Keys of small order and signatures in a second form are refused.
    #[must_use]
    pub fn verifies(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        VerifyingKey::from_bytes(&self.0).is_ok_and(|key| key.verify_strict(message, &Signature::from_bytes(signature)).is_ok())
    }

    /// Whether a checkpoint of the audit log is this server's.
    #[must_use]
    pub fn signed_checkpoint(&self, line: u64, at: UnixSeconds, hash: &[u8; 32], signature: &[u8; 64]) -> bool {
        self.verifies(&checkpoint_message(line, at, hash), signature)
    }

    /// Whether a request's batch was signed by this device for the server whose signing key is `audience`.
    #[must_use]
    pub fn signed_request(&self, request: &SyncRequest, audience: &Self) -> bool {
        self.verifies(&request_message(request, audience), &request.signature)
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|b| write!(f, "{b:02x}"))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for PublicKey {
    type Err = BadId;
    fn from_str(text: &str) -> Result<Self, BadId> {
        // A change hash has the same form: 32 bytes, lower-case hex.
        text.parse().map(|hash: crate::model::ids::ChangeHash| Self(hash.0))
    }
}

impl Serialize for PublicKey {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PublicKey {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A device's private key: says who pushed a batch.
pub struct DeviceKey(SigningKey);

impl DeviceKey {
    /// The key with this secret: 32 random bytes kept in the device's store.
    #[must_use]
    pub fn from_secret(secret: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(secret))
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key().to_bytes())
    }

    /// Signs a request's batch for the server whose signing key is `audience`. Call it last.
    pub fn sign_request(&self, request: &mut SyncRequest, audience: &PublicKey) {
        request.signature = self.0.sign(&request_message(request, audience)).to_bytes();
    }
}

/// The server's signing key: says what devices may apply. Pinned by each device at sign-in.
pub struct ServerKey(SigningKey);

impl ServerKey {
    /// The key with this secret: 32 random bytes made at `init`.
    #[must_use]
    pub fn from_secret(secret: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(secret))
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key().to_bytes())
    }

    /// Signs a settings snapshot.
    ///
    /// # Errors
    /// [`SignedError::Json`] or [`SignedError::Packing`] if it can't be written.
    pub fn sign_settings(&self, settings: &Settings) -> Result<SignedSettings, SignedError> {
        let packed = pack(settings)?;
        let signature = self.0.sign(&settings_message(settings.version, &packed)).to_bytes();
        Ok(SignedSettings { version: settings.version, packed, signature })
    }

    /// Signs where the audit log stands: its last line's number and hash, and when.
    #[must_use]
    pub fn sign_checkpoint(&self, line: u64, at: UnixSeconds, hash: &[u8; 32]) -> [u8; 64] {
        self.0.sign(&checkpoint_message(line, at, hash)).to_bytes()
    }

    /// Signs the bytes of a down frame.
    #[must_use]
    pub fn sign_frame(&self, frame: &[u8]) -> [u8; 64] {
        self.0.sign(&frame_message(frame)).to_bytes()
    }
}

/// Opens a settings snapshot signed by `server`.
///
/// # Errors
/// [`SignedError`] if the signature does not hold or the content is not a snapshot of the version it says.
pub fn open_settings(signed: &SignedSettings, server: &PublicKey) -> Result<Settings, SignedError> {
    if !server.verifies(&settings_message(signed.version, &signed.packed), &signed.signature) {
        return Err(SignedError::BadSignature);
    }
    let settings: Settings = unpack(&signed.packed)?;
    if settings.version == signed.version { Ok(settings) } else { Err(SignedError::Version) }
}

/// Whether `signature` over a down frame is the server's.
#[must_use]
pub fn frame_holds(frame: &[u8], signature: &[u8; 64], server: &PublicKey) -> bool {
    server.verifies(&frame_message(frame), signature)
}

/// Packs a value as JSON in zstd.
///
/// # Errors
/// [`SignedError::Json`] or [`SignedError::Packing`] if it can't be written.
pub fn pack<T: Serialize>(value: &T) -> Result<Vec<u8>, SignedError> {
    let json = serde_json::to_vec(value).map_err(SignedError::Json)?;
    zstd::bulk::compress(&json, 9).map_err(SignedError::Packing)
}

/// Unpacks what [`pack`] packed, at most [`MAX_UNPACKED_BYTES`].
///
/// # Errors
/// [`SignedError::Packing`] or [`SignedError::Json`].
pub fn unpack<T: for<'de> Deserialize<'de>>(packed: &[u8]) -> Result<T, SignedError> {
    let inflate = || zstd::bulk::decompress(packed, declared_size(packed, MAX_UNPACKED_BYTES)?);
    let json = inflate().map_err(SignedError::Packing)?;
    crate::json::from_bytes(&json).map_err(SignedError::Json)
}

impl PackedTallies {
    /// Packs tallies.
    ///
    /// # Errors
    /// As [`pack`].
    pub fn new<T: Serialize>(version: u64, as_of: UnixSeconds, tallies: &T) -> Result<Self, SignedError> {
        Ok(Self { version, as_of, packed: pack(tallies)? })
    }
}

/// How much zstd data say they inflate to, if that is within `limit`: checked before a byte is written.
pub(super) fn declared_size(packed: &[u8], limit: usize) -> std::io::Result<usize> {
    let declared = zstd::zstd_safe::get_frame_content_size(packed).ok().flatten();
    let size = declared.and_then(|size| usize::try_from(size).ok()).filter(|&size| size <= limit);
    size.ok_or_else(|| std::io::Error::from(std::io::ErrorKind::InvalidData))
}

/// What the server's MAC of a receipt covers: everything but the MAC itself.
#[must_use]
pub fn receipt_mac_input(document: DocumentId, receipt: &Receipt) -> Vec<u8> {
    let mut bare = receipt.clone();
    bare.mac = [0; 16];
    [b"sada receipt 1".as_slice(), &document.to_bytes(), &super::messages::encode(&bare)].concat()
}

/// What the server's MAC of one of its own changes covers.
#[must_use]
pub fn server_change_mac_input(document: DocumentId, change: &crate::model::ids::ChangeHash) -> Vec<u8> {
    [b"sada server change 1".as_slice(), &document.to_bytes(), &change.0].concat()
}

fn request_message(request: &SyncRequest, audience: &PublicKey) -> Vec<u8> {
    let mut frames = Sha256::new();
    for frame in &request.frames {
        frames.update((frame.len() as u64).to_be_bytes());
        frames.update(frame.as_slice());
    }
    [b"sada push 1".as_slice(), &audience.0, &request.nonce, &frames.finalize()].concat()
}

fn settings_message(version: u32, packed: &[u8]) -> Vec<u8> {
    [b"sada settings 1".as_slice(), &version.to_be_bytes(), &Sha256::digest(packed)].concat()
}

fn frame_message(frame: &[u8]) -> Vec<u8> {
    [b"sada frame 1".as_slice(), &Sha256::digest(frame)].concat()
}

fn checkpoint_message(line: u64, at: UnixSeconds, hash: &[u8; 32]) -> Vec<u8> {
    [b"sada audit checkpoint 1".as_slice(), &line.to_be_bytes(), &at.0.to_be_bytes(), hash].concat()
}
