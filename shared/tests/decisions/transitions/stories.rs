//! What a table can't say of a case's life: two people, several steps, and what a step leaves behind.

use super::*;

#[test]
fn an_extension_needs_the_manager_and_keeps_the_original_day() {
    let mut life = working2();
    let of = life.id_of("pm_focal", extension_asked());
    assert_eq!(life.state().extension_asked, Some((of, day("2026-04-01"))));
    assert_eq!(life.act("ao", Step::ExtensionApproved { of }), refused(Refusal::NeedsHigherRole));
    assert_eq!(life.act("ame_mgr", Step::ExtensionApproved { of: nowhere() }), refused(Refusal::WrongState));
    assert_eq!(life.act("ao", extension_asked()), refused(Refusal::WrongState), "one is asked already");
    assert_eq!(life.act("ame_mgr", Step::ExtensionApproved { of }), COUNTS);
    let state = life.state();
    assert_eq!((state.extended_to, state.extension_asked), (Some(day("2026-04-01")), None));
    assert_eq!(state.received_on, day("2026-03-01"));
    assert_eq!(life.act("ame_mgr", Step::ExtensionApproved { of }), refused(Refusal::WrongState), "taken already");

    let mut life = working2();
    let of = life.id_of("ame_mgr", extension_asked());
    assert_eq!(life.act("ame_mgr", Step::ExtensionApproved { of }), refused(Refusal::NeedsSecondPerson));
    assert_eq!(life.act("cd", Step::ExtensionApproved { of }), COUNTS);
}

#[test]
fn an_answer_is_approved_by_the_right_person_for_its_level() {
    // L1-L2: an officer's own answer counts on receipt.
    let mut life = assigned2();
    let of = life.id_of("ao", proposed());
    let heads = life.heads();
    let id = life.write("ao", Step::AnswerApproved { of }, heads);
    assert_eq!(life.state().standing(id), Some(COUNTS), "without any ruling");
    assert_eq!(life.state().status, Status::AnswerReady);
    assert_eq!(life.state().answers[0].approved_by, Some("ao".into()));

    // Someone else's answer waits, and is accepted.
    let mut life = assigned2();
    let of = life.id_of("pm_focal", proposed());
    let heads = life.heads();
    let id = life.write("ao", Step::AnswerApproved { of }, heads);
    assert_eq!(life.state().standing(id), Some(AWAITS));
    life.serve();
    assert_eq!(life.state().status, Status::AnswerReady);

    // L3: the manager, and not their own.
    let mut life = assigned3();
    let of = life.id_of("ao", proposed());
    assert_eq!(life.act("ao", Step::AnswerApproved { of }), refused(Refusal::NotAllowedAtLevel));
    assert_eq!(life.act("pm_focal", Step::AnswerApproved { of }), refused(Refusal::NeedsHigherRole));
    assert_eq!(life.act("ame_mgr", Step::AnswerApproved { of }), COUNTS);
    let mut life = assigned3();
    let of = life.id_of("ame_mgr", proposed());
    assert_eq!(life.act("ame_mgr", Step::AnswerApproved { of }), refused(Refusal::NeedsSecondPerson));
    assert_eq!(life.act("cd", Step::AnswerApproved { of }), COUNTS);

    // Two proposals: either can be approved, once.
    let mut life = assigned2();
    let first = life.id_of("pm_focal", proposed());
    let second = life.id_of("ao", proposed());
    assert_eq!(life.act("ao", Step::AnswerApproved { of: first }), COUNTS);
    assert_eq!(
        life.act("ame_mgr", Step::AnswerApproved { of: second }),
        refused(Refusal::WrongState),
        "not in progress any more"
    );
    assert_eq!(life.state().answers.len(), 2);
}

#[test]
fn an_approved_answer_can_not_be_approved_again() {
    let mut life = working2();
    let first = life.id_of("pm_focal", proposed());
    let second = life.id_of("ao", proposed());
    life.act("ao", Step::AnswerApproved { of: first });
    life.act("ao", assigned("ao"));
    let mut state = life.state();
    state.status = Status::InProgress;
    let heads = life.heads();
    let id = life.write("ame_mgr", Step::AnswerApproved { of: first }, heads);
    let fresh = life.state();
    state.pending = fresh.pending.clone();
    assert_eq!(life.answer(&state, id), Some(Verdict::Refused { why: Refusal::WrongState }));
    assert_ne!(first, second);
}

