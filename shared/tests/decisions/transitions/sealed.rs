//! Every step on a sealed case, allowed and refused: T4, T10-T13, T17, T18, T20 as far as plain kinds and days tell.

use super::{COUNTS, Line, NOT_COUNTED, holds_as_written};
use crate::{
    fixture::{actor, day, noon, settings},
    life::{Life, classified, refused, registered, responded, started, voided},
};
use shared::{
    clocks::{self, Due},
    lifecycle::{self, Calendar, CaseState, RulingEntry},
    model::{
        codes::{CaseFlag, CloseReason, Level, Status},
        event::{SealedDeed, Step},
        ids::UserId,
        order::Order,
        record::{Class, DocKind},
        ruling::{Raised, Refusal, Ruling, Verdict},
    },
    policy::{self, RecordFacts},
};

fn sealed(level: u8) -> Life {
    let mut header = registered(level, "");
    (header.category, header.entry_type, header.subject_role) = (None, None, None);
    let recipients: &[&str] = if level == 4 { &["ame_mgr", "cd"] } else { &["hq_iu", "psea_fp"] };
    header.recipients = recipients.iter().map(|id| UserId::from(*id)).collect();
    let mut life = Life::from("receiver", header);
    life.today = "2026-03-04".into();
    life
}

fn did(deed: SealedDeed) -> Step {
    Step::SealedStep { on: day("2026-03-04"), deed }
}
fn close(reason: CloseReason) -> Step {
    did(SealedDeed::Closed { reason })
}
fn relevel(level: u8, recipients: &[&str]) -> Step {
    let recipients = recipients.iter().map(|id| UserId::from(*id)).collect();
    did(SealedDeed::Relevelled { level: Level::new(level).unwrap(), recipients })
}
fn after(mut life: Life, by: &str, steps: &[Step]) -> Life {
    steps.iter().for_each(|step| assert_eq!(life.act(by, step.clone()), COUNTS, "{step:?}"));
    life
}

fn l4() -> Life {
    sealed(4)
}
fn l5() -> Life {
    sealed(5)
}
fn l4_answered() -> Life {
    after(l4(), "cd", &[did(SealedDeed::Responded {})])
}
fn l4_handed() -> Life {
    after(l4(), "ame_mgr", &[did(SealedDeed::HandedOver {})])
}
fn l5_handed() -> Life {
    after(l5(), "psea_fp", &[did(SealedDeed::HandedOver {})])
}
fn l5_closed() -> Life {
    after(l5_handed(), "psea_fp", &[close(CloseReason::IuHandover)])
}
fn l4_referred() -> Life {
    after(l4(), "ame_mgr", &[did(SealedDeed::Referred {})])
}
fn l4_tried() -> Life {
    let mut life = l4();
    for on in ["2026-03-02", "2026-03-05", "2026-03-07"] {
        life.today = on.into();
        life.act("cd", Step::SealedStep { on: day(on), deed: SealedDeed::ContactAttempt {} });
    }
    life
}
fn plain() -> Life {
    Life::in_progress(2)
}

