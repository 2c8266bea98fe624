//! Any bytes as what a device pushes: columns, slim changes, receipts, rebuilt as far as they go.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shared::{
    model::ids::ChangeHash,
    sync::frames::{KnownDeps, LAYOUT, up},
};

fuzz_target!(|data: &[u8]| {
    drop(up::parse(data));
    let packed = zstd::bulk::compress(data, 1).unwrap();
    let frame = [&[LAYOUT, 1], packed.as_slice()].concat();
    let Ok(parsed) = up::parse(&frame) else { return };
    let wanted = parsed.wanted();
    // Every short dependency is known, as something.
    let full = |prefix: &[u8; 8]| {
        let mut hash = [0; 32];
        hash[..8].copy_from_slice(prefix);
        ChangeHash(hash)
    };
    let known: KnownDeps = wanted.iter().map(|wanted| (*wanted, full(&wanted.1))).collect();
    drop(parsed.rebuild(&known));
});