#[test]
fn of_two_proposed_answers_the_one_named_is_approved() {
    let mut life = assigned2();
    life.act("pm_focal", proposed());
    let of = life.id_of("pm_focal", proposed());
    assert_eq!(life.act("ao", Step::AnswerApproved { of }), COUNTS);
    let approved: Vec<_> = life.state().answers.iter().map(|answer| answer.approved_by.is_some()).collect();
    assert_eq!(approved, [false, true]);
}

#[test]
fn level_three_closes_when_a_second_person_agrees() {
    let mut life = responded3();
    let of = life.id_of("ao", close(CloseReason::Responded));
    assert_eq!(life.state().standing(of), Some(AWAITS));
    assert_eq!(life.act("ao", Step::CloseSeconded { of }), refused(Refusal::NeedsSecondPerson));
    assert_eq!(life.act("ao_assistant", Step::CloseSeconded { of }), refused(Refusal::NeedsHigherRole));
    assert_eq!(life.act("receiver", Step::CloseSeconded { of }), refused(Refusal::NeedsHigherRole));
    assert_eq!(life.act("pm_focal", Step::CloseSeconded { of: nowhere() }), refused(Refusal::WrongState));
    assert_eq!(life.state().status, Status::Responded);
    assert_eq!(life.act("pm_focal", Step::CloseSeconded { of }), COUNTS);
    let state = life.state();
    assert_eq!((state.status, state.standing(of)), (Status::Closed, Some(COUNTS)));
    assert_eq!(state.closed_on, Some(day("2026-03-05")), "the day the server had it, since it stated a later one");
    assert_eq!(life.act("ame_mgr", Step::CloseSeconded { of }), refused(Refusal::AlreadyClosed));

    // A second voice for something that is no closing.
    let mut life = responded3();
    life.id_of("ao", close(CloseReason::Responded));
    let of = life.id_of("ao", followup());
    assert_eq!(life.act("ame_mgr", Step::CloseSeconded { of }), refused(Refusal::WrongState));
}

#[test]
fn a_second_voice_for_one_closing_is_none_for_the_next() {
    let mut life = responded3();
    let of = life.id_of("ao", close(CloseReason::Responded));
    life.act("pm_focal", Step::CloseSeconded { of });
    life.act("ao", reopened());
    assert_eq!(life.act("ao", close(CloseReason::Withdrawn)), COUNTS, "T20 needs none");
    life.act("ao", reopened());
    life.act("ao", started());
    let of = life.id_of("ao", proposed());
    life.act("ame_mgr", Step::AnswerApproved { of });
    life.act("ao", responded("2026-03-05"));
    assert_eq!(life.act("ao", close(CloseReason::Responded)), AWAITS);
}

#[test]
fn new_information_stops_a_closing_whose_author_had_not_seen_it() {
    let mut life = responded2();
    let before = life.heads();
    life.act("pm_focal", followup());
    assert_eq!(life.act_after("ao", close(CloseReason::Responded), before), refused(Refusal::NewInformation));
    assert_eq!(life.act("ao", close(CloseReason::Responded)), COUNTS, "once seen, it closes");

    // A closing that waits for a second person falls when something new arrives.
    let mut life = responded3();
    let of = life.id_of("ao", close(CloseReason::Responded));
    life.act("receiver", correction());
    assert_eq!(life.state().standing(of), Some(refused(Refusal::NewInformation)));
    assert_eq!(life.act("pm_focal", Step::CloseSeconded { of }), refused(Refusal::WrongState));
    assert_eq!(life.state().status, Status::Responded);
}

#[test]
fn information_that_crossed_a_closing_opens_the_case_again() {
    for (step, opens) in [
        (correction(), true),
        (followup(), true),
        (classified(3), true),
        (proposed(), true),
        (responded("2026-03-05"), true),
        (attempt("2026-03-05", "call", "reached", ""), true),
        (attempt("2026-03-05", "call", "no_answer", ""), false),
        (Step::Seen {}, false),
        (Step::Acknowledged { mode: "call".into(), receipt_given: false }, false),
    ] {
        let mut life = responded2();
        let before = life.heads();
        life.act("ao", closed("2026-03-05", CloseReason::Responded));
        let what = format!("{step:?}");
        life.act_after("pm_focal", step, before);
        let state = life.state();
        assert_eq!(state.status == Status::Closed, !opens, "{what}");
        assert_eq!(state.flags.contains(&CaseFlag::ClosedWhileNewInformation), opens, "{what}");
        if opens {
            assert_eq!((state.closed_on, state.close_reason, state.outcome, state.satisfaction), (None, None, None, None));
            assert_eq!(state.reopened, 0, "nobody reopened it");
            assert!(state.responded_on.is_some());
        }
    }
    // Known to its author: a note on a closed case.
    let mut life = closed2();
    life.act("ao", followup());
    assert_eq!(life.state().status, Status::Closed);
    // Closing it again takes the flag away.
    let mut life = responded2();
    let before = life.heads();
    life.act("ao", closed("2026-03-05", CloseReason::Responded));
    life.act_after("receiver", correction(), before);
    life.act("ao", started());
    life.act("ao", closed("2026-03-05", CloseReason::Withdrawn));
    assert!(life.state().flags.is_empty());
}

