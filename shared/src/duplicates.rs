//! Cases that may be the same. Suggested, never merged by itself; sealed text is never compared.
//!
//! # Source
//! domain.md §12 (same complaint taken by two staff).

use crate::model::{
    codes::Level,
    dates::Day,
    ids::{Code, Pcode, ProjectCode, RecordId},
};

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
    /// The words, folded for comparison (see [`crate::duplicates::fold_words`]).
    pub words: String,
}

/// Folds words for comparison: Arabic letter variants, case, digits, punctuation and spaces no longer matter.
#[must_use]
pub fn fold_words(_text: &str) -> String {
    unimplemented!()
}

/// The one of `others` that `case` most likely repeats: equal phone or beneficiary number first, then the most similar words
/// among cases of the same sub-district, category and project within `within_days`.
#[must_use]
pub fn suggest(_case: &Candidate, _others: &[Candidate], _within_days: u16) -> Option<RecordId> {
    unimplemented!()
}
