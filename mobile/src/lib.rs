//! Sada's app. Pages ask the replica through [`protocol`]; the replica keeps everything on the device and syncs by itself.

#[cfg(feature = "ui")]
pub mod app;
#[cfg(feature = "ui")]
mod components;
#[cfg(feature = "ui")]
mod hooks;
#[cfg(feature = "ui")]
mod pages;
pub mod platform;
pub mod protocol;
#[cfg(feature = "replica")]
pub mod replica;
#[cfg(feature = "ui")]
mod routes;
#[cfg(all(test, feature = "ui", not(any(feature = "desktop", feature = "mobile"))))]
mod staging;
#[cfg(all(test, feature = "ui", not(any(feature = "desktop", feature = "mobile"))))]
mod ui_tests;
#[cfg(feature = "ui")]
mod window;

#[cfg(all(not(target_family = "wasm"), any(feature = "desktop", feature = "mobile")))]
pub use window::{document_head, tell_before_start};
