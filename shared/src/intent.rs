//! An intent: what a person did, before it is a change. Stored beside the change it became, so that after a refusal
//! the innocent ones can be replayed on the server's heads: ids and texts of events are made here, once.

mod box_opening;
pub mod burst;
mod complaint;
mod dropped;
mod facts;
mod on_spot;
mod problem;
#[cfg(feature = "documents")]
mod sealed;
mod sensitive;
mod session;
mod step;

pub use dropped::DROPPED;
pub use on_spot::{AGREED, SATISFACTION, TOLD, may_answer_now, untell};
pub use problem::ProblemCode;
#[cfg(feature = "documents")]
pub use sealed::Sealing;
pub use sensitive::{PREFERS, class_of, is_sensitive, keepable, rather, recipients_of};
pub use session::{BEGUN, begun, joinable, registration};

use crate::{
    document::content::{Edit, Facts},
    entropy::Entropy,
    lifecycle::{CaseState, SessionState},
    model::{
        codes::CountKey,
        dates::{Day, UnixSeconds},
        event::{Event, SealedDeed, Step},
        ids::{EventId, RecordId, UserId},
        order::StepRef,
        record::{DocKind, DocumentId},
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
    /// the registration's own under `reg.` (`reg.received_on`, `reg.day_exact`, `reg.old_day_confirmed`, `reg.entry_type`,
    /// `reg.category`, `reg.level` to raise it, `reg.subject_role`, `reg.may_be_sensitive`, `reg.voice_escalated_at`) and
    /// `ack.mode`. Contact and subject facts are prefixed with `contact.` and `subject.`. Numbers and days may be text in
    /// any digits; empty text counts as not given. [`TOLD`], [`AGREED`] and [`SATISFACTION`] say that it was answered on the spot.
    RecordComplaint {
        /// Made when the draft was begun.
        record: RecordId,
        /// What the form holds.
        facts: Facts,
    },
    /// A session was planned or held. Facts by root key; `planned` as a flag; [`BEGUN`] names the draft of one recorded on the
    /// spot, which then goes under [`joinable`]'s id, so that colleagues reach it by digits; counts begin as increments.
    RecordSession {
        /// Made when the draft was begun.
        record: RecordId,
        /// What the form holds.
        facts: Facts,
        /// First counts.
        counts: BTreeMap<CountKey, i64>,
    },
    /// A complaint box was opened. Facts by root key; the record is [`crate::box_opening::record_of`] box and day, so that both who
    /// open it write one record.
    OpenBox {
        /// Of this box and day.
        record: RecordId,
        /// What the form holds.
        facts: Facts,
    },
    /// A colleague's session, found by its digits or picture. Facts by root key, as far as this phone knows them.
    JoinSession {
        /// The colleague's record.
        record: RecordId,
        /// Who registers it.
        lead: UserId,
        /// Day, phase, place, projects, and which side this person counts.
        facts: Facts,
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
    /// A step on a sealed case: kind and day in the clear, the words sealed to whoever holds it.
    SealedStep {
        /// The case.
        record: RecordId,
        /// Civil day the person states.
        on: Day,
        /// What was done. Whom a level has for recipients is found out here, where the report is open: hand in none.
        deed: SealedDeed,
        /// What is told of it: `text`, and what else its kind has.
        words: Facts,
    },
    /// What this person opens of a sealed case is sealed anew, to those who hold it now. One piece at a time: asked again until
    /// nothing is left to do.
    Reseal {
        /// The case.
        record: RecordId,
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
    /// What sealing needs; none on a device that has seen no key book.
    #[cfg(feature = "documents")]
    pub seal: Option<Sealing<'a>>,
}

/// A record this device holds.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The document that the intent writes.
    pub document: DocumentId,
    /// The record's fold.
    pub state: KnownState<'a>,
    /// How the actor stands to the document.
    pub resource: &'a Resource,
}

/// The fold of a known record.
#[derive(Clone, Copy, Debug)]
pub enum KnownState<'a> {
    /// A case.
    Case(&'a CaseState),
    /// A session, with its counters as they stand: below 0 where several people took off the same at once.
    Session(&'a SessionState, &'a BTreeMap<CountKey, i64>),
}

impl KnownState<'_> {
    /// What the next event has to name in its `after`.
    #[must_use]
    pub fn heads(&self) -> &[StepRef] {
        match self {
            Self::Case(state) => &state.heads,
            Self::Session(state, _) => &state.heads,
        }
    }
}

impl Context<'_> {
    /// Today in the deployment's time zone, by the device's clock.
    #[must_use]
    pub fn today(&self) -> Day {
        self.now.day(self.settings.utc_offset_min)
    }

    fn event(&self, after: Vec<StepRef>, step: Step) -> Event {
        Event { by: self.actor.user.clone(), at: self.now, after, set: self.settings.version, step }
    }
}

/// One field of the form that needs another look.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Key of the form: a fact's key, or the name of the step's field; empty when it is about the whole.
    pub field: String,
    /// What is wrong with it.
    pub code: ProblemCode,
}

impl Problem {
    fn new(field: &str, code: ProblemCode) -> Self {
        Self { field: field.to_owned(), code }
    }
}

/// Makes an intent ready: checks it, splits it into documents, fixes event ids and texts with their `after`.
///
/// A sensitive report becomes a clear header, and the rest of the form is sealed to those who may read it; where nobody of them has
/// a key, every other fact is dropped here, before anything is written. Without consent to record, only the count is kept.
///
/// # Errors
/// Every problem found, at least one, sorted by field.
pub fn prepare(intent: &Intent, context: &Context<'_>, entropy: &mut impl Entropy) -> Result<Prepared, Vec<Problem>> {
    let prepared = match intent {
        Intent::RecordComplaint { record, facts } => complaint::prepare(*record, facts, context, entropy),
        Intent::RecordSession { record, facts, counts } => session::prepare(*record, facts, counts, context, entropy),
        Intent::OpenBox { record, facts } => box_opening::prepare(*record, facts, context, entropy),
        Intent::JoinSession { record, lead, facts } => session::join(*record, lead, facts, context, entropy),
        Intent::AddStep { record, doc, step } => step::prepare(*record, *doc, step, context, entropy),
        Intent::SetFacts { document, facts } => facts::prepare(*document, facts, context),
        Intent::CountParticipants { record, counts } => session::count(*record, counts, context),
        Intent::CorrectCount { record, key, delta, reason } => session::correct(*record, *key, *delta, reason, context, entropy),
        #[cfg(feature = "documents")]
        Intent::SealedStep { record, on, deed, words } => sealed::step(*record, *on, deed, words, context, entropy),
        #[cfg(feature = "documents")]
        Intent::Reseal { record } => sealed::reseal(*record, context, entropy),
        // The page side has no keys, and makes nothing ready.
        #[cfg(not(feature = "documents"))]
        Intent::SealedStep { .. } | Intent::Reseal { .. } => Err(vec![Problem::new("", ProblemCode::SealingNotOpen)]),
    };
    prepared.map_err(|mut problems| {
        problems.sort();
        problems.dedup();
        problems
    })
}

/// The known record, if it is the one the intent is about.
fn known<'a>(context: &Context<'a>, record: RecordId) -> Result<Known<'a>, Vec<Problem>> {
    let unknown = || vec![Problem::new("", ProblemCode::UnknownRecord)];
    context.known.filter(|known| known.document.record == record).ok_or_else(unknown)
}
