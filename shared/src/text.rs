//! The one door through which anything a person reads gets its words, numbers and dates.
//!
//! Every text is a Fluent message in `locales/{ar,en}/*.ftl`; `build.rs` makes one method of [`Texts`] of each and fails where
//! a translation is missing. A new file needs no code. Knows neither screens nor who reads.
//!
//! Names of people and other text put into a sentence are isolated (FSI … PDI), so that a left-to-right run does not
//! turn an Arabic sentence around. Numbers are written with the digits the reader chose.

mod calendar;
mod number;

use number::Plural;
pub use number::{Count, Digits};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// A language the app speaks. Both are complete: the build sees to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Arabic, as written in the Levant.
    #[default]
    Ar,
    /// English.
    En,
}

impl Language {
    /// Both, the first being what people see first.
    pub const ALL: [Self; 2] = [Self::Ar, Self::En];

    /// The `lang` attribute: `ar` or `en`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Ar => "ar",
            Self::En => "en",
        }
    }

    /// The `dir` attribute: `rtl` or `ltr`.
    #[must_use]
    pub const fn dir(self) -> &'static str {
        match self {
            Self::Ar => "rtl",
            Self::En => "ltr",
        }
    }

    /// The language with this tag.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.tag() == tag)
    }
}

/// All texts in one language. Small and copied freely; equal settings give equal words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    language: Language,
    digits: Digits,
}

impl Texts {
    /// Texts in `language`, with Latin digits.
    #[must_use]
    pub const fn new(language: Language) -> Self {
        Self { language, digits: Digits::Latin }
    }

    /// The same with other digits.
    #[must_use]
    pub const fn with_digits(self, digits: Digits) -> Self {
        Self { digits, ..self }
    }

    /// The language spoken.
    #[must_use]
    pub const fn language(self) -> Language {
        self.language
    }

    /// The text of a code, from the message `<prefix>-<code>`: `coded("status", "in_progress")`, `coded("failure", "offline")`.
    /// None if there is no such message; the tests hold that every code of the model has one.
    #[must_use]
    pub fn coded(self, prefix: &str, code: &str) -> Option<String> {
        let id = format!("{prefix}-{code}");
        TABLE[0].binary_search(&id.as_str()).ok().map(|index| self.plain(index))
    }

    /// Why something was refused, parked or set aside, and what to do: for codes whose family the caller does not know
    /// (the server's answer to a change, a ruling, this device's own trouble).
    #[must_use]
    pub fn reason(self, code: &str) -> Option<String> {
        ["denial", "parked", "set-aside", "refusal", "failure"].iter().find_map(|prefix| self.coded(prefix, code))
    }

    /// The label of a choice, category, place or project of the settings, in this language.
    #[must_use]
    pub fn label(self, label: &crate::settings::Label) -> &str {
        match self.language {
            Language::Ar => &label.ar,
            Language::En => &label.en,
        }
    }

    fn plain(self, index: usize) -> String {
        TABLE[self.language as usize + 1].get(index).copied().unwrap_or_default().to_owned()
    }
}

/// Puts `text` between the marks that keep its direction to itself.
fn push_isolated(out: &mut String, text: &str) {
    out.push('\u{2068}');
    out.push_str(text);
    out.push('\u{2069}');
}

/// [`PLAIN`], each text found by its number.
static TABLE: LazyLock<[Vec<&str>; 3]> = LazyLock::new(|| PLAIN.map(|texts| texts.split('\0').collect()));

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

#[cfg(test)]
mod codes;
#[cfg(test)]
mod tests;
