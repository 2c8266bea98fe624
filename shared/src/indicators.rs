//! Figures over many records. Pure: rows and tallies in, figures out.

pub mod closure;
pub mod coverage;
