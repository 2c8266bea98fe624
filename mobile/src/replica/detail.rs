//! One record as a page shows it: facts, timeline, conflicts, and what this person may do now.

use super::{
    documents::ReadError,
    failure,
    open::Open,
    projection,
    record::{Part, Record, State},
    stored, together,
};
use crate::protocol::{CaseDetail, Failure, FailureCode, SessionDetail};
use shared::{
    clocks,
    document::{
        content::Content,
        fields::{FIELDS, FieldKind},
    },
    lifecycle::{session_steps_open_to, steps_open_to},
    model::{codes::CountKey, dates::Day, ids::RecordId, record::DocKind},
    policy::{self, Action, Actor},
    routing, rows,
};

impl Open {
    /// One case with everything this person may see.
    pub(super) fn case_detail(&self, record: RecordId, today: Day) -> Result<CaseDetail, Failure> {
        let (read, actor) = self.read_for_person(record)?;
        let State::Case(state) = &read.state else { return Err(failure(FailureCode::NotFound)) };
        let row = projection::case_row(&self.conn, record, today).map_err(stored)?;
        let mut row = row.ok_or_else(|| failure(FailureCode::NotFound))?;
        row.duplicate_of = self.likely_duplicate(&read, &actor);
        let duplicate = row.duplicate_of.map(|of| projection::case_row(&self.conn, of, today)).transpose().map_err(stored)?;
        let duplicates = duplicate.flatten().into_iter().collect();
        let main = read.main();
        let sources = main.sources(&self.account.user);
        let settings = &*self.settings;
        let shown = |doc: DocKind| {
            let may = read.may(doc, Action::Read, settings, &actor);
            read.parts.get(&doc).filter(|_| may)
        };
        let parts = [DocKind::Case, DocKind::Contact, DocKind::Subject].into_iter().filter_map(shown);
        let conflicts =
            parts.flat_map(|part| rows::conflicts(part.held.id, &part.content, &part.sources(&self.account.user))).collect();
        let resource = read.resource(DocKind::Case, settings, &actor);
        Ok(CaseDetail {
            facts: projection::facts_of(&main.content),
            conflicts,
            contact: shown(DocKind::Contact).map(|part| projection::facts_of(&part.content)),
            subject: shown(DocKind::Subject).map(|part| projection::facts_of(&part.content)),
            flags: state.flags.iter().copied().collect(),
            hold_days: clocks::hold_days(state, today),
            timeline: rows::timeline(&main.content, &state.steps, &sources, settings, today),
            routed: state.routed.as_ref().map(|(_, ruling)| ruling.clone()),
            may: steps_open_to(state, &actor, &resource).into_iter().map(str::to_owned).collect(),
            may_put: self.may_put(&read, &[DocKind::Case, DocKind::Contact, DocKind::Subject], &actor),
            assignees: read.case_facts(|facts| routing::eligible(settings, facts)),
            duplicates,
            sealed: self.sealed_case(&read)?,
            row,
        })
    }

    /// One session.
    pub(super) fn session_detail(&self, record: RecordId, today: Day) -> Result<SessionDetail, Failure> {
        let (read, actor) = self.read_for_person(record)?;
        let State::Session(state) = &read.state else { return Err(failure(FailureCode::NotFound)) };
        let row = projection::session_row(&self.conn, record).map_err(stored)?;
        let row = row.ok_or_else(|| failure(FailureCode::NotFound))?;
        let main = read.main();
        let sources = main.sources(&self.account.user);
        let resource = read.resource(DocKind::Session, &self.settings, &actor);
        let mut may: Vec<String> = session_steps_open_to(state, &actor, &resource).into_iter().map(str::to_owned).collect();
        if policy::may(&actor, Action::Increment, Some(&resource)) {
            may.push("increment".to_owned());
        }
        Ok(SessionDetail {
            facts: projection::facts_of(&main.content),
            conflicts: rows::conflicts(main.held.id, &main.content, &sources),
            unsent_counts: unsent_counts(main),
            together: together::together(&read, state, &self.account),
            overcorrected: rows::is_overcorrected(&main.content, state),
            timeline: rows::timeline(&main.content, &state.steps, &sources, &self.settings, today),
            may,
            may_put: self.may_put(&read, &[DocKind::Session], &actor),
            row,
        })
    }

    pub(super) fn read_for_person(&self, record: RecordId) -> Result<(Record, Actor), Failure> {
        let actor = policy::actor(&self.settings, &self.account.user).ok_or_else(|| failure(FailureCode::NotAllowed))?;
        let read = Record::read(&self.conn, record, &self.settings, &self.account.user).map_err(|error| {
            failure(match error {
                ReadError::Damaged(_) => FailureCode::Unreadable,
                ReadError::Store(error) => error.code(),
            })
        })?;
        let read = read.ok_or_else(|| failure(FailureCode::NotFound))?;
        // What is here and may not be read is as good as not here: it leaves with the next sync.
        if !read.may(read.main_kind(), Action::Read, &self.settings, &actor) {
            return Err(failure(FailureCode::NotFound));
        }
        Ok((read, actor))
    }

    /// Root keys the person may change; those of other documents than the main one with their document's prefix.
    pub(super) fn may_put(&self, read: &Record, docs: &[DocKind], actor: &Actor) -> Vec<String> {
        let mut keys = Vec::new();
        for &doc in docs {
            let resource = read.resource(doc, &self.settings, actor);
            let action = |key| if read.parts.contains_key(&doc) { Action::Put(key) } else { Action::Create };
            let prefix = if doc == read.main_kind() { String::new() } else { format!("{}.", doc.id()) };
            // A picture is taken, not typed.
            let fields = FIELDS.iter().filter(|field| field.doc == doc && field.kind != FieldKind::Picture);
            let allowed = fields.filter(|field| policy::may(actor, action(field.key), Some(&resource)));
            keys.extend(allowed.map(|field| format!("{prefix}{}", field.key)));
        }
        keys
    }
}

/// What the counters gain from changes the server has not confirmed.
fn unsent_counts(part: &Part) -> [i64; 7] {
    let sent = part.held.content_without(|hash| part.held.outbox.contains_key(hash));
    let mut counts = [0; 7];
    for (slot, key) in counts.iter_mut().zip(CountKey::ALL) {
        let count = |content: &Content| content.counts.get(key).copied().unwrap_or(0);
        *slot = count(&part.content).saturating_sub(count(&sent));
    }
    counts
}
