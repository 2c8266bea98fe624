//! Which key a server's certificate must hold: what native apps demand, whatever a certificate authority says. Knows no TLS.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{fmt, str::FromStr};

/// Bytes of the whole hash.
const WHOLE: usize = 32;
/// Bytes of a pin that people type. Nobody makes a second key with the same 128 bits.
const TYPED: usize = 16;

/// SHA-256 of a certificate's public key (SPKI), or its first 16 bytes as people type them.
///
/// # Source
/// RFC 7469 §2.4: the hash of the key, not of the certificate, so that a certificate can be renewed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ServerPin(Vec<u8>);

/// Not the hexadecimal digits of a pin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the digits of a server's key")]
pub struct NotAPin;

impl ServerPin {
    /// The pin of a public key in DER (SPKI).
    #[must_use]
    pub fn of_spki(der: &[u8]) -> Self {
        Self(Sha256::digest(der).to_vec())
    }

    /// Whether a server that proved to hold `key` may be talked to.
    #[must_use]
    pub fn fits(&self, key: &Self) -> bool {
        key.0.len() == WHOLE && key.0.starts_with(&self.0)
    }

    /// As people type it: 32 hexadecimal digits in fours.
    #[must_use]
    pub fn typed(&self) -> String {
        let digits = hex(&self.0[..TYPED.min(self.0.len())]);
        let groups: Vec<&str> = digits.as_bytes().chunks(4).filter_map(|four| std::str::from_utf8(four).ok()).collect();
        groups.join("-")
    }
}

impl FromStr for ServerPin {
    type Err = NotAPin;

    fn from_str(text: &str) -> Result<Self, NotAPin> {
        let text = crate::arabic::digits_to_latin(text);
        let digits: Option<Vec<u8>> = text
            .chars()
            .filter(|c| !matches!(c, '-' | ':' | ' '))
            .map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
            .collect();
        let digits = digits.ok_or(NotAPin)?;
        let (pairs, rest) = digits.as_chunks::<2>();
        let fits = rest.is_empty() && (TYPED..=WHOLE).contains(&pairs.len());
        fits.then(|| Self(pairs.iter().map(|[high, low]| high << 4 | low).collect())).ok_or(NotAPin)
    }
}

impl TryFrom<String> for ServerPin {
    type Error = NotAPin;

    fn try_from(text: String) -> Result<Self, NotAPin> {
        text.parse()
    }
}

impl From<ServerPin> for String {
    fn from(pin: ServerPin) -> Self {
        pin.to_string()
    }
}

impl fmt::Display for ServerPin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}

#[cfg(test)]
mod tests {
    use super::ServerPin;

    #[test]
    fn a_pin_fits_its_key_whole_and_as_typed_and_no_other() {
        let (key, other) = (ServerPin::of_spki(b"key"), ServerPin::of_spki(b"other"));
        let typed: ServerPin = key.typed().to_uppercase().parse().unwrap();
        assert_eq!(key.typed().len(), 39);
        assert!(key.fits(&key) && typed.fits(&key));
        assert!(!key.fits(&other) && !typed.fits(&other));
        assert!(!typed.fits(&typed), "half a hash is no key that anyone proved");
        assert_eq!(key.to_string().parse(), Ok(key.clone()));
        let eastern: ServerPin = "٠١٢٣-4567-89ab-cdef-0123-4567-89ab-cdef".parse().unwrap();
        assert_eq!(eastern.to_string(), "0123456789abcdef0123456789abcdef");
        for bad in ["", "0123", &key.typed()[..34], &format!("{key}00"), &key.typed().replacen('-', "g", 1)] {
            assert!(bad.parse::<ServerPin>().is_err(), "{bad}");
        }
    }
}
