//! Sada's server: receives, checks, merges, routes, rules and reports. `http` asks `work`, `work` asks `storage`, never back.

pub mod audit;
pub mod card_page;
pub mod chance;
pub mod config;
#[cfg(feature = "demo")]
pub mod demo;
pub mod http;
pub mod keys;
pub mod kit_page;
pub mod printed;
pub mod reports;
pub mod secret;
pub mod serve;
pub mod storage;
pub mod tls;
pub mod weekly_page;
pub mod work;
