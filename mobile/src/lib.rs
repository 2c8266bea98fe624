//! Sada's app. Pages ask the replica through [`protocol`]; the replica keeps everything on the device and syncs by itself.

pub mod platform;
pub mod protocol;
#[cfg(feature = "replica")]
pub mod replica;