fn table() -> Vec<Line> {
    use CloseReason::{
        AnonNoContact, Duplicate, IuHandover, ReferralAck, Responded, RespondedPublic, Unreachable, Void, Withdrawn,
    };
    use Refusal as R;
    use SealedDeed as D;
    use Status::{Closed, InProgress, Sealed};
    vec![
        ("acknowledged by the receiver", l5, "receiver", did(D::Acknowledged {}), COUNTS, Sealed),
        ("acknowledged later", l4, "ame_mgr", did(D::Acknowledged {}), COUNTS, Sealed),
        ("a follow-up", l5, "psea_fp", did(D::Followup {}), COUNTS, Sealed),
        ("a try to reach the person", l5, "psea_fp", did(D::ContactAttempt {}), COUNTS, Sealed),
        ("T13 referred", l5, "psea_fp", did(D::Referred {}), COUNTS, Sealed),
        ("a safe progress message", l5, "psea_fp", did(D::Responded {}), COUNTS, Sealed),
        ("T17 handed over", l5, "psea_fp", did(D::HandedOver {}), COUNTS, Sealed),
        ("T18 up to 5", l4, "ame_mgr", relevel(5, &["hq_iu", "psea_fp"]), COUNTS, Sealed),
        ("T18 down by the focal point", l5, "psea_fp", relevel(4, &["ame_mgr", "cd"]), COUNTS, Sealed),
        ("T18 down by the Unit", l5, "hq_iu", relevel(4, &["cd"]), COUNTS, Sealed),
        ("T18 down by the director", l5, "cd", relevel(4, &["cd"]), refused(R::MayNotLower), Sealed),
        ("seen", l5, "psea_fp", Step::Seen {}, COUNTS, Sealed),
        // T17.
        ("T17", l5_handed, "psea_fp", close(IuHandover), COUNTS, Closed),
        ("T17 by the Unit", l5_handed, "hq_iu", close(IuHandover), COUNTS, Closed),
        ("T17 by the director", l5_handed, "cd", close(IuHandover), refused(R::NeedsHigherRole), Sealed),
        ("T17 before the handover", l5, "psea_fp", close(IuHandover), refused(R::NotHandedOver), Sealed),
        ("T17 for another reason", l5_handed, "psea_fp", close(Responded), refused(R::WrongState), Sealed),
        ("T17 answered, not handed over", l5, "psea_fp", close(Responded), refused(R::NotHandedOver), Sealed),
        ("T20 of a safeguarding concern", l5_handed, "psea_fp", close(Withdrawn), refused(R::CannotWithdraw), Sealed),
        ("T17 twice", l5_closed, "psea_fp", close(IuHandover), refused(R::AlreadyClosed), Closed),
        // T11 at level 4.
        ("T11 level 4", l4_answered, "ame_mgr", close(Responded), COUNTS, Closed),
        ("T11 level 4 in public", l4_answered, "cd", close(RespondedPublic), COUNTS, Closed),
        ("T11 level 4 without an answer", l4, "ame_mgr", close(Responded), refused(R::NoResponse), Sealed),
        ("T11 level 4 by an officer", l4_answered, "ao", close(Responded), refused(R::NeedsHigherRole), Sealed),
        ("T17 level 4", l4_handed, "cd", close(IuHandover), COUNTS, Closed),
        ("T17 level 4 before the handover", l4, "cd", close(IuHandover), refused(R::NotHandedOver), Sealed),
        ("T12 level 4", l4_tried, "cd", close(Unreachable), COUNTS, Closed),
        ("T12 level 4 untried", l4, "cd", close(Unreachable), refused(R::TooFewAttempts), Sealed),
        ("T21 level 4", l4_referred, "cd", close(ReferralAck), COUNTS, Closed),
        ("T21 level 4 unreferred", l4, "cd", close(ReferralAck), refused(R::ReferralOpen), Sealed),
        ("T20 level 4", l4, "ame_mgr", close(Withdrawn), COUNTS, Closed),
        ("T22 level 4", l4, "cd", close(AnonNoContact), COUNTS, Closed),
        ("T14 level 4", l4, "cd", close(Duplicate), refused(R::WrongState), Sealed),
        ("T19 level 4", l4, "cd", close(Void), refused(R::WrongState), Sealed),
        // A sealed case has no steps with words, and a plain one none without.
        ("T6 of a sealed case", l4, "ame_mgr", started(), NOT_COUNTED, Sealed),
        ("T10 of a sealed case", l4, "cd", responded("2026-03-04"), NOT_COUNTED, Sealed),
        ("T19 of a sealed case", l4, "ame_mgr", voided(), refused(R::WrongState), Sealed),
        ("T18 of a sealed case", l4, "ame_mgr", classified(5), refused(R::WrongState), Sealed),
        ("a follow-up after the closing", l5_closed, "psea_fp", did(D::Followup {}), COUNTS, Closed),
        ("a sealed step on a plain case", plain, "ao", did(D::Followup {}), NOT_COUNTED, InProgress),
        ("a sealed closing of a plain case", plain, "ao", close(Withdrawn), refused(R::WrongState), InProgress),
    ]
}

