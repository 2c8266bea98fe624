//! Second factors: time-based codes (RFC 6238) and recovery codes. Decides whether a code proves who signs in; each code is good
//! once. Knows no HTTP.

use super::{Server, error::WorkError};
use crate::{
    audit::{Audit, Deed, Witness},
    storage::{Tx, accounts::User},
};
use shared::{
    arabic::digits_to_latin,
    entropy::Entropy,
    model::{dates::UnixSeconds, ids::DeviceId, second_factor::SecondFactorSetUp},
    policy,
    qr::picture,
    sync::sign_in::{CallRefusal, SecondFactorRequest},
};
use totp_rs::{Builder, Totp};
use zeroize::Zeroizing;

/// Recovery codes given at a set-up.
const RECOVERY_CODES: usize = 8;
/// Characters of a recovery code: 50 bits, written in two groups.
const CODE_CHARS: usize = 10;
/// No I, L, O, U: nobody mistakes one for a digit or finds a word.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// What a right code uses up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Proof {
    /// Nothing was asked for.
    NotNeeded,
    /// A code of the authenticator, of this time step.
    Step(u64),
    /// As [`Self::Step`], of a secret that it confirms.
    Confirming(u64),
    /// A recovery code, by its hash.
    Recovery([u8; 32]),
}

impl Proof {
    /// As the audit log names it.
    pub(super) const fn name(&self) -> &'static str {
        match self {
            Self::NotNeeded => "",
            Self::Step(_) => "second factor",
            Self::Confirming(_) => "second factor set up",
            Self::Recovery(_) => "recovery code",
        }
    }
}

impl Server {
    /// Makes a second factor for an account whose role needs one and that has none.
    ///
    /// # Errors
    /// As [`Server::sign_in`]; [`CallRefusal::NotAllowed`] if the account has one already or its role needs none.
    pub fn set_up_second_factor(
        &self,
        now: UnixSeconds,
        entropy: &mut impl Entropy,
        request: &SecondFactorRequest,
    ) -> Result<SecondFactorSetUp, WorkError> {
        // The account has no device here yet.
        let device = DeviceId([0; 10]);
        let user = self.known(now, &request.login, &request.password, device)?;
        if !self.second_factor_is_needed(&user) {
            return Err(CallRefusal::NotAllowed.into());
        }
        let mut secret = Zeroizing::new([0; 20]);
        entropy.fill(secret.as_mut_slice());
        let totp = authenticator(secret.as_slice(), &user.login)?;
        let recovery_codes: Vec<String> = std::iter::repeat_with(|| one_time_letters(entropy)).take(RECOVERY_CODES).collect();
        let hashes: Vec<[u8; 32]> =
            recovery_codes.iter().map(|code| self.keys().recovery_code_hash(user.id.as_str(), &folded(code))).collect();
        let pending = self.keys().encrypt(entropy, user.id.as_str(), secret.as_slice())?;
        self.storage().write(move |tx| {
            if !tx.second_factor(&user.id)?.secret.is_empty() {
                return Err(CallRefusal::NotAllowed.into());
            }
            tx.set_pending_second_factor(&user.id, &pending, &hashes)?;
            let witness = Witness { now, user: user.id.clone(), device };
            Ok::<_, WorkError>(Audit::new(tx, witness).note(Deed::AccountChanged, user.id.as_str(), "second factor shown")?)
        })?;
        let uri = totp.to_url().map_err(|_| WorkError::Inconsistent("second factor"))?;
        Ok(SecondFactorSetUp {
            key: totp.secret().to_base32(),
            qr: picture(&uri).map_err(|_| WorkError::Inconsistent("QR code"))?,
            uri,
            recovery_codes,
        })
    }

    /// Forgets an account's second factor and ends its sessions: for a lost authenticator and lost codes.
    ///
    /// # Errors
    /// [`CallRefusal::NotFound`] for an unknown account.
    pub fn reset_second_factor(&self, now: UnixSeconds, login: &str) -> Result<(), WorkError> {
        let login = login.trim().to_lowercase();
        self.storage().write(move |tx| {
            let user = tx.user_by_login(&login)?.ok_or(CallRefusal::NotFound)?;
            tx.delete_second_factor(&user.id)?;
            tx.delete_tokens_of_user(&user.id)?;
            Audit::new(tx, Witness::server(now)).note(Deed::AccountChanged, user.id.as_str(), "second factor reset")?;
            Ok(())
        })
    }

