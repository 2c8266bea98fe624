//! The table itself: who reads, creates, puts, steps and uses what. Every line says whom it lets in and where that is written;
//! whoever no line names is denied. Knows no case state.
//!
//! # Source
//! domain.md §3 (roles), §4 (sync classes), §6 ("Who"), §10; design.md §5-§7.

use super::Resource;
use crate::{
    document::fields::{BODY_INTAKE, SEALED_HEADER_KEYS, SEALED_TO},
    model::{
        codes::Level,
        record::{Class, DocKind},
        role::Role::{self, AmeMgr, Ao, AoAssistant, AreaCoord, Cd, HqAme, HqIu, PmFocal, PseaFp, Receiver},
    },
};

/// Staff who hear complaints. Headquarters and the administrator don't.
const HEARERS: &[Role] = &[Receiver, Ao, AoAssistant, PmFocal, AreaCoord, AmeMgr, Cd, PseaFp];
/// The accountability team and its manager: work within their area.
const TEAM: &[Role] = &[Ao, AoAssistant, AmeMgr];
/// The accountability team without its manager.
const OFFICERS: &[Role] = &[Ao, AoAssistant];
/// Who may be made responsible for a case of levels 1-3 besides the team: the project's side, and the rungs above the team.
const HANDLERS: &[Role] = &[PmFocal, AreaCoord, Cd, HqIu];
/// Rungs above the accountability team, when it is implicated.
const ABOVE: &[Role] = &[Cd, HqIu];

/// How someone must stand to a record for a line to let them in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    /// Registered it, and the server has not this document yet.
    AuthorUnsent,
    /// Registered it.
    Author,
    /// Place and project are theirs.
    InScope,
    /// Responsible for it or named to it.
    Named,
}
use When::{Author, AuthorUnsent, InScope, Named};

