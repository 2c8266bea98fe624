//! What follows from the server's answers: receipts, refusals, removals, and every way an exchange can fail.

use crate::{
    device::{Device, START, complaint, record},
    pages::{holds, plain},
    server::{Server, accept, blank, bytes},
};
use mobile::{
    protocol::{
        Answer, CaseQuery, CaseView, Coverage, CoverageQuery, FailureCode, Notice, Request, Resolution, SignInProof, Stage,
    },
    replica::{Handled, link::LinkError},
};
use shared::{
    document::change::Change,
    indicators::coverage::{Tallies, tally_sessions},
    intent::Intent,
    model::{
        codes::{CountKey, SyncState},
        event::Step,
        record::{DocKind, DocumentId},
    },
    sync::{
        frames::down::DownItem,
        list_index::ListPiece,
        messages::{PackedTallies, SyncRequest, decode},
        scope::ScopeId,
        sign_in::CallRefusal,
        verdict::{ParkReason, Verdict},
    },
};

pub(crate) const WORDS: &str = "لم نستلم السلّة الغذائية منذ شهرين";

/// An officer with one complaint that the server holds and gave back through the personal log.
pub(crate) fn officer(server: &mut Server, seed: u64) -> Device {
    officer_with(server, seed, WORDS)
}

/// The same, of these words.
pub(crate) fn officer_with(server: &mut Server, seed: u64, words: &str) -> Device {
    let mut device = Device::signed_in(server, "u2", seed);
    device.save(complaint(1, words));
    device.sync(|outgoing| {
        let mut response = server.take(outgoing, "u2", START, &accept);
        for document in server.documents() {
            let history = server.history(document);
            server.send(&mut response, "u2", history);
        }
        Ok(bytes(&response))
    });
    device
}

fn step(step: Step) -> Intent {
    Intent::AddStep { record: record(1), doc: DocKind::Case, step }
}

pub(crate) fn followup(note: &str) -> Intent {
    step(Step::Followup { with: String::new(), mode: "call".into(), note: note.into(), next_on: None })
}

pub(crate) fn waiting(device: &mut Device) -> u32 {
    let Answer::Waiting(waiting) = device.ask(Request::Waiting) else { panic!("no list") };
    waiting.changes
}

#[test]
fn a_receipt_makes_a_record_known_on_the_server_and_empties_the_outbox() {
    let mut server = Server::new();
    let mut device = officer(&mut server, 1);
    assert_eq!(waiting(&mut device), 0);
    let page = device.cases(CaseView::Inbox);
    assert_eq!(page.rows.iter().map(|row| row.sync).collect::<Vec<_>>(), [SyncState::OnServer]);
    let Answer::Case(detail) = device.ask(Request::Case(record(1))) else { panic!("no case") };
    assert_eq!(detail.facts["intake.words"], WORDS.into());
    assert_eq!(detail.contact.unwrap()["name"], "سلمى الأحمد".into());
    assert!(detail.may.contains(&"classified".to_owned()), "{:?}", detail.may);
}

/// What the notices since the last look say of the sync: under way or not.
fn told_running(device: &mut Device) -> Vec<bool> {
    let notices = device.replica.drain_notices();
    notices.into_iter().filter_map(|notice| if let Notice::Sync(sync) = notice { Some(sync.running) } else { None }).collect()
}

#[test]
fn send_now_is_seen_at_once_and_answered_by_a_sync_of_its_own_while_another_is_under_way() {
    let mut server = Server::new();
    let mut device = officer(&mut server, 6);
    assert_eq!(device.ask(Request::SyncNow), Answer::Done);
    let first = device.replica.sync_begin().expect("a sync is due");
    told_running(&mut device);
    assert_eq!(device.ask(Request::SyncNow), Answer::Done);
    assert_eq!(told_running(&mut device), [true], "seen before anything is sent");
    let mut finish = |device: &mut Device, outgoing: &_| {
        device.replica.sync_finish(Ok(bytes(&server.take(outgoing, "u2", START, &accept))));
        told_running(device)
    };
    assert_eq!(finish(&mut device, &first), [true], "what came may be older than the press");
    let second = device.replica.sync_begin().expect("the press has a sync of its own");
    told_running(&mut device);
    assert_eq!(finish(&mut device, &second), [false]);
    assert!(device.replica.sync_begin().is_none(), "one press is one sync");
    // Where nothing can be sent, nothing is said to be under way.
    assert_eq!(device.ask(Request::SyncNow), Answer::Done);
    assert!(device.replica.sync_begin().is_some());
    device.replica.sync_finish(Err(LinkError::Refused(CallRefusal::TokenExpired)));
    told_running(&mut device);
    assert_eq!(device.ask(Request::SyncNow), Answer::Done);
    assert!(told_running(&mut device).is_empty());
}

