//! Focal points' keys that nobody has vouched for yet. Public halves only; which of them count is not known here.

use super::{
    StorageError, Tx,
    statement::{read_number, read_text},
};
use shared::{
    model::{dates::UnixSeconds, ids::UserId},
    seal::book::FocalKey,
    sync::key_calls::{AskForKey, WaitingKey},
};

impl Tx<'_> {
    /// Keeps a person's key in the place of the one they asked for before.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn set_waiting_key(&self, user: &UserId, ask: &AskForKey, now: UnixSeconds) -> Result<(), StorageError> {
        let keys = serde_json::to_string(ask).map_err(|_| StorageError::Unreadable("waiting key"))?;
        self.execute(include_str!("../../sql/queries/waiting_keys/upsert.sql"), &[&user.0, &keys, &now.0])?;
        Ok(())
    }

    /// All that wait, oldest first.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn waiting_keys(&self) -> Result<Vec<WaitingKey>, StorageError> {
        self.all(include_str!("../../sql/queries/waiting_keys/list.sql"), &[], |row| {
            let keys: String = read_text(row, 1)?;
            let AskForKey { seal, vouch } = serde_json::from_str(&keys).map_err(|_| StorageError::Unreadable("waiting key"))?;
            let key = FocalKey { user: read_text(row, 0)?, seal, vouch };
            Ok(WaitingKey { key, asked_at: UnixSeconds(read_number(row, 2, "asked at")?) })
        })
    }

    /// The person's key waits no longer.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn delete_waiting_key(&self, user: &UserId) -> Result<(), StorageError> {
        self.execute(include_str!("../../sql/queries/waiting_keys/delete.sql"), &[&user.0])?;
        Ok(())
    }
}