/// One line: these roles, standing so.
type Line = (&'static [Role], When);

fn admits(lines: &[Line], role: Role, resource: &Resource) -> bool {
    lines.iter().any(|(roles, when)| {
        roles.contains(&role)
            && match when {
                AuthorUnsent => resource.author && resource.unsent,
                Author => resource.author,
                InScope => resource.in_scope,
                Named => resource.assigned,
            }
    })
}

fn level_within(resource: &Resource, lowest: u8, highest: u8) -> bool {
    resource.level.map(Level::number).is_some_and(|level| (lowest..=highest).contains(&level))
}

/// Who reads a document, apart from its author before the receipt.
pub(super) fn may_read(role: Role, resource: &Resource) -> bool {
    if admits(&[(HEARERS, AuthorUnsent)], role, resource) {
        return true;
    }
    match (resource.doc, resource.class) {
        (DocKind::Case, Class::Case) => level_within(resource, 1, 3) && reads_case(role, resource),
        (DocKind::Case, Class::SealedHeader) | (DocKind::Sealed, Class::Sealed) => holds_sealed(role, resource),
        (DocKind::Contact, Class::Contact) => level_within(resource, 1, 3) && reads_contact(role, resource),
        (DocKind::Subject, Class::Subject) => level_within(resource, 1, 3) && reads_case(role, resource),
        (DocKind::Session, Class::Session) | (DocKind::BoxOpening, Class::Other) => works_on_session(role, resource),
        _ => false,
    }
}

/// Levels 1-3, and whom such a case is about: the team in its area; the project's side levels 2-3 when responsible;
/// the rungs above the team when a case skipped up to them.
fn reads_case(role: Role, resource: &Resource) -> bool {
    admits(&[(TEAM, InScope), (TEAM, Named), (ABOVE, Named)], role, resource)
        || (level_within(resource, 2, 3) && admits(&[(&[PmFocal, AreaCoord], Named)], role, resource))
}

/// A sealed case, header and envelopes: whom the header or a ruling names, among the AME manager, the director and the
/// Investigation Unit at level 4, and among the focal point, the Unit and the director at level 5. Never by area: the report may be
/// about one of them, which only who named its recipients knew.
fn holds_sealed(role: Role, resource: &Resource) -> bool {
    (level_within(resource, 4, 4) && admits(&[(&[AmeMgr, Cd, HqIu], Named)], role, resource))
        || (level_within(resource, 5, 5) && admits(&[(&[Cd, PseaFp, HqIu], Named)], role, resource))
}

/// Who spoke, while the case is open: the officers in their area; their manager and the rungs above when responsible in their
/// place; the project's side only when responsible and the person agreed to be known to them.
fn reads_contact(role: Role, resource: &Resource) -> bool {
    let known_to_handlers =
        level_within(resource, 2, 3) && resource.share_identity && admits(&[(&[PmFocal, AreaCoord], Named)], role, resource);
    resource.open && (admits(&[(OFFICERS, InScope), (TEAM, Named), (ABOVE, Named)], role, resource) || known_to_handlers)
}

/// Who writes a document's first change: its author before the receipt; contact and subject also an officer, later; what is sealed
/// also whoever holds it: the first words on a bare header, or all of it sealed anew.
pub(super) fn may_create(role: Role, resource: &Resource) -> bool {
    let class_fits = match resource.doc {
        DocKind::Case => {
            (resource.class == Class::Case && level_within(resource, 1, 3))
                || (resource.class == Class::SealedHeader && level_within(resource, 4, 5))
        }
        DocKind::Contact => resource.class == Class::Contact && level_within(resource, 1, 3),
        DocKind::Subject => resource.class == Class::Subject && level_within(resource, 1, 3),
        DocKind::Session => resource.class == Class::Session,
        DocKind::BoxOpening => resource.class == Class::Other,
        DocKind::Sealed => resource.class == Class::Sealed && level_within(resource, 4, 5),
    };
    let later: &[Line] = match resource.doc {
        DocKind::Contact => &[(OFFICERS, InScope), (TEAM, Named)],
        DocKind::Subject => &[(TEAM, InScope), (TEAM, Named)],
        DocKind::Case | DocKind::Session | DocKind::BoxOpening | DocKind::Sealed => &[],
    };
    let anew = resource.doc == DocKind::Sealed && holds_sealed(role, resource);
    class_fits && (admits(&[(HEARERS, AuthorUnsent)], role, resource) || admits(later, role, resource) || anew)
}

/// Who puts or clears a root key. The receipt number is put once, with the first change.
pub(super) fn may_put(role: Role, key: &str, resource: &Resource) -> bool {
    let as_author = admits(&[(HEARERS, AuthorUnsent)], role, resource);
    match (resource.doc, resource.class) {
        (DocKind::Case, Class::Case) => {
            as_author || (key != "ref_no" && admits(&[(TEAM, InScope), (TEAM, Named)], role, resource))
        }
        (DocKind::Case, Class::SealedHeader) => as_author && SEALED_HEADER_KEYS.contains(&key),
        (DocKind::Contact, Class::Contact) => as_author || admits(&[(OFFICERS, InScope), (TEAM, Named)], role, resource),
        (DocKind::Subject, Class::Subject) => as_author || admits(&[(TEAM, InScope), (TEAM, Named)], role, resource),
        (DocKind::Session, Class::Session) => works_on_session(role, resource),
        (DocKind::BoxOpening, Class::Other) => opens_box(role, resource),
        (DocKind::Sealed, Class::Sealed) => {
            (as_author && [SEALED_TO, BODY_INTAKE].contains(&key)) || holds_sealed(role, resource)
        }
        _ => false,
    }
}

/// Who counts at, adds to and reads a session: whoever registered it, its facilitators, and the team in its area.
pub(super) fn works_on_session(role: Role, resource: &Resource) -> bool {
    admits(&[(HEARERS, Author), (HEARERS, Named), (TEAM, InScope)], role, resource)
}

/// Who writes about an opening: whoever hears complaints where the box is. Two open it on two phones, and neither has heard of the
/// other's record yet. # Source: domain.md §5.2
fn opens_box(role: Role, resource: &Resource) -> bool {
    admits(&[(HEARERS, Author), (HEARERS, Named), (HEARERS, InScope)], role, resource)
}

/// Who adds an event of this kind. Domain.md §6, column "Who"; what depends on level and state is left to the ruling.
pub(super) fn may_step(role: Role, kind: &str, resource: &Resource) -> bool {
    match (resource.doc, resource.class) {
        // domain.md §2.1: only what level 1 holds is answered on the spot.
        (DocKind::Case, Class::Case) if kind == "answered_on_spot" && !level_within(resource, 1, 1) => false,
        (DocKind::Case, Class::Case) => admits(case_step(kind), role, resource),
        (DocKind::Case, Class::SealedHeader) => sealed_step(role, kind, resource),
        (DocKind::Session, Class::Session) => admits(session_step(kind), role, resource),
        (DocKind::BoxOpening, Class::Other) => match kind {
            "box_opened" => opens_box(role, resource),
            "voided" => admits(session_step(kind), role, resource),
            _ => false,
        },
        _ => false,
    }
}

fn case_step(kind: &str) -> &'static [Line] {
    match kind {
        // T1: whoever hears it; §2.1: and at level 1 answers at once.
        "registered" | "answered_on_spot" => &[(HEARERS, AuthorUnsent)],
        // Opening by an officer, or by their manager in their place.
        "seen" => &[(TEAM, InScope), (TEAM, Named)],
        // D3a: at intake by whoever hears it, later by the team.
        "acknowledged" => &[(HEARERS, AuthorUnsent), (TEAM, InScope), (TEAM, Named), (ABOVE, Named)],
        // T2 by an officer; T18 by anyone who can read.
        "classified" => &[(TEAM, InScope), (TEAM, Named), (HANDLERS, Named)],
        // T5.
        "assigned" => &[(TEAM, InScope), (TEAM, Named)],
        // T6, T7, T9 first half, follow-ups and tries to reach the person: the responsible one and the team.
        "started" | "held" | "resumed" | "extension_asked" | "answer_proposed" | "followup" | "contact_attempt" => {
            &[(TEAM, InScope), (TEAM, Named), (HANDLERS, Named)]
        }
        // T8: the AME manager; the director where the manager asked.
        "extension_approved" => &[(&[AmeMgr], InScope), (&[AmeMgr], Named), (ABOVE, Named)],
        // T9 second half: L1-L2 an officer, L3 the AME manager.
        "answer_approved" => &[(TEAM, InScope), (TEAM, Named), (ABOVE, Named)],
        // T10: an officer, never the accused unit.
        "responded" => &[(TEAM, InScope), (TEAM, Named), (ABOVE, Named)],
        // T11, T12, T20-T22.
        "closed" => &[(TEAM, InScope), (TEAM, Named), (ABOVE, Named)],
        // T11, level 3: a second person who can read the case.
        "close_seconded" => &[(&[Ao, AmeMgr], InScope), (&[Ao, AmeMgr], Named), (HANDLERS, Named)],
        // T13, T14, T15, T21.
        "referred" | "referral_received" | "merged" | "reopened" => &[(TEAM, InScope), (TEAM, Named), (ABOVE, Named)],
        // T19.
        "voided" => &[(&[AmeMgr], InScope), (&[AmeMgr], Named)],
        // domain.md §3, receiver: "add a correction".
        "correction" => &[(HEARERS, Author), (TEAM, InScope), (TEAM, Named), (HANDLERS, Named)],
        _ => &[],
    }
}

