//! What must not be told beside a record: another record's id, and that nobody read what was read. Who reads what is `channels.rs`.

use crate::{
    cipher_pages::holds,
    harness::{DAY, Deployment, complaint, database_bytes, raised_to, user},
    raw_phone::RawPhone,
    sealed_phones::{begun, card, phone_with_key},
};
use server::{storage::StorageError, work::session::Session};
use shared::{
    document::content::Edit,
    entropy::Entropy,
    look_up::LookUpQuery,
    model::{
        dates::UnixSeconds,
        ids::RecordId,
        query::{CaseQuery, CaseView},
        record::{DocKind, DocumentId},
        role::Role,
    },
    settings::Person,
    sync::{
        frames::down::{self, DownItem},
        messages::{RepairRequest, SyncRequest},
        scope::list_tag,
        sign_in::PublishSettings,
        verdict::Verdict,
    },
};
use std::collections::BTreeMap;

fn all() -> CaseQuery {
    CaseQuery { view: CaseView::All, limit: 200, ..CaseQuery::default() }
}

/// The other case that this one may repeat, as the server tells it: of the case itself, and nowhere else.
fn told(at: &Deployment, session: &Session, record: RecordId) -> Option<RecordId> {
    let rows = at.server.cases(at.now, session, &all()).unwrap().rows;
    assert!(rows.iter().all(|row| row.duplicate_of.is_none()), "a list names another case");
    let found = at.server.look_up(at.now, session, &LookUpQuery { number: "0944123456".into() }).unwrap().rows;
    assert!(found.iter().all(|row| row.duplicate_of.is_none()));
    let closure = at.server.closure(at.now, session).unwrap();
    assert!(closure.late.iter().all(|row| row.duplicate_of.is_none()));
    at.server.case(at.now, session, record).unwrap().row.duplicate_of
}

#[test]
fn a_case_that_may_be_the_same_is_named_to_nobody_who_may_not_read_it_or_not_know_who_spoke() {
    let mut at = Deployment::new(false);
    let mut receiver = at.phone(Role::Receiver);
    let facts = complaint(&at);
    let plain = receiver.record(&mut at, facts).record;
    let mut about_them = complaint(&at);
    about_them.insert("reg.subject_role".into(), "acct".into());
    let hidden = receiver.record(&mut at, about_them).record;
    // The same person, of something else and in other words.
    let mut other = complaint(&at);
    other.insert("reg.category".into(), "targ.exclusion".into());
    other.insert("intake.words".into(), "cny".into());
    other.insert("place.adm3".into(), "SY020401".into());
    let [first, second] = [other.clone(), other].map(|mut facts| {
        facts.insert("contact.phone.raw".into(), "0955000111".into());
        receiver.record(&mut at, facts).record
    });
    receiver.sync(&mut at);
    assert!(at.server.sweep(at.now).unwrap().compared >= 4);
    let mut session = |role, secret| RawPhone::sign_in(&mut at, role, secret).session(&at);
    let (officer, manager) = (session(Role::Ao, 7), session(Role::AmeMgr, 8));
    assert_eq!(told(&at, &officer, plain), None, "named to an officer, whom it excludes");
    assert_eq!(told(&at, &manager, plain), Some(hidden), "alike by its words");
    assert_eq!(told(&at, &manager, hidden), Some(plain));
    assert_eq!(told(&at, &officer, first), Some(second));
}

#[test]
fn a_list_of_sensitive_cases_says_in_the_log_which() {
    let mut at = Deployment::new(false);
    let mut receiver = at.phone(Role::Receiver);
    let mut facts = complaint(&at);
    facts.insert("reg.category".into(), "targ.exclusion".into());
    let sensitive = receiver.record(&mut at, facts).record;
    receiver.complain(&mut at);
    receiver.sync(&mut at);
    let officer = RawPhone::sign_in(&mut at, Role::Ao, 7).session(&at);
    assert_eq!(at.server.cases(at.now, &officer, &all()).unwrap().total, 2);
    let lines: Vec<_> = at.server.last_audit_lines(2).unwrap().into_iter().map(|line| (line.object, line.detail)).collect();
    let expected = [(sensitive.to_string(), "level3 list"), ("list".to_owned(), "1")];
    assert_eq!(lines, expected.map(|(object, detail)| (object, detail.to_owned())));
    let week = at.server.week(at.now, Some(at.now.day(180))).unwrap();
    let of_officer = week.people.iter().find(|one| one.user == user(Role::Ao)).unwrap();
    assert_eq!((of_officer.lists, of_officer.online, of_officer.sensitive), (1, 0, 1));
}

