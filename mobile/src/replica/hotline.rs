//! The hotline's two questions: whose number is this, and whom to call back today. Answered from what is here and within this
//! person's rights; whose contact is shown is noted for the audit log. Knows no names: a voice at the phone is no proof of one.

use super::{
    failure,
    open::Open,
    own_rows, projection,
    projection::Projecting,
    record::{Record, State},
    storage::StoreError,
    stored,
};
use crate::protocol::{CallBackLine, CaseQuery, CaseView, Failure, FailureCode, Found};
use rusqlite::{Connection, params};
use shared::{
    call_back::call_back,
    document::content::{Content, Facts},
    lifecycle::steps_open_to,
    look_up::{Sought, phone_key},
    model::{
        codes::Consent,
        dates::{Day, UnixSeconds},
        ids::RecordId,
        record::DocKind,
    },
    policy::{self, Action, Actor},
    sync::opened::Shown,
};

/// Most people on a day's list; who has more to call begins with these.
const MOST_CALLS: i64 = 100;
/// Most cases of one number.
const MOST_FOUND: u32 = 50;

/// Keeps by which number a case is found and from when its person is to be called, in the transaction of its row.
///
/// # Errors
/// [`StoreError`].
pub(super) fn keep(conn: &Connection, read: &Record, with: &Projecting<'_>) -> Result<(), StoreError> {
    let contact = read.parts.get(&DocKind::Contact).map(|part| &part.content);
    let (State::Case(state), Some(contact)) = (&read.state, contact) else { return forget(conn, read.id) };
    let Some(phone) = number_of(contact) else { return forget(conn, read.id) };
    let call = call_back(state, &with.settings.limits).filter(|_| may_be_called(&read.main().content));
    let from = call.map(|call| call.from.to_string()).unwrap_or_default();
    conn.prepare_cached("insert or replace into reach (record, phone, call_from) values (?1, ?2, ?3)")?
        .execute(params![read.id.0, phone, from])?;
    Ok(())
}

/// The contact is not here any more.
///
/// # Errors
/// [`StoreError`].
pub(super) fn forget(conn: &Connection, record: RecordId) -> Result<(), StoreError> {
    conn.prepare_cached("delete from reach where record = ?1")?.execute([record.0])?;
    Ok(())
}

fn number_of(contact: &Content) -> Option<String> {
    contact.text("phone.e164").map(str::to_owned).or_else(|| phone_key(contact.text("phone.raw")?))
}

fn may_be_called(case: &Content) -> bool {
    case.text("consent.contact") != Some(Consent::No.id())
}

impl Open {
    /// Cases by receipt number or by phone number, newest first.
    pub(super) fn look_up(&mut self, typed: &str, now: UnixSeconds) -> Result<Found, Failure> {
        let sought = Sought::read(typed).map_err(|problem| Failure {
            code: FailureCode::Invalid,
            fields: vec![("look-up".to_owned(), problem.id().to_owned())],
        })?;
        let today = now.day(self.settings.utc_offset_min);
        let mut found = Found::default();
        if let Some(number) = &sought.ref_no {
            let query =
                CaseQuery { view: CaseView::All, text: number.as_str().to_owned(), limit: MOST_FOUND, ..CaseQuery::default() };
            found.rows = self.cases(&query, today)?.rows;
            found.rows.retain(|row| row.ref_no == number.as_str());
            found.own = own_rows::all(&self.conn).map_err(stored)?;
            found.own.retain(|row| row.ref_no == number.as_str());
        }
        let actor = policy::actor(&self.settings, &self.account.user).ok_or_else(|| failure(FailureCode::NotAllowed))?;
        for record in self.of_phones(&sought.phones).map_err(stored)? {
            if let Some(read) = self.readable(record, &actor)
                && let Some(row) = projection::case_row(&self.conn, record, today).map_err(stored)?
            {
                // That this number is known at all says who spoke.
                let shown = Shown::of(row.level.number(), read.parts.contains_key(&DocKind::Contact));
                self.looks.note(&self.conn, record, shown, now).map_err(stored)?;
                found.rows.push(row);
            }
        }
        found.rows.sort_by_key(|row| std::cmp::Reverse(row.received_on));
        Ok(found)
    }

