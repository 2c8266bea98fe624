//! Opening and locking: what the passphrase and the PIN open, and what lies readable on disk.

use crate::{
    device::{Device, PASSPHRASE, PIN, complaint},
    server::Server,
};
use mobile::{
    protocol::{Answer, Draft, DraftKind, FailureCode, Request, SignInProof, Stage},
    replica::{Handled, Home, link::LinkError, vault::Vault},
};
use shared::{
    entropy::Seeded,
    model::{dates::UnixSeconds, ids::RecordId},
    seal::{SecretKey, opening},
    sync::sign_in::CallRefusal,
};

fn draft(seed: u64, venue: &str) -> Draft {
    Draft {
        record: RecordId::random(&mut Seeded::new(seed)),
        kind: DraftKind::Session,
        facts: [("place.venue".to_owned(), venue.into())].into(),
        counts: Default::default(),
        step: 2,
        saved_at: UnixSeconds(0),
    }
}

#[test]
fn a_cold_start_asks_for_the_passphrase_and_then_everything_is_there() {
    let mut device = Device::signed_in(&mut Server::new(), "u1", 1);
    assert_eq!(device.ask(Request::SaveDraft(draft(1, "مدرسة الزهراء"))), Answer::Done);
    let mut device = device.restart();
    assert_eq!(device.stage(), Stage::Locked);
    assert_eq!(device.refused(Request::Drafts), FailureCode::Locked);
    assert_eq!(device.refused(Request::UnlockWithPin { pin: PIN.into() }), FailureCode::Locked);
    assert_eq!(device.refused(Request::Unlock { passphrase: "زيتون".into() }), FailureCode::BadPassphrase);
    device.unlock();
    let Answer::Drafts(drafts) = device.ask(Request::Drafts) else { panic!("no drafts") };
    assert_eq!(drafts.len(), 1);
    assert_eq!(drafts[0].facts["place.venue"], "مدرسة الزهراء".into());
}

#[test]
fn nothing_on_disk_tells_what_was_typed_or_how_to_open_it() {
    let mut device = Device::signed_in(&mut Server::new(), "u1", 2);
    device.ask(Request::SaveDraft(draft(2, "مدرسة الزهراء")));
    let secrets = ["مدرسة الزهراء", PASSPHRASE, PIN, "token-1", "كلمة السر", "sada.example", "SQLite format 3"];
    for (name, bytes) in device.files() {
        for secret in secrets {
            // Slots and marker are plain on purpose; they hold nothing else of the list.
            let plain = secret == "SQLite format 3" && !name.starts_with("store-");
            assert!(plain || memchr::memmem::find(&bytes, secret.as_bytes()).is_none(), "{secret} in {name}");
        }
    }
    assert!(device.files().iter().any(|(name, bytes)| name.starts_with("store-") && bytes.len() > 4_096));
}

#[test]
fn two_minutes_without_work_lock_and_the_pin_reopens_only_a_running_app() {
    let mut device = Device::signed_in(&mut Server::new(), "u1", 3);
    device.wait(100);
    device.ask(Request::SaveDraft(draft(3, "x")));
    device.wait(100);
    device.replica.tick();
    assert_eq!(device.stage(), Stage::Open);
    // Looking at the status is not work.
    device.wait(20);
    device.replica.tick();
    assert_eq!(device.stage(), Stage::PinLocked);
    assert_eq!(device.refused(Request::Drafts), FailureCode::Locked);
    assert_eq!(device.refused(Request::UnlockWithPin { pin: "0000".into() }), FailureCode::BadPassphrase);
    assert!(matches!(device.ask(Request::UnlockWithPin { pin: PIN.into() }), Answer::Status(s) if s.stage == Stage::Open));
    assert!(matches!(device.ask(Request::Drafts), Answer::Drafts(drafts) if drafts.len() == 1));
}

#[test]
fn after_five_wrong_pins_only_the_passphrase_opens_also_after_a_restart_between() {
    let mut device = Device::signed_in(&mut Server::new(), "u1", 4);
    device.ask(Request::Lock);
    for _ in 0..4 {
        assert_eq!(device.refused(Request::UnlockWithPin { pin: "0000".into() }), FailureCode::BadPassphrase);
    }
    assert_eq!(device.refused(Request::UnlockWithPin { pin: "0000".into() }), FailureCode::TooManyTries);
    assert_eq!(device.stage(), Stage::Locked);
    assert_eq!(device.refused(Request::UnlockWithPin { pin: PIN.into() }), FailureCode::Locked);
    device.unlock();
}

#[test]
fn wrong_passphrases_wait_longer_and_longer_and_a_restart_buys_no_guess() {
    let mut device = Device::signed_in(&mut Server::new(), "u1", 5).restart();
    for _ in 0..5 {
        assert_eq!(device.refused(Request::Unlock { passphrase: "falsch".into() }), FailureCode::BadPassphrase);
    }
    let mut device = device.restart();
    assert_eq!(device.refused(Request::Unlock { passphrase: PASSPHRASE.into() }), FailureCode::TooManyTries);
    device.wait(5);
    device.unlock();
}

