//! The deployment's secrets: files of hex digits in `keys/` beside the database, never inside it and never in a backup of it.

use crate::storage::DatabaseKey;
use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use shared::{
    entropy::Entropy,
    model::{ids::ChangeHash, order::Receipt, record::DocumentId},
    seal::SecretKey,
    sync::signing::{ServerKey, receipt_mac_input, server_change_mac_input},
};
use std::{
    fs,
    io::{self, Write},
    path::Path,
};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// Secrets of one deployment.
pub struct Keys {
    signing: ServerKey,
    receipts: Zeroizing<[u8; 32]>,
    pins: Zeroizing<[u8; 32]>,
}

/// Why the keys can't be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// There are none: `init` has not been run on this folder.
    #[error("this data folder has no keys; run `init` first")]
    Missing,
    /// A key file does not hold 64 hex digits.
    #[error("key file {0} is not 64 hex digits")]
    Malformed(&'static str),
    /// Something in the database was encrypted under other keys, or changed.
    #[error("a secret in the database does not fit the keys of this data folder")]
    Cipher,
    /// A key file could not be read or written.
    #[error("key files could not be used")]
    File(#[from] io::Error),
}

/// Bytes of a nonce of XChaCha20.
const NONCE: usize = 24;

const SIGNING: &str = "signing.hex";
const RECEIPTS: &str = "receipts.hex";
const PINS: &str = "pins.hex";
const DATABASE: &str = "database.hex";

impl Keys {
    /// Makes fresh keys in `folder`, where there must be none yet.
    ///
    /// # Errors
    /// [`KeyError::File`] if a key exists or the folder can't be written.
    pub fn create(folder: &Path, entropy: &mut impl Entropy) -> Result<Self, KeyError> {
        create_private_folder(folder)?;
        for name in [SIGNING, RECEIPTS, PINS] {
            write_secret(&folder.join(name), &random_hex(entropy))?;
        }
        Self::open(folder)
    }

    /// Reads the keys in `folder`.
    ///
    /// # Errors
    /// [`KeyError`] if one is missing or malformed.
    pub fn open(folder: &Path) -> Result<Self, KeyError> {
        Ok(Self {
            signing: ServerKey::from_secret(&*read_secret(folder, SIGNING)?),
            receipts: read_secret(folder, RECEIPTS)?,
            pins: read_secret(folder, PINS)?,
        })
    }

    /// The key that signs frames and settings.
    #[must_use]
    pub const fn signing(&self) -> &ServerKey {
        &self.signing
    }

    /// Puts the server's code on a receipt.
    pub fn seal_receipt(&self, document: DocumentId, receipt: &mut Receipt) {
        receipt.mac = short_mac(&self.receipts, &receipt_mac_input(document, receipt));
    }

    /// Whether this server, before a restore perhaps, wrote this receipt.
    #[must_use]
    pub fn receipt_holds(&self, document: DocumentId, receipt: &Receipt) -> bool {
        short_mac(&self.receipts, &receipt_mac_input(document, receipt)).ct_eq(&receipt.mac).into()
    }

    /// The server's code on one of its own changes.
    #[must_use]
    pub fn server_change_mac(&self, document: DocumentId, change: &ChangeHash) -> [u8; 16] {
        short_mac(&self.receipts, &server_change_mac_input(document, change))
    }

    /// A secret as the database keeps it: nonce and ciphertext, bound to whose it is.
    ///
    /// # Errors
    /// [`KeyError::Cipher`] for a secret too long to encrypt.
    pub fn encrypt(&self, entropy: &mut impl Entropy, owner: &str, secret: &[u8]) -> Result<Vec<u8>, KeyError> {
        let mut nonce = [0; NONCE];
        entropy.fill(&mut nonce);
        let payload = Payload { msg: secret, aad: owner.as_bytes() };
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), payload).map_err(|_| KeyError::Cipher)?;
        Ok([&nonce[..], &sealed].concat())
    }

    /// The secret [`Self::encrypt`] made this of.
    ///
    /// # Errors
    /// [`KeyError::Cipher`] if it is another's, was changed, or was made under other keys.
    pub fn decrypt(&self, owner: &str, kept: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        let (nonce, sealed) = kept.split_first_chunk::<NONCE>().ok_or(KeyError::Cipher)?;
        let payload = Payload { msg: sealed, aad: owner.as_bytes() };
        self.cipher().decrypt(&XNonce::from(*nonce), payload).map(Zeroizing::new).map_err(|_| KeyError::Cipher)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&mac(&self.pins, b"sada second factor 1").into())
    }

    /// A recovery code as the database keeps it.
    #[must_use]
    pub fn recovery_code_hash(&self, user: &str, code: &str) -> [u8; 32] {
        mac(&self.pins, &[b"sada recovery code 1\0", user.as_bytes(), b"\0", code.as_bytes()].concat())
    }

    /// A code with which a new device comes, as the database keeps it.
    #[must_use]
    pub fn enrolment_code_hash(&self, user: &str, code: &str) -> [u8; 32] {
        mac(&self.pins, &[b"sada enrolment code 1\0", user.as_bytes(), b"\0", code.as_bytes()].concat())
    }

    /// To which devices seal a copy of their database keys. Comes from a secret that is never in a backup.
    #[must_use]
    pub fn device_recovery(&self) -> SecretKey {
        SecretKey::from_bytes(&mac(&self.pins, b"sada device recovery 1"))
    }

    /// To which devices seal what someone carries here by hand. Comes from a secret that is never in a backup.
    #[must_use]
    pub fn unsent(&self) -> SecretKey {
        SecretKey::from_bytes(&mac(&self.pins, b"sada unsent 1"))
    }

    /// A receipt number's PIN as the database keeps it.
    #[must_use]
    pub fn pin_hash(&self, ref_no: &str, pin: u16) -> [u8; 32] {
        mac(&self.pins, &[ref_no.as_bytes(), &pin.to_be_bytes()].concat())
    }
}

