//! Any JSON as settings or tallies, bare and packed as a server sends them; what is read is checked too.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shared::{
    indicators::coverage::Tallies,
    settings::{Settings, check::check, default},
    sync::signing::unpack,
};
use std::sync::LazyLock;

static DEFAULT: LazyLock<serde_json::Value> = LazyLock::new(|| serde_json::to_value(default::default().unwrap()).unwrap());

fuzz_target!(|data: &[u8]| {
    drop((unpack::<Settings>(data), unpack::<Tallies>(data)));
    let Ok(part) = serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(data) else { return };
    // Whole settings are beyond what chance finds: parts of them stand in the place of the default's.
    let mut whole = DEFAULT.clone();
    for (key, value) in part {
        whole[key] = value;
    }
    if let Ok(settings) = serde_json::from_value::<Settings>(whole) {
        drop(check(&settings));
    }
});
