//! Planned visits: whoever is named finds them on their phone, and whoever planned them sees what became of them.

use crate::harness::{Deployment, Phone, user};
use mobile::protocol::{Answer, FailureCode, Request};
use shared::{
    document::content::Facts,
    intent::Intent,
    model::{
        codes::CountKey,
        dates::{Day, plus_days},
        event::Step,
        ids::{RecordId, UserId},
        record::DocKind,
        role::Role,
        row::SessionRow,
    },
    settings::Person,
    sync::sign_in::PublishSettings,
};
use std::collections::BTreeMap;

fn visit(day: Day, people: &[UserId]) -> Facts {
    let mut facts = Facts::from([
        ("planned".to_owned(), true.into()),
        ("date".to_owned(), day.to_string().into()),
        ("phase".to_owned(), "during".into()),
        ("place.adm3".to_owned(), "SY020400".into()),
        ("place.adm4".to_owned(), "C1561".into()),
        ("project.P01".to_owned(), true.into()),
    ]);
    facts.extend(people.iter().map(|user| (format!("facilitator.{user}"), true.into())));
    facts
}

fn plan(at: &mut Deployment, phone: &mut Phone, day: Day, people: &[UserId]) -> RecordId {
    let record = RecordId::random(&mut at.chance);
    phone.act(at, Intent::RecordSession { record, facts: visit(day, people), counts: BTreeMap::new() }).unwrap();
    record
}

fn plans(at: &mut Deployment, phone: &mut Phone, facilitator: Option<UserId>, until: Option<Day>) -> Vec<SessionRow> {
    match phone.ask(at, Request::Plans { facilitator, until }) {
        Answer::Sessions { rows, .. } => rows,
        other => panic!("{other:?}"),
    }
}

fn row(at: &mut Deployment, phone: &mut Phone, record: RecordId) -> SessionRow {
    match phone.ask(at, Request::Session(record)) {
        Answer::Session(session) => session.row,
        other => panic!("{other:?}"),
    }
}

fn change(at: &mut Deployment, phone: &mut Phone, record: RecordId, to: Option<Day>, reason: &str) -> Result<(), FailureCode> {
    let step = Step::PlanChanged { to, reason: reason.into(), note: String::new() };
    phone.act(at, Intent::AddStep { record, doc: DocKind::Session, step }).map(|_| ()).map_err(|failure| failure.code)
}

#[test]
fn a_visit_reaches_the_people_named_and_its_planner_sees_it_called_off_put_off_or_held() {
    let mut at = Deployment::new(false);
    let mut manager = at.phone(Role::AmeMgr);
    let (mut receiver, mut other) = (at.phone(Role::Receiver), at.phone(Role::AreaCoord));
    let today = at.now.day(180);
    let people = [user(Role::Receiver), user(Role::AoAssistant)];
    let records = [1, 3, 2].map(|ahead| plan(&mut at, &mut manager, plus_days(today, ahead), &people));
    let own = plan(&mut at, &mut manager, plus_days(today, 1), &[user(Role::Ao)]);
    for phone in [&mut manager, &mut receiver, &mut other] {
        phone.sync(&mut at);
    }
    let me = Some(user(Role::Receiver));
    let mine = |at: &mut Deployment, phone: &mut Phone, until| -> Vec<RecordId> {
        plans(at, phone, me.clone(), until).iter().map(|row| row.record).collect()
    };
    assert_eq!(mine(&mut at, &mut receiver, None), [records[0], records[2], records[1]], "soonest first");
    assert_eq!(mine(&mut at, &mut receiver, Some(plus_days(today, 1))), [records[0]]);
    assert!(plans(&mut at, &mut other, None, None).is_empty(), "not named, not in the team");
    assert!(matches!(receiver.ask(&mut at, Request::Session(own)), Answer::Failed(_)), "named to others only");

    // Without network: one called off, one put off, one held.
    change(&mut at, &mut receiver, records[0], None, "security").unwrap();
    assert_eq!(change(&mut at, &mut receiver, records[1], None, "no such reason"), Err(FailureCode::Invalid));
    assert_eq!(change(&mut at, &mut receiver, records[1], Some(plus_days(today, 400)), "weather"), Err(FailureCode::Invalid));
    change(&mut at, &mut receiver, records[1], Some(plus_days(today, 9)), "weather").unwrap();
    let counts = BTreeMap::from([(CountKey::F18To59, 12)]);
    receiver.act(&mut at, Intent::CountParticipants { record: records[2], counts }).unwrap();
    receiver.sync(&mut at);
    manager.sync(&mut at);
    let called_off = row(&mut at, &mut manager, records[0]);
    assert_eq!((called_off.planned, called_off.called_off), (true, Some("security".into())));
    let put_off = row(&mut at, &mut manager, records[1]);
    assert_eq!((put_off.postponed, put_off.date, put_off.called_off), (true, plus_days(today, 9), None));
    let held = row(&mut at, &mut manager, records[2]);
    assert_eq!((held.planned, held.total), (false, 12));
    let left: Vec<RecordId> = plans(&mut at, &mut manager, None, None).iter().map(|row| row.record).collect();
    assert_eq!(left, [own, records[1]]);

    // Planned again, on another day.
    change(&mut at, &mut manager, records[0], Some(plus_days(today, 5)), "other").unwrap();
    assert_eq!(row(&mut at, &mut manager, records[0]).called_off, None);
    manager.sync(&mut at);
    receiver.sync(&mut at);
    assert_eq!(mine(&mut at, &mut receiver, None), [records[0], records[1]]);
}

#[test]
fn a_session_that_names_nobody_stays_with_whoever_registered_it_when_their_area_or_project_changes() {
    let mut at = Deployment::new(false);
    let mut officer = at.phone(Role::Ao);
    let day = at.now.day(180);
    let record = plan(&mut at, &mut officer, day, &[]);
    officer.sync(&mut at);
    assert_eq!(row(&mut at, &mut officer, record).record, record);
    let changes: [fn(&mut Person); 3] = [
        |person| person.areas = vec!["SY020401".into()],
        |person| person.projects = vec!["P02".into()],
        |person| person.role = Role::PmFocal,
    ];
    for (n, change) in changes.into_iter().enumerate() {
        let mut settings = at.server.in_force().settings.clone();
        change(settings.people.iter_mut().find(|person| person.id == user(Role::Ao)).unwrap());
        at.server.publish_as_operator(at.now, PublishSettings { based_on: settings.version, settings }).unwrap();
        at.now = at.now.plus(60);
        officer.sync(&mut at);
        let held = officer.ask(&mut at, Request::Session(record));
        assert!(matches!(held, Answer::Session(_)), "after change {n}: {held:?}");
    }
}
