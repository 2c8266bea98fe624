//! A device that shows nothing and only sends: what leaves its pages, what stays in them, what opens it.

use crate::{
    device::{Device, PIN, START, complaint, record},
    pages::{holds, open_store, plain},
    server::{Server, accept, blank, bytes},
    sync::{WORDS, followup, officer},
};
use mobile::{
    protocol::{Answer, CaseView, Draft, DraftKind, FailureCode, ReplicaStatus, Request, Stage},
    replica::link::{LinkError, Outgoing},
};
use shared::{
    model::devices::Shut,
    sync::messages::{SyncRequest, SyncResponse, decode},
};

const DAY: i64 = 86_400;
const UNSENT: &str = "قيل ولم يُرسل بعد";
const DRAFTED: &str = "مسودة في الطريق";

fn status(device: &mut Device) -> ReplicaStatus {
    let Answer::Status(status) = device.ask(Request::Status) else { panic!("no status") };
    status
}

/// An officer whose case the server has, with a step on it, a complaint and a draft that it has not.
fn at_work(server: &mut Server, seed: u64) -> Device {
    let mut device = officer(server, seed);
    device.save(followup(UNSENT));
    device.save(complaint(2, UNSENT));
    let facts = [("intake.words".to_owned(), DRAFTED.into())].into();
    let draft =
        Draft { record: record(3), kind: DraftKind::Complaint, facts, counts: Default::default(), step: 2, saved_at: START };
    assert_eq!(device.ask(Request::SaveDraft(draft)), Answer::Done);
    device
}

fn prepare(device: &mut Device) {
    let Answer::Status(status) = device.ask(Request::PrepareForRoad) else { panic!("not prepared") };
    assert_eq!((status.stage, status.shut), (Stage::Shut, Some(Shut::Road)));
}

fn told_road(outgoing: &Outgoing) -> u32 {
    decode::<SyncRequest>(&outgoing.body).unwrap().road
}

/// Everything the server has, as to a device that holds nothing.
fn all(server: &mut Server, mut response: SyncResponse) -> SyncResponse {
    for document in server.documents() {
        let history = server.history(document);
        server.send(&mut response, "u2", history);
    }
    response
}

#[test]
fn one_press_leaves_nothing_of_the_servers_in_any_page_and_everything_unsent() {
    let mut server = Server::new();
    let mut device = at_work(&mut server, 1);
    device.replica.flush().unwrap();
    assert!(holds(&plain(&device), WORDS), "it was there");
    prepare(&mut device);
    device.replica.flush().unwrap();
    let pages = plain(&device);
    assert!(!holds(&pages, WORDS), "the case's words are still in a page");
    for stays in [UNSENT, DRAFTED] {
        assert!(holds(&pages, stays), "{stays} is gone");
    }
    for (name, bytes) in device.files() {
        assert!(!name.ends_with("-wal") || bytes.is_empty(), "{name} was not emptied");
    }
}

#[test]
fn a_prepared_device_shows_nothing_sends_what_waits_and_opens_only_when_the_server_says_so() {
    let mut server = Server::new();
    let mut device = at_work(&mut server, 2);
    prepare(&mut device);
    for request in [Request::Drafts, Request::Settings, Request::Waiting, Request::Case(record(1)), Request::OwnSent] {
        assert_eq!(device.refused(request), FailureCode::Shut);
    }
    assert_eq!(device.refused(Request::Do(complaint(4, WORDS))), FailureCode::Shut);
    // A cold start asks for the passphrase and shows nothing either.
    let mut device = device.restart();
    assert_eq!(device.stage(), Stage::Locked);
    let answer = device.ask(Request::Unlock { passphrase: crate::device::PASSPHRASE.into() });
    assert!(matches!(answer, Answer::Status(status) if status.stage == Stage::Shut && status.waiting > 0));
    // Content in an answer is not kept, whatever the server thinks.
    device.sync(|outgoing| {
        assert_eq!(told_road(outgoing), 1);
        let response = server.take(outgoing, "u2", START, &accept);
        Ok(bytes(&all(&mut server, SyncResponse { shut: Some(Shut::Road), ..response })))
    });
    let now = status(&mut device);
    assert_eq!((now.stage, now.waiting), (Stage::Shut, 0), "what waited was sent");
    let sent = |text: &str| server.taken.iter().any(|(_, change, _)| holds(change.raw(), text));
    assert!(sent(UNSENT));
    device.replica.flush().unwrap();
    let pages = plain(&device);
    assert!(!holds(&pages, WORDS) && !holds(&pages, UNSENT) && holds(&pages, DRAFTED));
    // Re-opened: everything comes back.
    device.wait(60);
    device.sync(|outgoing| {
        let response = server.take(outgoing, "u2", START, &accept);
        server.cursor = 0;
        Ok(bytes(&all(&mut server, SyncResponse { reopened: 1, ..response })))
    });
    assert_eq!(device.stage(), Stage::Open);
    assert_eq!(device.cases(CaseView::All).total, 2);
    let Answer::Drafts(drafts) = device.ask(Request::Drafts) else { panic!("no drafts") };
    assert_eq!(drafts.len(), 1);
    // The next time is another one: the old re-opening does not open it.
    prepare(&mut device);
    device.sync(|outgoing| {
        assert_eq!(told_road(outgoing), 2);
        Ok(bytes(&SyncResponse { shut: Some(Shut::Road), reopened: 1, ..blank(START) }))
    });
    assert_eq!(device.stage(), Stage::Shut);
}

