//! What people fill in: valid forms and steps, drawn from the lists. Knows no replica.

use mobile::protocol::CaseDetail;
use shared::{
    document::content::{Fact, Facts},
    entropy::{Entropy, Seeded},
    model::{
        codes::{CloseReason, Consent, CountKey, EntryType, Level, Outcome, Urgency},
        dates::{Day, plus_days},
        event::{SealedDeed, Step},
        ids::EventId,
    },
    rows::TimelineStep,
};
use std::collections::BTreeMap;

/// Sub-districts of the world; ao2 covers the first only.
pub(super) const PLACES: [&str; 3] = ["SY020400", "SY020401", "SY020402"];
/// Projects of the world, and none.
pub(super) const PROJECTS: [&str; 3] = ["P01", "P02", ""];

const WORDS: [&str; 8] = [
    "لم نستلم السلة هذا الشهر",
    "تأخر الصهريج ثلاثة أيام",
    "اسمي ليس في القائمة",
    "نريد معرفة معايير الاختيار",
    "الخيمة ممزقة والمطر يدخل",
    "الموظف لم يرد على الهاتف",
    "asked twice, no answer yet",
    "شكراً على التوزيع المنظم",
];

/// One of several.
pub(super) fn one<T: Copy>(chance: &mut Seeded, of: &[T]) -> T {
    of[usize::try_from(chance.below(of.len() as u64)).unwrap()]
}

/// Words no other form has, so that they can be found again.
pub(super) fn words(chance: &mut Seeded) -> String {
    format!("{} {}", one(chance, &WORDS), chance.below(1 << 40))
}

/// A complaint as taken on `today`. One in twelve may be sensitive.
pub(super) fn complaint(chance: &mut Seeded, today: Day) -> Facts {
    let received = plus_days(today, -i64::try_from(chance.below(4)).unwrap());
    let mode = one(chance, &["anon", "anon_contact", "confidential"]);
    let mut facts: Facts = [
        ("reg.received_on", received.to_string()),
        ("reg.category", one(chance, &["req.inclusion", "req.repair", "qual.item", "info.crm", "req.data"]).into()),
        ("reg.subject_role", one(chance, &["none", "none", "none", "none", "project", "acct"]).into()),
        ("intake.channel", one(chance, &["desk", "hotline", "box"]).into()),
        ("intake.identity_mode", mode.into()),
        ("intake.words", words(chance)),
        ("consent.record", "yes".into()),
        ("consent.share", one(chance, &["yes", "no"]).into()),
        ("who.sex", one(chance, &["f", "m"]).into()),
        ("who.age_band", one(chance, &["a18_59", "a60"]).into()),
        ("place.adm3", one(chance, &PLACES).into()),
        ("ack.mode", "verbal".into()),
    ]
    .map(|(key, value): (&str, String)| (key.to_owned(), Fact::Text(value)))
    .into();
    let project = one(chance, &PROJECTS);
    if !project.is_empty() {
        facts.insert("project".into(), project.into());
    }
    if mode != "anon" {
        facts.insert("contact.phone.raw".into(), format!("09{:08}", chance.below(100_000_000)).into());
    }
    match chance.below(24) {
        0 => drop(facts.insert("reg.may_be_sensitive".into(), true.into())),
        1..4 => drop(facts.insert("reg.category".into(), one(chance, &["cond.respect", "ser.sea", "ser.fraud"]).into())),
        _ => {}
    }
    facts
}

/// What is done on a sealed case, and its words; none for kinds people of the world don't take.
pub(super) fn sealed_deed(chance: &mut Seeded, right: &str, level: Level) -> Option<(SealedDeed, Facts)> {
    let words: Facts = [("text".to_owned(), Fact::Text(words(chance)))].into();
    let deed = match right {
        "sealed_acknowledged" => return Some((SealedDeed::Acknowledged {}, Facts::new())),
        "sealed_handed_over" => return Some((SealedDeed::HandedOver {}, Facts::new())),
        "sealed_followup" => SealedDeed::Followup {},
        "sealed_referred" => SealedDeed::Referred {},
        "sealed_responded" => SealedDeed::Responded {},
        "sealed_closed" if level.number() == 5 => SealedDeed::Closed { reason: CloseReason::IuHandover },
        "sealed_closed" => SealedDeed::Closed { reason: CloseReason::Responded },
        _ => return None,
    };
    Some((deed, words))
}

