//! Sessions as lists show them and their sums. Caches: rebuilt from documents at any time.

use super::{
    StorageError, Tx,
    statement::{Values, read_number, read_text},
};
use rusqlite::Row;
use shared::{
    indicators::coverage::{Month, SessionTally},
    model::{
        dates::Day,
        ids::{Pcode, ProjectCode, RecordId, UserId},
        record::DocumentId,
        row::SessionRow,
    },
};
use std::collections::BTreeSet;

/// Which sessions to list. Empty texts and `None` filter nothing.
#[derive(Clone, Debug, Default)]
pub struct SessionFilter {
    /// Not before this day.
    pub from: Option<Day>,
    /// Not after this day.
    pub to: Option<Day>,
    /// Within this place.
    pub place: String,
    /// Project.
    pub project: String,
    /// Folded text.
    pub text: String,
}

/// Where a session counts.
type Cell = (String, String, String, String);

fn json<T: serde::Serialize>(value: &T) -> Result<String, StorageError> {
    serde_json::to_string(value).map_err(|_| StorageError::Unreadable("row"))
}

impl Tx<'_> {
    /// Writes a session's row and the sums it counts in.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn upsert_session_row(&self, row: &SessionRow, document: DocumentId, folded: &str) -> Result<(), StorageError> {
        let counted = !row.void && !row.planned;
        let adm4 = row.adm4.as_ref().map_or("", Pcode::as_str);
        self.execute(
            include_str!("../../sql/queries/session_rows/upsert.sql"),
            &[
                &&row.record.0[..],
                &&document.to_bytes()[..],
                &row.date.to_string(),
                &row.phase.id(),
                &row.adm3.0,
                &adm4,
                &counted,
                &row.recorded_by.0,
                &row.conflict,
                &folded,
                &json(row)?,
            ],
        )?;
        let mut cells = self.drop_session_cells(row.record)?;
        let place = row.adm4.as_ref().unwrap_or(&row.adm3);
        let held_on = row.date.to_string();
        let month = held_on.get(..7).unwrap_or_default();
        for project in &row.projects {
            let [a, b, c, d, e, f, g] = &row.counts;
            self.execute(
                include_str!("../../sql/queries/session_projects/insert.sql"),
                &[&&row.record.0[..], &project.0, &place.0, &row.phase.id(), &month, &held_on, &counted, a, b, c, d, e, f, g],
            )?;
            cells.insert((place.0.clone(), project.0.clone(), row.phase.id().to_owned(), month.to_owned()));
        }
        cells.iter().try_for_each(|cell| self.sum_session_cell(cell))
    }

    /// Deletes a session's row and takes it out of the sums.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn delete_session_row(&self, record: RecordId) -> Result<(), StorageError> {
        self.execute(include_str!("../../sql/queries/session_rows/delete.sql"), &[&&record.0[..]])?;
        let cells = self.drop_session_cells(record)?;
        cells.iter().try_for_each(|cell| self.sum_session_cell(cell))
    }

    fn drop_session_cells(&self, record: RecordId) -> Result<BTreeSet<Cell>, StorageError> {
        let id: Values<'_> = &[&&record.0[..]];
        let cells = self.all(include_str!("../../sql/queries/session_projects/list_cells.sql"), id, |row| {
            Ok((row.get(1)?, row.get(0)?, row.get(2)?, row.get(3)?))
        })?;
        self.execute(include_str!("../../sql/queries/session_projects/delete.sql"), id)?;
        Ok(cells.into_iter().collect())
    }

    fn sum_session_cell(&self, (place, project, phase, month): &Cell) -> Result<(), StorageError> {
        let cell: Values<'_> = &[place, project, phase, month];
        self.execute(include_str!("../../sql/queries/session_tallies/delete.sql"), cell)?;
        let sum = self.first(include_str!("../../sql/queries/session_projects/sum_cell.sql"), cell, |row| {
            let mut counts = [0_i64; 7];
            for (i, count) in counts.iter_mut().enumerate() {
                *count = row.get(i + 2)?;
            }
            Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, counts))
        })?;
        let Some((sessions, last_on, [a, b, c, d, e, f, g])) = sum.filter(|(sessions, ..)| *sessions > 0) else {
            return Ok(());
        };
        self.execute(
            include_str!("../../sql/queries/session_tallies/insert.sql"),
            &[place, project, month, phase, &sessions, &last_on, &a, &b, &c, &d, &e, &f, &g],
        )?;
        Ok(())
    }

    /// A session's row.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn session_row(&self, record: RecordId) -> Result<Option<SessionRow>, StorageError> {
        self.first(include_str!("../../sql/queries/session_rows/get.sql"), &[&&record.0[..]], read_row)
    }

    /// Rows of sessions that reach `user`, newest first, and how many match in all.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn session_rows(
        &self,
        user: &UserId,
        filter: &SessionFilter,
        limit: u32,
        offset: u32,
    ) -> Result<(Vec<SessionRow>, u32), StorageError> {
        let from = filter.from.map_or_else(String::new, |day| day.to_string());
        let to = filter.to.map_or_else(|| "9999".to_owned(), |day| day.to_string());
        let text = if filter.text.is_empty() { String::new() } else { format!("%{}%", escaped(&filter.text)) };
        let (limit, offset) = (i64::from(limit), i64::from(offset));
        let mut values: Vec<&dyn rusqlite::ToSql> = vec![&user.0, &from, &to, &filter.place, &filter.project, &text];
        let count = include_str!("../../sql/queries/session_rows/count.sql");
        let total = self.first(count, &values, |row| read_number(row, 0, "count"))?.unwrap_or(0);
        values.extend_from_slice(&[&limit as &dyn rusqlite::ToSql, &offset]);
        Ok((self.all(include_str!("../../sql/queries/session_rows/list.sql"), &values, read_row)?, total))
    }

    /// Every sum of sessions.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn session_tallies(&self) -> Result<Vec<SessionTally>, StorageError> {
        self.all(include_str!("../../sql/queries/session_tallies/list.sql"), &[], |row| {
            let month: String = row.get(2)?;
            let mut counts = [0_i64; 7];
            for (i, count) in counts.iter_mut().enumerate() {
                *count = row.get(i + 6)?;
            }
            Ok(SessionTally {
                place: read_text(row, 0)?,
                project: read_text::<ProjectCode>(row, 1)?,
                month: read_month(&month)?,
                phase: row.get(3)?,
                sessions: read_number(row, 4, "sum")?,
                last_on: row.get(5)?,
                counts,
            })
        })
    }
}

/// A month from `YYYY-MM`.
///
/// # Errors
/// [`StorageError::Unreadable`] if it is not one.
pub fn read_month(text: &str) -> Result<Month, StorageError> {
    let read = || {
        let (year, month) = text.split_once('-')?;
        Some(Month { year: year.parse().ok()?, month: month.parse().ok()? })
    };
    read().ok_or(StorageError::Unreadable("month"))
}

fn read_row(row: &Row<'_>) -> Result<SessionRow, StorageError> {
    let text = row.get_ref(0)?.as_str().map_err(|_| StorageError::Unreadable("row"))?;
    serde_json::from_str(text).map_err(|_| StorageError::Unreadable("row"))
}

fn escaped(text: &str) -> String {
    text.chars().flat_map(|c| matches!(c, '%' | '_' | '\\').then_some('\\').into_iter().chain([c])).collect()
}
