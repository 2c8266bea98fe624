//! People and devices: accounts made in the app, who sees whose devices, what a device tells of itself, revoking and a lost phone.

use crate::harness::{DAY, Deployment, Phone, complaint, user};
use mobile::protocol::{
    Answer, CaseQuery, CaseView, Failure, FailureCode, PeopleAnswer, PeopleRequest, Request, SignInProof, Stage,
};
use shared::{
    model::{
        devices::{DeviceStanding, PersonDevices, RevokeReason, TemporaryPassword},
        ids::UserId,
        role::Role,
    },
    settings::Person,
    sync::{
        sign_in::{CallRefusal, SignInRequest},
        signing::DeviceKey,
    },
};

fn newcomer(role: Role) -> Person {
    Person {
        id: UserId::default(),
        name: "ليلى".into(),
        role,
        areas: vec!["SY0204".into()],
        projects: Vec::new(),
        line_manager: Some(user(Role::Ao)),
        deputy: None,
        absent: false,
        partner: String::new(),
        inactive: false,
    }
}

fn add(phone: &mut Phone, at: &mut Deployment, login: &str, role: Role) -> Result<TemporaryPassword, Failure> {
    match phone.ask(at, Request::People(PeopleRequest::AddAccount { login: login.into(), person: Box::new(newcomer(role)) })) {
        Answer::People(PeopleAnswer::Password(password)) => Ok(password),
        Answer::Failed(failure) => Err(failure),
        other => panic!("{other:?}"),
    }
}

pub fn people(phone: &mut Phone, at: &mut Deployment) -> Vec<PersonDevices> {
    match phone.ask(at, Request::People(PeopleRequest::List)) {
        Answer::People(PeopleAnswer::List(people)) => people,
        other => panic!("{other:?}"),
    }
}

pub fn of(people: &[PersonDevices], role: Role) -> &PersonDevices {
    people.iter().find(|person| person.user == user(role)).unwrap()
}

pub fn refused(answer: Answer) -> FailureCode {
    match answer {
        Answer::Failed(failure) => failure.code,
        other => panic!("{other:?}"),
    }
}

fn sign_in(at: &mut Deployment, login: &str, password: &str, new: Option<&str>) -> Result<String, CallRefusal> {
    let request = SignInRequest {
        login: login.into(),
        password: password.into(),
        device_key: DeviceKey::from_secret(&[77; 32]).public(),
        app: "test".into(),
        code: None,
        new_password: new.map(str::to_owned),
        enrolment: None,
    };
    at.server.sign_in(at.now, &mut at.chance, &request).map(|answer| answer.token).map_err(|error| error.told().code)
}

#[test]
fn an_administrator_adds_a_person_and_only_a_password_of_their_own_goes_on_holding() {
    let mut at = Deployment::new(false);
    let mut admin = at.phone(Role::Admin);
    let given = add(&mut admin, &mut at, " Layla ", Role::Receiver).unwrap();
    assert_eq!((given.login.as_str(), given.password.len()), ("layla", 14));
    // The new person is in the administrator's own settings without another word.
    admin.sync(&mut at);
    let Answer::Settings(settings) = admin.ask(&mut at, Request::Settings) else { panic!("no settings") };
    assert_eq!(settings.person(&given.user).unwrap().name, "ليلى");

    let with = |at: &mut Deployment, new| sign_in(at, "layla", &given.password, new);
    assert_eq!(with(&mut at, None), Err(CallRefusal::NewPasswordNeeded));
    assert_eq!(with(&mut at, Some("short")), Err(CallRefusal::NewPasswordNeeded));
    assert_eq!(with(&mut at, Some(&given.password)), Err(CallRefusal::NewPasswordNeeded));
    let token = with(&mut at, Some("زيتون وجبل ونافذة")).unwrap();
    assert_eq!(with(&mut at, Some("another long password")), Err(CallRefusal::BadCredentials), "it was good for once");
    sign_in(&mut at, "layla", "زيتون وجبل ونافذة", None).unwrap();

    // A reset ends what the old password began, and begins the same way again.
    let request = Request::People(PeopleRequest::ResetAccount { user: given.user.clone(), second_factor: true });
    let Answer::People(PeopleAnswer::Password(again)) = admin.ask(&mut at, request) else { panic!("no password") };
    assert!(at.server.authenticate(at.now, &token).is_err());
    assert_ne!(again.password, given.password);
    assert_eq!(sign_in(&mut at, "layla", &again.password, None), Err(CallRefusal::NewPasswordNeeded));

    assert_eq!(add(&mut admin, &mut at, "layla", Role::Receiver).unwrap_err().code, FailureCode::Invalid, "the name is taken");
    let mut manager = at.phone(Role::AmeMgr);
    assert_eq!(add(&mut manager, &mut at, "omar", Role::Receiver).unwrap_err().code, FailureCode::NotAllowed);
}

