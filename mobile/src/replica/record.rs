//! One record as a person on this device sees it: its documents, where it stands, and what this person may do.

use super::documents::{self, Held, ReadError};
use rusqlite::Connection;
use shared::{
    document::content::Content,
    lifecycle::{CaseState, SessionState},
    model::{
        ids::{Pcode, ProjectCode, RecordId, UserId},
        record::{Class, DocKind, DocumentId},
    },
    policy::{self, Action, Actor, RecordFacts, Resource},
    routing::CaseFacts,
    rows::{self, Sources},
    settings::Settings,
};
use std::collections::BTreeMap;

/// One document with what stands in it.
pub(super) struct Part {
    pub held: Held,
    pub content: Content,
}

impl Part {
    pub(super) fn new(held: Held) -> Self {
        let content = held.document.content();
        Self { held, content }
    }

    pub(super) fn sources<'a>(&'a self, own: &'a UserId) -> Sources<'a> {
        Sources { receipts: &self.held.receipts, outbox: &self.held.outbox, own: Some(own) }
    }
}

/// Where a record stands. A box opening folds as a session does.
pub(super) enum State {
    Case(Box<CaseState>),
    Session(Box<SessionState>),
}

/// A record, read.
pub(super) struct Record {
    pub id: RecordId,
    pub parts: BTreeMap<DocKind, Part>,
    pub state: State,
}

impl Record {
    /// Reads a record. None if this device does not hold it, or holds no readable registration of it.
    ///
    /// # Errors
    /// [`ReadError`].
    pub(super) fn read(conn: &Connection, id: RecordId, settings: &Settings, own: &UserId) -> Result<Option<Self>, ReadError> {
        let parts = documents::of_record(conn, id)?.into_iter().map(|held| (held.id.kind, Part::new(held))).collect();
        Ok(Self::of_parts(id, parts, settings, own))
    }

    /// The record of these documents.
    pub(super) fn of_parts(id: RecordId, parts: BTreeMap<DocKind, Part>, settings: &Settings, own: &UserId) -> Option<Self> {
        let case = parts.get(&DocKind::Case).and_then(|part| rows::case_state(&part.content, &part.sources(own), settings));
        let state = match case {
            Some(state) => State::Case(Box::new(state)),
            None => {
                let part = parts.get(&DocKind::Session).or(parts.get(&DocKind::BoxOpening))?;
                State::Session(Box::new(rows::session_state(&part.content, &part.sources(own), settings)?))
            }
        };
        Some(Self { id, parts, state })
    }

    /// How the person stands to one of its documents, here or yet to be made.
    pub(super) fn resource(&self, doc: DocKind, settings: &Settings, actor: &Actor) -> Resource {
        let main = self.main();
        let unsent = self.parts.get(&doc).is_none_or(|part| part.held.is_unsent());
        let partner = main.content.text("partner").map(str::to_owned);
        let (level, adm3, projects, author, named, share_identity, subject_role, open, class) = match &self.state {
            State::Case(state) => {
                let (adm3, projects) = placed(state);
                // A sealed case has recipients and nobody else: whoever it is brought to becomes one.
                let plain = (!state.level.is_sealed()).then_some(state);
                let brought_to =
                    plain.into_iter().flat_map(|state| state.assignee.iter().chain(state.escalated.iter().map(|(to, _)| to)));
                let named = brought_to.chain(&state.recipients);
                let consent =
                    policy::agreed_to_share(main.content.text("consent.share"), main.content.text("intake.identity_mode"));
                let class = match doc {
                    DocKind::Contact => Class::Contact,
                    DocKind::Subject => Class::Subject,
                    DocKind::Sealed => Class::Sealed,
                    DocKind::Case | DocKind::Session | DocKind::BoxOpening => state.placed.as_ref().map_or_else(
                        || if state.level.is_sealed() { Class::SealedHeader } else { Class::Case },
                        |placed| placed.class,
                    ),
                };
                (
                    Some(state.level),
                    adm3,
                    projects,
                    state.recorded_by.clone(),
                    named.cloned().collect::<Vec<_>>(),
                    consent && state.share_identity,
                    state.subject_role,
                    state.is_open(),
                    class,
                )
            }
            State::Session(state) => {
                let adm3 = Pcode::from(main.content.text("place.adm3").unwrap_or_default());
                let projects: Vec<_> = set_of(&main.content, "project.").map(ProjectCode::from).collect();
                let (stem, class) = match self.main_kind() {
                    DocKind::BoxOpening => ("opener.", Class::Other),
                    _ => ("facilitator.", Class::Session),
                };
                let named = set_of(&main.content, stem).map(UserId::from).collect::<Vec<_>>();
                (None, adm3, projects, state.recorded_by.clone(), named, false, None, !state.void, class)
            }
        };
        let facts = RecordFacts {
            doc,
            class,
            level,
            adm3: &adm3,
            projects: &projects,
            author: &author,
            unsent,
            named: &named,
            share_identity,
            subject_role,
            partner: partner.as_deref(),
            open,
        };
        policy::resource(settings, actor, &facts)
    }

    /// Whether the person may do this to one of its documents.
    pub(super) fn may(&self, doc: DocKind, action: Action<'_>, settings: &Settings, actor: &Actor) -> bool {
        policy::may(actor, action, Some(&self.resource(doc, settings, actor)))
    }

    /// The document that holds its events.
    pub(super) fn main(&self) -> &Part {
        let kind = self.main_kind();
        // `of_parts` made the state from this part.
        &self.parts[&kind]
    }

    /// A document beside the main one waits in the outbox.
    pub(super) fn waits_beside_main(&self) -> bool {
        self.parts.iter().any(|(kind, part)| *kind != self.main_kind() && !part.held.outbox.is_empty())
    }

    /// Which document holds its events.
    pub(super) fn main_kind(&self) -> DocKind {
        match self.state {
            State::Case(_) => DocKind::Case,
            State::Session(_) if self.parts.contains_key(&DocKind::BoxOpening) => DocKind::BoxOpening,
            State::Session(_) => DocKind::Session,
        }
    }

    /// What routing needs of a case, handed to `ask`; an empty answer for a session.
    pub(super) fn case_facts<T: Default>(&self, ask: impl FnOnce(&CaseFacts<'_>) -> T) -> T {
        let State::Case(state) = &self.state else { return T::default() };
        let (adm3, projects) = placed(state);
        ask(&CaseFacts {
            level: state.level,
            adm3: &adm3,
            project: projects.first(),
            partner: self.main().content.text("partner"),
            subject_role: state.subject_role,
            author: &state.recorded_by,
        })
    }

    /// The latest generation of a document of this record, here or yet to be made.
    pub(super) fn document_id(&self, doc: DocKind) -> DocumentId {
        self.parts.get(&doc).map_or_else(|| DocumentId::first(self.id, doc), |part| part.held.id)
    }
}

/// Where a case is: as the server placed it, else as registered.
fn placed(state: &CaseState) -> (Pcode, Vec<ProjectCode>) {
    state.placed.as_ref().map_or_else(
        || (state.adm3.clone(), state.project.iter().cloned().collect()),
        |placed| (placed.adm3.clone(), placed.projects.clone()),
    )
}

/// Codes of a set of choices that are set.
pub(super) fn set_of<'a>(content: &'a Content, stem: &'a str) -> impl Iterator<Item = &'a str> {
    content.facts.keys().filter(|key| content.flag(key)).filter_map(move |key| key.strip_prefix(stem))
}
