//! One sync call: receive ▸ gate ▸ merge ▸ project ▸ rule in one transaction, then what the device lacks.

use super::{Server, error::WorkError, session::Session};
use shared::{entropy::Entropy, model::dates::UnixSeconds};

impl Server {
    /// Answers one `POST /api/v1/sync`: bytes of a `SyncRequest` in, bytes of a `SyncResponse` out. Everything it
    /// acknowledges is on disk.
    ///
    /// # Errors
    /// Refusals of the whole call: malformed, bad signature, revoked. What becomes of each change stands in the answer.
    pub fn sync(&self, now: UnixSeconds, entropy: &mut impl Entropy, session: &Session, bytes: &[u8]) -> Result<Vec<u8>, WorkError> {
        let _ = (now, entropy, session, bytes);
        unimplemented!("lands with the frames of shared::sync")
    }
}
