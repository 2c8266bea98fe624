//! Slots: how the random key of a store is wrapped, so that the passphrase opens it and nothing readable does.
//!
//! A slot holds wrap (a), the key under the passphrase through Argon2id, and wrap (b), an age copy to the server's recovery key:
//! after too many wrong passphrases (a) is deleted and nothing else. Lies in a small plain database beside the stores: one store
//! per person on a shared phone.

use super::{
    storage::{Home, StoreError, StoreKey},
    surroundings::KdfCost,
};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use rusqlite::{Connection, OptionalExtension};
use shared::{entropy::Entropy, model::dates::UnixSeconds, model::ids::DeviceId};
use zeroize::Zeroizing;

/// The slots' file.
pub const SLOTS_FILE: &str = "sada.slots";
/// The one slot format so far: Argon2id v1.3, XChaCha20-Poly1305 over key and salt.
const FORMAT: u32 = 1;
/// Wrong passphrases before a wait, and PINs before only the passphrase opens.
pub const FREE_TRIES: u32 = 5;
const FIRST_WAIT_S: i64 = 5;
const LONGEST_WAIT_S: i64 = 15 * 60;

/// The preference that says which slot was chosen last.
const CHOSEN: &str = "slot";

/// The slots of this installation.
pub struct Vault {
    conn: Connection,
}

/// One store's slot, without its secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Number in the file.
    pub id: i64,
    /// The store's file.
    pub store: String,
    /// Log-in name, shown on the lock screen.
    pub login: String,
    /// This installation's device.
    pub device: DeviceId,
}

/// What a slot is made of, beside key and passphrase.
#[derive(Clone, Copy, Debug)]
pub struct NewSlot<'a> {
    /// Log-in name.
    pub login: &'a str,
    /// This installation's device.
    pub device: DeviceId,
    /// Wrap (b).
    pub recovery: &'a [u8],
}

/// Why a slot did not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The passphrase is wrong.
    #[error("wrong passphrase")]
    Wrong,
    /// Too many wrong ones: wait so many seconds.
    #[error("too many tries; wait {0} s")]
    Wait(i64),
    /// Too many wrong ones: there is nothing left that a passphrase opens.
    #[error("the passphrase's wrap was deleted")]
    Gone,
    /// The slot is of a newer version.
    #[error("slot of a newer version")]
    Newer,
    /// Storage failed.
    #[error("the slot can't be read")]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for OpenError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

