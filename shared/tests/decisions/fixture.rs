//! A small deployment: the default lists and places, two projects, one person per role and a few more.

use shared::{
    model::{
        codes::Phase,
        dates::{Day, UnixSeconds},
        ids::UserId,
        role::Role,
    },
    policy::{self, Actor},
    settings::{self, Person, Project, Settings, Target},
};
use std::collections::BTreeMap;

pub(crate) const ADM3: &str = "SY020400";
pub(crate) const OTHER_ADM3: &str = "SY020405";
pub(crate) const PLACE: &str = "C1561";

pub(crate) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// Noon in Damascus on a day.
pub(crate) fn noon(text: &str) -> UnixSeconds {
    UnixSeconds(day(text).and_hms_opt(9, 0, 0).unwrap().and_utc().timestamp())
}

pub(crate) fn person(id: &str, role: Role, manager: &str) -> Person {
    Person {
        id: id.into(),
        name: id.to_owned(),
        role,
        areas: Vec::new(),
        projects: Vec::new(),
        line_manager: Some(manager).filter(|m| !m.is_empty()).map(UserId::from),
        deputy: None,
        absent: false,
        partner: String::new(),
        inactive: false,
    }
}

fn project(code: &str, partner: &str, focal: &str) -> Project {
    Project {
        code: code.into(),
        name: settings::Label::default(),
        donor: String::new(),
        partner: partner.to_owned(),
        sector: "wash".into(),
        starts_on: day("2026-01-01"),
        ends_on: day("2026-12-31"),
        targets: vec![Target { place: PLACE.into(), phases: vec![Phase::Before, Phase::During], caseload: [10, 10] }],
        favourites: Vec::new(),
        focal_points: if focal.is_empty() { BTreeMap::new() } else { BTreeMap::from([(String::new(), focal.into())]) },
        team: Vec::new(),
        says: Default::default(),
        retired: false,
    }
}

/// `receiver` … `admin`: one person per role. `ao2` covers another sub-district; `worker` is of P01's team; `partner` is a
/// receiver of Ihsan, who implement P02.
pub(crate) fn settings() -> Settings {
    let mut settings = settings::default::default().unwrap();
    let mut ao = person("ao", Role::Ao, "ame_mgr");
    ao.areas = vec!["SY0204".into()];
    let mut ao2 = person("ao2", Role::Ao, "ame_mgr");
    ao2.areas = vec![OTHER_ADM3.into()];
    let mut assistant = person("ao_assistant", Role::AoAssistant, "ao");
    assistant.areas = vec![ADM3.into()];
    let mut partner = person("partner", Role::Receiver, "");
    partner.partner = "Ihsan".into();
    settings.people = vec![
        person("receiver", Role::Receiver, "ao"),
        ao,
        ao2,
        assistant,
        person("pm_focal", Role::PmFocal, "area_coord"),
        person("area_coord", Role::AreaCoord, "cd"),
        person("ame_mgr", Role::AmeMgr, "cd"),
        person("cd", Role::Cd, ""),
        person("psea_fp", Role::PseaFp, "cd"),
        person("hq_iu", Role::HqIu, ""),
        person("hq_ame", Role::HqAme, ""),
        person("admin", Role::Admin, ""),
        person("worker", Role::Receiver, "pm_focal"),
        partner,
    ]
    .into();
    settings.projects = vec![project("P01", "", "pm_focal"), project("P02", "Ihsan", "")].into();
    settings.projects[0].team = vec!["worker".into()];
    settings
}

pub(crate) fn actor(settings: &Settings, id: &str) -> Actor {
    policy::actor(settings, &id.into()).unwrap()
}
