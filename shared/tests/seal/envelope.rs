//! Envelopes, opened, changed, swapped and made up.

use proptest::prelude::*;
use shared::{
    entropy::Seeded,
    seal::{Binding, MAX_BODY_BYTES, MAX_RECIPIENTS, OpenError, ResealError, SealError, SealKey, SecretKey, open, reseal, seal},
};

const HERE: (&str, &[&[u8]]) = ("report", &[b"record 1"]);

fn here() -> Binding {
    Binding::new(HERE.0, HERE.1)
}

fn people(count: usize) -> Vec<SecretKey> {
    let mut entropy = Seeded::new(9);
    (0..count).map(|_| SecretKey::generate(&mut entropy)).collect()
}

fn keys(people: &[SecretKey]) -> Vec<SealKey> {
    people.iter().map(SecretKey::public).collect()
}

fn stanzas(envelope: &[u8]) -> usize {
    envelope.split(|byte| *byte == b'\n').filter(|line| line.starts_with(b"-> ")).count()
}

#[test]
fn every_recipient_opens_it_and_nobody_else() {
    let people = people(5);
    let sealed = seal("طلب مني مالاً".as_bytes(), here(), &keys(&people[..3]), &mut Seeded::new(1)).unwrap();
    for person in &people[..3] {
        assert_eq!(open(&sealed, here(), person).unwrap().as_slice(), "طلب مني مالاً".as_bytes());
    }
    for stranger in &people[3..] {
        assert_eq!(open(&sealed, here(), stranger).unwrap_err(), OpenError::NotForThisKey);
    }
}

#[test]
fn an_envelope_opens_only_where_it_belongs() {
    let people = people(1);
    let sealed = seal(b"x", here(), &keys(&people), &mut Seeded::new(1)).unwrap();
    for elsewhere in [
        Binding::new("report", &[b"record 2"]),
        Binding::new("step", &[b"record 1"]),
        Binding::new("report", &[b"record", b" 1"]),
        Binding::new("report", &[]),
    ] {
        assert_eq!(open(&sealed, elsewhere, &people[0]).unwrap_err(), OpenError::Misplaced);
    }
}

#[test]
fn any_byte_changed_cut_or_added_is_noticed() {
    let people = people(2);
    let sealed = seal(b"a report", here(), &keys(&people), &mut Seeded::new(1)).unwrap();
    for i in 0..sealed.len() {
        let mut other = sealed.clone();
        other[i] ^= 1;
        // A stanza that is not ours may be anything until the header's code is checked with the key from ours.
        assert!(open(&other, here(), &people[0]).is_err(), "byte {i}");
    }
    for end in (0..sealed.len()).step_by(7) {
        assert!(open(&sealed[..end], here(), &people[0]).is_err(), "cut at {end}");
    }
    assert!(open(&[sealed.as_slice(), b"x"].concat(), here(), &people[0]).is_err());
}

#[test]
fn length_and_number_of_recipients_are_hidden_in_steps() {
    let people = people(4);
    let size = |body: usize, to: usize| seal(&vec![b'a'; body], here(), &keys(&people[..to]), &mut Seeded::new(3)).unwrap();
    let one = size(0, 1);
    for body in [0, 1, 200, 2_000, 4_000] {
        for to in 1..=4 {
            let sealed = size(body, to);
            assert_eq!((sealed.len(), stanzas(&sealed)), (one.len(), 4), "{body} bytes to {to}");
        }
    }
    assert!(size(4_100, 1).len() > one.len());
    assert_eq!(size(4_100, 1).len(), size(8_000, 4).len());
}

#[test]
fn the_same_report_sealed_twice_has_nothing_in_common() {
    let people = people(1);
    let mut entropy = Seeded::new(5);
    let mut sealed = || seal(b"the same", here(), &keys(&people), &mut entropy).unwrap();
    let (a, b) = (sealed(), sealed());
    let head = b"age-encryption.org/v1\n-> X25519 ".len();
    assert_ne!(a[head..head + 40], b[head..head + 40]);
    let (a, b) = (&a[a.len() - 4_000..], &b[b.len() - 4_000..]);
    assert!(!a.windows(8).zip(b.windows(8)).any(|(a, b)| a == b));
}

#[test]
fn bounds_hold() {
    let people = people(MAX_RECIPIENTS + 1);
    let mut entropy = Seeded::new(1);
    let mut sealing = |body: &[u8], to: &[SealKey]| seal(body, here(), to, &mut entropy);
    assert_eq!(sealing(b"x", &[]).unwrap_err(), SealError::Recipients);
    assert_eq!(sealing(b"x", &keys(&people)).unwrap_err(), SealError::Recipients);
    assert_eq!(sealing(&vec![0; MAX_BODY_BYTES + 1], &keys(&people[..1])).unwrap_err(), SealError::TooLong);
    let most = sealing(&vec![7; MAX_BODY_BYTES], &keys(&people[..MAX_RECIPIENTS])).unwrap();
    assert_eq!(open(&most, here(), &people[MAX_RECIPIENTS - 1]).unwrap().as_slice(), vec![7; MAX_BODY_BYTES]);
}

