//! What a screen offers: allowed, fitting, and not waiting already.

use super::*;
use crate::fixture::{actor, settings};
use shared::{
    lifecycle::steps_open_to,
    model::record::{Class, DocKind},
    policy::Resource,
};

fn resource(level: u8, in_scope: bool) -> Resource {
    Resource {
        doc: DocKind::Case,
        class: if level >= 4 { Class::SealedHeader } else { Class::Case },
        level: shared::model::codes::Level::new(level),
        in_scope,
        author: false,
        unsent: false,
        assigned: !in_scope,
        implicated: false,
        share_identity: false,
        open: true,
    }
}

/// What the team is offered in its area, or a handler who is responsible.
fn offered(life: &Life, by: &str, in_scope: bool) -> Vec<&'static str> {
    let state = life.state();
    steps_open_to(&state, &actor(&settings(), by), &resource(state.level.number(), in_scope))
}

#[test]
fn each_state_offers_an_officer_what_fits_it() {
    type Open = (&'static str, fn() -> Life, &'static [&'static str]);
    let expected: [Open; 8] = [
        (
            "registered",
            new2,
            &[
                "seen",
                "acknowledged",
                "classified",
                "followup",
                "contact_attempt",
                "closed",
                "close_seconded",
                "referred",
                "merged",
                "correction",
            ],
        ),
        (
            "assigned",
            assigned2,
            &[
                "seen",
                "acknowledged",
                "classified",
                "assigned",
                "started",
                "held",
                "extension_asked",
                "answer_proposed",
                "followup",
                "contact_attempt",
                "closed",
                "referred",
                "merged",
                "correction",
            ],
        ),
        (
            "assigned at level 1",
            assigned1,
            &[
                "seen",
                "acknowledged",
                "classified",
                "assigned",
                "started",
                "held",
                "extension_asked",
                "answer_proposed",
                "followup",
                "contact_attempt",
                "responded",
                "closed",
                "referred",
                "merged",
                "correction",
            ],
        ),
        (
            "on hold",
            on_hold,
            &[
                "seen",
                "acknowledged",
                "classified",
                "assigned",
                "resumed",
                "extension_asked",
                "answer_proposed",
                "followup",
                "contact_attempt",
                "closed",
                "referred",
                "merged",
                "correction",
            ],
        ),
        (
            "answer ready",
            ready2,
            &[
                "seen",
                "acknowledged",
                "classified",
                "assigned",
                "extension_asked",
                "followup",
                "contact_attempt",
                "responded",
                "closed",
                "referred",
                "merged",
                "correction",
            ],
        ),
        (
            "referred out",
            Life::referred_out,
            &[
                "seen",
                "acknowledged",
                "classified",
                "assigned",
                "extension_asked",
                "followup",
                "contact_attempt",
                "responded",
                "closed",
                "referral_received",
                "merged",
                "correction",
            ],
        ),
        ("closed", closed2, &["classified", "reopened", "correction"]),
        ("sealed", sealed, &[]),
    ];
    for (name, life, kinds) in expected {
        let kinds: Vec<&str> = kinds.iter().copied().filter(|kind| *kind != "close_seconded").collect();
        assert_eq!(offered(&life(), "ao", true), kinds, "{name}");
    }
    assert_eq!(offered(&closed2(), "ame_mgr", true), ["classified", "reopened", "voided", "correction"]);
    assert_eq!(offered(&void(), "ame_mgr", true), ["correction"]);
}

#[test]
fn what_waits_is_not_offered_again_but_another_assignment_is() {
    let mut life = working2();
    assert!(offered(&life, "ao", true).contains(&"merged") && offered(&life, "ao", true).contains(&"assigned"));
    for step in [merged(SURVIVOR), assigned("ao"), extension_asked()] {
        let heads = life.heads();
        life.write("ao", step, heads);
    }
    let open = offered(&life, "ao", true);
    assert!(!open.contains(&"merged") && !open.contains(&"extension_asked") && open.contains(&"assigned"));
}

#[test]
fn seen_and_acknowledged_are_offered_once() {
    let mut life = new2();
    life.act("ao", Step::Seen {});
    assert!(!offered(&life, "ao", true).contains(&"seen"));
    life.act("ao", Step::Acknowledged { mode: "call".into(), receipt_given: false });
    assert!(!offered(&life, "ao", true).contains(&"acknowledged"));
}

#[test]
fn approvals_are_offered_to_someone_else_or_below_level_three_to_oneself() {
    let answer = |level: u8, proposer: &str, by: &str| {
        let mut life = Life::in_progress(level);
        life.act(proposer, proposed());
        offered(&life, by, true).contains(&"answer_approved")
    };
    assert!(answer(2, "ao", "ao") && answer(2, "pm_focal", "ao"));
    assert!(!answer(3, "pm_focal", "ao"), "level 3 is the manager's");
    assert!(answer(3, "pm_focal", "ame_mgr") && !answer(3, "ame_mgr", "ame_mgr"));
    assert!(!offered(&working2(), "ao", true).contains(&"answer_approved"), "nothing proposed");
    let mut life = Life::in_progress(2);
    let first = life.id_of("pm_focal", proposed());
    life.id_of("pm_focal", proposed());
    life.act("ao", Step::AnswerApproved { of: first });
    assert!(!offered(&life, "ao", true).contains(&"answer_approved"), "one is approved");

    let mut life = working2();
    life.act("ao", extension_asked());
    assert!(offered(&life, "ame_mgr", true).contains(&"extension_approved"));
    assert!(!offered(&life, "ao", true).contains(&"extension_approved"));
    let mut life = working2();
    life.act("ame_mgr", extension_asked());
    assert!(!offered(&life, "ame_mgr", true).contains(&"extension_approved"), "asked it oneself");

    let mut life = responded3();
    assert!(!offered(&life, "ame_mgr", true).contains(&"close_seconded"), "nothing to second");
    life.act("ao", close(CloseReason::Responded));
    assert!(offered(&life, "ame_mgr", true).contains(&"close_seconded"));
    assert!(offered(&life, "pm_focal", false).contains(&"close_seconded"));
    assert!(
        !offered(&life, "ao", true).contains(&"close_seconded")
            && !offered(&life, "ao_assistant", true).contains(&"close_seconded")
    );
    assert!(!offered(&life, "ame_mgr", true).contains(&"closed"), "a closing waits already");
}

#[test]
fn the_projects_side_raises_a_level_until_it_would_be_sealed() {
    assert!(offered(&assigned2(), "pm_focal", false).contains(&"classified"));
    assert!(!offered(&assigned3(), "pm_focal", false).contains(&"classified"));
    assert!(offered(&assigned3(), "ao", true).contains(&"classified"));
    assert!(offered(&assigned2(), "pm_focal", true).is_empty(), "in its area, but not responsible");
}
