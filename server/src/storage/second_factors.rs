//! Second factors and recovery codes as they lie in the database: ciphertexts and hashes. Knows no secret and no code.

use super::{StorageError, Tx, statement::read_number};
use shared::model::ids::UserId;

/// One account's second factor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SecondFactor {
    /// Encrypted secret; empty until a code confirmed it.
    pub secret: Vec<u8>,
    /// Encrypted secret that was shown and not yet confirmed; empty otherwise.
    pub pending: Vec<u8>,
    /// Last time step whose code was used.
    pub last_step: u64,
}

impl Tx<'_> {
    /// The account's second factor; the empty one if it has none.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn second_factor(&self, user: &UserId) -> Result<SecondFactor, StorageError> {
        let found = self.first(include_str!("../../sql/queries/second_factors/get.sql"), &[&user.0], |row| {
            Ok(SecondFactor { secret: row.get(0)?, pending: row.get(1)?, last_step: read_number(row, 2, "last step")? })
        })?;
        Ok(found.unwrap_or_default())
    }

    /// Keeps a secret that was shown, with its recovery codes, until a code confirms it. Replaces an earlier one.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn set_pending_second_factor(&self, user: &UserId, secret: &[u8], code_hashes: &[[u8; 32]]) -> Result<(), StorageError> {
        let none: &[u8] = &[];
        self.execute(include_str!("../../sql/queries/second_factors/set_pending.sql"), &[&user.0, &none, &secret])?;
        self.delete_recovery_codes(user, true)?;
        for hash in code_hashes {
            self.execute(include_str!("../../sql/queries/recovery_codes/insert.sql"), &[&user.0, &&hash[..]])?;
        }
        Ok(())
    }

    /// Makes the pending secret and its recovery codes the ones that hold.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn confirm_second_factor(&self, user: &UserId) -> Result<(), StorageError> {
        let none: &[u8] = &[];
        self.execute(include_str!("../../sql/queries/second_factors/confirm.sql"), &[&user.0, &none])?;
        self.delete_recovery_codes(user, false)?;
        self.execute(include_str!("../../sql/queries/recovery_codes/confirm.sql"), &[&user.0])?;
        Ok(())
    }

    /// Uses up a time step; answers whether it was still unused, and no later one was used.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn use_second_factor_step(&self, user: &UserId, step: u64) -> Result<bool, StorageError> {
        let step = i64::try_from(step).unwrap_or(i64::MAX);
        Ok(self.execute(include_str!("../../sql/queries/second_factors/use_step.sql"), &[&user.0, &step])? == 1)
    }

    /// Whether a recovery code with this hash is unused.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn recovery_code_holds(&self, user: &UserId, hash: &[u8; 32]) -> Result<bool, StorageError> {
        let count = self.first(include_str!("../../sql/queries/recovery_codes/holds.sql"), &[&user.0, &&hash[..]], |row| {
            read_number::<u32>(row, 0, "recovery codes")
        })?;
        Ok(count == Some(1))
    }

    /// Uses up a recovery code; answers whether it was unused.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn use_recovery_code(&self, user: &UserId, hash: &[u8; 32]) -> Result<bool, StorageError> {
        Ok(self.execute(include_str!("../../sql/queries/recovery_codes/use.sql"), &[&user.0, &&hash[..]])? == 1)
    }

    /// Forgets an account's second factor and codes: the next log-in sets up a new one.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn delete_second_factor(&self, user: &UserId) -> Result<(), StorageError> {
        self.execute(include_str!("../../sql/queries/second_factors/delete.sql"), &[&user.0])?;
        self.delete_recovery_codes(user, true)?;
        self.delete_recovery_codes(user, false)
    }

    fn delete_recovery_codes(&self, user: &UserId, pending: bool) -> Result<(), StorageError> {
        self.execute(include_str!("../../sql/queries/recovery_codes/delete_by_state.sql"), &[&user.0, &pending])?;
        Ok(())
    }
}
