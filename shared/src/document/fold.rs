//! A document as its changes' operations add up, without building an Automerge document: half the work, and the same answer.
//! The phone, the server and the gate all ask this one state. Knows keys, not meanings.

use super::{
    actor::ActorId,
    change::Change,
    content::{Content, EventText, Fact, Revision, Standing},
    genesis::{EVENTS, RULINGS, count_of, genesis},
};
use crate::model::{
    ids::{ChangeHash, EventId},
    order::Order,
    record::DocKind,
};
use automerge::{
    ObjType, ScalarValue,
    legacy::{Key, ObjectId, OpId, OpType},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};

/// The content that a set of changes adds up to, in whatever order and however often they are handed in.
/// Changes whose dependencies are not among them do not count, as in Automerge.
pub fn fold<'a>(kind: DocKind, changes: impl IntoIterator<Item = &'a Change>) -> Content {
    let mut document = Document::new(kind);
    for change in changes {
        document.apply(change);
    }
    document.content()
}

/// What became of a change handed to [`Document::apply`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// It counts now, with any that waited for it.
    New,
    /// It counted before.
    Known,
    /// It waits for a dependency.
    Waiting,
}

/// Where a key stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Container {
    Root,
    Events,
    Rulings,
    /// A map that a later schema added: carried, not shown.
    Later(String),
}

/// One operation that put a value, and what became of it.
#[derive(Clone, Debug)]
pub(crate) struct Put {
    pub(crate) id: OpId,
    pub(crate) value: ScalarValue,
    /// Sum of the increments of a counter.
    added: i64,
    pub(crate) change: ChangeHash,
    operation: u32,
    /// The changes that put another value over it or removed it.
    superseded: Vec<ChangeHash>,
}

impl Put {
    fn stands(&self) -> bool {
        self.superseded.is_empty()
    }
}

/// Which of a document's changes an author had.
pub(crate) enum Past {
    All,
    Only(BTreeSet<ChangeHash>),
}

impl Past {
    pub(crate) fn has(&self, change: &ChangeHash) -> bool {
        match self {
            Self::All => true,
            Self::Only(set) => set.contains(change),
        }
    }
}

#[derive(Clone, Debug)]
struct Node {
    deps: Vec<ChangeHash>,
    max_op: u64,
    /// It puts or removes root facts.
    revises: bool,
}

/// A document's state: starts at the genesis of its kind, grows by [`Document::apply`], answers with [`Document::content`],
/// and writes its next change with [`Document::write`]. About 60 µs and 20 KB for a whole case: load it on demand.
#[derive(Clone, Debug)]
pub struct Document {
    kind: DocKind,
    nodes: BTreeMap<ChangeHash, Node>,
    heads: BTreeSet<ChangeHash>,
    last: BTreeMap<automerge::ActorId, (u64, ChangeHash)>,
    max_op: u64,
    objects: BTreeMap<OpId, Container>,
    slots: BTreeMap<(Container, String), Vec<Put>>,
    waiting: Vec<Change>,
}

impl Document {
    /// The empty document of a kind: its genesis and nothing else.
    #[must_use]
    pub fn new(kind: DocKind) -> Self {
        static EMPTY: OnceLock<[Document; DocKind::ALL.len()]> = OnceLock::new();
        EMPTY.get_or_init(|| DocKind::ALL.map(Self::begin))[usize::from(kind.byte())].clone()
    }

    fn begin(kind: DocKind) -> Self {
        let mut document = Self {
            kind,
            nodes: BTreeMap::new(),
            heads: BTreeSet::new(),
            last: BTreeMap::new(),
            max_op: 0,
            objects: BTreeMap::new(),
            slots: BTreeMap::new(),
            waiting: Vec::new(),
        };
        document.apply(genesis(kind));
        document
    }

    /// The document of these changes, in whatever order.
    #[must_use]
    pub fn load(kind: DocKind, changes: &[Change]) -> Self {
        let mut document = Self::new(kind);
        for change in changes {
            document.apply(change);
        }
        document
    }

    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> DocKind {
        self.kind
    }

    /// Whether it holds nothing but its beginning.
    #[must_use]
    pub fn is_new(&self) -> bool {
        self.nodes.keys().all(|hash| *hash == genesis(self.kind).hash())
    }

    /// Whether this change counts in it.
    #[must_use]
    pub fn has(&self, change: &ChangeHash) -> bool {
        self.nodes.contains_key(change)
    }

    /// The changes that nothing in it builds on yet, in order.
    pub fn heads(&self) -> impl Iterator<Item = &ChangeHash> {
        self.heads.iter()
    }

    /// How many changes of this actor count in it.
    #[must_use]
    pub fn seq(&self, actor: ActorId) -> u64 {
        self.last.get(&actor.to_automerge()).map_or(0, |(seq, _)| *seq)
    }

