//! Devices that only send, with a real server: prepared for the road, re-opened by whoever looks after them, and nobody else.

use crate::{
    harness::{Deployment, PASSPHRASE, Phone, user},
    people::{of, people, refused},
};
use mobile::protocol::{Answer, CaseDetail, CaseQuery, FailureCode, PeopleRequest, ReplicaStatus, Request, Stage};
use shared::{
    model::{
        devices::{DeviceStanding, RevokeReason, Shut},
        event::Step,
        ids::DeviceId,
        role::Role,
    },
    sync::sign_in::CallRefusal,
};

const NOTE: &str = "قيل قبل الحاجز";

fn status(phone: &mut Phone, at: &mut Deployment) -> ReplicaStatus {
    let Answer::Status(status) = phone.ask(at, Request::Status) else { panic!("no status") };
    status
}

fn reopen(of: Role, device: DeviceId) -> Request {
    Request::People(PeopleRequest::Reopen { user: user(of), device })
}

fn has_followup(case: &CaseDetail) -> bool {
    case.timeline.iter().any(|entry| format!("{entry:?}").contains(NOTE))
}

#[test]
fn a_phone_prepared_for_the_road_sends_what_waits_gets_nothing_and_fills_when_a_supervisor_reopens_it() {
    let mut at = Deployment::new(false);
    let (mut officer, mut manager) = (at.phone(Role::Ao), at.phone(Role::AmeMgr));
    let known = officer.complain(&mut at).record;
    officer.sync(&mut at);
    let followup = Step::Followup { with: String::new(), mode: "call".into(), note: NOTE.into(), next_on: None };
    officer.step(&mut at, known, followup).unwrap();
    let unsent = officer.complain(&mut at).record;
    assert!(matches!(officer.ask(&mut at, Request::PrepareForRoad), Answer::Status(s) if s.stage == Stage::Shut));
    assert!(officer.replica.holdings().unwrap().iter().all(|held| !held.waiting.is_empty()), "only what waits is left");
    officer.sync(&mut at);
    let now = status(&mut officer, &mut at);
    assert_eq!((now.shut, now.waiting), (Some(Shut::Road), 0));
    assert!(officer.replica.holdings().unwrap().is_empty());
    manager.sync(&mut at);
    assert!(manager.case(&mut at, unsent).is_some(), "what was unsent arrived");
    assert!(has_followup(&manager.case(&mut at, known).unwrap()), "and so did the step on what was forgotten");

    // Whoever forces the owner to open it gets nothing by the token either.
    let token = officer.next_call(&at).unwrap().token.unwrap();
    let session = at.server.authenticate(at.now, &token).unwrap();
    let read = at.server.cases(at.now, &session, &CaseQuery::default());
    assert_eq!(read.unwrap_err().told().code, CallRefusal::Shut);
    officer.replica.sync_finish(Err(mobile::replica::link::LinkError::Cut));

    let row = of(&people(&mut manager, &mut at), Role::Ao).devices[0].clone();
    assert_eq!(row.standing, DeviceStanding::Road);
    assert_eq!(refused(officer.ask(&mut at, reopen(Role::Ao, row.device))), FailureCode::Shut, "not from that very phone");
    assert_eq!(manager.ask(&mut at, reopen(Role::Ao, row.device)), Answer::Done);
    officer.sync(&mut at);
    assert_eq!(status(&mut officer, &mut at).stage, Stage::Open);
    for record in [known, unsent] {
        assert!(officer.case(&mut at, record).is_some(), "it fills again");
    }
    let lines = at.server.last_audit_lines(50).unwrap();
    for deed in ["device_shut", "device_reopened"] {
        assert!(lines.iter().any(|line| line.action == deed && line.object == row.device.to_string()), "{deed}");
    }
    let standing = of(&people(&mut manager, &mut at), Role::Ao).devices[0].standing;
    assert_eq!(standing, DeviceStanding::InUse);
}

