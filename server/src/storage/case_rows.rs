//! Cases as lists show them, what two cases are compared by, and sums of cases. Caches: rebuilt from documents at any time.

use super::{
    StorageError, Tx,
    statement::{Values, read_bytes, read_document, read_number, read_text},
};
use shared::model::{
    codes::SubjectRole,
    dates::Day,
    ids::{Pcode, RecordId, UserId},
    record::{Class, DocumentId},
    row::{CaseRow, OwnRow},
};

/// Sorts after every day. Stands in `due_on` where no clock runs, so that no query calls such a case due.
const AFTER_ALL_DAYS: &str = "9999";

/// One case's row and what stands beside it.
#[derive(Clone, Debug)]
pub struct StoredCase {
    /// The row.
    pub row: CaseRow,
    /// Its document.
    pub document: DocumentId,
    /// Its class.
    pub class: Class,
    /// First day an escalation may be due.
    pub escalates_on: Option<Day>,
    /// A duplicate was looked for since words or contact changed.
    pub compared: bool,
    /// Folded words.
    pub words: String,
    /// Folded text for search.
    pub folded: String,
    /// What its author keeps.
    pub own: OwnRow,
    /// Whom of us it is about.
    pub about: About,
}

/// Where a case counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseCell {
    /// Sub-district.
    pub adm3: Pcode,
    /// Project, or empty.
    pub project: String,
    /// `YYYY-MM`.
    pub month: String,
    /// Class id.
    pub class: String,
    /// Void and merged ones do not count.
    pub counts: bool,
    /// Whom of us it is about: whoever is meant does not count it.
    pub about: About,
}

/// What excludes people from a case, beside its project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// "Is it about one of us?"; none where it is not.
    pub role: Option<SubjectRole>,
    /// The writer where it is about them, the partner where it is about one; else empty.
    pub whose: String,
}

/// What stands in a case's row and is needed when it is written again.
#[derive(Clone, Debug)]
pub struct CaseBefore {
    /// Where it counts.
    pub cell: CaseCell,
    /// Folded words.
    pub words: String,
    /// A possible duplicate.
    pub duplicate_of: Option<RecordId>,
    /// A duplicate was looked for.
    pub compared: bool,
}

/// One sum of cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseSum {
    /// Where.
    pub cell: CaseCell,
    /// How many.
    pub cases: u32,
}

/// Which cases to list. Empty texts and `None` filter nothing.
#[derive(Clone, Debug, Default)]
pub struct CaseFilter {
    /// Status code.
    pub status: String,
    /// Level, or 0.
    pub level: u8,
    /// Within this place.
    pub place: String,
    /// Project.
    pub project: String,
    /// Responsible.
    pub assignee: String,
    /// Recorded by.
    pub recorded_by: String,
    /// Folded text.
    pub text: String,
    /// Only without anyone responsible.
    pub unassigned: bool,
    /// Only with a conflict or a step that waits.
    pub attention: bool,
    /// Due not before this day.
    pub due_from: Option<Day>,
    /// Due not after this day.
    pub due_to: Option<Day>,
    /// Only ended ones, only open ones, or both.
    pub ended: Option<bool>,
}

/// Order of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseOrder {
    /// Earliest due day first; ended ones by their end, last first. Needs [`CaseFilter::ended`].
    Pressing,
    /// Newest received first.
    Newest,
    /// Oldest received first.
    Oldest,
    /// Highest level first.
    Level,
}

fn day(day: Option<Day>) -> String {
    day.map_or_else(String::new, |day| day.to_string())
}

pub(super) fn json<T: serde::Serialize>(value: &T) -> Result<String, StorageError> {
    serde_json::to_string(value).map_err(|_| StorageError::Unreadable("row"))
}

/// A row for whoever may read its case. Which other it may repeat stands beside it alone: that one may be nobody's of theirs.
fn read_row(row: &rusqlite::Row<'_>) -> Result<CaseRow, StorageError> {
    Ok(CaseRow { duplicate_of: None, ..read_json(row, 0)? })
}

fn read_json<T: serde::de::DeserializeOwned>(row: &rusqlite::Row<'_>, column: usize) -> Result<T, StorageError> {
    let text = row.get_ref(column)?.as_str().map_err(|_| StorageError::Unreadable("row"))?;
    serde_json::from_str(text).map_err(|_| StorageError::Unreadable("row"))
}

