//! The texts a search looks in, and which rows they are made of names that settings hold.

use super::{
    StorageError, Tx,
    statement::{read_bytes, read_text},
};
use shared::model::ids::{Code, Pcode, RecordId};

impl Tx<'_> {
    /// Records of cases of which `names` says, from category, sub-district and community (or empty), that it is asked for.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn cases_named(&self, names: impl Fn(&Code, &Pcode, &Pcode) -> bool) -> Result<Vec<RecordId>, StorageError> {
        let mut found = Vec::new();
        self.each(include_str!("../../sql/queries/case_rows/list_named.sql"), &[], |row| {
            if names(&read_text(row, 1)?, &read_text(row, 2)?, &read_text(row, 3)?) {
                found.push(read_bytes(row, 0, "record")?);
            }
            Ok(true)
        })?;
        Ok(found)
    }

    /// As [`Self::cases_named`], for sessions: from sub-district and community (or empty).
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn sessions_named(&self, names: impl Fn(&Pcode, &Pcode) -> bool) -> Result<Vec<RecordId>, StorageError> {
        let mut found = Vec::new();
        self.each(include_str!("../../sql/queries/session_rows/list_named.sql"), &[], |row| {
            if names(&read_text(row, 1)?, &read_text(row, 2)?) {
                found.push(read_bytes(row, 0, "record")?);
            }
            Ok(true)
        })?;
        Ok(found)
    }

    /// Replaces what a search looks in for a case.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn set_case_folded(&self, record: RecordId, folded: &str) -> Result<(), StorageError> {
        self.execute(include_str!("../../sql/queries/case_rows/set_folded.sql"), &[&&record.0[..], &folded])?;
        Ok(())
    }

    /// Replaces what a search looks in for a session.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn set_session_folded(&self, record: RecordId, folded: &str) -> Result<(), StorageError> {
        self.execute(include_str!("../../sql/queries/session_rows/set_folded.sql"), &[&&record.0[..], &folded])?;
        Ok(())
    }
}
