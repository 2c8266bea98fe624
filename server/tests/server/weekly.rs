//! Who looked at what: cases opened on a phone without the server are told with the next sync, once, and a week of it is counted.

use crate::harness::{DAY, Deployment, Phone, call, complaint, user};
use mobile::{
    protocol::{Answer, Request},
    replica::link::LinkError,
};
use server::{weekly_page, work::audit::Finding};
use shared::{
    model::{
        ids::{RecordId, UserId},
        role::Role,
        week::{PersonsWeek, WeekQuery},
    },
    text::{Language, Texts},
};

const WORDS: &str = "planted-words";
const NAME: &str = "planted-name";

fn record(phone: &mut Phone, at: &mut Deployment, category: &str) -> RecordId {
    let mut facts = complaint(at);
    facts.insert("reg.category".into(), category.into());
    facts.insert("intake.words".into(), WORDS.into());
    facts.insert("contact.name".into(), NAME.into());
    phone.record(at, facts).record
}

/// What the log says was opened offline: who, which, what of it.
fn offline(at: &Deployment) -> Vec<(String, String, String)> {
    let mut lines = at.server.last_audit_lines(1_000).unwrap();
    lines.retain(|line| line.action == "read_offline");
    lines.reverse();
    let first = |detail: &str| detail.split(' ').next().unwrap().to_owned();
    lines.into_iter().map(|line| (line.user.0, line.object, first(&line.detail))).collect()
}

#[test]
fn what_is_opened_without_the_server_is_in_the_log_with_the_next_sync_and_only_once() {
    let mut at = Deployment::new(false);
    let (mut receiver, mut officer) = (at.phone(Role::Receiver), at.phone(Role::Ao));
    let (late, unfair) = (record(&mut receiver, &mut at, "qual.delay"), record(&mut receiver, &mut at, "targ.exclusion"));
    receiver.sync(&mut at);
    officer.sync(&mut at);
    assert_eq!(offline(&at), []);
    for _ in 0..3 {
        officer.case(&mut at, late).unwrap();
        at.now = at.now.plus(60);
    }
    officer.case(&mut at, unfair).unwrap();
    // The server heard it and its answer was lost: it comes again, with what was opened since.
    let outgoing = officer.next_call(&at).unwrap();
    assert!(call(&mut at, &outgoing).is_ok());
    officer.replica.sync_finish(Err(LinkError::Offline));
    at.now = at.now.plus(2 * 3_600);
    officer.case(&mut at, late).unwrap();
    officer.sync(&mut at);
    officer.sync(&mut at);
    let line = |record: RecordId, what: &str| (user(Role::Ao).0, record.to_string(), what.to_owned());
    assert_eq!(offline(&at), [line(late, "identity"), line(unfair, "level3+identity"), line(late, "identity")]);
    assert!(matches!(at.server.check_audit(&[]).unwrap(), Finding::Holds { .. }));
}

#[test]
fn a_week_counts_for_each_person_and_says_nothing_of_any_case() {
    let mut at = Deployment::new(false);
    let (mut receiver, mut officer) = (at.phone(Role::Receiver), at.phone(Role::Ao));
    let (late, unfair) = (record(&mut receiver, &mut at, "qual.delay"), record(&mut receiver, &mut at, "targ.exclusion"));
    receiver.sync(&mut at);
    officer.sync(&mut at);
    for record in [late, unfair] {
        officer.case(&mut at, record).unwrap();
    }
    officer.sync(&mut at);
    let session = crate::raw_phone::RawPhone::sign_in(&mut at, Role::AmeMgr, 4).session(&at);
    at.server.case(at.now, &session, unfair).unwrap();
    at.server.case(at.now, &session, unfair).unwrap();
    assert!(at.server.sign_in(at.now, &mut at.chance, &wrong()).is_err());
    at.server.export_audit(at.now, 1, &mut Vec::new()).unwrap();
    let first = at.now.day(180);
    at.now = at.now.plus(DAY);
    let week = at.server.week(at.now, None).unwrap();
    assert_eq!(week.to, first, "whole days, up to yesterday");
    let of = |role: Role| week.people.iter().find(|person| person.user == user(role)).unwrap().clone();
    let officers = of(Role::Ao);
    let counted = |week: &PersonsWeek| [week.identities, week.sensitive, week.online, week.offline, week.sign_ins, week.refused];
    assert_eq!(counted(&officers), [2, 1, 0, 2, 1, 1]);
    assert!(officers.sent > 0 && officers.administered > 0, "documents went to a phone that was enrolled");
    assert_eq!(counted(&of(Role::AmeMgr)), [0, 1, 2, 0, 1, 0]);
    assert_eq!(week.people[0].exports, 1, "the operator's");
    assert!(at.server.week(at.now.plus(30 * DAY), None).unwrap().people.is_empty());
    for language in Language::ALL {
        let text = weekly_page::text(&week, Texts::new(language));
        assert!(text.contains(Role::Ao.id()) && text.lines().count() > 12, "{text}");
        for secret in [WORDS, NAME, &late.to_string(), "qual.delay", "targ.exclusion"] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
}

/// The line hears of its own people; how often a focal point opened something sealed is for who reads the log.
#[test]
fn a_week_reaches_the_line_without_those_it_does_not_look_after() {
    let mut at = Deployment::new(false);
    for role in [Role::Ao, Role::PseaFp, Role::Receiver] {
        at.phone(role).sync(&mut at);
    }
    let mut told = |role: Role| {
        let mut phone = at.phone(role);
        let today = at.now.day(180);
        let asked = Request::Week(WeekQuery { from: Some(today) });
        match phone.ask(&mut at, asked) {
            Answer::Week(week) => Some(week.people.into_iter().map(|one| one.user).collect::<Vec<_>>()),
            Answer::Failed(_) => None,
            other => panic!("{other:?}"),
        }
    };
    let managers = told(Role::AmeMgr).unwrap();
    assert!(managers.contains(&user(Role::Ao)) && managers.contains(&user(Role::AmeMgr)), "{managers:?}");
    assert!(!managers.contains(&user(Role::PseaFp)) && !managers.contains(&UserId::default()), "{managers:?}");
    for role in [Role::Cd, Role::Admin, Role::HqIu] {
        assert!(told(role).unwrap().contains(&user(Role::PseaFp)), "{role:?}");
    }
    for role in [Role::Ao, Role::Receiver, Role::PmFocal, Role::PseaFp] {
        assert_eq!(told(role), None, "{role:?}");
    }
}

fn wrong() -> shared::sync::sign_in::SignInRequest {
    shared::sync::sign_in::SignInRequest {
        login: "ao".into(),
        password: "not the password".into(),
        device_key: shared::sync::signing::DeviceKey::from_secret(&[77; 32]).public(),
        app: "raw".into(),
        code: None,
        new_password: None,
        enrolment: None,
    }
}

/// A device let in, confirmed and revoked is of the week too: no deed falls through.
#[test]
fn every_line_of_the_log_is_known_to_the_report() {
    let mut at = Deployment::new(false);
    let mut receiver = at.phone(Role::Receiver);
    receiver.complain(&mut at);
    receiver.sync(&mut at);
    at.server.close_account(at.now, "receiver").unwrap();
    for line in at.server.last_audit_lines(1_000).unwrap() {
        assert!(server::audit::Deed::from_id(&line.action).is_some(), "{}", line.action);
    }
    for code in ["enrolment_code_made", "device_confirmed", "device_shut", "device_reopened", "device_opened"] {
        assert!(server::audit::Deed::from_id(code).is_some(), "{code}");
    }
}
