//! What an envelope says, as its JSON holds it. Knows no keys.

use crate::{
    document::{
        alone::{Alone, alone},
        change::Change,
        content::{Content, Fact, Facts, Standing},
        fields::{BODY, BODY_INTAKE},
    },
    model::{
        dates::UnixSeconds,
        event::Event,
        ids::{EventId, UserId},
        record::DocKind,
    },
    seal::{OpenError, SealError},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::collections::BTreeMap;
use zeroize::Zeroizing;

/// What was told in one envelope.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// At intake: every fact of the form, contact and subject under their prefixes, the registration's under `reg.`.
    Intake(Facts),
    /// The words of a step: `text`, and what else its kind has.
    Step(EventId, Facts),
    /// All that a case held when it was raised.
    Raised(RaisedCase),
    /// A change that came after its document was sealed.
    Late(Late),
}

/// Facts with every value that stood.
pub type AllFacts = BTreeMap<String, Vec<Fact>>;

/// A case as it stood when it was raised.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RaisedCase {
    /// Of the case document.
    pub facts: AllFacts,
    /// Who spoke.
    pub contact: AllFacts,
    /// Whom it is about.
    pub subject: AllFacts,
    /// Its steps, by place in the order.
    pub events: Vec<PastEvent>,
}

/// One step of a case before it was raised.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PastEvent {
    /// Its id.
    pub id: EventId,
    /// When the server had it.
    pub received_at: UnixSeconds,
    /// What was done.
    pub event: Event,
}

/// A change of a document that was gone when it came: kept for those who read the case now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Late {
    /// Of which document.
    pub doc: DocKind,
    /// Who wrote it.
    pub by: UserId,
    /// When the server had it.
    pub at: UnixSeconds,
    /// Facts it put.
    #[serde(default, skip_serializing_if = "Facts::is_empty")]
    pub facts: Facts,
    /// Facts it removed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cleared: Vec<String>,
    /// Steps it added.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<(EventId, Event)>,
}

impl Late {
    /// What a change says by itself, without the document it was written on.
    #[must_use]
    pub fn of(change: &Change, doc: DocKind, by: UserId, at: UnixSeconds) -> Self {
        let Alone { facts, cleared, events } = alone(change);
        let own =
            |(id, text): (EventId, String)| Event::from_text(&text).ok().filter(|event| event.by == by).map(|event| (id, event));
        let events = events.into_iter().filter_map(own).collect();
        Self { doc, by, at, facts, cleared, events }
    }

    /// What a reader of the sealed case must know of it: nothing, if the change said nothing that can be read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty() && self.cleared.is_empty() && self.events.is_empty()
    }
}

/// Every value of every fact of a document.
#[must_use]
pub fn all_facts(content: &Content) -> AllFacts {
    let values =
        |(key, values): (&String, &Vec<Standing>)| (key.clone(), values.iter().map(|value| value.fact.clone()).collect());
    content.facts.iter().map(values).collect()
}

pub(super) fn write(value: &impl Serialize) -> Result<Zeroizing<Vec<u8>>, SealError> {
    // Keys are texts and numbers finite, so it is always written; an empty body would be a lie.
    serde_json::to_vec(value).map(Zeroizing::new).map_err(|_| SealError::TooLong)
}

pub(super) fn read(key: &str, body: &[u8]) -> Result<Said, OpenError> {
    if key == BODY_INTAKE {
        return json(body).map(Said::Intake);
    }
    if key.starts_with(super::LATE) {
        return json(body).map(Said::Late);
    }
    let event = key.strip_prefix(BODY).and_then(|id| id.parse().ok()).ok_or(OpenError::Malformed)?;
    json(body).map(|facts| Said::Step(event, facts))
}

pub(super) fn read_raised(body: &[u8]) -> Result<Said, OpenError> {
    json(body).map(Said::Raised)
}

fn json<T: DeserializeOwned>(body: &[u8]) -> Result<T, OpenError> {
    crate::json::from_bytes(body).map_err(|_| OpenError::Malformed)
}
