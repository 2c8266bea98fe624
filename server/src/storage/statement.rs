//! A transaction and the one way to run a statement in it: a file of `sql/`, its `$1`… bound by name.
//! Typed access to each table stands in the modules beside this one.

use super::StorageError;
use rusqlite::{Connection, Row, Statement, ToSql};
use shared::model::record::DocumentId;
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::atomic::{AtomicI64, Ordering},
};

/// An open transaction.
pub struct Tx<'c> {
    connection: &'c Connection,
    statements_left: &'c AtomicI64,
}

/// Values for `$1`, `$2`, …
pub(super) type Values<'v> = &'v [&'v dyn ToSql];

impl<'c> Tx<'c> {
    pub(super) const fn new(connection: &'c Connection, statements_left: &'c AtomicI64) -> Self {
        Self { connection, statements_left }
    }

    fn step(&self) -> Result<(), StorageError> {
        if self.statements_left.load(Ordering::Relaxed) == i64::MAX {
            return Ok(());
        }
        if self.statements_left.fetch_sub(1, Ordering::SeqCst) > 0 { Ok(()) } else { Err(StorageError::Stopped) }
    }

    /// Runs `work` so that an error undoes it and nothing else.
    ///
    /// # Errors
    /// What `work` answers.
    pub fn savepoint<T, E: From<StorageError>>(&self, work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        // Savepoints nest under one name: the last one is meant.
        let run = |sql| self.connection.prepare_cached(sql).and_then(|mut statement| statement.raw_execute());
        self.step()?;
        run("savepoint part").map_err(StorageError::from)?;
        let answer = work();
        if answer.is_err() {
            run("rollback to part").map_err(StorageError::from)?;
        }
        run("release part").map_err(StorageError::from)?;
        answer
    }

    /// Runs one caller's whole `work`: neither its error nor its panic leaves anything behind or touches the others' work.
    pub(super) fn alone<T, E: From<StorageError>>(&self, work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        self.connection.execute_batch("savepoint alone").map_err(StorageError::from)?;
        let answer = catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(StorageError::Panicked.into()));
        let end = if answer.is_ok() { "release alone" } else { "rollback to alone; release alone" };
        self.connection.execute_batch(end).map_err(StorageError::from)?;
        answer
    }

    /// Runs a statement that changes rows; answers how many.
    pub(super) fn execute(&self, sql: &'static str, values: Values<'_>) -> Result<usize, StorageError> {
        self.step()?;
        let mut statement = self.connection.prepare_cached(sql)?;
        bind(&mut statement, values)?;
        Ok(statement.raw_execute()?)
    }

    /// The first row, or none.
    pub(super) fn first<T>(
        &self,
        sql: &'static str,
        values: Values<'_>,
        read: impl FnOnce(&Row<'_>) -> Result<T, StorageError>,
    ) -> Result<Option<T>, StorageError> {
        self.step()?;
        let mut statement = self.connection.prepare_cached(sql)?;
        bind(&mut statement, values)?;
        let mut rows = statement.raw_query();
        rows.next()?.map(read).transpose()
    }

    /// Every row.
    pub(super) fn all<T>(
        &self,
        sql: &'static str,
        values: Values<'_>,
        mut read: impl FnMut(&Row<'_>) -> Result<T, StorageError>,
    ) -> Result<Vec<T>, StorageError> {
        let mut out = Vec::new();
        self.each(sql, values, |row| {
            out.push(read(row)?);
            Ok(true)
        })?;
        Ok(out)
    }

    /// Rows one by one, until `visit` answers `false`.
    pub(super) fn each(
        &self,
        sql: &'static str,
        values: Values<'_>,
        mut visit: impl FnMut(&Row<'_>) -> Result<bool, StorageError>,
    ) -> Result<(), StorageError> {
        self.step()?;
        let mut statement = self.connection.prepare_cached(sql)?;
        bind(&mut statement, values)?;
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next()? {
            if !visit(row)? {
                break;
            }
        }
        Ok(())
    }
}

/// A column of bytes as an id or another fixed form.
pub(super) fn read_bytes<T: for<'a> TryFrom<&'a [u8]>>(
    row: &Row<'_>,
    column: usize,
    what: &'static str,
) -> Result<T, StorageError> {
    let bytes = row.get_ref(column)?.as_blob().map_err(|_| StorageError::Unreadable(what))?;
    T::try_from(bytes).map_err(|_| StorageError::Unreadable(what))
}

/// A column of text as one of our text ids.
pub(super) fn read_text<T: for<'a> From<&'a str>>(row: &Row<'_>, column: usize) -> Result<T, StorageError> {
    let text = row.get_ref(column)?.as_str().map_err(|_| StorageError::Unreadable("text"))?;
    Ok(T::from(text))
}

/// A document's id.
pub(super) fn read_document(row: &Row<'_>, column: usize) -> Result<DocumentId, StorageError> {
    let bytes = row.get_ref(column)?.as_blob().map_err(|_| StorageError::Unreadable("document"))?;
    DocumentId::from_bytes(bytes).map_err(|_| StorageError::Unreadable("document"))
}

/// A whole number that must not be negative and must fit.
pub(super) fn read_number<T: TryFrom<i64>>(row: &Row<'_>, column: usize, what: &'static str) -> Result<T, StorageError> {
    T::try_from(row.get::<_, i64>(column)?).map_err(|_| StorageError::Unreadable(what))
}

/// In SQLite `$1` is a named parameter numbered by its first appearance, so it is bound by its name.
fn bind(statement: &mut Statement<'_>, values: Values<'_>) -> Result<(), StorageError> {
    const NAMES: [&str; 32] = [
        "$1", "$2", "$3", "$4", "$5", "$6", "$7", "$8", "$9", "$10", "$11", "$12", "$13", "$14", "$15", "$16", "$17", "$18",
        "$19", "$20", "$21", "$22", "$23", "$24", "$25", "$26", "$27", "$28", "$29", "$30", "$31", "$32",
    ];
    debug_assert_eq!(statement.parameter_count(), values.len(), "parameters of a statement and values differ");
    for (name, value) in NAMES.iter().zip(values) {
        let index = statement.parameter_index(name)?.ok_or(rusqlite::Error::InvalidParameterName((*name).to_owned()))?;
        statement.raw_bind_parameter(index, *value)?;
    }
    Ok(())
}
