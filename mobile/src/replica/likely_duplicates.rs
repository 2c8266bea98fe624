//! Cases on this device that may be the same as the one being looked at. Suggested to the person, never merged by itself.

use super::{
    open::Open,
    record::{Record, State},
};
use shared::{
    duplicates::{self, Candidate},
    model::{ids::RecordId, record::DocKind},
    policy::{Action, Actor},
};

/// Most cases compared with one: those of the same sub-district and days.
const MAX_COMPARED: usize = 100;

impl Open {
    /// The case that `read` most likely repeats, or that repeats it.
    pub(super) fn likely_duplicate(&self, read: &Record, actor: &Actor) -> Option<RecordId> {
        let days = self.settings.limits.duplicate_days;
        let case = self.candidate(read, actor)?;
        let near = self.case_index.near(read.id, i64::from(days));
        let others = near.into_iter().take(MAX_COMPARED).filter_map(|record| {
            // One that can't be read is not compared; it is shown in quarantine.
            let other = Record::read(&self.conn, record, &self.settings, &self.account.user).ok()??;
            self.candidate(&other, actor)
        });
        duplicates::suggest(&case, &others.collect::<Vec<_>>(), days)
    }

    fn candidate(&self, read: &Record, actor: &Actor) -> Option<Candidate> {
        let State::Case(state) = &read.state else { return None };
        let content = &read.main().content;
        let may_know = read.may(DocKind::Contact, Action::Read, &self.settings, actor);
        let contact = read.parts.get(&DocKind::Contact).filter(|_| may_know);
        let known = |key: &str| contact.and_then(|part| part.content.text(key)).map(str::to_owned);
        Some(Candidate {
            record: read.id,
            level: state.level,
            received_on: state.received_on,
            adm3: state.adm3.clone(),
            category: state.category.clone(),
            project: state.project.clone(),
            phone: known("phone.e164"),
            benef_id: known("benef_id"),
            words: duplicates::fold_words(content.text("intake.words").unwrap_or_default()),
        })
    }
}
