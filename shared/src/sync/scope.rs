//! Scopes: the logs a device follows. Knows names of scopes and who may follow which, not what stands in them.

use super::messages::{Tag, encode};
use crate::{
    model::{
        codes::Level,
        ids::{BadId, Pcode, ProjectCode, UserId},
        record::{Class, DocKind},
    },
    policy::{self, Action, Actor, Resource},
    settings::Settings,
};
use std::{fmt, str::FromStr};

/// Most scopes one person can follow: 40 sub-districts with 24 projects each. Aim at 50: each costs a cursor in every request. Of a
/// person who would have more the server leaves the last ones out and says so in its log.
pub const MAX_SCOPES: usize = 4_000;

/// One append-only log. Text form: `u/u7`, or `a/SY020400/P01/case` with an empty project for records of none, or `o/` and one of these.
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
    /// What stood in that log and is older than devices keep: the same people read it, at the server, and no device follows it.
    Older(Box<ScopeId>),
}

impl fmt::Display for ScopeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Personal(user) => write!(f, "u/{user}"),
            Self::Area { adm3, project, class } => {
                write!(f, "a/{adm3}/{}/{}", project.as_ref().map_or("", ProjectCode::as_str), class.id())
            }
            Self::Older(of) => write!(f, "o/{of}"),
        }
    }
}

