//! Opens connections: key first, then the pragmas every acknowledgement rests on.

use super::StorageError;
use rusqlite::{Connection, OpenFlags, backup::Backup, config::DbConfig};
use std::{fmt, path::Path, time::Duration};
use zeroize::Zeroizing;

/// The raw 32-byte key of an encrypted database. Never shown.
#[derive(Clone)]
pub struct DatabaseKey(Zeroizing<[u8; 32]>);

impl DatabaseKey {
    /// A key from its bytes.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Reads 64 hex digits, as in a key file; spaces and line ends around them are ignored.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        let text = text.trim();
        let mut bytes = Zeroizing::new([0; 32]);
        if text.len() != 64 || !text.is_ascii() {
            return None;
        }
        for (i, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * i..2 * i + 2], 16).ok()?;
        }
        Some(Self(bytes))
    }

    fn pragma(&self) -> Zeroizing<String> {
        let mut sql = Zeroizing::new(String::with_capacity(96));
        sql.push_str("pragma key = \"x'");
        for byte in self.0.iter() {
            for nibble in [byte >> 4, byte & 15] {
                sql.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
            }
        }
        sql.push_str("'\"");
        sql
    }
}

impl fmt::Debug for DatabaseKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DatabaseKey")
    }
}

/// How to open a database.
#[derive(Clone, Debug, Default)]
pub struct OpenOptions {
    /// The key, or none for a plain file.
    pub key: Option<DatabaseKey>,
}

fn open(path: &Path, flags: OpenFlags, options: &OpenOptions) -> Result<Connection, StorageError> {
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    if let Some(key) = &options.key {
        connection.execute_batch(&key.pragma())?;
    }
    // The first read tells whether the key fits.
    connection.query_row("select count(*) from sqlite_schema", [], |_| Ok(())).map_err(|error| match error {
        rusqlite::Error::SqliteFailure(failure, _) if failure.code == rusqlite::ErrorCode::NotADatabase => StorageError::WrongKey,
        other => other.into(),
    })?;
    connection.busy_timeout(Duration::from_secs(10))?;
    // Otherwise SQLite plans a statement anew each time a value is bound that its statistics could have an opinion on.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    // More than there are statements.
    connection.set_prepared_statement_cache_capacity(256);
    Ok(connection)
}

/// The one connection that writes.
pub(super) fn connect_writer(path: &Path, options: &OpenOptions) -> Result<Connection, StorageError> {
    let connection = open(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE, options)?;
    // FULL: an answer is a promise that survives a power cut. secure_delete: what is purged leaves no bytes behind.
    connection.execute_batch(
        "pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on; pragma foreign_keys = on;
         pragma cache_size = -65536; pragma temp_store = memory; pragma wal_autocheckpoint = 4000;",
    )?;
    Ok(connection)
}

/// A connection that reads.
pub(super) fn connect_reader(path: &Path, options: &OpenOptions) -> Result<Connection, StorageError> {
    // Opened for writing, since a WAL reader must be able to create the shared memory; `query_only` forbids the rest.
    let connection = open(path, OpenFlags::SQLITE_OPEN_READ_WRITE, options)?;
    connection.execute_batch("pragma query_only = on; pragma cache_size = -16384; pragma temp_store = memory;")?;
    Ok(connection)
}

/// Copies the database at `path` into the new file `target`, page by page, encrypted alike.
pub(super) fn copy(path: &Path, options: &OpenOptions, target: &Path) -> Result<(), StorageError> {
    if target.exists() {
        return Err(std::io::Error::from(std::io::ErrorKind::AlreadyExists).into());
    }
    let from = connect_reader(path, options)?;
    // Only its owner may read it; SQLite takes an empty file for a new database.
    crate::keys::write_secret(target, "")?;
    let mut to = Connection::open(target)?;
    if let Some(key) = &options.key {
        to.execute_batch(&key.pragma())?;
    }
    // In one step: it sees one moment, and a writer goes on beside it. In several it would begin again after each write.
    Backup::new(&from, &mut to)?.run_to_completion(i32::MAX, Duration::ZERO, None)?;
    to.execute_batch("pragma journal_mode = delete")?;
    drop(to);
    std::fs::File::open(target)?.sync_all()?;
    Ok(())
}
