//! A phone that a supervisor revokes, perhaps of someone about to report them: whoever stands above sees it with the reason, and what was
//! not sent, sealed or not, comes in once they let it in again.

use crate::{
    carried::{bring, save},
    harness::{Deployment, Phone, user},
    photos::{jpeg, record_with_photo, show, shown, waiting},
    sealed_phones::{WORDS, begun, card, phone_with_key, sensitive, told},
};
use mobile::protocol::{Answer, FailureCode, PeopleAnswer, PeopleRequest, Request, Stage};
use shared::model::{
    devices::{DeviceRow, DeviceStanding, RevokeReason},
    ids::DeviceId,
    role::Role,
};

fn device_of(phone: &mut Phone, at: &mut Deployment, role: Role) -> DeviceRow {
    let Answer::People(PeopleAnswer::List(all)) = phone.ask(at, Request::People(PeopleRequest::List)) else { panic!("no list") };
    all.into_iter().find(|person| person.user == user(role)).unwrap().devices.remove(0)
}

fn let_in(phone: &mut Phone, at: &mut Deployment, device: DeviceId) -> Result<(), FailureCode> {
    match phone.ask(at, Request::People(PeopleRequest::Reopen { user: user(Role::Receiver), device })) {
        Answer::Done => Ok(()),
        Answer::Failed(failure) => Err(failure.code),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_revoked_phones_unsent_sealed_report_arrives_once_someone_above_the_revoker_lets_it_in() {
    let mut at = Deployment::new(false);
    let begun = begun(&at, &[Role::PseaFp, Role::HqIu]);
    let (mut receiver, mut officer) = (at.phone(Role::Receiver), at.phone(Role::Ao));
    let mut manager = at.phone(Role::AmeMgr);
    let mut focal = phone_with_key(&mut at, Role::PseaFp, &card(&begun, Role::PseaFp));
    receiver.sync(&mut at);
    let facts = sensitive(&at, "ser.sea");
    let sealed = receiver.record(&mut at, facts).record;
    let plain = receiver.complain(&mut at).record;

    let device = device_of(&mut officer, &mut at, Role::Receiver).device;
    let revoke = PeopleRequest::Revoke { user: user(Role::Receiver), device: Some(device), why: RevokeReason::Misused };
    assert_eq!(officer.ask(&mut at, Request::People(revoke)), Answer::Done);
    receiver.sync(&mut at);
    assert!(at.server.storage().read(|tx| tx.count_quarantined()).unwrap() > 2, "kept whole");
    focal.sync(&mut at);
    assert!(focal.case(&mut at, sealed).is_none());

    // Seen by whoever stands above, with who and why; undone by them alone.
    let row = device_of(&mut manager, &mut at, Role::Receiver);
    let revoked = row.revoked.unwrap();
    assert_eq!((row.standing, revoked.by, revoked.why), (DeviceStanding::Revoked, user(Role::Ao), Some(RevokeReason::Misused)));
    assert_eq!(let_in(&mut officer, &mut at, device), Err(FailureCode::NotAllowed));
    assert_eq!(let_in(&mut focal, &mut at, device), Err(FailureCode::NotAllowed));
    assert_eq!(let_in(&mut manager, &mut at, device), Ok(()));
    let lines = at.server.last_audit_lines(50).unwrap();
    assert!(lines.iter().any(|line| line.action == "device_revoked" && line.detail == "misused"));

    focal.sync(&mut at);
    assert!(told(&focal.case(&mut at, sealed).expect("it arrived")).contains(WORDS));
    officer.sync(&mut at);
    assert_eq!(officer.case(&mut at, plain).unwrap().row.recorded_by, user(Role::Receiver));
    assert!(officer.case(&mut at, sealed).is_none(), "whoever revoked it reads no more than before");

    // The app is started anew, asks once more, and opens.
    receiver.restart(&mut at);
    let unlock = || Request::Unlock { passphrase: crate::harness::PASSPHRASE.into() };
    receiver.ask(&mut at, unlock());
    receiver.sync(&mut at);
    let opened = receiver.ask(&mut at, unlock());
    assert!(matches!(&opened, Answer::Status(status) if status.stage == Stage::Open), "{opened:?}");
    receiver.complain(&mut at);
    receiver.sync(&mut at);
    assert_eq!(device_of(&mut manager, &mut at, Role::Receiver).standing, DeviceStanding::InUse);
}

#[test]
fn what_was_brought_in_a_file_for_a_revoked_phone_comes_in_whole_with_its_photo_when_it_is_let_in() {
    let mut at = Deployment::new(false);
    let (mut receiver, mut officer, mut director) = (at.phone(Role::Receiver), at.phone(Role::Ao), at.phone(Role::Cd));
    receiver.sync(&mut at);
    let record = receiver.complain(&mut at).record;
    let device = device_of(&mut director, &mut at, Role::Receiver).device;
    let picture = jpeg(100);
    let with_photo = record_with_photo(&mut at, &mut receiver, &picture);
    let file = save(&mut at, &mut receiver);
    let revoke = PeopleRequest::Revoke { user: user(Role::Receiver), device: None, why: RevokeReason::Taken };
    assert_eq!(officer.ask(&mut at, Request::People(revoke)), Answer::Done);
    assert!(matches!(bring(&mut at, &mut director, &file), Ok((0, 0, 5))));
    assert_eq!(let_in(&mut director, &mut at, device), Ok(()));
    officer.sync(&mut at);
    assert!(officer.case(&mut at, record).is_some());
    assert_eq!(show(&mut at, &mut officer, with_photo), shown(&picture), "the photo stood aside with its words");
    receiver.sync(&mut at);
    assert_eq!(waiting(&mut at, &mut receiver), (0, 0), "the phone hears that all of it is there");
}
