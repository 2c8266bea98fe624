//! Power cuts, expired tokens, restored backups: what was acknowledged is there, and what was not comes again.

use crate::harness::{DAY, Deployment, Folder, Phone, call};
use mobile::protocol::{Answer, Request};
use server::work::{Server, audit::Finding};
use shared::{
    model::{event::Step, role::Role},
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
    match phone.ask(&mut at, Request::Renew { password: crate::harness::PASSWORD.into(), code: None }) {
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
