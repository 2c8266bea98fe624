//! Their own words, up to 20,000 characters, with a counter and nothing cut.

use super::Capture;
use crate::{
    components::{Glyph, Icon, TextArea},
    hooks::{use_settings, use_texts},
};
use dioxus::prelude::*;
use shared::{
    arabic::digits_to_latin,
    model::{codes::IdentityMode, event::MAX_WORDS_CHARS},
};

/// A number of at least this many digits in anonymous words is most likely a phone number.
const PHONE_DIGITS: usize = 7;

/// One large field.
#[component]
pub(crate) fn WordsStep(capture: Capture) -> Element {
    let t = use_texts();
    let settings = use_settings();
    let words = capture.form.text("intake.words");
    let anonymous = matches!(
        IdentityMode::from_id(&capture.form.text("intake.identity_mode")),
        Some(IdentityMode::Anon | IdentityMode::AnonContact)
    );
    let category = settings.category(&capture.form.text("reg.category").as_str().into()).cloned();
    let optional = category.is_some_and(|c| c.words_optional);
    rsx! {
        TextArea {
            id: "intake.words",
            label: t.field_words(),
            hint: if optional { t.words_optional() } else { t.words_hint() },
            value: words.clone(),
            max: MAX_WORDS_CHARS,
            rows: 9u8,
            problem: capture.problem(t, "intake.words"),
            on_change: move |text: String| capture.put("intake.words", (!text.is_empty()).then(|| text.into())),
        }
        super::photo::PaperPhotos { capture }
        if anonymous && has_phone(&words) {
            p { class: "card card-warn warn-text row", role: "status", "data-testid": "words-identify",
                Icon { glyph: Glyph::Alert }
                {t.words_identify()}
            }
        }
    }
}

/// Whether the text holds a run of digits long enough to be a phone number.
fn has_phone(words: &str) -> bool {
    let plain = digits_to_latin(words);
    plain
        .split(|c: char| !c.is_ascii_digit() && !matches!(c, ' ' | '-' | '+'))
        .any(|run| run.bytes().filter(u8::is_ascii_digit).count() >= PHONE_DIGITS)
}

#[cfg(test)]
mod tests {
    use super::has_phone;

    #[test]
    fn a_phone_number_in_the_words_is_noticed_in_any_digits() {
        assert!(has_phone("اتصلوا على ٠٩٤٤ ١٢٣ ٤٥٦ مساء"));
        assert!(has_phone("+90 532 111 22 33"));
        assert!(!has_phone("حصلت على 3 سلال من 12، يوم 14"));
    }
}
