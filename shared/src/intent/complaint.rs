//! A complaint or feedback that was taken: minimum intake, identity and consent rules, and the split into documents.
//!
//! # Source
//! domain.md §4 (minimum intake), §5.3, §10.4 (consent), §12; design.md §7 (sealed).

use super::{
    Context, Prepared, Problem, ProblemCode, dropped,
    facts::{check, check_within, day, flag, number, offers, offers_category, puts, text},
    on_spot,
    sensitive::{category, is_sensitive, level},
};
use crate::{
    box_opening::{CASE_OPENING, CASE_SLIP},
    clocks::{self, DayProblem},
    document::content::{Edit, Fact, Facts},
    entropy::Entropy,
    model::{
        codes::{Consent, EntryType, IdentityMode, Level, SubjectRole, Urgency},
        dates::{Day, UnixSeconds},
        event::{Registered, SealedDeed, Step},
        ids::{Code, EventId, Pcode, ProjectCode, RecordId},
        order::StepRef,
        record::{DocKind, DocumentId},
    },
    policy::{self, Action, Resource},
    receipt_no::ReceiptNo,
    routing::{self, CaseFacts},
};
use std::collections::BTreeMap;

/// `RecordComplaint`.
pub(super) fn prepare(
    record: RecordId,
    facts: &Facts,
    context: &Context<'_>,
    entropy: &mut impl Entropy,
) -> Result<Prepared, Vec<Problem>> {
    if is_sensitive(facts, context.settings) {
        // What is sealed says nothing of the paper it came from, its opening counts no case for it, and it has no picture.
        let is_of_paper = |key: &str| [CASE_OPENING, CASE_SLIP].contains(&key) || key.starts_with("contact.photo.");
        let without_paper = facts.iter().filter(|(key, _)| !is_of_paper(key));
        sensitive(record, &without_paper.map(|(key, fact)| (key.clone(), fact.clone())).collect(), context, entropy)
    } else if text(facts, "consent.record") == Some(Consent::No.id()) {
        tally(record, facts, context, entropy)
    } else if dropped::is_dropped(facts) {
        whole(record, &dropped::with_what_is_there(facts), context, entropy)
    } else {
        whole(record, facts, context, entropy)
    }
}

/// What every form has: a day received and a sub-district.
struct Basics {
    received_on: Day,
    adm3: Pcode,
    project: Option<ProjectCode>,
}

fn basics(facts: &Facts, context: &Context<'_>, problems: &mut Vec<Problem>) -> Option<Basics> {
    let received_on = received_on(facts, context, problems);
    let placed: Facts = ["place.adm3", "project"]
        .iter()
        .filter_map(|key| facts.get_key_value(*key))
        .map(|(k, v)| (k.clone(), v.clone()))
        .collect();
    let stored = check(DocKind::Case, &placed, "", context.settings, problems);
    require(facts, "place.adm3", problems);
    let code = |key: &str| stored.get(key).and_then(Fact::as_text);
    Some(Basics {
        received_on: received_on?,
        adm3: code("place.adm3").map(Pcode::from)?,
        project: code("project").map(ProjectCode::from),
    })
}

fn require(facts: &Facts, key: &str, problems: &mut Vec<Problem>) {
    if text(facts, key).is_none() {
        problems.push(Problem::new(key, ProblemCode::Required));
    }
}

fn received_on(facts: &Facts, context: &Context<'_>, problems: &mut Vec<Problem>) -> Option<Day> {
    const KEY: &str = "reg.received_on";
    require(facts, KEY, problems);
    let Some(received_on) = day(facts, KEY) else {
        if text(facts, KEY).is_some() {
            problems.push(Problem::new(KEY, ProblemCode::NotADay));
        }
        return None;
    };
    let problem = match clocks::check_received_on(received_on, context.today(), &context.settings.limits) {
        Some(DayProblem::Future) => Some(ProblemCode::FutureDay),
        Some(DayProblem::Ancient) => Some(ProblemCode::AncientDay),
        Some(DayProblem::Old) if !flag(facts, "reg.old_day_confirmed") => Some(ProblemCode::OldDay),
        _ => None,
    };
    problems.extend(problem.map(|code| Problem::new(KEY, code)));
    Some(received_on)
}

