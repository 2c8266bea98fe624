//! How a record stands to people: the plain facts that policy, placing and routing ask for. Knows no storage.

use shared::{
    document::content::{Content, Fact},
    lifecycle::{CaseState, SessionState},
    model::{
        codes::{Level, SubjectRole},
        dates::Day,
        ids::{Pcode, ProjectCode, UserId},
        order::Order,
        record::{Class, DocKind},
        ruling::{Ruling, Verdict},
    },
    policy::{self, Actor, RecordFacts, Resource},
    routing::CaseFacts,
    settings::Settings,
};

/// A record's facts, owned.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Standing {
    /// Class of its main document.
    pub(super) class: Class,
    pub(super) level: Option<Level>,
    /// As last placed, or as registered.
    pub(super) adm3: Pcode,
    pub(super) projects: Vec<ProjectCode>,
    pub(super) author: UserId,
    /// Responsible, escalated to, recipients; facilitators of a session.
    pub(super) named: Vec<UserId>,
    pub(super) share_identity: bool,
    pub(super) subject_role: Option<SubjectRole>,
    pub(super) partner: Option<String>,
    pub(super) open: bool,
    /// When the case ended.
    pub(super) ended_on: Option<Day>,
}

impl Standing {
    pub(super) fn of_case(content: &Content, state: &CaseState) -> Self {
        let placed = state.placed.as_ref();
        let mut named = state.recipients.clone();
        // A sealed case has recipients and nobody else: whoever it is brought to becomes one.
        if !state.level.is_sealed() {
            named.extend(state.escalated.iter().map(|(user, _)| user.clone()));
            named.extend(state.assignee.clone());
        }
        named.sort();
        named.dedup();
        Self {
            class: if state.level.is_sealed() { Class::SealedHeader } else { Class::Case },
            level: Some(state.level),
            adm3: placed.map_or_else(|| state.adm3.clone(), |placed| placed.adm3.clone()),
            projects: placed.map_or_else(|| state.project.iter().cloned().collect(), |placed| placed.projects.clone()),
            author: state.recorded_by.clone(),
            named,
            share_identity: state.share_identity
                && policy::agreed_to_share(content.text("consent.share"), content.text("intake.identity_mode")),
            subject_role: state.subject_role,
            partner: content.text("partner").map(str::to_owned),
            open: state.is_open(),
            ended_on: state.closed_on.filter(|_| !state.is_open()),
        }
    }

    /// Of a session, or of a box opening: who works on it is named in its facts.
    pub(super) fn of_session(kind: DocKind, content: &Content, state: &SessionState) -> Self {
        let placed = last_placed(content);
        let (class, stem) =
            if kind == DocKind::BoxOpening { (Class::Other, "opener.") } else { (Class::Session, "facilitator.") };
        let named = flagged(content, stem).map(UserId::from).collect();
        let (adm3, projects) = match placed {
            Some((adm3, projects)) => (adm3, projects),
            None => (
                Pcode::from(content.text("place.adm3").unwrap_or_default()),
                flagged(content, "project.").map(ProjectCode::from).collect(),
            ),
        };
        Self {
            class,
            level: None,
            adm3,
            projects,
            author: state.recorded_by.clone(),
            named,
            share_identity: false,
            subject_role: None,
            partner: None,
            open: true,
            ended_on: None,
        }
    }

    /// Staff or a unit is named: such a case reaches people one by one, never by area.
    pub(super) fn names_staff(&self) -> bool {
        names_staff(self.subject_role)
    }

    /// The class of one of the record's documents.
    pub(super) const fn class_of(&self, kind: DocKind) -> Class {
        match kind {
            DocKind::Case | DocKind::Session | DocKind::BoxOpening => self.class,
            DocKind::Contact => Class::Contact,
            DocKind::Subject => Class::Subject,
            DocKind::Sealed => Class::Sealed,
        }
    }

    pub(super) fn resource(&self, settings: &Settings, actor: &Actor, kind: DocKind, unsent: bool) -> Resource {
        let facts = RecordFacts {
            doc: kind,
            class: self.class_of(kind),
            level: self.level,
            adm3: &self.adm3,
            projects: &self.projects,
            author: &self.author,
            unsent,
            named: &self.named,
            share_identity: self.share_identity,
            subject_role: self.subject_role,
            partner: self.partner.as_deref(),
            open: self.open,
        };
        policy::resource(settings, actor, &facts)
    }

    /// The same for routing; cases only.
    pub(super) fn case_facts<'a>(&'a self, level: Level) -> CaseFacts<'a> {
        CaseFacts {
            level,
            adm3: &self.adm3,
            project: self.projects.first(),
            partner: self.partner.as_deref(),
            subject_role: self.subject_role,
            author: &self.author,
        }
    }
}

/// Whether a case with this answer to "is it about one of us?" names staff or a unit.
pub(super) const fn names_staff(subject_role: Option<SubjectRole>) -> bool {
    !matches!(subject_role, None | Some(SubjectRole::None))
}

/// Codes whose flag `prefix<code>` is set.
pub(super) fn flagged<'a>(content: &'a Content, prefix: &'a str) -> impl Iterator<Item = &'a str> {
    content
        .facts
        .range(prefix.to_owned()..)
        .take_while(move |(key, _)| key.starts_with(prefix))
        .filter(|(_, values)| values.first().is_some_and(|standing| standing.fact == Fact::Flag(true)))
        .filter_map(move |(key, _)| key.strip_prefix(prefix))
}

/// The last `placed` ruling of a document.
pub(super) fn last_placed(content: &Content) -> Option<(Pcode, Vec<ProjectCode>)> {
    let rulings = content.rulings.iter().rev();
    let read = |(_, text): (&Order, &String)| serde_json::from_str::<Ruling>(text).ok();
    rulings.filter_map(read).find_map(|ruling| match ruling.verdict {
        Verdict::Placed { adm3, projects, .. } => Some((adm3, projects)),
        _ => None,
    })
}
