//! The batch that runs on this device: one row, counted in the same transaction that saves a person's record, so that the count and
//! the records can't part ways. Knows no forms.

use super::storage::StoreError;
use crate::protocol::batch::{Batch, BatchRequest};
use rusqlite::{Connection, OptionalExtension};
use shared::{
    document::content::{Fact, Facts},
    intent::burst,
    model::{codes::Consent, dates::UnixSeconds, ids::RecordId},
};

/// Answers with the batch as it then stands.
///
/// # Errors
/// [`StoreError`].
pub(super) fn answer(conn: &Connection, request: BatchRequest, now: UnixSeconds) -> Result<Option<Box<Batch>>, StoreError> {
    let held = read(conn)?;
    let after = match (request, held) {
        (BatchRequest::Show, held) => return Ok(held.map(Box::new)),
        (BatchRequest::End, _) => None,
        (BatchRequest::SetUp(mut facts), held) => {
            facts.retain(|key, _| burst::SET_ONCE.contains(&key.as_str()));
            let empty = Batch { facts: Facts::new(), recorded: 0, counted: 0, person: None, last: None, since: now };
            Some(Batch { facts, ..held.unwrap_or(empty) })
        }
        (BatchRequest::Person(person), held) => held.map(|batch| Batch { person: Some(person), ..batch }),
    };
    write(conn, after.as_ref())?;
    Ok(after.map(Box::new))
}

/// Counts a record that is being saved, if its form is the batch's. Within the caller's transaction.
///
/// # Errors
/// [`StoreError`].
pub(super) fn count(conn: &Connection, record: RecordId, facts: &Facts, sensitive: bool) -> Result<(), StoreError> {
    let Some(mut batch) = read(conn)?.filter(|batch| batch.person == Some(record)) else { return Ok(()) };
    batch.person = None;
    let refused = facts.get("consent.record").and_then(Fact::as_text) == Some(Consent::No.id());
    // What is sealed leaves no trace here, not even as one more.
    batch.last = None;
    if refused && !sensitive {
        batch.counted = batch.counted.saturating_add(1);
    } else if !sensitive {
        batch.recorded = batch.recorded.saturating_add(1);
        batch.last = Some(record);
    }
    write(conn, Some(&batch))
}

fn read(conn: &Connection) -> Result<Option<Batch>, StoreError> {
    let body: Option<String> = conn.query_row("select body from batch", [], |row| row.get(0)).optional()?;
    body.map(|body| serde_json::from_str(&body).map_err(|_| StoreError::Unreadable("batch"))).transpose()
}

fn write(conn: &Connection, batch: Option<&Batch>) -> Result<(), StoreError> {
    match batch {
        Some(batch) => {
            let body = serde_json::to_string(batch).map_err(|_| StoreError::Unreadable("batch"))?;
            conn.execute("insert or replace into batch (one, body) values (1, ?1)", [body])?;
        }
        None => drop(conn.execute("delete from batch", [])?),
    }
    Ok(())
}
