//! What a change says by itself, without the document it was written on: all that is left of one that came too late.

use super::{
    change::Change,
    content::{Fact, Facts},
    fold::fact_of,
};
use crate::model::ids::EventId;
use automerge::legacy::{Key, ObjectId, OpType};

/// A change without its document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alone {
    /// Facts it put.
    pub facts: Facts,
    /// Facts it removed.
    pub cleared: Vec<String>,
    /// Texts it put under the form of an event's id, elsewhere than in the root: in which map, only its document could tell.
    pub events: Vec<(EventId, String)>,
}

/// Reads what a change says.
#[must_use]
pub fn alone(change: &Change) -> Alone {
    let mut said = Alone::default();
    for op in change.ops() {
        let Key::Map(key) = &op.key else { continue };
        let fact = if let OpType::Put(value) = &op.action { fact_of(value) } else { None };
        match (&op.obj, fact) {
            (ObjectId::Root, Some(fact)) => {
                said.facts.insert(key.to_string(), fact);
            }
            (ObjectId::Root, None) if op.action == OpType::Delete => said.cleared.push(key.to_string()),
            (ObjectId::Id(_), Some(Fact::Text(text))) => said.events.extend(key.parse().ok().map(|id| (id, text))),
            _ => {}
        }
    }
    said
}
