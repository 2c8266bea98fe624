//! Devices whose passphrase is gone and that ask to be opened: which one-time key, and who said yes. Keeps no envelope.

use super::{
    StorageError, Tx,
    statement::{read_bytes, read_text},
};
use rusqlite::Row;
use shared::model::{
    dates::UnixSeconds,
    ids::{DeviceId, UserId},
};

/// One device that asks.
#[derive(Clone, Debug)]
pub struct Opening {
    /// Which.
    pub device: DeviceId,
    /// Its one-time key, in age's text form.
    pub one_time: String,
    /// When it asked.
    pub asked_at: UnixSeconds,
    /// Who said yes; empty until someone has.
    pub approved_by: UserId,
}

fn read_opening(row: &Row<'_>) -> Result<Opening, StorageError> {
    Ok(Opening {
        device: read_bytes(row, 0, "opening")?,
        one_time: row.get(1)?,
        asked_at: UnixSeconds(row.get(2)?),
        approved_by: read_text(row, 3)?,
    })
}

impl Tx<'_> {
    /// Keeps what a device asks, in the place of what it asked before.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn set_opening(&self, device: DeviceId, one_time: &str, now: UnixSeconds) -> Result<(), StorageError> {
        self.execute(include_str!("../../sql/queries/openings/upsert.sql"), &[&&device.0[..], &one_time, &now.0])?;
        Ok(())
    }

    /// All that ask.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn openings(&self) -> Result<Vec<Opening>, StorageError> {
        self.all(include_str!("../../sql/queries/openings/list.sql"), &[], read_opening)
    }

    /// Notes who said yes.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn approve_opening(&self, device: DeviceId, by: &UserId) -> Result<(), StorageError> {
        self.execute(include_str!("../../sql/queries/openings/approve.sql"), &[&&device.0[..], &by.0])?;
        Ok(())
    }

    /// The device asks no longer.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn delete_opening(&self, device: DeviceId) -> Result<(), StorageError> {
        self.execute(include_str!("../../sql/queries/openings/delete.sql"), &[&&device.0[..]])?;
        Ok(())
    }
}
