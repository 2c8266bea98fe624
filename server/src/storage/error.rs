//! What storage can answer instead of data. Never holds a value from a row.

/// Why storage could not do it.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// SQLite or the disk said no.
    #[error("the database could not do it")]
    Sqlite(#[from] rusqlite::Error),
    /// The file is encrypted with another key, or is not a database.
    #[error("the database does not open with this key")]
    WrongKey,
    /// A newer server wrote this file; this one must not touch it.
    #[error("the database has schema {found}, this server knows {known}")]
    NewerSchema {
        /// Schema of the file.
        found: i64,
        /// Newest schema this server knows.
        known: i64,
    },
    /// The writer has stopped: the commit of this or an earlier transaction failed.
    #[error("the database's writer has stopped")]
    Stopped,
    /// A fault of ours: the work panicked, and nothing of it was kept.
    #[error("the work panicked")]
    Panicked,
    /// A stored value is not what this server writes.
    #[error("a stored {0} is unreadable")]
    Unreadable(&'static str),
    /// A file beside the database could not be read or written.
    #[error("a file of the data folder could not be used")]
    File(#[from] std::io::Error),
}
