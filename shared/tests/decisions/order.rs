//! The fold is a function of what happened, not of the order in which it was learned; and `after` says who had seen what.

use crate::{
    fixture::{day, noon},
    life::{
        Life, SURVIVOR, assigned, attempt, classified, closed, correction, extension_asked, followup, held, merged, proposed,
        referral_received, referred, registered, reopened, responded, resumed, started, voided,
    },
};
use proptest::prelude::*;
use shared::{
    lifecycle::{self, Calendar, CaseState, EventEntry, Position, StepStanding},
    model::{
        codes::{CaseFlag, CloseReason, Consent, Status},
        dates::UnixSeconds,
        event::{Event, Step},
        ids::{DeviceId, EventId},
        order::{Order, StepRef},
        ruling::Verdict,
    },
};

const PEOPLE: [&str; 5] = ["ao", "ao_assistant", "pm_focal", "ame_mgr", "receiver"];

fn step(kind: usize, life: &Life) -> Step {
    let on = life.today.clone();
    let last = |kind: &str| life.events.iter().rev().find(|e| e.event.step.kind() == kind).map_or(EventId([0; 8]), |e| e.id);
    match kind {
        0 | 1 => classified(2),
        2 => classified(3),
        3 => classified(1),
        4 => started(),
        5 => held(),
        6 => resumed(),
        7 => proposed(),
        8 => Step::AnswerApproved { of: last("answer_proposed") },
        9 => responded(&on),
        10 | 11 => closed(&on, CloseReason::Responded),
        12 => closed(&on, CloseReason::Withdrawn),
        13 => reopened(),
        14 => correction(),
        15 => followup(),
        16 => attempt(&on, "call", "reached", ""),
        17 => assigned("ao"),
        18 => extension_asked(),
        19 => Step::ExtensionApproved { of: last("extension_asked") },
        20 => Step::CloseSeconded { of: last("closed") },
        21 => referred(Consent::Yes, ""),
        22 => referral_received(true),
        23 => Step::Seen {},
        24 => voided(),
        _ => merged(SURVIVOR),
    }
}

/// Plays a life in which each person works from what they last pulled.
fn play(level: u8, script: &[(usize, usize, bool)]) -> Life {
    let mut life = Life::new(level);
    let mut pulled = vec![life.heads(); PEOPLE.len()];
    for (i, (who, kind, pulls)) in script.iter().enumerate() {
        life.today = (day("2026-03-01") + chrono_days(i)).to_string();
        if *pulls {
            pulled[*who] = life.heads();
        }
        let id = life.write(PEOPLE[*who], step(*kind, &life), pulled[*who].clone());
        // Their own step follows what they had seen.
        pulled[*who] = vec![StepRef::Event(id)];
        life.serve();
    }
    life
}

fn chrono_days(days: usize) -> chrono::Days {
    chrono::Days::new(days as u64)
}

fn fold(events: &[EventEntry], rulings: &[lifecycle::RulingEntry], life: &Life) -> CaseState {
    lifecycle::fold(events, rulings, &[], Calendar::from(&life.settings)).unwrap()
}

fn scripts() -> impl Strategy<Value = Vec<(usize, usize, bool)>> {
    prop::collection::vec((0..PEOPLE.len(), 0..26_usize, prop::bool::weighted(0.6)), 1..25)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_order_of_delivery_folds_to_the_same_state(
        level in 1..=3_u8,
        script in scripts(),
        keys in prop::collection::vec(any::<u64>(), 80),
    ) {
        let life = play(level, &script);
        let expected = life.state();
        let mut events: Vec<_> = life.events.iter().cloned().zip(&keys).collect();
        events.sort_by_key(|(_, key)| **key);
        let events: Vec<_> = events.into_iter().map(|(entry, _)| entry).collect();
        let mut rulings: Vec<_> = life.rulings.iter().cloned().zip(keys.iter().rev()).collect();
        rulings.sort_by_key(|(_, key)| **key);
        let rulings: Vec<_> = rulings.into_iter().map(|(entry, _)| entry).collect();
        prop_assert_eq!(fold(&events, &rulings, &life), expected);
    }

    #[test]
    fn nothing_waits_once_the_server_has_ruled_but_a_closing_for_its_second_person(level in 1..=3_u8, script in scripts()) {
        let life = play(level, &script);
        let state = life.state();
        for id in &state.pending {
            prop_assert_eq!(state.step(*id).and_then(|step| step.kind), Some("closed"));
            prop_assert_eq!(state.level.number(), 3);
        }
        prop_assert_eq!(state.steps.len(), life.events.len() + life.rulings.len());
        prop_assert!(!state.heads.is_empty());
        // A case voided after its closing keeps the day it was closed.
        if state.closed_on.is_some() != (state.status == Status::Closed) {
            prop_assert_eq!(state.status, Status::Void);
        }
        prop_assert_eq!(state.closed_on.is_some(), state.close_reason.is_some());
    }

    #[test]
    fn what_the_server_has_ruled_on_is_never_undone_by_what_comes_later(level in 1..=3_u8, script in scripts()) {
        let life = play(level, &script);
        let state = life.state();
        for entry in &life.rulings {
            let Some(id) = entry.ruling.on else { continue };
            let expected = match &entry.ruling.verdict {
                Verdict::Refused { why } => StepStanding::Refused(*why),
                _ => StepStanding::Counts,
            };
            prop_assert_eq!(state.standing(id), Some(expected));
        }
    }
}

