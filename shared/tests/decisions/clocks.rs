//! The clock cases of clocks.csv, which a script of its own recomputes (clocks_check.py), and the clocks over folded cases.

use crate::{
    fixture::{day, settings},
    life::{Life, closed, held, registered, reopened, responded, resumed},
};
use shared::{
    clocks::{self, DayProblem, Due},
    lifecycle::StepStanding,
    model::{
        codes::{CaseFlag, CloseReason, EntryType, Status},
        dates::UnixSeconds,
        ruling::{DayReason, Verdict},
    },
    settings::Limits,
};

fn due_text(due: Due) -> String {
    match due {
        Due::Ok { left } => format!("ok {left}"),
        Due::Soon { left } => format!("soon {left}"),
        Due::Overdue { days } => format!("overdue {days}"),
        Due::Ended { days, in_time: true } => format!("ended {days} in"),
        Due::Ended { days, in_time: false } => format!("ended {days} late"),
        Due::None => "none".into(),
    }
}

fn computed(kind: &str, cells: &[&str]) -> String {
    let at = |i: usize| day(cells[i]);
    let maybe = |i: usize| Some(cells[i]).filter(|cell| !cell.is_empty()).map(day);
    let number = |i: usize| cells[i].parse::<u16>().unwrap();
    match kind {
        "due" => due_text(clocks::due(at(0), number(1), number(2), maybe(3), at(4))),
        "open" => clocks::days_open(at(0), maybe(1), at(2)).to_string(),
        "unsynced" => clocks::unsynced_days(at(0), maybe(1), at(2)).to_string(),
        "check" => {
            let limits = Limits { old_received_days: number(2), ..Limits::default() };
            let problem = clocks::check_received_on(at(0), at(1), &limits);
            problem
                .map_or("fine", |problem| match problem {
                    DayProblem::Future => "future",
                    DayProblem::Old => "old",
                    DayProblem::Ancient => "ancient",
                })
                .into()
        }
        "ruling" => match clocks::received_on_ruling(at(0), at(1)) {
            None => "none".into(),
            Some(Verdict::ReceivedOn { day, why: DayReason::AfterReceipt }) => day.to_string(),
            Some(other) => panic!("{other:?}"),
        },
        "stated" => {
            let (day, replaced) = clocks::stated_day(at(0), maybe(1), maybe(2), number(3));
            if replaced { format!("{day} replaced") } else { day.to_string() }
        }
        "day" => UnixSeconds(cells[0].parse().unwrap()).day(cells[1].parse().unwrap()).to_string(),
        "hold" => hold(cells[0], cells[1], cells[2]).to_string(),
        other => panic!("unknown kind {other}"),
    }
}

fn hold(from: &str, to: &str, today: &str) -> i64 {
    let mut life = Life::in_progress(2);
    life.today = from.into();
    life.act("ao", held());
    if !to.is_empty() {
        life.today = to.into();
        life.act("ao", resumed());
    }
    clocks::hold_days(&life.state(), day(today))
}

#[test]
fn every_clock_case_comes_out_as_written() {
    let lines: Vec<&str> = include_str!("../clocks.csv").lines().skip(1).collect();
    assert!(lines.len() >= 60, "{} cases", lines.len());
    for line in lines {
        let cells: Vec<&str> = line.splitn(8, ',').collect();
        assert_eq!(computed(cells[0], &cells[1..6]), cells[6], "{line}");
        assert!(!cells[7].trim().is_empty(), "no reason: {line}");
    }
}

#[test]
fn the_two_clocks_of_a_case_end_apart_and_a_hold_stops_neither() {
    let settings = settings();
    let mut life = Life::in_progress(2);
    life.today = "2026-03-02".into();
    life.act("ao", held());
    let state = life.state();
    assert_eq!(clocks::response(&state, &settings, day("2026-03-17")), Due::Overdue { days: 1 });
    assert_eq!(clocks::closure(&state, &settings, day("2026-03-17")), Due::Overdue { days: 1 });
    assert_eq!(clocks::hold_days(&state, day("2026-03-17")), 15);

    let state = Life::responded(2).state();
    assert_eq!(clocks::response(&state, &settings, day("2026-03-17")), Due::Ended { days: 4, in_time: true });
    assert_eq!(clocks::closure(&state, &settings, day("2026-03-17")), Due::Overdue { days: 1 });
    let state = Life::closed(2).state();
    assert_eq!(clocks::closure(&state, &settings, day("2026-03-30")), Due::Ended { days: 4, in_time: true });
}

