//! Who is responsible for a case, who is told when it is late, and who must never have it. Pure over the settings.
//!
//! # Source
//! domain.md §3 (routing rules 1-4), §4 (`subject_role`).

use crate::{
    model::{
        codes::{Level, SubjectRole},
        dates::Day,
        ids::{Code, Pcode, ProjectCode, UserId},
        ruling::RouteReason,
    },
    settings::Settings,
};

/// What routing needs to know of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CaseFacts<'a> {
    /// Level that holds.
    pub level: Level,
    /// Sub-district (or a place within it).
    pub adm3: &'a Pcode,
    /// Project, or none.
    pub project: Option<&'a ProjectCode>,
    /// The case's own `partner` fact; the project's partner is found in the settings.
    pub partner: Option<&'a str>,
    /// "Is it about one of us?"
    pub subject_role: Option<SubjectRole>,
    /// Who registered it.
    pub author: &'a UserId,
}

/// Who is to be responsible, and why. None only if the settings name nobody who could.
#[must_use]
pub fn route(_settings: &Settings, _facts: &CaseFacts<'_>) -> Option<(UserId, RouteReason)> {
    unimplemented!()
}

/// Whether `user` is implicated by the case's `subject_role` and must neither hold, handle nor read it.
///
/// Project or don't know: the project's team, its focal points and their line. Accountability: every ao and ao_assistant. Me:
/// the author and their line. Partner: users of that partner; of any partner, if none is named. The line goes up to, and
/// does not include, the country director and HQ, who answer for everyone and would else be excluded from everything.
#[must_use]
pub fn implicated(
    _settings: &Settings,
    _subject_role: Option<SubjectRole>,
    _project: Option<&ProjectCode>,
    _author: &UserId,
    _partner: Option<&str>,
    _user: &UserId,
) -> bool {
    unimplemented!()
}

/// Whether `user` could be made responsible for the case by a person (T5): active, of a role that handles its level, covers the
/// place, not implicated.
#[must_use]
pub fn is_eligible(_settings: &Settings, _facts: &CaseFacts<'_>, _user: &UserId) -> bool {
    unimplemented!()
}

/// Everyone who could be made responsible, by id.
#[must_use]
pub fn eligible(_settings: &Settings, _facts: &CaseFacts<'_>) -> Vec<UserId> {
    unimplemented!()
}

/// Recipients of a sealed report (levels 4-5): 4 to the AME manager and the country director; 5 to the safeguarding focal
/// point and the Investigation Unit, fraud to the Unit and the director. Never anyone implicated.
#[must_use]
pub fn recipients(_settings: &Settings, _facts: &CaseFacts<'_>, _category: Option<&Code>) -> Vec<UserId> {
    unimplemented!()
}

/// The next rung of the ladder that is due today and was not climbed yet: 5 and 2 days before the closure day the responsible
/// person and their manager are told, on the day the AME manager, 3 days after it the country director.
///
/// `already` are the days of earlier `Escalated` rulings.
#[must_use]
pub fn escalation(
    _settings: &Settings,
    _facts: &CaseFacts<'_>,
    _assignee: Option<&UserId>,
    _due_on: Day,
    _today: Day,
    _already: &[i16],
) -> Option<(UserId, i16)> {
    unimplemented!()
}
