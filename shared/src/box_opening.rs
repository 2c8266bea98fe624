//! Opening a complaint box: two people open one box on one day, so both write the same record. How many papers are accounted for is
//! told by slip number, so that two phones never count one paper twice. Knows no storage.
//!
//! # Source
//! domain.md §5.2 (complaint-box rule), §7 (box_opening).

use crate::{
    document::content::{Content, Fact},
    model::{
        dates::Day,
        ids::{Code, RecordId},
    },
};
use sha2::{Digest, Sha256};

/// Where a case says which opening its paper came from, as the record's hex.
pub const CASE_OPENING: &str = "intake.box_opening";
/// Where it says which slip.
pub const CASE_SLIP: &str = "intake.slip";
/// Most papers of one opening.
pub const MOST_PAPERS: i64 = 1_000;

/// The record of a box opened on a day: the same on every phone, so that what two people write about it is one.
#[must_use]
pub fn record_of(code: &Code, date: Day) -> RecordId {
    let mut hash = Sha256::new();
    hash.update(b"sada box opening 1");
    hash.update((code.as_str().len() as u64).to_be_bytes());
    hash.update(code.as_str().as_bytes());
    hash.update(date.to_string().as_bytes());
    let mut record = [0; 16];
    record.copy_from_slice(&hash.finalize()[..16]);
    RecordId(record)
}

/// The key that says that a slip was entered as a case.
#[must_use]
pub fn entered_key(slip: i64) -> String {
    format!("entered.{slip}")
}

/// The key that says that a slip went into the signed envelope: counted, never photographed, and no case names it.
#[must_use]
pub fn sealed_key(slip: i64) -> String {
    format!("envelope.{slip}")
}

/// What became of the papers of one opening.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Papers {
    /// Papers counted; of two different claims the larger, until a person chooses.
    pub counted: i64,
    /// Number of the first slip.
    pub first: i64,
    /// Slips entered as cases.
    pub entered: Vec<i64>,
    /// Slips in the signed envelope.
    pub sealed: Vec<i64>,
}

impl Papers {
    /// Reads them from the document.
    #[must_use]
    pub fn of(content: &Content) -> Self {
        let numbers = |key: &str| {
            let values = content.facts.get(key).into_iter().flatten();
            values.filter_map(|standing| if let Fact::Number(number) = standing.fact { Some(number) } else { None })
        };
        let slips = |stem: &str| {
            let flagged = content.facts.keys().filter(|key| content.flag(key));
            let mut slips: Vec<i64> = flagged.filter_map(|key| key.strip_prefix(stem)?.parse().ok()).collect();
            slips.sort_unstable();
            slips
        };
        let entered = slips("entered.");
        let mut sealed = slips("envelope.");
        // One that was entered after all is not in the envelope too.
        sealed.retain(|slip| !entered.contains(slip));
        Self { counted: numbers("papers").max().unwrap_or(0), first: numbers("slip_from").min().unwrap_or(1), entered, sealed }
    }

    /// Slips of which nothing is known yet.
    #[must_use]
    pub fn left(&self) -> Vec<i64> {
        let all = self.first..self.first.saturating_add(self.counted.min(MOST_PAPERS));
        all.filter(|slip| !self.entered.contains(slip) && !self.sealed.contains(slip)).collect()
    }

    /// Slips entered or sealed that lie beyond the papers counted: somebody must count again.
    #[must_use]
    pub fn beyond(&self) -> usize {
        let last = self.first.saturating_add(self.counted);
        self.entered.iter().chain(&self.sealed).filter(|slip| !(self.first..last).contains(*slip)).count()
    }
}

#[cfg(test)]
mod tests {
    use super::record_of;

    #[test]
    fn two_phones_name_one_opening_alike_and_no_other_so() {
        let day = |text: &str| text.parse().unwrap();
        let one = record_of(&"B1".into(), day("2026-11-25"));
        assert_eq!(one, record_of(&"B1".into(), day("2026-11-25")));
        assert_ne!(one, record_of(&"B1".into(), day("2026-11-26")));
        assert_ne!(one, record_of(&"B12".into(), day("2026-11-25")));
    }
}
