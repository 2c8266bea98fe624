//! Accounts, devices and tokens. Keeps hashes only; knows no password and no token.

use super::{
    StorageError, Tx,
    statement::{read_bytes, read_number, read_text},
};
use rusqlite::Row;
use shared::model::{
    dates::UnixSeconds,
    ids::{DeviceId, UserId},
};

/// What a log-in needs of an account.
#[derive(Clone, Debug)]
pub struct User {
    /// Id.
    pub id: UserId,
    /// Log-in name.
    pub login: String,
    /// Argon2id, PHC string.
    pub password_hash: String,
    /// Closed.
    pub disabled: bool,
    /// Wrong passwords since the last right one.
    pub failures: u32,
    /// No log-in before this instant.
    pub locked_until: UnixSeconds,
}

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
    /// What its user covered at its last completed pull, JSON of a `settings::Person`; empty before the first.
    pub rights: String,
    /// When that was.
    pub pulled_at: UnixSeconds,
    /// The last complete answer that is not yet known to have arrived.
    pub offered: Offered,
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

/// Whose token it is and how long it holds.
#[derive(Clone, Debug)]
pub struct Token {
    /// Its device.
    pub device: DeviceId,
    /// Its user.
    pub user: UserId,
    /// It holds before this instant.
    pub expires_at: UnixSeconds,
}

fn read_user(row: &Row<'_>) -> Result<User, StorageError> {
    Ok(User {
        id: read_text(row, 0)?,
        login: row.get(1)?,
        password_hash: row.get(2)?,
        disabled: row.get(3)?,
        failures: read_number(row, 4, "failures")?,
        locked_until: UnixSeconds(row.get(5)?),
    })
}

impl Tx<'_> {
    /// Adds an account.
    ///
    /// # Errors
    /// [`StorageError`] if the id or the log-in name exists, or the database fails.
    pub fn insert_user(&self, id: &UserId, login: &str, password_hash: &str, now: UnixSeconds) -> Result<(), StorageError> {
        self.execute(include_str!("../../sql/queries/users/insert.sql"), &[&id.0, &login, &password_hash, &now.0])?;
        Ok(())
    }

    /// The account with this log-in name.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn user_by_login(&self, login: &str) -> Result<Option<User>, StorageError> {
        self.first(include_str!("../../sql/queries/users/get_by_login.sql"), &[&login], read_user)
    }

    /// The account with this id.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn user_by_id(&self, id: &UserId) -> Result<Option<User>, StorageError> {
        self.first(include_str!("../../sql/queries/users/get_by_id.sql"), &[&id.0], read_user)
    }

    /// Counts wrong passwords and sets the next time a log-in is read.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn set_failures(&self, id: &UserId, failures: u32, locked_until: UnixSeconds) -> Result<(), StorageError> {
        let values: super::statement::Values<'_> = &[&id.0, &i64::from(failures), &locked_until.0];
        self.execute(include_str!("../../sql/queries/users/set_failures.sql"), values)?;
        Ok(())
    }

    /// Replaces a password's hash and clears the count of wrong ones.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn set_password(&self, id: &UserId, password_hash: &str) -> Result<(), StorageError> {
        self.execute(include_str!("../../sql/queries/users/set_password.sql"), &[&id.0, &password_hash])?;
        Ok(())
    }

    /// Closes or reopens an account.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn set_disabled(&self, id: &UserId, disabled: bool) -> Result<(), StorageError> {
        self.execute(include_str!("../../sql/queries/users/set_disabled.sql"), &[&id.0, &disabled])?;
        Ok(())
    }

    /// Every account's id, log-in name and whether it is closed.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn users(&self) -> Result<Vec<(UserId, String, bool)>, StorageError> {
        self.all(include_str!("../../sql/queries/users/list.sql"), &[], |row| Ok((read_text(row, 0)?, row.get(1)?, row.get(2)?)))
    }

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
        self.first(include_str!("../../sql/queries/devices/get.sql"), &[&&id.0[..]], |row| {
            let revoked_at: i64 = row.get(3)?;
            Ok(Device {
                id: read_bytes(row, 0, "device")?,
                public_key: read_bytes(row, 1, "device key")?,
                user: read_text(row, 2)?,
                revoked_at: (revoked_at != 0).then_some(UnixSeconds(revoked_at)),
                rights: row.get(4)?,
                pulled_at: UnixSeconds(row.get(5)?),
                offered: Offered { rights: row.get(6)?, at: UnixSeconds(row.get(7)?), mark: row.get(8)? },
            })
        })
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
    pub fn revoke_device(&self, id: DeviceId, now: UnixSeconds) -> Result<(), StorageError> {
        self.execute(include_str!("../../sql/queries/devices/set_revoked.sql"), &[&&id.0[..], &now.0])?;
        Ok(())
    }

    /// Revokes every device of a user.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn revoke_devices_of(&self, user: &UserId, now: UnixSeconds) -> Result<(), StorageError> {
        self.execute(include_str!("../../sql/queries/devices/revoke_of_user.sql"), &[&user.0, &now.0])?;
        Ok(())
    }

    /// Keeps a token's hash.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn insert_token(&self, hash: &[u8; 32], token: &Token) -> Result<(), StorageError> {
        self.execute(
            include_str!("../../sql/queries/tokens/insert.sql"),
            &[&&hash[..], &&token.device.0[..], &token.user.0, &token.expires_at.0],
        )?;
        Ok(())
    }

    /// The token with this hash, expired or not.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn token(&self, hash: &[u8; 32]) -> Result<Option<Token>, StorageError> {
        self.first(include_str!("../../sql/queries/tokens/get.sql"), &[&&hash[..]], |row| {
            Ok(Token { device: read_bytes(row, 0, "device")?, user: read_text(row, 1)?, expires_at: UnixSeconds(row.get(2)?) })
        })
    }

    /// Drops a device's tokens, so that each device has one.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn delete_tokens_of_device(&self, id: DeviceId) -> Result<(), StorageError> {
        self.execute(include_str!("../../sql/queries/tokens/delete_of_device.sql"), &[&&id.0[..]])?;
        Ok(())
    }

    /// Drops a user's tokens.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn delete_tokens_of_user(&self, user: &UserId) -> Result<(), StorageError> {
        self.execute(include_str!("../../sql/queries/tokens/delete_of_user.sql"), &[&user.0])?;
        Ok(())
    }

    /// Drops tokens that no longer hold.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn delete_expired_tokens(&self, now: UnixSeconds) -> Result<(), StorageError> {
        self.execute(include_str!("../../sql/queries/tokens/delete_expired.sql"), &[&now.0])?;
        Ok(())
    }
}
