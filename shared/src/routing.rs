//! Who is responsible for a case, who is told when it is late, and who must never have it. Pure over the settings.
//!
//! # Source
//! domain.md §3 (routing rules 1-4), §4 (`subject_role`).

use crate::{
    model::{
        codes::{Level, SubjectRole},
        dates::{Day, days_between},
        ids::{Code, Pcode, ProjectCode, UserId},
        role::Role,
        ruling::RouteReason,
    },
    policy::covers,
    settings::{Person, Project, Settings},
};
use std::collections::BTreeSet;

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

impl CaseFacts<'_> {
    fn implicates(&self, settings: &Settings, user: &UserId) -> bool {
        implicated(settings, self.subject_role, self.project, self.author, self.partner, user)
    }

    /// Rule 3: implicated themself, or answering to someone who is.
    fn excludes(&self, settings: &Settings, user: &UserId) -> bool {
        line(settings, user).into_iter().any(|id| self.implicates(settings, id))
    }

    fn covered_by(&self, settings: &Settings, person: &Person) -> bool {
        covers(settings, &person.areas, &person.projects, self.adm3, self.project.map_or(&[], std::slice::from_ref))
    }
}

/// Who is to be responsible, and why. None for a sealed case, which has [`recipients`] instead, or if the settings name nobody
/// who could.
#[must_use]
pub fn route(settings: &Settings, facts: &CaseFacts<'_>) -> Option<(UserId, RouteReason)> {
    if facts.level.is_sealed() {
        return None;
    }
    let mut excluded = is_about_the_team(facts);
    for (candidates, reason) in rungs(settings, facts) {
        for person in candidates {
            match take(settings, facts, person) {
                Take::Person(user) => return Some((user, if excluded { RouteReason::Implicated } else { reason })),
                Take::Deputy(user) => return Some((user, RouteReason::Deputy)),
                Take::Implicated => excluded = true,
                Take::Away => {}
            }
        }
    }
    None
}

/// About the accountability team: its manager's from the start, whatever the level and project, since an officer would
/// approve and bring the project's answer. # Source: domain.md §3 rule 3, §4, §12
fn is_about_the_team(facts: &CaseFacts<'_>) -> bool {
    facts.subject_role == Some(SubjectRole::Accountability)
}

/// Whom to try, rung by rung: rules 1 and 2 first, then up. Level 1 and cases without a project have only the accountability
/// line; the project's side has the area coordinator before it.
fn rungs<'a>(settings: &'a Settings, facts: &CaseFacts<'_>) -> Vec<(Vec<&'a Person>, RouteReason)> {
    let of = |roles: &[Role], reason| (covering(settings, facts, roles), reason);
    let officers = [Role::Ao, Role::AoAssistant];
    let mut rungs = match facts.project.and_then(|code| settings.project(code)) {
        _ if is_about_the_team(facts) => Vec::new(),
        _ if facts.level.number() == 1 => vec![of(&officers, RouteReason::LevelOne)],
        None => vec![of(&officers, RouteReason::NoProject)],
        Some(project) => {
            let focal = focal_point(settings, project, facts.adm3).into_iter().collect();
            vec![(focal, RouteReason::ProjectFocal), of(&[Role::AreaCoord], RouteReason::AreaCoordinator)]
        }
    };
    rungs.extend([Role::AmeMgr, Role::Cd, Role::HqIu].map(|role| of(&[role], RouteReason::Fallback)));
    rungs
}

fn focal_point<'a>(settings: &'a Settings, project: &Project, adm3: &Pcode) -> Option<&'a Person> {
    let area = settings.ancestor(adm3, 3).map_or(adm3.as_str(), |place| place.code.as_str());
    let named = project.focal_points.get(area).or_else(|| project.focal_points.get(""))?;
    settings.person(named).filter(|person| !person.inactive)
}

