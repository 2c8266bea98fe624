//! Bytes as letters to be printed and typed: bech32m, whose mistakes are noticed, in groups of four. Knows nothing of what they are.

use zeroize::Zeroizing;

/// Fingerprints are so many bytes of a hash: nobody finds another key with the same.
const FINGERPRINT: usize = 16;

/// The letters of `bytes`, in groups of four.
pub(super) fn print(prefix: bech32::Hrp, bytes: &[u8]) -> Zeroizing<String> {
    let whole = Zeroizing::new(bech32::encode::<bech32::Bech32m>(prefix, bytes).unwrap_or_default());
    // Reserved whole: growing would leave copies behind in freed memory.
    let mut text = Zeroizing::new(String::with_capacity(whole.len() * 2));
    for (i, letter) in whole.chars().enumerate() {
        if i > 0 && i % 4 == 0 {
            text.push(' ');
        }
        text.push(letter);
    }
    text
}

/// The bytes of printed letters; spaces, line breaks and capitals don't matter. None if mistyped or of another kind.
pub(super) fn read(prefix: bech32::Hrp, text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let mut whole = Zeroizing::new(String::with_capacity(text.len()));
    whole.extend(text.chars().filter(|letter| !letter.is_whitespace()).map(|letter| letter.to_ascii_lowercase()));
    let checked = bech32::primitives::decode::CheckedHrpstring::new::<bech32::Bech32m>(&whole).ok()?;
    let mut bytes = Zeroizing::new(Vec::with_capacity(whole.len()));
    bytes.extend(checked.byte_iter());
    (checked.hrp() == prefix).then_some(bytes)
}

/// What two people compare by voice: 8 groups of 4 hex digits.
pub(super) fn fingerprint(hash: &[u8; 32]) -> String {
    let pairs = hash[..FINGERPRINT].as_chunks::<2>().0;
    pairs.iter().map(|[a, b]| format!("{a:02x}{b:02x}")).collect::<Vec<_>>().join(" ")
}
