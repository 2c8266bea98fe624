//! What people of the demo say and write: read from the data files beside this one. Invented, all of it.

use super::dice::Dice;
use serde::Deserialize;
use shared::{
    model::{
        codes::{Outcome, Phase},
        dates::{Day, plus_days},
        ids::{Code, Pcode, ProjectCode, UserId},
        role::Role,
    },
    settings::{CallNumber, Label, Service, ServiceKind, say::Says},
    text::Language,
};
use std::collections::BTreeMap;

/// A data file of the demo can't be read: a fault of ours, found by the tests.
#[derive(Debug, thiserror::Error)]
pub enum ContentError {
    /// A JSON file is malformed.
    #[error("{file} is malformed")]
    Json {
        /// Which.
        file: &'static str,
        /// Where and why.
        #[source]
        source: serde_json::Error,
    },
    /// A line of a table is malformed.
    #[error("{file}, line {line} is malformed")]
    Line {
        /// Which.
        file: &'static str,
        /// From 1.
        line: usize,
    },
}

/// One text about one category.
struct Line {
    category: String,
    /// None: fits every project.
    project: Option<ProjectCode>,
    language: Language,
    outcome: Option<Outcome>,
    text: String,
}

/// The organisation of the demo. Its numbers have prefixes that no operator of Syria or Turkey gives out.
#[derive(Deserialize)]
pub(super) struct Deployment {
    pub(super) organisation: Label,
    pub(super) hotline: Vec<CallNumber>,
    pub(super) services: Vec<DemoService>,
}

/// An invented service; when it was last called is told from the day the demo is made.
#[derive(Clone, Deserialize)]
pub(super) struct DemoService {
    adm3: Pcode,
    kind: ServiceKind,
    #[serde(flatten)]
    label: Label,
    phone: String,
    checked_days_ago: i64,
}

impl DemoService {
    pub(super) fn checked(self, today: Day) -> Service {
        let Self { adm3, kind, label, phone, checked_days_ago } = self;
        Service {
            code: Code::default(),
            adm3,
            kind,
            label,
            phone,
            checked_on: plus_days(today, -checked_days_ago),
            retired: false,
        }
    }
}

/// An invented camp within a real community.
pub(super) struct Camp {
    pub(super) code: Pcode,
    pub(super) community: Pcode,
    pub(super) en: String,
    pub(super) ar: String,
}

/// One of the people with accounts.
#[derive(Clone, Deserialize)]
pub(super) struct Member {
    pub(super) id: UserId,
    pub(super) login: String,
    pub(super) name: String,
    pub(super) role: Role,
    #[serde(default)]
    pub(super) areas: Vec<Pcode>,
    #[serde(default)]
    pub(super) projects: Vec<ProjectCode>,
    #[serde(default)]
    pub(super) line_manager: Option<UserId>,
    #[serde(default)]
    pub(super) deputy: Option<UserId>,
}

/// A project with what the demo needs besides its settings.
#[derive(Deserialize)]
pub(super) struct Undertaking {
    pub(super) code: ProjectCode,
    pub(super) en: String,
    pub(super) ar: String,
    pub(super) donor: String,
    pub(super) partner: String,
    pub(super) sector: Code,
    pub(super) started_days_ago: i64,
    pub(super) ends_in_days: i64,
    /// Share of the complaints.
    pub(super) weight: u64,
    /// Categories it draws most.
    pub(super) favourites: Vec<Code>,
    pub(super) items: Items,
    pub(super) targets: Vec<Aim>,
}

/// What is said of a project; when it was last read through is told from the day the demo is made.
#[derive(Deserialize)]
pub(super) struct DemoSays {
    reviewed_days_ago: i64,
    #[serde(flatten)]
    says: Says,
}

impl DemoSays {
    pub(super) fn on(&self, today: Day) -> Says {
        Says { reviewed_on: Some(plus_days(today, -self.reviewed_days_ago)), ..self.says.clone() }
    }
}

/// Things it hands out, by language.
#[derive(Deserialize)]
pub(super) struct Items {
    pub(super) ar: Vec<String>,
    pub(super) en: Vec<String>,
}

/// A target place.
#[derive(Deserialize)]
pub(super) struct Aim {
    pub(super) place: Pcode,
    pub(super) phases: Vec<Phase>,
    pub(super) caseload: [u32; 2],
}

/// Everything read.
pub(super) struct Content {
    said: Vec<Line>,
    answers: Vec<Line>,
    /// By kind and language.
    written: BTreeMap<(String, Language), Vec<String>>,
    pub(super) deployment: Deployment,
    pub(super) camps: Vec<Camp>,
    pub(super) members: Vec<Member>,
    pub(super) undertakings: Vec<Undertaking>,
    pub(super) says: BTreeMap<ProjectCode, DemoSays>,
}

