//! What this person sent and no longer holds: number, day and state, as the server lists them.

use super::storage::StoreError;
use rusqlite::{Connection, params};
use shared::model::row::OwnRow;

/// All, in the server's order.
///
/// # Errors
/// [`StoreError`].
pub(super) fn all(conn: &Connection) -> Result<Vec<OwnRow>, StoreError> {
    let mut statement = conn.prepare_cached("select body from own_row order by position")?;
    let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
    rows.map(|body| serde_json::from_str(&body?).map_err(|_| StoreError::Unreadable("own_row"))).collect()
}

/// Replaces all by the server's list.
///
/// # Errors
/// [`StoreError`].
pub(super) fn replace(conn: &Connection, rows: &[OwnRow]) -> Result<(), StoreError> {
    conn.execute("delete from own_row", [])?;
    rows.iter().try_for_each(|row| add(conn, row))
}

/// Adds one that just left this device; the server's next list replaces it.
///
/// # Errors
/// [`StoreError`].
pub(super) fn add(conn: &Connection, row: &OwnRow) -> Result<(), StoreError> {
    let body = serde_json::to_string(row).map_err(|_| StoreError::Unreadable("own_row"))?;
    conn.prepare_cached("insert or replace into own_row (ref_no, body) values (?1, ?2)")?.execute(params![row.ref_no, body])?;
    Ok(())
}
