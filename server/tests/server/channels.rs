//! Who sees which case by which way: every role × kind of case × channel against `channels.csv`, which was written from domain.md and
//! never from the policy. A case or channel without a line fails. And nobody's list counts what they don't see.

use crate::{
    harness::{Deployment, Phone, START, complaint, settings, user},
    sealed_phones::{begun, card, phone_with_key},
};
use mobile::protocol::{Answer, Request, people::PeopleAnswer, people::PeopleRequest};
use server::{reports::csv_file, work::session::Session};
use shared::{
    indicators::coverage::{CoverageFilter, Month},
    look_up::LookUpQuery,
    model::{
        codes::{CloseReason, EntryType, Level, Outcome, Urgency},
        event::Step,
        ids::RecordId,
        query::{CaseQuery, CaseView},
        record::DocKind,
        role::Role,
    },
    picture::PictureQuery,
    settings::{Project, Target},
    text::Language,
};
use std::collections::{BTreeMap, BTreeSet};

const CASES: [&str; 10] = [
    "l1_open",
    "l2_registered",
    "l2_open",
    "l3_open",
    "l3_other_area",
    "l2_closed",
    "l2_about_team",
    "l4_sealed",
    "l5_sealed",
    "l2_raised",
];
const CHANNELS: [&str; 13] = [
    "sync", "contact", "api", "search", "number", "look_up", "phone", "picture", "own_rows", "arrived", "log", "export", "counts",
];

/// (channel, case) → who.
fn expectations() -> BTreeMap<(&'static str, &'static str), BTreeSet<Role>> {
    let mut found = BTreeMap::new();
    for line in include_str!("channels.csv").lines().skip(1) {
        let cells: Vec<&str> = line.splitn(4, ',').collect();
        let [channel, case, roles, why] = cells[..] else { panic!("{line}") };
        assert!(!why.is_empty() && CHANNELS.contains(&channel) && CASES.contains(&case), "{line}");
        let roles = roles.split_whitespace().map(|role| Role::from_id(role).unwrap_or_else(|| panic!("{line}")));
        assert!(found.insert((channel, case), roles.collect()).is_none(), "two lines: {line}");
    }
    for key in CHANNELS.iter().flat_map(|channel| CASES.map(|case| (*channel, case))) {
        assert!(found.contains_key(&key), "no line for {key:?}");
    }
    found
}

/// A word that stands in this case alone.
fn word(case: &str) -> String {
    format!("cny{}", case.replace('_', ""))
}

/// The number its person gave.
fn phone_of(case: &str) -> String {
    format!("09331234{:02}", CASES.iter().position(|other| *other == case).unwrap())
}

/// A picture that is named and has not come: whoever may see it is told that.
fn photo() -> String {
    format!("{}:9:jpeg", "0a".repeat(32))
}

/// Where the case is.
fn place(case: &str) -> &'static str {
    if case == "l3_other_area" { "SY020401" } else { "SY020400" }
}

fn target(place: &str) -> Target {
    serde_json::from_value(serde_json::json!({ "place": place, "phases": ["during"] })).unwrap()
}

struct Stage {
    at: Deployment,
    phones: BTreeMap<Role, Phone>,
    records: BTreeMap<&'static str, (RecordId, String)>,
}

