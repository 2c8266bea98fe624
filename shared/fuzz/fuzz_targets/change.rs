//! Any bytes as a change, with the checksum an attacker would put under them: read, checked by the gate, folded.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sha2::{Digest, Sha256};
use shared::{
    document::{change::Change, fold::Document},
    gate::{self, Ingress},
    model::{ids::DeviceId, record::DocKind},
};

/// Magic, a place for the checksum, and the kind of chunk.
const HEAD: [u8; 9] = [0x85, 0x6f, 0x4a, 0x83, 0, 0, 0, 0, 1];

fn whole(data: &[u8]) -> Vec<u8> {
    let mut raw = [&HEAD, data].concat();
    let sum = Sha256::digest(&raw[8..]);
    raw[4..8].copy_from_slice(&sum[..4]);
    raw
}

fuzz_target!(
    // A panic of the library's within the gate is a refusal, by design (design.md §5); one that gets out still ends the run.
    init: std::panic::set_hook(Box::new(|_| {})),
    |data: &[u8]| {
        for kind in DocKind::ALL {
            let Ok(change) = gate::parse_ingress(kind, &whole(data)) else { continue };
            assert_eq!(Change::from_raw(change.raw()).as_ref(), Ok(&change));
            let device = change.actor().and_then(|actor| actor.as_device()).map_or(DeviceId([0; 10]), |(device, _)| device);
            let ingress = Ingress { device, user: &"u1".into(), may: &|_| true };
            let mut document = Document::new(kind);
            if gate::check(&document, &change, &ingress).is_ok() {
                document.apply(&change);
                assert!(document.has(&change.hash()));
                drop(document.content());
            }
        }
    }
);
