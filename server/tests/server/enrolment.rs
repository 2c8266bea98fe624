//! New devices: a code that is good once, a key of the device's own, and nothing before someone else has heard its digits.

use crate::{
    harness::{Deployment, PASSPHRASE, PASSWORD, Phone, START, complaint, settings, user},
    people::{of, people, refused},
};
use mobile::protocol::{Answer, FailureCode, PeopleAnswer, PeopleRequest, ReplicaStatus, Request, SignInProof, Stage};
use server::work::sign_in::SignInRules;
use shared::{
    entropy::Seeded,
    model::{
        devices::{DeviceStanding, Shut},
        role::Role,
    },
    settings::Project,
};

/// A deployment in which the manager, the officer and the director have devices, and new ones need a code from now on.
fn strict() -> (Deployment, Phone, Phone, Phone) {
    let mut at = Deployment::new(false);
    let (manager, officer, director) = (at.phone(Role::AmeMgr), at.phone(Role::Ao), at.phone(Role::Cd));
    at.with_rules(SignInRules { enrolment: true, ..SignInRules::SIMULATED });
    (at, manager, officer, director)
}

fn sign_in(role: Role, code: Option<&str>) -> Request {
    let proof = SignInProof { enrolment: code.map(str::to_owned), ..SignInProof::password(PASSWORD) };
    Request::SignIn {
        server: "https://test.invalid".into(),
        login: role.id().into(),
        proof,
        passphrase: PASSPHRASE.into(),
        pin: "4711".into(),
    }
}

fn make_code(phone: &mut Phone, at: &mut Deployment, role: Role) -> String {
    match phone.ask(at, Request::People(PeopleRequest::Enrol { user: user(role) })) {
        Answer::People(PeopleAnswer::Enrolment(made)) => made.code,
        other => panic!("{other:?}"),
    }
}

fn status(phone: &mut Phone, at: &mut Deployment) -> ReplicaStatus {
    let Answer::Status(status) = phone.ask(at, Request::Status) else { panic!("no status") };
    status
}

fn confirm(phone: &mut Phone, at: &mut Deployment, role: Role, digits: &str) -> Answer {
    let all = people(phone, at);
    let device = of(&all, role).devices.iter().find(|device| device.standing == DeviceStanding::Unconfirmed).unwrap().device;
    phone.ask(at, Request::People(PeopleRequest::Confirm { user: user(role), device, fingerprint: digits.to_owned() }))
}

#[test]
fn a_new_device_comes_in_with_a_code_and_gets_nothing_before_its_digits_were_heard() {
    let (mut at, mut manager, mut officer, _) = strict();
    let record = officer.complain(&mut at).record;
    officer.sync(&mut at);
    let mut new = Phone::fresh(&mut at);
    assert_eq!(refused(new.ask(&mut at, sign_in(Role::Ao, None))), FailureCode::EnrolmentNeeded, "the password alone");
    assert_eq!(refused(new.ask(&mut at, sign_in(Role::Ao, Some("AAAAA-AAAAA")))), FailureCode::EnrolmentNeeded);
    let code = make_code(&mut manager, &mut at, Role::Ao);
    assert_eq!(refused(new.ask(&mut at, sign_in(Role::Receiver, Some(&code)))), FailureCode::EnrolmentNeeded, "another's code");
    new.ask(&mut at, sign_in(Role::Ao, Some(&code.to_lowercase())));
    let now = status(&mut new, &mut at);
    assert_eq!((now.stage, now.shut), (Stage::Shut, Some(Shut::Unconfirmed)));
    let digits = now.fingerprint.unwrap();
    new.sync(&mut at);
    assert!(new.replica.holdings().unwrap().is_empty(), "no content");
    assert_eq!(refused(new.ask(&mut at, Request::Settings)), FailureCode::Shut, "and no colleague's name");
    let token = new.next_call(&at).unwrap().token.unwrap();
    let session = at.server.authenticate(at.now, &token).unwrap();
    assert!(session.check_use("cases").is_err());
    new.replica.sync_finish(Err(mobile::replica::link::LinkError::Cut));
    // The code was good once.
    let mut second = Phone::fresh(&mut at);
    assert_eq!(refused(second.ask(&mut at, sign_in(Role::Ao, Some(&code)))), FailureCode::EnrolmentNeeded);
    // Other digits than the device's: someone else's device may stand there.
    assert_eq!(refused(confirm(&mut manager, &mut at, Role::Ao, "0000 0000 0000")), FailureCode::NotFound);
    assert_eq!(refused(confirm(&mut officer, &mut at, Role::Ao, &digits)), FailureCode::NotAllowed, "their own");
    new.restart(&mut at);
    new.ask(&mut at, Request::Unlock { passphrase: PASSPHRASE.into() });
    assert_eq!(status(&mut new, &mut at).fingerprint.as_deref(), Some(digits.as_str()), "the same after a restart");
    assert_eq!(confirm(&mut manager, &mut at, Role::Ao, &digits), Answer::Done);
    new.sync(&mut at);
    assert_eq!(status(&mut new, &mut at).stage, Stage::Open);
    assert!(new.case(&mut at, record).is_some(), "now it fills");
    new.complain(&mut at);
    new.sync(&mut at);
    assert_eq!(status(&mut new, &mut at).waiting, 0);
    let lines = at.server.last_audit_lines(60).unwrap();
    for deed in ["enrolment_code_made", "device_enrolled", "device_confirmed"] {
        assert!(lines.iter().any(|line| line.action == deed), "{deed}");
    }
}