impl Content {
    pub(super) fn read() -> Result<Self, ContentError> {
        let json = |file| move |source| ContentError::Json { file, source };
        let mut content = Self {
            said: Vec::new(),
            answers: Vec::new(),
            written: BTreeMap::new(),
            deployment: serde_json::from_str(include_str!("data/deployment.json")).map_err(json("deployment.json"))?,
            camps: Vec::new(),
            members: serde_json::from_str(include_str!("data/people.json")).map_err(json("people.json"))?,
            says: serde_json::from_str(include_str!("data/says.json")).map_err(json("says.json"))?,
            undertakings: serde_json::from_str(include_str!("data/projects.json")).map_err(json("projects.json"))?,
        };
        for (line, cells) in table("stories.psv", include_str!("data/stories.psv"), 5)? {
            let bad = || ContentError::Line { file: "stories.psv", line };
            let (outcome, text) = outcome_before(cells[4]);
            let entry = Line {
                category: cells[1].to_owned(),
                project: (cells[2] != "*").then(|| cells[2].into()),
                language: Language::from_tag(cells[3]).ok_or_else(bad)?,
                outcome,
                text: text.to_owned(),
            };
            match cells[0] {
                "words" => content.said.push(entry),
                "answer" => content.answers.push(entry),
                _ => return Err(bad()),
            }
        }
        for (line, cells) in table("work.psv", include_str!("data/work.psv"), 3)? {
            let language = Language::from_tag(cells[1]).ok_or(ContentError::Line { file: "work.psv", line })?;
            content.written.entry((cells[0].to_owned(), language)).or_default().push(cells[2].to_owned());
        }
        for (_, cells) in table("camps.psv", include_str!("data/camps.psv"), 4)? {
            let [code, community, en, ar] = [cells[0], cells[1], cells[2], cells[3]];
            content.camps.push(Camp { code: code.into(), community: community.into(), en: en.into(), ar: ar.into() });
        }
        Ok(content)
    }

    /// What someone says about a category within a project: its own words before those that fit any, English where there are
    /// English ones and `language` asks for them. Empty only for a category nobody wrote words for.
    pub(super) fn said(
        &self,
        dice: &mut Dice,
        category: &str,
        project: Option<&ProjectCode>,
        language: Language,
    ) -> (Language, String) {
        let lines = fitting(&self.said, category, project, language);
        dice.pick(&lines).map(|line| (line.language, line.text.clone())).unwrap_or((language, String::new()))
    }

    /// What is told to the person, and what came of the case.
    pub(super) fn answer(&self, dice: &mut Dice, category: &str, language: Language) -> (Outcome, String) {
        let lines = fitting(&self.answers, category, None, language);
        let usual = if ["info", "pos", "rum", "out"].iter().any(|b| category.starts_with(b)) {
            Outcome::InfoGiven
        } else {
            Outcome::Upheld
        };
        dice.pick(&lines).map(|line| (line.outcome.unwrap_or(usual), line.text.clone())).unwrap_or((usual, String::new()))
    }

    /// Something staff write; Arabic where there is none in `language`.
    pub(super) fn written(&self, dice: &mut Dice, kind: &str, language: Language) -> String {
        let texts = |language| self.written.get(&(kind.to_owned(), language));
        texts(language).or_else(|| texts(Language::Ar)).and_then(|texts| dice.pick(texts)).cloned().unwrap_or_default()
    }

    /// Whether there are words about this category for this project or for any.
    pub(super) fn has_words(&self, category: &str, project: Option<&ProjectCode>) -> bool {
        self.said.iter().any(|line| line.category == category && fits(line, project))
    }
}

fn fits(line: &Line, project: Option<&ProjectCode>) -> bool {
    line.project.is_none() || line.project.as_ref() == project
}

fn fitting<'a>(lines: &'a [Line], category: &str, project: Option<&ProjectCode>, language: Language) -> Vec<&'a Line> {
    let about: Vec<&Line> = lines.iter().filter(|line| line.category == category && fits(line, project)).collect();
    let spoken: Vec<&Line> = about.iter().copied().filter(|line| line.language == language).collect();
    if spoken.is_empty() { about } else { spoken }
}

/// `[rejected] text` tells the outcome before the text.
fn outcome_before(text: &str) -> (Option<Outcome>, &str) {
    let parts = text.strip_prefix('[').and_then(|rest| rest.split_once("] "));
    match parts.and_then(|(id, rest)| Some((Outcome::from_id(id)?, rest))) {
        Some((outcome, rest)) => (Some(outcome), rest),
        None => (None, text),
    }
}

/// Lines of cells parted by ` | `, remarks left out.
fn table<'a>(file: &'static str, text: &'a str, cells: usize) -> Result<Vec<(usize, Vec<&'a str>)>, ContentError> {
    let split = |(index, line): (usize, &'a str)| {
        let found: Vec<&str> = line.split(" | ").map(str::trim).collect();
        if found.len() == cells { Ok((index + 1, found)) } else { Err(ContentError::Line { file, line: index + 1 }) }
    };
    text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#')).map(split).collect()
}

#[cfg(test)]
mod tests {
    use super::{Content, Dice};
    use shared::{settings::default::default, text::Language};

    #[test]
    fn every_open_category_has_words_and_an_answer() {
        let (content, settings) = (Content::read().unwrap(), default().unwrap());
        let mut dice = Dice::new(1);
        for category in settings.categories.iter().filter(|c| !c.sealed) {
            let code = category.code.as_str();
            let has = content.undertakings.iter().any(|u| content.has_words(code, Some(&u.code)));
            assert!(has, "nobody says anything about {code}");
            assert!(!content.answer(&mut dice, code, Language::Ar).1.is_empty(), "nobody answers {code}");
        }
    }

    #[test]
    fn sensitive_categories_have_no_words_at_all() {
        let (content, settings) = (Content::read().unwrap(), default().unwrap());
        assert!(settings.categories.iter().filter(|c| c.sealed).all(|c| !content.has_words(c.code.as_str(), None)));
    }
}
