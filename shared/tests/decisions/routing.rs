//! Who gets a case, who is told when it is late, who must never have it. # Source: domain.md §3, §4

use crate::fixture::{ADM3, OTHER_ADM3, day, person, settings};
use shared::{
    model::{
        codes::{Level, SubjectRole},
        ids::{Pcode, ProjectCode, UserId},
        role::Role,
        ruling::RouteReason,
    },
    routing::{self, CaseFacts, SealedCase},
    settings::Settings,
};

struct Case {
    level: u8,
    adm3: Pcode,
    project: Option<ProjectCode>,
    partner: Option<&'static str>,
    subject: SubjectRole,
    author: UserId,
}

fn case(level: u8) -> Case {
    let project = Some("P01".into());
    Case { level, adm3: ADM3.into(), project, partner: None, subject: SubjectRole::None, author: "receiver".into() }
}

impl Case {
    fn about(subject: SubjectRole, level: u8) -> Self {
        Self { subject, ..case(level) }
    }

    fn facts(&self) -> CaseFacts<'_> {
        CaseFacts {
            level: Level::new(self.level).unwrap(),
            adm3: &self.adm3,
            project: self.project.as_ref(),
            partner: self.partner,
            subject_role: Some(self.subject),
            author: &self.author,
        }
    }

    fn routed(&self, settings: &Settings) -> (String, RouteReason) {
        let (to, why) = routing::route(settings, &self.facts()).unwrap();
        (to.0, why)
    }

    fn implicates(&self, settings: &Settings) -> Vec<String> {
        let CaseFacts { subject_role, project, author, partner, .. } = self.facts();
        let people = settings.people.iter().map(|person| &person.id);
        let found = people.filter(|id| routing::implicated(settings, subject_role, project, author, partner, id));
        found.map(ToString::to_string).collect()
    }
}

fn to(who: &str, why: RouteReason) -> (String, RouteReason) {
    (who.to_owned(), why)
}

fn edit<'a>(settings: &'a mut Settings, id: &str) -> &'a mut shared::settings::Person {
    settings.people.iter_mut().find(|person| person.id.as_str() == id).unwrap()
}

#[test]
fn level_one_goes_to_the_areas_officer() {
    let mut settings = settings();
    assert_eq!(case(1).routed(&settings), to("ao", RouteReason::LevelOne));
    let other = Case { adm3: OTHER_ADM3.into(), ..case(1) };
    assert_eq!(other.routed(&settings), to("ao", RouteReason::LevelOne), "equal breadth: by id");
    edit(&mut settings, "ao").inactive = true;
    assert_eq!(case(1).routed(&settings), to("ao_assistant", RouteReason::LevelOne));
    edit(&mut settings, "ao_assistant").inactive = true;
    assert_eq!(case(1).routed(&settings), to("ame_mgr", RouteReason::Fallback));
    edit(&mut settings, "ame_mgr").inactive = true;
    assert_eq!(case(1).routed(&settings), to("cd", RouteReason::Fallback));
}

#[test]
fn whoever_covers_least_is_nearest() {
    let mut settings = settings();
    edit(&mut settings, "ao").areas.clear();
    let other = Case { adm3: OTHER_ADM3.into(), ..case(1) };
    assert_eq!(other.routed(&settings), to("ao2", RouteReason::LevelOne));
    edit(&mut settings, "ao2").areas.clear();
    edit(&mut settings, "ao2").projects = vec!["P01".into()];
    assert_eq!(case(1).routed(&settings), to("ao2", RouteReason::LevelOne));
    let of_other_project = Case { project: Some("P02".into()), ..case(1) };
    assert_eq!(of_other_project.routed(&settings), to("ao", RouteReason::LevelOne));
}