/// Rows of cases that the server says there are.
fn piece(from: u32, records: std::ops::Range<u64>, last: bool) -> ListPiece {
    let mut server = Server::new();
    let mut device = officer(&mut server, 1);
    let row = device.cases(CaseView::Inbox).rows.remove(0);
    let rows: Vec<_> = records.map(|n| shared::model::row::CaseRow { record: record(n), ..row.clone() }).collect();
    ListPiece::new(from, &rows, last).unwrap()
}

#[test]
fn the_list_comes_before_its_documents_in_pieces_and_what_has_none_in_the_end_goes() {
    let mut server = Server::new();
    let mut device = Device::signed_in(&mut server, "u2", 9);
    let mut pieces = vec![piece(0, 10..14, false), piece(0, 10..14, false), piece(4, 14..16, true)].into_iter();
    let mut asked = Vec::new();
    for _ in 0..4 {
        device.sync(|outgoing| {
            asked.push(decode::<SyncRequest>(&outgoing.body).unwrap().listed);
            let mut response = server.take(outgoing, "u2", START, &accept);
            (response.list, response.more) = (pieces.next(), true);
            Ok(bytes(&response))
        });
    }
    assert_eq!(asked, [Some(0), Some(4), Some(4), None], "a piece told twice is taken once");
    assert_eq!(device.cases(CaseView::Inbox).total, 6);
    let mut device = device.restart();
    device.unlock();
    assert_eq!(device.cases(CaseView::Inbox).rows.len(), 6, "they are on disk");
    assert!(matches!(device.ask(Request::Case(record(10))), Answer::Failed(failure) if failure.code == FailureCode::NotFound));
    let found = CaseQuery { text: "السلّة".into(), limit: 9, ..CaseQuery::default() };
    let Answer::Cases(page) = device.ask(Request::Cases(found)) else { panic!() };
    assert_eq!(page.total, 0, "no words yet");

    device.save(complaint(12, WORDS));
    device.sync(|outgoing| Ok(bytes(&server.take(outgoing, "u2", START, &accept))));
    assert_eq!(device.cases(CaseView::Inbox).rows.iter().map(|row| row.record).collect::<Vec<_>>(), [record(12)]);
    let mut later = Vec::new();
    device.sync(|outgoing| {
        later.push(decode::<SyncRequest>(&outgoing.body).unwrap().listed);
        Ok(bytes(&server.take(outgoing, "u2", START, &accept)))
    });
    assert_eq!(later, [None], "a device that was complete once wants no list");
}

#[test]
fn a_receivers_copy_goes_with_the_receipt_and_only_number_day_and_state_stay() {
    let mut server = Server::new();
    let mut device = Device::signed_in(&mut server, "u1", 2);
    let ref_no = device.save(complaint(1, WORDS)).ref_no.unwrap();
    device.sync(|outgoing| Ok(bytes(&server.take(outgoing, "u1", START, &accept))));
    assert_eq!(device.cases(CaseView::All).total, 0);
    assert_eq!(device.refused(Request::Case(record(1))), FailureCode::NotFound);
    let Answer::OwnSent(rows) = device.ask(Request::OwnSent) else { panic!("no list") };
    assert_eq!(
        rows.iter().map(|row| (row.ref_no.as_str(), row.state.as_str())).collect::<Vec<_>>(),
        [(ref_no.as_str(), "received")]
    );
    let plain = plain(&device);
    for gone in [WORDS, "سلمى الأحمد", "0933123456"] {
        assert!(!holds(&plain, gone), "{gone} is still in a page");
    }
}

