//! What the server sends: sections of scope logs, each from a cursor to a cursor, signed. A frame is applied in one
//! transaction with its cursors, and replaying one is harmless. Knows no storage.

use super::{DOWN, FrameError, KnownDeps, Wanted, Writing, columns, unwrap, wrap};
use crate::{
    model::{
        dates::UnixSeconds,
        ids::{ChangeHash, DeviceId, UserId},
        order::{Order, Receipt},
        record::DocumentId,
    },
    sync::{
        scope::ScopeId,
        signing::{PublicKey, ServerKey, frame_holds},
        slim::{put_bytes, take_bytes},
        varint::{put, put_signed, take, take_signed},
    },
};
use std::collections::BTreeMap;

/// One piece of one scope's log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The scope.
    pub scope: ScopeId,
    /// The cursor it begins after. A device whose cursor is lower missed something and does not apply the frame.
    pub from: u64,
    /// The cursor once it is applied. Equal to `from` in a repair.
    pub to: u64,
    /// What happened, in order.
    pub items: Vec<DownItem>,
}

/// One entry of a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DownItem {
    /// The document belongs to the scope from here on; its history follows as changes.
    Enter(DocumentId),
    /// A device's change, and the server's receipt.
    Change {
        /// Its document.
        document: DocumentId,
        /// The raw chunk.
        change: Vec<u8>,
        /// The receipt; its hash is the change's.
        receipt: Receipt,
    },
    /// A change of the server's own: rulings.
    ServerChange {
        /// Its document.
        document: DocumentId,
        /// The raw chunk.
        change: Vec<u8>,
        /// See [`Receipt::mac`].
        mac: [u8; 16],
    },
    /// The document no longer belongs to the scope. Held by no other scope, it is purged from the device; unsent work on it stays
    /// until its verdict.
    Leave(DocumentId),
    /// This generation is gone for good, everywhere.
    Purge {
        /// The document, by its generation.
        document: DocumentId,
        /// When, by the server's clock.
        at: UnixSeconds,
        /// Why, as a stable code.
        why: String,
    },
}

const ENTER: u64 = 0;
const CHANGE: u64 = 1;
const SERVER_CHANGE: u64 = 2;
const LEAVE: u64 = 3;
const PURGE: u64 = 4;

/// Writes and signs a frame.
///
/// # Errors
/// [`FrameError::TooLarge`] if the sections are more than one frame may hold: give fewer.
pub fn write(sections: &[Section], writing: Writing, key: &ServerKey) -> Result<Vec<u8>, FrameError> {
    let mut changes = columns::ChangesOut::default();
    let mut receipts = ReceiptsOut::default();
    let mut log = Vec::new();
    put(&mut log, sections.len() as u64);
    for section in sections {
        put_bytes(&mut log, section.scope.to_string().as_bytes());
        put(&mut log, section.from);
        put_signed(&mut log, section.to.wrapping_sub(section.from).cast_signed());
        put(&mut log, section.items.len() as u64);
        for item in &section.items {
            push_item(item, &mut log, &mut changes, &mut receipts, writing);
        }
    }
    let mut body = changes.finish();
    put_bytes(&mut body, &log);
    receipts.finish(&mut body);
    let mut frame = wrap(DOWN, &body, writing.level)?;
    let signature = key.sign_frame(&frame);
    frame.extend_from_slice(&signature);
    Ok(frame)
}

fn push_item(
    item: &DownItem,
    log: &mut Vec<u8>,
    changes: &mut columns::ChangesOut,
    receipts: &mut ReceiptsOut,
    writing: Writing,
) {
    match item {
        DownItem::Enter(document) => {
            put(log, ENTER);
            put(log, changes.document(*document));
        }
        DownItem::Change { document, change, receipt } => {
            put(log, CHANGE);
            changes.push(*document, change, writing);
            receipts.push(receipt);
        }
        DownItem::ServerChange { document, change, mac } => {
            put(log, SERVER_CHANGE);
            changes.push(*document, change, writing);
            receipts.macs.extend_from_slice(mac);
        }
        DownItem::Leave(document) => {
            put(log, LEAVE);
            put(log, changes.document(*document));
        }
        DownItem::Purge { document, at, why } => {
            put(log, PURGE);
            put(log, changes.document(*document));
            put_signed(log, at.0);
            put_bytes(log, why.as_bytes());
        }
    }
}

/// A frame whose signature holds, read but for its dependencies.
#[derive(Debug)]
pub struct Parsed {
    changes: columns::ChangesIn,
    body: Vec<u8>,
    log_at: usize,
}

/// Reads a frame signed by `server`.
///
/// # Errors
/// [`FrameError`], never for a dependency: those come with [`Parsed::rebuild`].
pub fn parse(frame: &[u8], server: &PublicKey) -> Result<Parsed, FrameError> {
    let (signed, signature) = frame.split_last_chunk::<64>().ok_or(FrameError::Layout)?;
    if !frame_holds(signed, signature, server) {
        return Err(FrameError::Signature);
    }
    let body = unwrap(DOWN, signed)?;
    let mut bytes = body.as_slice();
    let changes = columns::ChangesIn::take(&mut bytes)?;
    let log_at = body.len() - bytes.len();
    Ok(Parsed { changes, body, log_at })
}

impl Parsed {
    /// Prefixes to be looked up among the changes held of each document.
    #[must_use]
    pub fn wanted(&self) -> Wanted {
        self.changes.wanted()
    }