#[test]
fn levels_two_and_three_go_to_the_projects_focal_point_for_the_area() {
    let mut settings = settings();
    settings.people.push(person("pm_suran", Role::PmFocal, "area_coord"));
    settings.projects[0].focal_points.insert(OTHER_ADM3.into(), "pm_suran".into());
    for level in [2, 3] {
        assert_eq!(case(level).routed(&settings), to("pm_focal", RouteReason::ProjectFocal));
        let other = Case { adm3: OTHER_ADM3.into(), ..case(level) };
        assert_eq!(other.routed(&settings), to("pm_suran", RouteReason::ProjectFocal));
        // A community lies in its sub-district.
        let community = Case { adm3: "C1667".into(), ..case(level) };
        assert_eq!(community.routed(&settings), to("pm_suran", RouteReason::ProjectFocal));
    }
    edit(&mut settings, "pm_focal").inactive = true;
    assert_eq!(case(2).routed(&settings), to("area_coord", RouteReason::AreaCoordinator));
}

#[test]
fn without_a_focal_point_the_coordinator_and_without_a_project_the_officer() {
    let settings = settings();
    let of_p02 = Case { project: Some("P02".into()), ..case(2) };
    assert_eq!(of_p02.routed(&settings), to("area_coord", RouteReason::AreaCoordinator));
    let none = Case { project: None, ..case(3) };
    assert_eq!(none.routed(&settings), to("ao", RouteReason::NoProject));
    let unknown = Case { project: Some("P99".into()), ..case(2) };
    assert_eq!(unknown.routed(&settings), to("ao", RouteReason::NoProject));
}

#[test]
fn exclusion_leads_one_rung_up() {
    let mut settings = settings();
    // The project's team: focal point and coordinator are out.
    assert_eq!(Case::about(SubjectRole::Project, 2).routed(&settings), to("ame_mgr", RouteReason::Implicated));
    assert_eq!(Case::about(SubjectRole::Unknown, 3).routed(&settings), to("ame_mgr", RouteReason::Implicated));
    // The accountability team.
    assert_eq!(Case::about(SubjectRole::Accountability, 1).routed(&settings), to("ame_mgr", RouteReason::Implicated));
    for level in [2, 3] {
        let of_project = Case::about(SubjectRole::Accountability, level);
        assert_eq!(of_project.routed(&settings), to("ame_mgr", RouteReason::Implicated), "past the project's people");
    }
    // About the manager: nobody who answers to them, but the director.
    let own = Case { author: "ame_mgr".into(), project: None, ..Case::about(SubjectRole::Me, 1) };
    assert_eq!(own.routed(&settings), to("cd", RouteReason::Implicated));
    // About the director: the Investigation Unit at once.
    let directors = Case { author: "cd".into(), ..Case::about(SubjectRole::Me, 2) };
    assert_eq!(directors.routed(&settings), to("hq_iu", RouteReason::Implicated));
    // About an officer: neither their assistant nor their manager.
    let officers = Case { author: "ao".into(), ..Case::about(SubjectRole::Me, 1) };
    assert_eq!(officers.routed(&settings), to("cd", RouteReason::Implicated));
    edit(&mut settings, "ao_assistant").line_manager = Some("cd".into());
    assert_eq!(officers.routed(&settings), to("ao_assistant", RouteReason::Implicated), "unless they answer to someone else");
    edit(&mut settings, "ao_assistant").inactive = true;
    // If the director is out as well, the Investigation Unit.
    edit(&mut settings, "cd").inactive = true;
    assert_eq!(officers.routed(&settings), to("hq_iu", RouteReason::Implicated));
    edit(&mut settings, "hq_iu").inactive = true;
    assert_eq!(routing::route(&settings, &officers.facts()), None);
}

#[test]
fn a_deputy_stands_in_for_the_absent_unless_they_can_not() {
    let mut settings = settings();
    settings.people.push(person("deputy", Role::PmFocal, "area_coord"));
    edit(&mut settings, "pm_focal").absent = true;
    assert_eq!(case(2).routed(&settings), to("area_coord", RouteReason::AreaCoordinator), "no deputy named");
    edit(&mut settings, "pm_focal").deputy = Some("deputy".into());
    assert_eq!(case(2).routed(&settings), to("deputy", RouteReason::Deputy));
    for spoil in [
        (|p| p.absent = true) as fn(&mut shared::settings::Person),
        |p| p.inactive = true,
        |p| p.role = Role::Receiver,
        |p| p.role = Role::HqAme,
    ] {
        let mut settings = settings.clone();
        spoil(edit(&mut settings, "deputy"));
        assert_eq!(case(2).routed(&settings), to("area_coord", RouteReason::AreaCoordinator));
    }
    // An implicated deputy is passed over.
    edit(&mut settings, "ao").absent = true;
    edit(&mut settings, "ao").deputy = Some("worker".into());
    edit(&mut settings, "worker").role = Role::Ao;
    edit(&mut settings, "worker").areas = vec!["SY0202".into()];
    assert_eq!(case(1).routed(&settings), to("worker", RouteReason::Deputy));
    assert_eq!(Case::about(SubjectRole::Project, 1).routed(&settings), to("ao_assistant", RouteReason::LevelOne));
    // A focal point does not answer level 1 as a deputy.
    edit(&mut settings, "ao").deputy = Some("deputy".into());
    assert_eq!(case(1).routed(&settings), to("ao_assistant", RouteReason::LevelOne));
}

