//! A focal point's key card as a page to print: the letters to type, the same as a picture, and what to do with it, Arabic and
//! English. Decides nothing.

use crate::printed::{escape, fill, svg};
use shared::{model::ids::UserId, qr::QrError, seal::card::KeyCard};
use zeroize::Zeroizing;

/// The page of one card. `name` is the owner's display name.
///
/// # Errors
/// [`QrError`] if the picture can't be drawn.
pub fn print(card: &KeyCard, owner: &UserId, name: &str) -> Result<Zeroizing<String>, QrError> {
    let text = card.to_text();
    Ok(fill(
        "Sada",
        include_str!("../pages/key-card.html"),
        &[
            ("owner", &escape(name)),
            ("fingerprint", &card.key_of(owner).fingerprint()),
            ("card", &text),
            ("picture", &svg(&text)?),
        ],
    ))
}

#[cfg(test)]
mod tests {
    use super::print;
    use crate::printed::text_of;
    use shared::{entropy::Seeded, seal::card::KeyCard};

    #[test]
    fn a_printed_card_is_read_back_and_a_name_is_no_markup() {
        let card = KeyCard::generate(&mut Seeded::new(1));
        let page = print(&card, &"u8".into(), "<b>ليلى & co").unwrap();
        for mark in ["owner", "fingerprint", "card", "picture"] {
            assert!(!page.contains(&format!("{{{mark}}}")), "{mark} is filled");
        }
        assert!(!page.contains("<b>ليلى") && page.contains("&lt;b&gt;ليلى &amp; co") && page.contains("<svg"));
        let read = KeyCard::from_text(text_of(&page)).unwrap();
        assert!(page.contains(&read.key_of(&"u8".into()).fingerprint()) && read.seed() == card.seed());
    }
}
