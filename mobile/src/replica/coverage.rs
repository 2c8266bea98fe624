//! Coverage offline: the server's tallies, less what of this device's newer records was in them, plus those records as they
//! stand now. So a count made after "as of" shows at once, and nothing counts twice.

use super::{
    documents, failure,
    open::Open,
    record::{Record, State},
    storage::StoreError,
    stored,
};
use crate::protocol::{Coverage, CoverageQuery, Failure, FailureCode};
use rusqlite::OptionalExtension;
use shared::{
    document::content::Content,
    indicators::coverage::{self, CoverageFilter, Month, Tallies},
    model::{
        dates::{Day, UnixSeconds},
        ids::ChangeHash,
        record::{Class, DocKind},
        row::{CaseRow, SessionRow},
    },
    policy,
    rows::{self, RowContext},
    sync::signing::unpack,
};

#[derive(Default)]
struct Rows {
    sessions: Vec<SessionRow>,
    cases: Vec<(CaseRow, Class)>,
}

impl Rows {
    fn tallies(&self) -> Tallies {
        Tallies {
            sessions: coverage::tally_sessions(&self.sessions),
            cases: coverage::tally_cases(self.cases.iter().map(|(row, class)| (row, *class))),
        }
    }
}

impl Open {
    /// The coverage table for whole months.
    pub(super) fn coverage(&self, query: &CoverageQuery, today: Day) -> Result<Coverage, Failure> {
        let (from, to) = month(&query.from).zip(month(&query.to)).ok_or_else(|| failure(FailureCode::Invalid))?;
        let filter = CoverageFilter { from, to, project: query.project.clone(), place: query.place.clone() };
        let (base, as_of) = self.tallies().map_err(stored)?;
        let (before, now, own_newer) = self.beyond(as_of.unwrap_or(UnixSeconds(i64::MIN)), today).map_err(stored)?;
        let tallies = coverage::merge(less(base, &before.tallies()), now.tallies());
        Ok(Coverage::new(&tallies, &filter, &self.settings, today, as_of, own_newer))
    }

    fn tallies(&self) -> Result<(Tallies, Option<UnixSeconds>), StoreError> {
        let sql = "select packed, as_of from tally";
        let held: Option<(Vec<u8>, i64)> = self.conn.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        let Some((packed, as_of)) = held else { return Ok((Tallies::default(), None)) };
        let tallies = unpack(&packed).map_err(|_| StoreError::Unreadable("tally"))?;
        Ok((tallies, Some(UnixSeconds(as_of))))
    }

    /// Records with something the tallies of `as_of` lack: as they stood in those, as they stand now, and how many.
    fn beyond(&self, as_of: UnixSeconds, today: Day) -> Result<(Rows, Rows, u32), StoreError> {
        let (mut before, mut now, mut newer) = (Rows::default(), Rows::default(), 0);
        for record in documents::newer_than(&self.conn, as_of)? {
            // One that can't be read is shown in quarantine; the others still count.
            let Ok(Some(read)) = Record::read(&self.conn, record, &self.settings, &self.account.user) else { continue };
            let held = &read.main().held;
            let beyond =
                |hash: &ChangeHash| held.outbox.contains_key(hash) || held.receipts.get(hash).is_some_and(|r| r.at > as_of);
            self.add(&read, &held.content_without(beyond), today, &mut before);
            self.add(&read, &read.main().content, today, &mut now);
            newer += 1;
        }
        Ok((before, now, newer))
    }

    fn add(&self, read: &Record, content: &Content, today: Day, rows: &mut Rows) {
        let settings = &*self.settings;
        let sources = read.main().sources(&self.account.user);
        let context = RowContext { settings, today, set_aside: false, waiting: false, duplicate_of: None };
        match &read.state {
            State::Case(_) => {
                let Some(state) = rows::case_state(content, &sources, settings) else { return };
                let class = policy::actor(settings, &self.account.user)
                    .map_or(Class::Case, |actor| read.resource(DocKind::Case, settings, &actor).class);
                rows.cases.push((rows::case_row(read.id, content, &state, &sources, &context), class));
            }
            State::Session(_) if read.main_kind() == DocKind::BoxOpening => {}
            State::Session(_) => {
                let Some(state) = rows::session_state(content, &sources, settings) else { return };
                rows.sessions.extend(rows::session_row(read.id, content, &state, &sources, &context));
            }
        }
    }
}

/// `base` without `part`, cell by cell. A cell that would go below nothing held less than we thought, and is left at nothing.
fn less(mut base: Tallies, part: &Tallies) -> Tallies {
    for part in &part.sessions {
        let same = |t: &&mut coverage::SessionTally| {
            (&t.place, &t.project, t.month, &t.phase) == (&part.place, &part.project, part.month, &part.phase)
        };
        if let Some(cell) = base.sessions.iter_mut().find(same) {
            cell.sessions = cell.sessions.saturating_sub(part.sessions);
            for (count, part) in cell.counts.iter_mut().zip(part.counts) {
                *count = (*count - part).max(0);
            }
        }
    }
    for part in &part.cases {
        let same = |t: &&mut coverage::CaseTally| {
            (&t.adm3, &t.project, t.month, &t.class) == (&part.adm3, &part.project, part.month, &part.class)
        };
        if let Some(cell) = base.cases.iter_mut().find(same) {
            cell.cases = cell.cases.zip(part.cases).map(|(count, part)| count.saturating_sub(part));
        }
    }
    base
}

/// Reads `YYYY-MM`.
fn month(text: &str) -> Option<Month> {
    let (year, month) = text.split_once('-')?;
    let month = Month { year: year.parse().ok()?, month: month.parse().ok()? };
    (1..=12).contains(&month.month).then_some(month)
}
