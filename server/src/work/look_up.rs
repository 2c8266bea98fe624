//! Finding a case by its receipt number, or by the number a person calls from: for whoever may know, and written down.
//! What the caller may not find is answered like what does not exist.

use super::{Server, cases::may_read, desk, desk::Doc, error::WorkError, session::Session};
use crate::audit::{Audit, Deed};
use shared::{
    look_up::{Found, LookUpQuery, Sought},
    model::{dates::UnixSeconds, record::DocKind, row::CaseRow},
    rows::{self, RowContext},
    sync::{opened::Shown, sign_in::CallRefusal},
};
use std::collections::BTreeMap;

impl Server {
    /// The cases that this number finds for the caller. A phone number finds only cases whose contact the caller may hold: that it
    /// is known at all says who spoke. Each look-up is in the audit log, without the number.
    ///
    /// # Errors
    /// A refusal for roles that may not and for what is no number, or a fault of storage.
    pub fn look_up(&self, now: UnixSeconds, session: &Session, query: &LookUpQuery) -> Result<Found, WorkError> {
        let actor = session.check_use("look_up")?;
        let sought = Sought::read(&query.number).map_err(|_| CallRefusal::Malformed)?;
        let in_force = self.in_force();
        let settings = &in_force.settings;
        let today = now.day(settings.utc_offset_min);
        let mut rows: Vec<(CaseRow, bool)> = self.storage().read(|tx| {
            let mut wanted = BTreeMap::new();
            for phone in &sought.phones {
                wanted.extend(tx.cases_of_phone(phone)?.into_iter().map(|record| (record, true)));
            }
            if let Some(number) = &sought.ref_no {
                wanted.extend(tx.cases_of_ref_no(number.as_str())?.into_iter().map(|record| (record, false)));
            }
            let mut rows = Vec::new();
            for (record, by_phone) in wanted {
                let record = desk::load(tx, record)?;
                let Some(life) = record.case_life(settings) else { continue };
                let may = |kind| may_read(settings, actor, &life.standing, kind);
                let Some(doc) = record.part(DocKind::Case).filter(|_| may(DocKind::Case)) else { continue };
                if by_phone && !may(DocKind::Contact) {
                    continue;
                }
                let outbox = BTreeMap::new();
                let sources = Doc::sources(&doc.receipts, &outbox);
                let context = RowContext { settings, today, set_aside: false, waiting: false, duplicate_of: None };
                rows.push((rows::case_row(record.id, &life.content, &life.state, &sources, &context), by_phone));
            }
            Ok::<_, WorkError>(rows)
        })?;
        rows.sort_by_key(|(row, _)| std::cmp::Reverse(row.received_on));
        let read: Vec<(String, &'static str)> = rows
            .iter()
            .filter_map(|(row, by_phone)| Some((row.record.to_string(), Shown::of(row.level.number(), *by_phone)?.id())))
            .collect();
        let (witness, found) = (session.witness(now), rows.len().to_string());
        let by = if sought.ref_no.is_some() { "ref_no" } else { "phone" };
        self.storage().write(move |tx| {
            let mut audit = Audit::new(tx, witness);
            audit.note(Deed::LookedUp, by, &found)?;
            read.iter().try_for_each(|(record, shown)| audit.note(Deed::Read, record, shown))?;
            Ok::<_, WorkError>(())
        })?;
        Ok(Found { rows: rows.into_iter().map(|(row, _)| row).collect(), own: Vec::new() })
    }
}
