//! A file of unsent work, carried to the server by hand: opened with the server's own key, and taken in through the same door as a
//! push of the device that signed it. Who brings it gains nothing by it.

use super::{Server, error::WorkError, pictures::Carried, session::Session};
use crate::audit::{Audit, Deed, Witness};
use shared::{
    entropy::Entropy,
    model::{
        dates::UnixSeconds,
        ids::{DeviceId, UserId},
    },
    seal::parcel,
    sync::{
        PROTOCOL,
        messages::decode,
        sign_in::CallRefusal,
        unsent::{Unsent, UnsentTaken},
        verdict::{FrameVerdicts, Verdict},
    },
};
use std::sync::Arc;

impl Server {
    /// Takes in a file that someone with a device brings.
    ///
    /// # Errors
    /// As [`Self::import_as_operator`], and a refusal for roles that may not.
    pub fn import(
        &self,
        now: UnixSeconds,
        entropy: &mut impl Entropy,
        session: &Session,
        file: &[u8],
    ) -> Result<UnsentTaken, WorkError> {
        session.check_use("import")?;
        self.take_unsent(now, entropy, session.witness(now), file)
    }

    /// Takes in a file that the operator found on a memory card.
    ///
    /// # Errors
    /// [`CallRefusal::Malformed`] for what is no such file or was changed on the way, [`CallRefusal::BadSignature`] for batches their
    /// device did not sign for this server, [`CallRefusal::Shut`] while nobody has confirmed that device. Nothing is changed then.
    pub fn import_as_operator(
        &self,
        now: UnixSeconds,
        entropy: &mut impl Entropy,
        file: &[u8],
    ) -> Result<UnsentTaken, WorkError> {
        self.take_unsent(now, entropy, Witness::server(now), file)
    }

    fn take_unsent(
        &self,
        now: UnixSeconds,
        entropy: &mut impl Entropy,
        bringer: Witness,
        file: &[u8],
    ) -> Result<UnsentTaken, WorkError> {
        let body = parcel::unpack(file, &self.keys().unsent()).map_err(|_| CallRefusal::Malformed)?;
        let Unsent { device, requests, pictures } = decode(&body).map_err(|_| CallRefusal::Malformed)?;
        let author = self.author(device)?;
        let audience = self.keys().signing().public();
        if requests.iter().any(|request| request.protocol > PROTOCOL || request.protocol == 0) {
            return Err(CallRefusal::Upgrade.into());
        }
        if !requests.iter().all(|request| author.public_key().signed_request(request, &audience)) {
            return Err(CallRefusal::BadSignature.into());
        }
        if author.device.unconfirmed {
            return Err(CallRefusal::Shut.into());
        }
        let mut sum = UnsentTaken { user: author.user().clone(), ..UnsentTaken::default() };
        for mut request in requests {
            // Signed are the batches alone: numbers are leased by sync only, where the device is there to receive them.
            request.ref_nos_left = u16::MAX;
            let (verdicts, _) = self.push(now, entropy, &author, &Arc::new(request))?;
            count(&mut sum, &verdicts);
        }
        for picture in pictures {
            match self.take_carried(now, &author, picture)? {
                Carried::Taken => sum.taken += 1,
                Carried::Known => sum.known += 1,
                Carried::Aside => sum.aside += 1,
            }
        }
        let told = format!("{} taken, {} known, {} aside", sum.taken, sum.known, sum.aside);
        self.storage().write(move |tx| {
            Ok::<_, WorkError>(Audit::new(tx, bringer).note(Deed::UnsentBrought, &device.to_string(), &told)?)
        })?;
        Ok(sum)
    }

    /// The device that wrote the file, with what its person may do now: nothing once it is revoked or the account closed.
    fn author(&self, device: DeviceId) -> Result<Session, WorkError> {
        let in_force = self.in_force();
        self.storage().read(|tx| {
            let device = tx.device(device)?.ok_or(CallRefusal::Malformed)?;
            let user: UserId = device.user.clone();
            let closed = tx.user_by_id(&user)?.is_none_or(|user| user.disabled);
            let actor = if closed || device.revoked_at.is_some() { None } else { in_force.actor(&user) };
            Ok(Session { device, actor })
        })
    }
}

fn count(sum: &mut UnsentTaken, frames: &[FrameVerdicts]) {
    for frame in frames {
        let FrameVerdicts::Read(verdicts) = frame else {
            sum.aside += 1;
            continue;
        };
        for verdict in verdicts {
            match verdict {
                Verdict::Accepted(_) => sum.taken += 1,
                Verdict::Duplicate(_) => sum.known += 1,
                _ => sum.aside += 1,
            }
        }
    }
}
