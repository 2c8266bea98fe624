//! A step in a record's life: who may take it now, and what its form must hold.
//!
//! # Source
//! domain.md §6 (required data of T1-T22), §7; lists of §5.

use super::{
    Context, Known, KnownState, Prepared, Problem, ProblemCode,
    facts::{offers, offers_category},
    known,
    session::{check_counts, check_date, check_estimate},
};
#[cfg(feature = "documents")]
use crate::routing::{self, CaseFacts};
use crate::{
    document::{
        content::Edit,
        fields::{MAX_COUNT, is_short},
    },
    entropy::Entropy,
    lifecycle::{self, CaseState},
    model::{
        codes::{CloseReason, Consent, Level, Status},
        dates::{Day, plus_days},
        event::{MAX_NOTE_CHARS, Step},
        ids::{Code, EventId, RecordId, UserId},
        record::DocKind,
    },
    policy::{self, Action},
    receipt_no::ReceiptNo,
};

/// Longest "when" of an attempt to reach someone, in characters.
const MAX_TIME_CHARS: usize = 40;
/// An extension reaches at most this far past today [J].
const MAX_EXTENSION_DAYS: i64 = 180;

/// `AddStep`.
pub(super) fn prepare(
    record: RecordId,
    doc: DocKind,
    step: &Step,
    context: &Context<'_>,
    entropy: &mut impl Entropy,
) -> Result<Prepared, Vec<Problem>> {
    let known = known(context, record)?;
    let mut problems = Vec::new();
    if known.document.kind != doc {
        problems.push(Problem::new("", ProblemCode::UnknownRecord));
    }
    check_open(step, &known, context, &mut problems);
    Form { context, state: known.state, problems: &mut problems }.check(step);
    if !problems.is_empty() {
        return Err(problems);
    }
    let id = EventId::random(entropy);
    let text = context.event(known.state.heads().to_vec(), step.clone()).to_text();
    let mut edits = vec![Edit::Event { id, text }];
    // The plan stands on the day its fact says.
    if let Step::PlanChanged { to: Some(day), .. } = step {
        edits.push(Edit::Put { key: "date".to_owned(), fact: day.to_string().into() });
    }
    Ok(Prepared { edits: vec![(known.document, edits)], events: vec![id] })
}

/// Allowed at all, and open now. A counter's correction and a registration have intents of their own.
fn check_open(step: &Step, known: &Known<'_>, context: &Context<'_>, problems: &mut Vec<Problem>) {
    let kind = step.kind();
    let own_intent = matches!(
        step,
        Step::Registered(_)
            | Step::SessionRegistered { .. }
            | Step::BoxOpened {}
            | Step::AnsweredOnSpot { .. }
            | Step::SessionJoined { .. }
            | Step::Corrected { .. }
            | Step::SealedStep { .. }
    );
    if own_intent || !policy::may(context.actor, Action::Step(kind), Some(known.resource)) {
        problems.push(Problem::new("", ProblemCode::NotAllowed));
        return;
    }
    let open = match known.state {
        KnownState::Case(state) => lifecycle::steps_open_to(state, context.actor, known.resource),
        KnownState::Session(state, _) => lifecycle::session_steps_open_to(state, context.actor, known.resource),
    };
    if !open.contains(&kind) {
        problems.push(Problem::new("", ProblemCode::NotOpen));
    }
}

/// A text of an event: within its length, and there at all where it must be.
pub(super) fn check_note(field: &str, text: &str, required: bool, problems: &mut Vec<Problem>) {
    if required && text.trim().is_empty() {
        problems.push(Problem::new(field, ProblemCode::Required));
    } else if !is_short(text, MAX_NOTE_CHARS) {
        problems.push(Problem::new(field, ProblemCode::TooLong));
    }
}

struct Form<'a> {
    context: &'a Context<'a>,
    state: KnownState<'a>,
    problems: &'a mut Vec<Problem>,
}