/// Officers of one sub-district, a receiver who recorded one case of each kind, and everybody's phone up to date.
fn stage() -> Stage {
    let mut settings = settings();
    for person in settings.people.iter_mut().filter(|person| matches!(person.role, Role::Ao | Role::AoAssistant)) {
        person.areas = vec!["SY020400".into()];
    }
    // A project for each, so that its sums are of that case alone.
    let usual = settings.projects[0].clone();
    settings.projects =
        CASES.map(|case| Project { code: case.into(), targets: vec![target(place(case))], ..usual.clone() }).to_vec().into();
    let mut at = Deployment::with(false, settings);
    let focal = [Role::PseaFp, Role::HqIu, Role::AmeMgr, Role::Cd];
    let begun = begun(&at, &focal);
    let mut phones: BTreeMap<Role, Phone> = BTreeMap::new();
    for role in Role::ALL {
        let phone = if focal.contains(&role) { phone_with_key(&mut at, role, &card(&begun, role)) } else { at.phone(role) };
        phones.insert(role, phone);
    }
    let mut records = BTreeMap::new();
    for case in CASES {
        let mut facts = complaint(&at);
        let category = match case {
            "l1_open" => "info.project",
            "l3_open" | "l3_other_area" => "targ.exclusion",
            "l4_sealed" => "cond.respect",
            "l5_sealed" => "ser.sea",
            _ => "qual.delay",
        };
        facts.insert("reg.category".into(), category.into());
        facts.insert("intake.words".into(), word(case).as_str().into());
        facts.insert("contact.phone.raw".into(), phone_of(case).as_str().into());
        facts.insert("contact.photo.1".into(), photo().as_str().into());
        facts.insert("place.adm3".into(), place(case).into());
        facts.insert("project".into(), case.into());
        if case == "l2_about_team" {
            facts.insert("reg.subject_role".into(), "acct".into());
        }
        let saved = phones.get_mut(&Role::Receiver).unwrap().record(&mut at, facts);
        records.insert(case, (saved.record, saved.ref_no.unwrap()));
    }
    all_sync(&mut phones, &mut at);
    at.now = at.now.plus(3_600);
    let today = START.day(180);
    let [closed, raised] = ["l2_closed", "l2_raised"].map(|case| records[case].0);
    let mut officer = at.phone(Role::Ao);
    officer.sync(&mut at);
    let classified = |level: u8, category: &str| Step::Classified {
        entry_type: EntryType::Complaint,
        category: category.into(),
        level: Level::new(level).unwrap(),
        urgency: Urgency::Action,
        reason: if level == 5 { word("l2_raised") } else { String::new() },
    };
    officer.step(&mut at, raised, classified(5, "ser.sea")).unwrap();
    for (case, level, category) in
        [("l1_open", 1, "info.project"), ("l2_open", 2, "qual.delay"), ("l3_open", 3, "targ.exclusion")]
    {
        officer.step(&mut at, records[case].0, classified(level, category)).unwrap();
    }
    let manager = phones.get_mut(&Role::AmeMgr).unwrap();
    for (case, level, category) in [("l3_other_area", 3, "targ.exclusion"), ("l2_about_team", 2, "qual.delay")] {
        manager.step(&mut at, records[case].0, classified(level, category)).unwrap();
    }
    let responded = Step::Responded {
        on: today,
        mode: "call".into(),
        summary: "x".into(),
        reached: true,
        understood: None,
        accepts: None,
        of: None,
    };
    let propose = Step::AnswerProposed { talking_points: "x".into(), findings: String::new(), actions: String::new() };
    officer.step(&mut at, closed, classified(2, "qual.delay")).unwrap();
    officer.sync(&mut at);
    let pm = phones.get_mut(&Role::PmFocal).unwrap();
    pm.sync(&mut at);
    pm.step(&mut at, closed, Step::Started { note: "x".into() }).unwrap();
    pm.sync(&mut at);
    officer.sync(&mut at);
    let proposed = officer.step(&mut at, closed, propose).unwrap().event.unwrap();
    officer.step(&mut at, closed, Step::AnswerApproved { of: proposed }).unwrap();
    officer.sync(&mut at);
    officer.step(&mut at, closed, responded).unwrap();
    let close = Step::Closed {
        on: today,
        reason: CloseReason::Responded,
        outcome: Outcome::InfoGiven,
        note: String::new(),
        satisfaction: "s4".into(),
        actions_done: true,
    };
    officer.step(&mut at, closed, close).unwrap();
    officer.sync(&mut at);
    all_sync(&mut phones, &mut at);
    Stage { at, phones, records }
}

fn all_sync(phones: &mut BTreeMap<Role, Phone>, at: &mut Deployment) {
    for _ in 0..2 {
        for phone in phones.values_mut() {
            phone.sync(at);
        }
    }
}

fn session(at: &Deployment, phone: &mut Phone) -> Session {
    let token = phone.next_call(at).and_then(|outgoing| outgoing.token).expect("a token");
    phone.replica.sync_finish(Err(mobile::replica::link::LinkError::Offline));
    at.server.authenticate(at.now, &token).unwrap()
}

fn listed(at: &Deployment, session: &Session, text: &str) -> Vec<RecordId> {
    let query = CaseQuery { view: CaseView::All, text: text.into(), limit: 200, ..CaseQuery::default() };
    let page = at.server.cases(at.now, session, &query);
    page.map(|page| page.rows.into_iter().map(|row| row.record).collect()).unwrap_or_default()
}

fn looked_up(at: &Deployment, session: &Session, number: &str) -> Vec<RecordId> {
    let found = at.server.look_up(at.now, session, &LookUpQuery { number: number.into() });
    found.map(|found| found.rows.into_iter().map(|row| row.record).collect()).unwrap_or_default()
}

