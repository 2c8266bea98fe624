//! A document's content as plain data: the fold of its changes' operations. Knows keys, not meanings.

use crate::model::{
    codes::CountKey,
    ids::{ChangeHash, EventId},
    order::Order,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A scalar as documents hold it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Fact {
    /// `true` or `false`.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// Text: words, a code, an ISO day.
    Text(String),
}

impl Fact {
    /// The text, if it is text.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }
}

impl From<&str> for Fact {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Fact {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Fact {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<i64> for Fact {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

/// Facts by key (`intake.channel`, `who.sex`, …; see [`super::fields`]).
pub type Facts = BTreeMap<String, Fact>;

/// One value that stands under a root key, and the change that put it there: through the change's receipt
/// a page can say who wrote it, when and on which device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// The value.
    pub fact: Fact,
    /// The change that wrote it.
    pub change: ChangeHash,
}

/// One event's text and where it came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventText {
    /// Compact JSON, see [`crate::model::event::Event`].
    pub text: String,
    /// The change that wrote it.
    pub change: ChangeHash,
    /// Which operation of that change: events of one change are ordered by it.
    pub operation: u32,
}

/// A later change of root facts, and whose events knew of it: facts have no event of their own, so this is how one can tell
/// who had seen what.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Revision {
    /// The change.
    pub change: ChangeHash,
    /// Events that its author had.
    pub had: BTreeSet<EventId>,
    /// Events whose authors had it.
    pub known_to: BTreeSet<EventId>,
}

/// Everything visible in one document. Equal for equal sets of changes, in whatever order they came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Root keys with every value that stands; the first is the one Automerge shows. More than one is a conflict.
    pub facts: BTreeMap<String, Vec<Standing>>,
    /// The counters of a session.
    pub counts: BTreeMap<CountKey, i64>,
    /// Events by id.
    pub events: BTreeMap<EventId, EventText>,
    /// Rulings by place in the order; compact JSON.
    pub rulings: BTreeMap<Order, String>,
    /// Changes of a case's root facts after those that began it, by hash.
    pub revisions: Vec<Revision>,
}

impl Content {
    /// The value shown under `key`.
    #[must_use]
    pub fn fact(&self, key: &str) -> Option<&Fact> {
        self.facts.get(key).and_then(|values| values.first()).map(|standing| &standing.fact)
    }

    /// The text shown under `key`.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<&str> {
        self.fact(key).and_then(Fact::as_text)
    }

    /// Whether the flag under `key` is set.
    #[must_use]
    pub fn flag(&self, key: &str) -> bool {
        self.fact(key) == Some(&Fact::Flag(true))
    }

    /// Keys with more than one value: a person must choose. Two who wrote the same said one thing.
    pub fn conflicts(&self) -> impl Iterator<Item = (&String, &Vec<Standing>)> {
        self.facts.iter().filter(|(_, values)| !agree(values))
    }

    /// The text under `key` that nobody contradicts.
    #[must_use]
    pub fn settled_text(&self, key: &str) -> Option<&str> {
        self.text(key).filter(|_| self.facts.get(key).is_some_and(|values| agree(values)))
    }
}

fn agree(values: &[Standing]) -> bool {
    values.iter().all(|value| Some(&value.fact) == values.first().map(|first| &first.fact))
}

/// One edit of a document, before it is a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Edit {
    /// Puts a fact under a root key; replaces every value that stands there as the author saw it.
    Put {
        /// Root key.
        key: String,
        /// Value.
        fact: Fact,
    },
    /// Removes what stands under a root key.
    Clear {
        /// Root key.
        key: String,
    },
    /// Adds an event.
    Event {
        /// Its id, made with the intent.
        id: EventId,
        /// Its text.
        text: String,
    },
    /// Adds a ruling; the server's actor only.
    Ruling {
        /// Its place.
        order: Order,
        /// Its text.
        text: String,
    },
    /// Adds to a counter.
    Increment {
        /// Which.
        key: CountKey,
        /// By how many, not 0.
        by: i64,
    },
}