    /// Whom to call back today, longest due first.
    pub(super) fn call_backs(&mut self, now: UnixSeconds) -> Result<Vec<CallBackLine>, Failure> {
        let today = now.day(self.settings.utc_offset_min);
        let actor = policy::actor(&self.settings, &self.account.user).ok_or_else(|| failure(FailureCode::NotAllowed))?;
        let mut lines = Vec::new();
        for record in self.due(today).map_err(stored)? {
            let Some(read) = self.readable(record, &actor) else { continue };
            let State::Case(state) = &read.state else { continue };
            let resource = read.resource(DocKind::Case, &self.settings, &actor);
            let (Some(call), true) =
                (call_back(state, &self.settings.limits), policy::may(&actor, Action::Step("contact_attempt"), Some(&resource)))
            else {
                continue;
            };
            let may = steps_open_to(state, &actor, &resource).into_iter().map(str::to_owned).collect();
            let Some(row) = projection::case_row(&self.conn, record, today).map_err(stored)? else { continue };
            self.looks.note(&self.conn, record, Shown::of(row.level.number(), true), now).map_err(stored)?;
            let enough = call.reaching.is_enough(&self.settings.limits);
            lines.push(CallBackLine { row, call, enough, contact: ways(&read), may });
        }
        Ok(lines)
    }

    /// How many are to be called back today.
    pub(super) fn calls_due(&self, today: Day) -> Result<u32, StoreError> {
        let sql = "select count(*) from reach where call_from <> '' and call_from <= ?1";
        Ok(self.conn.prepare_cached(sql)?.query_row([today.to_string()], |row| row.get(0))?)
    }

    /// The record, if this person may read it and who spoke in it. One that can't be read is shown in quarantine.
    fn readable(&self, record: RecordId, actor: &Actor) -> Option<Record> {
        let read = Record::read(&self.conn, record, &self.settings, &self.account.user).ok()??;
        let may = |doc| read.may(doc, Action::Read, &self.settings, actor);
        (may(DocKind::Case) && may(DocKind::Contact)).then_some(read)
    }

    fn of_phones(&self, phones: &[String]) -> Result<Vec<RecordId>, StoreError> {
        let mut records = Vec::new();
        let mut statement = self.conn.prepare_cached("select record from reach where phone = ?1 limit ?2")?;
        for phone in phones {
            let rows = statement.query_map(params![phone, MOST_FOUND], |row| row.get::<_, Vec<u8>>(0))?;
            for row in rows {
                records.push(record_id(&row?)?);
            }
        }
        Ok(records)
    }

    fn due(&self, today: Day) -> Result<Vec<RecordId>, StoreError> {
        let sql = "select record from reach where call_from <> '' and call_from <= ?1 order by call_from, record limit ?2";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map(params![today.to_string(), MOST_CALLS], |row| row.get::<_, Vec<u8>>(0))?;
        rows.map(|row| record_id(&row?)).collect()
    }
}

fn record_id(bytes: &[u8]) -> Result<RecordId, StoreError> {
    RecordId::try_from(bytes).map_err(|_| StoreError::Unreadable("reach"))
}

/// How and when they can be reached.
fn ways(read: &Record) -> Facts {
    let Some(contact) = read.parts.get(&DocKind::Contact) else { return Facts::new() };
    let is_way = |key: &&String| key.starts_with("phone.") || key.starts_with("resp.");
    let facts = contact.content.facts.keys().filter(is_way);
    facts.filter_map(|key| Some((key.clone(), contact.content.fact(key)?.clone()))).collect()
}
