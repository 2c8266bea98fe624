//! A sealed case: what each plain step does to where it stands, what fits, and when it may be closed. Its words are sealed, so
//! nothing here knows them; who may step at which level is policy's.
//!
//! # Source
//! domain.md §6 (T4, T10-T13, T17, T18, T20), §2.1; design.md §7.

use super::{
    Attempt, CaseState, EventEntry, Reaching, Referral,
    closing::unseen_information,
    fold::Folding,
    rule::{Check, RuleContext},
};
use crate::{
    model::{
        codes::{CaseFlag, CloseReason, Level, Status},
        dates::Day,
        event::SealedDeed,
        ids::{Code, EventId, UserId},
        role::Role,
        ruling::Refusal,
    },
    policy::Actor,
};

impl Folding<'_> {
    /// Lets a step that counts on receipt take effect. False if the case is not sealed.
    pub(super) fn sealed_step(&mut self, i: usize, entry: &EventEntry, deed: &SealedDeed, day: Day, replaced: bool) -> bool {
        if !self.state.level.is_sealed() {
            return false;
        }
        let state = &mut self.state;
        match deed {
            SealedDeed::Acknowledged {} => {
                state.acknowledged_on.get_or_insert(day);
            }
            SealedDeed::Followup {} => {}
            SealedDeed::ContactAttempt {} => {
                let on = day.max(state.received_on);
                state.attempts.push(Attempt { on, mode: Code::default(), result: Code::default(), time: String::new() });
            }
            SealedDeed::Referred {} => {
                state.referral = Some(Referral { event: entry.id, received_on: None, person_told: false });
            }
            SealedDeed::Responded {} => {
                state.responded_on.get_or_insert(day);
                if replaced {
                    state.flags.insert(CaseFlag::StatedDayReplaced);
                }
            }
            SealedDeed::HandedOver {} => {
                state.handed_over_on.get_or_insert(day);
            }
            SealedDeed::Relevelled { level, recipients } => self.relevel(i, *level, recipients),
            SealedDeed::Closed { .. } => return false,
        }
        // Whoever works on it has seen it.
        self.state.seen |= entry.event.by != self.state.recorded_by;
        true
    }

    /// T18: another level has other readers.
    pub(super) fn relevel(&mut self, i: usize, level: Level, recipients: &[UserId]) {
        self.state.level = level;
        self.state.level_step = Some(i);
        self.state.recipients = recipients.to_vec();
    }
}

/// Whether a step of this kind fits where a sealed case stands.
pub(super) fn fits(state: &CaseState, kind: &str) -> Check {
    let require = |fits: bool| if fits { Ok(()) } else { Err(Refusal::WrongState) };
    match kind {
        _ if !SealedDeed::RIGHTS.contains(&kind) && kind != "seen" => Err(Refusal::WrongState),
        "sealed_closed" if state.status.is_ended() => Err(Refusal::AlreadyClosed),
        "seen" => require(!state.seen),
        "sealed_acknowledged" => require(state.acknowledged_on.is_none()),
        "sealed_handed_over" => require(state.handed_over_on.is_none()),
        _ => Ok(()),
    }
}

/// What stands against a proposal.
pub(super) fn check(state: &CaseState, id: EventId, deed: &SealedDeed, author: &Actor, context: &RuleContext<'_>) -> Check {
    if !state.level.is_sealed() {
        return Err(Refusal::WrongState);
    }
    fits(state, deed.right())?;
    match deed {
        SealedDeed::Relevelled { level, .. } => check_lower(state, id, *level, author),
        SealedDeed::Closed { reason } => check_closing(state, id, *reason, author, context),
        _ => Ok(()),
    }
}

/// T18 down: by whoever answers for level 5, having seen the level that holds.
fn check_lower(state: &CaseState, id: EventId, to: Level, author: &Actor) -> Check {
    let role = to >= state.level || matches!(author.role, Role::PseaFp | Role::HqIu);
    let saw = state.level_step.is_none_or(|i| state.steps.get(i).is_none_or(|step| state.saw(id, step.step)));
    if role && saw { Ok(()) } else { Err(Refusal::MayNotLower) }
}

/// T17: level 5 ends with the handover and in no other way. Level 4 as other cases do, as far as plain days tell.
fn check_closing(state: &CaseState, id: EventId, reason: CloseReason, author: &Actor, context: &RuleContext<'_>) -> Check {
    let require = |fits: bool, why: Refusal| if fits { Ok(()) } else { Err(why) };
    let handed_over = require(state.handed_over_on.is_some(), Refusal::NotHandedOver);
    if unseen_information(state, id, author) {
        return Err(Refusal::NewInformation);
    }
    if state.level.number() >= 5 {
        require(reason != CloseReason::Withdrawn, Refusal::CannotWithdraw)?;
        require(matches!(author.role, Role::PseaFp | Role::HqIu), Refusal::NeedsHigherRole)?;
        handed_over?;
        return require(reason == CloseReason::IuHandover, Refusal::WrongState);
    }
    require(matches!(author.role, Role::AmeMgr | Role::Cd | Role::HqIu), Refusal::NeedsHigherRole)?;
    match reason {
        CloseReason::IuHandover => handed_over,
        CloseReason::Responded | CloseReason::RespondedPublic => require(state.responded_on.is_some(), Refusal::NoResponse),
        CloseReason::Unreachable => require(Reaching::of(state).is_enough(&context.settings.limits), Refusal::TooFewAttempts),
        CloseReason::ReferralAck => require(state.referral.is_some(), Refusal::ReferralOpen),
        CloseReason::AnonNoContact | CloseReason::Withdrawn => Ok(()),
        CloseReason::Duplicate | CloseReason::Void => Err(Refusal::WrongState),
    }
}

/// The state a case is open in again.
pub(super) const fn reopened_status(level: Level) -> Status {
    if level.is_sealed() { Status::Sealed } else { Status::Triaged }
}
