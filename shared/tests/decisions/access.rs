//! Who may do what, as access.csv says it. That file is written from domain.md §3, §4, §6 by reasoning, never from `policy`.
//! Every document path, event kind and endpoint has one line for every role; a missing line fails, and so does a difference.

use crate::fixture::{ADM3, OTHER_ADM3, actor, settings};
use shared::{
    document::fields::FIELDS,
    model::{
        codes::{Level, SubjectRole},
        event::{SealedDeed, Step},
        ids::{Pcode, ProjectCode, UserId},
        record::{Class, DocKind},
        role::Role,
    },
    policy::{self, Action, Actor, ENDPOINTS, RecordFacts, Resource, covers, may, may_publish},
    settings::{Label, Person, Settings, sites::NewSite},
};
use std::collections::BTreeMap;

const SITUATIONS: [&str; 6] = ["draft", "sent", "scope", "named", "named_shared", "stranger"];

/// Action, path, class, level, role.
type Key = (String, String, String, Option<u8>, Role);

fn levels(cell: &str) -> Vec<Option<u8>> {
    match cell.split_once('-') {
        _ if cell == "-" => vec![None],
        Some((from, to)) => (from.parse().unwrap()..=to.parse().unwrap()).map(Some).collect(),
        None => vec![Some(cell.parse().unwrap())],
    }
}

/// The situations in which each line lets someone in.
fn expectations() -> BTreeMap<Key, Vec<String>> {
    let mut found = BTreeMap::new();
    for line in include_str!("../access.csv").lines().skip(1) {
        let cells: Vec<&str> = line.splitn(7, ',').collect();
        let [action, whats, class, level, roles, when, why] = cells[..] else { panic!("{line}") };
        assert!(!why.is_empty(), "no reason: {line}");
        let when: Vec<String> = when.split(' ').filter(|w| *w != "never").map(str::to_owned).collect();
        for situation in &when {
            assert!(situation == "always" || SITUATIONS.contains(&situation.as_str()), "{situation}: {line}");
        }
        for what in whats.split(' ') {
            for level in levels(level) {
                for role in roles.split(' ') {
                    let role = Role::from_id(role).unwrap_or_else(|| panic!("{role}: {line}"));
                    let key = (action.to_owned(), what.to_owned(), class.to_owned(), level, role);
                    assert!(found.insert(key.clone(), when.clone()).is_none(), "{key:?} has two lines");
                }
            }
        }
    }
    found
}

fn classes() -> [(DocKind, Class, &'static [Option<u8>]); 7] {
    const UNSEALED: &[Option<u8>] = &[Some(1), Some(2), Some(3)];
    const SEALED: &[Option<u8>] = &[Some(4), Some(5)];
    [
        (DocKind::Case, Class::Case, UNSEALED),
        (DocKind::Case, Class::SealedHeader, SEALED),
        (DocKind::Sealed, Class::Sealed, SEALED),
        (DocKind::Contact, Class::Contact, UNSEALED),
        (DocKind::Subject, Class::Subject, UNSEALED),
        (DocKind::Session, Class::Session, &[None]),
        (DocKind::BoxOpening, Class::Other, &[None]),
    ]
}

fn resource(doc: DocKind, class: Class, level: Option<u8>, situation: &str) -> Resource {
    Resource {
        doc,
        class,
        level: level.and_then(Level::new),
        in_scope: situation == "scope",
        author: matches!(situation, "draft" | "sent"),
        unsent: situation == "draft",
        assigned: situation.starts_with("named"),
        implicated: false,
        share_identity: situation == "named_shared",
        open: true,
    }
}

fn someone(role: Role) -> Actor {
    Actor { user: "u1".into(), role, areas: Vec::new(), projects: Vec::new() }
}

/// Every path that must have a line: what it is called in the file, and the action it stands for.
fn paths(doc: DocKind) -> Vec<(&'static str, String, String)> {
    let mut paths: Vec<(&'static str, String, String)> = vec![
        ("read", "document".into(), String::new()),
        ("create", "document".into(), String::new()),
        ("increment", "count".into(), String::new()),
    ];
    paths.extend(Step::KINDS.iter().chain(&SealedDeed::RIGHTS).map(|kind| ("step", (*kind).to_owned(), (*kind).to_owned())));
    paths.extend(
        FIELDS.iter().filter(|field| field.doc == doc).map(|field| ("put", field.key.to_owned(), field.key.replace('*', "x"))),
    );
    paths
}

fn action<'a>(name: &str, argument: &'a str) -> Action<'a> {
    match name {
        "read" => Action::Read,
        "create" => Action::Create,
        "increment" => Action::Increment,
        "put" => Action::Put(argument),
        "step" => Action::Step(argument),
        _ => Action::Use(argument),
    }
}