/// A device that says it holds all it follows and then that it holds nothing is sent everything, as for repair.
#[test]
fn what_is_sent_again_for_repair_is_in_the_log_like_what_is_sent_first() {
    let mut at = Deployment::new(false);
    let mut receiver = at.phone(Role::Receiver);
    receiver.complain(&mut at);
    receiver.sync(&mut at);
    let hostile = RawPhone::sign_in(&mut at, Role::Ao, 7);
    let asking = |at: &mut Deployment, request: SyncRequest| {
        let request = SyncRequest {
            settings: 1,
            ref_nos_left: 300,
            down_budget: 1 << 20,
            down_frame: 64 << 10,
            full_deps: true,
            ..request
        };
        let bytes = hostile.signed(at, request);
        hostile.send(at, &bytes)
    };
    let bare = || SyncRequest::bringing(Vec::new(), "raw", UnixSeconds(946_684_800), 1);
    let mut unknown = bare();
    at.chance.fill(&mut unknown.scopes.0);
    let followed = asking(&mut at, unknown).scopes.unwrap();
    let mut empty = bare();
    (empty.scopes, empty.cursors.0) = (list_tag(&followed), vec![u64::MAX; followed.len()]);
    empty.repair = Some(RepairRequest::Holding { buckets: (0..=255).collect(), held: Vec::new() });
    let answer = asking(&mut at, empty);
    let read =
        |frame: &minicbor::bytes::ByteVec| down::parse(frame, &hostile.server_key).unwrap().rebuild(&BTreeMap::new()).unwrap();
    let items = answer.frames.iter().flat_map(read).flat_map(|section| section.items);
    let contacts = items.filter(|item| matches!(item, DownItem::Enter(document) if document.kind == DocKind::Contact)).count();
    assert_eq!(contacts, 1, "who spoke went out");
    let lines = at.server.last_audit_lines(20).unwrap();
    let sent = lines.iter().filter(|line| line.action == "sent" && line.detail.ends_with("again"));
    assert_eq!(sent.filter(|line| line.object.contains("contact")).count(), 1, "{lines:?}");
}

/// Someone writes whom a case is about, and may not: it is kept in quarantine.
fn refused(at: &mut Deployment, record: RecordId) {
    let hostile = RawPhone::sign_in(at, Role::PmFocal, 9);
    let document = DocumentId::first(record, DocKind::Subject);
    let named = [Edit::Put { key: "person".into(), fact: ACCUSED.into() }];
    let change = hostile.write(document, &[], &named);
    assert!(matches!(hostile.push(at, &[(document, change)])[..], [Verdict::Refused { .. }]));
    at.reopen();
    assert!(holds(&database_bytes(&at.folder.0), ACCUSED.as_bytes()));
}

const ACCUSED: &str = "cnywhomitisabout";

#[test]
fn what_was_refused_of_a_case_goes_with_a_raise_and_is_not_kept_longer_than_who_spoke() {
    let mut at = Deployment::new(false);
    let begun = begun(&at, &[Role::PseaFp, Role::HqIu]);
    let mut focal = phone_with_key(&mut at, Role::PseaFp, &card(&begun, Role::PseaFp));
    let (mut receiver, mut officer) = (at.phone(Role::Receiver), at.phone(Role::Ao));
    let record = receiver.complain(&mut at).record;
    receiver.sync(&mut at);
    focal.sync(&mut at);
    officer.sync(&mut at);
    refused(&mut at, record);
    officer.step(&mut at, record, raised_to("ser.sea")).unwrap();
    officer.sync(&mut at);
    at.reopen();
    assert!(!holds(&database_bytes(&at.folder.0), ACCUSED.as_bytes()), "raised, and whom it is about lies in the quarantine");

    let other = receiver.complain(&mut at).record;
    receiver.sync(&mut at);
    refused(&mut at, other);
    let kept = i64::from(at.server.in_force().settings.limits.contact_kept_days);
    at.server.sweep(at.now.plus((kept - 1) * DAY)).unwrap();
    assert_eq!(at.server.storage().read::<_, StorageError>(|tx| tx.count_quarantined()).unwrap(), 1);
    at.server.sweep(at.now.plus((kept + 1) * DAY)).unwrap();
    at.reopen();
    assert!(!holds(&database_bytes(&at.folder.0), ACCUSED.as_bytes()), "kept for ever");
}

fn publish(at: &Deployment, change: impl Fn(&mut Person)) {
    let mut settings = at.server.in_force().settings.clone();
    change(settings.people.iter_mut().find(|person| person.id == user(Role::Ao)).unwrap());
    at.server.publish_as_operator(at.now, PublishSettings { based_on: settings.version, settings }).unwrap();
}

#[test]
fn whoever_loses_role_area_or_project_keeps_no_byte_of_what_they_held_and_gets_it_back_with_it() {
    let mut at = Deployment::new(false);
    let (mut receiver, mut officer) = (at.phone(Role::Receiver), at.phone(Role::Ao));
    let mut facts = complaint(&at);
    facts.insert("intake.words".into(), "cnywhatwasheld".into());
    let record = receiver.record(&mut at, facts).record;
    receiver.sync(&mut at);
    officer.sync(&mut at);
    let changes: [fn(&mut Person); 4] = [
        |person| person.areas = vec!["SY020401".into()],
        |person| person.projects = vec!["P02".into()],
        |person| person.role = Role::PmFocal,
        |person| person.role = Role::Admin,
    ];
    let before = at.server.in_force().settings.person(&user(Role::Ao)).unwrap().clone();
    for (n, change) in changes.into_iter().enumerate() {
        assert!(officer.case(&mut at, record).unwrap().contact.is_some() && holds(&officer.pages(&at), b"cnywhatwasheld"), "{n}");
        publish(&at, change);
        officer.sync(&mut at);
        assert!(officer.case(&mut at, record).is_none(), "{n}");
        let pages = officer.pages(&at);
        assert!(!holds(&pages, b"cnywhatwasheld") && !holds(&pages, b"944123456"), "{n}: left and still on the phone");
        publish(&at, |person| *person = before.clone());
        officer.sync(&mut at);
    }
}
