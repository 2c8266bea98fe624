//! Complaint boxes: their openings as rows, one opening with its papers, and which box stays closed.

use super::{
    documents, failure,
    open::Open,
    projection,
    record::{Record, State},
    storage::StoreError,
    stored,
};
use crate::protocol::{BoxOpening, BoxStanding, Failure, FailureCode};
use rusqlite::{Connection, OptionalExtension, params};
use shared::{
    box_opening::Papers,
    model::{
        dates::{Day, days_between},
        ids::{Code, RecordId},
        record::{DocKind, DocumentId},
        row::BoxRow,
    },
    policy::{self, Action},
    rows,
};

/// Openings listed.
const MOST_LISTED: u32 = 50;

/// Stores the row of an opening.
///
/// # Errors
/// [`StoreError`].
pub(super) fn put(conn: &Connection, row: &BoxRow) -> Result<(), StoreError> {
    let text = serde_json::to_string(row).map_err(|_| StoreError::Unreadable("box_row"))?;
    conn.prepare_cached("insert or replace into box_row (record, code, date, row) values (?1, ?2, ?3, ?4)")?.execute(params![
        row.record.0,
        row.code.as_str(),
        row.date.to_string(),
        text
    ])?;
    Ok(())
}

impl Open {
    /// Every box that hangs where this person works, and how long it has stayed closed as far as is known here. Whether that is too
    /// long is said only to who holds every opening of the area.
    pub(super) fn boxes(&self, today: Day) -> Result<Vec<BoxStanding>, Failure> {
        let actor = policy::actor(&self.settings, &self.account.user).ok_or_else(|| failure(FailureCode::NotAllowed))?;
        let watches = policy::may(&actor, Action::Use("box_watch"), None);
        let limit = i64::from(self.settings.limits.box_closed_days);
        let mut boxes = Vec::new();
        for hung in self.settings.boxes.iter().filter(|hung| !hung.retired) {
            if !policy::covers(&self.settings, &actor.areas, &actor.projects, &hung.place, hung.project.as_slice()) {
                continue;
            }
            let last = self.last_opened(&hung.code).map_err(stored)?;
            let closed_days = days_between(last.unwrap_or(hung.since), today).max(0);
            boxes.push(BoxStanding { code: hung.code.clone(), last, closed_days, is_late: watches && closed_days > limit });
        }
        boxes.sort_by_key(|standing| std::cmp::Reverse(standing.closed_days));
        Ok(boxes)
    }

    fn last_opened(&self, code: &Code) -> Result<Option<Day>, StoreError> {
        let mut statement = self.conn.prepare_cached("select row from box_row where code = ?1 order by date desc")?;
        for row in statement.query_map([code.as_str()], |row| row.get::<_, String>(0))? {
            let row = read_row(&row?)?;
            if !row.void {
                return Ok(Some(row.date));
            }
        }
        Ok(None)
    }

    /// Openings here, newest first.
    pub(super) fn openings(&self) -> Result<Vec<BoxRow>, StoreError> {
        let mut statement = self.conn.prepare_cached("select row from box_row order by date desc, record limit ?1")?;
        let rows = statement.query_map([MOST_LISTED], |row| row.get::<_, String>(0))?;
        rows.map(|row| read_row(&row?)).collect()
    }

    fn row_of_opening(&self, record: RecordId) -> Result<Option<BoxRow>, StoreError> {
        let mut statement = self.conn.prepare_cached("select row from box_row where record = ?1")?;
        let row: Option<String> = statement.query_row([record.0], |row| row.get(0)).optional()?;
        row.map(|row| read_row(&row)).transpose()
    }

    /// One opening with its papers.
    pub(super) fn opening(&self, record: RecordId) -> Result<BoxOpening, Failure> {
        let (read, actor) = self.read_for_person(record)?;
        let row = self.row_of_opening(record).map_err(stored)?;
        let (State::Session(_), DocKind::BoxOpening, Some(row)) = (&read.state, read.main_kind(), row) else {
            return Err(failure(FailureCode::NotFound));
        };
        let main = read.main();
        let papers = Papers::of(&main.content);
        Ok(BoxOpening {
            facts: projection::facts_of(&main.content),
            conflicts: rows::conflicts(main.held.id, &main.content, &main.sources(&self.account.user)),
            entered: papers.entered,
            sealed: papers.sealed,
            may_write: self.may_write_opening(&read, &actor),
            may_put: self.may_put(&read, &[DocKind::BoxOpening], &actor),
            row,
        })
    }

    fn may_write_opening(&self, read: &Record, actor: &policy::Actor) -> bool {
        read.may(DocKind::BoxOpening, Action::Put("envelope.1"), &self.settings, actor)
    }

    /// Whether this device holds the opening a paper is said to come from.
    pub(super) fn holds_opening(&self, record: &str) -> Result<bool, StoreError> {
        let Ok(record) = record.parse::<RecordId>() else { return Ok(false) };
        documents::is_known(&self.conn, DocumentId::first(record, DocKind::BoxOpening))
    }
}

fn read_row(text: &str) -> Result<BoxRow, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Unreadable("box_row"))
}