#[test]
fn a_sign_in_that_fails_leaves_a_device_without_an_account() {
    let mut device = Device::fresh(6);
    for (error, code) in [
        (LinkError::Offline, FailureCode::Offline),
        (LinkError::Refused(CallRefusal::BadCredentials), FailureCode::BadCredentials),
        (LinkError::Busy(3), FailureCode::ServerUnavailable),
    ] {
        assert!(matches!(device.sign_in(|_| Err(error)), Answer::Failed(failure) if failure.code == code));
    }
    assert!(matches!(device.sign_in(|_| Ok(b"<html>".to_vec())), Answer::Failed(f) if f.code == FailureCode::BadServer));
    assert_eq!(device.stage(), Stage::New);
    assert_eq!(device.restart().stage(), Stage::New);
}

#[test]
fn a_server_that_signs_with_another_key_than_it_names_is_not_believed() {
    let mut server = Server::new();
    let mut device = Device::fresh(7);
    let answer = device.sign_in(|outgoing| {
        let text = String::from_utf8(server.sign_in(outgoing, "u1", crate::device::START)).unwrap();
        let other = shared::sync::signing::ServerKey::from_secret(&[8; 32]).public().to_string();
        Ok(text.replace(&server.key.public().to_string(), &other).into_bytes())
    });
    assert!(matches!(answer, Answer::Failed(failure) if failure.code == FailureCode::BadServer));
    assert_eq!(device.stage(), Stage::New);
}

#[test]
fn short_secrets_are_named_before_anything_is_sent() {
    let mut device = Device::fresh(8);
    let request = Request::SignIn {
        server: "https://sada.example".into(),
        login: " ".into(),
        proof: SignInProof::password("x"),
        passphrase: "كلمة".into(),
        pin: "12".into(),
    };
    let Answer::Failed(failure) = device.ask(request) else { panic!("accepted") };
    assert_eq!(failure.code, FailureCode::Invalid);
    assert_eq!(failure.fields.iter().map(|(field, _)| field.as_str()).collect::<Vec<_>>(), ["login", "passphrase", "pin"]);
}

#[test]
fn a_password_never_leaves_for_an_address_that_others_can_listen_in_on() {
    let mut device = Device::fresh(8);
    let sign_in = |server: &str| Request::SignIn {
        server: server.into(),
        login: "salma".into(),
        proof: SignInProof::password("x"),
        passphrase: PASSPHRASE.into(),
        pin: PIN.into(),
    };
    for server in ["http://sada.example", "http://192.168.1.5:8080", "http://127.0.0.1@sada.example", "sada.example"] {
        assert_eq!(device.refused(sign_in(server)), FailureCode::InsecureServer, "{server}");
        let set_up = Request::SetUpSecondFactor { server: server.into(), login: "salma".into(), password: "x".into() };
        assert_eq!(device.refused(set_up), FailureCode::InsecureServer, "{server}");
    }
    for server in ["https://sada.example", "http://127.0.0.1:8080"] {
        assert!(matches!(device.replica.handle(sign_in(server)), mobile::replica::Handled::Call(..)), "{server}");
    }
}

#[test]
fn preferences_are_there_before_anything_is_opened() {
    let mut device = Device::signed_in(&mut Server::new(), "u1", 9);
    let Answer::Preferences(mut preferences) = device.ask(Request::Preferences) else { panic!("none") };
    assert_eq!(preferences.language, "ar");
    preferences.theme = "sun".into();
    device.ask(Request::SetPreferences(preferences.clone()));
    assert_eq!(device.restart().ask(Request::Preferences), Answer::Preferences(preferences));
}

#[test]
fn while_only_the_pin_is_missing_the_draft_on_the_screen_is_saved_and_nothing_is_shown() {
    let mut device = Device::signed_in(&mut Server::new(), "u1", 10);
    device.ask(Request::SaveDraft(draft(10, "x")));
    device.wait(3_600);
    device.replica.tick();
    assert_eq!(device.refused(Request::Drafts), FailureCode::Locked);
    assert_eq!(device.ask(Request::SaveDraft(draft(10, "مدرسة الزهراء"))), Answer::Done);
    assert_eq!(device.stage(), Stage::PinLocked);
    device.ask(Request::UnlockWithPin { pin: PIN.into() });
    assert!(
        matches!(device.ask(Request::Drafts), Answer::Drafts(drafts) if drafts[0].facts["place.venue"] == "مدرسة الزهراء".into())
    );
}