/// Day certainty as the form says; exact unless it says otherwise.
fn day_exact(facts: &Facts) -> bool {
    facts.get("reg.day_exact") != Some(&Fact::Flag(false))
}

/// The next leased receipt number.
fn ref_no(context: &Context<'_>, problems: &mut Vec<Problem>) -> Option<Fact> {
    let number = context.ref_no.and_then(|number| ReceiptNo::parse(number).ok());
    if number.is_none() {
        problems.push(Problem::new("ref_no", ProblemCode::NoRefNo));
    }
    number.map(|number| Fact::Text(number.as_str().to_owned()))
}

/// The author may create what the form becomes.
fn check_right(resource: &Resource, context: &Context<'_>, problems: &mut Vec<Problem>) {
    if !policy::may(context.actor, Action::Create, Some(resource)) {
        problems.push(Problem::new("", ProblemCode::NotAllowed));
    }
}

fn own(doc: DocKind, level: Level) -> Resource {
    use crate::model::record::Class;
    let class = match doc {
        DocKind::Case if level.is_sealed() => Class::SealedHeader,
        DocKind::Case => Class::Case,
        DocKind::Contact => Class::Contact,
        DocKind::Subject => Class::Subject,
        DocKind::Session => Class::Session,
        DocKind::BoxOpening => Class::Other,
        DocKind::Sealed => Class::Sealed,
    };
    Resource { level: Some(level), ..Resource::draft(doc, class) }
}

/// A report that may be sensitive: the clear header. What else the form held is sealed to whoever may read it, if anybody of them
/// has a key, and else dropped.
fn sensitive(
    record: RecordId,
    facts: &Facts,
    context: &Context<'_>,
    entropy: &mut impl Entropy,
) -> Result<Prepared, Vec<Problem>> {
    let mut problems = Vec::new();
    let basics = basics(facts, context, &mut problems);
    let ref_no = ref_no(context, &mut problems);
    let level = level(facts, context.settings);
    level.into_iter().for_each(|level| check_right(&own(DocKind::Case, level), context, &mut problems));
    let (Some(basics), Some(ref_no), Some(level), true) = (basics, ref_no, level, problems.is_empty()) else {
        return Err(problems);
    };
    // Who is excluded is used here and never written.
    let subject_role = text(facts, "reg.subject_role").and_then(SubjectRole::from_id).unwrap_or(SubjectRole::Unknown);
    let routed = CaseFacts {
        level,
        adm3: &basics.adm3,
        project: basics.project.as_ref(),
        partner: None,
        subject_role: Some(subject_role),
        author: &context.actor.user,
    };
    let category = text(facts, "reg.category").map(Code::from);
    let recipients = routing::recipients(context.settings, &routed, category.as_ref());
    #[cfg(feature = "documents")]
    let sealed = match super::sealed::keys_for(context, &recipients) {
        Some(keys) => {
            let told = told(facts, context, &mut problems);
            if !problems.is_empty() {
                return Err(problems);
            }
            Some(super::sealed::intake(record, &told, &keys, entropy)?)
        }
        None => None,
    };
    let registered = Registered {
        received_on: basics.received_on,
        day_exact: day_exact(facts),
        level,
        urgency: Urgency::Immediate,
        entry_type: None,
        category: None,
        subject_role: None,
        voice_escalated_at: number(facts, "reg.voice_escalated_at").map(UnixSeconds),
        recipients,
        adm3: basics.adm3.clone(),
        project: basics.project.clone(),
    };
    let mut root = BTreeMap::from([("ref_no".to_owned(), ref_no), ("place.adm3".to_owned(), Fact::Text(basics.adm3.0.clone()))]);
    root.extend(basics.project.map(|project| ("project".to_owned(), Fact::Text(project.0))));
    // Telling the person that it was received is a plain step of its own: the clocks know it.
    let acknowledged =
        text(facts, "ack.mode").map(|_| Step::SealedStep { on: context.today(), deed: SealedDeed::Acknowledged {} });
    let prepared = registration(record, root, registered, acknowledged.into_iter().collect(), context, entropy);
    #[cfg(feature = "documents")]
    let prepared = Prepared { edits: prepared.edits.into_iter().chain(sealed).collect(), ..prepared };
    Ok(prepared)
}

