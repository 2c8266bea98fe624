//! The deployment's one row, and its settings snapshots.

use super::{
    StorageError, Tx,
    statement::{read_bytes, read_number},
};
use shared::{
    model::{
        dates::UnixSeconds,
        ids::{Pcode, UserId},
    },
    sync::messages::SignedSettings,
};

/// Where the deployment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deployment {
    /// From 1; one more after each restore.
    pub epoch: u32,
    /// Settings in force; 0 before the first.
    pub settings_version: u32,
    /// Version of the tallies.
    pub tally_version: u64,
}

impl Tx<'_> {
    /// Begins a deployment, once, in epoch 1.
    ///
    /// # Errors
    /// [`StorageError::Sqlite`] if there is one already.
    pub fn insert_deployment(&self, now: UnixSeconds) -> Result<(), StorageError> {
        self.execute(include_str!("../../sql/queries/deployment/insert.sql"), &[&1_i64, &now.0])?;
        Ok(())
    }

    /// The deployment, or none in a fresh file.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn deployment(&self) -> Result<Option<Deployment>, StorageError> {
        self.first(include_str!("../../sql/queries/deployment/get.sql"), &[], |row| {
            Ok(Deployment {
                epoch: read_number(row, 0, "epoch")?,
                settings_version: read_number(row, 1, "settings version")?,
                tally_version: read_number(row, 2, "tally version")?,
            })
        })
    }

    /// Starts a new epoch.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn set_epoch(&self, epoch: u32) -> Result<(), StorageError> {
        self.execute(include_str!("../../sql/queries/deployment/set_epoch.sql"), &[&i64::from(epoch)])?;
        Ok(())
    }

    /// Says that tallies changed.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn bump_tally_version(&self) -> Result<(), StorageError> {
        self.execute(include_str!("../../sql/queries/deployment/bump_tally_version.sql"), &[])?;
        Ok(())
    }

    /// Keeps a snapshot and puts it in force.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails or the version exists.
    pub fn insert_settings(&self, signed: &SignedSettings, now: UnixSeconds, by: &UserId) -> Result<(), StorageError> {
        let version = i64::from(signed.version);
        self.execute(
            include_str!("../../sql/queries/settings/insert.sql"),
            &[&version, &signed.packed, &&signed.signature[..], &now.0, &by.0],
        )?;
        self.execute(include_str!("../../sql/queries/deployment/set_settings_version.sql"), &[&version])?;
        Ok(())
    }

    /// A snapshot as it was signed.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn settings(&self, version: u32) -> Result<Option<SignedSettings>, StorageError> {
        self.first(include_str!("../../sql/queries/settings/get.sql"), &[&i64::from(version)], |row| {
            Ok(SignedSettings {
                version: read_number(row, 0, "settings version")?,
                packed: row.get(1)?,
                signature: read_bytes(row, 2, "settings signature")?,
            })
        })
    }

    /// Rewrites which place lies in which, for filters.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn replace_place_ancestors<'p>(&self, pairs: impl Iterator<Item = (&'p Pcode, &'p Pcode)>) -> Result<(), StorageError> {
        self.execute(include_str!("../../sql/queries/settings/delete_place_ancestors.sql"), &[])?;
        for (ancestor, place) in pairs {
            self.execute(include_str!("../../sql/queries/settings/insert_place_ancestor.sql"), &[&ancestor.0, &place.0])?;
        }
        Ok(())
    }
}
