//! Key figure 2: how many complaints were closed within 15 days over the past six months. Pure: rows in, figure out. Knows
//! neither who may read a row nor where rows are kept.
//!
//! # Source
//! domain.md §8.2, K2 and its edge rules.

use crate::model::{
    codes::{CloseReason, EntryType, Status},
    dates::{Day, days_between, plus_days},
    ids::RecordId,
    row::CaseRow,
};
use chrono::Months;
use serde::{Deserialize, Serialize};

/// Months looked back. # Source: domain.md §8.2
const MONTHS: Months = Months::new(6);

/// Some of so many. Printed with both numbers, never alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// Those that count.
    pub part: u32,
    /// All of them.
    pub whole: u32,
}

impl Share {
    /// Tenths of a per cent, half rounded up; none of nothing, which is not 0 %.
    #[must_use]
    pub fn per_mille(self) -> Option<u32> {
        let (part, whole) = (u64::from(self.part), u64::from(self.whole));
        let rounded = (part * 2_000 + whole).checked_div(whole * 2)?;
        u32::try_from(rounded).ok()
    }

    fn count(&mut self, counts: bool) {
        self.whole += 1;
        self.part += u32::from(counts);
    }
}

/// The figure, with what it was made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosureFigure {
    /// The report's day.
    pub at: Day,
    /// Cases of the cohort were received after this day…
    pub after: Day,
    /// …and not later than this one: whoever came later still has time.
    pub until: Day,
    /// Civil days within which a closing is in time.
    pub limit_days: u16,
    /// Every level; a handover to the Investigation Unit counts as closed. None where a small sensitive number would show.
    pub all: Option<Share>,
    /// Levels 1-3.
    pub ordinary: Share,
    /// Levels 4-5, a handover not counted as closed. None where it is small.
    pub sealed: Option<Share>,
    /// Closings by handover that `all` counts.
    pub handed_over: u32,
    /// Of levels 1-3: received too late to judge, closed or not.
    pub not_yet_due: u32,
    /// What offices usually count, of levels 1-3: closed in time of all closed in the window. For comparison: it hides what was never closed.
    pub of_closed: Share,
    /// Received after the report's day: a wrong clock. Counted nowhere else.
    pub data_errors: u32,
}

impl ClosureFigure {
    /// The cohort of a report on day `at`: received after the first day, not after the second.
    #[must_use]
    pub fn cohort(at: Day, limit_days: u16) -> (Day, Day) {
        (at.checked_sub_months(MONTHS).unwrap_or(at), plus_days(at, -i64::from(limit_days)))
    }
}

/// Rows a page lists of those not closed in time.
pub const MOST_LATE: usize = 200;

/// The figure, and what lies behind it as far as its reader may read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClosurePage {
    /// The figure.
    pub figure: ClosureFigure,
    /// Cases not closed in time, oldest first, without words; at most [`MOST_LATE`].
    pub late: Vec<CaseRow>,
    /// How many of those there are in all.
    pub late_total: u32,
}

/// Sensitive numbers below this are not told. # Source: domain.md §9 (level)
const SMALL: u32 = 3;

/// Whether a case belongs to the figure at all. A sealed case says nothing of its type and counts as a report.
fn counts(row: &CaseRow) -> bool {
    let is_merged = matches!(row.status, Status::Merged | Status::Void | Status::Draft);
    let asks_for_closing = match row.entry_type {
        Some(EntryType::Perception | EntryType::Appreciation | EntryType::Incomplete) => false,
        Some(_) => true,
        None => row.level.is_sealed(),
    };
    !is_merged && asks_for_closing
}

/// The figure on day `at`, over rows that its reader may have counted, and the cases of the cohort that were not closed in time, which
/// whoever has the figure need not be allowed to read. Rows that can't matter may be among them.
#[must_use]
pub fn closure_figure<'a>(
    rows: impl IntoIterator<Item = &'a CaseRow>,
    at: Day,
    limit_days: u16,
) -> (ClosureFigure, Vec<RecordId>) {
    let (after, until) = ClosureFigure::cohort(at, limit_days);
    let (mut all, mut ordinary, mut sealed, mut of_closed) = <(Share, Share, Share, Share)>::default();
    let (mut handed_over, mut not_yet_due, mut data_errors) = (0, 0, 0);
    let mut late = Vec::new();
    for row in rows.into_iter().filter(|row| counts(row)) {
        let closed_on = row.closed_on.filter(|day| *day <= at);
        let in_time = closed_on.is_some_and(|day| days_between(row.received_on, day) <= i64::from(limit_days));
        let is_sealed = row.level.is_sealed();
        if !is_sealed && closed_on.is_some_and(|day| day > after) {
            of_closed.count(in_time);
        }
        if row.received_on > at {
            data_errors += 1;
        } else if row.received_on > until {
            not_yet_due += u32::from(!is_sealed);
        } else if row.received_on > after {
            let by_handover = closed_on.is_some() && row.close_reason == Some(CloseReason::IuHandover);
            all.count(in_time);
            handed_over += u32::from(in_time && by_handover);
            if is_sealed {
                sealed.count(in_time && !by_handover);
            } else {
                ordinary.count(in_time);
            }
            if !in_time {
                late.push(row.record);
            }
        }
    }
    let is_small = (1..SMALL).contains(&sealed.whole);
    let figure = ClosureFigure {
        at,
        after,
        until,
        limit_days,
        all: (!is_small).then_some(all),
        ordinary,
        sealed: (!is_small).then_some(sealed),
        handed_over: if is_small { 0 } else { handed_over },
        not_yet_due,
        of_closed,
        data_errors,
    };
    (figure, late)
}
