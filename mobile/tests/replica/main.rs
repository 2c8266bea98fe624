//! The replica through its own door: requests in, answers out, files on disk. The server is played by its keys and by frames
//! written with `shared`; the real one joins in the simulated world.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::needless_pass_by_value, reason = "helpers of tests")]

mod aside;
mod batch;
mod capture;
mod cipher_pages;
mod device;
mod forget;
mod key_book;
mod pages;
mod sensitive;
mod server;
mod shut;
mod storage;
mod sync;
mod vault;
