//! Scopes: the logs a device follows. Knows names of scopes and who may follow which, not what stands in them.

use super::messages::{Tag, encode};
use crate::{
    model::{
        ids::{BadId, Pcode, ProjectCode, UserId},
        record::Class,
        role::Role,
    },
    policy::Actor,
    settings::Settings,
};
use std::{collections::BTreeSet, fmt, str::FromStr};

/// Most scopes one person can follow; aim at 50. A person who would have more is told to cover less.
pub const MAX_SCOPES: usize = 500;

/// One append-only log. Text form: `u/u7`, or `a/SY020400/P01/case` with an empty project for records of none.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ScopeId {
    /// What one person may read besides their areas: assignments, own records, sessions they facilitate, cases naming staff.
    Personal(UserId),
    /// Records of one sub-district, one project or none, and one class.
    Area {
        /// Sub-district.
        adm3: Pcode,
        /// Project, or none.
        project: Option<ProjectCode>,
        /// Class.
        class: Class,
    },
}

impl fmt::Display for ScopeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Personal(user) => write!(f, "u/{user}"),
            Self::Area { adm3, project, class } => {
                write!(f, "a/{adm3}/{}/{}", project.as_ref().map_or("", ProjectCode::as_str), class.id())
            }
        }
    }
}

impl FromStr for ScopeId {
    type Err = BadId;
    fn from_str(text: &str) -> Result<Self, BadId> {
        let parts: Vec<&str> = text.split('/').collect();
        match parts.as_slice() {
            ["u", user] => Some(UserId::from(*user)).filter(UserId::is_well_formed).map(Self::Personal),
            ["a", adm3, project, class] => {
                let adm3 = Some(Pcode::from(*adm3)).filter(Pcode::is_well_formed).ok_or(BadId)?;
                let class = Class::ALL.into_iter().find(|c| c.id() == *class).ok_or(BadId)?;
                let project = match *project {
                    "" => None,
                    code => Some(Some(ProjectCode::from(code)).filter(ProjectCode::is_well_formed).ok_or(BadId)?),
                };
                Some(Self::Area { adm3, project, class })
            }
            _ => None,
        }
        .ok_or(BadId)
    }
}

impl<C> minicbor::Encode<C> for ScopeId {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.str(&self.to_string())?;
        Ok(())
    }
}

impl<'b, C> minicbor::Decode<'b, C> for ScopeId {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        d.str()?.parse().map_err(|_| minicbor::decode::Error::message("bad scope"))
    }
}

/// The tag of a scope list, by which request and answer agree on the meaning of cursors. It is derived, not stored: a scope that
/// comes to life in someone's area changes their list, and so the tag.
#[must_use]
pub fn list_tag(scopes: &[ScopeId]) -> Tag {
    if scopes.is_empty() { Tag::default() } else { Tag::of(&encode(scopes)) }
}

/// The scopes a person follows, of those that exist: their personal log first, then areas in order, at most [`MAX_SCOPES`].
/// Those that don't exist yet are left out, so that a manager of a whole country follows what there is and not all there could be.
#[must_use]
pub fn scopes_for(actor: &Actor, settings: &Settings, existing: &BTreeSet<ScopeId>) -> Vec<ScopeId> {
    let areas = existing.iter().filter(|scope| follows(actor, settings, scope) && matches!(scope, ScopeId::Area { .. }));
    std::iter::once(ScopeId::Personal(actor.user.clone())).chain(areas.cloned()).take(MAX_SCOPES).collect()
}

/// Whether a person follows this log.
#[must_use]
pub fn follows(actor: &Actor, settings: &Settings, scope: &ScopeId) -> bool {
    match scope {
        ScopeId::Personal(user) => &actor.user == user,
        ScopeId::Area { adm3, project, class } => {
            reads_class(actor.role, *class) && covers(actor, settings, adm3, project.as_ref())
        }
    }
}

/// Which classes a role reads by area. Everyone else reads through their personal log only.
const fn reads_class(role: Role, class: Class) -> bool {
    match role {
        Role::Ao | Role::AoAssistant => true,
        // Who spoke is for those who talk to the person.
        Role::AmeMgr => !matches!(class, Class::Contact),
        _ => false,
    }
}

/// Whether a sub-district and a project, or records of none, lie within what a person covers. Someone who covers only some
/// projects does not cover records of no project.
#[must_use]
pub fn covers(actor: &Actor, settings: &Settings, adm3: &Pcode, project: Option<&ProjectCode>) -> bool {
    let area = actor.areas.is_empty() || actor.areas.iter().any(|area| settings.lies_in(adm3, area));
    let projects = actor.projects.is_empty() || project.is_some_and(|code| actor.projects.contains(code));
    area && projects
}

#[cfg(test)]
mod tests {
    use super::ScopeId;
    use crate::model::record::Class;
    use proptest::prelude::*;

    #[test]
    fn scopes_have_one_text_each() {
        let area = ScopeId::Area { adm3: "SY020400".into(), project: Some("P01".into()), class: Class::SealedHeader };
        let none = ScopeId::Area { adm3: "SY020400".into(), project: None, class: Class::Case };
        for scope in [ScopeId::Personal("u7".into()), area, none] {
            assert_eq!(scope.to_string().parse(), Ok(scope));
        }
        for bad in ["", "u/", "u/a/b", "a/SY/P01/cases", "a//P01/case", "a/SY/P 1/case", "x/u7"] {
            assert!(bad.parse::<ScopeId>().is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_refused_or_comes_back(text in "[ua]/[A-Z0-9./]{0,20}") {
            if let Ok(scope) = text.parse::<ScopeId>() {
                prop_assert_eq!(scope.to_string(), text);
            }
        }
    }
}
