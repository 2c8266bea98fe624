//! Drafts: forms as they stand, saved at every field. What a sensitive report must not keep never reaches the file, and
//! what stood in it before is overwritten.

use super::{
    pictures, quarantine,
    storage::{StoreError, flush_log},
};
use crate::protocol::{Draft, DraftKind};
use rusqlite::{Connection, OptionalExtension};
use shared::{
    intent,
    model::{dates::UnixSeconds, ids::RecordId},
    settings::Settings,
};

/// Saves a draft; an empty one is dropped. A draft that has become sensitive is saved without what may not be kept, and
/// the earlier content is wiped from the file.
///
/// # Errors
/// [`StoreError`].
pub(super) fn save(conn: &Connection, settings: &Settings, mut draft: Draft, now: UnixSeconds) -> Result<(), StoreError> {
    draft.saved_at = now;
    let sensitive = draft.kind == DraftKind::Complaint && intent::is_sensitive(&draft.facts, settings);
    if sensitive {
        draft.facts = intent::keepable(&draft.facts, settings);
    }
    if draft.facts.is_empty() && draft.counts.is_empty() {
        return remove(conn, draft.record);
    }
    let earlier = body(conn, draft.record)?;
    let had_picture = sensitive && pictures::drop_of_draft(conn, draft.record)?;
    let text = serde_json::to_string(&draft).map_err(|_| StoreError::Unreadable("draft"))?;
    conn.execute(
        "insert into draft (record, body, saved_at) values (?1, ?2, ?3)
         on conflict (record) do update set body = excluded.body, saved_at = excluded.saved_at",
        rusqlite::params![draft.record.0, text, now.0],
    )?;
    if had_picture || (sensitive && earlier.is_some_and(|earlier| earlier != text)) {
        flush_log(conn)?;
    }
    Ok(())
}

/// Drops a draft for good: its content is overwritten in the file and the log.
///
/// # Errors
/// [`StoreError`].
pub(super) fn remove(conn: &Connection, record: RecordId) -> Result<(), StoreError> {
    if delete(conn, record)? {
        flush_log(conn)?;
    }
    Ok(())
}

/// Deletes a draft, with the pictures taken for it, within the caller's transaction; says whether there was one.
///
/// # Errors
/// [`StoreError`].
pub(super) fn delete(conn: &Connection, record: RecordId) -> Result<bool, StoreError> {
    let had_picture = pictures::drop_of_draft(conn, record)?;
    Ok(conn.prepare_cached("delete from draft where record = ?1")?.execute([record.0])? > 0 || had_picture)
}

/// Whether the draft of a record says that it may be sensitive.
///
/// # Errors
/// [`StoreError`].
pub(super) fn is_sensitive(conn: &Connection, settings: &Settings, record: RecordId) -> Result<bool, StoreError> {
    let draft: Option<Draft> = body(conn, record)?.and_then(|text| serde_json::from_str(&text).ok());
    Ok(draft.is_some_and(|draft| intent::is_sensitive(&draft.facts, settings)))
}

/// All drafts, newest first, and whether one that can't be read was set aside, as it stands: it is then listed with what else was.
///
/// # Errors
/// [`StoreError`].
pub(super) fn all(conn: &Connection, now: UnixSeconds) -> Result<(Vec<Draft>, bool), StoreError> {
    let mut statement = conn.prepare_cached("select record, body from draft order by saved_at desc")?;
    let rows = statement.query_map([], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, String>(1)?)))?;
    let (mut drafts, mut unreadable) = (Vec::new(), Vec::new());
    for row in rows {
        let (record, body) = row?;
        match serde_json::from_str(&body) {
            Ok(draft) => drafts.push(draft),
            Err(_) => {
                unreadable.push((RecordId::try_from(record.as_slice()).map_err(|_| StoreError::Unreadable("draft"))?, body))
            }
        }
    }
    for (record, body) in &unreadable {
        let tx = conn.unchecked_transaction()?;
        quarantine::set_aside_draft(&tx, *record, body, now)?;
        delete(&tx, *record)?;
        tx.commit()?;
    }
    Ok((drafts, !unreadable.is_empty()))
}

/// Puts a draft back as it was set aside, unless another was begun for its record since.
///
/// # Errors
/// [`StoreError`].
pub(super) fn put_back(conn: &Connection, item: i64) -> Result<(), StoreError> {
    let tx = conn.unchecked_transaction()?;
    tx.execute(
        "insert or ignore into draft (record, body, saved_at) select record, cast(raw as text), at from quarantine where item = ?1",
        [item],
    )?;
    tx.execute("delete from quarantine where item = ?1", [item])?;
    tx.commit()?;
    Ok(())
}

fn body(conn: &Connection, record: RecordId) -> Result<Option<String>, StoreError> {
    Ok(conn.query_row("select body from draft where record = ?1", [record.0], |row| row.get(0)).optional()?)
}
