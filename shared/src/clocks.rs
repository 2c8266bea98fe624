//! The two clocks of a case, response and closure, in civil days from the day received. Pure functions over days; today is
//! handed in. Hold and extension never stop a clock.
//!
//! # Source
//! domain.md §2.1, §8.2 (day 15 is in time), §12 (wrong clock, time zone); design.md §3 (stated days).

use crate::{
    lifecycle::CaseState,
    model::{
        codes::{EntryType, Status},
        dates::{Day, days_between, plus_days},
        ruling::{DayReason, Verdict},
    },
    settings::{Limits, Settings},
};

/// Where a clock stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// More days are left than make it due soon.
    Ok {
        /// Days left, above `due_soon_days`.
        left: i64,
    },
    /// Due within `due_soon_days`, today included.
    Soon {
        /// Days left, from 0.
        left: i64,
    },
    /// Past its day.
    Overdue {
        /// Days past, from 1.
        days: i64,
    },
    /// It has ended.
    Ended {
        /// Days from the day received to the end.
        days: i64,
        /// On or before the due day.
        in_time: bool,
    },
    /// It does not run: an appreciation, a void or merged case.
    None,
}

/// One clock: from the day received, so many days, ended or not.
#[must_use]
pub fn due(received_on: Day, limit_days: u16, soon_days: u16, ended_on: Option<Day>, today: Day) -> Due {
    let limit = i64::from(limit_days);
    if let Some(end) = ended_on {
        let days = days_between(received_on, end);
        return Due::Ended { days, in_time: days <= limit };
    }
    let left = limit - days_between(received_on, today);
    match left {
        ..0 => Due::Overdue { days: -left },
        0.. if left <= i64::from(soon_days) => Due::Soon { left },
        _ => Due::Ok { left },
    }
}

/// Whether the clocks run for such a case at all.
fn runs(status: Status, entry_type: Option<EntryType>) -> bool {
    !matches!(status, Status::Void | Status::Merged | Status::Draft) && entry_type != Some(EntryType::Appreciation)
}

/// The response clock: ends with the answer; a case closed without one (nobody to answer, withdrawn) ends with its closing.
#[must_use]
pub fn response(state: &CaseState, settings: &Settings, today: Day) -> Due {
    if !runs(state.status, state.entry_type) {
        return Due::None;
    }
    let Limits { response_days, due_soon_days, .. } = settings.limits;
    due(state.received_on, response_days, due_soon_days, state.responded_on.or(state.closed_on), today)
}

/// The closure clock: ends with the last closure; a reopened case runs on from the original day received.
#[must_use]
pub fn closure(state: &CaseState, settings: &Settings, today: Day) -> Due {
    if !runs(state.status, state.entry_type) {
        return Due::None;
    }
    let Limits { closure_days, due_soon_days, .. } = settings.limits;
    due(state.received_on, closure_days, due_soon_days, state.closed_on, today)
}

/// The last day on which closing is in time; none where the clock does not run.
#[must_use]
pub fn closure_day(state: &CaseState, settings: &Settings) -> Option<Day> {
    runs(state.status, state.entry_type).then(|| settings.closure_due(state.received_on))
}

/// Whole days from the day received to the closing, or to today; never negative.
#[must_use]
pub fn days_open(received_on: Day, closed_on: Option<Day>, today: Day) -> i64 {
    days_between(received_on, closed_on.unwrap_or(today)).max(0)
}

/// Days of holds, an unfinished one up to today. Reported apart; no clock stops for them.
#[must_use]
pub fn hold_days(state: &CaseState, today: Day) -> i64 {
    state.hold_days + state.held.map_or(0, |(since, _)| days_between(since, today).max(0))
}

/// Whole days from the day received to the day the server had it, or to today while unsent; never negative.
#[must_use]
pub fn unsynced_days(received_on: Day, receipt_day: Option<Day>, today: Day) -> i64 {
    days_between(received_on, receipt_day.unwrap_or(today)).max(0)
}

/// Why a day received needs another look at the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayProblem {
    /// After today: refused.
    Future,
    /// More than `old_received_days` before today: the form asks, and the person may confirm.
    Old,
    /// More than [`ANCIENT_DAYS`] before today: refused, most likely a wrong clock.
    Ancient,
}

/// A day received further back than this is a slip of the finger or a wrong clock [J]: no complaint waits five years.
pub const ANCIENT_DAYS: i64 = 5 * 365;

/// Checks a day received against today's civil day as the device has it.
#[must_use]
pub fn check_received_on(received_on: Day, today: Day, limits: &Limits) -> Option<DayProblem> {
    let ago = days_between(received_on, today);
    if ago < 0 {
        Some(DayProblem::Future)
    } else if ago > ANCIENT_DAYS {
        Some(DayProblem::Ancient)
    } else if ago > i64::from(limits.old_received_days) {
        Some(DayProblem::Old)
    } else {
        None
    }
}

/// The ruling for a day received that lies after the day the server had the record: the receipt's day holds.
#[must_use]
pub fn received_on_ruling(received_on: Day, receipt_day: Day) -> Option<Verdict> {
    (received_on > receipt_day).then_some(Verdict::ReceivedOn { day: receipt_day, why: DayReason::AfterReceipt })
}

/// The day a step counts for: the stated one if it is not before `earliest` (the latest day in its `after`), not after the
/// receipt's day, and at most `slack_days` before it; else the receipt's day, and true. Without a receipt the stated day
/// stands if not before `earliest`, else `earliest`.
#[must_use]
pub fn stated_day(stated: Day, earliest: Option<Day>, receipt_day: Option<Day>, slack_days: u16) -> (Day, bool) {
    let after_all = earliest.is_none_or(|earliest| stated >= earliest);
    match receipt_day {
        None if after_all => (stated, false),
        None => (earliest.unwrap_or(stated), true),
        Some(receipt) => {
            let near = stated <= receipt && stated >= plus_days(receipt, -i64::from(slack_days));
            if after_all && near { (stated, false) } else { (receipt, true) }
        }
    }
}
