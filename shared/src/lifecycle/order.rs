//! The one order of a record's steps, and who had seen what. Knows ids and places, no meanings.

use super::{EventEntry, Position, RulingEntry};
use crate::model::order::{Order, StepRef};
use std::collections::BTreeMap;

/// One step in its place.
#[derive(Clone, Copy, Debug)]
pub(super) enum Item<'a> {
    Event(&'a EventEntry),
    Ruling(&'a RulingEntry),
}

impl Item<'_> {
    pub(super) fn step(&self) -> StepRef {
        match self {
            Self::Event(entry) => StepRef::Event(entry.id),
            Self::Ruling(entry) => StepRef::Ruling(entry.order),
        }
    }

    /// Receipted steps by (epoch, n), operation, id; then unsent ones by outbox, operation, id.
    fn key(&self) -> (Place, u32, [u8; 8]) {
        match self {
            Self::Ruling(entry) => (numbered(entry.order), 0, [0; 8]),
            Self::Event(entry) => (place(entry.position), entry.operation, entry.id.0),
        }
    }

    /// Where its change stands.
    pub(super) fn place(&self) -> Place {
        self.key().0
    }
}

/// Where a change stands: unsent ones last.
pub(super) type Place = (bool, u64, u64);

const fn numbered(order: Order) -> Place {
    (false, order.epoch as u64, order.n as u64)
}

pub(super) const fn place(position: Position) -> Place {
    match position {
        Position::Receipted { order, .. } => numbered(order),
        Position::Unsent { outbox } => (true, outbox, 0),
    }
}

/// Steps in order. An `after` entry counts only if it names a lower step, so sorting by place never breaks it:
/// this is the order by `after`, then (epoch, n), then id, unsent last.
pub(super) fn in_order<'a>(events: &'a [EventEntry], rulings: &'a [RulingEntry]) -> Vec<Item<'a>> {
    let mut items: Vec<Item<'a>> = events.iter().map(Item::Event).chain(rulings.iter().map(Item::Ruling)).collect();
    items.sort_by_key(Item::key);
    items
}

/// Who had seen what: for each step, the steps its author knew, as bits over the order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Sight {
    index: BTreeMap<StepRef, usize>,
    seen: Vec<Vec<u64>>,
    direct: Vec<Vec<usize>>,
}

impl Sight {
    /// Reads the `after` of steps in order. The server has seen all that stands before its ruling.
    pub(super) fn new(items: &[Item<'_>]) -> Self {
        let mut sight = Self::default();
        for (i, item) in items.iter().enumerate() {
            let mut bits = vec![0_u64; items.len().div_ceil(64)];
            let direct: Vec<usize> = match item {
                Item::Ruling(_) => (0..i).collect(),
                Item::Event(entry) => entry.event.after.iter().filter_map(|step| sight.index.get(step).copied()).collect(),
            };
            for &j in &direct {
                bits[j / 64] |= 1 << (j % 64);
                bits.iter_mut().zip(&sight.seen[j]).for_each(|(all, known)| *all |= known);
            }
            sight.seen.push(bits);
            sight.direct.push(direct);
            sight.index.insert(item.step(), i);
        }
        sight
    }

    /// Whether the author of step `i` had seen step `j`.
    pub(super) fn saw(&self, i: usize, j: usize) -> bool {
        self.seen.get(i).and_then(|bits| bits.get(j / 64)).is_some_and(|word| word & (1 << (j % 64)) != 0)
    }

    /// The entries of step `i`'s own `after` that count.
    pub(super) fn direct(&self, i: usize) -> &[usize] {
        self.direct.get(i).map_or(&[], Vec::as_slice)
    }

    /// The place of a step.
    pub(super) fn place(&self, step: StepRef) -> Option<usize> {
        self.index.get(&step).copied()
    }

    /// Steps that nothing has followed, in order: the `after` of whatever comes next.
    pub(super) fn heads(&self, items: &[Item<'_>]) -> Vec<StepRef> {
        let followed = |j: usize| (0..items.len()).any(|i| self.saw(i, j));
        items.iter().enumerate().filter(|(j, _)| !followed(*j)).map(|(_, item)| item.step()).collect()
    }
}
