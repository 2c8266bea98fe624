//! Cases and sessions read online: the same columns as on phones, filtered by the same scopes, every sensitive read audited.

use super::{
    Server,
    desk::{self, Doc, Record},
    error::WorkError,
    same_case::told_duplicate,
    session::Session,
    standing::Standing,
};
use crate::{
    audit::{Audit, Deed},
    storage::{
        case_rows::{CaseFilter, CaseOrder},
        session_rows::SessionFilter,
    },
};
use serde::Serialize;
use shared::{
    arabic, clocks,
    document::content::{Content, Facts},
    model::{
        codes::CaseFlag,
        dates::{Day, UnixSeconds, plus_days},
        ids::{RecordId, UserId},
        query::{CasePage, CaseQuery, CaseSort, CaseView, MOST_COUNTED, SessionQuery},
        record::DocKind,
        row::{CaseRow, SessionRow},
    },
    policy::{self, Action, Actor},
    rows::{self, Conflict, RowContext, TimelineEntry},
    settings::Settings,
    sync::{opened::Shown, sign_in::CallRefusal},
};
use std::collections::BTreeMap;

/// Most rows of one answer.
const MOST_ROWS: u32 = 200;

/// One case, whole.
#[derive(Clone, Debug, Serialize)]
pub struct CaseDetail {
    /// Its row.
    pub row: CaseRow,
    /// Facts of the case document, as shown.
    pub facts: Facts,
    /// Facts with several values.
    pub conflicts: Vec<Conflict>,
    /// Who spoke, if the caller may know.
    pub contact: Option<Facts>,
    /// Whom it is about, if the caller may know.
    pub subject: Option<Facts>,
    /// What a person should look at.
    pub flags: Vec<CaseFlag>,
    /// Days it was on hold, today included; no clock stops for them.
    pub hold_days: i64,
    /// Events and rulings in the fold's order.
    pub timeline: Vec<TimelineEntry>,
}

/// A page of sessions.
#[derive(Clone, Debug, Serialize)]
pub struct SessionPage {
    /// Rows.
    pub rows: Vec<SessionRow>,
    /// How many match.
    pub total: u32,
}

/// One session, whole.
#[derive(Clone, Debug, Serialize)]
pub struct SessionDetail {
    /// Its row.
    pub row: SessionRow,
    /// Facts.
    pub facts: Facts,
    /// Facts with several values.
    pub conflicts: Vec<Conflict>,
    /// Events and rulings in the fold's order.
    pub timeline: Vec<TimelineEntry>,
}

impl Server {
    /// A page of the cases that reach the caller.
    ///
    /// # Errors
    /// A refusal for roles that may not, or a fault of storage.
    pub fn cases(&self, now: UnixSeconds, session: &Session, query: &CaseQuery) -> Result<CasePage, WorkError> {
        session.check_use("cases")?;
        let in_force = self.in_force();
        let today = now.day(in_force.settings.utc_offset_min);
        let soon = plus_days(today, i64::from(in_force.settings.limits.due_soon_days));
        let filter = filter(query, session.user(), today, soon);
        let limit = query.limit.clamp(1, MOST_ROWS);
        let user = session.user().clone();
        let (rows, total) = self.storage().read(|tx| {
            let rows = tx.case_rows(&user, &filter, order(query.sort), limit, query.offset)?;
            Ok::<_, WorkError>((rows, tx.count_case_rows(&user, &filter, MOST_COUNTED)?))
        })?;
        let sensitive: Vec<(String, String)> = rows
            .iter()
            .filter_map(|row| Some((row.record.to_string(), Shown::of(row.level.number(), false)?.in_list())))
            .collect();
        if !sensitive.is_empty() {
            let witness = session.witness(now);
            self.storage().write(move |tx| {
                let mut audit = Audit::new(tx, witness);
                audit.note(Deed::Read, "list", &sensitive.len().to_string())?;
                sensitive.iter().try_for_each(|(record, shown)| Ok::<_, WorkError>(audit.note(Deed::Read, record, shown)?))
            })?;
        }
        Ok(CasePage { rows, total, counts: None })
    }

    /// One case, as far as the caller may read it.
    ///
    /// # Errors
    /// [`CallRefusal::NotFound`] alike for cases that don't exist and for those the caller may not know of.
    pub fn case(&self, now: UnixSeconds, session: &Session, record: RecordId) -> Result<CaseDetail, WorkError> {
        let actor = session.check_use("case")?;
        let in_force = self.in_force();
        let settings = &in_force.settings;
        let today = now.day(settings.utc_offset_min);
        let detail = self.storage().read(|tx| {
            let record = desk::load(tx, record)?;
            let life = record.case_life(settings).ok_or(CallRefusal::NotFound)?;
            if !may_read(settings, actor, &life.standing, DocKind::Case) {
                return Err(CallRefusal::NotFound.into());
            }
            let doc = record.part(DocKind::Case).ok_or(CallRefusal::NotFound)?;
            let outbox = BTreeMap::new();
            let sources = Doc::sources(&doc.receipts, &outbox);
            let duplicate_of = told_duplicate(tx, settings, actor, &record, &life)?;
            let context = RowContext { settings, today, set_aside: false, waiting: false, duplicate_of };
            Ok::<_, WorkError>(CaseDetail {
                row: rows::case_row(record.id, &life.content, &life.state, &sources, &context),
                conflicts: rows::conflicts(life.document, &life.content, &sources),
                contact: part(&record, settings, actor, &life.standing, DocKind::Contact),
                subject: part(&record, settings, actor, &life.standing, DocKind::Subject),
                flags: life.state.flags.iter().copied().collect(),
                hold_days: clocks::hold_days(&life.state, today),
                timeline: rows::timeline(&life.content, &life.state.steps, &sources, settings, today),
                facts: shown(&life.content),
            })
        });
        let detail = self.noted(now, session, record, detail)?;
        let identity = detail.contact.is_some() || detail.subject.is_some();
        if let Some(shown) = Shown::of(detail.row.level.number(), identity) {
            self.note_read(now, session, &record.to_string(), shown.id())?;
        }
        Ok(detail)
    }

