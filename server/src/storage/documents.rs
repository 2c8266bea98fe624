//! Documents and their raw changes: the truth everything else is rebuilt from.

use super::{
    StorageError, Tx,
    statement::{read_bytes, read_document, read_number, read_text},
};
use rusqlite::Row;
use shared::{
    model::{
        dates::UnixSeconds,
        ids::{ChangeHash, DeviceId, RecordId, UserId},
        order::{Order, Receipt},
        record::DocumentId,
    },
    sync::set_hash::SetHash,
};

/// Where a document stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentHead {
    /// Who wrote its first change.
    pub author: UserId,
    /// On which device.
    pub author_device: DeviceId,
    /// Last place given in its order.
    pub last: Order,
    /// Sum over its changes.
    pub set_hash: SetHash,
    /// It once left a scope: devices may have dropped it, also its author's.
    pub has_left: bool,
    /// It reaches people one by one.
    pub is_personal: bool,
}

/// One change as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredChange {
    /// Its raw chunk.
    pub raw: Vec<u8>,
    /// Its receipt. For the server's own changes user is empty and device all zero.
    pub receipt: Receipt,
}

impl StoredChange {
    /// Whether the server wrote it.
    #[must_use]
    pub fn is_servers(&self) -> bool {
        self.receipt.user.0.is_empty()
    }
}

fn read_change(row: &Row<'_>) -> Result<StoredChange, StorageError> {
    Ok(StoredChange {
        raw: row.get(3)?,
        receipt: Receipt {
            change: read_bytes(row, 2, "change hash")?,
            order: Order { epoch: read_number(row, 0, "epoch")?, n: read_number(row, 1, "order")? },
            at: UnixSeconds(row.get(4)?),
            device: read_bytes(row, 5, "device")?,
            user: read_text(row, 6)?,
            mac: read_bytes(row, 7, "mac")?,
        },
    })
}

