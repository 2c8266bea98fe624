//! Any text as an event or a ruling; what is one is written and read again alike.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shared::model::{event::Event, ruling::Ruling};

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    if let Ok(event) = Event::from_text(text) {
        assert_eq!(Event::from_text(&event.to_text()), Ok(event));
    }
    drop(serde_json::from_str::<Ruling>(text));
});
