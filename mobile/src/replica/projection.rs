//! Rows of the lists from documents, in the transaction that changed the documents. A row can always be rebuilt.

use super::{
    boxes,
    case_index::CaseIndex,
    documents::ReadError,
    hotline,
    places::Places,
    record::{Record, State},
    session_index::SessionIndex,
    storage::StoreError,
};
use rusqlite::{Connection, OptionalExtension, params};
use shared::{
    arabic::fold,
    document::content::{Content, Facts},
    model::{
        codes::SyncState,
        dates::{Day, UnixSeconds, days_between},
        ids::{Code, ProjectCode, RecordId, UserId},
        record::DocKind,
        row::{CaseRow, SessionRow},
    },
    rows::{self, RowContext},
    settings::Settings,
};
use std::collections::{BTreeMap, BTreeSet};

/// So many characters of a person's words are searched; names, numbers and places always are.
const SEARCHED_WORDS_CHARS: usize = 400;

/// What projecting needs besides the document.
pub(super) struct Projecting<'a> {
    pub settings: &'a Settings,
    pub places: &'a Places,
    pub own: &'a UserId,
    pub today: Day,
}

impl<'a> Projecting<'a> {
    pub(super) fn of(settings: &'a Settings, places: &'a Places, own: &'a UserId, now: UnixSeconds) -> Self {
        Self { settings, places, own, today: now.day(settings.utc_offset_min) }
    }
}

/// Rebuilds the row of a record from what is here; removes it if nothing readable is.
///
/// # Errors
/// [`ReadError`].
pub(super) fn project(conn: &Connection, record: RecordId, with: &Projecting<'_>) -> Result<Option<Record>, ReadError> {
    let read = Record::read(conn, record, with.settings, with.own)?;
    store(conn, record, read.as_ref(), with)?;
    Ok(read)
}

/// Stores the row of a record that was just read or written.
///
/// # Errors
/// [`StoreError`].
pub(super) fn store(conn: &Connection, record: RecordId, read: Option<&Record>, with: &Projecting<'_>) -> Result<(), StoreError> {
    let set_aside = is_set_aside(conn, record)?;
    match read {
        Some(read) => hotline::keep(conn, read, with)?,
        None => hotline::forget(conn, record)?,
    }
    let waiting = read.is_some_and(Record::waits_beside_main);
    let context = RowContext { settings: with.settings, today: with.today, set_aside, waiting, duplicate_of: None };
    match read.map(|read| (&read.state, read.main(), read.main().sources(with.own))) {
        Some((State::Case(state), part, sources)) => {
            let row = rows::case_row(record, &part.content, state, &sources, &context);
            let words: String =
                part.content.text("intake.words").unwrap_or_default().chars().take(SEARCHED_WORDS_CHARS).collect();
            let paper = part.content.text("intake.paper_form_no").unwrap_or_default();
            put(conn, "case_row", record, &row, &case_search(&row, &format!("{paper} {words}"), with))
        }
        Some((State::Session(state), part, sources)) if part.held.id.kind == DocKind::BoxOpening => {
            match rows::box_row(record, &part.content, state, &sources, &context) {
                Some(row) => boxes::put(conn, &row),
                None => remove(conn, record),
            }
        }
        Some((State::Session(state), part, sources)) => {
            match rows::session_row(record, &part.content, state, &sources, &context) {
                Some(row) => put(conn, "session_row", record, &row, &session_search(&row, &part.content, with)),
                None => remove(conn, record),
            }
        }
        None => remove(conn, record),
    }
}

fn put(
    conn: &Connection,
    table: &'static str,
    record: RecordId,
    row: &impl serde::Serialize,
    search: &str,
) -> Result<(), StoreError> {
    let text = serde_json::to_string(row).map_err(|_| StoreError::Unreadable(table))?;
    let sql = format!("insert or replace into {table} (record, row, search) values (?1, ?2, ?3)");
    conn.prepare_cached(&sql)?.execute(params![record.0, text, search])?;
    Ok(())
}

/// A row of the list index stays until its document comes or the first pull is complete.
fn remove(conn: &Connection, record: RecordId) -> Result<(), StoreError> {
    conn.prepare_cached("delete from case_row where record = ?1 and listed = 0")?.execute([record.0])?;
    conn.prepare_cached("delete from session_row where record = ?1")?.execute([record.0])?;
    conn.prepare_cached("delete from box_row where record = ?1")?.execute([record.0])?;
    Ok(())
}

/// Whether something of the record stands in quarantine and nobody has taken note.
fn is_set_aside(conn: &Connection, record: RecordId) -> Result<bool, StoreError> {
    let sql = "select exists (select 1 from quarantine where record = ?1 and acknowledged = 0)";
    Ok(conn.prepare_cached(sql)?.query_row([record.0], |row| row.get(0))?)
}

