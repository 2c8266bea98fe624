//! Any JSON as a key book, as settings carry it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shared::seal::book::{Entry, KeyBook};

fuzz_target!(|data: &[u8]| {
    let Ok(entries) = serde_json::from_slice::<Vec<Entry>>(data) else { return };
    if let Ok(book) = KeyBook::read(&entries) {
        assert_eq!(book.entries(), entries);
        assert!(KeyBook::default().follow(&entries).is_ok());
        drop((book.fingerprint(), book.keys_for(&["u1".into()])));
    }
});
