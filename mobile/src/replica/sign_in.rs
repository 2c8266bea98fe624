//! Sign-in, renewing an expired token, publishing settings: the requests that need the server to answer at once.

use super::{
    Handled, Job, JobKind, Replica,
    account::{self, Account},
    address::{Address, is_private},
    failure,
    link::{LinkError, Outgoing},
    lock::PIN_COST,
    open::Open,
    settings,
    storage::{StoreError, StoreKey},
    stored,
    vault::{NewSlot, stretch},
};
use crate::protocol::{Answer, Failure, FailureCode, Notice, SignInProof};
use serde::Serialize;
use shared::{
    seal::opening,
    settings::{Settings, sites::NewSite},
    sync::{
        messages::decode,
        server_pin::ServerPin,
        sign_in::{PublishSettings, SecondFactorRequest, SignInAnswer, SignInRequest},
        signing::{DeviceKey, open_settings},
    },
};
use std::rc::Rc;
use zeroize::Zeroizing;

/// Shortest accepted secrets, in characters. The page says so before it asks.
const MIN_PASSPHRASE_CHARS: usize = 8;
const MIN_PIN_CHARS: usize = 4;

const SIGN_IN: &str = "/api/v1/sign-in";
const SECOND_FACTOR: &str = "/api/v1/second-factor";
const SETTINGS: &str = "/api/v1/settings";

/// What a first sign-in keeps while the server answers.
pub(super) struct FirstSignIn {
    address: Address,
    login: String,
    secret: Zeroizing<[u8; 32]>,
    secrets: NewSecrets,
}

/// What opens this device from now on.
pub(super) struct NewSecrets {
    pub(super) passphrase: Zeroizing<String>,
    pub(super) pin: Zeroizing<String>,
}

impl std::fmt::Debug for FirstSignIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FirstSignIn")
    }
}

impl Replica {
    pub(super) fn begin_sign_in(
        &mut self,
        server: &str,
        login: String,
        mut proof: SignInProof,
        secrets: NewSecrets,
    ) -> Result<Handled, Failure> {
        if self.slot.is_some() {
            return Err(failure(FailureCode::NotAllowed));
        }
        let fields = lacks(&login, &secrets.passphrase, &secrets.pin);
        if !fields.is_empty() {
            return Err(Failure { code: FailureCode::Invalid, fields });
        }
        let mut address = self.server_for(server)?;
        proof.enrolment = proof.enrolment.or(address.code.take());
        let mut secret = Zeroizing::new([0; 32]);
        self.around.entropy.fill(secret.as_mut_slice());
        let outgoing = sign_in_call(&address, &login, proof, &DeviceKey::from_secret(&secret))?;
        let first = FirstSignIn { address, login, secret, secrets };
        Ok(Handled::Call(outgoing, Job(JobKind::SignIn(Box::new(first)))))
    }

    /// Where a password goes: what the page itself came from, which is the browser's to judge, or an address that nobody on the way
    /// can listen in on.
    pub(super) fn server_for(&self, typed: &str) -> Result<Address, Failure> {
        if let Some(origin) = &self.around.origin {
            return Ok(Address { server: origin.clone(), ..Address::default() });
        }
        let address = Address::read(typed).ok_or_else(|| failure(FailureCode::WrongKey))?;
        if is_private(&address.server) { Ok(address) } else { Err(failure(FailureCode::InsecureServer)) }
    }

