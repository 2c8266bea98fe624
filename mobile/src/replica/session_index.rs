//! The session list in memory, as `case_index` for cases.

use super::{
    places::Places,
    search_text::{Words, pack},
};
use crate::protocol::SessionQuery;
use shared::model::{
    dates::Day,
    ids::{Pcode, ProjectCode, RecordId, UserId},
    row::SessionRow,
};
use std::{cmp::Reverse, collections::BTreeMap};

const MAX_ROWS: u32 = 200;

struct Entry {
    date: Day,
    place: Pcode,
    projects: Vec<ProjectCode>,
    /// Planned, and nobody called it off.
    planned: bool,
    facilitators: Vec<UserId>,
    search: Box<[u8]>,
}

/// The index.
#[derive(Default)]
pub(super) struct SessionIndex {
    entries: BTreeMap<RecordId, Entry>,
}

impl SessionIndex {
    /// Puts a row in, or in place of the one that stood there.
    pub(super) fn put(&mut self, row: &SessionRow, search: &str) {
        let place = row.adm4.as_ref().unwrap_or(&row.adm3).clone();
        let entry = Entry {
            date: row.date,
            place,
            projects: row.projects.clone(),
            planned: row.planned && !row.void && row.called_off.is_none(),
            facilitators: row.facilitators.clone(),
            search: pack(search).into(),
        };
        self.entries.insert(row.record, entry);
    }

    pub(super) fn remove(&mut self, record: RecordId) {
        self.entries.remove(&record);
    }

    /// Planned sessions that nobody called off, soonest first: of one person, up to a day.
    pub(super) fn plans(&self, facilitator: Option<&UserId>, until: Option<Day>) -> Vec<RecordId> {
        let goes = |entry: &Entry| facilitator.is_none_or(|user| entry.facilitators.contains(user));
        let mut found: Vec<(Day, RecordId)> = self
            .entries
            .iter()
            .filter(|(_, entry)| entry.planned && goes(entry) && until.is_none_or(|until| entry.date <= until))
            .map(|(record, entry)| (entry.date, *record))
            .collect();
        found.sort_unstable();
        found.into_iter().take(MAX_ROWS as usize).map(|(_, record)| record).collect()
    }

    /// The page asked for, newest first, and how many match in all.
    pub(super) fn find(&self, query: &SessionQuery, places: &Places) -> (Vec<RecordId>, u32) {
        let words = Words::new(&query.text);
        let mut found: Vec<(Reverse<Day>, RecordId)> = self
            .entries
            .iter()
            .filter(|(_, entry)| {
                query.from.is_none_or(|from| entry.date >= from)
                    && query.to.is_none_or(|to| entry.date <= to)
                    && query.project.as_ref().is_none_or(|project| entry.projects.contains(project))
                    && words.fit(&entry.search)
                    && query.place.as_ref().is_none_or(|area| places.lies_in(&entry.place, area))
            })
            .map(|(record, entry)| (Reverse(entry.date), *record))
            .collect();
        found.sort_unstable();
        let total = u32::try_from(found.len()).unwrap_or(u32::MAX);
        let page = found.into_iter().skip(query.offset as usize).take(query.limit.min(MAX_ROWS) as usize);
        (page.map(|(_, record)| record).collect(), total)
    }
}
