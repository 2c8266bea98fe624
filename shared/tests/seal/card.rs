//! Key cards: what comes of one seed, how it is printed and typed, what two people compare.

use shared::{
    entropy::Seeded,
    seal::{
        Binding,
        book::FocalKey,
        card::{BadCard, KeyCard},
        kit, open, seal,
    },
};

fn seed() -> [u8; 32] {
    std::array::from_fn(|i| u8::try_from(i).unwrap())
}

/// Worked out by another program (HKDF, bech32m, X25519 and Ed25519 in Python): a card printed once must open for ever.
#[test]
fn a_card_is_what_it_was() {
    let card = KeyCard::from_seed(&seed());
    assert_eq!(card.to_text().as_str(), "sada key1 qqqs yqcy q5rq wzqf pg9s crgw pugp zysn zs23 v9cc rydp k8qa rc0s z89h ax");
    let key = card.key_of(&"u8".into());
    assert_eq!(key.seal.to_string(), "age10qxu0g54vlktzmexdvwkghx6u9nfx7xz97vl06x0eye0z6zeh4zqenf3f9");
    assert_eq!(key.vouch.to_string(), "1f94e5824c9af62af8e7b5c5d8a34403dc67ded17e6c1532d565f3b9866cc1e4");
    assert_eq!(key.fingerprint(), "b45e e68e 8111 173b 6c6e fe0b 1ba8 9cc2");
}

#[test]
fn a_printed_card_is_read_back_and_opens_and_a_mistyped_one_is_told() {
    let card = KeyCard::generate(&mut Seeded::new(1));
    let text = card.to_text();
    let read = KeyCard::from_text(&text.to_uppercase().replace(' ', "\n")).unwrap();
    assert_eq!((read.seed(), read.key_of(&"u1".into())), (card.seed(), card.key_of(&"u1".into())));
    let binding = Binding::new("report", &[b"1"]);
    let sealed = seal(b"told", binding, &[card.key_of(&"u1".into()).seal], &mut Seeded::new(2)).unwrap();
    assert_eq!(open(&sealed, binding, &read.secret()).unwrap().as_slice(), b"told");
    for (at, letter) in text.char_indices().filter(|(_, letter)| *letter != ' ') {
        let mut typed = text.to_string();
        typed.replace_range(at..=at, if letter == 'q' { "p" } else { "q" });
        assert_eq!(KeyCard::from_text(&typed).err(), Some(BadCard), "letter {at}");
    }
    let (_, kits) = kit::make(2, 2, &mut Seeded::new(3)).unwrap();
    for other in ["", "sadakey1", &kits[0].to_text(), &card.secret().to_text()] {
        assert_eq!(KeyCard::from_text(other).err(), Some(BadCard), "{other}");
    }
}

#[test]
fn another_person_or_another_key_has_another_fingerprint() {
    let (one, other) = (KeyCard::from_seed(&[1; 32]), KeyCard::from_seed(&[2; 32]));
    let key = one.key_of(&"u1".into());
    let swapped = other.key_of(&"u1".into());
    let differing = [
        one.key_of(&"u2".into()),
        FocalKey { seal: swapped.seal, ..key.clone() },
        FocalKey { vouch: swapped.vouch, ..key.clone() },
    ];
    for differs in differing {
        assert_ne!(differs.fingerprint(), key.fingerprint());
    }
}
