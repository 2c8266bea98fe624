//! The age v1 file with X25519 stanzas: writes any, reads what it writes. Knows nothing of what is in it.
//!
//! # Source
//! The format: <https://c2sp.org/age>. Only its canonical form is read; stanzas of other kinds, which this program never writes,
//! make it no envelope.

use super::{MAX_ENVELOPE_BYTES, MAX_RECIPIENTS, OpenError, SealError, SealKey, SecretKey};
use crate::entropy::Entropy;
use base64::{Engine, prelude::BASE64_STANDARD_NO_PAD as BASE64};
use chacha20poly1305::{ChaCha20Poly1305, KeyInit, Nonce, aead::Aead};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

const VERSION: &str = "age-encryption.org/v1\n";
const STANZA: &str = "-> X25519 ";
const FOOTER: &str = "---";
const WRAP_INFO: &[u8] = b"age-encryption.org/v1/X25519";
/// Characters of 32 bytes in base64 without padding: a share, a wrapped file key, the header's code.
const LINE: usize = 43;
const CHUNK: usize = 64 << 10;
const TAG: usize = 16;
/// Stanzas come in so many at least, and in multiples of it: the rest is for nobody, so that their number tells little.
const STANZAS: usize = 4;

type FileKey = Zeroizing<[u8; 16]>;

/// One recipient's line: an ephemeral share, and the file key wrapped for who can answer it.
struct Stanza {
    share: [u8; 32],
    wrapped: Vec<u8>,
}

pub(super) fn write(plain: &[u8], recipients: &[SealKey], entropy: &mut (impl Entropy + ?Sized)) -> Result<Vec<u8>, SealError> {
    if !(1..=MAX_RECIPIENTS).contains(&recipients.len()) {
        return Err(SealError::Recipients);
    }
    let mut file_key = FileKey::new([0; 16]);
    entropy.fill(file_key.as_mut_slice());
    let mut header = String::from(VERSION);
    for stanza in stanzas(&file_key, recipients, entropy)? {
        header.push_str(STANZA);
        BASE64.encode_string(stanza.share, &mut header);
        header.push('\n');
        BASE64.encode_string(&stanza.wrapped, &mut header);
        header.push('\n');
    }
    header.push_str(FOOTER);
    let code = header_mac(&file_key, header.as_bytes()).finalize().into_bytes();
    header.push(' ');
    BASE64.encode_string(code, &mut header);
    header.push('\n');
    let mut salt = [0; 16];
    entropy.fill(&mut salt);
    let mut out = header.into_bytes();
    out.extend_from_slice(&salt);
    let cipher = payload_cipher(&file_key, &salt);
    let last = plain.len().div_ceil(CHUNK).saturating_sub(1);
    for (i, chunk) in plain.chunks(CHUNK).enumerate() {
        out.extend(cipher.encrypt(&chunk_nonce(i, i == last), chunk).map_err(|_| SealError::TooLong)?);
    }
    Ok(out)
}

/// One stanza for each recipient and some for nobody, in an order that tells nothing.
fn stanzas(file_key: &FileKey, recipients: &[SealKey], entropy: &mut (impl Entropy + ?Sized)) -> Result<Vec<Stanza>, SealError> {
    let mut stanzas = Vec::new();
    for recipient in recipients {
        let ephemeral = SecretKey::generate(entropy);
        let share = ephemeral.public();
        let secret = ephemeral.agree(&recipient.0).ok_or(SealError::WeakKey)?;
        let cipher = wrap_cipher(&secret, share, *recipient);
        let wrapped = cipher.encrypt(&Nonce::default(), file_key.as_slice()).map_err(|_| SealError::TooLong)?;
        stanzas.push(Stanza { share: share.0, wrapped });
    }
    while stanzas.len() % STANZAS != 0 {
        // A true share, since random bytes would be told from one; what it wraps is random like any ciphertext.
        let share = SecretKey::generate(entropy).public().0;
        let mut wrapped = vec![0; 16 + TAG];
        entropy.fill(&mut wrapped);
        stanzas.push(Stanza { share, wrapped });
    }
    stanzas.sort_by_key(|stanza| stanza.share);
    Ok(stanzas)
}

pub(super) fn read(envelope: &[u8], key: &SecretKey) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    if envelope.len() > MAX_ENVELOPE_BYTES {
        return Err(OpenError::Malformed);
    }
    let header = Header::parse(envelope).ok_or(OpenError::Malformed)?;
    let file_key = header.stanzas.iter().find_map(|stanza| unwrap(stanza, key)).ok_or(OpenError::NotForThisKey)?;
    header_mac(&file_key, header.covered).verify_slice(&header.code).map_err(|_| OpenError::Changed)?;
    read_payload(&file_key, header.rest)
}

