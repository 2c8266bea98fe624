//! The logs this device follows, how far it has read each, and which documents stand in which.

use super::storage::StoreError;
use rusqlite::{Connection, OptionalExtension, params};
use shared::{
    model::record::DocumentId,
    sync::{
        messages::Held,
        scope::ScopeId,
        set_hash::{Buckets, SetHash},
    },
};

/// The list in the server's order, with cursors.
///
/// # Errors
/// [`StoreError`].
pub(super) fn list(conn: &Connection) -> Result<Vec<(ScopeId, u64)>, StoreError> {
    let mut statement = conn.prepare_cached("select name, cursor from scope order by position")?;
    let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))?;
    rows.map(|row| {
        let (name, cursor) = row?;
        let scope = name.parse().map_err(|_| StoreError::Unreadable("scope"))?;
        Ok((scope, cursor.unsigned_abs()))
    })
    .collect()
}

/// Takes a new list: scopes that stay keep their cursor, new ones begin at 0. Answers the documents that no scope holds any
/// more.
///
/// # Errors
/// [`StoreError`].
pub(super) fn replace(conn: &Connection, scopes: &[ScopeId]) -> Result<Vec<DocumentId>, StoreError> {
    let names: Vec<String> = scopes.iter().map(ToString::to_string).collect();
    let mut gone = Vec::new();
    for (old, _) in list(conn)? {
        let old = old.to_string();
        if !names.contains(&old) {
            let mut statement = conn.prepare("select document from scope_document where scope = ?1")?;
            gone.extend(documents(statement.query_map([&old], |row| row.get::<_, Vec<u8>>(0))?)?);
            conn.execute("delete from scope_document where scope = ?1", [&old])?;
            conn.execute("delete from scope where name = ?1", [&old])?;
        }
    }
    for (position, name) in (0_i64..).zip(&names) {
        conn.execute(
            "insert into scope (name, position, cursor) values (?1, ?2, 0)
             on conflict (name) do update set position = excluded.position",
            params![name, position],
        )?;
    }
    let mut orphans = Vec::new();
    for document in gone {
        if !is_held(conn, document)? {
            orphans.push(document);
        }
    }
    Ok(orphans)
}

fn documents(rows: impl Iterator<Item = Result<Vec<u8>, rusqlite::Error>>) -> Result<Vec<DocumentId>, StoreError> {
    rows.map(|row| DocumentId::from_bytes(&row?).map_err(|_| StoreError::Unreadable("scope_document"))).collect()
}

/// How far a scope was read; none if this device does not follow it.
///
/// # Errors
/// [`StoreError`].
pub(super) fn cursor(conn: &Connection, scope: &ScopeId) -> Result<Option<u64>, StoreError> {
    let sql = "select cursor from scope where name = ?1";
    let cursor: Option<i64> = conn.prepare_cached(sql)?.query_row([scope.to_string()], |row| row.get(0)).optional()?;
    Ok(cursor.map(i64::unsigned_abs))
}

/// Notes how far a scope was read.
///
/// # Errors
/// [`StoreError`].
pub(super) fn set_cursor(conn: &Connection, scope: &ScopeId, cursor: u64) -> Result<(), StoreError> {
    let cursor = i64::try_from(cursor).map_err(|_| StoreError::Unreadable("scope"))?;
    conn.prepare_cached("update scope set cursor = ?2 where name = ?1")?.execute(params![scope.to_string(), cursor])?;
    Ok(())
}

/// A document stands in a scope.
///
/// # Errors
/// [`StoreError`].
pub(super) fn enter(conn: &Connection, scope: &ScopeId, document: DocumentId) -> Result<(), StoreError> {
    conn.prepare_cached("insert or ignore into scope_document (scope, document) values (?1, ?2)")?
        .execute(params![scope.to_string(), document.to_bytes()])?;
    conn.prepare_cached("update document set leaving = 0 where id = ?1")?.execute([document.to_bytes()])?;
    Ok(())
}

/// A document no longer stands in a scope; says whether another one still holds it.
///
/// # Errors
/// [`StoreError`].
pub(super) fn leave(conn: &Connection, scope: &ScopeId, document: DocumentId) -> Result<bool, StoreError> {
    conn.prepare_cached("delete from scope_document where scope = ?1 and document = ?2")?
        .execute(params![scope.to_string(), document.to_bytes()])?;
    is_held(conn, document)
}

fn is_held(conn: &Connection, document: DocumentId) -> Result<bool, StoreError> {
    let sql = "select exists (select 1 from scope_document where document = ?1)";
    Ok(conn.prepare_cached(sql)?.query_row([document.to_bytes()], |row| row.get(0))?)
}

/// Documents in no scope, with nothing unsent: once a pull is complete they are not this person's to keep.
///
/// # Errors
/// [`StoreError`].
pub(super) fn orphans(conn: &Connection) -> Result<Vec<DocumentId>, StoreError> {
    let mut statement = conn.prepare_cached(
        "select id from document where id not in (select document from scope_document)
         and id not in (select document from outbox)",
    )?;
    documents(statement.query_map([], |row| row.get::<_, Vec<u8>>(0))?)
}

/// What this device holds, by bucket: each document once for every scope that holds it.
///
/// # Errors
/// [`StoreError`].
pub(super) fn buckets(conn: &Connection) -> Result<Buckets, StoreError> {
    let mut buckets = Buckets::default();
    let sql = "select s.document, d.digest from scope_document s join document d on d.id = s.document";
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    let bad = || StoreError::Unreadable("scope_document");
    while let Some(row) = rows.next()? {
        let document = row.get_ref(0)?.as_blob().ok().and_then(|b| DocumentId::from_bytes(b).ok()).ok_or_else(bad)?;
        let digest = row.get_ref(1)?.as_blob().ok().and_then(|b| b.try_into().ok()).map(SetHash).ok_or_else(bad)?;
        buckets.add(document, digest);
    }
    Ok(buckets)
}

/// What this device holds in some buckets, for a repair.
///
/// # Errors
/// [`StoreError`].
pub(super) fn holding(conn: &Connection, wanted: &[u8]) -> Result<Vec<Held>, StoreError> {
    let mut statement = conn.prepare_cached(
        "select p.position, s.document, d.digest from scope_document s join document d on d.id = s.document
         join scope p on p.name = s.scope order by s.document",
    )?;
    let mut rows = statement.query([])?;
    let mut held = Vec::new();
    let bad = || StoreError::Unreadable("scope_document");
    while let Some(row) = rows.next()? {
        let document = row.get_ref(1)?.as_blob().ok().and_then(|b| DocumentId::from_bytes(b).ok()).ok_or_else(bad)?;
        if wanted.contains(&Buckets::bucket(document)) {
            let digest = row.get_ref(2)?.as_blob().ok().and_then(|b| b.try_into().ok()).map(SetHash).ok_or_else(bad)?;
            held.push(Held { scope: row.get(0)?, document, digest });
        }
    }
    Ok(held)
}
