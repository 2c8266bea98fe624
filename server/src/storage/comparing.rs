//! What a case is compared with to find duplicates, and what was found.

use super::{
    StorageError, Tx,
    statement::{Values, read_bytes, read_number, read_text},
};
use shared::{
    duplicates::Candidate,
    model::{
        codes::Level,
        dates::Day,
        ids::{Code, ProjectCode, RecordId},
    },
};

impl Tx<'_> {
    /// Cases of one sub-district, project and category received between two days, newest first.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn similar_cases(&self, case: &Candidate, from: Day, to: Day) -> Result<Vec<Candidate>, StorageError> {
        let project = case.project.as_ref().map_or("", |code| code.as_str());
        let category = case.category.as_ref().map_or("", |code| code.as_str());
        self.all(
            include_str!("../../sql/queries/case_rows/list_similar.sql"),
            &[&case.adm3.0, &project, &category, &from.to_string(), &to.to_string(), &&case.record.0[..]],
            read_candidate,
        )
    }

    /// Cases of the same phone or beneficiary number.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn cases_of_same_contact(&self, case: &Candidate) -> Result<Vec<Candidate>, StorageError> {
        let (phone, benef_id) = (case.phone.as_deref().unwrap_or_default(), case.benef_id.as_deref().unwrap_or_default());
        if phone.is_empty() && benef_id.is_empty() {
            return Ok(Vec::new());
        }
        let values: Values<'_> = &[&phone, &benef_id, &&case.record.0[..]];
        self.all(include_str!("../../sql/queries/case_rows/list_same_contact.sql"), values, read_candidate)
    }

    /// Cases for which a duplicate is still to be looked for, at most 200.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn uncompared_cases(&self) -> Result<Vec<Candidate>, StorageError> {
        self.all(include_str!("../../sql/queries/case_rows/list_uncompared.sql"), &[], read_candidate)
    }

    /// Cases received in these days for which this one is suggested as the same.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn duplicates_of(&self, record: RecordId, from: Day, to: Day) -> Result<Vec<RecordId>, StorageError> {
        let values: Values<'_> = &[&&record.0[..], &from.to_string(), &to.to_string()];
        self.all(include_str!("../../sql/queries/case_rows/list_duplicates_of.sql"), values, |row| read_bytes(row, 0, "record"))
    }

    /// Keeps what was found.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn set_compared(&self, record: RecordId, duplicate_of: Option<RecordId>) -> Result<(), StorageError> {
        let bytes = duplicate_of.map_or_else(Vec::new, |record| record.0.to_vec());
        let sql = include_str!("../../sql/queries/case_rows/set_compared.sql");
        self.execute(sql, &[&&record.0[..], &bytes])?;
        Ok(())
    }
}

fn read_candidate(row: &rusqlite::Row<'_>) -> Result<Candidate, StorageError> {
    let some = |text: String| (!text.is_empty()).then_some(text);
    let received_on: String = row.get(2)?;
    Ok(Candidate {
        record: read_bytes(row, 0, "record")?,
        level: Level::new(read_number(row, 1, "level")?).ok_or(StorageError::Unreadable("level"))?,
        received_on: received_on.parse().map_err(|_| StorageError::Unreadable("day"))?,
        adm3: read_text(row, 3)?,
        category: some(row.get(4)?).map(|code| Code::from(code.as_str())),
        project: some(row.get(5)?).map(|code| ProjectCode::from(code.as_str())),
        words: row.get(6)?,
        phone: some(row.get(7)?),
        benef_id: some(row.get(8)?),
    })
}
