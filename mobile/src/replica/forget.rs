//! Forgetting what the server has: everything acknowledged leaves this device, what is unsent stays, encrypted, and is still sent.
//! Settings, keys, receipt numbers and drafts stay too: the server has no other copy of them, or they say nothing of anyone. So does
//! what was set aside, but for what its author took note of and the server holds.

use super::{
    open::Open,
    projection::{self, Projecting},
    pull::{self, Pulling},
    quarantine,
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
        quarantine::let_go(&tx, now)?;
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

#[cfg(test)]
mod tests {
    use super::GOES;
    use crate::replica::storage::migrations;
    use rusqlite::Connection;

    /// What stays, and why: nobody else has it, or it says nothing of anyone.
    const STAYS: [(&str, &str); 11] = [
        ("account", "who works here, and the way to the server"),
        ("batch", "what the forms of a pile of paper have in common, not sent"),
        ("draft", "not sent"),
        ("focal_key", "the person's own key: the server never has it"),
        ("intent", "not sent: goes with its last receipt"),
        ("key_book", "public keys"),
        ("opened", "ids for the audit log, until the server has been told"),
        ("outbox", "not sent"),
        ("picture", "not sent: goes with the server's word that it is there"),
        ("quarantine", "set aside: nowhere else, or not yet noted; the rest goes"),
        ("ref_no", "numbers leased and not used"),
    ];
    /// Lists of places, projects and people: a snapshot that the app can't start without.
    const LISTS: &str = "settings";

    #[test]
    fn every_table_goes_or_says_why_it_stays() {
        let mut conn = Connection::open_in_memory().unwrap();
        migrations::run(&mut conn).unwrap();
        let sql = "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by name";
        let mut statement = conn.prepare(sql).unwrap();
        let tables: Vec<String> = statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
        assert!(tables.len() > 20);
        for table in tables {
            let goes = GOES.iter().any(|sql| {
                sql.split_whitespace().nth(2).is_some_and(|word| word == table) || sql.contains(&format!("into {table} "))
            });
            let stays = table == LISTS || STAYS.iter().any(|(name, why)| *name == table && !why.is_empty());
            assert!(goes != stays, "{table}: is it forgotten before the road, or why not?");
        }
    }
}
