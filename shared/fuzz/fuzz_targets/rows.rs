//! Any events and rulings in a document that a device holds: folded to a state, rows and a timeline, on the phone as on the server.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shared::{
    document::content::{Content, EventText, Fact, Standing},
    model::{
        dates::UnixSeconds,
        ids::{ChangeHash, EventId, RecordId},
        order::Order,
    },
    rows::{self, RowContext, Sources},
    settings::{Settings, default},
};
use std::{collections::BTreeMap, sync::LazyLock};

static SETTINGS: LazyLock<Settings> = LazyLock::new(|| default::default().unwrap());

/// Lines: `e TEXT` an event, `r TEXT` a ruling, `f KEY VALUE` a fact.
fn content(text: &str) -> Content {
    let mut content = Content::default();
    for (at, line) in text.lines().take(40).enumerate() {
        let change = ChangeHash([at as u8; 32]);
        match line.split_once(' ') {
            Some(("e", text)) => {
                let event = EventText { text: text.to_owned(), change, operation: 1 };
                content.events.insert(EventId([at as u8; 8]), event);
            }
            Some(("r", text)) => {
                content.rulings.insert(Order { epoch: 1, n: at as u32 + 1 }, text.to_owned());
            }
            Some(("f", fact)) => {
                let (key, value) = fact.split_once(' ').unwrap_or((fact, ""));
                content.facts.insert(key.to_owned(), vec![Standing { fact: Fact::Text(value.to_owned()), change }]);
            }
            _ => {}
        }
    }
    content
}

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let content = content(text);
    let sources = Sources { receipts: &BTreeMap::new(), outbox: &BTreeMap::new(), own: None };
    let today = UnixSeconds(1_795_500_000).day(180);
    let context = RowContext { settings: &SETTINGS, today, set_aside: false, waiting: false, duplicate_of: None };
    drop(rows::events(&content, &sources));
    if let Some(state) = rows::case_state(&content, &sources, &SETTINGS) {
        drop(rows::case_row(RecordId([1; 16]), &content, &state, &sources, &context));
        drop(rows::timeline(&content, &state.steps, &sources, &SETTINGS, today));
    }
    if let Some(state) = rows::session_state(&content, &sources, &SETTINGS) {
        drop(rows::session_row(RecordId([1; 16]), &content, &state, &sources, &context));
    }
});