#[test]
fn every_step_on_a_sealed_case_is_allowed_or_refused_as_written() {
    holds_as_written(table());
}

#[test]
fn kinds_and_days_alone_keep_the_clocks_and_figures() {
    let mut life = l5();
    life.act("receiver", did(SealedDeed::Acknowledged {}));
    assert!(!life.state().seen, "who took it has not looked at it for those who read it");
    life.act("psea_fp", did(SealedDeed::Responded {}));
    life.act("psea_fp", did(SealedDeed::HandedOver {}));
    let state = life.state();
    assert!(state.seen && state.is_open());
    let on = Some(day("2026-03-04"));
    assert_eq!((state.acknowledged_on, state.responded_on, state.handed_over_on), (on, on, on));
    assert_eq!(clocks::response(&state, &settings(), day("2026-05-01")), Due::Ended { days: 3, in_time: true });
    assert_eq!(clocks::closure(&state, &settings(), day("2026-03-20")), Due::Overdue { days: 4 });
    life.act("hq_iu", close(CloseReason::IuHandover));
    let state = life.state();
    assert_eq!((state.closed_on, state.close_reason), (on, Some(CloseReason::IuHandover)));
    assert_eq!((state.outcome, &state.satisfaction), (None, &None), "those are told in words");
    assert_eq!(clocks::closure(&state, &settings(), day("2026-05-01")), Due::Ended { days: 3, in_time: true });
}

#[test]
fn a_stated_day_far_from_its_receipt_does_not_stand() {
    let mut life = l5();
    life.today = "2026-03-30".into();
    life.act("psea_fp", did(SealedDeed::Responded {}));
    let state = life.state();
    assert_eq!(state.responded_on, Some(day("2026-03-30")));
    assert!(state.flags.contains(&CaseFlag::StatedDayReplaced));
}

#[test]
fn words_that_cross_a_closing_open_the_case_again_sealed() {
    let mut life = l5_handed();
    let before = life.heads();
    life.act("psea_fp", close(CloseReason::IuHandover));
    life.act_after("hq_iu", did(SealedDeed::Followup {}), before.clone());
    let state = life.state();
    assert_eq!((state.status, state.closed_on), (Status::Sealed, None));
    assert!(state.flags.contains(&CaseFlag::ClosedWhileNewInformation));
    // And a closing that knows nothing of it is refused.
    let again = life.act_after("psea_fp", close(CloseReason::IuHandover), before);
    assert_eq!(again, refused(Refusal::NewInformation));
}

#[test]
fn another_level_has_other_recipients_and_a_ruling_others_again() {
    let mut life = l4();
    life.act("cd", relevel(5, &["hq_iu", "psea_fp"]));
    let names = |state: &CaseState| state.recipients.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!((life.state().level.number(), names(&life.state())), (5, vec!["hq_iu".into(), "psea_fp".into()]));
    life.rule(None, Verdict::Recipients { users: vec!["hq_iu".into()] });
    assert_eq!(names(&life.state()), ["hq_iu"]);
    // Lowered without knowing that it was raised meanwhile.
    let mut life = l5();
    let before = life.heads();
    life.act("hq_iu", relevel(4, &["cd"]));
    life.act("cd", relevel(5, &["psea_fp"]));
    assert_eq!(life.act_after("psea_fp", relevel(4, &["cd"]), before), refused(Refusal::MayNotLower));
}

