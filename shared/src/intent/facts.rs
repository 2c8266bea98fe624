//! Facts of a form: read in any digits, checked against the field table and the settings' lists, made ready as edits.
//!
//! # Source
//! domain.md §4, §7, §12 (digits, phones, bounds).

use super::{Context, Prepared, Problem, ProblemCode, known};
use crate::{
    arabic,
    document::{
        content::{Edit, Fact, Facts},
        fields::{self, FieldKind},
    },
    model::{
        dates::Day,
        ids::{Code, Pcode, ProjectCode, UserId},
        record::{DocKind, DocumentId},
    },
    phone::Phone,
    policy::{self, Action},
    receipt_no::ReceiptNo,
    settings::Settings,
};
use std::collections::BTreeMap;

/// The text under a key; none if it is empty or something else.
pub(super) fn text<'a>(facts: &'a Facts, key: &str) -> Option<&'a str> {
    facts.get(key).and_then(Fact::as_text).map(str::trim).filter(|text| !text.is_empty())
}

pub(super) fn flag(facts: &Facts, key: &str) -> bool {
    facts.get(key) == Some(&Fact::Flag(true))
}

/// The number under a key, also as text in any digits.
pub(super) fn number(facts: &Facts, key: &str) -> Option<i64> {
    match facts.get(key)? {
        Fact::Number(number) => Some(*number),
        Fact::Text(text) => arabic::whole_number(text),
        Fact::Flag(_) => None,
    }
}

/// The day under a key, in any digits.
pub(super) fn day(facts: &Facts, key: &str) -> Option<Day> {
    text(facts, key).and_then(|text| arabic::digits_to_latin(text).parse().ok()).filter(|day| fields::is_plain_day(*day))
}

/// Whether a list offers this code.
pub(super) fn offers(settings: &Settings, list: &str, code: &str) -> bool {
    settings.lists.get(list).is_some_and(|choices| choices.iter().any(|choice| choice.code.as_str() == code && !choice.retired))
}

/// Codes of a set of choices that are set: keys `stem` + code.
pub(super) fn chosen<'a>(facts: &'a Facts, stem: &'a str) -> impl Iterator<Item = &'a str> {
    facts.iter().filter(|(_, fact)| **fact == Fact::Flag(true)).filter_map(move |(key, _)| key.strip_prefix(stem))
}

/// One document's facts, each in its stored form. Empty texts are left out. `prefix` is put before keys in problems.
pub(super) fn check(
    doc: DocKind,
    facts: &Facts,
    prefix: &str,
    settings: &Settings,
    problems: &mut Vec<Problem>,
) -> BTreeMap<String, Fact> {
    let mut stored = BTreeMap::new();
    for (key, fact) in facts {
        if matches!(fact, Fact::Text(text) if text.trim().is_empty()) {
            continue;
        }
        match store(doc, key, fact, settings) {
            Ok(fact) => {
                stored.insert(key.clone(), fact);
            }
            Err(code) => problems.push(Problem::new(&format!("{prefix}{key}"), code)),
        }
    }
    if let Some(Fact::Text(typed)) = stored.get("phone.raw").filter(|_| doc == DocKind::Contact)
        && let Some(e164) = Phone::read(typed).e164
    {
        stored.insert("phone.e164".into(), Fact::Text(e164));
    }
    stored
}

/// A fact in its stored form.
fn store(doc: DocKind, key: &str, fact: &Fact, settings: &Settings) -> Result<Fact, ProblemCode> {
    let field = fields::find(doc, key).ok_or(ProblemCode::UnknownField)?;
    let fact = canonical(field.kind, fact);
    if !field.kind.fits(&fact) {
        return Err(misfit(field.kind, &fact));
    }
    let known = match (field.kind, &fact) {
        (FieldKind::Code(list), Fact::Text(code)) if !offers(settings, list, code) => Err(ProblemCode::UnknownCode),
        (FieldKind::Place, Fact::Text(code)) => check_place(key, code, settings),
        (FieldKind::Project, Fact::Text(code)) => check_project(code, settings),
        (FieldKind::RefNo, Fact::Text(typed)) => ReceiptNo::parse(typed).map(|_| ()).map_err(|_| ProblemCode::NotARefNo),
        (FieldKind::Text(_), Fact::Text(typed)) if key == "phone.raw" => check_phone(typed),
        _ => check_member(key, settings),
    };
    known.map(|()| fact)
}

/// Digits, numbers and receipt numbers in their stored form, whatever was typed. Words stay as they are.
fn canonical(kind: FieldKind, fact: &Fact) -> Fact {
    match (kind, fact) {
        (FieldKind::Number(_), Fact::Text(text)) => arabic::whole_number(text).map_or_else(|| fact.clone(), Fact::Number),
        (FieldKind::Day | FieldKind::Time, Fact::Text(text)) => Fact::Text(arabic::digits_to_latin(text.trim())),
        (FieldKind::RefNo, Fact::Text(text)) => {
            ReceiptNo::parse(text).map_or_else(|_| fact.clone(), |number| Fact::Text(number.as_str().to_owned()))
        }
        (_, Fact::Text(text)) => Fact::Text(text.trim().to_owned()),
        _ => fact.clone(),
    }
}

