//! Each kind of problem is found where it is made, and nowhere else.

use super::{Problem, ProblemCode, check, check_against};
use crate::{
    model::{codes::Phase, dates::Day, ids::Code, role::Role},
    settings::{CallNumber, ComplaintBox, Label, Person, Project, Service, ServiceKind, Settings, Target, default::default},
};
use std::collections::BTreeMap;

fn label(text: &str) -> Label {
    Label { en: text.into(), ar: text.into() }
}

fn person(id: &str, role: Role, line_manager: Option<&str>) -> Person {
    Person {
        id: id.into(),
        name: format!("Person {id}"),
        role,
        areas: vec!["SY020400".into()],
        projects: vec!["P01".into()],
        line_manager: line_manager.map(Into::into),
        deputy: None,
        absent: false,
        partner: String::new(),
        inactive: false,
    }
}

fn service(checked_on: &str) -> Service {
    let (phone, kind) = ("+963933000002".to_owned(), ServiceKind::Survivor);
    Service {
        code: "S1".into(),
        adm3: "SY020400".into(),
        kind,
        label: label("house"),
        phone,
        checked_on: checked_on.parse().unwrap(),
        retired: false,
    }
}

#[test]
fn services_are_found_by_sub_district_medical_ones_first_and_age_after_90_days() {
    let mut settings = sound();
    settings.services.push(Service { kind: ServiceKind::Medical, ..service("2026-06-02") });
    settings.services.push(Service { adm3: "SY020405".into(), ..service("2026-06-02") });
    let kinds: Vec<_> = settings.services_of(&"SY020400".into()).iter().map(|service| service.kind).collect();
    assert_eq!(kinds, [ServiceKind::Medical, ServiceKind::Survivor]);
    settings.services.push(Service { kind: ServiceKind::Medical, retired: true, ..service("2026-06-02") });
    assert_eq!(settings.services_of(&"SY020400".into()).len(), 2, "a retired one is told to nobody");
    let unchecked = |today: &str| settings.is_unchecked(&settings.services[0], today.parse().unwrap());
    assert!(!unchecked("2026-08-30") && unchecked("2026-08-31"));
}

/// A snapshot without a problem.
fn sound() -> Settings {
    let mut settings = default().unwrap();
    settings.hotline = vec![CallNumber { label: label("line"), phone: "+963933000001".into() }];
    settings.services = vec![service("2026-06-01")];
    settings.boxes = vec![ComplaintBox {
        code: "B1".into(),
        label: label("box"),
        place: "C1561".into(),
        project: None,
        since: Day::from_ymd_opt(2026, 1, 1).unwrap(),
        retired: false,
    }];
    settings.people = vec![person("u1", Role::Ao, Some("u2")), person("u2", Role::AmeMgr, None)].into();
    settings.projects = vec![Project {
        code: "P01".into(),
        name: label("Winter"),
        donor: String::new(),
        partner: String::new(),
        sector: "snfi".into(),
        starts_on: Day::from_ymd_opt(2026, 1, 1).unwrap(),
        ends_on: Day::from_ymd_opt(2026, 12, 31).unwrap(),
        targets: vec![Target { place: "C1561".into(), phases: vec![Phase::Before], caseload: [10, 10] }],
        favourites: vec!["info.crm".into()],
        focal_points: BTreeMap::from([(String::new(), "u1".into())]),
        team: vec!["u1".into()],
        says: Default::default(),
        retired: false,
    }]
    .into();
    settings
}

fn problems(change: impl FnOnce(&mut Settings)) -> Vec<(ProblemCode, String)> {
    let mut settings = sound();
    change(&mut settings);
    check(&settings).into_iter().map(|Problem { code, at }| (code, at)).collect()
}

#[test]
fn a_sound_snapshot_has_no_problem() {
    assert_eq!(problems(|_| {}), []);
}

