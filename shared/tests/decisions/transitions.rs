//! Every transition of domain.md §6, allowed and refused, in one table: who does what to a case in which state, and what
//! becomes of the step and the case. Those of sealed cases are in `sealed`; T16 (appeals) is not open.

mod open;
mod sealed;
mod stories;

use crate::{
    fixture::day,
    life::{
        Life, RECORD, SURVIVOR, assigned, attempt, classified, closed, correction, extension_asked, followup, held, merged,
        proposed, referral_received, referred, refused, registered, reopened, responded, resumed, started, voided,
    },
};
use shared::{
    lifecycle::{MergeTarget, StepStanding},
    model::{
        codes::{CaseFlag, CloseReason, Consent, IdentityMode, Status, SubjectRole},
        event::Step,
        ids::EventId,
        ruling::{Refusal, RouteReason, Verdict},
    },
};

/// Case, who, what, what becomes of the step, where the case then stands.
type Line = (&'static str, fn() -> Life, &'static str, Step, StepStanding, Status);

const COUNTS: StepStanding = StepStanding::Counts;
const AWAITS: StepStanding = StepStanding::Awaits;
const NOT_COUNTED: StepStanding = StepStanding::NotCounted;

fn new2() -> Life {
    Life::new(2)
}
fn new1() -> Life {
    Life::new(1)
}
fn assigned1() -> Life {
    Life::assigned(1)
}
fn assigned2() -> Life {
    Life::assigned(2)
}
fn assigned3() -> Life {
    Life::assigned(3)
}
fn working2() -> Life {
    Life::in_progress(2)
}
fn working3() -> Life {
    Life::in_progress(3)
}
fn on_hold() -> Life {
    let mut life = working2();
    life.act("ao", held());
    life
}
fn ready2() -> Life {
    Life::answer_ready(2)
}
fn ready3() -> Life {
    Life::answer_ready(3)
}
fn responded2() -> Life {
    Life::responded(2)
}
fn responded3() -> Life {
    Life::responded(3)
}
fn closed2() -> Life {
    Life::closed(2)
}
fn void() -> Life {
    let mut life = new2();
    life.act("ame_mgr", voided());
    life
}
fn merged_case() -> Life {
    let mut life = assigned2();
    life.act("ao", merged(SURVIVOR));
    life
}
fn sealed() -> Life {
    let mut header = registered(5, "ser.sea");
    (header.category, header.entry_type, header.subject_role) = (None, None, None);
    Life::from("receiver", header)
}
fn anonymous_ready() -> Life {
    let mut life = ready2();
    life.identity_mode = IdentityMode::Anon;
    life
}
fn no_contact_ready() -> Life {
    let mut life = ready2();
    life.contact_known = false;
    life
}
/// Three failed tries in two modes over five days.
fn tried() -> Life {
    tried_as(&[("2026-03-02", "call"), ("2026-03-05", "visit"), ("2026-03-07", "call")])
}
fn tried_as(tries: &[(&str, &str)]) -> Life {
    let mut life = working2();
    for (on, mode) in tries {
        life.today = (*on).into();
        life.act("ao", attempt(on, mode, "no_answer", ""));
    }
    life
}
fn tried_often_in_one_mode() -> Life {
    tried_as(&[("2026-03-02", "call"), ("2026-03-05", "call"), ("2026-03-07", "call")])
}
fn tried_twice_a_day() -> Life {
    tried_as(&[("2026-03-02", "call"), ("2026-03-02", "call"), ("2026-03-07", "call")])
}
fn tried_in_two_modes_twice_a_day() -> Life {
    tried_as(&[("2026-03-02", "call"), ("2026-03-02", "visit"), ("2026-03-07", "call")])
}
fn tried_in_four_days() -> Life {
    tried_as(&[("2026-03-02", "call"), ("2026-03-05", "visit"), ("2026-03-06", "call")])
}
fn tried_twice() -> Life {
    tried_as(&[("2026-03-02", "call"), ("2026-03-07", "visit")])
}
fn reached_once() -> Life {
    let mut life = tried_twice();
    life.act("ao", attempt("2026-03-07", "visit", "reached", "noon"));
    life
}
fn referral_confirmed() -> Life {
    let mut life = Life::referred_out();
    life.act("ao", referral_received(true));
    life
}
fn referral_untold() -> Life {
    let mut life = Life::referred_out();
    life.act("ao", referral_received(false));
    life
}
fn safeguarding() -> Life {
    let mut life = Life::from("receiver", registered(2, "prot.medical"));
    let Step::Classified { entry_type, level, urgency, reason, .. } = classified(2) else { unreachable!() };
    life.act("ao", Step::Classified { entry_type, category: "prot.medical".into(), level, urgency, reason });
    life
}
/// A category of the sealed lane on a case that was never sealed.
fn conduct() -> Life {
    let mut life = new2();
    let Step::Classified { entry_type, level, urgency, reason, .. } = classified(2) else { unreachable!() };
    life.act("ao", Step::Classified { entry_type, category: "cond.respect".into(), level, urgency, reason });
    life
}
fn no_refer() -> Life {
    let mut life = working2();
    life.consent_refer = Some(Consent::No);
    life
}
fn about_the_project() -> Life {
    let mut life = Life::from("receiver", registered(2, "qual.delay"));
    life.subject_role = SubjectRole::Project;
    life.act("ao", classified(2));
    life
}
fn about_accountability() -> Life {
    let mut life = Life::from("receiver", registered(2, "qual.delay"));
    life.subject_role = SubjectRole::Accountability;
    life.act("ame_mgr", classified(2));
    life
}
fn without_target() -> Life {
    let mut life = working2();
    life.merge_target = None;
    life
}
fn target_closed() -> Life {
    let mut life = working2();
    life.merge_target = Some(MergeTarget { open: false, unsealed: true });
    life
}
fn target_sealed() -> Life {
    let mut life = working2();
    life.merge_target = Some(MergeTarget { open: true, unsealed: false });
    life
}
fn close(reason: CloseReason) -> Step {
    closed("2026-03-07", reason)
}
fn open_actions() -> Step {
    let Step::Closed { on, reason, outcome, note, satisfaction, .. } = close(CloseReason::Responded) else { unreachable!() };
    Step::Closed { on, reason, outcome, note, satisfaction, actions_done: false }
}
fn nowhere() -> EventId {
    EventId([0xee; 8])
}

