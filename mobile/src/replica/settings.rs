//! Settings snapshots as they came from the server: kept signed, checked whenever they are read.

use super::storage::StoreError;
use rusqlite::{Connection, OptionalExtension};
use shared::{
    model::dates::UnixSeconds,
    settings::Settings,
    sync::{
        messages::{SignedSettings, decode, encode},
        signing::{PublicKey, open_settings},
    },
};

/// Keeps a snapshot whose signature was checked.
///
/// # Errors
/// [`StoreError`].
pub(super) fn store(conn: &Connection, signed: &SignedSettings, now: UnixSeconds) -> Result<(), StoreError> {
    conn.execute(
        "insert or replace into settings (version, signed, received_at) values (?1, ?2, ?3)",
        rusqlite::params![signed.version, encode(signed), now.0],
    )?;
    Ok(())
}

/// The newest snapshot that can be read and holds under the server's key. An unreadable one gives way to the one before:
/// lists that are a little old beat none.
///
/// # Errors
/// [`StoreError::Unreadable`] if none can be read.
pub(super) fn newest(conn: &Connection, server: &PublicKey) -> Result<Settings, StoreError> {
    let mut below = i64::MAX;
    loop {
        let sql = "select version, signed from settings where version < ?1 order by version desc limit 1";
        let found: Option<(i64, Vec<u8>)> = conn.query_row(sql, [below], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        let Some((version, bytes)) = found else { return Err(StoreError::Unreadable("settings")) };
        let opened = decode::<SignedSettings>(&bytes).ok().and_then(|signed| open_settings(&signed, server).ok());
        match opened {
            Some(settings) => return Ok(settings),
            None => below = version,
        }
    }
}
