//! Check 9: every operation, visible or not, against what may stand where and who may put it there.

use super::{Code, Denial, Ingress, Park, bare, counts::Counts, event, on_spot};
use crate::{
    document::{
        change::Change,
        content::Fact,
        fields::{self, MAX_COUNT},
        fold::{Container, Document, Past},
        genesis::{EVENTS, RULINGS, count_of},
    },
    model::{
        event::{Event, Step},
        ids::EventId,
        record::DocKind,
    },
    policy::Action,
};
use automerge::{
    ScalarValue,
    legacy::{Key, Op, OpId, OpType},
};
use std::collections::BTreeMap;

const CHECK: u8 = 9;
/// Longest form of a root key, in bytes; the longest in the table has under 60.
const MAX_KEY_BYTES: usize = 64;

pub(super) fn check(document: &Document, change: &Change, past: &Past, ingress: &Ingress<'_>) -> Result<(), Denial> {
    let mut walk = Walk {
        document,
        past,
        ingress,
        standing: BTreeMap::new(),
        counts: Counts::default(),
        keys: Vec::new(),
        events: Vec::new(),
    };
    if document.is_new() {
        walk.allowed(Action::Create, "")?;
    }
    let actor = change.as_automerge().actor_id();
    for (id, op) in (change.start_op()..).zip(change.ops()) {
        walk.operation(OpId::new(id, actor), op)?;
    }
    walk.counts.settle().map_err(|key| refuse(Code::Uncorrected, &key))?;
    if document.kind() == DocKind::Sealed && document.is_new() && !walk.keys.iter().any(|key| key == fields::SEALED_TO) {
        return Err(refuse(Code::NotAddressed, ""));
    }
    if document.kind() == DocKind::Case {
        let registers = |event: &Event| matches!(event.step, Step::Registered(_));
        if document.is_new() && walk.events.iter().filter(|event| registers(event)).count() != 1 {
            return Err(refuse(Code::NotRegistered, ""));
        }
        if !on_spot::fits(&walk.events) {
            return Err(refuse(Code::NotOnSpot, EVENTS));
        }
        bare::check(document, &walk.keys, &walk.events).map_err(|(code, path)| refuse(code, &path))?;
    }
    Ok(())
}

pub(super) fn refuse(code: Code, path: &str) -> Denial {
    Denial::refuse(CHECK, code, path)
}

struct Walk<'a> {
    document: &'a Document,
    past: &'a Past,
    ingress: &'a Ingress<'a>,
    /// What stands, for the author, under the keys this change has touched so far.
    standing: BTreeMap<(Container, String), Vec<OpId>>,
    counts: Counts,
    keys: Vec<String>,
    events: Vec<Event>,
}