#[test]
fn nobody_reopens_a_phone_they_do_not_look_after_and_a_revoked_one_stays_revoked() {
    let mut at = Deployment::new(false);
    let (mut receiver, mut officer, mut manager) = (at.phone(Role::Receiver), at.phone(Role::Ao), at.phone(Role::AmeMgr));
    for phone in [&mut officer, &mut manager] {
        phone.ask(&mut at, Request::PrepareForRoad);
        phone.sync(&mut at);
    }
    let mut director = at.phone(Role::Cd);
    let all = people(&mut director, &mut at);
    let (of_officer, of_manager) = (of(&all, Role::Ao).devices[0].device, of(&all, Role::AmeMgr).devices[0].device);
    assert_eq!(refused(receiver.ask(&mut at, reopen(Role::Ao, of_officer))), FailureCode::NotAllowed);
    let mut coordinator = at.phone(Role::AreaCoord);
    assert_eq!(refused(coordinator.ask(&mut at, reopen(Role::AmeMgr, of_manager))), FailureCode::NotFound);
    // Under another's name it is not found either.
    assert_eq!(refused(coordinator.ask(&mut at, reopen(Role::Ao, of_manager))), FailureCode::NotFound);
    let revoke =
        Request::People(PeopleRequest::Revoke { user: user(Role::Ao), device: Some(of_officer), why: RevokeReason::Lost });
    assert_eq!(director.ask(&mut at, revoke), Answer::Done);
    for phone in [&mut coordinator, &mut director] {
        assert_eq!(
            refused(phone.ask(&mut at, reopen(Role::Ao, of_officer))),
            FailureCode::NotAllowed,
            "not above who revoked it"
        );
    }
}

#[test]
fn a_phone_without_contact_for_a_month_forgets_and_fills_by_itself_unless_it_was_revoked_meanwhile() {
    let mut at = Deployment::new(false);
    let (mut officer, mut lost) = (at.phone(Role::Ao), at.phone(Role::AmeMgr));
    let record = officer.complain(&mut at).record;
    officer.sync(&mut at);
    lost.sync(&mut at);
    let unsent = officer.complain(&mut at).record;
    // Tokens hold as long as that: this one was renewed on the last day of contact.
    at.now = at.now.plus(30 * 86_400 - 10);
    let mut director = at.phone(Role::Cd);
    at.now = at.now.plus(20);
    let device = of(&people(&mut director, &mut at), Role::AmeMgr).devices[0].device;
    let revoke =
        Request::People(PeopleRequest::Revoke { user: user(Role::AmeMgr), device: Some(device), why: RevokeReason::Lost });
    assert_eq!(director.ask(&mut at, revoke), Answer::Done);
    for phone in [&mut officer, &mut lost] {
        phone.tick(&at);
        // With nothing waiting even the key is gone from memory.
        let expected = if status(phone, &mut at).waiting > 0 { Stage::Shut } else { Stage::Locked };
        assert_eq!(status(phone, &mut at).stage, expected);
        let held = phone.replica.holdings().unwrap();
        assert!(held.iter().all(|held| held.document.record != record));
    }
    // Its session ran out meanwhile: the password goes first.
    officer.sync(&mut at);
    let proof = mobile::protocol::SignInProof::password(crate::harness::PASSWORD);
    assert_eq!(officer.ask(&mut at, Request::Renew { proof: proof.clone() }), Answer::Done);
    officer.sync(&mut at);
    assert_eq!(status(&mut officer, &mut at).shut, None);
    officer.ask(&mut at, Request::UnlockWithPin { pin: "4711".into() });
    assert!(officer.case(&mut at, record).is_some() && officer.case(&mut at, unsent).is_some());
    let opened = lost.ask(&mut at, Request::Unlock { passphrase: PASSPHRASE.into() });
    assert!(matches!(opened, Answer::Status(status) if status.shut == Some(Shut::Expired)), "nothing is shown before contact");
    lost.sync(&mut at);
    assert_eq!(refused(lost.ask(&mut at, Request::Renew { proof })), FailureCode::Revoked);
    assert!(lost.replica.holdings().unwrap().is_empty(), "a lost phone stays empty");
}
