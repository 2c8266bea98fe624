//! Key figure 2 on single cases, and on twenty generated worlds that `closure_check.py` counts again without our code.

use crate::{figures, fixture::day};
use shared::{
    entropy::{Entropy, Seeded},
    indicators::closure::{ClosureFigure, Share, closure_figure},
    model::{
        codes::{CloseReason, EntryType, Level, Status},
        dates::plus_days,
        ids::RecordId,
        row::CaseRow,
    },
};
use std::fmt::Write;

const AT: &str = "2026-11-28";
const LIMIT: u16 = 15;

fn plain_row() -> CaseRow {
    figures::case(AT, None, Status::Registered)
}

fn case(received_on: &str, closed_on: Option<&str>) -> CaseRow {
    CaseRow {
        received_on: day(received_on),
        closed_on: closed_on.map(day),
        status: if closed_on.is_some() { Status::Closed } else { Status::InProgress },
        close_reason: closed_on.map(|_| CloseReason::Responded),
        entry_type: Some(EntryType::Complaint),
        level: Level::new(2).unwrap(),
        ..plain_row()
    }
}

fn figure(rows: &[CaseRow]) -> ClosureFigure {
    closure_figure(rows, day(AT), LIMIT).0
}

fn share(part: u32, whole: u32) -> Share {
    Share { part, whole }
}

#[test]
fn day_fifteen_is_in_time_and_who_still_has_time_is_not_counted_even_if_closed() {
    let rows = [
        case("2026-11-01", Some("2026-11-16")),
        case("2026-11-01", Some("2026-11-17")),
        case("2026-11-13", None),
        case("2026-11-14", Some("2026-11-15")),
    ];
    let (found, late) = closure_figure(&rows, day(AT), LIMIT);
    assert_eq!((found.after, found.until), (day("2026-05-28"), day("2026-11-13")));
    assert_eq!((found.ordinary, found.all, found.sealed), (share(1, 3), Some(share(1, 3)), Some(share(0, 0))));
    assert_eq!((found.not_yet_due, late.len()), (1, 2));
    assert_eq!(found.of_closed, share(2, 3));
}

#[test]
fn the_cohort_begins_the_day_after_six_months_ago() {
    assert_eq!(figure(&[case("2026-05-28", None)]).ordinary, share(0, 0));
    assert_eq!(figure(&[case("2026-05-29", None)]).ordinary, share(0, 1));
}

#[test]
fn what_asks_for_no_closing_is_left_out_and_what_is_out_of_scope_or_withdrawn_is_not() {
    for kind in [EntryType::Appreciation, EntryType::Perception, EntryType::Incomplete] {
        assert_eq!(figure(&[CaseRow { entry_type: Some(kind), ..case("2026-10-01", None) }]).ordinary, share(0, 0));
    }
    for status in [Status::Merged, Status::Void] {
        assert_eq!(figure(&[CaseRow { status, ..case("2026-10-01", Some("2026-10-02")) }]).ordinary, share(0, 0));
    }
    for reason in [CloseReason::ReferralAck, CloseReason::Withdrawn] {
        let row = CaseRow { close_reason: Some(reason), ..case("2026-10-01", Some("2026-10-02")) };
        assert_eq!(figure(&[row]).ordinary, share(1, 1));
    }
}

#[test]
fn a_reopened_case_that_is_open_is_not_closed_and_a_day_to_come_is_a_fault_of_the_data() {
    let found = figure(&[CaseRow { reopened: 1, ..case("2026-10-01", None) }, case("2026-11-30", None)]);
    assert_eq!((found.ordinary, found.data_errors, found.not_yet_due), (share(0, 1), 1, 0));
}

#[test]
fn a_handover_counts_as_closed_among_all_only_and_few_sensitive_cases_are_not_told() {
    let sealed = |closed_on, reason| CaseRow {
        level: Level::new(5).unwrap(),
        entry_type: None,
        close_reason: Some(reason),
        ..case("2026-10-01", closed_on)
    };
    let handed = || sealed(Some("2026-10-05"), CloseReason::IuHandover);
    let found = figure(&[case("2026-10-01", None), handed(), handed(), sealed(None, CloseReason::Responded)]);
    assert_eq!((found.all, found.sealed, found.handed_over), (Some(share(2, 4)), Some(share(0, 3)), 2));
    let few = figure(&[case("2026-10-01", None), handed(), handed()]);
    assert_eq!((few.all, few.sealed, few.handed_over, few.ordinary), (None, None, 0, share(0, 1)));
}

#[test]
fn a_share_of_nothing_is_no_number_and_tenths_round_half_up() {
    assert_eq!(share(0, 0).per_mille(), None);
    assert_eq!(share(1, 3).per_mille(), Some(333));
    assert_eq!(share(2, 3).per_mille(), Some(667));
    assert_eq!(share(1, 16).per_mille(), Some(63));
}

/// One line a case, then our figures: what the script counts again.
#[test]
fn twenty_worlds_are_written_for_the_script_that_counts_them_again() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("closure");
    std::fs::create_dir_all(&folder).unwrap();
    for seed in 0..20 {
        let mut chance = Seeded::new(seed);
        let rows: Vec<CaseRow> = (0..300).map(|n| invented(n, &mut chance)).collect();
        let (found, late) = closure_figure(&rows, day(AT), LIMIT);
        assert!(found.ordinary.whole > 20 && late.len() > 5 && found.not_yet_due > 0, "{found:?}");
        let mut text = String::from("received_on,closed_on,entry_type,level,status,close_reason\n");
        for row in &rows {
            writeln!(
                text,
                "{},{},{},{},{},{}",
                row.received_on,
                row.closed_on.map(|day| day.to_string()).unwrap_or_default(),
                row.entry_type.map_or("", EntryType::id),
                row.level.number(),
                row.status.id(),
                row.close_reason.map_or("", CloseReason::id)
            )
            .unwrap();
        }
        std::fs::write(folder.join(format!("{seed}.csv")), text).unwrap();
        std::fs::write(
            folder.join(format!("{seed}.json")),
            serde_json::json!({ "figure": found, "late": late.len() }).to_string(),
        )
        .unwrap();
    }
}

fn invented(n: u64, chance: &mut Seeded) -> CaseRow {
    let received_on = plus_days(day(AT), 3 - i64::try_from(chance.below(250)).unwrap());
    let is_closed = chance.below(4) > 0;
    let closed_on = is_closed.then(|| plus_days(received_on, i64::try_from(chance.below(30)).unwrap()));
    let sealed = chance.below(12) == 0;
    let reasons = [CloseReason::Responded, CloseReason::ReferralAck, CloseReason::Withdrawn, CloseReason::IuHandover];
    let mut record = [0; 16];
    record[..8].copy_from_slice(&n.to_be_bytes());
    CaseRow {
        record: RecordId(record),
        received_on,
        closed_on,
        status: match chance.below(20) {
            0 => Status::Merged,
            1 => Status::Void,
            _ if is_closed => Status::Closed,
            _ => Status::Assigned,
        },
        close_reason: is_closed.then(|| reasons[usize::try_from(chance.below(if sealed { 4 } else { 3 })).unwrap()]),
        entry_type: (!sealed).then(|| EntryType::ALL[usize::try_from(chance.below(8)).unwrap()]),
        level: Level::new(if sealed { 4 } else { 2 }).unwrap(),
        ..plain_row()
    }
}
