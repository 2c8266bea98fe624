//! What the server sends: each frame is applied in one transaction with its cursors, rows and removals, or not at all.

use super::{
    documents::{self, Origin, ReadError},
    marker::Marker,
    pictures,
    projection::{self, Projecting},
    quarantine, scopes,
    storage::StoreError,
};
use rusqlite::{Connection, params};
use shared::{
    model::{
        dates::UnixSeconds,
        ids::{ChangeHash, RecordId},
        record::DocumentId,
    },
    sync::{
        frames::{
            FrameError, KnownDeps, Wanted,
            down::{self, DownItem, Section},
        },
        signing::PublicKey,
        slim::change_hash,
    },
};
use std::collections::BTreeSet;

/// Why a frame was not applied. Nothing of it was.
#[derive(Debug, thiserror::Error)]
pub(super) enum PullError {
    /// It can't be read, or names what is not here.
    #[error("frame not applied")]
    Frame(#[from] FrameError),
    /// A section begins beyond this device's cursor, or is of a scope this device does not follow.
    #[error("frame does not follow on what is here")]
    Gap,
    /// Storage failed.
    #[error("storage failed")]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for PullError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

/// What applying changed.
#[derive(Debug, Default)]
pub(super) struct Pulled {
    /// Records whose rows may be others now.
    pub touched: BTreeSet<RecordId>,
    /// Changes that came.
    pub changes: u32,
    /// Content was deleted for good: the log is to be emptied.
    pub purged: bool,
}

/// What applying needs besides the connection.
pub(super) struct Pulling<'a> {
    pub server: &'a PublicKey,
    pub with: Projecting<'a>,
    pub marker: &'a Marker,
    pub store: &'a str,
    pub now: UnixSeconds,
}

/// Applies one frame.
///
/// # Errors
/// [`PullError`]: the store is as before.
pub(super) fn apply(conn: &mut Connection, frame: &[u8], pulling: &Pulling<'_>) -> Result<Pulled, PullError> {
    let parsed = down::parse(frame, pulling.server)?;
    let known = known(conn, &parsed.wanted())?;
    let sections = parsed.rebuild(&known)?;
    let tx = conn.transaction()?;
    let mut pulled = Pulled::default();
    let mut gone = BTreeSet::new();
    for section in &sections {
        take_section(&tx, section, &mut pulled, &mut gone)?;
    }
    for document in gone {
        documents::purge(&tx, document)?;
        pulled.purged = true;
    }
    project(&tx, &pulled.touched, pulling)?;
    tx.commit()?;
    pulling.marker.done(pulling.store)?;
    Ok(pulled)
}

/// Looks short dependencies up; one that two changes share is left out.
fn known(conn: &Connection, wanted: &Wanted) -> Result<KnownDeps, StoreError> {
    let mut known = KnownDeps::new();
    let mut statement =
        conn.prepare_cached("select hash from change where document = ?1 and hash >= ?2 and substr(hash, 1, 8) = ?2 limit 2")?;
    for (document, prefix) in wanted {
        let rows = statement.query_map(params![document.to_bytes(), prefix.as_slice()], |row| row.get::<_, Vec<u8>>(0))?;
        let found = rows.collect::<Result<Vec<_>, _>>()?;
        if let [hash] = found.as_slice() {
            let hash = ChangeHash::try_from(hash.as_slice()).map_err(|_| StoreError::Unreadable("change"))?;
            known.insert((*document, *prefix), hash);
        }
    }
    Ok(known)
}

fn take_section(
    conn: &Connection,
    section: &Section,
    pulled: &mut Pulled,
    gone: &mut BTreeSet<DocumentId>,
) -> Result<(), PullError> {
    let cursor = scopes::cursor(conn, &section.scope)?.ok_or(PullError::Gap)?;
    if section.from > cursor {
        return Err(PullError::Gap);
    }
    for item in &section.items {
        let document = take_item(conn, section, item, pulled, gone)?;
        pulled.touched.insert(document.record);
    }
    // Sections of a repair do not move the cursor.
    if section.from != section.to {
        scopes::set_cursor(conn, &section.scope, section.to)?;
    }
    Ok(())
}

fn take_item(
    conn: &Connection,
    section: &Section,
    item: &DownItem,
    pulled: &mut Pulled,
    gone: &mut BTreeSet<DocumentId>,
) -> Result<DocumentId, PullError> {
    Ok(match item {
        DownItem::Enter(document) => {
            documents::begin(conn, *document)?;
            scopes::enter(conn, &section.scope, *document)?;
            gone.remove(document);
            *document
        }
        DownItem::Change { document, change, receipt } => {
            documents::begin(conn, *document)?;
            let (local, new) = documents::keep(conn, *document, receipt.change, change, &Origin::Receipted(receipt))?;
            pulled.changes += u32::from(new);
            // One of ours whose verdict was lost on the way: it is confirmed all the same.
            conn.prepare_cached("delete from outbox where local = ?1")?.execute([local])?;
            *document
        }
        DownItem::ServerChange { document, change, mac } => {
            documents::begin(conn, *document)?;
            let (_, new) = documents::keep(conn, *document, change_hash(change), change, &Origin::Server(*mac))?;
            pulled.changes += u32::from(new);
            *document
        }
        DownItem::Leave(document) => {
            if !scopes::leave(conn, &section.scope, *document)? {
                gone.insert(*document);
            }
            *document
        }
        DownItem::Purge { document, .. } => {
            pictures::forget(conn, document.record)?;
            conn.execute("delete from quarantine where document = ?1", [document.to_bytes()])?;
            conn.execute("delete from scope_document where document = ?1", [document.to_bytes()])?;
            gone.insert(*document);
            *document
        }
    })
}

/// Makes the rows of what was touched. Before each record "reading X" is noted; one that turns out damaged is set aside and
/// the others go on.
///
/// # Errors
/// [`StoreError`].
pub(super) fn project(conn: &Connection, touched: &BTreeSet<RecordId>, pulling: &Pulling<'_>) -> Result<(), StoreError> {
    for record in touched {
        pulling.marker.reading(pulling.store, *record)?;
        match projection::project(conn, *record, &pulling.with) {
            Ok(_) => {}
            Err(ReadError::Damaged(document)) => {
                quarantine::set_aside_unreadable(conn, *record, Some(document), pulling.now)?;
                projection::project(conn, *record, &pulling.with)?;
            }
            Err(ReadError::Store(error)) => return Err(error),
        }
    }
    Ok(())
}