#[test]
fn sealed_cases_are_not_routed_but_have_recipients() {
    let settings = settings();
    assert_eq!(routing::route(&settings, &case(4).facts()), None);
    let recipients = |case: &Case, category: &str| -> Vec<String> {
        routing::recipients(&settings, &case.facts(), Some(&category.into())).iter().map(ToString::to_string).collect()
    };
    assert_eq!(recipients(&case(4), "cond.respect"), ["ame_mgr", "cd"]);
    assert_eq!(recipients(&case(5), "ser.sea"), ["hq_iu", "psea_fp"]);
    assert_eq!(recipients(&case(5), "ser.child"), ["hq_iu", "psea_fp"]);
    for fraud in ["ser.fraud", "ser.bribe", "ser.diversion", "targ.lists"] {
        assert_eq!(recipients(&case(5), fraud), ["cd", "hq_iu"]);
    }
    let about_manager = Case { author: "ame_mgr".into(), ..Case::about(SubjectRole::Me, 4) };
    assert_eq!(recipients(&about_manager, "cond.power"), ["cd"]);
    let about_director = Case { author: "cd".into(), ..Case::about(SubjectRole::Me, 5) };
    assert_eq!(recipients(&about_director, "ser.fraud"), ["hq_iu"]);
    let mut few = settings.clone();
    few.people.retain(|person| !matches!(person.role, Role::AmeMgr | Role::Cd));
    assert_eq!(routing::recipients(&few, &case(4).facts(), None), [UserId::from("hq_iu")], "never nobody");
}

#[test]
fn who_is_implicated_follows_the_answer_to_is_it_about_one_of_us() {
    let mut settings = settings();
    assert!(case(2).implicates(&settings).is_empty());
    let project = ["pm_focal", "area_coord", "worker"];
    assert_eq!(Case::about(SubjectRole::Project, 2).implicates(&settings), project);
    assert_eq!(Case::about(SubjectRole::Unknown, 2).implicates(&settings), project);
    assert!(Case { project: None, ..Case::about(SubjectRole::Project, 2) }.implicates(&settings).is_empty());
    assert_eq!(Case::about(SubjectRole::Accountability, 2).implicates(&settings), ["ao", "ao2", "ao_assistant"]);
    // The writer and their line, up to the director.
    assert_eq!(Case::about(SubjectRole::Me, 2).implicates(&settings), ["receiver", "ao", "ame_mgr"]);
    assert_eq!(Case::about(SubjectRole::Partner, 2).implicates(&settings), ["partner"], "no partner named: any partner's");
    let named = Case { partner: Some("Ihsan"), ..Case::about(SubjectRole::Partner, 2) };
    assert_eq!(named.implicates(&settings), ["partner"]);
    let other = Case { partner: Some("Bahar"), ..Case::about(SubjectRole::Partner, 2) };
    assert!(other.implicates(&settings).is_empty());
    let of_project = Case { project: Some("P02".into()), ..Case::about(SubjectRole::Partner, 2) };
    assert_eq!(of_project.implicates(&settings), ["partner"]);
    settings.projects[1].partner = "Bahar".into();
    assert!(of_project.implicates(&settings).is_empty());
    // A ring of managers ends.
    edit(&mut settings, "ame_mgr").line_manager = Some("ao".into());
    assert_eq!(Case::about(SubjectRole::Me, 2).implicates(&settings), ["receiver", "ao", "ame_mgr"]);
    // The heads answer for everyone: being above someone does not implicate them, writing does.
    let own = Case { author: "cd".into(), ..Case::about(SubjectRole::Me, 2) };
    assert_eq!(own.implicates(&settings), ["cd"]);
}

