//! The team's week and the hours of its day.

use chrono::{Datelike, NaiveTime, Weekday};
use shared::model::dates::{Day, UnixSeconds};

/// The instant of a civil day and minute of it, `offset_min` minutes east of UTC.
pub(super) fn at(day: Day, minute: i64, offset_min: i32) -> UnixSeconds {
    let midnight = day.and_time(NaiveTime::MIN).and_utc().timestamp();
    UnixSeconds(midnight + (minute - i64::from(offset_min)) * 60)
}

/// Sunday to Thursday, and Saturday for those in the field.
pub(super) fn is_working_day(day: Day) -> bool {
    !matches!(day.weekday(), Weekday::Fri | Weekday::Sat)
}

/// Fridays nobody but the hotline works.
pub(super) fn is_field_day(day: Day) -> bool {
    day.weekday() != Weekday::Fri
}
