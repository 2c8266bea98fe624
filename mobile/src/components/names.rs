//! Words for codes, people, places and projects. A code nobody has words for is shown as it is, never hidden.

use crate::{
    hooks::AppState,
    protocol::{FailureCode, PlaceHit},
};
use dioxus::prelude::*;
use serde::Serialize;
use shared::{
    box_opening::CASE_OPENING,
    document::{
        content::{Fact, Facts},
        fields::{self, CASE_SESSION, FieldKind},
    },
    model::{
        codes::CountKey,
        ids::{Code, Pcode, ProjectCode, UserId},
        record::DocKind,
        row::CaseRow,
    },
    settings::{Person, Settings},
    text::Texts,
};

/// A closed list's value in words.
pub(crate) fn coded(t: Texts, prefix: &str, code: &str) -> String {
    t.coded(prefix, code).unwrap_or_else(|| code.to_owned())
}

/// The stable id of a failure, as serde writes it.
pub(crate) fn failure_id(code: FailureCode) -> String {
    serde_id(&code)
}

/// The code of a plain enum value, as serde writes it.
pub(crate) fn serde_id(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

/// What happened to the data and what to do.
pub(crate) fn failure(t: Texts, code: FailureCode) -> String {
    coded(t, "failure", &failure_id(code))
}

/// A choice of a settings list; retired ones too.
pub(crate) fn choice(t: Texts, settings: &Settings, list: &str, code: &str) -> String {
    let found = settings.lists.get(list).and_then(|choices| choices.iter().find(|c| c.code.as_str() == code));
    found.map_or_else(|| code.to_owned(), |c| t.label(&c.label).to_owned())
}

/// Choices on offer: codes and words, without retired ones.
pub(crate) fn choices(t: Texts, settings: &Settings, list: &str) -> Vec<(String, String)> {
    let all = settings.lists.get(list).map(Vec::as_slice).unwrap_or_default();
    all.iter().filter(|c| !c.retired).map(|c| (c.code.to_string(), t.label(&c.label).to_owned())).collect()
}

/// A category. `ser.*` shows only as "sensitive": someone may look over the shoulder. # Source: domain.md §5.15b
pub(crate) fn category(t: Texts, settings: &Settings, code: &Code) -> String {
    if code.as_str().starts_with("ser.") {
        return t.category_sensitive();
    }
    category_in_full(t, settings, code)
}

/// A category's label, a covered one's too: for who opens what was sealed.
pub(crate) fn category_in_full(t: Texts, settings: &Settings, code: &Code) -> String {
    settings.category(code).map_or_else(|| code.to_string(), |c| t.label(&c.label).to_owned())
}

/// What a case is about: its category, that it is sensitive, or that it is only a count.
pub(crate) fn matter(t: Texts, settings: &Settings, row: &CaseRow) -> String {
    match &row.category {
        Some(code) => category(t, settings, code),
        None if row.level.is_sealed() => t.category_sensitive(),
        None => t.category_count_only(),
    }
}

/// A project's name.
pub(crate) fn project(t: Texts, settings: &Settings, code: &ProjectCode) -> String {
    settings.project(code).map_or_else(|| code.to_string(), |p| t.label(&p.name).to_owned())
}

/// A person's name, or the role once the account is closed.
pub(crate) fn person(t: Texts, settings: &Settings, id: &UserId) -> String {
    match settings.person(id) {
        Some(person) if person.inactive => t.person_former(&coded(t, "role", person.role.id())),
        Some(person) => person.name.clone(),
        None => id.to_string(),
    }
}

/// People one can name, with their role: those at work whom `keep` keeps, as choices of a field.
pub(crate) fn people(t: Texts, settings: &Settings, keep: impl Fn(&Person) -> bool) -> Vec<(String, String)> {
    let named = |person: &Person| t.person_with_role(&person.name, &coded(t, "role", person.role.id()));
    let at_work = settings.people.iter().filter(|person| !person.inactive && keep(person));
    at_work.map(|person| (person.id.to_string(), named(person))).collect()
}

/// A place's name alone.
pub(crate) fn place(t: Texts, app: AppState, code: &Pcode) -> String {
    app.places.read().get(code).map_or_else(|| code.to_string(), |hit| t.label(&hit.place.name).to_owned())
}

/// A place's name with the place around it.
pub(crate) fn place_within(t: Texts, hit: &PlaceHit) -> String {
    let around: Vec<&str> = hit.around.iter().take(2).map(|place| t.label(&place.name)).collect();
    t.place_in(t.label(&hit.place.name), &around.join(" · "))
}

/// Several names as one text, with the language's own comma.
pub(crate) fn joined(t: Texts, names: Vec<String>) -> String {
    names.into_iter().reduce(|first, then| t.list_and(&first, &then)).unwrap_or_default()
}

/// A count of the seven.
pub(crate) fn count_key(t: Texts, key: CountKey) -> String {
    coded(t, "count", key.id())
}

/// The label of a root key.
pub(crate) fn field(t: Texts, doc: DocKind, key: &str) -> String {
    let whole = key.replace('.', "-");
    t.coded(&format!("field-{}", doc.id()), &whole).or_else(|| t.coded("field", &whole)).unwrap_or_else(|| key.to_owned())
}

/// A set of choices behind one key per code: its stem, and the code (`topic.right` is `right` of `topic`).
fn set_member(doc: DocKind, key: &str) -> Option<(&'static str, &str)> {
    let (stem, code) = key.split_once('.')?;
    let stem = ["aud", "topic", "iec", "project", "facilitator"].into_iter().find(|set| *set == stem)?;
    (doc == DocKind::Session).then_some((stem, code))
}

/// One choice of a set in words; material handed out with its number.
fn member(t: Texts, settings: &Settings, stem: &str, code: &str, fact: &Fact) -> String {
    let words = match stem {
        "project" => project(t, settings, &code.into()),
        "facilitator" => person(t, settings, &code.into()),
        list => choice(t, settings, list, code),
    };
    if let Fact::Number(n) = fact { format!("{words} ({})", t.number(*n)) } else { words }
}

/// The label of a root key, where it may be one choice of a set.
pub(crate) fn label(t: Texts, settings: &Settings, doc: DocKind, key: &str) -> String {
    if let Some(code) = key.strip_prefix("who.wg.") {
        return choice(t, settings, "wg", code);
    }
    if let (DocKind::Session, Some(user)) = (doc, key.strip_prefix("side.")) {
        return format!("{}: {}", t.join_side(), person(t, settings, &user.into()));
    }
    if let Some((stem, user)) = key.split_once('.').filter(|(stem, _)| fields::EACH_THEIR_OWN.contains(stem)) {
        return format!("{}: {}", field(t, doc, stem), person(t, settings, &user.into()));
    }
    match set_member(doc, key) {
        Some((stem, code)) => format!("{}: {}", field(t, doc, stem), member(t, settings, stem, code, &Fact::Flag(true))),
        None => field(t, doc, key),
    }
}

/// Keys that hold a record's id: a link or nothing, no words.
pub(crate) const LINKS: [&str; 2] = [CASE_OPENING, CASE_SESSION];

/// Facts as lines of key, label and value, in the order of the table of fields; a set of choices is one line.
pub(crate) fn lines(t: Texts, app: AppState, settings: &Settings, doc: DocKind, facts: &Facts) -> Vec<(String, String, String)> {
    let mut lines: Vec<(String, String, String)> = Vec::new();
    // A picture's name and another record's id tell a person nothing: the one is shown, the other a link.
    let is_told = |key: &str, fact: &Fact| {
        let is_picture = fields::find(doc, key).is_some_and(|field| field.kind == FieldKind::Picture);
        *fact != Fact::Flag(false) && !is_picture && !LINKS.contains(&key)
    };
    for (key, fact) in in_order(doc, facts).into_iter().filter(|(key, fact)| is_told(key, fact)) {
        let Some((stem, code)) = set_member(doc, &key) else {
            let words = value(t, app, settings, doc, &key, &fact);
            lines.push((key.clone(), label(t, settings, doc, &key), words));
            continue;
        };
        let words = member(t, settings, stem, code, &fact);
        match lines.iter_mut().find(|(key, ..)| key == stem) {
            Some((_, _, all)) => *all = t.list_and(all, &words),
            None => lines.push((stem.to_owned(), field(t, doc, stem), words)),
        }
    }
    lines
}

/// A fact's value in words.
pub(crate) fn value(t: Texts, app: AppState, settings: &Settings, doc: DocKind, key: &str, fact: &Fact) -> String {
    let kind = fields::find(doc, key).map(|f| f.kind);
    match (fact, kind) {
        (Fact::Flag(true), _) => t.answer_yes(),
        (Fact::Flag(false), _) => t.answer_no(),
        (Fact::Number(n), _) if key.starts_with("who.wg.") => choice(t, settings, "wg_answer", &n.to_string()),
        (Fact::Number(n), _) => t.number(*n),
        (Fact::Text(code), Some(FieldKind::Code(list))) => choice(t, settings, list, code),
        (Fact::Text(code), Some(FieldKind::Place)) => place(t, app, &code.as_str().into()),
        (Fact::Text(code), Some(FieldKind::Project)) => project(t, settings, &code.as_str().into()),
        (Fact::Text(user), Some(FieldKind::User)) => person(t, settings, &user.as_str().into()),
        (Fact::Text(day), Some(FieldKind::Day)) => day.parse().map_or_else(|_| day.clone(), |d| t.day(d)),
        (Fact::Text(number), Some(FieldKind::RefNo)) => t.digits(number),
        (Fact::Text(text), _) => text.clone(),
    }
}

/// Facts in the order of the table of fields, so that a page always lists them alike.
pub(crate) fn in_order(doc: DocKind, facts: &Facts) -> Vec<(String, Fact)> {
    let rank =
        |key: &str| fields::find(doc, key).and_then(|found| fields::FIELDS.iter().position(|f| f == found)).unwrap_or(usize::MAX);
    let mut all: Vec<(String, Fact)> = facts.iter().map(|(k, f)| (k.clone(), f.clone())).collect();
    all.sort_by_key(|(key, _)| rank(key));
    all
}

/// A receipt number in groups that can be spoken: `1234 5678 9`.
pub(crate) fn ref_no(t: Texts, number: &str) -> String {
    let chars: Vec<char> = number.chars().collect();
    let groups: Vec<String> = chars.chunks(4).map(|group| group.iter().collect()).collect();
    t.digits(&groups.join("\u{a0}"))
}

/// An answer in words.
pub(crate) fn yes_no(t: Texts, yes: bool) -> String {
    if yes { t.answer_yes() } else { t.answer_no() }
}

/// An answer in words; none: nobody asked.
pub(crate) fn yes_no_or_not_asked(t: Texts, yes: Option<bool>) -> String {
    yes.map_or_else(|| t.answer_not_asked(), |yes| yes_no(t, yes))
}