#[test]
fn a_changed_fact_stops_a_closing_whose_author_had_not_seen_it() {
    // It came first, and the officer's phone had not pulled it.
    let mut life = responded2();
    life.revise("receiver", &[]);
    assert_eq!(life.act("ao", close(CloseReason::Responded)), refused(Refusal::NewInformation));
    // Pulled, it closes.
    let heads = life.heads();
    let id = life.write("ao", close(CloseReason::Responded), heads);
    life.revisions[0].known_to.insert(id);
    life.serve();
    assert_eq!(life.state().standing(id), Some(COUNTS));
    // One's own change is known, from whichever phone.
    let mut life = responded2();
    life.revise("ao", &[]);
    assert_eq!(life.act("ao", close(CloseReason::Responded)), COUNTS);
    assert_eq!(life.state().status, Status::Closed, "it came before, so it opens nothing");
    // A closing that waits for a second person falls when a fact changes.
    let mut life = responded3();
    let of = life.id_of("ao", close(CloseReason::Responded));
    life.revise("receiver", &[of]);
    assert_eq!(life.act("pm_focal", Step::CloseSeconded { of }), refused(Refusal::WrongState));
    assert_eq!(life.state().standing(of), Some(refused(Refusal::NewInformation)));
}

#[test]
fn a_changed_fact_that_crossed_a_closing_opens_the_case_again() {
    let mut life = responded2();
    let close = life.id_of("ao", closed("2026-03-05", CloseReason::Responded));
    life.revise("receiver", &[]);
    let state = life.state();
    assert_eq!((state.status, state.closed_on, state.close_reason), (Status::Triaged, None, None));
    assert!(state.flags.contains(&CaseFlag::ClosedWhileNewInformation));
    // Still on the receiver's phone: it shows there what the server will say.
    life.revisions[0].position = shared::lifecycle::Position::Unsent { outbox: 0 };
    assert_eq!(life.state().status, Status::Triaged);
    // Changed by someone who knew, or known to whoever closed: it stays closed.
    life.revisions[0].had.insert(close);
    assert_eq!(life.state().status, Status::Closed);
    life.revisions[0].had.clear();
    life.revisions[0].known_to.insert(close);
    assert_eq!(life.state().status, Status::Closed);
}

#[test]
fn an_answer_that_crossed_a_closing_as_unreachable_stands() {
    let mut life = Life::answer_ready(2);
    for (on, mode) in [("2026-03-02", "call"), ("2026-03-04", "visit"), ("2026-03-07", "call")] {
        life.today = on.into();
        life.act("ao", attempt(on, mode, "no_answer", "morning"));
    }
    let before = life.heads();
    assert_eq!(life.act("ao", closed("2026-03-07", CloseReason::Unreachable)), COUNTS);
    assert_eq!(life.act_after("ao_assistant", responded("2026-03-07"), before), COUNTS);
    let state = life.state();
    assert_eq!((state.status, state.responded_on, state.closed_on), (Status::Responded, Some(day("2026-03-07")), None));
    assert_eq!(state.flags.into_iter().collect::<Vec<_>>(), [CaseFlag::ClosedWhileNewInformation]);
}

#[test]
fn the_higher_of_concurrent_levels_holds_and_both_are_shown() {
    for (first, second) in [(2, 3), (3, 2)] {
        let mut life = new2();
        let before = life.heads();
        life.act_after("ao", classified(first), before.clone());
        assert_eq!(life.act_after("ao_assistant", classified(second), before), COUNTS);
        let state = life.state();
        assert_eq!(state.level.number(), 3);
        assert_eq!(state.category, Some("targ.exclusion".into()), "category goes with the level");
        assert!(state.flags.contains(&CaseFlag::ConcurrentLevels));
        life.act("ao", classified(3));
        assert!(!life.state().flags.contains(&CaseFlag::ConcurrentLevels), "settled by someone who knew both");
    }
    // Equal levels are no conflict; the later one's category holds.
    let mut life = new2();
    let before = life.heads();
    life.act_after("ao", classified(2), before.clone());
    life.act_after("ao_assistant", classified(2), before);
    assert!(life.state().flags.is_empty());
}

