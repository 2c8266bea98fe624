//! Everything unsent as a sealed file, for a colleague's phone or a memory card; and bringing such a file to the server. Nothing leaves
//! the outbox by it: only the server's receipt, at the next sync, does that.

use super::{
    Handled, Job, JobKind, Replica, failure,
    link::{LinkError, Outgoing},
    open::Open,
    pictures, push,
    storage::StoreError,
    stored,
};
use crate::protocol::{Answer, Failure, FailureCode, MadeFile};
use base64::{Engine, engine::general_purpose::STANDARD};
use shared::{
    entropy::Entropy,
    model::dates::UnixSeconds,
    seal::parcel,
    sync::{
        messages::encode,
        sign_in::CallRefusal,
        unsent::{MAX_UNSENT_BYTES, Unsent, UnsentTaken},
    },
};

const IMPORT: &str = "/api/v1/import";
/// So many bytes of a file are filled before photos are left out; sealing adds up to a half.
const MOST_WITH_PICTURES: usize = MAX_UNSENT_BYTES / 8 * 5;
/// Bytes around one photo, at most.
const PICTURE_AROUND: usize = 64;

impl Open {
    /// The file. Its name says nothing of anyone.
    pub(super) fn save_unsent(&self, now: UnixSeconds, entropy: &mut dyn Entropy) -> Result<Answer, Failure> {
        let key = self.settings.unsent_key.ok_or_else(|| failure(FailureCode::NoUnsentKey))?;
        let mut left_out = 0;
        let requests = push::carried(self, now, entropy).map_err(stored)?;
        let mut unsent = Unsent { device: self.account.key.public().device_id(), requests, pictures: Vec::new() };
        // The words first, then as many photos as fit; the others wait for the next file.
        let mut room = MOST_WITH_PICTURES.saturating_sub(encode(&unsent).len());
        for picture in pictures::carried(&self.conn).map_err(stored)? {
            let size = picture.bytes.len() + PICTURE_AROUND;
            if size <= room {
                room -= size;
                unsent.pictures.push(picture);
            } else {
                left_out += 1;
            }
        }
        if unsent.requests.is_empty() && unsent.pictures.is_empty() {
            return Err(failure(FailureCode::NotFound));
        }
        let sealed = parcel::pack(&encode(&unsent), key, entropy).map_err(|_| stored(StoreError::Unreadable("unsent")))?;
        let mut name = [0; 4];
        entropy.fill(&mut name);
        let name = format!("sada-{:08x}.sealed", u32::from_be_bytes(name));
        Ok(Answer::UnsentFile { file: MadeFile { name, base64: STANDARD.encode(sealed) }, left_out })
    }
}

impl Replica {
    pub(super) fn begin_import(&mut self, file: &str) -> Result<Handled, Failure> {
        let account = &self.opened()?.0.account;
        let token = account.token.clone().ok_or_else(|| failure(FailureCode::TokenExpired))?;
        let body = STANDARD.decode(file).ok().filter(|body| body.len() <= MAX_UNSENT_BYTES);
        let body = body.ok_or_else(|| failure(FailureCode::BadFile))?;
        let outgoing = Outgoing {
            server: account.server.clone(),
            path: IMPORT,
            content_type: "application/octet-stream",
            body,
            token: Some(token),
            pins: account.pins.clone(),
        };
        Ok(Handled::Call(outgoing, Job(JobKind::Import)))
    }

    pub(super) fn finish_import(&mut self, result: Result<Vec<u8>, LinkError>) -> Result<Answer, Failure> {
        self.opened()?;
        let body = result.map_err(|error| {
            failure(match error {
                LinkError::Refused(CallRefusal::Malformed | CallRefusal::BadSignature) => FailureCode::BadFile,
                other => other.code(),
            })
        })?;
        let taken: UnsentTaken = shared::json::from_bytes(&body).map_err(|_| failure(FailureCode::BadServer))?;
        let UnsentTaken { user, taken, known, aside } = taken;
        Ok(Answer::Imported { user, taken, known, aside })
    }
}