    /// The dependencies of `change` that it lacks.
    pub fn missing(&self, change: &Change) -> Vec<ChangeHash> {
        change.deps().filter(|dep| !self.has(dep)).collect()
    }

    /// Whether some change waits for another that is not here.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Takes a change in. Who may write it was asked at the gate; nothing is checked here.
    pub fn apply(&mut self, change: &Change) -> Applied {
        let hash = change.hash();
        if self.has(&hash) {
            return Applied::Known;
        }
        if change.deps().any(|dep| !self.has(&dep)) {
            if !self.waiting.contains(change) {
                self.waiting.push(change.clone());
            }
            return Applied::Waiting;
        }
        self.take(hash, change);
        while let Some(ready) = self.waiting.iter().position(|change| change.deps().all(|dep| self.has(&dep))) {
            let change = self.waiting.swap_remove(ready);
            self.take(change.hash(), &change);
        }
        Applied::New
    }

    fn take(&mut self, hash: ChangeHash, change: &Change) {
        let actor = change.as_automerge().actor_id();
        let mut revises = false;
        for (i, op) in (0_u32..).zip(change.ops()) {
            let id = OpId::new(change.start_op().saturating_add(u64::from(i)), actor);
            let (Some(container), Key::Map(key)) = (self.container(&op.obj), &op.key) else { continue };
            revises |= container == Container::Root && matches!(op.action, OpType::Put(_) | OpType::Delete);
            let puts = self.slots.entry((container, key.to_string())).or_default();
            let mut named = puts.iter_mut().filter(|put| op.pred.iter().any(|pred| *pred == put.id));
            let value = match &op.action {
                OpType::Increment(by) => {
                    named.for_each(|put| put.added = put.added.saturating_add(*by));
                    continue;
                }
                action => {
                    named.by_ref().for_each(|put| put.superseded.push(hash));
                    match action {
                        OpType::Put(value) => value.clone(),
                        OpType::Make(kind) => {
                            if *kind == ObjType::Map && op.obj == ObjectId::Root {
                                self.objects.insert(id.clone(), container_named(key));
                            }
                            ScalarValue::Null
                        }
                        _ => continue,
                    }
                }
            };
            puts.push(Put { id, value, added: 0, change: hash, operation: i, superseded: Vec::new() });
        }
        self.note(hash, change, revises);
    }

    fn note(&mut self, hash: ChangeHash, change: &Change, revises: bool) {
        let deps: Vec<_> = change.deps().collect();
        for dep in &deps {
            self.heads.remove(dep);
        }
        self.heads.insert(hash);
        self.nodes.insert(hash, Node { deps, max_op: change.max_op(), revises });
        self.max_op = self.max_op.max(change.max_op());
        self.last.insert(change.as_automerge().actor_id().clone(), (change.seq(), hash));
    }

    /// What stands in it.
    #[must_use]
    pub fn content(&self) -> Content {
        let mut content = Content::default();
        for ((container, key), puts) in &self.slots {
            let standing = standing(puts);
            let Some(winner) = standing.first() else { continue };
            match container {
                Container::Root => {
                    let values: Vec<_> =
                        standing.iter().filter_map(|put| Some(Standing { fact: fact(put)?, change: put.change })).collect();
                    if let (Some(count), ScalarValue::Counter(start)) = (count_of(key), &winner.value) {
                        content.counts.insert(count, i64::from(start).saturating_add(winner.added));
                    } else if !values.is_empty() {
                        content.facts.insert(key.clone(), values);
                    }
                }
                Container::Events => {
                    if let (Ok(id), Some(Fact::Text(text))) = (key.parse::<EventId>(), fact(winner)) {
                        content.events.insert(id, EventText { text, change: winner.change, operation: winner.operation });
                    }
                }
                Container::Rulings => {
                    if let (Ok(order), Some(Fact::Text(text))) = (key.parse::<Order>(), fact(winner)) {
                        content.rulings.insert(order, text);
                    }
                }
                Container::Later(_) => {}
            }
        }
        if self.kind == DocKind::Case {
            content.revisions = self.revisions(&content.events);
        }
        content
    }

    /// Changes of root facts that build on more than the beginning. Only a case is closed on what its facts say.
    fn revisions(&self, events: &BTreeMap<EventId, EventText>) -> Vec<Revision> {
        let begins = |node: &Node| node.deps.iter().all(|dep| *dep == genesis(self.kind).hash());
        let later: Vec<ChangeHash> =
            self.nodes.iter().filter(|(_, node)| node.revises && !begins(node)).map(|(change, _)| *change).collect();
        if later.is_empty() {
            return Vec::new();
        }
        let events: Vec<_> = events.iter().map(|(id, event)| (*id, event.change, self.before(&event.change))).collect();
        let revision = |change: ChangeHash| {
            let past = self.before(&change);
            let had = events.iter().filter(|(_, event, _)| past.contains(event)).map(|(id, ..)| *id).collect();
            let known_to = events.iter().filter(|(_, _, before)| before.contains(&change)).map(|(id, ..)| *id).collect();
            Revision { change, had, known_to }
        };
        later.into_iter().map(revision).collect()
    }

