//! An intent: what a person did, before it is a change. Stored beside the change it became, so that after a refusal
//! the innocent ones can be replayed on the server's heads: ids and texts of events are made here, once.

mod problem;

pub use problem::ProblemCode;

use crate::{
    document::content::{Edit, Facts},
    entropy::Entropy,
    lifecycle::{CaseState, SessionState},
    model::{
        codes::CountKey,
        dates::UnixSeconds,
        event::Step,
        ids::{EventId, RecordId},
        record::{Class, DocKind, DocumentId},
    },
    policy::{Actor, Resource},
    settings::Settings,
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

/// What making an intent ready needs to know.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Who does it.
    pub actor: &'a Actor,
    /// Settings in force on this device.
    pub settings: &'a Settings,
    /// The device's clock.
    pub now: UnixSeconds,
    /// The next receipt number leased to this device; needed by `RecordComplaint` only.
    pub ref_no: Option<&'a str>,
    /// The record as this device has it; none for a new one.
    pub known: Option<Known<'a>>,
}

/// A record this device holds.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// Its fold.
    pub state: KnownState<'a>,
    /// How the actor stands to the document that the intent writes.
    pub resource: &'a Resource,
}

/// The fold of a known record.
#[derive(Clone, Copy, Debug)]
pub enum KnownState<'a> {
    /// A case.
    Case(&'a CaseState),
    /// A session.
    Session(&'a SessionState),
}

/// One field of the form that needs another look.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Key of the form: a fact's key, or the name of the step's field.
    pub field: String,
    /// What is wrong with it.
    pub code: ProblemCode,
}

/// Makes an intent ready: checks it, splits it into documents, fixes event ids and texts with their `after`.
///
/// A sensitive report keeps the clear header only: every other fact is dropped here, before anything is written.
///
/// # Errors
/// Every problem found, at least one, sorted by field.
pub fn prepare(_intent: &Intent, _context: &Context<'_>, _entropy: &mut impl Entropy) -> Result<Prepared, Vec<Problem>> {
    unimplemented!()
}

/// Whether a form holds a report that may be sensitive, so that only the clear header may be kept, not even a draft of more:
/// a sealed category (`ser.*`, `prot.need`, `cond.*`), a level of 4-5, or `reg.may_be_sensitive`.
#[must_use]
pub fn is_sensitive(_facts: &Facts, _settings: &Settings) -> bool {
    unimplemented!()
}

/// What of a form may be kept, in a draft or a record: all of it, or of a sensitive report the header's facts only.
#[must_use]
pub fn keepable(_facts: &Facts, _settings: &Settings) -> Facts {
    unimplemented!()
}

/// The class of the case document that a form becomes.
#[must_use]
pub fn class_of(_facts: &Facts, _settings: &Settings) -> Class {
    unimplemented!()
}
