//! Events as text: read back as they were written, and told apart from what is none.

use super::{Event, EventError, Step};
use crate::model::dates::UnixSeconds;

#[test]
fn an_event_survives_its_text_and_unknown_kinds_are_told_from_garbage() {
    let event = Event {
        by: "u7".into(),
        at: UnixSeconds(1_793_752_981),
        after: vec!["00112233445566aa".parse().map(crate::model::order::StepRef::Event).unwrap()],
        set: 3,
        step: Step::Started { note: "اتصلت بالمشروع".into() },
    };
    assert_eq!(Event::from_text(&event.to_text()), Ok(event.clone()));
    assert!(event.to_text().contains(r#""k":"started""#));
    assert_eq!(Event::from_text(r#"{"k":"from_2031","x":1}"#), Err(EventError::UnknownKind));
    let closed = r#"{"by":"u7","at":1,"set":3,"k":"closed","on":"2026-11-24","reason":"R","outcome":"upheld","satisfaction":"s5","actions_done":true}"#;
    assert!(Event::from_text(&closed.replace("\"R\"", "\"responded\"")).is_ok());
    assert_eq!(Event::from_text(closed), Err(EventError::UnknownKind));
    assert_eq!(Event::from_text(&closed.replace("\"R\"", "5")), Err(EventError::Malformed));
    assert_eq!(Event::from_text(r#"{"k":"started"}"#), Err(EventError::Malformed));
    assert_eq!(Event::from_text("["), Err(EventError::Malformed));
}

#[test]
fn kinds_lists_every_kind_once() {
    let mut kinds = Step::KINDS.to_vec();
    kinds.sort_unstable();
    kinds.dedup();
    assert_eq!(kinds.len(), Step::KINDS.len());
}
