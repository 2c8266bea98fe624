//! A focal point's own keys: kept in the encrypted store and nowhere else. Knows nothing of what they open.

use super::storage::StoreError;
use rusqlite::{Connection, params};
use shared::seal::card::KeyCard;
use zeroize::Zeroizing;

/// The keys of this device, newest last.
#[derive(Default)]
pub(super) struct OwnKeys {
    pub cards: Vec<KeyCard>,
    /// The newest was made here and is not yet on paper.
    pub to_print: bool,
}

impl OwnKeys {
    pub(super) fn newest(&self) -> Option<&KeyCard> {
        self.cards.last()
    }
}

/// Reads them.
///
/// # Errors
/// [`StoreError`].
pub(super) fn read(conn: &Connection) -> Result<OwnKeys, StoreError> {
    let mut statement = conn.prepare("select seed, to_print from focal_key order by id")?;
    let mut rows = statement.query([])?;
    let mut keys = OwnKeys::default();
    while let Some(row) = rows.next()? {
        let seed = Zeroizing::new(row.get::<_, Vec<u8>>(0)?);
        let seed = seed.first_chunk().filter(|_| seed.len() == 32).ok_or(StoreError::Unreadable("focal key"))?;
        keys.cards.push(KeyCard::from_seed(seed));
        keys.to_print = row.get(1)?;
    }
    Ok(keys)
}

/// Keeps one as the newest; one that is known becomes the newest again.
///
/// # Errors
/// [`StoreError`].
pub(super) fn keep(conn: &mut Connection, card: &KeyCard, to_print: bool) -> Result<(), StoreError> {
    let tx = conn.transaction()?;
    let seed = card.seed();
    tx.execute("delete from focal_key where seed = ?1", [seed.as_slice()])?;
    tx.execute("insert into focal_key (seed, to_print) values (?1, ?2)", params![seed.as_slice(), to_print])?;
    Ok(tx.commit()?)
}

/// Every card is on paper.
///
/// # Errors
/// [`StoreError`].
pub(super) fn set_printed(conn: &Connection) -> Result<(), StoreError> {
    conn.execute("update focal_key set to_print = 0", [])?;
    Ok(())
}