#[test]
fn only_active_people_of_fitting_roles_who_cover_the_case_are_eligible() {
    let mut settings = settings();
    let ids = |case: &Case, settings: &Settings| -> Vec<String> {
        routing::eligible(settings, &case.facts()).iter().map(ToString::to_string).collect()
    };
    assert_eq!(ids(&case(1), &settings), ["ame_mgr", "ao", "ao_assistant", "cd", "hq_iu"]);
    assert_eq!(ids(&case(2), &settings), ["ame_mgr", "ao", "ao_assistant", "area_coord", "cd", "hq_iu", "pm_focal"]);
    assert_eq!(ids(&case(3), &settings), ids(&case(2), &settings));
    assert!(ids(&case(4), &settings).is_empty());
    assert_eq!(
        ids(&Case::about(SubjectRole::Accountability, 2), &settings),
        ["ame_mgr", "area_coord", "cd", "hq_iu", "pm_focal"]
    );
    edit(&mut settings, "pm_focal").projects = vec!["P02".into()];
    edit(&mut settings, "cd").inactive = true;
    assert_eq!(ids(&case(2), &settings), ["ame_mgr", "ao", "ao_assistant", "area_coord", "hq_iu"]);
    assert!(!routing::is_eligible(&settings, &case(2).facts(), &"ghost".into()));
}

#[test]
fn the_ladder_is_climbed_rung_by_rung_and_each_once() {
    let settings = settings();
    let due = day("2026-03-16");
    let case = case(2);
    let assignee = UserId::from("pm_focal");
    let next = |today: &str, already: &[i16]| {
        routing::escalation(&settings, &case.facts(), Some(&assignee), due, day(today), already).map(|(to, day)| (to.0, day))
    };
    let rung = |who: &str, day: i16| Some((who.to_owned(), day));
    assert_eq!(next("2026-03-10", &[]), None);
    assert_eq!(next("2026-03-11", &[]), rung("pm_focal", -5));
    assert_eq!(next("2026-03-13", &[-5]), None);
    assert_eq!(next("2026-03-14", &[-5]), rung("area_coord", -2));
    assert_eq!(next("2026-03-16", &[-5, -2]), rung("ame_mgr", 0));
    assert_eq!(next("2026-03-18", &[-5, -2, 0]), None);
    assert_eq!(next("2026-03-19", &[-5, -2, 0]), rung("cd", 3));
    assert_eq!(next("2026-06-01", &[-5, -2, 0, 3]), None);
    assert_eq!(next("2026-06-01", &[]), rung("cd", 3), "a late arrival gets the highest rung, once");
    let nobody = routing::escalation(&settings, &case.facts(), None, due, day("2026-03-11"), &[]);
    assert_eq!(nobody, Some(("ame_mgr".into(), -5)), "nobody responsible: the next rung that exists");
}

#[test]
fn nobody_implicated_or_gone_is_told() {
    let mut settings = settings();
    let due = day("2026-03-16");
    let about = Case::about(SubjectRole::Project, 2);
    let told = |settings: &Settings, case: &Case, today: &str| {
        let assignee = UserId::from("pm_focal");
        routing::escalation(settings, &case.facts(), Some(&assignee), due, day(today), &[]).map(|(to, _)| to.0)
    };
    assert_eq!(told(&settings, &about, "2026-03-11").as_deref(), Some("ame_mgr"));
    edit(&mut settings, "pm_focal").inactive = true;
    edit(&mut settings, "pm_focal").line_manager = Some("hq_ame".into());
    assert_eq!(told(&settings, &case(2), "2026-03-14").as_deref(), Some("ame_mgr"), "HQ AME handles no case");
    settings.people.clear();
    assert_eq!(told(&settings, &case(2), "2026-03-14"), None);
}

