//! The case list in memory: what filters, order and search need of each row, so that a page of 50,000 cases is answered in
//! milliseconds. Made from the rows on unlock, kept up to date with each commit; the rows on disk stay the truth.

use super::{
    places::Places,
    search_text::{Words, pack},
};
use crate::protocol::{CaseQuery, CaseSort, CaseView, ViewCounts};
use shared::model::{
    codes::{Status, SyncState},
    dates::{Day, days_between},
    ids::{Pcode, RecordId, UserId},
    row::CaseRow,
};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap, HashSet},
};

/// Rows one answer may hold.
const MAX_ROWS: u32 = 200;

/// Short names for codes that many rows share.
#[derive(Default)]
struct Interned {
    numbers: HashMap<String, u32>,
}

impl Interned {
    fn number(&mut self, code: &str) -> u32 {
        if let Some(&number) = self.numbers.get(code) {
            return number;
        }
        let number = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        self.numbers.insert(code.to_owned(), number);
        number
    }

    fn known(&self, code: &str) -> Option<u32> {
        self.numbers.get(code).copied()
    }
}

struct Entry {
    status: Status,
    level: u8,
    place: u32,
    adm3: u32,
    project: Option<u32>,
    assignee: Option<u32>,
    recorded_by: u32,
    received_on: Day,
    /// None: it never presses.
    due_on: Option<Day>,
    attention: bool,
    to_accept: bool,
    search: Box<[u8]>,
}

/// The index.
#[derive(Default)]
pub(super) struct CaseIndex {
    codes: Interned,
    entries: BTreeMap<RecordId, Entry>,
}

/// What matched: how many in all and in each view, and the records of the page asked for.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct CaseMatches {
    pub page: Vec<RecordId>,
    pub total: u32,
    pub counts: ViewCounts,
}

/// What a query is answered with besides the index.
pub(super) struct Asking<'a> {
    pub places: &'a Places,
    pub user: &'a UserId,
    pub today: Day,
    pub due_soon_days: u16,
}

impl CaseIndex {
    /// Puts a row in, or in place of the one that stood there.
    pub(super) fn put(&mut self, row: &CaseRow, search: &str) {
        let codes = &mut self.codes;
        let entry = Entry {
            status: row.status,
            level: row.level.number(),
            place: codes.number(row.adm4.as_ref().unwrap_or(&row.adm3).as_str()),
            adm3: codes.number(row.adm3.as_str()),
            project: row.project.as_ref().map(|code| codes.number(code.as_str())),
            assignee: row.assignee.as_ref().map(|user| codes.number(user.as_str())),
            recorded_by: codes.number(row.recorded_by.as_str()),
            received_on: row.received_on,
            due_on: row.presses_on(),
            attention: row.conflict || row.sync == SyncState::NeedsAttention,
            to_accept: row.is_to_accept(),
            search: pack(search).into(),
        };
        self.entries.insert(row.record, entry);
    }

    pub(super) fn remove(&mut self, record: RecordId) {
        self.entries.remove(&record);
    }

    /// Other cases of the same sub-district received within so many days, the nearest in time first.
    pub(super) fn near(&self, record: RecordId, days: i64) -> Vec<RecordId> {
        let Some(case) = self.entries.get(&record) else { return Vec::new() };
        let apart = |entry: &Entry| days_between(case.received_on, entry.received_on).abs();
        let mut near: Vec<(i64, RecordId)> = self
            .entries
            .iter()
            .filter(|(id, entry)| **id != record && entry.adm3 == case.adm3 && apart(entry) <= days)
            .map(|(id, entry)| (apart(entry), *id))
            .collect();
        near.sort_unstable();
        near.into_iter().map(|(_, record)| record).collect()
    }

    /// Answers a query.
    pub(super) fn find(&self, query: &CaseQuery, asking: &Asking<'_>) -> CaseMatches {
        let Some(filter) = Filter::new(self, query, asking) else { return CaseMatches::default() };
        let mut matches = CaseMatches::default();
        let mut shown: Vec<(RecordId, &Entry, Press)> = Vec::new();
        for (record, entry) in self.entries.iter().filter(|(_, entry)| filter.lets(entry)) {
            let press = Press::of(entry, asking);
            matches.counts.overdue += u32::from(press == Press::Overdue);
            matches.counts.due_soon += u32::from(press == Press::DueSoon);
            matches.counts.unassigned += u32::from(is_unassigned(entry));
            matches.counts.attention += u32::from(entry.attention);
            matches.counts.to_accept += u32::from(entry.to_accept);
            if filter.shows(entry, press, query.view) {
                shown.push((*record, entry, press));
            }
        }
        matches.total = u32::try_from(shown.len()).unwrap_or(u32::MAX);
        matches.page = page(shown, query);
        matches
    }
}

