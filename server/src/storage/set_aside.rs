//! What is kept but not taken: refused changes, changes that wait, and tombstones of what is gone for good.

use super::{
    StorageError, Tx,
    statement::{read_bytes, read_document, read_number, read_text},
};
use shared::model::{
    dates::UnixSeconds,
    ids::{ChangeHash, DeviceId, UserId},
    record::DocumentId,
};

/// One change set aside, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    /// Which document it is of.
    pub document: DocumentId,
    /// Its hash.
    pub hash: ChangeHash,
    /// Its bytes as they came.
    pub raw: Vec<u8>,
    /// From which device.
    pub device: DeviceId,
    /// Of whom.
    pub user: UserId,
    /// A stable code.
    pub why: String,
    /// When.
    pub at: UnixSeconds,
}

impl SetAside {
    fn insert(&self, tx: &Tx<'_>, sql: &'static str) -> Result<(), StorageError> {
        let document = self.document.to_bytes();
        tx.execute(
            sql,
            &[&&document[..], &&self.hash.0[..], &self.raw, &&self.device.0[..], &self.user.0, &self.why, &self.at.0],
        )?;
        Ok(())
    }
}

impl Tx<'_> {
    /// Keeps a refused change; the same one twice is kept once.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn quarantine(&self, item: &SetAside) -> Result<(), StorageError> {
        item.insert(self, include_str!("../../sql/queries/quarantine/insert.sql"))
    }

    /// Why a change is in quarantine, if it is.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn quarantined(&self, document: DocumentId, hash: ChangeHash) -> Result<Option<String>, StorageError> {
        let id = document.to_bytes();
        self.first(include_str!("../../sql/queries/quarantine/get.sql"), &[&&id[..], &&hash.0[..]], |row| Ok(row.get(0)?))
    }

    /// Changes of a document that are in quarantine, as they came.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn quarantined_of(&self, document: DocumentId) -> Result<Vec<Vec<u8>>, StorageError> {
        let id = document.to_bytes();
        self.all(include_str!("../../sql/queries/quarantine/list_of_document.sql"), &[&&id[..]], |row| Ok(row.get(0)?))
    }

    /// Takes what a device sent out of quarantine that stands there for this reason: document, hash and bytes, the oldest first.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn take_quarantined(&self, device: DeviceId, why: &str) -> Result<Vec<(DocumentId, ChangeHash, Vec<u8>)>, StorageError> {
        let taken =
            self.all(include_str!("../../sql/queries/quarantine/list_of_device.sql"), &[&&device.0[..], &why], |row| {
                Ok((read_document(row, 0)?, read_bytes(row, 1, "change hash")?, row.get(2)?))
            })?;
        self.execute(include_str!("../../sql/queries/quarantine/delete_of_device.sql"), &[&&device.0[..], &why])?;
        Ok(taken)
    }

    /// How many changes are in quarantine.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn count_quarantined(&self) -> Result<u64, StorageError> {
        let count =
            self.first(include_str!("../../sql/queries/quarantine/count.sql"), &[], |row| read_number(row, 0, "count"))?;
        Ok(count.unwrap_or(0))
    }

    /// How many changes of a device are in quarantine.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn count_quarantined_of(&self, device: DeviceId) -> Result<u64, StorageError> {
        let sql = include_str!("../../sql/queries/quarantine/count_of_device.sql");
        Ok(self.first(sql, &[&&device.0[..]], |row| read_number(row, 0, "count"))?.unwrap_or(0))
    }

    /// Keeps a change that has to wait.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn park(&self, item: &SetAside) -> Result<(), StorageError> {
        item.insert(self, include_str!("../../sql/queries/parked/insert.sql"))
    }

    /// What waits for a document, oldest first.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn parked(&self, document: DocumentId) -> Result<Vec<SetAside>, StorageError> {
        let id = document.to_bytes();
        self.all(include_str!("../../sql/queries/parked/list.sql"), &[&&id[..]], |row| {
            Ok(SetAside {
                document,
                hash: read_bytes(row, 0, "change hash")?,
                raw: row.get(1)?,
                device: read_bytes(row, 2, "device")?,
                user: read_text(row, 3)?,
                why: row.get(4)?,
                at: UnixSeconds(row.get(5)?),
            })
        })
    }

    /// Takes a change out of the waiting ones.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn unpark(&self, document: DocumentId, hash: ChangeHash) -> Result<(), StorageError> {
        let id = document.to_bytes();
        self.execute(include_str!("../../sql/queries/parked/delete.sql"), &[&&id[..], &&hash.0[..]])?;
        Ok(())
    }

    /// Drops changes that have waited since before `at`.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn delete_old_parked(&self, at: UnixSeconds) -> Result<(), StorageError> {
        self.execute(include_str!("../../sql/queries/parked/delete_old.sql"), &[&at.0])?;
        Ok(())
    }

    /// Drops changes that were refused before `at`; says whether there were any.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn delete_old_quarantined(&self, at: UnixSeconds) -> Result<bool, StorageError> {
        Ok(self.execute(include_str!("../../sql/queries/quarantine/delete_old.sql"), &[&at.0])? > 0)
    }

    /// How many changes of a device wait.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn count_parked(&self, device: DeviceId) -> Result<u64, StorageError> {
        let sql = include_str!("../../sql/queries/parked/count_of_device.sql");
        Ok(self.first(sql, &[&&device.0[..]], |row| read_number(row, 0, "count"))?.unwrap_or(0))
    }

    /// Marks a document as gone for good.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn insert_tombstone(&self, document: DocumentId, now: UnixSeconds, why: &str) -> Result<(), StorageError> {
        let id = document.to_bytes();
        self.execute(include_str!("../../sql/queries/tombstones/insert.sql"), &[&&id[..], &now.0, &why])?;
        Ok(())
    }

    /// When and why a document went for good, if it did.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn tombstone(&self, document: DocumentId) -> Result<Option<(UnixSeconds, String)>, StorageError> {
        let id = document.to_bytes();
        self.first(include_str!("../../sql/queries/tombstones/get.sql"), &[&&id[..]], |row| {
            Ok((UnixSeconds(row.get(0)?), row.get(1)?))
        })
    }

    /// Every tombstone.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn tombstones(&self) -> Result<Vec<(DocumentId, UnixSeconds, String)>, StorageError> {
        self.all(include_str!("../../sql/queries/tombstones/list.sql"), &[], |row| {
            Ok((read_document(row, 0)?, UnixSeconds(row.get(1)?), row.get(2)?))
        })
    }

    /// Whether a document is gone for good.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn is_purged(&self, document: DocumentId) -> Result<bool, StorageError> {
        let id = document.to_bytes();
        Ok(self.first(include_str!("../../sql/queries/tombstones/get.sql"), &[&&id[..]], |_| Ok(()))?.is_some())
    }
}
