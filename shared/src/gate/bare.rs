//! Cases that keep little: the clear header of a sealed report, and the mere count of one that the person did not want recorded.
//! They hold a few keys and no words, whoever writes them: what is kept there is neither sealed nor agreed to.
//!
//! # Source
//! design.md §7 (sealed); domain.md §4 (class C), §10.4 (consent to record).

use super::{Code, event::has_words};
use crate::{
    document::{
        fields::{SEALED_HEADER_KEYS, TALLY_KEYS},
        fold::{Container, Document},
        genesis::{EVENTS, RULINGS},
    },
    model::event::{Event, Step},
};
use automerge::ScalarValue;

/// Why a registration keeps little, and the only root keys beside it.
type Bare = (Code, &'static [&'static str]);

fn bare(event: &Event) -> Option<Bare> {
    let Step::Registered(registered) = &event.step else { return None };
    if registered.level.is_sealed() {
        Some((Code::SealedHeader, SEALED_HEADER_KEYS))
    } else if registered.category.is_none() {
        Some((Code::TallyOnly, TALLY_KEYS))
    } else {
        None
    }
}

/// Checks the keys and events that a change of a case writes, and what stands there already. The error says why and which path
/// has no place there.
pub(super) fn check(document: &Document, keys: &[String], events: &[Event]) -> Result<(), (Code, String)> {
    let stored = stored_events(document, r#""k":"registered""#);
    for (code, allowed) in stored.iter().chain(events).filter_map(bare) {
        let ever = document.keys_ever(&Container::Root).map(|(key, _)| key).filter(|key| ![EVENTS, RULINGS].contains(key));
        if let Some(key) = keys.iter().map(String::as_str).chain(ever).find(|key| !allowed.contains(key)) {
            return Err((code, key.to_owned()));
        }
        if events.iter().chain(&stored_events(document, "")).any(has_words) {
            return Err((code, EVENTS.to_owned()));
        }
    }
    Ok(())
}

/// The events of the document whose text holds `mark`. Texts passed the gate, so they are in our own compact form.
fn stored_events(document: &Document, mark: &str) -> Vec<Event> {
    let puts = document.keys_ever(&Container::Events).flat_map(|(_, puts)| puts);
    let texts = puts.filter_map(|put| if let ScalarValue::Str(text) = &put.value { Some(text) } else { None });
    texts.filter(|text| text.contains(mark)).filter_map(|text| Event::from_text(text).ok()).collect()
}
