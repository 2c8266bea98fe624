//! What becomes of a complaint: the deeds people plan for it, one after the other. Whether one still fits when its day comes
//! is asked of the case itself.

use super::{complaints::Complaint, dice::Dice};
use shared::model::codes::{CloseReason, IdentityMode, SubjectRole};

/// Who does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// The officer; the manager where the accountability team is meant by the complaint.
    Officer,
    /// The assistant.
    Assistant,
    /// Whoever the case was given to.
    Handler,
    /// The AME manager.
    Manager,
}

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    See,
    Acknowledge,
    Classify,
    /// Classified again, one level higher.
    Raise,
    GiveToArea,
    Start,
    Followup,
    Hold,
    Resume,
    AskTime,
    GrantTime,
    Propose,
    Approve,
    Attempt,
    Respond,
    Close(CloseReason),
    Second,
    Refer,
    ReferralReceived,
    /// Into the case planned before it.
    Merge,
    Reopen,
    Void,
    Correct,
    /// A descriptive fact is set anew.
    Relocate,
}

/// One deed to come.
#[derive(Clone, Copy, Debug)]
pub(super) struct Planned {
    pub(super) who: Who,
    pub(super) deed: Deed,
    /// Days after the deed before it, at least.
    pub(super) after_days: i64,
    /// Done before looking for news: the phone had no network.
    pub(super) blind: bool,
}

/// What kind of story it is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Story {
    /// As it should go.
    Usual,
    /// Comes to a halt somewhere and goes overdue.
    Stuck,
    /// Closed, and comes back.
    Reopened,
    /// The same as the one before it.
    Duplicate,
    /// Entered in error.
    Void,
    /// Two people change one fact without network.
    Conflict,
    /// News arrive while it is being closed.
    Overtaken,
}

/// Builds a path.
#[derive(Default)]
struct Path(Vec<Planned>);

impl Path {
    fn then(&mut self, who: Who, deed: Deed, after_days: i64) -> &mut Self {
        self.0.push(Planned { who, deed, after_days, blind: false });
        self
    }

    fn blind(&mut self, who: Who, deed: Deed) -> &mut Self {
        self.0.push(Planned { who, deed, after_days: 0, blind: true });
        self
    }
}

/// The deeds for a complaint.
pub(super) fn path(dice: &mut Dice, complaint: &Complaint, story: Story) -> Vec<Planned> {
    let mut path = Path::default();
    if complaint.category.sealed {
        return path.0;
    }
    let level = complaint.category.level.number();
    let officer = Who::Officer;
    path.then(officer, Deed::See, dice.weighted(&[(0, 45), (1, 40), (2, 15)], 1));
    let asked = complaint.facts.contains_key("ack.mode");
    if !asked && !matches!(complaint.identity, IdentityMode::Anon) {
        path.then(officer, Deed::Acknowledge, 0);
    }
    match story {
        Story::Void => {
            path.then(Who::Manager, Deed::Void, 2);
            return path.0;
        }
        Story::Duplicate => {
            path.then(officer, Deed::Classify, 0).then(officer, Deed::Merge, 1);
            return path.0;
        }
        _ => {}
    }
    path.then(officer, Deed::Classify, 0);
    if complaint.category.code.as_str().starts_with("out.other") || complaint.category.code.as_str().starts_with("prot.") {
        path.then(officer, Deed::Refer, dice.between(0, 1));
        path.then(officer, Deed::ReferralReceived, dice.between(1, 6));
        path.then(officer, Deed::Close(CloseReason::ReferralAck), 1);
        return path.0;
    }
    if level == 1 {
        level_one(&mut path, dice, complaint);
    } else {
        worked(&mut path, dice, complaint, level, story);
    }
    match story {
        Story::Stuck => {
            // Classified at least; the rest never happens.
            let keep = usize::try_from(dice.between(2, 5)).unwrap_or(2).min(path.0.len().saturating_sub(2));
            path.0.truncate(keep);
        }
        Story::Reopened => again(&mut path, dice),
        _ => {}
    }
    path.0
}

fn level_one(path: &mut Path, dice: &mut Dice, complaint: &Complaint) {
    let who = if dice.chance(30) && complaint.subject == SubjectRole::None { Who::Assistant } else { Who::Officer };
    path.then(who, Deed::Respond, dice.weighted(&[(0, 55), (1, 25), (2, 12), (5, 8)], 0));
    path.then(who, Deed::Close(ending(dice, complaint)), dice.weighted(&[(0, 70), (1, 30)], 0));
}

