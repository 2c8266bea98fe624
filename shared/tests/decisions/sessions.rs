//! The fold of awareness sessions: claims are per person and never added to what was counted.

use crate::{
    fixture::{actor, day, noon, settings},
    life::refused,
};
use shared::{
    lifecycle::{self, Calendar, EventEntry, Position, RulingEntry, SessionState, StepStanding},
    model::{
        codes::CountKey,
        event::{Event, Step},
        ids::{DeviceId, EventId},
        order::{Order, StepRef},
        record::{Class, DocKind},
        ruling::{Refusal, Ruling, Verdict},
    },
    policy::Resource,
};
use std::collections::BTreeMap;

fn entry(n: u32, by: &str, step: Step) -> EventEntry {
    let position = Position::Receipted { order: Order { epoch: 1, n }, at: noon("2026-03-02"), device: DeviceId([1; 10]) };
    let after = if n > 1 { vec![StepRef::Event(id(n - 1))] } else { Vec::new() };
    EventEntry { id: id(n), event: Event { by: by.into(), at: noon("2026-03-01"), after, set: 1, step }, position, operation: 0 }
}

fn id(n: u32) -> EventId {
    EventId([u8::try_from(n).unwrap(); 8])
}

fn estimated(side: &str, count: u32) -> Step {
    let counts = BTreeMap::from([(CountKey::Unknown, count)]);
    Step::Estimated { side: side.into(), counts, with_disability: None }
}

fn fold(steps: &[(&str, Step)], rulings: &[RulingEntry]) -> SessionState {
    let registered = [("receiver", Step::SessionRegistered { planned: true })];
    let all = registered.iter().chain(steps);
    let mut events: Vec<EventEntry> = (1..).zip(all).map(|(n, (by, step))| entry(n, by, step.clone())).collect();
    events.reverse();
    lifecycle::fold_session(&events, rulings, Calendar::from(&settings())).unwrap()
}

fn ruling(n: u32, on: u32, verdict: Verdict) -> RulingEntry {
    RulingEntry { order: Order { epoch: 1, n }, ruling: Ruling { at: noon("2026-03-03"), on: Some(id(on)), verdict } }
}

/// Girls 3, boys 4, women 10, men 20, old women 1, old men 2, unknown 5.
const COUNTED: [i64; 7] = [3, 4, 10, 20, 1, 2, 5];

#[test]
fn a_plan_is_called_off_with_a_reason_and_planned_again_by_a_new_day() {
    let change =
        |to: Option<&str>, reason: &str| Step::PlanChanged { to: to.map(day), reason: reason.into(), note: String::new() };
    let off = fold(&[("ao", change(None, "security"))], &[]);
    assert_eq!((off.called_off, off.postponed), (Some("security".into()), false));
    let again = fold(&[("ao", change(None, "security")), ("receiver", change(Some("2026-03-09"), "weather"))], &[]);
    assert_eq!((again.called_off, again.postponed), (None, true));
}

#[test]
fn forty_said_twice_is_forty() {
    let state = fold(&[("ao", estimated("all", 40)), ("receiver", estimated("all", 40))], &[]);
    assert_eq!(state.estimates.len(), 2);
    assert_eq!(state.total([0; 7]), 40);
}

#[test]
fn a_claim_never_adds_to_what_was_counted_of_the_same_people() {
    assert_eq!(fold(&[], &[]).total(COUNTED), 45);
    let claims = |claims: &[(&str, u32)]| {
        let steps: Vec<(&str, Step)> = claims.iter().map(|(side, n)| ("ao", estimated(side, *n))).collect();
        fold(&steps, &[]).total(COUNTED)
    };
    assert_eq!(claims(&[("women", 10)]), 45, "fewer than were counted");
    assert_eq!(claims(&[("women", 30)]), 61, "30 instead of 14");
    assert_eq!(claims(&[("men", 30)]), 49, "30 instead of 26");
    assert_eq!(claims(&[("women", 30), ("men", 30)]), 65, "both sides");
    assert_eq!(claims(&[("all", 44)]), 45);
    assert_eq!(claims(&[("all", 100)]), 100);
}

#[test]
fn a_persons_later_claim_for_a_side_replaces_their_earlier_one() {
    let state = fold(&[("ao", estimated("all", 40)), ("ao", estimated("women", 9)), ("ao", estimated("all", 30))], &[]);
    assert_eq!(state.estimates.len(), 2);
    assert_eq!(state.total([0; 7]), 30);
}

#[test]
fn a_dropped_claim_does_not_count() {
    let drop = Step::EstimateDropped { of: id(2), reason: "the same people".into() };
    let state = fold(&[("ao", estimated("all", 40)), ("receiver", estimated("all", 20)), ("ao", drop)], &[]);
    assert_eq!(state.total([0; 7]), 20);
    assert_eq!(state.estimates[0].by.as_str(), "receiver");
}

