//! Invents complaints: who says what about which project, where, through which channel, and how they want to be known.

use super::{content::Content, content::Undertaking, dice::Dice};
use shared::{
    document::content::{Fact, Facts},
    model::{
        codes::{IdentityMode, SubjectRole},
        dates::{Day, plus_days},
        ids::Pcode,
    },
    settings::{Category, Settings},
    text::{Digits, Language, Texts},
};

/// A complaint as the one who hears it writes it down.
pub(super) struct Complaint {
    pub(super) facts: Facts,
    pub(super) category: Category,
    pub(super) language: Language,
    pub(super) identity: IdentityMode,
    pub(super) subject: SubjectRole,
}

/// Who hears a complaint; the channel follows from it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ear {
    /// Field staff at desks and on visits.
    Field,
    /// The hotline.
    Hotline,
    /// The officer.
    Officer,
}

/// What is needed to invent one.
pub(super) struct Inventor<'a> {
    pub(super) content: &'a Content,
    pub(super) settings: &'a Settings,
}

impl Inventor<'_> {
    /// A complaint heard on `day`.
    pub(super) fn complaint(&self, dice: &mut Dice, ear: Ear, day: Day) -> Complaint {
        let undertaking = self.undertaking(dice, day);
        let place = self.place(dice, undertaking);
        let category = self.category(dice, undertaking);
        let language = if dice.chance(14) { Language::En } else { Language::Ar };
        let identity = identity(dice);
        let channel = channel(dice, ear, identity);
        // Few are about a project's own team; those about nobody are the rule.
        let subject = if category.code.as_str().starts_with("third.") && dice.chance(40) {
            SubjectRole::Partner
        } else {
            dice.weighted(
                &[
                    (SubjectRole::None, 94),
                    (SubjectRole::Project, 3),
                    (SubjectRole::Accountability, 2),
                    (SubjectRole::Unknown, 1),
                ],
                SubjectRole::None,
            )
        };
        let mut sheet = Sheet::default();
        let (language, words) = self.words(dice, &category, undertaking, &place, language);
        sheet.text("reg.category", category.code.as_str());
        sheet.text("reg.subject_role", subject.id());
        let late = if dice.chance(7) { dice.between(1, 4) } else { 0 };
        sheet.text("reg.received_on", &plus_days(day, -late).to_string());
        sheet.flag("reg.day_exact", late == 0);
        sheet.text("intake.channel", channel);
        sheet.text("intake.identity_mode", identity.id());
        sheet.text("intake.words", &words);
        sheet.text(
            "intake.language",
            if language == Language::En { "en" } else { dice.weighted(&[("ar", 92), ("tr", 5), ("ku", 3)], "ar") },
        );
        self.place_on(&mut sheet, dice, &place, language);
        if let Some(undertaking) = undertaking {
            sheet.text("project", undertaking.code.as_str());
            sheet.text("sector", undertaking.sector.as_str());
        }
        consent(&mut sheet, dice, identity, channel);
        who(&mut sheet, dice, identity, &place);
        if !matches!(identity, IdentityMode::Anon) {
            self.contact(&mut sheet, dice, identity, language);
        }
        if dice.chance(30) && identity != IdentityMode::Anon {
            sheet.text("intake.desired_outcome", &self.content.written(dice, "desired", language));
        }
        if dice.chance(20) {
            sheet.text("intake.incident_on", &self.content.written(dice, "incident", language));
        }
        if !matches!(channel, "box" | "letter") {
            sheet.text("ack.mode", if matches!(channel, "hotline") { "call" } else { "verbal" });
            sheet.flag("receipt_given", dice.chance(70));
        }
        Complaint { facts: sheet.0, category, language, identity, subject }
    }

    /// A report whose category is sensitive: nothing is written down but where and when; someone was called at once.
    pub(super) fn sensitive(&self, dice: &mut Dice, day: Day, called_at: i64) -> Complaint {
        let undertaking = self.undertaking(dice, day);
        let place = self.place(dice, undertaking);
        let sealed: Vec<&Category> = self.settings.categories.iter().filter(|c| c.sealed).collect();
        let category = dice.pick(&sealed).map_or_else(|| self.settings.categories[0].clone(), |c| (*c).clone());
        let mut sheet = Sheet::default();
        sheet.text("reg.category", category.code.as_str());
        sheet.text("reg.subject_role", SubjectRole::None.id());
        sheet.text("reg.received_on", &day.to_string());
        sheet.text("place.adm3", &self.subdistrict(&place).0);
        sheet.0.insert("reg.voice_escalated_at".into(), Fact::Number(called_at));
        if let Some(undertaking) = undertaking {
            sheet.text("project", undertaking.code.as_str());
        }
        Complaint { facts: sheet.0, category, language: Language::Ar, identity: IdentityMode::Anon, subject: SubjectRole::None }
    }

    /// A running project, by its share; sometimes none.
    fn undertaking(&self, dice: &mut Dice, day: Day) -> Option<&Undertaking> {
        let running = |u: &&Undertaking| self.settings.project(&u.code).is_some_and(|p| p.starts_on <= day);
        let weights: Vec<_> = self.content.undertakings.iter().filter(running).map(|u| (Some(u), u.weight)).collect();
        if weights.is_empty() || dice.chance(9) { None } else { dice.weighted(&weights, None) }
    }

    fn place(&self, dice: &mut Dice, undertaking: Option<&Undertaking>) -> Pcode {
        let targets: Vec<_> = undertaking
            .map(|u| u.targets.iter().map(|t| (&t.place, u64::from(t.caseload[0] + t.caseload[1]))).collect())
            .unwrap_or_default();
        let anywhere: Vec<&Pcode> = self.settings.places.iter().filter(|p| p.level >= 4).map(|p| &p.code).collect();
        let other = dice.pick(&anywhere).map_or_else(Pcode::default, |code| (*code).clone());
        if targets.is_empty() || dice.chance(6) { other } else { dice.weighted(&targets, &other).clone() }
    }

    /// Half of what a project draws is of its favourite categories; some is what people ask everywhere.
    fn category(&self, dice: &mut Dice, undertaking: Option<&Undertaking>) -> Category {
        let code = undertaking.map(|u| &u.code);
        let open: Vec<&Category> =
            self.settings.categories.iter().filter(|c| !c.sealed && self.content.has_words(c.code.as_str(), code)).collect();
        let favourites: Vec<&Category> = open
            .iter()
            .copied()
            .filter(|c| {
                undertaking.is_some_and(|u| u.favourites.contains(&c.code) && self.content.has_words(c.code.as_str(), code))
            })
            .collect();
        let from = if favourites.is_empty() || dice.chance(35) { &open } else { &favourites };
        dice.pick(from).map_or_else(|| self.settings.categories[0].clone(), |c| (*c).clone())
    }

    fn words(
        &self,
        dice: &mut Dice,
        category: &Category,
        undertaking: Option<&Undertaking>,
        place: &Pcode,
        language: Language,
    ) -> (Language, String) {
        let (language, text) = self.content.said(dice, category.code.as_str(), undertaking.map(|u| &u.code), language);
        let texts = Texts::new(language);
        let place = self.settings.place(place).map_or("", |p| texts.label(&p.name));
        let items = undertaking.map(|u| if language == Language::En { &u.items.en } else { &u.items.ar });
        let item = items.and_then(|items| dice.pick(items)).map_or("", String::as_str);
        let mut text = text
            .replace("{place}", place)
            .replace("{item}", item)
            .replace("{days}", &dice.between(3, 24).to_string())
            .replace("{n}", &dice.between(4, 9).to_string());
        if category.code.as_str() != "unclear" {
            if dice.chance(22) {
                text = format!("{} {text}", self.content.written(dice, "opener", language));
            }
            if dice.chance(28) {
                text = format!("{text} {}", self.content.written(dice, "closer", language));
            }
        }
        // Some keyboards write other digits.
        if language == Language::Ar && dice.chance(20) {
            text = texts.with_digits(Digits::ArabicIndic).digits(&text);
        }
        (language, text)
    }

    fn subdistrict(&self, place: &Pcode) -> Pcode {
        self.settings.ancestor(place, 3).map_or_else(Pcode::default, |p| p.code.clone())
    }

    fn place_on(&self, sheet: &mut Sheet, dice: &mut Dice, place: &Pcode, language: Language) {
        sheet.text("place.adm3", &self.subdistrict(place).0);
        if dice.chance(94) {
            sheet.text("place.adm4", &place.0);
        }
        if dice.chance(25) {
            sheet.text("place.landmark", &self.content.written(dice, "landmark", language));
        }
    }

    fn contact(&self, sheet: &mut Sheet, dice: &mut Dice, identity: IdentityMode, language: Language) {
        if matches!(
            identity,
            IdentityMode::Identified | IdentityMode::Confidential | IdentityMode::OnBehalf | IdentityMode::Group
        ) {
            sheet.text("contact.name", &self.content.written(dice, "name", language));
        }
        if identity == IdentityMode::OnBehalf {
            sheet.text("contact.concerned.name", &self.content.written(dice, "name", language));
            sheet.text("contact.concerned.consent", "yes");
        }
        sheet.text("contact.phone.raw", &phone(dice));
        sheet.text(
            "contact.phone.owner",
            dice.weighted(&[("self", 74), ("relative", 14), ("neighbour", 8), ("manager", 4)], "self"),
        );
        sheet.flag("contact.phone.safe_to_call", dice.chance(88));
        if dice.chance(35) {
            sheet.text("contact.phone.safe_hours", &self.content.written(dice, "safe_hours", language));
        }
        sheet.text(
            "contact.resp.channel",
            dice.weighted(&[("call", 55), ("whatsapp", 25), ("in_person", 10), ("desk", 10)], "call"),
        );
    }
}