fn unsent(id: u8, by: &str, step: Step, after: Vec<StepRef>, outbox: u64, operation: u32) -> EventEntry {
    let event = Event { by: by.into(), at: noon("2026-03-04"), after, set: 1, step };
    EventEntry { id: EventId([id; 8]), event, position: Position::Unsent { outbox }, operation }
}

#[test]
fn unsent_steps_come_last_in_the_outboxs_order_and_count_already() {
    let life = Life::new(1);
    let heads = life.heads();
    let mut events = life.events.clone();
    // Written in this order, though their ids sort the other way.
    events.push(unsent(0x30, "ao", classified(1), heads, 4, 0));
    events.push(unsent(0x20, "ao", started(), vec![StepRef::Event(EventId([0x30; 8]))], 5, 0));
    events.push(unsent(0x10, "ao", responded("2026-03-04"), vec![StepRef::Event(EventId([0x20; 8]))], 5, 1));
    events.push(unsent(0x05, "ao", closed("2026-03-04", CloseReason::Responded), vec![StepRef::Event(EventId([0x10; 8]))], 6, 0));
    events.reverse();
    let state = fold(&events, &life.rulings, &life);
    let kinds: Vec<_> = state.steps.iter().filter_map(|step| step.kind).collect();
    assert_eq!(kinds, ["registered", "classified", "started", "responded", "closed"]);
    assert_eq!(state.status, Status::Responded);
    assert_eq!(state.pending, [EventId([0x05; 8])]);
    assert_eq!(state.heads, [StepRef::Event(EventId([0x05; 8]))]);
    assert_eq!(state.responded_on, Some(day("2026-03-04")));
    assert!(state.steps[4].unsent && !state.steps[0].unsent);
    assert_eq!(state.last_step_at, noon("2026-03-04"));
}

#[test]
fn events_of_one_change_are_ordered_by_operation_and_see_each_other() {
    let at = |order, operation| Position::Receipted {
        order: Order { epoch: 1, n: order },
        at: noon("2026-03-01"),
        device: DeviceId([operation; 10]),
    };
    let entry = |id: u8, step: Step, after: Vec<StepRef>, operation: u32| EventEntry {
        id: EventId([id; 8]),
        event: Event { by: "receiver".into(), at: noon("2026-03-01"), after, set: 1, step },
        position: at(1, 0),
        operation,
    };
    let first = entry(9, Step::Registered(registered(2, "qual.delay")), vec![], 0);
    let second =
        entry(1, Step::Acknowledged { mode: "verbal".into(), receipt_given: true }, vec![StepRef::Event(EventId([9; 8]))], 1);
    let life = Life::new(2);
    let state = fold(&[second, first], &[], &life);
    assert_eq!(state.steps.iter().filter_map(|step| step.kind).collect::<Vec<_>>(), ["registered", "acknowledged"]);
    assert!(state.saw(EventId([1; 8]), StepRef::Event(EventId([9; 8]))));
    assert!(!state.saw(EventId([9; 8]), StepRef::Event(EventId([1; 8]))));
    assert_eq!(state.heads, [StepRef::Event(EventId([1; 8]))]);
}

#[test]
fn after_counts_only_what_stands_lower_and_unknown_entries_are_ignored() {
    let mut life = Life::new(2);
    let later = life.write("ao", followup(), vec![]);
    let registration = life.events[0].id;
    life.events[0].event.after =
        vec![StepRef::Event(later), StepRef::Event(EventId([0xaa; 8])), StepRef::Ruling(Order { epoch: 9, n: 9 })];
    let state = life.state();
    assert!(!state.saw(registration, StepRef::Event(later)));
    assert!(!state.saw(registration, StepRef::Event(EventId([0xaa; 8]))));
    assert_eq!(state.heads.len(), 2);
}

