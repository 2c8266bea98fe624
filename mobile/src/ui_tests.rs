//! What pages show for what the replica answers: states, roles, both languages, long text.

mod batch;
mod boxes;
mod capture;
mod desk;
mod field;
mod gates;
mod hotline;
mod keys;
mod lists;
mod month;
mod on_spot;
mod people;
mod sealed;
mod sites;
mod supervision;
mod words;
