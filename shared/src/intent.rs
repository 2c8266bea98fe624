//! An intent: what a person did, before it is a change. Stored beside the change it became, so that after a refusal
//! the innocent ones can be replayed on the server's heads: ids and texts of events are made here, once.

use crate::{
    document::content::{Edit, Facts},
    model::{
        codes::CountKey,
        event::Step,
        ids::{EventId, RecordId},
        record::{DocKind, DocumentId},
    },
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a page asks the replica to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Intent {
    /// A complaint or feedback was taken. Facts of all three documents, by root key of [`crate::document::fields`], plus
    /// the registration's own under `reg.` (`reg.received_on`, `reg.day_exact`, `reg.entry_type`, `reg.category`,
    /// `reg.subject_role`, `reg.may_be_sensitive`, `reg.voice_escalated_at`) and `ack.mode`. Contact and subject facts
    /// are prefixed with `contact.` and `subject.`.
    RecordComplaint {
        /// Made when the draft was begun.
        record: RecordId,
        /// What the form holds.
        facts: Facts,
    },
    /// A session was planned or held. Facts by root key; `planned` as a flag; counts begin as increments.
    RecordSession {
        /// Made when the draft was begun.
        record: RecordId,
        /// What the form holds.
        facts: Facts,
        /// First counts.
        counts: BTreeMap<CountKey, i64>,
    },
    /// A step in a record's life.
    AddStep {
        /// Which record.
        record: RecordId,
        /// Which of its documents: the case's or the session's.
        doc: DocKind,
        /// What was done.
        step: Step,
    },
    /// A descriptive fact was added or corrected, or one of two conflicting values chosen.
    SetFacts {
        /// Which document.
        document: DocumentId,
        /// New values by root key; none clears.
        facts: BTreeMap<String, Option<crate::document::content::Fact>>,
    },
    /// Participants were counted: one increment per pause, not per tap.
    CountParticipants {
        /// The session.
        record: RecordId,
        /// What was added.
        counts: BTreeMap<CountKey, i64>,
    },
    /// A count was wrong.
    CorrectCount {
        /// The session.
        record: RecordId,
        /// Which count.
        key: CountKey,
        /// By how many, not 0.
        delta: i64,
        /// Why.
        reason: String,
    },
}

/// An intent made ready: the edits of each document, with event ids and texts fixed. Survives a rebase unchanged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prepared {
    /// Which document each list of edits goes to; a document appears once.
    pub edits: Vec<(DocumentId, Vec<Edit>)>,
    /// Events written, so that later intents can name them in `after`.
    pub events: Vec<EventId>,
}