/// Why a value does not fit its field.
fn misfit(kind: FieldKind, fact: &Fact) -> ProblemCode {
    match (kind, fact) {
        (FieldKind::Number(_), Fact::Number(_)) => ProblemCode::OutOfRange,
        (FieldKind::Text(_) | FieldKind::User, Fact::Text(_)) => ProblemCode::TooLong,
        (FieldKind::Code(_), Fact::Text(_)) => ProblemCode::UnknownCode,
        (FieldKind::Place, Fact::Text(_)) => ProblemCode::UnknownPlace,
        (FieldKind::Project, Fact::Text(_)) => ProblemCode::UnknownProject,
        (FieldKind::Day, Fact::Text(_)) => ProblemCode::NotADay,
        (FieldKind::Time, Fact::Text(_)) => ProblemCode::NotATime,
        (FieldKind::RefNo, Fact::Text(_)) => ProblemCode::NotARefNo,
        _ => ProblemCode::WrongType,
    }
}

fn check_place(key: &str, code: &str, settings: &Settings) -> Result<(), ProblemCode> {
    let place = settings.place(&Pcode::from(code)).filter(|place| !place.retired);
    let level_fits = |level: u8| if key == "place.adm3" { level == 3 } else { level >= 4 };
    if place.is_some_and(|place| level_fits(place.level)) { Ok(()) } else { Err(ProblemCode::UnknownPlace) }
}

fn check_project(code: &str, settings: &Settings) -> Result<(), ProblemCode> {
    let known = settings.project(&ProjectCode::from(code)).is_some_and(|project| !project.retired);
    if known { Ok(()) } else { Err(ProblemCode::UnknownProject) }
}

/// Any country's number is kept as given; what has fewer than 6 digits or anything but a number's signs is no number.
fn check_phone(typed: &str) -> Result<(), ProblemCode> {
    let plain = arabic::digits_to_latin(typed);
    let digits = plain.bytes().filter(u8::is_ascii_digit).count();
    let signs =
        plain.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "+-–()./\u{200e}\u{200f}\u{2066}\u{2069}".contains(c));
    if signs && (6..=20).contains(&digits) { Ok(()) } else { Err(ProblemCode::NotAPhone) }
}

/// The code behind the dot of a set of choices.
fn check_member(key: &str, settings: &Settings) -> Result<(), ProblemCode> {
    let split = |stem: &'static str| key.strip_prefix(stem);
    if let Some(code) = split("project.") {
        return check_project(code, settings);
    }
    if let Some(user) = split("facilitator.").or_else(|| split("opener.")).or_else(|| split("side.")) {
        let known = settings.person(&UserId::from(user)).is_some_and(|person| !person.inactive);
        return if known { Ok(()) } else { Err(ProblemCode::UnknownPerson) };
    }
    let sets = [("aud.", "aud"), ("topic.", "topic"), ("iec.", "iec"), ("who.wg.", "wg")];
    let set = sets.into_iter().find_map(|(stem, list)| split(stem).map(|code| (list, code)));
    match set {
        Some((list, code)) if !offers(settings, list, code) => Err(ProblemCode::UnknownCode),
        _ => Ok(()),
    }
}

/// The smaller place must lie in the sub-district named beside it.
pub(super) fn check_within(facts: &BTreeMap<String, Fact>, settings: &Settings, problems: &mut Vec<Problem>) {
    let place = |key: &str| facts.get(key).and_then(Fact::as_text).map(Pcode::from);
    if let (Some(adm3), Some(adm4)) = (place("place.adm3"), place("place.adm4"))
        && !settings.lies_in(&adm4, &adm3)
    {
        problems.push(Problem::new("place.adm4", ProblemCode::UnknownPlace));
    }
}

pub(super) fn puts(facts: BTreeMap<String, Fact>) -> Vec<Edit> {
    facts.into_iter().map(|(key, fact)| Edit::Put { key, fact }).collect()
}

/// Keys that a record can't be without: never cleared.
const LASTING: [&str; 8] =
    ["ref_no", "place.adm3", "intake.channel", "intake.identity_mode", "consent.record", "who.sex", "who.age_band", "date"];

/// `SetFacts`.
pub(super) fn prepare(
    document: DocumentId,
    changes: &BTreeMap<String, Option<Fact>>,
    context: &Context<'_>,
) -> Result<Prepared, Vec<Problem>> {
    let known = known(context, document.record)?;
    let mut problems = Vec::new();
    if changes.is_empty() {
        problems.push(Problem::new("", ProblemCode::Nothing));
    }
    for (key, change) in changes {
        if !policy::may(context.actor, Action::Put(key), Some(known.resource)) {
            problems.push(Problem::new(key, ProblemCode::NotAllowed));
        } else if change.is_none() && (LASTING.contains(&key.as_str()) || fields::find(document.kind, key).is_none()) {
            problems.push(Problem::new(key, ProblemCode::Required));
        }
    }
    let given: Facts = changes.iter().filter_map(|(key, change)| Some((key.clone(), change.clone()?))).collect();
    let stored = check(document.kind, &given, "", context.settings, &mut problems);
    if let Some(day) = day(&given, "date").filter(|_| document.kind == DocKind::Session) {
        super::session::check_date(day, true, context, &mut problems);
    }
    check_within(&stored, context.settings, &mut problems);
    if !problems.is_empty() {
        return Err(problems);
    }
    let emptied = |key: &String| !stored.contains_key(key);
    let mut edits: Vec<Edit> = changes.keys().filter(|key| emptied(key)).map(|key| Edit::Clear { key: key.clone() }).collect();
    edits.extend(puts(stored));
    Ok(Prepared { edits: vec![(document, edits)], events: Vec::new() })
}

/// Whether a code is one the settings' category tree offers.
pub(super) fn offers_category(settings: &Settings, code: &Code) -> bool {
    settings.category(code).is_some_and(|category| !category.retired)
}
