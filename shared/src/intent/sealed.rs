//! What is sealed on the way into a record: the form of a sensitive report, the words of a step on a sealed case, and all of it anew
//! when others are to hold it. What is sealed here is written down in no other form.
//!
//! # Source
//! design.md §7 (sealed); domain.md §6 (T4, T13, T17, T18, T20).

use super::{Context, KnownState, Prepared, Problem, ProblemCode, facts::offers, known};
use crate::{
    document::{
        content::{Content, Edit, Fact, Facts},
        fields::{BODY_INTAKE, is_short},
    },
    entropy::Entropy,
    lifecycle::{self, CaseState},
    model::{
        codes::{Level, SubjectRole},
        dates::Day,
        event::{MAX_WORDS_CHARS, SealedDeed, Step},
        ids::{Code, EventId, RecordId, UserId},
        record::{Class, DocKind, DocumentId},
    },
    policy::{self, Action, Resource},
    routing::{self, CaseFacts},
    seal::{SealError, SealKey, SecretKey, book::KeyBook},
    sealed::{self, Said},
};
use std::{collections::BTreeSet, fmt};

/// Once a change that seals anew has so many characters of envelopes, the rest waits for the next one.
const PIECE_CHARS: usize = 128 << 10;
/// Most characters of envelopes that one change holds, with room for the longest words of the step that goes with them.
const MOST_CHARS: usize = 384 << 10;

/// What sealing needs, and opening.
#[derive(Clone, Copy)]
pub struct Sealing<'a> {
    /// Whose keys count, as this device knows it.
    pub book: &'a KeyBook,
    /// What this person opens with; none for whoever nothing is sealed to.
    pub key: Option<&'a SecretKey>,
    /// The record's sealed documents as this device has them, oldest generation first.
    pub documents: &'a [(DocumentId, &'a Content)],
}

impl fmt::Debug for Sealing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sealing").field("documents", &self.documents.len()).finish_non_exhaustive()
    }
}

/// The keys of whoever is to read, if anybody of them has one.
pub(super) fn keys_for(context: &Context<'_>, recipients: &[UserId]) -> Option<Vec<SealKey>> {
    context.seal.and_then(|seal| seal.book.keys_for(recipients))
}

/// The sealed document that a report begins with.
pub(super) fn intake(
    record: RecordId,
    told: &Facts,
    keys: &[SealKey],
    entropy: &mut impl Entropy,
) -> Result<(DocumentId, Vec<Edit>), Vec<Problem>> {
    let put = sealed::put_facts(record, BODY_INTAKE, told, keys, entropy).map_err(|error| not_sealed(error, "intake.words"))?;
    Ok((DocumentId::first(record, DocKind::Sealed), vec![sealed::addressed(keys), put]))
}

fn not_sealed(error: SealError, words: &str) -> Vec<Problem> {
    vec![match error {
        SealError::TooLong => Problem::new(words, ProblemCode::TooLong),
        SealError::Recipients | SealError::WeakKey => Problem::new("", ProblemCode::SealingNotOpen),
    }]
}

fn case<'a>(context: &Context<'a>, record: RecordId) -> Result<(DocumentId, &'a CaseState, &'a Resource), Vec<Problem>> {
    let known = known(context, record)?;
    match known.state {
        KnownState::Case(state) if known.document.kind == DocKind::Case => Ok((known.document, state, known.resource)),
        _ => Err(vec![Problem::new("", ProblemCode::UnknownRecord)]),
    }
}