impl Vault {
    /// Opens the slots' file, makes it if it is missing, and drops slots whose store was never finished.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn open(home: &Home) -> Result<Self, StoreError> {
        let conn = home.open_plain(SLOTS_FILE)?;
        conn.execute_batch(
            "create table if not exists slot (
                id integer primary key, format integer not null, store text not null, login text not null,
                device blob not null, memory_kib integer not null, passes integer not null, kdf_salt blob not null,
                nonce blob not null, wrap_passphrase blob, wrap_recovery blob,
                tries integer not null default 0, last_try integer not null default 0, ready integer not null default 0
             ) strict;
             create table if not exists preference (key text primary key, value text not null) strict;",
        )?;
        let vault = Self { conn };
        let knows = "select exists (select 1 from pragma_table_info('slot') where name = 'most_tries')";
        if !vault.conn.query_row(knows, [], |row| row.get::<_, bool>(0))? {
            vault.conn.execute("alter table slot add column most_tries integer not null default 10", [])?;
        }
        for store in vault.unfinished()? {
            home.remove(&store)?;
            vault.conn.execute("delete from slot where store = ?1", [&store])?;
        }
        Ok(vault)
    }

    fn unfinished(&self) -> Result<Vec<String>, StoreError> {
        let mut statement = self.conn.prepare("select store from slot where ready = 0")?;
        let stores = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(stores)
    }

    /// Every person who has a store here, in the order in which they came.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn slots(&self) -> Result<Vec<Slot>, StoreError> {
        let mut statement = self.conn.prepare("select id, store, login, device from slot where ready = 1 order by id")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get::<_, Vec<u8>>(3)?)))?;
        rows.map(|row| {
            let (id, store, login, device) = row?;
            let device = DeviceId::try_from(device.as_slice()).map_err(|_| StoreError::Unreadable("slot"))?;
            Ok(Slot { id, store, login, device })
        })
        .collect()
    }

    /// The slot chosen last, or else the newest.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn current(&self) -> Result<Option<Slot>, StoreError> {
        let chosen = self.preference(CHOSEN)?;
        let mut slots = self.slots()?;
        let newest = slots.pop();
        Ok(slots.into_iter().find(|slot| chosen.as_ref().is_some_and(|chosen| *chosen == slot.id.to_string())).or(newest))
    }

    /// From now on this one is asked for its passphrase.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn choose(&self, slot: &Slot) -> Result<(), StoreError> {
        self.set_preference(CHOSEN, &slot.id.to_string())
    }

    /// Writes a slot for a store that is about to be made. It counts only after [`Self::finish`], when the store is whole.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn add(
        &self,
        new: NewSlot<'_>,
        passphrase: &str,
        key: &StoreKey,
        cost: KdfCost,
        entropy: &mut dyn Entropy,
    ) -> Result<Slot, StoreError> {
        let mut name = [0; 8];
        entropy.fill(&mut name);
        let store = name.iter().fold(String::from("store-"), |text, byte| format!("{text}{byte:02x}")) + ".db";
        let wrap = Wrap::seal(passphrase, key, cost, entropy)?;
        self.conn.execute(
            "insert into slot (format, store, login, device, memory_kib, passes, kdf_salt, nonce, wrap_passphrase, wrap_recovery)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            rusqlite::params![
                FORMAT,
                store,
                new.login,
                new.device.0,
                cost.memory_kib,
                cost.passes,
                wrap.kdf_salt,
                wrap.nonce,
                wrap.sealed,
                new.recovery
            ],
        )?;
        Ok(Slot { id: self.conn.last_insert_rowid(), store, login: new.login.to_owned(), device: new.device })
    }

    /// The store behind the slot is whole: from now on the slot opens it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn finish(&self, slot: &Slot) -> Result<(), StoreError> {
        self.conn.execute("update slot set ready = 1 where id = ?1", [slot.id])?;
        Ok(())
    }

    /// So many wrong passphrases may come before wrap (a) is deleted.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn allow_tries(&self, slot: &Slot, most: u16) -> Result<(), StoreError> {
        self.conn.execute("update slot set most_tries = ?2 where id = ?1 and most_tries <> ?2", [slot.id, i64::from(most)])?;
        Ok(())
    }

    /// Wrap (b), if this slot has one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn recovery_wrap(&self, slot: &Slot) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.conn.query_row("select wrap_recovery from slot where id = ?1", [slot.id], |row| row.get(0))?)
    }

    /// Gives a slot the wrap (b) that it lacks.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn set_recovery_wrap(&self, slot: &Slot, wrap: &[u8]) -> Result<(), StoreError> {
        let sql = "update slot set wrap_recovery = ?2 where id = ?1 and wrap_recovery is null";
        self.conn.execute(sql, rusqlite::params![slot.id, wrap])?;
        Ok(())
    }

    /// Whether wrap (a) was deleted. A slot that can't be read says so when it is opened.
    #[must_use]
    pub fn is_passphrase_gone(&self, slot: &Slot) -> bool {
        let sql = "select wrap_passphrase is null from slot where id = ?1";
        self.conn.query_row(sql, [slot.id], |row| row.get(0)).unwrap_or(false)
    }

    /// Wraps the key anew, under another passphrase.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn rewrap(
        &self,
        slot: &Slot,
        passphrase: &str,
        key: &StoreKey,
        cost: KdfCost,
        entropy: &mut dyn Entropy,
    ) -> Result<(), StoreError> {
        let wrap = Wrap::seal(passphrase, key, cost, entropy)?;
        self.conn.execute(
            "update slot set format = ?2, memory_kib = ?3, passes = ?4, kdf_salt = ?5, nonce = ?6, wrap_passphrase = ?7, tries = 0
             where id = ?1",
            rusqlite::params![slot.id, FORMAT, cost.memory_kib, cost.passes, wrap.kdf_salt, wrap.nonce, wrap.sealed],
        )?;
        Ok(())
    }

    /// Unwraps a store's key. Every try is on disk before it is judged, so that ending the app buys no free guess.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn unwrap_key(&self, slot: &Slot, passphrase: &str, now: UnixSeconds) -> Result<StoreKey, OpenError> {
        let (format, memory_kib, passes, kdf_salt, nonce, sealed, tries, last_try, most_tries) = self.conn.query_row(
            "select format, memory_kib, passes, kdf_salt, nonce, wrap_passphrase, tries, last_try, most_tries
             from slot where id = ?1",
            [slot.id],
            |row| {
                Ok((
                    row.get::<_, u32>(0)?,
                    row.get(1)?,
                    row.get(2)?,
                    row.get(3)?,
                    row.get(4)?,
                    row.get::<_, Option<Vec<u8>>>(5)?,
                    row.get::<_, u32>(6)?,
                    row.get::<_, i64>(7)?,
                    row.get::<_, u32>(8)?,
                ))
            },
        )?;
        if format != FORMAT {
            return Err(OpenError::Newer);
        }
        let Some(sealed) = sealed else { return Err(OpenError::Gone) };
        let wait = wait_left(tries, UnixSeconds(last_try), now);
        if wait > 0 {
            return Err(OpenError::Wait(wait));
        }
        self.conn.execute("update slot set tries = tries + 1, last_try = ?2 where id = ?1", [slot.id, now.0])?;
        let wrap = Wrap { kdf_salt, nonce, sealed };
        let Some(key) = wrap.open(passphrase, KdfCost { memory_kib, passes })? else {
            return Err(if self.delete_after(slot, tries.saturating_add(1), most_tries)? {
                OpenError::Gone
            } else {
                OpenError::Wrong
            });
        };
        self.conn.execute("update slot set tries = 0 where id = ?1", [slot.id])?;
        Ok(key)
    }

    /// Deletes wrap (a) after so many wrong ones, where wrap (b) still opens the store. Says whether it did.
    fn delete_after(&self, slot: &Slot, tries: u32, most_tries: u32) -> Result<bool, StoreError> {
        if tries < most_tries {
            return Ok(false);
        }
        let sql = "update slot set wrap_passphrase = null where id = ?1 and wrap_recovery is not null";
        Ok(self.conn.execute(sql, [slot.id])? > 0)
    }

    /// A preference; these are not secret and are read on the lock screen.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn preference(&self, key: &str) -> Result<Option<String>, StoreError> {
        Ok(self.conn.query_row("select value from preference where key = ?1", [key], |row| row.get(0)).optional()?)
    }

    /// Stores a preference.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn set_preference(&self, key: &str, value: &str) -> Result<(), StoreError> {
        self.conn.execute("insert or replace into preference (key, value) values (?1, ?2)", [key, value])?;
        Ok(())
    }
}

