//! Writes edits as one change on everything the document holds, straight from the fold: the same bytes that an Automerge
//! transaction would give, without building an Automerge document.

use super::{
    actor::ActorId,
    change::Change,
    content::{Edit, Fact},
    fields::{self, MAX_COUNT},
    fold::{Container, Document, Past},
    genesis::count_key,
};
use crate::model::{ids::EventId, record::DocKind};
use automerge::{
    ExpandedChange, ScalarValue,
    legacy::{Key, Op, OpId, OpType},
};
use std::{collections::BTreeMap, num::NonZeroU64};

/// Why edits can't be written. The document is unchanged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// No field of this kind of document.
    #[error("no such field: {0}")]
    UnknownKey(String),
    /// The value does not fit its field; the gate would refuse it.
    #[error("the value does not fit the field {0}")]
    Misfit(String),
    /// An event with this id but another text stands already; events are never edited.
    #[error("event {0} exists")]
    EventExists(EventId),
    /// Only the server rules.
    #[error("only the server's actor writes rulings")]
    NotTheServer,
    /// A ruling stands already at this place in the order.
    #[error("a ruling exists at this place")]
    RulingExists,
    /// The document lacks changes that others build on, so a change written now could collide with one of them.
    #[error("the document is incomplete")]
    Incomplete,
}

impl Document {
    /// The change that makes `edits`, built on everything here; none if they change nothing. Does not apply it.
    /// The same document, actor and edits give the same bytes.
    ///
    /// # Errors
    /// [`WriteError`] names the first edit that can't be written.
    pub fn write(&self, actor: ActorId, edits: &[Edit]) -> Result<Option<Change>, WriteError> {
        if self.is_waiting() {
            return Err(WriteError::Incomplete);
        }
        let mut writer = Writer { document: self, actor, operations: Vec::new(), now: BTreeMap::new() };
        for edit in edits {
            writer.edit(edit)?;
        }
        if writer.operations.is_empty() {
            return Ok(None);
        }
        Ok(Some(Change::from_parts(ExpandedChange {
            operations: writer.operations,
            actor_id: actor.to_automerge(),
            hash: None,
            seq: self.seq(actor) + 1,
            start_op: NonZeroU64::MIN.saturating_add(self.max_op()),
            time: 0,
            message: None,
            deps: self.deps_of(&actor.to_automerge()).iter().map(|hash| automerge::ChangeHash(hash.0)).collect(),
            extra_bytes: vec![],
            author: None,
        })))
    }
}

struct Writer<'a> {
    document: &'a Document,
    actor: ActorId,
    operations: Vec<Op>,
    /// What stands under the keys this change has touched so far.
    now: BTreeMap<(Container, String), Vec<(OpId, ScalarValue)>>,
}

impl Writer<'_> {
    fn edit(&mut self, edit: &Edit) -> Result<(), WriteError> {
        match edit {
            Edit::Put { key, fact } => {
                let field = fields::find(self.document.kind(), key).ok_or_else(|| WriteError::UnknownKey(key.clone()))?;
                if !field.kind.fits(fact) {
                    return Err(WriteError::Misfit(key.clone()));
                }
                self.put(Container::Root, key.clone(), scalar(fact));
            }
            Edit::Clear { key } => {
                fields::find(self.document.kind(), key).ok_or_else(|| WriteError::UnknownKey(key.clone()))?;
                self.clear(Container::Root, key.clone());
            }
            Edit::Event { id, text } => {
                if !self.once(Container::Events, id.to_string(), text) {
                    return Err(WriteError::EventExists(*id));
                }
            }
            Edit::Ruling { order, text } => {
                if !self.actor.is_server() {
                    return Err(WriteError::NotTheServer);
                }
                if !self.once(Container::Rulings, order.to_string(), text) {
                    return Err(WriteError::RulingExists);
                }
            }
            Edit::Increment { key, by } => {
                let key = count_key(*key);
                if by.unsigned_abs() > MAX_COUNT.unsigned_abs() {
                    return Err(WriteError::Misfit(key));
                }
                let standing = self.standing(&Container::Root, &key);
                if standing.is_empty() {
                    return Err(WriteError::UnknownKey(key));
                }
                if *by != 0 {
                    let pred = ids(&standing);
                    self.push(&Container::Root, &key, OpType::Increment(*by), pred);
                }
            }
        }
        Ok(())
    }

    /// Puts as Automerge does: nothing for the value that stands; of a conflict's winner, the losers are removed, so that
    /// the winner stays under its author's name.
    fn put(&mut self, container: Container, key: String, value: ScalarValue) {
        let mut standing = self.standing(&container, &key);
        if self.document.kind() == DocKind::Sealed && !self.actor.is_server() && !standing.is_empty() {
            // What is sealed is never written over: whoever sealed the same before has sealed it.
            return;
        }
        if standing.last().is_some_and(|(_, winner)| *winner == value) {
            let winner = standing.split_off(standing.len() - 1);
            if !standing.is_empty() {
                self.push(&container, &key, OpType::Delete, ids(&standing));
                self.now.insert((container, key), winner);
            }
            return;
        }
        let id = self.push(&container, &key, OpType::Put(value.clone()), ids(&standing));
        self.now.insert((container, key), vec![(id, value)]);
    }

    fn clear(&mut self, container: Container, key: String) {
        let standing = self.standing(&container, &key);
        if !standing.is_empty() {
            self.push(&container, &key, OpType::Delete, ids(&standing));
            self.now.insert((container, key), Vec::new());
        }
    }

    /// Puts a text that is never edited: nothing to do if the same stands, false if another does.
    fn once(&mut self, container: Container, key: String, text: &str) -> bool {
        let value = ScalarValue::from(text);
        let standing = self.standing(&container, &key);
        if standing.is_empty() {
            self.put(container, key, value);
            return true;
        }
        standing.iter().all(|(_, other)| *other == value)
    }

    fn standing(&self, container: &Container, key: &str) -> Vec<(OpId, ScalarValue)> {
        self.now.get(&(container.clone(), key.to_owned())).cloned().unwrap_or_else(|| {
            let stood = self.document.stood(&Past::All, container, key);
            stood.into_iter().map(|put| (put.id.clone(), put.value.clone())).collect()
        })
    }

    fn push(&mut self, container: &Container, key: &str, action: OpType, pred: Vec<OpId>) -> OpId {
        let id = OpId::new(self.document.max_op() + 1 + self.operations.len() as u64, &self.actor.to_automerge());
        // Root, events and rulings stand in every genesis.
        if let Some(obj) = self.document.object(container) {
            self.operations.push(Op { action, obj, key: Key::from(key), pred: pred.into(), insert: false });
        }
        id
    }
}

fn ids(standing: &[(OpId, ScalarValue)]) -> Vec<OpId> {
    standing.iter().map(|(id, _)| id.clone()).collect()
}

fn scalar(fact: &Fact) -> ScalarValue {
    match fact {
        Fact::Flag(flag) => ScalarValue::Boolean(*flag),
        Fact::Number(number) => ScalarValue::Int(*number),
        Fact::Text(text) => ScalarValue::from(text.as_str()),
    }
}
