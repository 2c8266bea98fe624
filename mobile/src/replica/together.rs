//! Several people at one session: the id by which colleagues reach one recorded on the spot, and what each of them counted, claimed
//! and handed out.

use super::{
    account::Account,
    documents::{self, ReadError},
    open::Open,
    record::Record,
};
use crate::protocol::Together;
use shared::{
    document::content::{Fact, Facts},
    intent::{self, Intent},
    joining::{Occasion, link},
    lifecycle::SessionState,
    model::{
        ids::{Pcode, RecordId},
        record::{DocKind, DocumentId},
        second_factor::QrPicture,
    },
    qr, rows,
};
use std::borrow::Cow;

/// Numbers tried before a session goes without digits: each of them names another session on this phone already.
const MOST_TRIED: u16 = 100;

impl Open {
    /// What is to be done, under the id it goes by: a session recorded on the spot takes one that colleagues reach by digits. The
    /// same form sent twice takes the same.
    ///
    /// # Errors
    /// [`ReadError`].
    pub(super) fn seated<'a>(&self, intent: &'a Intent) -> Result<Cow<'a, Intent>, ReadError> {
        if let Intent::RecordSession { facts, counts, .. } = intent
            && let Some(draft) = intent::begun(facts)
        {
            for attempt in 0..MOST_TRIED {
                let Some(record) = intent::joinable(facts, &self.account.user, attempt) else { break };
                if self.is_free_for(record, draft)? {
                    return Ok(Cow::Owned(Intent::RecordSession { record, facts: facts.clone(), counts: counts.clone() }));
                }
            }
        }
        Ok(Cow::Borrowed(intent))
    }

    fn is_free_for(&self, record: RecordId, draft: RecordId) -> Result<bool, ReadError> {
        let id = DocumentId::first(record, DocKind::Session);
        let registration = intent::registration(draft);
        let is_this = |held: documents::Held| held.document.content().events.contains_key(&registration);
        Ok(documents::one(&self.conn, id)?.is_some_and(is_this) || !documents::is_known(&self.conn, id)?)
    }
}

/// Who counted, claimed and handed out what.
pub(super) fn together(read: &Record, state: &SessionState, own: &Account) -> Together {
    let part = read.main();
    let whole = part.held.changes.iter().filter(|change| part.held.document.has(&change.hash()));
    let increments = whole.flat_map(|change| change.increments().map(|(key, by)| (change.hash(), key, by)));
    let code = occasion(read, state).and_then(|occasion| occasion.code(read.id));
    Together {
        picture: code.as_deref().and_then(|code| picture(read, state, &own.server, code)),
        code,
        lead: state.recorded_by.clone(),
        registered: state.registered,
        shares: rows::shares(increments, state, &part.sources(&own.user)),
        estimates: state.estimates.clone(),
        drops: state.drops.clone(),
        materials: state.materials.clone(),
        handed_out: rows::handed_out(&part.content, state),
    }
}

fn occasion(read: &Record, state: &SessionState) -> Option<Occasion> {
    let content = &read.main().content;
    let (day, adm3) = (content.settled_text("date")?.parse().ok()?, Pcode::from(content.settled_text("place.adm3")?));
    Some(Occasion::new(&state.recorded_by, day, &adm3, rows::projects(content)))
}

/// For a colleague's camera, once the leader named one: nobody else joins.
fn picture(read: &Record, state: &SessionState, server: &str, code: &str) -> Option<QrPicture> {
    let content = &read.main().content;
    let mut facts: Facts = rows::projects(content).into_iter().map(|code| (format!("project.{code}"), true.into())).collect();
    for key in ["date", "place.adm3", "phase"] {
        facts.insert(key.to_owned(), content.settled_text(key)?.into());
    }
    facts.insert(link::LEAD.to_owned(), state.recorded_by.to_string().into());
    facts.insert(link::DIGITS.to_owned(), Fact::from(code));
    qr::picture(&link::write(server, &facts).filter(|_| rows::facilitators(content).len() > 1)?).ok()
}
