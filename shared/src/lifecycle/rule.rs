//! The server's answer to a proposal. Pure: the state folded with the proposal in it, its author, and a few facts of the record.
//!
//! # Source
//! domain.md §6, T5 and T8-T22; design.md §3.

use super::{CaseState, EventEntry, SessionState, closing, sealed};
use crate::{
    model::{
        codes::{Consent, IdentityMode, Level, Status},
        event::Step,
        ids::{EventId, RecordId, UserId},
        order::StepRef,
        role::Role,
        ruling::{Refusal, Verdict},
    },
    policy::Actor,
    routing::{self, CaseFacts},
    settings::Settings,
};

/// What a ruling needs besides the folded state.
#[derive(Clone, Copy, Debug)]
pub struct RuleContext<'a> {
    /// The settings in force at the server.
    pub settings: &'a Settings,
    /// The record.
    pub record: RecordId,
    /// Place, project, partner and subject, for exclusion. Their level is the folded one.
    pub facts: &'a CaseFacts<'a>,
    /// The case document's `intake.identity_mode`.
    pub identity_mode: Option<IdentityMode>,
    /// The contact document holds a phone number or a place where the person can be met.
    pub contact_known: bool,
    /// The case document's `consent.refer`.
    pub consent_refer: Option<Consent>,
    /// The case a `Merged` event names, if the server holds it.
    pub merge_target: Option<MergeTarget>,
    /// Someone who may read the case at the level proposed has a key that it can be sealed to.
    pub can_seal: bool,
}

impl RuleContext<'_> {
    fn implicates(&self, user: &UserId) -> bool {
        let CaseFacts { subject_role, project, author, partner, .. } = *self.facts;
        routing::implicated(self.settings, subject_role, project, author, partner, user)
    }
}

/// The case that is to survive a merge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MergeTarget {
    /// It is open.
    pub open: bool,
    /// It is of levels 1-3.
    pub unsealed: bool,
}

/// What stands against a step, or nothing.
pub(super) type Check = Result<(), Refusal>;

/// Rules on one pending proposal of `state` (folded with it, see [`CaseState::pending`]). None: it goes on waiting for
/// another person's step (a second person for closing a level 3 case).
///
/// The server calls it for each pending event in order, writes what comes back as a ruling, folds again, and repeats until
/// nothing more is ruled: a `CloseSeconded` that is accepted lets the `Closed` before it be ruled.
#[must_use]
pub fn rule(state: &CaseState, proposal: &EventEntry, author: &Actor, context: &RuleContext<'_>) -> Option<Verdict> {
    let answer = if context.implicates(&author.user) {
        Err(Refusal::Implicated)
    } else {
        match &proposal.event.step {
            Step::Closed { reason, actions_done, .. } => {
                match closing::check(state, proposal.id, *reason, *actions_done, author, context) {
                    Ok(closing::Ready::Now) => Ok(()),
                    Ok(closing::Ready::NeedsSecond) => return None,
                    Err(why) => Err(why),
                }
            }
            Step::SealedStep { deed, .. } => sealed::check(state, proposal.id, deed, author, context),
            step => check(state, proposal.id, step, author, context),
        }
    };
    Some(match answer {
        Ok(()) => Verdict::Accepted {},
        Err(why) => Verdict::Refused { why },
    })
}

fn check(state: &CaseState, id: EventId, step: &Step, author: &Actor, context: &RuleContext<'_>) -> Check {
    fits(state, step.kind())?;
    role_may(step.kind(), author.role, state.level)?;
    match step {
        Step::Classified { level, .. } => check_level(state, id, *level, author, context),
        Step::Assigned { to, .. } => check_assignee(state, to, context),
        Step::ExtensionApproved { of } => check_extension(state, *of, author),
        Step::AnswerApproved { of } => check_approval(state, *of, author),
        Step::CloseSeconded { of } => check_second(state, *of, author),
        Step::Referred { consent, ground, .. } => {
            let consented = *consent == Consent::Yes && context.consent_refer != Some(Consent::No);
            if consented || !ground.trim().is_empty() { Ok(()) } else { Err(Refusal::NoConsent) }
        }
        Step::Merged { into, .. } => match context.merge_target {
            Some(MergeTarget { open: true, unsealed: true }) if *into != context.record => Ok(()),
            _ => Err(Refusal::BadTarget),
        },
        _ => Ok(()),
    }
}

