//! Documents and their changes on disk: raw bytes as they were written, receipts beside them. Knows how to read a document
//! back, not what stands in it.

use super::storage::StoreError;
use rusqlite::{Connection, OptionalExtension, params};
use shared::{
    document::{
        change::Change,
        content::Content,
        fold::{Document, fold},
    },
    model::{
        dates::UnixSeconds,
        ids::{ChangeHash, RecordId},
        order::Receipt,
        record::{DocKind, DocumentId},
    },
    sync::{
        messages::{decode, encode},
        set_hash::SetHash,
    },
};
use std::collections::BTreeMap;

/// One document as this device holds it, read.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub id: DocumentId,
    /// The epoch of this device's actor in it.
    pub actor_epoch: u16,
    pub document: Document,
    /// Its changes, in the order of arrival.
    pub changes: Vec<Change>,
    pub receipts: BTreeMap<ChangeHash, Receipt>,
    /// Own changes without a receipt, with their place in the outbox.
    pub outbox: BTreeMap<ChangeHash, u64>,
}

impl Held {
    /// A document that this device begins.
    pub(super) fn new(id: DocumentId) -> Self {
        let document = Document::new(id.kind);
        Self { id, actor_epoch: 0, document, changes: Vec::new(), receipts: BTreeMap::new(), outbox: BTreeMap::new() }
    }

    /// The server has nothing of it yet.
    pub(super) fn is_unsent(&self) -> bool {
        self.receipts.is_empty()
    }

    /// What stands without the changes that `out` names by hash.
    pub(super) fn content_without(&self, out: impl Fn(&ChangeHash) -> bool) -> Content {
        let kept = self.changes.iter().filter(|change| !out(&change.hash()));
        fold(self.id.kind, kept)
    }
}

/// Where a change came from.
pub(super) enum Origin<'a> {
    /// This device; not yet confirmed.
    Own,
    /// A device, by the server's receipt.
    Receipted(&'a Receipt),
    /// The server itself.
    Server([u8; 16]),
}

/// Reads a record's documents of the latest generation each. Those set aside as unreadable are left out; one that turns
/// out to be unreadable is an error that names it.
///
/// # Errors
/// [`ReadError`].
pub(super) fn of_record(conn: &Connection, record: RecordId) -> Result<Vec<Held>, ReadError> {
    let sql = "select id, actor_epoch from document where record = ?1 and unreadable = 0 order by id";
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map([record.0], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get(1)?)))?;
    let mut newest: BTreeMap<_, (DocumentId, u16)> = BTreeMap::new();
    for row in rows {
        let (id, epoch) = row?;
        let id = DocumentId::from_bytes(&id).map_err(|_| StoreError::Unreadable("document"))?;
        newest.insert(id.kind, (id, epoch));
    }
    newest.into_values().map(|(id, epoch)| read(conn, id, epoch)).collect()
}

/// Reads every generation of a part of a record, oldest first. Those set aside as unreadable are left out.
///
/// # Errors
/// [`ReadError`].
pub(super) fn generations(conn: &Connection, record: RecordId, kind: DocKind) -> Result<Vec<Held>, ReadError> {
    let sql = "select id, actor_epoch from document where record = ?1 and unreadable = 0 order by id";
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map([record.0], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get(1)?)))?;
    let mut found = Vec::new();
    for row in rows {
        let (id, epoch) = row?;
        let id = DocumentId::from_bytes(&id).map_err(|_| StoreError::Unreadable("document"))?;
        if id.kind == kind {
            found.push(read(conn, id, epoch)?);
        }
    }
    Ok(found)
}

/// Records of which a document of this kind is here.
///
/// # Errors
/// [`StoreError`].
pub(super) fn records_with(conn: &Connection, kind: DocKind) -> Result<Vec<RecordId>, StoreError> {
    // The kind's byte stands after the record's sixteen.
    let sql = "select distinct record from document where substr(id, 17, 1) = ?1 and unreadable = 0";
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map([[kind.byte()]], |row| row.get::<_, Vec<u8>>(0))?;
    rows.map(|row| RecordId::try_from(row?.as_slice()).map_err(|_| StoreError::Unreadable("document"))).collect()
}

/// Reads one document, if it is here and not set aside.
///
/// # Errors
/// [`ReadError`].
pub(super) fn one(conn: &Connection, id: DocumentId) -> Result<Option<Held>, ReadError> {
    let sql = "select actor_epoch from document where id = ?1 and unreadable = 0";
    let epoch: Option<u16> = conn.prepare_cached(sql)?.query_row([id.to_bytes()], |row| row.get(0)).optional()?;
    epoch.map(|epoch| read(conn, id, epoch)).transpose()
}