/// The line for a path: its own, or that of its group (`intake.*`).
fn line<'a>(
    lines: &'a BTreeMap<Key, Vec<String>>,
    name: &str,
    what: &str,
    class: &str,
    level: Option<u8>,
    role: Role,
) -> &'a [String] {
    let key = |what: &str| (name.to_owned(), what.to_owned(), class.to_owned(), level, role);
    let group = what.split_once('.').map(|(stem, _)| format!("{stem}.*"));
    let own = lines.get(&key(what)).or_else(|| lines.get(&key(&group?)));
    own.unwrap_or_else(|| panic!("no line for {name} {what} of {class} {level:?} by {}", role.id()))
}

#[test]
fn every_path_kind_and_endpoint_is_open_to_exactly_whom_the_file_says() {
    let lines = expectations();
    let mut wrong = Vec::new();
    let mut asked = 0;
    for (doc, class, levels) in classes() {
        for (name, what, argument) in paths(doc) {
            for (level, role) in levels.iter().flat_map(|level| Role::ALL.map(|role| (*level, role))) {
                let when = line(&lines, name, &what, class.id(), level, role);
                for situation in SITUATIONS {
                    let expected = when.iter().any(|w| w == situation);
                    let got = may(&someone(role), action(name, &argument), Some(&resource(doc, class, level, situation)));
                    asked += 1;
                    if got != expected {
                        wrong.push(format!("{name} {what} {} {level:?} {} {situation}: {got}", class.id(), role.id()));
                    }
                }
            }
        }
    }
    for (endpoint, role) in ENDPOINTS.iter().flat_map(|endpoint| Role::ALL.map(|role| (endpoint, role))) {
        let expected = line(&lines, "use", endpoint, "-", None, role) == ["always"];
        asked += 1;
        if may(&someone(role), Action::Use(endpoint), None) != expected {
            wrong.push(format!("use {endpoint} {}: {}", role.id(), !expected));
        }
    }
    assert!(wrong.is_empty(), "{} of {asked} differ:\n{}", wrong.len(), wrong.join("\n"));
    assert!(asked > 20_000, "{asked}");
}

#[test]
fn the_file_names_nothing_that_does_not_exist() {
    for (name, what, class, _, _) in expectations().into_keys() {
        let known = match name.as_str() {
            "read" | "create" => what == "document",
            "increment" => what == "count",
            "step" => Step::KINDS.iter().chain(&SealedDeed::RIGHTS).any(|kind| *kind == what),
            "use" => ENDPOINTS.contains(&what.as_str()),
            "oversee" => Role::from_id(&what).is_some(),
            "put" => FIELDS
                .iter()
                .any(|field| field.key == what || what.strip_suffix('*').is_some_and(|stem| field.key.starts_with(stem))),
            _ => false,
        };
        assert!(known, "{name} {what}");
        assert!(class == "-" || classes().iter().any(|(_, known, _)| known.id() == class), "{class}");
    }
}

