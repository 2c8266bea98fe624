//! Shared's decisions, held from outside: lifecycle, clocks, policy, routing, intents, rows, figures. One binary, quick to run.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod access;
mod call_back;
mod clocks;
mod closure;
mod figures;
mod fixture;
mod intents;
mod life;
mod on_spot;
mod order;
mod routing;
mod rows;
mod sessions;
mod transitions;