/// Whether anything of a document is here, readable or not.
///
/// # Errors
/// [`StoreError`].
pub(super) fn is_known(conn: &Connection, id: DocumentId) -> Result<bool, StoreError> {
    let sql = "select exists (select 1 from document where id = ?1)";
    Ok(conn.prepare_cached(sql)?.query_row([id.to_bytes()], |row| row.get(0))?)
}

/// A document could not be read.
#[derive(Debug, thiserror::Error)]
pub(super) enum ReadError {
    /// One of its changes is damaged: set it aside.
    #[error("document {0} can't be read")]
    Damaged(DocumentId),
    /// Storage failed.
    #[error("storage failed")]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for ReadError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

impl From<ReadError> for StoreError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Damaged(_) => Self::Unreadable("document"),
            ReadError::Store(error) => error,
        }
    }
}

fn read(conn: &Connection, id: DocumentId, actor_epoch: u16) -> Result<Held, ReadError> {
    let mut held = Held { actor_epoch, ..Held::new(id) };
    let mut statement = conn.prepare_cached(
        "select c.raw, c.receipt, o.local from change c left join outbox o on o.local = c.local
         where c.document = ?1 order by c.local",
    )?;
    let mut rows = statement.query([id.to_bytes()])?;
    while let Some(row) = rows.next()? {
        let raw = row.get_ref(0)?.as_blob().map_err(|_| ReadError::Damaged(id))?;
        let change = Change::from_raw(raw).map_err(|_| ReadError::Damaged(id))?;
        let hash = change.hash();
        if let Some(receipt) = row.get::<_, Option<Vec<u8>>>(1)? {
            held.receipts.insert(hash, decode(&receipt).map_err(|_| ReadError::Damaged(id))?);
        }
        if let Some(local) = row.get::<_, Option<i64>>(2)? {
            held.outbox.insert(hash, local.unsigned_abs());
        }
        held.document.apply(&change);
        held.changes.push(change);
    }
    Ok(held)
}

/// Notes that a document exists. Nothing happens if it is known.
///
/// # Errors
/// [`StoreError`].
pub(super) fn begin(conn: &Connection, id: DocumentId) -> Result<(), StoreError> {
    conn.prepare_cached("insert or ignore into document (id, record, digest) values (?1, ?2, ?3)")?.execute(params![
        id.to_bytes(),
        id.record.0,
        SetHash::default().0
    ])?;
    Ok(())
}

