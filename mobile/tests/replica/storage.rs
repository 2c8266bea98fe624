//! The storage contract, natively.

use crate::device::scratch;
use mobile::replica::{
    Home,
    storage::contract::{Kind, run},
};
use shared::entropy::Seeded;

#[test]
fn a_plain_and_a_sqlcipher_file_hold_the_storage_contract() {
    for kind in [Kind::Plain, Kind::Encrypted] {
        let dir = scratch();
        let bytes = |name: &str| std::fs::read(dir.path().join(name)).ok();
        run(&Home::directory(dir.path()), kind, &bytes, &mut Seeded::new(1)).unwrap_or_else(|e| panic!("{kind:?}: {e}"));
    }
}