#[test]
fn who_spoke_goes_with_its_receipt_also_when_the_case_went_before() {
    let mut server = Server::new();
    let mut device = Device::signed_in(&mut server, "u1", 2);
    device.save(complaint(1, WORDS));
    let later = |pushed: &shared::sync::frames::up::Pushed| {
        (pushed.framed.document.kind == DocKind::Contact).then_some(Verdict::Parked(ParkReason::MissingDep))
    };
    device.sync(|outgoing| Ok(bytes(&server.take(outgoing, "u1", START, &later))));
    assert_eq!(waiting(&mut device), 1, "who spoke still waits");
    device.wait(3_600);
    device.sync(|outgoing| Ok(bytes(&server.take(outgoing, "u1", START, &accept))));
    assert_eq!(waiting(&mut device), 0);
    assert_eq!(server.documents().len(), 2);
    let plain = plain(&device);
    assert!(!holds(&plain, "سلمى الأحمد") && !holds(&plain, "0933123456"), "who spoke is still in a page");
}

#[test]
fn a_refused_step_is_set_aside_and_what_came_after_goes_again_with_the_same_events() {
    let mut server = Server::new();
    let mut device = officer(&mut server, 3);
    let bad = device.save(followup("ممنوعة")).event.unwrap();
    let good: Vec<_> = ["أولى", "ثانية"].map(|note| device.save(followup(note)).event.unwrap()).into();
    let refused = |pushed: &shared::sync::frames::up::Pushed| {
        holds(&pushed.framed.change, &bad.to_string()).then(|| Verdict::Refused { code: "path".into(), path: "events".into() })
    };
    // The server takes nothing that builds on a refused change.
    let chain = |pushed: &shared::sync::frames::up::Pushed| {
        let change = Change::from_raw(&pushed.framed.change).unwrap();
        refused(pushed).or_else(|| (change.seq() > 1).then(|| Verdict::Refused { code: "seq".into(), path: String::new() }))
    };
    device.sync(|outgoing| Ok(bytes(&server.take(outgoing, "u2", START, &chain))));
    assert_eq!(waiting(&mut device), 2);
    let Answer::Quarantine(items) = device.ask(Request::Quarantine) else { panic!("no list") };
    assert_eq!(items.iter().map(|item| (item.why.as_str(), item.what.as_str())).collect::<Vec<_>>(), [("path", "followup")]);
    assert_eq!(device.cases(CaseView::Attention).rows[0].sync, SyncState::NeedsAttention);
    device.sync(|outgoing| Ok(bytes(&server.take(outgoing, "u2", START, &accept))));
    assert_eq!(waiting(&mut device), 0);
    let sent: Vec<_> = server.taken.iter().rev().take(2).collect();
    assert!(sent.iter().all(|(_, change, _)| change.actor().unwrap().as_device().unwrap().1 == 1), "a new actor epoch");
    for event in &good {
        assert!(sent.iter().any(|(_, change, _)| holds(change.raw(), &event.to_string())), "{event} survived");
    }
    // The later ones still say that their author had seen the refused step; it stands nowhere all the same.
    let case = DocumentId::first(record(1), DocKind::Case);
    let taken = server.taken.iter().filter(|(document, ..)| *document == case).map(|(_, change, _)| change);
    let content = shared::document::fold::fold(DocKind::Case, taken);
    assert!(good.iter().all(|event| content.events.contains_key(event)) && !content.events.contains_key(&bad));
    // Taking note ends the alarm.
    let item = items[0].item;
    assert_eq!(device.ask(Request::Resolve { item, how: Resolution::Acknowledge }), Answer::Done);
    assert_eq!(device.cases(CaseView::Attention).total, 0);
}

#[test]
fn a_refused_step_can_be_tried_again() {
    let mut server = Server::new();
    let mut device = officer(&mut server, 4);
    let event = device.save(followup("أولى")).event.unwrap();
    let refuse = |_: &shared::sync::frames::up::Pushed| Some(Verdict::Refused { code: "path".into(), path: String::new() });
    device.sync(|outgoing| Ok(bytes(&server.take(outgoing, "u2", START, &refuse))));
    let Answer::Quarantine(items) = device.ask(Request::Quarantine) else { panic!("no list") };
    assert_eq!(device.ask(Request::Resolve { item: items[0].item, how: Resolution::Retry }), Answer::Done);
    assert_eq!(waiting(&mut device), 1);
    device.sync(|outgoing| Ok(bytes(&server.take(outgoing, "u2", START, &accept))));
    assert!(server.taken.iter().any(|(_, change, _)| holds(change.raw(), &event.to_string())));
    assert_eq!(device.ask(Request::Quarantine), Answer::Quarantine(Vec::new()));
}

