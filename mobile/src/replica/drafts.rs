//! Drafts: forms as they stand, saved at every field. What a sensitive report must not keep never reaches the file, and
//! what stood in it before is overwritten.

use super::storage::{StoreError, flush_log};
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
    let text = serde_json::to_string(&draft).map_err(|_| StoreError::Unreadable("draft"))?;
    conn.execute(
        "insert into draft (record, body, saved_at) values (?1, ?2, ?3)
         on conflict (record) do update set body = excluded.body, saved_at = excluded.saved_at",
        rusqlite::params![draft.record.0, text, now.0],
    )?;
    if sensitive && earlier.is_some_and(|earlier| earlier != text) {
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

/// Deletes a draft within the caller's transaction; says whether there was one.
///
/// # Errors
/// [`StoreError`].
pub(super) fn delete(conn: &Connection, record: RecordId) -> Result<bool, StoreError> {
    Ok(conn.prepare_cached("delete from draft where record = ?1")?.execute([record.0])? > 0)
}

/// All drafts, newest first. One that can't be read stays in the table and out of the list.
///
/// # Errors
/// [`StoreError`].
pub(super) fn all(conn: &Connection) -> Result<Vec<Draft>, StoreError> {
    let mut statement = conn.prepare_cached("select body from draft order by saved_at desc")?;
    let bodies = statement.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    Ok(bodies.iter().filter_map(|body| serde_json::from_str(body).ok()).collect())
}

fn body(conn: &Connection, record: RecordId) -> Result<Option<String>, StoreError> {
    Ok(conn.query_row("select body from draft where record = ?1", [record.0], |row| row.get(0)).optional()?)
}
