//! Any bytes as an envelope, and as what is in one that opens: whoever has a recipient's public key seals what they like.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shared::{
    document::content::{Content, Fact, Standing},
    entropy::Seeded,
    model::ids::{ChangeHash, RecordId},
    seal::{Binding, card::KeyCard, open, seal},
    sealed,
};
use std::sync::LazyLock;

static CARD: LazyLock<KeyCard> = LazyLock::new(|| KeyCard::from_seed(&[3; 32]));
const RECORD: RecordId = RecordId([9; 16]);
const KEYS: [&str; 4] = ["body.intake", "body.0102030405060708", "body.raised.0", "body.late.0102030405060708"];

fn standing(fact: Fact) -> Vec<Standing> {
    vec![Standing { fact, change: ChangeHash([1; 32]) }]
}

fuzz_target!(|data: &[u8]| {
    let secret = CARD.secret();
    drop(open(data, Binding::new("sealed body", &[]), &secret));
    // The first byte says as what the rest is told: opening costs more than reading.
    let Some((which, body)) = data.split_first() else { return };
    let key = KEYS[usize::from(*which) % KEYS.len()];
    let binding = Binding::new("sealed body", &[&RECORD.0, key.as_bytes()]);
    let Ok(envelope) = seal(body, binding, &[secret.public()], &mut Seeded::new(1)) else { return };
    assert_eq!(open(&envelope, binding, &secret).unwrap().as_slice(), body);
    let mut content = Content::default();
    content.facts.insert(key.to_owned(), standing(Fact::Text(base64(&envelope))));
    content.facts.insert("body.0908070605040302".to_owned(), standing(Fact::Text(String::from_utf8_lossy(data).into_owned())));
    assert_eq!(sealed::bodies(&content, RECORD, &secret).len(), 2);
});

/// Base64 without padding.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let sextets = bytes.chunks(3).flat_map(|chunk| {
        let whole = chunk.iter().fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        (0..=chunk.len()).map(move |place| DIGITS[(whole >> (18 - 6 * place)) as usize & 63] as char)
    });
    sextets.collect()
}
