//! The row of a case, and what its author keeps of it.

use super::{RowContext, Sources, ruling_texts, shown_state};
use crate::{
    clocks,
    document::content::Content,
    lifecycle::CaseState,
    model::{
        codes::{CaseFlag, IdentityMode, Level, Status, SubjectRole},
        dates::Day,
        ids::{Code, Pcode, RecordId},
        order::StepRef,
        row::{CaseRow, OwnRow, SpotAnswer},
        ruling::Verdict,
    },
    settings::sites::UNLISTED,
};

/// Characters of the words shown in a list.
const EXCERPT_CHARS: usize = 120;

/// The row of a case.
#[must_use]
pub fn case_row(
    record: RecordId,
    content: &Content,
    state: &CaseState,
    sources: &Sources<'_>,
    context: &RowContext<'_>,
) -> CaseRow {
    let code = |key: &str| content.text(key).map(Code::from);
    let conflict = content.conflicts().next().is_some();
    let attention = conflict || context.set_aside || wants_attention(content, state);
    let receipt_day = state.first_receipt_at.map(|at| at.day(context.settings.utc_offset_min));
    CaseRow {
        record,
        ref_no: ref_no(content, state),
        status: state.status,
        level: state.level,
        urgency: state.urgency,
        entry_type: state.entry_type,
        category: state.category.clone(),
        adm3: content.text("place.adm3").map_or_else(|| state.adm3.clone(), Pcode::from),
        adm4: content.text("place.adm4").map(Pcode::from),
        unlisted: content.text(UNLISTED).map(str::to_owned),
        project: content.text("project").map(Into::into),
        channel: code("intake.channel"),
        identity_mode: content.text("intake.identity_mode").and_then(IdentityMode::from_id),
        sex: code("who.sex"),
        age_band: code("who.age_band"),
        subject_role: state.subject_role,
        excerpt: content.text("intake.words").unwrap_or_default().chars().take(EXCERPT_CHARS).collect(),
        assignee: state.assignee.clone(),
        recorded_by: state.recorded_by.clone(),
        received_on: state.received_on,
        due_on: clocks::closure_day(state, context.settings),
        extended_to: state.extended_to,
        acknowledged_on: state.acknowledged_on,
        on_spot: state.on_spot.map(|claim| SpotAnswer {
            on: claim.on,
            accepted: claim.accepted,
            waits: state.waits_to_accept(),
            not_enough: !claim.enough,
        }),
        responded_on: state.responded_on,
        closed_on: state.closed_on,
        close_reason: state.close_reason,
        reopened: state.reopened,
        unsynced_days: clocks::unsynced_days(state.received_on, receipt_day, context.today),
        awaiting_ruling: u32::try_from(state.pending.len()).unwrap_or(u32::MAX),
        conflict,
        duplicate_of: context.duplicate_of,
        sync: shown_state(attention, state.seen, sources, context),
        last_step_at: state.last_step_at,
    }
}

fn ref_no(content: &Content, state: &CaseState) -> String {
    state.ref_no_reissued.clone().unwrap_or_else(|| content.text("ref_no").unwrap_or_default().to_owned())
}

/// A person must look: the fold says so, or a refusal that nobody has acted on since.
fn wants_attention(content: &Content, state: &CaseState) -> bool {
    let flagged = [CaseFlag::ClosedWhileNewInformation, CaseFlag::ConcurrentLevels, CaseFlag::AnsweredWithoutApproval]
        .iter()
        .any(|flag| state.flags.contains(flag));
    let unanswered = |order| !content.events.keys().any(|event| state.saw(*event, StepRef::Ruling(order)));
    let refused =
        ruling_texts(content).any(|(order, ruling)| matches!(ruling.verdict, Verdict::Refused { .. }) && unanswered(order));
    flagged || (refused && state.is_open())
}

/// How far a case is, as those hear who may know no more: `received`, `answered`, `closed`. Of a sealed case that it was received,
/// always. # Source: design.md §6 (receivers); issue 3 (status page)
#[must_use]
pub fn told_state(level: Level, status: Status, responded_on: Option<Day>) -> &'static str {
    match status {
        _ if level.is_sealed() => "received",
        Status::Closed | Status::Merged | Status::Void => "closed",
        _ if responded_on.is_some() => "answered",
        _ => "received",
    }
}

/// What a person keeps of a case they sent and may no longer read. A sealed case never says more than that it was received, and neither
/// does one about one of us: whoever wrote it may be among those it excludes. # Source: domain.md §10.2 rule 2
#[must_use]
pub fn own_row(content: &Content, state: &CaseState) -> OwnRow {
    let is_about_us = !matches!(state.subject_role, None | Some(SubjectRole::None));
    let told = if is_about_us { "received" } else { told_state(state.level, state.status, state.responded_on) };
    OwnRow { ref_no: ref_no(content, state), received_on: state.received_on.to_string(), state: told.to_owned() }
}