impl About {
    fn id(&self) -> &'static str {
        self.role.map_or("", SubjectRole::id)
    }
}

fn read_about(row: &rusqlite::Row<'_>, column: usize) -> Result<About, StorageError> {
    let role: String = row.get(column)?;
    Ok(About { role: SubjectRole::from_id(&role), whose: row.get(column + 1)? })
}

/// The text as a pattern for `like … escape '\'`.
fn pattern(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let mut out = String::from("%");
    for c in text.chars() {
        if matches!(c, '%' | '_' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('%');
    out
}

impl Tx<'_> {
    /// Writes a case's row.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn upsert_case_row(&self, case: &StoredCase) -> Result<(), StorageError> {
        let row = &case.row;
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        self.execute(
            include_str!("../../sql/queries/case_rows/upsert.sql"),
            &[
                &&row.record.0[..],
                &&case.document.to_bytes()[..],
                &row.ref_no,
                &row.status.id(),
                &row.status.is_ended(),
                &i64::from(row.level.number()),
                &text(row.category.as_ref().map(|code| code.as_str())),
                &row.adm3.0,
                &text(row.adm4.as_ref().map(|code| code.as_str())),
                &text(row.project.as_ref().map(|code| code.as_str())),
                &text(row.assignee.as_ref().map(|user| user.as_str())),
                &row.recorded_by.0,
                &row.received_on.to_string(),
                &row.presses_on().map_or_else(|| AFTER_ALL_DAYS.to_owned(), |day| day.to_string()),
                &day(row.closed_on),
                &i64::from(row.awaiting_ruling),
                &row.conflict,
                &case.class.id(),
                &day(case.escalates_on),
                &row.duplicate_of.map_or_else(Vec::new, |record| record.0.to_vec()),
                &case.compared,
                &case.words,
                &case.folded,
                &json(row)?,
                &json(&case.own)?,
                &case.about.id(),
                &case.about.whose,
            ],
        )?;
        Ok(())
    }

    /// A case's row, class and document.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn case_row(&self, record: RecordId) -> Result<Option<(CaseRow, String, DocumentId)>, StorageError> {
        self.first(include_str!("../../sql/queries/case_rows/get.sql"), &[&&record.0[..]], |row| {
            Ok((read_row(row)?, row.get(1)?, read_document(row, 2)?))
        })
    }

    /// What stands in a case's row now.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn case_cell(&self, record: RecordId) -> Result<Option<CaseBefore>, StorageError> {
        self.first(include_str!("../../sql/queries/case_rows/get_cell.sql"), &[&&record.0[..]], |row| {
            let (received_on, status): (String, String) = (row.get(2)?, row.get(4)?);
            let cell = CaseCell {
                adm3: read_text(row, 0)?,
                project: row.get(1)?,
                month: received_on.get(..7).unwrap_or_default().to_owned(),
                class: row.get(3)?,
                counts: !matches!(status.as_str(), "void" | "merged"),
                about: read_about(row, 8)?,
            };
            let duplicate_of: Vec<u8> = row.get(6)?;
            let duplicate_of = RecordId::try_from(duplicate_of.as_slice()).ok();
            Ok(CaseBefore { cell, words: row.get(5)?, duplicate_of, compared: row.get(7)? })
        })
    }

    /// Deletes a case's row.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn delete_case_row(&self, record: RecordId) -> Result<(), StorageError> {
        self.execute(include_str!("../../sql/queries/case_rows/delete.sql"), &[&&record.0[..]])?;
        Ok(())
    }

    /// Adds to a sum of cases; less than nothing takes away.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn add_to_case_tally(&self, cell: &CaseCell, cases: i64) -> Result<(), StorageError> {
        self.execute(
            include_str!("../../sql/queries/case_tallies/add.sql"),
            &[&cell.adm3.0, &cell.project, &cell.month, &cell.class, &cell.about.id(), &cell.about.whose, &cases],
        )?;
        Ok(())
    }

    /// Every sum of cases.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn case_tallies(&self) -> Result<Vec<CaseSum>, StorageError> {
        self.all(include_str!("../../sql/queries/case_tallies/list.sql"), &[], |row| {
            let cell = CaseCell {
                adm3: read_text(row, 0)?,
                project: row.get(1)?,
                month: row.get(2)?,
                class: row.get(3)?,
                counts: true,
                about: read_about(row, 4)?,
            };
            Ok(CaseSum { cell, cases: read_number(row, 6, "sum")? })
        })
    }

    /// What a person keeps of cases they recorded and do not hold; ended ones from `closed_from` on.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn own_rows(&self, user: &UserId, closed_from: Day) -> Result<Vec<OwnRow>, StorageError> {
        let values: Values<'_> = &[&user.0, &closed_from.to_string()];
        self.all(include_str!("../../sql/queries/case_rows/list_own.sql"), values, |row| read_json(row, 0))
    }

    /// Rows of the cases that stand in logs a device of `user` follows: open ones by how they press, then ended ones, newest
    /// first.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn listed_cases(&self, user: &UserId, limit: u32, offset: u32) -> Result<Vec<CaseRow>, StorageError> {
        let values: Values<'_> = &[&user.0, &i64::from(limit), &i64::from(offset)];
        self.all(include_str!("../../sql/queries/case_rows/list_index.sql"), values, read_row)
    }

    /// Rows of cases received or closed after `day`, oldest first; of those that reach `user` alone, if named.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn cases_since(&self, day: Day, user: Option<&UserId>) -> Result<Vec<CaseRow>, StorageError> {
        let day = day.to_string();
        match user {
            Some(user) => {
                let sql = include_str!("../../sql/queries/case_rows/list_since_reaching.sql");
                self.all(sql, &[&day, &user.0], read_row)
            }
            None => self.all(include_str!("../../sql/queries/case_rows/list_since.sql"), &[&day], read_row),
        }
    }

    /// Rows of cases received from the first to the last of these days, oldest first; of those that reach `user` alone, if named.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn cases_received(&self, from: Day, to: Day, user: Option<&UserId>) -> Result<Vec<CaseRow>, StorageError> {
        let (from, to) = (from.to_string(), to.to_string());
        match user {
            Some(user) => {
                let sql = include_str!("../../sql/queries/case_rows/list_received_reaching.sql");
                self.all(sql, &[&from, &to, &user.0], read_row)
            }
            None => self.all(include_str!("../../sql/queries/case_rows/list_received.sql"), &[&from, &to], read_row),
        }
    }

    /// Rows of cases that reach `user`, filtered and ordered.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn case_rows(
        &self,
        user: &UserId,
        filter: &CaseFilter,
        order: CaseOrder,
        limit: u32,
        offset: u32,
    ) -> Result<Vec<CaseRow>, StorageError> {
        let (from, to) = (day(filter.due_from), filter.due_to.map_or_else(|| AFTER_ALL_DAYS.to_owned(), |day| day.to_string()));
        let (level, limit, offset) = (i64::from(filter.level), i64::from(limit), i64::from(offset));
        let ended = filter.ended.map_or(2_i64, i64::from);
        let text = pattern(&filter.text);
        let mut values: Vec<&dyn rusqlite::ToSql> = vec![
            &user.0,
            &filter.status,
            &level,
            &filter.place,
            &filter.project,
            &filter.assignee,
            &filter.recorded_by,
            &text,
            &filter.unassigned,
            &filter.attention,
            &from,
            &to,
            &limit,
            &offset,
        ];
        let sql = match (order, filter.ended) {
            (CaseOrder::Pressing, Some(false)) => include_str!("../../sql/queries/case_rows/list_open.sql"),
            (CaseOrder::Pressing, Some(true)) => include_str!("../../sql/queries/case_rows/list_closed.sql"),
            (CaseOrder::Pressing | CaseOrder::Newest, _) => include_str!("../../sql/queries/case_rows/list_newest.sql"),
            (CaseOrder::Oldest, _) => include_str!("../../sql/queries/case_rows/list_oldest.sql"),
            (CaseOrder::Level, _) => include_str!("../../sql/queries/case_rows/list_level.sql"),
        };
        if order != CaseOrder::Pressing || filter.ended.is_none() {
            values.push(&ended);
        }
        self.all(sql, &values, read_row)
    }

    /// How many cases that reach `user` match, counted to `most`.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn count_case_rows(&self, user: &UserId, filter: &CaseFilter, most: u32) -> Result<u32, StorageError> {
        let (from, to) = (day(filter.due_from), filter.due_to.map_or_else(|| AFTER_ALL_DAYS.to_owned(), |day| day.to_string()));
        let count = self.first(
            include_str!("../../sql/queries/case_rows/count.sql"),
            &[
                &user.0,
                &filter.status,
                &i64::from(filter.level),
                &filter.place,
                &filter.project,
                &filter.assignee,
                &filter.recorded_by,
                &pattern(&filter.text),
                &filter.unassigned,
                &filter.attention,
                &from,
                &to,
                &i64::from(most),
                &filter.ended.unwrap_or(false),
                &filter.ended.unwrap_or(true),
            ],
            |row| read_number(row, 0, "count"),
        )?;
        Ok(count.unwrap_or_default())
    }

    /// Deletes every row and sum, of cases and sessions, to be made anew.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn delete_rows(&self) -> Result<(), StorageError> {
        for sql in [
            include_str!("../../sql/queries/case_rows/delete_all.sql"),
            include_str!("../../sql/queries/case_tallies/delete_all.sql"),
            include_str!("../../sql/queries/contact_keys/delete_all.sql"),
            include_str!("../../sql/queries/session_rows/delete_all.sql"),
            include_str!("../../sql/queries/session_projects/delete_all.sql"),
            include_str!("../../sql/queries/session_tallies/delete_all.sql"),
        ] {
            self.execute(sql, &[])?;
        }
        Ok(())
    }

    /// Keeps by what a case's contact is compared.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn upsert_contact_keys(&self, record: RecordId, phone: &str, benef_id: &str) -> Result<(), StorageError> {
        self.execute(include_str!("../../sql/queries/contact_keys/upsert.sql"), &[&&record.0[..], &phone, &benef_id])?;
        Ok(())
    }

    /// Cases whose person gave this number, at most 50.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn cases_of_phone(&self, e164: &str) -> Result<Vec<RecordId>, StorageError> {
        self.all(include_str!("../../sql/queries/contact_keys/list_by_phone.sql"), &[&e164], |row| read_bytes(row, 0, "record"))
    }

    /// Cases with this receipt number: one, or none.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn cases_of_ref_no(&self, ref_no: &str) -> Result<Vec<RecordId>, StorageError> {
        self.all(include_str!("../../sql/queries/case_rows/list_by_ref_no.sql"), &[&ref_no], |row| read_bytes(row, 0, "record"))
    }

    /// Forgets by what a case's contact is compared.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn delete_contact_keys(&self, record: RecordId) -> Result<(), StorageError> {
        self.execute(include_str!("../../sql/queries/contact_keys/delete.sql"), &[&&record.0[..]])?;
        Ok(())
    }

    /// Cases that may have to be brought before the next rung by `today`.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn escalating_cases(&self, today: Day) -> Result<Vec<RecordId>, StorageError> {
        let sql = include_str!("../../sql/queries/case_rows/list_escalating.sql");
        self.all(sql, &[&today.to_string()], |row| read_bytes(row, 0, "record"))
    }

    /// When to look at a case's ladder again.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn set_escalates_on(&self, record: RecordId, on: Option<Day>) -> Result<(), StorageError> {
        self.execute(include_str!("../../sql/queries/case_rows/set_escalates_on.sql"), &[&&record.0[..], &day(on)])?;
        Ok(())
    }

    /// Further documents (contact, subject) of cases that ended by `day`.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn documents_of_cases_ended_by(&self, day: Day) -> Result<Vec<DocumentId>, StorageError> {
        let sql = include_str!("../../sql/queries/case_rows/list_closed_before.sql");
        self.all(sql, &[&day.to_string()], |row| read_document(row, 1))
    }

    /// Cases that ended before `day` and whose documents still stand in a log that devices follow, at most 500.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn cases_on_devices_ended_before(&self, day: Day) -> Result<Vec<RecordId>, StorageError> {
        let sql = include_str!("../../sql/queries/case_rows/list_on_devices_closed_before.sql");
        self.all(sql, &[&day.to_string()], |row| read_bytes(row, 0, "record"))
    }
}
