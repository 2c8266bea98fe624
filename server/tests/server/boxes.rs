//! A complaint box opened by two people on two phones: one record, every paper accounted for once, and what they disagree on is shown.

use crate::harness::{DAY, Deployment, Phone, complaint, gate_box, settings, user};
use mobile::protocol::{Answer, BoxOpening, BoxStanding, CaseView, Request};
use shared::{
    box_opening::{CASE_OPENING, CASE_SLIP, record_of, sealed_key},
    document::content::{Fact, Facts},
    intent::Intent,
    model::{
        dates::Day,
        event::Step,
        ids::RecordId,
        query::CaseQuery,
        record::{DocKind, DocumentId},
        role::Role,
    },
};

fn deployment() -> Deployment {
    let mut settings = settings();
    settings.boxes = vec![gate_box()];
    Deployment::with(false, settings)
}

fn opening(date: Day, openers: [Role; 2], papers: i64) -> Intent {
    let mut facts: Facts = [
        ("box".to_owned(), Fact::from("B1")),
        ("date".to_owned(), date.to_string().into()),
        ("papers".to_owned(), Fact::Number(papers)),
        ("slip_from".to_owned(), Fact::Number(1)),
    ]
    .into();
    facts.extend(openers.map(|role| (format!("opener.{}", user(role)), Fact::Flag(true))));
    Intent::OpenBox { record: record_of(&"B1".into(), date), facts }
}

/// One paper out of the box, as a case of its own.
fn enter(phone: &mut Phone, at: &mut Deployment, record: RecordId, slip: i64) {
    let mut facts = complaint(at);
    facts.retain(|key, _| !key.starts_with("contact.") && (!key.starts_with("consent.") || key == "consent.record"));
    for (key, value) in [("intake.channel", "box"), ("consent.record", "not_possible"), ("intake.identity_mode", "anon")] {
        facts.insert(key.into(), value.into());
    }
    facts.insert(CASE_OPENING.into(), record.to_string().as_str().into());
    facts.insert(CASE_SLIP.into(), Fact::Number(slip));
    phone.record(at, facts);
}

fn seal(phone: &mut Phone, at: &mut Deployment, record: RecordId, slip: i64) {
    let document = DocumentId::first(record, DocKind::BoxOpening);
    phone.act(at, Intent::SetFacts { document, facts: [(sealed_key(slip), Some(Fact::Flag(true)))].into() }).unwrap();
}

fn seen(phone: &mut Phone, at: &mut Deployment, record: RecordId) -> BoxOpening {
    match phone.ask(at, Request::Opening(record)) {
        Answer::Opening(opening) => *opening,
        other => panic!("{other:?}"),
    }
}

