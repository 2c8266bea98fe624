//! What was set aside: refused changes with what was meant, documents that can't be read. What the server holds too is let go of a
//! while after the person took note, or before the road; an only copy stays, encrypted, until it was taken somewhere.

use super::{
    documents, drafts,
    intents::{self, DoError},
    open::Open,
    pictures, ref_numbers,
    storage::StoreError,
};
use crate::protocol::{QuarantineItem, Resolution};
use rusqlite::{Connection, OptionalExtension, params};
use shared::{
    intent::Prepared,
    model::{
        dates::UnixSeconds,
        ids::RecordId,
        record::{DocKind, DocumentId},
    },
};

/// Stable code of an item's reason that is not the server's.
pub(super) const UNREADABLE: &str = "unreadable";
/// An innocent change that could not be written again after a refusal.
pub(super) const REBASE: &str = "rebase";
/// What an unreadable record is listed as.
const DOCUMENT: &str = "document";
/// What an unreadable form is listed as.
const DRAFT: &str = "draft";
/// So long what the person took note of stays where it can be tried again, if the server holds it. # Source: docs/threat-model.md
const NOTED_DAYS: i64 = 7;
/// What of an item nobody else has: words that never reached the server, or a photo.
const ONLY_COPY: &str = "(held_there = 0 and (raw is not null or prepared is not null)
    or exists (select 1 from picture p where p.document = quarantine.document and p.aside = 1))";

/// An item to be set aside.
pub(super) struct SetAside<'a> {
    pub document: Option<DocumentId>,
    pub record: RecordId,
    pub raw: Option<&'a [u8]>,
    pub prepared: Option<&'a str>,
    pub why: &'a str,
    pub what: &'a str,
    /// The server keeps it too.
    pub held_there: bool,
    pub at: UnixSeconds,
}

/// Sets an item aside.
///
/// # Errors
/// [`StoreError`].
pub(super) fn add(conn: &Connection, item: &SetAside<'_>) -> Result<(), StoreError> {
    conn.prepare_cached(
        "insert into quarantine (record, document, ref_no, raw, prepared, why, what, at, held_there)
         values (?1, ?2, ?9, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        item.record.0,
        item.document.map(DocumentId::to_bytes),
        item.raw,
        item.prepared,
        item.why,
        item.what,
        item.at.0,
        item.held_there,
        ref_numbers::of(conn, item.record)?,
    ])?;
    Ok(())
}

/// Sets aside every document of a record whose reading ended the app, or one that turned out damaged. Those not here yet are
/// set aside too: the transaction that brought them was torn, and they come again.
///
/// # Errors
/// [`StoreError`].
pub(super) fn set_aside_unreadable(
    conn: &Connection,
    record: RecordId,
    only: Option<DocumentId>,
    now: UnixSeconds,
) -> Result<(), StoreError> {
    for kind in DocKind::ALL.into_iter().filter(|_| only.is_none()) {
        documents::begin(conn, DocumentId::first(record, kind))?;
    }
    conn.execute(
        "update document set unreadable = 1 where record = ?1 and (?2 is null or id = ?2)",
        params![record.0, only.map(DocumentId::to_bytes)],
    )?;
    let item = SetAside {
        document: only,
        record,
        raw: None,
        prepared: None,
        why: UNREADABLE,
        what: DOCUMENT,
        held_there: false,
        at: now,
    };
    let known = "select exists (select 1 from quarantine where record = ?1 and why = ?2 and acknowledged = 0)";
    let listed: bool = conn.query_row(known, params![record.0, UNREADABLE], |row| row.get(0))?;
    if listed { Ok(()) } else { add(conn, &item) }
}

/// Sets a form aside that can't be read.
///
/// # Errors
/// [`StoreError`].
pub(super) fn set_aside_draft(conn: &Connection, record: RecordId, body: &str, now: UnixSeconds) -> Result<(), StoreError> {
    let raw = Some(body.as_bytes());
    add(conn, &SetAside { document: None, record, raw, prepared: None, why: UNREADABLE, what: DRAFT, held_there: false, at: now })
}

