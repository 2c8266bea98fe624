//! Any bytes as what a server sends, under a signature that holds: a hacked server signs what it likes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shared::sync::{
    frames::{KnownDeps, LAYOUT, down},
    signing::ServerKey,
};
use std::sync::LazyLock;

static KEY: LazyLock<ServerKey> = LazyLock::new(|| ServerKey::from_secret(&[7; 32]));

fuzz_target!(|data: &[u8]| {
    let packed = zstd::bulk::compress(data, 1).unwrap();
    let mut frame = [&[LAYOUT, 2], packed.as_slice()].concat();
    let signature = KEY.sign_frame(&frame);
    frame.extend_from_slice(&signature);
    if let Ok(parsed) = down::parse(&frame, &KEY.public()) {
        drop(parsed.wanted());
        drop(parsed.rebuild(&KnownDeps::new()));
    }
});
