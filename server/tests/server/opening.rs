//! A phone whose passphrase is gone: opened by its user and an administrator together, and by neither alone.

use crate::{
    harness::{Deployment, PASSPHRASE, PASSWORD, Phone, complaint, settings, user},
    people::{of, people, refused},
};
use mobile::protocol::{Answer, FailureCode, PeopleRequest, Request, SignInProof, Stage};
use shared::{
    model::{
        devices::{AskedOpening, PersonDevices},
        role::Role,
    },
    settings::Project,
};

const NEW: &str = "مطر وقمح ونافذة";

fn coming(password: &str) -> Request {
    Request::OpenWithAdmin {
        server: "https://test.invalid".into(),
        proof: SignInProof::password(password),
        passphrase: NEW.into(),
        pin: "9034".into(),
    }
}

fn come(phone: &mut Phone, at: &mut Deployment) -> Answer {
    phone.ask(at, coming(PASSWORD))
}

fn asked(row: &PersonDevices) -> Option<AskedOpening> {
    row.devices.iter().find_map(|device| device.opening.clone())
}

fn say_yes(row: &PersonDevices, asked: &AskedOpening) -> Request {
    let device = row.devices.iter().find(|device| device.opening.is_some()).unwrap_or(&row.devices[0]).device;
    Request::People(PeopleRequest::Open { user: row.user.clone(), device, one_time: asked.one_time.clone() })
}

/// Wrong passphrases until nothing is left that one opens.
fn forget_passphrase(phone: &mut Phone, at: &mut Deployment) {
    phone.restart(at);
    for tries in 1..=10 {
        let expected = if tries < 10 { FailureCode::BadPassphrase } else { FailureCode::PassphraseGone };
        assert_eq!(refused(phone.ask(at, Request::Unlock { passphrase: "falsch".into() })), expected);
        at.now = at.now.plus(3_600);
    }
}

#[test]
fn an_administrator_with_the_phone_in_hand_and_its_user_open_what_was_not_sent() {
    let mut at = Deployment::new(false);
    let (mut admin, mut manager, mut receiver) = (at.phone(Role::Admin), at.phone(Role::AmeMgr), at.phone(Role::Receiver));
    let unsent = receiver.complain(&mut at).record;
    forget_passphrase(&mut receiver, &mut at);
    let Answer::OpeningCode(digits) = come(&mut receiver, &mut at) else { panic!("no digits") };
    assert_eq!(come(&mut receiver, &mut at), Answer::OpeningCode(digits.clone()), "nobody has said yes yet");
    let row = of(&people(&mut admin, &mut at), Role::Receiver).clone();
    let asks = asked(&row).unwrap();
    assert_eq!(asks.code, digits, "what the administrator sees is what the phone shows");
    assert_eq!(refused(manager.ask(&mut at, say_yes(&row, &asks))), FailureCode::NotAllowed);
    assert_eq!(admin.ask(&mut at, say_yes(&row, &asks)), Answer::Done);
    let opened = come(&mut receiver, &mut at);
    assert!(matches!(opened, Answer::Status(status) if status.stage == Stage::Open && status.waiting > 0));
    receiver.sync(&mut at);
    manager.sync(&mut at);
    assert!(manager.case(&mut at, unsent).is_some(), "what was not sent arrived");
    // From now on the new passphrase and PIN, and not the old ones.
    receiver.ask(&mut at, Request::Lock);
    assert_eq!(refused(receiver.ask(&mut at, Request::UnlockWithPin { pin: "4711".into() })), FailureCode::BadPassphrase);
    assert!(matches!(receiver.ask(&mut at, Request::UnlockWithPin { pin: "9034".into() }), Answer::Status(_)));
    receiver.restart(&mut at);
    assert_eq!(refused(receiver.ask(&mut at, Request::Unlock { passphrase: PASSPHRASE.into() })), FailureCode::BadPassphrase);
    assert!(matches!(receiver.ask(&mut at, Request::Unlock { passphrase: NEW.into() }), Answer::Status(_)));
    let lines = at.server.last_audit_lines(60).unwrap();
    for deed in ["opening_asked", "opening_approved", "device_opened"] {
        assert!(lines.iter().any(|line| line.action == deed && line.object == row.devices[0].device.to_string()), "{deed}");
    }
    // A yes is good once.
    receiver.restart(&mut at);
    assert!(matches!(come(&mut receiver, &mut at), Answer::OpeningCode(other) if other != digits));
}