/// Active people of these roles who cover the case: by role as listed, then those who cover least, then by id.
fn covering<'a>(settings: &'a Settings, facts: &CaseFacts<'_>, roles: &[Role]) -> Vec<&'a Person> {
    let mut found: Vec<&Person> = settings
        .people
        .iter()
        .filter(|person| !person.inactive && roles.contains(&person.role) && facts.covered_by(settings, person))
        .collect();
    let breadth = |areas: usize| if areas == 0 { usize::MAX } else { areas };
    found.sort_by_key(|person| {
        let rank = roles.iter().position(|role| *role == person.role);
        (rank, breadth(person.areas.len()), breadth(person.projects.len()), person.id.clone())
    });
    found
}

fn nearest<'a>(settings: &'a Settings, facts: &CaseFacts<'_>, roles: &[Role]) -> Option<&'a Person> {
    covering(settings, facts, roles).into_iter().next()
}

/// Whether a person can have the case.
enum Take {
    Person(UserId),
    Deputy(UserId),
    Implicated,
    Away,
}

fn take(settings: &Settings, facts: &CaseFacts<'_>, person: &Person) -> Take {
    if facts.excludes(settings, &person.id) {
        return Take::Implicated;
    }
    if !person.absent {
        return Take::Person(person.id.clone());
    }
    let deputy = person.deputy.as_ref().and_then(|id| settings.person(id));
    match deputy.filter(|deputy| !deputy.inactive && !deputy.absent && handles(deputy.role, facts.level)) {
        Some(deputy) if !facts.excludes(settings, &deputy.id) => Take::Deputy(deputy.id.clone()),
        _ => Take::Away,
    }
}

/// Roles that may be responsible for a case of this level and are let in by policy to work on it.
fn handles(role: Role, level: Level) -> bool {
    match level.number() {
        1 => matches!(role, Role::Ao | Role::AoAssistant | Role::AmeMgr | Role::Cd | Role::HqIu),
        2 | 3 => {
            matches!(role, Role::Ao | Role::AoAssistant | Role::PmFocal | Role::AreaCoord | Role::AmeMgr | Role::Cd | Role::HqIu)
        }
        _ => false,
    }
}

/// Whether `user` is implicated by the case's `subject_role` and must neither hold, handle nor read it.
///
/// Project or don't know: the project's team, its focal points and their line. Accountability: every ao and ao_assistant. Me:
/// the author and their line. Partner: users of that partner; of any partner, if none is named. The line goes up to, and
/// does not include, the country director and HQ, who answer for everyone and would else be excluded from everything.
#[must_use]
pub fn implicated(
    settings: &Settings,
    subject_role: Option<SubjectRole>,
    project: Option<&ProjectCode>,
    author: &UserId,
    partner: Option<&str>,
    user: &UserId,
) -> bool {
    let project = project.and_then(|code| settings.project(code));
    match subject_role {
        None | Some(SubjectRole::None) => false,
        Some(SubjectRole::Project | SubjectRole::Unknown) => project
            .is_some_and(|project| with_line(settings, project.team.iter().chain(project.focal_points.values())).contains(user)),
        Some(SubjectRole::Accountability) => {
            settings.person(user).is_some_and(|person| matches!(person.role, Role::Ao | Role::AoAssistant))
        }
        Some(SubjectRole::Me) => with_line(settings, std::iter::once(author)).contains(user),
        Some(SubjectRole::Partner) => {
            let named = partner.or(project.map(|project| project.partner.as_str())).filter(|name| !name.is_empty());
            let own = settings.person(user).map_or("", |person| person.partner.as_str());
            !own.is_empty() && named.is_none_or(|name| name == own)
        }
    }
}

/// These people and their managers, up to the country director and HQ, who are in it only by their own name.
fn with_line<'a>(settings: &'a Settings, people: impl Iterator<Item = &'a UserId>) -> BTreeSet<&'a UserId> {
    let is_head =
        |id: &UserId| settings.person(id).is_some_and(|person| matches!(person.role, Role::Cd | Role::HqIu | Role::HqAme));
    let below_heads = |start| {
        let line = line(settings, start).into_iter();
        line.enumerate().take_while(move |(i, id)| *i == 0 || !is_head(id)).map(|(_, id)| id)
    };
    people.flat_map(below_heads).collect()
}

