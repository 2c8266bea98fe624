//! Histories written by several phones that hear of each other now and then, as scripts that a failing property can shrink.

use crate::people::{Phone, add, event, put, registered, started};
use proptest::prelude::*;
use shared::{
    document::{change::Change, content::Edit, fields},
    model::{codes::CountKey, event::Step, record::DocKind},
};

/// One line of a script.
#[derive(Clone, Debug)]
pub(crate) enum Line {
    /// A phone writes.
    Write { phone: usize, what: What },
    /// A phone hears the first `part` sixteenths of what another has.
    Hear { phone: usize, from: usize, part: usize },
}

#[derive(Clone, Debug)]
pub(crate) enum What {
    Put(usize, u8),
    Clear(usize),
    Event,
    Count(usize, i64),
    Correct(usize, i64),
}

pub(crate) const PHONES: usize = 4;

/// Root keys with values to write there, some of them few enough to meet.
pub(crate) fn choices(kind: DocKind) -> Vec<&'static str> {
    match kind {
        DocKind::Case => vec!["place.adm4", "who.sex", "intake.words", "receipt_given", "group.size", "who.wg.see"],
        DocKind::Contact => vec!["name", "phone.raw", "phone.safe_to_call"],
        DocKind::Subject => vec!["person", "unit"],
        DocKind::Sealed => vec!["to", "body.intake", "body.00112233445566aa", "body.raised.0", "body.late.00112233"],
        DocKind::BoxOpening => vec!["papers", "date", "entered.4", "opener.u2", "note"],
        DocKind::Session => vec!["date", "topic.right", "iec.leaflet", "start_time", "project.P01"],
    }
}

/// A value that fits the key, one of five.
pub(crate) fn value(kind: DocKind, key: &str, pick: u8) -> Edit {
    use fields::FieldKind::{Day, Flag, Number, Time};
    let pick = i64::from(pick % 5);
    match fields::find(kind, key).unwrap().kind {
        Flag => put(key, pick % 2 == 0),
        Number(_) => put(key, pick),
        Day => put(key, format!("2026-11-0{}", pick + 1)),
        Time => put(key, format!("10:0{pick}")),
        _ => put(key, format!("v{pick}")),
    }
}

fn line() -> impl Strategy<Value = Line> {
    let what = prop_oneof![
        4 => (0..6_usize, any::<u8>()).prop_map(|(key, value)| What::Put(key, value)),
        1 => (0..6_usize).prop_map(What::Clear),
        2 => Just(What::Event),
        3 => (0..7_usize, 1..40_i64).prop_map(|(key, by)| What::Count(key, by)),
        1 => (0..7_usize, -9..9_i64).prop_map(|(key, by)| What::Correct(key, by)),
    ];
    prop_oneof![
        3 => (0..PHONES, what).prop_map(|(phone, what)| Line::Write { phone, what }),
        2 => (0..PHONES, 0..PHONES, 0..=16_usize).prop_map(|(phone, from, part)| Line::Hear { phone, from, part }),
    ]
}

pub(crate) fn script() -> impl Strategy<Value = Vec<Line>> {
    proptest::collection::vec(line(), 0..40)
}

/// Any kind but the sealed one, whose values nobody writes over: those have tests of their own.
pub(crate) fn kind() -> impl Strategy<Value = DocKind> {
    proptest::sample::select(DocKind::ALL.into_iter().filter(|kind| *kind != DocKind::Sealed).collect::<Vec<_>>())
}

/// Edits of one line, the number of the event being unique to the script.
pub(crate) fn edits(phone: &Phone, what: &What, number: u64) -> Vec<Edit> {
    let kind = phone.document.kind();
    let keys = choices(kind);
    match what {
        What::Put(key, pick) => vec![value(kind, keys[key % keys.len()], *pick)],
        What::Clear(key) => vec![Edit::Clear { key: keys[key % keys.len()].into() }],
        What::Count(key, by) if kind == DocKind::Session => vec![add(CountKey::ALL[*key], *by)],
        What::Correct(key, by) if kind == DocKind::Session && *by != 0 => {
            let corrected =
                Step::Corrected { key: CountKey::ALL[*key], delta: *by, reason: "عددنا طفلين مرتين".into() };
            vec![event(phone, number, corrected), add(CountKey::ALL[*key], *by)]
        }
        _ => vec![event(phone, number, started("اتصلت بالمشروع"))],
    }
}

/// Runs a script: all changes, each after those it builds on, and the phones as they end.
pub(crate) fn run(kind: DocKind, script: &[Line]) -> (Vec<Change>, Vec<Phone>) {
    let mut phones: Vec<_> = (0..PHONES).map(|n| Phone::new(n as u8 + 1, kind)).collect();
    let mut all = Vec::new();
    if kind == DocKind::Case {
        let first = [event(&phones[0], 1, registered())];
        all.extend(phones[0].write(&first));
        let first = all.clone();
        phones.iter_mut().for_each(|phone| phone.take_all(&first));
    }
    for (number, line) in (100..).zip(script) {
        match line {
            Line::Write { phone, what } => {
                let edits = edits(&phones[*phone], what, number);
                all.extend(phones[*phone].write(&edits));
            }
            Line::Hear { phone, from, part } => {
                let heard = phones[*from].changes.clone();
                phones[*phone].take_all(&heard[..heard.len() * part / 16]);
            }
        }
    }
    (all, phones)
}