    /// A page of the sessions that reach the caller.
    ///
    /// # Errors
    /// A refusal for roles that may not, or a fault of storage.
    pub fn sessions(&self, session: &Session, query: &SessionQuery) -> Result<SessionPage, WorkError> {
        session.check_use("sessions")?;
        let filter = SessionFilter {
            from: query.from,
            to: query.to,
            place: query.place.clone().unwrap_or_default().0,
            project: query.project.clone().unwrap_or_default().0,
            text: arabic::fold(&query.text),
        };
        let user = session.user().clone();
        let limit = query.limit.clamp(1, MOST_ROWS);
        let (rows, total) =
            self.storage().read(|tx| Ok::<_, WorkError>(tx.session_rows(&user, &filter, limit, query.offset)?))?;
        Ok(SessionPage { rows, total })
    }

    /// One session.
    ///
    /// # Errors
    /// [`CallRefusal::NotFound`] alike for sessions that don't exist and for those the caller may not know of.
    pub fn session(&self, now: UnixSeconds, session: &Session, record: RecordId) -> Result<SessionDetail, WorkError> {
        let actor = session.check_use("session")?;
        let in_force = self.in_force();
        let settings = &in_force.settings;
        let today = now.day(settings.utc_offset_min);
        let detail = self.storage().read(|tx| {
            let record = desk::load(tx, record)?;
            let life = record.session_life(settings).ok_or(CallRefusal::NotFound)?;
            if !may_read(settings, actor, &life.standing, DocKind::Session) {
                return Err(CallRefusal::NotFound.into());
            }
            let doc = record.part(DocKind::Session).ok_or(CallRefusal::NotFound)?;
            let outbox = BTreeMap::new();
            let sources = Doc::sources(&doc.receipts, &outbox);
            let context = RowContext { settings, today, set_aside: false, waiting: false, duplicate_of: None };
            let row = rows::session_row(record.id, &life.content, &life.state, &sources, &context);
            Ok(SessionDetail {
                row: row.ok_or(CallRefusal::NotFound)?,
                conflicts: rows::conflicts(life.document, &life.content, &sources),
                timeline: rows::timeline(&life.content, &life.state.steps, &sources, settings, today),
                facts: shown(&life.content),
            })
        });
        self.noted(now, session, record, detail)
    }

    /// What reading a record came to, with a refusal noted first: alike for what does not exist, so that neither the answer nor its
    /// time tells.
    pub(super) fn noted<T>(
        &self,
        now: UnixSeconds,
        session: &Session,
        record: RecordId,
        read: Result<T, WorkError>,
    ) -> Result<T, WorkError> {
        if matches!(read, Err(WorkError::Refused(CallRefusal::NotFound))) {
            self.note_denied(now, session, &record.to_string())?;
        }
        read
    }

    pub(super) fn note_read(&self, now: UnixSeconds, session: &Session, object: &str, detail: &str) -> Result<(), WorkError> {
        let (witness, object, detail) = (session.witness(now), object.to_owned(), detail.to_owned());
        self.storage().write(move |tx| Ok(Audit::new(tx, witness).note(Deed::Read, &object, &detail)?))
    }
}

pub(super) fn may_read(settings: &Settings, actor: &Actor, standing: &Standing, kind: DocKind) -> bool {
    policy::may(actor, Action::Read, Some(&standing.resource(settings, actor, kind, false)))
}

fn part(record: &Record, settings: &Settings, actor: &Actor, standing: &Standing, kind: DocKind) -> Option<Facts> {
    let doc = record.part(kind)?;
    may_read(settings, actor, standing, kind).then(|| shown(&doc.document.content()))
}

fn shown(content: &Content) -> Facts {
    content.facts.iter().filter_map(|(key, values)| Some((key.clone(), values.first()?.fact.clone()))).collect()
}

fn order(sort: CaseSort) -> CaseOrder {
    match sort {
        CaseSort::Pressing => CaseOrder::Pressing,
        CaseSort::Newest => CaseOrder::Newest,
        CaseSort::Oldest => CaseOrder::Oldest,
        CaseSort::Level => CaseOrder::Level,
    }
}

fn filter(query: &CaseQuery, user: &UserId, today: Day, soon: Day) -> CaseFilter {
    let mut filter = CaseFilter {
        status: query.status.map_or_else(String::new, |status| status.id().to_owned()),
        level: query.level.unwrap_or(0),
        place: query.place.clone().unwrap_or_default().0,
        project: query.project.clone().unwrap_or_default().0,
        assignee: query.assignee.clone().unwrap_or_default().0,
        text: arabic::fold(&query.text),
        ended: Some(false),
        ..CaseFilter::default()
    };
    match query.view {
        // Only a device's own list knows what waits to be accepted; here it is among the open ones.
        CaseView::Inbox | CaseView::ToAccept => {}
        CaseView::Overdue => filter.due_to = Some(plus_days(today, -1)),
        CaseView::DueSoon => (filter.due_from, filter.due_to) = (Some(today), Some(soon)),
        CaseView::Unassigned => filter.unassigned = true,
        CaseView::Mine => filter.assignee.clone_from(&user.0),
        CaseView::Recorded => (filter.recorded_by, filter.ended) = (user.0.clone(), None),
        CaseView::Attention => filter.attention = true,
        CaseView::Closed => filter.ended = Some(true),
        CaseView::All => filter.ended = None,
    }
    filter
}
