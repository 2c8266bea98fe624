//! Scopes: append-only logs that devices follow, and which documents stand in each now.

use super::{
    StorageError, Tx,
    statement::{read_bytes, read_document, read_number},
};
use rusqlite::Row;
use shared::{
    model::{ids::UserId, order::Order, record::DocumentId},
    sync::{scope::ScopeId, set_hash::SetHash},
};

/// A scope as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// Number in this database.
    pub number: i64,
    /// Its name.
    pub id: ScopeId,
    /// Last number given in its log.
    pub seq: u64,
    /// Sum over what stands in it.
    pub set_hash: SetHash,
}

/// What happened in a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happened {
    /// A change of a document that stands in it.
    Change(Order),
    /// The document came, with all its changes.
    Enter,
    /// The document left.
    Leave,
}

/// One line of a scope's log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// Its number.
    pub seq: u64,
    /// Which document.
    pub document: DocumentId,
    /// What.
    pub what: Happened,
}

fn read_scope(row: &Row<'_>) -> Result<Scope, StorageError> {
    let name = row.get_ref(1)?.as_str().map_err(|_| StorageError::Unreadable("scope"))?;
    Ok(Scope {
        number: row.get(0)?,
        id: name.parse().map_err(|_| StorageError::Unreadable("scope"))?,
        seq: read_number(row, 2, "log number")?,
        set_hash: SetHash(read_bytes(row, 3, "set hash")?),
    })
}

impl Tx<'_> {
    /// The scope's number, log and sum, and whether it was created just now.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn scope(&self, id: &ScopeId) -> Result<(Scope, bool), StorageError> {
        let name = id.to_string();
        let read = || {
            self.first(include_str!("../../sql/queries/scopes/get.sql"), &[&name], |row| {
                Ok(Scope {
                    number: row.get(0)?,
                    id: id.clone(),
                    seq: read_number(row, 1, "log number")?,
                    set_hash: SetHash(read_bytes(row, 2, "set hash")?),
                })
            })
        };
        if let Some(scope) = read()? {
            return Ok((scope, false));
        }
        self.execute(include_str!("../../sql/queries/scopes/insert.sql"), &[&name, &&SetHash::default().0[..]])?;
        Ok((read()?.ok_or(StorageError::Unreadable("scope"))?, true))
    }

    /// Scopes a person follows, by number.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn followed_by(&self, user: &UserId) -> Result<Vec<Scope>, StorageError> {
        self.all(include_str!("../../sql/queries/scopes/list_followed.sql"), &[&user.0], read_scope)
    }

    /// Forgets who follows what.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn delete_followers(&self) -> Result<(), StorageError> {
        self.execute(include_str!("../../sql/queries/scopes/delete_followers.sql"), &[])?;
        Ok(())
    }

    /// A person follows a scope from now on.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn insert_follower(&self, user: &UserId, scope: i64) -> Result<(), StorageError> {
        self.execute(include_str!("../../sql/queries/scopes/insert_follower.sql"), &[&user.0, &scope])?;
        Ok(())
    }

    /// Whether a person follows a scope in which the document stands.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn reaches(&self, document: DocumentId, user: &UserId) -> Result<bool, StorageError> {
        let id = document.to_bytes();
        Ok(self.first(include_str!("../../sql/queries/scopes/is_followed.sql"), &[&&id[..], &user.0], |_| Ok(()))?.is_some())
    }

    /// Every scope.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn scopes(&self) -> Result<Vec<Scope>, StorageError> {
        self.all(include_str!("../../sql/queries/scopes/list.sql"), &[], read_scope)
    }

    /// Numbers of the scopes a document stands in.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn scopes_of(&self, document: DocumentId) -> Result<Vec<i64>, StorageError> {
        let id = document.to_bytes();
        self.all(include_str!("../../sql/queries/scopes/list_of_document.sql"), &[&&id[..]], |row| Ok(row.get(0)?))
    }

    /// Whether a document stands in a scope.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn stands_in(&self, document: DocumentId, scope: i64) -> Result<bool, StorageError> {
        let id = document.to_bytes();
        Ok(self.first(include_str!("../../sql/queries/scopes/holds.sql"), &[&&id[..], &scope], |_| Ok(()))?.is_some())
    }

    /// Documents of a scope with their sums.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn documents_in(&self, scope: i64) -> Result<Vec<(DocumentId, SetHash)>, StorageError> {
        self.all(include_str!("../../sql/queries/scopes/list_documents.sql"), &[&scope], |row| {
            Ok((read_document(row, 0)?, SetHash(read_bytes(row, 1, "set hash")?)))
        })
    }

    /// Appends to a scope's log, moves its sum, and keeps which documents stand in it.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn append_to_log(
        &self,
        scope: &mut Scope,
        document: DocumentId,
        what: Happened,
        moved: SetHash,
    ) -> Result<(), StorageError> {
        let id = document.to_bytes();
        let (code, order) = match what {
            Happened::Change(order) => (0_i64, order),
            Happened::Enter => (1, Order { epoch: 0, n: 0 }),
            Happened::Leave => (2, Order { epoch: 0, n: 0 }),
        };
        scope.seq += 1;
        scope.set_hash = if what == Happened::Leave { scope.set_hash.minus(moved) } else { scope.set_hash.plus(moved) };
        let seq = i64::try_from(scope.seq).map_err(|_| StorageError::Unreadable("log number"))?;
        self.execute(
            include_str!("../../sql/queries/scopes/append_log.sql"),
            &[&scope.number, &seq, &code, &&id[..], &i64::from(order.epoch), &i64::from(order.n)],
        )?;
        match what {
            Happened::Change(_) => {}
            Happened::Enter => {
                self.execute(include_str!("../../sql/queries/scopes/insert_document.sql"), &[&&id[..], &scope.number])?;
            }
            Happened::Leave => {
                self.execute(include_str!("../../sql/queries/scopes/delete_document.sql"), &[&&id[..], &scope.number])?;
            }
        }
        let sum = scope.set_hash.0;
        self.execute(include_str!("../../sql/queries/scopes/set.sql"), &[&scope.number, &seq, &&sum[..]])?;
        Ok(())
    }

    /// A scope's log after `seq`, one by one until `visit` answers `false`.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails, or what `visit` answers.
    pub fn log_after(
        &self,
        scope: i64,
        seq: u64,
        mut visit: impl FnMut(LogEntry) -> Result<bool, StorageError>,
    ) -> Result<(), StorageError> {
        let seq = i64::try_from(seq).unwrap_or(i64::MAX);
        self.each(include_str!("../../sql/queries/scopes/list_log.sql"), &[&scope, &seq], |row| {
            let what = match row.get::<_, i64>(1)? {
                0 => Happened::Change(Order { epoch: read_number(row, 3, "epoch")?, n: read_number(row, 4, "order")? }),
                1 => Happened::Enter,
                2 => Happened::Leave,
                _ => return Err(StorageError::Unreadable("log entry")),
            };
            visit(LogEntry { seq: read_number(row, 0, "log number")?, document: read_document(row, 2)?, what })
        })
    }
}
