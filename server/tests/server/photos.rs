//! Photos of paper forms, from the phone that takes one to whoever may see it: sent in pieces over a bad link, held only with the
//! contact document that names them, gone with it.

use crate::{
    carried::{bring, save},
    harness::{Deployment, Folder, Phone, call, complaint, database_bytes, raised_to, settings},
    sealed_phones::{begun, card, phone_with_key},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use mobile::{
    protocol::{Answer, Draft, DraftKind, FailureCode, PictureRequest, Request},
    replica::link::LinkError,
};
use server::work::{Server, session::Session};
use shared::{
    entropy::Seeded,
    model::{
        ids::{PictureHash, RecordId},
        record::{DocKind, DocumentId},
        role::Role,
    },
    picture::{PIECE_BYTES, PictureName, PictureQuery, Piece, PieceVerdict},
    sync::{messages::encode, sign_in::CallRefusal},
};
use std::path::Path;

/// A word that stands in the picture's bytes.
const CANARY: &[u8] = b"cnyphotoofthepaper";

/// A JPEG of about so many bytes.
pub fn jpeg(bytes: usize) -> Vec<u8> {
    let mut jpeg = vec![0xff, 0xd8, 0xff, 0xc0, 0, 8, 8, 0, 9, 0, 9, 1, 0xff, 0xda, 0, 2];
    jpeg.extend(CANARY);
    jpeg.extend((0..bytes).map(|n| u8::try_from(n % 251).unwrap()));
    jpeg.extend([0xff, 0xd9]);
    jpeg
}

fn holds_canary(bytes: &[u8]) -> bool {
    bytes.windows(CANARY.len()).any(|window| window == CANARY)
}

/// Takes a picture and saves the form with it.
pub fn record_with_photo(at: &mut Deployment, phone: &mut Phone, bytes: &[u8]) -> RecordId {
    let record = RecordId::random(&mut at.chance);
    let keep = PictureRequest::Keep { record, key: "photo.1".into(), base64: STANDARD.encode(bytes) };
    let Answer::PictureKept(name) = phone.ask(at, Request::Picture(keep)) else { panic!("not kept") };
    let mut facts = complaint(at);
    facts.insert("contact.photo.1".into(), name.as_str().into());
    phone.act(at, shared::intent::Intent::RecordComplaint { record, facts }).unwrap();
    record
}

fn query(record: RecordId) -> PictureQuery {
    PictureQuery { record, key: "photo.1".into() }
}

pub fn show(at: &mut Deployment, phone: &mut Phone, record: RecordId) -> Answer {
    phone.ask(at, Request::Picture(PictureRequest::Show(query(record))))
}

pub fn shown(bytes: &[u8]) -> Answer {
    Answer::Picture(Some(STANDARD.encode(bytes)))
}

fn code(answer: Answer) -> FailureCode {
    if let Answer::Failed(failure) = answer { failure.code } else { panic!("{answer:?}") }
}

pub fn waiting(at: &mut Deployment, phone: &mut Phone) -> (u32, u32) {
    let Answer::Waiting(waiting) = phone.ask(at, Request::Waiting) else { panic!("no answer") };
    (waiting.changes, waiting.pictures)
}

fn session(at: &Deployment, phone: &mut Phone) -> Session {
    let token = phone.next_call(at).and_then(|outgoing| outgoing.token).unwrap();
    phone.replica.sync_finish(Err(LinkError::Offline));
    at.server.authenticate(at.now, &token).unwrap()
}

/// Sends and fetches; the exchange number `cut` gets through, and its answer does not come.
fn sync_cut_at(at: &mut Deployment, phone: &mut Phone, cut: usize) -> usize {
    phone.replica.handle(Request::SyncNow);
    for number in 0.. {
        let Some(outgoing) = phone.replica.sync_begin() else { return number };
        let result = call(at, &outgoing);
        phone.replica.sync_finish(if number == cut { Err(LinkError::Cut) } else { result });
    }
    0
}

#[test]
fn a_photo_goes_up_after_its_case_and_is_shown_to_whoever_may_know_who_spoke_and_noted() {
    let mut at = Deployment::new(true);
    let (mut receiver, mut officer, mut focal) = (at.phone(Role::Receiver), at.phone(Role::Ao), at.phone(Role::PmFocal));
    let picture = jpeg(3 * PIECE_BYTES);
    let record = record_with_photo(&mut at, &mut receiver, &picture);
    assert_eq!(show(&mut at, &mut receiver, record), shown(&picture), "here until it is sent");
    assert!(holds_canary(&receiver.pages(&at)) && !holds_canary(&database_bytes(&receiver.folder.0)));
    assert_eq!(waiting(&mut at, &mut receiver).1, 1);

    receiver.sync(&mut at);
    assert_eq!(waiting(&mut at, &mut receiver), (0, 0));
    assert!(!holds_canary(&receiver.pages(&at)), "sent and gone");
    assert_eq!(code(show(&mut at, &mut receiver, record)), FailureCode::NotAllowed);

    officer.sync(&mut at);
    assert_eq!(show(&mut at, &mut officer, record), shown(&picture));
    assert!(!holds_canary(&officer.pages(&at)), "looked at, not kept");
    assert_eq!(code(show(&mut at, &mut focal, record)), FailureCode::NotFound);
    let lines = at.server.last_audit_lines(50).unwrap();
    assert_eq!(lines.iter().filter(|line| line.detail == "identity picture" && line.object == record.to_string()).count(), 1);
    at.reopen();
    assert!(!holds_canary(&database_bytes(&at.folder.0)), "readable on the server's disk");
}

#[test]
fn a_photo_cut_at_any_exchange_goes_on_from_where_the_server_is() {
    let mut at = Deployment::new(false);
    let mut officer = at.phone(Role::Ao);
    let picture = jpeg(3 * PIECE_BYTES);
    for cut in 0..8 {
        let mut receiver = at.phone(Role::Receiver);
        let record = record_with_photo(&mut at, &mut receiver, &picture);
        sync_cut_at(&mut at, &mut receiver, cut);
        receiver.restart(&mut at);
        receiver.ask(&mut at, Request::Unlock { passphrase: crate::harness::PASSPHRASE.into() });
        at.now = at.now.plus(3_600);
        let calls = receiver.sync(&mut at);
        assert!(calls <= 8, "{calls} calls after a cut at {cut}");
        assert_eq!(waiting(&mut at, &mut receiver), (0, 0), "cut at {cut}");
        officer.sync(&mut at);
        assert_eq!(show(&mut at, &mut officer, record), shown(&picture), "cut at {cut}");
    }
}

#[test]
fn only_what_an_accepted_document_names_is_taken_and_only_from_whom_it_concerns() {
    let mut at = Deployment::new(false);
    let (mut receiver, mut officer, mut focal) = (at.phone(Role::Receiver), at.phone(Role::Ao), at.phone(Role::PmFocal));
    let picture = jpeg(100);
    let mut facts = complaint(&at);
    let name = PictureName::of(&picture).unwrap();
    facts.insert("contact.photo.1".into(), name.to_string().as_str().into());
    let record = receiver.record(&mut at, facts).record;
    receiver.sync(&mut at);
    officer.sync(&mut at);
    assert_eq!(show(&mut at, &mut officer, record), Answer::Picture(None), "named, and not there yet");
    let document = DocumentId::first(record, DocKind::Contact);
    let piece = |bytes: &[u8]| Piece { document, sha256: name.sha256, from: 0, bytes: bytes.to_vec() };
    let author = session(&at, &mut receiver);
    let send = |at: &Deployment, session: &Session, piece: &Piece| {
        at.server.take_piece(at.now, session, &encode(piece)).map_err(|error| error.told().code)
    };
    let mut other = picture.clone();
    other[20] ^= 1;
    assert_eq!(send(&at, &author, &piece(&other)), Ok(PieceVerdict::Held(0)), "another hash");
    let unnamed = Piece { sha256: PictureHash([7; 32]), ..piece(&picture) };
    assert_eq!(send(&at, &author, &unnamed), Ok(PieceVerdict::Gone));
    let elsewhere = Piece { document: DocumentId::first(RecordId([9; 16]), DocKind::Contact), ..piece(&picture) };
    assert_eq!(send(&at, &author, &elsewhere), Err(CallRefusal::NotFound));
    assert_eq!(send(&at, &author, &piece(&vec![0; PIECE_BYTES + 1])), Err(CallRefusal::Malformed));
    let case = Piece { document: DocumentId::first(record, DocKind::Case), ..piece(&picture) };
    assert_eq!(send(&at, &author, &case), Err(CallRefusal::Malformed));
    let stranger = session(&at, &mut focal);
    assert_eq!(send(&at, &stranger, &piece(&picture)), Err(CallRefusal::NotFound));
    let beyond = Piece { from: 5, ..piece(&picture) };
    assert_eq!(send(&at, &author, &beyond), Ok(PieceVerdict::Held(0)));
    assert_eq!(send(&at, &author, &piece(&picture)), Ok(PieceVerdict::Whole));
    assert_eq!(send(&at, &author, &piece(&other)), Ok(PieceVerdict::Whole), "again, and nothing changes");
    assert_eq!(show(&mut at, &mut officer, record), shown(&picture));
}

#[test]
fn a_raise_takes_the_photo_with_it_from_the_server_and_from_the_phone_that_still_had_it() {
    let mut at = Deployment::new(false);
    let begun = begun(&at, &[Role::PseaFp, Role::HqIu, Role::AmeMgr, Role::Cd]);
    let mut focal = phone_with_key(&mut at, Role::PseaFp, &card(&begun, Role::PseaFp));
    let (mut receiver, mut officer) = (at.phone(Role::Receiver), at.phone(Role::Ao));
    let picture = jpeg(2 * PIECE_BYTES);
    let sent = record_with_photo(&mut at, &mut receiver, &picture);
    receiver.sync(&mut at);
    let unsent = record_with_photo(&mut at, &mut receiver, &picture);
    // The documents arrive, the picture does not.
    let outgoing = receiver.next_call(&at).unwrap();
    let result = call(&mut at, &outgoing);
    receiver.replica.sync_finish(result);
    focal.sync(&mut at);
    officer.sync(&mut at);
    for record in [sent, unsent] {
        officer.step(&mut at, record, raised_to("ser.sea")).unwrap();
    }
    officer.sync(&mut at);
    for record in [sent, unsent] {
        assert_eq!(code(show(&mut at, &mut officer, record)), FailureCode::NotFound);
    }
    assert_eq!(waiting(&mut at, &mut receiver).1, 1);
    receiver.sync(&mut at);
    assert_eq!(waiting(&mut at, &mut receiver), (0, 0));
    assert!(!holds_canary(&receiver.pages(&at)));
    at.reopen();
    assert!(!holds_canary(&database_bytes(&at.folder.0)), "on the server's disk");
}

#[test]
fn a_form_that_may_be_sensitive_has_no_photo_and_loses_the_one_it_had() {
    let mut at = Deployment::new(false);
    let mut receiver = at.phone(Role::Receiver);
    let record = RecordId::random(&mut at.chance);
    let keep = || {
        let base64 = STANDARD.encode(jpeg(100));
        Request::Picture(PictureRequest::Keep { record, key: "photo.1".into(), base64 })
    };
    let Answer::PictureKept(name) = receiver.ask(&mut at, keep()) else { panic!("not kept") };
    let mut facts = complaint(&at);
    facts.insert("contact.photo.1".into(), name.as_str().into());
    facts.insert("reg.may_be_sensitive".into(), true.into());
    let draft = Draft { record, kind: DraftKind::Complaint, facts, counts: Default::default(), step: 1, saved_at: at.now };
    receiver.ask(&mut at, Request::SaveDraft(draft));
    assert!(!holds_canary(&receiver.pages(&at)));
    assert_eq!(code(receiver.ask(&mut at, keep())), FailureCode::NotAllowed);
    let bad = PictureRequest::Keep { record: RecordId([8; 16]), key: "photo.1".into(), base64: STANDARD.encode("<svg/>") };
    assert_eq!(code(receiver.ask(&mut at, Request::Picture(bad))), FailureCode::BadFile);
}

#[test]
fn a_phone_prepared_for_the_road_still_sends_its_photo() {
    let mut at = Deployment::new(false);
    let (mut receiver, mut officer) = (at.phone(Role::Receiver), at.phone(Role::Ao));
    let picture = jpeg(100);
    let record = record_with_photo(&mut at, &mut receiver, &picture);
    receiver.ask(&mut at, Request::PrepareForRoad);
    assert_eq!(code(show(&mut at, &mut receiver, record)), FailureCode::Shut);
    receiver.sync(&mut at);
    officer.sync(&mut at);
    assert_eq!(show(&mut at, &mut officer, record), shown(&picture));
}

#[test]
fn a_photo_whose_case_went_up_before_the_network_failed_is_carried_alone() {
    let mut at = Deployment::new(false);
    let (mut receiver, mut officer) = (at.phone(Role::Receiver), at.phone(Role::Ao));
    let picture = jpeg(3 * PIECE_BYTES);
    let record = record_with_photo(&mut at, &mut receiver, &picture);
    receiver.replica.handle(Request::SyncNow);
    while let Some(outgoing) = receiver.replica.sync_begin() {
        let is_photo = outgoing.path.contains("picture");
        let result = if is_photo { Err(LinkError::Cut) } else { call(&mut at, &outgoing) };
        receiver.replica.sync_finish(result);
    }
    assert_eq!(waiting(&mut at, &mut receiver), (1, 1), "the photo and nothing else");
    let file = save(&mut at, &mut receiver);
    let brought = at.server.import_as_operator(at.now, &mut Seeded::new(3), &file).unwrap();
    assert_eq!((brought.taken, brought.known, brought.aside), (1, 0, 0));
    officer.sync(&mut at);
    assert_eq!(show(&mut at, &mut officer, record), shown(&picture));
}

#[test]
fn a_photo_is_there_after_a_backup_and_a_restore() {
    let mut at = Deployment::new(true);
    let (mut receiver, mut officer) = (at.phone(Role::Receiver), at.phone(Role::Ao));
    let picture = jpeg(2 * PIECE_BYTES);
    let record = record_with_photo(&mut at, &mut receiver, &picture);
    receiver.sync(&mut at);
    let elsewhere = Folder::new();
    let backup = elsewhere.0.join("backup.db");
    at.server.backup(at.now, &backup).unwrap();
    assert!(!holds_canary(&std::fs::read(&backup).unwrap()), "readable in a backup of an encrypted deployment");
    set_back(&mut at, &backup);
    officer.sync(&mut at);
    assert_eq!(show(&mut at, &mut officer, record), shown(&picture));
}

/// The deployment as its backup has it.
fn set_back(at: &mut Deployment, backup: &Path) {
    let aside = Folder::new();
    let stand_in = Server::init(&aside.0, false, at.now, &mut at.chance, settings()).unwrap();
    drop(std::mem::replace(&mut at.server, stand_in));
    at.server = Server::restore(&at.folder.0, backup, at.now).unwrap();
}

#[test]
fn a_backup_does_not_bring_back_the_photo_of_a_contact_that_was_purged() {
    let mut at = Deployment::new(false);
    let mut receiver = at.phone(Role::Receiver);
    let record = record_with_photo(&mut at, &mut receiver, &jpeg(100));
    receiver.sync(&mut at);
    let elsewhere = Folder::new();
    let backup = elsewhere.0.join("backup.db");
    at.server.backup(at.now, &backup).unwrap();
    assert!(holds_canary(&std::fs::read(&backup).unwrap()));
    at.server.purge(at.now, DocumentId::first(record, DocKind::Contact), "retention").unwrap();
    at.reopen();
    assert!(!holds_canary(&database_bytes(&at.folder.0)), "purged and still there");
    set_back(&mut at, &backup);
    at.reopen();
    assert!(!holds_canary(&database_bytes(&at.folder.0)), "back with the backup");
    let mut officer = at.phone(Role::Ao);
    officer.sync(&mut at);
    assert_eq!(code(show(&mut at, &mut officer, record)), FailureCode::NotFound);
}

#[test]
fn a_colleague_brings_the_photo_with_the_words_and_once() {
    let mut at = Deployment::new(false);
    let (mut receiver, mut officer) = (at.phone(Role::Receiver), at.phone(Role::Ao));
    receiver.sync(&mut at);
    let picture = jpeg(3 * PIECE_BYTES);
    let record = record_with_photo(&mut at, &mut receiver, &picture);
    let (all, _) = waiting(&mut at, &mut receiver);
    let file = save(&mut at, &mut receiver);
    assert!(!holds_canary(&file), "sealed");
    assert_eq!(bring(&mut at, &mut officer, &file), Ok((all, 0, 0)));
    assert_eq!(bring(&mut at, &mut officer, &file), Ok((0, all, 0)));
    officer.sync(&mut at);
    assert_eq!(show(&mut at, &mut officer, record), shown(&picture));
    receiver.sync(&mut at);
    assert_eq!(waiting(&mut at, &mut receiver), (0, 0));
}

#[test]
fn a_photo_brought_for_a_revoked_device_is_kept_aside_with_its_words_and_shown_to_nobody() {
    let mut at = Deployment::new(false);
    let (mut receiver, mut officer) = (at.phone(Role::Receiver), at.phone(Role::Ao));
    receiver.sync(&mut at);
    let record = record_with_photo(&mut at, &mut receiver, &jpeg(100));
    let (all, _) = waiting(&mut at, &mut receiver);
    let file = save(&mut at, &mut receiver);
    at.server.close_account(at.now, Role::Receiver.id()).unwrap();
    assert_eq!(bring(&mut at, &mut officer, &file), Ok((0, 0, all)));
    officer.sync(&mut at);
    assert_eq!(code(show(&mut at, &mut officer, record)), FailureCode::NotFound);
    let contact = DocumentId::first(record, DocKind::Contact);
    let aside = at.server.storage().read(|tx| tx.quarantined_of(contact)).unwrap();
    assert!(aside.iter().any(|raw| holds_canary(raw)), "not lost");
    at.server.purge(at.now, contact, "retention").unwrap();
    at.reopen();
    assert!(!holds_canary(&database_bytes(&at.folder.0)), "gone with its contact");
}
