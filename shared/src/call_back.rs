//! Whom to call back, why, and from which day on: a pure function of a case and of how its person can be reached. Knows no today:
//! whoever lists compares.
//!
//! # Source
//! issue 4 (hotline); domain.md §6 (T10, T12), §12 (shared phone, unreachable).

use crate::{
    closed_list,
    lifecycle::{CaseState, Reaching},
    model::{
        codes::{EntryType, Status},
        dates::{Day, UnixSeconds, plus_days},
    },
    settings::Limits,
};
use serde::{Deserialize, Serialize};

closed_list!(
    /// Why someone is to be called.
    Why {
        /// The answer is ready to be given.
        Answer = "answer",
        /// The call dropped before everything was said.
        Dropped = "dropped",
        /// Nobody has tried yet, and tries that fail need days before the answer is due.
        FirstTry = "first_try",
        /// The last try failed.
        Retry = "retry",
        /// Tried often enough: may be closed as unreachable.
        Unreachable = "unreachable",
    }
);

/// Someone to be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallBack {
    /// Why.
    pub why: Why,
    /// From this day on.
    pub from: Day,
    /// Tries that failed so far.
    pub reaching: Reaching,
}

/// Whether and from when the person of a case with a phone number is to be called. None while nothing is to be said to them.
#[must_use]
pub fn call_back(state: &CaseState, limits: &Limits) -> Option<CallBack> {
    let over = matches!(state.status, Status::Responded | Status::ReferredOut);
    // Whose closing waits for the server is not called meanwhile: it comes back if that is refused.
    let closing = state.pending.iter().any(|id| state.step(*id).is_some_and(|step| step.kind == Some("closed")));
    if !state.is_open() || state.level.is_sealed() || over || closing {
        return None;
    }
    let reaching = Reaching::of(state);
    let reached = state.attempts.last().is_some_and(|attempt| attempt.result.as_str() == "reached");
    let ready = state.status == Status::AnswerReady;
    let waiting = |why, from| Some(CallBack { why, from, reaching });
    if reached {
        // Spoken to, and still without the answer that is ready.
        return if ready { waiting(Why::Answer, state.attempts.last().map_or(state.received_on, |last| last.on)) } else { None };
    }
    match reaching.next_on(limits) {
        Some(next) if reaching.is_enough(limits) => waiting(Why::Unreachable, next),
        Some(next) => waiting(if ready { Why::Answer } else { Why::Retry }, next),
        None if ready => waiting(Why::Answer, state.received_on),
        None if state.entry_type == Some(EntryType::Incomplete) => waiting(Why::Dropped, state.received_on),
        // A thank-you asks for nothing back.
        None if state.entry_type == Some(EntryType::Appreciation) => None,
        // Told on the spot, and nobody said that it was not enough.
        None if state.waits_to_accept() && state.on_spot.is_some_and(|claim| claim.enough) => None,
        None => waiting(Why::FirstTry, plus_days(state.received_on, i64::from(limits.first_attempt_days))),
    }
}

/// The part of the day of a try, so that tries at different times can be told apart: three within one morning are one time.
#[must_use]
pub fn part_of_day(at: UnixSeconds, utc_offset_min: i32) -> &'static str {
    match (at.0 + i64::from(utc_offset_min) * 60).rem_euclid(86_400) / 3_600 {
        ..6 => "00-06",
        6..11 => "06-11",
        11..14 => "11-14",
        14..18 => "14-18",
        _ => "18-24",
    }
}
