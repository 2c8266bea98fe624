//! Codes with which new devices come in: a keyed hash each, for whom and by whom. One waits per person.

use super::{StorageError, Tx, statement::read_text};
use shared::model::{dates::UnixSeconds, ids::UserId};

/// A code's making.
#[derive(Clone, Debug)]
pub struct MadeCode {
    /// By whom; empty for the operator.
    pub by: UserId,
    /// When.
    pub at: UnixSeconds,
}

impl Tx<'_> {
    /// Keeps a person's code in the place of the one before.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn set_enrolment_code(&self, user: &UserId, hash: &[u8; 32], by: &UserId, now: UnixSeconds) -> Result<(), StorageError> {
        self.execute(include_str!("../../sql/queries/enrolment_codes/upsert.sql"), &[&user.0, &&hash[..], &by.0, &now.0])?;
        Ok(())
    }

    /// Takes a person's code away, if it is this one.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn take_enrolment_code(&self, user: &UserId, hash: &[u8; 32]) -> Result<Option<MadeCode>, StorageError> {
        self.first(include_str!("../../sql/queries/enrolment_codes/take.sql"), &[&user.0, &&hash[..]], |row| {
            Ok(MadeCode { by: read_text(row, 0)?, at: UnixSeconds(row.get(1)?) })
        })
    }
}
