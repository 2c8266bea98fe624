//! From what a person did to a change on disk: one transaction holds the change, its row, its outbox entry and the intent,
//! takes the receipt number and drops the draft. Only then is it "saved".

use super::{
    batch,
    documents::{self, Held, Origin, ReadError},
    drafts, failure,
    open::Open,
    pictures, projection, push,
    record::{Record, State},
    ref_numbers, sealing,
    storage::{StoreError, flush_log},
    stored,
};
use crate::protocol::{Answer, Failure, FailureCode, Saved};
use rusqlite::{Connection, params};
use shared::{
    box_opening::CASE_OPENING,
    document::{
        actor::ActorId,
        content::{Edit, Fact},
        fold::Document,
        write::WriteError,
    },
    entropy::Entropy,
    intent::{self, Context, Intent, Known, KnownState, Prepared, Problem, ProblemCode, Sealing},
    lifecycle::StepStanding,
    model::{
        dates::UnixSeconds,
        ids::{DeviceId, EventId, RecordId},
        record::{DocKind, DocumentId},
    },
    policy,
};

/// Why an intent did not become a change.
#[derive(Debug, thiserror::Error)]
pub(super) enum DoError {
    /// Storage failed.
    #[error("storage failed")]
    Store(#[from] StoreError),
    /// A document can't be read.
    #[error("a document can't be read")]
    Read(#[from] ReadError),
    /// The change can't be written.
    #[error("the change can't be written")]
    Write(#[from] WriteError),
}

impl From<rusqlite::Error> for DoError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

impl From<DoError> for StoreError {
    fn from(error: DoError) -> Self {
        match error {
            DoError::Store(error) => error,
            DoError::Read(error) => error.into(),
            DoError::Write(_) => Self::Unreadable("document"),
        }
    }
}

impl DoError {
    pub(super) fn failure(&self) -> Failure {
        failure(match self {
            Self::Store(error) | Self::Read(ReadError::Store(error)) => error.code(),
            Self::Read(ReadError::Damaged(_)) => FailureCode::Unreadable,
            Self::Write(_) => FailureCode::Internal,
        })
    }
}

impl Open {
    /// Saves what a person did.
    pub(super) fn perform(&mut self, intent: &Intent, now: UnixSeconds, entropy: &mut dyn Entropy) -> Result<Answer, Failure> {
        let intent = &*self.seated(intent).map_err(|error| DoError::Read(error).failure())?;
        let record = record_of(intent);
        let known = Record::read(&self.conn, record, &self.settings, &self.account.user)
            .map_err(|error| DoError::Read(error).failure())?;
        if let Some(saved) = self.saved_before(intent, known.as_ref()) {
            return Ok(Answer::Saved(saved));
        }
        if let Intent::RecordComplaint { facts, .. } = intent
            && let Some(opening) = facts.get(CASE_OPENING).and_then(Fact::as_text)
            && !self.holds_opening(opening).map_err(stored)?
        {
            return Err(failure(FailureCode::NotFound));
        }
        let taken = match intent {
            Intent::RecordComplaint { .. } => ref_numbers::next(&self.conn).map_err(stored)?,
            _ => None,
        };
        let actor = policy::actor(&self.settings, &self.account.user).ok_or_else(|| failure(FailureCode::NotAllowed))?;
        let document = document_of(intent, known.as_ref());
        let resource = known.as_ref().map(|known| known.resource(document.kind, &self.settings, &actor));
        let parts = sealing::parts_for(self, intent).map_err(|error| error.failure())?;
        let (key, documents) = (self.opener(record, &parts), parts.contents());
        let context = Context {
            actor: &actor,
            settings: &self.settings,
            now,
            ref_no: taken.as_ref().map(|taken| taken.ref_no.as_str()),
            known: known.as_ref().zip(resource.as_ref()).map(|(known, resource)| Known {
                document,
                state: match &known.state {
                    State::Case(state) => KnownState::Case(state),
                    State::Session(state) => KnownState::Session(state, &known.main().content.counts),
                },
                resource,
            }),
            seal: Some(Sealing { book: &self.held.book, key: key.as_ref(), documents: &documents }),
        };
        let prepared = intent::prepare(intent, &context, &mut &mut *entropy).map_err(|problems| refused(&problems))?;
        let sensitive = matches!(intent, Intent::RecordComplaint { facts, .. } if intent::is_sensitive(facts, &self.settings));
        // No card unless she said that one is safe: a code that nobody has seen opens the status page for nobody.
        let is_handed =
            matches!(intent, Intent::RecordComplaint { facts, .. } if facts.get("receipt_given") == Some(&Fact::Flag(true)));
        // A count without consent has no number, and takes none from the lease.
        let has_number = prepared
            .edits
            .iter()
            .flat_map(|(_, edits)| edits)
            .any(|edit| matches!(edit, Edit::Put { key, .. } if key == "ref_no"));
        let used = taken.as_ref().filter(|_| has_number).map(|taken| taken.ref_no.as_str());
        self.commit(intent, &prepared, used, sensitive, now).map_err(|error| error.failure())?;
        self.sync_soon(false, now, entropy);
        let event = prepared.events.first().copied();
        Ok(Answer::Saved(Saved {
            record,
            ref_no: used.map(str::to_owned),
            ref_pin: taken.as_ref().filter(|_| is_handed && has_number).map(|taken| taken.pin.clone()),
            event,
            awaits_ruling: event.is_some_and(|event| self.awaits(record, event)),
        }))
    }

    /// A form sent twice is one record: the second is answered as the first was, but for the PIN, shown once.
    fn saved_before(&self, intent: &Intent, known: Option<&Record>) -> Option<Saved> {
        let (Intent::RecordComplaint { record, .. } | Intent::RecordSession { record, .. } | Intent::JoinSession { record, .. }) =
            intent
        else {
            return None;
        };
        let ref_no = known?.main().content.text("ref_no").map(str::to_owned);
        Some(Saved { record: *record, ref_no, ref_pin: None, event: None, awaits_ruling: false })
    }

    fn commit(
        &mut self,
        done: &Intent,
        prepared: &Prepared,
        ref_no: Option<&str>,
        sensitive: bool,
        now: UnixSeconds,
    ) -> Result<(), DoError> {
        let record = record_of(done);
        let tx = self.conn.transaction()?;
        if let Some(ref_no) = ref_no {
            ref_numbers::take(&tx, ref_no)?;
        }
        let intent = keep_intent(&tx, record, kind_of(done), prepared, now)?;
        for (document, edits) in &prepared.edits {
            write(&tx, *document, edits, intent, self.author)?;
        }
        pictures::saved(&tx, prepared)?;
        drafts::delete(&tx, draft_of(done))?;
        if let Intent::RecordComplaint { facts, .. } = done {
            batch::count(&tx, record, facts, sensitive)?;
        }
        let with = projection::Projecting::of(&self.settings, &self.places, &self.account.user, now);
        // A paper's case says to its opening that it is entered.
        for (document, _) in prepared.edits.iter().filter(|(document, _)| document.record != record) {
            projection::project(&tx, document.record, &with)?;
        }
        if let Some(read) = projection::project(&tx, record, &with)? {
            push::mark_urgent(&tx, &read)?;
        }
        tx.commit()?;
        if sensitive {
            // The draft's earlier pages must not outlive it in the log.
            flush_log(&self.conn)?;
        }
        self.refresh(record)?;
        self.changed();
        Ok(())
    }

    fn awaits(&self, record: RecordId, event: EventId) -> bool {
        let read = Record::read(&self.conn, record, &self.settings, &self.account.user);
        match read.ok().flatten().map(|record| record.state) {
            Some(State::Case(state)) => state.standing(event) == Some(StepStanding::Awaits),
            Some(State::Session(state)) => state.pending.contains(&event),
            None => false,
        }
    }
}

/// Keeps an intent and answers its number.
///
/// # Errors
/// [`StoreError`].
pub(super) fn keep_intent(
    conn: &Connection,
    record: RecordId,
    kind: &str,
    prepared: &Prepared,
    now: UnixSeconds,
) -> Result<i64, StoreError> {
    let text = serde_json::to_string(prepared).map_err(|_| StoreError::Unreadable("intent"))?;
    conn.prepare_cached("insert into intent (record, kind, prepared, saved_at) values (?1, ?2, ?3, ?4)")?
        .execute(params![record.0, kind, text, now.0])?;
    Ok(conn.last_insert_rowid())
}

/// As whom this device writes, from one opening of its store to the next.
#[derive(Clone, Copy)]
pub(super) struct Author {
    device: DeviceId,
    sitting: u16,
}

impl Author {
    pub(super) fn new(device: DeviceId, entropy: &mut dyn Entropy) -> Self {
        let mut sitting = [0; 2];
        entropy.fill(&mut sitting);
        Self { device, sitting: u16::from_be_bytes(sitting) }
    }

    /// The actor of a change. Events carry chance in their ids and equal facts are one fact, but of two equal counts both
    /// hold: without chance in its actor, a phone put back to an older copy of its files that counts the very same again
    /// would make the same change, byte for byte, and its count would pass for a repeat.
    fn actor(self, epoch: u16, edits: &[Edit]) -> ActorId {
        let counts = edits.iter().any(|edit| matches!(edit, Edit::Increment { .. }));
        ActorId::device(self.device, if counts { epoch.wrapping_add(self.sitting) } else { epoch })
    }
}

/// Writes edits as this device's next change of a document and puts it into the outbox. Says whether there was anything to
/// write.
///
/// # Errors
/// [`DoError`].
pub(super) fn write(conn: &Connection, id: DocumentId, edits: &[Edit], intent: i64, author: Author) -> Result<bool, DoError> {
    let mut held = match documents::one(conn, id)? {
        Some(held) => held,
        // Set aside, not absent: a change on nothing would be no change of it.
        None if documents::is_known(conn, id)? => return Err(ReadError::Damaged(id).into()),
        None => Held::new(id),
    };
    if held.document.is_waiting() {
        // Something that others build on is not here yet, perhaps of this device's own, before an older copy of its files was
        // put back. Work goes on beside it, under an actor that can't collide with it.
        held.actor_epoch = held.actor_epoch.saturating_add(1);
        conn.execute("update document set actor_epoch = ?2 where id = ?1", params![id.to_bytes(), held.actor_epoch])?;
        let whole: Vec<_> = held.changes.iter().filter(|change| held.document.has(&change.hash())).cloned().collect();
        held.document = Document::load(id.kind, &whole);
    }
    let Some(change) = held.document.write(author.actor(held.actor_epoch, edits), edits)? else { return Ok(false) };
    documents::begin(conn, id)?;
    let (local, _) = documents::keep(conn, id, change.hash(), change.raw(), &Origin::Own)?;
    conn.prepare_cached("insert into outbox (local, document, intent) values (?1, ?2, ?3)")?.execute(params![
        local,
        id.to_bytes(),
        intent
    ])?;
    Ok(true)
}

fn refused(problems: &[Problem]) -> Failure {
    let only = |code| problems.iter().all(|problem| problem.code == code);
    let code = match problems.first().map(|problem| problem.code) {
        Some(ProblemCode::NoRefNo) if only(ProblemCode::NoRefNo) => FailureCode::NoRefNos,
        Some(ProblemCode::NotAllowed) if only(ProblemCode::NotAllowed) => FailureCode::NotAllowed,
        Some(ProblemCode::UnknownRecord) if only(ProblemCode::UnknownRecord) => FailureCode::NotFound,
        Some(ProblemCode::SealingNotOpen) => FailureCode::SealingNotOpen,
        _ => FailureCode::Invalid,
    };
    let fields = problems.iter().map(|problem| (problem.field.clone(), problem.code.id().to_owned())).collect();
    Failure { code, fields }
}

fn record_of(intent: &Intent) -> RecordId {
    match intent {
        Intent::RecordComplaint { record, .. }
        | Intent::RecordSession { record, .. }
        | Intent::JoinSession { record, .. }
        | Intent::OpenBox { record, .. }
        | Intent::AddStep { record, .. }
        | Intent::SealedStep { record, .. }
        | Intent::Reseal { record }
        | Intent::CountParticipants { record, .. }
        | Intent::CorrectCount { record, .. } => *record,
        Intent::SetFacts { document, .. } => document.record,
    }
}

/// The draft it was begun as.
fn draft_of(intent: &Intent) -> RecordId {
    let begun = match intent {
        Intent::RecordSession { facts, .. } | Intent::JoinSession { facts, .. } => intent::begun(facts),
        _ => None,
    };
    begun.unwrap_or_else(|| record_of(intent))
}

/// The document an intent mainly writes, in the generation that is here.
fn document_of(intent: &Intent, known: Option<&Record>) -> DocumentId {
    let newest = |record: RecordId, doc| known.map_or_else(|| DocumentId::first(record, doc), |known| known.document_id(doc));
    match intent {
        Intent::RecordComplaint { record, .. } | Intent::SealedStep { record, .. } | Intent::Reseal { record } => {
            newest(*record, DocKind::Case)
        }
        Intent::AddStep { record, doc, .. } => newest(*record, *doc),
        Intent::OpenBox { record, .. } => newest(*record, DocKind::BoxOpening),
        Intent::SetFacts { document, .. } => *document,
        Intent::RecordSession { record, .. }
        | Intent::JoinSession { record, .. }
        | Intent::CountParticipants { record, .. }
        | Intent::CorrectCount { record, .. } => newest(*record, DocKind::Session),
    }
}

/// The intent's kind, as quarantine shows it: a step's own kind, else the intent's.
fn kind_of(intent: &Intent) -> &'static str {
    match intent {
        Intent::RecordComplaint { .. } => "record_complaint",
        Intent::RecordSession { .. } => "record_session",
        Intent::JoinSession { .. } => "session_joined",
        Intent::OpenBox { .. } => "open_box",
        Intent::AddStep { step, .. } => step.kind(),
        Intent::SetFacts { .. } => "set_facts",
        Intent::SealedStep { deed, .. } => deed.right(),
        Intent::Reseal { .. } => "reseal",
        Intent::CountParticipants { .. } => "count_participants",
        Intent::CorrectCount { .. } => "correct_count",
    }
}
