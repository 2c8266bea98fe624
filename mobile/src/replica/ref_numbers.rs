//! Receipt numbers leased to this device: taken one by one, topped up at sync.

use super::storage::StoreError;
use rusqlite::{Connection, OptionalExtension};
use serde::Deserialize;
use shared::{model::ids::RecordId, receipt_no::ReceiptNo, sync::messages::LeasedRefNo};

/// A number with its check digit, and its PIN.
pub(super) struct Leased {
    pub ref_no: String,
    pub pin: String,
}

/// Adds leased numbers. One that is here already, or was used here, stays as it is.
///
/// # Errors
/// [`StoreError`].
pub(super) fn add(conn: &Connection, lease: &[LeasedRefNo]) -> Result<(), StoreError> {
    let mut insert = conn.prepare_cached("insert or ignore into ref_no (ref_no, pin) values (?1, ?2)")?;
    for leased in lease {
        let ref_no = ReceiptNo::with_check_digit(leased.number);
        insert.execute(rusqlite::params![ref_no.as_str(), format!("{:04}", leased.pin)])?;
    }
    Ok(())
}

/// The next one, not yet taken.
///
/// # Errors
/// [`StoreError`].
pub(super) fn next(conn: &Connection) -> Result<Option<Leased>, StoreError> {
    let sql = "select ref_no, pin from ref_no order by ref_no limit 1";
    Ok(conn.prepare_cached(sql)?.query_row([], |row| Ok(Leased { ref_no: row.get(0)?, pin: row.get(1)? })).optional()?)
}

/// The number of a case that is here.
///
/// # Errors
/// [`StoreError`].
pub(super) fn of(conn: &Connection, record: RecordId) -> Result<Option<String>, StoreError> {
    #[derive(Deserialize)]
    struct Row {
        ref_no: String,
    }
    let sql = "select row from case_row where record = ?1";
    let text: Option<String> = conn.prepare_cached(sql)?.query_row([record.0], |row| row.get(0)).optional()?;
    // A row that can't be read is as good as none: it is rebuilt when the lists are loaded.
    Ok(text.and_then(|text| serde_json::from_str::<Row>(&text).ok()).map(|row| row.ref_no))
}

/// Takes it, within the transaction of the record that gets it: if that fails, the number is free again.
///
/// # Errors
/// [`StoreError`].
pub(super) fn take(conn: &Connection, ref_no: &str) -> Result<(), StoreError> {
    conn.prepare_cached("delete from ref_no where ref_no = ?1")?.execute([ref_no])?;
    Ok(())
}

/// How many are left.
///
/// # Errors
/// [`StoreError`].
pub(super) fn left(conn: &Connection) -> Result<u32, StoreError> {
    Ok(conn.prepare_cached("select count(*) from ref_no")?.query_row([], |row| row.get(0))?)
}