#[test]
fn an_expired_token_stops_sending_never_capture_and_the_password_resumes() {
    let mut server = Server::new();
    let mut device = Device::signed_in(&mut server, "u1", 5);
    device.save(complaint(1, WORDS));
    device.sync(|_| Err(LinkError::Refused(CallRefusal::TokenExpired)));
    let Answer::Status(status) = device.ask(Request::Status) else { panic!("no status") };
    assert_eq!((status.stage, status.token_expired, status.waiting), (Stage::Open, true, 2));
    device.save(complaint(2, WORDS));
    device.wait(10_000);
    device.ask(Request::SyncNow);
    assert!(device.replica.sync_begin().is_none());
    let Handled::Call(outgoing, job) =
        device.replica.handle(Request::Renew { proof: SignInProof::password("كلمة السر") })
    else {
        panic!("answered")
    };
    let answer = server.sign_in(&outgoing, "u1", device.now.get());
    assert_eq!(device.replica.finish(job, Ok(answer)), Answer::Done);
    device.sync(|outgoing| Ok(bytes(&server.take(outgoing, "u1", START, &accept))));
    assert_eq!(server.documents().len(), 4);
}

#[test]
fn no_answer_a_cut_and_garbage_lose_nothing_and_are_tried_again_later() {
    let mut server = Server::new();
    let mut device = Device::signed_in(&mut server, "u1", 6);
    device.save(complaint(1, WORDS));
    for (result, code) in [
        (Err(LinkError::Offline), FailureCode::Offline),
        (Err(LinkError::Cut), FailureCode::Offline),
        (Err(LinkError::Busy(30)), FailureCode::ServerUnavailable),
        (Err(LinkError::Garbage), FailureCode::BadServer),
        (Ok(b"<html>portal</html>".to_vec()), FailureCode::BadServer),
        (Ok(Vec::new()), FailureCode::BadServer),
    ] {
        device.sync(|_| result);
        assert!(device.replica.sync_begin().is_none(), "waits before the next try");
        let Answer::Waiting(waiting) = device.ask(Request::Waiting) else { panic!("no list") };
        assert_eq!((waiting.changes, waiting.last_failure), (2, Some(code)));
        assert!(waiting.next_attempt.unwrap() > device.now.get());
    }
    device.wait(3_600);
    let outgoing = device.replica.sync_begin().expect("tried again by itself");
    let response = bytes(&server.take(&outgoing, "u1", device.now.get(), &accept));
    device.replica.sync_finish(Ok(response));
    assert_eq!(waiting(&mut device), 0);
}

#[test]
fn the_same_push_sent_twice_gives_one_record() {
    let mut server = Server::new();
    let mut device = Device::signed_in(&mut server, "u1", 7);
    device.save(complaint(1, WORDS));
    // The server took it and its answer was lost.
    device.sync(|outgoing| {
        server.take(outgoing, "u1", START, &accept);
        Err(LinkError::Cut)
    });
    assert_eq!(waiting(&mut device), 2);
    device.sync(|outgoing| Ok(bytes(&server.take(outgoing, "u1", START, &accept))));
    assert_eq!((waiting(&mut device), server.taken.len()), (0, 2));
}

#[test]
fn a_frame_that_the_server_did_not_sign_changes_nothing() {
    let mut server = Server::new();
    let mut device = officer(&mut server, 8);
    let mut other = Server::new();
    other.key = shared::sync::signing::ServerKey::from_secret(&[8; 32]);
    device.sync(|_| {
        let mut response = blank(START);
        other.send(&mut response, "u2", vec![DownItem::Leave(DocumentId::first(record(1), DocKind::Case))]);
        Ok(bytes(&response))
    });
    assert_eq!(device.cases(CaseView::All).total, 1);
    let Answer::Waiting(waiting) = device.ask(Request::Waiting) else { panic!("no list") };
    assert_eq!(waiting.last_failure, Some(FailureCode::BadServer));
}

