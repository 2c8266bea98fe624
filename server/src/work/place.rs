//! Where records belong: the `placed` ruling, and which scopes each document stands in. A move is LEAVE and ENTER in one
//! transaction. Policy says who reads; nothing else here decides.

use super::{
    Server,
    desk::{Desk, Doc, Record, scopes_of},
    error::WorkError,
    standing::{Standing, flagged},
};
use crate::storage::{
    Tx,
    scopes::{Happened, Scope},
};
use shared::{
    document::content::Content,
    lifecycle::Placement,
    model::{
        dates::{Day, plus_days},
        ids::{Pcode, ProjectCode, RecordId, UserId},
        record::{Class, DocKind},
    },
    policy::{self, Action},
    settings::Settings,
    sync::scope::{ScopeId, follows},
};
use std::collections::{BTreeMap, BTreeSet};

/// Where a case belongs by its facts; a fact with two values stays where it was until someone chooses.
pub(super) fn case_placement(settings: &Settings, content: &Content, standing: &Standing, placed: bool) -> Placement {
    let adm3 = content.settled_text("place.adm3").map_or_else(|| standing.adm3.clone(), |code| adm3_of(settings, code));
    let projects = match content.settled_text("project") {
        Some(code) => vec![ProjectCode::from(code)],
        // Cleared since, or never there.
        None if placed && !content.facts.contains_key("project") => Vec::new(),
        None => standing.projects.clone(),
    };
    Placement { adm3, projects, class: standing.class }
}

/// Where a session belongs by its facts.
pub(super) fn session_placement(settings: &Settings, content: &Content, standing: &Standing) -> Placement {
    let adm3 = content.settled_text("place.adm3").map_or_else(|| standing.adm3.clone(), |code| adm3_of(settings, code));
    let projects = flagged(content, "project.").map(ProjectCode::from).collect();
    Placement { adm3, projects, class: standing.class }
}

fn adm3_of(settings: &Settings, code: &str) -> Pcode {
    let code = Pcode::from(code);
    settings.ancestor(&code, 3).map_or_else(|| code.clone(), |place| place.code.clone())
}

/// A new scope's followers, by the settings in force.
pub(super) fn add_followers(tx: &Tx<'_>, settings: &Settings, scope: &Scope) -> Result<(), WorkError> {
    for person in &settings.people {
        let Some(actor) = policy::actor(settings, &person.id) else { continue };
        if follows(&actor, settings, &scope.id) {
            tx.insert_follower(&actor.user, scope.number)?;
        }
    }
    Ok(())
}

/// Whether a case ended so long ago that devices keep it no more; it is read online then.
fn is_older(settings: &Settings, standing: &Standing, today: Day) -> bool {
    let kept_from = plus_days(today, -i64::from(settings.limits.closed_kept_days));
    standing.ended_on.is_some_and(|day| day < kept_from)
}

/// The scopes one document of a record should stand in, and whether it reaches people one by one.
fn wanted(settings: &Settings, record: &Record, standing: &Standing, kind: DocKind) -> (BTreeSet<ScopeId>, bool) {
    let class = standing.class_of(kind);
    let one_by_one = class == Class::SealedHeader
        || standing.class == Class::SealedHeader
        || standing.names_staff()
        || record.part(DocKind::Subject).is_some_and(|doc| doc.head.is_some());
    let mut scopes = BTreeSet::new();
    if !one_by_one && (class != Class::Contact || standing.open) {
        let area =
            |project: Option<&ProjectCode>| ScopeId::Area { adm3: standing.adm3.clone(), project: project.cloned(), class };
        if standing.projects.is_empty() {
            scopes.insert(area(None));
        }
        scopes.extend(standing.projects.iter().map(|project| area(Some(project))));
    }
    let candidates: Box<dyn Iterator<Item = &UserId>> = if one_by_one {
        Box::new(settings.people.iter().map(|person| &person.id))
    } else {
        Box::new(standing.named.iter().chain([&standing.author]))
    };
    let mut personal = false;
    let areas = scopes.clone();
    for user in candidates {
        let Some(actor) = policy::actor(settings, user) else { continue };
        let resource = standing.resource(settings, &actor, kind, false);
        let reads = policy::may(&actor, Action::Read, Some(&resource));
        if reads && !areas.iter().any(|scope| follows(&actor, settings, scope)) {
            scopes.insert(ScopeId::Personal(actor.user));
            personal = true;
        }
    }
    // Whoever registered a session or the opening of a box keeps it, also once they no more follow its area.
    let keeps_author = matches!(kind, DocKind::Session | DocKind::BoxOpening);
    (scopes, one_by_one || personal || keeps_author || !standing.named.is_empty())
}

