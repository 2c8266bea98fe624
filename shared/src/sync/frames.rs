//! Bulk frames: many changes in one zstd block, each without what the receiver can put back: magic, checksum, known
//! dependencies, repeated actors and documents. Rebuilt byte by byte and checked by one hash over all change hashes.
//! Reading takes two steps, since short dependencies must be looked up: `parse`, then `rebuild`. Knows no storage.

mod columns;
pub mod down;
mod ids;
mod packing;
pub mod up;

use crate::model::{ids::ChangeHash, record::DocumentId};
use std::collections::{BTreeMap, BTreeSet};

/// Version of the layout and the dictionary, the first byte of every frame.
pub const LAYOUT: u8 = 1;
/// Most bytes a frame inflates to: refused before inflating.
pub const MAX_BODY_BYTES: usize = 1 << 20;
/// Most bytes all rebuilt changes of a frame take: references can name one actor or dependency many times.
pub const MAX_REBUILT_BYTES: usize = 4 << 20;

const UP: u8 = 1;
const DOWN: u8 = 2;

/// Why a frame can't be written or read.
#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    /// Not a frame of this layout and direction.
    #[error("not a frame of this layout")]
    Layout,
    /// It would inflate, or its changes would rebuild, beyond the bounds.
    #[error("frame beyond its bounds")]
    TooLarge,
    /// The compressed block can't be written or read.
    #[error("frame can't be compressed or inflated")]
    Packing(#[source] std::io::Error),
    /// The signature is not the server's.
    #[error("frame is not signed by the server")]
    Signature,
    /// The content contradicts itself.
    #[error("frame content is malformed")]
    Malformed,
    /// A dependency is named by a prefix that is not known here: ask again with dependencies in full.
    #[error("frame names a dependency that is not known here")]
    Unresolved,
    /// The rebuilt changes are not those that were framed.
    #[error("rebuilt changes differ from those framed")]
    Check,
}

impl From<super::varint::BadVarint> for FrameError {
    fn from(_: super::varint::BadVarint) -> Self {
        Self::Malformed
    }
}

/// How to write a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Writing {
    /// zstd level: 3 where the processor is the limit, 9 on slow links, 19 for segments that are kept.
    pub level: i32,
    /// Write dependencies outside of the frame with all 32 bytes instead of 8.
    pub full_deps: bool,
}

impl Default for Writing {
    fn default() -> Self {
        Self { level: 9, full_deps: false }
    }
}

/// The first 8 bytes of a dependency that is not in the frame, within its document.
pub type DepPrefix = (DocumentId, [u8; 8]);

/// What the caller found for the prefixes of a parsed frame. A prefix that two changes of the document share must be left out.
pub type KnownDeps = BTreeMap<DepPrefix, ChangeHash>;

/// One change out of a frame, exactly as its author made it. Not yet checked by anything but the frame's hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Framed {
    /// The document it is meant for.
    pub document: DocumentId,
    /// The raw chunk.
    pub change: Vec<u8>,
    /// [`super::slim::change_hash`] of it.
    pub hash: ChangeHash,
}

/// Prefixes a frame needs, each once.
pub type Wanted = BTreeSet<DepPrefix>;

fn wrap(direction: u8, body: &[u8], level: i32) -> Result<Vec<u8>, FrameError> {
    if body.len() > MAX_BODY_BYTES {
        return Err(FrameError::TooLarge);
    }
    let mut out = vec![LAYOUT, direction];
    out.extend_from_slice(&packing::pack(body, level).map_err(FrameError::Packing)?);
    Ok(out)
}

fn unwrap(direction: u8, frame: &[u8]) -> Result<Vec<u8>, FrameError> {
    let packed = frame.strip_prefix(&[LAYOUT, direction]).ok_or(FrameError::Layout)?;
    packing::unpack(packed).map_err(FrameError::Packing)
}