fn counted_twice(of: &str, key: CountKey, count: u32) -> Step {
    Step::CountDropped { of: of.into(), counts: BTreeMap::from([(key, count)]), reason: "the same people".into() }
}

#[test]
fn people_whom_two_counted_are_taken_out_once_and_put_back_by_whoever_took_them_out() {
    let women = CountKey::F18To59;
    let state = fold(&[("ao", counted_twice("receiver", women, 4))], &[]);
    assert_eq!((state.kept(COUNTED)[2], state.total(state.kept(COUNTED))), (6, 41));
    let twice = fold(&[("ao", counted_twice("receiver", women, 4)), ("receiver", counted_twice("receiver", women, 3))], &[]);
    assert_eq!(twice.kept(COUNTED)[2], 6, "said of one person's count by two, it is said once");
    let undo = |by| (by, Step::DropUndone { of: id(2) });
    let undone = fold(&[("ao", counted_twice("receiver", women, 4)), undo("ao")], &[]);
    assert_eq!((undone.kept(COUNTED), undone.drops.len()), (COUNTED, 0));
    let others = fold(&[("ao", counted_twice("receiver", women, 4)), undo("receiver")], &[]);
    assert_eq!((others.kept(COUNTED)[2], others.steps[2].standing), (6, StepStanding::NotCounted));
}

#[test]
fn a_dropped_claim_comes_back_unless_its_author_has_said_another_since() {
    let drop = || ("ao", Step::EstimateDropped { of: id(2), reason: "the same people".into() });
    let undo = || ("ao", Step::DropUndone { of: id(3) });
    let claim = |n| ("receiver", estimated("all", n));
    let dropped = fold(&[claim(40), drop()], &[]);
    assert_eq!((dropped.total([0; 7]), dropped.drops.len(), dropped.drops[0].of().as_str()), (0, 1, "receiver"));
    assert_eq!(fold(&[claim(40), drop(), undo()], &[]).total([0; 7]), 40);
    assert_eq!(fold(&[claim(40), drop(), claim(30), undo()], &[]).total([0; 7]), 30);
}

#[test]
fn two_who_at_once_take_out_each_others_count_leave_one_of_them() {
    let women = CountKey::F18To59;
    let first = entry(2, "ao", counted_twice("receiver", women, 9));
    let mut second = entry(3, "receiver", counted_twice("ao", women, 9));
    let folded = |second: &EventEntry| {
        let events = [entry(1, "receiver", Step::SessionRegistered { planned: false }), first.clone(), second.clone()];
        lifecycle::fold_session(&events, &[], Calendar::from(&settings())).unwrap()
    };
    assert_eq!(folded(&second).kept([0, 0, 18, 0, 0, 0, 0])[2], 0, "the second had seen the first and meant it");
    second.event.after = vec![StepRef::Event(id(1))];
    let state = folded(&second);
    assert_eq!((state.kept([0, 0, 18, 0, 0, 0, 0])[2], state.steps[2].standing), (9, StepStanding::NotCounted));
}

#[test]
fn what_each_handed_out_adds_up_and_a_later_claim_replaces_ones_own() {
    let handed = |n: u32| Step::MaterialsHanded { counts: BTreeMap::from([("card".into(), n)]) };
    let state = fold(&[("ao", handed(30)), ("receiver", handed(12)), ("ao", handed(40))], &[]);
    assert_eq!(state.handed_out(), BTreeMap::from([("card".into(), 52)]));
}

#[test]
fn who_joined_without_a_network_holds_the_leaders_session_until_its_registration_comes() {
    let fold = |events: &[EventEntry]| lifecycle::fold_session(events, &[], Calendar::from(&settings())).unwrap();
    let joined = entry(4, "receiver", Step::SessionJoined { lead: "ao".into() });
    let alone = fold(std::slice::from_ref(&joined));
    assert_eq!((alone.registered, alone.planned, alone.recorded_by.as_str()), (false, false, "ao"));
    let whole = fold(&[joined, entry(1, "ao", Step::SessionRegistered { planned: false })]);
    assert_eq!((whole.registered, whole.recorded_by.as_str()), (true, "ao"));
    assert!(whole.steps.iter().all(|step| step.standing == StepStanding::Counts));
}

#[test]
fn voiding_waits_for_its_ruling() {
    let void = || ("receiver", Step::Voided { reason: "test".into() });
    let state = fold(&[void()], &[]);
    assert_eq!((state.void, state.pending.clone(), state.steps[1].standing), (false, vec![id(2)], StepStanding::Awaits));
    let state = fold(&[void()], &[ruling(3, 2, Verdict::Accepted {})]);
    assert_eq!((state.void, state.pending.len(), state.last_step_at), (true, 0, noon("2026-03-03")));
    let state = fold(&[void()], &[ruling(3, 2, Verdict::Refused { why: Refusal::NeedsHigherRole })]);
    assert_eq!((state.void, state.steps[1].standing), (false, refused(Refusal::NeedsHigherRole)));
    let state = fold(&[("ao", estimated("all", 40))], &[ruling(3, 2, Verdict::NotCounted {})]);
    assert_eq!((state.estimates.len(), state.steps[1].standing), (0, StepStanding::NotCounted));
}

