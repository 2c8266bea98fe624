//! Installations: their keys, what they last told of themselves, what their users covered. Keeps no token.

use super::{
    StorageError, Tx,
    statement::{read_bytes, read_number, read_text},
};
use rusqlite::Row;
use shared::model::{
    dates::UnixSeconds,
    devices::{RevokeReason, Shut},
    ids::{DeviceId, UserId},
};

/// One installation.
#[derive(Clone, Debug)]
pub struct Device {
    /// Id, from its key.
    pub id: DeviceId,
    /// Ed25519 public key.
    pub public_key: [u8; 32],
    /// Its user, for good.
    pub user: UserId,
    /// When it was revoked.
    pub revoked_at: Option<UnixSeconds>,
    /// By whom and why.
    pub revoker: Revoker,
    /// What its user covered at its last completed pull, JSON of a `settings::Person`; empty before the first.
    pub rights: String,
    /// When that was.
    pub pulled_at: UnixSeconds,
    /// The last complete answer that is not yet known to have arrived.
    pub offered: Offered,
    /// First sign-in on it.
    pub enrolled_at: UnixSeconds,
    /// What it last told of itself.
    pub told: Told,
    /// How it stands with being prepared for the road.
    pub road: Road,
    /// Nobody has compared its key with its person yet.
    pub unconfirmed: bool,
}

impl Device {
    /// Why it gets nothing for now.
    #[must_use]
    pub const fn shut(&self) -> Option<Shut> {
        if self.unconfirmed {
            return Some(Shut::Unconfirmed);
        }
        if self.road.told > self.road.reopened { Some(Shut::Road) } else { None }
    }
}

/// Who revokes a device, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Revoker {
    /// Empty for the server and its operator.
    pub user: UserId,
    /// None if nothing was said.
    pub why: Option<RevokeReason>,
}

impl Revoker {
    fn code(&self) -> &'static str {
        self.why.map_or("", RevokeReason::id)
    }
}

/// How a device stands with being prepared for the road.
#[derive(Clone, Copy, Debug)]
pub struct Road {
    /// The highest time it told of; 0 for never.
    pub told: u32,
    /// Up to which time it was re-opened.
    pub reopened: u32,
}

/// A complete answer to a pull.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    /// As [`Device::rights`].
    pub rights: String,
    /// When it was answered.
    pub at: UnixSeconds,
    /// What a request says if the answer arrived: settings, scopes and cursors.
    pub mark: Vec<u8>,
}

/// What a device tells of itself with every sync. Shown, never trusted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Version of the app; empty before the first sync.
    pub app: String,
    /// Changes that wait on it.
    pub waiting: u32,
    /// When it told; none before the first sync.
    pub at: Option<UnixSeconds>,
}

fn read_device(row: &Row<'_>) -> Result<Device, StorageError> {
    let instant = |column| -> Result<Option<UnixSeconds>, StorageError> {
        let at: i64 = row.get(column)?;
        Ok((at != 0).then_some(UnixSeconds(at)))
    };
    Ok(Device {
        id: read_bytes(row, 0, "device")?,
        public_key: read_bytes(row, 1, "device key")?,
        user: read_text(row, 2)?,
        revoked_at: instant(3)?,
        rights: row.get(4)?,
        pulled_at: UnixSeconds(row.get(5)?),
        offered: Offered { rights: row.get(6)?, at: UnixSeconds(row.get(7)?), mark: row.get(8)? },
        enrolled_at: UnixSeconds(row.get(9)?),
        told: Told { app: row.get(10)?, at: instant(11)?, waiting: read_number(row, 12, "waiting")? },
        road: Road { told: read_number(row, 13, "road")?, reopened: read_number(row, 14, "reopened")? },
        unconfirmed: row.get(15)?,
        revoker: Revoker { user: read_text(row, 16)?, why: RevokeReason::from_id(&row.get::<_, String>(17)?) },
    })
}

