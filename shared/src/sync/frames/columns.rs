//! Changes by columns: like stands beside like, so that zstd finds the likeness. Knows nothing of receipts or scopes.

use super::{DepPrefix, FrameError, Framed, KnownDeps, MAX_REBUILT_BYTES, Wanted, Writing, ids};
use crate::{
    document::genesis::genesis,
    model::{
        ids::{ChangeHash, RecordId},
        record::{DocKind, DocumentId},
    },
    sync::{
        slim::{MAX_ACTOR_BYTES, Parts, change_hash, put_bytes, rebuild, take_apart, take_bytes},
        varint::{put, put_signed, take, take_signed},
    },
};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// How a dependency is written: prefix, in full, then by turns a constant of the kind or a distance back in the frame.
const PREFIX: u64 = 0;
const FULL: u64 = 1;
const FIRST_REFERENCE: u64 = 2;
/// How a change is written.
const WHOLE: u64 = 0;

/// Changes being framed.
#[derive(Default)]
pub(super) struct ChangesOut {
    /// Distinct records, documents and actors in order of appearance.
    records: Table<RecordId>,
    documents: Table<DocumentId>,
    actors: Table<Vec<u8>>,
    /// Column by column.
    document: Vec<u8>,
    shape: Vec<u8>,
    deps: Vec<u8>,
    full: Vec<u8>,
    author: Vec<u8>,
    number: Vec<u8>,
    time: Vec<u8>,
    last_time: i64,
    rest: Vec<u8>,
    ids: Vec<u8>,
    length: Vec<u8>,
    place: BTreeMap<ChangeHash, u64>,
    check: Sha256,
    count: u64,
}

/// Values by number, each once.
struct Table<T> {
    numbers: BTreeMap<T, u64>,
    values: Vec<T>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { numbers: BTreeMap::new(), values: Vec::new() }
    }
}

impl<T: Ord + Clone> Table<T> {
    fn number(&mut self, value: &T) -> u64 {
        let next = self.values.len() as u64;
        let values = &mut self.values;
        *self.numbers.entry(value.clone()).or_insert_with(|| {
            values.push(value.clone());
            next
        })
    }
}

impl ChangesOut {
    /// The document's number in this frame.
    pub(super) fn document(&mut self, document: DocumentId) -> u64 {
        self.records.number(&document.record);
        self.documents.number(&document)
    }

    /// Adds a change.
    pub(super) fn push(&mut self, document: DocumentId, raw: &[u8], writing: Writing) {
        let number = self.document(document);
        put(&mut self.document, number);
        let hash = change_hash(raw);
        match take_apart(raw) {
            None => {
                put(&mut self.shape, WHOLE);
                self.push_rest(raw);
            }
            Some(parts) => self.push_parts(document, &parts, writing),
        }
        self.check.update(hash.0);
        self.place.insert(hash, self.count);
        self.count += 1;
    }

    fn push_parts(&mut self, document: DocumentId, parts: &Parts, writing: Writing) {
        put(&mut self.shape, parts.actors.len() as u64);
        put(&mut self.deps, parts.deps.len() as u64);
        for dep in &parts.deps {
            self.push_dep(document.kind, dep, writing);
        }
        for actor in &parts.actors {
            let number = self.actors.number(actor);
            put(&mut self.author, number);
        }
        put(&mut self.number, parts.seq);
        put(&mut self.number, parts.start_op);
        put_signed(&mut self.time, parts.time.wrapping_sub(self.last_time));
        self.last_time = parts.time;
        put_bytes(&mut self.number, &parts.message);
        self.push_rest(&parts.rest);
    }

    fn push_rest(&mut self, rest: &[u8]) {
        let before = self.rest.len();
        ids::take_out(rest, &mut self.rest, &mut self.ids);
        put(&mut self.length, (self.rest.len() - before) as u64);
    }

    fn push_dep(&mut self, kind: DocKind, dep: &ChangeHash, writing: Writing) {
        if let Some(constant) = (0_u64..).zip(constants(kind)).find(|(_, hash)| hash == dep) {
            put(&mut self.deps, FIRST_REFERENCE + 2 * constant.0);
        } else if let Some(place) = self.place.get(dep) {
            put(&mut self.deps, FIRST_REFERENCE + 1 + 2 * (self.count - place));
        } else if writing.full_deps {
            put(&mut self.deps, FULL);
            self.full.extend_from_slice(&dep.0);
        } else {
            put(&mut self.deps, PREFIX);
            self.full.extend_from_slice(&dep.0[..8]);
        }
    }