    /// Whether `code` proves that `user` signs in, and what it would use up; [`use_up`] does so where the sign-in is written.
    pub(super) fn second_factor_proof(&self, now: UnixSeconds, user: &User, code: Option<&str>) -> Result<Proof, WorkError> {
        if !self.second_factor_is_needed(user) {
            return Ok(Proof::NotNeeded);
        }
        let held = self.storage().read(|tx| tx.second_factor(&user.id))?;
        let is_set = !held.secret.is_empty();
        let Some(code) = code.map(folded).filter(|code| !code.is_empty()) else {
            let refusal = if is_set { CallRefusal::SecondFactorNeeded } else { CallRefusal::SecondFactorUnset };
            return Err(refusal.into());
        };
        if !is_set && held.pending.is_empty() {
            return Err(CallRefusal::SecondFactorUnset.into());
        }
        if is_set && code.len() == CODE_CHARS {
            let hash = self.keys().recovery_code_hash(user.id.as_str(), &code);
            let holds = self.storage().read(|tx| tx.recovery_code_holds(&user.id, &hash))?;
            return if holds { Ok(Proof::Recovery(hash)) } else { Err(CallRefusal::BadSecondFactor.into()) };
        }
        let secret = self.keys().decrypt(user.id.as_str(), if is_set { &held.secret } else { &held.pending })?;
        let time = u64::try_from(now.0).unwrap_or_default();
        match authenticator(&secret, &user.login)?.check(&code, time) {
            Some(step) if !is_set => Ok(Proof::Confirming(step)),
            Some(step) if step > held.last_step => Ok(Proof::Step(step)),
            _ => Err(CallRefusal::BadSecondFactor.into()),
        }
    }

    fn second_factor_is_needed(&self, user: &User) -> bool {
        let in_force = self.in_force();
        self.rules.second_factor
            && in_force.settings.person(&user.id).is_none_or(|person| policy::needs_second_factor(person.role))
    }
}

/// Uses a proof up.
///
/// # Errors
/// [`CallRefusal::BadSecondFactor`] if someone was quicker with the same code.
pub(super) fn use_up(tx: &Tx<'_>, user: &User, proof: &Proof) -> Result<(), WorkError> {
    let is_fresh = match proof {
        Proof::NotNeeded => true,
        Proof::Step(step) => tx.use_second_factor_step(&user.id, *step)?,
        Proof::Confirming(step) => {
            tx.confirm_second_factor(&user.id)?;
            tx.use_second_factor_step(&user.id, *step)?
        }
        Proof::Recovery(hash) => tx.use_recovery_code(&user.id, hash)?,
    };
    if is_fresh { Ok(()) } else { Err(CallRefusal::BadSecondFactor.into()) }
}

/// Six digits every 30 s, one step of skew either way.
fn authenticator(secret: &[u8], login: &str) -> Result<Totp, WorkError> {
    // A colon parts issuer and account in the address.
    let account = login.replace(':', " ");
    let builder = Builder::new().with_secret(secret).with_issuer(Some("Sada")).with_account_name(account);
    builder.build().map_err(|_| WorkError::Inconsistent("second factor"))
}

/// Ten letters and digits that are good once, in two groups.
pub(super) fn one_time_letters(entropy: &mut impl Entropy) -> String {
    let mut bytes = [0; CODE_CHARS];
    entropy.fill(&mut bytes);
    let mut text: String = bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect();
    text.insert(CODE_CHARS / 2, '-');
    text
}

/// A code as typed, without what people add or mistake: spaces, dashes, small letters, other digits, O for 0, I or L for 1.
pub(super) fn folded(code: &str) -> String {
    let upper = digits_to_latin(code).to_uppercase();
    let kept = upper.chars().filter(char::is_ascii_alphanumeric);
    kept.map(|letter| match letter {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::{CODE_CHARS, authenticator, folded, one_time_letters};
    use shared::entropy::Seeded;

    /// # Source
    /// RFC 6238, appendix B, SHA-1, cut to six digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let totp = authenticator(b"12345678901234567890", "salma").unwrap();
        for (time, code) in [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (20_000_000_000, "353130")] {
            assert_eq!(totp.check(code, time), Some(time / 30));
        }
        assert_eq!(totp.check("287082", 59 + 90), None);
    }

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        let code = one_time_letters(&mut Seeded::new(1));
        assert_eq!(folded(&code).len(), CODE_CHARS);
        assert_eq!(folded(&code.to_lowercase()), folded(&code));
        assert_eq!(folded(" ٢٨٧ ٠٨٢ "), "287082");
        assert_eq!(folded("oIl-8"), "0118");
    }
}
