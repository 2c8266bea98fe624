//! What a person may do next, for screens. The gate never asks this: it depends on the case's state.

use super::{
    CaseState, SessionState,
    rule::{fits, role_may},
};
use crate::{
    model::{
        event::{SealedDeed, Step},
        ids::EventId,
        role::Role,
    },
    policy::{self, Action, Actor, Resource},
};

/// Steps (`Step::right`) this person may take now on a case, in the order of `Step::KINDS` and `SealedDeed::RIGHTS`: allowed by
/// policy, fitting the state and level, and not waiting for a ruling already. `seen` is among them when opening the case should write it.
#[must_use]
pub fn steps_open_to(state: &CaseState, actor: &Actor, resource: &Resource) -> Vec<&'static str> {
    let open = |kind: &&str| {
        *kind != "registered"
            && policy::may(actor, Action::Step(kind), Some(resource))
            && fits(state, kind).is_ok()
            && role_may(kind, actor.role, state.level).is_ok()
            && !waits(state, kind)
            && leaves_something(state, kind, actor)
    };
    Step::KINDS.into_iter().chain(SealedDeed::RIGHTS).filter(open).collect()
}

fn waits(state: &CaseState, kind: &str) -> bool {
    // Two assignments may wait at once: the later one wins.
    kind != "assigned" && state.pending.iter().any(|id| state.step(*id).is_some_and(|step| step.kind == Some(kind)))
}

/// Steps that need something of another person, or have something left to change.
fn leaves_something(state: &CaseState, kind: &str, actor: &Actor) -> bool {
    let by_other = |id: EventId| state.step(id).is_some_and(|step| step.by.as_ref() != Some(&actor.user));
    match kind {
        "classified" => matches!(actor.role, Role::Ao | Role::AoAssistant | Role::AmeMgr) || state.level.number() < 3,
        "extension_approved" => state.extension_asked.is_some_and(|(id, _)| by_other(id)),
        "answer_approved" => {
            let open = state.answers.iter().filter(|answer| answer.approved_by.is_none());
            open.into_iter().any(|answer| state.level.number() <= 2 || by_other(answer.proposed))
        }
        "close_seconded" => {
            state.pending.iter().any(|id| state.step(*id).is_some_and(|step| step.kind == Some("closed")) && by_other(*id))
        }
        _ => true,
    }
}

/// The same for a session.
#[must_use]
pub fn session_steps_open_to(state: &SessionState, actor: &Actor, resource: &Resource) -> Vec<&'static str> {
    let fits = |kind: &str| match kind {
        "estimate_dropped" => !state.estimates.is_empty(),
        "drop_undone" => state.drops.iter().any(|drop| drop.by == actor.user),
        "session_registered" | "session_joined" | "box_opened" => false,
        "plan_changed" => state.planned,
        "voided" => state.pending.is_empty(),
        _ => true,
    };
    let open = |kind: &&str| !state.void && fits(kind) && policy::may(actor, Action::Step(kind), Some(resource));
    Step::KINDS.into_iter().filter(open).collect()
}
