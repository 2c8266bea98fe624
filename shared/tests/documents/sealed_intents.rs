//! What is sealed on its way into a record: by whoever hears a report, by whoever holds it, and anew for whoever holds it next.

use crate::people::{Phone, ask_allowing};
use shared::{
    document::{
        actor::ActorId,
        content::{Content, Edit, Fact, Facts},
        fold::Document,
    },
    entropy::Seeded,
    intent::{self, Context, Intent, Known, KnownState, Prepared, ProblemCode, Sealing},
    lifecycle::CaseState,
    model::{
        codes::{CloseReason, Level},
        dates::UnixSeconds,
        event::{Event, SealedDeed, Step},
        ids::{DeviceId, RecordId, UserId},
        record::{Class, DocKind, DocumentId},
        role::Role,
    },
    policy::{self, RecordFacts, Resource},
    receipt_no::ReceiptNo,
    rows::{self, Sources},
    seal::{
        SecretKey,
        book::{Deed, FocalKey, Keeper, KeyBook, VouchKey},
        kit,
    },
    sealed::{self, Said},
    settings::{Person, Settings},
};
use std::collections::BTreeMap;

/// 2026-11-24, noon in A'zaz.
const NOW: UnixSeconds = UnixSeconds(1_795_510_800);
const RECORD: RecordId = RecordId([4; 16]);
const WORDS: &str = "طلب المشرف مالاً مقابل السلة";

const PEOPLE: [(&str, Role); 7] = [
    ("receiver", Role::Receiver),
    ("ao", Role::Ao),
    ("ame_mgr", Role::AmeMgr),
    ("cd", Role::Cd),
    ("psea_fp", Role::PseaFp),
    ("psea_new", Role::PseaFp),
    ("hq_iu", Role::HqIu),
];

fn settings() -> Settings {
    let mut settings = shared::settings::default::default().unwrap();
    let person = |(id, role): (&str, Role)| Person { inactive: id == "psea_new", ..Person::new(id.into(), id, role) };
    settings.people = PEOPLE.map(person).to_vec().into();
    settings
}

fn secret(user: &str) -> SecretKey {
    let n = PEOPLE.iter().position(|(id, _)| *id == user).unwrap() + 1;
    SecretKey::from_bytes(&[n as u8; 32])
}

/// A book in which these people have keys.
fn book(users: &[&str]) -> KeyBook {
    let (recovery, kits) = kit::make(2, 2, &mut Seeded::new(3)).unwrap();
    let vouchers: Vec<VouchKey> = kits.iter().map(kit::Kit::vouch_key).collect();
    let keepers = ["m1", "m2"].iter().zip(&vouchers).map(|(id, key)| Keeper { user: (*id).into(), key: key.public() }).collect();
    let all: Vec<&VouchKey> = vouchers.iter().collect();
    let mut book = KeyBook::default();
    book.push(book.entry(Deed::Rooted { recovery, needed: 2, keepers }, &all)).unwrap();
    for user in users {
        let vouch = VouchKey::from_secret(&secret(user).to_bytes()).public();
        let key = FocalKey { user: (*user).into(), seal: secret(user).public(), vouch };
        book.push(book.entry(Deed::Added(key), &all)).unwrap();
    }
    book
}

/// One record as everybody has it, with what is in force.
struct World {
    settings: Settings,
    book: Option<KeyBook>,
    documents: BTreeMap<DocumentId, Document>,
    chance: Seeded,
}

type Problems = Vec<(String, ProblemCode)>;

fn world(keys_of: &[&str]) -> World {
    World { settings: settings(), book: Some(book(keys_of)), documents: BTreeMap::new(), chance: Seeded::new(11) }
}

fn facts(given: &[(&str, &str)]) -> Facts {
    given.iter().map(|(key, text)| ((*key).to_owned(), Fact::from(*text))).collect()
}

fn form(category: &str) -> Facts {
    let mut form = facts(&[
        ("reg.received_on", "2026-11-20"),
        ("reg.category", category),
        ("reg.subject_role", "none"),
        ("place.adm3", "SY020400"),
        ("intake.words", WORDS),
        ("intake.channel", "desk"),
        ("contact.name", "سلمى"),
        ("contact.phone.raw", "٠٩٣٣ ١٢٣ ٤٥٦"),
        ("subject.person", "مشرف التوزيع"),
        ("who.sex", "f"),
        ("consent.record", "yes"),
    ]);
    form.insert("ref_no".into(), "999999999".into());
    form
}

