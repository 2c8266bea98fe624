//! Sada's server: receives, checks, merges, routes, rules and reports. `http` asks `work`, `work` asks `storage`, never back.

pub mod audit;
pub mod keys;
pub mod storage;
pub mod work;
