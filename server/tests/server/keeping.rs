//! Keeping and forgetting: encryption at rest, purges that stay, sweeps that do nothing twice, settings that keep their codes.

use crate::harness::{DAY, Deployment, Folder, PASSWORD, complaint, database_bytes, settings, user};
use mobile::protocol::{Answer, CaseQuery, CaseView, Request, SignInProof};
use server::{
    storage::{DatabaseKey, OpenOptions, Storage, StorageError},
    work::{Server, error::WorkError, session::Session},
};
use shared::{
    model::{
        codes::{CloseReason, Outcome, Status},
        dates::UnixSeconds,
        event::Step,
        ids::Code,
        record::DocKind,
        role::Role,
        ruling::Verdict,
    },
    settings::{Label, Service, ServiceKind, Settings},
    sync::sign_in::{CallRefusal, PublishSettings},
};

fn contains(haystack: &[u8], needle: &str) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle.as_bytes())
}

#[test]
fn an_encrypted_database_shows_nothing_and_opens_with_its_key_only() {
    for encrypted in [false, true] {
        let mut at = Deployment::new(encrypted);
        let mut phone = at.phone(Role::Receiver);
        phone.complain(&mut at);
        phone.sync(&mut at);
        let bytes = database_bytes(&at.folder.0);
        assert_eq!(contains(&bytes, "SQLite format 3"), !encrypted);
        assert_eq!(contains(&bytes, "فاطمة"), !encrypted, "the name stands in a plain file, so the search is not blind");
        at.reopen();
        let path = at.folder.0.join("sada.db");
        for key in [None, Some(DatabaseKey::new([5; 32]))] {
            if encrypted || key.is_some() {
                assert!(matches!(Storage::open(&path, OpenOptions { key }), Err(StorageError::WrongKey)), "{encrypted}");
            }
        }
    }
}

fn withdrawn(now: UnixSeconds) -> Step {
    Step::Closed {
        on: now.day(180),
        reason: CloseReason::Withdrawn,
        outcome: Outcome::Withdrawn,
        note: "قالت: لا أريد المتابعة".into(),
        satisfaction: "s_na".into(),
        actions_done: true,
    }
}

#[test]
fn a_purge_leaves_no_bytes_and_a_restored_backup_does_not_bring_it_back() {
    let mut at = Deployment::new(false);
    let mut receiver = at.phone(Role::Receiver);
    let mut officer = at.phone(Role::Ao);
    let record = receiver.complain(&mut at).record;
    receiver.sync(&mut at);
    officer.sync(&mut at);
    let elsewhere = Folder::new();
    let backup = elsewhere.0.join("backup.db");
    at.server.backup(at.now, &backup).unwrap();
    let closed = withdrawn(at.now);
    officer.step(&mut at, record, closed).unwrap();
    officer.sync(&mut at);
    assert!(officer.case(&mut at, record).unwrap().row.closed_on.is_some());
    assert_eq!(at.server.sweep(at.now.plus(180 * DAY)).unwrap().purged, 0, "six months have not passed");
    at.now = at.now.plus(190 * DAY);
    assert_eq!(at.server.sweep(at.now).unwrap().purged, 1);
    assert_eq!(at.server.sweep(at.now).unwrap().purged, 0);
    let bytes = database_bytes(&at.folder.0);
    assert!(!contains(&bytes, "فاطمة") && !contains(&bytes, "944123456"));
    let folder = at.folder.0.clone();
    let aside = Folder::new();
    let stand_in = Server::init(&aside.0, false, at.now, &mut at.chance, settings()).unwrap();
    drop(std::mem::replace(&mut at.server, stand_in));
    at.server = Server::restore(&folder, &backup, at.now).unwrap();
    let kinds: Vec<DocKind> = at
        .server
        .storage()
        .read::<_, StorageError>(|tx| Ok(tx.documents_of(record)?.into_iter().map(|document| document.kind).collect()))
        .unwrap();
    assert_eq!(kinds, [DocKind::Case]);
}

#[test]
fn a_late_case_climbs_the_ladder_once_a_rung() {
    let mut at = Deployment::new(false);
    let mut officer = at.phone(Role::Ao);
    let record = officer.complain(&mut at).record;
    officer.sync(&mut at);
    let mut rungs = Vec::new();
    for day in 0..25 {
        at.now = at.now.plus(DAY);
        for _ in 0..2 {
            if at.server.sweep(at.now).unwrap().escalated > 0 {
                rungs.push(day + 1);
            }
        }
    }
    officer.sync(&mut at);
    let detail = officer.case(&mut at, record).unwrap();
    let escalated: Vec<i16> = detail
        .timeline
        .iter()
        .filter_map(|entry| match &entry.what {
            shared::rows::TimelineStep::Ruling(_, ruling) => match &ruling.verdict {
                Verdict::Escalated { day, .. } => Some(*day),
                _ => None,
            },
            shared::rows::TimelineStep::Event(..) => None,
        })
        .collect();
    assert_eq!(escalated.len(), rungs.len());
    let mut sorted = escalated.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(sorted, escalated, "each rung once, in order");
    assert_eq!((escalated.last(), rungs.last()), (Some(&3), Some(&18)), "{escalated:?} on days {rungs:?}");
}