impl Form<'_> {
    fn check(&mut self, step: &Step) {
        match step {
            Step::Acknowledged { mode, .. } => self.code("mode", "mode", mode),
            Step::Classified { category, level, reason, .. } => self.classified(category, *level, reason),
            Step::Assigned { to, reason, .. } => {
                self.person("to", to);
                self.optional("reason", reason);
            }
            Step::Started { note } | Step::Correction { note } => self.required("note", note),
            Step::Held { reason, next_on, note } => {
                self.code("reason", "hold", reason);
                let last = plus_days(self.context.today(), i64::from(self.context.settings.limits.hold_days));
                self.between("next_on", *next_on, self.context.today(), last);
                self.optional("note", note);
            }
            Step::Resumed { note } => self.optional("note", note),
            Step::ExtensionAsked { reason, until, interim } => {
                self.required("reason", reason);
                self.required("interim", interim);
                self.extension(*until);
            }
            Step::AnswerProposed { talking_points, findings, actions } => {
                self.required("talking_points", talking_points);
                self.optional("findings", findings);
                self.optional("actions", actions);
            }
            Step::Followup { with, mode, note, next_on } => {
                self.optional("with", with);
                self.code("mode", "mode", mode);
                self.required("note", note);
                if next_on.is_some_and(|day| day < self.context.today()) {
                    self.problem("next_on", ProblemCode::DayTooEarly);
                }
            }
            Step::ContactAttempt { mode, result, on, time } => {
                self.code("mode", "mode", mode);
                self.code("result", "contact", result);
                self.past("on", *on);
                if !is_short(time, MAX_TIME_CHARS) {
                    self.problem("time", ProblemCode::TooLong);
                }
            }
            Step::Responded { on, mode, summary, of, .. } => {
                self.past("on", *on);
                self.code("mode", "mode", mode);
                self.required("summary", summary);
                let claim = self.case().and_then(|state| state.on_spot).filter(|claim| !claim.accepted);
                if of.is_some_and(|of| claim.is_none_or(|claim| claim.event != of)) {
                    self.problem("", ProblemCode::NotOpen);
                }
            }
            Step::Closed { on, reason, note, satisfaction, .. } => self.closed(*on, *reason, note, satisfaction),
            Step::Referred { to, consent, ground, shared } => {
                self.required("to", to);
                self.required("shared", shared);
                if *consent == Consent::Yes { self.optional("ground", ground) } else { self.required("ground", ground) }
            }
            Step::ReferralReceived { on, note, .. } => {
                self.past("on", *on);
                self.optional("note", note);
            }
            Step::Merged { into_ref, reason, .. } => {
                if ReceiptNo::parse(into_ref).map(|number| number.as_str() == into_ref) != Ok(true) {
                    self.problem("into_ref", ProblemCode::NotARefNo);
                }
                self.required("reason", reason);
            }
            Step::Reopened { reason, requested_by } => {
                self.required("reason", reason);
                self.required("requested_by", requested_by);
            }
            Step::PlanChanged { to, reason, note } => {
                self.code("reason", "plan_reason", reason);
                self.optional("note", note);
                if let Some(day) = to {
                    check_date(*day, true, self.context, self.problems);
                }
            }
            Step::Voided { reason } | Step::EstimateDropped { reason, .. } | Step::Corrected { reason, .. } => {
                self.required("reason", reason);
            }
            Step::Estimated { side, counts, with_disability } => {
                check_estimate(side.as_str(), counts, *with_disability, self.context, self.problems);
            }
            Step::CountDropped { of, counts, reason } => {
                self.person("of", of);
                check_counts(counts, self.problems);
                self.required("reason", reason);
            }
            Step::MaterialsHanded { counts } => {
                for (kind, count) in counts {
                    self.code(&format!("iec.{kind}"), "iec", kind);
                    if i64::from(*count) > MAX_COUNT {
                        self.problem(&format!("iec.{kind}"), ProblemCode::OutOfRange);
                    }
                }
            }
            Step::Seen {}
            | Step::DropUndone { .. }
            | Step::SessionJoined { .. }
            | Step::ExtensionApproved { .. }
            | Step::AnswerApproved { .. }
            | Step::CloseSeconded { .. }
            | Step::Registered(_)
            | Step::SealedStep { .. }
            | Step::BoxOpened {}
            | Step::AnsweredOnSpot { .. }
            | Step::SessionRegistered { .. } => {}
        }
    }

    fn problem(&mut self, field: &str, code: ProblemCode) {
        self.problems.push(Problem::new(field, code));
    }

    fn required(&mut self, field: &str, text: &str) {
        check_note(field, text, true, self.problems);
    }

    fn optional(&mut self, field: &str, text: &str) {
        check_note(field, text, false, self.problems);
    }

    fn code(&mut self, field: &str, list: &str, code: &Code) {
        if !offers(self.context.settings, list, code.as_str()) {
            self.problem(field, ProblemCode::UnknownCode);
        }
    }

    fn person(&mut self, field: &str, user: &UserId) {
        if self.context.settings.person(user).is_none_or(|person| person.inactive) {
            self.problem(field, ProblemCode::UnknownPerson);
        }
    }

    fn between(&mut self, field: &str, day: Day, first: Day, last: Day) {
        if day < first {
            self.problem(field, ProblemCode::DayTooEarly);
        } else if day > last {
            self.problem(field, ProblemCode::DayTooLate);
        }
    }

    /// Not after today, and not before the case was received.
    fn past(&mut self, field: &str, day: Day) {
        if day > self.context.today() {
            self.problem(field, ProblemCode::FutureDay);
        } else if self.case().is_some_and(|state| day < state.received_on) {
            self.problem(field, ProblemCode::DayTooEarly);
        }
    }

    fn case(&self) -> Option<&CaseState> {
        match self.state {
            KnownState::Case(state) => Some(state),
            KnownState::Session(..) => None,
        }
    }

    /// T2, T18: a reason wherever the level differs from the one that holds.
    fn classified(&mut self, category: &Code, level: Level, reason: &str) {
        let settings = self.context.settings;
        if !offers_category(settings, category) {
            self.problem("category", ProblemCode::UnknownCode);
        }
        let sealed = settings.category(category).filter(|category| category.sealed).map(|category| category.level);
        if (sealed.is_some() || level.is_sealed()) && !self.can_seal(category, level.max(sealed.unwrap_or(level))) {
            self.problem("level", ProblemCode::SealingNotOpen);
        } else if sealed.is_some() && !level.is_sealed() {
            self.problem("level", ProblemCode::OutOfRange);
        }
        let differs = self.case().is_some_and(|state| state.level != level);
        check_note("reason", reason, differs, self.problems);
    }

    /// Whether someone who would hold the case at this level has a key. The server finds out for itself; this is so that nobody
    /// believes it was passed on.
    #[cfg(feature = "documents")]
    fn can_seal(&self, category: &Code, level: Level) -> bool {
        let Some(state) = self.case() else { return false };
        let facts = CaseFacts {
            level,
            adm3: &state.adm3,
            project: state.project.as_ref(),
            partner: None,
            subject_role: state.subject_role,
            author: &state.recorded_by,
        };
        let recipients = routing::recipients(self.context.settings, &facts, Some(category));
        self.context.seal.is_some_and(|seal| seal.book.keys_for(&recipients).is_some())
    }

    #[cfg(not(feature = "documents"))]
    fn can_seal(&self, _: &Code, _: Level) -> bool {
        false
    }

    /// T8: past the day it is due now.
    fn extension(&mut self, until: Day) {
        let settings = self.context.settings;
        let due = self.case().map(|state| state.extended_to.unwrap_or(settings.closure_due(state.received_on)));
        let first = due.map_or(self.context.today(), |due| plus_days(due, 1)).max(self.context.today());
        self.between("until", until, first, plus_days(self.context.today(), MAX_EXTENSION_DAYS));
    }

    /// T11, T12, T20-T22. What each reason says of itself stands in its note.
    fn closed(&mut self, on: Day, reason: CloseReason, note: &str, satisfaction: &Code) {
        self.past("on", on);
        self.code("satisfaction", "satisfaction", satisfaction);
        if !offers(self.context.settings, "close_reason", reason.id()) {
            self.problem("reason", ProblemCode::UnknownCode);
        }
        let needs_note = matches!(
            reason,
            CloseReason::Withdrawn | CloseReason::RespondedPublic | CloseReason::AnonNoContact | CloseReason::ReferralAck
        );
        check_note("note", note, needs_note, self.problems);
        let own_step = matches!(reason, CloseReason::Duplicate | CloseReason::Void | CloseReason::IuHandover);
        let answered = self.case().is_some_and(|state| state.status == Status::Responded);
        if own_step || (reason == CloseReason::Responded && !answered) {
            self.problem("reason", ProblemCode::NotOpen);
        }
    }
}