#[test]
fn seeing_goes_through_rulings_and_through_others_steps() {
    let mut life = Life::new(2);
    let registration = life.events[0].id;
    let note = life.id_of("receiver", correction());
    life.act("ao", classified(2));
    let routed = life.rulings[0].order;
    // Named only the ruling, and so had seen all that the server had seen.
    let seen = life.id_of("pm_focal", started());
    let state = life.state();
    assert_eq!(life.events.last().unwrap().event.after, [StepRef::Ruling(routed)]);
    for earlier in [StepRef::Event(registration), StepRef::Event(note), StepRef::Ruling(routed)] {
        assert!(state.saw(seen, earlier));
    }
    assert!(!state.saw(note, StepRef::Ruling(routed)));
    assert!(!state.saw(EventId([0xbb; 8]), StepRef::Event(note)), "an event that is not there saw nothing");
}

#[test]
fn a_new_epoch_comes_after_an_old_one_whatever_its_numbers() {
    let mut life = Life::new(2);
    let heads = life.heads();
    let late = life.write("ao", followup(), heads);
    if let Position::Receipted { order, .. } = &mut life.events[1].position {
        *order = Order { epoch: 2, n: 1 };
    }
    if let Position::Receipted { order, .. } = &mut life.events[0].position {
        *order = Order { epoch: 1, n: 500 };
    }
    let state = life.state();
    assert_eq!(state.steps.last().map(|step| step.step), Some(StepRef::Event(late)));
    assert!(state.saw(late, StepRef::Event(life.events[0].id)));
}

#[test]
fn long_lives_are_seen_whole() {
    let mut life = Life::new(2);
    let first = life.events[0].id;
    let mut heads = life.heads();
    let mut middle = first;
    for i in 0..200 {
        let id = life.write("ao", followup(), heads);
        heads = vec![StepRef::Event(id)];
        if i == 100 {
            middle = id;
        }
    }
    let last = life.events.last().unwrap().id;
    let state = life.state();
    assert!(state.saw(last, StepRef::Event(first)) && state.saw(last, StepRef::Event(middle)));
    assert!(!state.saw(middle, StepRef::Event(last)));
    assert_eq!(state.heads, [StepRef::Event(last)]);
}

#[test]
fn without_a_registration_there_is_no_case() {
    let life = Life::new(2);
    assert!(lifecycle::fold(&[], &life.rulings, &[], Calendar::from(&life.settings)).is_none());
    let alone = unsent(1, "ao", followup(), vec![], 0, 0);
    assert!(lifecycle::fold(&[alone], &[], &[], Calendar::from(&life.settings)).is_none());
}

#[test]
fn the_last_of_several_decisions_on_a_step_holds_and_acts_once() {
    let mut life = Life::responded(2);
    let heads = life.heads();
    let id = life.write("ao", closed("2026-03-05", CloseReason::Responded), heads);
    life.rule(Some(id), Verdict::Accepted {});
    let heads = life.heads();
    life.act_after("ao", reopened(), heads);
    assert_eq!(life.state().reopened, 1);
    life.rule(Some(id), Verdict::Accepted {});
    let state = life.state();
    assert_eq!(state.status, Status::Closed, "decided anew after the reopening");
    // A decision on an event that is not there changes nothing.
    let mut other = Life::responded(2);
    other.rule(Some(id), Verdict::Accepted {});
    assert_eq!(other.state().status, Status::Responded);
    assert_eq!(other.state().standing(id), None);
}

#[test]
fn what_is_known_of_the_registration_stands_from_the_start() {
    let mut header = registered(5, "ser.sea");
    (header.category, header.entry_type, header.subject_role) = (None, None, None);
    header.voice_escalated_at = Some(UnixSeconds(5));
    header.recipients = vec!["psea_fp".into()];
    header.day_exact = false;
    let state = Life::from("receiver", header).state();
    assert_eq!(state.status, Status::Sealed);
    assert_eq!((state.voice_escalated_at, state.recipients.len(), state.day_exact), (Some(UnixSeconds(5)), 1, false));
    assert_eq!(state.first_receipt_at, Some(noon("2026-03-01")));
    assert!(state.is_open());
    let mut tally = registered(1, "info.crm");
    (tally.category, tally.subject_role) = (None, None);
    let state = Life::from("receiver", tally).state();
    assert_eq!((state.status, state.is_open()), (Status::Void, false));
    assert!(state.flags.contains(&CaseFlag::TallyOnly));
    let first = unsent(1, "receiver", Step::Registered(registered(2, "qual.delay")), vec![], 0, 0);
    let state = lifecycle::fold(&[first], &[], &[], Calendar::from(&Life::new(2).settings)).unwrap();
    assert_eq!((state.first_receipt_at, state.registered_at), (None, noon("2026-03-04")));
}
