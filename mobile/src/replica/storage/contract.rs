//! What every place a store can lie in must hold: a plain file, a SQLCipher file, a file in the browser's private file system.
//! The same claims run in all three, natively in tests and in a worker started for it, so they use nothing but SQLite and bytes.

use super::{Home, StoreError, StoreKey, flush_log};
use rusqlite::Connection;
use shared::entropy::Entropy;

/// How the store of this run lies there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Without encryption.
    Plain,
    /// SQLCipher, as every app's store.
    Encrypted,
}

/// A place does not hold what it must.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    /// This claim is false there.
    #[error("storage contract: {0}")]
    Claim(&'static str),
    /// Storage failed where it must not.
    #[error("storage failed during the contract")]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for Broken {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Reads a file as it lies there, journals by their suffix; none if there is no such file.
pub type Bytes<'a> = &'a dyn Fn(&str) -> Option<Vec<u8>>;

const NAME: &str = "contract.db";
const OTHER: &str = "contract-other.db";
/// A name as someone might type it, and the same as UTF-8 would lie on disk.
const SECRET: &str = "سلمى الأحمد 0933123456";

/// Runs every claim in an empty place and leaves it empty.
///
/// # Errors
/// [`Broken`] names the first claim that is false.
pub fn run(home: &Home, kind: Kind, bytes: Bytes<'_>, entropy: &mut dyn Entropy) -> Result<(), Broken> {
    home.prepare()?;
    let place = Place { home, kind, bytes, key: StoreKey::random(entropy), other: StoreKey::random(entropy) };
    for claim in [
        Place::committed_stays_and_uncommitted_goes,
        Place::a_cut_between_two_statements_changes_nothing,
        Place::only_the_key_opens,
        Place::the_salt_is_the_keys_own,
        Place::deleted_content_is_gone,
        Place::a_newer_store_is_refused,
        Place::many_rows_survive_reopening,
    ] {
        home.remove(NAME)?;
        home.remove(OTHER)?;
        claim(&place)?;
    }
    home.remove(NAME)?;
    home.remove(OTHER)?;
    Ok(())
}

struct Place<'a> {
    home: &'a Home,
    kind: Kind,
    bytes: Bytes<'a>,
    key: StoreKey,
    other: StoreKey,
}

