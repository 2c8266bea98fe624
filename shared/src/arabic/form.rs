//! Unicode's forms of a text. The browser knows them itself, so the web app carries no tables; both follow the same standard, whose
//! forms never change for a character that exists.

/// NFKD: compatibility forms resolved, marks apart from their letters.
#[cfg(not(target_family = "wasm"))]
pub(super) fn decomposed(text: &str) -> String {
    unicode_normalization::UnicodeNormalization::nfkd(text).collect()
}

/// NFC: letters with their marks as one.
#[cfg(not(target_family = "wasm"))]
pub(super) fn composed(text: &str) -> String {
    unicode_normalization::UnicodeNormalization::nfc(text).collect()
}

#[cfg(target_family = "wasm")]
pub(super) fn decomposed(text: &str) -> String {
    js_sys::JsString::from(text).normalize("NFKD").into()
}

#[cfg(target_family = "wasm")]
pub(super) fn composed(text: &str) -> String {
    js_sys::JsString::from(text).normalize("NFC").into()
}
