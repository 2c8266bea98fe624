//! What someone at the hotline types to find a case: a receipt number or the number a person calls from, in any digits. Knows no
//! storage; who may find what is `policy`'s.
//!
//! # Source
//! domain.md §12 (digits, phone formats: never force a country).

use crate::{
    arabic::digits_to_latin,
    closed_list,
    model::row::{CaseRow, OwnRow},
    phone::international,
    receipt_no::{BadReceiptNo, ReceiptNo},
};
use serde::{Deserialize, Serialize};

/// Fewest and most digits of a number of any kind.
const DIGITS: std::ops::RangeInclusive<usize> = 6..=20;

/// Body of `POST /api/v1/look-up`: the number as it was typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookUpQuery {
    /// In any digits, with spaces and signs.
    pub number: String,
}

/// What was found, as far as whoever asks may know.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// Cases, newest first.
    pub rows: Vec<CaseRow>,
    /// What this person sent and no longer holds; a server's answer has none, each device keeps its own.
    #[serde(default)]
    pub own: Vec<OwnRow>,
}

impl Found {
    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.own.is_empty()
    }
}

closed_list!(
    /// Why what was typed can't be looked for.
    LookUpProblem {
        /// Neither a receipt number nor a phone number.
        NotANumber = "not_a_number",
        /// Nine digits, but one was misread: the check digit does not fit.
        Misread = "not_a_ref_no",
    }
);

/// What is looked for. Nine digits may be both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sought {
    /// A receipt number whose check digit fits.
    pub ref_no: Option<ReceiptNo>,
    /// Forms under which a phone number may be kept; see [`phone_key`].
    pub phones: Vec<String>,
}

impl Sought {
    /// Reads what was typed.
    ///
    /// # Errors
    /// [`LookUpProblem`] if there is nothing to look for.
    pub fn read(typed: &str) -> Result<Self, LookUpProblem> {
        let key = phone_key(typed).ok_or(LookUpProblem::NotANumber)?;
        let local = match (key.len(), key.as_bytes()[0]) {
            // Said without the zero that only calls within the country need.
            (9, b'9') => international(&format!("0{key}")),
            (10, b'5') => international(&format!("0{key}")),
            _ => None,
        };
        match ReceiptNo::parse(typed) {
            Ok(number) => Ok(Self { ref_no: Some(number), phones: local.into_iter().collect() }),
            Err(BadReceiptNo::CheckDigit) if local.is_none() => Err(LookUpProblem::Misread),
            Err(_) => Ok(Self { ref_no: None, phones: std::iter::once(key).chain(local).collect() }),
        }
    }
}

/// The form in which a number is compared: international where that is certain, else its digits. None if it is no number.
#[must_use]
pub fn phone_key(typed: &str) -> Option<String> {
    if let Some(e164) = international(typed) {
        return Some(e164);
    }
    let signs = |c: char| c.is_whitespace() || "+-–()./\u{200e}\u{200f}\u{2066}\u{2067}\u{2068}\u{2069}".contains(c);
    let plain = digits_to_latin(typed);
    let digits: String = plain.chars().filter(char::is_ascii_digit).collect();
    let is_number = plain.chars().all(|c| c.is_ascii_digit() || signs(c)) && DIGITS.contains(&digits.len());
    is_number.then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::{LookUpProblem, Sought, phone_key};
    use crate::{entropy::Seeded, receipt_no::ReceiptNo};

    #[test]
    fn a_number_is_found_however_it_is_said() {
        let kept = phone_key("0933 123 456").unwrap();
        for typed in ["٠٩٣٣١٢٣٤٥٦", "۰۹۳۳ ۱۲۳ ۴۵۶", "+963 933-123-456", "00963933123456", "933123456", "٩٣٣١٢٣٤٥٦"]
        {
            assert!(Sought::read(typed).unwrap().phones.contains(&kept), "{typed}");
        }
        let kept = phone_key("+90 532 123 45 67").unwrap();
        for typed in ["0532 123 45 67", "5321234567", "۰۵۳۲۱۲۳۴۵۶۷"] {
            assert!(Sought::read(typed).unwrap().phones.contains(&kept), "{typed}");
        }
        // A land line keeps its digits: no country is forced.
        assert_eq!(Sought::read("٠٢١ ٢٢٣٤٥٦٧").unwrap().phones, [phone_key("021-2234567").unwrap()]);
    }

    #[test]
    fn a_receipt_number_is_told_from_a_phone_and_a_misread_one_is_named() {
        let number = ReceiptNo::with_check_digit(12_345_678);
        let sought = Sought::read(&number.grouped()).unwrap();
        assert_eq!((sought.ref_no, sought.phones.is_empty()), (Some(number.clone()), true));
        let digits = number.as_str();
        let last = if digits.ends_with('0') { '1' } else { '0' };
        assert_eq!(Sought::read(&format!("{}{last}", &digits[..8])), Err(LookUpProblem::Misread));
        let mut entropy = Seeded::new(3);
        let both = std::iter::repeat_with(|| ReceiptNo::random(&mut entropy)).find(|n| n.as_str().starts_with('9')).unwrap();
        let sought = Sought::read(both.as_str()).unwrap();
        assert!(sought.ref_no.is_some() && !sought.phones.is_empty(), "nine digits from 9 on may be either");
    }

    #[test]
    fn words_and_scraps_are_no_numbers() {
        for typed in ["", "12345", "أم محمود", "0933x12345", "123456789012345678901"] {
            assert_eq!(Sought::read(typed), Err(LookUpProblem::NotANumber), "{typed}");
        }
    }
}
