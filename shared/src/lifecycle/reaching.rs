//! Trying to reach a person: how often, in which ways, on which days, and when that was enough.
//!
//! # Source
//! domain.md §6 (T12); peers.md §c.

use super::CaseState;
use crate::{
    model::dates::{Day, days_between, plus_days},
    settings::Limits,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Tries that failed, counted as the rule counts them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reaching {
    /// How many.
    pub tries: usize,
    /// In how many ways: call, message, visit.
    pub modes: usize,
    /// On how many different days or parts of a day.
    pub times: usize,
    /// First and last day.
    pub days: Option<(Day, Day)>,
}

impl Reaching {
    /// The tries of a case that failed so far.
    #[must_use]
    pub fn of(state: &CaseState) -> Self {
        let failed: Vec<_> = state.attempts.iter().filter(|attempt| attempt.result.as_str() != "reached").collect();
        let days = failed.iter().map(|attempt| attempt.on);
        Self {
            tries: failed.len(),
            modes: failed.iter().map(|attempt| &attempt.mode).collect::<BTreeSet<_>>().len(),
            times: failed.iter().map(|attempt| (attempt.on, &attempt.time)).collect::<BTreeSet<_>>().len(),
            days: days.clone().min().zip(days.max()),
        }
    }

    /// Days from the first to the last.
    #[must_use]
    pub fn span_days(&self) -> i64 {
        self.days.map_or(0, |(first, last)| days_between(first, last))
    }

    /// T12: at least 3 tries that failed, in 2 modes or at 3 different days or times, over at least 5 days.
    #[must_use]
    pub fn is_enough(&self, limits: &Limits) -> bool {
        self.tries >= usize::from(limits.attempts)
            && (self.modes >= usize::from(limits.attempt_modes) || self.times >= usize::from(limits.attempt_times))
            && self.span_days() >= i64::from(limits.attempt_span_days)
    }

    /// When to try again: the tries spread evenly over the days they must reach over, so that the last of them makes it enough.
    #[must_use]
    pub fn next_on(&self, limits: &Limits) -> Option<Day> {
        let (first, last) = self.days?;
        let gaps = i64::from(limits.attempts.max(2)) - 1;
        let done = i64::try_from(self.tries).unwrap_or(gaps).min(gaps);
        let due = plus_days(first, (i64::from(limits.attempt_span_days) * done + gaps - 1) / gaps);
        Some(if due > last { due } else { plus_days(last, 1) })
    }
}

#[cfg(test)]
mod tests {
    use super::Reaching;
    use crate::{model::dates::Day, settings::Limits};

    fn reaching(tries: usize, first: &str, last: &str) -> Reaching {
        let day = |text: &str| text.parse::<Day>().unwrap();
        Reaching { tries, modes: 1, times: tries, days: Some((day(first), day(last))) }
    }

    #[test]
    fn tries_spread_over_the_days_the_rule_asks_for() {
        let limits = Limits::default();
        let next = |r: Reaching| r.next_on(&limits).unwrap().to_string();
        assert_eq!(next(reaching(1, "2026-11-02", "2026-11-02")), "2026-11-05");
        assert_eq!(next(reaching(2, "2026-11-02", "2026-11-05")), "2026-11-07");
        assert!(!reaching(2, "2026-11-02", "2026-11-07").is_enough(&limits));
        assert!(reaching(3, "2026-11-02", "2026-11-07").is_enough(&limits));
        // Three tries in a day are not enough, and the next one is when they reach far enough.
        assert_eq!(next(reaching(3, "2026-11-02", "2026-11-02")), "2026-11-07");
        assert_eq!(next(reaching(4, "2026-11-02", "2026-11-09")), "2026-11-10");
        assert_eq!(Reaching::default().next_on(&limits), None);
    }
}