    /// The sections, changes rebuilt and checked.
    ///
    /// # Errors
    /// [`FrameError::Unresolved`] if `known` lacks a wanted prefix; others if the content contradicts itself.
    pub fn rebuild(self, known: &KnownDeps) -> Result<Vec<Section>, FrameError> {
        let documents = self.changes.documents.clone();
        let mut framed = self.changes.rebuild(known)?.into_iter();
        let mut bytes = self.body.get(self.log_at..).ok_or(FrameError::Malformed)?;
        let mut log = take_bytes(&mut bytes)?;
        let mut receipts = ReceiptsIn::take(&mut bytes)?;
        let document = |log: &mut &[u8]| -> Result<DocumentId, FrameError> {
            usize::try_from(take(log)?).ok().and_then(|i| documents.get(i)).copied().ok_or(FrameError::Malformed)
        };
        let mut sections = Vec::new();
        for _ in 0..take(&mut log)? {
            let (scope, from, to) = take_head(&mut log)?;
            let mut items = Vec::new();
            for _ in 0..take(&mut log)? {
                items.push(match take(&mut log)? {
                    ENTER => DownItem::Enter(document(&mut log)?),
                    CHANGE => {
                        let next = framed.next().ok_or(FrameError::Malformed)?;
                        let receipt = receipts.next(next.hash)?;
                        DownItem::Change { document: next.document, change: next.change, receipt }
                    }
                    SERVER_CHANGE => {
                        let next = framed.next().ok_or(FrameError::Malformed)?;
                        DownItem::ServerChange { document: next.document, change: next.change, mac: receipts.mac()? }
                    }
                    LEAVE => DownItem::Leave(document(&mut log)?),
                    PURGE => {
                        let document = document(&mut log)?;
                        let at = UnixSeconds(take_signed(&mut log)?);
                        let why = std::str::from_utf8(take_bytes(&mut log)?).map_err(|_| FrameError::Malformed)?.to_owned();
                        DownItem::Purge { document, at, why }
                    }
                    _ => return Err(FrameError::Malformed),
                });
            }
            sections.push(Section { scope, from, to, items });
        }
        let all_read = framed.next().is_none() && log.is_empty() && bytes.is_empty() && receipts.is_read();
        if all_read { Ok(sections) } else { Err(FrameError::Malformed) }
    }
}

fn take_head(log: &mut &[u8]) -> Result<(ScopeId, u64, u64), FrameError> {
    let scope = std::str::from_utf8(take_bytes(log)?).ok().and_then(|text| text.parse().ok()).ok_or(FrameError::Malformed)?;
    let from = take(log)?;
    let to = from.checked_add_signed(take_signed(log)?).ok_or(FrameError::Malformed)?;
    Ok((scope, from, to))
}

/// Receipts by columns.
#[derive(Default)]
struct ReceiptsOut {
    people: BTreeMap<(DeviceId, UserId), u64>,
    table: Vec<u8>,
    columns: Vec<u8>,
    last_at: i64,
    macs: Vec<u8>,
}

impl ReceiptsOut {
    fn push(&mut self, receipt: &Receipt) {
        let next = self.people.len() as u64;
        let person = (receipt.device, receipt.user.clone());
        let table = &mut self.table;
        let number = *self.people.entry(person).or_insert_with(|| {
            table.extend_from_slice(&receipt.device.0);
            put_bytes(table, receipt.user.0.as_bytes());
            next
        });
        put(&mut self.columns, number);
        put(&mut self.columns, u64::from(receipt.order.epoch));
        put(&mut self.columns, u64::from(receipt.order.n));
        put_signed(&mut self.columns, receipt.at.0.wrapping_sub(self.last_at));
        self.last_at = receipt.at.0;
        self.macs.extend_from_slice(&receipt.mac);
    }

    fn finish(self, body: &mut Vec<u8>) {
        put_bytes(body, &self.table);
        put_bytes(body, &self.columns);
        put_bytes(body, &self.macs);
    }
}

struct ReceiptsIn<'a> {
    people: Vec<(DeviceId, UserId)>,
    columns: &'a [u8],
    at: i64,
    macs: &'a [u8],
}

impl<'a> ReceiptsIn<'a> {
    fn take(bytes: &mut &'a [u8]) -> Result<Self, FrameError> {
        let mut table = take_bytes(bytes)?;
        let mut people = Vec::new();
        while let Some((device, after)) = table.split_first_chunk::<10>() {
            table = after;
            let user = std::str::from_utf8(take_bytes(&mut table)?).map_err(|_| FrameError::Malformed)?;
            people.push((DeviceId(*device), UserId::from(user)));
        }
        if !table.is_empty() {
            return Err(FrameError::Malformed);
        }
        Ok(Self { people, columns: take_bytes(bytes)?, at: 0, macs: take_bytes(bytes)? })
    }

    fn next(&mut self, change: ChangeHash) -> Result<Receipt, FrameError> {
        let person =
            usize::try_from(take(&mut self.columns)?).ok().and_then(|i| self.people.get(i)).ok_or(FrameError::Malformed)?;
        let (device, user) = person.clone();
        let mut number = || u32::try_from(take(&mut self.columns)?).map_err(|_| FrameError::Malformed);
        let order = Order { epoch: number()?, n: number()? };
        self.at = self.at.wrapping_add(take_signed(&mut self.columns)?);
        Ok(Receipt { change, order, at: UnixSeconds(self.at), device, user, mac: self.mac()? })
    }

    fn mac(&mut self) -> Result<[u8; 16], FrameError> {
        let (mac, after) = self.macs.split_first_chunk::<16>().ok_or(FrameError::Malformed)?;
        self.macs = after;
        Ok(*mac)
    }

    const fn is_read(&self) -> bool {
        self.columns.is_empty() && self.macs.is_empty()
    }
}
