//! What opens this device from now on: a passphrase, said twice, and a PIN. Knows neither who signs in nor what becomes of them.

use super::strength::{LEAST_CHARS, Strength, strength};
use crate::{
    components::{FlagBox, TextField},
    hooks::use_texts,
};
use dioxus::prelude::*;
use shared::{arabic::digits_to_latin, text::Texts};

/// Digits of the PIN.
const PIN_DIGITS: std::ops::RangeInclusive<usize> = 4..=8;

/// What was typed so far.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Secrets {
    passphrase: Signal<String>,
    again: Signal<String>,
    pin: Signal<String>,
    /// Whether what is typed can be read.
    pub(super) shown: Signal<bool>,
}

/// Nothing typed yet.
pub(super) fn use_secrets() -> Secrets {
    Secrets {
        passphrase: use_signal(String::new),
        again: use_signal(String::new),
        pin: use_signal(String::new),
        shown: use_signal(|| false),
    }
}

impl Secrets {
    /// Whether they will do.
    pub(super) fn fit(self) -> bool {
        strength(&self.passphrase.read()) != Strength::TooShort && self.is_same() && self.is_pin()
    }

    /// The passphrase.
    pub(super) fn passphrase(self) -> String {
        (self.passphrase)()
    }

    /// The PIN, in Latin digits.
    pub(super) fn pin(self) -> String {
        digits_to_latin(&self.pin.read())
    }

    /// What kind of field the rest of the form has for its password.
    pub(super) fn kind(self) -> &'static str {
        if (self.shown)() { "text" } else { "password" }
    }

    /// How strong the passphrase is so far.
    pub(super) fn strength_words(self, t: Texts) -> String {
        let passphrase = self.passphrase.read();
        if passphrase.is_empty() {
            return t.sign_in_passphrase_hint();
        }
        match strength(&passphrase) {
            Strength::TooShort => t.strength_too_short(),
            Strength::Weak => t.strength_weak(),
            Strength::Good => t.strength_good(),
            Strength::Strong => t.strength_strong(),
        }
    }

    fn is_same(self) -> bool {
        *self.passphrase.read() == *self.again.read()
    }

    fn is_pin(self) -> bool {
        let pin = self.pin();
        PIN_DIGITS.contains(&pin.len()) && pin.bytes().all(|b| b.is_ascii_digit())
    }
}

/// The three fields, and a box to read what is typed.
#[component]
pub(super) fn SecretFields(
    secrets: Secrets,
    tried: bool,
    /// The passphrase takes the focus.
    #[props(default)]
    first: bool,
    passphrase: String,
    hint: String,
    pin: String,
) -> Element {
    let t = use_texts();
    let Secrets { passphrase: mut phrase, mut again, pin: mut digits, mut shown } = secrets;
    let kind = secrets.kind();
    rsx! {
        TextField { id: "passphrase", first, label: passphrase, hint, value: phrase(), kind, autocomplete: "new-password",
            problem: (tried && strength(&phrase.read()) == Strength::TooShort).then(|| t.sign_in_passphrase_short(LEAST_CHARS)),
            on_change: move |v| phrase.set(v) }
        TextField { id: "passphrase-again", label: t.sign_in_passphrase_again(), value: again(), kind, autocomplete: "new-password",
            problem: (tried && !secrets.is_same()).then(|| t.sign_in_passphrase_differs()), on_change: move |v| again.set(v) }
        TextField { id: "pin", label: pin, hint: t.sign_in_pin_hint(), value: digits(), code: true, kind, autocomplete: "off",
            problem: (tried && !secrets.is_pin()).then(|| t.sign_in_pin_bad()), on_change: move |v| digits.set(v) }
        FlagBox { id: "show-passphrase", label: t.sign_in_show(), value: shown(), on_change: move |v| shown.set(v) }
    }
}
