//! Numbered migrations of the store, each in one transaction with its number. Append only.

use super::StoreError;
use rusqlite::Connection;

/// Migration n brings `user_version` from n-1 to n.
const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001_spine.sql"),
    include_str!("migrations/0002_keys.sql"),
    include_str!("migrations/0003_listing.sql"),
    include_str!("migrations/0004_opened.sql"),
    include_str!("migrations/0005_shut.sql"),
    include_str!("migrations/0006_unconfirmed.sql"),
    include_str!("migrations/0007_reach.sql"),
    include_str!("migrations/0008_box_row.sql"),
    include_str!("migrations/0009_device_recovery.sql"),
    include_str!("migrations/0010_batch.sql"),
    include_str!("migrations/0011_server_pins.sql"),
    include_str!("migrations/0012_picture.sql"),
    include_str!("migrations/0013_unlisted.sql"),
    include_str!("migrations/0014_kept_elsewhere.sql"),
];

/// Runs what is missing.
///
/// # Errors
/// [`StoreError::Newer`] if a newer app made the file; [`StoreError::Sql`] if a migration fails: the file is as before.
pub fn run(conn: &mut Connection) -> Result<(), StoreError> {
    let at: u32 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let have = u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX);
    if at > have {
        return Err(StoreError::Newer(at));
    }
    for (number, sql) in (1..).zip(MIGRATIONS).skip(at as usize) {
        let tx = conn.transaction()?;
        tx.execute_batch(sql)?;
        tx.pragma_update(None, "user_version", number)?;
        tx.commit()?;
    }
    Ok(())
}