#[test]
fn devices_are_looked_after_by_exactly_whom_the_file_says() {
    let lines = expectations();
    let settings = settings();
    let one_in = |role, user: &str, area: &str| Person { areas: vec![area.into()], ..Person::new(user.into(), "x", role) };
    for (by, of) in Role::ALL.into_iter().flat_map(|by| Role::ALL.map(|of| (by, of))) {
        let actor = Actor { user: "u1".into(), role: by, areas: vec![ADM3.into()], projects: Vec::new() };
        let when = line(&lines, "oversee", of.id(), "-", None, by);
        for (situation, area) in [("scope", "SY0204"), ("stranger", OTHER_ADM3)] {
            let expected = when.iter().any(|w| w == situation);
            let got = policy::oversees(&settings, &actor, &one_in(of, "u2", area));
            assert_eq!(got, expected, "{} over {} {situation}", by.id(), of.id());
        }
        assert!(policy::oversees(&settings, &actor, &one_in(by, "u1", OTHER_ADM3)), "one's own devices");
        let everywhere = Actor { areas: Vec::new(), ..actor };
        let expected = when.iter().any(|w| w == "scope");
        assert_eq!(policy::oversees(&settings, &everywhere, &one_in(of, "u2", OTHER_ADM3)), expected, "no area means all");
    }
}

/// Every action there is on a document of this kind.
fn everything(doc: DocKind) -> Vec<(&'static str, String)> {
    paths(doc).into_iter().map(|(name, _, argument)| (name, argument)).collect()
}

#[test]
fn nobody_implicated_does_anything_but_write_and_hold_their_own_until_the_receipt() {
    for (doc, class, levels) in classes() {
        for (name, argument) in everything(doc) {
            for (level, role) in levels.iter().flat_map(|level| Role::ALL.map(|role| (*level, role))) {
                for situation in SITUATIONS {
                    let plain = resource(doc, class, level, situation);
                    let implicated = Resource { implicated: true, ..plain.clone() };
                    let expected = situation == "draft" && may(&someone(role), action(name, &argument), Some(&plain));
                    let got = may(&someone(role), action(name, &argument), Some(&implicated));
                    assert_eq!(got, expected, "{name} {argument} {} {situation}", role.id());
                }
            }
        }
    }
    // Someone else's unsent document is not theirs.
    let other = Resource { implicated: true, unsent: true, ..resource(DocKind::Case, Class::Case, Some(2), "scope") };
    assert!(!may(&someone(Role::Ao), Action::Read, Some(&other)));
}

#[test]
fn contact_details_are_read_by_nobody_once_the_case_is_closed() {
    for (role, situation) in Role::ALL.into_iter().flat_map(|role| SITUATIONS.map(|situation| (role, situation))) {
        let open = resource(DocKind::Contact, Class::Contact, Some(2), situation);
        let closed = Resource { open: false, ..open.clone() };
        let drafted = situation == "draft" && may(&someone(role), Action::Read, Some(&open));
        assert_eq!(may(&someone(role), Action::Read, Some(&closed)), drafted, "{} {situation}", role.id());
    }
}

