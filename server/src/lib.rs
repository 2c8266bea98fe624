//! Sada's server: receives, checks, merges, routes, rules and reports. `http` asks `work`, `work` asks `storage`, never back.

pub mod storage;
