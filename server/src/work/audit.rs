//! Reading and checking the audit log.

use super::{Server, error::WorkError};
use crate::{audit::first_broken_line, storage::audit_log::AuditLine};

impl Server {
    /// The last `most` lines of the audit log, newest first.
    ///
    /// # Errors
    /// A fault of storage.
    pub fn last_audit_lines(&self, most: u32) -> Result<Vec<AuditLine>, WorkError> {
        self.storage().read(|tx| Ok(tx.last_audit_lines(most)?))
    }

    /// The first line that was changed or follows a missing one; none if the chain holds.
    ///
    /// # Errors
    /// A fault of storage.
    pub fn verify_audit(&self) -> Result<Option<u64>, WorkError> {
        self.storage().read(|tx| Ok(first_broken_line(tx)?))
    }
}
