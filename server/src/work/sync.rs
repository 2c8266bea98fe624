//! One sync call: receive ▸ gate ▸ merge ▸ project ▸ rule in one transaction, then what the device lacks.

use super::{
    Server, desk::Desk, error::WorkError, pull::Pulled, receive::Pusher, rights::Rights, session::Session, sign_in::LEASE_FULL,
};
use crate::storage::{Tx, devices::Offered};
use shared::{
    entropy::{Entropy, Seeded},
    model::{dates::UnixSeconds, ids::ChangeHash},
    sync::{
        PROTOCOL,
        frames::{FrameError, KnownDeps, Wanted, up},
        messages::{RefNoLease, SyncRequest, SyncResponse, decode, encode},
        sign_in::CallRefusal,
        verdict::{FrameVerdicts, Verdict},
    },
};
use std::sync::Arc;

/// Fewer receipt numbers than this on a device are topped up.
const LEASE_LOW: u16 = 200;
/// A complete pull is noted again after so many seconds even if it said nothing new.
const NOTE_PULL_S: i64 = 60;

impl Server {
    /// Answers one `POST /api/v1/sync`: bytes of a `SyncRequest` in, bytes of a `SyncResponse` out. Everything it
    /// acknowledges is on disk.
    ///
    /// # Errors
    /// Refusals of the whole call: malformed, bad signature, too old. What becomes of each change stands in the answer.
    pub fn sync(
        &self,
        now: UnixSeconds,
        entropy: &mut impl Entropy,
        session: &Session,
        bytes: &[u8],
    ) -> Result<Vec<u8>, WorkError> {
        let request: SyncRequest = decode(bytes).map_err(|_| CallRefusal::Malformed)?;
        if request.protocol > PROTOCOL || request.protocol == 0 {
            return Err(CallRefusal::Upgrade.into());
        }
        if !session.public_key().signed_request(&request, &self.keys().signing().public()) {
            return Err(CallRefusal::BadSignature.into());
        }
        if session.device.unconfirmed && !request.frames.is_empty() {
            return Err(CallRefusal::Shut.into());
        }
        let request = Arc::new(request);
        let session = &Session { device: self.note_road(now, session, request.road)?, actor: session.actor.clone() };
        let (pushed, ref_nos) = if request.frames.is_empty() && (request.ref_nos_left >= LEASE_LOW || !session.gets_content()) {
            (Vec::new(), None)
        } else {
            self.push(now, entropy, session, &request)?
        };
        self.note_opened(now, session, &request.opened)?;
        let Pulled { mut response, ends } = self.pull(now, session, &request)?;
        response.pushed = pushed;
        response.ref_nos = ref_nos;
        self.note_pull(now, session, &request, &response, &ends)?;
        self.note_told(now, session, &request.app, request.waiting.saturating_sub(settled(&response.pushed)))?;
        Ok(encode(&response))
    }

    pub(super) fn push(
        &self,
        now: UnixSeconds,
        entropy: &mut impl Entropy,
        session: &Session,
        request: &Arc<SyncRequest>,
    ) -> Result<(Vec<FrameVerdicts>, Option<RefNoLease>), WorkError> {
        let parsed: Vec<Result<up::Parsed, FrameError>> = request.frames.iter().map(|frame| up::parse(frame)).collect();
        let chance = Seeded::stretched(entropy);
        let (server, session, request) = (self.clone(), session.clone(), Arc::clone(request));
        let (verdicts, ref_nos, purged) = self.storage().write(move |tx| {
            let device = tx.device(session.device_id())?.ok_or(CallRefusal::TokenExpired)?;
            let mut rights = Rights::read(&device.rights);
            let mut pulled_at = device.pulled_at;
            if device.offered.mark == mark(&request) && !device.offered.rights.is_empty() && pulled_at != device.offered.at {
                rights = rights.settle(&device.offered.rights, device.offered.at);
                pulled_at = device.offered.at;
                tx.set_pulled(device.id, &rights.to_text()?, pulled_at)?;
            }
            let pusher = Pusher::new(&session, &rights, pulled_at);
            let mut desk = Desk::new(tx, &server, session.witness(now), Some(chance))?;
            let mut verdicts = Vec::with_capacity(parsed.len());
            for parsed in parsed {
                verdicts.push(match parsed.and_then(|parsed| rebuild(tx, parsed)) {
                    Ok(batch) => FrameVerdicts::Read(desk.receive(&pusher, &batch)?),
                    Err(FrameError::Unresolved) => FrameVerdicts::Unresolved,
                    Err(_) => FrameVerdicts::Malformed,
                });
            }
            desk.close()?;
            let mut ref_nos = None;
            if session.gets_content() && request.ref_nos_left < LEASE_LOW {
                let missing = LEASE_FULL - request.ref_nos_left;
                let mut chance = desk.chance.take().ok_or(WorkError::Inconsistent("chance"))?;
                ref_nos = Some(RefNoLease(server.lease(tx, session.device_id(), missing, now, &mut chance)?));
            }
            Ok::<_, WorkError>((verdicts, ref_nos, desk.purged))
        })?;
        self.purged(now, &purged)?;
        Ok((verdicts, ref_nos))
    }

