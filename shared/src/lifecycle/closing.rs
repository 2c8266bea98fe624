//! When a case may be closed, reason by reason.
//!
//! # Source
//! domain.md §6: T11, T12, T20-T22; §3 (who closes which level).

use super::{
    CaseState, Reaching,
    rule::{Check, RuleContext, fits},
};
use crate::{
    model::{
        codes::{CloseReason, IdentityMode, Level, Status},
        ids::{EventId, UserId},
        order::StepRef,
        role::Role,
        ruling::Refusal,
    },
    policy::Actor,
};
use std::collections::BTreeSet;

/// Whether a closing that fits can be ruled now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ready {
    /// Yes.
    Now,
    /// Only once a second person agrees.
    NeedsSecond,
}

pub(super) fn check(
    state: &CaseState,
    id: EventId,
    reason: CloseReason,
    actions_done: bool,
    author: &Actor,
    context: &RuleContext<'_>,
) -> Result<Ready, Refusal> {
    fits(state, "closed")?;
    if unseen_information(state, id, author) {
        return Err(Refusal::NewInformation);
    }
    reason_fits(state, reason, context)?;
    if !actions_done {
        return Err(Refusal::ActionsOpen);
    }
    let ready = who_closes(reason, author.role, state.level)?;
    let seconded = state.seconds.iter().any(|(of, by)| *of == id && *by != author.user);
    Ok(if seconded { Ready::Now } else { ready })
}

/// Something arrived that the author did not know, before the proposal or while it waits for a second person: a step, or other
/// people's change of the facts.
pub(super) fn unseen_information(state: &CaseState, id: EventId, author: &Actor) -> bool {
    let Some(close) = state.sight.place(StepRef::Event(id)) else { return false };
    let revised =
        |(by, known_to): &(Option<UserId>, BTreeSet<EventId>)| !known_to.contains(&id) && by.as_ref() != Some(&author.user);
    state.information.iter().any(|&j| !state.sight.saw(close, j)) || state.revised.iter().any(revised)
}

fn reason_fits(state: &CaseState, reason: CloseReason, context: &RuleContext<'_>) -> Check {
    use Status::{AnswerReady, InProgress, OnHold, ReferredOut, Responded};
    let require = |fits: bool, why: Refusal| if fits { Ok(()) } else { Err(why) };
    let status = state.status;
    match reason {
        // T11.
        CloseReason::Responded => require(status == Responded, Refusal::NoResponse),
        // T22.
        CloseReason::RespondedPublic => require(matches!(status, AnswerReady | Responded), Refusal::NoResponse),
        CloseReason::AnonNoContact => {
            require(matches!(status, AnswerReady | Responded), Refusal::WrongState)?;
            let anonymous = context.identity_mode == Some(IdentityMode::Anon);
            require(anonymous || !context.contact_known, Refusal::ContactExists)
        }
        // T12.
        CloseReason::Unreachable => {
            require(matches!(status, InProgress | OnHold | AnswerReady), Refusal::WrongState)?;
            require(Reaching::of(state).is_enough(&context.settings.limits), Refusal::TooFewAttempts)
        }
        // T20: from anywhere open.
        CloseReason::Withdrawn => require(!is_safeguarding(state, context), Refusal::CannotWithdraw),
        // T21.
        CloseReason::ReferralAck => {
            require(status == ReferredOut, Refusal::WrongState)?;
            let confirmed = state.referral.as_ref().is_some_and(|r| r.received_on.is_some() && r.person_told);
            require(confirmed, Refusal::ReferralOpen)
        }
        // T14 and T19 have steps of their own; T17 is of sealed cases.
        CloseReason::Duplicate | CloseReason::Void | CloseReason::IuHandover => Err(Refusal::WrongState),
    }
}

/// A concern about someone's safety goes on without the person.
fn is_safeguarding(state: &CaseState, context: &RuleContext<'_>) -> bool {
    let category = state.category.as_ref();
    let sealed = category.and_then(|code| context.settings.category(code)).is_some_and(|category| category.sealed);
    sealed || category.is_some_and(|code| code.as_str().starts_with("prot."))
}

/// Levels 1-2 the team; level 3 the AME manager, or an officer with a second person. A withdrawal and a confirmed referral need
/// no second person (T20, T21).
fn who_closes(reason: CloseReason, role: Role, level: Level) -> Result<Ready, Refusal> {
    let alone = matches!(reason, CloseReason::Withdrawn | CloseReason::ReferralAck);
    match (role, level.number()) {
        (Role::AmeMgr | Role::Cd | Role::HqIu, _) | (Role::Ao | Role::AoAssistant, ..=2) => Ok(Ready::Now),
        (Role::Ao, _) if alone => Ok(Ready::Now),
        (Role::Ao, _) => Ok(Ready::NeedsSecond),
        (Role::AoAssistant, _) => Err(Refusal::NotAllowedAtLevel),
        _ => Err(Refusal::NeedsHigherRole),
    }
}
