//! A recovery kit as a page to print: the letters to type, the same as a picture, and what to do with it, Arabic and English.
//! Decides nothing.

use crate::qr::picture;
use qrcode::types::QrError;
use shared::{model::second_factor::QrPicture, seal::kit::Kit};
use zeroize::Zeroizing;

const BEFORE: &str = "<code>";
const AFTER: &str = "</code>";

/// The page of one kit. `keeper` is the display name, `of` how many kits there are.
///
/// # Errors
/// [`QrError`] if the picture can't be drawn.
pub fn print(kit: &Kit, of: usize, keeper: &str, fingerprint: &str) -> Result<Zeroizing<String>, QrError> {
    let text = kit.to_text();
    let bare = Zeroizing::new(text.replace(' ', "").to_uppercase());
    let page = include_str!("../pages/recovery-kit.html");
    let mut filled = Zeroizing::new(page.to_owned());
    for (mark, value) in [
        ("{keeper}", escape(keeper).as_str()),
        ("{number}", &kit.number().to_string()),
        ("{of}", &of.to_string()),
        ("{needed}", &kit.needed().to_string()),
        ("{fingerprint}", fingerprint),
        ("{kit}", text.as_str()),
        ("{picture}", svg(&bare)?.as_str()),
    ] {
        filled = Zeroizing::new(filled.replace(mark, value));
    }
    Ok(filled)
}

/// The kit's text out of its page, or the text itself.
#[must_use]
pub fn text_of(file: &str) -> &str {
    let inner = file.split_once(BEFORE).and_then(|(_, rest)| rest.split_once(AFTER));
    inner.map_or(file, |(text, _)| text).trim()
}

fn svg(text: &str) -> Result<String, QrError> {
    let QrPicture { width, path } = picture(text)?;
    Ok(format!(r#"<svg viewBox="0 0 {width} {width}" role="img" aria-label="QR"><path d="{path}"/></svg>"#))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::{print, text_of};
    use shared::{
        entropy::Seeded,
        seal::kit::{self, Kit},
    };

    #[test]
    fn a_printed_kit_is_read_back_and_a_name_is_no_markup() {
        let (recovery, kits) = kit::make(2, 3, &mut Seeded::new(1)).unwrap();
        let page = print(&kits[1], 3, "<script>سلمى & co", "0123 4567").unwrap();
        for mark in ["keeper", "number", "of", "needed", "fingerprint", "kit", "picture"] {
            assert!(!page.contains(&format!("{{{mark}}}")), "{mark} is filled");
        }
        assert!(!page.contains("<script>") && page.contains("&lt;script&gt;سلمى &amp; co"));
        assert!(page.contains("<svg") && page.contains("0123 4567"));
        for text in [text_of(&page), kits[1].to_text().as_str()] {
            let read = Kit::from_text(text).unwrap();
            assert!(read.is_of(recovery) && read.number() == 2);
        }
        assert!(Kit::from_text(text_of("<code></code>")).is_err());
    }
}
