//! The account row: who this device is set up for, its key, its token and the server's pinned key.

use super::{address::Address, storage::StoreError};
use rusqlite::Connection;
use shared::{
    model::{
        dates::UnixSeconds,
        devices::Shut,
        ids::{DeviceId, UserId},
    },
    seal::SealKey,
    sync::{
        server_pin::ServerPin,
        signing::{DeviceKey, PublicKey},
    },
};
use zeroize::Zeroizing;

/// What is known of the account.
pub(super) struct Account {
    /// Address, without a slash at the end.
    pub server: String,
    /// Log-in name.
    pub login: String,
    /// Who.
    pub user: UserId,
    /// This installation.
    pub device: DeviceId,
    /// Signs batches.
    pub key: DeviceKey,
    /// Bearer token; none after the server refused it.
    pub token: Option<String>,
    /// Frames and settings hold only under this key.
    pub server_key: PublicKey,
    /// Keys of which the server's certificate must hold one; none: a certificate authority vouches for it.
    pub pins: Vec<ServerPin>,
    /// As last heard.
    pub deployment_epoch: u32,
    /// When the server last answered, by this device's clock.
    pub last_contact: Option<UnixSeconds>,
    /// Seconds this device's clock was ahead of the server's then.
    pub clock_ahead_s: Option<i64>,
    /// The server revoked this device or account.
    pub revoked: bool,
    /// How often this device was prepared for the road.
    pub road: u32,
    /// Up to which time the server has re-opened it.
    pub reopened: u32,
    /// Too long without contact.
    pub expired: bool,
    /// Nobody has compared this device's key yet.
    pub unconfirmed: bool,
}

impl Account {
    /// Where its server is, and what that must prove.
    pub(super) fn address(&self) -> Address {
        Address { server: self.server.clone(), pins: self.pins.clone(), code: None }
    }

    /// Why this device shows nothing and only sends.
    pub(super) const fn shut(&self) -> Option<Shut> {
        match (self.unconfirmed, self.road > self.reopened, self.expired) {
            (true, ..) => Some(Shut::Unconfirmed),
            (false, true, _) => Some(Shut::Road),
            (false, false, true) => Some(Shut::Expired),
            (false, false, false) => None,
        }
    }
}

/// What sign-in writes.
pub(super) struct NewAccount<'a> {
    pub server: &'a str,
    pub login: &'a str,
    pub user: &'a UserId,
    pub device: DeviceId,
    pub secret: &'a [u8; 32],
    pub token: &'a str,
    pub server_key: &'a PublicKey,
    pub pins: &'a [ServerPin],
    pub deployment_epoch: u32,
    pub pin_salt: &'a [u8],
    pub pin_hash: &'a [u8],
    pub now: UnixSeconds,
    pub clock_ahead_s: i64,
    pub unconfirmed: bool,
}

/// Writes the row of a new store.
///
/// # Errors
/// [`StoreError`].
pub(super) fn create(conn: &Connection, new: &NewAccount<'_>) -> Result<(), StoreError> {
    conn.execute(
        "insert into account (one, server, login, user, device, device_key, token, server_key, deployment_epoch, pin_salt,
                              pin_hash, last_contact, clock_ahead_s, unconfirmed, server_pins)
         values (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        rusqlite::params![
            new.server,
            new.login,
            new.user.as_str(),
            new.device.0,
            new.secret,
            new.token,
            new.server_key.0,
            new.deployment_epoch,
            new.pin_salt,
            new.pin_hash,
            new.now.0,
            new.clock_ahead_s,
            new.unconfirmed,
            written(new.pins)
        ],
    )?;
    Ok(())
}

