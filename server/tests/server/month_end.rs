//! Month's end: whose cases stand in whose figures, and that the COMPFU tells nothing of anyone.

use crate::{
    access::tokens,
    harness::{DAY, Deployment, complaint, user},
};
use server::{
    reports::{Cell, compfu, csv_file, harmless, xlsx_file},
    work::session::Session,
};
use shared::{
    indicators::{closure::Share, coverage::Month},
    model::role::Role,
    text::{Language, Texts},
};
use std::collections::BTreeMap;

struct Desks {
    tokens: BTreeMap<Role, String>,
}

impl Desks {
    fn session(&self, at: &Deployment, role: Role) -> Session {
        at.server.authenticate(at.now, &self.tokens[&role]).unwrap()
    }
}

fn column(names: &[String], rows: &[Vec<Cell>], name: &str) -> Vec<Cell> {
    let place = names.iter().position(|other| other == name).unwrap_or_else(|| panic!("no column {name} in {names:?}"));
    rows.iter().map(|row| row[place].clone()).collect()
}

#[test]
fn figures_count_what_their_reader_may_count_and_never_a_case_about_them() {
    let mut at = Deployment::new(false);
    let mut receiver = at.phone(Role::Receiver);
    let plain = complaint(&at);
    let about = |role: &str| {
        let mut facts = plain.clone();
        facts.insert("reg.subject_role".into(), role.into());
        facts
    };
    for facts in [plain.clone(), about("acct"), about("project")] {
        receiver.record(&mut at, facts);
    }
    receiver.sync(&mut at);
    at.now = at.now.plus(16 * DAY);
    let desks = Desks { tokens: tokens(&mut at) };
    let whole = |role: Role| {
        let page = at.server.closure(at.now, &desks.session(&at, role)).unwrap();
        assert_eq!(page.figure.ordinary.part, 0);
        (page.figure.ordinary.whole, page.late.len())
    };
    assert_eq!(whole(Role::Ao), (2, 2), "not the one about their team");
    assert_eq!(whole(Role::HqAme), (3, 0), "counts all, reads none");
    at.now = at.now.plus(-2 * DAY);
    let page = at.server.closure(at.now, &desks.session(&at, Role::Cd)).unwrap();
    assert_eq!((page.figure.all, page.figure.not_yet_due), (Some(Share::default()), 3), "they still have a day");
    let refused = at.server.closure(at.now, &desks.session(&at, Role::Receiver));
    assert!(refused.is_err());
}

#[test]
fn the_compfu_of_a_month_has_a_line_a_case_and_no_word_name_or_number_of_anyone() {
    let mut at = Deployment::new(false);
    let mut receiver = at.phone(Role::Receiver);
    let mut facts = complaint(&at);
    facts.insert("partner".into(), "=HYPERLINK(\"http://x\")".into());
    let saved = receiver.record(&mut at, facts);
    receiver.sync(&mut at);
    let desks = Desks { tokens: tokens(&mut at) };
    let month = Month::of(at.now.day(180));
    for role in [Role::Ao, Role::AmeMgr, Role::HqAme] {
        let sheet = at.server.compfu(at.now, &desks.session(&at, role), month, Language::Ar).unwrap();
        assert_eq!(sheet.rows.len(), 1);
        let cell = |name: &str| column(&sheet.english, &sheet.rows, name).remove(0);
        assert_eq!(cell("Receipt number"), Cell::Text(saved.ref_no.clone().unwrap()));
        assert_eq!((cell("Sub-district"), cell("Level")), (Cell::Text("SY020400".into()), Cell::Number(2)));
        let text = String::from_utf8(csv_file::write(&sheet).unwrap()).unwrap();
        assert!(text.starts_with('\u{feff}') && text.contains("\r\n#meta+id+ref,") && text.contains("أنثى"), "{text}");
        assert!(text.contains("\"'=HYPERLINK"), "no formula: {text}");
        assert!(!text.contains('\u{2068}') && text.contains("Channel, label"), "{text}");
        for secret in ["فاطمة", "944123456", "السلة", &user(Role::Receiver).0, &saved.record.to_string()] {
            assert!(!text.split([',', '\n']).any(|cell| cell.contains(secret)), "{secret} in {text}");
        }
        assert!(xlsx_file::write(&sheet, true).unwrap().starts_with(b"PK"));
    }
    let before = Month { year: month.year - 1, ..month };
    assert!(
        at.server.compfu(at.now, &desks.session(&at, Role::Ao), before, Language::En).unwrap().rows.is_empty(),
        "a nil month"
    );
    assert!(at.server.compfu(at.now, &desks.session(&at, Role::Cd), month, Language::En).is_err());
    let lines = at.server.last_audit_lines(20).unwrap();
    let told =
        lines.iter().filter(|line| line.action == "cases_exported").map(|line| (line.object.as_str(), line.detail.as_str()));
    assert_eq!(told.filter(|line| *line == (month.to_string().as_str(), "1")).count(), 3);
    let in_time = |at: &Deployment, days: i64| {
        let sheet = at.server.compfu(at.now.plus(days * DAY), &desks.session(at, Role::Ao), month, Language::En).unwrap();
        column(&sheet.english, &sheet.rows, "Closed in time").remove(0)
    };
    assert_eq!((in_time(&at, 15), in_time(&at, 16)), (Cell::Empty, Cell::Text("no".into())), "open past its day is not in time");
}

#[test]
fn every_column_has_a_heading_in_both_languages() {
    for language in Language::ALL {
        for name in compfu::names() {
            assert!(Texts::new(language).coded("compfu", name).is_some(), "{name} in {}", language.tag());
        }
    }
}

#[test]
fn nothing_a_spreadsheet_calls_a_formula_stays_one() {
    for text in ["=1+1", "+963", "-5", "@x", "\tx", "\rx"] {
        assert_eq!(harmless(text), format!("'{text}"));
    }
    assert_eq!(harmless("963+"), "963+");
}
