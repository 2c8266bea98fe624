//! The list index on a new device: rows the server made, shown until the documents are here and make their own. A row is
//! replaced by its document's, and what has none when the first pull is complete goes. Knows nothing of lists in memory.

use super::{
    projection::{Projecting, case_search},
    storage::StoreError,
};
use rusqlite::{Connection, OptionalExtension, params};
use shared::{model::ids::RecordId, sync::list_index::ListPiece};

/// How many rows of the index are here, while more are wanted.
///
/// # Errors
/// [`StoreError`].
pub(super) fn wanted(conn: &Connection) -> Result<Option<u32>, StoreError> {
    Ok(conn.prepare_cached("select rows from listing where complete = 0")?.query_row([], |row| row.get(0)).optional()?)
}

/// Takes the next piece; answers the records that have a row now. A piece that does not go on from here is left out.
///
/// # Errors
/// [`StoreError`].
pub(super) fn take(conn: &Connection, piece: &ListPiece, with: &Projecting<'_>) -> Result<Vec<RecordId>, StoreError> {
    let next = piece.from.saturating_add(piece.rows);
    let sql = "update listing set rows = ?2, complete = ?3 where complete = 0 and rows = ?1";
    if conn.prepare_cached(sql)?.execute(params![piece.from, next, piece.last])? == 0 {
        return Ok(Vec::new());
    }
    // An index this version can't read is done without.
    let rows = piece.open().unwrap_or_default();
    let mut insert =
        conn.prepare_cached("insert or ignore into case_row (record, row, search, listed) values (?1, ?2, ?3, 1)")?;
    for (row, text) in &rows {
        insert.execute(params![row.record.0, text, case_search(row, "", with)])?;
    }
    Ok(rows.iter().map(|(row, _)| row.record).collect())
}

/// The first pull is complete: whatever has no document by now has left meanwhile. Answers those records.
///
/// # Errors
/// [`StoreError`].
pub(super) fn finish(conn: &Connection) -> Result<Vec<RecordId>, StoreError> {
    if conn.prepare_cached("delete from listing")?.execute([])? == 0 {
        return Ok(Vec::new());
    }
    let mut statement = conn.prepare("delete from case_row where listed = 1 returning record")?;
    let records = statement.query_map([], |row| row.get::<_, Vec<u8>>(0))?.collect::<Result<Vec<_>, _>>()?;
    let id = |record: Vec<u8>| RecordId::try_from(record.as_slice()).map_err(|_| StoreError::Unreadable("case_row"));
    records.into_iter().map(id).collect()
}
