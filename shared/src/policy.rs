//! Who may do what: the only place that decides. SQL scope, gate, API and screens ask here. Denies by default.
//! Knows no storage: what it needs of a record is handed in as a [`Resource`].

use crate::model::{
    codes::Level,
    ids::{Pcode, ProjectCode, UserId},
    record::{Class, DocKind},
    role::Role,
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
    /// The person wrote its first change.
    pub author: bool,
    /// The server has not yet receipted it: only its author holds it.
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
