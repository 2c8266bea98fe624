//! Receipt numbers leased to this device: taken one by one, topped up at sync.

use super::storage::StoreError;
use rusqlite::{Connection, OptionalExtension};
use shared::{receipt_no::ReceiptNo, sync::messages::LeasedRefNo};

/// A number with its check digit, and its PIN.
pub(super) struct Taken {
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

/// Takes one within the caller's transaction: if that fails, the number is free again.
///
/// # Errors
/// [`StoreError`].
pub(super) fn take(conn: &Connection) -> Result<Option<Taken>, StoreError> {
    let sql = "delete from ref_no where ref_no = (select ref_no from ref_no limit 1) returning ref_no, pin";
    Ok(conn.query_row(sql, [], |row| Ok(Taken { ref_no: row.get(0)?, pin: row.get(1)? })).optional()?)
}

/// How many are left.
///
/// # Errors
/// [`StoreError`].
pub(super) fn left(conn: &Connection) -> Result<u32, StoreError> {
    Ok(conn.query_row("select count(*) from ref_no", [], |row| row.get(0))?)
}
