//! What was set aside: a photo goes with the refused change that names it, what the server holds too leaves once it was noted, and what
//! nobody else has stays.

use crate::{
    device::{Device, PASSPHRASE, START, complaint, facts_of, record},
    pages::{holds, plain},
    server::{Server, accept, blank, bytes},
    sync::{followup, officer},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use mobile::protocol::{Answer, PictureRequest, QuarantineItem, Request, Resolution, Waiting};
use shared::{
    intent::Intent,
    model::{dates::UnixSeconds, record::DocKind},
    picture::{PictureName, PieceVerdict},
    seal::{SecretKey, parcel},
    sync::{
        frames::up::Pushed,
        messages::{decode, encode},
        sign_in::CallRefusal,
        unsent::Unsent,
        verdict::Verdict,
    },
};

const SEND: &str = "/api/v1/picture/send";
const DAY: i64 = 86_400;
/// In the picture's bytes.
const CANARY: &str = "cnyphotosetaside";

fn jpeg() -> Vec<u8> {
    let mut jpeg = vec![0xff, 0xd8, 0xff, 0xc0, 0, 8, 8, 0, 9, 0, 9, 1, 0xff, 0xda, 0, 2];
    jpeg.extend(CANARY.as_bytes());
    jpeg.extend([0xff, 0xd9]);
    jpeg
}

/// A receiver with a complaint and a photo of its paper, saved and not sent.
fn with_photo(server: &mut Server, seed: u64) -> Device {
    let mut device = Device::signed_in(server, "u1", seed);
    let keep = PictureRequest::Keep { record: record(1), key: "photo.1".into(), base64: STANDARD.encode(jpeg()) };
    assert!(matches!(device.ask(Request::Picture(keep)), Answer::PictureKept(_)));
    let mut facts = facts_of(complaint(1, "كلام الورقة"));
    facts.insert("contact.photo.1".into(), PictureName::of(&jpeg()).unwrap().to_string().as_str().into());
    device.save(Intent::RecordComplaint { record: record(1), facts });
    device
}

fn waiting(device: &mut Device) -> Waiting {
    let Answer::Waiting(waiting) = device.ask(Request::Waiting) else { panic!("no list") };
    waiting
}

fn items(device: &mut Device) -> Vec<QuarantineItem> {
    let Answer::Quarantine(items) = device.ask(Request::Quarantine) else { panic!("no list") };
    items
}

fn resolve(device: &mut Device, item: i64, how: Resolution) {
    assert_eq!(device.ask(Request::Resolve { item, how }), Answer::Done);
}

fn refuse_who_spoke(pushed: &Pushed) -> Option<Verdict> {
    let refused = Verdict::Refused { code: "value".into(), path: String::new() };
    (pushed.framed.document.kind == DocKind::Contact).then_some(refused)
}

/// Everything that is due within so many hours; pictures get this answer. How often one was offered.
fn hours(server: &mut Server, device: &mut Device, hours: u32, verdict: Result<PieceVerdict, CallRefusal>) -> usize {
    let mut offered = 0;
    for _ in 0..hours {
        device.wait(3_601);
        while let Some(outgoing) = device.replica.sync_begin() {
            let picture = outgoing.path == SEND;
            offered += usize::from(picture);
            let answer = if picture {
                verdict.map(|verdict| encode(&verdict)).map_err(mobile::replica::link::LinkError::Refused)
            } else {
                Ok(bytes(&server.take(&outgoing, "u1", device.now.get(), &accept)))
            };
            device.replica.sync_finish(answer);
        }
    }
    offered
}

#[test]
fn a_photo_goes_aside_with_the_refused_change_that_names_it_and_comes_back_with_it() {
    let mut server = Server::new();
    let mut device = with_photo(&mut server, 61);
    assert_eq!((waiting(&mut device).changes, waiting(&mut device).pictures), (3, 1));
    device.sync(|outgoing| Ok(bytes(&server.take(outgoing, "u1", START, &refuse_who_spoke))));
    let left = waiting(&mut device);
    assert_eq!((left.changes, left.pictures, left.pictures_aside), (0, 0, 1), "it waits for nothing");
    let aside = items(&mut device);
    assert_eq!(aside.iter().map(|item| (item.pictures, item.only_copy)).collect::<Vec<_>>(), [(1, true)]);
    assert_eq!(hours(&mut server, &mut device, 4, Ok(PieceVerdict::Held(0))), 0, "and is offered to nobody");

    // In the file for the server all the same: there is no other copy.
    let key = SecretKey::from_bytes(&[8; 32]);
    server.settings.unsent_key = Some(key.public());
    server.settings.version += 1;
    let settings = Some(server.key.sign_settings(&server.settings).unwrap());
    device.sync(|_| Ok(bytes(&shared::sync::messages::SyncResponse { settings, ..blank(START) })));
    let Answer::UnsentFile { file, left_out: 0 } = device.ask(Request::SaveUnsent) else { panic!("no file") };
    let unsent: Unsent = decode(&parcel::unpack(&STANDARD.decode(file.base64).unwrap(), &key).unwrap()).unwrap();
    assert_eq!(unsent.pictures.iter().map(|picture| picture.bytes.clone()).collect::<Vec<_>>(), [jpeg()]);

    // Read, a month old, and prepared for the road: it stays.
    resolve(&mut device, aside[0].item, Resolution::Acknowledge);
    hours(&mut server, &mut device, 2, Ok(PieceVerdict::Whole));
    device.wait(30 * DAY);
    hours(&mut server, &mut device, 1, Ok(PieceVerdict::Whole));
    assert_eq!(items(&mut device).len(), 1);
    assert!(holds(&plain_of(&device), CANARY));

    resolve(&mut device, aside[0].item, Resolution::Retry);
    assert_eq!((waiting(&mut device).changes, waiting(&mut device).pictures), (2, 1));
    assert_eq!(hours(&mut server, &mut device, 1, Ok(PieceVerdict::Whole)), 1);
    assert_eq!((waiting(&mut device).changes, waiting(&mut device).pictures_aside), (0, 0));
    assert!(!holds(&plain_of(&device), CANARY), "sent and gone");
}

fn plain_of(device: &Device) -> Vec<u8> {
    device.replica.flush().unwrap();
    plain(device)
}

#[test]
fn a_photo_that_the_server_never_takes_is_set_aside_after_a_day_of_asking() {
    let mut server = Server::new();
    let mut device = with_photo(&mut server, 62);
    let never = Err(CallRefusal::NotFound);
    let asked = hours(&mut server, &mut device, 40, never);
    assert!((20..=30).contains(&asked), "asked {asked} times");
    assert_eq!((waiting(&mut device).changes, waiting(&mut device).pictures_aside), (0, 1));
    let aside = items(&mut device);
    assert_eq!(
        aside.iter().map(|item| (item.what.as_str(), item.why.as_str())).collect::<Vec<_>>(),
        [("picture", "picture_not_taken")]
    );
    resolve(&mut device, aside[0].item, Resolution::Retry);
    assert!(items(&mut device).is_empty());
    assert_eq!(hours(&mut server, &mut device, 1, Ok(PieceVerdict::Whole)), 1);
    assert_eq!(waiting(&mut device).changes, 0);
}

/// An officer with a step that was refused for this reason.
fn refused(server: &mut Server, seed: u64, note: &str, code: &str) -> (Device, i64) {
    let mut device = officer(server, seed);
    device.save(followup(note));
    let verdict = Verdict::Refused { code: code.into(), path: String::new() };
    device.sync(|outgoing| Ok(bytes(&server.take(outgoing, "u2", START, &|_| Some(verdict.clone())))));
    let item = items(&mut device)[0].item;
    (device, item)
}

fn contact(server: &mut Server, device: &mut Device) {
    let now: UnixSeconds = device.now.get();
    device.sync(|outgoing| Ok(bytes(&server.take(outgoing, "u2", now, &accept))));
}

#[test]
fn what_was_noted_leaves_after_a_week_if_the_server_holds_it_and_an_only_copy_stays() {
    let note = "cnynotedwords";
    let mut server = Server::new();
    let (mut device, item) = refused(&mut server, 63, note, "not_allowed");
    assert!(!items(&mut device)[0].only_copy);
    device.wait(8 * DAY);
    contact(&mut server, &mut device);
    assert!(holds(&plain_of(&device), note), "nobody has read it yet");
    resolve(&mut device, item, Resolution::Acknowledge);
    let goes = items(&mut device)[0].goes_at.expect("the page says when");
    device.now.set(goes.plus(-60));
    contact(&mut server, &mut device);
    assert!(holds(&plain_of(&device), note), "it can still be tried again");
    device.now.set(goes.plus(60));
    contact(&mut server, &mut device);
    assert!(items(&mut device).is_empty() && !holds(&plain_of(&device), note));

    for code in ["unreadable", "quarantine_full"] {
        let (mut device, item) = refused(&mut server, 64, note, code);
        resolve(&mut device, item, Resolution::Acknowledge);
        device.wait(60 * DAY);
        contact(&mut server, &mut device);
        let kept = items(&mut device);
        assert!(kept[0].only_copy && kept[0].goes_at.is_none() && holds(&plain_of(&device), note), "{code}");
    }
}

#[test]
fn before_the_road_nothing_noted_that_the_server_holds_stays_and_everything_else_does() {
    let note = "cnyroadwords";
    let mut server = Server::new();
    for (code, noted, stays) in [("not_allowed", true, false), ("not_allowed", false, true), ("unreadable", true, true)] {
        let (mut device, item) = refused(&mut server, 65, note, code);
        if noted {
            resolve(&mut device, item, Resolution::Acknowledge);
        }
        assert!(holds(&plain_of(&device), note));
        device.ask(Request::PrepareForRoad);
        assert_eq!(holds(&plain_of(&device), note), stays, "{code}, noted: {noted}");
        for (name, file) in device.files() {
            assert!(!holds(&file, note), "readable in {name}");
        }
        drop(device.restart().ask(Request::Unlock { passphrase: PASSPHRASE.into() }));
    }
}
