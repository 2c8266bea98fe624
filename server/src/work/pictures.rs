//! Photos of paper forms: pieces in, the whole picture out. A picture is taken only if a document that was accepted names it, and shown
//! to whoever may read that document. Knows no HTTP.

use super::{
    Server,
    aside::MOST_QUARANTINED,
    cases::may_read,
    desk::{self, Doc, Record},
    error::WorkError,
    session::Session,
};
use crate::storage::{Tx, set_aside::SetAside};
use shared::{
    document::content::Fact,
    model::{
        dates::UnixSeconds,
        ids::ChangeHash,
        record::{DocKind, DocumentId},
    },
    picture::{PICTURE_KEYS, PIECE_BYTES, PictureName, PictureQuery, Piece, PieceVerdict},
    policy::Actor,
    settings::Settings,
    sync::{messages::decode, opened::Shown, sign_in::CallRefusal, unsent::CarriedPicture},
};

/// Why a photo stands in quarantine.
const ASIDE: &str = "picture";

impl Server {
    /// Takes a piece. One that does not begin where the server stands changes nothing: the answer says where to go on.
    ///
    /// # Errors
    /// [`CallRefusal::NotFound`] for a document that is not here, or not this person's to send for; [`CallRefusal::Malformed`] for
    /// what is no piece.
    pub fn take_piece(&self, now: UnixSeconds, session: &Session, body: &[u8]) -> Result<PieceVerdict, WorkError> {
        let actor = session.check_use("picture_send")?.clone();
        let piece: Piece = decode(body).map_err(|_| CallRefusal::Malformed)?;
        if piece.bytes.len() > PIECE_BYTES || piece.document.kind != DocKind::Contact {
            return Err(CallRefusal::Malformed.into());
        }
        let in_force = self.in_force();
        self.storage().write(move |tx| {
            let Piece { document, sha256, from, bytes } = piece;
            let record = desk::load(tx, document.record)?;
            let Some(doc) = record.docs.get(&document) else {
                // Its ids are this device's own: that it went tells it nothing new.
                return if tx.is_purged(document)? { Ok(PieceVerdict::Gone) } else { Err(CallRefusal::NotFound.into()) };
            };
            if !may_send(&record, doc, &in_force.settings, &actor) {
                return Err(CallRefusal::NotFound.into());
            }
            let Some(name) = names(doc).into_iter().find(|name| name.sha256 == sha256) else { return Ok(PieceVerdict::Gone) };
            let (mut held, whole) = tx.picture(document, &sha256)?.unwrap_or_default();
            if whole {
                return Ok(PieceVerdict::Whole);
            }
            if from as usize != held.len() || bytes.is_empty() {
                return Ok(PieceVerdict::Held(count(&held)));
            }
            held.extend(bytes);
            let whole = held.len() >= name.size as usize;
            if whole && PictureName::of(&held) != Some(name) {
                // Not what was named: from the beginning.
                held.clear();
            }
            let whole = whole && !held.is_empty();
            tx.set_picture(document, &sha256, &held, whole, now)?;
            Ok(if whole { PieceVerdict::Whole } else { PieceVerdict::Held(count(&held)) })
        })
    }

    /// Takes a photo out of a file of unsent work that this device wrote. One whose change was refused is kept aside with it.
    pub(super) fn take_carried(&self, now: UnixSeconds, author: &Session, picture: CarriedPicture) -> Result<Carried, WorkError> {
        let CarriedPicture { document, bytes } = picture;
        let Some(name) = PictureName::of(&bytes).filter(|_| document.kind == DocKind::Contact) else { return Ok(Carried::Aside) };
        let (in_force, author) = (self.in_force(), author.clone());
        self.storage().write(move |tx| keep_carried(tx, &in_force.settings, &author, document, name, bytes, now))
    }

