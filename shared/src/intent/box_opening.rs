//! A complaint box was opened: where, when, by whom, how many papers. And that a paper became a case, beside the case itself.
//!
//! # Source
//! domain.md §5.2 (opened by two people), §7 (box_opening).

use super::{
    Context, Prepared, Problem, ProblemCode,
    facts::{check, check_within, chosen, day, number, puts, text},
    session::check_date,
};
use crate::{
    box_opening::{CASE_OPENING, CASE_SLIP, MOST_PAPERS, entered_key, record_of},
    document::content::{Edit, Fact, Facts},
    entropy::Entropy,
    model::{
        event::Step,
        ids::{Code, EventId, RecordId},
        record::{Class, DocKind, DocumentId},
    },
    policy::{self, Action, Resource},
};
use std::collections::BTreeMap;

/// `OpenBox`. The place comes from the box, as the settings have it.
pub(super) fn prepare(
    record: RecordId,
    facts: &Facts,
    context: &Context<'_>,
    entropy: &mut impl Entropy,
) -> Result<Prepared, Vec<Problem>> {
    let mut problems = Vec::new();
    for key in ["box", "date", "papers"] {
        if text(facts, key).is_none() && number(facts, key).is_none() {
            problems.push(Problem::new(key, ProblemCode::Required));
        }
    }
    if let Some(date) = day(facts, "date") {
        check_date(date, false, context, &mut problems);
        if day(facts, "last_opened_on").is_some_and(|last| last > date) {
            problems.push(Problem::new("last_opened_on", ProblemCode::DayTooLate));
        }
        if text(facts, "box").is_some_and(|code| record_of(&Code::from(code), date) != record) {
            problems.push(Problem::new("", ProblemCode::UnknownRecord));
        }
    }
    if number(facts, "papers").is_some_and(|papers| !(0..=MOST_PAPERS).contains(&papers)) {
        problems.push(Problem::new("papers", ProblemCode::OutOfRange));
    }
    // Two people open a box: by their accounts, or one of them by role and organisation.
    let others = usize::from(text(facts, "other_opener").is_some());
    if chosen(facts, "opener.").count() + others < 2 {
        problems.push(Problem::new("opener.*", ProblemCode::Required));
    }
    let mut whole = facts.clone();
    match text(facts, "box").and_then(|code| context.settings.box_of(&Code::from(code))) {
        Some(found) => {
            let place = context.settings.ancestor(&found.place, 3).map(|place| place.code.0.clone());
            whole.extend(place.map(|code| ("place.adm3".to_owned(), Fact::Text(code))));
            whole.insert("place.adm4".to_owned(), Fact::Text(found.place.0.clone()));
            whole.extend(found.project.as_ref().map(|code| (format!("project.{code}"), Fact::Flag(true))));
        }
        None if text(facts, "box").is_some() => problems.push(Problem::new("box", ProblemCode::UnknownCode)),
        None => {}
    }
    let stored = check(DocKind::BoxOpening, &whole, "", context.settings, &mut problems);
    check_within(&stored, context.settings, &mut problems);
    let own = Resource { in_scope: true, ..Resource::draft(DocKind::BoxOpening, Class::Other) };
    if !policy::may(context.actor, Action::Create, Some(&own)) {
        problems.push(Problem::new("", ProblemCode::NotAllowed));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let id = EventId::random(entropy);
    let mut edits = puts(stored);
    // The other one has opened it too, and this phone heard of it already: then it follows what stands.
    let after = context.known.map(|known| known.state.heads().to_vec()).unwrap_or_default();
    edits.push(Edit::Event { id, text: context.event(after, Step::BoxOpened {}).to_text() });
    Ok(Prepared { edits: vec![(DocumentId::first(record, DocKind::BoxOpening), edits)], events: vec![id] })
}

/// What a paper's case says to its opening: that its slip is entered.
pub(super) fn entered(case: &BTreeMap<String, Fact>) -> Option<(DocumentId, Vec<Edit>)> {
    let record: RecordId = case.get(CASE_OPENING)?.as_text()?.parse().ok()?;
    let Fact::Number(slip) = case.get(CASE_SLIP)? else { return None };
    let edit = Edit::Put { key: entered_key(*slip), fact: Fact::Flag(true) };
    Some((DocumentId::first(record, DocKind::BoxOpening), vec![edit]))
}
