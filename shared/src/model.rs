//! Plain types of the field: ids, days, roles, events, rulings, rows. No documents, no rules, no IO.

pub mod codes;
pub mod dates;
pub mod devices;
pub mod event;
pub mod ids;
pub mod order;
pub mod query;
pub mod record;
pub mod role;
pub mod row;
pub mod ruling;
pub mod second_factor;
pub mod week;
