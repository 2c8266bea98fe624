//! Accounts and tokens. Keeps hashes only; knows no password and no token.

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
    /// The password was made by the server: the sign-in with it must set another.
    pub temporary: bool,
}

/// An account in the list of all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Id.
    pub id: UserId,
    /// Log-in name.
    pub login: String,
    /// Closed.
    pub disabled: bool,
    /// A second factor is set up.
    pub second_factor: bool,
}

/// A password as an account keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewPassword<'a> {
    /// Argon2id, PHC string.
    pub hash: &'a str,
    /// Made by the server: the sign-in with it must set another.
    pub temporary: bool,
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
        temporary: row.get(6)?,
    })
}

impl Tx<'_> {
    /// Adds an account.
    ///
    /// # Errors
    /// [`StorageError`] if the id or the log-in name exists, or the database fails.
    pub fn insert_user(&self, id: &UserId, login: &str, password: NewPassword<'_>, now: UnixSeconds) -> Result<(), StorageError> {
        let sql = include_str!("../../sql/queries/users/insert.sql");
        self.execute(sql, &[&id.0, &login, &password.hash, &now.0, &password.temporary])?;
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
    pub fn set_password(&self, id: &UserId, password: NewPassword<'_>) -> Result<(), StorageError> {
        let sql = include_str!("../../sql/queries/users/set_password.sql");
        self.execute(sql, &[&id.0, &password.hash, &password.temporary])?;
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

    /// Every account.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn users(&self) -> Result<Vec<Listed>, StorageError> {
        self.all(include_str!("../../sql/queries/users/list.sql"), &[], |row| {
            Ok(Listed { id: read_text(row, 0)?, login: row.get(1)?, disabled: row.get(2)?, second_factor: row.get(3)? })
        })
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
