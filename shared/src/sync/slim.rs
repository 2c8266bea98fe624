//! A change chunk taken apart and put together again, byte by byte the same. Knows the chunk's outer layout only,
//! not operations: what it can't take apart travels whole.

use super::varint::{BadVarint, put, put_signed, take, take_signed};
use crate::model::ids::ChangeHash;
use sha2::{Digest, Sha256};

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
const CHANGE_CHUNK: u8 = 1;
/// Longest actor id taken apart; ours have 12 bytes. Bounds what one table entry can blow up to when rebuilt.
pub(super) const MAX_ACTOR_BYTES: usize = 64;

/// A change chunk's parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Parts {
    /// Changes it builds on, in the chunk's order.
    pub(super) deps: Vec<ChangeHash>,
    /// Actors: the author, then others named by operations.
    pub(super) actors: Vec<Vec<u8>>,
    /// Sequence number.
    pub(super) seq: u64,
    /// First operation's number.
    pub(super) start_op: u64,
    /// The device's clock.
    pub(super) time: i64,
    /// Message and, from the column headers on, everything else, as it stands.
    pub(super) message: Vec<u8>,
    /// Columns and whatever follows, as it stands.
    pub(super) rest: Vec<u8>,
}

/// The hash under which a pushed chunk is known: as Automerge computes it, and defined for any bytes.
#[must_use]
pub fn change_hash(raw: &[u8]) -> ChangeHash {
    // Automerge leaves out the magic and the checksum, which is the hash's own beginning.
    ChangeHash(Sha256::digest(raw.get(8..).unwrap_or(raw)).into())
}

/// Takes a chunk apart; none if it is not a change chunk that [`rebuild`] gives back byte by byte.
pub(super) fn take_apart(raw: &[u8]) -> Option<Parts> {
    let parts = parse(raw)?;
    (rebuild(&parts) == raw).then_some(parts)
}

fn parse(raw: &[u8]) -> Option<Parts> {
    let mut bytes = raw.strip_prefix(&MAGIC)?.get(4..)?.strip_prefix(&[CHANGE_CHUNK])?;
    let length = take(&mut bytes).ok()?;
    if length != bytes.len() as u64 {
        return None;
    }
    let count = take(&mut bytes).ok()?;
    let mut deps = Vec::new();
    for _ in 0..count {
        let (dep, after) = bytes.split_first_chunk::<32>()?;
        deps.push(ChangeHash(*dep));
        bytes = after;
    }
    let mut actors = vec![short(&mut bytes)?];
    let seq = take(&mut bytes).ok()?;
    let start_op = take(&mut bytes).ok()?;
    let time = take_signed(&mut bytes).ok()?;
    let message = take_bytes(&mut bytes).ok()?.to_vec();
    for _ in 0..take(&mut bytes).ok()? {
        actors.push(short(&mut bytes)?);
    }
    Some(Parts { deps, actors, seq, start_op, time, message, rest: bytes.to_vec() })
}

fn short(bytes: &mut &[u8]) -> Option<Vec<u8>> {
    take_bytes(bytes).ok().filter(|actor| actor.len() <= MAX_ACTOR_BYTES).map(<[u8]>::to_vec)
}

/// Puts a chunk together.
pub(super) fn rebuild(parts: &Parts) -> Vec<u8> {
    let mut body = Vec::with_capacity(parts.rest.len() + 32 * parts.deps.len() + 64);
    put(&mut body, parts.deps.len() as u64);
    for dep in &parts.deps {
        body.extend_from_slice(&dep.0);
    }
    let (author, others) = parts.actors.split_first().map_or((&[][..], &[][..]), |(author, others)| (author.as_slice(), others));
    put_bytes(&mut body, author);
    put(&mut body, parts.seq);
    put(&mut body, parts.start_op);
    put_signed(&mut body, parts.time);
    put_bytes(&mut body, &parts.message);
    put(&mut body, others.len() as u64);
    for actor in others {
        put_bytes(&mut body, actor);
    }
    body.extend_from_slice(&parts.rest);
    let mut hashed = vec![CHANGE_CHUNK];
    put(&mut hashed, body.len() as u64);
    hashed.extend_from_slice(&body);
    let hash: [u8; 32] = Sha256::digest(&hashed).into();
    [MAGIC.as_slice(), &hash[..4], &hashed].concat()
}

/// Appends bytes after their length.
pub(super) fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    put(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

/// Takes bytes after their length.
pub(super) fn take_bytes<'a>(bytes: &mut &'a [u8]) -> Result<&'a [u8], BadVarint> {
    let length = usize::try_from(take(bytes)?).map_err(|_| BadVarint)?;
    let (taken, rest) = bytes.split_at_checked(length).ok_or(BadVarint)?;
    *bytes = rest;
    Ok(taken)
}

#[cfg(test)]
mod tests {
    use super::{change_hash, rebuild, take_apart};
    use automerge::{AutoCommit, ReadDoc, transaction::Transactable};

    #[test]
    fn changes_come_back_byte_by_byte_and_keep_their_hash() {
        let mut doc = AutoCommit::new();
        doc.put(automerge::ROOT, "a", "ب").unwrap();
        doc.commit_with(automerge::transaction::CommitOptions::default().with_time(-5).with_message("m"));
        let mut other = doc.fork();
        other.put(automerge::ROOT, "a", 1).unwrap();
        doc.put(automerge::ROOT, "b", true).unwrap();
        doc.merge(&mut other).unwrap();
        doc.delete(automerge::ROOT, "a").unwrap();
        let changes = doc.get_changes(&[]);
        assert_eq!(changes.len(), 4);
        for change in changes {
            let parts = take_apart(change.raw_bytes()).unwrap();
            assert_eq!(parts.deps.len(), change.deps().len());
            assert_eq!(rebuild(&parts), change.raw_bytes());
            assert_eq!(change_hash(change.raw_bytes()).0, change.hash().0);
        }
        assert_eq!(doc.length(automerge::ROOT), 1);
    }

    #[test]
    fn what_is_no_canonical_chunk_is_left_whole() {
        let mut doc = AutoCommit::new();
        doc.put(automerge::ROOT, "a", "b").unwrap();
        let raw = doc.get_changes(&[])[0].raw_bytes().to_vec();
        for i in 0..10 {
            let mut broken = raw.clone();
            broken[i] ^= 0x55;
            assert!(take_apart(&broken).is_none(), "byte {i}");
        }
        assert!(take_apart(&raw[..raw.len() - 1]).is_none());
        assert!(take_apart(&[]).is_none());
    }
}
