//! Photos of paper forms on this device: inside the encrypted store and nowhere else, from the moment they are taken until the server
//! has said that it holds them whole. They go up after the documents, a piece at a time, from where the server says it is; a picture
//! that can't go now holds up neither the others nor a sync.

use super::{
    Handled, JobKind, Replica, drafts, failure,
    link::{LinkError, Outgoing},
    open::Open,
    quarantine::{self, SetAside},
    read_online,
    storage::{StoreError, flush_log},
    stored,
};
use crate::protocol::{Answer, Failure, FailureCode, Notice, pictures::PictureRequest};
use base64::{Engine, engine::general_purpose::STANDARD};
use rusqlite::{Connection, OptionalExtension, params};
use shared::{
    document::content::{Edit, Fact},
    intent::Prepared,
    model::{dates::UnixSeconds, ids::RecordId, record::DocumentId},
    picture::{PICTURE_KEYS, PIECE_BYTES, PictureName, PictureQuery, Piece, PieceVerdict},
    sync::{
        messages::{decode, encode},
        sign_in::CallRefusal,
        unsent::CarriedPicture,
    },
};

const SEND: &str = "/api/v1/picture/send";
/// Wait after the first failure of the line, in seconds; doubled with each, up to about half an hour.
const FIRST_WAIT_S: i64 = 15;
/// So long a picture waits that the server does not take for now.
const SET_BACK_S: i64 = 3_600;
/// After so many times, about a day, it is set aside: a server that was restored has long had its documents back by then.
const MOST_REFUSALS: u32 = 24;
/// What a picture is listed as that was set aside by itself, and why.
pub(super) const PICTURE: &str = "picture";
const NOT_TAKEN: &str = "picture_not_taken";

/// How sending stands. Nothing in it needs to survive a lock: the server says how far it is.
#[derive(Default)]
pub(super) struct Sending {
    under_way: Option<Next>,
    failures: u32,
    not_before: UnixSeconds,
}

/// The picture whose turn it is.
struct Next {
    record: RecordId,
    key: String,
    size: u32,
    /// Where the piece under way begins, and its length.
    from: u32,
    length: u32,
    /// Where the server said it is.
    held: Option<u32>,
}

impl Sending {
    /// Whether a piece is on its way.
    pub(super) fn is_under_way(&self) -> bool {
        self.under_way.as_ref().is_some_and(|next| next.length > 0 || next.held.is_none())
    }
}

/// Keeps a picture of a form that is being filled in, in place of the one under its key.
fn keep(conn: &Connection, record: RecordId, key: &str, bytes: &[u8]) -> Result<PictureName, Failure> {
    let name = PictureName::of(bytes).filter(|_| PICTURE_KEYS.contains(&key)).ok_or_else(|| failure(FailureCode::BadFile))?;
    let sql = "insert or replace into picture (record, key, name, bytes) values (?1, ?2, ?3, ?4)";
    conn.execute(sql, params![record.0, key, name.to_string(), bytes]).map_err(|error| stored(error.into()))?;
    Ok(name)
}

/// Drops the pictures of a form that is no draft any more, within the caller's transaction; those it named when it was saved stay. Says
/// whether there was one.
///
/// # Errors
/// [`StoreError`].
pub(super) fn drop_of_draft(conn: &Connection, record: RecordId) -> Result<bool, StoreError> {
    Ok(conn.prepare_cached("delete from picture where record = ?1 and document is null")?.execute([record.0])? > 0)
}

/// Drops the pictures of a case that went: it was raised or deleted.
///
/// # Errors
/// [`StoreError`].
pub(super) fn forget(conn: &Connection, record: RecordId) -> Result<(), StoreError> {
    conn.prepare_cached("delete from picture where record = ?1")?.execute([record.0])?;
    Ok(())
}

/// Drops what was taken for forms that nobody ever saved as a draft.
///
/// # Errors
/// [`StoreError`].
pub(super) fn drop_strays(conn: &Connection) -> Result<(), StoreError> {
    conn.execute("delete from picture where document is null and record not in (select record from draft)", [])?;
    Ok(())
}

/// Pictures that a saved record names wait from now on.
///
/// # Errors
/// [`StoreError`].
pub(super) fn saved(conn: &Connection, prepared: &Prepared) -> Result<(), StoreError> {
    for (document, key, name) in named(prepared) {
        let sql = "update picture set document = ?3, aside = 0, refusals = 0, not_before = 0 where record = ?1 and key = ?2 and name = ?4";
        conn.execute(sql, params![document.record.0, key, document.to_bytes(), name])?;
    }
    Ok(())
}