    /// A picture, for whoever may know who spoke; nothing while it is not here whole. Noted as a read.
    ///
    /// # Errors
    /// [`CallRefusal::NotFound`] alike for pictures that don't exist and for those the caller may not know of.
    pub fn picture(&self, now: UnixSeconds, session: &Session, query: &PictureQuery) -> Result<Vec<u8>, WorkError> {
        let actor = session.check_use("picture")?;
        let in_force = self.in_force();
        let read = self.storage().read(|tx| {
            let record = desk::load(tx, query.record)?;
            let life = record.case_life(&in_force.settings).ok_or(CallRefusal::NotFound)?;
            if !may_read(&in_force.settings, actor, &life.standing, DocKind::Contact) {
                return Err(WorkError::from(CallRefusal::NotFound));
            }
            let doc = record.part(DocKind::Contact).ok_or(CallRefusal::NotFound)?;
            let name = PICTURE_KEYS.contains(&query.key.as_str()).then(|| name_at(doc, &query.key)).flatten();
            let name = name.ok_or(CallRefusal::NotFound)?;
            let held = tx.picture(doc.id, &name.sha256)?.filter(|(_, whole)| *whole);
            Ok((life.state.level.number(), held.map(|(bytes, _)| bytes).unwrap_or_default()))
        });
        let (level, bytes) = self.noted(now, session, query.record, read)?;
        if let Some(shown) = Shown::of(level, true).filter(|_| !bytes.is_empty()) {
            self.note_read(now, session, &query.record.to_string(), &format!("{} picture", shown.id()))?;
        }
        Ok(bytes)
    }
}

/// Keeps a photo where it belongs: with the document that names it, or aside with the change that names it and was refused.
fn keep_carried(
    tx: &Tx<'_>,
    settings: &Settings,
    author: &Session,
    document: DocumentId,
    name: PictureName,
    bytes: Vec<u8>,
    now: UnixSeconds,
) -> Result<Carried, WorkError> {
    let record = desk::load(tx, document.record)?;
    let doc = record.docs.get(&document).filter(|doc| names(doc).contains(&name));
    let sends = |doc| author.actor.as_ref().is_some_and(|actor| may_send(&record, doc, settings, actor));
    if doc.is_some_and(sends) {
        if tx.picture(document, &name.sha256)?.is_some_and(|(_, whole)| whole) {
            return Ok(Carried::Known);
        }
        tx.set_picture(document, &name.sha256, &bytes, true, now)?;
        return Ok(Carried::Taken);
    }
    let device = author.device_id();
    let is_named = doc.is_some() || is_named_aside(tx, document, &name)?;
    if is_named && tx.count_quarantined_of(device)? < MOST_QUARANTINED {
        let user = author.user().clone();
        let hash = ChangeHash(name.sha256.0);
        tx.quarantine(&SetAside { document, hash, raw: bytes, device, user, why: ASIDE.into(), at: now })?;
    }
    Ok(Carried::Aside)
}

/// A device is let in again: photos that stood aside with what it had sent go where that went.
pub(super) fn take_in_late(tx: &Tx<'_>, settings: &Settings, author: &Session, now: UnixSeconds) -> Result<(), WorkError> {
    for (document, _, bytes) in tx.take_quarantined(author.device_id(), ASIDE)? {
        if let Some(name) = PictureName::of(&bytes) {
            keep_carried(tx, settings, author, document, name, bytes, now)?;
        }
    }
    Ok(())
}

/// What became of a photo out of a file.
pub(super) enum Carried {
    /// It is here now.
    Taken,
    /// It was here.
    Known,
    /// Kept with the change that names it and was refused; or not at all, and its device still has it.
    Aside,
}

/// Whether this person wrote the document or may read it.
fn may_send(record: &Record, doc: &Doc, settings: &Settings, actor: &Actor) -> bool {
    let wrote = doc.receipts.values().any(|receipt| receipt.user == actor.user);
    record.case_life(settings).is_some_and(|life| wrote || may_read(settings, actor, &life.standing, DocKind::Contact))
}

/// Whether a change of the document that was refused names the picture: texts stand in a change as they are.
fn is_named_aside(tx: &Tx<'_>, document: DocumentId, name: &PictureName) -> Result<bool, WorkError> {
    let name = name.to_string();
    let refused = tx.quarantined_of(document)?;
    Ok(refused.iter().any(|raw| raw.windows(name.len()).any(|window| window == name.as_bytes())))
}

/// Every picture the document names, those of a conflict too.
fn names(doc: &Doc) -> Vec<PictureName> {
    let content = doc.document.content();
    let facts = PICTURE_KEYS.iter().filter_map(|key| content.facts.get(*key)).flatten();
    facts.filter_map(|value| value.fact.as_text().and_then(PictureName::parse)).collect()
}

/// The picture that stands under a key.
fn name_at(doc: &Doc, key: &str) -> Option<PictureName> {
    let content = doc.document.content();
    content.facts.get(key)?.first().map(|value| &value.fact).and_then(Fact::as_text).and_then(PictureName::parse)
}

fn count(held: &[u8]) -> u32 {
    u32::try_from(held.len()).unwrap_or(u32::MAX)
}