/// What is sealed of a form: every fact in its stored form, and the registration's own as they were given. Without consent to record
/// it goes on without who spoke: the duty to report stands, and she is named nowhere.
#[cfg(feature = "documents")]
fn told(facts: &Facts, context: &Context<'_>, problems: &mut Vec<Problem>) -> Facts {
    let Documents { case, contact, subject } = split(facts, context, problems);
    let is_named = text(facts, "consent.record") != Some(Consent::No.id());
    let below = |prefix: &'static str| move |(key, fact): (String, Fact)| (format!("{prefix}{key}"), fact);
    let given = FORM_KEYS.iter().filter_map(|key| facts.get_key_value(*key)).map(|(key, fact)| (key.clone(), fact.clone()));
    let mut told: Facts = given.chain(case).chain(subject.into_iter().map(below("subject."))).collect();
    if is_named {
        told.extend(contact.into_iter().map(below("contact.")));
    }
    told
}

/// Without consent to record: channel, day, sub-district and kind are counted, nothing else is kept.
fn tally(record: RecordId, facts: &Facts, context: &Context<'_>, entropy: &mut impl Entropy) -> Result<Prepared, Vec<Problem>> {
    let mut problems = Vec::new();
    let basics = basics(facts, context, &mut problems);
    let entry_type = entry_type(facts, context, &mut problems);
    let kept: Facts = facts.get_key_value("intake.channel").map(|(k, v)| (k.clone(), v.clone())).into_iter().collect();
    require(facts, "intake.channel", &mut problems);
    let mut root = check(DocKind::Case, &kept, "", context.settings, &mut problems);
    let level = Level::LOWEST;
    check_right(&own(DocKind::Case, level), context, &mut problems);
    let (Some(basics), Some(entry_type), true) = (basics, entry_type, problems.is_empty()) else { return Err(problems) };
    root.insert("consent.record".into(), Consent::No.id().into());
    root.insert("place.adm3".into(), Fact::Text(basics.adm3.0.clone()));
    let registered = Registered {
        received_on: basics.received_on,
        day_exact: day_exact(facts),
        level,
        urgency: Urgency::Monitor,
        entry_type: Some(entry_type),
        category: None,
        subject_role: None,
        voice_escalated_at: None,
        recipients: Vec::new(),
        adm3: basics.adm3,
        project: None,
    };
    Ok(registration(record, root, registered, Vec::new(), context, entropy))
}

/// The kind of feedback the form says, or the one its category proposes.
fn entry_type(facts: &Facts, context: &Context<'_>, problems: &mut Vec<Problem>) -> Option<EntryType> {
    const KEY: &str = "reg.entry_type";
    let found = match text(facts, KEY) {
        Some(code) => EntryType::from_id(code).filter(|_| offers(context.settings, "entry_type", code)),
        None => category(facts, context.settings).map(|category| category.entry_type),
    };
    if found.is_none() {
        let code = if text(facts, KEY).is_some() { ProblemCode::UnknownCode } else { ProblemCode::Required };
        problems.push(Problem::new(KEY, code));
    }
    found
}

/// Keys the form has besides facts of documents.
const FORM_KEYS: [&str; 10] = [
    "reg.received_on",
    "reg.day_exact",
    "reg.old_day_confirmed",
    "reg.entry_type",
    "reg.category",
    "reg.level",
    "reg.subject_role",
    "reg.may_be_sensitive",
    "reg.voice_escalated_at",
    "ack.mode",
];