    /// A change with all it builds on.
    fn before(&self, change: &ChangeHash) -> BTreeSet<ChangeHash> {
        let mut seen = BTreeSet::from([*change]);
        let mut open = vec![*change];
        while let Some(node) = open.pop().and_then(|hash| self.nodes.get(&hash)) {
            open.extend(node.deps.iter().filter(|dep| seen.insert(**dep)));
        }
        seen
    }

    pub(crate) fn container(&self, object: &ObjectId) -> Option<Container> {
        match object {
            ObjectId::Root => Some(Container::Root),
            ObjectId::Id(id) => self.objects.get(id).cloned(),
        }
    }

    pub(crate) fn object(&self, container: &Container) -> Option<ObjectId> {
        match container {
            Container::Root => Some(ObjectId::Root),
            _ => self.objects.iter().find(|(_, c)| *c == container).map(|(id, _)| ObjectId::Id(id.clone())),
        }
    }

    /// Every value ever put under a key, standing or not.
    pub(crate) fn puts(&self, container: &Container, key: &str) -> &[Put] {
        self.slots.get(&(container.clone(), key.to_owned())).map_or(&[], Vec::as_slice)
    }

    /// The values under a key that stood for an author with this past, in the order of their ids.
    pub(crate) fn stood(&self, past: &Past, container: &Container, key: &str) -> Vec<&Put> {
        let had = |put: &&Put| past.has(&put.change) && !put.superseded.iter().any(|by| past.has(by));
        let mut stood: Vec<_> = self.puts(container, key).iter().filter(had).collect();
        stood.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        stood
    }

    /// Keys of the root under which something was ever put, and the texts of all events ever put.
    pub(crate) fn keys_ever(&self, container: &Container) -> impl Iterator<Item = (&str, &[Put])> {
        self.slots.iter().filter(move |((c, _), _)| c == container).map(|((_, key), puts)| (key.as_str(), puts.as_slice()))
    }

    /// What a new change of this actor builds on: the heads, and as in Automerge always the actor's own last change.
    pub(crate) fn deps_of(&self, actor: &automerge::ActorId) -> BTreeSet<ChangeHash> {
        let own = self.last_of(actor).map(|(_, hash)| hash);
        self.heads.iter().copied().chain(own).collect()
    }

    /// What the author of a change on `deps`, who wrote `own` last, had; none if another of them already stands behind one
    /// of the rest, which no honest author writes. `deps` must all be here.
    pub(crate) fn past(&self, deps: &BTreeSet<ChangeHash>, own: Option<ChangeHash>) -> Option<Past> {
        if self.heads.is_subset(deps) && deps.iter().all(|dep| self.heads.contains(dep) || Some(*dep) == own) {
            return Some(Past::All);
        }
        let mut seen = deps.clone();
        let mut open: Vec<_> = deps.iter().copied().collect();
        while let Some(node) = open.pop().and_then(|hash| self.nodes.get(&hash)) {
            if node.deps.iter().any(|dep| deps.contains(dep) && Some(*dep) != own) {
                return None;
            }
            open.extend(node.deps.iter().filter(|dep| seen.insert(**dep)));
        }
        Some(Past::Only(seen))
    }

    /// The counter of the last operation of a change that is here.
    pub(crate) fn max_op_of(&self, change: &ChangeHash) -> Option<u64> {
        self.nodes.get(change).map(|node| node.max_op)
    }

    /// An actor's count of changes here and the last of them.
    pub(crate) fn last_of(&self, actor: &automerge::ActorId) -> Option<(u64, ChangeHash)> {
        self.last.get(actor).copied()
    }

    pub(crate) const fn max_op(&self) -> u64 {
        self.max_op
    }
}

fn container_named(key: &str) -> Container {
    match key {
        EVENTS => Container::Events,
        RULINGS => Container::Rulings,
        _ => Container::Later(key.to_owned()),
    }
}

/// What stands, the one Automerge shows first.
fn standing(puts: &[Put]) -> Vec<&Put> {
    let mut standing: Vec<_> = puts.iter().filter(|put| put.stands()).collect();
    standing.sort_unstable_by(|a, b| b.id.cmp(&a.id));
    standing
}

fn fact(put: &Put) -> Option<Fact> {
    fact_of(&put.value)
}

/// A scalar as documents hold facts.
pub(super) fn fact_of(value: &ScalarValue) -> Option<Fact> {
    match value {
        ScalarValue::Str(text) => Some(Fact::Text(text.to_string())),
        ScalarValue::Boolean(flag) => Some(Fact::Flag(*flag)),
        ScalarValue::Int(number) => Some(Fact::Number(*number)),
        _ => None,
    }
}