/// A person, their manager, that one's manager, and so on to the top.
fn line<'a>(settings: &'a Settings, start: &'a UserId) -> Vec<&'a UserId> {
    let manager = |id: &&'a UserId| settings.person(id).and_then(|person| person.line_manager.as_ref());
    // No longer than there are people: a ring of managers would never end.
    std::iter::successors(Some(start), manager).take(settings.people.len()).collect()
}

/// Whether `user` could be made responsible for the case by a person (T5): active, of a role that handles its level, covers the
/// place, neither implicated nor answering to someone who is.
#[must_use]
pub fn is_eligible(settings: &Settings, facts: &CaseFacts<'_>, user: &UserId) -> bool {
    settings.person(user).is_some_and(|person| {
        !person.inactive
            && handles(person.role, facts.level)
            && facts.covered_by(settings, person)
            && !facts.excludes(settings, user)
    })
}

/// Everyone who could be made responsible, by id.
#[must_use]
pub fn eligible(settings: &Settings, facts: &CaseFacts<'_>) -> Vec<UserId> {
    let mut found: Vec<UserId> =
        settings.people.iter().map(|person| person.id.clone()).filter(|id| is_eligible(settings, facts, id)).collect();
    found.sort();
    found
}

/// Recipients of a sealed report (levels 4-5), by id: 4 to the AME manager and the country director; 5 to the Investigation
/// Unit and, for fraud, the director, else the safeguarding focal point. If exclusion leaves nobody, the Unit. Never anyone
/// implicated.
#[must_use]
pub fn recipients(settings: &Settings, facts: &CaseFacts<'_>, category: Option<&Code>) -> Vec<UserId> {
    let fraud = category.is_some_and(|code| FRAUD.contains(&code.as_str()));
    let roles: &[Role] = match (facts.level.number(), fraud) {
        (..=4, _) => &[Role::AmeMgr, Role::Cd],
        (_, true) => &[Role::HqIu, Role::Cd],
        (_, false) => &[Role::PseaFp, Role::HqIu],
    };
    let of = |roles: &[Role]| -> Vec<UserId> {
        let covering = covering(settings, facts, roles).into_iter().map(|person| person.id.clone());
        covering.filter(|id| !facts.implicates(settings, id)).collect()
    };
    let mut found = of(roles);
    if found.is_empty() {
        found = of(&[Role::HqIu]);
    }
    found.sort();
    found
}

/// Whether people of this role hold sealed cases of this level, when named to them.
fn holds_sealed(role: Role, level: Level) -> bool {
    match level.number() {
        4 => matches!(role, Role::AmeMgr | Role::Cd | Role::HqIu),
        5 => matches!(role, Role::PseaFp | Role::Cd | Role::HqIu),
        _ => false,
    }
}

/// A sealed case as the server routes it: it can't know whom the report is about.
#[derive(Clone, Copy, Debug)]
pub struct SealedCase<'a> {
    /// What the clear header says.
    pub facts: CaseFacts<'a>,
    /// Who holds it.
    pub recipients: &'a [UserId],
    /// The Investigation Unit confirmed that it has it.
    pub handed_over: bool,
}

