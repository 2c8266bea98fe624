//! The sealed lane in the world: what those it is for can open once all is at rest, and that nobody else finds a word of it.

use super::{
    World,
    acts::cases,
    cipher_pages::holds,
    ledger::{Promise, Promised},
};
use mobile::protocol::{Answer, Request, sealed::Told};
use shared::{
    document::content::{Fact, Facts},
    intent::{self, Intent},
    model::ids::{EventId, RecordId},
};
use std::collections::{BTreeMap, BTreeSet};

/// What was told of each sealed case to whoever can open most of it.
pub(super) type Opened = BTreeMap<RecordId, OpenedCase>;

/// One sealed case, opened.
#[derive(Debug, Default)]
pub(super) struct OpenedCase {
    told: Vec<Told>,
}

impl OpenedCase {
    /// Whether it came in plain.
    pub(super) fn was_raised(&self) -> bool {
        self.told.iter().any(|told| matches!(told, Told::Raised { .. }))
    }

    /// Whether what was acknowledged is among what is told.
    pub(super) fn keeps(&self, what: &Promised) -> bool {
        match what {
            Promised::Told(words) => self.texts().any(|text| text == words),
            Promised::Fact(_, Fact::Text(words)) => self.texts().any(|text| text == words),
            Promised::Fact(..) => false,
            Promised::Event(id) => self.events().any(|event| event == *id),
        }
    }

    fn facts(&self) -> impl Iterator<Item = &Facts> {
        self.told.iter().flat_map(|told| match told {
            Told::Intake(facts) | Told::Step(_, facts) | Told::Late { facts, .. } => vec![facts],
            Told::Raised { facts, .. } => facts.iter().map(|(_, facts)| facts).collect(),
        })
    }

    fn texts(&self) -> impl Iterator<Item = &String> {
        self.facts().flat_map(Facts::values).filter_map(text)
    }

    fn events(&self) -> impl Iterator<Item = EventId> {
        self.told.iter().flat_map(|told| match told {
            Told::Raised { events, .. } => events.iter().map(|(id, ..)| *id).collect(),
            Told::Late { events, .. } => events.iter().map(|(id, _)| *id).collect(),
            Told::Step(id, _) => vec![*id],
            Told::Intake(_) => Vec::new(),
        })
    }

    fn late(&self) -> usize {
        self.told.iter().filter(|told| matches!(told, Told::Late { .. })).count()
    }
}

fn text(fact: &Fact) -> Option<&String> {
    if let Fact::Text(text) = fact { Some(text) } else { None }
}

impl World {
    /// Words that an intent of this phone has sealed to somebody, if it does.
    pub(super) fn seals(&mut self, i: usize, intent: &Intent) -> Option<String> {
        let (facts, key) = match intent {
            Intent::RecordComplaint { facts, .. } if self.is_sensitive(facts) => {
                let Answer::CanSeal(true) = self.phones[i].ask(Request::CanSeal(facts.clone())) else { return None };
                self.tally.sealed += 1;
                (facts, "intake.words")
            }
            Intent::SealedStep { words, .. } => {
                self.tally.sealed_steps += 1;
                (words, "text")
            }
            _ => return None,
        };
        facts.get(key).and_then(text).cloned()
    }

    /// Whether a form becomes a sealed case.
    pub(super) fn is_sensitive(&self, facts: &Facts) -> bool {
        intent::is_sensitive(facts, &self.site.server().in_force().settings)
    }

    /// What each sealed case says to those who hold a key for it.
    pub(super) fn told_to_recipients(&mut self) -> Opened {
        let mut opened = Opened::new();
        for phone in &mut self.phones {
            for row in cases(phone).into_iter().filter(|row| row.level.is_sealed()) {
                let Answer::Case(detail) = phone.ask(Request::Case(row.record)) else { continue };
                let Some(sealed) = detail.sealed else { continue };
                let case = opened.entry(row.record).or_default();
                if sealed.told.len() > case.told.len() {
                    case.told = sealed.told;
                }
            }
        }
        self.tally.raised += opened.values().filter(|case| case.was_raised()).count() as u64;
        self.tally.moved += opened.values().map(OpenedCase::late).sum::<usize>() as u64;
        opened
    }

    /// Of what was sealed no phone has a word in any page of its store: not its author's, not an officer's who raised it, not a
    /// recipient's who opened it. What was set aside stays with whom it was set aside for, until they decide.
    pub(super) fn nothing_sealed_is_written_down(&mut self, opened: &Opened, told: &BTreeSet<(&'static str, RecordId)>) {
        let raised = |record: &RecordId| opened.get(record).is_some_and(OpenedCase::was_raised);
        let mut words: Vec<(RecordId, String)> = Vec::new();
        for Promise { document, what, .. } in &self.ledger.promises {
            match what {
                Promised::Told(text) => words.push((document.record, text.clone())),
                Promised::Fact(key, Fact::Text(text)) if key == "intake.words" && raised(&document.record) => {
                    words.push((document.record, text.clone()));
                }
                _ => {}
            }
        }
        if words.is_empty() {
            return;
        }
        for phone in &mut self.phones {
            let pages = phone.pages();
            for (record, text) in words.iter().filter(|(record, _)| !told.contains(&(phone.login, *record))) {
                // The number at its end is in no other form.
                let number = text.rsplit(' ').next().unwrap_or(text);
                assert!(!holds(&pages, number.as_bytes()), "seed {}: {}'s store has a word of {record}", self.seed, phone.login);
            }
        }
    }
}