/// The cases this role sees by this way.
fn seen(stage: &mut Stage, channel: &str, role: Role, session: &Session) -> BTreeSet<&'static str> {
    let Stage { at, phones, records } = stage;
    let phone = phones.get_mut(&role).unwrap();
    let held = |phone: &Phone, kinds: &[DocKind]| -> BTreeSet<RecordId> {
        let all = phone.replica.holdings().unwrap().into_iter().map(|held| held.document);
        all.filter(|document| kinds.contains(&document.kind)).map(|document| document.record).collect()
    };
    let numbers: BTreeSet<String> = match channel {
        "own_rows" => match phone.ask(at, Request::OwnSent) {
            Answer::OwnSent(rows) => rows.into_iter().map(|row| row.ref_no).collect(),
            other => panic!("{other:?}"),
        },
        "arrived" => {
            let device =
                phones.get_mut(&Role::Receiver).unwrap().next_call(at).map(|_| ()).map(|()| receiver_device(at)).unwrap();
            phones.get_mut(&Role::Receiver).unwrap().replica.sync_finish(Err(mobile::replica::link::LinkError::Offline));
            let asked = Request::People(PeopleRequest::Arrived { device, days: 14 });
            match phones.get_mut(&role).unwrap().ask(at, asked) {
                Answer::People(PeopleAnswer::Arrived(arrived)) => {
                    arrived.numbers.into_iter().map(|number| number.ref_no).collect()
                }
                _ => BTreeSet::new(),
            }
        }
        _ => BTreeSet::new(),
    };
    let log: String = if channel == "log" {
        let lines = at.server.last_audit_lines(100_000).unwrap();
        lines.into_iter().map(|line| format!("{} {} {}\n", line.action, line.object, line.detail)).collect()
    } else {
        String::new()
    };
    let month = Month::of(START.day(180));
    let exported: String = match channel {
        "export" => at
            .server
            .compfu(at.now, session, month, Language::En)
            .map_or_else(|_| String::new(), |sheet| String::from_utf8(csv_file::write(&sheet).unwrap()).unwrap()),
        _ => String::new(),
    };
    let all = CoverageFilter { from: month, to: month, project: None, place: None };
    let counted = match channel {
        "counts" => at.server.coverage(at.now, session, &all).map_or_else(|_| Vec::new(), |coverage| coverage.rows),
        _ => Vec::new(),
    };
    let phone = &phones[&role];
    let is_seen = |case: &&&'static str| {
        let (record, number) = &records[**case];
        match channel {
            "sync" => held(phone, &[DocKind::Case]).contains(record),
            "contact" => held(phone, &[DocKind::Contact, DocKind::Subject]).contains(record),
            "api" => at.server.case(at.now, session, *record).is_ok(),
            "search" => listed(at, session, &word(case)).contains(record),
            "number" => listed(at, session, number).contains(record),
            "look_up" => looked_up(at, session, number).contains(record),
            "picture" => {
                let query = PictureQuery { record: *record, key: "photo.1".into() };
                at.server.picture(at.now, session, &query).is_ok()
            }
            "phone" => looked_up(at, session, &phone_of(case)).contains(record),
            "own_rows" | "arrived" => numbers.contains(number),
            "export" => exported.contains(number.as_str()),
            "counts" => counted.iter().any(|row| row.project.as_str() == **case && row.complaints == Some(1)),
            _ => log.contains(&word(case)),
        }
    };
    CASES.iter().filter(is_seen).copied().collect()
}

fn receiver_device(at: &Deployment) -> shared::model::ids::DeviceId {
    let devices = at.server.storage().read::<_, server::storage::StorageError>(|tx| tx.devices()).unwrap();
    devices.into_iter().find(|device| device.user == user(Role::Receiver)).unwrap().id
}

#[test]
fn every_role_sees_each_kind_of_case_by_exactly_the_ways_the_file_says() {
    let expected = expectations();
    let mut stage = stage();
    let mut wrong = Vec::new();
    for role in Role::ALL {
        let session = session(&stage.at, stage.phones.get_mut(&role).unwrap());
        for channel in CHANNELS {
            let sees = seen(&mut stage, channel, role, &session);
            for case in CASES {
                let may = expected[&(channel, case)].contains(&role);
                if may != sees.contains(case) {
                    wrong.push(format!("{} {} {case} by {channel}", role.id(), if may { "lacks" } else { "sees" }));
                }
            }
        }
        // Counts say nothing of what is not seen.
        let by_api = seen(&mut stage, "api", role, &session).len();
        let query = CaseQuery { view: CaseView::All, limit: 1, ..CaseQuery::default() };
        let total = stage.at.server.cases(stage.at.now, &session, &query).map_or(0, |page| page.total as usize);
        assert_eq!(total, by_api, "{} counts what they don't see", role.id());
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