#[test]
fn corrections_and_notes_count() {
    let corrected = Step::Corrected { key: CountKey::M60, delta: -1, reason: "twice".into() };
    let state = fold(&[("ao", corrected), ("ao", Step::Correction { note: "n".into() })], &[]);
    assert!(state.steps.iter().all(|step| step.standing == StepStanding::Counts));
}

#[test]
fn who_may_void_a_session_is_its_author_or_the_team() {
    let settings = settings();
    let step = Step::Voided { reason: "test".into() };
    let state = fold(&[("receiver", step.clone())], &[]);
    let answer = |by: &str, step: &Step| lifecycle::rule_session(&state, &entry(2, by, step.clone()), &actor(&settings, by));
    for by in ["receiver", "ao", "ao_assistant", "ame_mgr"] {
        assert_eq!(answer(by, &step), Verdict::Accepted {}, "{by}");
    }
    assert_eq!(answer("worker", &step), Verdict::Refused { why: Refusal::NeedsHigherRole });
    assert_eq!(answer("ao", &estimated("all", 1)), Verdict::Refused { why: Refusal::WrongState });
    let voided = fold(&[("receiver", step.clone())], &[ruling(3, 2, Verdict::Accepted {})]);
    let again = lifecycle::rule_session(&voided, &entry(4, "ao", step), &actor(&settings, "ao"));
    assert_eq!(again, Verdict::Refused { why: Refusal::WrongState });
}

#[test]
fn steps_of_cases_and_second_registrations_do_not_count() {
    let state = fold(&[("ao", Step::Seen {}), ("ao", Step::SessionRegistered { planned: false })], &[]);
    assert!(state.planned);
    assert_eq!(state.recorded_by.as_str(), "receiver");
    assert_eq!(state.first_receipt_at, Some(noon("2026-03-02")));
    assert_eq!(state.steps[0].standing, StepStanding::Counts);
    assert_eq!(state.steps[1].standing, StepStanding::NotCounted);
    assert_eq!(state.steps[2].standing, StepStanding::NotCounted);
    assert_eq!(state.heads, [StepRef::Event(id(3))]);
    assert!(lifecycle::fold_session(&[entry(1, "ao", Step::Seen {})], &[], Calendar::from(&settings())).is_none());
}

#[test]
fn the_place_the_server_gave_it_is_known() {
    let placed = Verdict::Placed { adm3: "SY020405".into(), projects: vec!["P01".into()], class: Class::Session };
    let state = fold(
        &[],
        &[RulingEntry { order: Order { epoch: 1, n: 2 }, ruling: Ruling { at: noon("2026-03-03"), on: None, verdict: placed } }],
    );
    assert_eq!(state.placed.unwrap().adm3.as_str(), "SY020405");
    assert_eq!(state.steps.len(), 2);
}

#[test]
fn what_is_open_at_a_session_follows_policy_and_state() {
    let settings = settings();
    let resource = |in_scope: bool, author: bool| Resource {
        doc: DocKind::Session,
        class: Class::Session,
        level: None,
        in_scope,
        author,
        unsent: false,
        assigned: false,
        implicated: false,
        share_identity: false,
        open: true,
    };
    let open = |state: &SessionState, by: &str, r: Resource| lifecycle::session_steps_open_to(state, &actor(&settings, by), &r);
    let plain = fold(&[], &[]);
    assert_eq!(
        open(&plain, "receiver", resource(false, true)),
        ["voided", "correction", "plan_changed", "corrected", "estimated", "count_dropped", "materials_handed"]
    );
    assert!(open(&plain, "receiver", resource(true, false)).is_empty());
    let unsent = Resource { unsent: true, ..resource(false, true) };
    assert!(!open(&plain, "receiver", unsent).contains(&"session_registered"), "it is registered");
    let claimed = fold(&[("ao", estimated("all", 4))], &[]);
    assert!(open(&claimed, "ao", resource(true, false)).contains(&"estimate_dropped"));
    let waiting = fold(&[("receiver", Step::Voided { reason: "t".into() })], &[]);
    assert!(!open(&waiting, "ao", resource(true, false)).contains(&"voided"));
    let void = fold(&[("receiver", Step::Voided { reason: "t".into() })], &[ruling(3, 2, Verdict::Accepted {})]);
    assert!(open(&void, "ao", resource(true, false)).is_empty());
}