impl World {
    fn state(&self) -> Option<(DocumentId, CaseState)> {
        let (id, document) = self.documents.iter().rfind(|(id, _)| id.kind == DocKind::Case)?;
        let (content, receipts) = (document.content(), BTreeMap::new());
        let order = |text: &shared::document::content::EventText| (text.change, 0);
        // As they came, by the number of their change.
        let outbox = content.events.values().map(order).collect();
        let own = UserId::from("receiver");
        let sources = Sources { receipts: &receipts, outbox: &outbox, own: Some(&own) };
        Some((*id, rows::case_state(&content, &sources, &self.settings)?))
    }

    fn resource(&self, by: &str, doc: DocKind, state: &CaseState, unsent: bool) -> Resource {
        let actor = policy::actor(&self.settings, &by.into()).unwrap();
        let class = if doc == DocKind::Sealed { Class::Sealed } else { Class::SealedHeader };
        policy::resource(
            &self.settings,
            &actor,
            &RecordFacts {
                doc,
                class,
                level: Some(state.level),
                adm3: &state.adm3,
                projects: &[],
                author: &state.recorded_by,
                unsent,
                named: &state.recipients,
                share_identity: false,
                subject_role: None,
                partner: None,
                open: state.is_open(),
            },
        )
    }

    fn prepare(&mut self, by: &str, intent: &Intent) -> Result<Prepared, Problems> {
        let actor = policy::actor(&self.settings, &by.into()).unwrap();
        let known = self.state();
        let resource = known.as_ref().map(|(_, state)| self.resource(by, DocKind::Case, state, false));
        let contents: Vec<(DocumentId, Content)> =
            self.documents.iter().filter(|(id, _)| id.kind == DocKind::Sealed).map(|(id, d)| (*id, d.content())).collect();
        let documents: Vec<(DocumentId, &Content)> = contents.iter().map(|(id, content)| (*id, content)).collect();
        let key = secret(by);
        let number = ReceiptNo::with_check_digit(12_345_678);
        let context = Context {
            actor: &actor,
            settings: &self.settings,
            now: NOW,
            ref_no: Some(number.as_str()),
            known: known.as_ref().zip(resource.as_ref()).map(|((document, state), resource)| Known {
                document: *document,
                state: KnownState::Case(state),
                resource,
            }),
            seal: self.book.as_ref().map(|book| Sealing { book, key: Some(&key), documents: &documents }),
        };
        let prepared = intent::prepare(intent, &context, &mut self.chance);
        prepared.map_err(|problems| problems.into_iter().map(|problem| (problem.field, problem.code)).collect())
    }

    /// Prepares, writes, asks the gate under the real policy, and keeps it.
    fn act(&mut self, by: &str, intent: &Intent) -> Result<Prepared, Problems> {
        let before = self.state();
        let prepared = self.prepare(by, intent)?;
        let n = PEOPLE.iter().position(|(id, _)| *id == by).unwrap() as u8 + 1;
        for (id, edits) in &prepared.edits {
            let server = self.documents.entry(*id).or_insert_with(|| Document::new(id.kind)).clone();
            let change = server.write(ActorId::device(DeviceId([n; 10]), 1), edits).unwrap().unwrap();
            let mut with = self.documents.clone();
            with.get_mut(id).unwrap().apply(&change);
            let after = std::mem::replace(&mut self.documents, with);
            let (_, state) = before.clone().or_else(|| self.state()).unwrap();
            let resource = self.resource(by, id.kind, &state, before.is_none());
            self.documents = after;
            let actor = policy::actor(&self.settings, &by.into()).unwrap();
            let may = |action: policy::Action<'_>| policy::may(&actor, action, Some(&resource));
            assert_eq!(ask_allowing(&server, &change, DeviceId([n; 10]), &by.into(), &may), Ok(()), "{id}");
            self.documents.get_mut(id).unwrap().apply(&change);
        }
        Ok(prepared)
    }