/// `SealedStep`.
pub(super) fn step(
    record: RecordId,
    on: Day,
    deed: &SealedDeed,
    words: &Facts,
    context: &Context<'_>,
    entropy: &mut impl Entropy,
) -> Result<Prepared, Vec<Problem>> {
    let (document, state, resource) = case(context, record)?;
    let mut problems = Vec::new();
    check_open(deed, state, resource, context, &mut problems);
    check_day(on, state, context, &mut problems);
    if let SealedDeed::Closed { reason } = deed
        && !offers(context.settings, "close_reason", reason.id())
    {
        problems.push(Problem::new("reason", ProblemCode::UnknownCode));
    }
    let deed = match deed {
        SealedDeed::Relevelled { level, .. } => {
            SealedDeed::Relevelled { level: *level, recipients: recipients_at(*level, record, state, context) }
        }
        deed => deed.clone(),
    };
    let recipients = if let SealedDeed::Relevelled { recipients, .. } = &deed { recipients } else { &state.recipients };
    let keys = keys_for(context, recipients);
    let must_tell = !matches!(deed, SealedDeed::Acknowledged {} | SealedDeed::ContactAttempt {} | SealedDeed::HandedOver {});
    check_words(words, keys.is_some(), must_tell, &mut problems);
    let is_moved = matches!(deed, SealedDeed::Relevelled { .. });
    if is_moved && keys.is_none() {
        // Nobody at the new level could read it.
        problems.push(Problem::new("level", ProblemCode::SealingNotOpen));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let event = EventId::random(entropy);
    let text = context.event(state.heads.clone(), Step::SealedStep { on, deed }).to_text();
    let mut prepared = Prepared { edits: vec![(document, vec![Edit::Event { id: event, text }])], events: vec![event] };
    let Some(keys) = keys else { return Ok(prepared) };
    let mut told = match context.seal.and_then(|seal| seal.documents.last()) {
        _ if is_moved => anew(record, &keys, usize::MAX, context, entropy)?,
        Some((newest, _)) => Some((*newest, Vec::new())),
        None => None,
    };
    if told.as_ref().is_some_and(|(_, edits)| chars_of(edits) > MOST_CHARS) {
        return Err(vec![Problem::new("level", ProblemCode::TooLong)]);
    }
    if !words.is_empty() {
        let (_, edits) = told.get_or_insert_with(|| (DocumentId::first(record, DocKind::Sealed), vec![sealed::addressed(&keys)]));
        let put = sealed::put_facts(record, &sealed::step_key(event), words, &keys, entropy);
        edits.push(put.map_err(|error| not_sealed(error, "text"))?);
    }
    prepared.edits.extend(told.filter(|(_, edits)| !edits.is_empty()));
    Ok(prepared)
}

/// Allowed at all, and open now.
fn check_open(deed: &SealedDeed, state: &CaseState, resource: &Resource, context: &Context<'_>, problems: &mut Vec<Problem>) {
    let right = deed.right();
    if !policy::may(context.actor, Action::Step(right), Some(resource)) {
        problems.push(Problem::new("", ProblemCode::NotAllowed));
    } else if !lifecycle::steps_open_to(state, context.actor, resource).contains(&right) {
        problems.push(Problem::new("", ProblemCode::NotOpen));
    }
    if matches!(deed, SealedDeed::Relevelled { level, .. } if !level.is_sealed() || *level == state.level) {
        problems.push(Problem::new("level", ProblemCode::OutOfRange));
    }
}

/// Not after today, and not before the report was received.
fn check_day(on: Day, state: &CaseState, context: &Context<'_>, problems: &mut Vec<Problem>) {
    if on > context.today() {
        problems.push(Problem::new("on", ProblemCode::FutureDay));
    } else if on < state.received_on {
        problems.push(Problem::new("on", ProblemCode::DayTooEarly));
    }
}

/// Words where they can be sealed and must be said; none where nobody could read them.
fn check_words(words: &Facts, can_seal: bool, must_tell: bool, problems: &mut Vec<Problem>) {
    let text = words.get("text").and_then(Fact::as_text).unwrap_or_default();
    if !can_seal {
        if !words.is_empty() {
            problems.push(Problem::new("text", ProblemCode::SealingNotOpen));
        }
        return;
    }
    if must_tell && text.trim().is_empty() {
        problems.push(Problem::new("text", ProblemCode::Required));
    }
    let is_key = |key: &str| (1..=32).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    for (key, fact) in words {
        if !is_key(key) {
            problems.push(Problem::new("text", ProblemCode::UnknownField));
        } else if fact.as_text().is_some_and(|text| !is_short(text, MAX_WORDS_CHARS)) {
            problems.push(Problem::new(key, ProblemCode::TooLong));
        }
    }
}

/// Who is to hold the case at another level, leaving out whom it is about: that stands in what was told.
fn recipients_at(level: Level, record: RecordId, state: &CaseState, context: &Context<'_>) -> Vec<UserId> {
    let About { subject_role, category, partner } = about(record, context);
    let facts = CaseFacts {
        level,
        adm3: &state.adm3,
        project: state.project.as_ref(),
        partner: partner.as_deref(),
        subject_role: Some(subject_role),
        author: &state.recorded_by,
    };
    routing::recipients(context.settings, &facts, category.as_ref())
}

/// Whom and what a report is about, as far as this person opens it.
struct About {
    subject_role: SubjectRole,
    category: Option<Code>,
    partner: Option<String>,
}

fn about(record: RecordId, context: &Context<'_>) -> About {
    let mut found = About { subject_role: SubjectRole::Unknown, category: None, partner: None };
    let Some((documents, key)) = context.seal.and_then(|seal| Some((seal.documents, seal.key?))) else { return found };
    for body in documents.iter().flat_map(|(_, content)| sealed::bodies(content, record, key)) {
        match body.said {
            Ok(Said::Intake(facts)) => {
                let text = |key: &str| facts.get(key).and_then(Fact::as_text);
                found.subject_role = text("reg.subject_role").and_then(SubjectRole::from_id).unwrap_or(found.subject_role);
                found.category = text("reg.category").map(Code::from).or(found.category);
                found.partner = text("partner").map(str::to_owned).or(found.partner);
            }
            Ok(Said::Raised(case)) => {
                for past in case.events {
                    match past.event.step {
                        Step::Registered(registered) => {
                            found.subject_role = registered.subject_role.unwrap_or(found.subject_role);
                            found.category = registered.category.or(found.category);
                        }
                        Step::Classified { category, .. } => found.category = Some(category),
                        _ => {}
                    }
                }
                let partner = case.facts.get("partner").and_then(|values| values.first()?.as_text().map(str::to_owned));
                found.partner = partner.or(found.partner);
            }
            _ => {}
        }
    }
    found
}

/// `Reseal`.
pub(super) fn reseal(record: RecordId, context: &Context<'_>, entropy: &mut impl Entropy) -> Result<Prepared, Vec<Problem>> {
    let (_, state, resource) = case(context, record)?;
    let resource = Resource { doc: DocKind::Sealed, class: Class::Sealed, unsent: false, ..resource.clone() };
    if !policy::may(context.actor, Action::Create, Some(&resource)) {
        return Err(vec![Problem::new("", ProblemCode::NotAllowed)]);
    }
    let keys = keys_for(context, &state.recipients).ok_or_else(|| vec![Problem::new("", ProblemCode::SealingNotOpen)])?;
    let edits = anew(record, &keys, PIECE_CHARS, context, entropy)?;
    let edits = edits.filter(|(_, edits)| !edits.is_empty()).ok_or_else(|| vec![Problem::new("", ProblemCode::Nothing)])?;
    Ok(Prepared { edits: vec![edits], events: Vec::new() })
}

/// Everything that a record's sealed documents hold, sealed to `keys` in a generation of its own, or the next piece of it. None
/// if nothing is sealed yet.
fn anew(
    record: RecordId,
    keys: &[SealKey],
    most_chars: usize,
    context: &Context<'_>,
    entropy: &mut impl Entropy,
) -> Result<Option<(DocumentId, Vec<Edit>)>, Vec<Problem>> {
    let Some(seal) = context.seal else { return Ok(None) };
    let Some((newest, content)) = seal.documents.last() else { return Ok(None) };
    let goes_on = sealed::is_addressed_to(content, keys);
    let (target, sources) = if goes_on {
        (*newest, &seal.documents[..seal.documents.len() - 1])
    } else {
        (DocumentId { generation: newest.generation.saturating_add(1), ..*newest }, seal.documents)
    };
    let mut edits = if goes_on { Vec::new() } else { vec![sealed::addressed(keys)] };
    let names: BTreeSet<&str> = sources.iter().flat_map(|(_, source)| sealed::body_keys(source)).collect();
    for name in names.into_iter().filter(|name| !(goes_on && content.facts.contains_key(*name))) {
        if chars_of(&edits) >= most_chars {
            break;
        }
        // What two generations hold under one key is the same: whichever opens.
        let mut put = None;
        for (_, source) in sources.iter().rev() {
            if let (None, Some(key)) = (&put, seal.key) {
                put = sealed::put_anew(source, record, name, key, keys, entropy).map_err(|error| not_sealed(error, ""))?;
            }
        }
        // Whoever can't open all of it leaves it to someone who can: half of a report would pass for the whole.
        edits.push(put.ok_or_else(|| vec![Problem::new("", ProblemCode::NotAllowed)])?);
    }
    Ok(Some((target, edits)))
}

fn chars_of(edits: &[Edit]) -> usize {
    edits.iter().map(|edit| if let Edit::Put { fact: Fact::Text(text), .. } = edit { text.len() } else { 0 }).sum()
}