/// What a case is found by: its row's number, category, project and place, in a list or not, and words of its document.
pub(super) fn case_search(row: &CaseRow, words: &str, with: &Projecting<'_>) -> String {
    let category = row.category.as_ref().map(|code| category_words(code, with.settings)).unwrap_or_default();
    let mut text = fold(&format!("{} {words} {category} {}", row.ref_no, row.unlisted.as_deref().unwrap_or_default()));
    add_places(&mut text, [Some(&row.adm3), row.adm4.as_ref()].into_iter().flatten(), with);
    add_projects(&mut text, row.project.iter(), with);
    text
}

fn session_search(row: &SessionRow, content: &Content, with: &Projecting<'_>) -> String {
    let landmark = content.text("place.landmark").unwrap_or_default();
    let mut text = fold(&format!("{} {landmark} {}", row.venue, row.unlisted.as_deref().unwrap_or_default()));
    add_places(&mut text, [Some(&row.adm3), row.adm4.as_ref()].into_iter().flatten(), with);
    add_projects(&mut text, row.projects.iter(), with);
    text
}

fn category_words(code: &Code, settings: &Settings) -> String {
    settings.category(code).map_or_else(|| code.to_string(), |c| format!("{code} {} {}", c.label.ar, c.label.en))
}

fn add_places<'a>(text: &mut String, codes: impl Iterator<Item = &'a shared::model::ids::Pcode>, with: &Projecting<'_>) {
    for code in codes {
        text.push(' ');
        text.push_str(&with.places.search_words(code));
    }
}

fn add_projects<'a>(text: &mut String, codes: impl Iterator<Item = &'a ProjectCode>, with: &Projecting<'_>) {
    for code in codes {
        let names = with.settings.project(code).map(|p| fold(&format!("{} {}", p.name.ar, p.name.en))).unwrap_or_default();
        text.push_str(&format!(" {} {names}", code.as_str().to_lowercase()));
    }
}

/// Reads every row into the indexes.
///
/// # Errors
/// [`StoreError`]. A row that can't be read is rebuilt from its document first, and left out if that fails.
pub(super) fn load(conn: &Connection, with: &Projecting<'_>) -> Result<(CaseIndex, SessionIndex), StoreError> {
    let (mut cases, mut sessions) = (CaseIndex::default(), SessionIndex::default());
    for (table, kind) in [("case_row", DocKind::Case), ("session_row", DocKind::Session)] {
        let mut statement = conn.prepare(&format!("select record, row, search from {table}"))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (text, search) = (row.get_ref(1)?.as_str().unwrap_or_default(), row.get_ref(2)?.as_str().unwrap_or_default());
            let read = match kind {
                DocKind::Session => serde_json::from_str(text).map(|row| sessions.put(&row, search)),
                _ => serde_json::from_str(text).map(|row| cases.put(&row, search)),
            };
            if read.is_err()
                && let Ok(record) = RecordId::try_from(row.get_ref(0)?.as_blob().unwrap_or_default())
                && project(conn, record, with).is_ok()
            {
                refresh(conn, record, &mut cases, &mut sessions)?;
            }
        }
    }
    Ok((cases, sessions))
}

/// Codes that settings name otherwise than before, or for the first time: a record may have come with its code first.
pub(super) struct Renamed<'a>(BTreeSet<&'a str>);

impl<'a> Renamed<'a> {
    pub(super) fn between(old: &Settings, new: &'a Settings) -> Self {
        let old_category = |code: &Code| old.category(code).map(|category| &category.label);
        let old_project = |code: &ProjectCode| old.project(code).map(|project| &project.name);
        let old_places: BTreeMap<_, _> = old.places.iter().map(|place| (&place.code, &place.name)).collect();
        let categories = new.categories.iter().filter(|c| old_category(&c.code) != Some(&c.label)).map(|c| c.code.as_str());
        let projects = new.projects.iter().filter(|p| old_project(&p.code) != Some(&p.name)).map(|p| p.code.as_str());
        let places = new.places.iter().filter(|p| old_places.get(&p.code) != Some(&&p.name)).map(|p| p.code.as_str());
        Self(categories.chain(projects).chain(places).collect())
    }

    fn names_case(&self, row: &CaseRow) -> bool {
        let codes = [Some(row.adm3.as_str()), row.adm4.as_ref().map(|code| code.as_str())];
        let others = [row.category.as_ref().map(|code| code.as_str()), row.project.as_ref().map(|code| code.as_str())];
        codes.into_iter().chain(others).flatten().any(|code| self.0.contains(code))
    }

    fn names_session(&self, row: &SessionRow) -> bool {
        let places = [Some(row.adm3.as_str()), row.adm4.as_ref().map(|code| code.as_str())];
        places.into_iter().flatten().chain(row.projects.iter().map(|code| code.as_str())).any(|code| self.0.contains(code))
    }
}