    fn complain(&mut self, category: &str) -> Prepared {
        self.act("receiver", &Intent::RecordComplaint { record: RECORD, facts: form(category) }).unwrap()
    }

    fn step(&mut self, by: &str, deed: SealedDeed, words: &str) -> Result<Prepared, Problems> {
        let words = if words.is_empty() { Facts::new() } else { facts(&[("text", words)]) };
        self.act(by, &Intent::SealedStep { record: RECORD, on: "2026-11-24".parse().unwrap(), deed, words })
    }

    fn reseal(&mut self, by: &str) -> Result<Prepared, Problems> {
        self.act(by, &Intent::Reseal { record: RECORD })
    }

    /// What this person reads in a generation.
    fn read(&self, by: &str, generation: u8) -> Vec<Option<Said>> {
        let id = DocumentId { generation, ..DocumentId::first(RECORD, DocKind::Sealed) };
        let content = self.documents[&id].content();
        sealed::bodies(&content, RECORD, &secret(by)).into_iter().map(|body| body.said.ok()).collect()
    }

    fn everything_written(&self) -> String {
        let contents: Vec<_> = self.documents.values().map(Document::content).collect();
        format!("{contents:?}")
    }
}

fn one(field: &str, code: ProblemCode) -> Problems {
    vec![(field.to_owned(), code)]
}

#[test]
fn a_sensitive_report_is_a_clear_header_and_the_rest_for_its_recipients_alone() {
    let mut world = world(&["psea_fp", "hq_iu", "cd"]);
    let prepared = world.complain("ser.sea");
    let kinds: Vec<DocKind> = prepared.edits.iter().map(|(id, _)| id.kind).collect();
    assert_eq!(kinds, [DocKind::Case, DocKind::Sealed]);
    let (_, state) = world.state().unwrap();
    assert_eq!(state.recipients, [UserId::from("hq_iu"), "psea_fp".into()]);
    for reader in ["psea_fp", "hq_iu"] {
        let [Some(Said::Intake(told))] = &world.read(reader, 0)[..] else { panic!("{reader}") };
        assert_eq!(told["intake.words"], WORDS.into());
        assert_eq!(told["contact.phone.raw"], "٠٩٣٣ ١٢٣ ٤٥٦".into());
        assert_eq!(told["contact.phone.e164"], "+963933123456".into());
        assert_eq!((&told["subject.person"], &told["reg.category"]), (&"مشرف التوزيع".into(), &"ser.sea".into()));
        assert!(!told.contains_key("ref_no"), "the number comes from the lease");
    }
    for other in ["receiver", "cd", "ao", "ame_mgr"] {
        assert_eq!(world.read(other, 0), [None], "{other}");
    }
    let written = world.everything_written();
    for secret in [WORDS, "سلمى", "مشرف", "ser.sea", "963933123456"] {
        assert!(!written.contains(secret), "{secret}");
    }
}

#[test]
fn without_a_key_of_any_recipient_nothing_but_the_header_is_kept() {
    for keys_of in [&[][..], &["cd", "ame_mgr"]] {
        let mut world = world(keys_of);
        let prepared = world.complain("ser.sea");
        assert_eq!(prepared.edits.len(), 1);
        assert!(!format!("{prepared:?}").contains(WORDS));
    }
    let mut bookless = World { book: None, ..world(&[]) };
    assert_eq!(bookless.complain("ser.sea").edits.len(), 1);
}

#[test]
fn without_consent_to_record_the_report_goes_on_without_who_spoke() {
    let mut world = world(&["psea_fp"]);
    let mut form = form("ser.sea");
    form.insert("consent.record".into(), "no".into());
    world.act("receiver", &Intent::RecordComplaint { record: RECORD, facts: form }).unwrap();
    let [Some(Said::Intake(told))] = &world.read("psea_fp", 0)[..] else { panic!() };
    assert!(told.keys().all(|key| !key.starts_with("contact.")) && told.contains_key("subject.person"));
}