#[test]
fn a_code_runs_out_and_the_operators_needs_nobody_to_confirm_it() {
    let (mut at, mut manager, ..) = strict();
    let code = make_code(&mut manager, &mut at, Role::Ao);
    at.now = at.now.plus(15 * 60);
    let mut new = Phone::fresh(&mut at);
    assert_eq!(refused(new.ask(&mut at, sign_in(Role::Ao, Some(&code)))), FailureCode::EnrolmentNeeded);
    let code = at.server.operators_enrolment_code(at.now, &mut Seeded::new(77), "admin").unwrap();
    let answer = new.ask(&mut at, sign_in(Role::Admin, Some(&code)));
    assert!(matches!(answer, Answer::Status(status) if status.stage == Stage::Open), "the first device of all");
}

#[test]
fn a_revoked_device_that_was_never_confirmed_gets_nothing_for_ever() {
    let (mut at, mut manager, ..) = strict();
    let code = make_code(&mut manager, &mut at, Role::Ao);
    let mut new = Phone::fresh(&mut at);
    new.ask(&mut at, sign_in(Role::Ao, Some(&code)));
    let digits = status(&mut new, &mut at).fingerprint.unwrap();
    let all = people(&mut manager, &mut at);
    let device = of(&all, Role::Ao).devices.iter().find(|device| device.standing == DeviceStanding::Unconfirmed).unwrap().device;
    let revoke =
        PeopleRequest::Revoke { user: user(Role::Ao), device: Some(device), why: shared::model::devices::RevokeReason::Lost };
    assert_eq!(manager.ask(&mut at, Request::People(revoke)), Answer::Done);
    let late = PeopleRequest::Confirm { user: user(Role::Ao), device, fingerprint: digits };
    assert_eq!(refused(manager.ask(&mut at, Request::People(late))), FailureCode::NotFound);
    new.sync(&mut at);
    assert!(new.replica.holdings().unwrap().is_empty());
    assert_eq!(refused(new.ask(&mut at, Request::Drafts)), FailureCode::Revoked);
}

#[test]
fn the_accused_neither_makes_codes_nor_confirms_devices_for_the_readers_of_the_case() {
    let mut settings = settings();
    let with_admin = |project: &Project| Project { team: vec![user(Role::PmFocal), user(Role::Admin)], ..project.clone() };
    settings.projects = settings.projects.iter().map(with_admin).collect::<Vec<_>>().into();
    let mut at = Deployment::with(false, settings);
    let (mut admin, mut officer) = (at.phone(Role::Admin), at.phone(Role::Ao));
    let (mut director, mut receiver) = (at.phone(Role::Cd), at.phone(Role::Receiver));
    at.with_rules(SignInRules { enrolment: true, ..SignInRules::SIMULATED });
    let enrol = |role| Request::People(PeopleRequest::Enrol { user: user(role) });
    assert!(matches!(admin.ask(&mut at, enrol(Role::Ao)), Answer::People(_)), "nothing is reported yet");
    let code = make_code(&mut director, &mut at, Role::Ao);
    let mut new = Phone::fresh(&mut at);
    new.ask(&mut at, sign_in(Role::Ao, Some(&code)));
    let digits = status(&mut new, &mut at).fingerprint.unwrap();
    let mut about_them = complaint(&at);
    about_them.insert("reg.subject_role".into(), "project".into());
    let record = receiver.record(&mut at, about_them).record;
    receiver.sync(&mut at);
    officer.sync(&mut at);
    assert!(officer.case(&mut at, record).is_some(), "the officer reads it");
    assert_eq!(refused(admin.ask(&mut at, enrol(Role::Ao))), FailureCode::NotAllowed);
    assert_eq!(refused(confirm(&mut admin, &mut at, Role::Ao, &digits)), FailureCode::NotAllowed);
    assert!(matches!(admin.ask(&mut at, enrol(Role::HqAme)), Answer::People(_)), "who does not read it");
    assert_eq!(confirm(&mut director, &mut at, Role::Ao, &digits), Answer::Done);
    assert_eq!(at.now, START);
    // Whom one does not look after is not found, and most roles look after nobody.
    assert_eq!(refused(officer.ask(&mut at, enrol(Role::AmeMgr))), FailureCode::NotFound);
    assert_eq!(refused(receiver.ask(&mut at, enrol(Role::Ao))), FailureCode::NotAllowed);
}