/// A complaint of levels 1-3 with consent to record, or where it could not be asked.
fn whole(record: RecordId, facts: &Facts, context: &Context<'_>, entropy: &mut impl Entropy) -> Result<Prepared, Vec<Problem>> {
    let mut problems = Vec::new();
    let basics = basics(facts, context, &mut problems);
    let entry_type = entry_type(facts, context, &mut problems);
    let category = offered_category(facts, context, &mut problems);
    let subject_role = subject_role(facts, context, &mut problems);
    let told: Vec<Step> = [acknowledgement(facts, context, &mut problems), on_spot::answered(facts, context, &mut problems)]
        .into_iter()
        .flatten()
        .collect();
    let ref_no = ref_no(context, &mut problems);
    for key in ["intake.channel", "intake.identity_mode", "consent.record", "who.sex", "who.age_band"] {
        require(facts, key, &mut problems);
    }
    if category.is_some_and(|category| !category.words_optional) && !dropped::is_dropped(facts) {
        require(facts, "intake.words", &mut problems);
    }
    let mut documents = split(facts, context, &mut problems);
    who_spoke(facts, &mut problems);
    group(facts, &mut problems);
    let level = level(facts, context.settings);
    level.into_iter().for_each(|level| check_right(&own(DocKind::Case, level), context, &mut problems));
    let (Some(basics), Some(entry_type), Some(category), Some(subject_role), Some(ref_no), Some(level), true) =
        (basics, entry_type, category, subject_role, ref_no, level, problems.is_empty())
    else {
        return Err(problems);
    };
    let registered = Registered {
        received_on: basics.received_on,
        day_exact: day_exact(facts),
        level,
        urgency: category.urgency,
        entry_type: Some(entry_type),
        category: Some(category.code.clone()),
        subject_role: Some(subject_role),
        voice_escalated_at: None,
        recipients: Vec::new(),
        adm3: basics.adm3,
        project: basics.project,
    };
    documents.case.insert("ref_no".into(), ref_no);
    let paper = super::box_opening::entered(&documents.case);
    let mut prepared = registration(record, documents.case, registered, told, context, entropy);
    for (doc, stored) in [(DocKind::Contact, documents.contact), (DocKind::Subject, documents.subject)] {
        if !stored.is_empty() {
            prepared.edits.push((DocumentId::first(record, doc), puts(stored)));
        }
    }
    prepared.edits.extend(paper);
    Ok(prepared)
}

fn offered_category<'a>(
    facts: &Facts,
    context: &Context<'a>,
    problems: &mut Vec<Problem>,
) -> Option<&'a crate::settings::Category> {
    require(facts, "reg.category", problems);
    let code = text(facts, "reg.category").map(Code::from)?;
    if !offers_category(context.settings, &code) {
        problems.push(Problem::new("reg.category", ProblemCode::UnknownCode));
    }
    context.settings.category(&code)
}

fn subject_role(facts: &Facts, context: &Context<'_>, problems: &mut Vec<Problem>) -> Option<SubjectRole> {
    require(facts, "reg.subject_role", problems);
    let code = text(facts, "reg.subject_role")?;
    let role = SubjectRole::from_id(code).filter(|_| offers(context.settings, "subject_role", code));
    if role.is_none() {
        problems.push(Problem::new("reg.subject_role", ProblemCode::UnknownCode));
    }
    role
}

fn acknowledgement(facts: &Facts, context: &Context<'_>, problems: &mut Vec<Problem>) -> Option<Step> {
    let mode = text(facts, "ack.mode")?;
    if !offers(context.settings, "mode", mode) {
        problems.push(Problem::new("ack.mode", ProblemCode::UnknownCode));
    }
    Some(Step::Acknowledged { mode: Code::from(mode), receipt_given: flag(facts, "receipt_given") })
}

/// The stored facts of each document.
struct Documents {
    case: BTreeMap<String, Fact>,
    contact: BTreeMap<String, Fact>,
    subject: BTreeMap<String, Fact>,
}

fn split(facts: &Facts, context: &Context<'_>, problems: &mut Vec<Problem>) -> Documents {
    let below = |prefix: &str| -> Facts {
        let strip = |(key, fact): (&String, &Fact)| Some((key.strip_prefix(prefix)?.to_owned(), fact.clone()));
        facts.iter().filter_map(strip).collect()
    };
    // The number comes from the lease, never from the form; what the person was told becomes a step.
    let is_case = |key: &str| {
        let elsewhere = ["contact.", "subject.", on_spot::STEM].iter().any(|stem| key.starts_with(stem));
        !FORM_KEYS.contains(&key) && key != "ref_no" && !elsewhere
    };
    let case: Facts = facts.iter().filter(|(key, _)| is_case(key)).map(|(k, v)| (k.clone(), v.clone())).collect();
    let case = check(DocKind::Case, &case, "", context.settings, problems);
    check_within(&case, context.settings, problems);
    Documents {
        case,
        contact: check(DocKind::Contact, &below("contact."), "contact.", context.settings, problems),
        subject: check(DocKind::Subject, &below("subject."), "subject.", context.settings, problems),
    }
}

