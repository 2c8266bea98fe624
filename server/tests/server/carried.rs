//! Unsent work carried by hand: it comes in through the door of a push, as its author's, once; whoever changes it changes nothing.

use crate::harness::{Deployment, Phone, user};
use base64::{Engine, engine::general_purpose::STANDARD};
use mobile::protocol::{Answer, FailureCode, Request};
use shared::{
    entropy::Seeded,
    model::{ids::RecordId, role::Role},
    seal::parcel,
    sync::{
        messages::{decode, encode},
        sign_in::CallRefusal,
        signing::DeviceKey,
        unsent::{Unsent, UnsentTaken},
    },
};

const WORDS: &str = "السلة تأخرت أسبوعين ولم يخبرنا أحد";

pub fn save(at: &mut Deployment, phone: &mut Phone) -> Vec<u8> {
    match phone.ask(at, Request::SaveUnsent) {
        Answer::UnsentFile { file, left_out: 0 } => {
            assert!(file.name.starts_with("sada-") && file.name.ends_with(".sealed") && file.name.len() == 20, "{}", file.name);
            STANDARD.decode(file.base64).unwrap()
        }
        other => panic!("{other:?}"),
    }
}

pub fn bring(at: &mut Deployment, phone: &mut Phone, file: &[u8]) -> Result<(u32, u32, u32), FailureCode> {
    match phone.ask(at, Request::ImportUnsent { base64: STANDARD.encode(file) }) {
        Answer::Imported { user: whose, taken, known, aside } => {
            assert_eq!(whose, user(Role::Receiver));
            Ok((taken, known, aside))
        }
        Answer::Failed(failure) => Err(failure.code),
        other => panic!("{other:?}"),
    }
}

fn waiting(at: &mut Deployment, phone: &mut Phone) -> u32 {
    match phone.ask(at, Request::Waiting) {
        Answer::Waiting(waiting) => waiting.changes,
        other => panic!("{other:?}"),
    }
}

/// A receiver's phone with two complaints that never reached the server.
fn unsent(at: &mut Deployment) -> (Phone, [RecordId; 2], Vec<u8>) {
    let mut phone = at.phone(Role::Receiver);
    phone.sync(at);
    let records = [phone.complain(at).record, phone.complain(at).record];
    let file = save(at, &mut phone);
    (phone, records, file)
}

#[test]
fn a_colleague_brings_it_the_records_are_their_authors_and_the_author_learns_it_at_the_next_sync() {
    let mut at = Deployment::new(false);
    let (mut author, records, file) = unsent(&mut at);
    let mut colleague = at.phone(Role::Ao);
    assert!(!file.windows(WORDS.len()).any(|window| window == WORDS.as_bytes()), "sealed");
    let waits = waiting(&mut at, &mut author);
    assert!(waits >= 2);

    assert_eq!(bring(&mut at, &mut colleague, &file), Ok((waits, 0, 0)));
    for _ in 0..2 {
        assert_eq!(bring(&mut at, &mut colleague, &file), Ok((0, waits, 0)), "again: nothing new");
    }
    colleague.sync(&mut at);
    for record in records {
        let case = colleague.case(&mut at, record).expect("the officer has it");
        assert_eq!(case.row.recorded_by, user(Role::Receiver));
        assert!(case.timeline.iter().all(|entry| entry.by.user != Some(user(Role::Ao))), "nothing of it is the bringer's");
    }
    assert_eq!(waiting(&mut at, &mut author), waits, "a file is no receipt");
    author.sync(&mut at);
    assert_eq!(waiting(&mut at, &mut author), 0);
    colleague.sync(&mut at);
    assert!(colleague.case(&mut at, records[0]).unwrap().duplicates.len() <= 1, "still two records");

    // The same from a memory card, at the machine itself.
    let mut chance = Seeded::new(1);
    let now = at.now;
    let again = at.server.import_as_operator(now, &mut chance, &file).unwrap();
    assert_eq!(again, UnsentTaken { user: user(Role::Receiver), taken: 0, known: waits, aside: 0 });
}

#[test]
fn a_file_that_somebody_changed_or_made_up_changes_nothing() {
    let mut at = Deployment::new(false);
    let (mut author, records, file) = unsent(&mut at);
    let mut colleague = at.phone(Role::Ao);
    let mut chance = Seeded::new(9);
    let key = at.server.in_force().settings.unsent_key.expect("published with the settings");
    for flipped in [0, 20, 40, file.len() / 2, file.len() - 1] {
        let mut changed = file.clone();
        changed[flipped] ^= 1;
        assert_eq!(bring(&mut at, &mut colleague, &changed), Err(FailureCode::BadFile), "byte {flipped}");
    }
    assert_eq!(bring(&mut at, &mut colleague, b""), Err(FailureCode::BadFile));

    // Anybody can seal to the server's key; only the device signs.
    let device = at.phone(Role::PmFocal);
    let outgoing = { author.next_call(&at).unwrap() };
    let request = decode(&outgoing.body).unwrap();
    let device_id = DeviceKey::from_secret(&[5; 32]).public().device_id();
    let mut forged = Unsent { device: device_id, requests: vec![request], pictures: Vec::new() };
    drop(device);
    let sealed = |unsent: &Unsent, chance: &mut Seeded| parcel::pack(&encode(unsent), key, chance).unwrap();
    let (now, nobody) = (at.now, sealed(&forged, &mut chance));
    let refused =
        |at: &Deployment, file: &[u8]| at.server.import_as_operator(now, &mut Seeded::new(2), file).unwrap_err().told().code;
    assert_eq!(refused(&at, &nobody), CallRefusal::Malformed, "a device nobody knows");
    forged.device = match author.ask(&mut at, Request::Status) {
        Answer::Status(status) => status.device.unwrap(),
        other => panic!("{other:?}"),
    };
    let honest = sealed(&forged, &mut chance);
    forged.requests[0].frames.push(b"more".to_vec().into());
    let stuffed = sealed(&forged, &mut chance);
    assert_eq!(refused(&at, &stuffed), CallRefusal::BadSignature, "a frame the device did not sign");
    colleague.sync(&mut at);
    assert!(records.iter().all(|record| colleague.case(&mut at, *record).is_none()), "nothing came in");
    assert!(
        at.server.import_as_operator(now, &mut chance, &honest).is_ok(),
        "the device's own words are taken, whoever sealed them"
    );
}

#[test]
fn the_file_of_a_revoked_device_is_kept_aside_whole() {
    let mut at = Deployment::new(false);
    let (mut author, records, file) = unsent(&mut at);
    let waits = waiting(&mut at, &mut author);
    let mut colleague = at.phone(Role::Ao);
    at.server.close_account(at.now, Role::Receiver.id()).unwrap();
    assert_eq!(bring(&mut at, &mut colleague, &file), Ok((0, 0, waits)));
    colleague.sync(&mut at);
    assert!(records.iter().all(|record| colleague.case(&mut at, *record).is_none()));
    assert_eq!(at.server.storage().read(|tx| tx.count_quarantined()).unwrap(), u64::from(waits));
}

#[test]
fn headquarters_brings_no_files_and_nobody_saves_an_empty_one() {
    let mut at = Deployment::new(false);
    let (_, _, file) = unsent(&mut at);
    let mut far = at.phone(Role::HqAme);
    assert_eq!(bring(&mut at, &mut far, &file), Err(FailureCode::NotAllowed));
    assert!(matches!(far.ask(&mut at, Request::SaveUnsent), Answer::Failed(failure) if failure.code == FailureCode::NotFound));
}
