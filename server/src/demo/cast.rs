//! The demo's settings: default lists and places, invented camps, four projects, one person per role.

use super::{
    content::{Content, DemoSays, Undertaking},
    months,
};
use shared::{
    model::{
        dates::{Day, plus_days},
        ids::ProjectCode,
    },
    settings::{
        Label, Person, Place, Project, Settings, Target,
        default::{DefaultsError, default},
    },
};
use std::collections::BTreeMap;

/// Settings in force throughout the demo, as of `today`.
pub(super) fn settings(content: &Content, today: Day) -> Result<Settings, DefaultsError> {
    let mut settings = default()?;
    settings.organisation = content.deployment.organisation.clone();
    settings.hotline = content.deployment.hotline.clone();
    settings.services = content.deployment.services.iter().cloned().map(|service| service.checked(today)).collect();
    settings.places.extend(content.camps.iter().map(|camp| Place {
        code: camp.code.clone(),
        level: 5,
        parent: Some(camp.community.clone()),
        name: Label { en: camp.en.clone(), ar: camp.ar.clone() },
        ..Place::default()
    }));
    settings.projects = content.undertakings.iter().map(|undertaking| project(undertaking, &content.says, today)).collect();
    settings.boxes = months::hung_boxes(today);
    settings.people = content
        .members
        .iter()
        .map(|member| Person {
            id: member.id.clone(),
            name: member.name.clone(),
            role: member.role,
            areas: member.areas.clone(),
            projects: member.projects.clone(),
            line_manager: member.line_manager.clone(),
            deputy: member.deputy.clone(),
            absent: false,
            partner: String::new(),
            inactive: false,
        })
        .collect();
    Ok(settings)
}

fn project(undertaking: &Undertaking, says: &BTreeMap<ProjectCode, DemoSays>, today: Day) -> Project {
    let target =
        |aim: &super::content::Aim| Target { place: aim.place.clone(), phases: aim.phases.clone(), caseload: aim.caseload };
    Project {
        code: undertaking.code.clone(),
        name: Label { en: undertaking.en.clone(), ar: undertaking.ar.clone() },
        donor: undertaking.donor.clone(),
        partner: undertaking.partner.clone(),
        sector: undertaking.sector.clone(),
        starts_on: plus_days(today, -undertaking.started_days_ago),
        ends_on: plus_days(today, undertaking.ends_in_days),
        targets: undertaking.targets.iter().map(target).collect(),
        favourites: undertaking.favourites.clone(),
        focal_points: BTreeMap::from([(String::new(), "u4".into())]),
        team: vec!["u4".into()],
        says: says.get(&undertaking.code).map(|says| says.on(today)).unwrap_or_default(),
        retired: false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Content, settings};
    use shared::{model::dates::Day, model::role::Role, settings::check::check};

    #[test]
    fn the_demos_settings_are_sound_and_have_one_person_per_role() {
        let settings = settings(&Content::read().unwrap(), Day::from_ymd_opt(2026, 11, 24).unwrap()).unwrap();
        assert_eq!(check(&settings), []);
        assert_eq!(settings.projects.len(), 4);
        for role in Role::ALL {
            assert_eq!(settings.people.iter().filter(|p| p.role == role).count(), 1, "{role:?}");
        }
    }
}