#[test]
fn a_document_in_the_wrong_class_or_level_is_open_to_nobody_for_creating() {
    for role in Role::ALL {
        for (doc, class, level) in [
            (DocKind::Case, Class::Case, Some(4)),
            (DocKind::Case, Class::Case, None),
            (DocKind::Case, Class::SealedHeader, Some(3)),
            (DocKind::Case, Class::Session, None),
            (DocKind::Contact, Class::Contact, Some(5)),
            (DocKind::Contact, Class::Case, Some(2)),
            (DocKind::Subject, Class::Subject, Some(4)),
            (DocKind::Subject, Class::Contact, Some(2)),
            (DocKind::Session, Class::Other, None),
            (DocKind::Sealed, Class::Sealed, Some(3)),
            (DocKind::Sealed, Class::SealedHeader, Some(5)),
        ] {
            for situation in ["draft", "scope", "named"] {
                let resource = resource(doc, class, level, situation);
                assert!(!may(&someone(role), Action::Create, Some(&resource)), "{} {doc:?} {class:?} {level:?}", role.id());
            }
        }
        for (doc, class, level) in [
            (DocKind::Case, Class::Case, Some(4)),
            (DocKind::Case, Class::Other, Some(2)),
            (DocKind::Subject, Class::Subject, Some(4)),
            (DocKind::Contact, Class::Contact, Some(4)),
            (DocKind::Case, Class::SealedHeader, Some(2)),
            (DocKind::Sealed, Class::Sealed, Some(2)),
            (DocKind::Sealed, Class::SealedHeader, Some(5)),
        ] {
            for situation in ["sent", "scope", "named", "named_shared"] {
                let resource = resource(doc, class, level, situation);
                assert!(
                    !may(&someone(role), Action::Read, Some(&resource)),
                    "{} {doc:?} {class:?} {level:?} {situation}",
                    role.id()
                );
            }
        }
        let odd = resource(DocKind::Case, Class::Other, Some(2), "draft");
        assert!(!may(&someone(role), Action::Put("project"), Some(&odd)));
        assert!(!may(&someone(role), Action::Step("registered"), Some(&odd)));
    }
}

#[test]
fn without_a_record_and_for_unknown_names_the_answer_is_no() {
    for role in Role::ALL {
        for (name, argument) in everything(DocKind::Case) {
            assert!(!may(&someone(role), action(name, &argument), None));
        }
        assert!(!may(&someone(role), Action::Use("export"), None));
        let draft = resource(DocKind::Case, Class::Case, Some(2), "draft");
        assert!(!may(&someone(role), Action::Step("purged"), Some(&draft)));
    }
}

#[test]
fn the_manager_publishes_projects_the_administrator_people_and_lists() {
    let old = settings();
    let mut projects = old.clone();
    projects.projects[0].donor = "ECHO".into();
    projects.version += 1;
    let mut people = old.clone();
    people.people[0].name = "other".into();
    let mut lists = old.clone();
    lists.limits.closure_days = 20;
    let mut both = projects.clone();
    both.people[0].name = "other".into();
    let publish = |by: &str, new| may_publish(&actor(&old, by), &old, new);
    assert!(publish("ame_mgr", &projects) && !publish("admin", &projects));
    assert!(publish("admin", &people) && !publish("ame_mgr", &people));
    assert!(publish("admin", &lists) && !publish("ame_mgr", &lists));
    assert!(!publish("admin", &both) && !publish("ame_mgr", &both));
    assert!(!publish("cd", &old) && !publish("ao", &projects));
    assert!(publish("admin", &old) && publish("ame_mgr", &old), "nothing changed");
}

#[test]
fn an_officer_adds_sites_where_they_work_and_changes_no_other_place() {
    let old = settings();
    let publish = |by: &str, edit: &dyn Fn(&mut Settings)| {
        let mut new = old.clone();
        edit(&mut new);
        may_publish(&actor(&old, by), &old, &new)
    };
    let site_in = |parent: &'static str| {
        let name = Label { ar: "تجمع".into(), en: "Site".into() };
        move |new: &mut Settings| drop(new.add_site(&NewSite { parent: parent.into(), name: name.clone() }))
    };
    let elsewhere = old.places.iter().find(|place| place.parent.as_ref().is_some_and(|parent| parent.as_str() == OTHER_ADM3));
    let elsewhere: &'static str = elsewhere.unwrap().code.to_string().leak();
    assert!(publish("ao", &site_in("C1561")) && publish("ame_mgr", &site_in("C1561")) && publish("admin", &site_in(elsewhere)));
    assert!(publish("ao2", &site_in(elsewhere)) && !publish("ao2", &site_in("C1561")), "beyond their area");
    assert!(!publish("cd", &site_in("C1561")) && !publish("receiver", &site_in("C1561")));
    assert!(!publish("ao", &|new| new.places[0].name.en = "other".into()), "a name");
    assert!(!publish("ao", &|new| drop(new.places.pop())), "one less");
    assert!(!publish("ao", &|new| new.limits.closure_days = 20));
}

