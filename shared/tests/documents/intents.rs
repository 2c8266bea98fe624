//! What an unmodified replica makes of forms and buttons, under the real lists and the real policy, passes the gate.

use crate::people::{Phone, ask_allowing};
use shared::{
    document::{
        change::Change,
        content::{Edit, Fact, Facts},
        fields::{FIELDS, FieldKind},
        fold::Document,
    },
    entropy::{Entropy, Seeded},
    gate::MAX_CHANGE_BYTES,
    intent::{self, Context, Intent, Prepared},
    model::{
        codes::CountKey,
        dates::UnixSeconds,
        ids::{RecordId, UserId},
        record::{Class, DocKind, DocumentId},
        role::Role,
    },
    policy::{self, Resource},
    receipt_no::ReceiptNo,
    settings::{Label, Person, Project, Settings},
};
use std::collections::{BTreeMap, BTreeSet};

/// 2026-11-24, noon in A'zaz.
const NOW: UnixSeconds = UnixSeconds(1_795_510_800);

fn settings() -> Settings {
    let mut settings = shared::settings::default::default().unwrap();
    settings.people = vec![Person::new("u1".into(), "أحمد", Role::Ao)].into();
    settings.projects = vec![Project {
        code: "P01".into(),
        name: Label::default(),
        donor: String::new(),
        partner: String::new(),
        sector: "fsl".into(),
        starts_on: "2026-01-01".parse().unwrap(),
        ends_on: "2026-12-31".parse().unwrap(),
        targets: vec![],
        favourites: vec![],
        focal_points: BTreeMap::new(),
        team: vec![],
        says: Default::default(),
        retired: false,
    }]
    .into();
    settings
}

/// A form filled at random: sound values for most fields, so that a fair share can be sent.
struct Filler<'a> {
    chance: Seeded,
    settings: &'a Settings,
}

impl Filler<'_> {
    fn one_in(&mut self, n: u64) -> bool {
        self.chance.below(n) == 0
    }

    fn of_list(&mut self, list: &str) -> String {
        let choices = &self.settings.lists[list];
        choices[self.chance.below(choices.len() as u64) as usize].code.0.clone()
    }

    fn value(&mut self, key: &str, kind: FieldKind) -> Option<Fact> {
        let text = match kind {
            FieldKind::Flag => return Some(self.one_in(2).into()),
            FieldKind::Number(most) => return Some(((self.chance.below(9) as i64) % (most + 1)).into()),
            FieldKind::Text(_) if key == "phone.raw" => "0944 123 456".into(),
            FieldKind::Text(_) if key == "phone.e164" => return None,
            FieldKind::Text(most) => "لم تصل السلة 🙏 ".repeat(1 + self.chance.below(most as u64 / 15) as usize),
            FieldKind::Code(list) => self.of_list(list),
            FieldKind::Day => "2026-11-20".into(),
            FieldKind::Time => "10:30".into(),
            FieldKind::Place if key == "place.adm3" => "SY020400".into(),
            FieldKind::Place => {
                self.settings.places.iter().find(|place| place.parent == Some("SY020400".into())).unwrap().code.0.clone()
            }
            FieldKind::Project => "P01".into(),
            FieldKind::User => "u1".into(),
            FieldKind::Envelope => "YWdl".into(),
            FieldKind::Picture => format!("{}:9:jpeg", "0a".repeat(32)),
            FieldKind::RefNo => ReceiptNo::random(&mut self.chance).as_str().to_owned(),
        };
        Some(text.into())
    }

    fn form(&mut self, doc: DocKind, prefix: &str, often: u64) -> Facts {
        let mut facts = Facts::new();
        for field in FIELDS.iter().filter(|field| field.doc == doc) {
            let key = match field.key.strip_suffix('*') {
                None => field.key.to_owned(),
                Some("project.") => "project.P01".into(),
                Some(stem @ ("facilitator." | "questions_heard." | "feedback_heard.")) => format!("{stem}u1"),
                Some("who.wg.") => format!("who.wg.{}", self.of_list("wg")),
                Some(stem) => format!("{stem}{}", self.of_list(stem.trim_end_matches('.'))),
            };
            let value = if self.one_in(often) { None } else { self.value(&key, field.kind) };
            facts.extend(value.map(|value| (format!("{prefix}{key}"), value)));
        }
        facts
    }

    fn complaint(&mut self) -> Facts {
        let mut facts = self.form(DocKind::Case, "", 9);
        let modes = ["identified", "confidential", "anon_contact", "anon", "on_behalf", "group"];
        let mode = modes[self.chance.below(6) as usize];
        facts.insert("intake.identity_mode".into(), mode.into());
        if mode != "group" {
            facts.retain(|key, _| !key.starts_with("group."));
        } else {
            facts.extend([("group.size".into(), 40.into()), ("group.f".into(), 9.into()), ("group.m".into(), 31.into())]);
        }
        let mut contact = self.form(DocKind::Contact, "contact.", 9);
        contact.retain(|key, _| mode == "on_behalf" || !key.contains("concerned"));
        match mode {
            "anon" => contact.clear(),
            "anon_contact" => contact.retain(|key, _| key != "contact.name" && key != "contact.benef_id"),
            _ => {}
        }
        facts.extend(contact);
        facts.insert("consent.contact".into(), "yes".into());
        facts.insert("consent.share".into(), "yes".into());
        facts.insert("consent.record".into(), if self.one_in(6) { "no" } else { "yes" }.into());
        if self.one_in(3) {
            facts.extend(self.form(DocKind::Subject, "subject.", 9));
        }
        let category = &self.settings.categories[self.chance.below(self.settings.categories.len() as u64) as usize];
        facts.insert("reg.category".into(), category.code.0.as_str().into());
        facts.insert("reg.received_on".into(), "2026-11-20".into());
        facts.insert("reg.subject_role".into(), self.of_list("subject_role").into());
        if self.one_in(3) {
            facts.insert("ack.mode".into(), self.of_list("mode").into());
        }
        facts
    }

    fn session(&mut self) -> (Facts, BTreeMap<CountKey, i64>) {
        let mut facts = self.form(DocKind::Session, "", 9);
        facts.extend([("project.P01".into(), true.into()), (format!("aud.{}", self.of_list("aud")), true.into())]);
        facts.extend([(format!("topic.{}", self.of_list("topic")), true.into()), ("facilitator.u1".into(), true.into())]);
        facts.remove("understood.right");
        let counts = CountKey::ALL.iter().map(|key| (*key, self.chance.below(300) as i64 * 3_000)).collect();
        (facts, counts)
    }
}