#[test]
fn limits_of_answer_and_closure_are_separate_settings() {
    let mut settings = settings();
    settings.limits.response_days = 3;
    settings.limits.closure_days = 30;
    settings.limits.due_soon_days = 2;
    let state = Life::in_progress(2).state();
    assert_eq!(clocks::response(&state, &settings, day("2026-03-06")), Due::Overdue { days: 2 });
    assert_eq!(clocks::closure(&state, &settings, day("2026-03-06")), Due::Ok { left: 25 });
    assert_eq!(clocks::closure(&state, &settings, day("2026-03-29")), Due::Soon { left: 2 });
}

#[test]
fn a_reopened_case_runs_on_from_the_original_day() {
    let settings = settings();
    let mut life = Life::closed(2);
    life.today = "2026-03-20".into();
    assert_eq!(life.act("ao", reopened()), StepStanding::Counts);
    let state = life.state();
    assert_eq!(clocks::closure(&state, &settings, day("2026-03-20")), Due::Overdue { days: 4 });
    assert_eq!(clocks::response(&state, &settings, day("2026-03-20")), Due::Overdue { days: 4 });
}

#[test]
fn a_case_closed_without_an_answer_ends_the_response_clock_too() {
    let mut life = Life::in_progress(2);
    life.today = "2026-03-08".into();
    life.act("ao", closed("2026-03-08", CloseReason::Withdrawn));
    assert_eq!(clocks::response(&life.state(), &settings(), day("2026-04-01")), Due::Ended { days: 7, in_time: true });
}

#[test]
fn no_clock_runs_for_appreciation_void_or_merged() {
    let settings = settings();
    let today = day("2026-05-01");
    let mut thanks = registered(1, "pos.thanks");
    thanks.entry_type = Some(EntryType::Appreciation);
    let thanked = Life::from("receiver", thanks).state();
    assert_eq!(clocks::response(&thanked, &settings, today), Due::None);
    assert_eq!(clocks::closure(&thanked, &settings, today), Due::None);
    let mut sealed = registered(5, "ser.sea");
    (sealed.category, sealed.entry_type, sealed.subject_role) = (None, None, None);
    let sealed = Life::from("receiver", sealed).state();
    assert_eq!(clocks::closure(&sealed, &settings, today), Due::Overdue { days: 46 }, "a sealed one waits like any other");
    for status in [Status::Void, Status::Merged, Status::Draft] {
        let mut state = Life::new(2).state();
        state.status = status;
        assert_eq!(
            (clocks::response(&state, &settings, today), clocks::closure(&state, &settings, today)),
            (Due::None, Due::None)
        );
    }
    assert_eq!(clocks::closure(&Life::new(2).state(), &settings, today), Due::Overdue { days: 46 });
}

#[test]
fn a_stated_day_stands_only_near_its_receipt_and_the_case_says_so() {
    let mut life = Life::answer_ready(2);
    life.today = "2026-03-12".into();
    life.act("ao", responded("2026-03-06"));
    assert_eq!(life.state().responded_on, Some(day("2026-03-06")));
    assert!(life.state().flags.is_empty());

    let mut life = Life::answer_ready(2);
    life.today = "2026-03-20".into();
    life.act("ao", responded("2026-03-06"));
    assert_eq!(life.state().responded_on, Some(day("2026-03-20")));
    assert!(life.state().flags.contains(&CaseFlag::StatedDayReplaced));

    // Closed on a day before the answer its author knew.
    let mut life = Life::responded(2);
    life.today = "2026-03-06".into();
    assert_eq!(life.act("ao", closed("2026-03-04", CloseReason::Responded)), StepStanding::Counts);
    assert_eq!(life.state().closed_on, Some(day("2026-03-06")));
    assert!(life.state().flags.contains(&CaseFlag::StatedDayReplaced));
}

#[test]
fn a_ruling_on_the_day_received_moves_both_clocks() {
    let mut life = Life::in_progress(2);
    life.rule(None, Verdict::ReceivedOn { day: day("2026-02-20"), why: DayReason::Merged });
    let state = life.state();
    assert_eq!(state.received_on, day("2026-02-20"));
    assert_eq!(clocks::closure(&state, &settings(), day("2026-03-08")), Due::Overdue { days: 1 });
}
