//! Participants are only counted up; whoever counts down says why, in the same change.

use crate::{document::genesis::count_key, model::codes::CountKey};
use std::collections::BTreeMap;

/// The increments and corrections of one change.
#[derive(Debug, Default)]
pub(super) struct Counts {
    added: BTreeMap<CountKey, Vec<i64>>,
    corrected: Vec<(CountKey, i64)>,
}

impl Counts {
    pub(super) fn added(&mut self, key: CountKey, by: i64) {
        self.added.entry(key).or_default().push(by);
    }

    pub(super) fn corrected(&mut self, key: CountKey, delta: i64) {
        self.corrected.push((key, delta));
    }

    /// Every correction must have its increment, and every negative increment its correction; the error is the counter's
    /// root key.
    pub(super) fn settle(mut self) -> Result<(), String> {
        for (key, delta) in self.corrected {
            let added = self.added.get_mut(&key);
            match added.and_then(|added| Some((added.iter().position(|by| *by == delta)?, added))) {
                Some((at, added)) => added.swap_remove(at),
                None => return Err(count_key(key)),
            };
        }
        match self.added.iter().find(|(_, added)| added.iter().any(|by| *by < 0)) {
            Some((key, _)) => Err(count_key(*key)),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Counts;
    use crate::model::codes::CountKey::{FUnder18, M60};

    #[test]
    fn a_negative_increment_and_a_correction_need_each_other() {
        let settles = |added: &[i64], corrected: &[i64]| {
            let mut counts = Counts::default();
            added.iter().for_each(|by| counts.added(FUnder18, *by));
            corrected.iter().for_each(|delta| counts.corrected(FUnder18, *delta));
            counts.settle().is_ok()
        };
        assert!(settles(&[], &[]) && settles(&[5, 5], &[]) && settles(&[-2], &[-2]) && settles(&[3, -2, -2], &[-2, -2]));
        assert!(settles(&[4], &[4]) && settles(&[4, 1], &[4]) && settles(&[0], &[]));
        assert!(!settles(&[-2], &[]) && !settles(&[-2, -2], &[-2]) && !settles(&[-3], &[-2]));
        assert!(!settles(&[], &[-2]) && !settles(&[], &[2]) && !settles(&[2], &[-2]) && !settles(&[-2], &[2]));
        let mut other = Counts::default();
        other.added(M60, -2);
        other.corrected(FUnder18, -2);
        assert!(other.settle().is_err());
    }
}
