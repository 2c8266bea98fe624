//! The store from outside, for the simulated world and crash tests: what it holds, whether its rows are what its documents
//! say, and a power cut in the middle of a transaction. No page asks for any of it.

use super::{Replica, StoreError, projection};
use rusqlite::Connection;
use shared::model::{ids::ChangeHash, record::DocumentId};
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

/// One document as this device holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    /// The document.
    pub document: DocumentId,
    /// The epoch of this device's actor in it: how often it was rebased.
    pub actor_epoch: u16,
    /// Changes that the server has confirmed or made, by hash.
    pub confirmed: Vec<ChangeHash>,
    /// Changes that wait.
    pub waiting: Vec<ChangeHash>,
}

/// Steps of SQLite's machine until the power goes.
#[derive(Clone, Debug)]
pub(super) struct Power(Arc<AtomicI64>);

impl Replica {
    /// Everything the open store holds.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn holdings(&self) -> Result<Vec<Holding>, StoreError> {
        let Some(open) = &self.open else { return Ok(Vec::new()) };
        let mut statement = open.conn.prepare("select id, actor_epoch from document order by id")?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get(1)?)))?;
        let mut holdings = Vec::new();
        for row in rows {
            let (id, actor_epoch) = row?;
            let document = DocumentId::from_bytes(&id).map_err(|_| StoreError::Unreadable("document"))?;
            let (mut confirmed, mut waiting) = (Vec::new(), Vec::new());
            let sql = "select hash, receipt is not null or server_mac is not null from change where document = ?1 order by hash";
            let mut statement = open.conn.prepare_cached(sql)?;
            let changes = statement.query_map([id], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, bool>(1)?)))?;
            for change in changes {
                let (hash, is_confirmed) = change?;
                let hash = ChangeHash::try_from(hash.as_slice()).map_err(|_| StoreError::Unreadable("change"))?;
                if is_confirmed { &mut confirmed } else { &mut waiting }.push(hash);
            }
            holdings.push(Holding { document, actor_epoch, confirmed, waiting });
        }
        Ok(holdings)
    }

    /// Brings everything on disk from the log into the file, so that a test can read its pages.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn flush(&self) -> Result<(), StoreError> {
        self.open.as_ref().map_or(Ok(()), |open| super::storage::flush_log(&open.conn))
    }

    /// Rows that differ from what their documents say, made anew: none, if all is well. Leaves the new ones.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn rows_that_differ(&mut self) -> Result<Vec<String>, StoreError> {
        let now = self.now();
        let Some(open) = &mut self.open else { return Ok(Vec::new()) };
        let before = rows(&open.conn)?;
        let with = projection::Projecting::of(&open.settings, &open.places, &open.account.user, now);
        projection::rebuild_all(&open.conn, &with)?;
        let after = rows(&open.conn)?;
        Ok(after
            .iter()
            .filter(|row| !before.contains(row))
            .chain(before.iter().filter(|row| !after.contains(row)))
            .cloned()
            .collect())
    }

    /// From now on lets SQLite take so many steps, then stops as a power cut would: in the middle, with a transaction open and
    /// nothing of it on disk. Everything fails until the files are opened again.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn cut_power_after(&mut self, steps: u32) -> Result<(), StoreError> {
        let Some(open) = &mut self.open else { return Ok(()) };
        let left = Arc::new(AtomicI64::new(i64::from(steps)));
        self.power = Some(Power(Arc::clone(&left)));
        open.conn.progress_handler(1, Some(move || left.fetch_sub(1, Ordering::Relaxed) <= 0))?;
        Ok(())
    }

    /// From now on there is no room beyond what is used already; or there is again.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn fill_storage(&self, full: bool) -> Result<(), StoreError> {
        let Some(open) = &self.open else { return Ok(()) };
        let used: i64 = open.conn.query_row("select page_count from pragma_page_count", [], |row| row.get(0))?;
        let most = if full { used } else { i64::from(u32::MAX >> 1) };
        // SQLite answers with the limit that holds.
        Ok(open.conn.pragma_update_and_check(None, "max_page_count", most, |_| Ok(()))?)
    }

    /// Whether the power went.
    #[must_use]
    pub fn power_is_cut(&self) -> bool {
        self.power.as_ref().is_some_and(|power| power.0.load(Ordering::Relaxed) < 0)
    }
}

fn rows(conn: &Connection) -> Result<Vec<String>, StoreError> {
    let sql = "select hex(record) || row || search from case_row union all select hex(record) || row || search from session_row";
    let mut statement = conn.prepare(sql)?;
    let rows = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(rows)
}