#[test]
fn without_the_password_without_a_yes_or_too_late_nothing_opens() {
    let mut at = Deployment::new(false);
    let (mut admin, mut receiver) = (at.phone(Role::Admin), at.phone(Role::Receiver));
    forget_passphrase(&mut receiver, &mut at);
    assert_eq!(refused(receiver.ask(&mut at, coming("not the password"))), FailureCode::BadCredentials);
    assert!(asked(of(&people(&mut admin, &mut at), Role::Receiver)).is_none(), "and nothing is asked");
    come(&mut receiver, &mut at);
    let row = of(&people(&mut admin, &mut at), Role::Receiver).clone();
    let asks = asked(&row).unwrap();
    // A yes is for the digits that were seen.
    let other = AskedOpening { one_time: "age1other".into(), ..asks.clone() };
    assert_eq!(refused(admin.ask(&mut at, say_yes(&row, &other))), FailureCode::NotFound);
    assert_eq!(admin.ask(&mut at, say_yes(&row, &asks)), Answer::Done);
    at.now = at.now.plus(15 * 60);
    assert!(matches!(come(&mut receiver, &mut at), Answer::OpeningCode(_)), "the yes has run out");
    at.now = at.now.plus(15 * 60);
    assert_eq!(refused(admin.ask(&mut at, say_yes(&row, &asks))), FailureCode::NotFound, "and so has the question");
    // Revoked: neither the server nor the administrator opens it any more.
    let revoke = Request::People(PeopleRequest::Revoke {
        user: user(Role::Receiver),
        device: None,
        why: shared::model::devices::RevokeReason::Lost,
    });
    assert_eq!(admin.ask(&mut at, revoke), Answer::Done);
    assert_eq!(refused(come(&mut receiver, &mut at)), FailureCode::Revoked);
}

#[test]
fn nobody_opens_a_phone_of_their_own_or_of_someone_who_reads_a_case_about_them() {
    let mut settings = settings();
    let with_admin = |project: &Project| Project { team: vec![user(Role::PmFocal), user(Role::Admin)], ..project.clone() };
    settings.projects = settings.projects.iter().map(with_admin).collect::<Vec<_>>().into();
    let mut at = Deployment::with(false, settings);
    let (mut admin, mut officer, mut receiver) = (at.phone(Role::Admin), at.phone(Role::Ao), at.phone(Role::Receiver));
    let mut about_them = complaint(&at);
    about_them.insert("reg.subject_role".into(), "project".into());
    let record = receiver.record(&mut at, about_them).record;
    receiver.sync(&mut at);
    officer.sync(&mut at);
    assert!(officer.case(&mut at, record).is_some(), "the officer reads it");
    let mut other = at.phone(Role::HqAme);
    for (phone, role, expected) in [(&mut officer, Role::Ao, Some(FailureCode::NotAllowed)), (&mut other, Role::HqAme, None)] {
        forget_passphrase(phone, &mut at);
        come(phone, &mut at);
        let row = of(&people(&mut admin, &mut at), role).clone();
        let answer = admin.ask(&mut at, say_yes(&row, &asked(&row).unwrap()));
        match expected {
            Some(code) => assert_eq!(refused(answer), code, "{role:?}"),
            None => assert_eq!(answer, Answer::Done, "{role:?}"),
        }
    }
    let mut second = at.phone(Role::Admin);
    forget_passphrase(&mut admin, &mut at);
    come(&mut admin, &mut at);
    let row = of(&people(&mut second, &mut at), Role::Admin).clone();
    assert_eq!(refused(second.ask(&mut at, say_yes(&row, &asked(&row).unwrap()))), FailureCode::NotAllowed, "their own");
}
