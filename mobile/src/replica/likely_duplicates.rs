//! Cases on this device that may be the same as the one being looked at. Suggested to the person, never merged by itself.
//! What a case is compared by is read from its documents once and kept in memory: reading a hundred cases to open one took as
//! long as everything else together.

use super::{
    open::Open,
    record::{Record, State},
};
use shared::{
    duplicates::{self, Candidate},
    model::{ids::RecordId, record::DocKind},
    policy::{Action, Actor},
};
use std::{cell::RefCell, collections::HashMap};

/// Most cases compared with one: those of the same sub-district and days.
const MAX_COMPARED: usize = 100;
/// Most cases remembered; then it begins anew.
const MAX_REMEMBERED: usize = 2_000;

/// What cases are compared by, as far as this person may know it; nothing for one that can't be read.
#[derive(Default)]
pub(super) struct Compared(RefCell<HashMap<RecordId, Option<Candidate>>>);

impl Compared {
    /// The record changed or left.
    pub(super) fn forget(&mut self, record: RecordId) {
        self.0.get_mut().remove(&record);
    }

    fn of(&self, record: RecordId, read: impl FnOnce() -> Option<Candidate>) -> Option<Candidate> {
        if let Some(known) = self.0.borrow().get(&record) {
            return known.clone();
        }
        let candidate = read();
        let mut remembered = self.0.borrow_mut();
        if remembered.len() >= MAX_REMEMBERED {
            remembered.clear();
        }
        remembered.insert(record, candidate.clone());
        candidate
    }
}

impl Open {
    /// The case that `read` most likely repeats, or that repeats it.
    pub(super) fn likely_duplicate(&self, read: &Record, actor: &Actor) -> Option<RecordId> {
        let days = self.settings.limits.duplicate_days;
        let case = self.candidate(read, actor)?;
        let near = self.case_index.near(read.id, i64::from(days));
        let others = near.into_iter().take(MAX_COMPARED).filter_map(|record| {
            self.compared.of(record, || {
                // One that can't be read is not compared; it is shown in quarantine.
                let other = Record::read(&self.conn, record, &self.settings, &self.account.user).ok()??;
                self.candidate(&other, actor)
            })
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