pub fn session(at: &mut Deployment, role: Role) -> Session {
    let token = crate::access::tokens(at).remove(&role).unwrap();
    at.server.authenticate(at.now, &token).unwrap()
}

fn code(result: Result<shared::sync::messages::SignedSettings, WorkError>) -> Option<CallRefusal> {
    result.err().map(|error| error.told().code)
}

#[test]
fn settings_keep_their_codes_their_order_and_their_editors() {
    let mut at = Deployment::new(false);
    let manager = session(&mut at, Role::AmeMgr);
    let publish = |at: &Deployment, session: &Session, based_on, edit: &dyn Fn(&mut Settings)| {
        let mut settings = at.server.in_force().settings.clone();
        edit(&mut settings);
        code(at.server.publish_settings(at.now, session, PublishSettings { based_on, settings }))
    };
    assert_eq!(publish(&at, &manager, 1, &|s| s.projects[0].donor = "ECHO".into()), None);
    assert_eq!(at.server.in_force().settings.version, 2);
    assert_eq!(publish(&at, &manager, 1, &|s| s.projects[0].donor = "late".into()), Some(CallRefusal::SettingsConflict));
    assert_eq!(publish(&at, &manager, 2, &|s| drop(s.projects.pop())), Some(CallRefusal::BadSettings));
    assert_eq!(publish(&at, &manager, 2, &|s| s.people[0].name = "x".into()), Some(CallRefusal::NotAllowed));
    let admin = session(&mut at, Role::Admin);
    let clinic = |s: &mut Settings| {
        s.services.push(Service {
            code: Code::default(),
            adm3: "SY020400".into(),
            kind: ServiceKind::Medical,
            label: Label { en: "Clinic".into(), ar: "مستوصف".into() },
            phone: "+963933000002".into(),
            checked_on: "2026-06-01".parse().unwrap(),
            retired: false,
        });
    };
    assert_eq!(publish(&at, &admin, 2, &clinic), None);
    assert_eq!(at.server.in_force().settings.services[0].code.as_str(), "S1", "the server gives the code");
    assert_eq!(
        publish(&at, &admin, 3, &|s| s.services.clear()),
        Some(CallRefusal::BadSettings),
        "a service is retired, not deleted"
    );
    assert_eq!(publish(&at, &admin, 3, &|s| s.services[0].retired = true), None);
    at.reopen();
    assert_eq!(at.server.in_force().settings.projects[0].donor, "ECHO");
}

#[test]
fn a_place_or_category_that_is_renamed_is_found_by_its_new_name() {
    let mut at = Deployment::new(false);
    let mut receiver = at.phone(Role::Receiver);
    let facts = crate::harness::complaint(&at);
    let (category, place) =
        (facts["reg.category"].as_text().unwrap().to_owned(), facts["place.adm3"].as_text().unwrap().to_owned());
    let record = receiver.record(&mut at, facts).record;
    receiver.sync(&mut at);
    let officer = session(&mut at, Role::Ao);
    let found = |at: &Deployment, text: &str| {
        let query = shared::model::query::CaseQuery { text: text.into(), limit: 10, ..Default::default() };
        at.server.cases(at.now, &officer, &query).unwrap().rows.iter().any(|row| row.record == record)
    };
    assert!(!found(&at, "zeytinlik") && !found(&at, "pomegranate"));
    let mut settings = at.server.in_force().settings.clone();
    settings.categories.iter_mut().find(|c| c.code.as_str() == category).unwrap().label.en = "Pomegranate".into();
    let renamed = settings.places.iter_mut().find(|p| p.code.as_str() == place).unwrap();
    let old = std::mem::replace(&mut renamed.name.en, "Zeytinlik".into());
    assert!(found(&at, &old));
    at.server.publish_as_operator(at.now, PublishSettings { based_on: settings.version, settings }).unwrap();
    assert!(found(&at, "zeytinlik") && found(&at, "pomegranate") && !found(&at, &old));
}

#[test]
fn who_joins_a_project_s_team_loses_the_cases_about_it_and_another_reads_on() {
    let mut at = Deployment::new(false);
    let mut receiver = at.phone(Role::Receiver);
    let mut officer = at.phone(Role::Ao);
    let mut facts = crate::harness::complaint(&at);
    facts.insert("reg.subject_role".into(), "project".into());
    let record = receiver.record(&mut at, facts).record;
    receiver.sync(&mut at);
    officer.sync(&mut at);
    assert!(officer.case(&mut at, record).is_some());
    let mut settings = at.server.in_force().settings.clone();
    settings.projects[0].team.push(user(Role::Ao));
    at.server.publish_as_operator(at.now, PublishSettings { based_on: settings.version, settings }).unwrap();
    officer.sync(&mut at);
    assert!(officer.case(&mut at, record).is_none(), "whoever is implicated holds nothing");
}

