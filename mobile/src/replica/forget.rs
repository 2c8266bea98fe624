//! Forgetting what the server has: everything acknowledged leaves this device, what is unsent stays, encrypted, and is still sent.
//! Settings, keys, receipt numbers, what was set aside and drafts stay too: the server has no other copy of them, or they say
//! nothing of anyone.

use super::{
    open::Open,
    projection::{self, Projecting},
    pull::{self, Pulling},
    storage::{StoreError, flush_log},
};
use rusqlite::params;
use shared::{
    model::{dates::UnixSeconds, ids::RecordId},
    sync::set_hash::SetHash,
};
use std::collections::BTreeSet;

/// Rows and lists made of what goes, in an order that leaves no reference dangling.
const GOES: [&str; 11] = [
    "delete from scope_document",
    "delete from scope",
    "delete from case_row",
    "delete from reach",
    "delete from box_row",
    "delete from session_row",
    "delete from tally",
    "delete from own_row",
    "delete from change where local not in (select local from outbox)",
    "delete from document where id not in (select document from change)",
    // When it comes again, it comes as to a new device.
    "insert or replace into listing (one, rows, complete) values (1, 0, 0)",
];

impl Open {
    /// Deletes everything the server has acknowledged or sent. It comes again once the server follows this device again.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing is deleted.
    pub(super) fn forget_acknowledged(&mut self, now: UnixSeconds) -> Result<(), StoreError> {
        let with = Projecting::of(&self.settings, &self.places, &self.account.user, now);
        let tx = self.conn.transaction()?;
        for sql in GOES {
            tx.execute(sql, [])?;
        }
        // As with any document that left while something of it was unsent.
        tx.execute("update document set leaving = 1, digest = ?1", params![SetHash::default().0])?;
        let staying: BTreeSet<RecordId> = {
            let mut statement = tx.prepare("select distinct record from document")?;
            let rows = statement.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
            rows.map(|row| RecordId::try_from(row?.as_slice()).map_err(|_| StoreError::Unreadable("document")))
                .collect::<Result<_, _>>()?
        };
        let pulling = Pulling { server: &self.account.server_key, with, marker: &self.marker, store: &self.store, now };
        pull::project(&tx, &staying, &pulling)?;
        let (cases, sessions) = projection::load(&tx, &pulling.with)?;
        tx.commit()?;
        self.marker.done(&self.store)?;
        (self.case_index, self.session_index) = (cases, sessions);
        self.compared = super::likely_duplicates::Compared::default();
        self.sync.owes_nothing_back();
        flush_log(&self.conn)?;
        self.changed();
        Ok(())
    }
}
