//! Signing in: password, second factor, device key, token, first receipt numbers. A token is bound to the device key and kept as a hash.

use super::{
    Server,
    enrolment::Enrolled,
    error::WorkError,
    passwords::{self, HashCost},
    rights::Rights,
    second_factor::{Proof, use_up},
    settings::InForce,
    strangers::Strangers,
};
use crate::{
    audit::{Audit, Deed, Witness},
    keys::{random_hex, token_hash},
    storage::{
        Tx,
        accounts::{NewPassword, Token, User},
        ref_numbers::RefNumber,
    },
};
use shared::{
    entropy::{Entropy, Seeded},
    model::{
        dates::UnixSeconds,
        devices::LEAST_PASSWORD_CHARS,
        ids::{DeviceId, RecordId, UserId},
    },
    receipt_no::ReceiptNo,
    settings::Settings,
    sync::{
        messages::{LeasedRefNo, SignedSettings},
        sign_in::{CallRefusal, SignInAnswer, SignInRequest},
    },
};

/// Seconds a token holds.
pub const TOKEN_SECONDS: i64 = 30 * 24 * 3600;
/// Receipt numbers a device holds when full.
pub const LEASE_FULL: u16 = 300;
/// Wrong passwords before the first wait.
const FREE_FAILURES: u32 = 5;
/// Longest wait in seconds.
const MAX_WAIT_S: i64 = 3600;

/// What a sign-in costs and asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignInRules {
    /// Of password hashes.
    pub cost: HashCost,
    /// Whether roles that [`shared::policy::needs_second_factor`] names need one.
    pub second_factor: bool,
    /// Whether a new device needs a code and someone who confirms its key.
    pub enrolment: bool,
}

impl Default for SignInRules {
    fn default() -> Self {
        Self { cost: HashCost::default(), second_factor: true, enrolment: true }
    }
}

impl SignInRules {
    /// Cheap, by password alone and from any device: for tests, the simulated world, and the demo, whose passwords are public.
    pub const SIMULATED: Self = Self { cost: HashCost::SIMULATED, second_factor: false, enrolment: false };
}

impl Server {
    /// Signs a person in on a device.
    ///
    /// # Errors
    /// [`CallRefusal::BadCredentials`], [`CallRefusal::TooManyTries`] with the seconds to wait, [`CallRefusal::Revoked`]
    /// for a closed account or a device that was revoked or is another person's; [`CallRefusal::SecondFactorNeeded`],
    /// [`CallRefusal::SecondFactorUnset`], [`CallRefusal::BadSecondFactor`] where the role needs one;
    /// [`CallRefusal::NewPasswordNeeded`] for a temporary password without a fit one in its place;
    /// [`CallRefusal::EnrolmentNeeded`] for a new device without a code that holds.
    pub fn sign_in(
        &self,
        now: UnixSeconds,
        entropy: &mut impl Entropy,
        request: &SignInRequest,
    ) -> Result<SignInAnswer, WorkError> {
        let device = request.device_key.device_id();
        let user = self.known(now, &request.login, &request.password, device)?;
        if user.temporary && !is_fit(request) {
            return Err(CallRefusal::NewPasswordNeeded.into());
        }
        // Asked for before the second factor, whose code would have run out by then.
        if self.rules.enrolment && request.enrolment.is_none() && self.storage().read(|tx| tx.device(device))?.is_none() {
            return Err(CallRefusal::EnrolmentNeeded.into());
        }
        let proof = self.proved(now, &user, request.code.as_deref(), device)?;
        self.admit(now, entropy, &user, request, &proof)
    }

    /// The second factor, where the role needs one. Wrong ones count.
    pub(super) fn proved(&self, now: UnixSeconds, user: &User, code: Option<&str>, device: DeviceId) -> Result<Proof, WorkError> {
        match self.second_factor_proof(now, user, code) {
            Err(WorkError::Refused(code @ CallRefusal::BadSecondFactor)) => {
                Err(self.turned_away(now, Some(user.id.clone()), device, code)?)
            }
            proof => proof,
        }
    }