#[test]
fn many_writers_share_commits_and_each_stands_or_falls_alone() {
    let at = Deployment::new(false);
    let server = &at.server;
    std::thread::scope(|threads| {
        for thread in 0..8 {
            threads.spawn(move || {
                for i in 0..20 {
                    let fails = i % 5 == 0;
                    let result = server.storage().write(move |tx| {
                        tx.quarantine(&server::storage::set_aside::SetAside {
                            document: shared::model::record::DocumentId::first(
                                shared::model::ids::RecordId([thread; 16]),
                                DocKind::Case,
                            ),
                            hash: shared::model::ids::ChangeHash([i; 32]),
                            raw: Vec::new(),
                            device: shared::model::ids::DeviceId([0; 10]),
                            user: "u1".into(),
                            why: "test".into(),
                            at: shared::model::dates::UnixSeconds(0),
                        })?;
                        if i % 10 == 5 {
                            panic!("one of the writers has a fault");
                        }
                        if fails { Err(StorageError::Unreadable("on purpose")) } else { Ok(()) }
                    });
                    assert_eq!(result.is_err(), fails);
                }
            });
        }
    });
    let kept = server.storage().read(|tx| tx.count_quarantined()).unwrap();
    assert_eq!(kept, 8 * 16);
}

#[test]
fn a_case_that_ended_long_ago_leaves_devices_and_is_read_online() {
    let mut at = Deployment::new(false);
    let mut officer = at.phone(Role::Ao);
    let record = officer.complain(&mut at).record;
    officer.sync(&mut at);
    let open = officer.complain(&mut at).record;
    let closed = withdrawn(at.now);
    officer.step(&mut at, record, closed).unwrap();
    officer.sync(&mut at);
    at.now = at.now.plus(365 * DAY);
    assert_eq!(at.server.sweep(at.now).unwrap().aged, 0, "a year is kept whole");
    at.now = at.now.plus(DAY);
    assert_eq!(at.server.sweep(at.now).unwrap().aged, 1);
    assert_eq!(at.server.sweep(at.now).unwrap().aged, 0, "once");

    officer.ask(&mut at, Request::Renew { proof: SignInProof::password(PASSWORD) });
    officer.sync(&mut at);
    assert!(officer.case(&mut at, record).is_none(), "the device kept it");
    assert!(officer.case(&mut at, open).is_some(), "open ones stay, however old");
    let query = CaseQuery { view: CaseView::Closed, limit: 50, ..CaseQuery::default() };
    let Answer::Cases(page) = officer.ask(&mut at, Request::CasesOnline(query)) else { panic!() };
    assert_eq!(page.rows.iter().map(|row| row.record).collect::<Vec<_>>(), [record]);
    let Answer::Case(case) = officer.ask(&mut at, Request::CaseOnline(record)) else { panic!() };
    assert_eq!(case.row.status, Status::Closed);
    // Settings published anew place records again: it stays where it is.
    let settings = at.server.in_force().settings.clone();
    at.server.publish_as_operator(at.now, PublishSettings { based_on: settings.version, settings }).unwrap();
    let mut newcomer = at.phone(Role::AoAssistant);
    newcomer.sync(&mut at);
    assert!(newcomer.case(&mut at, record).is_none() && newcomer.case(&mut at, open).is_some());
}

#[test]
fn an_appreciation_has_no_deadline_climbs_no_ladder_and_is_counted_late_by_nobody() {
    let mut at = Deployment::new(false);
    let mut officer = at.phone(Role::Ao);
    let mut facts = complaint(&at);
    facts.insert("reg.entry_type".into(), "appreciation".into());
    facts.insert("reg.category".into(), "pos.thanks".into());
    let record = officer.record(&mut at, facts).record;
    officer.sync(&mut at);
    for _ in 0..25 {
        at.now = at.now.plus(DAY);
        assert_eq!(at.server.sweep(at.now).unwrap().escalated, 0);
    }
    officer.sync(&mut at);
    assert!(officer.case(&mut at, record).is_some());
    for request in [Request::Cases as fn(CaseQuery) -> Request, Request::CasesOnline] {
        let page = officer.ask(&mut at, request(CaseQuery { limit: 9, ..CaseQuery::default() }));
        let Answer::Cases(page) = page else { panic!("{page:?}") };
        let counts = page.counts.unwrap_or_default();
        assert_eq!((page.total, counts.overdue, counts.due_soon), (1, 0, 0));
    }
}