/// Sets the pictures aside that a change names which was set aside: without it the server takes none of them.
///
/// # Errors
/// [`StoreError`].
pub(super) fn set_aside(conn: &Connection, of: DocumentId, prepared: &Prepared) -> Result<(), StoreError> {
    for (_, key, name) in named(prepared).filter(|(document, ..)| *document == of) {
        let sql = "update picture set aside = 1 where document = ?1 and key = ?2 and name = ?3";
        conn.execute(sql, params![of.to_bytes(), key, name])?;
    }
    Ok(())
}

/// Lets the pictures of a document that were set aside wait again.
///
/// # Errors
/// [`StoreError`].
pub(super) fn wait_again(conn: &Connection, document: DocumentId) -> Result<(), StoreError> {
    let sql = "update picture set aside = 0, refusals = 0, not_before = 0 where document = ?1";
    conn.execute(sql, [document.to_bytes()])?;
    Ok(())
}

/// The pictures that prepared edits name: document, key, name.
fn named(prepared: &Prepared) -> impl Iterator<Item = (DocumentId, &str, &str)> {
    prepared.edits.iter().flat_map(|(document, edits)| {
        edits.iter().filter_map(|edit| match edit {
            Edit::Put { key, fact: Fact::Text(name) } if PICTURE_KEYS.contains(&key.as_str()) => {
                Some((*document, key.as_str(), name.as_ref()))
            }
            _ => None,
        })
    })
}

/// Everything that a document names and the server has not got, what was set aside too, for someone to carry.
///
/// # Errors
/// [`StoreError`].
pub(super) fn carried(conn: &Connection) -> Result<Vec<CarriedPicture>, StoreError> {
    let mut statement = conn.prepare_cached("select document, bytes from picture where document is not null order by rowid")?;
    let rows = statement.query_map([], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, Vec<u8>>(1)?)))?;
    rows.map(|row| {
        let (document, bytes) = row?;
        let document = DocumentId::from_bytes(&document).map_err(|_| StoreError::Unreadable("picture"))?;
        Ok(CarriedPicture { document, bytes })
    })
    .collect()
}

/// How many pictures are set aside.
///
/// # Errors
/// [`StoreError`].
pub(super) fn aside(conn: &Connection) -> Result<u32, StoreError> {
    Ok(conn.prepare_cached("select count(*) from picture where aside = 1")?.query_row([], |row| row.get(0))?)
}

/// How many pictures wait to be sent.
///
/// # Errors
/// [`StoreError`].
pub(super) fn waiting(conn: &Connection) -> Result<u32, StoreError> {
    Ok(conn
        .prepare_cached("select count(*) from picture where document is not null and aside = 0")?
        .query_row([], |row| row.get(0))?)
}

