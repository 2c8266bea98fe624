//! Keeps everything on disk: one SQLite (SQLCipher) file, one writer with group commit, several readers.
//! The only place in the server that knows SQL. Knows no HTTP, no rules and no clock.

pub mod accounts;
pub mod audit_log;
pub mod case_rows;
mod comparing;
pub mod deployment;
pub mod devices;
pub mod documents;
pub mod enrolment_codes;
pub mod openings;
pub mod pictures;
pub mod ref_numbers;
pub mod scopes;
pub mod searched;
pub mod second_factors;
pub mod session_rows;
pub mod set_aside;
pub mod waiting_keys;

mod connect;
mod error;
mod migrate;
mod statement;
#[cfg(test)]
mod tidy;
mod writer;

pub use connect::{DatabaseKey, OpenOptions};
pub use error::StorageError;
pub use statement::Tx;

use connect::{connect_reader, connect_writer};
use rusqlite::Connection;
use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, atomic::AtomicI64},
};
use writer::Writer;

/// An open database. Cheap to clone; closes when the last clone is dropped.
#[derive(Clone)]
pub struct Storage {
    inner: Arc<Inner>,
}

struct Inner {
    path: PathBuf,
    options: OpenOptions,
    writer: Writer,
    idle_readers: Mutex<Vec<Connection>>,
    statements_left: Arc<AtomicI64>,
}

/// Readers kept open when idle; more are opened under load and closed afterwards.
const IDLE_READERS: usize = 8;

impl Storage {
    /// Opens or creates the database at `path` and brings its schema up to date.
    ///
    /// # Errors
    /// [`StorageError::WrongKey`] if the file does not open with this key, [`StorageError::NewerSchema`] if a newer
    /// server wrote it, [`StorageError::Sqlite`] for anything the disk or SQLite says.
    pub fn open(path: &Path, options: OpenOptions) -> Result<Self, StorageError> {
        let mut connection = connect_writer(path, &options)?;
        migrate::migrate(&mut connection)?;
        let statements_left = Arc::new(AtomicI64::new(i64::MAX));
        let writer = Writer::start(connection, Arc::clone(&statements_left))?;
        let inner = Inner { path: path.to_owned(), options, writer, idle_readers: Mutex::new(Vec::new()), statements_left };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Runs `work` in a write transaction and returns once it is on disk. Work of several callers may share one commit;
    /// each stands or falls by itself: an error undoes what this `work` wrote and nothing else.
    ///
    /// # Errors
    /// What `work` answers, or a [`StorageError`] if the commit failed: then nothing of it is on disk.
    pub fn write<T, E>(&self, work: impl FnOnce(&Tx<'_>) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
    {
        self.inner.writer.run(work)
    }

    /// Runs `work` on a consistent snapshot. Writing in it fails.
    ///
    /// # Errors
    /// What `work` answers, or a [`StorageError`] if no reader could be opened.
    pub fn read<T, E: From<StorageError>>(&self, work: impl FnOnce(&Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        let idle = self.inner.idle_readers.lock().ok().and_then(|mut idle| idle.pop());
        let connection = match idle {
            Some(connection) => connection,
            None => connect_reader(&self.inner.path, &self.inner.options)?,
        };
        let unlimited = AtomicI64::new(i64::MAX);
        let answer = {
            connection.execute_batch("begin deferred").map_err(StorageError::from)?;
            let answer = work(&Tx::new(&connection, &unlimited));
            connection.execute_batch("rollback").map_err(StorageError::from)?;
            answer
        };
        if let Ok(mut idle) = self.inner.idle_readers.lock()
            && idle.len() < IDLE_READERS
        {
            idle.push(connection);
        }
        answer
    }

    /// Copies the whole database, as of one moment, into a new file with the same key. Others go on working.
    ///
    /// # Errors
    /// [`StorageError::Sqlite`] if the target exists or cannot be written.
    pub fn copy_to(&self, target: &Path) -> Result<(), StorageError> {
        connect::copy(&self.inner.path, &self.inner.options, target)
    }

    /// Moves the write-ahead log into the main file and empties it, so that purged bytes are gone from both.
    ///
    /// # Errors
    /// [`StorageError::Sqlite`] if readers hold the log for too long.
    pub fn truncate_log(&self) -> Result<(), StorageError> {
        self.inner.writer.between_transactions(|connection| {
            connection.query_row("pragma wal_checkpoint(truncate)", [], |_| Ok(()))?;
            Ok(())
        })
    }

    /// Where the database is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.inner.path
    }

    /// From now on let `statements` statements of write transactions run, then stop as a power cut would: in the middle,
    /// with the transaction open and nothing of it committed. Every later write fails until the file is opened again.
    /// For the simulated world and crash tests.
    pub fn cut_power_after(&self, statements: u32) {
        self.inner.statements_left.store(i64::from(statements), std::sync::atomic::Ordering::SeqCst);
    }
}
