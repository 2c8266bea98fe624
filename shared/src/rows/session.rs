//! The row of an awareness session.

use super::{RowContext, Sources, shown_state};
use crate::{
    document::content::{Content, Fact},
    lifecycle::SessionState,
    model::{
        codes::{CountKey, Phase},
        dates::UnixSeconds,
        ids::{ChangeHash, Code, Pcode, ProjectCode, RecordId, UserId},
        row::SessionRow,
    },
    settings::sites::UNLISTED,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The row of a session. None without a day, a phase and a sub-district.
#[must_use]
pub fn session_row(
    record: RecordId,
    content: &Content,
    state: &SessionState,
    sources: &Sources<'_>,
    context: &RowContext<'_>,
) -> Option<SessionRow> {
    let counts = counts(content, state);
    let total = state.total(counts);
    let conflict = content.conflicts().next().is_some();
    Some(SessionRow {
        record,
        date: content.text("date")?.parse().ok()?,
        phase: Phase::from_id(content.text("phase")?)?,
        projects: projects(content),
        adm3: content.text("place.adm3").map(Pcode::from)?,
        adm4: content.text("place.adm4").map(Pcode::from),
        unlisted: content.text(UNLISTED).map(str::to_owned),
        venue: content.text("place.venue").unwrap_or_default().to_owned(),
        method: content.text("method").map(Code::from),
        counts,
        total,
        approximate: content.text("count_quality") == Some("approx") || !state.estimates.is_empty(),
        planned: state.planned && total == 0,
        called_off: state.called_off.clone().filter(|_| total == 0),
        postponed: state.postponed,
        facilitators: facilitators(content),
        void: state.void,
        recorded_by: state.recorded_by.clone(),
        conflict,
        // Nobody opens a session to acknowledge it: on the server is as far as it goes.
        sync: shown_state(conflict || is_overcorrected(content, state) || context.set_aside, false, sources, context),
    })
}

/// The seven counts in the order of `CountKey::ALL`, without whom two people counted; nobody counts fewer than no one.
#[must_use]
pub fn counts(content: &Content, state: &SessionState) -> [i64; 7] {
    state.kept(counted(content)).map(|count| count.max(0))
}

fn counted(content: &Content) -> [i64; 7] {
    let mut counts = [0; 7];
    for (slot, key) in counts.iter_mut().zip(CountKey::ALL) {
        *slot = content.counts.get(key).copied().unwrap_or(0);
    }
    counts
}

/// More was taken off, by several at once, than was counted: someone must count again.
#[must_use]
pub fn is_overcorrected(content: &Content, state: &SessionState) -> bool {
    let counted = counted(content);
    counted.iter().chain(&state.kept(counted)).any(|count| *count < 0)
}

/// What one person counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// Who.
    pub user: UserId,
    /// By `CountKey::ALL`, what they corrected included.
    pub counts: [i64; 7],
    /// What still counts of it: without those whom someone else counted too.
    pub kept: [i64; 7],
    /// When the server had the last of it; none if nothing of it was sent.
    pub as_of: Option<UnixSeconds>,
}

/// Each person's share of the counters, from what each change adds to them. The shares' sum is the counters.
pub fn shares(
    changes: impl IntoIterator<Item = (ChangeHash, CountKey, i64)>,
    state: &SessionState,
    sources: &Sources<'_>,
) -> Vec<Share> {
    let mut shares: BTreeMap<UserId, Share> = BTreeMap::new();
    for (change, key, by) in changes {
        let from = sources.provenance(&change);
        let Some(user) = from.user else { continue };
        let share = shares.entry(user.clone()).or_insert(Share { user, counts: [0; 7], kept: [0; 7], as_of: None });
        if let Some(slot) = CountKey::ALL.iter().position(|k| *k == key).and_then(|at| share.counts.get_mut(at)) {
            *slot = slot.saturating_add(by);
        }
        share.as_of = share.as_of.max(from.received_at);
    }
    for share in shares.values_mut() {
        share.kept = state.kept_of(&share.user, share.counts).map(|count| count.max(0));
    }
    shares.into_values().collect()
}

/// Projects a session belongs to, by code.
#[must_use]
pub fn projects(content: &Content) -> Vec<ProjectCode> {
    chosen(content, "project.").map(ProjectCode::from).collect()
}

/// Who counts and speaks at a session, as far as its facts say.
#[must_use]
pub fn facilitators(content: &Content) -> Vec<UserId> {
    chosen(content, "facilitator.").map(UserId::from).collect()
}

/// What was handed out in all, by kind: what each person says for themselves, and what a form of an older app said for all.
#[must_use]
pub fn handed_out(content: &Content, state: &SessionState) -> BTreeMap<Code, u64> {
    let mut all = state.handed_out();
    for (key, standing) in &content.facts {
        if let (Some(kind), Some(Fact::Number(number))) = (key.strip_prefix("iec."), standing.first().map(|first| &first.fact)) {
            *all.entry(Code::from(kind)).or_default() += u64::try_from(*number).unwrap_or(0);
        }
    }
    all
}

/// Codes of a set of choices: keys below `stem` whose flag is set.
fn chosen<'a>(content: &'a Content, stem: &'static str) -> impl Iterator<Item = &'a str> {
    let set = |values: &Vec<crate::document::content::Standing>| {
        values.first().is_some_and(|standing| standing.fact == Fact::Flag(true))
    };
    content.facts.iter().filter(move |(_, values)| set(values)).filter_map(move |(key, _)| key.strip_prefix(stem))
}
