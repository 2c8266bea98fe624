//! Sada as a whole: the simulated world that stories and seeds run in.

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    reason = "a world that can't go on has found a fault: the panic names the seed"
)]

pub mod world;