#[test]
fn each_fault_is_named_where_it_stands() {
    type Change = fn(&mut Settings);
    let cases: [(Change, ProblemCode, &str); 27] = [
        (|s| s.people[0].id = "u 1".into(), ProblemCode::MalformedId, "u 1"),
        (|s| s.places.extend_from_within(..1), ProblemCode::Duplicate, "SY02"),
        (|s| s.categories[0].label.ar.clear(), ProblemCode::MissingLabel, "info.project"),
        (|s| drop(s.lists.remove("channel")), ProblemCode::MissingList, "channel"),
        (|s| drop(s.lists.get_mut("consent").unwrap().pop()), ProblemCode::MissingCode, "consent.not_possible"),
        (|s| s.projects[0].targets[0].place = "C9".into(), ProblemCode::UnknownPlace, "P01: C9"),
        (|s| s.people[0].areas = vec!["C9".into()], ProblemCode::UnknownPlace, "u1: C9"),
        (|s| s.places.last_mut().unwrap().parent = Some("C9".into()), ProblemCode::UnknownPlace, "C1673: C9"),
        (|s| s.people[0].projects = vec!["P9".into()], ProblemCode::UnknownProject, "u1: P9"),
        (|s| s.projects[0].favourites = vec!["x.y".into()], ProblemCode::UnknownCategory, "P01: x.y"),
        (|s| s.projects[0].sector = "x".into(), ProblemCode::UnknownSector, "P01: x"),
        (|s| s.people[0].inactive = true, ProblemCode::UnknownUser, "P01: u1"),
        (|s| s.people[1].line_manager = Some("u1".into()), ProblemCode::Loop, "u2"),
        (|s| s.people[0].deputy = Some("u1".into()), ProblemCode::Loop, "u1"),
        (|s| s.places[1].parent = Some("SY0203".into()), ProblemCode::WrongLevel, "SY0204"),
        (|s| s.projects[0].ends_on = Day::from_ymd_opt(2025, 1, 1).unwrap(), ProblemCode::EndsBeforeStart, "P01"),
        (
            |s| s.categories.iter_mut().filter(|c| c.code.as_str() == "ser.sea").for_each(|c| c.sealed = false),
            ProblemCode::NotSealed,
            "ser.sea",
        ),
        (|s| s.limits.closure_days = 0, ProblemCode::BadLimit, "closure_days"),
        (|s| s.limits.escalation_hours = 25, ProblemCode::BadLimit, "escalation_hours"),
        (|s| s.limits.passphrase_tries = 2, ProblemCode::BadLimit, "passphrase_tries"),
        (|s| s.utc_offset_min = 10_000, ProblemCode::BadOffset, "10000"),
        (|s| s.hotline.clear(), ProblemCode::NoHotline, ""),
        (|s| s.places[0].shape = vec![vec![[1_800_001, 0]]], ProblemCode::BadShape, "SY02"),
        (|s| s.places[0].shape = vec![vec![[0, 0]; 6_001]], ProblemCode::BadShape, ""),
        (|s| s.hotline[0].phone = "0933".into(), ProblemCode::BadPhone, "0933"),
        (|s| s.services[0].phone = "0934".into(), ProblemCode::BadPhone, "0934"),
        (|s| s.services[0].adm3 = "C1561".into(), ProblemCode::UnknownPlace, "+963933000002: C1561"),
    ];
    for (change, code, at) in cases {
        let found = problems(change);
        assert!(found.contains(&(code, at.to_owned())), "{code:?} at {at} not in {found:?}");
    }
}

#[test]
fn a_service_is_given_a_code_once_and_no_code_twice() {
    let mut settings = sound();
    let unnumbered = || Service { code: Code::default(), ..service("2026-06-02") };
    settings.services = vec![unnumbered(), Service { code: "S4".into(), ..service("2026-06-02") }, unnumbered()];
    settings.number_services();
    let codes = |settings: &Settings| settings.services.iter().map(|service| service.code.0.clone()).collect::<Vec<_>>();
    assert_eq!(codes(&settings), ["S5", "S4", "S6"]);
    settings.number_services();
    assert_eq!(codes(&settings), ["S5", "S4", "S6"], "who has one keeps it");
}

#[test]
fn codes_are_retired_never_deleted() {
    let previous = sound();
    let mut next = previous.clone();
    next.version += 1;
    next.lists.get_mut("channel").unwrap()[0].retired = true;
    assert_eq!(check_against(&previous, &next), []);
    next.lists.get_mut("channel").unwrap().remove(0);
    next.places.pop();
    next.services[0].retired = true;
    next.services.push(Service { code: Code::default(), ..service("2026-06-02") });
    assert_eq!(check_against(&previous, &next).len(), 2, "a retired service and a new one are no fault");
    next.services.remove(0);
    next.boxes.clear();
    let gone = check_against(&previous, &next);
    let gone: Vec<_> = gone.iter().map(|p| (p.code, p.at.as_str())).collect();
    assert_eq!(
        gone,
        [
            (ProblemCode::Deleted, "C1673"),
            (ProblemCode::Deleted, "box.B1"),
            (ProblemCode::Deleted, "channel.hotline"),
            (ProblemCode::Deleted, "service.S1")
        ]
    );
    next = previous.clone();
    assert_eq!(check_against(&previous, &next)[0].code, ProblemCode::WrongVersion);
    next.version -= 1;
    assert_eq!(check_against(&previous, &next)[0].code, ProblemCode::WrongVersion);
    // A restored server leaves out numbers it may have given before.
    next.version = previous.version + 65_536;
    assert_eq!(check_against(&previous, &next), []);
}