/// A form being filled.
#[derive(Default)]
pub(super) struct Sheet(pub(super) Facts);

impl Sheet {
    pub(super) fn text(&mut self, key: &str, value: &str) {
        if !value.is_empty() {
            self.0.insert(key.to_owned(), Fact::Text(value.to_owned()));
        }
    }

    pub(super) fn flag(&mut self, key: &str, value: bool) {
        self.0.insert(key.to_owned(), Fact::Flag(value));
    }
}

fn identity(dice: &mut Dice) -> IdentityMode {
    use IdentityMode::{Anon, AnonContact, Confidential, Group, Identified, OnBehalf};
    let modes = [(Identified, 48), (Confidential, 13), (AnonContact, 11), (Anon, 13), (OnBehalf, 9), (Group, 6)];
    dice.weighted(&modes, Identified)
}

fn channel(dice: &mut Dice, ear: Ear, identity: IdentityMode) -> &'static str {
    let anonymous = identity == IdentityMode::Anon;
    match ear {
        Ear::Field if anonymous => dice.weighted(&[("box", 60), ("field_visit", 30), ("committee", 10)], "box"),
        Ear::Field => dice.weighted(&[("desk", 45), ("field_visit", 35), ("committee", 12), ("other_staff", 8)], "desk"),
        Ear::Hotline => dice.weighted(&[("hotline", 62), ("whatsapp", 28), ("sms", 5), ("social", 5)], "hotline"),
        Ear::Officer if anonymous => dice.weighted(&[("box", 70), ("letter", 30)], "box"),
        Ear::Officer => {
            dice.weighted(&[("field_visit", 45), ("meeting", 20), ("survey", 15), ("email", 10), ("agency_in", 10)], "meeting")
        }
    }
}