#[test]
fn closing_an_account_is_a_snapshot_and_revokes_its_devices() {
    let mut at = Deployment::new(false);
    let (mut admin, mut receiver) = (at.phone(Role::Admin), at.phone(Role::Receiver));
    receiver.sync(&mut at);
    let Answer::Settings(mut settings) = admin.ask(&mut at, Request::Settings) else { panic!("no settings") };
    settings.people.iter_mut().find(|person| person.id == user(Role::Receiver)).unwrap().inactive = true;
    assert_eq!(admin.ask(&mut at, Request::PublishSettings(settings)), Answer::Done);
    receiver.sync(&mut at);
    assert_eq!(refused(receiver.ask(&mut at, Request::Drafts)), FailureCode::Revoked);
    let seen = people(&mut admin, &mut at);
    assert_eq!(of(&seen, Role::Receiver).devices[0].standing, DeviceStanding::Revoked);
}

#[test]
fn a_device_tells_when_it_was_there_and_what_waits_on_it() {
    let mut at = Deployment::new(false);
    let (mut admin, mut receiver) = (at.phone(Role::Admin), at.phone(Role::Receiver));
    let before = people(&mut admin, &mut at);
    let told = |people: &[PersonDevices]| of(people, Role::Receiver).devices[0].clone();
    assert_eq!((told(&before).last_contact, told(&before).waiting), (None, 0));
    receiver.complain(&mut at);
    // The first request carries it all, and all of it arrives.
    at.now = at.now.plus(3_600);
    receiver.sync(&mut at);
    let after = told(&people(&mut admin, &mut at));
    assert_eq!((after.last_contact, after.waiting), (Some(at.now), 0));
    assert_eq!(after.app, env!("CARGO_PKG_VERSION"));
    // A request that reaches the server without what waits: what waits is known all the same.
    receiver.complain(&mut at);
    let mut call = receiver.next_call(&at).unwrap();
    let mut request: shared::sync::messages::SyncRequest = shared::sync::messages::decode(&call.body).unwrap();
    let waits = request.waiting;
    assert!(waits >= 1 && !request.frames.is_empty());
    request.frames.truncate(0);
    at.now = at.now.plus(60);
    call.body = shared::sync::messages::encode(&request);
    assert!(crate::harness::call(&mut at, &call).is_err(), "what was signed were the frames");
    assert_eq!(told(&people(&mut admin, &mut at)).waiting, 0, "nobody is believed without a signature");
}

#[test]
fn supervisors_see_the_devices_of_their_own_people_without_log_ins_and_no_others() {
    let mut at = Deployment::new(false);
    let mut phones: Vec<(Role, Phone)> = Role::ALL.map(|role| (role, at.phone(role))).into();
    let mut seen_by = |at: &mut Deployment, by: Role| {
        let phone = &mut phones.iter_mut().find(|(role, _)| *role == by).unwrap().1;
        phone.ask(at, Request::People(PeopleRequest::List))
    };
    let roles = |answer: Answer| -> Vec<Role> {
        let Answer::People(PeopleAnswer::List(people)) = answer else { panic!("{answer:?}") };
        assert!(people.iter().all(|person| person.login.is_empty()), "only an administrator is told log-in names");
        people.iter().map(|person| Role::ALL[person.user.0[1..].parse::<usize>().unwrap() - 1]).collect()
    };
    assert_eq!(roles(seen_by(&mut at, Role::Ao)), [Role::Receiver, Role::Ao]);
    assert_eq!(
        roles(seen_by(&mut at, Role::AreaCoord)),
        [Role::Receiver, Role::Ao, Role::AoAssistant, Role::PmFocal, Role::AreaCoord]
    );
    assert_eq!(roles(seen_by(&mut at, Role::Cd)), Role::ALL);
    for role in [Role::Receiver, Role::PmFocal, Role::PseaFp, Role::HqIu, Role::HqAme] {
        assert_eq!(refused(seen_by(&mut at, role)), FailureCode::NotAllowed, "{role:?}");
    }
    let Answer::People(PeopleAnswer::List(all)) = seen_by(&mut at, Role::Admin) else { panic!("no people") };
    assert_eq!(all.len(), Role::ALL.len());
    assert!(all.iter().all(|person| !person.login.is_empty() && person.devices.len() == 1));
}

#[test]
fn an_officer_of_another_area_neither_sees_nor_revokes_a_receiver() {
    let mut settings = crate::harness::settings();
    for (role, area) in [(Role::Receiver, "SY020400"), (Role::Ao, "SY07")] {
        settings.people.iter_mut().find(|person| person.role == role).unwrap().areas = vec![area.into()];
    }
    let mut at = Deployment::with(false, settings);
    let (mut officer, mut manager) = (at.phone(Role::Ao), at.phone(Role::AmeMgr));
    let receiver = at.phone(Role::Receiver);
    let all = people(&mut manager, &mut at);
    let device = of(&all, Role::Receiver).devices[0].device;
    assert!(people(&mut officer, &mut at).iter().all(|person| person.user == user(Role::Ao)));
    for request in [
        Request::People(PeopleRequest::Revoke { user: user(Role::Receiver), device: Some(device), why: RevokeReason::Lost }),
        Request::People(PeopleRequest::Revoke { user: user(Role::Receiver), device: None, why: RevokeReason::Lost }),
        Request::People(PeopleRequest::Arrived { device, days: 30 }),
        // Another person's device under one's own name.
        Request::People(PeopleRequest::Revoke { user: user(Role::Ao), device: Some(device), why: RevokeReason::Lost }),
    ] {
        assert_eq!(refused(officer.ask(&mut at, request)), FailureCode::NotFound);
    }
    drop(receiver);
    let standing = of(&people(&mut manager, &mut at), Role::Receiver).devices[0].standing;
    assert_eq!(standing, DeviceStanding::InUse);
}

