//! Settings: lists, levels, hours, areas, projects, people, routing. Data, not code: immutable numbered snapshots that the
//! server signs. Codes are retired, never deleted or reused. Knows no storage; signing and checking stand in `sync`.

pub mod check;
pub mod default;
pub mod limits;
pub mod listed;
pub mod many_places;
pub mod say;
mod services;
pub mod sites;

use crate::model::{
    codes::{EntryType, Level, Phase, Urgency},
    dates::{Day, plus_days},
    ids::{Code, Pcode, ProjectCode, UserId},
    role::Role,
};
pub use limits::Limits;
use listed::{Keyed, Listed};
use say::Says;
use serde::{Deserialize, Serialize};
pub use services::{Service, ServiceKind};
use std::collections::BTreeMap;

/// One numbered snapshot. A record names the version it was made under and is judged by it. The default is what stands before
/// the first: version 0 and nothing in it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// From 1; never reused.
    pub version: u32,
    /// Name of the organisation, as said in the consent text.
    pub organisation: Label,
    /// Name of the mechanism (CRM, AFM, FCRM, …).
    pub mechanism: Label,
    /// Minutes east of UTC of the civil day (Asia/Damascus: 180).
    pub utc_offset_min: i32,
    /// Days to answer and to close.
    pub limits: Limits,
    /// Choice lists by name (`channel`, `sex`, …), domain.md §5.
    pub lists: BTreeMap<String, Vec<Choice>>,
    /// The category tree, flat, domain.md §5.10.
    pub categories: Listed<Category>,
    /// Areas: every place known, by P-code.
    pub places: Listed<Place>,
    /// Projects.
    pub projects: Listed<Project>,
    /// People with accounts: id, display name, role and what they cover. Nothing else about a person goes to devices.
    pub people: Listed<Person>,
    /// Complaint boxes, kept where projects are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub boxes: Vec<ComplaintBox>,
    /// Numbers to call at once when a report may be sensitive.
    pub hotline: Vec<CallNumber>,
    /// Where survivors and people who were hurt find help, whatever becomes of a report.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<Service>,
    /// To which devices seal what they could not send, for someone to carry to the server. The server's own: whatever is published
    /// keeps it.
    #[cfg(feature = "documents")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unsent_key: Option<crate::seal::SealKey>,
    /// Which keys native apps accept of the server's certificate, the one in use first; none: whatever a certificate authority
    /// vouches for. The server's own, as `unsent_key`.
    #[cfg(feature = "documents")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub server_pins: Vec<crate::sync::server_pin::ServerPin>,
    /// Whose keys a report may be sealed to, entry after entry ([`crate::seal::book`]). The page side has no use for it and leaves it
    /// out; a snapshot that is edited there keeps the book in force.
    #[cfg(feature = "documents")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub key_book: Vec<crate::seal::book::Entry>,
}

/// A text in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// English.
    pub en: String,
    /// Arabic.
    pub ar: String,
}

/// One code of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Never reused.
    pub code: Code,
    /// Label.
    #[serde(flatten)]
    pub label: Label,
    /// No longer offered; old records still show it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub retired: bool,
}

/// One category of complaint, with what follows from it at intake.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    /// `branch.leaf`.
    pub code: Code,
    /// Label.
    #[serde(flatten)]
    pub label: Label,
    /// Level proposed.
    pub level: Level,
    /// Urgency proposed.
    pub urgency: Urgency,
    /// Entry type proposed.
    pub entry_type: EntryType,
    /// A report of this category is sensitive: only the clear header is kept, whatever its level.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sealed: bool,
    /// The category says it all: words are optional.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub words_optional: bool,
    /// No longer offered.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub retired: bool,
}

/// A place. # Source: domain.md §11 (COD-AB P-codes)
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// P-code or site code.
    pub code: Pcode,
    /// 1 to 4; 5 is a camp or site within a community.
    pub level: u8,
    /// The place around it; none for level 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<Pcode>,
    /// Name.
    #[serde(flatten)]
    pub name: Label,
    /// Its outline, one ring after another, or one ring of one point: longitude and latitude in ten-thousandths of a degree
    /// (about 10 m). Imported by the operator; empty where nobody did.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shape: Vec<Vec<[i32; 2]>>,
    /// The code was inferred, not published: to be verified before it is exchanged with others.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub inferred: bool,
    /// No longer used.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub retired: bool,
}

/// A project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Project {
    /// Code.
    pub code: ProjectCode,
    /// Name.
    #[serde(flatten)]
    pub name: Label,
    /// Donor.
    #[serde(default)]
    pub donor: String,
    /// Implementing partner, or empty.
    #[serde(default)]
    pub partner: String,
    /// Sector code.
    pub sector: Code,
    /// First day.
    pub starts_on: Day,
    /// Last day.
    pub ends_on: Day,
    /// Where it works: gaps in awareness are called against this list.
    pub targets: Vec<Target>,
    /// Categories shown first at intake, most used first.
    #[serde(default)]
    pub favourites: Vec<Code>,
    /// Focal point by sub-district; the empty key is for all others.
    #[serde(default)]
    pub focal_points: BTreeMap<String, UserId>,
    /// Its team: excluded when a case is about the project.
    #[serde(default)]
    pub team: Vec<UserId>,
    /// What is said of it: fact sheet and talking points.
    #[serde(default, skip_serializing_if = "Says::is_empty")]
    pub says: Says,
    /// No longer offered.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub retired: bool,
}