#[test]
fn an_actor_is_an_active_person_as_the_settings_know_them() {
    let mut settings = settings();
    let ao = actor(&settings, "ao");
    assert_eq!((ao.user.as_str(), ao.role, ao.areas.len()), ("ao", Role::Ao, 1));
    assert_eq!(policy::actor(&settings, &"ghost".into()), None);
    settings.people.iter_mut().for_each(|person| person.inactive = true);
    assert_eq!(policy::actor(&settings, &"ao".into()), None);
}

#[test]
fn areas_and_projects_bound_what_someone_covers() {
    let settings = settings();
    let areas = |codes: &[&str]| codes.iter().map(|code| Pcode::from(*code)).collect::<Vec<_>>();
    let projects = |codes: &[&str]| codes.iter().map(|code| ProjectCode::from(*code)).collect::<Vec<_>>();
    let covered = |a: &[&str], p: &[&str], place: &str, of: &[&str]| {
        covers(&settings, &areas(a), &projects(p), &place.into(), &projects(of))
    };
    assert!(covered(&[], &[], ADM3, &["P01"]));
    assert!(covered(&["SY0204"], &[], ADM3, &["P01"]) && covered(&["SY0204"], &[], "C1561", &[]));
    assert!(covered(&[OTHER_ADM3, ADM3], &[], "C1561", &[]));
    assert!(!covered(&[OTHER_ADM3], &[], ADM3, &["P01"]));
    assert!(covered(&[], &["P01"], ADM3, &["P02", "P01"]) && !covered(&[], &["P01"], ADM3, &["P02"]));
    assert!(covered(&[], &["P01"], ADM3, &[]), "without a project it belongs to whoever covers the place");
    assert!(!covered(&[OTHER_ADM3], &["P01"], ADM3, &["P01"]) && !covered(&[ADM3], &["P02"], ADM3, &["P01"]));
}

#[test]
fn how_someone_stands_to_a_record_is_read_off_plain_facts() {
    let settings = settings();
    let (adm3, author, named) = (Pcode::from(ADM3), UserId::from("receiver"), [UserId::from("pm_focal")]);
    let projects = [ProjectCode::from("P01")];
    let facts = RecordFacts {
        doc: DocKind::Case,
        class: Class::Case,
        level: Level::new(2),
        adm3: &adm3,
        projects: &projects,
        author: &author,
        unsent: false,
        named: &named,
        share_identity: true,
        subject_role: Some(SubjectRole::Project),
        partner: None,
        open: true,
    };
    let stands = |by: &str, facts: &RecordFacts<'_>| policy::resource(&settings, &actor(&settings, by), facts);
    let focal = stands("pm_focal", &facts);
    assert!(focal.assigned && focal.implicated && focal.share_identity && focal.in_scope && focal.open && !focal.author);
    let officer = stands("ao2", &facts);
    assert!(!officer.assigned && !officer.implicated && !officer.in_scope && !officer.author && !officer.unsent);
    assert!(stands("receiver", &facts).author);
    assert_eq!((officer.doc, officer.class, officer.level), (DocKind::Case, Class::Case, Level::new(2)));
    let unsent = RecordFacts { unsent: true, open: false, share_identity: false, ..facts };
    let own = stands("receiver", &unsent);
    assert!(own.unsent && !own.open && !own.share_identity);
    // A session is about nobody.
    let session = RecordFacts { doc: DocKind::Session, class: Class::Session, ..facts };
    assert!(!stands("pm_focal", &session).implicated);
}
