//! The two clocks of a case, response and closure, in civil days from the day received. Pure functions over days; today is
//! handed in. Hold and extension never stop a clock.
//!
//! # Source
//! domain.md §2.1, §8.2 (day 15 is in time), §12 (wrong clock, time zone); design.md §3 (stated days).

use crate::{
    lifecycle::CaseState,
    model::{
        dates::{Day, days_between},
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

/// The response clock: ends with the answer.
#[must_use]
pub fn response(_state: &CaseState, _settings: &Settings, _today: Day) -> Due {
    unimplemented!()
}

/// The closure clock: ends with the last closure; a reopened case runs on from the original day received.
#[must_use]
pub fn closure(_state: &CaseState, _settings: &Settings, _today: Day) -> Due {
    unimplemented!()
}

/// Whole days from the day received to the closing, or to today.
#[must_use]
pub fn days_open(_state: &CaseState, _today: Day) -> i64 {
    unimplemented!()
}

/// Days of holds, an unfinished one up to today. Reported apart; no clock stops for them.
#[must_use]
pub fn hold_days(_state: &CaseState, _today: Day) -> i64 {
    unimplemented!()
}

/// Whole days from the day received to the day the server had it, or to today while unsent; never negative.
#[must_use]
pub fn unsynced_days(_received_on: Day, _receipt_day: Option<Day>, _today: Day) -> i64 {
    unimplemented!()
}

/// Why a day received needs another look at the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayProblem {
    /// After today: refused.
    Future,
    /// More than `old_received_days` before today: the form asks, and the person may confirm.
    Old,
    /// Before 2011, when the mechanism can't have existed: refused, most likely a wrong clock.
    Ancient,
}

/// Checks a day received against today's civil day as the device has it.
#[must_use]
pub fn check_received_on(_received_on: Day, _today: Day, _limits: &Limits) -> Option<DayProblem> {
    unimplemented!()
}

/// The ruling for a day received that lies after the day the server had the record: the receipt's day holds.
#[must_use]
pub fn received_on_ruling(_received_on: Day, _receipt_day: Day) -> Option<Verdict> {
    unimplemented!()
}

/// The day a step counts for: the stated one if it is not before `earliest` (the latest day in its `after`), not after the
/// receipt's day, and at most `slack_days` before it; else the receipt's day, and true. Without a receipt the stated day
/// stands, if not before `earliest`.
#[must_use]
pub fn stated_day(_stated: Day, _earliest: Option<Day>, _receipt_day: Option<Day>, _slack_days: u16) -> (Day, bool) {
    unimplemented!()
}

const _: fn(Day, Day) -> i64 = days_between;
const _: DayReason = DayReason::AfterReceipt;
