//! The order of the form and which fields each step can't do without. # Source: domain.md §4, minimum intake

use shared::{
    document::content::Facts,
    settings::{Settings, sites::UNLISTED},
    text::Texts,
};

/// One screen of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// May it be recorded?
    Consent,
    /// Where, for which project, how and when it came.
    Place,
    /// What about, and is it about one of us? Before any name or word, so that a sensitive report never has them here.
    What,
    /// Who spoke, as far as they want.
    Who,
    /// Their words.
    Words,
    /// Everything once more, and what may be added.
    Review,
}

impl Step {
    /// In order.
    pub(crate) const ALL: [Self; 6] = [Self::Consent, Self::Place, Self::What, Self::Who, Self::Words, Self::Review];

    /// The step a draft was at.
    pub(crate) fn at(number: u8) -> Self {
        Self::ALL.get(usize::from(number)).copied().unwrap_or(Self::Review)
    }

    /// Its place in a draft.
    pub(crate) const fn number(self) -> u8 {
        self as u8
    }

    pub(crate) fn next(self) -> Self {
        Self::at(self.number().saturating_add(1))
    }

    pub(crate) fn previous(self) -> Self {
        Self::at(self.number().saturating_sub(1))
    }

    /// Its name in stories.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::Consent => "consent",
            Self::Place => "place",
            Self::What => "what",
            Self::Who => "who",
            Self::Words => "words",
            Self::Review => "review",
        }
    }

    /// Its heading.
    pub(crate) fn title(self, t: Texts) -> String {
        match self {
            Self::Consent => t.capture_consent(),
            Self::Place => t.capture_place(),
            Self::What => t.capture_what(),
            Self::Who => t.capture_who(),
            Self::Words => t.capture_words(),
            Self::Review => t.capture_review(),
        }
    }

    /// The step a field stands on.
    pub(crate) fn of(key: &str) -> Option<Self> {
        match key {
            "consent.record" => Some(Self::Consent),
            "project" | "intake.channel" | "reg.received_on" | "reg.old_day_confirmed" | "reg.day_exact" => Some(Self::Place),
            "place.adm3" | "place.adm4" | UNLISTED => Some(Self::Place),
            "reg.category" | "reg.subject_role" | "reg.may_be_sensitive" => Some(Self::What),
            key if key.starts_with("told.") => Some(Self::What),
            "intake.words" => Some(Self::Words),
            "intake.identity_mode" | "who.sex" | "who.age_band" | "consent.share" | "consent.contact" => Some(Self::Who),
            key if key.starts_with("group.") => Some(Self::Who),
            "contact.name" | "contact.phone.raw" | "contact.concerned.name" | "contact.concerned.consent" => Some(Self::Who),
            _ => Some(Self::Review),
        }
    }

    /// Keys that must be filled before going on.
    pub(crate) fn missing(self, facts: &Facts, settings: &Settings) -> Vec<String> {
        let needed: &[&str] = match self {
            Self::Consent => &["consent.record"],
            Self::Place => &["place.adm3", "intake.channel", "reg.received_on"],
            Self::What => &["reg.subject_role", "reg.category"],
            Self::Who => &["intake.identity_mode", "who.sex", "who.age_band"],
            Self::Words => {
                let category = facts.get("reg.category").and_then(|f| f.as_text());
                if category.and_then(|code| settings.category(&code.into())).is_some_and(|c| c.words_optional) {
                    &[]
                } else {
                    &["intake.words"]
                }
            }
            Self::Review => &[],
        };
        needed.iter().filter(|key| !facts.contains_key(**key)).map(|key| (*key).to_owned()).collect()
    }
}