impl Open {
    /// The next piece to send, if one waits: after the changes of its document.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(super) fn send_piece(&mut self, now: UnixSeconds) -> Result<Option<Outgoing>, StoreError> {
        let waits = self.sending.not_before.0.saturating_sub(now.0);
        if self.sending.is_under_way() || (1..=FIRST_WAIT_S << 7).contains(&waits) {
            return Ok(None);
        }
        let sql = "select record, key, document, name, bytes from picture
            where document is not null and aside = 0 and not_before <= ?1 and document not in (select document from outbox)
            order by rowid limit 1";
        let read = |row: &rusqlite::Row<'_>| {
            Ok((
                row.get::<_, Vec<u8>>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, Vec<u8>>(2)?,
                row.get::<_, String>(3)?,
                row.get::<_, Vec<u8>>(4)?,
            ))
        };
        let next = self.conn.prepare_cached(sql)?.query_row([now.0], read).optional()?;
        let Some((record, key, document, name, bytes)) = next else {
            self.sending.under_way = None;
            return Ok(None);
        };
        let bad = || StoreError::Unreadable("picture");
        let record = RecordId::try_from(record.as_slice()).map_err(|_| bad())?;
        let document = DocumentId::from_bytes(&document).map_err(|_| bad())?;
        let name = PictureName::parse(&name).ok_or_else(bad)?;
        // The first call of a picture only asks how far the server is.
        let known = self.sending.under_way.take().filter(|next| next.record == record && next.key == key);
        let held = known.and_then(|next| next.held);
        let from = held.unwrap_or(0);
        let rest = bytes.get(from as usize..).unwrap_or_default();
        let piece = if held.is_some() { &rest[..rest.len().min(PIECE_BYTES)] } else { &[] };
        let length = u32::try_from(piece.len()).map_err(|_| bad())?;
        self.sending.under_way = Some(Next { record, key, size: name.size, from, length, held: None });
        Ok(Some(Outgoing {
            server: self.account.server.clone(),
            path: SEND,
            content_type: "application/cbor",
            body: encode(&Piece { document, sha256: name.sha256, from, bytes: piece.to_vec() }),
            token: self.account.token.clone(),
            pins: self.account.pins.clone(),
        }))
    }

    /// Takes what came of a piece.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(super) fn piece_sent(&mut self, result: Result<Vec<u8>, LinkError>, now: UnixSeconds) -> Result<(), StoreError> {
        let Some(next) = self.sending.under_way.take() else { return Ok(()) };
        let verdict = result.and_then(|body| decode::<PieceVerdict>(&body).map_err(|_| LinkError::Garbage));
        match verdict {
            Ok(PieceVerdict::Whole | PieceVerdict::Gone) => {
                self.sending = Sending::default();
                self.conn.execute("delete from picture where record = ?1 and key = ?2", params![next.record.0, next.key])?;
                flush_log(&self.conn)?;
                self.say(Notice::Changed { cases: false, sessions: false, settings: false, outbox: true });
            }
            // It went on, or it was only asked.
            Ok(PieceVerdict::Held(held)) if held < next.size && (next.length == 0 || held > next.from) => {
                self.sending = Sending { under_way: Some(Next { length: 0, held: Some(held), ..next }), ..Sending::default() };
            }
            Ok(PieceVerdict::Held(_)) | Err(LinkError::Refused(CallRefusal::NotFound | CallRefusal::Malformed)) => {
                self.set_back(&next, now)?;
            }
            Err(_) => {
                self.sending.not_before = now.plus(FIRST_WAIT_S << self.sending.failures.min(7));
                self.sending.failures += 1;
            }
        }
        Ok(())
    }

    /// The server does not take a picture: it is asked again in an hour, and not for ever.
    fn set_back(&mut self, next: &Next, now: UnixSeconds) -> Result<(), StoreError> {
        let tx = self.conn.transaction()?;
        let sql = "update picture set not_before = ?3, refusals = refusals + 1 where record = ?1 and key = ?2
            returning refusals, document";
        let (refusals, document): (u32, Vec<u8>) =
            tx.query_row(sql, params![next.record.0, next.key, now.0 + SET_BACK_S], |row| Ok((row.get(0)?, row.get(1)?)))?;
        if refusals >= MOST_REFUSALS {
            tx.execute("update picture set aside = 1 where record = ?1 and key = ?2", params![next.record.0, next.key])?;
            let document = Some(DocumentId::from_bytes(&document).map_err(|_| StoreError::Unreadable("picture"))?);
            let item = SetAside {
                document,
                record: next.record,
                raw: None,
                prepared: None,
                why: NOT_TAKEN,
                what: PICTURE,
                held_there: false,
                at: now,
            };
            quarantine::add(&tx, &item)?;
        }
        tx.commit()?;
        if refusals >= MOST_REFUSALS {
            self.say(Notice::Changed { cases: false, sessions: false, settings: false, outbox: true });
        }
        Ok(())
    }

    /// A picture of this device's own, as long as it is here.
    fn picture_here(&self, query: &PictureQuery) -> Result<Option<Vec<u8>>, StoreError> {
        let sql = "select bytes from picture where record = ?1 and key = ?2";
        Ok(self.conn.query_row(sql, params![query.record.0, query.key], |row| row.get(0)).optional()?)
    }
}

impl Replica {
    pub(super) fn handle_picture(&mut self, request: PictureRequest) -> Result<Handled, Failure> {
        let open = self.opened()?.0;
        let answer = match request {
            PictureRequest::Keep { record, key, base64 } => {
                if drafts::is_sensitive(&open.conn, &open.settings, record).map_err(stored)? {
                    return Err(failure(FailureCode::NotAllowed));
                }
                let bytes = STANDARD.decode(base64).map_err(|_| failure(FailureCode::BadFile))?;
                Answer::PictureKept(keep(&open.conn, record, &key, &bytes)?.to_string())
            }
            PictureRequest::Drop { record, key } => {
                let sql = "delete from picture where record = ?1 and key = ?2 and document is null";
                open.conn.execute(sql, params![record.0, key]).map_err(|error| stored(error.into()))?;
                flush_log(&open.conn).map_err(stored)?;
                Answer::Done
            }
            PictureRequest::Show(query) => match open.picture_here(&query).map_err(stored)? {
                Some(bytes) => Answer::Picture(Some(STANDARD.encode(bytes))),
                None => return self.begin_reading(read_online::PICTURE, &query, JobKind::Picture),
            },
        };
        Ok(Handled::Answer(answer))
    }

    /// The picture goes to the page as it came, and is kept nowhere; none while the server has not got it whole.
    pub(super) fn finish_picture(&mut self, result: Result<Vec<u8>, LinkError>) -> Result<Answer, Failure> {
        self.opened()?;
        let body = result.map_err(|error| failure(error.code()))?;
        if !body.is_empty() && PictureName::of(&body).is_none() {
            return Err(failure(FailureCode::BadServer));
        }
        Ok(Answer::Picture((!body.is_empty()).then(|| STANDARD.encode(body))))
    }
}