/// Makes anew the rows of records that hold a renamed code, so that they are found by the new name. Says whether there was any
/// name to look for.
///
/// # Errors
/// [`StoreError`]. A record that can't be read keeps the row it had.
pub(super) fn rebuild_renamed(conn: &Connection, renamed: &Renamed<'_>, with: &Projecting<'_>) -> Result<bool, StoreError> {
    if renamed.0.is_empty() {
        return Ok(false);
    }
    let mut records = holding::<CaseRow>(conn, "case_row", |row| renamed.names_case(row))?;
    records.extend(holding::<SessionRow>(conn, "session_row", |row| renamed.names_session(row))?);
    rebuild(conn, records, with)?;
    Ok(true)
}

/// Records with such a row. One whose row can't be read is rebuilt when the lists are loaded.
fn holding<R: serde::de::DeserializeOwned>(
    conn: &Connection,
    table: &'static str,
    holds: impl Fn(&R) -> bool,
) -> Result<Vec<RecordId>, StoreError> {
    let mut statement = conn.prepare(&format!("select record, row from {table}"))?;
    let mut rows = statement.query([])?;
    let mut records = Vec::new();
    while let Some(row) = rows.next()? {
        if serde_json::from_str(row.get_ref(1)?.as_str().unwrap_or_default()).is_ok_and(|row| holds(&row)) {
            let record = row.get_ref(0)?.as_blob().unwrap_or_default();
            records.push(RecordId::try_from(record).map_err(|_| StoreError::Unreadable(table))?);
        }
    }
    Ok(records)
}

/// Makes every row anew, after settings that rows depend on changed.
///
/// # Errors
/// [`StoreError`]. A record that can't be read keeps the row it had.
pub(super) fn rebuild_all(conn: &Connection, with: &Projecting<'_>) -> Result<(), StoreError> {
    let mut statement = conn.prepare("select distinct record from document where unreadable = 0")?;
    let records = statement.query_map([], |row| row.get::<_, Vec<u8>>(0))?.collect::<Result<Vec<_>, _>>()?;
    let id = |record: Vec<u8>| RecordId::try_from(record.as_slice()).map_err(|_| StoreError::Unreadable("document"));
    rebuild(conn, records.into_iter().map(id).collect::<Result<_, _>>()?, with)
}

fn rebuild(conn: &Connection, records: Vec<RecordId>, with: &Projecting<'_>) -> Result<(), StoreError> {
    for record in records {
        match project(conn, record, with) {
            Ok(_) | Err(ReadError::Damaged(_)) => {}
            Err(ReadError::Store(error)) => return Err(error),
        }
    }
    Ok(())
}

/// Brings the indexes up to date with the rows of one record.
///
/// # Errors
/// [`StoreError`].
pub(super) fn refresh(
    conn: &Connection,
    record: RecordId,
    cases: &mut CaseIndex,
    sessions: &mut SessionIndex,
) -> Result<(), StoreError> {
    match stored::<CaseRow>(conn, "case_row", record)? {
        Some((row, search)) => cases.put(&row, &search),
        None => cases.remove(record),
    }
    match stored::<SessionRow>(conn, "session_row", record)? {
        Some((row, search)) => sessions.put(&row, &search),
        None => sessions.remove(record),
    }
    Ok(())
}

fn stored<R: serde::de::DeserializeOwned>(
    conn: &Connection,
    table: &'static str,
    record: RecordId,
) -> Result<Option<(R, String)>, StoreError> {
    let sql = format!("select row, search from {table} where record = ?1");
    let found: Option<(String, String)> =
        conn.prepare_cached(&sql)?.query_row([record.0], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    // A row that can't be read is as good as none: it is rebuilt when the lists are loaded.
    Ok(found.and_then(|(text, search)| serde_json::from_str(&text).ok().map(|row| (row, search))))
}

/// One case's row, as of today.
///
/// # Errors
/// [`StoreError`].
pub(super) fn case_row(conn: &Connection, record: RecordId, today: Day) -> Result<Option<CaseRow>, StoreError> {
    Ok(stored::<CaseRow>(conn, "case_row", record)?.map(|(mut row, _)| {
        if row.sync == SyncState::OnPhone {
            row.unsynced_days = days_between(row.received_on, today).max(0);
        }
        row
    }))
}

/// One session's row.
///
/// # Errors
/// [`StoreError`].
pub(super) fn session_row(conn: &Connection, record: RecordId) -> Result<Option<SessionRow>, StoreError> {
    Ok(stored::<SessionRow>(conn, "session_row", record)?.map(|(row, _)| row))
}

/// Facts as shown: of several values, the one Automerge shows.
pub(super) fn facts_of(content: &Content) -> Facts {
    content.facts.keys().filter_map(|key| Some((key.clone(), content.fact(key)?.clone()))).collect()
}
