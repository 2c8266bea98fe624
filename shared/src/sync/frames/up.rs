//! What a device pushes: changes, in the order they were saved. Knows no verdicts.

use super::{FrameError, Framed, KnownDeps, UP, Wanted, Writing, columns, unwrap, wrap};
use crate::{
    model::{order::Receipt, record::DocumentId},
    sync::{
        messages::{decode, encode},
        slim::{put_bytes, take_bytes},
        varint::{put, take},
    },
};

/// One change to push.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UpItem<'a> {
    /// Its document.
    pub document: DocumentId,
    /// The raw chunk.
    pub change: &'a [u8],
    /// The receipt it once got, when it is handed back to a restored server.
    pub receipt: Option<&'a Receipt>,
}

/// One change as pushed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pushed {
    /// The change.
    pub framed: Framed,
    /// The receipt the device says it once got: to be checked by its MAC.
    pub receipt: Option<Receipt>,
}

/// Writes a frame.
///
/// # Errors
/// [`FrameError::TooLarge`] if the changes are more than one frame may hold: give fewer.
pub fn write(items: &[UpItem<'_>], writing: Writing) -> Result<Vec<u8>, FrameError> {
    let mut changes = columns::ChangesOut::default();
    let mut receipts = Vec::new();
    for item in items {
        changes.push(item.document, item.change, writing);
        put_bytes(&mut receipts, &item.receipt.map(encode).unwrap_or_default());
    }
    let mut body = changes.finish();
    // Nearly always there are none.
    let any = items.iter().any(|item| item.receipt.is_some());
    put(&mut body, u64::from(any));
    if any {
        body.extend_from_slice(&receipts);
    }
    wrap(UP, &body, writing.level)
}

/// A frame's inflated body, for training a dictionary and for tests that change it.
///
/// # Errors
/// [`FrameError::Layout`] or [`FrameError::Packing`].
pub fn body(frame: &[u8]) -> Result<Vec<u8>, FrameError> {
    unwrap(UP, frame)
}

/// A frame read but for its dependencies.
#[derive(Debug)]
pub struct Parsed {
    changes: columns::ChangesIn,
    receipts: Vec<Option<Receipt>>,
}

/// Reads a frame.
///
/// # Errors
/// [`FrameError`], never for a dependency: those come with [`Parsed::rebuild`].
pub fn parse(frame: &[u8]) -> Result<Parsed, FrameError> {
    let body = unwrap(UP, frame)?;
    let mut bytes = body.as_slice();
    let changes = columns::ChangesIn::take(&mut bytes)?;
    let mut receipts = vec![None; changes.len()];
    match take(&mut bytes)? {
        0 => {}
        1 => {
            for receipt in &mut receipts {
                let encoded = take_bytes(&mut bytes)?;
                if !encoded.is_empty() {
                    *receipt = Some(decode(encoded).map_err(|_| FrameError::Malformed)?);
                }
            }
        }
        _ => return Err(FrameError::Malformed),
    }
    if bytes.is_empty() { Ok(Parsed { changes, receipts }) } else { Err(FrameError::Malformed) }
}

impl Parsed {
    /// Prefixes to be looked up among each document's changes, those in quarantine and parked included.
    #[must_use]
    pub fn wanted(&self) -> Wanted {
        self.changes.wanted()
    }

    /// Documents named.
    #[must_use]
    pub fn documents(&self) -> &[DocumentId] {
        &self.changes.documents
    }

    /// The changes, rebuilt and checked, in the order pushed.
    ///
    /// # Errors
    /// [`FrameError::Unresolved`] if `known` lacks a wanted prefix; [`FrameError::Check`] or [`FrameError::TooLarge`] otherwise.
    pub fn rebuild(self, known: &KnownDeps) -> Result<Vec<Pushed>, FrameError> {
        let framed = self.changes.rebuild(known)?;
        Ok(framed.into_iter().zip(self.receipts).map(|(framed, receipt)| Pushed { framed, receipt }).collect())
    }
}