#[test]
fn a_record_that_leaves_goes_at_once_and_unsent_work_on_it_waits_for_its_verdict() {
    let mut server = Server::new();
    let mut device = officer(&mut server, 9);
    device.save(followup("قبل أن يصل الخبر"));
    let case = DocumentId::first(record(1), DocKind::Case);
    device.sync(|outgoing| {
        // The verdict is still out: the server only says that the record left.
        let mut response = server.take(outgoing, "u2", START, &accept);
        response.pushed.clear();
        server.send(&mut response, "u2", vec![DownItem::Leave(case)]);
        Ok(bytes(&response))
    });
    assert_eq!(device.cases(CaseView::All).total, 0);
    assert_eq!(waiting(&mut device), 1);
    device.sync(|outgoing| Ok(bytes(&server.take(outgoing, "u2", START, &accept))));
    assert_eq!(waiting(&mut device), 0);
    assert!(!device.replica.holdings().unwrap().iter().any(|held| held.document == case));
    assert!(!holds(&plain(&device), WORDS));
}

#[test]
fn a_scope_that_is_no_longer_followed_takes_its_records_along() {
    let mut server = Server::new();
    let mut device = officer(&mut server, 10);
    device.sync(|_| {
        let mut response = blank(START);
        response.scopes = Some(vec![ScopeId::Personal("u9".into())]);
        Ok(bytes(&response))
    });
    assert_eq!(device.replica.holdings().unwrap(), []);
    assert_eq!(device.cases(CaseView::All).total, 0);
}

#[test]
fn a_record_whose_reading_ended_the_app_twice_is_set_aside_and_the_others_work() {
    let mut server = Server::new();
    let mut device = officer(&mut server, 11);
    device.save(complaint(2, "شكوى ثانية"));
    for _ in 0..2 {
        assert_eq!(device.ask(Request::Quarantine), Answer::Quarantine(vec![]), "once may be an empty battery");
        // As a trap leaves it: the note was written, the transaction torn.
        let note = rusqlite::Connection::open(device.dir.path().join("sada.reading")).unwrap();
        let is_store = |name: &String| name.starts_with("store-") && name.ends_with(".db");
        let store: String = device.files().into_iter().map(|(name, _)| name).find(is_store).unwrap();
        note.execute("insert into reading (store, record) values (?1, ?2)", rusqlite::params![store, record(1).0]).unwrap();
        drop(note);
        device = device.restart();
        device.unlock();
    }
    let Answer::Quarantine(items) = device.ask(Request::Quarantine) else { panic!("no list") };
    assert_eq!(items.iter().map(|item| (item.record, item.why.as_str())).collect::<Vec<_>>(), [(Some(record(1)), "unreadable")]);
    assert_eq!(device.refused(Request::Case(record(1))), FailureCode::NotFound);
    assert!(matches!(device.ask(Request::Case(record(2))), Answer::Case(_)));
    assert_eq!(device.ask(Request::Resolve { item: items[0].item, how: Resolution::Retry }), Answer::Done);
    assert!(matches!(device.ask(Request::Case(record(1))), Answer::Case(_)));
}

#[test]
fn an_answer_that_comes_after_the_store_was_locked_is_for_nobody() {
    let mut server = Server::new();
    let mut device = Device::signed_in(&mut server, "u1", 12);
    device.save(complaint(1, WORDS));
    device.ask(Request::SyncNow);
    let outgoing = device.replica.sync_begin().unwrap();
    let answer = bytes(&server.take(&outgoing, "u1", START, &accept));
    device.ask(Request::Lock);
    for _ in 0..5 {
        device.ask(Request::UnlockWithPin { pin: "0000".into() });
    }
    assert_eq!(device.stage(), Stage::Locked);
    device.unlock();
    device.replica.sync_finish(Ok(answer));
    assert_eq!(waiting(&mut device), 2);
    device.sync(|outgoing| Ok(bytes(&server.take(outgoing, "u1", START, &accept))));
    assert_eq!((waiting(&mut device), server.taken.len()), (0, 2));
}

