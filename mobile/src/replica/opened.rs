//! What was opened here, for the audit log: noted before it is shown, told with the next sync, and forgotten once the server
//! answered. Ids and times only.

use super::storage::StoreError;
use crate::protocol::CaseDetail;
use rusqlite::{Connection, params};
use shared::{
    model::{dates::UnixSeconds, ids::RecordId},
    sync::opened::{MOST_OPENED, Opened, Shown},
};
use std::collections::BTreeMap;

/// Looking again within so many seconds is the same look: a page asks anew whenever something changes.
const SAME_LOOK_S: i64 = 3_600;

/// Openings kept while the server is out of reach; beyond that the oldest go.
const MOST_KEPT: i64 = 10_000;

/// What was looked at lately, so that it is noted once.
#[derive(Default)]
pub(super) struct Looks(BTreeMap<(RecordId, Shown), UnixSeconds>);

impl Looks {
    /// What of a case is shown that the log has to know.
    pub(super) fn at(case: &CaseDetail) -> Option<Shown> {
        let told = case.sealed.as_ref().is_some_and(|sealed| !sealed.told.is_empty());
        let identity = told || case.contact.is_some() || case.subject.is_some();
        Shown::of(case.row.level.number(), identity)
    }

    /// Notes that this case is about to be shown, if the log has to know.
    ///
    /// # Errors
    /// [`StoreError`]: then it must not be shown.
    pub(super) fn note(
        &mut self,
        conn: &Connection,
        record: RecordId,
        shown: Option<Shown>,
        now: UnixSeconds,
    ) -> Result<(), StoreError> {
        let Some(shown) = shown else { return Ok(()) };
        let look = (record, shown);
        // A clock set back makes a look new.
        if self.0.get(&look).is_some_and(|at| (0..SAME_LOOK_S).contains(&now.0.saturating_sub(at.0))) {
            return Ok(());
        }
        let code = Shown::ALL.iter().position(|other| *other == shown).unwrap_or_default();
        let mut insert = conn.prepare_cached("insert into opened (record, at, shown) values (?1, ?2, ?3)")?;
        insert.execute(params![record.0, now.0, i64::try_from(code).unwrap_or_default()])?;
        conn.prepare_cached("delete from opened where number <= (select max(number) from opened) - ?1")?.execute([MOST_KEPT])?;
        self.0.insert(look, now);
        Ok(())
    }
}

/// The openings to be told next.
///
/// # Errors
/// [`StoreError`].
pub(super) fn to_tell(conn: &Connection) -> Result<Vec<Opened>, StoreError> {
    let mut statement = conn.prepare_cached("select number, record, at, shown from opened order by number limit ?1")?;
    let most = i64::try_from(MOST_OPENED).unwrap_or(i64::MAX);
    let rows = statement.query_map([most], |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?, row.get::<_, i64>(2)?, row.get::<_, u8>(3)?))
    })?;
    let unreadable = || StoreError::Unreadable("opened");
    rows.map(|row| {
        let (number, record, at, shown) = row?;
        Ok(Opened {
            number: u64::try_from(number).map_err(|_| unreadable())?,
            record: RecordId::try_from(record.as_slice()).map_err(|_| unreadable())?,
            at: UnixSeconds(at),
            shown: *Shown::ALL.get(usize::from(shown)).ok_or_else(unreadable)?,
        })
    })
    .collect()
}

/// The server has been told of everything up to this number.
///
/// # Errors
/// [`StoreError`].
pub(super) fn told(conn: &Connection, up_to: u64) -> Result<(), StoreError> {
    let number = i64::try_from(up_to).unwrap_or(i64::MAX);
    conn.prepare_cached("delete from opened where number <= ?1")?.execute([number])?;
    Ok(())
}