impl Tx<'_> {
    /// Enrols a device for a user.
    ///
    /// # Errors
    /// [`StorageError`] if it exists or the database fails.
    pub fn insert_device(
        &self,
        id: DeviceId,
        public_key: &[u8; 32],
        user: &UserId,
        now: UnixSeconds,
    ) -> Result<(), StorageError> {
        self.execute(
            include_str!("../../sql/queries/devices/insert.sql"),
            &[&&id.0[..], &&public_key[..], &user.0, &now.0, &Vec::<u8>::new()],
        )?;
        Ok(())
    }

    /// The device with this id.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn device(&self, id: DeviceId) -> Result<Option<Device>, StorageError> {
        self.first(include_str!("../../sql/queries/devices/get.sql"), &[&&id.0[..]], read_device)
    }

    /// Every device, the one heard of last first.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn devices(&self) -> Result<Vec<Device>, StorageError> {
        self.all(include_str!("../../sql/queries/devices/list.sql"), &[], read_device)
    }

    /// Notes what a device told of itself.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn set_told(&self, id: DeviceId, app: &str, waiting: u32, now: UnixSeconds) -> Result<(), StorageError> {
        let sql = include_str!("../../sql/queries/devices/set_told.sql");
        self.execute(sql, &[&&id.0[..], &app, &i64::from(waiting), &now.0])?;
        Ok(())
    }

    /// The number of the last case opened on a device that stands in the audit log.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn opened_on(&self, id: DeviceId) -> Result<u64, StorageError> {
        let sql = include_str!("../../sql/queries/devices/opened.sql");
        Ok(self.first(sql, &[&&id.0[..]], |row| read_number(row, 0, "opened"))?.unwrap_or_default())
    }

    /// Notes that number.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn set_opened_on(&self, id: DeviceId, number: u64) -> Result<(), StorageError> {
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        self.execute(include_str!("../../sql/queries/devices/set_opened.sql"), &[&&id.0[..], &number])?;
        Ok(())
    }

    /// Nobody has compared this device's key yet.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn set_unconfirmed(&self, id: DeviceId) -> Result<(), StorageError> {
        self.execute(include_str!("../../sql/queries/devices/set_unconfirmed.sql"), &[&&id.0[..]])?;
        Ok(())
    }

    /// Someone has compared this device's key.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn confirm_device(&self, id: DeviceId) -> Result<(), StorageError> {
        self.execute(include_str!("../../sql/queries/devices/confirm.sql"), &[&&id.0[..]])?;
        Ok(())
    }

    /// Notes that a device told of being prepared for the road.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn set_road(&self, id: DeviceId, told: u32) -> Result<(), StorageError> {
        self.execute(include_str!("../../sql/queries/devices/set_road.sql"), &[&&id.0[..], &i64::from(told)])?;
        Ok(())
    }

    /// Notes up to which time of preparing for the road a device is re-opened.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn set_reopened(&self, id: DeviceId, reopened: u32) -> Result<(), StorageError> {
        self.execute(include_str!("../../sql/queries/devices/set_reopened.sql"), &[&&id.0[..], &i64::from(reopened)])?;
        Ok(())
    }

    /// Notes what a device's user covered at a completed pull.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn set_pulled(&self, id: DeviceId, rights: &str, now: UnixSeconds) -> Result<(), StorageError> {
        self.execute(include_str!("../../sql/queries/devices/set_pulled.sql"), &[&&id.0[..], &rights, &now.0])?;
        Ok(())
    }

    /// Notes what a complete answer offered.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn set_offered(&self, id: DeviceId, offered: &Offered) -> Result<(), StorageError> {
        self.execute(
            include_str!("../../sql/queries/devices/set_offered.sql"),
            &[&&id.0[..], &offered.rights, &offered.at.0, &offered.mark],
        )?;
        Ok(())
    }

    /// Revokes a device. Its token stays, so that it can be told to lock.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn revoke_device(&self, id: DeviceId, now: UnixSeconds, by: &Revoker) -> Result<(), StorageError> {
        let sql = include_str!("../../sql/queries/devices/set_revoked.sql");
        self.execute(sql, &[&&id.0[..], &now.0, &by.user.0, &by.code()])?;
        Ok(())
    }

    /// Lets a revoked device in again.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn readmit_device(&self, id: DeviceId) -> Result<(), StorageError> {
        self.revoke_device(id, UnixSeconds(0), &Revoker::default())
    }

    /// Revokes every device of a user.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn revoke_devices_of(&self, user: &UserId, now: UnixSeconds, by: &Revoker) -> Result<(), StorageError> {
        let sql = include_str!("../../sql/queries/devices/revoke_of_user.sql");
        self.execute(sql, &[&user.0, &now.0, &by.user.0, &by.code()])?;
        Ok(())
    }
}