#[test]
fn a_revoked_device_locks_and_what_is_unsent_stays_encrypted() {
    let mut server = Server::new();
    let mut device = Device::signed_in(&mut server, "u1", 13);
    device.save(complaint(1, WORDS));
    device.sync(|_| Err(LinkError::Refused(CallRefusal::Revoked)));
    assert_eq!(device.stage(), Stage::Locked);
    assert!(device.replica.drain_notices().iter().any(|n| matches!(n, Notice::Stage(s) if s.stage == Stage::Locked)));
    assert_eq!(device.refused(Request::Cases(Default::default())), FailureCode::Revoked);
    let mut device = device.restart();
    assert_eq!(device.refused(Request::Unlock { passphrase: crate::device::PASSPHRASE.into() }), FailureCode::Revoked);
    // The server takes the device back: what waited goes, and the person is let in again.
    let outgoing = device.replica.sync_begin().expect("asks again after a restart");
    let response = bytes(&server.take(&outgoing, "u1", device.now.get(), &accept));
    device.replica.sync_finish(Ok(response));
    assert_eq!(server.documents().len(), 2);
    device.unlock();
}

#[test]
fn newer_settings_hold_from_the_answer_on_and_those_of_another_server_do_not() {
    let mut server = Server::new();
    let mut device = Device::signed_in(&mut server, "u1", 14);
    let mut newer = server.settings.clone();
    newer.version = 2;
    newer.projects[0].name.ar = "سلال وحليب".into();
    let signed = |key: &shared::sync::signing::ServerKey| Some(key.sign_settings(&newer).unwrap());
    let other = shared::sync::signing::ServerKey::from_secret(&[8; 32]);
    for (settings, version) in [(signed(&other), 1), (signed(&server.key), 2)] {
        device.sync(|_| {
            let mut response = blank(START);
            response.settings = settings;
            Ok(bytes(&response))
        });
        let Answer::Settings(held) = device.ask(Request::Settings) else { panic!("no settings") };
        assert_eq!((held.version, held.places.len()), (version, 0));
    }
}

#[test]
fn a_place_category_or_project_that_is_renamed_is_found_by_its_new_name() {
    let mut server = Server::new();
    let mut device = officer(&mut server, 24);
    let found = |device: &mut Device, text: &str| {
        let query = CaseQuery { text: text.into(), limit: 10, ..CaseQuery::default() };
        matches!(device.ask(Request::Cases(query)), Answer::Cases(page) if page.rows.iter().any(|row| row.record == record(1)))
    };
    let names = ["رمّان", "Zeytinlik", "Hygiene kits"];
    for name in names {
        assert!(!found(&mut device, name), "{name}");
    }
    let mut newer = server.settings.clone();
    newer.version = 2;
    newer.categories.iter_mut().find(|c| c.code.as_str() == "qual.quantity").unwrap().label.ar = names[0].into();
    let place = newer.places.iter_mut().find(|place| place.code.as_str() == "SY020400").unwrap();
    let old = std::mem::replace(&mut place.name.en, names[1].into());
    newer.projects[0].name.en = names[2].into();
    assert!(found(&mut device, &old));
    device.sync(|_| {
        let mut response = blank(START);
        response.settings = Some(server.key.sign_settings(&newer).unwrap());
        Ok(bytes(&response))
    });
    for name in names {
        assert!(found(&mut device, name), "{name}");
    }
    assert!(!found(&mut device, &old));
}

#[test]
fn an_officers_offline_close_awaits_confirmation() {
    let mut server = Server::new();
    let mut device = officer(&mut server, 15);
    let Answer::Case(detail) = device.ask(Request::Case(record(1))) else { panic!("no case") };
    let row = detail.row;
    let classified = step(Step::Classified {
        entry_type: row.entry_type.unwrap(),
        category: row.category.unwrap(),
        level: row.level,
        urgency: row.urgency,
        reason: String::new(),
    });
    let saved = device.save(classified);
    assert!(!saved.awaits_ruling, "classifying counts on receipt");
    let assigned = step(Step::Assigned { to: "u3".into(), share_identity: false, reason: "مشروعه".into() });
    let saved = device.save(assigned);
    assert!(saved.awaits_ruling, "assigning waits for the server");
    assert_eq!(device.cases(CaseView::All).rows[0].awaiting_ruling, 1);
}

