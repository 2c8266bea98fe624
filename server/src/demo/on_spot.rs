//! Questions answered where they are asked: by what the project says on them, else in the words of whoever hears them. Throws dice of
//! its own, so that nothing else of the demo falls otherwise. Knows no phone: it fills the form and shortens the path.

use super::{
    complaints::Complaint,
    content::Content,
    dice::Dice,
    paths::{Deed, Planned},
};
use shared::{
    document::content::{Fact, Facts},
    intent::{AGREED, SATISFACTION, TOLD, may_answer_now},
    model::ids::ProjectCode,
    settings::Settings,
    text::Texts,
};

/// What was told in the last so many days still waits for the officer, who gets to it once a week.
const WAIT_DAYS: i64 = 7;

/// What is told at once, and what comes of it.
pub(super) struct Teller<'a> {
    pub(super) content: &'a Content,
    pub(super) settings: &'a Settings,
    /// Answers that wait when the demo ends.
    pub(super) waiting: &'a mut usize,
}

impl Teller<'_> {
    /// Answers it at once, if it is a question put in person and the throw says so.
    pub(super) fn tell(&mut self, mut dice: Dice, complaint: &mut Complaint, age_days: i64, path: &mut Vec<Planned>) {
        let (spoken, waits) = (complaint.facts.contains_key("ack.mode"), age_days < WAIT_DAYS);
        if !spoken || !may_answer_now(&complaint.facts, self.settings) || !(dice.chance(65) || waits) {
            return;
        }
        let told = self.words(&mut dice, complaint);
        let mut agreed = dice.weighted(&[(Some("yes"), 76), (None, 14), (Some("no"), 10)], None);
        if waits {
            // One of them needs more than a press, whatever the day the demo is made on.
            agreed = if *self.waiting == 0 { Some("no") } else { agreed };
            *self.waiting += 1;
            path.clear();
        }
        let mut put = |key: &str, value: &str| complaint.facts.insert(key.to_owned(), Fact::Text(value.to_owned()));
        put(TOLD, &told);
        if let Some(agreed) = agreed {
            put(AGREED, agreed);
        }
        if agreed == Some("yes") && dice.chance(45) {
            put(SATISFACTION, dice.weighted(&[("s5", 40), ("s4", 45), ("s3", 15)], "s4"));
        }
        // What was enough is settled in one sitting.
        let settled = agreed != Some("no");
        path.iter_mut().filter(|p| settled && matches!(p.deed, Deed::Close(_))).for_each(|p| p.after_days = 0);
    }

    fn words(&self, dice: &mut Dice, complaint: &Complaint) -> String {
        let texts = Texts::new(complaint.language);
        let project = fact(&complaint.facts, "project").and_then(|code| self.settings.project(&ProjectCode::from(code)));
        let said: Vec<&str> = project
            .map(|project| project.says.points_on(&complaint.category.code).map(|point| texts.label(&point.answer)).collect())
            .unwrap_or_default();
        match dice.pick(&said) {
            Some(said) => (*said).to_owned(),
            None => self.content.answer(dice, complaint.category.code.as_str(), complaint.language).1,
        }
    }
}

fn fact<'a>(facts: &'a Facts, key: &str) -> Option<&'a str> {
    facts.get(key).and_then(Fact::as_text)
}