/// All items, those not yet noted first, newest first.
///
/// # Errors
/// [`StoreError`].
pub(super) fn all(conn: &Connection) -> Result<Vec<QuarantineItem>, StoreError> {
    let mut statement = conn.prepare_cached(&format!(
        "select item, record, ref_no, at, why, what, acknowledged, {ONLY_COPY},
            (select count(*) from picture p where p.document = quarantine.document and p.aside = 1)
         from quarantine order by acknowledged > 0, item desc"
    ))?;
    let rows = statement.query_map([], |row| {
        let record: Option<Vec<u8>> = row.get(1)?;
        let (noted, only_copy): (i64, bool) = (row.get(6)?, row.get(7)?);
        Ok(QuarantineItem {
            item: row.get(0)?,
            record: record.and_then(|bytes| RecordId::try_from(bytes.as_slice()).ok()),
            ref_no: row.get(2)?,
            at: UnixSeconds(row.get(3)?),
            why: row.get(4)?,
            what: row.get(5)?,
            acknowledged: noted > 0,
            only_copy,
            goes_at: (noted > 0 && !only_copy).then(|| UnixSeconds(noted).plus(NOTED_DAYS * 86_400)),
            pictures: row.get(8)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Lets go of what the person took note of before `noted_before` and the server holds. Says whether there was something.
///
/// # Errors
/// [`StoreError`].
pub(super) fn let_go(conn: &Connection, noted_before: UnixSeconds) -> Result<bool, StoreError> {
    let sql = format!("delete from quarantine where acknowledged between 1 and ?1 and not {ONLY_COPY}");
    Ok(conn.prepare_cached(&sql)?.execute([noted_before.0])? > 0)
}

/// Lets go of what was noted long enough ago.
///
/// # Errors
/// [`StoreError`].
pub(super) fn let_go_of_noted(conn: &Connection, now: UnixSeconds) -> Result<bool, StoreError> {
    let_go(conn, now.plus(-NOTED_DAYS * 86_400))
}

impl Open {
    /// Acts on an item. Says whether there is such an item.
    ///
    /// # Errors
    /// [`DoError`] if trying again failed; the item stays.
    pub(super) fn resolve(&mut self, item: i64, how: Resolution, now: UnixSeconds) -> Result<bool, DoError> {
        let found = self
            .conn
            .query_row("select record, document, prepared, what from quarantine where item = ?1", [item], |row| {
                Ok((
                    row.get::<_, Option<Vec<u8>>>(0)?,
                    row.get::<_, Option<Vec<u8>>>(1)?,
                    row.get::<_, Option<String>>(2)?,
                    row.get::<_, String>(3)?,
                ))
            })
            .optional()?;
        let Some((Some(record), document, prepared, what)) = found else { return Ok(false) };
        let record = RecordId::try_from(record.as_slice()).map_err(|_| StoreError::Unreadable("quarantine"))?;
        let document = document.map(|bytes| DocumentId::from_bytes(&bytes)).transpose();
        let document = document.map_err(|_| StoreError::Unreadable("quarantine"))?;
        match how {
            Resolution::Acknowledge => {
                self.note_item(item, now)?;
            }
            Resolution::Retry if what == pictures::PICTURE => {
                document.map_or(Ok(()), |document| pictures::wait_again(&self.conn, document))?;
                self.conn.execute("delete from quarantine where item = ?1", [item])?;
            }
            Resolution::Retry if what == DOCUMENT => self.read_again(item, record, now)?,
            Resolution::Retry if what == DRAFT => drafts::put_back(&self.conn, item)?,
            Resolution::Retry => {
                let prepared: Option<Prepared> = prepared.and_then(|text| serde_json::from_str(&text).ok());
                self.write_again(item, record, document, &what, prepared, now)?;
            }
        }
        self.project_again(record, now)?;
        Ok(true)
    }

    fn note_item(&self, item: i64, now: UnixSeconds) -> Result<(), StoreError> {
        self.conn.execute("update quarantine set acknowledged = max(?2, 1) where item = ?1", params![item, now.0])?;
        Ok(())
    }

    /// Tries to read a record that was set aside; another trap sets it aside again.
    fn read_again(&mut self, item: i64, record: RecordId, now: UnixSeconds) -> Result<(), DoError> {
        self.note_item(item, now)?;
        self.conn.execute("update document set unreadable = 0 where record = ?1", [record.0])?;
        Ok(())
    }

    /// Writes what was meant once more, as a new change on what is here now.
    fn write_again(
        &mut self,
        item: i64,
        record: RecordId,
        document: Option<DocumentId>,
        what: &str,
        prepared: Option<Prepared>,
        now: UnixSeconds,
    ) -> Result<(), DoError> {
        let Some(mut prepared) = prepared else { return Ok(()) };
        prepared.edits.retain(|(id, _)| document.is_none_or(|document| document == *id));
        let tx = self.conn.transaction()?;
        pictures::saved(&tx, &prepared)?;
        let intent = intents::keep_intent(&tx, record, what, &prepared, now)?;
        for (id, edits) in &prepared.edits {
            intents::write(&tx, *id, edits, intent, self.author)?;
        }
        tx.execute("delete from quarantine where item = ?1", [item])?;
        documents::drop_idle_intents(&tx)?;
        tx.commit()?;
        Ok(())
    }
}