#[test]
fn a_form_that_can_be_sealed_asks_little_and_still_says_what_does_not_fit() {
    let mut world = world(&["psea_fp"]);
    let with = |key: &str, fact: Fact| {
        let mut form = form("ser.sea");
        form.insert(key.into(), fact);
        Intent::RecordComplaint { record: RECORD, facts: form }
    };
    assert_eq!(
        world.prepare("receiver", &with("contact.phone.raw", "12".into())),
        Err(one("contact.phone.raw", ProblemCode::NotAPhone))
    );
    assert_eq!(world.prepare("receiver", &with("who.sex", "xx".into())), Err(one("who.sex", ProblemCode::UnknownCode)));
    let long: String = "\u{1}".repeat(20_000);
    assert!(world.prepare("receiver", &with("intake.words", long.into())).is_ok(), "the longest words in their longest form");
    let least = facts(&[("reg.received_on", "2026-11-20"), ("place.adm3", "SY020400")]);
    let mut least = least;
    least.insert("reg.may_be_sensitive".into(), true.into());
    assert_eq!(world.act("receiver", &Intent::RecordComplaint { record: RECORD, facts: least }).unwrap().edits.len(), 2);
}

#[test]
fn telling_the_person_at_intake_is_a_plain_step_the_clocks_know() {
    let mut world = world(&["psea_fp"]);
    let mut form = form("ser.sea");
    form.insert("ack.mode".into(), "verbal".into());
    world.act("receiver", &Intent::RecordComplaint { record: RECORD, facts: form }).unwrap();
    let (_, state) = world.state().unwrap();
    assert_eq!(state.acknowledged_on, Some("2026-11-24".parse().unwrap()));
    assert!(!state.seen);
}

#[test]
fn a_step_is_plain_in_its_kind_and_day_and_sealed_in_its_words() {
    let mut world = world(&["psea_fp", "hq_iu"]);
    world.complain("ser.sea");
    let prepared = world.step("psea_fp", SealedDeed::Followup {}, "قابلتها في المركز").unwrap();
    let event = prepared.events[0];
    assert_eq!(prepared.edits[1].0, DocumentId::first(RECORD, DocKind::Sealed));
    assert_eq!(world.read("hq_iu", 0)[1], Some(Said::Step(event, facts(&[("text", "قابلتها في المركز")]))));
    assert!(!world.everything_written().contains("قابلتها"));
    let Edit::Event { text, .. } = &prepared.edits[0].1[0] else { panic!() };
    assert!(matches!(Event::from_text(text).unwrap().step, Step::SealedStep { deed: SealedDeed::Followup {}, .. }));
    // Nothing to tell: nothing sealed.
    assert_eq!(world.step("psea_fp", SealedDeed::HandedOver {}, "").unwrap().edits.len(), 1);
    assert_eq!(world.step("psea_fp", SealedDeed::Responded {}, ""), Err(one("text", ProblemCode::Required)));
    let reason = CloseReason::IuHandover;
    assert!(world.step("hq_iu", SealedDeed::Closed { reason }, "استلمت الوحدة الملف").is_ok());
    let long = "ا".repeat(20_001);
    assert_eq!(world.step("hq_iu", SealedDeed::Followup {}, &long), Err(one("text", ProblemCode::TooLong)));
}

#[test]
fn who_may_not_step_is_told_and_no_day_lies_ahead() {
    let mut world = world(&["psea_fp", "hq_iu"]);
    world.complain("ser.sea");
    for by in ["receiver", "ao", "ame_mgr", "cd"] {
        assert_eq!(world.step(by, SealedDeed::Followup {}, "x"), Err(one("", ProblemCode::NotAllowed)), "{by}");
    }
    let at = |day: &str| Intent::SealedStep {
        record: RECORD,
        on: day.parse().unwrap(),
        deed: SealedDeed::ContactAttempt {},
        words: Facts::new(),
    };
    assert_eq!(world.prepare("psea_fp", &at("2026-11-25")), Err(one("on", ProblemCode::FutureDay)));
    assert_eq!(world.prepare("psea_fp", &at("2026-11-19")), Err(one("on", ProblemCode::DayTooEarly)));
    let plain = Intent::AddStep {
        record: RECORD,
        doc: DocKind::Case,
        step: Step::SealedStep { on: "2026-11-24".parse().unwrap(), deed: SealedDeed::Followup {} },
    };
    assert_eq!(world.prepare("psea_fp", &plain), Err(one("", ProblemCode::NotAllowed)), "its words have an intent of their own");
    world.step("psea_fp", SealedDeed::HandedOver {}, "").unwrap();
    assert_eq!(world.step("hq_iu", SealedDeed::HandedOver {}, ""), Err(one("", ProblemCode::NotOpen)));
}