/// How the server sees the author of a new document.
fn resource(document: DocumentId, class: Class, edits: &[(DocumentId, Vec<Edit>)]) -> Resource {
    let texts = edits
        .iter()
        .flat_map(|(_, edits)| edits)
        .filter_map(|edit| if let Edit::Event { text, .. } = edit { Some(text) } else { None });
    let level = texts.filter_map(|text| shared::model::event::Event::from_text(text).ok()).find_map(|event| match event.step {
        shared::model::event::Step::Registered(registered) => Some(registered.level),
        _ => None,
    });
    Resource {
        doc: document.kind,
        class,
        level,
        in_scope: true,
        author: true,
        unsent: true,
        assigned: false,
        implicated: false,
        share_identity: false,
        open: true,
    }
}

/// Writes what was prepared and asks the gate for each document; the changes, which all passed.
fn send(prepared: &Prepared, class: Class, settings: &Settings) -> Vec<Change> {
    let user = UserId::from("u1");
    let actor = policy::actor(settings, &user).unwrap();
    prepared
        .edits
        .iter()
        .map(|(document, edits)| {
            let phone = Phone::new(1, document.kind);
            let change =
                phone.document.write(phone.actor(), edits).expect("what is prepared can be written").expect("it says something");
            let class = match document.kind {
                DocKind::Case => class,
                DocKind::Contact => Class::Contact,
                DocKind::Subject => Class::Subject,
                DocKind::Sealed => Class::Sealed,
                DocKind::Session => Class::Session,
                DocKind::BoxOpening => Class::Other,
            };
            let resource = resource(*document, class, &prepared.edits);
            let may = |action: policy::Action<'_>| policy::may(&actor, action, Some(&resource));
            let answer = ask_allowing(&Document::new(document.kind), &change, phone.device, &user, &may);
            assert_eq!(answer, Ok(()), "{} {:?}", document.kind.id(), phone.document.write(phone.actor(), edits));
            change
        })
        .collect()
}

#[test]
fn every_form_that_can_be_sent_passes() {
    let settings = settings();
    let actor = policy::actor(&settings, &"u1".into()).unwrap();
    let (mut sent, mut problems, mut classes) = (0, BTreeMap::<_, u32>::new(), BTreeSet::new());
    for seed in 0..1_500 {
        let mut filler = Filler { chance: Seeded::new(seed), settings: &settings };
        let number = ReceiptNo::random(&mut filler.chance);
        let context =
            Context { actor: &actor, settings: &settings, now: NOW, ref_no: Some(number.as_str()), known: None, seal: None };
        let record = RecordId::random(&mut filler.chance);
        let (intent, class) = if seed % 3 == 0 {
            let (facts, counts) = filler.session();
            (Intent::RecordSession { record, facts, counts }, Class::Session)
        } else {
            let facts = filler.complaint();
            let class = intent::class_of(&facts, &settings);
            (Intent::RecordComplaint { record, facts }, class)
        };
        match intent::prepare(&intent, &context, &mut filler.chance) {
            Ok(prepared) => {
                send(&prepared, class, &settings);
                classes.insert((class.id(), prepared.edits.len()));
                sent += 1;
            }
            Err(found) => found.iter().for_each(|p| *problems.entry(format!("{} {:?}", p.field, p.code)).or_default() += 1),
        }
    }
    println!("{sent} of 1500 forms sent: {classes:?}; {problems:?}");
    assert!(sent > 400, "{sent} sent, {problems:?}");
    for class in [("sealed_header", 1), ("case", 1), ("case", 2), ("case", 3), ("session", 1)] {
        assert!(classes.contains(&class), "{class:?} in {classes:?}");
    }
}

#[test]
fn the_longest_complaint_fits_into_a_change() {
    let settings = settings();
    let phone = Phone::new(1, DocKind::Case);
    let longest = |field: &shared::document::fields::Field| match field.kind {
        FieldKind::Text(most) => Some(Edit::Put { key: field.key.into(), fact: "🙏".repeat(most).into() }),
        kind if !field.key.contains('*') => {
            let mut filler = Filler { chance: Seeded::new(1), settings: &settings };
            filler.value(field.key, kind).map(|fact| Edit::Put { key: field.key.into(), fact })
        }
        _ => None,
    };
    let mut edits: Vec<_> = FIELDS.iter().filter(|field| field.doc == DocKind::Case).filter_map(longest).collect();
    edits.push(crate::people::event(&phone, 1, crate::people::registered()));
    let change = phone.document.write(phone.actor(), &edits).unwrap().unwrap();
    assert!(change.raw().len() < MAX_CHANGE_BYTES, "{}", change.raw().len());
    assert_eq!(crate::people::ask(&phone.document, &change, phone.device, &phone.user), Ok(()));
}
