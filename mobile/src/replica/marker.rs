//! "Reading X": noted beside the store before a record that came from outside is read. If reading ends the app twice, as a
//! trap in the browser does, the next start sets X aside, so that one poison record never blocks the others. Once may be
//! chance: an empty battery, or a system that needed the memory.
//!
//! A file of its own, since the note must outlive the transaction that the trap tears. Holds a random id and nothing else.

use super::storage::{Home, StoreError};
use rusqlite::{Connection, OptionalExtension, params};
use shared::model::ids::RecordId;
use std::cell::Cell;

const MARKER_FILE: &str = "sada.reading";

/// Ends of the app in a row while one record was read, after which it is set aside.
const ENDS: u32 = 2;

/// The note.
pub(super) struct Marker {
    conn: Connection,
    /// The record being read.
    last: Cell<Option<RecordId>>,
    /// Some record is known to have ended the app: hardly ever.
    any_ended: Cell<bool>,
}

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
             create table if not exists reading (store text primary key, record blob not null) strict;
             create table if not exists ended (store text, record blob, times integer not null, primary key (store, record)) strict;",
        )?;
        let any_ended = conn.query_row("select exists (select 1 from ended)", [], |row| row.get(0))?;
        Ok(Self { conn, last: Cell::new(None), any_ended: Cell::new(any_ended) })
    }

    /// Notes that a record is about to be read.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(super) fn reading(&self, store: &str, record: RecordId) -> Result<(), StoreError> {
        self.read(store)?;
        let sql = "insert or replace into reading (store, record) values (?1, ?2)";
        self.conn.prepare_cached(sql)?.execute(params![store, record.0])?;
        self.last.set(Some(record));
        Ok(())
    }

    /// The record noted last was read, and the app still runs.
    fn read(&self, store: &str) -> Result<(), StoreError> {
        if let Some(record) = self.last.take()
            && self.any_ended.get()
        {
            let sql = "delete from ended where store = ?1 and record = ?2";
            self.conn.prepare_cached(sql)?.execute(params![store, record.0])?;
        }
        Ok(())
    }

    /// Everything was read.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(super) fn done(&self, store: &str) -> Result<(), StoreError> {
        self.read(store)?;
        self.conn.prepare_cached("delete from reading where store = ?1")?.execute([store])?;
        Ok(())
    }

    /// Asked at each start: the record that was being read when the app ended, if that happened twice in a row.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(super) fn left(&self, store: &str) -> Result<Option<RecordId>, StoreError> {
        let sql = "select record from reading where store = ?1";
        let bytes: Option<Vec<u8>> = self.conn.query_row(sql, [store], |row| row.get(0)).optional()?;
        let Some(record) = bytes.and_then(|bytes| RecordId::try_from(bytes.as_slice()).ok()) else { return Ok(None) };
        let sql = "insert into ended (store, record, times) values (?1, ?2, 1)
             on conflict (store, record) do update set times = times + 1 returning times";
        let times: u32 = self.conn.query_row(sql, params![store, record.0], |row| row.get(0))?;
        self.any_ended.set(true);
        self.conn.prepare_cached("delete from reading where store = ?1")?.execute([store])?;
        Ok((times >= ENDS).then_some(record))
    }

    /// The record is set aside: it starts afresh should someone try it again.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(super) fn forget(&self, store: &str, record: RecordId) -> Result<(), StoreError> {
        self.conn.prepare_cached("delete from ended where store = ?1 and record = ?2")?.execute(params![store, record.0])?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Home, Marker};
    use shared::model::ids::RecordId;

    #[test]
    fn only_a_record_that_ended_the_app_twice_in_a_row_is_named() {
        let folder = std::env::temp_dir().join(format!("sada-marker-{}", std::process::id()));
        let home = Home::directory(&folder);
        home.prepare().unwrap();
        let start = || Marker::open(&home).unwrap();
        let (poison, innocent) = (RecordId([1; 16]), RecordId([2; 16]));
        let ends_while_reading = |record| {
            let marker = start();
            marker.reading("s", RecordId([9; 16])).unwrap();
            marker.reading("s", record).unwrap();
        };
        ends_while_reading(innocent);
        assert_eq!(start().left("s").unwrap(), None);
        let marker = start();
        marker.reading("s", innocent).unwrap();
        marker.done("s").unwrap();
        ends_while_reading(innocent);
        assert_eq!(start().left("s").unwrap(), None, "in between it was read");
        ends_while_reading(poison);
        assert_eq!(start().left("s").unwrap(), None);
        ends_while_reading(poison);
        let marker = start();
        assert_eq!(marker.left("s").unwrap(), Some(poison));
        marker.forget("s", poison).unwrap();
        assert_eq!(start().left("s").unwrap(), None);
        std::fs::remove_dir_all(folder).unwrap();
    }
}