#[test]
fn a_bare_header_takes_plain_steps_and_words_only_once_someone_has_a_key() {
    let mut world = world(&[]);
    world.complain("ser.sea");
    assert_eq!(world.step("psea_fp", SealedDeed::Followup {}, "x"), Err(one("text", ProblemCode::SealingNotOpen)));
    assert_eq!(world.step("psea_fp", SealedDeed::Followup {}, "").unwrap().edits.len(), 1);
    assert_eq!(world.reseal("psea_fp"), Err(one("", ProblemCode::SealingNotOpen)));
    world.book = Some(book(&["hq_iu"]));
    assert_eq!(world.reseal("psea_fp"), Err(one("", ProblemCode::Nothing)));
    world.step("psea_fp", SealedDeed::Followup {}, "أول كلام").unwrap();
    assert!(matches!(&world.read("hq_iu", 0)[..], [Some(Said::Step(..))]));
}

#[test]
fn whoever_opens_it_seals_it_anew_for_those_who_hold_it_next() {
    let mut world = world(&["psea_fp", "hq_iu"]);
    world.complain("ser.sea");
    world.step("psea_fp", SealedDeed::Followup {}, "متابعة").unwrap();
    assert_eq!(world.reseal("psea_fp"), Err(one("", ProblemCode::Nothing)));
    // Another focal point gets a key and is named.
    world.settings.people.iter_mut().for_each(|person| person.inactive = false);
    world.book = Some(book(&["psea_fp", "hq_iu", "psea_new"]));
    let (_, state) = world.state().unwrap();
    assert!(!state.recipients.contains(&"psea_new".into()));
    assert_eq!(world.reseal("psea_fp"), Err(one("", ProblemCode::Nothing)), "not named, so nothing is due");
    world.book = Some(book(&["psea_fp"]));
    let prepared = world.reseal("psea_fp").unwrap();
    assert_eq!(prepared.edits[0].0.generation, 1, "the Unit's key counts no longer");
    assert_eq!(world.read("psea_fp", 1).iter().flatten().count(), 2);
    assert_eq!(world.read("hq_iu", 1), [None, None]);
    assert_eq!(world.reseal("psea_fp"), Err(one("", ProblemCode::Nothing)));
    for by in ["receiver", "cd"] {
        assert_eq!(world.reseal(by), Err(one("", ProblemCode::NotAllowed)));
    }
    // Whoever can't open all of it leaves it.
    world.book = Some(book(&["psea_fp", "hq_iu"]));
    assert!(world.reseal("hq_iu").is_ok(), "the first generation still opens for the Unit");
    world.documents.retain(|id, _| id.kind == DocKind::Case || id.generation == 1);
    assert_eq!(world.reseal("hq_iu"), Err(one("", ProblemCode::NotAllowed)));
    // Steps from here on go to the newest generation.
    let step = world.step("psea_fp", SealedDeed::Followup {}, "بعدها").unwrap();
    assert_eq!(step.edits[1].0.generation, 1);
}

#[test]
fn much_is_sealed_anew_piece_by_piece() {
    let mut world = world(&["psea_fp", "hq_iu"]);
    world.complain("ser.sea");
    for _ in 0..12 {
        world.step("psea_fp", SealedDeed::Followup {}, &"ا".repeat(9_000)).unwrap();
    }
    world.book = Some(book(&["psea_fp"]));
    let mut pieces = 0;
    while world.reseal("psea_fp").is_ok() {
        pieces += 1;
        assert!(pieces < 20);
    }
    assert!(pieces > 1, "{pieces}");
    assert_eq!(world.read("psea_fp", 1).iter().flatten().count(), 13);
}