fn standing(phone: &mut Phone, at: &mut Deployment) -> BoxStanding {
    match phone.ask(at, Request::Boxes) {
        Answer::Boxes(boxes) => boxes[0].clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn two_people_on_two_phones_open_one_box_and_the_papers_reconcile_to_the_unit() {
    let mut at = deployment();
    let mut salma = at.phone(Role::Receiver);
    let mut ahmad = at.phone(Role::PmFocal);
    let mut officer = at.phone(Role::Ao);
    let today = at.now.day(180);
    let record = record_of(&"B1".into(), today);
    let both = [Role::Receiver, Role::PmFocal];
    // Neither has network, and each writes the minutes.
    salma.act(&mut at, opening(today, both, 6)).unwrap();
    ahmad.act(&mut at, opening(today, both, 6)).unwrap();
    [1, 2, 3].into_iter().for_each(|slip| enter(&mut salma, &mut at, record, slip));
    [4, 5].into_iter().for_each(|slip| enter(&mut ahmad, &mut at, record, slip));
    seal(&mut ahmad, &mut at, record, 6);
    let half = seen(&mut salma, &mut at, record);
    assert_eq!((half.row.papers, half.row.entered, half.row.sealed, half.row.left.clone()), (6, 3, 0, vec![4, 5, 6]));
    for _ in 0..2 {
        salma.sync(&mut at);
        ahmad.sync(&mut at);
        officer.sync(&mut at);
    }
    for phone in [&mut salma, &mut ahmad, &mut officer] {
        let whole = seen(phone, &mut at, record);
        assert_eq!((whole.row.papers, whole.row.entered, whole.row.sealed, whole.row.left.len()), (6, 5, 1, 0));
        assert!(!whole.row.conflict && whole.conflicts.is_empty() && whole.row.beyond == 0, "who wrote the same agree");
        assert!(both.iter().all(|role| whole.facts.contains_key(&format!("opener.{}", user(*role)))));
        assert_eq!(phone.ask(&mut at, Request::Quarantine), Answer::Quarantine(Vec::new()));
    }
    // At the desk as many cases as papers entered, each naming its slip once.
    let query = CaseQuery { view: CaseView::All, limit: 50, ..CaseQuery::default() };
    let Answer::Cases(page) = officer.ask(&mut at, Request::Cases(query)) else { panic!() };
    let mut slips: Vec<Fact> = page
        .rows
        .iter()
        .map(|row| officer.case(&mut at, row.record).unwrap().facts)
        .map(|facts| {
            assert_eq!(facts[CASE_OPENING], record.to_string().as_str().into());
            facts[CASE_SLIP].clone()
        })
        .collect();
    slips.sort_by_key(|slip| if let Fact::Number(number) = slip { *number } else { 0 });
    assert_eq!(slips, [1, 2, 3, 4, 5].map(Fact::Number), "none for the paper in the envelope");
}

#[test]
fn what_two_openers_counted_otherwise_is_shown_and_chosen_and_one_paper_entered_twice_counts_once() {
    let mut at = deployment();
    let mut salma = at.phone(Role::Receiver);
    let mut ahmad = at.phone(Role::PmFocal);
    let mut officer = at.phone(Role::Ao);
    let today = at.now.day(180);
    let record = record_of(&"B1".into(), today);
    salma.act(&mut at, opening(today, [Role::Receiver, Role::PmFocal], 6)).unwrap();
    ahmad.act(&mut at, opening(today, [Role::Receiver, Role::PmFocal], 7)).unwrap();
    enter(&mut salma, &mut at, record, 1);
    enter(&mut ahmad, &mut at, record, 1);
    for _ in 0..2 {
        salma.sync(&mut at);
        ahmad.sync(&mut at);
        officer.sync(&mut at);
    }
    let shown = seen(&mut officer, &mut at, record);
    assert!(shown.row.conflict);
    assert_eq!(shown.conflicts.iter().map(|conflict| conflict.key.as_str()).collect::<Vec<_>>(), ["papers"]);
    assert_eq!((shown.row.papers, shown.row.entered, shown.row.left.len()), (7, 1, 6), "the larger, until someone chooses");
    let document = DocumentId::first(record, DocKind::BoxOpening);
    officer.act(&mut at, Intent::SetFacts { document, facts: [("papers".to_owned(), Some(Fact::Number(6)))].into() }).unwrap();
    officer.sync(&mut at);
    salma.sync(&mut at);
    let settled = seen(&mut salma, &mut at, record);
    assert_eq!((settled.row.conflict, settled.row.papers, settled.row.left.len()), (false, 6, 5));
}

#[test]
fn one_person_alone_opens_no_box_and_a_box_left_closed_is_called_out_to_the_team_alone() {
    let mut at = deployment();
    let mut salma = at.phone(Role::Receiver);
    let mut officer = at.phone(Role::Ao);
    let today = at.now.day(180);
    let alone = salma.act(&mut at, opening(today, [Role::Receiver, Role::Receiver], 6)).unwrap_err();
    assert_eq!(alone.fields, [("opener.*".to_owned(), "required".to_owned())]);
    at.now = at.now.plus(7 * DAY);
    assert!(!standing(&mut officer, &mut at).is_late, "seven days are not over seven");
    at.now = at.now.plus(DAY);
    let late = standing(&mut officer, &mut at);
    assert_eq!((late.closed_days, late.is_late), (8, true));
    assert!(!standing(&mut salma, &mut at).is_late, "holds no openings but her own");
    let today = at.now.day(180);
    salma.act(&mut at, opening(today, [Role::Receiver, Role::Ao], 0)).unwrap();
    salma.sync(&mut at);
    officer.sync(&mut at);
    assert_eq!(standing(&mut officer, &mut at).closed_days, 0);
    // A paper of an opening that this device does not hold is refused before anything is written.
    let mut facts = complaint(&at);
    facts.insert(CASE_OPENING.into(), "00112233445566778899aabbccddeeff".into());
    facts.insert(CASE_SLIP.into(), Fact::Number(1));
    let record = RecordId([9; 16]);
    assert!(salma.act(&mut at, Intent::RecordComplaint { record, facts }).is_err());
}

#[test]
fn an_opening_declared_void_is_none_and_the_box_counts_as_closed_since_the_one_before() {
    let mut at = deployment();
    let mut officer = at.phone(Role::Ao);
    let openers = [Role::Ao, Role::Receiver];
    let hung = standing(&mut officer, &mut at).closed_days;
    let first = at.now.day(180);
    officer.act(&mut at, opening(first, openers, 0)).unwrap();
    at.now = at.now.plus(3 * DAY);
    let second = at.now.day(180);
    officer.act(&mut at, opening(second, openers, 4)).unwrap();
    assert_eq!(standing(&mut officer, &mut at).last, Some(second));
    let void = |officer: &mut Phone, at: &mut Deployment, day: Day| {
        let record = record_of(&"B1".into(), day);
        let step = Step::Voided { reason: "another box".into() };
        officer.act(at, Intent::AddStep { record, doc: DocKind::BoxOpening, step }).unwrap();
        officer.sync(at);
        officer.sync(at);
        standing(officer, at)
    };
    let before = void(&mut officer, &mut at, second);
    assert_eq!((before.last, before.closed_days), (Some(first), 3));
    let never = void(&mut officer, &mut at, first);
    assert_eq!((never.last, never.closed_days), (None, hung + 3), "closed since it was hung up");
}