/// Keeps a change. One that is here already only gains the receipt it lacked. Answers its `local` number and whether it is new.
///
/// # Errors
/// [`StoreError`].
pub(super) fn keep(
    conn: &Connection,
    id: DocumentId,
    hash: ChangeHash,
    raw: &[u8],
    origin: &Origin<'_>,
) -> Result<(i64, bool), StoreError> {
    let (receipt, received_at, mac) = match origin {
        Origin::Own => (None, None, None),
        Origin::Receipted(receipt) => (Some(encode(*receipt)), Some(receipt.at.0), None),
        Origin::Server(mac) => (None, None, Some(*mac)),
    };
    let sql = "select local, receipt is not null or server_mac is not null from change where document = ?1 and hash = ?2";
    let known: Option<(i64, bool)> =
        conn.prepare_cached(sql)?.query_row(params![id.to_bytes(), hash.0], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let (local, new, confirmed) = match known {
        None => {
            conn.prepare_cached(
                "insert into change (document, hash, raw, receipt, received_at, server_mac) values (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![id.to_bytes(), hash.0, raw, receipt, received_at, mac])?;
            (conn.last_insert_rowid(), true, false)
        }
        Some((local, confirmed)) => {
            if !confirmed && !matches!(origin, Origin::Own) {
                conn.prepare_cached("update change set receipt = ?2, received_at = ?3, server_mac = ?4 where local = ?1")?
                    .execute(params![local, receipt, received_at, mac])?;
            }
            (local, false, confirmed)
        }
    };
    if !confirmed && !matches!(origin, Origin::Own) {
        add_to_digest(conn, id, SetHash::of(id, &hash))?;
    }
    Ok((local, new))
}

/// Keeps the receipt of a change of this device's. One that is confirmed already stays as it is.
///
/// # Errors
/// [`StoreError`].
pub(super) fn confirm(conn: &Connection, change: &Unsent, receipt: &Receipt) -> Result<(), StoreError> {
    let sql = "update change set receipt = ?2, received_at = ?3 where local = ?1 and receipt is null and server_mac is null";
    if conn.prepare_cached(sql)?.execute(params![change.local, encode(receipt), receipt.at.0])? > 0 {
        add_to_digest(conn, change.document, SetHash::of(change.document, &change.hash))?;
    }
    Ok(())
}

fn add_to_digest(conn: &Connection, id: DocumentId, hash: SetHash) -> Result<(), StoreError> {
    let digest = digest(conn, id)?.plus(hash);
    conn.prepare_cached("update document set digest = ?2 where id = ?1")?.execute(params![id.to_bytes(), digest.0])?;
    Ok(())
}

/// The set hash of one document's confirmed changes.
///
/// # Errors
/// [`StoreError`].
pub(super) fn digest(conn: &Connection, id: DocumentId) -> Result<SetHash, StoreError> {
    let bytes: Option<Vec<u8>> = conn
        .prepare_cached("select digest from document where id = ?1")?
        .query_row([id.to_bytes()], |row| row.get(0))
        .optional()?;
    let Some(bytes) = bytes else { return Ok(SetHash::default()) };
    bytes.try_into().map(SetHash).map_err(|_| StoreError::Unreadable("document"))
}

/// The raw change with this hash.
///
/// # Errors
/// [`StoreError`].
pub(super) fn raw(conn: &Connection, local: i64) -> Result<Vec<u8>, StoreError> {
    Ok(conn.prepare_cached("select raw from change where local = ?1")?.query_row([local], |row| row.get(0))?)
}

/// Deletes what the server has of a document: changes, membership, the document itself. Unsent changes stay until their
/// verdict; says whether anything stayed.
///
/// # Errors
/// [`StoreError`].
pub(super) fn purge(conn: &Connection, id: DocumentId) -> Result<bool, StoreError> {
    let key = id.to_bytes();
    conn.prepare_cached("delete from scope_document where document = ?1")?.execute([key])?;
    conn.prepare_cached(
        "delete from change where document = ?1 and local not in (select local from outbox where document = ?1)",
    )?
    .execute([key])?;
    let stays: bool =
        conn.prepare_cached("select exists (select 1 from change where document = ?1)")?.query_row([key], |row| row.get(0))?;
    if stays {
        conn.prepare_cached("update document set leaving = 1, digest = ?2 where id = ?1")?
            .execute(params![key, SetHash::default().0])?;
    } else {
        conn.prepare_cached("delete from document where id = ?1")?.execute([key])?;
    }
    Ok(stays)
}

/// Documents that left while something of them was unsent, and now has its verdict: the rest goes too.
///
/// # Errors
/// [`StoreError`].
pub(super) fn left(conn: &Connection) -> Result<Vec<DocumentId>, StoreError> {
    let sql = "select id from document where leaving = 1 and id not in (select document from outbox)";
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
    rows.map(|row| DocumentId::from_bytes(&row?).map_err(|_| StoreError::Unreadable("document"))).collect()
}

/// One unsent change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unsent {
    pub local: i64,
    pub document: DocumentId,
    pub hash: ChangeHash,
    pub intent: i64,
}

/// Unsent changes, in the order they were made; of one document only, if named.
///
/// # Errors
/// [`StoreError`].
pub(super) fn unsent(conn: &Connection, of: Option<DocumentId>) -> Result<Vec<Unsent>, StoreError> {
    let mut statement = conn.prepare_cached(
        "select o.local, o.document, c.hash, o.intent from outbox o join change c on c.local = o.local
         where ?1 is null or o.document = ?1 order by o.local",
    )?;
    let rows = statement.query_map(params![of.map(DocumentId::to_bytes)], |row| {
        Ok((row.get(0)?, row.get::<_, Vec<u8>>(1)?, row.get::<_, Vec<u8>>(2)?, row.get(3)?))
    })?;
    let bad = || StoreError::Unreadable("outbox");
    rows.map(|row| {
        let (local, document, hash, intent) = row?;
        let document = DocumentId::from_bytes(&document).map_err(|_| bad())?;
        let hash = ChangeHash::try_from(hash.as_slice()).map_err(|_| bad())?;
        Ok(Unsent { local, document, hash, intent })
    })
    .collect()
}

/// Whether the server has confirmed something of the document since `at`, or something of it is unsent.
///
/// # Errors
/// [`StoreError`].
pub(super) fn newer_than(conn: &Connection, at: UnixSeconds) -> Result<Vec<RecordId>, StoreError> {
    let mut statement = conn.prepare_cached(
        "select distinct d.record from change c join document d on d.id = c.document
         where c.received_at > ?1 or c.local in (select local from outbox)",
    )?;
    let rows = statement.query_map([at.0], |row| row.get::<_, Vec<u8>>(0))?;
    rows.map(|row| RecordId::try_from(row?.as_slice()).map_err(|_| StoreError::Unreadable("document"))).collect()
}

/// Forgets intents all of whose changes are confirmed or set aside.
///
/// # Errors
/// [`StoreError`].
pub(super) fn drop_idle_intents(conn: &Connection) -> Result<(), StoreError> {
    conn.prepare_cached("delete from intent where id not in (select intent from outbox)")?.execute([])?;
    Ok(())
}
