//! Checks 4 to 8: whose change it is, where it stands among the others, and that it is encoded as Automerge would.

use super::{Code, Denial, Ingress, Park};
use crate::{
    document::{
        change::Change,
        fold::{Document, Past},
    },
    model::ids::ChangeHash,
};
use std::collections::BTreeSet;

/// What the author had, if the envelope holds.
pub(super) fn check(document: &Document, change: &Change, ingress: &Ingress<'_>) -> Result<Past, Denial> {
    let actor = change.actor().ok_or_else(|| Denial::refuse(4, Code::Actor, ""))?;
    if actor.is_upgrade() {
        return Err(Denial::park(4, Park::Upgrade, Code::LaterKey, ""));
    }
    if actor.as_device().is_none_or(|(device, _)| device != ingress.device) {
        return Err(Denial::refuse(4, Code::Actor, ""));
    }
    let last = document.last_of(change.as_automerge().actor_id());
    let seen = last.map_or(0, |(seq, _)| seq);
    if change.seq() <= seen {
        return Err(Denial::refuse(5, Code::SeqUsed, ""));
    }
    if change.seq() > seen + 1 {
        return Err(Denial::park(5, Park::MissingDeps, Code::SeqGap, ""));
    }
    let past = past(document, change, last.map(|(_, own)| own))?;
    let before = change.deps().filter_map(|dep| document.max_op_of(&dep)).max().unwrap_or(0);
    if change.start_op() != before + 1 {
        return Err(Denial::refuse(7, Code::Clock, ""));
    }
    if !change.is_canonical() {
        return Err(Denial::refuse(8, Code::NotCanonical, ""));
    }
    if change.operations() == 0 {
        return Err(Denial::refuse(8, Code::Empty, ""));
    }
    Ok(past)
}

fn past(document: &Document, change: &Change, own: Option<ChangeHash>) -> Result<Past, Denial> {
    let deps: BTreeSet<_> = change.deps().collect();
    if deps.is_empty() || deps.len() != change.deps().count() {
        return Err(Denial::refuse(6, Code::Deps, ""));
    }
    if deps.iter().any(|dep| !document.has(dep)) {
        return Err(Denial::park(6, Park::MissingDeps, Code::MissingDeps, ""));
    }
    // Without this, an actor's second change could start from the genesis again and reuse the ids of its first.
    if own.is_some_and(|own| !deps.contains(&own)) {
        return Err(Denial::refuse(6, Code::Fork, ""));
    }
    document.past(&deps, own).ok_or_else(|| Denial::refuse(6, Code::Deps, ""))
}
