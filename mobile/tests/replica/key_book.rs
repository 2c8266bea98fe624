//! A device goes by the key book it has seen: it follows one that goes on from there, and nothing else, whoever signed it.

use crate::{
    device::{Device, START},
    server::{Server, blank, bytes},
};
use mobile::protocol::{
    Answer, Request,
    keys::{KeyAnswer, KeyRequest, MyKey},
};
use shared::{
    entropy::Seeded,
    model::ids::UserId,
    seal::{
        book::{Deed, Entry, Keeper, KeyBook, VouchKey},
        card::KeyCard,
        kit::{self, Kit},
    },
};

/// A book whose two keepers let `focal` in.
fn book(seed: u64, focal: &str) -> KeyBook {
    KeyBook::read(&with_recipient(seed, focal).0).unwrap()
}

/// A book in which only this person has a key, and their card.
pub(crate) fn with_recipient(seed: u64, user: &str) -> (Vec<Entry>, KeyCard) {
    let mut chance = Seeded::new(seed);
    let (recovery, kits) = kit::make(2, 2, &mut chance).unwrap();
    let vouchers: Vec<VouchKey> = kits.iter().map(Kit::vouch_key).collect();
    let vouchers: Vec<&VouchKey> = vouchers.iter().collect();
    let keepers = ["u1", "u3"].iter().zip(&vouchers).map(|(user, key)| Keeper { user: (*user).into(), key: key.public() });
    let card = KeyCard::generate(&mut chance);
    let mut book = KeyBook::default();
    book.push(book.entry(Deed::Rooted { recovery, needed: 2, keepers: keepers.collect() }, &vouchers)).unwrap();
    book.push(book.entry(Deed::Added(card.key_of(&user.into())), &vouchers)).unwrap();
    (book.entries().to_vec(), card)
}

fn publish(server: &mut Server, device: &mut Device, book: &[Entry]) {
    server.settings.version += 1;
    server.settings.key_book = book.to_vec();
    let signed = server.key.sign_settings(&server.settings).unwrap();
    device.sync(|_| Ok(bytes(&shared::sync::messages::SyncResponse { settings: Some(signed), ..blank(START) })));
}

fn swapped(device: &mut Device) -> bool {
    match device.ask(Request::Status) {
        Answer::Status(status) => status.book_swapped,
        other => panic!("{other:?}"),
    }
}

fn mine(device: &mut Device) -> MyKey {
    match device.ask(Request::Keys(KeyRequest::Mine)) {
        Answer::Keys(answer) => match *answer {
            KeyAnswer::Mine(mine) => mine,
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_swapped_book_is_not_taken_and_a_person_is_warned() {
    let mut server = Server::new();
    let seen = book(1, "u4");
    server.settings.key_book = seen.entries()[..1].to_vec();
    let mut device = Device::signed_in(&mut server, "u4", 1);
    assert_eq!(mine(&mut device).holders, Vec::<UserId>::new());
    publish(&mut server, &mut device, seen.entries());
    assert_eq!((mine(&mut device).holders, swapped(&mut device)), (vec!["u4".into()], false), "it goes on from there");

    let other = book(2, "u2");
    let mut forged = seen.entries().to_vec();
    forged.push(other.entries()[1].clone());
    for theirs in [other.entries().to_vec(), forged] {
        publish(&mut server, &mut device, &theirs);
        let kept = mine(&mut device);
        assert_eq!((kept.holders, kept.book), (vec!["u4".into()], Some(seen.fingerprint())));
        assert!(swapped(&mut device));
    }
    // The warning and the book outlive a restart.
    let mut device = device.restart();
    device.unlock();
    assert!(swapped(&mut device));
    assert_eq!(mine(&mut device).book, Some(seen.fingerprint()));
    // A server set back to a backup has a shorter book: no swap, and nothing is forgotten.
    for shorter in [&seen.entries()[..1], &[]] {
        publish(&mut server, &mut device, shorter);
        assert_eq!((mine(&mut device).book, swapped(&mut device)), (Some(seen.fingerprint()), false));
    }
}
