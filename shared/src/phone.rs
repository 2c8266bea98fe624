//! Phone numbers as people give them: what was said is always kept, and beside it the international form where that is certain.
//! Near A'zaz many people use Turkish numbers, so no country is forced. Knows no lists and no storage.

use crate::arabic::fold;
use serde::{Deserialize, Serialize};

/// A phone number as given, with its international form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phone {
    /// As typed, trimmed; never changed.
    pub raw: String,
    /// E.164 (`+963933123456`), or none where the country can't be told. The number still stands in `raw`.
    pub e164: Option<String>,
}

impl Phone {
    /// Reads what was typed, in any digits.
    #[must_use]
    pub fn read(typed: &str) -> Self {
        Self { raw: typed.trim().to_owned(), e164: international(typed) }
    }
}

/// The E.164 form, if the text says enough to be certain of it:
///
/// - `+…` or `00…` with 8 to 15 digits, a national zero after +963 or +90 dropped;
/// - `09` and 8 digits, Syria; `05` and 9 digits, Turkey: no other country's mobile numbers look so;
/// - the same numbers with `963`, `90` or `1` before them but without `+`.
///
/// # Source
/// ITU-T E.164 (2010) §6; national plans +963 (mobile 9XXXXXXXX), +90 (mobile 5XXXXXXXXX), +1 (NXX-NXX-XXXX).
#[must_use]
pub fn international(typed: &str) -> Option<String> {
    let folded = fold(typed);
    let plain: String = folded.chars().filter(|c| !matches!(c, ' ' | '-' | '–' | '(' | ')' | '.' | '/')).collect();
    let (has_plus, digits) = match plain.strip_prefix('+') {
        Some(rest) => (true, rest),
        None => plain.strip_prefix("00").map_or((false, plain.as_str()), |rest| (true, rest)),
    };
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    if has_plus {
        return (8..=15).contains(&digits.len()).then(|| format!("+{}", without_trunk_zero(digits)));
    }
    let national = match (digits.len(), digits) {
        (10, d) if d.starts_with("09") => format!("+963{}", &d[1..]),
        (11, d) if d.starts_with("05") => format!("+90{}", &d[1..]),
        (12, d) if d.starts_with("9639") || d.starts_with("905") => format!("+{d}"),
        (13, d) if d.starts_with("96309") || d.starts_with("9005") => format!("+{}", without_trunk_zero(d)),
        (11, d) if d.starts_with('1') && d.as_bytes()[1] >= b'2' && d.as_bytes()[4] >= b'2' => format!("+{d}"),
        _ => return None,
    };
    Some(national)
}

/// People write +963 0933… and +90 (0)5…: the zero is for calls within the country only.
fn without_trunk_zero(digits: &str) -> String {
    for country in ["963", "90"] {
        if let Some(rest) = digits.strip_prefix(country).and_then(|rest| rest.strip_prefix('0')) {
            return format!("{country}{rest}");
        }
    }
    digits.to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Phone, international};

    #[test]
    fn numbers_of_three_countries_are_told_apart() {
        for (typed, e164) in [
            ("0933 123 456", "+963933123456"),
            ("٠٩٣٣١٢٣٤٥٦", "+963933123456"),
            ("+963 933 123 456", "+963933123456"),
            ("00963933123456", "+963933123456"),
            ("963933123456", "+963933123456"),
            ("+963 0933 123 456", "+963933123456"),
            ("0532 123 45 67", "+905321234567"),
            ("+90 (532) 123-45-67", "+905321234567"),
            ("+90 0532 123 45 67", "+905321234567"),
            ("905321234567", "+905321234567"),
            ("۰۵۳۲۱۲۳۴۵۶۷", "+905321234567"),
            ("+1 (202) 555-0143", "+12025550143"),
            ("1 202 555 0143", "+12025550143"),
            ("+49 30 901820", "+4930901820"),
        ] {
            assert_eq!(international(typed).as_deref(), Some(e164), "{typed}");
        }
    }

    #[test]
    fn no_country_is_forced_and_what_was_said_is_kept() {
        for typed in
            ["", "123", "021 2234567", "202 555 0143", "0511234567", "اسأل أبو خالد", "+12", "+1234567890123456", "0933 123 45x"]
        {
            let phone = Phone::read(typed);
            assert_eq!(phone.e164, None, "{typed}");
            assert_eq!(phone.raw, typed);
        }
    }

    #[test]
    fn the_international_form_is_stable() {
        for typed in ["0933123456", "05321234567", "+12025550143"] {
            let e164 = international(typed).unwrap();
            assert_eq!(international(&e164), Some(e164));
        }
    }
}