/// Reads the row.
///
/// # Errors
/// [`StoreError::Unreadable`] if a key has the wrong length.
pub(super) fn read(conn: &Connection) -> Result<Account, StoreError> {
    let bad = || StoreError::Unreadable("account");
    conn.query_row(
        "select server, login, user, device, device_key, token, server_key, deployment_epoch, last_contact, clock_ahead_s, revoked,
                road, reopened, expired, unconfirmed, server_pins
         from account",
        [],
        |row| {
            let device: Vec<u8> = row.get(3)?;
            let secret = Zeroizing::new(row.get::<_, Vec<u8>>(4)?);
            let server_key: Vec<u8> = row.get(6)?;
            Ok((|| {
                Some(Account {
                    server: row.get(0).ok()?,
                    login: row.get(1).ok()?,
                    user: UserId(row.get(2).ok()?),
                    device: DeviceId::try_from(device.as_slice()).ok()?,
                    key: DeviceKey::from_secret(secret.first_chunk().filter(|_| secret.len() == 32)?),
                    token: row.get(5).ok()?,
                    server_key: PublicKey(server_key.try_into().ok()?),
                    pins: row.get::<_, String>(15).ok()?.split_whitespace().map(str::parse).collect::<Result<_, _>>().ok()?,
                    deployment_epoch: row.get(7).ok()?,
                    last_contact: row.get::<_, Option<i64>>(8).ok()?.map(UnixSeconds),
                    clock_ahead_s: row.get(9).ok()?,
                    revoked: row.get(10).ok()?,
                    road: row.get(11).ok()?,
                    reopened: row.get(12).ok()?,
                    expired: row.get(13).ok()?,
                    unconfirmed: row.get(14).ok()?,
                })
            })())
        },
    )?
    .ok_or_else(bad)
}

/// Stores a new token, or that the old one no longer holds.
///
/// # Errors
/// [`StoreError`].
pub(super) fn set_token(conn: &Connection, token: Option<&str>) -> Result<(), StoreError> {
    conn.execute("update account set token = ?1", [token])?;
    Ok(())
}

/// From now on the server must hold one of these keys.
///
/// # Errors
/// [`StoreError`].
pub(super) fn set_pins(conn: &Connection, pins: &[ServerPin]) -> Result<(), StoreError> {
    conn.execute("update account set server_pins = ?1", [written(pins)])?;
    Ok(())
}

fn written(pins: &[ServerPin]) -> String {
    pins.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// Stores why this device shows nothing, or that it does again.
///
/// # Errors
/// [`StoreError`].
pub(super) fn set_shut(conn: &Connection, account: &Account) -> Result<(), StoreError> {
    let values = rusqlite::params![account.road, account.reopened, account.expired, account.unconfirmed];
    conn.execute("update account set road = ?1, reopened = ?2, expired = ?3, unconfirmed = ?4", values)?;
    Ok(())
}

/// Keeps to which key of the server's this store's key may be sealed. In the store: beside it, anyone could put another.
///
/// # Errors
/// [`StoreError`].
pub(super) fn set_device_recovery(conn: &Connection, key: SealKey) -> Result<(), StoreError> {
    conn.execute("update account set device_recovery = ?1", [key.to_string()])?;
    Ok(())
}

/// What [`set_device_recovery`] kept; none before a sign-in said so.
///
/// # Errors
/// [`StoreError`].
pub(super) fn device_recovery(conn: &Connection) -> Result<Option<SealKey>, StoreError> {
    let text: String = conn.query_row("select device_recovery from account", [], |row| row.get(0))?;
    Ok(text.parse().ok())
}

/// Salt, hash and wrong tries of the PIN.
///
/// # Errors
/// [`StoreError`].
pub(super) fn pin(conn: &Connection) -> Result<(Vec<u8>, Vec<u8>, u32), StoreError> {
    Ok(conn
        .query_row("select pin_salt, pin_hash, pin_tries from account", [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?)
}

/// Another PIN from now on.
///
/// # Errors
/// [`StoreError`].
pub(super) fn set_pin(conn: &Connection, salt: &[u8], hash: &[u8]) -> Result<(), StoreError> {
    conn.execute("update account set pin_salt = ?1, pin_hash = ?2, pin_tries = 0", [salt, hash])?;
    Ok(())
}

/// Notes how many wrong PINs were tried.
///
/// # Errors
/// [`StoreError`].
pub(super) fn set_pin_tries(conn: &Connection, tries: u32) -> Result<(), StoreError> {
    conn.execute("update account set pin_tries = ?1", [tries])?;
    Ok(())
}