#[test]
fn a_raised_case_goes_on_from_the_ruling_that_says_so() {
    let mut header = registered(5, "");
    (header.category, header.entry_type, header.subject_role) = (None, None, None);
    header.recipients = vec!["psea_fp".into()];
    let raised = Raised {
        by: "receiver".into(),
        recorded_at: noon("2026-03-01"),
        first_at: noon("2026-03-02"),
        set: 4,
        acknowledged_on: Some(day("2026-03-01")),
        registered: header,
    };
    let ruling =
        |n, verdict| RulingEntry { order: Order { epoch: 1, n }, ruling: Ruling { at: noon("2026-03-08"), on: None, verdict } };
    let placed = Verdict::Placed { adm3: "SY020400".into(), projects: vec![], class: Class::SealedHeader };
    let rulings = [ruling(1, Verdict::Raised(raised.clone())), ruling(2, placed)];
    let text = serde_json::to_string(&rulings[0].ruling).unwrap();
    assert!(text.contains(r#""r":"raised""#) && serde_json::from_str::<Ruling>(&text).unwrap() == rulings[0].ruling);
    let state = lifecycle::fold(&[], &rulings, &[], Calendar::from(&settings())).unwrap();
    assert_eq!((state.status, state.level.number(), state.recorded_by.as_str()), (Status::Sealed, 5, "receiver"));
    assert_eq!((state.received_on, state.acknowledged_on), (day("2026-03-01"), Some(day("2026-03-01"))));
    assert_eq!((state.first_receipt_at, state.registered_at), (Some(noon("2026-03-02")), noon("2026-03-01")));
    assert_eq!((state.recorded_under, state.recipients.len()), (4, 1));
    assert!(!state.seen && state.placed.is_some());
    assert_eq!(clocks::closure(&state, &settings(), day("2026-03-08")), Due::Ok { left: 8 });
}

#[test]
fn a_plain_case_is_raised_only_where_someone_has_a_key() {
    let mut life = plain();
    assert_eq!(life.act("pm_focal", classified(5)), refused(Refusal::SealingNotOpen));
    life.can_seal = true;
    assert_eq!(life.act("pm_focal", classified(5)), COUNTS);
    assert_eq!(life.state().level.number(), 5);
}

#[test]
fn whoever_holds_it_is_offered_its_steps_and_nobody_else_any() {
    let settings = settings();
    let open = |life: &Life, by: &str| {
        let (state, actor) = (life.state(), actor(&settings, by));
        let adm3 = state.adm3.clone();
        let resource = policy::resource(
            &settings,
            &actor,
            &RecordFacts {
                doc: DocKind::Case,
                class: Class::SealedHeader,
                level: Some(state.level),
                adm3: &adm3,
                projects: &[],
                author: &state.recorded_by,
                unsent: false,
                named: &state.recipients,
                share_identity: false,
                subject_role: None,
                partner: None,
                open: state.is_open(),
            },
        );
        lifecycle::steps_open_to(&state, &actor, &resource)
    };
    let all = ["seen"].into_iter().chain(SealedDeed::RIGHTS).collect::<Vec<_>>();
    assert_eq!(open(&l5(), "psea_fp"), all);
    assert_eq!(open(&l4(), "cd"), all);
    for by in ["receiver", "ao", "ame_mgr", "cd", "hq_ame", "admin"] {
        assert_eq!(open(&l5(), by), Vec::<&str>::new(), "{by}");
    }
    let handed = open(&l5_handed(), "hq_iu");
    assert!(!handed.contains(&"sealed_handed_over") && !handed.contains(&"seen") && handed.contains(&"sealed_closed"));
    let closed = open(&l5_closed(), "psea_fp");
    assert!(!closed.contains(&"sealed_closed") && closed.contains(&"sealed_followup"));
    let mut waiting = l5_handed();
    let after = waiting.heads();
    waiting.write("psea_fp", close(CloseReason::IuHandover), after);
    assert!(!open(&waiting, "hq_iu").contains(&"sealed_closed"), "it waits for a ruling already");
    assert!(!open(&plain(), "ao").iter().any(|kind| kind.starts_with("sealed_")));
}