#[test]
fn a_level_is_lowered_only_with_knowledge_of_the_higher() {
    let mut life = assigned2();
    let before = life.heads();
    life.act("ao", classified(3));
    // The manager had seen only level 2: concurrent, so the higher holds without a ruling.
    assert_eq!(life.act_after("ame_mgr", classified(1), before), COUNTS);
    assert_eq!(life.state().level.number(), 3);
    assert_eq!(life.act("ame_mgr", classified(1)), COUNTS);
    assert_eq!(life.state().level.number(), 1);
    // Raised by someone who did not know of the lowering: escalation beats de-escalation.
    let mut life = assigned3();
    let before = life.heads();
    life.act("ame_mgr", classified(2));
    life.act_after("pm_focal", classified(3), before);
    assert_eq!(life.state().level.number(), 3);
}

#[test]
fn raising_a_case_from_level_one_routes_it_anew() {
    let mut life = assigned1();
    assert_eq!(life.state().assignee, Some("ao".into()));
    life.act("ao", classified(2));
    assert_eq!(life.state().assignee, Some("pm_focal".into()));
    assert_eq!(
        life.rulings.last().map(|entry| &entry.ruling.verdict),
        Some(&Verdict::Routed { to: "pm_focal".into(), why: RouteReason::ProjectFocal })
    );
    let routed = life.rulings.len();
    life.act("ao", classified(3));
    assert_eq!(life.rulings.len(), routed, "from 2 to 3 it stays with whom it was");
    // A person's choice is not overruled by routing.
    let mut life = assigned2();
    life.act("ao", assigned("area_coord"));
    assert_eq!(life.state().assignee, Some("area_coord".into()));
    assert!(life.state().share_identity);
}

#[test]
fn no_route_is_due_before_triage_nor_after_the_end() {
    assert!(!new2().state().route_due());
    assert!(!sealed().state().route_due());
    assert!(!closed2().state().route_due());
    assert!(!void().state().route_due());
    let mut life = new2();
    let heads = life.heads();
    life.write("ao", classified(2), heads);
    assert!(life.state().route_due());
}

#[test]
fn a_reopened_case_starts_anew_and_keeps_its_history() {
    let mut life = closed2();
    life.today = "2026-03-20".into();
    life.act("ao", reopened());
    let state = life.state();
    assert_eq!((state.reopened, state.responded_on, state.closed_on, state.close_reason), (1, None, None, None));
    assert_eq!(state.assignee, Some("pm_focal".into()), "routed anew");
    assert!(state.answers.is_empty() && !state.share_identity && state.referral.is_none());
    assert_eq!(state.received_on, day("2026-03-01"));
    assert_eq!(life.act("ao", close(CloseReason::Responded)), refused(Refusal::NoResponse));
    life.act("ao", started());
    let of = life.id_of("ao", proposed());
    life.act("ao", Step::AnswerApproved { of });
    life.act("ao", responded("2026-03-20"));
    assert_eq!(life.act("ao", closed("2026-03-20", CloseReason::Responded)), COUNTS);
    assert_eq!(life.state().closed_on, Some(day("2026-03-20")));
    life.act("ame_mgr", reopened());
    assert_eq!(life.state().reopened, 2);
}

#[test]
fn an_answer_given_without_approval_is_flagged_until_one_counts() {
    let mut life = working2();
    life.act("ao", responded("2026-03-01"));
    assert!(life.state().flags.contains(&CaseFlag::AnsweredWithoutApproval));
    assert_eq!(life.state().responded_on, None);
    let of = life.id_of("ao", proposed());
    life.act("ao", Step::AnswerApproved { of });
    life.act("ao", responded("2026-03-01"));
    assert!(life.state().flags.is_empty());
    let mut life = new2();
    life.act("ao", responded("2026-03-01"));
    assert!(life.state().flags.contains(&CaseFlag::AnsweredWithoutApproval));
    let mut life = closed2();
    life.act("ao", responded("2026-03-05"));
    assert!(life.state().flags.is_empty());
}