fn unwrap(stanza: &Stanza, key: &SecretKey) -> Option<FileKey> {
    let secret = key.agree(&stanza.share)?;
    let cipher = wrap_cipher(&secret, SealKey(stanza.share), key.public());
    let opened = Zeroizing::new(cipher.decrypt(&Nonce::default(), stanza.wrapped.as_slice()).ok()?);
    <[u8; 16]>::try_from(opened.as_slice()).ok().map(Zeroizing::new)
}

fn read_payload(file_key: &FileKey, rest: &[u8]) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    let (salt, sealed) = rest.split_first_chunk::<16>().ok_or(OpenError::Malformed)?;
    let cipher = payload_cipher(file_key, salt);
    let mut plain = Zeroizing::new(Vec::with_capacity(sealed.len()));
    let last = sealed.len().div_ceil(CHUNK + TAG).saturating_sub(1);
    for (i, chunk) in sealed.chunks(CHUNK + TAG).enumerate() {
        let opened = Zeroizing::new(cipher.decrypt(&chunk_nonce(i, i == last), chunk).map_err(|_| OpenError::Changed)?);
        plain.extend_from_slice(&opened);
    }
    Ok(plain)
}

/// A header, and what follows it.
struct Header<'e> {
    stanzas: Vec<Stanza>,
    /// What the code covers: up to and with the dashes.
    covered: &'e [u8],
    code: [u8; 32],
    rest: &'e [u8],
}

impl<'e> Header<'e> {
    fn parse(envelope: &'e [u8]) -> Option<Self> {
        let mut rest = envelope.strip_prefix(VERSION.as_bytes())?;
        let mut stanzas = Vec::new();
        while let Some(after) = rest.strip_prefix(STANZA.as_bytes()) {
            if stanzas.len() == MAX_RECIPIENTS.next_multiple_of(STANZAS) {
                return None;
            }
            let (share, after) = line(after)?;
            let (wrapped, after) = line(after)?;
            stanzas.push(Stanza { share, wrapped: wrapped.to_vec() });
            rest = after;
        }
        let after = rest.strip_prefix(FOOTER.as_bytes())?;
        let covered = envelope.get(..envelope.len() - after.len())?;
        let (code, rest) = line(after.strip_prefix(b" ")?)?;
        (!stanzas.is_empty()).then_some(Self { stanzas, covered, code, rest })
    }
}

/// 32 bytes in base64, the end of their line, and what follows.
fn line(text: &[u8]) -> Option<([u8; 32], &[u8])> {
    let (encoded, rest) = text.split_at_checked(LINE)?;
    let bytes = BASE64.decode(encoded).ok()?.try_into().ok()?;
    Some((bytes, rest.strip_prefix(b"\n")?))
}

fn wrap_cipher(secret: &[u8; 32], share: SealKey, recipient: SealKey) -> ChaCha20Poly1305 {
    let mut salt = [0; 64];
    salt[..32].copy_from_slice(&share.0);
    salt[32..].copy_from_slice(&recipient.0);
    cipher(Some(&salt), secret, WRAP_INFO)
}

fn payload_cipher(file_key: &FileKey, salt: &[u8; 16]) -> ChaCha20Poly1305 {
    cipher(Some(salt), file_key.as_slice(), b"payload")
}

fn cipher(salt: Option<&[u8]>, secret: &[u8], info: &[u8]) -> ChaCha20Poly1305 {
    ChaCha20Poly1305::new((&*derive(salt, secret, info)).into())
}

fn header_mac(file_key: &FileKey, header: &[u8]) -> Hmac<Sha256> {
    let key = derive(None, file_key.as_slice(), b"header");
    // HMAC itself fills a shorter key up with zeros to the hash's block.
    let mut block = Zeroizing::new([0; 64]);
    block[..32].copy_from_slice(key.as_slice());
    <Hmac<Sha256> as hmac::KeyInit>::new((&*block).into()).chain_update(header)
}

fn derive(salt: Option<&[u8]>, secret: &[u8], info: &[u8]) -> Zeroizing<[u8; 32]> {
    let mut key = Zeroizing::new([0; 32]);
    // 32 bytes are far within what HKDF can give: this can't fail.
    let filled = Hkdf::<Sha256>::new(salt, secret).expand(info, key.as_mut_slice());
    debug_assert!(filled.is_ok(), "HKDF gives 32 bytes");
    key
}

fn chunk_nonce(number: usize, is_last: bool) -> Nonce {
    let mut nonce = [0; 12];
    nonce[3..11].copy_from_slice(&(number as u64).to_be_bytes());
    nonce[11] = u8::from(is_last);
    nonce.into()
}
