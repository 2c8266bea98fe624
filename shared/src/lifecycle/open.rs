//! What a person may do next, for screens. The gate never asks this: it depends on the case's state.

use super::{CaseState, SessionState};
use crate::{
    policy::{Actor, Resource},
    settings::Settings,
};

/// Kinds of steps (`Step::kind`) this person may take now on a case, in the order of `Step::KINDS`: allowed by policy, fitting
/// the state, and not waiting for a ruling already. `seen` is among them when opening the case should write it.
#[must_use]
pub fn steps_open_to(_state: &CaseState, _actor: &Actor, _resource: &Resource, _settings: &Settings) -> Vec<&'static str> {
    unimplemented!()
}

/// The same for a session.
#[must_use]
pub fn session_steps_open_to(_state: &SessionState, _actor: &Actor, _resource: &Resource) -> Vec<&'static str> {
    unimplemented!()
}
