//! Shared's decisions, held from outside: lifecycle, clocks, policy, routing, intents, rows, figures. One binary, quick to run.

mod access;
mod clocks;
mod figures;
mod fixture;
mod intents;
mod life;
mod order;
mod routing;
mod rows;
mod sessions;
mod transitions;
