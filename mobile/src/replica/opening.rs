//! Opening a device whose passphrase is gone, with an administrator who sees it: the server opens the copy of the database key that
//! was sealed to it at the first sign-in, and seals it to a one-time key of this device. What was unsent is there as before.

use super::{
    Handled, Job, JobKind, Replica, account, failure,
    link::LinkError,
    lock::PIN_COST,
    sign_in::{NewSecrets, json_call, lacks},
    storage::StoreKey,
    stored,
    vault::stretch,
};
use crate::protocol::{Answer, Failure, FailureCode, SignInProof};
use shared::{
    seal::{SecretKey, opening},
    sync::opening::{OpeningAnswer, OpeningRequest},
};

const OPENING: &str = "/api/v1/devices/opening";

/// What asking keeps while the server answers.
pub(super) struct Opening {
    secrets: NewSecrets,
}

impl std::fmt::Debug for Opening {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Opening")
    }
}

impl Replica {
    /// Asks the server to open this device, or comes for the key once an administrator has said yes.
    pub(super) fn begin_opening(&mut self, server: &str, proof: SignInProof, secrets: NewSecrets) -> Result<Handled, Failure> {
        let slot = self.slot.clone().filter(|_| self.open.is_none()).ok_or_else(|| failure(FailureCode::NotAllowed))?;
        let fields = lacks(&slot.login, &secrets.passphrase, &secrets.pin);
        if !fields.is_empty() {
            return Err(Failure { code: FailureCode::Invalid, fields });
        }
        let envelope = self.vault.recovery_wrap(&slot).map_err(stored)?.ok_or_else(|| failure(FailureCode::NotFound))?;
        let address = self.server_for(server)?;
        let entropy = &mut *self.around.entropy;
        // The same until the app ends: the digits on the screen stand for it.
        let one_time = self.one_time.get_or_insert_with(|| SecretKey::generate(entropy)).public();
        let SignInProof { password, code, .. } = proof;
        let request = OpeningRequest { login: slot.login, password, code, device: slot.device, one_time, envelope };
        let outgoing = json_call(&address, OPENING, &request)?;
        Ok(Handled::Call(outgoing, Job(JobKind::Opening(Box::new(Opening { secrets })))))
    }

    /// Takes the key and sets what opens this device from now on; or answers the digits to compare.
    pub(super) fn finish_opening(&mut self, asked: &Opening, result: Result<Vec<u8>, LinkError>) -> Result<Answer, Failure> {
        let body = result.map_err(|error| failure(error.code()))?;
        let bad = || failure(FailureCode::BadServer);
        let answer: OpeningAnswer = shared::json::from_bytes(&body).map_err(|_| bad())?;
        let (Some(slot), Some(one_time)) = (self.slot.clone(), &self.one_time) else {
            return Err(failure(FailureCode::NotAllowed));
        };
        let Some(sealed) = answer.key else {
            return Ok(Answer::OpeningCode(opening::code(slot.device, one_time.public())));
        };
        let plain = opening::at_device(&sealed, slot.device, one_time).map_err(|_| bad())?;
        let key = StoreKey::from_bytes(&plain).ok_or_else(bad)?;
        let entropy = &mut *self.around.entropy;
        let mut salt = [0; 16];
        entropy.fill(&mut salt);
        let hash = stretch(&asked.secrets.pin, &salt, PIN_COST).map_err(stored)?;
        // The store first: only a key that opens it is worth a wrap.
        let conn = self.home.open_store(&slot.store, &key).map_err(|_| bad())?;
        account::set_pin(&conn, &salt, hash.as_slice()).map_err(stored)?;
        self.vault.rewrap(&slot, &asked.secrets.passphrase, &key, self.around.kdf, entropy).map_err(stored)?;
        self.one_time = None;
        let now = self.now();
        self.start(conn, &slot.store, now).map_err(stored)?;
        self.announce();
        Ok(Answer::Status(self.status()))
    }
}
