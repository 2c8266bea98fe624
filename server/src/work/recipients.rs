//! Who holds a sealed case, and which of its generations goes on. The server reads none of it: it routes among those whom the
//! header names, and lets an older generation go once a recipient has sealed all of it anew.
//!
//! # Source
//! design.md §7 (sealed); domain.md §2.1, §6 (T17, T18).

use super::{
    desk::{CaseLife, Desk, Record},
    error::WorkError,
    raise::RESEALED,
};
use shared::{
    document::content::Content,
    model::{
        record::{DocKind, DocumentId},
        ruling::Verdict,
    },
    routing::SealedCase,
    sealed,
    settings::Settings,
    sync::signing::open_settings,
};

/// A sealed case as routing sees it.
pub(super) fn sealed_case(life: &CaseLife) -> SealedCase<'_> {
    SealedCase {
        facts: life.standing.case_facts(life.state.level),
        recipients: &life.state.recipients,
        handed_over: life.state.handed_over_on.is_some(),
    }
}

impl Desk<'_, '_> {
    /// The ruling that names other recipients, where those named left, or more are to hold it.
    pub(super) fn recipients_due(&self, life: &CaseLife) -> Result<Option<Verdict>, WorkError> {
        let settings = &self.in_force.settings;
        let case = sealed_case(life);
        if !life.state.level.is_sealed() || case.is_settled(settings) {
            return Ok(None);
        }
        let users = case.holders(settings, self.recorded_under(life)?.as_ref());
        Ok((users != life.state.recipients).then_some(Verdict::Recipients { users }))
    }

    /// The snapshot a case was recorded under, if it is another than the one in force.
    pub(super) fn recorded_under(&self, life: &CaseLife) -> Result<Option<Settings>, WorkError> {
        let version = life.state.recorded_under;
        if version == self.in_force.settings.version {
            return Ok(None);
        }
        let Some(signed) = self.tx.settings(version)? else { return Ok(None) };
        Ok(Some(open_settings(&signed, &self.server.keys().signing().public())?))
    }

    /// Lets generations go whose every envelope stands in a later one, sealed to those who hold the case now.
    pub(super) fn let_older_go(&mut self, record: &mut Record, life: &CaseLife) -> Result<(), WorkError> {
        let ids: Vec<DocumentId> = record.docs.keys().copied().filter(|id| id.kind == DocKind::Sealed).collect();
        if ids.len() < 2 {
            return Ok(());
        }
        let Some(keys) = self.in_force.book.keys_for(&life.state.recipients) else { return Ok(()) };
        let contents: Vec<(DocumentId, Content)> =
            ids.iter().filter_map(|id| Some((*id, record.docs.get(id)?.document.content()))).collect();
        let documents: Vec<(DocumentId, &Content)> = contents.iter().map(|(id, content)| (*id, content)).collect();
        if sealed::is_whole(&documents, &keys) {
            for id in &ids[..ids.len() - 1] {
                self.purge(record, *id, RESEALED)?;
            }
        }
        Ok(())
    }
}
