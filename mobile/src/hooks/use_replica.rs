//! Questions to the replica as state a page must match whole. Old rows stay while new ones load, so nothing flickers.

use super::use_app::{AppState, use_app};
use crate::{
    platform,
    protocol::{Answer, Failure, FailureCode, Request, sealed::SealedCase},
};
use dioxus::prelude::*;
use shared::model::ids::Pcode;

/// What became of a question.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Load<T> {
    /// Not answered yet, and nothing older to show.
    Loading,
    /// Answered.
    Ready(T),
    /// Answered: there is nothing.
    Empty,
    /// Not answered; nothing was lost.
    Failed(Failure),
}

/// Whose changes make a question be asked again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Table {
    /// Cases.
    Cases,
    /// Sessions.
    Sessions,
    /// Both.
    Records,
    /// Drafts, outbox, quarantine, own sent.
    Outbox,
    /// Nothing here: what is asked at the server changes there.
    Server,
}

impl Table {
    fn watch(self, app: AppState) {
        let (cases, sessions, outbox) = match self {
            Self::Cases => (true, false, false),
            Self::Sessions => (false, true, false),
            Self::Records => (true, true, false),
            Self::Outbox => (false, false, true),
            Self::Server => (false, false, false),
        };
        for (watched, version) in [(cases, app.cases), (sessions, app.sessions), (outbox, app.outbox)] {
            if watched {
                version.read();
            }
        }
    }
}

/// A question, its answer so far, and whether it is being asked again.
#[derive(Clone, PartialEq)]
pub(crate) struct Asked<T: 'static> {
    /// The answer so far.
    pub(crate) load: Load<T>,
    /// A newer answer is on its way.
    pub(crate) again: bool,
    resource: Resource<Load<T>>,
}

impl<T> Asked<T> {
    /// Asks again.
    pub(crate) fn retry(&self) {
        let mut resource = self.resource;
        resource.restart();
    }
}

/// Asks the replica, and again whenever `table` changes or a signal read in `ask` does.
/// `read` turns the expected answer into a [`Load`]; any other answer is a fault of ours.
pub(crate) fn use_asked<T: Clone + 'static>(
    table: Table,
    ask: impl Fn() -> Request + 'static,
    read: fn(Answer) -> Option<Load<T>>,
) -> Asked<T> {
    let app = use_app();
    let resource = use_resource(move || {
        table.watch(app);
        let request = ask();
        async move {
            match platform::call(request).await {
                Answer::Failed(failure) => Load::Failed(failure),
                answer => {
                    app.learn_places(places_in(&answer)).await;
                    read(answer).unwrap_or_else(|| Load::Failed(Failure { code: FailureCode::Internal, fields: Vec::new() }))
                }
            }
        }
    });
    let load = resource.read().clone().unwrap_or(Load::Loading);
    let again = resource.pending() && !matches!(load, Load::Loading);
    Asked { load, again, resource }
}

/// Places an answer names, so that their names are known before its rows are shown.
fn places_in(answer: &Answer) -> Vec<Pcode> {
    match answer {
        Answer::Cases(page) => page.rows.iter().flat_map(|r| [Some(r.adm3.clone()), r.adm4.clone()]).flatten().collect(),
        Answer::Found(found) => found.rows.iter().flat_map(|r| [Some(r.adm3.clone()), r.adm4.clone()]).flatten().collect(),
        Answer::Closure(page) => page.late.iter().flat_map(|r| [Some(r.adm3.clone()), r.adm4.clone()]).flatten().collect(),
        Answer::Case(case) => {
            let told = case.sealed.iter().flat_map(SealedCase::facts);
            let facts = std::iter::once(&case.facts).chain(told).flatten();
            let facts = facts.filter(|(key, _)| key.starts_with("place.adm")).filter_map(|(_, f)| f.as_text());
            let conflicts = case.conflicts.iter().filter(|c| c.key.starts_with("place.adm"));
            let values = conflicts.flat_map(|c| c.values.iter().filter_map(|(standing, _)| standing.fact.as_text()));
            facts.chain(values).map(Pcode::from).chain([case.row.adm3.clone()]).collect()
        }
        Answer::Sessions { rows, .. } => rows.iter().flat_map(|r| [Some(r.adm3.clone()), r.adm4.clone()]).flatten().collect(),
        Answer::Session(session) => [Some(session.row.adm3.clone()), session.row.adm4.clone()].into_iter().flatten().collect(),
        Answer::Coverage(coverage) => {
            let rows = coverage.rows.iter().map(|r| r.place.clone());
            rows.chain(coverage.places.iter().flat_map(|p| [p.place.clone(), p.adm3.clone()])).collect()
        }
        Answer::Drafts(drafts) => drafts.iter().flat_map(crate::pages::capture::places).collect(),
        _ => Vec::new(),
    }
}
