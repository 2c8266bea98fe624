//! Cases that may be the same. Suggested, never merged by itself; sealed text is never compared.
//!
//! # Source
//! domain.md §12 (same complaint taken by two staff).

use crate::{
    arabic,
    model::{
        codes::Level,
        dates::{Day, days_between},
        ids::{Code, Pcode, ProjectCode, RecordId},
    },
};
use std::collections::BTreeSet;

/// What two cases are compared by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The record.
    pub record: RecordId,
    /// Level; only 1-3 are compared.
    pub level: Level,
    /// Day received.
    pub received_on: Day,
    /// Sub-district.
    pub adm3: Pcode,
    /// Category.
    pub category: Option<Code>,
    /// Project.
    pub project: Option<ProjectCode>,
    /// Normalised phone, where this side may know it.
    pub phone: Option<String>,
    /// Beneficiary number, where this side may know it.
    pub benef_id: Option<String>,
    /// The words, folded by [`fold_words`].
    pub words: String,
}

/// Folds words for comparison: Arabic letter variants, case, digits, punctuation and spaces no longer matter.
#[must_use]
pub fn fold_words(text: &str) -> String {
    let spaced: String = arabic::fold(text).chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The one of `others` that `case` most likely repeats, all within `within_days` [J: a shared phone would else tie everything
/// together]: an equal phone or beneficiary number first, then the most similar words among cases of the same sub-district,
/// category and project. Equally likely ones: the one received earlier, then by id.
#[must_use]
pub fn suggest(case: &Candidate, others: &[Candidate], within_days: u16) -> Option<RecordId> {
    if case.level.is_sealed() {
        return None;
    }
    let near = |other: &&Candidate| {
        other.record != case.record
            && !other.level.is_sealed()
            && days_between(case.received_on, other.received_on).abs() <= i64::from(within_days)
    };
    let ranked = others.iter().filter(near).filter_map(|other| Some((likeness(case, other)?, other)));
    ranked
        .max_by(|(a, x), (b, y)| a.cmp(b).then_with(|| y.received_on.cmp(&x.received_on)).then_with(|| y.record.cmp(&x.record)))
        .map(|(_, other)| other.record)
}

/// Per mille of likeness, above 1,000 for the same person; none if they are not alike.
fn likeness(case: &Candidate, other: &Candidate) -> Option<usize> {
    let same = |a: &Option<String>, b: &Option<String>| a.as_ref().is_some_and(|a| !a.is_empty() && Some(a) == b.as_ref());
    let person = same(&case.phone, &other.phone) || same(&case.benef_id, &other.benef_id);
    let matter = case.adm3 == other.adm3 && case.category == other.category && case.project == other.project;
    // Most cases are neither: their words are not looked at.
    let words = || shared_words(&case.words, &other.words);
    match (person, matter) {
        (true, _) => Some(1_001 + words()),
        (false, true) => Some(words()).filter(|words| *words >= SIMILAR),
        (false, false) => None,
    }
}

/// Words are similar from half of them in common [J].
const SIMILAR: usize = 500;

/// Per mille of the words of either that stand in both. Short words (of, في) tell nothing.
fn shared_words(a: &str, b: &str) -> usize {
    let words = |text| -> BTreeSet<&str> { str::split(text, ' ').filter(|word| word.chars().count() > 2).collect() };
    let (a, b) = (words(a), words(b));
    let common = a.intersection(&b).count();
    (common * 1_000).checked_div(a.union(&b).count()).unwrap_or(0)
}
