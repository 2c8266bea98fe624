//! Answered on the spot: a claim beside the registration that closes nothing, until an officer accepts it or answers properly.

use crate::{
    fixture::day,
    life::{Life, classified, closed, registered, reopened, responded, started},
};
use shared::{
    call_back::call_back,
    lifecycle::{OnSpot, StepStanding},
    model::{
        codes::{CaseFlag, CloseReason, EntryType, Status},
        event::{Registered, Step},
        ids::EventId,
    },
};

fn told() -> Step {
    Step::AnsweredOnSpot {
        mode: "verbal".into(), told: "التوزيع يوم الأحد".into(), agreed: Some(true), satisfaction: "s4".into()
    }
}

/// Taken and answered on 1 March, and the id of the claim.
fn answered() -> (Life, EventId) {
    let request = Registered { entry_type: Some(EntryType::InfoRequest), ..registered(1, "info.crm") };
    let mut life = Life::from("receiver", request);
    let claim = life.id_of("receiver", told());
    (life, claim)
}

fn accept(of: EventId, on: &str) -> Step {
    let Step::Responded { on, mode, summary, reached, understood, accepts, .. } = responded(on) else { unreachable!() };
    Step::Responded { on, mode, summary, reached, understood, accepts, of: Some(of) }
}

#[test]
fn a_claim_acknowledges_and_nothing_more() {
    let (life, claim) = answered();
    let state = life.state();
    assert_eq!(state.standing(claim), Some(StepStanding::Counts));
    assert_eq!(state.on_spot, Some(OnSpot { event: claim, on: day("2026-03-01"), enough: true, accepted: false }));
    assert_eq!((state.status, state.acknowledged_on), (Status::Registered, Some(day("2026-03-01"))));
    assert_eq!((state.responded_on, state.closed_on, state.seen), (None, None, false));
}

#[test]
fn the_officer_accepts_it_by_its_own_day_and_closes_on_theirs() {
    let (mut life, claim) = answered();
    life.today = "2026-03-20".into();
    assert_eq!(life.act("ao", classified(1)), StepStanding::Counts);
    assert_eq!(life.act("ao", accept(claim, "2026-03-20")), StepStanding::Counts);
    let state = life.state();
    assert_eq!((state.status, state.responded_on), (Status::Responded, Some(day("2026-03-01"))));
    assert!(state.on_spot.is_some_and(|claim| claim.accepted));
    assert!(!state.flags.contains(&CaseFlag::StatedDayReplaced), "the officer's own day stands in their step");
    assert_eq!(life.act("ao", closed("2026-03-20", CloseReason::Responded)), StepStanding::Counts);
    assert_eq!((life.state().status, life.state().closed_on), (Status::Closed, Some(day("2026-03-20"))));
}

#[test]
fn an_officer_may_answer_properly_instead_and_then_it_is_an_ordinary_case() {
    let (mut life, _) = answered();
    life.today = "2026-03-03".into();
    life.act("ao", classified(1));
    life.act("ao", responded("2026-03-03"));
    let state = life.state();
    assert_eq!(state.responded_on, Some(day("2026-03-03")));
    assert!(state.on_spot.is_some_and(|claim| !claim.accepted));
    // Nor does naming another step make an answer the claim's.
    let (mut life, _) = answered();
    life.today = "2026-03-03".into();
    life.act("ao", classified(1));
    life.act("ao", accept(EventId([9; 8]), "2026-03-03"));
    assert_eq!(life.state().responded_on, Some(day("2026-03-03")));
}

#[test]
fn a_case_raised_above_level_1_is_not_answered_by_a_claim() {
    let (mut life, claim) = answered();
    life.act("ao", classified(2));
    assert_eq!(life.act("ao", accept(claim, "2026-03-01")), StepStanding::NotCounted);
    let state = life.state();
    assert!(state.responded_on.is_none() && state.on_spot.is_some_and(|claim| !claim.accepted));
}

#[test]
fn what_was_accepted_and_comes_up_again_was_not_settled_on_the_spot() {
    let (mut life, claim) = answered();
    life.act("ao", classified(1));
    life.act("ao", accept(claim, "2026-03-01"));
    life.act("ao", closed("2026-03-01", CloseReason::Responded));
    life.today = "2026-03-09".into();
    life.act("ao", reopened());
    assert_eq!((life.state().on_spot, life.state().responded_on), (None, None));
    // Nor was what an officer had answered otherwise.
    let (mut life, _) = answered();
    life.act("ao", classified(1));
    life.act("ao", responded("2026-03-01"));
    life.act("ao", closed("2026-03-01", CloseReason::Responded));
    life.act("ao", reopened());
    assert_eq!(life.state().on_spot, None);
}

#[test]
fn it_waits_until_somebody_works_on_the_case_and_nobody_is_called_meanwhile_who_was_content() {
    let (mut life, _) = answered();
    let calls = |life: &Life| call_back(&life.state(), &life.settings.limits).is_some();
    assert!(life.state().waits_to_accept() && !calls(&life));
    life.act("ao", classified(1));
    assert_eq!(life.state().status, Status::Assigned);
    assert!(life.state().waits_to_accept() && !calls(&life));
    life.act("ao", started());
    assert!(!life.state().waits_to_accept() && calls(&life), "work declines it");
    let request = Registered { entry_type: Some(EntryType::InfoRequest), ..registered(1, "info.crm") };
    let mut life = Life::from("receiver", request);
    let Step::AnsweredOnSpot { mode, told, satisfaction, .. } = told() else { unreachable!() };
    life.act("receiver", Step::AnsweredOnSpot { mode, told, satisfaction, agreed: Some(false) });
    assert!(life.state().waits_to_accept() && calls(&life), "it was not enough");
}

#[test]
fn a_second_claim_and_one_made_later_do_not_count() {
    let (mut life, _) = answered();
    assert_eq!(life.act("receiver", told()), StepStanding::NotCounted);
    let mut life = Life::new(1);
    life.act("ao", classified(1));
    assert_eq!(life.act("receiver", told()), StepStanding::NotCounted);
}
