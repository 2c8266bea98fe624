//! Which other case a reader is told that theirs may repeat. A suggestion is made from everything the server holds; it is told only of a
//! case that the reader may read too, and by the words alone where they may not know who spoke in both.
//!
//! # Source
//! domain.md §12 (same complaint taken by two staff), §10.2 rules 1 and 2.

use super::{
    cases::may_read,
    desk::{self, CaseLife, Record},
    error::WorkError,
};
use crate::storage::Tx;
use shared::{
    duplicates::{self, Candidate},
    model::{ids::RecordId, record::DocKind},
    policy::Actor,
    settings::Settings,
};

/// The case that this one may repeat, as far as the reader may know.
pub(super) fn told_duplicate(
    tx: &Tx<'_>,
    settings: &Settings,
    actor: &Actor,
    record: &Record,
    life: &CaseLife,
) -> Result<Option<RecordId>, WorkError> {
    let Some(other) = tx.case_cell(record.id)?.and_then(|stored| stored.duplicate_of) else { return Ok(None) };
    let Some(repeated) = desk::load(tx, other)?.case_life(settings) else { return Ok(None) };
    let may = |life: &CaseLife, kind| may_read(settings, actor, &life.standing, kind);
    if !may(&repeated, DocKind::Case) {
        return Ok(None);
    }
    if may(life, DocKind::Contact) && may(&repeated, DocKind::Contact) {
        return Ok(Some(other));
    }
    Ok(duplicates::suggest(&by_words(record.id, life), &[by_words(other, &repeated)], settings.limits.duplicate_days))
}

/// What is compared of a case by whoever may not know who spoke.
fn by_words(record: RecordId, life: &CaseLife) -> Candidate {
    let state = &life.state;
    Candidate {
        record,
        level: state.level,
        received_on: state.received_on,
        adm3: state.adm3.clone(),
        category: state.category.clone(),
        project: state.project.clone(),
        phone: None,
        benef_id: None,
        words: duplicates::fold_words(life.content.text("intake.words").unwrap_or_default()),
    }
}
