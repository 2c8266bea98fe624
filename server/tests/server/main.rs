//! The server as a whole, without sockets unless a test is about them.
#![allow(missing_docs, unreachable_pub, reason = "a test binary has no users")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::needless_pass_by_value, reason = "helpers of tests")]

mod access;
mod audit;
mod bad_days;
mod boundaries;
mod boxes;
mod canaries;
mod carried;
mod channels;
#[path = "../../../mobile/tests/replica/cipher_pages.rs"]
mod cipher_pages;
mod consent;
mod demo_figures;
mod enrolment;
mod harness;
mod hostile;
mod hostile_device;
mod hotline;
mod http;
mod keeping;
mod keys;
mod life;
mod month_end;
mod need_to_know;
mod on_spot;
mod opening;
mod people;
mod photos;
mod pinning;
mod plans;
mod planted;

mod qr_codes;
mod raw_phone;
mod recovery;
mod revoked;
mod sealed;
mod sealed_later;
mod sealed_phones;
mod second_factor;
mod shut;
mod sites;
mod status;
mod tls;
mod together;
mod weekly;