/// Whether a step of this kind fits where the case stands.
pub(super) fn fits(state: &CaseState, kind: &str) -> Check {
    use Status::{AnswerReady, Assigned, Closed, InProgress, Merged, OnHold, ReferredOut, Registered, Triaged, Void};
    let status = state.status;
    if state.level.is_sealed() {
        return sealed::fits(state, kind);
    }
    let require = |fits: bool| if fits { Ok(()) } else { Err(Refusal::WrongState) };
    match kind {
        "reopened" => match status {
            Closed => Ok(()),
            Merged | Void => Err(Refusal::WrongState),
            _ => Err(Refusal::NotClosed),
        },
        "voided" => require(status != Void),
        "classified" => require(!matches!(status, Void | Merged)),
        "correction" => Ok(()),
        _ if status.is_ended() => Err(Refusal::AlreadyClosed),
        "seen" => require(!state.seen),
        "acknowledged" => require(state.acknowledged_on.is_none()),
        "assigned" => require(status != Registered),
        "extension_asked" => require(status != Registered && state.extension_asked.is_none()),
        "extension_approved" => require(state.extension_asked.is_some()),
        "started" => require(matches!(status, Triaged | Assigned)),
        "held" => require(matches!(status, Triaged | Assigned | InProgress)),
        "resumed" => require(status == OnHold),
        "answer_proposed" => require(matches!(status, Triaged | Assigned | InProgress | OnHold)),
        "answer_approved" => require(matches!(status, InProgress | OnHold)),
        "responded" => {
            let working = matches!(status, Triaged | Assigned | InProgress | OnHold);
            require(matches!(status, AnswerReady | ReferredOut) || (working && state.level.number() == 1))
        }
        "referred" => require(status != ReferredOut),
        "referral_received" => require(status == ReferredOut),
        "merged" | "closed" | "close_seconded" | "followup" | "contact_attempt" => Ok(()),
        _ => Err(Refusal::WrongState),
    }
}

/// Whether a role may take such a step at this level. Narrower than policy, which can't ask the level that holds.
pub(super) fn role_may(kind: &str, role: Role, level: Level) -> Check {
    let managers = matches!(role, Role::AmeMgr | Role::Cd | Role::HqIu);
    let team = managers || matches!(role, Role::Ao | Role::AoAssistant);
    match kind {
        "extension_approved" if !managers => Err(Refusal::NeedsHigherRole),
        "voided" if role != Role::AmeMgr => Err(Refusal::NeedsHigherRole),
        "answer_approved" if level.number() >= 3 && team && !managers => Err(Refusal::NotAllowedAtLevel),
        "close_seconded" if matches!(role, Role::AoAssistant | Role::Receiver) => Err(Refusal::NeedsHigherRole),
        "assigned" | "answer_approved" | "referred" | "referral_received" | "merged" | "reopened" if !team => {
            Err(Refusal::NeedsHigherRole)
        }
        _ => Ok(()),
    }
}

/// T18. Raising to 4-5: by anyone who can read it, if it can be sealed to somebody. Lowering: from 3 the AME manager, from 2 the
/// team, having seen the level that holds.
fn check_level(state: &CaseState, id: EventId, to: Level, author: &Actor, context: &RuleContext<'_>) -> Check {
    if to.is_sealed() {
        return if context.can_seal { Ok(()) } else { Err(Refusal::SealingNotOpen) };
    }
    if to >= state.level {
        return Ok(());
    }
    let saw = state.level_step.is_none_or(|j| state.sight.place(StepRef::Event(id)).is_some_and(|i| state.sight.saw(i, j)));
    let role = match state.level.number() {
        ..=2 => matches!(author.role, Role::Ao | Role::AoAssistant | Role::AmeMgr),
        _ => author.role == Role::AmeMgr,
    };
    if saw && role { Ok(()) } else { Err(Refusal::MayNotLower) }
}

/// T5.
fn check_assignee(state: &CaseState, to: &UserId, context: &RuleContext<'_>) -> Check {
    if context.implicates(to) {
        return Err(Refusal::Implicated);
    }
    let facts = CaseFacts { level: state.level, ..*context.facts };
    if routing::is_eligible(context.settings, &facts, to) { Ok(()) } else { Err(Refusal::NotEligible) }
}

/// T8: another person than the one who asked.
fn check_extension(state: &CaseState, of: EventId, author: &Actor) -> Check {
    match &state.extension_asked {
        Some((asked, _)) if *asked == of => another_person(state, of, author),
        _ => Err(Refusal::WrongState),
    }
}

/// T9: at level 3 another person than the one who proposed it; below an officer may approve their own.
fn check_approval(state: &CaseState, of: EventId, author: &Actor) -> Check {
    let open = state.answers.iter().any(|answer| answer.proposed == of && answer.approved_by.is_none());
    if !open {
        return Err(Refusal::WrongState);
    }
    if state.level.number() >= 3 { another_person(state, of, author) } else { Ok(()) }
}

/// T11 at level 3: someone else agrees to a closing that still waits.
fn check_second(state: &CaseState, of: EventId, author: &Actor) -> Check {
    let waits = state.pending.contains(&of) && state.step(of).is_some_and(|step| step.kind == Some("closed"));
    if !waits {
        return Err(Refusal::WrongState);
    }
    another_person(state, of, author)
}

fn another_person(state: &CaseState, than_of: EventId, author: &Actor) -> Check {
    let same = state.step(than_of).is_some_and(|step| step.by.as_ref() == Some(&author.user));
    if same { Err(Refusal::NeedsSecondPerson) } else { Ok(()) }
}

/// Rules on one pending proposal of a session: only `Voided` waits.
#[must_use]
pub fn rule_session(state: &SessionState, proposal: &EventEntry, author: &Actor) -> Verdict {
    let may = matches!(author.role, Role::Ao | Role::AoAssistant | Role::AmeMgr) || author.user == state.recorded_by;
    match &proposal.event.step {
        Step::Voided { .. } if state.void => Verdict::Refused { why: Refusal::WrongState },
        Step::Voided { .. } if !may => Verdict::Refused { why: Refusal::NeedsHigherRole },
        Step::Voided { .. } => Verdict::Accepted {},
        _ => Verdict::Refused { why: Refusal::WrongState },
    }
}