/// A session held on `today` or the day before by both receivers.
pub(super) fn session(chance: &mut Seeded, today: Day) -> (Facts, BTreeMap<CountKey, i64>) {
    let mut facts: Facts = [
        ("date", plus_days(today, -i64::try_from(chance.below(2)).unwrap()).to_string()),
        ("phase", one(chance, &["before", "during", "after"]).into()),
        ("place.adm3", one(chance, &PLACES).into()),
        ("place.venue", words(chance)),
        ("method", one(chance, &["group", "door"]).into()),
    ]
    .map(|(key, value): (&str, String)| (key.to_owned(), Fact::Text(value)))
    .into();
    let project = one(chance, &["P01", "P02"]);
    for key in ["aud.benef", "topic.right", "facilitator.rec1", "facilitator.rec2"] {
        facts.insert(key.into(), true.into());
    }
    facts.insert(format!("project.{project}"), true.into());
    (facts, counts(chance))
}

/// Some people counted.
pub(super) fn counts(chance: &mut Seeded) -> BTreeMap<CountKey, i64> {
    let mut counts = BTreeMap::new();
    for _ in 0..=chance.below(3) {
        *counts.entry(one(chance, CountKey::ALL)).or_insert(0) += 1 + i64::try_from(chance.below(20)).unwrap();
    }
    counts
}

/// A step of this kind on a case as it is seen, with content its form accepts; none for kinds people of the world don't take.
pub(super) fn step(chance: &mut Seeded, kind: &str, case: &CaseDetail, today: Day) -> Option<Step> {
    let note = words(chance);
    let of = |kind: &str| -> Option<EventId> {
        case.timeline.iter().rev().find_map(|line| match &line.what {
            TimelineStep::Event(id, event) if event.step.kind() == kind => Some(*id),
            _ => None,
        })
    };
    Some(match kind {
        "seen" => Step::Seen {},
        "acknowledged" => Step::Acknowledged { mode: "call".into(), receipt_given: false },
        // Where nobody it would go to has a key, the app says so and nothing is raised.
        "classified" if chance.below(2) == 0 => Step::Classified {
            entry_type: EntryType::Allegation,
            category: one(chance, &["cond.respect", "ser.sea"]).into(),
            level: Level::new(one(chance, &[4, 5]))?,
            urgency: Urgency::Immediate,
            reason: note,
        },
        "classified" => Step::Classified {
            entry_type: EntryType::Complaint,
            category: one(chance, &["req.repair", "qual.item"]).into(),
            level: Level::new(1 + u8::try_from(chance.below(3)).unwrap())?,
            urgency: one(chance, &[Urgency::Action, Urgency::Monitor]),
            reason: note,
        },
        "assigned" => {
            let to = case.assignees.get(usize::try_from(chance.below(case.assignees.len().max(1) as u64)).unwrap())?.clone();
            Step::Assigned { to, share_identity: chance.below(2) == 0, reason: note }
        }
        "started" => Step::Started { note },
        "held" => Step::Held { reason: "external".into(), next_on: plus_days(today, 3), note },
        "resumed" => Step::Resumed { note },
        "answer_proposed" => Step::AnswerProposed { talking_points: note, findings: String::new(), actions: String::new() },
        "answer_approved" => Step::AnswerApproved { of: of("answer_proposed")? },
        "followup" => Step::Followup { with: "project".into(), mode: "call".into(), note, next_on: None },
        "contact_attempt" => Step::ContactAttempt {
            mode: "call".into(),
            result: one(chance, &["reached", "no_answer"]).into(),
            on: today,
            time: String::new(),
        },
        "responded" => Step::Responded {
            on: today,
            mode: "call".into(),
            summary: note,
            reached: true,
            understood: Some(true),
            accepts: None,
            of: None,
        },
        "closed" => Step::Closed {
            on: today,
            reason: one(chance, &[CloseReason::Responded, CloseReason::AnonNoContact]),
            outcome: Outcome::InfoGiven,
            note,
            satisfaction: "s4".into(),
            actions_done: true,
        },
        "close_seconded" => Step::CloseSeconded { of: of("closed")? },
        "referred" => Step::Referred { to: "UNHCR".into(), consent: Consent::Yes, ground: String::new(), shared: note },
        "reopened" => Step::Reopened { reason: note, requested_by: "the person".into() },
        "correction" => Step::Correction { note },
        "voided" if chance.below(4) == 0 => Step::Voided { reason: note },
        _ => return None,
    })
}

/// Facts an officer corrects: mostly one, now and then where the record belongs.
pub(super) fn correction(chance: &mut Seeded, may_put: &[String]) -> BTreeMap<String, Option<Fact>> {
    let key = one(chance, &["place.adm3", "project", "place.site", "place.site", "sector", "intake.desired_outcome"]);
    let value: Fact = match key {
        "place.adm3" => one(chance, &PLACES).into(),
        "project" => one(chance, &["P01", "P02"]).into(),
        "sector" => one(chance, &["wash", "fsl", "health"]).into(),
        _ => words(chance).into(),
    };
    if may_put.iter().any(|may| may == key) { [(key.to_owned(), Some(value))].into() } else { BTreeMap::new() }
}