fn sealed(level: u8, recipients: &[&str], handed_over: bool) -> (Case, Vec<UserId>, bool) {
    (case(level), recipients.iter().map(|id| UserId::from(*id)).collect(), handed_over)
}

fn holders(of: &(Case, Vec<UserId>, bool), settings: &Settings, then: Option<&Settings>) -> Vec<String> {
    let facts = CaseFacts { subject_role: None, ..of.0.facts() };
    let sealed = SealedCase { facts, recipients: &of.1, handed_over: of.2 };
    let found = sealed.holders(settings, then);
    assert_eq!(sealed.is_settled(settings), found == of.1, "settled is what would be named again");
    found.iter().map(ToString::to_string).collect()
}

#[test]
fn a_sealed_case_stays_with_those_named_and_whoever_leaves_is_replaced_by_nobody_it_could_be_about() {
    let now = settings();
    let unseen = sealed(4, &["ame_mgr", "cd"], false);
    assert_eq!(holders(&unseen, &now, None), ["ame_mgr", "cd"]);
    assert_eq!(holders(&sealed(5, &["hq_iu"], false), &now, None), ["hq_iu"], "whom the device left out stays out");
    assert_eq!(holders(&sealed(5, &["ao", "hq_iu", "receiver"], false), &now, None), ["hq_iu"], "no role that holds it");
    assert_eq!(holders(&sealed(5, &["ame_mgr"], false), &now, None), ["hq_iu"], "nobody left: the Unit");
    assert_eq!(holders(&sealed(4, &["ame_mgr", "cd"], true), &now, None), ["ame_mgr", "cd", "hq_iu"], "handed over");
    // The manager leaves and another comes.
    let mut later = now.clone();
    later.people.iter_mut().find(|person| person.id.as_str() == "ame_mgr").unwrap().inactive = true;
    later.people.push(person("ame_mgr2", Role::AmeMgr, "cd"));
    assert_eq!(holders(&unseen, &later, Some(&now)), ["ame_mgr2", "cd"]);
    // Someone of the project's team then, whom the report may be about, never comes in by another's leaving.
    let mut then = later.clone();
    then.projects[0].team.push("ame_mgr2".into());
    assert_eq!(holders(&unseen, &later, Some(&then)), ["cd"]);
    let mut team = later.clone();
    team.projects[0].team.push("ame_mgr2".into());
    assert_eq!(holders(&unseen, &team, Some(&now)), ["cd"]);
    // Whoever has another role now has left too.
    let mut other = now.clone();
    other.people.iter_mut().find(|person| person.id.as_str() == "psea_fp").unwrap().role = Role::Ao;
    other.people.push(person("psea_fp2", Role::PseaFp, "cd"));
    let focal = sealed(5, &["hq_iu", "psea_fp"], false);
    assert_eq!(holders(&focal, &other, Some(&now)), ["hq_iu", "psea_fp2"]);
}

#[test]
fn who_is_told_when_nobody_looked_is_never_someone_it_could_be_about() {
    let next = |of: &(Case, Vec<UserId>, bool), settings: &Settings, then: Option<&Settings>| {
        let facts = CaseFacts { subject_role: None, ..of.0.facts() };
        let sealed = SealedCase { facts, recipients: &of.1, handed_over: of.2 };
        sealed.next_in_line(settings, then).map(|id| id.to_string())
    };
    let now = settings();
    assert_eq!(next(&sealed(4, &["ame_mgr", "cd"], false), &now, None), Some("hq_iu".into()));
    let focal = sealed(5, &["hq_iu", "psea_fp"], false);
    assert_eq!(next(&focal, &now, None), Some("cd".into()));
    assert_eq!(next(&sealed(5, &["cd", "hq_iu"], false), &now, None), None, "fraud: the director has it already");
    let mut led = now.clone();
    led.projects[0].team.push("cd".into());
    assert_eq!(next(&focal, &led, None), None, "the project may be the director's own");
    assert_eq!(next(&focal, &now, Some(&led)), None, "or was, when it was recorded");
    let mut own = sealed(5, &["hq_iu", "psea_fp"], false);
    own.0.author = "cd".into();
    assert_eq!(next(&own, &now, None), None, "the director wrote it, perhaps about themself");
}