#[test]
fn seen_is_an_officers_opening_or_acknowledgement_not_the_authors_own() {
    let acknowledged = || Step::Acknowledged { mode: "verbal".into(), receipt_given: true };
    let mut life = new2();
    life.act("receiver", acknowledged());
    let state = life.state();
    assert_eq!((state.seen, state.acknowledged_on), (false, Some(day("2026-03-01"))));
    life.today = "2026-03-04".into();
    life.act("ao", acknowledged());
    assert_eq!((life.state().seen, life.state().acknowledged_on), (true, Some(day("2026-03-01"))));
    let mut life = new2();
    life.act("ao", Step::Seen {});
    assert!(life.state().seen);
}

#[test]
fn what_the_server_decided_without_a_proposal_stands() {
    let mut life = working2();
    life.rule(None, Verdict::Escalated { to: "ame_mgr".into(), day: 0 });
    life.rule(None, Verdict::RefNoReissued { ref_no: "987654321".into() });
    life.rule(None, Verdict::MergedFrom { record: SURVIVOR, ref_no: "123456789".into() });
    let placed =
        Verdict::Placed { adm3: "SY020405".into(), projects: vec!["P02".into()], class: shared::model::record::Class::Case };
    life.rule(None, placed);
    let state = life.state();
    assert_eq!(state.escalated, [("ame_mgr".into(), 0)]);
    assert_eq!(state.ref_no_reissued.as_deref(), Some("987654321"));
    assert_eq!(state.merged_from, [(SURVIVOR, "123456789".to_owned())]);
    let placed = state.placed.unwrap();
    assert_eq!((placed.adm3.as_str(), placed.projects.len()), ("SY020405", 1));
    let merged = merged_case().state();
    assert_eq!(merged.merged_into, Some((SURVIVOR, "123456789".to_owned())));
    // Routing a case already in progress changes hands, not its state.
    life.rule(None, Verdict::Routed { to: "ao".into(), why: RouteReason::Fallback });
    assert_eq!((life.state().status, life.state().assignee), (Status::InProgress, Some("ao".into())));
}

#[test]
fn a_step_marked_not_counted_has_no_effect_though_it_came_first() {
    let mut life = new2();
    let id = life.id_of("ao", classified(3));
    assert_eq!(life.state().level.number(), 3);
    life.rule(Some(id), Verdict::NotCounted {});
    let state = life.state();
    assert_eq!((state.level.number(), state.standing(id)), (2, Some(NOT_COUNTED)));
    // An accepted proposal too.
    let mut life = responded2();
    let id = life.id_of("ao", close(CloseReason::Responded));
    life.rule(Some(id), Verdict::NotCounted {});
    assert_eq!(life.state().status, Status::Responded);
}

#[test]
fn a_hold_ends_with_whatever_ends_it() {
    let ends: [fn(&mut Life); 6] = [
        |life| {
            life.act("ao", resumed());
        },
        |life| {
            life.act("ao", assigned("ao"));
        },
        |life| {
            life.act("ao", referred(Consent::Yes, ""));
        },
        |life| {
            life.act("ao", merged(SURVIVOR));
        },
        |life| {
            life.act("ame_mgr", voided());
        },
        |life| {
            let of = life.id_of("ao", proposed());
            life.act("ao", Step::AnswerApproved { of });
        },
    ];
    for (i, end) in ends.into_iter().enumerate() {
        let mut life = on_hold();
        assert!(life.state().held.is_some());
        life.today = "2026-03-08".into();
        end(&mut life);
        let state = life.state();
        assert_eq!((state.held, state.hold_days), (None, 7), "{i}");
    }
    let mut life = assigned1();
    life.act("ao", held());
    life.today = "2026-03-03".into();
    life.act("ao", responded("2026-03-03"));
    assert_eq!((life.state().held, life.state().hold_days), (None, 2));
    let mut life = on_hold();
    life.today = "2026-03-03".into();
    life.act("ao", closed("2026-03-03", CloseReason::Withdrawn));
    assert_eq!((life.state().held, life.state().hold_days), (None, 2));
}

#[test]
fn attempts_are_kept_within_the_days_they_can_have_been_on() {
    let mut life = working2();
    life.today = "2026-03-06".into();
    for on in ["2026-02-20", "2026-03-03", "2026-03-30"] {
        life.act("ao", attempt(on, "call", "off", "morning"));
    }
    let days: Vec<String> = life.state().attempts.iter().map(|attempt| attempt.on.to_string()).collect();
    assert_eq!(days, ["2026-03-01", "2026-03-03", "2026-03-06"]);
}
