//! A recovery kit as a page to print: the letters to type, the same as a picture, and what to do with it, Arabic and English.
//! Decides nothing.

use crate::printed::{escape, fill, svg};
use shared::{qr::QrError, seal::kit::Kit};
use zeroize::Zeroizing;

/// The page of one kit. `keeper` is the display name, `of` how many kits there are.
///
/// # Errors
/// [`QrError`] if the picture can't be drawn.
pub fn print(kit: &Kit, of: usize, keeper: &str, fingerprint: &str) -> Result<Zeroizing<String>, QrError> {
    let text = kit.to_text();
    Ok(fill(
        &format!("Sada {}/{of}", kit.number()),
        include_str!("../pages/recovery-kit.html"),
        &[
            ("keeper", &escape(keeper)),
            ("number", &kit.number().to_string()),
            ("of", &of.to_string()),
            ("needed", &kit.needed().to_string()),
            ("fingerprint", fingerprint),
            ("kit", &text),
            ("picture", &svg(&text)?),
        ],
    ))
}

#[cfg(test)]
mod tests {
    use super::print;
    use crate::printed::text_of;
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