#[test]
fn a_key_that_anybody_answers_is_refused() {
    // The point 0, in the text form of a key: whoever "agrees" with it gets the same secret.
    let weak = bech32::encode::<bech32::Bech32>(bech32::Hrp::parse("age").unwrap(), &[0; 32]).unwrap().parse().unwrap();
    assert_eq!(seal(b"x", here(), &[weak], &mut Seeded::new(1)).unwrap_err(), SealError::WeakKey);
}

#[test]
fn handing_over_shuts_out_whoever_is_not_named_again() {
    let people = people(3);
    let mut entropy = Seeded::new(1);
    let first = seal(b"x", here(), &keys(&people[..2]), &mut entropy).unwrap();
    let second = reseal(&first, here(), &people[0], &keys(&people[2..]), &mut entropy).unwrap();
    assert_eq!(open(&second, here(), &people[2]).unwrap().as_slice(), b"x");
    assert_eq!(open(&second, here(), &people[0]).unwrap_err(), OpenError::NotForThisKey);
    let by_a_stranger = reseal(&first, here(), &people[2], &keys(&people), &mut entropy);
    assert_eq!(by_a_stranger.unwrap_err(), ResealError::Open(OpenError::NotForThisKey));
}

#[test]
fn keys_survive_their_text_and_mistyped_ones_are_told() {
    let key = SecretKey::generate(&mut Seeded::new(2));
    assert_eq!(SecretKey::from_text(&key.to_text()).unwrap().public(), key.public());
    let public = key.public().to_string();
    assert_eq!(public.parse::<SealKey>().unwrap(), key.public());
    assert_eq!(serde_json::from_str::<SealKey>(&serde_json::to_string(&key.public()).unwrap()).unwrap(), key.public());
    for at in 4..public.len() {
        let mut typed = public.clone().into_bytes();
        typed[at] = if typed[at] == b'q' { b'p' } else { b'q' };
        assert!(String::from_utf8(typed).unwrap().parse::<SealKey>().is_err(), "letter {at}");
    }
    assert!(key.to_text().parse::<SealKey>().is_err() && SecretKey::from_text(&public).is_err());
}

/// The key pair of the age project's own tests.
#[test]
fn keys_are_those_of_age() {
    let secret = SecretKey::from_text("AGE-SECRET-KEY-1GQ9778VQXMMJVE8SK7J6VT8UJ4HDQAJUVSFCWCM02D8GEWQ72PVQ2Y5J33").unwrap();
    assert_eq!(secret.public().to_string(), "age1t7rxyev2z3rw82stdlrrepyc39nvn86l5078zqkf5uasdy86jp6svpy7pa");
}

/// These very bytes were opened by the `age` crate 0.12.1, and envelopes of 0 to 262,100 bytes to 1 to 5 recipients like them:
/// as long as they stay, so does the format.
#[test]
fn the_bytes_are_those_the_age_tool_opened() {
    use sha2::Digest;
    let key = SecretKey::from_bytes(&[7; 32]);
    let sealed = seal(b"golden", here(), &[key.public()], &mut Seeded::new(42)).unwrap();
    let hash: String = sha2::Sha256::digest(&sealed).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hash, GOLDEN);
    assert_eq!(open(&sealed, here(), &key).unwrap().as_slice(), b"golden");
}

const GOLDEN: &str = "0042564ed0c6ef120c3db52d35ea2b5948f4417952ae87e9a04569a970f71dc5";

proptest! {
    #[test]
    fn whatever_is_sealed_comes_back(body in proptest::collection::vec(any::<u8>(), 0..9_000), seed: u64, to in 1_usize..6) {
        let people = people(6);
        let sealed = seal(&body, here(), &keys(&people[..to]), &mut Seeded::new(seed)).unwrap();
        for (i, person) in people.iter().enumerate() {
            let opened = open(&sealed, here(), person);
            if i < to {
                let opened = opened.unwrap();
                prop_assert_eq!(opened.as_slice(), body.as_slice());
            } else {
                prop_assert_eq!(opened.unwrap_err(), OpenError::NotForThisKey);
            }
        }
    }

    #[test]
    fn any_bytes_are_an_error_and_never_a_panic(
        bytes in proptest::collection::vec(any::<u8>(), 0..600), at in 0_usize..800, cut in 0_usize..5_000,
    ) {
        let people = people(1);
        prop_assert!(open(&bytes, here(), &people[0]).is_err());
        // Garbage after a true beginning, and in the middle of a true envelope.
        let sealed = seal(b"x", here(), &keys(&people), &mut Seeded::new(1)).unwrap();
        let from_here = [&sealed[..at.min(sealed.len())], &bytes].concat();
        prop_assert!(from_here == sealed || open(&from_here, here(), &people[0]).is_err());
        let spliced = [&sealed[..cut.min(sealed.len())], bytes.as_slice(), &sealed[cut.min(sealed.len())..]].concat();
        prop_assert!(bytes.is_empty() || open(&spliced, here(), &people[0]).is_err());
    }
}
