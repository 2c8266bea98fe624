//! Accounts: added, closed, given a new password, by the operator or an administrator in the app. Who a person is stands in the
//! settings.

use super::{Server, error::WorkError, passwords, session::Session};
use crate::{
    audit::{Audit, Deed, Witness},
    storage::{accounts::NewPassword, devices::Revoker},
};
use shared::{
    entropy::Entropy,
    model::{
        dates::UnixSeconds,
        devices::{LEAST_PASSWORD_CHARS, TemporaryPassword},
        ids::UserId,
    },
    settings::Person,
    sync::{
        people::{AddAccount, ResetAccount},
        sign_in::{CallRefusal, PublishSettings},
    },
};

/// A new account.
pub struct NewAccount {
    /// Log-in name; kept in lower case.
    pub login: String,
    /// Password, at least [`LEAST_PASSWORD_CHARS`].
    pub password: zeroize::Zeroizing<String>,
    /// Who it is; an empty id is replaced by the next free one.
    pub person: Person,
}

impl Server {
    /// Adds a person to the settings and an account for them; answers the id.
    ///
    /// # Errors
    /// [`CallRefusal::BadSettings`] for a short password, an empty or taken log-in name, or a taken id.
    pub fn add_account(&self, now: UnixSeconds, entropy: &mut impl Entropy, account: NewAccount) -> Result<UserId, WorkError> {
        self.add(now, entropy, &Witness::server(now), account, false)
    }

    fn add(
        &self,
        now: UnixSeconds,
        entropy: &mut impl Entropy,
        witness: &Witness,
        account: NewAccount,
        temporary: bool,
    ) -> Result<UserId, WorkError> {
        let login = account.login.trim().to_lowercase();
        let long_enough = account.password.chars().count() >= LEAST_PASSWORD_CHARS;
        if login.is_empty() || !long_enough || account.password.len() > passwords::MAX_PASSWORD_BYTES {
            return Err(CallRefusal::BadSettings.into());
        }
        let hash = passwords::hash(&account.password, self.rules.cost, entropy)?;
        let in_force = self.in_force();
        let mut person = account.person;
        if person.id.0.is_empty() {
            person.id = next_user_id(&in_force.settings.people);
        }
        let id = person.id.clone();
        let known = in_force.settings.person(&id).cloned();
        if known.as_ref().is_none_or(|known| known != &person) {
            let mut settings = in_force.settings.clone();
            settings.people.retain(|other| other.id != id);
            settings.people.push(person);
            self.publish(now, witness, PublishSettings { based_on: settings.version, settings })?;
        }
        let (user, witness) = (id.clone(), witness.clone());
        self.storage().write(move |tx| {
            if tx.user_by_login(&login)?.is_some() || tx.user_by_id(&user)?.is_some() {
                return Err(CallRefusal::BadSettings.into());
            }
            tx.insert_user(&user, &login, NewPassword { hash: &hash, temporary }, now)?;
            Audit::new(tx, witness).note(Deed::AccountChanged, user.as_str(), "added")?;
            Ok::<_, WorkError>(())
        })?;
        Ok(id)
    }

    /// As [`Self::add_account`], by an administrator in the app. The password is the server's, to be handed over, and holds until
    /// the person signs in with it.
    ///
    /// # Errors
    /// As [`Self::add_account`], and a refusal for roles that may not.
    pub fn add_account_by(
        &self,
        now: UnixSeconds,
        entropy: &mut impl Entropy,
        session: &Session,
        new: AddAccount,
    ) -> Result<TemporaryPassword, WorkError> {
        session.check_use("users")?;
        let password = passwords::temporary(entropy);
        let account = NewAccount { login: new.login.clone(), password: password.clone(), person: new.person };
        let user = self.add(now, entropy, &session.witness(now), account, true)?;
        Ok(TemporaryPassword { user, login: new.login.trim().to_lowercase(), password: password.to_string() })
    }

    /// Gives a person a new temporary password and ends their sessions; forgets their second factor too if asked: whoever lost the
    /// authenticator must not be signed in by the old password alone.
    ///
    /// # Errors
    /// A refusal for roles that may not; [`CallRefusal::NotFound`] for a person without an account.
    pub fn reset_account_by(
        &self,
        now: UnixSeconds,
        entropy: &mut impl Entropy,
        session: &Session,
        reset: &ResetAccount,
    ) -> Result<TemporaryPassword, WorkError> {
        session.check_use("users")?;
        let password = passwords::temporary(entropy);
        let hash = passwords::hash(&password, self.rules.cost, entropy)?;
        let (witness, ResetAccount { user, second_factor }) = (session.witness(now), reset.clone());
        let login = self.storage().write(move |tx| {
            let user = tx.user_by_id(&user)?.ok_or(CallRefusal::NotFound)?;
            tx.set_password(&user.id, NewPassword { hash: &hash, temporary: true })?;
            tx.delete_tokens_of_user(&user.id)?;
            let mut audit = Audit::new(tx, witness);
            audit.note(Deed::AccountChanged, user.id.as_str(), "password")?;
            if second_factor {
                tx.delete_second_factor(&user.id)?;
                audit.note(Deed::AccountChanged, user.id.as_str(), "second factor reset")?;
            }
            Ok::<_, WorkError>(user.login)
        })?;
        Ok(TemporaryPassword { user: reset.user.clone(), login, password: password.to_string() })
    }

    /// Gives an account a new password and ends its sessions' tokens.
    ///
    /// # Errors
    /// [`CallRefusal::NotFound`] for an unknown account, [`CallRefusal::BadSettings`] for a short password.
    pub fn reset_password(
        &self,
        now: UnixSeconds,
        entropy: &mut impl Entropy,
        login: &str,
        password: &str,
    ) -> Result<(), WorkError> {
        if password.chars().count() < LEAST_PASSWORD_CHARS || password.len() > passwords::MAX_PASSWORD_BYTES {
            return Err(CallRefusal::BadSettings.into());
        }
        let hash = passwords::hash(password, self.rules.cost, entropy)?;
        let login = login.trim().to_lowercase();
        self.storage().write(move |tx| {
            let user = tx.user_by_login(&login)?.ok_or(CallRefusal::NotFound)?;
            tx.set_password(&user.id, NewPassword { hash: &hash, temporary: false })?;
            tx.delete_tokens_of_user(&user.id)?;
            Audit::new(tx, Witness::server(now)).note(Deed::AccountChanged, user.id.as_str(), "password")?;
            Ok(())
        })
    }

    /// Closes an account: its devices are revoked.
    ///
    /// # Errors
    /// [`CallRefusal::NotFound`] for an unknown account.
    pub fn close_account(&self, now: UnixSeconds, login: &str) -> Result<(), WorkError> {
        let login = login.trim().to_lowercase();
        self.storage().write(move |tx| {
            let user = tx.user_by_login(&login)?.ok_or(CallRefusal::NotFound)?;
            tx.set_disabled(&user.id, true)?;
            tx.revoke_devices_of(&user.id, now, &Revoker::default())?;
            Audit::new(tx, Witness::server(now)).note(Deed::AccountChanged, user.id.as_str(), "closed")?;
            Ok(())
        })
    }
}

/// `u` and the number after the highest given; ids are never reused, since nobody leaves the list.
fn next_user_id(people: &[Person]) -> UserId {
    let highest = people.iter().filter_map(|person| person.id.0.strip_prefix('u')?.parse::<u32>().ok()).max();
    UserId(format!("u{}", highest.unwrap_or(0) + 1))
}