    /// Notes what a complete answer to a device with an empty outbox offered: from then on, as far as it arrived, the device
    /// knows its rights.
    fn note_pull(
        &self,
        now: UnixSeconds,
        session: &Session,
        request: &SyncRequest,
        response: &SyncResponse,
        ends: &[u64],
    ) -> Result<(), WorkError> {
        let in_force = self.in_force();
        let device = session.device_id();
        if response.settings.is_some() {
            let person = in_force.settings.person(session.user()).cloned();
            self.storage().write(move |tx| {
                let known = tx.device(device)?.ok_or(CallRefusal::TokenExpired)?;
                let rights = Rights::read(&known.rights).and(person.as_ref(), now);
                Ok::<_, WorkError>(tx.set_pulled(device, &rights.to_text()?, known.pulled_at)?)
            })?;
        }
        let is_complete = !response.more && request.frames.is_empty() && response.scopes.is_none() && session.gets_content();
        if !is_complete {
            return Ok(());
        }
        let rights = in_force.settings.person(session.user()).map(serde_json::to_string).transpose();
        let rights = rights.map_err(|_| WorkError::Inconsistent("rights"))?.unwrap_or_default();
        let settings = response.settings.as_ref().map_or(request.settings, |signed| signed.version);
        let mark = mark_of(settings, request, ends);
        let old = &session.device.offered;
        if old.mark == mark && old.rights == rights && now.0 - old.at.0 < NOTE_PULL_S {
            return Ok(());
        }
        let arrived = old.mark == self::mark(request) && !old.rights.is_empty();
        let old = old.clone();
        self.storage().write(move |tx| {
            let known = tx.device(device)?.ok_or(CallRefusal::TokenExpired)?;
            if arrived && known.pulled_at != old.at {
                let rights = Rights::read(&known.rights).settle(&old.rights, old.at);
                tx.set_pulled(device, &rights.to_text()?, old.at)?;
            }
            Ok::<_, WorkError>(tx.set_offered(device, &Offered { rights, at: now, mark })?)
        })
    }
}

/// Changes that wait on their device no longer once it has this answer.
fn settled(pushed: &[FrameVerdicts]) -> u32 {
    let of = |frame: &FrameVerdicts| match frame {
        FrameVerdicts::Read(verdicts) => verdicts.iter().filter(|verdict| !matches!(verdict, Verdict::Parked(_))).count(),
        FrameVerdicts::Unresolved | FrameVerdicts::Malformed => 0,
    };
    u32::try_from(pushed.iter().map(of).sum::<usize>()).unwrap_or(u32::MAX)
}

/// What a request says of where its device stands.
fn mark(request: &SyncRequest) -> Vec<u8> {
    mark_of(request.settings, request, &request.cursors.0)
}

fn mark_of(settings: u32, request: &SyncRequest, cursors: &[u64]) -> Vec<u8> {
    use sha2::Digest;
    let mut hash = sha2::Sha256::new();
    hash.update(settings.to_be_bytes());
    hash.update(request.scopes.0);
    for cursor in cursors {
        hash.update(cursor.to_be_bytes());
    }
    hash.finalize()[..16].to_vec()
}

/// Puts a frame's changes together, looking up short dependencies among what the server holds of each document.
fn rebuild(tx: &Tx<'_>, parsed: up::Parsed) -> Result<Vec<up::Pushed>, FrameError> {
    let known = known_deps(tx, &parsed.wanted()).map_err(|_| FrameError::Unresolved)?;
    parsed.rebuild(&known)
}

fn known_deps(tx: &Tx<'_>, wanted: &Wanted) -> Result<KnownDeps, WorkError> {
    let mut known = KnownDeps::new();
    for (document, prefix) in wanted {
        let found: Vec<ChangeHash> = tx.hashes_with_prefix(*document, prefix)?;
        // A prefix that two changes share must stay unresolved.
        if let [hash] = found.as_slice() {
            known.insert((*document, *prefix), *hash);
        }
    }
    Ok(known)
}
