//! Sada's core: what a record is, how it merges, who may do what, and what follows from what was done.
//!
//! It must not know the network, the disk, the clock or chance: time, random bytes and stored data are arguments,
//! so that phone, server and the simulated world run the same code and any run can be replayed from a seed.

pub mod arabic;
pub mod box_opening;
pub mod call_back;
pub mod clocks;
pub mod document;
pub mod duplicates;
pub mod entropy;
#[cfg(feature = "documents")]
pub mod gate;
pub mod indicators;
pub mod intent;
pub mod joining;
pub mod json;
pub mod lifecycle;
pub mod look_up;
pub mod model;
pub mod phone;
pub mod picture;
pub mod policy;
#[cfg(feature = "documents")]
pub mod qr;
pub mod receipt_no;
pub mod routing;
pub mod rows;
#[cfg(feature = "documents")]
pub mod seal;
#[cfg(feature = "documents")]
pub mod sealed;
pub mod settings;
#[cfg(feature = "documents")]
pub mod sync;
pub mod text;
