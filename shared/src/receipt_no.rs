//! Receipt numbers: what a person holds in hand to ask about a complaint. Digits only, so that it can be spoken and typed on any
//! keyboard; random, so that it tells nothing of place, level or how many complaints there are. Knows no storage and no clock.

use crate::entropy::Entropy;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// 8 random digits, the first not 0, and a check digit that finds every single wrong digit and every swap of neighbours.
///
/// # Source
/// design.md §7; H. M. Damm, "Total anti-symmetrische Quasigruppen", 2004 (check digit).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ReceiptNo(String);

/// Why text is not a receipt number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadReceiptNo {
    /// Not nine digits.
    #[error("a receipt number has nine digits")]
    Length,
    /// The check digit does not fit: a digit was misread.
    #[error("the check digit does not fit")]
    CheckDigit,
}

impl ReceiptNo {
    /// A fresh number. That it is not in use is for the server to see to.
    #[must_use]
    pub fn random(entropy: &mut impl Entropy) -> Self {
        Self::with_check_digit(u32::try_from(10_000_000 + entropy.below(90_000_000)).unwrap_or(u32::MAX))
    }

    /// The number with these 8 digits, as leased to a device. Digits beyond the eighth are dropped.
    #[must_use]
    pub fn with_check_digit(number: u32) -> Self {
        let mut digits = format!("{:08}", number % 100_000_000);
        digits.push(char::from(b'0' + damm(&digits)));
        Self(digits)
    }

    /// Reads what a person typed or dictated: digits of any script, with spaces, dashes or direction marks between.
    ///
    /// # Errors
    /// [`BadReceiptNo::Length`] if it is not nine digits; [`BadReceiptNo::CheckDigit`] if one was misread.
    pub fn parse(typed: &str) -> Result<Self, BadReceiptNo> {
        let digits: String = crate::arabic::fold(typed).chars().filter(|c| !matches!(c, ' ' | '-' | '–' | '.')).collect();
        if digits.len() != 9 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(BadReceiptNo::Length);
        }
        if damm(&digits) == 0 { Ok(Self(digits)) } else { Err(BadReceiptNo::CheckDigit) }
    }

    /// Nine Latin digits, as stored.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As shown and spoken: `1234 5678 9`.
    #[must_use]
    pub fn grouped(&self) -> String {
        format!("{} {} {}", &self.0[..4], &self.0[4..8], &self.0[8..])
    }
}

impl fmt::Display for ReceiptNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for ReceiptNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for ReceiptNo {
    type Err = BadReceiptNo;
    fn from_str(text: &str) -> Result<Self, BadReceiptNo> {
        Self::parse(text)
    }
}

impl TryFrom<String> for ReceiptNo {
    type Error = BadReceiptNo;
    fn try_from(text: String) -> Result<Self, BadReceiptNo> {
        Self::parse(&text)
    }
}

impl From<ReceiptNo> for String {
    fn from(number: ReceiptNo) -> Self {
        number.0
    }
}

impl<C> minicbor::Encode<C> for ReceiptNo {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.str(&self.0)?;
        Ok(())
    }
}

impl<'b, C> minicbor::Decode<'b, C> for ReceiptNo {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        Self::parse(d.str()?).map_err(|_| minicbor::decode::Error::message("bad receipt number"))
    }
}

/// The Damm digit of `digits` (ASCII); 0 if the last of them is already the right check digit.
fn damm(digits: &str) -> u8 {
    const TABLE: [[u8; 10]; 10] = [
        [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
        [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
        [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
        [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
        [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
        [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
        [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
        [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
        [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
        [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
    ];
    digits.bytes().fold(0, |interim, b| TABLE[usize::from(interim)][usize::from((b - b'0') % 10)])
}

#[cfg(test)]
mod tests {
    use super::{BadReceiptNo, ReceiptNo, damm};
    use crate::entropy::Seeded;

    #[test]
    fn the_check_digit_is_damms() {
        // The worked example of the published algorithm: 572 has the check digit 4.
        assert_eq!(damm("572"), 4);
        assert_eq!(damm("5724"), 0);
    }

    #[test]
    fn every_wrong_digit_and_every_swap_of_neighbours_is_found() {
        let mut entropy = Seeded::new(1);
        for _ in 0..50 {
            let number = ReceiptNo::random(&mut entropy);
            let digits = number.as_str().as_bytes();
            assert_eq!(ReceiptNo::parse(number.as_str()), Ok(number.clone()));
            for at in 0..9 {
                for digit in (b'0'..=b'9').filter(|d| *d != digits[at]) {
                    let mut wrong = digits.to_vec();
                    wrong[at] = digit;
                    assert_eq!(ReceiptNo::parse(std::str::from_utf8(&wrong).unwrap()), Err(BadReceiptNo::CheckDigit));
                }
                if at < 8 && digits[at] != digits[at + 1] {
                    let mut swapped = digits.to_vec();
                    swapped.swap(at, at + 1);
                    assert_eq!(ReceiptNo::parse(std::str::from_utf8(&swapped).unwrap()), Err(BadReceiptNo::CheckDigit));
                }
            }
        }
    }

    #[test]
    fn a_number_is_read_as_people_write_it_and_shown_in_groups() {
        let number = ReceiptNo::random(&mut Seeded::new(2));
        let arabic: String =
            number.grouped().chars().map(|c| c.to_digit(10).map_or(c, |d| char::from_u32(0x660 + d).unwrap())).collect();
        assert_eq!(ReceiptNo::parse(&format!(" \u{2068}{arabic}\u{2069} ")), Ok(number.clone()));
        assert_eq!(ReceiptNo::parse(&number.grouped().replace(' ', "-")), Ok(number.clone()));
        assert_eq!(number.grouped().len(), 11);
        for typed in ["", "12345678", "12345678a", "1234567890", "شكوى"] {
            assert_eq!(ReceiptNo::parse(typed), Err(BadReceiptNo::Length), "{typed}");
        }
    }

    #[test]
    fn numbers_survive_json_and_cbor() {
        let number = ReceiptNo::random(&mut Seeded::new(4));
        assert_eq!(serde_json::from_str::<ReceiptNo>(&serde_json::to_string(&number).unwrap()).unwrap(), number);
        assert_eq!(minicbor::decode::<ReceiptNo>(&minicbor::to_vec(&number).unwrap()).unwrap(), number);
        assert!(serde_json::from_str::<ReceiptNo>("\"123456789\"").is_err());
    }
}
