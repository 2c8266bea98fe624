//! Folded text packed for search: one byte for a Latin or Arabic character, so that lists of 50,000 records are searched
//! in milliseconds. Exact: two folded texts pack alike only if they are alike.

use memchr::memmem::Finder;
use shared::arabic::fold;

/// Stands before a character that has no byte of its own.
const ESCAPE: u8 = 0xff;
const ARABIC: std::ops::RangeInclusive<char> = '\u{621}'..='\u{65f}';

/// Packs folded text.
pub(super) fn pack(folded: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(folded.len());
    for c in folded.chars() {
        match u8::try_from(u32::from(c)) {
            Ok(byte) if byte.is_ascii() => out.push(byte),
            _ if ARABIC.contains(&c) => {
                out.push(0x80 + u8::try_from(u32::from(c) - u32::from(*ARABIC.start())).unwrap_or(0));
            }
            _ => {
                out.push(ESCAPE);
                out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            }
        }
    }
    out
}

/// What a person typed, made ready: every word must occur.
pub(super) struct Words(Vec<Finder<'static>>);

impl Words {
    pub(super) fn new(typed: &str) -> Self {
        Self(fold(typed).split(' ').filter(|word| !word.is_empty()).map(|word| Finder::new(&pack(word)).into_owned()).collect())
    }

    /// Whether every word occurs in a packed text. Nothing typed fits everything.
    pub(super) fn fit(&self, packed: &[u8]) -> bool {
        self.0.iter().all(|word| word.find(packed).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::{Words, pack};
    use shared::arabic::fold;

    #[test]
    fn words_are_found_however_they_are_typed_and_in_any_order() {
        let packed = pack(&fold("شكوى عن السلّة الغذائية في أعزاز 48213765 Çadır"));
        for typed in ["", "اعزاز", "السله شكوي", "٤٨٢١", "çadir", "48213765 أعزاز"] {
            assert!(Words::new(typed).fit(&packed), "{typed}");
        }
        for typed in ["عفرين", "اعزاز عفرين", "48213766"] {
            assert!(!Words::new(typed).fit(&packed), "{typed}");
        }
    }

    #[test]
    fn texts_of_other_scripts_are_told_apart() {
        assert!(!Words::new("ж").fit(&pack("д")));
        assert!(Words::new("ж").fit(&pack("джа")));
    }
}
