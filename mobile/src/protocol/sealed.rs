//! What a page is shown of a sealed case: opened in the replica's memory for this one answer, kept nowhere.

use serde::{Deserialize, Serialize};
use shared::{
    document::content::Facts,
    model::{
        dates::UnixSeconds,
        event::Event,
        ids::{EventId, UserId},
        record::DocKind,
    },
};

/// A sealed case, as far as a key on this device opens it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SealedCase {
    /// Who holds it.
    pub recipients: Vec<UserId>,
    /// What was told.
    pub told: Vec<Told>,
    /// Something is there that no key on this device opens.
    pub shut: bool,
    /// Until when one of them must have looked at it; none once someone did, or before the server has it.
    pub look_by: Option<UnixSeconds>,
}

impl SealedCase {
    /// Everything that was told as facts, in the order told.
    pub fn facts(&self) -> impl Iterator<Item = &Facts> {
        self.told.iter().flat_map(|told| match told {
            Told::Intake(facts) | Told::Step(_, facts) | Told::Late { facts, .. } => vec![facts],
            Told::Raised { facts, .. } => facts.iter().map(|(_, facts)| facts).collect(),
        })
    }
}

/// One thing that was told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Told {
    /// At intake: every fact of the form, under its keys there.
    Intake(Facts),
    /// The words of a step.
    Step(EventId, Facts),
    /// All that the case held when it was raised. A document whose facts stood with several values comes once for each.
    Raised {
        /// Facts of each document.
        facts: Vec<(DocKind, Facts)>,
        /// Its steps, with when the server had each.
        events: Vec<(EventId, UnixSeconds, Event)>,
    },
    /// Something that came after it was sealed.
    Late {
        /// For which document.
        doc: DocKind,
        /// Who wrote it.
        by: UserId,
        /// When the server had it.
        at: UnixSeconds,
        /// Facts put.
        facts: Facts,
        /// Steps added.
        events: Vec<(EventId, Event)>,
    },
}