impl FromStr for ScopeId {
    type Err = BadId;
    fn from_str(text: &str) -> Result<Self, BadId> {
        if let Some(of) = text.strip_prefix("o/") {
            let of = of.parse()?;
            return if matches!(of, Self::Older(_)) { Err(BadId) } else { Ok(Self::Older(Box::new(of))) };
        }
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

/// Whether a person reads what stands in this log: an area's, if the policy lets them read whatever it can hold. The clear headers of
/// levels 4 and 5 have different readers, so nobody follows those by area: they come through personal logs.
#[must_use]
pub fn follows(actor: &Actor, settings: &Settings, scope: &ScopeId) -> bool {
    match scope {
        ScopeId::Personal(user) => &actor.user == user,
        ScopeId::Area { adm3, project, class } => {
            let of = project.as_slice();
            let in_scope = policy::covers(settings, &actor.areas, &actor.projects, adm3, of);
            let reads = |resource: Resource| policy::may(actor, Action::Read, Some(&resource));
            in_scope && held_in(*class).into_iter().all(reads)
        }
        ScopeId::Older(of) => follows(actor, settings, of),
    }
}

/// One of each kind of record that a log of this class can hold, as it stands to someone who covers the area and has no other
/// part in it. Cases that name staff are never placed in an area, so nobody is implicated.
fn held_in(class: Class) -> Vec<Resource> {
    let (doc, levels): (DocKind, &[u8]) = match class {
        Class::Case => (DocKind::Case, &[1, 2, 3]),
        Class::Contact => (DocKind::Contact, &[1, 2, 3]),
        Class::Subject => (DocKind::Subject, &[1, 2, 3]),
        Class::SealedHeader => (DocKind::Case, &[4, 5]),
        Class::Sealed => (DocKind::Sealed, &[4, 5]),
        Class::Session => (DocKind::Session, &[]),
        Class::Other => (DocKind::BoxOpening, &[]),
    };
    let resource = |level| Resource {
        doc,
        class,
        level,
        in_scope: true,
        author: false,
        unsent: false,
        assigned: false,
        implicated: false,
        share_identity: false,
        open: true,
    };
    let levels: Vec<Option<Level>> = levels.iter().copied().map(Level::new).collect();
    if levels.is_empty() { vec![resource(None)] } else { levels.into_iter().map(resource).collect() }
}

#[cfg(test)]
mod tests {
    use super::{ScopeId, follows, list_tag};
    use crate::{
        model::{record::Class, role::Role},
        policy::Actor,
        settings::Settings,
    };
    use proptest::prelude::*;

    #[test]
    fn scopes_have_one_text_each() {
        let area = ScopeId::Area { adm3: "SY020400".into(), project: Some("P01".into()), class: Class::SealedHeader };
        let none = ScopeId::Area { adm3: "SY020400".into(), project: None, class: Class::Case };
        let older = ScopeId::Older(Box::new(area.clone()));
        assert_eq!(older.to_string(), "o/a/SY020400/P01/sealed_header");
        for scope in [ScopeId::Personal("u7".into()), area, none, older] {
            assert_eq!(scope.to_string().parse(), Ok(scope));
        }
        for bad in ["", "u/", "u/a/b", "a/SY/P01/cases", "a//P01/case", "a/SY/P 1/case", "x/u7", "o/", "o/o/u/u7"] {
            assert!(bad.parse::<ScopeId>().is_err(), "{bad}");
        }
    }

    fn settings() -> Settings {
        let place = |code: &str, level, parent: Option<&str>| serde_json::json!({"code": code, "level": level, "parent": parent, "en": code, "ar": code});
        serde_json::from_value(serde_json::json!({
            "version": 1, "organisation": {"en": "", "ar": ""}, "mechanism": {"en": "", "ar": ""}, "utc_offset_min": 180, "limits": {},
            "lists": {}, "categories": [], "projects": [], "people": [], "hotline": [],
            "places": [place("SY02", 1, None), place("SY0204", 2, Some("SY02")), place("SY020400", 3, Some("SY0204")),
                place("SY020402", 3, Some("SY0204")), place("C1", 4, Some("SY020400"))],
        }))
        .unwrap()
    }

    #[test]
    fn people_follow_what_the_policy_lets_them_read_in_their_area_and_their_own_log() {
        let settings = settings();
        let area = |adm3: &str, project: Option<&str>, class| ScopeId::Area {
            adm3: adm3.into(),
            project: project.map(Into::into),
            class,
        };
        let existing: Vec<ScopeId> = ["SY020400", "SY020402"]
            .into_iter()
            .flat_map(|adm3| [None, Some("P01"), Some("P02")].map(|project| (adm3, project)))
            .flat_map(|(adm3, project)| Class::ALL.map(|class| area(adm3, project, class)))
            .chain(["u7", "u8"].map(|user| ScopeId::Personal(user.into())))
            .collect();
        let person = |role, areas: &[&str], projects: &[&str]| {
            let (areas, projects) = (areas.iter().map(|&a| a.into()).collect(), projects.iter().map(|&p| p.into()).collect());
            Actor { user: "u7".into(), role, areas, projects }
        };
        let list = |actor: &Actor| -> Vec<ScopeId> {
            existing.iter().filter(|scope| follows(actor, &settings, scope)).cloned().collect()
        };
        let personal = ScopeId::Personal("u7".into());
        for role in Role::ALL {
            let reads = match role {
                Role::Ao | Role::AoAssistant => 5 * 2 * 3,
                // Who spoke is for the officers.
                Role::AmeMgr => 4 * 2 * 3,
                _ => 0,
            };
            let scopes = list(&person(role, &[], &[]));
            assert_eq!((scopes.last(), scopes.len()), (Some(&personal), 1 + reads), "{role:?}");
        }
        let scopes = list(&person(Role::Ao, &["SY020400"], &["P01"]));
        assert!(scopes.contains(&area("SY020400", Some("P01"), Class::Contact)));
        assert!(scopes.contains(&area("SY020400", None, Class::Case)));
        assert!(!scopes.iter().any(|scope| matches!(scope, ScopeId::Area { adm3, project, .. }
            if adm3.as_str() == "SY020402" || project.as_ref().is_some_and(|p| p.as_str() == "P02"))));
        // A community is less than the sub-district whose records the log holds.
        assert_eq!(list(&person(Role::Ao, &["C1"], &[])), [personal]);
        let tag = list_tag(&scopes);
        assert_ne!(tag, list_tag(&scopes[1..]));
        assert_ne!(tag, list_tag(&[]));
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
