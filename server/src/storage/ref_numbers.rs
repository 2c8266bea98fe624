//! Receipt numbers leased to devices. A PIN is kept as a keyed hash only.

use super::{StorageError, Tx, statement::read_bytes};
use shared::model::{
    dates::UnixSeconds,
    ids::{DeviceId, RecordId},
};

/// Who holds a receipt number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RefNumber {
    /// Leased to this device.
    pub device: DeviceId,
    /// Used by this record, or free.
    pub record: Option<RecordId>,
}

/// What a number's PIN must fit.
#[derive(Clone, Copy, Debug)]
pub struct KeptPin {
    /// Keyed hash of number and PIN.
    pub hash: [u8; 32],
    /// The record that uses the number.
    pub record: Option<RecordId>,
}

impl Tx<'_> {
    /// Leases a number; `false` if it is taken.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn insert_ref_number(
        &self,
        ref_no: &str,
        pin_hash: &[u8; 32],
        holder: RefNumber,
        now: UnixSeconds,
    ) -> Result<bool, StorageError> {
        let record = holder.record.map_or(Vec::new(), |record| record.0.to_vec());
        let inserted = self.execute(
            include_str!("../../sql/queries/ref_numbers/insert.sql"),
            &[&ref_no, &&pin_hash[..], &&holder.device.0[..], &now.0, &record],
        )?;
        Ok(inserted == 1)
    }

    /// Who holds a number, if anyone.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn ref_number(&self, ref_no: &str) -> Result<Option<RefNumber>, StorageError> {
        self.first(include_str!("../../sql/queries/ref_numbers/get.sql"), &[&ref_no], |row| {
            let record: Vec<u8> = row.get(1)?;
            let record = if record.is_empty() { None } else { Some(read_bytes(row, 1, "record")?) };
            Ok(RefNumber { device: read_bytes(row, 0, "device")?, record })
        })
    }

    /// What a number's PIN must fit, and the record that uses it; `None` for a number that was never leased.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn ref_number_pin(&self, ref_no: &str) -> Result<Option<KeptPin>, StorageError> {
        self.first(include_str!("../../sql/queries/ref_numbers/get_pin.sql"), &[&ref_no], |row| {
            let record: Vec<u8> = row.get(1)?;
            let record = if record.is_empty() { None } else { Some(read_bytes(row, 1, "record")?) };
            Ok(KeptPin { hash: read_bytes(row, 0, "PIN")?, record })
        })
    }

    /// Numbers that a device used and whose record arrived since `from`, the newest first: number, record, when.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn ref_numbers_used_on(
        &self,
        device: DeviceId,
        from: UnixSeconds,
    ) -> Result<Vec<(String, RecordId, UnixSeconds)>, StorageError> {
        let sql = include_str!("../../sql/queries/ref_numbers/list_of_device.sql");
        self.all(sql, &[&&device.0[..], &from.0], |row| {
            Ok((row.get(0)?, read_bytes(row, 1, "record")?, UnixSeconds(row.get(2)?)))
        })
    }

    /// Notes which record uses a number.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn use_ref_number(&self, ref_no: &str, record: RecordId) -> Result<(), StorageError> {
        self.execute(include_str!("../../sql/queries/ref_numbers/set_record.sql"), &[&ref_no, &&record.0[..]])?;
        Ok(())
    }
}
