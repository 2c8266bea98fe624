//! Whom to call back, and from which day: a case walked through the days of a hotline.

use crate::{
    fixture::day,
    life::{Life, attempt, registered},
};
use shared::{
    call_back::{CallBack, Why, call_back},
    model::codes::{EntryType, Status},
};

fn due(life: &Life) -> Option<(Why, String)> {
    call_back(&life.state(), &life.settings.limits).map(|CallBack { why, from, .. }| (why, from.to_string()))
}

fn expected(why: Why, from: &str) -> Option<(Why, String)> {
    Some((why, from.to_owned()))
}

fn tried(life: &mut Life, on: &str, mode: &str, result: &str) {
    life.today = on.to_owned();
    life.act("ao", attempt(on, mode, result, "11-14"));
}

#[test]
fn nobody_is_forgotten_beyond_the_eighth_day_and_tries_spread_until_they_are_enough() {
    let mut life = Life::in_progress(2);
    assert_eq!(due(&life), expected(Why::FirstTry, "2026-03-09"), "received on the first");
    tried(&mut life, "2026-03-09", "call", "no_answer");
    assert_eq!(due(&life), expected(Why::Retry, "2026-03-12"));
    tried(&mut life, "2026-03-12", "call", "off");
    assert_eq!(due(&life), expected(Why::Retry, "2026-03-14"));
    tried(&mut life, "2026-03-14", "message", "no_answer");
    assert_eq!(due(&life), expected(Why::Unreachable, "2026-03-15"), "and by the fifteenth day it may be closed");
    let reaching = call_back(&life.state(), &life.settings.limits).unwrap().reaching;
    assert_eq!((reaching.tries, reaching.modes, reaching.times, reaching.span_days()), (3, 2, 3, 5));
    assert_eq!(reaching.days, Some((day("2026-03-09"), day("2026-03-14"))));
}

#[test]
fn an_answer_that_is_ready_is_given_at_once_and_again_until_it_is() {
    let mut life = Life::answer_ready(2);
    assert_eq!(due(&life), expected(Why::Answer, "2026-03-01"));
    tried(&mut life, "2026-03-03", "call", "other");
    assert_eq!(due(&life), expected(Why::Answer, "2026-03-06"), "somebody else answered");
    tried(&mut life, "2026-03-06", "call", "reached");
    assert_eq!(due(&life), expected(Why::Answer, "2026-03-06"), "spoken to, and not yet answered");
    assert_eq!(due(&Life::responded(2)), None);
    assert_eq!(due(&Life::closed(2)), None);
    assert_eq!(due(&Life::referred_out()), None, "another body has it");
}

#[test]
fn a_thank_you_asks_for_no_call() {
    let mut entry = registered(1, "thanks");
    entry.entry_type = Some(EntryType::Appreciation);
    assert_eq!(due(&Life::from("receiver", entry)), None);
}

#[test]
fn a_call_that_dropped_is_called_back_the_same_day_and_not_after_it_was_made_good() {
    let incomplete = || {
        let mut entry = registered(2, "unclear");
        entry.entry_type = Some(EntryType::Incomplete);
        Life::from("receiver", entry)
    };
    let mut life = incomplete();
    assert_eq!((life.state().status, due(&life)), (Status::Registered, expected(Why::Dropped, "2026-03-01")));
    tried(&mut life, "2026-03-01", "call", "reached");
    assert_eq!(due(&life), None);
    let mut again = incomplete();
    tried(&mut again, "2026-03-01", "call", "no_answer");
    assert_eq!(due(&again), expected(Why::Retry, "2026-03-04"));
}
