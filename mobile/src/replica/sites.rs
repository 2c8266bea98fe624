//! Names from the field that no list has yet: what this device holds of them. Mapping a name is an ordinary correction of each
//! record, so that it merges, waits and is traced as every other.

use super::{failure, open::Open, record::Record, storage::StoreError, stored};
use crate::protocol::{Failure, FailureCode, PlaceToMap};
use shared::{
    model::{
        ids::{Pcode, RecordId},
        record::{DocKind, DocumentId},
        row::{CaseRow, SessionRow},
    },
    policy::{self, Action},
    settings::sites::Unlisted,
};
use std::collections::BTreeMap;

/// Rows whose place is in no list, by the words that the indexes are made of.
const UNLISTED_ROWS: &str = r#"select 1, record, row from case_row where instr(row, '"unlisted":') > 0
    union all select 2, record, row from session_row where instr(row, '"unlisted":') > 0"#;

impl Open {
    /// Names to map, most records first. Only of records this person may correct.
    pub(super) fn places_to_map(&self) -> Result<Vec<PlaceToMap>, Failure> {
        let actor = policy::actor(&self.settings, &self.account.user).ok_or_else(|| failure(FailureCode::NotAllowed))?;
        let mut names: BTreeMap<(String, Pcode), PlaceToMap> = BTreeMap::new();
        for (document, unlisted) in self.unlisted().map_err(stored)? {
            // One that can't be read is shown in quarantine.
            let read = Record::read(&self.conn, document.record, &self.settings, &self.account.user).ok().flatten();
            if !read.is_some_and(|read| read.may(document.kind, Action::Put("place.adm4"), &self.settings, &actor)) {
                continue;
            }
            let likely = || {
                let place = self.settings.place_named(&unlisted)?;
                Some((place.code.clone(), self.settings.ancestor(&place.code, 3)?.code.clone()))
            };
            let found = names.entry(unlisted.key()).or_insert_with(|| PlaceToMap {
                likely: likely(),
                unlisted: unlisted.clone(),
                documents: Vec::new(),
            });
            found.documents.push(document);
        }
        let mut names: Vec<PlaceToMap> = names.into_values().collect();
        names.sort_by_key(|place| std::cmp::Reverse(place.documents.len()));
        Ok(names)
    }

    fn unlisted(&self) -> Result<Vec<(DocumentId, Unlisted)>, StoreError> {
        let mut statement = self.conn.prepare_cached(UNLISTED_ROWS)?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let record: RecordId = RecordId(row.get(1)?);
            let text = row.get_ref(2)?.as_str().unwrap_or_default();
            let (kind, name, parent) = if row.get::<_, i64>(0)? == 1 {
                let row: CaseRow = serde_json::from_str(text).map_err(|_| StoreError::Unreadable("case_row"))?;
                (DocKind::Case, row.unlisted, row.adm4.unwrap_or(row.adm3))
            } else {
                let row: SessionRow = serde_json::from_str(text).map_err(|_| StoreError::Unreadable("session_row"))?;
                (DocKind::Session, row.unlisted, row.adm4.unwrap_or(row.adm3))
            };
            found.extend(name.map(|name| (DocumentId::first(record, kind), Unlisted { name, parent })));
        }
        Ok(found)
    }
}
