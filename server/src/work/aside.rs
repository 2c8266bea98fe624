//! What is not taken: kept with its reason, refused for good or waiting for what it follows. How much of it a device may fill.

use super::{desk::Desk, error::WorkError, receive::Pusher};
use crate::{audit::Deed, storage::set_aside::SetAside};
use shared::{
    gate::Park,
    model::dates::UnixSeconds,
    sync::{
        frames::up::Pushed,
        verdict::{ParkReason, QUARANTINE_FULL, Verdict},
    },
};

/// Most changes of one device that wait at the server; more are asked for again later.
const MOST_PARKED: u64 = 2_000;

/// Most refused changes and photos of one device kept here. Beyond that they are answered [`QUARANTINE_FULL`] and stay on the device
/// alone: a device that floods fills neither the disk nor the audit log.
pub(super) const MOST_QUARANTINED: u64 = 5_000;

impl Desk<'_, '_> {
    pub(super) fn refuse(&mut self, pusher: &Pusher<'_>, pushed: &Pushed, code: &str, path: &str) -> Result<Verdict, WorkError> {
        let verdict = Verdict::Refused { code: code.to_owned(), path: path.to_owned() };
        self.aside(pusher, pushed, code, verdict)
    }

    /// Keeps a change aside and answers so, or answers that it is not kept here.
    pub(super) fn aside(
        &mut self,
        pusher: &Pusher<'_>,
        pushed: &Pushed,
        why: &str,
        verdict: Verdict,
    ) -> Result<Verdict, WorkError> {
        let held = self.tx.count_quarantined_of(pusher.device())?;
        if held >= MOST_QUARANTINED {
            // The device must not take this server for a second copy.
            return Ok(Verdict::Refused { code: QUARANTINE_FULL.to_owned(), path: String::new() });
        }
        self.tx.quarantine(&set_aside(pusher, pushed, why, self.now))?;
        self.audit.note(Deed::ChangeRefused, &pushed.framed.document.to_string(), why)?;
        if held + 1 == MOST_QUARANTINED {
            self.audit.note(Deed::ChangeRefused, &pushed.framed.document.to_string(), QUARANTINE_FULL)?;
        }
        Ok(verdict)
    }

    pub(super) fn park(&mut self, pusher: &Pusher<'_>, pushed: &Pushed, park: Park) -> Result<Verdict, WorkError> {
        let (reason, why) = match park {
            Park::MissingDeps => (ParkReason::MissingDep, "missing_deps"),
            Park::Upgrade => (ParkReason::Upgrade, "upgrade"),
        };
        if self.tx.count_parked(pusher.device())? < MOST_PARKED {
            self.tx.park(&set_aside(pusher, pushed, why, self.now))?;
        }
        Ok(Verdict::Parked(reason))
    }
}

fn set_aside(pusher: &Pusher<'_>, pushed: &Pushed, why: &str, now: UnixSeconds) -> SetAside {
    SetAside {
        document: pushed.framed.document,
        hash: pushed.framed.hash,
        raw: pushed.framed.change.clone(),
        device: pusher.device(),
        user: pusher.user().clone(),
        why: why.to_owned(),
        at: now,
    }
}
