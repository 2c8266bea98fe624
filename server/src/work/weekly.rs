//! Who looked at what in seven days, out of the audit log: counts for each person, and not a word of any case. Knows no layout.

use super::{Server, error::WorkError};
use crate::{audit::Deed, storage::audit_log::AuditLine};
use shared::{
    model::{
        dates::{Day, UnixSeconds, plus_days},
        ids::UserId,
        role::Role,
    },
    sync::opened::Shown,
};
use std::collections::{BTreeMap, BTreeSet};

/// Days of one report.
const DAYS: i64 = 7;

/// Seven days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Week {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// Everyone of whom the log says something, by id; the server and its operator first, under an empty one.
    pub people: Vec<PersonsWeek>,
}

/// One person's seven days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonsWeek {
    /// Who; empty for the server and its operator.
    pub user: UserId,
    /// As displayed; empty for who is in the settings no more.
    pub name: String,
    /// Role, likewise.
    pub role: Option<Role>,
    /// Cases of which who spoke or whom it is about was read.
    pub identities: usize,
    /// Cases of level 3 and above that were read.
    pub sensitive: usize,
    /// Times a case was opened at the server.
    pub online: usize,
    /// Times a case was opened on a device without it.
    pub offline: usize,
    /// Pages of lists with cases of level 3 and above.
    pub lists: usize,
    /// Times documents went to a device.
    pub sent: usize,
    /// Exports.
    pub exports: usize,
    /// Log-ins.
    pub sign_ins: usize,
    /// Log-ins, calls and changes refused.
    pub refused: usize,
    /// Keys asked for, let in and withdrawn; kits and recovery.
    pub keys: usize,
    /// Accounts, devices and settings changed.
    pub administered: usize,
}

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
                let times = if deed == Deed::Read { &mut week.online } else { &mut week.offline };
                *times += 1;
                let told = line.detail.split(' ').next().unwrap_or_default();
                let shown = Shown::from_id(told);
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
            // What the server or a device does by itself is nobody's looking.
            Deed::DeviceShut
            | Deed::OpeningAsked
            | Deed::DeviceOpened
            | Deed::LookedUp
            | Deed::Ruled
            | Deed::Purged
            | Deed::BackedUp
            | Deed::Restored => {}
        }
    }

    fn done(self) -> PersonsWeek {
        PersonsWeek { identities: self.identities.len(), sensitive: self.sensitive.len(), ..self.week }
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
        let quiet = |week: &PersonsWeek| {
            let said = PersonsWeek { user: UserId::default(), name: String::new(), role: None, ..week.clone() };
            said == PersonsWeek::default()
        };
        let people = people.into_iter().map(named).filter(|week| !quiet(week)).collect();
        Ok(Week { from, to, people })
    }
}
