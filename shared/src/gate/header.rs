//! The clear header of a sealed report holds a few keys and no words, whoever writes it: what is kept there is not sealed.
//!
//! # Source
//! design.md §7 (sealed); domain.md §4 (class C).

use crate::{
    document::{
        fields::SEALED_HEADER_KEYS,
        fold::{Container, Document},
        genesis::{EVENTS, RULINGS},
    },
    model::event::{Event, Step},
};
use automerge::ScalarValue;

/// Whether a `registered` event makes its case a sealed header: its level is a sealed one.
fn is_header(event: &Event) -> bool {
    matches!(&event.step, Step::Registered(registered) if registered.level.is_sealed())
}

/// Checks the keys and events that a change of a case writes, and, when it makes the case a header, what stands there
/// already. The error is the path that has no place in a header.
pub(super) fn check(document: &Document, keys: &[String], events: &[Event]) -> Result<(), String> {
    let becomes = events.iter().any(is_header);
    if !becomes && !was_header(document) {
        return Ok(());
    }
    let ever = document.keys_ever(&Container::Root).map(|(key, _)| key).filter(|key| ![EVENTS, RULINGS].contains(key));
    let stray = keys.iter().map(String::as_str).chain(ever).find(|key| !SEALED_HEADER_KEYS.contains(key));
    if let Some(key) = stray {
        return Err(key.to_owned());
    }
    if events.iter().chain(&stored_events(document, "")).any(super::event::has_words) {
        return Err(EVENTS.to_owned());
    }
    Ok(())
}

fn was_header(document: &Document) -> bool {
    stored_events(document, r#""k":"registered""#).iter().any(is_header)
}

/// The events of the document whose text holds `mark`. Texts passed the gate, so they are in our own compact form.
fn stored_events(document: &Document, mark: &str) -> Vec<Event> {
    let puts = document.keys_ever(&Container::Events).flat_map(|(_, puts)| puts);
    let texts = puts.filter_map(|put| if let ScalarValue::Str(text) = &put.value { Some(text) } else { None });
    texts.filter(|text| text.contains(mark)).filter_map(|text| Event::from_text(text).ok()).collect()
}
