//! What sealing promises: only its recipients open an envelope, only at its place, whole; its size and header tell next to
//! nothing; no unvouched key is sealed to, and fewer kits than needed open nothing; whatever bytes come, nothing but an error happens.
#![cfg(feature = "documents")]
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod card;
mod envelope;
mod parcel;
mod people;
