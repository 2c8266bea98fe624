//! The key book as this device has seen it. A newer one is taken only if it goes on from there; else the old one stays in force
//! and a person is warned. So neither the server nor whoever signs settings can slip in a key.

use super::storage::StoreError;
use rusqlite::{Connection, OptionalExtension};
use shared::{
    seal::book::{Entry, KeyBook},
    settings::Settings,
};

/// The book in force here.
#[derive(Clone, Default)]
pub(super) struct HeldBook {
    pub book: KeyBook,
    /// The settings bring another book than the one seen before.
    pub swapped: bool,
}

/// Takes the settings' book if it goes on from the one held. A shorter beginning of it, as a server set back to a backup has,
/// changes nothing.
///
/// # Errors
/// [`StoreError`].
pub(super) fn take(conn: &Connection, settings: &Settings) -> Result<HeldBook, StoreError> {
    let held = read(conn)?;
    match held.follow(&settings.key_book) {
        Ok(book) if book == held => Ok(HeldBook { book, swapped: false }),
        Ok(book) => {
            let entries = serde_json::to_string(book.entries()).map_err(|_| StoreError::Unreadable("key book"))?;
            conn.execute("insert or replace into key_book (one, entries) values (1, ?1)", [entries])?;
            Ok(HeldBook { book, swapped: false })
        }
        Err(_) => {
            let swapped = !held.entries().starts_with(&settings.key_book);
            Ok(HeldBook { book: held, swapped })
        }
    }
}

fn read(conn: &Connection) -> Result<KeyBook, StoreError> {
    let text: Option<String> = conn.query_row("select entries from key_book", [], |row| row.get(0)).optional()?;
    let Some(text) = text else { return Ok(KeyBook::default()) };
    let entries: Vec<Entry> = serde_json::from_str(&text).map_err(|_| StoreError::Unreadable("key book"))?;
    KeyBook::read(&entries).map_err(|_| StoreError::Unreadable("key book"))
}