/// Seconds still to wait after `tries` wrong ones. A clock set back does not lengthen the wait beyond its whole.
fn wait_left(tries: u32, last_try: UnixSeconds, now: UnixSeconds) -> i64 {
    let Some(over) = tries.checked_sub(FREE_TRIES) else { return 0 };
    let whole = FIRST_WAIT_S.saturating_mul(1_i64 << over.min(10)).min(LONGEST_WAIT_S);
    let passed = now.0.saturating_sub(last_try.0);
    if passed < 0 { whole } else { (whole - passed).max(0) }
}

struct Wrap {
    kdf_salt: Vec<u8>,
    nonce: Vec<u8>,
    sealed: Vec<u8>,
}

impl Wrap {
    fn seal(passphrase: &str, key: &StoreKey, cost: KdfCost, entropy: &mut dyn Entropy) -> Result<Self, StoreError> {
        let (mut kdf_salt, mut nonce) = (vec![0; 16], vec![0; 24]);
        entropy.fill(&mut kdf_salt);
        entropy.fill(&mut nonce);
        let plain = key.to_bytes();
        let cipher = cipher(passphrase, &kdf_salt, cost)?;
        let nonce_array = XNonce::try_from(nonce.as_slice()).map_err(|_| StoreError::Kdf)?;
        let sealed =
            cipher.encrypt(&nonce_array, Payload { msg: &plain, aad: &FORMAT.to_be_bytes() }).map_err(|_| StoreError::Kdf)?;
        Ok(Self { kdf_salt, nonce, sealed })
    }

    /// The key; none if the passphrase is wrong.
    fn open(&self, passphrase: &str, cost: KdfCost) -> Result<Option<StoreKey>, StoreError> {
        let cipher = cipher(passphrase, &self.kdf_salt, cost)?;
        let nonce = XNonce::try_from(self.nonce.as_slice()).map_err(|_| StoreError::Unreadable("slot"))?;
        let opened = cipher.decrypt(&nonce, Payload { msg: &self.sealed, aad: &FORMAT.to_be_bytes() });
        let Ok(plain) = opened.map(Zeroizing::new) else { return Ok(None) };
        StoreKey::from_bytes(&plain).map(Some).ok_or(StoreError::Unreadable("slot"))
    }
}

fn cipher(passphrase: &str, salt: &[u8], cost: KdfCost) -> Result<XChaCha20Poly1305, StoreError> {
    let key = stretch(passphrase, salt, cost)?;
    XChaCha20Poly1305::new_from_slice(key.as_slice()).map_err(|_| StoreError::Kdf)
}

/// Argon2id of a passphrase or PIN.
///
/// # Errors
/// [`StoreError::Kdf`] if the cost is out of Argon2's range.
pub fn stretch(secret: &str, salt: &[u8], cost: KdfCost) -> Result<Zeroizing<[u8; 32]>, StoreError> {
    let params = argon2::Params::new(cost.memory_kib, cost.passes, 1, Some(32)).map_err(|_| StoreError::Kdf)?;
    let mut key = Zeroizing::new([0; 32]);
    argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params)
        .hash_password_into(secret.as_bytes(), salt, key.as_mut_slice())
        .map_err(|_| StoreError::Kdf)?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_WAIT_S, wait_left};
    use shared::model::dates::UnixSeconds;

    #[test]
    fn waits_grow_to_a_limit_and_a_clock_set_back_does_not_lengthen_them() {
        let at = UnixSeconds(1_000_000);
        assert_eq!(wait_left(4, at, at), 0);
        assert_eq!(wait_left(5, at, at), 5);
        assert_eq!(wait_left(5, at, at.plus(5)), 0);
        assert_eq!(wait_left(8, at, at), 40);
        assert_eq!(wait_left(60, at, at), LONGEST_WAIT_S);
        assert_eq!(wait_left(60, at, UnixSeconds(0)), LONGEST_WAIT_S);
    }
}
