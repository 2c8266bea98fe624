//! Power cuts, expired tokens, restored backups: what was acknowledged is there, and what was not comes again.

use crate::harness::{DAY, Deployment, Folder, Phone, call};
use mobile::protocol::{Answer, Request, SignInProof};
use server::{
    storage::{DatabaseKey, OpenOptions, Storage, StorageError},
    work::{Server, audit::Finding},
};
use shared::{
    entropy::Entropy,
    intent::Intent,
    model::{
        dates::UnixSeconds,
        event::Step,
        ids::RecordId,
        record::{DocKind, DocumentId},
        role::Role,
    },
    sync::sign_in::PublishSettings,
};

fn waiting(phone: &mut Phone, at: &mut Deployment) -> u32 {
    match phone.ask(at, Request::Waiting) {
        Answer::Waiting(waiting) => waiting.changes,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_power_cut_between_any_two_statements_loses_nothing_acknowledged_and_keeps_nothing_half_done() {
    let mut at = Deployment::new(false);
    let mut phone = at.phone(Role::Receiver);
    let mut officer = at.phone(Role::Ao);
    officer.sync(&mut at);
    phone.sync(&mut at);
    let mut cuts = 0;
    for statements in 0..60 {
        let saved = phone.complain(&mut at);
        let outgoing = phone.next_call(&at).unwrap();
        at.server.storage().cut_power_after(statements);
        let answer = call(&mut at, &outgoing);
        let was_cut = answer.is_err();
        phone.replica.sync_finish(answer);
        at.reopen();
        cuts += u32::from(was_cut);
        if was_cut {
            let half = at.server.storage().read::<_, server::storage::StorageError>(|tx| tx.documents_of(saved.record)).unwrap();
            assert!(half.is_empty(), "cut after {statements}: {half:?}");
            assert!(waiting(&mut phone, &mut at) > 0);
        }
        at.now = at.now.plus(3600);
        phone.sync(&mut at);
        assert_eq!(waiting(&mut phone, &mut at), 0, "after cut {statements}");
        at.now = at.now.plus(60);
        officer.sync(&mut at);
        assert!(officer.case(&mut at, saved.record).is_some(), "after cut {statements}");
    }
    assert!(cuts >= 25, "only {cuts} cuts met an open transaction");
    assert!(matches!(at.server.check_audit(&[]).unwrap(), Finding::Holds { .. }));
}

#[test]
fn a_token_that_expires_mid_sync_stops_sending_and_never_capture() {
    let mut at = Deployment::new(false);
    let mut phone = at.phone(Role::Receiver);
    phone.sync(&mut at);
    phone.complain(&mut at);
    let outgoing = phone.next_call(&at).unwrap();
    at.now = at.now.plus(31 * DAY);
    let answer = call(&mut at, &outgoing);
    assert!(answer.is_err());
    phone.replica.sync_finish(answer);
    phone.complain(&mut at);
    let before = waiting(&mut phone, &mut at);
    assert!(before >= 2);
    match phone.ask(&mut at, Request::Renew { proof: SignInProof::password(crate::harness::PASSWORD) }) {
        Answer::Failed(failure) => panic!("{failure:?}"),
        _ => phone.sync(&mut at),
    };
    assert_eq!(waiting(&mut phone, &mut at), 0);
}

#[test]
fn a_restored_backup_begins_a_new_epoch_and_phones_hand_back_what_it_lost() {
    let mut at = Deployment::new(false);
    let mut receiver = at.phone(Role::Receiver);
    let mut officer = at.phone(Role::Ao);
    let kept = receiver.complain(&mut at).record;
    receiver.sync(&mut at);
    officer.sync(&mut at);
    let elsewhere = Folder::new();
    let backup = elsewhere.0.join("backup.db");
    at.server.backup(at.now, &backup).unwrap();
    at.now = at.now.plus(DAY);
    let lost = receiver.complain(&mut at).record;
    receiver.sync(&mut at);
    officer.sync(&mut at);
    officer.step(&mut at, lost, Step::Seen {}).unwrap();
    officer.step(&mut at, kept, Step::Seen {}).unwrap();
    officer.sync(&mut at);
    let before = [kept, lost].map(|record| officer.case(&mut at, record).unwrap());
    at.now = at.now.plus(DAY);
    // Stop, restore, start.
    let folder = at.folder.0.clone();
    {
        let aside = Folder::new();
        let stand_in = Server::init(&aside.0, false, at.now, &mut at.chance, crate::harness::settings()).unwrap();
        drop(std::mem::replace(&mut at.server, stand_in));
        at.server = Server::restore(&folder, &backup, at.now).unwrap();
    }
    let deployment = at.server.storage().read(|tx| tx.deployment()).unwrap().unwrap();
    assert_eq!(deployment.epoch, 2);
    // Devices enrolled before the backup are known; the server's log ends earlier than their cursors.
    for _ in 0..6 {
        at.now = at.now.plus(3600);
        officer.sync(&mut at);
        receiver.sync(&mut at);
    }
    let documents = at.server.storage().read::<_, server::storage::StorageError>(|tx| tx.documents_of(lost)).unwrap();
    assert_eq!(documents.len(), 2, "case and contact are back");
    let after = [kept, lost].map(|record| officer.case(&mut at, record).unwrap());
    for (before, after) in before.iter().zip(&after) {
        assert_eq!((&before.row.ref_no, before.timeline.len()), (&after.row.ref_no, after.timeline.len()));
    }
    // Life goes on, in places never given before.
    officer
        .step(
            &mut at,
            lost,
            Step::Followup { with: String::new(), mode: "call".into(), note: "بعد الاستعادة".into(), next_on: None },
        )
        .unwrap();
    officer.sync(&mut at);
    assert_eq!(waiting(&mut officer, &mut at), 0);
}

/// Longer words than most, changed again and again: one document holds more than one frame does.
#[test]
fn a_case_with_more_history_than_a_frame_holds_reaches_a_new_device_and_comes_back_after_a_restore() {
    let mut at = Deployment::new(false);
    let mut officer = at.phone(Role::Ao);
    let record = officer.complain(&mut at).record;
    officer.sync(&mut at);
    let elsewhere = Folder::new();
    let backup = elsewhere.0.join("backup.db");
    at.server.backup(at.now, &backup).unwrap();
    let mut chance = shared::entropy::Seeded::new(3);
    let letters: Vec<char> = ('\u{628}'..='\u{63a}').collect();
    let mut words = String::new();
    for _ in 0..45 {
        words = (0..19_000).map(|_| letters[usize::try_from(chance.below(19)).unwrap()]).collect();
        let facts = [("intake.words".to_owned(), Some(words.as_str().into()))].into();
        let document = DocumentId::first(record, DocKind::Case);
        officer.act(&mut at, Intent::SetFacts { document, facts }).unwrap();
        officer.sync(&mut at);
    }
    let mut fresh = at.phone(Role::Ao);
    fresh.sync(&mut at);
    let case = fresh.case(&mut at, record).expect("it came");
    assert!(case.facts["intake.words"].as_text() == Some(words.as_str()), "not its last words");
    let folder = at.folder.0.clone();
    let aside = Folder::new();
    let stand_in = Server::init(&aside.0, false, at.now, &mut at.chance, crate::harness::settings()).unwrap();
    drop(std::mem::replace(&mut at.server, stand_in));
    at.server = Server::restore(&folder, &backup, at.now).unwrap();
    for _ in 0..6 {
        at.now = at.now.plus(3600);
        officer.sync(&mut at);
    }
    let Answer::Case(case) = officer.ask(&mut at, Request::CaseOnline(record)) else { panic!("not back") };
    assert!(case.facts["intake.words"].as_text() == Some(words.as_str()), "not its last words");
}

#[test]
fn settings_after_a_restore_are_newer_than_any_that_a_device_holds() {
    let mut at = Deployment::new(false);
    let mut officer = at.phone(Role::Ao);
    let elsewhere = Folder::new();
    let backup = elsewhere.0.join("backup.db");
    at.server.backup(at.now, &backup).unwrap();
    let publish = |at: &Deployment, donor: &str| {
        let mut settings = at.server.in_force().settings.clone();
        settings.projects[0].donor = donor.into();
        at.server.publish_as_operator(at.now, PublishSettings { based_on: settings.version, settings }).unwrap();
    };
    let held = |officer: &mut crate::harness::Phone, at: &mut Deployment| {
        officer.sync(at);
        let Answer::Settings(settings) = officer.ask(at, Request::Settings) else { panic!("no settings") };
        (settings.version, settings.projects[0].donor.clone())
    };
    for donor in ["ECHO", "SIDA"] {
        publish(&at, donor);
    }
    assert_eq!(held(&mut officer, &mut at), (3, "SIDA".into()));
    let folder = at.folder.0.clone();
    let aside = Folder::new();
    let stand_in = Server::init(&aside.0, false, at.now, &mut at.chance, crate::harness::settings()).unwrap();
    drop(std::mem::replace(&mut at.server, stand_in));
    at.server = Server::restore(&folder, &backup, at.now).unwrap();
    // What is in force again holds on the phone too, and what is published next gets there.
    let version = at.server.in_force().settings.version;
    assert_eq!(held(&mut officer, &mut at), (version, String::new()));
    publish(&at, "UNICEF");
    assert_eq!(held(&mut officer, &mut at), (version + 1, "UNICEF".into()));
}

/// Several writers share a commit. Whatever one of them was told is there after the cut, whole; what nobody was told is there
/// whole or not at all.
#[test]
fn a_power_cut_under_several_writers_loses_nothing_told_and_keeps_nothing_half_done() {
    const WRITERS: u8 = 6;
    const EACH: u8 = 12;
    let document = |writer: u8, piece: u8, half: u8| {
        let mut id = [writer; 16];
        (id[0], id[1]) = (piece, half);
        DocumentId::first(RecordId(id), DocKind::Case)
    };
    let (mut told, mut cut) = (0, 0);
    for encrypted in [false, true] {
        for statements in [0, 1, 2, 7, 30, 61, 100, 143] {
            let folder = Folder::new();
            std::fs::create_dir_all(&folder.0).unwrap();
            let path = folder.0.join("some.db");
            let options = OpenOptions { key: encrypted.then(|| DatabaseKey::new([7; 32])) };
            let storage = Storage::open(&path, options.clone()).unwrap();
            storage.cut_power_after(statements);
            let writers: Vec<_> = (0..WRITERS)
                .map(|writer| {
                    let storage = storage.clone();
                    std::thread::spawn(move || {
                        let work = |piece: u8| {
                            storage.write::<_, StorageError>(move |tx| {
                                tx.insert_tombstone(document(writer, piece, 0), UnixSeconds(1), "first half")?;
                                tx.insert_tombstone(document(writer, piece, 1), UnixSeconds(1), "second half")
                            })
                        };
                        (0..EACH).map(|piece| work(piece).is_ok()).collect::<Vec<_>>()
                    })
                })
                .collect();
            let answers: Vec<Vec<bool>> = writers.into_iter().map(|writer| writer.join().unwrap()).collect();
            drop(storage);
            let storage = Storage::open(&path, options).unwrap();
            for (writer, answers) in (0..).zip(&answers) {
                for (piece, &was_told) in (0..).zip(answers) {
                    let halves = [0, 1]
                        .map(|half| storage.read::<_, StorageError>(|tx| tx.is_purged(document(writer, piece, half))).unwrap());
                    assert!(halves[0] == halves[1], "half done: writer {writer}, piece {piece}, cut after {statements}");
                    assert!(halves[0] || !was_told, "lost: writer {writer}, piece {piece}, cut after {statements}");
                    told += u32::from(was_told);
                    cut += u32::from(!was_told);
                }
            }
        }
    }
    assert!(told > 100 && cut > 100, "{told} told, {cut} cut: the test is blind");
}
