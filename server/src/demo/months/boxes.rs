//! The demo's complaint boxes: which hang where, when each is opened and by whom, and which of its papers became which case. Throws no
//! dice, so that nothing else of the demo is other than without them.

use super::{DemoError, Heard, Months};
use crate::demo::calendar::is_field_day;
use chrono::Datelike;
use shared::{
    box_opening::{CASE_OPENING, CASE_SLIP, record_of, sealed_key},
    document::content::{Fact, Facts},
    intent::Intent,
    model::{
        dates::{Day, days_between, plus_days},
        ids::{Code, UserId},
        record::{DocKind, DocumentId},
    },
    settings::{ComplaintBox, Label},
};
use std::collections::BTreeMap;

/// How long the boxes have hung.
const HUNG_DAYS: i64 = 60;
/// A box is opened when it has stayed closed for so long, with papers or without.
const ROUND_DAYS: i64 = 5;
/// For how long nobody went to the box that is called out.
const LEFT_DAYS: i64 = 12;
/// One in so many openings with papers has a paper more, which went into the envelope.
const ENVELOPE_EVERY: u32 = 3;
/// Opens every box together with whoever enters its papers.
const SECOND: &str = "u3";

/// Code, place, the sub-district whose papers it gets, and where it hangs.
const BOXES: [(&str, &str, &str, &str, &str); 4] = [
    ("B1", "S0101", "SY020400", "Al-Rayyan Camp, at the gate", "مخيم الريان، عند المدخل"),
    ("B2", "C1605", "SY020401", "Turkman Bareh, at the health point", "تركمان بارح، عند النقطة الطبية"),
    (LEFT, "S0501", "SY020405", "Al-Bayader Camp, at the school", "مخيم البيادر، عند المدرسة"),
    (OFFICE, "C1564", "", "A'zaz, at the office door", "أعزاز، عند باب المكتب"),
];
const LEFT: &str = "B3";
const OFFICE: &str = "B4";

/// The boxes as the settings hold them.
pub(in crate::demo) fn hung(today: Day) -> Vec<ComplaintBox> {
    let hang = |(code, place, _, en, ar): (&str, &str, &str, &str, &str)| ComplaintBox {
        code: code.into(),
        label: Label { en: en.to_owned(), ar: ar.to_owned() },
        place: place.into(),
        project: None,
        since: plus_days(today, -HUNG_DAYS),
        retired: false,
    };
    BOXES.map(hang).into()
}

/// Who empties a box.
fn keeper(code: &str) -> &'static str {
    if code == OFFICE { "u2" } else { "u1" }
}

impl Months<'_> {
    /// Opens the boxes whose papers this person enters next, and says on each paper's case which slip of which opening it is; then
    /// those that have stayed closed for days. Says whether any was opened.
    pub(super) fn open_boxes(&mut self, user: &UserId, day: Day, minute: i64, heard: &[Heard]) -> Result<bool, DemoError> {
        let age = days_between(day, self.today);
        if age >= HUNG_DAYS || !["u1", "u2"].contains(&user.as_str()) {
            return Ok(false);
        }
        let mut papers: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for heard in heard {
            if let Some(code) = box_of(&self.cases[heard.index].complaint.facts, user, age) {
                papers.entry(code).or_default().push(heard.index);
            }
        }
        for (code, ..) in BOXES.iter().filter(|(code, ..)| keeper(code) == user.as_str() && !is_left(code, age)) {
            let closed = self.opened.get(*code).map_or(HUNG_DAYS, |last| days_between(*last, day));
            if closed >= ROUND_DAYS && is_field_day(day) {
                papers.entry(code).or_default();
            }
        }
        for (code, cases) in &papers {
            self.open_box(user, code, day, minute, cases)?;
        }
        Ok(!papers.is_empty())
    }

    fn open_box(&mut self, user: &UserId, code: &str, day: Day, minute: i64, cases: &[usize]) -> Result<(), DemoError> {
        let record = record_of(&Code::from(code), day);
        let entered = i64::try_from(cases.len()).map_err(|_| DemoError::Unexpected)?;
        let has_envelope = entered > 0 && day.ordinal().is_multiple_of(ENVELOPE_EVERY);
        let mut facts: Facts = [
            ("box".to_owned(), code.into()),
            ("date".to_owned(), day.to_string().into()),
            ("papers".to_owned(), Fact::Number(entered + i64::from(has_envelope))),
            (format!("opener.{user}"), true.into()),
            (format!("opener.{SECOND}"), true.into()),
        ]
        .into();
        facts.extend(self.opened.insert(code.to_owned(), day).map(|last| ("last_opened_on".to_owned(), last.to_string().into())));
        let now = self.time(day, minute);
        if self.act(user, now, "box", Intent::OpenBox { record, facts })?.is_none() {
            return Ok(());
        }
        for (slip, index) in (1..).zip(cases) {
            let facts = &mut self.cases[*index].complaint.facts;
            facts.insert(CASE_OPENING.to_owned(), record.to_string().into());
            facts.insert(CASE_SLIP.to_owned(), Fact::Number(slip));
        }
        if has_envelope {
            let document = DocumentId::first(record, DocKind::BoxOpening);
            let facts = [(sealed_key(entered + 1), Some(true.into()))].into();
            self.act(user, now.plus(60), "envelope", Intent::SetFacts { document, facts })?;
        }
        Ok(())
    }
}

/// Which box a complaint's paper came out of, if it came on one that is entered as a case.
fn box_of(facts: &Facts, user: &UserId, age: i64) -> Option<&'static str> {
    let text = |key: &str| facts.get(key).and_then(Fact::as_text);
    if text("intake.channel") != Some("box") || text("intake.words").is_none() {
        return None;
    }
    if user.as_str() == keeper(OFFICE) {
        return Some(OFFICE);
    }
    let nearest = BOXES.iter().find(|(code, _, adm3, ..)| text("place.adm3") == Some(*adm3) && !is_left(code, age));
    Some(nearest.map_or(BOXES[0].0, |(code, ..)| code))
}

fn is_left(code: &str, age: i64) -> bool {
    code == LEFT && age < LEFT_DAYS
}
