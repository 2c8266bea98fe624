//! The row of an awareness session.

use super::{RowContext, Sources, shown_state};
use crate::{
    document::content::{Content, Fact},
    lifecycle::SessionState,
    model::{
        codes::{CountKey, Phase},
        ids::{Code, Pcode, ProjectCode, RecordId, UserId},
        row::SessionRow,
    },
};

/// The row of a session. None without a day, a phase and a sub-district.
#[must_use]
pub fn session_row(
    record: RecordId,
    content: &Content,
    state: &SessionState,
    sources: &Sources<'_>,
    context: &RowContext<'_>,
) -> Option<SessionRow> {
    let counts = counts(content);
    let total = state.total(counts);
    let conflict = content.conflicts().next().is_some();
    Some(SessionRow {
        record,
        date: content.text("date")?.parse().ok()?,
        phase: Phase::from_id(content.text("phase")?)?,
        projects: projects(content),
        adm3: content.text("place.adm3").map(Pcode::from)?,
        adm4: content.text("place.adm4").map(Pcode::from),
        venue: content.text("place.venue").unwrap_or_default().to_owned(),
        method: content.text("method").map(Code::from),
        counts,
        total,
        approximate: content.text("count_quality") == Some("approx") || !state.estimates.is_empty(),
        planned: state.planned && total == 0,
        called_off: state.called_off.clone().filter(|_| total == 0),
        postponed: state.postponed,
        facilitators: chosen(content, "facilitator.").map(UserId::from).collect(),
        void: state.void,
        recorded_by: state.recorded_by.clone(),
        conflict,
        // Nobody opens a session to acknowledge it: on the server is as far as it goes.
        sync: shown_state(conflict || is_overcorrected(content) || context.set_aside, false, sources, context),
    })
}

/// The seven counts in the order of `CountKey::ALL`; nobody counts fewer than no one.
#[must_use]
pub fn counts(content: &Content) -> [i64; 7] {
    let mut counts = [0; 7];
    for (slot, key) in counts.iter_mut().zip(CountKey::ALL) {
        *slot = content.counts.get(key).copied().unwrap_or(0).max(0);
    }
    counts
}

/// Two people took off the same at once, so that a counter stands below 0: someone must count again.
#[must_use]
pub fn is_overcorrected(content: &Content) -> bool {
    content.counts.values().any(|count| *count < 0)
}

/// Projects a session belongs to, by code.
#[must_use]
pub fn projects(content: &Content) -> Vec<ProjectCode> {
    chosen(content, "project.").map(ProjectCode::from).collect()
}

/// Codes of a set of choices: keys below `stem` whose flag is set.
fn chosen<'a>(content: &'a Content, stem: &'static str) -> impl Iterator<Item = &'a str> {
    let set = |values: &Vec<crate::document::content::Standing>| {
        values.first().is_some_and(|standing| standing.fact == Fact::Flag(true))
    };
    content.facts.iter().filter(move |(_, values)| set(values)).filter_map(move |(key, _)| key.strip_prefix(stem))
}