impl Tx<'_> {
    /// Where a document stands, or none.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn document(&self, document: DocumentId) -> Result<Option<DocumentHead>, StorageError> {
        self.first(include_str!("../../sql/queries/documents/get.sql"), &[&&document.to_bytes()[..]], |row| {
            Ok(DocumentHead {
                author: read_text(row, 1)?,
                author_device: read_bytes(row, 2, "device")?,
                last: Order { epoch: read_number(row, 3, "epoch")?, n: read_number(row, 4, "order")? },
                set_hash: SetHash(read_bytes(row, 5, "set hash")?),
                has_left: row.get(6)?,
                is_personal: row.get(7)?,
            })
        })
    }

    /// Begins a document.
    ///
    /// # Errors
    /// [`StorageError`] if it exists or the database fails.
    pub fn insert_document(&self, document: DocumentId, head: &DocumentHead, now: UnixSeconds) -> Result<(), StorageError> {
        self.execute(
            include_str!("../../sql/queries/documents/insert.sql"),
            &[
                &&document.to_bytes()[..],
                &&document.record.0[..],
                &head.author.0,
                &&head.author_device.0[..],
                &i64::from(head.last.epoch),
                &i64::from(head.last.n),
                &now.0,
                &&head.set_hash.0[..],
            ],
        )?;
        Ok(())
    }

    /// Moves a document's last place and its sum.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn set_document_head(&self, document: DocumentId, head: &DocumentHead) -> Result<(), StorageError> {
        self.execute(
            include_str!("../../sql/queries/documents/set_place.sql"),
            &[
                &&document.to_bytes()[..],
                &i64::from(head.last.epoch),
                &i64::from(head.last.n),
                &&head.set_hash.0[..],
                &head.has_left,
                &head.is_personal,
            ],
        )?;
        Ok(())
    }

    /// Records with a document that reaches people one by one.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn personal_records(&self) -> Result<Vec<RecordId>, StorageError> {
        self.all(include_str!("../../sql/queries/documents/list_personal.sql"), &[], |row| read_bytes(row, 0, "record"))
    }

    /// Documents of one record, purged ones left out.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn documents_of(&self, record: RecordId) -> Result<Vec<DocumentId>, StorageError> {
        self.all(include_str!("../../sql/queries/documents/list_of_record.sql"), &[&&record.0[..]], |row| read_document(row, 0))
    }

    /// Every document.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn documents(&self) -> Result<Vec<DocumentId>, StorageError> {
        self.all(include_str!("../../sql/queries/documents/list.sql"), &[], |row| read_document(row, 0))
    }

    /// Keeps a change. Its place must be new in the document.
    ///
    /// # Errors
    /// [`StorageError`] if the place or the hash exists in the document, or the database fails.
    pub fn insert_change(&self, document: DocumentId, raw: &[u8], receipt: &Receipt) -> Result<(), StorageError> {
        self.execute(
            include_str!("../../sql/queries/changes/insert.sql"),
            &[
                &&document.to_bytes()[..],
                &i64::from(receipt.order.epoch),
                &i64::from(receipt.order.n),
                &&receipt.change.0[..],
                &raw,
                &receipt.at.0,
                &&receipt.device.0[..],
                &receipt.user.0,
                &&receipt.mac[..],
            ],
        )?;
        Ok(())
    }

    /// The receipt of a change the server holds.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn receipt(&self, document: DocumentId, hash: ChangeHash) -> Result<Option<Receipt>, StorageError> {
        self.first(include_str!("../../sql/queries/changes/get_by_hash.sql"), &[&&document.to_bytes()[..], &&hash.0[..]], |row| {
            Ok(Receipt {
                change: hash,
                order: Order { epoch: read_number(row, 0, "epoch")?, n: read_number(row, 1, "order")? },
                at: UnixSeconds(row.get(2)?),
                device: read_bytes(row, 3, "device")?,
                user: read_text(row, 4)?,
                mac: read_bytes(row, 5, "mac")?,
            })
        })
    }

    /// Every change of a document, in its order.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn changes(&self, document: DocumentId) -> Result<Vec<StoredChange>, StorageError> {
        self.all(include_str!("../../sql/queries/changes/list.sql"), &[&&document.to_bytes()[..]], read_change)
    }

    /// The change at one place.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn change(&self, document: DocumentId, order: Order) -> Result<Option<StoredChange>, StorageError> {
        self.first(
            include_str!("../../sql/queries/changes/get.sql"),
            &[&&document.to_bytes()[..], &i64::from(order.epoch), &i64::from(order.n)],
            read_change,
        )
    }

    /// Up to two changes of a document whose hash begins so, those set aside included.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn hashes_with_prefix(&self, document: DocumentId, prefix: &[u8; 8]) -> Result<Vec<ChangeHash>, StorageError> {
        let (mut low, mut high) = ([0; 32], [0xff; 32]);
        low[..8].copy_from_slice(prefix);
        high[..8].copy_from_slice(prefix);
        let values: super::statement::Values<'_> = &[&&document.to_bytes()[..], &&low[..], &&high[..]];
        self.all(include_str!("../../sql/queries/changes/find_by_prefix.sql"), values, |row| read_bytes(row, 0, "change hash"))
    }

    /// How many changes there are.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn count_changes(&self) -> Result<u64, StorageError> {
        let count = self.first(include_str!("../../sql/queries/changes/count.sql"), &[], |row| read_number(row, 0, "count"))?;
        Ok(count.unwrap_or(0))
    }

    /// Deletes everything of a document but its tombstone: changes, log entries, pictures, what was set aside.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn delete_document(&self, document: DocumentId) -> Result<(), StorageError> {
        let id = document.to_bytes();
        for sql in [
            include_str!("../../sql/queries/changes/delete_of_document.sql"),
            include_str!("../../sql/queries/quarantine/delete_of_document.sql"),
            include_str!("../../sql/queries/parked/delete_of_document.sql"),
            include_str!("../../sql/queries/pictures/delete_of_document.sql"),
            include_str!("../../sql/queries/scopes/delete_log_of_document.sql"),
            include_str!("../../sql/queries/documents/delete.sql"),
        ] {
            self.execute(sql, &[&&id[..]])?;
        }
        Ok(())
    }
}