    /// The account with this log-in and password. Wrong ones count.
    pub(super) fn known(&self, now: UnixSeconds, login: &str, password: &str, device: DeviceId) -> Result<User, WorkError> {
        let login = login.trim().to_lowercase();
        let user = self.storage().read(|tx| Ok::<_, WorkError>(tx.user_by_login(&login)?))?;
        let locked_until = user.as_ref().map_or_else(|| self.strangers().locked_until(&login), |user| user.locked_until);
        check_wait(locked_until, now)?;
        let too_long = password.len() > passwords::MAX_PASSWORD_BYTES;
        let password = if too_long { "" } else { password };
        let hash = user.as_ref().map(|user| user.password_hash.as_str());
        let fits = passwords::fits(password, hash, self.rules.cost)? && !too_long;
        match user {
            Some(user) if fits => Ok(user),
            Some(user) => Err(self.turned_away(now, Some(user.id), device, CallRefusal::BadCredentials)?),
            None => {
                let told = self.turned_away(now, None, device, CallRefusal::BadCredentials)?;
                let wait_s = self.strangers().failed(&login, now);
                Err(waits(wait_s).unwrap_or(told))
            }
        }
    }

    fn strangers(&self) -> std::sync::MutexGuard<'_, Strangers> {
        self.inner.strangers.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Counts a wrong try and answers what its author is told.
    fn turned_away(
        &self,
        now: UnixSeconds,
        user: Option<UserId>,
        device: DeviceId,
        code: CallRefusal,
    ) -> Result<WorkError, WorkError> {
        let named = user.clone().unwrap_or_default();
        let wait_s = self.storage().write(move |tx| {
            let mut wait_s = 0;
            if let Some(user) = user.as_ref().map(|id| tx.user_by_id(id)).transpose()?.flatten() {
                let failures = user.failures.saturating_add(1);
                wait_s = wait_after(failures);
                tx.set_failures(&user.id, failures, now.plus(wait_s))?;
            }
            let why = if code == CallRefusal::BadSecondFactor { "second factor" } else { "password" };
            Audit::new(tx, Witness { now, user: named, device }).note(Deed::SignInRefused, "", why)?;
            Ok::<_, WorkError>(wait_s)
        })?;
        Ok(waits(wait_s).unwrap_or_else(|| code.into()))
    }

    fn admit(
        &self,
        now: UnixSeconds,
        entropy: &mut impl Entropy,
        user: &User,
        request: &SignInRequest,
        proof: &Proof,
    ) -> Result<SignInAnswer, WorkError> {
        let in_force = self.in_force();
        if user.disabled || in_force.actor(&user.id).is_none() {
            return Err(CallRefusal::Revoked.into());
        }
        let new_password = match &request.new_password {
            Some(password) if user.temporary => Some(passwords::hash(password, self.rules.cost, entropy)?),
            _ => None,
        };
        let token = random_hex(entropy);
        let mut chance = Seeded::stretched(entropy);
        let (hash, key, device, user_id) =
            (token_hash(&token), request.device_key, request.device_key.device_id(), user.id.clone());
        let person = in_force.settings.person(&user.id).cloned();
        let (server, proof, typed) = (self.clone(), proof.clone(), request.enrolment.clone());
        let (epoch, ref_nos, unconfirmed) = self.storage().write(move |tx| {
            let user = tx.user_by_id(&user_id)?.ok_or(CallRefusal::BadCredentials)?;
            check_wait(user.locked_until, now)?;
            use_up(tx, &user, &proof)?;
            let mut audit = Audit::new(tx, Witness { now, user: user_id.clone(), device });
            match new_password {
                Some(hash) if user.temporary => {
                    tx.set_password(&user_id, NewPassword { hash: &hash, temporary: false })?;
                    audit.note(Deed::AccountChanged, user_id.as_str(), "own password")?;
                }
                // Someone was quicker with the same password, or it was made anew meanwhile.
                Some(_) => return Err(CallRefusal::BadCredentials.into()),
                None if user.temporary => return Err(CallRefusal::NewPasswordNeeded.into()),
                None => {}
            }
            let (is_new, unconfirmed) = match tx.device(device)? {
                None => {
                    let enrolled = server.enrol(tx, &user_id, typed.as_deref(), now)?;
                    tx.insert_device(device, &key.0, &user_id, now)?;
                    audit.note(Deed::DeviceEnrolled, &device.to_string(), "")?;
                    if matches!(enrolled, Enrolled::Unconfirmed) {
                        tx.set_unconfirmed(device)?;
                        (false, true)
                    } else {
                        // The settings come with the answer, so from now on the device knows what its person may do.
                        let rights = Rights::default().and(person.as_ref(), now);
                        tx.set_pulled(device, &rights.to_text()?, now)?;
                        (true, false)
                    }
                }
                Some(known) if known.revoked_at.is_none() && known.user == user_id => (false, known.unconfirmed),
                Some(_) => return Err(CallRefusal::Revoked.into()),
            };
            tx.set_failures(&user_id, 0, UnixSeconds(0))?;
            tx.delete_expired_tokens(now)?;
            tx.delete_tokens_of_device(device)?;
            tx.insert_token(&hash, &Token { device, user: user_id.clone(), expires_at: now.plus(TOKEN_SECONDS) })?;
            audit.note(Deed::SignedIn, "", proof.name())?;
            let ref_nos = if is_new { server.lease(tx, device, LEASE_FULL, now, &mut chance)? } else { Vec::new() };
            let deployment = tx.deployment()?.ok_or(WorkError::Inconsistent("no deployment"))?;
            Ok::<_, WorkError>((deployment.epoch, ref_nos, unconfirmed))
        })?;
        Ok(SignInAnswer {
            token: token.to_string(),
            token_ends_at: now.plus(TOKEN_SECONDS),
            user: user.id.clone(),
            device,
            server_key: self.keys().signing().public(),
            server_time: now,
            epoch,
            // Before its key is confirmed a device gets nothing but who it is for.
            settings: if unconfirmed { self.bare_settings(&in_force, &user.id)? } else { in_force.signed.clone() },
            ref_nos,
            unconfirmed,
            device_recovery: self.keys().device_recovery().public(),
        })
    }