    /// The columns' bytes, the check last.
    pub(super) fn finish(self) -> Vec<u8> {
        let mut tables = Vec::new();
        put(&mut tables, self.records.values.len() as u64);
        tables.extend(self.records.values.iter().flat_map(|record| record.0));
        put(&mut tables, self.documents.values.len() as u64);
        let mut last = 0;
        for document in &self.documents.values {
            let record = self.records.numbers.get(&document.record).copied().unwrap_or_default();
            put_signed(&mut tables, i64::try_from(record).unwrap_or_default() - last);
            last = i64::try_from(record).unwrap_or_default();
            tables.extend_from_slice(&[document.kind.byte(), document.generation]);
        }
        put(&mut tables, self.actors.values.len() as u64);
        for actor in &self.actors.values {
            put_bytes(&mut tables, actor);
        }
        let mut out = Vec::new();
        put(&mut out, self.count);
        for column in [
            &tables,
            &self.document,
            &self.shape,
            &self.deps,
            &self.full,
            &self.author,
            &self.number,
            &self.time,
            &self.length,
            &self.ids,
            &self.rest,
        ] {
            put_bytes(&mut out, column);
        }
        out.extend_from_slice(&self.check.finalize());
        out
    }
}

/// Changes as they came, dependencies not yet looked up.
#[derive(Debug)]
pub(super) struct ChangesIn {
    /// Documents by number.
    pub(super) documents: Vec<DocumentId>,
    changes: Vec<(DocumentId, Shape)>,
    check: [u8; 32],
}

#[derive(Debug)]
enum Shape {
    Whole(Vec<u8>),
    Parts(Parts, Vec<Dep>),
}

#[derive(Clone, Copy, Debug)]
enum Dep {
    Known(ChangeHash),
    Prefix([u8; 8]),
    Back(usize),
}

impl ChangesIn {
    /// Takes the columns off the front of `bytes`.
    pub(super) fn take(bytes: &mut &[u8]) -> Result<Self, FrameError> {
        let count = take(bytes)?;
        let mut tables = take_bytes(bytes)?;
        let (documents, actors) = take_tables(&mut tables)?;
        let mut columns = [&[][..]; 10];
        for column in &mut columns {
            *column = take_bytes(bytes)?;
        }
        let (check, after) = bytes.split_first_chunk::<32>().ok_or(FrameError::Malformed)?;
        *bytes = after;
        let mut reader = Reader { columns, documents: &documents, actors: &actors, time: 0, weight: 0 };
        let mut changes = Vec::new();
        for _ in 0..count {
            changes.push(reader.next(changes.len())?);
        }
        if reader.columns.iter().any(|column| !column.is_empty()) || !tables.is_empty() {
            return Err(FrameError::Malformed);
        }
        Ok(Self { documents, changes, check: *check })
    }

    /// How many changes there are.
    pub(super) fn len(&self) -> usize {
        self.changes.len()
    }

    /// Prefixes to be looked up.
    pub(super) fn wanted(&self) -> Wanted {
        let of = |(document, shape): &(DocumentId, Shape)| -> Vec<DepPrefix> {
            let Shape::Parts(_, deps) = shape else { return Vec::new() };
            deps.iter().filter_map(|dep| if let Dep::Prefix(prefix) = dep { Some((*document, *prefix)) } else { None }).collect()
        };
        self.changes.iter().flat_map(of).collect()
    }

    /// Rebuilds every change and holds them against the check.
    pub(super) fn rebuild(self, known: &KnownDeps) -> Result<Vec<Framed>, FrameError> {
        let mut out: Vec<Framed> = Vec::with_capacity(self.changes.len());
        let mut check = Sha256::new();
        let mut total = 0;
        for (document, shape) in self.changes {
            let change = match shape {
                Shape::Whole(raw) => raw,
                Shape::Parts(mut parts, deps) => {
                    for dep in deps {
                        parts.deps.push(match dep {
                            Dep::Known(hash) => hash,
                            Dep::Prefix(prefix) => *known.get(&(document, prefix)).ok_or(FrameError::Unresolved)?,
                            Dep::Back(place) => out.get(place).ok_or(FrameError::Malformed)?.hash,
                        });
                    }
                    rebuild(&parts)
                }
            };
            total += change.len();
            if total > MAX_REBUILT_BYTES {
                return Err(FrameError::TooLarge);
            }
            let hash = change_hash(&change);
            check.update(hash.0);
            out.push(Framed { document, change, hash });
        }
        let check: [u8; 32] = check.finalize().into();
        if check == self.check { Ok(out) } else { Err(FrameError::Check) }
    }
}

