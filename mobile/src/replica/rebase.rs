//! After a refusal: the server takes no later change of that actor in that document, since each builds on the refused one. So
//! the document is rebuilt from what the server accepted, and what the person innocently did after is written again under a
//! new actor epoch: event ids and texts stay, as they were made with the intents.

use super::{
    documents::{self, ReadError, Unsent},
    intents::{self, Author, DoError},
    pictures,
    quarantine::{self, SetAside},
    storage::StoreError,
};
use rusqlite::{Connection, OptionalExtension, params};
use shared::{
    intent::Prepared,
    model::{dates::UnixSeconds, record::DocumentId},
    sync::verdict::QUARANTINE_FULL,
};

/// Refusals that say nothing against a change: its actor's numbers were used before, by this device as it was before an older
/// copy of its files was put back.
const CHAIN_FAULTS: [&str; 3] = ["seq_used", "seq_gap", "fork"];
/// So often a change is written again for such a reason; then it is set aside like any other.
const MOST_REWRITES: u32 = 20;
/// Reasons with which the server keeps nothing of what was sent: it could not even be read, or too much of this device's is there.
const NOT_KEPT_THERE: [&str; 2] = [quarantine::UNREADABLE, QUARANTINE_FULL];

/// Sets the refused change aside, unless only its actor was at fault, and writes the later ones of the same document again.
///
/// # Errors
/// [`DoError`].
pub(super) fn rebase(
    conn: &Connection,
    document: DocumentId,
    refused: i64,
    why: &str,
    author: Author,
    now: UnixSeconds,
) -> Result<(), DoError> {
    let unsent = documents::unsent(conn, Some(document))?;
    let Some(at) = unsent.iter().position(|change| change.local == refused) else { return Ok(()) };
    let sql = "select attempts from outbox where local = ?1";
    let rewrites: u32 = conn.query_row(sql, [refused], |row| row.get(0))?;
    let innocent = CHAIN_FAULTS.contains(&why) && rewrites < MOST_REWRITES;
    if !innocent {
        set_aside(conn, &unsent[at], why, now)?;
    }
    // Changes before the refused one stand: they have their verdicts, or wait for them under the old actor.
    let again = if innocent { &unsent[at..] } else { &unsent[at + 1..] };
    let later: Vec<(i64, Prepared)> =
        again.iter().filter_map(|change| prepared(conn, change).transpose()).collect::<Result<_, StoreError>>()?;
    for change in unsent[at..].iter().rev() {
        remove(conn, change)?;
    }
    conn.execute("update document set actor_epoch = actor_epoch + 1 where id = ?1", [document.to_bytes()])?;
    for (intent, prepared) in later {
        let edits = prepared.edits.iter().find(|(id, _)| *id == document).map(|(_, edits)| edits.as_slice());
        match intents::write(conn, document, edits.unwrap_or_default(), intent, author) {
            Ok(_) => {}
            Err(DoError::Write(_) | DoError::Read(ReadError::Damaged(_))) => {
                set_aside_intent(conn, document, intent, quarantine::REBASE, None, now)?;
            }
            Err(error) => return Err(error),
        }
    }
    if innocent {
        conn.execute("update outbox set attempts = ?2 where document = ?1", params![document.to_bytes(), rewrites + 1])?;
    }
    documents::drop_idle_intents(conn)?;
    Ok(())
}

/// Sets one unsent change aside with what was meant by it.
///
/// # Errors
/// [`StoreError`].
pub(super) fn set_aside(conn: &Connection, change: &Unsent, why: &str, now: UnixSeconds) -> Result<(), StoreError> {
    let raw = documents::raw(conn, change.local)?;
    set_aside_intent(conn, change.document, change.intent, why, Some(&raw), now)
}

fn set_aside_intent(
    conn: &Connection,
    document: DocumentId,
    intent: i64,
    why: &str,
    raw: Option<&[u8]>,
    now: UnixSeconds,
) -> Result<(), StoreError> {
    let sql = "select prepared, kind from intent where id = ?1";
    let (prepared, what): (String, String) = conn.query_row(sql, [intent], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let item = SetAside {
        document: Some(document),
        record: document.record,
        raw,
        prepared: Some(&prepared),
        why,
        what: &what,
        held_there: raw.is_some() && !NOT_KEPT_THERE.contains(&why),
        at: now,
    };
    quarantine::add(conn, &item)?;
    let prepared: Prepared = serde_json::from_str(&prepared).map_err(|_| StoreError::Unreadable("intent"))?;
    pictures::set_aside(conn, document, &prepared)
}

/// Takes an unsent change out of the document and the outbox.
///
/// # Errors
/// [`StoreError`].
pub(super) fn remove(conn: &Connection, change: &Unsent) -> Result<(), StoreError> {
    conn.execute("delete from outbox where local = ?1", [change.local])?;
    conn.execute("delete from change where local = ?1", [change.local])?;
    Ok(())
}

fn prepared(conn: &Connection, change: &Unsent) -> Result<Option<(i64, Prepared)>, StoreError> {
    let sql = "select prepared from intent where id = ?1";
    let text: Option<String> = conn.query_row(sql, params![change.intent], |row| row.get(0)).optional()?;
    let prepared = text.map(|text| serde_json::from_str(&text)).transpose().map_err(|_| StoreError::Unreadable("intent"))?;
    Ok(prepared.map(|prepared| (change.intent, prepared)))
}
