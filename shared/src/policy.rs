//! Who may do what: the only place that decides. SQL scope, gate, API and screens ask here. Denies by default.
//! Knows no storage: what it needs of a record is handed in as a [`Resource`].

mod table;

use crate::{
    model::{
        codes::{Consent, IdentityMode, Level, SubjectRole},
        ids::{Pcode, ProjectCode, UserId},
        record::{Class, DocKind},
        role::Role,
    },
    routing,
    settings::{Person, Place, Settings, sites::SITE},
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

impl Resource {
    /// A document that its author is about to write: nothing of it has left their device.
    #[must_use]
    pub const fn draft(doc: DocKind, class: Class) -> Self {
        Self {
            doc,
            class,
            level: None,
            in_scope: false,
            author: true,
            unsent: true,
            assigned: false,
            implicated: false,
            share_identity: false,
            open: true,
        }
    }
}

/// Names of the endpoints and screens that [`Action::Use`] knows. `settings_projects`, `settings_people` and `settings_lists`
/// and `settings_sites` are the parts of a snapshot; see [`may_publish`].
pub const ENDPOINTS: &[&str] = &[
    "sign_in",
    "second_factor",
    "health",
    "status",
    "openapi",
    "web",
    "sync",
    "settings_publish",
    "settings_projects",
    "settings_people",
    "settings_lists",
    "settings_sites",
    "cases",
    "case",
    "look_up",
    "picture",
    "picture_send",
    "sessions",
    "session",
    "coverage",
    "closure",
    "compfu",
    "import",
    "users",
    "people",
    "device_revoke",
    "device_reopen",
    "device_enrol",
    "device_confirm",
    "device_opening",
    "device_open",
    "audit",
    "boxes",
    "box_watch",
    "weekly",
    "key_ask",
    "keys_waiting",
    "key_book",
];

/// Whether `actor` may do `action` to `resource`. Denies whatever no line of the table allows. [`Action::Use`] ignores the
/// resource: hand in none.
///
/// The gate asks this and never asks case state: what depends on state, order or time is answered by a ruling.
#[must_use]
pub fn may(actor: &Actor, action: Action<'_>, resource: Option<&Resource>) -> bool {
    if let Action::Use(endpoint) = action {
        return table::may_use(actor.role, endpoint);
    }
    let Some(resource) = resource else { return false };
    // Nobody implicated ever holds a record, except its author until the receipt, which then purges it.
    if resource.implicated && !(resource.author && resource.unsent) {
        return false;
    }
    match action {
        Action::Read => table::may_read(actor.role, resource),
        Action::Create => table::may_create(actor.role, resource),
        Action::Put(key) => table::may_put(actor.role, key, resource),
        Action::Step(kind) => table::may_step(actor.role, kind, resource),
        Action::Increment => resource.doc == DocKind::Session && table::works_on_session(actor.role, resource),
        Action::Use(_) => false,
    }
}

/// Whether people of this role sign in with a second factor: whoever reads other people's reports, identities or accounts.
/// A receiver holds own unsent work only.
#[must_use]
pub const fn needs_second_factor(role: Role) -> bool {
    !matches!(role, Role::Receiver)
}

/// Whether `actor`'s figures count every case of the areas and projects they cover, those they may not read too. Cases about them
/// or their line are never among them.
#[must_use]
pub const fn counts_all(actor: &Actor) -> bool {
    table::counts_all(actor.role)
}

/// Whether `actor` looks after `person`'s devices: sees that they exist and when they were last heard of, and revokes them.
/// One's own always, other people's by role where areas meet; an administrator's reach has no area.
#[must_use]
pub fn oversees(settings: &Settings, actor: &Actor, person: &Person) -> bool {
    let is_self = actor.user == person.id;
    is_self || table::oversees(actor.role, person.role, areas_meet(settings, &actor.areas, &person.areas))
}

/// Whether `actor` lets a device of `whose` in again that `by` revoked: whoever looks after both people's devices, and is neither. Nobody
/// below undoes it, and nobody above goes past it unseen. # Source: domain.md §3 (an implicated rung is skipped upwards)
#[must_use]
pub fn lets_in_again(settings: &Settings, actor: &Actor, whose: &UserId, by: &UserId) -> bool {
    [whose, by]
        .iter()
        .all(|user| **user != actor.user && settings.person(user).is_some_and(|person| oversees(settings, actor, person)))
}

/// Whether two people's areas (empty: all) have a place in common.
fn areas_meet(settings: &Settings, one: &[Pcode], other: &[Pcode]) -> bool {
    let lie_in_each_other = |a: &Pcode, b: &Pcode| settings.lies_in(a, b) || settings.lies_in(b, a);
    one.is_empty() || other.is_empty() || one.iter().any(|a| other.iter().any(|b| lie_in_each_other(a, b)))
}

/// Whether `actor` may publish `new` in place of `old`: the AME manager changes projects, the administrator people and lists, and the
/// officer adds sites where they work.
#[must_use]
pub fn may_publish(actor: &Actor, old: &Settings, new: &Settings) -> bool {
    let uses = |part| may(actor, Action::Use(part), None);
    let projects_kept = old.projects == new.projects && old.boxes == new.boxes;
    let people_kept = old.people == new.people;
    let places_kept = old.places == new.places;
    let adds_sites = !places_kept && adds_sites_only(actor, old, new);
    let with_both = Settings {
        version: old.version,
        places: if adds_sites { old.places.clone() } else { new.places.clone() },
        projects: old.projects.clone(),
        boxes: old.boxes.clone(),
        people: old.people.clone(),
        ..new.clone()
    };
    uses("settings_publish")
        && (projects_kept || uses("settings_projects"))
        && (people_kept || uses("settings_people"))
        && (!adds_sites || uses("settings_sites"))
        && (with_both == *old || uses("settings_lists"))
}

/// Whether every place stands as it did, and what came is sites where `actor` works.
fn adds_sites_only(actor: &Actor, old: &Settings, new: &Settings) -> bool {
    let stays = |place: &Place| new.place(&place.code) == Some(place);
    let is_theirs = |place: &Place| place.level == SITE && covers(new, &actor.areas, &[], &place.code, &[]);
    old.places.iter().all(stays) && new.places.iter().all(|place| old.place(&place.code).is_some() || is_theirs(place))
}

/// The acting person as the settings know them. None if unknown or deactivated.
#[must_use]
pub fn actor(settings: &Settings, user: &UserId) -> Option<Actor> {
    settings.person(user).filter(|person| !person.inactive).map(|person| Actor {
        user: person.id.clone(),
        role: person.role,
        areas: person.areas.clone(),
        projects: person.projects.clone(),
    })
}

/// Whether she agreed that whoever solves it may know who spoke: said so, and not "to the accountability team only". What could not be
/// asked counts as no. # Source: domain.md §4, §5.3, §10.4
#[must_use]
pub fn agreed_to_share(consent: Option<&str>, identity_mode: Option<&str>) -> bool {
    consent == Some(Consent::Yes.id()) && identity_mode != Some(IdentityMode::Confidential.id())
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
pub fn resource(settings: &Settings, actor: &Actor, facts: &RecordFacts<'_>) -> Resource {
    Resource {
        doc: facts.doc,
        class: facts.class,
        level: facts.level,
        in_scope: covers(settings, &actor.areas, &actor.projects, facts.adm3, facts.projects),
        author: &actor.user == facts.author,
        unsent: facts.unsent,
        assigned: facts.named.contains(&actor.user),
        implicated: !matches!(facts.doc, DocKind::Session | DocKind::BoxOpening)
            && routing::implicated(
                settings,
                facts.subject_role,
                facts.projects.first(),
                facts.author,
                facts.partner,
                &actor.user,
            ),
        share_identity: facts.share_identity,
        open: facts.open,
    }
}

/// Whether someone who covers `areas` and `projects` (empty: all) covers a record at `place` in `of`. A record without a project
/// belongs to whoever covers its place.
#[must_use]
pub fn covers(settings: &Settings, areas: &[Pcode], projects: &[ProjectCode], place: &Pcode, of: &[ProjectCode]) -> bool {
    let place_covered = areas.is_empty() || areas.iter().any(|area| settings.lies_in(place, area));
    let project_covered = projects.is_empty() || of.is_empty() || of.iter().any(|project| projects.contains(project));
    place_covered && project_covered
}
