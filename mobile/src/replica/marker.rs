//! "Reading X": noted beside the store before a record that came from outside is read. If reading ends the app, as a trap in
//! the browser does, the next start finds the note and sets X aside, so that one poison record never blocks the others.
//!
//! A file of its own, since the note must outlive the transaction that the trap tears. Holds a random id and nothing else.

use super::storage::{Home, StoreError};
use rusqlite::{Connection, OptionalExtension};
use shared::model::ids::RecordId;

const MARKER_FILE: &str = "sada.reading";

/// The note.
pub(super) struct Marker(Connection);

impl Marker {
    /// Opens the file.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(super) fn open(home: &Home) -> Result<Self, StoreError> {
        let conn = home.open_plain(MARKER_FILE)?;
        // It need not survive a power cut, after which nothing was being read: only the end of the app.
        conn.execute_batch(
            "pragma synchronous = off; pragma journal_mode = memory;
             create table if not exists reading (store text primary key, record blob not null) strict;",
        )?;
        Ok(Self(conn))
    }

    /// Notes that a record is about to be read.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(super) fn reading(&self, store: &str, record: RecordId) -> Result<(), StoreError> {
        let sql = "insert or replace into reading (store, record) values (?1, ?2)";
        self.0.prepare_cached(sql)?.execute(rusqlite::params![store, record.0])?;
        Ok(())
    }

    /// Everything was read.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(super) fn done(&self, store: &str) -> Result<(), StoreError> {
        self.0.prepare_cached("delete from reading where store = ?1")?.execute([store])?;
        Ok(())
    }

    /// What was being read when the app ended, if anything.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(super) fn left(&self, store: &str) -> Result<Option<RecordId>, StoreError> {
        let sql = "select record from reading where store = ?1";
        let bytes: Option<Vec<u8>> = self.0.query_row(sql, [store], |row| row.get(0)).optional()?;
        Ok(bytes.and_then(|bytes| RecordId::try_from(bytes.as_slice()).ok()))
    }
}
