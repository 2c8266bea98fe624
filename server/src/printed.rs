//! What pages to print have in common: letters to type, the same as a picture, and names that are no markup. Decides nothing.

use shared::{
    model::second_factor::QrPicture,
    qr::{QrError, picture},
};
use zeroize::Zeroizing;

const BEFORE: &str = "<code>";
const AFTER: &str = "</code>";

/// The page of this title with its marks (`{mark}`) filled in.
pub(crate) fn fill(title: &str, sections: &str, values: &[(&str, &str)]) -> Zeroizing<String> {
    let mut filled = Zeroizing::new([include_str!("../pages/printed-head.html"), sections].concat());
    for (mark, value) in [("title", title)].iter().chain(values) {
        filled = Zeroizing::new(filled.replace(&format!("{{{mark}}}"), value));
    }
    filled
}

/// Printed letters as a picture, without the spaces between their groups.
///
/// # Errors
/// [`QrError`] if the picture can't be drawn.
pub(crate) fn svg(letters: &str) -> Result<Zeroizing<String>, QrError> {
    let bare = Zeroizing::new(letters.replace(' ', "").to_uppercase());
    let QrPicture { width, path } = picture(&bare)?;
    Ok(Zeroizing::new(format!(r#"<svg viewBox="0 0 {width} {width}" role="img" aria-label="QR"><path d="{path}"/></svg>"#)))
}

/// A name as text of a page.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The letters out of a printed page, or the text itself.
#[must_use]
pub fn text_of(file: &str) -> &str {
    let inner = file.split_once(BEFORE).and_then(|(_, rest)| rest.split_once(AFTER));
    inner.map_or(file, |(text, _)| text).trim()
}