/// A place a project aims at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// Community, camp or site.
    pub place: Pcode,
    /// Phases in which awareness is owed there.
    pub phases: Vec<Phase>,
    /// People to be reached, female and male.
    #[serde(default)]
    pub caseload: [u32; 2],
}

/// A complaint box.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComplaintBox {
    /// Written on the box; never reused.
    pub code: Code,
    /// Label: where it hangs.
    #[serde(flatten)]
    pub label: Label,
    /// Community, camp or site.
    pub place: Pcode,
    /// Whose project's, or everybody's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<ProjectCode>,
    /// Day it was hung up, from which on it must be opened.
    pub since: Day,
    /// Taken down.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub retired: bool,
}

/// A person with an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Id.
    pub id: UserId,
    /// Display name; shown as the role once deactivated.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Areas covered: P-codes of any level; empty means everywhere.
    #[serde(default)]
    pub areas: Vec<Pcode>,
    /// Projects covered; empty means all.
    #[serde(default)]
    pub projects: Vec<ProjectCode>,
    /// Line manager.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line_manager: Option<UserId>,
    /// Who stands in while absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deputy: Option<UserId>,
    /// Away now.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub absent: bool,
    /// Organisation, if not ours: a partner's staff.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub partner: String,
    /// Account closed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub inactive: bool,
}

impl Person {
    /// Somebody of this role, everywhere and in all projects, in nobody's line.
    #[must_use]
    pub fn new(id: UserId, name: &str, role: Role) -> Self {
        Self {
            id,
            name: name.to_owned(),
            role,
            areas: Vec::new(),
            projects: Vec::new(),
            line_manager: None,
            deputy: None,
            absent: false,
            partner: String::new(),
            inactive: false,
        }
    }
}

/// A number to call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallNumber {
    /// Who answers.
    #[serde(flatten)]
    pub label: Label,
    /// The number, E.164.
    pub phone: String,
}

impl Keyed for Category {
    type Key = Code;

    fn key(&self) -> &Code {
        &self.code
    }
}

impl Keyed for Place {
    type Key = Pcode;

    fn key(&self) -> &Pcode {
        &self.code
    }
}

impl Keyed for Project {
    type Key = ProjectCode;

    fn key(&self) -> &ProjectCode {
        &self.code
    }
}

impl Keyed for Person {
    type Key = UserId;

    fn key(&self) -> &UserId {
        &self.id
    }
}

impl Settings {
    /// Everything but the places, which are many and which pages ask for by name or code, and the server's keys.
    #[must_use]
    pub fn without_places(&self) -> Self {
        Self {
            version: self.version,
            organisation: self.organisation.clone(),
            mechanism: self.mechanism.clone(),
            utc_offset_min: self.utc_offset_min,
            limits: self.limits,
            lists: self.lists.clone(),
            categories: self.categories.clone(),
            places: Listed::default(),
            projects: self.projects.clone(),
            people: self.people.clone(),
            boxes: self.boxes.clone(),
            hotline: self.hotline.clone(),
            services: self.services.clone(),
            #[cfg(feature = "documents")]
            unsent_key: None,
            #[cfg(feature = "documents")]
            server_pins: Vec::new(),
            #[cfg(feature = "documents")]
            key_book: Vec::new(),
        }
    }

    /// The place with this code, retired or not.
    #[must_use]
    pub fn place(&self, code: &Pcode) -> Option<&Place> {
        self.places.get(code)
    }

    /// The project with this code, retired or not.
    #[must_use]
    pub fn project(&self, code: &ProjectCode) -> Option<&Project> {
        self.projects.get(code)
    }

    /// The person with this id, active or not.
    #[must_use]
    pub fn person(&self, id: &UserId) -> Option<&Person> {
        self.people.get(id)
    }

    /// The complaint box with this code, if it still hangs.
    #[must_use]
    pub fn box_of(&self, code: &Code) -> Option<&ComplaintBox> {
        self.boxes.iter().find(|found| found.code == *code && !found.retired)
    }

    /// The category with this code, retired or not.
    #[must_use]
    pub fn category(&self, code: &Code) -> Option<&Category> {
        self.categories.get(code)
    }

    /// The place of `level` that `code` lies in, itself included.
    #[must_use]
    pub fn ancestor(&self, code: &Pcode, level: u8) -> Option<&Place> {
        let mut place = self.place(code)?;
        // A tree deeper than the levels there are is a loop: stop.
        for _ in 0..8 {
            if place.level == level {
                return Some(place);
            }
            place = self.place(place.parent.as_ref()?)?;
        }
        None
    }

    /// Whether `code` lies in `area`, itself included.
    #[must_use]
    pub fn lies_in(&self, code: &Pcode, area: &Pcode) -> bool {
        self.place(area).and_then(|a| self.ancestor(code, a.level)).is_some_and(|p| &p.code == area)
    }

    /// The day an answer is due.
    #[must_use]
    pub fn response_due(&self, received_on: Day) -> Day {
        plus_days(received_on, i64::from(self.limits.response_days))
    }

    /// The day the case is to be closed.
    #[must_use]
    pub fn closure_due(&self, received_on: Day) -> Day {
        plus_days(received_on, i64::from(self.limits.closure_days))
    }
}
