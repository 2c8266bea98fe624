//! Days, months and instants as people read them.

use super::Texts;
use crate::model::dates::{Day, UnixSeconds, days_between};
use chrono::Datelike;

impl Texts {
    /// A civil day: `12 آذار 2026`, `12 March 2026`.
    #[must_use]
    pub fn day(self, day: Day) -> String {
        self.digits(&format!("{} {} {}", day.day(), self.month_name(day.month()), day.year()))
    }

    /// A civil day of the running year or so: `12 آذار`, `12 March`.
    #[must_use]
    pub fn day_short(self, day: Day) -> String {
        self.digits(&format!("{} {}", day.day(), self.month_name(day.month())))
    }

    /// A month: `2026-11` is `تشرين الثاني 2026`, `November 2026`. What is not a month comes back as it is.
    #[must_use]
    pub fn month(self, month: &str) -> String {
        let parts = month.split_once('-').and_then(|(year, month)| Some((year.parse::<u16>().ok()?, month.parse::<u32>().ok()?)));
        match parts {
            Some((year, month @ 1..=12)) => self.digits(&format!("{} {year}", self.month_name(month))),
            _ => month.to_owned(),
        }
    }

    /// An instant in the deployment's time zone, `offset_min` minutes east of UTC: `12 آذار 2026، 14:05`.
    #[must_use]
    pub fn moment(self, at: UnixSeconds, offset_min: i32) -> String {
        let comma = match self.language() {
            super::Language::Ar => '،',
            super::Language::En => ',',
        };
        format!("{}{comma} {}", self.day(at.day(offset_min)), self.time(at, offset_min))
    }

    /// The time of day of an instant: `14:05`.
    #[must_use]
    pub fn time(self, at: UnixSeconds, offset_min: i32) -> String {
        let second = at.0.saturating_add(i64::from(offset_min) * 60).rem_euclid(86_400);
        self.digits(&format!("{:02}:{:02}", second / 3_600, second / 60 % 60))
    }

    /// A day beside today, in words: "today", "yesterday", "3 days ago", "in 2 days".
    #[must_use]
    pub fn days_ago(self, day: Day, today: Day) -> String {
        match days_between(day, today) {
            days @ 0.. => self.date_days_ago(days),
            days => self.date_days_ahead(-days),
        }
    }

    /// How long ago an instant was: "just now", "5 minutes ago", "2 hours ago", then whole days. A time after `now` reads "just now".
    #[must_use]
    pub fn since(self, at: UnixSeconds, now: UnixSeconds) -> String {
        match now.0.saturating_sub(at.0) {
            ..60 => self.date_just_now(),
            seconds @ 60..3_600 => self.date_minutes_ago(seconds / 60),
            seconds @ 3_600..86_400 => self.date_hours_ago(seconds / 3_600),
            seconds => self.date_days_ago(seconds / 86_400),
        }
    }

    fn month_name(self, month: u32) -> String {
        self.coded("month", &month.to_string()).unwrap_or_default()
    }
}