impl Place<'_> {
    fn open(&self, name: &str) -> Result<Connection, StoreError> {
        match self.kind {
            Kind::Plain => self.home.open_unencrypted(name),
            Kind::Encrypted => self.home.open_store(name, if name == NAME { &self.key } else { &self.other }),
        }
    }

    fn committed_stays_and_uncommitted_goes(&self) -> Result<(), Broken> {
        let mut conn = self.open(NAME)?;
        put(&conn, 1, "stays")?;
        let tx = conn.transaction()?;
        put(&tx, 2, "goes")?;
        drop(tx);
        drop(conn);
        let conn = self.open(NAME)?;
        claim(get(&conn, 1)?.as_deref() == Some("stays"), "what was committed is there after reopening")?;
        claim(get(&conn, 2)?.is_none(), "what was not committed is not there")
    }

    /// Drops the connection with a transaction open, as the end of an app or of power does.
    fn a_cut_between_two_statements_changes_nothing(&self) -> Result<(), Broken> {
        let conn = self.open(NAME)?;
        put(&conn, 1, "before")?;
        conn.execute_batch("begin immediate")?;
        conn.execute("update draft set body = 'after'", [])?;
        put(&conn, 2, "second statement")?;
        drop(conn);
        let conn = self.open(NAME)?;
        claim(get(&conn, 1)?.as_deref() == Some("before"), "a torn transaction leaves the old row")?;
        claim(get(&conn, 2)?.is_none(), "a torn transaction leaves no new row")
    }

    fn only_the_key_opens(&self) -> Result<(), Broken> {
        put(&self.open(NAME)?, 1, SECRET)?;
        if self.kind == Kind::Plain {
            return Ok(());
        }
        let mut wrong = StoreKey { key: self.key.key, salt: self.key.salt };
        wrong.key[0] ^= 1;
        claim(self.home.open_store(NAME, &wrong).is_err(), "another key does not open the store")?;
        claim(get(&self.open(NAME)?, 1)?.as_deref() == Some(SECRET), "a wrong key did no harm")?;
        for suffix in ["", "-wal", "-journal"] {
            let lying = (self.bytes)(&format!("{NAME}{suffix}")).unwrap_or_default();
            claim(!contains(&lying, SECRET.as_bytes()), "nothing readable lies on disk")?;
            claim(!contains(&lying, b"SQLite format 3"), "the header is encrypted")?;
        }
        Ok(())
    }

    /// The file pool in the browser once made SQLCipher keep 16 zero bytes (reference/platform.md §3).
    fn the_salt_is_the_keys_own(&self) -> Result<(), Broken> {
        for (name, key) in [(NAME, &self.key), (OTHER, &self.other)] {
            let conn = self.open(name)?;
            put(&conn, 1, "x")?;
            flush_log(&conn)?;
            drop(conn);
            let lying = (self.bytes)(name).ok_or(Broken::Claim("the file can be read"))?;
            if self.kind == Kind::Encrypted {
                claim(lying.get(..16) == Some(&key.salt), "the file begins with the key's salt")?;
                claim(lying.get(..16) != Some(&[0; 16]), "the salt is not zero")?;
            }
        }
        Ok(())
    }

    /// Overwriting what is deleted shows only without encryption; the pragma and the truncated journals show with it.
    fn deleted_content_is_gone(&self) -> Result<(), Broken> {
        let conn = self.open(NAME)?;
        for record in 0..50 {
            put(&conn, record, &format!("{SECRET} {record} {}", "ا".repeat(900)))?;
        }
        conn.execute("update draft set body = 'kept' where record = x'00'", [])?;
        conn.execute("delete from draft where record <> x'00'", [])?;
        flush_log(&conn)?;
        let on: i64 = conn.pragma_query_value(None, "secure_delete", |row| row.get(0))?;
        claim(on == 1, "deleted content is overwritten")?;
        for suffix in ["-wal", "-journal"] {
            let journal = (self.bytes)(&format!("{NAME}{suffix}")).unwrap_or_default();
            claim(journal.is_empty(), "journals are empty once they are flushed")?;
        }
        drop(conn);
        let lying = (self.bytes)(NAME).ok_or(Broken::Claim("the file can be read"))?;
        claim(!contains(&lying, SECRET.as_bytes()), "deleted content lies in no page")
    }

    fn a_newer_store_is_refused(&self) -> Result<(), Broken> {
        let conn = self.open(NAME)?;
        conn.pragma_update(None, "user_version", 9_999)?;
        drop(conn);
        claim(matches!(self.open(NAME), Err(StoreError::Newer(9_999))), "a store of a newer app is left alone")
    }

    fn many_rows_survive_reopening(&self) -> Result<(), Broken> {
        let mut conn = self.open(NAME)?;
        let tx = conn.transaction()?;
        for record in 0..2_000 {
            put(&tx, record, &format!("{record} {}", "ب".repeat(200)))?;
        }
        tx.commit()?;
        drop(conn);
        let conn = self.open(NAME)?;
        let count: i64 = conn.query_row("select count(*) from draft", [], |row| row.get(0))?;
        claim(count == 2_000, "every row is there after reopening")?;
        let sound: String = conn.query_row("pragma integrity_check", [], |row| row.get(0))?;
        claim(sound == "ok", "the file is sound")
    }
}

fn claim(holds: bool, what: &'static str) -> Result<(), Broken> {
    if holds { Ok(()) } else { Err(Broken::Claim(what)) }
}

fn contains(hay: &[u8], needle: &[u8]) -> bool {
    memchr::memmem::find(hay, needle).is_some()
}

/// Record 0 is `x'00'`, all others four bytes.
fn key(record: u32) -> Vec<u8> {
    if record == 0 { vec![0] } else { record.to_be_bytes().to_vec() }
}

fn put(conn: &Connection, record: u32, body: &str) -> Result<(), rusqlite::Error> {
    let sql = "insert into draft (record, body, saved_at) values (?1, ?2, 0)";
    conn.execute(sql, rusqlite::params![key(record), body]).map(|_| ())
}

fn get(conn: &Connection, record: u32) -> Result<Option<String>, rusqlite::Error> {
    use rusqlite::OptionalExtension;
    conn.query_row("select body from draft where record = ?1", [key(record)], |row| row.get(0)).optional()
}
