//! Instants and civil days. Never reads a clock; the deployment's offset comes from the settings.

use chrono::{DateTime, Duration, NaiveDate};
use serde::{Deserialize, Serialize};

/// A civil day in the deployment's time zone.
pub type Day = NaiveDate;

/// Seconds since 1970-01-01 UTC, by whichever clock the name beside it says.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, minicbor::Encode, minicbor::Decode,
)]
#[serde(transparent)]
#[cbor(transparent)]
pub struct UnixSeconds(#[n(0)] pub i64);

impl UnixSeconds {
    /// The civil day at this instant, `offset_min` minutes east of UTC (Asia/Damascus: 180, without summer time since 2022).
    /// Instants outside of chrono's range answer the nearest day it can hold.
    #[must_use]
    pub fn day(self, offset_min: i32) -> Day {
        let local = self.0.saturating_add(i64::from(offset_min) * 60);
        DateTime::from_timestamp(local, 0).map_or(if local < 0 { Day::MIN } else { Day::MAX }, |t| t.date_naive())
    }

    /// `seconds` later.
    #[must_use]
    pub fn plus(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }
}

/// `day` moved by `days` civil days; stays at the calendar's ends.
#[must_use]
pub fn plus_days(day: Day, days: i64) -> Day {
    Duration::try_days(days).and_then(|d| day.checked_add_signed(d)).unwrap_or(if days < 0 { Day::MIN } else { Day::MAX })
}

/// Civil days from `from` to `to`; negative when `to` lies before.
#[must_use]
pub fn days_between(from: Day, to: Day) -> i64 {
    (to - from).num_days()
}
