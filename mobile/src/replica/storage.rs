//! Files of the replica: where they lie, how they are opened, and what can go wrong. Knows no table's meaning.

use crate::protocol::FailureCode;
use rusqlite::{Connection, OpenFlags, config::DbConfig};

pub mod contract;
pub mod migrations;

/// Local storage failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite reported it.
    #[error("the local database failed")]
    Sql(#[from] rusqlite::Error),
    /// Something stored can't be read back; names the table, never the content.
    #[error("unreadable entry in {0}")]
    Unreadable(&'static str),
    /// The database was made by a newer version of the app.
    #[error("the local database is of a newer version ({0})")]
    Newer(u32),
    /// The database's salt is all zero: the file system grew the file under SQLCipher (see reference/platform.md §3).
    #[error("the local database has no salt")]
    ZeroSalt,
    /// A directory could not be made or a file not removed.
    #[error("the local files can't be reached")]
    Files(#[source] std::io::Error),
    /// A key could not be derived.
    #[error("the passphrase could not be stretched")]
    Kdf,
}

impl StoreError {
    /// What a person is told.
    #[must_use]
    pub fn code(&self) -> FailureCode {
        match self {
            Self::Sql(rusqlite::Error::SqliteFailure(e, _)) if e.code == rusqlite::ErrorCode::DiskFull => {
                FailureCode::StorageFull
            }
            // The browser's file pool has no word for "full": a write that fails there is one that found no room.
            #[cfg(target_family = "wasm")]
            Self::Sql(rusqlite::Error::SqliteFailure(e, _)) if e.extended_code == rusqlite::ffi::SQLITE_IOERR_WRITE => {
                FailureCode::StorageFull
            }
            Self::Unreadable(_) => FailureCode::Unreadable,
            Self::Newer(_) => FailureCode::UpgradeNeeded,
            Self::Sql(_) | Self::ZeroSalt | Self::Files(_) | Self::Kdf => FailureCode::Storage,
        }
    }
}

/// Removes a file by its plain name.
type Remove = dyn Fn(&str) -> Result<(), StoreError>;

/// Where this installation's files lie: a directory, or a VFS with plain names in a browser.
pub struct Home {
    prefix: String,
    vfs: Option<&'static str>,
    remove: Box<Remove>,
}

impl Home {
    /// A directory; made when it is missing.
    #[must_use]
    pub fn directory(path: &std::path::Path) -> Self {
        let dir = path.to_owned();
        let remove = move |name: &str| {
            for suffix in ["", "-wal", "-shm", "-journal"] {
                match std::fs::remove_file(dir.join(format!("{name}{suffix}"))) {
                    Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(StoreError::Files(e)),
                    _ => {}
                }
            }
            Ok(())
        };
        Self { prefix: format!("{}{}", path.display(), std::path::MAIN_SEPARATOR), vfs: None, remove: Box::new(remove) }
    }

    /// A VFS registered with SQLite; `remove` deletes one of its files, and is silent if there is none.
    #[must_use]
    pub fn vfs(name: &'static str, remove: impl Fn(&str) -> Result<(), StoreError> + 'static) -> Self {
        Self { prefix: String::new(), vfs: Some(name), remove: Box::new(remove) }
    }

    /// Makes the directory, for the owner only.
    ///
    /// # Errors
    /// [`StoreError::Files`].
    pub fn prepare(&self) -> Result<(), StoreError> {
        if self.vfs.is_some() || self.prefix.is_empty() {
            return Ok(());
        }
        let builder = &mut std::fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(builder, 0o700);
        builder.recursive(true).create(&self.prefix).map_err(StoreError::Files)
    }

    /// Deletes a file and its journals.
    ///
    /// # Errors
    /// [`StoreError::Files`].
    pub fn remove(&self, name: &str) -> Result<(), StoreError> {
        (self.remove)(name)
    }

    /// The path SQLite knows a file by.
    #[must_use]
    pub fn path(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    fn connect(&self, name: &str) -> Result<Connection, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let path = self.path(name);
        Ok(match self.vfs {
            Some(vfs) => Connection::open_with_flags_and_vfs(path, flags, vfs)?,
            None => Connection::open_with_flags(path, flags)?,
        })
    }

    /// Opens a small database that holds nothing readable of people: slots, marker. One fsync per write, a single file.
    ///
    /// # Errors
    /// [`StoreError::Sql`].
    pub fn open_plain(&self, name: &str) -> Result<Connection, StoreError> {
        let conn = self.connect(name)?;
        conn.execute_batch("pragma journal_mode = truncate; pragma synchronous = full; pragma secure_delete = on;")?;
        Ok(conn)
    }

    /// Opens the store with its key, makes it if it is missing, and brings its tables up to date.
    ///
    /// # Errors
    /// [`StoreError::Sql`] also when the key does not fit.
    pub fn open_store(&self, name: &str, key: &StoreKey) -> Result<Connection, StoreError> {
        let mut conn = self.connect(name)?;
        key.apply(&conn)?;
        tune(&conn, if self.vfs.is_some() { "truncate" } else { "wal" })?;
        migrations::run(&mut conn)?;
        Ok(conn)
    }

    /// The same tables in a file without encryption: what the contract suite compares with. No app opens a store so.
    ///
    /// # Errors
    /// [`StoreError::Sql`].
    pub fn open_unencrypted(&self, name: &str) -> Result<Connection, StoreError> {
        let mut conn = self.connect(name)?;
        tune(&conn, if self.vfs.is_some() { "truncate" } else { "wal" })?;
        migrations::run(&mut conn)?;
        Ok(conn)
    }
}

fn tune(conn: &Connection, journal: &str) -> Result<(), StoreError> {
    // Deleted content is overwritten: a name that was typed and taken back must not stay in a free page.
    conn.execute_batch(&format!(
        "pragma journal_mode = {journal}; pragma synchronous = full; pragma secure_delete = on;
         pragma temp_store = memory; pragma cache_size = -16000; pragma foreign_keys = on;"
    ))?;
    // Otherwise SQLite plans a statement anew each time a value is bound that its statistics could have an opinion on.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(())
}

/// Statements kept ready: all there are.
const STATEMENTS: usize = 128;

/// The random key and salt of one store. Wiped from memory when dropped.
pub struct StoreKey {
    /// 256-bit key.
    pub key: [u8; 32],
    /// The file's first 16 bytes. Explicit, because the browser's file pool would make SQLCipher take 16 zero bytes.
    pub salt: [u8; 16],
}

impl Drop for StoreKey {
    fn drop(&mut self) {
        zeroize::Zeroize::zeroize(&mut self.key);
        zeroize::Zeroize::zeroize(&mut self.salt);
    }
}

impl StoreKey {
    /// A fresh key and salt.
    #[must_use]
    pub fn random(entropy: &mut dyn shared::entropy::Entropy) -> Self {
        let mut fresh = Self { key: [0; 32], salt: [0; 16] };
        entropy.fill(&mut fresh.key);
        entropy.fill(&mut fresh.salt);
        fresh
    }

    /// Key, then salt.
    #[must_use]
    pub fn to_bytes(&self) -> zeroize::Zeroizing<Vec<u8>> {
        let mut bytes = zeroize::Zeroizing::new(Vec::with_capacity(48));
        bytes.extend_from_slice(&self.key);
        bytes.extend_from_slice(&self.salt);
        bytes
    }

    /// What [`Self::to_bytes`] gave; none for anything else.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (key, salt) = bytes.split_first_chunk::<32>()?;
        Some(Self { key: *key, salt: *salt.as_array::<16>()? })
    }

    fn apply(&self, conn: &Connection) -> Result<(), StoreError> {
        use std::fmt::Write;
        if self.salt == [0; 16] {
            return Err(StoreError::ZeroSalt);
        }
        let mut hex = zeroize::Zeroizing::new(String::with_capacity(160));
        hex.push_str("pragma cipher_log_level = none; pragma key = \"x'");
        for byte in self.key.iter().chain(&self.salt) {
            write!(hex, "{byte:02x}").map_err(|_| StoreError::Kdf)?;
        }
        hex.push_str("'\"; pragma cipher_page_size = 4096;");
        conn.execute_batch(&hex)?;
        // Reading the first page tells whether the key fits, before anything is written.
        conn.query_row("select count(*) from sqlite_schema", [], |row| row.get::<_, i64>(0))?;
        Ok(())
    }
}

/// Empties the write-ahead log into the file and cuts it: after content was deleted for good. Nothing to do with a
/// truncating journal, which each commit empties.
///
/// # Errors
/// [`StoreError::Sql`].
pub fn flush_log(conn: &Connection) -> Result<(), StoreError> {
    Ok(conn.execute_batch("pragma wal_checkpoint(truncate)")?)
}
