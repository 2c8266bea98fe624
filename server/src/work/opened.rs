//! Cases opened on devices without the server, told with a later sync, in the audit log. Takes a device's word for it: what it
//! leaves out is not known here.

use super::{Server, error::WorkError, session::Session};
use crate::audit::{Audit, Deed};
use shared::{
    model::{
        dates::UnixSeconds,
        record::{DocKind, DocumentId},
    },
    sync::opened::{MOST_OPENED, Opened},
};

impl Server {
    /// Notes what was opened since the device last told. Of records that never were here nothing is noted.
    ///
    /// # Errors
    /// A fault of storage.
    pub(super) fn note_opened(&self, now: UnixSeconds, session: &Session, opened: &[Opened]) -> Result<(), WorkError> {
        if opened.is_empty() {
            return Ok(());
        }
        let (witness, device) = (session.witness(now), session.device_id());
        let opened = opened[..opened.len().min(MOST_OPENED)].to_vec();
        self.storage().write(move |tx| {
            let mut last = tx.opened_on(device)?;
            let mut audit = Audit::new(tx, witness);
            for Opened { number, record, at, shown } in opened {
                if number <= last {
                    continue;
                }
                last = number;
                if tx.case_row(record)?.is_some() || tx.is_purged(DocumentId::first(record, DocKind::Case))? {
                    audit.note(Deed::ReadOffline, &record.to_string(), &format!("{} {}", shown.id(), at.0))?;
                }
            }
            Ok::<_, WorkError>(tx.set_opened_on(device, last)?)
        })
    }
}