impl Desk<'_, '_> {
    /// Moves every document of a record to where it belongs and writes the logs.
    pub(super) fn place(&mut self, record: &mut Record, standing: &Standing) -> Result<(), WorkError> {
        let settings = std::sync::Arc::clone(&self.in_force);
        let older = is_older(&settings.settings, standing, self.today());
        let parts: Vec<_> = record.docs.keys().copied().collect();
        for id in parts {
            let (mut scopes, personal) = wanted(&settings.settings, record, standing, id.kind);
            if older {
                scopes = scopes.into_iter().map(|scope| ScopeId::Older(Box::new(scope))).collect();
            }
            let Some(doc) = record.docs.get_mut(&id) else { continue };
            if doc.head.is_some() {
                self.move_document(doc, &scopes, personal)?;
            }
        }
        Ok(())
    }

    /// Places a record again after the settings changed.
    pub(super) fn place_again(&mut self, id: RecordId) -> Result<(), WorkError> {
        let in_force = std::sync::Arc::clone(&self.in_force);
        let mut record = self.take(id)?;
        let case = record.case_life(&in_force.settings).map(|life| life.standing);
        if case.as_ref().is_some_and(|standing| standing.class == Class::SealedHeader) {
            // Its recipients may be others now.
            self.settle(&mut record)?;
        } else if let Some(standing) = case.or_else(|| record.session_life(&in_force.settings).map(|life| life.standing)) {
            self.place(&mut record, &standing)?;
        }
        self.put_back(record);
        Ok(())
    }

    /// Brings a document's scopes to `wanted`: a change where it stays, ENTER where it comes, LEAVE where it goes.
    pub(super) fn move_document(&mut self, doc: &mut Doc, wanted: &BTreeSet<ScopeId>, personal: bool) -> Result<(), WorkError> {
        let stood = scopes_of(self.tx, doc.id)?;
        let mut to_be: BTreeMap<i64, ScopeId> = BTreeMap::new();
        for id in wanted {
            to_be.insert(self.scope(id)?.number, id.clone());
        }
        let Some(mut head) = doc.head.clone() else { return Ok(()) };
        let (tx, before) = (self.tx, doc.hash_before);
        for (number, id) in &to_be {
            let scope = self.scope(id)?;
            if stood.contains(number) {
                for (order, hash) in &doc.fresh {
                    let moved = shared::sync::set_hash::SetHash::of(doc.id, hash);
                    tx.append_to_log(scope, doc.id, Happened::Change(*order), moved)?;
                }
            } else {
                tx.append_to_log(scope, doc.id, Happened::Enter, head.set_hash)?;
            }
        }
        if stood.iter().any(|number| !to_be.contains_key(number)) {
            head.has_left = true;
            let names: BTreeMap<i64, ScopeId> = tx.scopes()?.into_iter().map(|scope| (scope.number, scope.id)).collect();
            for number in stood.iter().filter(|number| !to_be.contains_key(number)) {
                let id = names.get(number).ok_or(WorkError::Inconsistent("scope"))?;
                let scope = self.scope(id)?;
                tx.append_to_log(scope, doc.id, Happened::Leave, before)?;
            }
        }
        if doc.changed || head.has_left || head.is_personal != personal {
            head.is_personal = personal;
            tx.set_document_head(doc.id, &head)?;
        }
        doc.hash_before = head.set_hash;
        doc.head = Some(head);
        doc.fresh.clear();
        doc.changed = false;
        Ok(())
    }
}

impl Server {
    /// Who follows what, anew; called whenever settings are published.
    pub(super) fn rewrite_followers(tx: &Tx<'_>, settings: &Settings) -> Result<(), WorkError> {
        tx.delete_followers()?;
        // Everyone has a log of their own from the start, so that a device has something to follow.
        for person in &settings.people {
            let (_, _) = tx.scope(&ScopeId::Personal(person.id.clone()))?;
        }
        tx.scopes()?.iter().try_for_each(|scope| add_followers(tx, settings, scope))
    }
}
