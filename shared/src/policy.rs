//! Who may do what: the only place that decides. SQL scope, gate, API and screens ask here. Denies by default.
//! Knows no storage: what it needs of a record is handed in as a [`Resource`].

use crate::{
    model::{
        codes::{Level, SubjectRole},
        ids::{Pcode, ProjectCode, UserId},
        record::{Class, DocKind},
        role::Role,
    },
    settings::Settings,
};

/// The person acting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Id.
    pub user: UserId,
    /// Role.
    pub role: Role,
    /// Areas covered; empty means everywhere.
    pub areas: Vec<Pcode>,
    /// Projects covered; empty means all.
    pub projects: Vec<ProjectCode>,
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action<'a> {
    /// Hold and read the document.
    Read,
    /// Write the first change of a document.
    Create,
    /// Put or clear a root key.
    Put(&'a str),
    /// Add an event of this kind (`Step::kind`).
    Step(&'a str),
    /// Add to a counter.
    Increment,
    /// Use an endpoint or a screen that is not about one record: its name in the endpoint table.
    Use(&'a str),
}

/// How the acting person stands to the record. Filled by the caller from settings, documents and rulings.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is one independent fact of need-to-know, named where it is used")]
pub struct Resource {
    /// Which document.
    pub doc: DocKind,
    /// Its class.
    pub class: Class,
    /// Level of the case; none for other records.
    pub level: Option<Level>,
    /// Place and project lie within what the person covers.
    pub in_scope: bool,
    /// The person registered the record.
    pub author: bool,
    /// The server has not yet receipted this document: only its author holds it.
    pub unsent: bool,
    /// The person is responsible for it, or was named to it by a ruling.
    pub assigned: bool,
    /// The person is excluded by `subject_role`, or is its subject or in the subject's line.
    pub implicated: bool,
    /// Consent to share who spoke was given, and the assignment says to share.
    pub share_identity: bool,
    /// The case is open.
    pub open: bool,
}

/// Names of the endpoints and screens that [`Action::Use`] knows. `settings_projects`, `settings_people` and `settings_lists`
/// are the parts of a snapshot; see [`may_publish`].
pub const ENDPOINTS: [&str; 15] = [
    "sign_in",
    "health",
    "web",
    "sync",
    "settings_publish",
    "settings_projects",
    "settings_people",
    "settings_lists",
    "cases",
    "case",
    "sessions",
    "session",
    "coverage",
    "users",
    "audit",
];

/// Whether `actor` may do `action` to `resource`. Denies whatever no line of the table allows. [`Action::Use`] ignores the
/// resource: hand in none.
///
/// The gate asks this and never asks case state: what depends on state, order or time is answered by a ruling.
#[must_use]
pub fn may(_actor: &Actor, _action: Action<'_>, _resource: Option<&Resource>) -> bool {
    unimplemented!()
}

/// Whether `actor` may publish `new` in place of `old`: the AME manager changes projects, the administrator people and lists.
#[must_use]
pub fn may_publish(_actor: &Actor, _old: &Settings, _new: &Settings) -> bool {
    unimplemented!()
}

/// The acting person as the settings know them. None if unknown or deactivated.
#[must_use]
pub fn actor(_settings: &Settings, _user: &UserId) -> Option<Actor> {
    unimplemented!()
}

/// Plain facts of a record, from which [`resource`] tells how someone stands to it.
#[derive(Clone, Copy, Debug)]
pub struct RecordFacts<'a> {
    /// Which document.
    pub doc: DocKind,
    /// Its class.
    pub class: Class,
    /// Level of the case; none for other records.
    pub level: Option<Level>,
    /// Where it is.
    pub adm3: &'a Pcode,
    /// Its projects; none means no project.
    pub projects: &'a [ProjectCode],
    /// Who registered the record (not: who wrote this document's first change).
    pub author: &'a UserId,
    /// This document has no receipt yet.
    pub unsent: bool,
    /// The assignee, those it was escalated to, recipients of a sealed case, facilitators of a session.
    pub named: &'a [UserId],
    /// Consent to share who spoke was given (`consent.share` = yes), and the assignment says to share.
    pub share_identity: bool,
    /// "Is it about one of us?"
    pub subject_role: Option<SubjectRole>,
    /// The case's `partner` fact.
    pub partner: Option<&'a str>,
    /// The case is open.
    pub open: bool,
}

/// How `actor` stands to a record.
#[must_use]
pub fn resource(_settings: &Settings, _actor: &Actor, _facts: &RecordFacts<'_>) -> Resource {
    unimplemented!()
}
