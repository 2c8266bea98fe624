//! Numbers as people read them: digits, groups of three, and the plural a number takes.

use super::{Language, Texts};
use serde::{Deserialize, Serialize};

/// The digits shown. Stored numbers always use Latin ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Digits {
    /// 0123456789
    #[default]
    #[serde(rename = "latn")]
    Latin,
    /// ٠١٢٣٤٥٦٧٨٩
    #[serde(rename = "arab")]
    ArabicIndic,
}

impl Digits {
    /// The digits with this CLDR code: `latn` or `arab`.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "latn" => Some(Self::Latin),
            "arab" => Some(Self::ArabicIndic),
            _ => None,
        }
    }
}

/// A number in a text; made from any whole number. Beyond what 64 bits hold it stays at their end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count(pub i64);

macro_rules! count_from {
    ($($from:ty),+) => { $(impl From<$from> for Count { fn from(n: $from) -> Self { Self(i64::from(n)) } })+ };
}
count_from!(i64, i32, i16, u32, u16, u8);

impl From<usize> for Count {
    fn from(n: usize) -> Self {
        Self(i64::try_from(n).unwrap_or(i64::MAX))
    }
}

impl From<u64> for Count {
    fn from(n: u64) -> Self {
        Self(i64::try_from(n).unwrap_or(i64::MAX))
    }
}

/// CLDR's plural categories.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Plural {
    Zero,
    One,
    Two,
    Few,
    Many,
    Other,
}

impl Texts {
    /// A whole number with groups of three: `1,234`, `١٬٢٣٤`.
    #[must_use]
    pub fn number(self, number: impl Into<Count>) -> String {
        let mut out = String::new();
        self.push_number(&mut out, number.into().0);
        out
    }

    /// Text whose digits are shown as the reader chose, without grouping: receipt numbers, phone numbers, times.
    #[must_use]
    pub fn digits(self, text: &str) -> String {
        match self.digits {
            Digits::Latin => text.to_owned(),
            Digits::ArabicIndic => text.chars().map(arabic_indic).collect(),
        }
    }

    pub(super) fn push_number(self, out: &mut String, number: i64) {
        let (digits, group) = match self.digits {
            Digits::Latin => (number.unsigned_abs().to_string(), ','),
            Digits::ArabicIndic => (self.digits(&number.unsigned_abs().to_string()), '٬'),
        };
        if number < 0 {
            // The mark keeps the sign on the number's left in an Arabic sentence.
            out.push_str(if self.language == Language::Ar { "\u{200e}-" } else { "-" });
        }
        let count = digits.chars().count();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (count - index).is_multiple_of(3) {
                out.push(group);
            }
            out.push(digit);
        }
    }

    /// # Source
    /// CLDR 48, plural rules, cardinals of `ar` and `en` for whole numbers.
    pub(super) fn plural(self, number: i64) -> Plural {
        let n = number.unsigned_abs();
        match (self.language, n) {
            (_, 1) => Plural::One,
            (Language::En, _) => Plural::Other,
            (Language::Ar, 0) => Plural::Zero,
            (Language::Ar, 2) => Plural::Two,
            (Language::Ar, _) => match n % 100 {
                3..=10 => Plural::Few,
                11..=99 => Plural::Many,
                _ => Plural::Other,
            },
        }
    }
}

fn arabic_indic(c: char) -> char {
    c.to_digit(10).and_then(|digit| char::from_u32(0x0660 + digit)).unwrap_or(c)
}