fn sealed_step(role: Role, kind: &str, resource: &Resource) -> bool {
    match kind {
        // T4, and telling the person at intake that it was received.
        "registered" => admits(&[(HEARERS, AuthorUnsent)], role, resource),
        "sealed_acknowledged" => admits(&[(HEARERS, AuthorUnsent)], role, resource) || holds_sealed(role, resource),
        "seen" | "sealed_followup" | "sealed_contact_attempt" | "sealed_referred" | "sealed_responded" | "sealed_relevelled" => {
            holds_sealed(role, resource)
        }
        // T17: at level 5 the director is told, and decides nothing.
        "sealed_handed_over" | "sealed_closed" => holds_sealed(role, resource) && (role != Cd || level_within(resource, 4, 4)),
        _ => false,
    }
}

fn session_step(kind: &str) -> &'static [Line] {
    match kind {
        "session_registered" => &[(HEARERS, AuthorUnsent)],
        // Whom its leader, or another who works on it, named: knowing its digits gives no right.
        "session_joined" => &[(HEARERS, Named), (TEAM, InScope)],
        "plan_changed" | "corrected" | "estimated" | "estimate_dropped" | "count_dropped" | "drop_undone"
        | "materials_handed" | "correction" => &[(HEARERS, Author), (HEARERS, Named), (TEAM, InScope)],
        "voided" => &[(HEARERS, Author), (TEAM, InScope)],
        _ => &[],
    }
}