#[test]
fn an_answer_asked_for_before_the_press_brings_nothing_back() {
    let mut server = Server::new();
    let mut device = at_work(&mut server, 3);
    device.ask(Request::SyncNow);
    let outgoing = device.replica.sync_begin().unwrap();
    prepare(&mut device);
    let response = server.take(&outgoing, "u2", START, &accept);
    let response = all(&mut server, response);
    device.replica.sync_finish(Ok(bytes(&response)));
    device.replica.flush().unwrap();
    assert!(!holds(&plain(&device), WORDS));
    assert_eq!(device.stage(), Stage::Shut);
}

#[test]
fn a_device_left_alone_while_it_only_sends_drops_its_key_once_all_is_sent_and_asks_the_pin_when_reopened() {
    let mut server = Server::new();
    let mut device = at_work(&mut server, 4);
    prepare(&mut device);
    device.wait(180);
    device.replica.tick();
    assert_eq!(device.stage(), Stage::Shut, "something waits still");
    device.sync(|_| Err(LinkError::Offline));
    device.wait(4_000);
    let outgoing = device.replica.sync_begin().expect("it goes on trying");
    let response = server.take(&outgoing, "u2", START, &accept);
    device.replica.sync_finish(Ok(bytes(&SyncResponse { reopened: 1, ..response })));
    assert_eq!(device.stage(), Stage::PinLocked, "re-opened in whose hands?");
    assert!(matches!(device.ask(Request::UnlockWithPin { pin: PIN.into() }), Answer::Status(s) if s.stage == Stage::Open));
    prepare(&mut device);
    device.wait(180);
    device.replica.tick();
    assert_eq!(device.stage(), Stage::Locked, "nothing waits: the key is gone from memory");
}

#[test]
fn after_a_cut_in_the_middle_of_forgetting_it_opens_shut_and_forgets_then() {
    let mut server = Server::new();
    let device = at_work(&mut server, 5);
    device.replica.flush().unwrap();
    // As if the app had ended right after the press was noted.
    open_store(&device).execute("update account set road = 1", []).unwrap();
    let mut device = device.restart();
    device.ask(Request::Unlock { passphrase: crate::device::PASSPHRASE.into() });
    assert_eq!(device.stage(), Stage::Shut);
    device.replica.flush().unwrap();
    let pages = plain(&device);
    assert!(!holds(&pages, WORDS) && holds(&pages, UNSENT));
}

#[test]
fn a_device_without_contact_warns_then_forgets_keeps_what_is_unsent_and_opens_at_its_next_contact() {
    let mut server = Server::new();
    let mut device = at_work(&mut server, 6);
    assert_eq!(status(&mut device).forgets_in_days, None);
    device.wait(25 * DAY);
    assert_eq!(status(&mut device).forgets_in_days, Some(5));
    device.wait(5 * DAY + 1);
    device.replica.tick();
    let now = status(&mut device);
    assert_eq!((now.stage, now.shut), (Stage::Shut, Some(Shut::Expired)));
    device.replica.flush().unwrap();
    let pages = plain(&device);
    assert!(!holds(&pages, WORDS) && holds(&pages, UNSENT) && holds(&pages, DRAFTED));
    device.sync(|outgoing| {
        assert_eq!(told_road(outgoing), 0, "nobody has to re-open it");
        let response = server.take(outgoing, "u2", START, &accept);
        server.cursor = 0;
        Ok(bytes(&all(&mut server, response)))
    });
    assert!(server.taken.iter().any(|(_, change, _)| holds(change.raw(), UNSENT)));
    // It lay alone for days: opening in whose hands?
    assert_eq!(device.stage(), Stage::PinLocked);
    device.ask(Request::UnlockWithPin { pin: PIN.into() });
    assert_eq!(device.cases(CaseView::All).total, 2);
}

#[test]
fn a_device_found_after_the_time_is_over_forgets_before_it_shows_anything() {
    let mut server = Server::new();
    let device = at_work(&mut server, 7);
    device.wait(40 * DAY);
    let mut device = device.restart();
    let answer = device.ask(Request::Unlock { passphrase: crate::device::PASSPHRASE.into() });
    assert!(matches!(answer, Answer::Status(status) if status.shut == Some(Shut::Expired)));
    device.replica.flush().unwrap();
    assert!(!holds(&plain(&device), WORDS));
}

#[test]
fn a_clock_that_jumps_years_ahead_and_back_loses_nothing_unsent() {
    let mut server = Server::new();
    let mut device = at_work(&mut server, 8);
    let waits = status(&mut device).waiting;
    device.wait(20 * 365 * DAY);
    device.replica.tick();
    assert_eq!(status(&mut device).shut, Some(Shut::Expired));
    device.wait(-40 * 365 * DAY);
    device.replica.tick();
    assert_eq!(status(&mut device).waiting, waits);
    device.wait(20 * 365 * DAY);
    let mut device = device.restart();
    device.ask(Request::Unlock { passphrase: crate::device::PASSPHRASE.into() });
    device.sync(|outgoing| Ok(bytes(&server.take(outgoing, "u2", START, &accept))));
    let now = status(&mut device);
    assert_eq!((now.stage, now.waiting), (Stage::Open, 0));
    assert!(server.taken.iter().any(|(_, change, _)| holds(change.raw(), UNSENT)));
    // A clock set back only: the time can't run out before its end.
    device.wait(-10 * 365 * DAY);
    device.replica.tick();
    assert_eq!(status(&mut device).forgets_in_days, None);
}
