//! Who looked at what in seven days, out of the audit log: counts for each person, and not a word of any case. Knows no layout.

use super::{Server, error::WorkError, session::Session};
use crate::{audit::Deed, storage::audit_log::AuditLine};
use shared::{
    model::{
        dates::{Day, UnixSeconds, plus_days},
        ids::UserId,
        week::{PersonsWeek, Week},
    },
    policy::{self, Action},
    sync::opened::Shown,
};
use std::collections::{BTreeMap, BTreeSet};

/// Days of one report.
const DAYS: i64 = 7;

/// While counting: a case read twice is one case.
#[derive(Default)]
struct Counting {
    week: PersonsWeek,
    identities: BTreeSet<String>,
    sensitive: BTreeSet<String>,
}

impl Counting {
    fn count(&mut self, deed: Deed, line: AuditLine) {
        let week = &mut self.week;
        match deed {
            Deed::Read if line.object == "list" => week.lists += 1,
            Deed::Read | Deed::ReadOffline => {
                let (shown, in_list) = Shown::read(&line.detail).unzip();
                let times = if deed == Deed::Read { &mut week.online } else { &mut week.offline };
                // The list was counted, as one.
                *times += u32::from(in_list != Some(true));
                if shown.is_some_and(Shown::identity) {
                    self.identities.insert(line.object.clone());
                }
                if shown.is_some_and(Shown::sensitive) {
                    self.sensitive.insert(line.object);
                }
            }
            Deed::Sent => week.sent += 1,
            Deed::AuditExported | Deed::CasesExported => week.exports += 1,
            Deed::SignedIn => week.sign_ins += 1,
            Deed::SignInRefused | Deed::ChangeRefused | Deed::Denied => week.refused += 1,
            Deed::RecoveryBegun | Deed::RecoveryDrilled | Deed::RecoveryOpened | Deed::KeyAsked | Deed::KeyBookWentOn => {
                week.keys += 1;
            }
            Deed::DeviceEnrolled
            | Deed::DeviceRevoked
            | Deed::DeviceReopened
            | Deed::EnrolmentCodeMade
            | Deed::DeviceConfirmed
            | Deed::OpeningApproved
            | Deed::SettingsPublished
            | Deed::UnsentBrought
            | Deed::AccountChanged => week.administered += 1,
            // What a look-up showed of anyone is a reading, in a line of its own.
            Deed::LookedUp
            // What the server or a device does by itself is nobody's looking.
            | Deed::DeviceShut
            | Deed::OpeningAsked
            | Deed::DeviceOpened
            | Deed::Ruled
            | Deed::Purged
            | Deed::BackedUp
            | Deed::Restored => {}
        }
    }

    fn done(self) -> PersonsWeek {
        let of = |cases: &BTreeSet<String>| u32::try_from(cases.len()).unwrap_or(u32::MAX);
        PersonsWeek { identities: of(&self.identities), sensitive: of(&self.sensitive), ..self.week }
    }
}

impl Server {
    /// The seven days from `from` on; if none is said, the last seven whole ones.
    ///
    /// # Errors
    /// A fault of storage.
    pub fn week(&self, now: UnixSeconds, from: Option<Day>) -> Result<Week, WorkError> {
        let in_force = self.in_force();
        let settings = &in_force.settings;
        let day = |at: UnixSeconds| at.day(settings.utc_offset_min);
        let from = from.unwrap_or_else(|| plus_days(day(now), -DAYS));
        let to = plus_days(from, DAYS - 1);
        let mut people: BTreeMap<UserId, Counting> = BTreeMap::new();
        self.storage().read(|tx| {
            tx.audit_lines(|line| {
                if let Some(deed) = Deed::from_id(&line.action).filter(|_| (from..=to).contains(&day(line.at))) {
                    people.entry(line.user.clone()).or_default().count(deed, line);
                }
                true
            })
        })?;
        let named = |(user, counting): (UserId, Counting)| {
            let person = settings.person(&user);
            let name = person.map(|person| person.name.clone()).unwrap_or_default();
            PersonsWeek { name, role: person.map(|person| person.role), user, ..counting.done() }
        };
        let people = people.into_iter().map(named).filter(|week| !week.counts().is_empty()).collect();
        Ok(Week { from, to, people })
    }

    /// The same for someone of the line: whoever reads the audit log sees everybody, a manager those whose devices they look after
    /// and themselves. How often a focal point opened something sealed is not told to who may be meant by it.
    ///
    /// # Errors
    /// A refusal for roles that may not, or a fault of storage.
    pub fn week_for(&self, now: UnixSeconds, session: &Session, from: Option<Day>) -> Result<Week, WorkError> {
        let actor = session.check_use("weekly")?;
        let in_force = self.in_force();
        let mut week = self.week(now, from)?;
        if !policy::may(actor, Action::Use("audit"), None) {
            week.people.retain(|one| {
                in_force.settings.person(&one.user).is_some_and(|person| policy::oversees(&in_force.settings, actor, person))
            });
        }
        Ok(week)
    }
}