#[test]
fn two_people_on_one_phone_have_a_store_each_and_neither_opens_the_others() {
    let mut server = Server::new();
    let mut device = Device::signed_in(&mut server, "u1", 13);
    device.save(complaint(1, "قالتها سلمى"));
    assert_eq!(device.ask(Request::LogOut), Answer::Done);
    assert_eq!(device.stage(), Stage::Locked);
    assert_eq!(device.ask(Request::SwitchUser(None)), Answer::Done);
    assert_eq!(device.stage(), Stage::New);
    let first = status(&mut device).users[0].clone();
    device.passphrase = "قمح ومطر ونافذة";
    let answer = device.sign_in(|outgoing| Ok(server.sign_in(outgoing, "u2", crate::device::START)));
    assert!(matches!(&answer, Answer::Status(now) if now.stage == Stage::Open && now.waiting == 0), "{answer:?}");
    assert_ne!(status(&mut device).device, None);
    let second = status(&mut device).device;
    device.ask(Request::LogOut);
    assert_eq!(
        device.refused(Request::Unlock { passphrase: PASSPHRASE.into() }),
        FailureCode::BadPassphrase,
        "that is the other's"
    );
    assert_eq!(device.refused(Request::SwitchUser(Some(99))), FailureCode::NotFound);
    assert_eq!(device.ask(Request::SwitchUser(Some(first.slot))), Answer::Done);
    let mut device = device.restart();
    device.unlock();
    let now = status(&mut device);
    assert_ne!(now.device, second, "a key and an actor of their own");
    assert!(now.waiting > 0, "what was not sent is still there");
    assert_eq!(device.files().iter().filter(|(name, _)| name.starts_with("store-") && name.ends_with(".db")).count(), 2);
}

fn status(device: &mut Device) -> mobile::protocol::ReplicaStatus {
    let Answer::Status(status) = device.ask(Request::Status) else { panic!("no status") };
    status
}

#[test]
fn ten_wrong_passphrases_delete_what_a_passphrase_opens_and_nothing_else() {
    let mut device = Device::signed_in(&mut Server::new(), "u1", 11);
    device.save(complaint(1, "لم يُرسل بعد"));
    device.replica.flush().unwrap();
    let mut device = device.restart();
    let store = |device: &Device| device.files().into_iter().find(|(name, _)| name.starts_with("store-")).unwrap();
    let before = store(&device);
    for _ in 0..9 {
        assert_eq!(device.refused(Request::Unlock { passphrase: "falsch".into() }), FailureCode::BadPassphrase);
        device.wait(3_600);
        device = device.restart();
    }
    assert_eq!(device.refused(Request::Unlock { passphrase: "falsch".into() }), FailureCode::PassphraseGone);
    device.wait(3_600);
    assert_eq!(
        device.refused(Request::Unlock { passphrase: PASSPHRASE.into() }),
        FailureCode::PassphraseGone,
        "the right one too"
    );
    let Answer::Status(status) = device.ask(Request::Status) else { panic!("no status") };
    assert!(status.passphrase_gone && status.stage == Stage::Locked);
    assert_eq!(store(&device), before, "what is unsent lies there as it was");
    let home = Home::directory(device.dir.path());
    let vault = Vault::open(&home).unwrap();
    assert!(vault.recovery_wrap(&vault.current().unwrap().unwrap()).unwrap().is_some());
}

#[test]
fn nine_wrong_ones_and_a_right_one_begin_anew() {
    let mut device = Device::signed_in(&mut Server::new(), "u1", 12).restart();
    for _ in 0..2 {
        for _ in 0..9 {
            device.refused(Request::Unlock { passphrase: "falsch".into() });
            device.wait(3_600);
        }
        device.unlock();
        device = device.restart();
    }
}

#[test]
fn a_store_from_before_the_copy_to_the_server_gets_one_at_the_first_unlock_after_a_sign_in() {
    let mut server = Server::new();
    let device = Device::signed_in(&mut server, "u1", 13);
    let slots = rusqlite::Connection::open(device.dir.path().join("sada.slots")).unwrap();
    slots.execute("update slot set wrap_recovery = null", []).unwrap();
    drop(slots);
    let copy = |device: &Device| {
        let vault = Vault::open(&Home::directory(device.dir.path())).unwrap();
        vault.recovery_wrap(&vault.current().unwrap().unwrap()).unwrap()
    };
    let wrong = |mut device: Device| {
        for _ in 0..12 {
            device.refused(Request::Unlock { passphrase: "falsch".into() });
            device.wait(3_600);
        }
        device
    };
    // With no other way in, nothing is deleted; and nobody has said yet to which key it could be sealed.
    let mut device = wrong(device.restart());
    device.unlock();
    assert_eq!(copy(&device), None);
    let Handled::Call(outgoing, job) =
        device.replica.handle(Request::Renew { proof: SignInProof::password("كلمة السر") })
    else {
        panic!("answered")
    };
    let answer = server.sign_in(&outgoing, "u1", device.now.get());
    assert_eq!(device.replica.finish(job, Ok(answer)), Answer::Done);
    let mut device = device.restart();
    device.unlock();
    let sealed = copy(&device).expect("a copy");
    let slot = Vault::open(&Home::directory(device.dir.path())).unwrap().current().unwrap().unwrap();
    let (own, one_time) = (SecretKey::from_bytes(&[9; 32]), SecretKey::from_bytes(&[8; 32]));
    let mut chance = Seeded::new(1);
    let again = opening::to_device(&sealed, slot.device, &own, one_time.public(), &mut chance).unwrap();
    assert!(!opening::at_device(&again, slot.device, &one_time).unwrap().is_empty(), "the server opens it for this device");
    let mut device = wrong(device.restart());
    assert_eq!(device.refused(Request::Unlock { passphrase: PASSPHRASE.into() }), FailureCode::PassphraseGone);
}