    /// Settings of no version that name this person and nothing else.
    fn bare_settings(&self, in_force: &InForce, user: &UserId) -> Result<SignedSettings, WorkError> {
        let people = in_force.settings.person(user).cloned().into_iter().collect::<Vec<_>>().into();
        Ok(self.keys().signing().sign_settings(&Settings { people, ..Settings::default() })?)
    }

    /// Leases `count` fresh receipt numbers to a device.
    pub(super) fn lease(
        &self,
        tx: &Tx<'_>,
        device: DeviceId,
        count: u16,
        now: UnixSeconds,
        chance: &mut impl Entropy,
    ) -> Result<Vec<LeasedRefNo>, WorkError> {
        let mut leased = Vec::with_capacity(usize::from(count));
        // 90 million numbers: draws that are taken are rare, but a bound keeps a full table from looping for ever.
        for _ in 0..u32::from(count) * 20 {
            if leased.len() == usize::from(count) {
                break;
            }
            let ref_no = ReceiptNo::random(chance);
            let pin = u16::try_from(chance.below(10_000)).unwrap_or_default();
            let number = ref_no.as_str()[..8].parse().map_err(|_| WorkError::Inconsistent("receipt number"))?;
            let pin_hash = self.keys().pin_hash(ref_no.as_str(), pin);
            if tx.insert_ref_number(ref_no.as_str(), &pin_hash, RefNumber { device, record: None::<RecordId> }, now)? {
                leased.push(LeasedRefNo { number, pin });
            }
        }
        Ok(leased)
    }
}

/// The whole receipt number of a leased one.
pub(super) fn full_ref_no(number: u32) -> String {
    ReceiptNo::with_check_digit(number).as_str().to_owned()
}

/// Whether a request brings a password to replace a temporary one.
fn is_fit(request: &SignInRequest) -> bool {
    request.new_password.as_ref().is_some_and(|new| {
        new.chars().count() >= LEAST_PASSWORD_CHARS && new.len() <= passwords::MAX_PASSWORD_BYTES && *new != request.password
    })
}

fn check_wait(until: UnixSeconds, now: UnixSeconds) -> Result<(), WorkError> {
    waits(until.0 - now.0).map_or(Ok(()), Err)
}

/// What is told while there are so many seconds to wait.
fn waits(seconds: i64) -> Option<WorkError> {
    let retry_after_s = u32::try_from(seconds).ok().filter(|seconds| *seconds > 0)?;
    Some(WorkError::RefusedFor { code: CallRefusal::TooManyTries, retry_after_s })
}

/// Seconds to wait after so many wrong passwords in a row: none at first, then 30, 60, 120 … up to an hour.
pub(super) fn wait_after(failures: u32) -> i64 {
    if failures < FREE_FAILURES { 0 } else { (30_i64 << (failures - FREE_FAILURES).min(10)).min(MAX_WAIT_S) }
}
