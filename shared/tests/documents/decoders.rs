//! Any bytes into any decoder: an error, never a panic.

use crate::people::{case, session, text};
use proptest::prelude::*;
use sha2::Digest;
use shared::{
    document::{
        actor::ActorId,
        change::{BadChange, Change},
    },
    gate::{Code, MAX_CHANGE_BYTES, MAX_SEALED_CHANGE_BYTES, parse_ingress},
    indicators::coverage::{Month, Tallies},
    model::{
        dates::Day,
        event::Event,
        ids::{EventId, RecordId},
        order::Order,
        record::{DocKind, DocumentId},
        ruling::Ruling,
    },
    phone::Phone,
    receipt_no::ReceiptNo,
    settings::Settings,
    sync::{
        frames::down,
        messages::SignedSettings,
        set_hash::Buckets,
        sign_in::{CallRefused, SignInAnswer, SignInRequest},
        signing::{PublicKey, ServerKey, open_settings, unpack},
    },
};
use std::path::Path;

/// Puts the right checksum under mutated bytes, as an attacker would.
pub(crate) fn repair_checksum(bytes: &mut [u8]) {
    if bytes.len() > 8 {
        let hash = sha2::Sha256::digest(&bytes[8..]);
        bytes[4..8].copy_from_slice(&hash[..4]);
    }
}

fn honest() -> Vec<Vec<u8>> {
    [case(), session()].iter().flat_map(|phone| phone.changes.iter().map(|change| change.raw().to_vec())).collect()
}

/// Whatever is accepted as a change is the bytes it was read from.
fn read(bytes: &[u8]) {
    if let Ok(change) = Change::from_raw(bytes) {
        assert_eq!(change.raw(), bytes);
        assert!(change.operations() < 5_000);
    }
    drop(parse_ingress(DocKind::Case, bytes));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        read(&bytes);
        let mut chunk = vec![0x85, 0x6f, 0x4a, 0x83, 0, 0, 0, 0, 1];
        chunk.extend(&bytes);
        repair_checksum(&mut chunk);
        read(&chunk);
    }

    #[test]
    fn damaged_changes_are_read_or_refused(
        which in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>(),
    ) {
        let all = honest();
        let mut bytes = which.get(&all).clone();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        read(&bytes);
        repair_checksum(&mut bytes);
        read(&bytes);
        bytes.truncate(cut.index(bytes.len()));
        repair_checksum(&mut bytes);
        read(&bytes);
    }

    #[test]
    fn any_text_is_an_event_or_not(noise in ".{0,200}", at in any::<prop::sample::Index>(), insert in ".{0,3}") {
        drop(Event::from_text(&noise));
        let mut event = text(&"u1".into(), crate::people::registered());
        let at = at.index(event.len());
        event.insert_str(at, &insert);
        if let Ok(event) = Event::from_text(&event) {
            assert_eq!(Event::from_text(&event.to_text()), Ok(event));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// What comes from the wire, from disk or from fingers and is no change: settings, tallies, set hashes, ids, numbers, days.
    #[test]
    fn any_bytes_are_another_form_or_not(bytes in proptest::collection::vec(any::<u8>(), 0..300), packed: bool, noise in "\\PC{0,40}") {
        let bytes = if packed { zstd::encode_all(bytes.as_slice(), 3).unwrap() } else { bytes };
        drop(unpack::<Settings>(&bytes));
        drop(unpack::<Tallies>(&bytes));
        let signed = SignedSettings { version: 1, packed: bytes.clone(), signature: [1; 64] };
        prop_assert!(open_settings(&signed, &ServerKey::from_secret(&[7; 32]).public()).is_err());
        // An unsigned one is refused before it is read; this one is read.
        let key = ServerKey::from_secret(&[7; 32]);
        prop_assert_eq!(Buckets::from_bytes(&bytes).is_some(), bytes.len() == 4_096);
        drop((DocumentId::from_bytes(&bytes), ActorId::try_from(bytes.as_slice()), down::parse(&bytes, &key.public())));
        drop((serde_json::from_slice::<SignInAnswer>(&bytes), serde_json::from_slice::<SignInRequest>(&bytes)));
        drop((serde_json::from_slice::<CallRefused>(&bytes), serde_json::from_slice::<Ruling>(&bytes)));
        let same = |read: Option<String>| read.is_none_or(|text| text.eq_ignore_ascii_case(&noise));
        prop_assert!(same(noise.parse::<RecordId>().ok().map(|id| id.to_string())));
        prop_assert!(same(noise.parse::<EventId>().ok().map(|id| id.to_string())));
        prop_assert!(!noise.is_empty() || (noise.parse::<Order>().is_err() && noise.parse::<Day>().is_err()));
        drop((noise.parse::<DocumentId>(), noise.parse::<PublicKey>(), Month::parse(&noise), Phone::read(&noise)));
        if let Ok(number) = ReceiptNo::parse(&noise) {
            prop_assert_eq!(ReceiptNo::parse(number.as_str()), Ok(number));
        }
    }
}

#[test]
fn a_change_of_another_kind_of_chunk_is_refused_before_it_is_unfolded() {
    let mut document = automerge::AutoCommit::new();
    automerge::transaction::Transactable::put(&mut document, automerge::ROOT, "x", "ا".repeat(1 << 20)).unwrap();
    document.commit();
    let bomb = document.get_last_local_change().unwrap().bytes().to_vec();
    assert!(bomb.len() < 16 << 10);
    assert_eq!(bomb[8], 2);
    assert_eq!(Change::from_raw(&bomb), Err(BadChange::NotAChange));
    assert_eq!(parse_ingress(DocKind::Case, &bomb).unwrap_err().check, 1);
    assert_eq!(Change::from_raw(&document.save()), Err(BadChange::NotAChange));
}

#[test]
fn a_chunk_larger_than_any_honest_change_is_refused() {
    let mut huge = vec![0x85, 0x6f, 0x4a, 0x83, 0, 0, 0, 0, 1];
    huge.resize(MAX_CHANGE_BYTES, 0);
    assert_ne!(parse_ingress(DocKind::Case, &huge).unwrap_err().code, Code::TooBig);
    huge.push(0);
    assert_eq!(parse_ingress(DocKind::Case, &huge).unwrap_err().code, Code::TooBig);
    // The longest report sealed is longer than any told in the clear.
    assert_ne!(parse_ingress(DocKind::Sealed, &huge).unwrap_err().code, Code::TooBig);
    huge.resize(MAX_SEALED_CHANGE_BYTES + 1, 0);
    assert_eq!(parse_ingress(DocKind::Sealed, &huge).unwrap_err().code, Code::TooBig);
}

#[test]
fn whatever_once_broke_a_decoder_does_not_again() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/crashers");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "change") {
            read(&std::fs::read(path).unwrap());
            count += 1;
        }
    }
    assert!(count > 0);
}