    pub(super) fn finish_sign_in(&mut self, first: &FirstSignIn, result: Result<Vec<u8>, LinkError>) -> Result<Answer, Failure> {
        let answer: SignInAnswer = read(result)?;
        let key = DeviceKey::from_secret(&first.secret);
        // A server that names another device, or signs settings with another key, is not one to trust with a phone.
        let settings = open_settings(&answer.settings, &answer.server_key).map_err(|_| failure(FailureCode::BadServer))?;
        if answer.device != key.public().device_id() || settings.person(&answer.user).is_none() {
            return Err(failure(FailureCode::BadServer));
        }
        // Someone in between who is vouched for all the same, or an announcement that nobody checked.
        let others = |key: &ServerPin| !settings.server_pins.iter().any(|pin| pin.fits(key));
        if !settings.server_pins.is_empty() && self.proven.as_ref().is_some_and(others) {
            return Err(failure(FailureCode::WrongKey));
        }
        let mut open = self.make_store(first, &answer).map_err(stored)?;
        open.pin(self.proven.as_ref()).map_err(stored)?;
        let mine = self.vault.slots().map_err(stored)?.pop();
        mine.as_ref().map_or(Ok(()), |slot| self.vault.choose(slot)).map_err(stored)?;
        self.slot = mine;
        self.open = Some(open);
        self.announce();
        Ok(Answer::Status(self.status()))
    }

    /// Slot first, store second, slot declared whole last: a cut at any point leaves a device without an account.
    fn make_store(&mut self, first: &FirstSignIn, answer: &SignInAnswer) -> Result<Open, StoreError> {
        let now = self.now();
        let entropy = &mut *self.around.entropy;
        let key = StoreKey::random(entropy);
        let copy = opening::to_server(&key.to_bytes(), answer.device, answer.device_recovery, entropy);
        let copy = copy.map_err(|_| StoreError::Unreadable("recovery key"))?;
        let new = NewSlot { login: &first.login, device: answer.device, recovery: &copy };
        let slot = self.vault.add(new, &first.secrets.passphrase, &key, self.around.kdf, entropy)?;
        let mut pin_salt = [0; 16];
        entropy.fill(&mut pin_salt);
        let pin_hash = stretch(&first.secrets.pin, &pin_salt, PIN_COST)?;
        let mut conn = self.home.open_store(&slot.store, &key)?;
        let tx = conn.transaction()?;
        account::create(
            &tx,
            &account::NewAccount {
                server: &first.address.server,
                login: &first.login,
                user: &answer.user,
                device: answer.device,
                secret: &first.secret,
                token: &answer.token,
                server_key: &answer.server_key,
                pins: &first.address.pins,
                deployment_epoch: answer.epoch,
                pin_salt: &pin_salt,
                pin_hash: pin_hash.as_slice(),
                now,
                clock_ahead_s: now.0.saturating_sub(answer.server_time.0),
                unconfirmed: answer.unconfirmed,
            },
        )?;
        settings::store(&tx, &answer.settings, now)?;
        super::ref_numbers::add(&tx, &answer.ref_nos)?;
        tx.commit()?;
        self.vault.finish(&slot)?;
        Open::start(conn, &slot.store, Rc::clone(&self.marker), now, &mut *self.around.entropy)
    }

    pub(super) fn begin_second_factor(&mut self, server: &str, login: String, password: String) -> Result<Handled, Failure> {
        // A device that has an account asks for that one, at its own server.
        let (address, login) = match &self.open {
            Some(_) => {
                let account = &self.sending()?.0.account;
                (account.address(), account.login.clone())
            }
            None => (self.server_for(server)?, login),
        };
        let outgoing = json_call(&address, SECOND_FACTOR, &SecondFactorRequest { login, password })?;
        Ok(Handled::Call(outgoing, Job(JobKind::SecondFactor)))
    }

    pub(super) fn begin_renew(&mut self, proof: SignInProof) -> Result<Handled, Failure> {
        let account = &self.sending()?.0.account;
        let outgoing = sign_in_call(&account.address(), &account.login, proof, &account.key)?;
        Ok(Handled::Call(outgoing, Job(JobKind::Renew)))
    }

    pub(super) fn finish_renew(&mut self, result: Result<Vec<u8>, LinkError>) -> Result<Answer, Failure> {
        let answer: SignInAnswer = read(result)?;
        let now = self.now();
        let (open, entropy) = self.sending()?;
        // Another key or another person under this log-in: not the server this device was set up with.
        if answer.server_key != open.account.server_key || answer.user != open.account.user {
            return Err(failure(FailureCode::BadServer));
        }
        open.renewed(answer, now, entropy).map_err(stored)?;
        self.announce();
        Ok(Answer::Done)
    }