fn take_tables(bytes: &mut &[u8]) -> Result<(Vec<DocumentId>, Vec<Vec<u8>>), FrameError> {
    let mut records = Vec::new();
    for _ in 0..take(bytes)? {
        let (record, after) = bytes.split_first_chunk::<16>().ok_or(FrameError::Malformed)?;
        records.push(RecordId(*record));
        *bytes = after;
    }
    let mut documents = Vec::new();
    let mut place = 0_i64;
    for _ in 0..take(bytes)? {
        place = place.checked_add(take_signed(bytes)?).ok_or(FrameError::Malformed)?;
        let record = usize::try_from(place).ok().and_then(|i| records.get(i)).ok_or(FrameError::Malformed)?;
        let ([kind, generation], after) = bytes.split_first_chunk::<2>().ok_or(FrameError::Malformed)?;
        let kind = DocKind::from_byte(*kind).ok_or(FrameError::Malformed)?;
        documents.push(DocumentId { record: *record, kind, generation: *generation });
        *bytes = after;
    }
    let mut actors = Vec::new();
    for _ in 0..take(bytes)? {
        actors.push(take_bytes(bytes)?.to_vec());
    }
    if actors.iter().any(|actor| actor.len() > MAX_ACTOR_BYTES) { Err(FrameError::Malformed) } else { Ok((documents, actors)) }
}

/// Walks the columns, one change at a time.
struct Reader<'a> {
    /// document, shape, deps, full, author, number, time, length, ids, rest.
    columns: [&'a [u8]; 10],
    documents: &'a [DocumentId],
    actors: &'a [Vec<u8>],
    time: i64,
    /// About what the changes so far take once rebuilt: a byte can stand for 64.
    weight: usize,
}

impl Reader<'_> {
    fn next(&mut self, place: usize) -> Result<(DocumentId, Shape), FrameError> {
        let [document, shape, deps, full, author, number, time, length, own_ids, rest] = &mut self.columns;
        let document = *at(self.documents, take(document)?)?;
        let actors = take(shape)?;
        weigh(&mut self.weight, 64)?;
        let length = usize::try_from(take(length)?).map_err(|_| FrameError::Malformed)?;
        let (own, after) = rest.split_at_checked(length).ok_or(FrameError::Malformed)?;
        *rest = after;
        let own = ids::put_in(own, own_ids)?;
        if actors == WHOLE {
            return Ok((document, Shape::Whole(own)));
        }
        let mut found = Vec::new();
        for _ in 0..take(deps)? {
            weigh(&mut self.weight, 32)?;
            found.push(take_dep(take(deps)?, full, document.kind, place)?);
        }
        let mut named = Vec::new();
        for _ in 0..actors {
            weigh(&mut self.weight, MAX_ACTOR_BYTES)?;
            named.push(at(self.actors, take(author)?)?.clone());
        }
        let (seq, start_op) = (take(number)?, take(number)?);
        let message = take_bytes(number)?.to_vec();
        self.time = self.time.wrapping_add(take_signed(time)?);
        let parts = Parts { deps: Vec::new(), actors: named, seq, start_op, time: self.time, message, rest: own };
        Ok((document, Shape::Parts(parts, found)))
    }
}

fn weigh(weight: &mut usize, bytes: usize) -> Result<(), FrameError> {
    *weight += bytes;
    if *weight > MAX_REBUILT_BYTES { Err(FrameError::TooLarge) } else { Ok(()) }
}

fn take_dep(code: u64, full: &mut &[u8], kind: DocKind, place: usize) -> Result<Dep, FrameError> {
    match code {
        PREFIX => {
            let (prefix, after) = full.split_first_chunk::<8>().ok_or(FrameError::Malformed)?;
            *full = after;
            Ok(Dep::Prefix(*prefix))
        }
        FULL => {
            let (hash, after) = full.split_first_chunk::<32>().ok_or(FrameError::Malformed)?;
            *full = after;
            Ok(Dep::Known(ChangeHash(*hash)))
        }
        reference => {
            let value = usize::try_from((reference - FIRST_REFERENCE) / 2).map_err(|_| FrameError::Malformed)?;
            if reference % 2 == 0 {
                constants(kind).nth(value).map(Dep::Known).ok_or(FrameError::Malformed)
            } else {
                (1..=place).contains(&value).then(|| Dep::Back(place - value)).ok_or(FrameError::Malformed)
            }
        }
    }
}

fn at<T>(table: &[T], number: u64) -> Result<&T, FrameError> {
    usize::try_from(number).ok().and_then(|i| table.get(i)).ok_or(FrameError::Malformed)
}

/// Changes that are the same everywhere and never travel, by document kind. Their order is part of the layout: more are added
/// at the end.
fn constants(kind: DocKind) -> impl Iterator<Item = ChangeHash> {
    std::iter::once(genesis(kind).hash())
}
