//! Awareness sessions: registering one, counting who took part, correcting a count.
//!
//! # Source
//! domain.md §7, §12 (counts of a million, future and ancient dates).

use super::{
    Context, KnownState, Prepared, Problem, ProblemCode,
    facts::{check, check_within, chosen, day, flag, number, offers, puts, text},
    known,
    step::check_note,
};
use crate::{
    clocks::{self, DayProblem},
    document::{
        content::{Edit, Facts},
        fields::MAX_COUNT,
    },
    entropy::Entropy,
    joining::{self, Occasion},
    model::{
        codes::CountKey,
        dates::{Day, plus_days},
        event::Step,
        ids::{EventId, RecordId, UserId},
        record::{Class, DocKind, DocumentId},
    },
    policy::{self, Action, Resource},
};
use std::collections::BTreeMap;

/// Key of a form, not of a document: the draft of a session recorded on the spot.
pub const BEGUN: &str = "begun";
/// A session is planned at most a year ahead [J].
const PLANNED_AHEAD_DAYS: i64 = 366;

/// `RecordSession`. `planned` is a flag of the form, not of the document.
pub(super) fn prepare(
    record: RecordId,
    facts: &Facts,
    counts: &BTreeMap<CountKey, i64>,
    context: &Context<'_>,
    entropy: &mut impl Entropy,
) -> Result<Prepared, Vec<Problem>> {
    let planned = flag(facts, "planned");
    let mut problems = Vec::new();
    required(facts, if planned { When::Planned } else { When::Held }, &mut problems);
    if let Some(day) = day(facts, "date") {
        check_date(day, planned, context, &mut problems);
    }
    if number(facts, "understood.right").unwrap_or(0) > number(facts, "understood.asked").unwrap_or(i64::MAX) {
        problems.push(Problem::new("understood.right", ProblemCode::PartsExceedTotal));
    }
    let stored = check(DocKind::Session, &of_document(facts), "", context.settings, &mut problems);
    check_within(&stored, context.settings, &mut problems);
    let increments = increments(counts, &mut problems);
    if !policy::may(context.actor, Action::Create, Some(&Resource::draft(DocKind::Session, Class::Session))) {
        problems.push(Problem::new("", ProblemCode::NotAllowed));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let id = begun(facts).map_or_else(|| EventId::random(entropy), registration);
    let mut edits = puts(stored);
    edits.push(Edit::Event { id, text: context.event(Vec::new(), Step::SessionRegistered { planned }).to_text() });
    edits.extend(increments);
    Ok(Prepared { edits: vec![(DocumentId::first(record, DocKind::Session), edits)], events: vec![id] })
}

fn of_document(facts: &Facts) -> Facts {
    let of_form = |key: &str| ["planned", BEGUN].contains(&key);
    facts.iter().filter(|(key, _)| !of_form(key)).map(|(key, fact)| (key.clone(), fact.clone())).collect()
}

/// The draft that a form's session is to be told by.
#[must_use]
pub fn begun(facts: &Facts) -> Option<RecordId> {
    text(facts, BEGUN).and_then(|text| text.parse().ok())
}

/// The registration of a session recorded on the spot carries its draft's id: the same form sent twice is told by it.
#[must_use]
pub fn registration(draft: RecordId) -> EventId {
    let mut id = [0; 8];
    id.copy_from_slice(&draft.0[8..]);
    EventId(id)
}

/// The id that a session recorded on the spot takes, so that a colleague can join it by digits: the form's own draft gives the
/// number, `attempt` the next ones where this phone has another session with it. None if the form says too little, or is of a
/// plan, which reaches its people by sync.
#[must_use]
pub fn joinable(facts: &Facts, lead: &UserId, attempt: u16) -> Option<RecordId> {
    let draft = begun(facts).filter(|_| !flag(facts, "planned"))?;
    let number = u16::from_be_bytes([draft.0[0], draft.0[1]]);
    Some(Occasion::of_facts(lead, facts)?.record(number.wrapping_add(attempt)))
}

/// `JoinSession`: what the second phone knows of the session, and that it joined. Counters begin at the same nothing on both.
pub(super) fn join(
    record: RecordId,
    lead: &UserId,
    facts: &Facts,
    context: &Context<'_>,
    entropy: &mut impl Entropy,
) -> Result<Prepared, Vec<Problem>> {
    let mut problems = Vec::new();
    required(facts, When::Joined, &mut problems);
    if let Some(day) = day(facts, "date") {
        check_date(day, false, context, &mut problems);
    }
    let me = &context.actor.user;
    if lead == me || context.settings.person(lead).is_none_or(|person| person.inactive) {
        problems.push(Problem::new("lead", ProblemCode::UnknownPerson));
    }
    let fits = Occasion::of_facts(lead, facts).is_none_or(|occasion| occasion.fits(record));
    if joining::is_derived(record) && !fits {
        problems.push(Problem::new("code", ProblemCode::UnknownRecord));
    }
    let mut facts = of_document(facts);
    facts.extend([lead, me].map(|user| (format!("facilitator.{user}"), true.into())));
    let stored = check(DocKind::Session, &facts, "", context.settings, &mut problems);
    check_within(&stored, context.settings, &mut problems);
    if !policy::may(context.actor, Action::Create, Some(&Resource::draft(DocKind::Session, Class::Session))) {
        problems.push(Problem::new("", ProblemCode::NotAllowed));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let id = EventId::random(entropy);
    let mut edits = puts(stored);
    edits.push(Edit::Event { id, text: context.event(Vec::new(), Step::SessionJoined { lead: lead.clone() }).to_text() });
    Ok(Prepared { edits: vec![(DocumentId::first(record, DocKind::Session), edits)], events: vec![id] })
}

/// At what a form of a session is filled in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    Planned,
    Held,
    /// By the second of two facilitators: the first says the rest.
    Joined,
}

/// What a session can't be without; one that was held also says for whom, how and about what.
fn required(facts: &Facts, when: When, problems: &mut Vec<Problem>) {
    let mut keys = vec!["date", "phase", "place.adm3"];
    let mut sets = vec![("project.", "project.*")];
    if when == When::Held {
        keys.push("method");
        sets.extend([("aud.", "aud.*"), ("topic.", "topic.*")]);
    }
    let missing = keys.into_iter().filter(|key| text(facts, key).is_none());
    let empty = sets.into_iter().filter(|(stem, _)| chosen(facts, stem).next().is_none()).map(|(_, field)| field);
    problems.extend(missing.chain(empty).map(|key| Problem::new(key, ProblemCode::Required)));
}

/// A session that was held lies neither in the future nor years back; a planned one at most a year ahead.
pub(super) fn check_date(day: Day, may_be_planned: bool, context: &Context<'_>, problems: &mut Vec<Problem>) {
    let today = context.today();
    let code = match clocks::check_received_on(day, today, &context.settings.limits) {
        Some(DayProblem::Ancient) => Some(ProblemCode::AncientDay),
        Some(DayProblem::Future) if !may_be_planned => Some(ProblemCode::FutureDay),
        Some(DayProblem::Future) if day > plus_days(today, PLANNED_AHEAD_DAYS) => Some(ProblemCode::DayTooLate),
        _ => None,
    };
    problems.extend(code.map(|code| Problem::new("date", code)));
}

/// One increment for every count that is not 0.
fn increments(counts: &BTreeMap<CountKey, i64>, problems: &mut Vec<Problem>) -> Vec<Edit> {
    let out_of_range = counts.iter().filter(|(_, by)| !(0..=MAX_COUNT).contains(*by));
    problems.extend(out_of_range.map(|(key, _)| Problem::new(&count_field(*key), ProblemCode::OutOfRange)));
    counts.iter().filter(|(_, by)| **by != 0).map(|(key, by)| Edit::Increment { key: *key, by: *by }).collect()
}

fn count_field(key: CountKey) -> String {
    format!("count.{}", key.id())
}

/// `CountParticipants`.
pub(super) fn count(record: RecordId, counts: &BTreeMap<CountKey, i64>, context: &Context<'_>) -> Result<Prepared, Vec<Problem>> {
    let known = known(context, record)?;
    let mut problems = Vec::new();
    if !policy::may(context.actor, Action::Increment, Some(known.resource)) {
        problems.push(Problem::new("", ProblemCode::NotAllowed));
    }
    check_not_void(known.state, &mut problems);
    let edits = increments(counts, &mut problems);
    if edits.is_empty() {
        problems.push(Problem::new("", ProblemCode::Nothing));
    }
    if problems.is_empty() { Ok(Prepared { edits: vec![(known.document, edits)], events: Vec::new() }) } else { Err(problems) }
}

/// `CorrectCount`: the reason and the increment in one change. Nothing is taken off that was not counted, as far as this phone
/// knows; what two phones took off at once is made good by whoever corrects next.
pub(super) fn correct(
    record: RecordId,
    key: CountKey,
    delta: i64,
    reason: &str,
    context: &Context<'_>,
    entropy: &mut impl Entropy,
) -> Result<Prepared, Vec<Problem>> {
    let known = known(context, record)?;
    let mut problems = Vec::new();
    let may = |action| policy::may(context.actor, action, Some(known.resource));
    if !(may(Action::Step("corrected")) && may(Action::Increment)) {
        problems.push(Problem::new("", ProblemCode::NotAllowed));
    }
    check_not_void(known.state, &mut problems);
    let counted = counted(known.state, key);
    let shown = counted.max(0);
    let by = delta.saturating_add(shown - counted);
    let code = if delta == 0 {
        Some(ProblemCode::Nothing)
    } else if !(-MAX_COUNT..=MAX_COUNT).contains(&delta) || by > MAX_COUNT {
        Some(ProblemCode::OutOfRange)
    } else if shown + delta < 0 {
        Some(ProblemCode::BelowZero)
    } else {
        None
    };
    problems.extend(code.map(|code| Problem::new(&count_field(key), code)));
    check_note("reason", reason, true, &mut problems);
    if !problems.is_empty() {
        return Err(problems);
    }
    let id = EventId::random(entropy);
    let step = Step::Corrected { key, delta: by, reason: reason.trim().to_owned() };
    let text = context.event(known.state.heads().to_vec(), step).to_text();
    let edits = vec![Edit::Event { id, text }, Edit::Increment { key, by }];
    Ok(Prepared { edits: vec![(known.document, edits)], events: vec![id] })
}

fn counted(state: KnownState<'_>, key: CountKey) -> i64 {
    match state {
        KnownState::Session(_, counts) => counts.get(&key).copied().unwrap_or(0),
        KnownState::Case(_) => 0,
    }
}

fn check_not_void(state: KnownState<'_>, problems: &mut Vec<Problem>) {
    match state {
        KnownState::Session(state, _) if !state.void => {}
        _ => problems.push(Problem::new("", ProblemCode::NotOpen)),
    }
}

/// Counts that a person claims: in bounds, and not of nobody. Answers their sum.
pub(super) fn check_counts(counts: &BTreeMap<CountKey, u32>, problems: &mut Vec<Problem>) -> i64 {
    let total: i64 = counts.values().map(|count| i64::from(*count)).sum();
    let large = counts.iter().filter(|(_, count)| i64::from(**count) > MAX_COUNT);
    problems.extend(large.map(|(key, _)| Problem::new(&count_field(*key), ProblemCode::OutOfRange)));
    if total == 0 {
        problems.push(Problem::new("counts", ProblemCode::Required));
    }
    total
}

/// An estimate: for one side, in bounds, and not of nobody.
pub(super) fn check_estimate(
    side: &str,
    counts: &BTreeMap<CountKey, u32>,
    with_disability: Option<u32>,
    context: &Context<'_>,
    problems: &mut Vec<Problem>,
) {
    if !offers(context.settings, "side", side) {
        problems.push(Problem::new("side", ProblemCode::UnknownCode));
    }
    let total = check_counts(counts, problems);
    if with_disability.is_some_and(|count| i64::from(count) > total) {
        problems.push(Problem::new("with_disability", ProblemCode::PartsExceedTotal));
    }
}
