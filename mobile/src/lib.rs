//! Sada's app. Pages ask the replica through [`protocol`]; the replica keeps everything on the device and syncs by itself.

pub mod protocol;
