//! The audit log's table. What an entry says and how it is chained is `audit`'s.

use super::{
    StorageError, Tx,
    statement::{read_bytes, read_number, read_text},
};
use rusqlite::Row;
use shared::model::{
    dates::UnixSeconds,
    ids::{DeviceId, UserId},
};

/// One line of the audit log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditLine {
    /// From 1, without gaps.
    pub seq: u64,
    /// When, by the server's clock.
    pub at: UnixSeconds,
    /// Who; empty for the server or an unknown log-in.
    pub user: UserId,
    /// On which device; all zero for none.
    pub device: DeviceId,
    /// What was done, as a stable code.
    pub action: String,
    /// To what: an id, never content.
    pub object: String,
    /// A stable code or a number more.
    pub detail: String,
    /// SHA-256 over the line before and this one.
    pub hash: [u8; 32],
}

fn read_line(row: &Row<'_>) -> Result<AuditLine, StorageError> {
    Ok(AuditLine {
        seq: read_number(row, 0, "audit number")?,
        at: UnixSeconds(row.get(1)?),
        user: read_text(row, 2)?,
        device: read_bytes(row, 3, "device")?,
        action: row.get(4)?,
        object: row.get(5)?,
        detail: row.get(6)?,
        hash: read_bytes(row, 7, "audit hash")?,
    })
}

impl Tx<'_> {
    /// Number and hash of the last line; zero before the first.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn last_audit_line(&self) -> Result<(u64, [u8; 32]), StorageError> {
        let last = self.first(include_str!("../../sql/queries/audit/last.sql"), &[], |row| {
            Ok((read_number(row, 0, "audit number")?, read_bytes(row, 1, "audit hash")?))
        })?;
        Ok(last.unwrap_or_default())
    }

    /// Appends a line.
    ///
    /// # Errors
    /// [`StorageError`] if the number exists or the database fails.
    pub fn insert_audit_line(&self, line: &AuditLine) -> Result<(), StorageError> {
        let seq = i64::try_from(line.seq).map_err(|_| StorageError::Unreadable("audit number"))?;
        self.execute(
            include_str!("../../sql/queries/audit/insert.sql"),
            &[&seq, &line.at.0, &line.user.0, &&line.device.0[..], &line.action, &line.object, &line.detail, &&line.hash[..]],
        )?;
        Ok(())
    }

    /// Every line, first to last, until `visit` answers `false`.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn audit_lines(&self, mut visit: impl FnMut(AuditLine) -> bool) -> Result<(), StorageError> {
        self.each(include_str!("../../sql/queries/audit/list.sql"), &[], |row| Ok(visit(read_line(row)?)))
    }

    /// The last `most` lines, newest first.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn last_audit_lines(&self, most: u32) -> Result<Vec<AuditLine>, StorageError> {
        self.all(include_str!("../../sql/queries/audit/list_last.sql"), &[&i64::from(most)], read_line)
    }
}
