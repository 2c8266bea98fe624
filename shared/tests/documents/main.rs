//! What documents and the gate promise: one beginning, any order of delivery, Automerge's own answers, exact counts, nothing
//! foreign let in and nothing honest kept out.
#![cfg(feature = "documents")]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::cast_possible_truncation,
    clippy::needless_pass_by_value,
    reason = "helpers of tests"
)]

mod attacks;
mod decoders;
mod events;
mod fixtures;
mod forgery;
mod intents;
mod later;
mod merge;
mod people;
mod scripts;
mod sealed;
mod sealed_intents;
