//! Seven days of looking: counts for each person, and not a word of any case.

use super::{dates::Day, ids::UserId, role::Role};
use serde::{Deserialize, Serialize};

/// Body of `POST /api/v1/weekly`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeekQuery {
    /// First of seven days; the last seven whole ones if none is said.
    #[serde(default)]
    pub from: Option<Day>,
}

/// Seven days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Week {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// Everyone of whom the log says something, by id; the server and its operator first, under an empty one.
    pub people: Vec<PersonsWeek>,
}

/// One person's seven days.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonsWeek {
    /// Who; empty for the server and its operator.
    pub user: UserId,
    /// As displayed; empty for who is in the settings no more.
    pub name: String,
    /// Role, likewise.
    pub role: Option<Role>,
    /// Cases of which who spoke or whom it is about was read.
    pub identities: u32,
    /// Cases of level 3 and above that were read.
    pub sensitive: u32,
    /// Times a case was opened at the server.
    pub online: u32,
    /// Times a case was opened on a device without it.
    pub offline: u32,
    /// Pages of lists with cases of level 3 and above.
    pub lists: u32,
    /// Times documents went to a device.
    pub sent: u32,
    /// Exports.
    pub exports: u32,
    /// Log-ins.
    pub sign_ins: u32,
    /// Log-ins, calls and changes refused.
    pub refused: u32,
    /// Keys asked for, let in and withdrawn; kits and recovery.
    pub keys: u32,
    /// Accounts, devices and settings changed.
    pub administered: u32,
}

impl PersonsWeek {
    /// Every count that is not nothing, by its stable name; its text is `week-<name>`.
    #[must_use]
    pub fn counts(&self) -> Vec<(&'static str, u32)> {
        let counts = [
            ("identities", self.identities),
            ("sensitive", self.sensitive),
            ("online", self.online),
            ("offline", self.offline),
            ("lists", self.lists),
            ("sent", self.sent),
            ("exports", self.exports),
            ("sign_ins", self.sign_ins),
            ("refused", self.refused),
            ("keys", self.keys),
            ("administered", self.administered),
        ];
        counts.into_iter().filter(|(_, count)| *count > 0).collect()
    }
}
