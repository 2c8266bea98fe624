//! Lists, coverage, what waits and what was set aside: everything a page asks of the whole store.

use super::{case_index::Asking, open::Open, own_rows, pictures, projection, ref_numbers, storage::StoreError, stored};
use crate::protocol::{Answer, CasePage, CaseQuery, Failure, SessionQuery, Waiting, WaitingRecord};
use shared::model::{
    codes::SyncState,
    dates::{Day, UnixSeconds},
    ids::{RecordId, UserId},
    record::DocKind,
};

impl Open {
    pub(super) fn cases(&self, query: &CaseQuery, today: Day) -> Result<CasePage, Failure> {
        let asking =
            Asking { places: &self.places, user: &self.account.user, today, due_soon_days: self.settings.limits.due_soon_days };
        let found = self.case_index.find(query, &asking);
        let rows = found.page.iter().map(|record| projection::case_row(&self.conn, *record, today));
        Ok(CasePage {
            rows: rows.filter_map(Result::transpose).collect::<Result<_, _>>().map_err(stored)?,
            total: found.total,
            counts: Some(found.counts),
        })
    }

    pub(super) fn sessions(&self, query: &SessionQuery) -> Result<Answer, Failure> {
        let (page, total) = self.session_index.find(query, &self.places);
        let rows = page.iter().map(|record| projection::session_row(&self.conn, *record));
        let rows = rows.filter_map(Result::transpose).collect::<Result<_, _>>().map_err(stored)?;
        Ok(Answer::Sessions { rows, total })
    }

    /// Planned sessions, soonest first.
    pub(super) fn plans(&self, facilitator: Option<&UserId>, until: Option<Day>) -> Result<Answer, Failure> {
        let plans = self.session_index.plans(facilitator, until);
        let rows = plans.iter().map(|record| projection::session_row(&self.conn, *record));
        let rows: Vec<_> = rows.filter_map(Result::transpose).collect::<Result<_, _>>().map_err(stored)?;
        let total = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        Ok(Answer::Sessions { rows, total })
    }

    pub(super) fn own_sent(&self) -> Result<Answer, Failure> {
        own_rows::all(&self.conn).map(Answer::OwnSent).map_err(stored)
    }

    /// What waits to be sent, by record, oldest first.
    pub(super) fn waiting(&self) -> Result<Waiting, StoreError> {
        let sql =
            "select i.record, min(i.saved_at), case when exists (select 1 from session_row s where s.record = i.record) then 3
                               when exists (select 1 from box_row b where b.record = i.record) then 5 else 0 end,
                          exists (select 1 from quarantine q where q.record = i.record and q.acknowledged = 0)
                   from outbox o join intent i on i.id = o.intent group by i.record order by 2";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| {
            Ok((row.get::<_, Vec<u8>>(0)?, UnixSeconds(row.get(1)?), row.get::<_, u8>(2)?, row.get::<_, bool>(3)?))
        })?;
        let mut records = Vec::new();
        for row in rows {
            let (record, since, kind, set_aside) = row?;
            let record = RecordId::try_from(record.as_slice()).map_err(|_| StoreError::Unreadable("intent"))?;
            let ref_no = ref_numbers::of(&self.conn, record)?;
            let kind = DocKind::from_byte(kind).unwrap_or(DocKind::Case);
            let sync = if set_aside { SyncState::NeedsAttention } else { SyncState::OnPhone };
            records.push(WaitingRecord { record, kind, ref_no, sync, since });
        }
        Ok(Waiting {
            changes: self.unsent_count()?,
            pictures: pictures::waiting(&self.conn)?,
            pictures_aside: pictures::aside(&self.conn)?,
            oldest: records.first().map(|record| record.since),
            records,
            last_attempt: self.sync.last_attempt,
            last_success: self.account.last_contact,
            last_failure: self.sync.last_failure,
            next_attempt: self.sync.next_attempt(),
            ref_nos_left: ref_numbers::left(&self.conn)?,
            free_bytes: self.free_bytes,
        })
    }

    /// Changes the server has not confirmed, and pictures it has not got whole.
    pub(super) fn unsent_count(&self) -> Result<u32, StoreError> {
        let changes: u32 = self.conn.prepare_cached("select count(*) from outbox")?.query_row([], |row| row.get(0))?;
        Ok(changes + pictures::waiting(&self.conn)?)
    }
}