/// Levels 2 and 3: someone is responsible, an answer is approved and given.
fn worked(path: &mut Path, dice: &mut Dice, complaint: &Complaint, level: u8, story: Story) {
    let handler = Who::Handler;
    if dice.chance(7) {
        path.then(Who::Officer, Deed::GiveToArea, 1);
    }
    if story == Story::Conflict {
        path.then(Who::Assistant, Deed::Relocate, 1).blind(Who::Officer, Deed::Relocate);
    }
    path.then(handler, Deed::Start, dice.between(1, 3));
    let raised = dice.chance(7);
    let level = if raised { 3 } else { level };
    if raised {
        path.then(Who::Officer, Deed::Raise, 1);
    }
    if dice.chance(55) {
        path.then(handler, Deed::Followup, dice.between(1, 3));
    }
    if dice.chance(3) {
        path.then(Who::Officer, Deed::Close(CloseReason::Withdrawn), 1);
        return;
    }
    if dice.chance(13) {
        path.then(handler, Deed::Hold, 1).then(handler, Deed::Resume, dice.between(3, 6));
    }
    // A complaint about the project's team goes up to the manager, who can't grant or approve what is their own.
    let is_managers = matches!(complaint.subject, SubjectRole::Project | SubjectRole::Unknown);
    if dice.chance(9) && !is_managers {
        path.then(handler, Deed::AskTime, 1).then(Who::Manager, Deed::GrantTime, 1).then(
            handler,
            Deed::Followup,
            dice.between(3, 7),
        );
    }
    if dice.chance(35) {
        path.then(Who::Officer, Deed::Followup, 1);
    }
    path.then(if is_managers { Who::Officer } else { handler }, Deed::Propose, dice.between(1, 4));
    path.then(if level >= 3 { Who::Manager } else { Who::Officer }, Deed::Approve, dice.between(0, 1));
    finish(path, dice, complaint, level, story);
}

fn finish(path: &mut Path, dice: &mut Dice, complaint: &Complaint, level: u8, story: Story) {
    let closer = if level >= 3 && dice.chance(60) { Who::Manager } else { Who::Officer };
    let reason = ending(dice, complaint);
    if reason == CloseReason::Responded && dice.chance(6) {
        path.then(Who::Assistant, Deed::Attempt, 0).then(Who::Assistant, Deed::Attempt, 3).then(Who::Officer, Deed::Attempt, 3);
        path.then(closer, Deed::Close(CloseReason::Unreachable), 0);
    } else {
        if reason == CloseReason::Responded {
            if dice.chance(25) {
                path.then(Who::Assistant, Deed::Attempt, 0);
            }
            path.then(Who::Officer, Deed::Respond, dice.between(0, 2));
        }
        if story == Story::Overtaken {
            path.then(Who::Assistant, Deed::Correct, 1).blind(Who::Officer, Deed::Close(reason));
        }
        path.then(closer, Deed::Close(reason), dice.between(0, 1));
    }
    if level >= 3 && closer == Who::Officer {
        path.then(Who::Manager, Deed::Second, 1);
    }
}

/// How a case like this ends when the answer is there.
fn ending(dice: &mut Dice, complaint: &Complaint) -> CloseReason {
    if complaint.identity != IdentityMode::Anon || complaint.category.level.number() == 1 {
        return CloseReason::Responded;
    }
    if dice.chance(50) { CloseReason::AnonNoContact } else { CloseReason::RespondedPublic }
}

/// It was closed and comes back. Whoever approved and closed it does so again.
fn again(path: &mut Path, dice: &mut Dice) {
    let of = |wanted: fn(Deed) -> bool| path.0.iter().rev().find(|planned| wanted(planned.deed)).map(|planned| planned.who);
    let (proposer, approver) = (of(|deed| deed == Deed::Propose).unwrap_or(Who::Handler), of(|deed| deed == Deed::Approve));
    let closer = of(|deed| matches!(deed, Deed::Close(_))).unwrap_or(Who::Officer);
    let seconded = of(|deed| deed == Deed::Second).is_some();
    path.then(Who::Officer, Deed::Reopen, dice.between(4, 18));
    if let Some(approver) = approver {
        path.then(Who::Handler, Deed::Start, 1).then(proposer, Deed::Propose, dice.between(1, 4)).then(
            approver,
            Deed::Approve,
            1,
        );
    }
    path.then(Who::Officer, Deed::Respond, 1).then(closer, Deed::Close(CloseReason::Responded), 0);
    if seconded {
        path.then(Who::Manager, Deed::Second, 1);
    }
}