impl Walk<'_> {
    fn operation(&mut self, id: OpId, op: &Op) -> Result<(), Denial> {
        let is_plain = matches!(op.action, OpType::Put(_) | OpType::Delete | OpType::Increment(_));
        let (Key::Map(key), true, false) = (&op.key, is_plain, op.insert) else {
            return Err(refuse(Code::Operation, ""));
        };
        let container = self.document.container(&op.obj).ok_or_else(|| refuse(Code::Object, ""))?;
        match container {
            Container::Root => self.root(key, &op.action)?,
            Container::Events => self.event(key, &op.action)?,
            Container::Rulings => return Err(refuse(Code::ServerOnly, "rulings")),
            Container::Later(_) => return Err(refuse(Code::Object, "")),
        }
        self.preds(id, op, container, key)
    }

    fn root(&mut self, key: &str, action: &OpType) -> Result<(), Denial> {
        if !is_key(key) {
            return Err(refuse(Code::Key, "?"));
        }
        if [EVENTS, RULINGS].contains(&key) {
            return Err(refuse(Code::Key, key));
        }
        if let Some(count) = count_of(key) {
            let OpType::Increment(by) = action else { return Err(refuse(Code::CounterPut, key)) };
            if *by == 0 || by.unsigned_abs() > MAX_COUNT.unsigned_abs() {
                return Err(refuse(Code::Increment, key));
            }
            self.allowed(Action::Increment, key)?;
            self.counts.added(count, *by);
            return Ok(());
        }
        let Some(field) = fields::find(self.document.kind(), key) else {
            return Err(Denial::park(CHECK, Park::Upgrade, Code::LaterKey, key));
        };
        match action {
            OpType::Put(value) if fact(value).is_some_and(|fact| field.kind.fits(&fact)) => {}
            OpType::Delete => {}
            _ => return Err(refuse(Code::Value, key)),
        }
        if self.document.kind() == DocKind::Sealed && (*action == OpType::Delete || self.stands(key)) {
            return Err(refuse(Code::SealedEdited, key));
        }
        self.allowed(Action::Put(key), key)?;
        self.keys.push(key.to_owned());
        Ok(())
    }

    /// Whether something stands under a root key for the author. Two who seal the same at once both stand: neither hides the other.
    fn stands(&self, key: &str) -> bool {
        self.standing.contains_key(&(Container::Root, key.to_owned()))
            || !self.document.stood(self.past, &Container::Root, key).is_empty()
    }

    fn event(&mut self, key: &str, action: &OpType) -> Result<(), Denial> {
        let id: EventId = key.parse().map_err(|_| refuse(Code::Key, "events/?"))?;
        let path = format!("events/{id}");
        let OpType::Put(value) = action else { return Err(refuse(Code::EventEdited, &path)) };
        let ScalarValue::Str(text) = value else { return Err(refuse(Code::EventMalformed, &path)) };
        // Whatever the change says it saw: an event is written once.
        let is_taken = !self.document.puts(&Container::Events, key).is_empty()
            || self.standing.contains_key(&(Container::Events, key.to_owned()));
        if is_taken {
            return Err(refuse(Code::EventExists, &path));
        }
        let event = event::read(text, self.ingress.user).map_err(|flaw| flaw.denial(CHECK, &path))?;
        self.allowed(Action::Step(event.step.right()), &path)?;
        if let Step::Corrected { key, delta, .. } = &event.step {
            self.counts.corrected(*key, *delta);
        }
        self.events.push(event);
        Ok(())
    }

    /// The names of replaced values must be exactly those that stood for the author: anything else either hides a write
    /// or, if it names nothing or a value under another key, makes the document unloadable. Removing only some of
    /// conflicting values chooses among them.
    fn preds(&mut self, id: OpId, op: &Op, container: Container, key: &str) -> Result<(), Denial> {
        let slot = (container, key.to_owned());
        let stood = self
            .standing
            .remove(&slot)
            .unwrap_or_else(|| self.document.stood(self.past, &slot.0, key).into_iter().map(|put| put.id.clone()).collect());
        let mut left = stood.clone();
        left.retain(|id| !op.pred.iter().any(|pred| pred == id));
        let named = stood.len() - left.len();
        let is_exact = named == op.pred.len() && if op.action == OpType::Delete { named > 0 } else { left.is_empty() };
        let increments = matches!(op.action, OpType::Increment(_));
        if !is_exact || (increments && named == 0) {
            return Err(refuse(Code::Pred, &shown(&slot)));
        }
        let now = match op.action {
            OpType::Increment(_) => stood,
            OpType::Delete => left,
            _ => vec![id],
        };
        self.standing.insert(slot, now);
        Ok(())
    }

    fn allowed(&self, action: Action<'_>, path: &str) -> Result<(), Denial> {
        if (self.ingress.may)(action) { Ok(()) } else { Err(refuse(Code::NotAllowed, path)) }
    }
}

/// Letters, digits, `.`, `_`, `-`: what a key of any version looks like.
fn is_key(key: &str) -> bool {
    (1..=MAX_KEY_BYTES).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
}

/// Keys reach this only after their form was checked.
fn shown((container, key): &(Container, String)) -> String {
    if *container == Container::Events { format!("events/{key}") } else { key.clone() }
}

fn fact(value: &ScalarValue) -> Option<Fact> {
    match value {
        ScalarValue::Str(text) => Some(Fact::Text(text.to_string())),
        ScalarValue::Boolean(flag) => Some(Fact::Flag(*flag)),
        ScalarValue::Int(number) => Some(Fact::Number(*number)),
        _ => None,
    }
}