fn consent(sheet: &mut Sheet, dice: &mut Dice, identity: IdentityMode, channel: &str) {
    if matches!(channel, "box" | "letter" | "social") {
        for key in ["consent.record", "consent.share", "consent.refer", "consent.contact"] {
            sheet.text(key, "not_possible");
        }
        // Nobody was asked, so nobody can have agreed to be known.
        if identity == IdentityMode::Identified {
            sheet.text("intake.identity_mode", IdentityMode::Confidential.id());
        }
        return;
    }
    let yes_or_no = |yes: bool| if yes { "yes" } else { "no" };
    sheet.text("consent.record", "yes");
    sheet.text("consent.share", yes_or_no(identity == IdentityMode::Identified));
    sheet.text("consent.refer", yes_or_no(dice.chance(72)));
    sheet.text("consent.contact", yes_or_no(identity != IdentityMode::Anon));
    sheet.text("consent.mode", "verbal");
}

fn who(sheet: &mut Sheet, dice: &mut Dice, identity: IdentityMode, place: &Pcode) {
    let group = identity == IdentityMode::Group;
    sheet.text("who.sex", if group { "mixed" } else { dice.weighted(&[("f", 54), ("m", 43), ("unk", 3)], "f") });
    sheet.text("who.age_band", dice.weighted(&[("a18_59", 78), ("a60", 12), ("a13_17", 3), ("a_unk", 7)], "a18_59"));
    sheet.text("who.disability", dice.weighted(&[("no", 62), ("not_asked", 29), ("yes", 9)], "not_asked"));
    let in_camp = place.as_str().starts_with('S');
    let outside = [("host", 46), ("idp_out", 40), ("returnee", 12), ("d_unk", 2)];
    sheet.text("who.displacement", if in_camp { "idp_camp" } else { dice.weighted(&outside, "host") });
    sheet.text(
        "who.profile",
        dice.weighted(&[("benef", 55), ("nonbenef", 22), ("applicant", 15), ("leader", 4), ("p_unk", 4)], "benef"),
    );
    if group {
        let size = dice.between(6, 40);
        sheet.0.insert("group.size".into(), Fact::Number(size));
        sheet.0.insert("group.f".into(), Fact::Number(size / 2));
        sheet.0.insert("group.m".into(), Fact::Number(size - size / 2));
    }
}

/// Numbers of Syria and Turkey as people give them; their prefixes are given out to nobody.
fn phone(dice: &mut Dice) -> String {
    let tail = format!("{:07}", dice.between(0, 9_999_999));
    match dice.between(0, 9) {
        0..=4 => format!("0900{}", &tail[1..]),
        5 => format!("0900 {} {}", &tail[1..4], &tail[4..]),
        6 => format!("+963 900 {} {}", &tail[1..4], &tail[4..]),
        7 => Texts::new(Language::Ar).with_digits(Digits::ArabicIndic).digits(&format!("0900{}", &tail[1..])),
        8 => format!("+90 500 {} {}", &tail[..3], &tail[3..]),
        _ => format!("0500{tail}"),
    }
}