impl SealedCase<'_> {
    fn may_hold(&self, settings: &Settings, id: &UserId) -> bool {
        settings.person(id).is_some_and(|person| !person.inactive && holds_sealed(person.role, self.facts.level))
    }

    /// Whether those who hold it are those who are to.
    #[must_use]
    pub fn is_settled(&self, settings: &Settings) -> bool {
        let unit = |id: &UserId| settings.person(id).is_some_and(|person| person.role == Role::HqIu);
        !self.recipients.is_empty()
            && self.recipients.is_sorted_by(|a, b| a < b)
            && self.recipients.iter().all(|id| self.may_hold(settings, id))
            && (!self.handed_over || self.recipients.iter().any(unit))
    }

    /// Who is to hold it, by id: those who hold it and still may; for one who left, others of the same role; the Investigation Unit
    /// once it was handed over, or when nobody is left. Nobody is added whom the report could be about: neither by the settings in
    /// force nor by `then`, those it was recorded under.
    #[must_use]
    pub fn holders(&self, settings: &Settings, then: Option<&Settings>) -> Vec<UserId> {
        let (stay, left): (Vec<&UserId>, Vec<&UserId>) = self.recipients.iter().partition(|id| self.may_hold(settings, id));
        let mut found: BTreeSet<UserId> = stay.into_iter().cloned().collect();
        for left in left {
            let had = then.and_then(|then| then.person(left)).or_else(|| settings.person(left)).map(|person| person.role);
            if let Some(role) = had.filter(|role| holds_sealed(*role, self.facts.level)) {
                found.extend(self.clear(settings, then, role));
            }
        }
        if self.handed_over || found.is_empty() {
            found.extend(self.clear(settings, then, Role::HqIu));
        }
        found.into_iter().collect()
    }

    /// Who is told when none of them has looked at it in time: of level 4 the Investigation Unit, of level 5 the director; nobody
    /// whom the report could be about.
    #[must_use]
    pub fn next_in_line(&self, settings: &Settings, then: Option<&Settings>) -> Option<UserId> {
        let role = if self.facts.level.number() <= 4 { Role::HqIu } else { Role::Cd };
        self.clear(settings, then, role).into_iter().find(|id| !self.recipients.contains(id))
    }

    /// People of this role who cover it and whom it can be about in no way, whatever the report says.
    fn clear(&self, settings: &Settings, then: Option<&Settings>, role: Role) -> Vec<UserId> {
        let CaseFacts { project, author, partner, .. } = self.facts;
        let may_be_about = |settings: &Settings, user: &UserId| {
            SubjectRole::ALL.iter().any(|role| implicated(settings, Some(*role), project, author, partner, user))
        };
        let found = covering(settings, &self.facts, &[role]).into_iter().map(|person| &person.id);
        let is_clear = |id: &&UserId| !may_be_about(settings, id) && !then.is_some_and(|then| may_be_about(then, id));
        found.filter(is_clear).cloned().collect()
    }
}

/// Categories of fraud and corruption. # Source: domain.md §5.10
const FRAUD: [&str; 4] = ["ser.fraud", "ser.bribe", "ser.diversion", "targ.lists"];

/// The ladder: days after the closure day, and who is told. # Source: peers.md §2 (T-5, T-2, T0, T+3 to the line manager)
pub const LADDER: [i16; 4] = [-5, -2, 0, 3];

/// The next rung of the ladder that is due today and was not climbed yet: 5 days before the closure day the responsible person,
/// 2 days before it their manager, on the day the AME manager, 3 days after it the country director. A rung whose person is
/// missing or implicated goes to the next one up.
///
/// `already` are the days of earlier `Escalated` rulings. A case that comes in late gets the highest rung that is due, once.
#[must_use]
pub fn escalation(
    settings: &Settings,
    facts: &CaseFacts<'_>,
    assignee: Option<&UserId>,
    due_on: Day,
    today: Day,
    already: &[i16],
) -> Option<(UserId, i16)> {
    let late = days_between(due_on, today);
    let climbed = already.iter().max();
    let rung = LADDER.iter().rposition(|day| i64::from(*day) <= late)?;
    if climbed.is_some_and(|day| *day >= LADDER[rung]) {
        return None;
    }
    let manager = assignee.and_then(|id| settings.person(id)).and_then(|person| person.line_manager.as_ref());
    let first_of = |role| nearest(settings, facts, &[role]).map(|person| &person.id);
    let ladder = [assignee, manager, first_of(Role::AmeMgr), first_of(Role::Cd), first_of(Role::HqIu)];
    let fits = |id: &&UserId| {
        settings.person(id).is_some_and(|person| !person.inactive && handles(person.role, facts.level))
            && !facts.implicates(settings, id)
    };
    ladder[rung..].iter().copied().flatten().find(fits).map(|id| (id.clone(), LADDER[rung]))
}