#[test]
fn two_officers_values_of_one_fact_are_both_shown_and_choosing_ends_the_conflict() {
    let mut server = Server::new();
    let mut device = officer(&mut server, 16);
    let case = DocumentId::first(record(1), DocKind::Case);
    let put =
        |place: &str| Intent::SetFacts { document: case, facts: [("place.landmark".to_owned(), Some(place.into()))].into() };
    device.save(put("قرب الفرن"));
    // Meanwhile another device wrote another value on what the server had.
    let mut theirs = shared::document::fold::Document::new(DocKind::Case);
    server.taken.iter().filter(|(id, ..)| *id == case).for_each(|(_, change, _)| {
        theirs.apply(change);
    });
    let actor = shared::document::actor::ActorId::device(shared::model::ids::DeviceId([9; 10]), 0);
    let edit = shared::document::content::Edit::Put { key: "place.landmark".into(), fact: "خلف الجامع".into() };
    let change = theirs.write(actor, &[edit]).unwrap().unwrap();
    let order = server.next(case);
    let receipt = shared::model::order::Receipt {
        change: change.hash(),
        order,
        at: START,
        device: shared::model::ids::DeviceId([9; 10]),
        user: "u4".into(),
        mac: [1; 16],
    };
    device.sync(|outgoing| {
        let mut response = server.take(outgoing, "u2", START, &accept);
        let item = DownItem::Change { document: case, change: change.raw().to_vec(), receipt };
        server.send(&mut response, "u2", vec![item]);
        Ok(bytes(&response))
    });
    assert!(device.cases(CaseView::All).rows[0].conflict);
    let Answer::Case(detail) = device.ask(Request::Case(record(1))) else { panic!("no case") };
    let values = &detail.conflicts[0].values;
    let mut who: Vec<_> = values.iter().map(|(value, by)| (value.fact.clone(), by.user.clone().unwrap().0)).collect();
    who.sort();
    assert_eq!(who, [("خلف الجامع".into(), "u4".to_owned()), ("قرب الفرن".into(), "u2".to_owned())]);
    device.save(put("خلف الجامع"));
    assert!(!device.cases(CaseView::All).rows[0].conflict);
}

#[test]
fn the_same_complaint_taken_twice_is_suggested_as_a_duplicate() {
    let mut server = Server::new();
    let mut device = officer(&mut server, 17);
    device.save(complaint(2, WORDS));
    let Answer::Case(detail) = device.ask(Request::Case(record(2))) else { panic!("no case") };
    assert_eq!(detail.duplicates.iter().map(|row| row.record).collect::<Vec<_>>(), [record(1)]);
}

#[test]
fn coverage_counts_what_is_newer_than_the_tallies_once() {
    let mut server = Server::new();
    let mut device = Device::signed_in(&mut server, "u2", 18);
    let counts = [(CountKey::F18To59, 12)];
    device.save(crate::capture::session(5, &counts));
    let coverage = |device: &mut Device| {
        let query = CoverageQuery { from: "2026-11".into(), to: "2026-11".into(), project: None, place: None };
        match device.ask(Request::Coverage(query)) {
            Answer::Coverage(coverage) => coverage,
            other => panic!("{other:?}"),
        }
    };
    let before = coverage(&mut device);
    let row = |c: &Coverage| c.rows.iter().find(|row| row.sessions > 0).map(|row| (row.sessions, row.counts[2]));
    assert_eq!((row(&before), before.own_newer, before.as_of), (Some((1, 12)), 1, None));
    // The server tallied the session as it was, then the device counts on.
    let tallied = tally_sessions(&[device_session(&mut device, 5)]);
    device.sync(|outgoing| {
        let mut response = server.take(outgoing, "u2", START, &accept);
        let history = server.history(DocumentId::first(record(5), DocKind::Session));
        server.send(&mut response, "u2", history);
        let tallies = Tallies { sessions: tallied, cases: Vec::new() };
        response.tallies = Some(PackedTallies::new(1, START.plus(60), &tallies).unwrap());
        Ok(bytes(&response))
    });
    let sent = coverage(&mut device);
    assert_eq!((row(&sent), sent.own_newer, sent.as_of), (Some((1, 12)), 0, Some(START.plus(60))));
    device.save(Intent::CountParticipants { record: record(5), counts: [(CountKey::F18To59, 3)].into() });
    let after = coverage(&mut device);
    assert_eq!((row(&after), after.own_newer), (Some((1, 15)), 1));
}

fn device_session(device: &mut Device, seed: u64) -> shared::model::row::SessionRow {
    match device.ask(Request::Session(record(seed))) {
        Answer::Session(detail) => detail.row,
        other => panic!("{other:?}"),
    }
}