fn table() -> Vec<Line> {
    use CloseReason::{
        AnonNoContact, Duplicate, IuHandover, ReferralAck, Responded, RespondedPublic, Unreachable, Void, Withdrawn,
    };
    use Refusal as R;
    vec![
        // T2, T18.
        ("T2", new2, "ao", classified(2), COUNTS, Status::Assigned),
        ("T2 by the assistant", new2, "ao_assistant", classified(3), COUNTS, Status::Assigned),
        ("T2 below what the form derived", new2, "ao", classified(1), COUNTS, Status::Assigned),
        ("T18 up", assigned2, "pm_focal", classified(3), COUNTS, Status::Assigned),
        ("T18 same level, other category", working2, "ao", classified(2), COUNTS, Status::InProgress),
        ("T18 up to 4", working2, "ao", classified(4), refused(R::SealingNotOpen), Status::InProgress),
        ("T18 up to 5 at triage", new2, "ao", classified(5), refused(R::SealingNotOpen), Status::Registered),
        ("T18 down from 3 by an officer", assigned3, "ao", classified(2), refused(R::MayNotLower), Status::Assigned),
        ("T18 down from 3 by the manager", assigned3, "ame_mgr", classified(2), COUNTS, Status::Assigned),
        ("T18 down from 2 by an officer", assigned2, "ao", classified(1), COUNTS, Status::Assigned),
        ("T18 down from 2 by the assistant", assigned2, "ao_assistant", classified(1), COUNTS, Status::Assigned),
        ("T18 down from 2 by the manager", assigned2, "ame_mgr", classified(1), COUNTS, Status::Assigned),
        ("T18 down from 2 by the project", assigned2, "pm_focal", classified(1), refused(R::MayNotLower), Status::Assigned),
        ("T18 of a closed case", closed2, "ao", classified(3), COUNTS, Status::Closed),
        ("T18 of a void case", void, "ao", classified(3), NOT_COUNTED, Status::Void),
        ("T18 of a merged case", merged_case, "ao", classified(3), NOT_COUNTED, Status::Merged),
        ("T2 of a sealed case", sealed, "ao", classified(3), NOT_COUNTED, Status::Sealed),
        ("T18 down of a sealed case", sealed, "ao", classified(5), refused(R::WrongState), Status::Sealed),
        // T3.
        ("T3 answered on the spot", assigned1, "ao", responded("2026-03-01"), COUNTS, Status::Responded),
        (
            "T3 while on hold",
            || {
                let mut l = assigned1();
                l.act("ao", held());
                l
            },
            "ao",
            responded("2026-03-01"),
            COUNTS,
            Status::Responded,
        ),
        ("T3 before triage", new1, "ao", responded("2026-03-01"), NOT_COUNTED, Status::Registered),
        ("T3 at level 2", working2, "ao", responded("2026-03-01"), NOT_COUNTED, Status::InProgress),
        // T5.
        ("T5", assigned2, "ao", assigned("area_coord"), COUNTS, Status::Assigned),
        ("T5 from work in progress", working2, "ame_mgr", assigned("ao"), COUNTS, Status::Assigned),
        ("T5 of an answer that is ready", ready2, "ao", assigned("ao"), COUNTS, Status::AnswerReady),
        ("T5 before triage", new2, "ao", assigned("pm_focal"), refused(R::WrongState), Status::Registered),
        ("T5 by the project", assigned2, "pm_focal", assigned("area_coord"), refused(R::NeedsHigherRole), Status::Assigned),
        ("T5 to someone elsewhere", assigned2, "ao", assigned("ao2"), refused(R::NotEligible), Status::Assigned),
        ("T5 to a receiver", assigned2, "ao", assigned("receiver"), refused(R::NotEligible), Status::Assigned),
        ("T5 to nobody known", assigned2, "ao", assigned("ghost"), refused(R::NotEligible), Status::Assigned),
        ("T5 to the project at level 1", assigned1, "ao", assigned("pm_focal"), refused(R::NotEligible), Status::Assigned),
        ("T5 to someone implicated", about_the_project, "ao", assigned("pm_focal"), refused(R::Implicated), Status::Assigned),
        ("T5 by someone implicated", about_accountability, "ao", assigned("pm_focal"), refused(R::Implicated), Status::Assigned),
        ("T5 of a closed case", closed2, "ao", assigned("ao"), refused(R::AlreadyClosed), Status::Closed),
        // T6, T7.
        ("T6", assigned2, "pm_focal", started(), COUNTS, Status::InProgress),
        ("T6 twice", working2, "ao", started(), NOT_COUNTED, Status::InProgress),
        ("T6 before triage", new2, "ao", started(), NOT_COUNTED, Status::Registered),
        ("T7", working2, "ao", held(), COUNTS, Status::OnHold),
        ("T7 from assigned", assigned2, "pm_focal", held(), COUNTS, Status::OnHold),
        ("T7 of an answer that is ready", ready2, "ao", held(), NOT_COUNTED, Status::AnswerReady),
        ("T7 back", on_hold, "ao", resumed(), COUNTS, Status::InProgress),
        ("T7 back from work", working2, "ao", resumed(), NOT_COUNTED, Status::InProgress),
        // T8, first half.
        ("T8 asked", working2, "pm_focal", extension_asked(), COUNTS, Status::InProgress),
        ("T8 asked before triage", new2, "ao", extension_asked(), refused(R::WrongState), Status::Registered),
        ("T8 asked of a closed case", closed2, "ao", extension_asked(), refused(R::AlreadyClosed), Status::Closed),
        (
            "T8 approved, nothing asked",
            working2,
            "ame_mgr",
            Step::ExtensionApproved { of: nowhere() },
            refused(R::WrongState),
            Status::InProgress,
        ),
        // T9, first half.
        ("T9 proposed", assigned2, "pm_focal", proposed(), COUNTS, Status::InProgress),
        ("T9 proposed on hold", on_hold, "ao", proposed(), COUNTS, Status::OnHold),
        ("T9 proposed before triage", new2, "ao", proposed(), NOT_COUNTED, Status::Registered),
        ("T9 proposed, one is approved", ready2, "ao", proposed(), NOT_COUNTED, Status::AnswerReady),
        (
            "T9 approved, nothing proposed",
            working2,
            "ao",
            Step::AnswerApproved { of: nowhere() },
            refused(R::WrongState),
            Status::InProgress,
        ),
        // T10.
        ("T10", ready2, "ao", responded("2026-03-01"), COUNTS, Status::Responded),
        ("T10 at level 3", ready3, "ao", responded("2026-03-01"), COUNTS, Status::Responded),
        ("T10 without an approved answer", working3, "ao", responded("2026-03-01"), NOT_COUNTED, Status::InProgress),
        ("T10 a second time", responded2, "ao", responded("2026-03-05"), COUNTS, Status::Responded),
        ("T10 of a closed case", closed2, "ao", responded("2026-03-05"), NOT_COUNTED, Status::Closed),
        ("telling the person of a referral", Life::referred_out, "ao", responded("2026-03-01"), COUNTS, Status::ReferredOut),
        // T11.
        ("T11 level 2", responded2, "ao", close(Responded), COUNTS, Status::Closed),
        ("T11 level 2 by the assistant", responded2, "ao_assistant", close(Responded), COUNTS, Status::Closed),
        ("T11 level 3 by the manager", responded3, "ame_mgr", close(Responded), COUNTS, Status::Closed),
        ("T11 level 3 by an officer waits", responded3, "ao", close(Responded), AWAITS, Status::Responded),
        (
            "T11 level 3 by the assistant",
            responded3,
            "ao_assistant",
            close(Responded),
            refused(R::NotAllowedAtLevel),
            Status::Responded,
        ),
        ("T11 by the project", responded2, "pm_focal", close(Responded), refused(R::NeedsHigherRole), Status::Responded),
        ("T11 without an answer", ready2, "ao", close(Responded), refused(R::NoResponse), Status::AnswerReady),
        ("T11 before triage", new2, "ao", close(Responded), refused(R::NoResponse), Status::Registered),
        ("T11 with open actions", responded2, "ao", open_actions(), refused(R::ActionsOpen), Status::Responded),
        ("T11 twice", closed2, "ao", close(Responded), refused(R::AlreadyClosed), Status::Closed),
        ("T11 of a void case", void, "ao", close(Responded), refused(R::AlreadyClosed), Status::Void),
        ("T11 of a sealed case", sealed, "ao", close(Responded), refused(R::WrongState), Status::Sealed),
        // T12.
        ("T12", tried, "ao", close(Unreachable), COUNTS, Status::Closed),
        ("T12 three times in one mode", tried_often_in_one_mode, "ao", close(Unreachable), COUNTS, Status::Closed),
        (
            "T12 on hold",
            || {
                let mut l = tried();
                l.act("ao", held());
                l
            },
            "ao",
            close(Unreachable),
            COUNTS,
            Status::Closed,
        ),
        (
            "T12 with an answer ready",
            || {
                let mut l = tried();
                let of = l.id_of("ao", proposed());
                l.act("ao", Step::AnswerApproved { of });
                l
            },
            "ao",
            close(Unreachable),
            COUNTS,
            Status::Closed,
        ),
        ("T12 in two modes at two times", tried_in_two_modes_twice_a_day, "ao", close(Unreachable), COUNTS, Status::Closed),
        (
            "T12 at two times in one mode",
            tried_twice_a_day,
            "ao",
            close(Unreachable),
            refused(R::TooFewAttempts),
            Status::InProgress,
        ),
        ("T12 within four days", tried_in_four_days, "ao", close(Unreachable), refused(R::TooFewAttempts), Status::InProgress),
        ("T12 after two tries", tried_twice, "ao", close(Unreachable), refused(R::TooFewAttempts), Status::InProgress),
        ("T12 reached meanwhile", reached_once, "ao", close(Unreachable), refused(R::TooFewAttempts), Status::InProgress),
        ("T12 before work began", assigned2, "ao", close(Unreachable), refused(R::WrongState), Status::Assigned),
        // T13, T21.
        ("T13", working2, "ao", referred(Consent::Yes, ""), COUNTS, Status::ReferredOut),
        ("T13 on a written ground", working2, "ao", referred(Consent::No, "danger to life"), COUNTS, Status::ReferredOut),
        ("T13 without consent", working2, "ao", referred(Consent::No, " "), refused(R::NoConsent), Status::InProgress),
        ("T13 could not be asked", working2, "ao", referred(Consent::NotPossible, ""), refused(R::NoConsent), Status::InProgress),
        (
            "T13 against what the person said at intake",
            no_refer,
            "ao",
            referred(Consent::Yes, ""),
            refused(R::NoConsent),
            Status::InProgress,
        ),
        ("T13 twice", Life::referred_out, "ao", referred(Consent::Yes, ""), refused(R::WrongState), Status::ReferredOut),
        ("T13 by the project", working2, "pm_focal", referred(Consent::Yes, ""), refused(R::NeedsHigherRole), Status::InProgress),
        ("T13 of a closed case", closed2, "ao", referred(Consent::Yes, ""), refused(R::AlreadyClosed), Status::Closed),
        ("receipt of the other body", Life::referred_out, "ao", referral_received(true), COUNTS, Status::ReferredOut),
        ("receipt, nothing referred", working2, "ao", referral_received(true), refused(R::WrongState), Status::InProgress),
        ("T21", referral_confirmed, "ao", close(ReferralAck), COUNTS, Status::Closed),
        ("T21, the person untold", referral_untold, "ao", close(ReferralAck), refused(R::ReferralOpen), Status::ReferredOut),
        ("T21 without a receipt", Life::referred_out, "ao", close(ReferralAck), refused(R::ReferralOpen), Status::ReferredOut),
        ("T21, nothing referred", working2, "ao", close(ReferralAck), refused(R::WrongState), Status::InProgress),
        // T14.
        ("T14", working2, "ao", merged(SURVIVOR), COUNTS, Status::Merged),
        ("T14 into itself", working2, "ao", merged(RECORD), refused(R::BadTarget), Status::InProgress),
        ("T14 into nothing", without_target, "ao", merged(SURVIVOR), refused(R::BadTarget), Status::InProgress),
        ("T14 into a closed case", target_closed, "ao", merged(SURVIVOR), refused(R::BadTarget), Status::InProgress),
        ("T14 into a sealed case", target_sealed, "ao", merged(SURVIVOR), refused(R::BadTarget), Status::InProgress),
        ("T14 by the project", working2, "pm_focal", merged(SURVIVOR), refused(R::NeedsHigherRole), Status::InProgress),
        ("T14 of a closed case", closed2, "ao", merged(SURVIVOR), refused(R::AlreadyClosed), Status::Closed),
        // T15.
        ("T15", closed2, "ao", reopened(), COUNTS, Status::Assigned),
        ("T15 of an open case", working2, "ao", reopened(), refused(R::NotClosed), Status::InProgress),
        ("T15 of a void case", void, "ao", reopened(), refused(R::WrongState), Status::Void),
        ("T15 of a merged case", merged_case, "ao", reopened(), refused(R::WrongState), Status::Merged),
        ("T15 by the project", closed2, "pm_focal", reopened(), refused(R::NeedsHigherRole), Status::Closed),
        // T17, T14, T19 as closings.
        ("T17 of a plain case", responded2, "ao", close(IuHandover), refused(R::WrongState), Status::Responded),
        ("a closing as duplicate", responded2, "ao", close(Duplicate), refused(R::WrongState), Status::Responded),
        ("a closing as void", responded2, "ao", close(Void), refused(R::WrongState), Status::Responded),
        // T19.
        ("T19", working2, "ame_mgr", voided(), COUNTS, Status::Void),
        ("T19 of a closed case", closed2, "ame_mgr", voided(), COUNTS, Status::Void),
        ("T19 by an officer", working2, "ao", voided(), refused(R::NeedsHigherRole), Status::InProgress),
        ("T19 by the director", working2, "cd", voided(), refused(R::NeedsHigherRole), Status::InProgress),
        ("T19 twice", void, "ame_mgr", voided(), refused(R::WrongState), Status::Void),
        // T20.
        ("T20", working2, "ao", close(Withdrawn), COUNTS, Status::Closed),
        ("T20 before triage", new2, "ao", close(Withdrawn), COUNTS, Status::Closed),
        ("T20 level 3 by an officer alone", working3, "ao", close(Withdrawn), COUNTS, Status::Closed),
        (
            "T20 level 3 by the assistant",
            working3,
            "ao_assistant",
            close(Withdrawn),
            refused(R::NotAllowedAtLevel),
            Status::InProgress,
        ),
        ("T20 of a safeguarding concern", safeguarding, "ao", close(Withdrawn), refused(R::CannotWithdraw), Status::Assigned),
        ("T20 of a report on conduct", conduct, "ao", close(Withdrawn), refused(R::CannotWithdraw), Status::Assigned),
        // T22.
        ("T22 answered in public", ready2, "ao", close(RespondedPublic), COUNTS, Status::Closed),
        ("T22 answered in public, no answer", working2, "ao", close(RespondedPublic), refused(R::NoResponse), Status::InProgress),
        ("T22 anonymous", anonymous_ready, "ao", close(AnonNoContact), COUNTS, Status::Closed),
        ("T22 no contact known", no_contact_ready, "ao", close(AnonNoContact), COUNTS, Status::Closed),
        ("T22 the person can be reached", ready2, "ao", close(AnonNoContact), refused(R::ContactExists), Status::AnswerReady),
        ("T22 before an answer", working2, "ao", close(AnonNoContact), refused(R::WrongState), Status::InProgress),
        ("T22 level 3 waits for a second", ready3, "ao", close(RespondedPublic), AWAITS, Status::AnswerReady),
        // Notes count wherever the case stands.
        ("a correction after the closing", closed2, "receiver", correction(), COUNTS, Status::Closed),
        ("a follow-up", assigned2, "pm_focal", followup(), COUNTS, Status::Assigned),
        ("a second registration", new2, "receiver", Step::Registered(registered(1, "info.crm")), NOT_COUNTED, Status::Registered),
        (
            "a session's step on a case",
            new2,
            "receiver",
            Step::SessionRegistered { planned: false },
            NOT_COUNTED,
            Status::Registered,
        ),
    ]
}

fn holds_as_written(table: Vec<Line>) {
    let mut wrong = Vec::new();
    for (name, life, by, step, standing, status) in table {
        let mut life = life();
        let got = life.act(by, step);
        let stands = life.state().status;
        if (got, stands) != (standing, status) {
            wrong.push(format!("{name}: {got:?}, {stands:?} instead of {standing:?}, {status:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_transition_is_allowed_or_refused_as_written() {
    holds_as_written(table());
}

#[test]
fn the_table_meets_every_refusal_that_is_not_about_two_people() {
    let met: Vec<Refusal> =
        table().into_iter().filter_map(|line| if let StepStanding::Refused(why) = line.4 { Some(why) } else { None }).collect();
    let elsewhere = [Refusal::NeedsSecondPerson, Refusal::NewInformation, Refusal::NotHandedOver];
    for refusal in Refusal::ALL {
        assert!(met.contains(refusal) || elsewhere.contains(refusal), "{refusal:?} is met by no line");
    }
}