    pub(super) fn begin_publish(&mut self, new: Settings) -> Result<Handled, Failure> {
        let (open, _) = self.opened()?;
        // Pages edit settings without places and keys, which only they leave out: the snapshot keeps those in force.
        let held = open.settings();
        publish(&open.account, Settings { places: held.places.clone(), key_book: held.key_book.clone(), ..new })
    }

    /// Adds a site to the settings in force.
    pub(super) fn begin_add_site(&mut self, site: &NewSite) -> Result<Handled, Failure> {
        let (open, _) = self.opened()?;
        let mut settings = open.settings().clone();
        settings.add_site(site);
        publish(&open.account, settings)
    }

    pub(super) fn finish_publish(&mut self, result: Result<Vec<u8>, LinkError>) -> Result<Answer, Failure> {
        let body = result.map_err(|e| failure(e.code()))?;
        let signed = decode(&body).map_err(|_| failure(FailureCode::BadServer))?;
        let now = self.now();
        let (open, entropy) = self.opened()?;
        // In force here at once: a fetch begun before may still be under way, and brings what was in force then.
        open.take_published(&signed, now).map_err(stored)?;
        open.sync_soon(true, now, entropy);
        self.notices.push(Notice::Changed { cases: false, sessions: false, settings: true, outbox: false });
        Ok(Answer::Done)
    }
}

pub(super) fn finish_second_factor(result: Result<Vec<u8>, LinkError>) -> Result<Answer, Failure> {
    let body = result.map_err(|e| failure(e.code()))?;
    let set_up = shared::json::from_bytes(&body).map_err(|_| failure(FailureCode::BadServer))?;
    Ok(Answer::SecondFactor(Box::new(set_up)))
}

fn sign_in_call(address: &Address, login: &str, proof: SignInProof, key: &DeviceKey) -> Result<Outgoing, Failure> {
    let SignInProof { password, code, new_password, enrolment } = proof;
    let request = SignInRequest {
        login: login.to_owned(),
        password,
        device_key: key.public(),
        app: env!("CARGO_PKG_VERSION").to_owned(),
        code,
        new_password,
        enrolment,
    };
    json_call(address, SIGN_IN, &request)
}

pub(super) fn json_call(address: &Address, path: &'static str, body: &impl Serialize) -> Result<Outgoing, Failure> {
    let server = address.server.trim_end_matches('/').to_owned();
    let body = serde_json::to_vec(body).map_err(|_| failure(FailureCode::Internal))?;
    Ok(Outgoing { server, path, content_type: "application/json", body, token: None, pins: address.pins.clone() })
}

fn publish(account: &Account, settings: Settings) -> Result<Handled, Failure> {
    let outgoing = json_call_with_token(account, SETTINGS, &PublishSettings { based_on: settings.version, settings })?;
    Ok(Handled::Call(outgoing, Job(JobKind::Publish)))
}

/// As the person signed in; refused while their token does not hold.
pub(super) fn json_call_with_token(account: &Account, path: &'static str, body: &impl Serialize) -> Result<Outgoing, Failure> {
    let token = account.token.clone().ok_or_else(|| failure(FailureCode::TokenExpired))?;
    Ok(Outgoing { token: Some(token), ..json_call(&account.address(), path, body)? })
}

fn read(result: Result<Vec<u8>, LinkError>) -> Result<SignInAnswer, Failure> {
    let body = result.map_err(|e| failure(e.code()))?;
    shared::json::from_bytes(&body).map_err(|_| failure(FailureCode::BadServer))
}

pub(super) fn lacks(login: &str, passphrase: &str, pin: &str) -> Vec<(String, String)> {
    [
        ("login", login.trim().is_empty(), "required"),
        ("passphrase", passphrase.chars().count() < MIN_PASSPHRASE_CHARS, "too_short"),
        ("pin", pin.chars().count() < MIN_PIN_CHARS, "too_short"),
    ]
    .into_iter()
    .filter(|(_, short, _)| *short)
    .map(|(field, _, problem)| (field.to_owned(), problem.to_owned()))
    .collect()
}
