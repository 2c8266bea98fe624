//! What an organisation says of each project, on every phone: a fact sheet, and the answer to each frequent question. Said without
//! network, and by everybody in the same words. # Source: domain.md D3c (fact sheet offline), D3h (talking points), §2.1 level 1

use super::{Label, Project, Settings};
use crate::model::{
    dates::{Day, days_between},
    ids::Code,
};
use serde::{Deserialize, Serialize};

/// Longest text of a sheet or a point in one language, in characters: what somebody reads out. [J]
pub const MAX_SAID_CHARS: usize = 1_000;
/// Most talking points of a project: they travel to every phone. [J]
pub const MAX_POINTS: usize = 40;

/// What is said of one project.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Says {
    /// The fact sheet.
    pub sheet: Sheet,
    /// Frequent questions with their answers, in the order in which they are shown.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<Point>,
    /// Day somebody last read all of it and found it true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviewed_on: Option<Day>,
}

/// The fact sheet: four lines, each of which may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Sheet {
    /// What the project gives.
    pub gives: Label,
    /// Who gets it, and by what criteria.
    pub who: Label,
    /// When and where.
    pub when: Label,
    /// How to complain.
    pub complain: Label,
}

/// One talking point.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// Categories under which it is offered.
    pub categories: Vec<Code>,
    /// What people ask.
    pub question: Label,
    /// What is said.
    pub answer: Label,
}

impl Sheet {
    /// Its lines by name, in the order in which they are shown. The text of a name is `say-<name>`.
    #[must_use]
    pub fn lines(&self) -> [(&'static str, &Label); 4] {
        [("gives", &self.gives), ("who", &self.who), ("when", &self.when), ("complain", &self.complain)]
    }

    /// The line of a name.
    pub fn line_mut(&mut self, name: &str) -> Option<&mut Label> {
        match name {
            "gives" => Some(&mut self.gives),
            "who" => Some(&mut self.who),
            "when" => Some(&mut self.when),
            "complain" => Some(&mut self.complain),
            _ => None,
        }
    }
}

impl Says {
    /// Whether nothing is said of the project yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Talking points offered under a category.
    pub fn points_on<'a>(&'a self, category: &'a Code) -> impl Iterator<Item = &'a Point> {
        self.points.iter().filter(move |point| point.categories.contains(category))
    }
}

impl Project {
    /// Whether it runs on this day, and something is said of it.
    #[must_use]
    pub fn is_said(&self, today: Day) -> bool {
        !self.retired && self.ends_on >= today && !self.says.is_empty()
    }
}

impl Settings {
    /// Whether it is too long ago that somebody read what is said of a project, or nobody ever did.
    #[must_use]
    pub fn is_unreviewed(&self, project: &Project, today: Day) -> bool {
        project.says.reviewed_on.is_none_or(|day| days_between(day, today) > i64::from(self.limits.say_review_days))
    }
}