/// Who looks after the devices of people of a role; all but the administrator only where areas meet.
pub(super) fn oversees(role: Role, of: Role, areas_meet: bool) -> bool {
    let everyone = &Role::ALL[..];
    let roles: &[Role] = match role {
        // domain.md §3: accounts and devices, no case content.
        Role::Admin => return true,
        // A lost phone is revoked at night by whoever of the line is awake.
        Cd => everyone,
        AmeMgr => &[Receiver, Ao, AoAssistant, PmFocal, AreaCoord],
        AreaCoord => &[Receiver, Ao, AoAssistant, PmFocal],
        Ao => &[Receiver],
        _ => &[],
    };
    areas_meet && roles.contains(&of)
}

/// Whose figures are over every case of what they cover, read or not: "aggregate of all", "export without identities".
/// # Source: domain.md §3
pub(super) const fn counts_all(role: Role) -> bool {
    matches!(role, Cd | HqAme)
}

/// Who uses an endpoint that is not about one record. What it answers is filtered by the lines above.
pub(super) fn may_use(role: Role, endpoint: &str) -> bool {
    let roles: &[Role] = match endpoint {
        // Devices of every role sign in and receive settings; scopes decide what else they get.
        "sign_in" | "second_factor" | "device_opening" | "health" | "openapi" | "web" | "sync" | "status" => &Role::ALL,
        "settings_publish" => &[Ao, AmeMgr, Role::Admin],
        "settings_projects" => &[AmeMgr],
        // domain.md §7: a new site is mapped later by the officer; §3: the administrator keeps lists.
        "settings_sites" => &[Ao, AmeMgr, Role::Admin],
        "settings_people" | "settings_lists" | "users" => &[Role::Admin],
        // Receivers keep number, day and state of what they sent, by sync.
        "cases" | "case" | "look_up" => &[Ao, AoAssistant, PmFocal, AreaCoord, AmeMgr, Cd, PseaFp, HqIu],
        // Who spoke, on paper; which picture is asked of the contact document.
        "picture" => &[Ao, AoAssistant, PmFocal, AreaCoord, AmeMgr, Cd, HqIu],
        // Whoever hears complaints sends what they photographed.
        "sessions" | "session" | "boxes" | "picture_send" => HEARERS,
        // Whoever holds every opening of their area sees which box stays closed.
        "box_watch" => TEAM,
        // Aggregates (domain.md §3: cd "aggregate of all", hq_ame the monthly report).
        "coverage" => &[Ao, AoAssistant, PmFocal, AreaCoord, AmeMgr, Cd, HqAme],
        // domain.md §3: the team keeps the COMPFU, headquarters gets it without identities; D3b.
        "closure" => &[Ao, AoAssistant, AreaCoord, AmeMgr, Cd, HqAme],
        "compfu" => &[Ao, AmeMgr, HqAme],
        // Issue 4: a colleague carries what a phone could not send; it comes in as its author's, and the bringer learns numbers only.
        "import" => &[Receiver, Ao, AoAssistant, PmFocal, AreaCoord, AmeMgr, Cd, PseaFp, Role::Admin],
        // Whoever sealed reports may go to has a key of their own, and vouches for the others'.
        "key_ask" | "keys_waiting" => &[AmeMgr, Cd, PseaFp, HqIu],
        // A book proves itself: who brings it does not matter.
        "key_book" => &Role::ALL,
        // Names, devices and times only, of whom `oversees` names.
        "people" | "device_revoke" | "device_reopen" | "device_enrol" | "device_confirm" => {
            &[Ao, AreaCoord, AmeMgr, Cd, Role::Admin]
        }
        // design.md §7: an administrator with the device in hand.
        "device_open" => &[Role::Admin],
        // Ids only.
        "audit" => &[Role::Admin, HqIu],
        // A weekly report to the line; what it holds is narrowed to whom the reader looks after.
        "weekly" => &[AmeMgr, Cd, HqIu, Role::Admin],
        _ => &[],
    };
    roles.contains(&role)
}
