//! The server's answer to a proposal. Pure: the state folded with the proposal in it, its author, and a few facts of the record.
//!
//! # Source
//! domain.md §6, T5 and T8-T22; design.md §3.

use super::{CaseState, EventEntry, SessionState};
use crate::{
    model::{
        codes::{Consent, IdentityMode},
        ids::RecordId,
        ruling::Verdict,
    },
    policy::Actor,
    routing::CaseFacts,
    settings::Settings,
};

/// What a ruling needs besides the folded state.
#[derive(Clone, Copy, Debug)]
pub struct RuleContext<'a> {
    /// The settings in force at the server.
    pub settings: &'a Settings,
    /// The record.
    pub record: RecordId,
    /// Place, project, partner and subject, for exclusion; its level is the folded one's.
    pub facts: &'a CaseFacts<'a>,
    /// The case document's `intake.identity_mode`.
    pub identity_mode: Option<IdentityMode>,
    /// The contact document holds a phone number or a place where the person can be met.
    pub contact_known: bool,
    /// The case document's `consent.refer`.
    pub consent_refer: Option<Consent>,
    /// The case a `Merged` event names, if the server holds it.
    pub merge_target: Option<MergeTarget>,
}

/// The case that is to survive a merge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MergeTarget {
    /// It is open.
    pub open: bool,
    /// It is of levels 1-3.
    pub unsealed: bool,
}

/// Rules on one pending proposal of `state` (folded with it, see [`CaseState::pending`]). None: it goes on waiting for
/// another person's step (a second person for closing a level 3 case).
///
/// The server calls it for each pending event in order, writes what comes back as a ruling, folds again, and repeats until
/// nothing more is ruled: a `CloseSeconded` that is accepted lets the `Closed` before it be ruled.
#[must_use]
pub fn rule(_state: &CaseState, _proposal: &EventEntry, _author: &Actor, _context: &RuleContext<'_>) -> Option<Verdict> {
    unimplemented!()
}

/// Rules on one pending proposal of a session: only `Voided` waits.
#[must_use]
pub fn rule_session(_state: &SessionState, _proposal: &EventEntry, _author: &Actor) -> Verdict {
    unimplemented!()
}