#[test]
fn a_revoked_phone_locks_at_its_next_contact_and_what_the_server_has_leaves_it() {
    let mut at = Deployment::new(false);
    let (mut officer, mut director) = (at.phone(Role::Ao), at.phone(Role::Cd));
    let sent = officer.complain(&mut at);
    officer.sync(&mut at);
    assert!(officer.case(&mut at, sent.record).is_some());
    officer.complain(&mut at);
    let device = of(&people(&mut director, &mut at), Role::Ao).devices[0].device;
    let revoke = Request::People(PeopleRequest::Revoke { user: user(Role::Ao), device: Some(device), why: RevokeReason::Lost });
    assert_eq!(director.ask(&mut at, revoke), Answer::Done);
    officer.sync(&mut at);
    assert_eq!(refused(officer.ask(&mut at, Request::Drafts)), FailureCode::Revoked);
    let Answer::Status(status) = officer.ask(&mut at, Request::Status) else { panic!("no status") };
    assert_eq!(status.stage, Stage::Locked);
    let held = officer.replica.holdings().unwrap();
    assert!(held.iter().all(|document| document.document.record != sent.record), "what the server has is gone");
    let last = &at.server.last_audit_lines(20).unwrap();
    assert!(last.iter().any(|line| line.action == "device_revoked" && line.object == device.to_string()));
}

#[test]
fn numbers_of_what_had_arrived_are_told_without_those_that_exclude_the_reader() {
    let mut at = Deployment::new(false);
    let (mut officer, mut manager, mut receiver) = (at.phone(Role::Ao), at.phone(Role::AmeMgr), at.phone(Role::Receiver));
    let plain = receiver.complain(&mut at).ref_no.unwrap();
    let mut about_team = complaint(&at);
    about_team.insert("reg.subject_role".into(), "acct".into());
    let hidden = receiver.record(&mut at, about_team).ref_no.unwrap();
    receiver.sync(&mut at);
    let device = of(&people(&mut manager, &mut at), Role::Receiver).devices[0].device;
    let numbers = |phone: &mut Phone, at: &mut Deployment, days| {
        let Answer::People(PeopleAnswer::Arrived(arrived)) =
            phone.ask(at, Request::People(PeopleRequest::Arrived { device, days }))
        else {
            panic!("no numbers")
        };
        let mut numbers: Vec<String> = arrived.numbers.into_iter().map(|number| number.ref_no).collect();
        numbers.sort();
        numbers
    };
    let mut both = vec![plain.clone(), hidden];
    both.sort();
    assert_eq!(numbers(&mut manager, &mut at, 14), both);
    assert_eq!(numbers(&mut officer, &mut at, 14), [plain], "about the officer's own team: not even its number");
    at.now = at.now.plus(10 * DAY);
    assert!(numbers(&mut manager, &mut at, 3).is_empty());
}

#[test]
fn a_phone_asks_for_a_password_of_ones_own_when_the_old_one_was_reset() {
    let mut at = Deployment::new(false);
    let (mut admin, mut receiver) = (at.phone(Role::Admin), at.phone(Role::Receiver));
    receiver.complain(&mut at);
    let reset = Request::People(PeopleRequest::ResetAccount { user: user(Role::Receiver), second_factor: false });
    let Answer::People(PeopleAnswer::Password(given)) = admin.ask(&mut at, reset) else { panic!("no password") };
    receiver.sync(&mut at);
    let renew = |proof| Request::Renew { proof };
    let by_password = SignInProof::password(given.password);
    assert_eq!(refused(receiver.ask(&mut at, renew(by_password.clone()))), FailureCode::NewPasswordNeeded);
    let with_own = SignInProof { new_password: Some("جبل وزيتون ونافذة".into()), ..by_password };
    assert_eq!(receiver.ask(&mut at, renew(with_own)), Answer::Done);
    receiver.sync(&mut at);
    let Answer::Waiting(waiting) = receiver.ask(&mut at, Request::Waiting) else { panic!("no answer") };
    assert_eq!(waiting.changes, 0, "nothing was lost on the way");
    let query = CaseQuery { view: CaseView::All, limit: 10, ..CaseQuery::default() };
    assert!(matches!(receiver.ask(&mut at, Request::Cases(query)), Answer::Cases(_)));
}