/// Identity mode and consent decide which fields about the person may be there.
fn who_spoke(facts: &Facts, problems: &mut Vec<Problem>) {
    let Some(mode) = text(facts, "intake.identity_mode").and_then(IdentityMode::from_id) else { return };
    let has = |key: &str| text(facts, key).is_some();
    let mut not = |keys: &[&str], code: ProblemCode| {
        problems.extend(keys.iter().filter(|key| has(key)).map(|key| Problem::new(key, code)));
    };
    let named = ["contact.name", "contact.benef_id"];
    match mode {
        IdentityMode::Anon => {
            not(&named, ProblemCode::NotWithIdentityMode);
            not(&["contact.phone.raw", "contact.phone.e164", "contact.resp.place"], ProblemCode::NotWithIdentityMode);
        }
        IdentityMode::AnonContact => not(&named, ProblemCode::NotWithIdentityMode),
        _ => {}
    }
    if mode != IdentityMode::OnBehalf {
        not(&["contact.concerned.name", "contact.concerned.consent"], ProblemCode::NotWithIdentityMode);
    }
    if text(facts, "consent.contact") == Some(Consent::No.id()) {
        not(&["contact.phone.raw"], ProblemCode::NotWithConsent);
    }
    let reachable = has("contact.phone.raw") || has("contact.resp.place");
    let lacks = match mode {
        IdentityMode::Identified if !has("contact.name") => Some("contact.name"),
        IdentityMode::Confidential if !has("contact.name") && !has("contact.benef_id") && !reachable => Some("contact.name"),
        IdentityMode::AnonContact if !reachable => Some("contact.phone.raw"),
        _ => None,
    };
    problems.extend(lacks.map(|key| Problem::new(key, ProblemCode::Required)));
    let share = text(facts, "consent.share").and_then(Consent::from_id);
    if mode == IdentityMode::Identified && share.is_some_and(|share| share != Consent::Yes) {
        problems.push(Problem::new("intake.identity_mode", ProblemCode::NotWithConsent));
    }
}

/// A group has a size of at least two, of which women and men are parts; only a group is mixed.
fn group(facts: &Facts, problems: &mut Vec<Problem>) {
    let is_group = text(facts, "intake.identity_mode") == Some(IdentityMode::Group.id());
    let size = number(facts, "group.size");
    if is_group {
        match size {
            None => problems.push(Problem::new("group.size", ProblemCode::Required)),
            Some(size) if size < 2 => problems.push(Problem::new("group.size", ProblemCode::OutOfRange)),
            Some(size) => {
                let parts = [number(facts, "group.f"), number(facts, "group.m")].into_iter().flatten();
                if parts.fold(0_i64, i64::saturating_add) > size {
                    problems.push(Problem::new("group.size", ProblemCode::PartsExceedTotal));
                }
            }
        }
    } else {
        let keys = ["group.size", "group.f", "group.m"].into_iter().filter(|key| number(facts, key).is_some());
        problems.extend(keys.map(|key| Problem::new(key, ProblemCode::NotWithIdentityMode)));
    }
}

/// The case document's edits: root facts, the registration, and what the person was told at intake, one after the other.
fn registration(
    record: RecordId,
    root: BTreeMap<String, Fact>,
    registered: Registered,
    told: Vec<Step>,
    context: &Context<'_>,
    entropy: &mut impl Entropy,
) -> Prepared {
    let mut edits = puts(root);
    let first = EventId::random(entropy);
    let (mut events, mut last) = (vec![first], first);
    edits.push(Edit::Event { id: first, text: context.event(Vec::new(), Step::Registered(registered)).to_text() });
    for step in told {
        let id = EventId::random(entropy);
        edits.push(Edit::Event { id, text: context.event(vec![StepRef::Event(last)], step).to_text() });
        events.push(id);
        last = id;
    }
    Prepared { edits: vec![(DocumentId::first(record, DocKind::Case), edits)], events }
}
