//! The check that every change from outside passes before Automerge sees it. Automerge merges any valid change and does not
//! ask who may make it, and 0.12 even takes changes after which a document never loads again.
//!
//! Nine checks in order: 1 size and kind of chunk · 2 decodes without a panic · 3 checksum · 4 actor bound to the device ·
//! 5 exact sequence · 6 causally complete · 7 exact clock · 8 canonical encoding, nothing beside the operations · 9 every
//! operation, visible or not, against the table of fields, the form of events, and who may write them.
//!
//! It never asks the state of a case: an honest race never breaks a chain here; what depends on state, order or time is
//! accepted and answered by a ruling. It knows no storage and decides no rights: those come in as [`Ingress::may`].
//!
//! On native code nothing panics outward. On the web a panic ends the worker, so there only server-signed frames are read.

mod bare;
mod counts;
mod denial;
mod envelope;
mod event;
mod on_spot;
mod operations;

pub use denial::{Code, Denial, Park, Verdict};

use crate::{
    document::{
        change::{BadChange, Change},
        fold::Document,
    },
    model::{
        ids::{DeviceId, UserId},
        record::DocKind,
    },
    policy::Action,
};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Largest change accepted, in bytes. An honest one with the longest words and every field full has about 100 KB.
pub const MAX_CHANGE_BYTES: usize = 128 * 1024;
/// The same for a sealed document, whose longest envelope has 360 KB.
pub const MAX_SEALED_CHANGE_BYTES: usize = 512 * 1024;

/// From whom a change came, and what they may do to this document.
#[derive(Clone, Copy)]
pub struct Ingress<'a> {
    /// The device whose key signed the batch.
    pub device: DeviceId,
    /// Who is signed in on it.
    pub user: &'a UserId,
    /// Whether this user may do this to this document, now or when the device last pulled: `policy::may`, with the
    /// document's resource filled in by the caller. Asked for [`Action::Create`], `Put`, `Step` and `Increment`.
    pub may: &'a dyn Fn(Action<'_>) -> bool,
}

/// Reads bytes from outside as a change of a document of this kind: checks 1 to 3, in front of anything that knows the document.
///
/// # Errors
/// [`Denial`] with check 1, 2 or 3; always [`Verdict::Refuse`].
pub fn parse_ingress(kind: DocKind, bytes: &[u8]) -> Result<Change, Denial> {
    let most = if kind == DocKind::Sealed { MAX_SEALED_CHANGE_BYTES } else { MAX_CHANGE_BYTES };
    if bytes.len() > most {
        return Err(Denial::refuse(1, Code::TooBig, ""));
    }
    Change::from_raw(bytes).map_err(|bad| match bad {
        BadChange::NotAChange => Denial::refuse(1, Code::NotAChange, ""),
        BadChange::TooMany => Denial::refuse(1, Code::TooBig, ""),
        BadChange::Undecodable => Denial::refuse(2, Code::Undecodable, ""),
        BadChange::Checksum => Denial::refuse(3, Code::Checksum, ""),
    })
}

/// Asks whether `change` may join `document`, the server's copy: checks 4 to 9. On `Ok` the caller applies it.
///
/// # Errors
/// [`Denial`] says which check stopped it, where, and whether it is refused, parked or a duplicate.
pub fn check(document: &Document, change: &Change, ingress: &Ingress<'_>) -> Result<(), Denial> {
    let checked = catch_unwind(AssertUnwindSafe(|| {
        if document.has(&change.hash()) {
            return Err(Denial::duplicate());
        }
        let past = envelope::check(document, change, ingress)?;
        operations::check(document, change, &past, ingress)
    }));
    checked.unwrap_or_else(|_| Err(Denial::refuse(9, Code::Panicked, "")))
}