/// Sorts only as far as the page reaches.
fn page(mut shown: Vec<(RecordId, &Entry, Press)>, query: &CaseQuery) -> Vec<RecordId> {
    let offset = query.offset as usize;
    let end = offset.saturating_add(query.limit.min(MAX_ROWS) as usize).min(shown.len());
    if offset >= end {
        return Vec::new();
    }
    let newest = |entry: &Entry| Reverse(entry.received_on);
    let due = |entry: &Entry| entry.due_on.unwrap_or(Day::MAX);
    let by = |a: &(RecordId, &Entry, Press), b: &(RecordId, &Entry, Press)| {
        let order = match query.sort {
            CaseSort::Pressing if a.1.status.is_ended() && b.1.status.is_ended() => newest(a.1).cmp(&newest(b.1)),
            CaseSort::Pressing => (a.2, due(a.1)).cmp(&(b.2, due(b.1))),
            CaseSort::Newest => newest(a.1).cmp(&newest(b.1)),
            CaseSort::Oldest => a.1.received_on.cmp(&b.1.received_on),
            CaseSort::Level => (Reverse(a.1.level), due(a.1)).cmp(&(Reverse(b.1.level), due(b.1))),
        };
        order.then(a.0.cmp(&b.0))
    };
    if end < shown.len() {
        shown.select_nth_unstable_by(end, by);
        shown.truncate(end);
    }
    shown.sort_unstable_by(by);
    shown[offset..end].iter().map(|(record, ..)| *record).collect()
}

/// How much a case presses: the order of the inbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Press {
    Overdue,
    DueSoon,
    Unassigned,
    Rest,
    Ended,
}

impl Press {
    fn of(entry: &Entry, asking: &Asking<'_>) -> Self {
        let left = entry.due_on.map(|due_on| days_between(asking.today, due_on));
        match left {
            _ if entry.status.is_ended() => Self::Ended,
            Some(..0) => Self::Overdue,
            Some(left) if left <= i64::from(asking.due_soon_days) => Self::DueSoon,
            _ if is_unassigned(entry) => Self::Unassigned,
            _ => Self::Rest,
        }
    }
}

fn is_unassigned(entry: &Entry) -> bool {
    entry.assignee.is_none() && !entry.status.is_ended()
}

/// A query with its codes looked up. A code no row has fits nothing.
struct Filter {
    words: Words,
    status: Option<Status>,
    level: Option<u8>,
    places: Option<HashSet<u32>>,
    project: Option<u32>,
    assignee: Option<u32>,
    me: Option<u32>,
}

impl Filter {
    fn new(index: &CaseIndex, query: &CaseQuery, asking: &Asking<'_>) -> Option<Self> {
        let known = |code: &str| index.codes.known(code);
        // Only codes that rows have are asked for, not every place there is.
        let within = |area: &Pcode| -> HashSet<u32> {
            let lies_in = |code: &str| asking.places.lies_in(&Pcode::from(code), area);
            index.codes.numbers.iter().filter(|(code, _)| lies_in(code)).map(|(_, number)| *number).collect()
        };
        Some(Self {
            words: Words::new(&query.text),
            status: query.status,
            level: query.level,
            places: query.place.as_ref().map(within),
            project: match &query.project {
                Some(code) => Some(known(code.as_str())?),
                None => None,
            },
            assignee: match &query.assignee {
                Some(user) => Some(known(user.as_str())?),
                None => None,
            },
            me: known(asking.user.as_str()),
        })
    }

    /// The filters a person chose, which the numbers on the tabs follow too.
    fn lets(&self, entry: &Entry) -> bool {
        self.status.is_none_or(|status| entry.status == status)
            && self.level.is_none_or(|level| entry.level == level)
            && self.project.is_none_or(|project| entry.project == Some(project))
            && self.assignee.is_none_or(|user| entry.assignee == Some(user))
            && self.places.as_ref().is_none_or(|places| places.contains(&entry.place) || places.contains(&entry.adm3))
            && self.words.fit(&entry.search)
    }

    fn shows(&self, entry: &Entry, press: Press, view: CaseView) -> bool {
        match view {
            CaseView::Inbox => press != Press::Ended,
            CaseView::Overdue => press == Press::Overdue,
            CaseView::DueSoon => press == Press::DueSoon,
            CaseView::Unassigned => is_unassigned(entry),
            CaseView::Mine => press != Press::Ended && entry.assignee.is_some() && entry.assignee == self.me,
            CaseView::Recorded => Some(entry.recorded_by) == self.me,
            CaseView::Attention => entry.attention,
            CaseView::ToAccept => entry.to_accept,
            CaseView::Closed => press == Press::Ended,
            CaseView::All => true,
        }
    }
}