#[test]
fn another_level_takes_what_was_told_with_it_and_leaves_out_whom_it_is_about() {
    let relevel = |level| SealedDeed::Relevelled { level: Level::new(level).unwrap(), recipients: vec!["ao".into()] };
    let mut world = world(&["ame_mgr", "cd", "psea_fp"]);
    world.complain("cond.respect");
    assert_eq!(world.step("cd", relevel(4), "x"), Err(one("level", ProblemCode::OutOfRange)));
    assert_eq!(world.step("cd", relevel(3), "x"), Err(one("level", ProblemCode::OutOfRange)));
    let prepared = world.step("ame_mgr", relevel(5), "تبيّن أنه استغلال").unwrap();
    assert_eq!(prepared.edits[1].0.generation, 1);
    let (_, state) = world.state().unwrap();
    assert_eq!((state.level.number(), &state.recipients[..]), (5, &["hq_iu".into(), UserId::from("psea_fp")][..]));
    let read = world.read("psea_fp", 1);
    assert!(matches!(&read[..], [Some(Said::Intake(_)), Some(Said::Step(..))]), "{read:?}");
    assert_eq!(world.read("ame_mgr", 1), [None, None]);
    // Down again: the manager wrote it about themself, so it is not theirs.
    let mut world = self::world(&["ame_mgr", "cd", "psea_fp"]);
    let mut about = form("ser.sea");
    about.insert("reg.subject_role".into(), "me".into());
    world.act("ame_mgr", &Intent::RecordComplaint { record: RECORD, facts: about }).unwrap();
    let prepared = world.step("psea_fp", relevel(4), "ليس استغلالاً").unwrap();
    let Edit::Event { text, .. } = &prepared.edits[0].1[0] else { panic!() };
    let Step::SealedStep { deed: SealedDeed::Relevelled { recipients, .. }, .. } = Event::from_text(text).unwrap().step else {
        panic!("{text}")
    };
    assert_eq!(recipients, [UserId::from("cd")]);
    // Nobody at the other level has a key.
    let mut world = self::world(&["psea_fp"]);
    world.complain("ser.sea");
    assert_eq!(world.step("psea_fp", relevel(4), ""), Err(one("level", ProblemCode::SealingNotOpen)));
}

#[test]
fn a_plain_case_can_be_raised_where_someone_has_a_key() {
    let classify = |category: &str, level| Intent::AddStep {
        record: RECORD,
        doc: DocKind::Case,
        step: Step::Classified {
            entry_type: shared::model::codes::EntryType::Complaint,
            category: category.into(),
            level: Level::new(level).unwrap(),
            urgency: shared::model::codes::Urgency::Action,
            reason: "why".into(),
        },
    };
    let plain = |keys_of: &[&str]| {
        let mut world = world(keys_of);
        let mut form = form("qual.delay");
        form.extend(facts(&[("intake.identity_mode", "confidential"), ("who.age_band", "a18_59")]));
        let prepared = world.prepare("receiver", &Intent::RecordComplaint { record: RECORD, facts: form }).unwrap();
        for (id, edits) in &prepared.edits {
            let mut phone = Phone::new(1, id.kind);
            phone.write(edits).unwrap();
            world.documents.insert(*id, phone.document);
        }
        world
    };
    let ask = |world: &mut World, category: &str, level| {
        let (document, state) = world.state().unwrap();
        let resource = Resource { class: Class::Case, in_scope: true, ..world.resource("ao", DocKind::Case, &state, false) };
        let actor = policy::actor(&world.settings, &"ao".into()).unwrap();
        let context = Context {
            actor: &actor,
            settings: &world.settings,
            now: NOW,
            ref_no: None,
            known: Some(Known { document, state: KnownState::Case(&state), resource: &resource }),
            seal: world.book.as_ref().map(|book| Sealing { book, key: None, documents: &[] }),
        };
        let prepared = intent::prepare(&classify(category, level), &context, &mut Seeded::new(1));
        prepared.map(|_| ()).map_err(|problems| problems[0].code)
    };
    assert_eq!(ask(&mut plain(&[]), "ser.sea", 5), Err(ProblemCode::SealingNotOpen));
    assert_eq!(ask(&mut plain(&["cd"]), "ser.sea", 5), Err(ProblemCode::SealingNotOpen));
    assert_eq!(ask(&mut plain(&["cd"]), "ser.fraud", 5), Ok(()));
    assert_eq!(ask(&mut plain(&["psea_fp"]), "ser.sea", 5), Ok(()));
    assert_eq!(ask(&mut plain(&["psea_fp"]), "ser.sea", 2), Err(ProblemCode::OutOfRange));
}