/// A fresh database key in `folder`, where there must be none yet.
///
/// # Errors
/// [`KeyError::File`] if there is one or the folder can't be written.
pub fn create_database_key(folder: &Path, entropy: &mut impl Entropy) -> Result<DatabaseKey, KeyError> {
    create_private_folder(folder)?;
    let text = random_hex(entropy);
    write_secret(&folder.join(DATABASE), &text)?;
    DatabaseKey::from_hex(&text).ok_or(KeyError::Malformed(DATABASE))
}

/// The database key in `folder`, if it has one.
///
/// # Errors
/// [`KeyError`] if the file is malformed or can't be read.
pub fn read_database_key(folder: &Path) -> Result<Option<DatabaseKey>, KeyError> {
    match fs::read_to_string(folder.join(DATABASE)).map(Zeroizing::new) {
        Ok(text) => DatabaseKey::from_hex(&text).map(Some).ok_or(KeyError::Malformed(DATABASE)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// SHA-256, as tokens are kept.
#[must_use]
pub fn token_hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// 32 random bytes as 64 hex digits.
pub fn random_hex(entropy: &mut impl Entropy) -> Zeroizing<String> {
    use std::fmt::Write;
    let mut bytes = Zeroizing::new([0; 32]);
    entropy.fill(&mut *bytes);
    let mut text = Zeroizing::new(String::with_capacity(64));
    for byte in bytes.iter() {
        if write!(text, "{byte:02x}").is_err() {
            unreachable!("writing to a String cannot fail");
        }
    }
    text
}

fn mac(key: &[u8; 32], message: &[u8]) -> [u8; 32] {
    // HMAC itself fills a shorter key up with zeros to the hash's block.
    let mut block = Zeroizing::new([0; 64]);
    block[..32].copy_from_slice(key);
    Hmac::<Sha256>::new((&*block).into()).chain_update(message).finalize().into_bytes().into()
}

fn short_mac(key: &[u8; 32], message: &[u8]) -> [u8; 16] {
    let mut short = [0; 16];
    short.copy_from_slice(&mac(key, message)[..16]);
    short
}

fn read_secret(folder: &Path, name: &'static str) -> Result<Zeroizing<[u8; 32]>, KeyError> {
    let text = match fs::read_to_string(folder.join(name)) {
        Ok(text) => Zeroizing::new(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(KeyError::Missing),
        Err(error) => return Err(error.into()),
    };
    let text = text.trim();
    let mut bytes = Zeroizing::new([0; 32]);
    if text.len() != 64 || !text.is_ascii() {
        return Err(KeyError::Malformed(name));
    }
    for (i, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * i..2 * i + 2], 16).map_err(|_| KeyError::Malformed(name))?;
    }
    Ok(bytes)
}

/// Makes a folder that only its owner can look into.
///
/// # Errors
/// What the file system says.
pub fn create_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Writes a new file that only its owner can read, and waits until it is on disk.
///
/// # Errors
/// What the file system says; also if the file exists.
pub fn write_secret(path: &Path, text: &str) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
