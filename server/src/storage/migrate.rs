//! Numbered migrations: append-only, each in one transaction. Refuses a file that a newer server wrote.

use super::StorageError;
use rusqlite::Connection;

/// Every migration in order; the first brings schema 1.
const MIGRATIONS: &[&str] = &[
    include_str!("../../sql/migrations/0001_spine.sql"),
    include_str!("../../sql/migrations/0002_second_factors.sql"),
    include_str!("../../sql/migrations/0003_quarantine_of_device.sql"),
    include_str!("../../sql/migrations/0004_waiting_keys.sql"),
    include_str!("../../sql/migrations/0005_people_and_devices.sql"),
    include_str!("../../sql/migrations/0006_opened.sql"),
    include_str!("../../sql/migrations/0007_roads.sql"),
    include_str!("../../sql/migrations/0008_openings.sql"),
    include_str!("../../sql/migrations/0009_enrolment.sql"),
    include_str!("../../sql/migrations/0010_about.sql"),
    include_str!("../../sql/migrations/0011_pictures.sql"),
    include_str!("../../sql/migrations/0012_authors_keep.sql"),
    include_str!("../../sql/migrations/0013_revoked_by.sql"),
];

/// Brings the schema up to date.
///
/// # Errors
/// [`StorageError::NewerSchema`], or what SQLite says; then the file is as before.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), StorageError> {
    let known = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    let found: i64 = connection.query_row("pragma user_version", [], |row| row.get(0))?;
    if found > known {
        return Err(StorageError::NewerSchema { found, known });
    }
    for (number, sql) in (1_i64..).zip(MIGRATIONS).filter(|(number, _)| *number > found) {
        let tx = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        tx.execute_batch(sql)?;
        tx.pragma_update(None, "user_version", number)?;
        tx.commit()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::migrate;
    use crate::storage::StorageError;
    use rusqlite::Connection;

    #[test]
    fn migrating_twice_changes_nothing_and_a_newer_file_is_refused_untouched() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection).unwrap();
        let schema = |c: &Connection| -> String {
            c.query_row("select group_concat(sql, ';') from sqlite_schema", [], |r| r.get(0)).unwrap()
        };
        let before = schema(&connection);
        migrate(&mut connection).unwrap();
        assert_eq!(schema(&connection), before);
        connection.pragma_update(None, "user_version", 999).unwrap();
        assert!(matches!(migrate(&mut connection), Err(StorageError::NewerSchema { found: 999, .. })));
        assert_eq!(schema(&connection), before);
    }
}
