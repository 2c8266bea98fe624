//! Forms made ready: what is refused field by field, what is written where, and what is never written at all.

use crate::{
    fixture::{ADM3, PLACE, actor, day, noon, settings},
    life::{
        Life, attempt, classified, closed, correction, extension_asked, followup, held, referral_received, reopened, responded,
        resumed, started, voided,
    },
};
use shared::{
    document::content::{Edit, Fact, Facts},
    entropy::Seeded,
    intent::{self, Context, Intent, Known, KnownState, Prepared, ProblemCode},
    lifecycle::{self, Calendar, CaseState, EventEntry, Position, SessionState},
    model::{
        codes::{CloseReason, Consent, CountKey, Level, SubjectRole, Urgency},
        dates::UnixSeconds,
        event::{Event, Registered, Step},
        ids::{EventId, RecordId},
        order::StepRef,
        record::{Class, DocKind, DocumentId},
    },
    policy::{Actor, Resource},
    settings::Settings,
};
use std::collections::BTreeMap;

const RECORD: RecordId = RecordId([1; 16]);
/// Eight digits and their Damm digit.
const REF: &str = "123456788";

fn ref_no() -> String {
    shared::receipt_no::ReceiptNo::with_check_digit(12_345_678).as_str().to_owned()
}

fn facts(given: &[(&str, Fact)]) -> Facts {
    given.iter().map(|(key, fact)| ((*key).to_owned(), fact.clone())).collect()
}

fn complaint() -> Facts {
    facts(&[
        ("reg.received_on", "2026-03-01".into()),
        ("reg.entry_type", "complaint".into()),
        ("reg.category", "qual.delay".into()),
        ("reg.subject_role", "project".into()),
        ("intake.channel", "desk".into()),
        ("intake.identity_mode", "anon".into()),
        ("intake.words", "تأخرت السلة".into()),
        ("consent.record", "yes".into()),
        ("who.sex", "f".into()),
        ("who.age_band", "a18_59".into()),
        ("place.adm3", ADM3.into()),
        ("project", "P01".into()),
    ])
}

struct Desk {
    settings: Settings,
    actor: Actor,
    ref_no: Option<String>,
    now: UnixSeconds,
}

fn desk(by: &str) -> Desk {
    let settings = settings();
    Desk { actor: actor(&settings, by), settings, ref_no: Some(ref_no()), now: noon("2026-03-02") }
}

type Problems = Vec<(String, ProblemCode)>;

impl Desk {
    fn context<'a>(&'a self, known: Option<Known<'a>>) -> Context<'a> {
        Context { actor: &self.actor, settings: &self.settings, now: self.now, ref_no: self.ref_no.as_deref(), known }
    }

    fn prepare(&self, intent: &Intent, known: Option<Known<'_>>) -> Result<Prepared, Problems> {
        let prepared = intent::prepare(intent, &self.context(known), &mut Seeded::new(3));
        prepared.map_err(|problems| problems.into_iter().map(|p| (p.field, p.code)).collect())
    }

    fn complain(&self, facts: Facts) -> Result<Prepared, Problems> {
        self.prepare(&Intent::RecordComplaint { record: RECORD, facts }, None)
    }

    /// The only problem of a complaint changed in these facts.
    fn problem(&self, changes: &[(&str, Option<Fact>)]) -> Problems {
        self.complain(changed(complaint(), changes)).err().unwrap_or_default()
    }
}

fn changed(mut facts: Facts, changes: &[(&str, Option<Fact>)]) -> Facts {
    for (key, fact) in changes {
        match fact {
            Some(fact) => facts.insert((*key).to_owned(), fact.clone()),
            None => facts.remove(*key),
        };
    }
    facts
}

fn one(field: &str, code: ProblemCode) -> Problems {
    vec![(field.to_owned(), code)]
}

fn edits(prepared: &Prepared, kind: DocKind) -> &[Edit] {
    let id = DocumentId::first(RECORD, kind);
    prepared.edits.iter().find(|(document, _)| *document == id).map_or(&[], |(_, edits)| edits)
}

fn puts(prepared: &Prepared, kind: DocKind) -> BTreeMap<String, Fact> {
    let put = |edit: &Edit| match edit {
        Edit::Put { key, fact } => Some((key.clone(), fact.clone())),
        _ => None,
    };
    edits(prepared, kind).iter().filter_map(put).collect()
}

fn events(prepared: &Prepared, kind: DocKind) -> Vec<(EventId, Event)> {
    let event = |edit: &Edit| match edit {
        Edit::Event { id, text } => Some((*id, Event::from_text(text).unwrap())),
        _ => None,
    };
    edits(prepared, kind).iter().filter_map(event).collect()
}

fn registered(prepared: &Prepared) -> Registered {
    match events(prepared, DocKind::Case).remove(0).1.step {
        Step::Registered(registered) => registered,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_minimal_complaint_becomes_one_case_document_with_its_registration() {
    let prepared = desk("receiver").complain(complaint()).unwrap();
    assert_eq!(prepared.edits.len(), 1);
    let root = puts(&prepared, DocKind::Case);
    assert_eq!(root["ref_no"], ref_no().into());
    assert_eq!(root["intake.words"], "تأخرت السلة".into());
    assert_eq!(root.len(), 9, "{root:?}");
    assert!(root.keys().all(|key| !key.starts_with("reg.")));
    let [(id, event)] = &events(&prepared, DocKind::Case)[..] else { panic!() };
    assert_eq!(prepared.events, [*id]);
    assert_eq!((event.by.as_str(), event.at, event.set), ("receiver", noon("2026-03-02"), 1));
    assert!(event.after.is_empty());
    let registered = registered(&prepared);
    assert_eq!((registered.received_on, registered.day_exact), (day("2026-03-01"), true));
    assert_eq!((registered.level, registered.urgency), (Level::new(2).unwrap(), Urgency::Action));
    assert_eq!(registered.category, Some("qual.delay".into()));
    assert_eq!(registered.subject_role, Some(SubjectRole::Project));
    assert_eq!((registered.adm3.as_str(), registered.project), (ADM3, Some("P01".into())));
    assert!(registered.recipients.is_empty() && registered.voice_escalated_at.is_none());
}

#[test]
fn contact_subject_and_acknowledgement_each_go_where_they_belong() {
    let form = changed(
        complaint(),
        &[
            ("intake.identity_mode", Some("identified".into())),
            ("consent.share", Some("yes".into())),
            ("contact.name", Some("أم خالد".into())),
            ("contact.phone.raw", Some("٠٩٣٣ ١٢٣ ٤٥٦".into())),
            ("contact.resp.channel", Some("call".into())),
            ("subject.person", Some("المشرف".into())),
            ("ack.mode", Some("verbal".into())),
            ("receipt_given", Some(true.into())),
            ("reg.day_exact", Some(false.into())),
            ("place.adm4", Some(PLACE.into())),
        ],
    );
    let prepared = desk("receiver").complain(form).unwrap();
    assert_eq!(prepared.edits.len(), 3);
    let contact = puts(&prepared, DocKind::Contact);
    assert_eq!(contact["phone.e164"], "+963933123456".into());
    assert_eq!(contact["phone.raw"], "٠٩٣٣ ١٢٣ ٤٥٦".into(), "as it was given");
    assert_eq!(contact.len(), 4);
    assert_eq!(puts(&prepared, DocKind::Subject), BTreeMap::from([("person".to_owned(), "المشرف".into())]));
    let case = puts(&prepared, DocKind::Case);
    assert!(case.values().all(|fact| *fact != "أم خالد".into() && *fact != "المشرف".into()));
    let events = events(&prepared, DocKind::Case);
    assert_eq!(events.len(), 2);
    assert_eq!(events[1].1.step, Step::Acknowledged { mode: "verbal".into(), receipt_given: true });
    assert_eq!(events[1].1.after, [StepRef::Event(events[0].0)]);
    assert_eq!(prepared.events, [events[0].0, events[1].0]);
    assert!(!registered(&prepared).day_exact);
}

#[test]
fn the_minimum_intake_is_required_and_nothing_more() {
    let desk = desk("receiver");
    for key in [
        "reg.received_on",
        "reg.subject_role",
        "intake.channel",
        "intake.identity_mode",
        "consent.record",
        "who.sex",
        "who.age_band",
        "place.adm3",
        "intake.words",
    ] {
        assert_eq!(desk.problem(&[(key, None)]), one(key, ProblemCode::Required), "{key}");
        assert_eq!(desk.problem(&[(key, Some("  ".into()))]), one(key, ProblemCode::Required), "{key} blank");
    }
    let without = desk.problem(&[("reg.category", None)]);
    assert_eq!(without, one("reg.category", ProblemCode::Required));
    let neither = desk.problem(&[("reg.category", None), ("reg.entry_type", None)]);
    assert_eq!(neither.len(), 2, "{neither:?}");
    assert!(desk.problem(&[("reg.entry_type", None)]).is_empty(), "the category proposes it");
    assert!(desk.problem(&[("project", None)]).is_empty(), "no project: out of scope");
    let info = [("reg.category", Some("info.crm".into())), ("intake.words", None)];
    assert!(desk.problem(&info).is_empty(), "the category says it all");
    let no_number = Desk { ref_no: None, ..self::desk("receiver") };
    assert_eq!(no_number.problem(&[]), one("ref_no", ProblemCode::NoRefNo));
    let bad_number = Desk { ref_no: Some(REF.replace('8', "9")), ..self::desk("receiver") };
    assert_eq!(bad_number.problem(&[]), one("ref_no", ProblemCode::NoRefNo));
}

#[test]
fn days_that_can_not_be_are_refused_and_old_ones_asked_about() {
    let desk = desk("receiver");
    let with = |text: &str| desk.problem(&[("reg.received_on", Some(text.into()))]);
    let key = "reg.received_on";
    assert!(with("2026-03-02").is_empty());
    assert!(with("٢٠٢٦-٠٣-٠١").is_empty(), "digits of any script");
    assert_eq!(with("2026-03-03"), one(key, ProblemCode::FutureDay));
    assert_eq!(with("2026-01-30"), one(key, ProblemCode::OldDay));
    assert_eq!(with("2000-01-01"), one(key, ProblemCode::AncientDay));
    assert_eq!(with("2026-02-30"), one(key, ProblemCode::NotADay));
    assert_eq!(with("yesterday"), one(key, ProblemCode::NotADay));
    let confirmed = |text: &str| desk.problem(&[(key, Some(text.into())), ("reg.old_day_confirmed", Some(true.into()))]);
    assert!(confirmed("2026-01-30").is_empty());
    assert_eq!(confirmed("2000-01-01"), one(key, ProblemCode::AncientDay));
    assert_eq!(confirmed("2026-03-03"), one(key, ProblemCode::FutureDay));
}

#[test]
fn codes_places_projects_and_keys_are_held_against_settings() {
    let mut desk = desk("receiver");
    let p = |desk: &Desk, key: &str, value: &str| desk.problem(&[(key, Some(value.into()))]);
    for (key, value, code) in [
        ("intake.channel", "pigeon", ProblemCode::UnknownCode),
        ("intake.channel", "two words", ProblemCode::UnknownCode),
        ("who.sex", "x", ProblemCode::UnknownCode),
        ("reg.category", "no.such", ProblemCode::UnknownCode),
        ("reg.entry_type", "rant", ProblemCode::UnknownCode),
        ("reg.subject_role", "them", ProblemCode::UnknownCode),
        ("ack.mode", "smoke", ProblemCode::UnknownCode),
        ("place.adm3", "SY0204", ProblemCode::UnknownPlace),
        ("place.adm3", PLACE, ProblemCode::UnknownPlace),
        ("place.adm3", "SY999999", ProblemCode::UnknownPlace),
        ("place.adm3", "no place", ProblemCode::UnknownPlace),
        ("place.adm4", ADM3, ProblemCode::UnknownPlace),
        ("place.adm4", "C1667", ProblemCode::UnknownPlace),
        ("project", "P99", ProblemCode::UnknownProject),
        ("project", "no project", ProblemCode::UnknownProject),
        ("intake.prior_ref", "123456789", ProblemCode::NotARefNo),
        ("intake.prior_ref", "12", ProblemCode::NotARefNo),
        ("who.wg.q_fly", "2", ProblemCode::UnknownCode),
        ("intake.colour", "red", ProblemCode::UnknownField),
        ("contact.colour", "red", ProblemCode::UnknownField),
        ("subject.name", "x", ProblemCode::UnknownField),
    ] {
        let found = p(&desk, key, value);
        assert_eq!(found, one(key, code), "{key} = {value}");
    }
    assert!(p(&desk, "who.wg.q_see", "٣").is_empty());
    assert!(p(&desk, "intake.prior_ref", &format!(" {} ", ref_no())).is_empty());
    assert!(p(&desk, "place.adm4", PLACE).is_empty());
    // What is retired is no longer offered.
    desk.settings.lists.get_mut("channel").unwrap().iter_mut().for_each(|choice| choice.retired = true);
    assert_eq!(p(&desk, "who.sex", "f"), one("intake.channel", ProblemCode::UnknownCode));
    let mut desk = self::desk("receiver");
    desk.settings.projects[0].retired = true;
    assert_eq!(p(&desk, "who.sex", "f"), one("project", ProblemCode::UnknownProject));
    let mut desk = self::desk("receiver");
    desk.settings.categories.iter_mut().for_each(|category| category.retired = true);
    assert_eq!(p(&desk, "who.sex", "f"), one("reg.category", ProblemCode::UnknownCode));
    let mut desk = self::desk("receiver");
    desk.settings.places.iter_mut().for_each(|place| place.retired = true);
    assert_eq!(p(&desk, "who.sex", "f"), one("place.adm3", ProblemCode::UnknownPlace));
}

#[test]
fn values_of_the_wrong_kind_or_size_say_so() {
    let desk = desk("receiver");
    let long = |n: usize| Some(Fact::from("ك".repeat(n)));
    assert!(desk.problem(&[("intake.words", long(20_000))]).is_empty());
    assert_eq!(desk.problem(&[("intake.words", long(20_001))]), one("intake.words", ProblemCode::TooLong));
    assert_eq!(desk.problem(&[("intake.received_by", long(121))]), one("intake.received_by", ProblemCode::TooLong));
    assert_eq!(desk.problem(&[("intake.words", Some(true.into()))]).len(), 2, "wrong type and so missing");
    assert_eq!(desk.problem(&[("who.wg.q_see", Some(5.into()))]), one("who.wg.q_see", ProblemCode::OutOfRange));
    assert_eq!(desk.problem(&[("who.wg.q_see", Some("a lot".into()))]), one("who.wg.q_see", ProblemCode::WrongType));
    assert_eq!(desk.problem(&[("lessons_flag", Some("yes".into()))]), one("lessons_flag", ProblemCode::WrongType));
}

#[test]
fn identity_mode_and_consent_decide_what_may_be_known_of_the_person() {
    use ProblemCode::{NotWithConsent, NotWithIdentityMode, Required};
    let desk = desk("receiver");
    let text = |text: &str| Some(Fact::from(text));
    let with = |mode: &str, more: &[(&str, &str)]| {
        let mut changes = vec![("intake.identity_mode", text(mode))];
        changes.extend(more.iter().map(|(key, value)| (*key, text(value))));
        desk.problem(&changes)
    };
    for key in ["contact.name", "contact.benef_id", "contact.phone.raw", "contact.resp.place"] {
        assert_eq!(with("anon", &[(key, "0933123456")]), one(key, NotWithIdentityMode), "{key}");
    }
    assert!(with("anon", &[("contact.resp.channel", "public")]).is_empty());
    assert_eq!(with("anon_contact", &[]), one("contact.phone.raw", Required));
    assert!(with("anon_contact", &[("contact.phone.raw", "0933123456")]).is_empty());
    assert!(with("anon_contact", &[("contact.resp.place", "مكتب المخيم")]).is_empty());
    let named = [("contact.name", "x"), ("contact.phone.raw", "0933123456")];
    assert_eq!(with("anon_contact", &named), one("contact.name", NotWithIdentityMode));
    assert_eq!(with("identified", &[("consent.share", "yes")]), one("contact.name", Required));
    assert!(with("identified", &[("contact.name", "x")]).is_empty());
    for share in ["no", "not_possible"] {
        let refused = with("identified", &[("contact.name", "x"), ("consent.share", share)]);
        assert_eq!(refused, one("intake.identity_mode", NotWithConsent));
    }
    assert_eq!(with("confidential", &[]), one("contact.name", Required));
    for known in
        [("contact.name", "x"), ("contact.benef_id", "7"), ("contact.phone.raw", "0933123456"), ("contact.resp.place", "y")]
    {
        assert!(with("confidential", &[known, ("consent.share", "no")]).is_empty(), "{known:?}");
    }
    assert_eq!(with("anon", &[("contact.concerned.name", "x")]), one("contact.concerned.name", NotWithIdentityMode));
    assert!(with("on_behalf", &[("contact.concerned.name", "x"), ("contact.concerned.consent", "yes")]).is_empty());
    let uncalled = with("confidential", &[("contact.phone.raw", "0933123456"), ("consent.contact", "no")]);
    assert_eq!(uncalled, one("contact.phone.raw", NotWithConsent));
}

#[test]
fn a_group_has_a_size_and_only_a_group_has_one() {
    use ProblemCode::{NotWithIdentityMode, OutOfRange, PartsExceedTotal, Required};
    let desk = desk("receiver");
    let group = |size: Option<i64>, women: i64, men: i64| {
        desk.problem(&[
            ("intake.identity_mode", Some("group".into())),
            ("group.size", size.map(Fact::Number)),
            ("group.f", Some(women.into())),
            ("group.m", Some(men.into())),
        ])
    };
    assert!(group(Some(12), 7, 5).is_empty());
    assert_eq!(group(Some(12), 7, 6), one("group.size", PartsExceedTotal));
    assert_eq!(group(None, 1, 1), one("group.size", Required));
    assert_eq!(group(Some(1), 0, 1), one("group.size", OutOfRange));
    assert!(group(Some(2), 1, 1).is_empty());
    assert!(group(Some(1_000_000), 0, 0).is_empty());
    assert_eq!(group(Some(1_000_001), 0, 0), one("group.size", OutOfRange));
    assert_eq!(desk.problem(&[("group.size", Some("١٢".into()))]), one("group.size", NotWithIdentityMode));
    assert_eq!(desk.problem(&[("group.f", Some(1.into()))]), one("group.f", NotWithIdentityMode));
}

#[test]
fn phones_of_any_country_pass_and_words_do_not() {
    let desk = desk("receiver");
    let phone = |text: &str| {
        let mode = ("intake.identity_mode", Some("confidential".into()));
        let form = changed(complaint(), &[mode, ("contact.phone.raw", Some(text.into()))]);
        desk.complain(form).map(|prepared| puts(&prepared, DocKind::Contact).get("phone.e164").cloned())
    };
    assert_eq!(phone("0933 123 456"), Ok(Some("+963933123456".into())));
    assert_eq!(phone("+90 (532) 123-45-67"), Ok(Some("+905321234567".into())));
    assert_eq!(phone("۰۵۳۲۱۲۳۴۵۶۷"), Ok(Some("+905321234567".into())));
    assert_eq!(phone("123456"), Ok(None), "kept as given");
    for bad in ["12345", "call Ahmad", "0933123456 Ahmad", "123456789012345678901"] {
        assert_eq!(phone(bad), Err(one("contact.phone.raw", ProblemCode::NotAPhone)), "{bad}");
    }
}

const SECRETS: [(&str, &str); 8] = [
    ("contact.name", "سلمى"),
    ("contact.phone.raw", "0933123456"),
    ("subject.person", "المشرف"),
    ("intake.words", "طلب مالاً مقابل السلة"),
    ("intake.desired_outcome", "تعويض كامل"),
    ("place.site", "مخيم السلامة"),
    ("place.adm4", PLACE),
    ("who.sex", "f"),
];

fn sensitive(changes: &[(&str, Option<Fact>)]) -> Facts {
    let secrets: Vec<_> = SECRETS.iter().map(|(key, value)| (*key, Some(Fact::from(*value)))).collect();
    changed(changed(complaint(), &secrets), changes)
}

#[test]
fn a_sensitive_report_keeps_the_clear_header_and_nothing_else() {
    for changes in [
        vec![("reg.category", Some("ser.sea".into()))],
        vec![("reg.category", Some("cond.respect".into()))],
        vec![("reg.category", Some("prot.need".into()))],
        vec![("reg.category", Some("targ.lists".into()))],
        vec![("reg.may_be_sensitive", Some(true.into()))],
        vec![("reg.level", Some(4.into()))],
        vec![("reg.level", Some("٥".into()))],
        vec![("reg.category", Some("ser.unknown_here".into()))],
        vec![("reg.category", Some("ser.sea".into())), ("consent.record", Some("no".into()))],
    ] {
        let mut form = sensitive(&changes);
        form.insert("reg.voice_escalated_at".into(), 1_772_000_000.into());
        let what = format!("{changes:?}");
        let desk = desk("receiver");
        assert!(intent::is_sensitive(&form, &desk.settings), "{what}");
        assert_eq!(intent::class_of(&form, &desk.settings), Class::SealedHeader);
        let prepared = desk.complain(form.clone()).unwrap();
        assert_eq!(prepared.edits.len(), 1, "{what}");
        let keys: Vec<_> = puts(&prepared, DocKind::Case).into_keys().collect();
        assert_eq!(keys, ["place.adm3", "project", "ref_no"], "{what}");
        let registered = registered(&prepared);
        assert_eq!((registered.category.clone(), registered.entry_type, registered.subject_role), (None, None, None));
        assert!(registered.level.is_sealed() && !registered.recipients.is_empty());
        assert_eq!(registered.voice_escalated_at, Some(UnixSeconds(1_772_000_000)));
        assert_eq!(registered.urgency, Urgency::Immediate);
        // Neither in what is written nor in what a draft may keep.
        let written = format!("{prepared:?}");
        let kept = intent::keepable(&form, &desk.settings);
        let drafted = format!("{kept:?}");
        for (key, secret) in SECRETS.iter().filter(|(key, _)| *key != "who.sex") {
            assert!(!written.contains(secret) && !drafted.contains(secret), "{key} of {what}");
        }
        assert!(!kept.contains_key("reg.category") && !kept.contains_key("reg.subject_role"), "{what}");
        assert!(intent::is_sensitive(&kept, &desk.settings), "a kept draft stays sensitive");
        let again = self::registered(&desk.complain(kept).unwrap());
        assert_eq!((again.level, again.received_on), (registered.level, registered.received_on));
    }
}

#[test]
fn the_level_of_a_sensitive_report_is_its_categorys_or_the_highest_where_unsure() {
    let level =
        |changes: &[(&str, Option<Fact>)]| registered(&desk("receiver").complain(sensitive(changes)).unwrap()).level.number();
    assert_eq!(level(&[("reg.category", Some("cond.respect".into()))]), 4);
    assert_eq!(level(&[("reg.category", Some("ser.fraud".into()))]), 5);
    assert_eq!(level(&[("reg.may_be_sensitive", Some(true.into()))]), 5);
    assert_eq!(level(&[("reg.level", Some(4.into()))]), 4);
    assert_eq!(level(&[("reg.level", Some(5.into())), ("reg.category", Some("cond.respect".into()))]), 5);
    assert_eq!(level(&[("reg.category", None), ("reg.may_be_sensitive", Some(true.into()))]), 5);
}

#[test]
fn recipients_leave_out_whom_the_report_is_about_without_saying_so() {
    let recipients = |by: &str, category: &str, about: &str| {
        let form = sensitive(&[("reg.category", Some(category.into())), ("reg.subject_role", Some(about.into()))]);
        let prepared = desk(by).complain(form).unwrap();
        registered(&prepared).recipients.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(recipients("receiver", "ser.sea", "project"), ["hq_iu", "psea_fp"]);
    assert_eq!(recipients("receiver", "ser.fraud", "none"), ["cd", "hq_iu"]);
    assert_eq!(recipients("receiver", "cond.respect", "none"), ["ame_mgr", "cd"]);
    assert_eq!(recipients("ame_mgr", "cond.respect", "me"), ["cd"]);
}

#[test]
fn a_sensitive_report_still_needs_day_place_and_number() {
    let desk = desk("receiver");
    let problems = |changes: &[(&str, Option<Fact>)]| {
        let mut all = vec![("reg.category", Some(Fact::from("ser.sea")))];
        all.extend(changes.iter().cloned());
        desk.complain(sensitive(&all)).err().unwrap_or_default()
    };
    assert_eq!(problems(&[("place.adm3", None)]), one("place.adm3", ProblemCode::Required));
    assert_eq!(problems(&[("reg.received_on", Some("2027-01-01".into()))]), one("reg.received_on", ProblemCode::FutureDay));
    assert_eq!(problems(&[("project", Some("P99".into()))]), one("project", ProblemCode::UnknownProject));
    assert!(problems(&[("project", None), ("intake.channel", None), ("who.sex", None)]).is_empty());
    let none = Desk { ref_no: None, ..self::desk("receiver") };
    let form = sensitive(&[("reg.category", Some("ser.sea".into()))]);
    assert_eq!(none.complain(form), Err(one("ref_no", ProblemCode::NoRefNo)));
}

#[test]
fn without_consent_to_record_only_the_count_is_kept() {
    let form = sensitive(&[("consent.record", Some("no".into()))]);
    let prepared = desk("receiver").complain(form).unwrap();
    assert_eq!(prepared.edits.len(), 1);
    let keys: Vec<_> = puts(&prepared, DocKind::Case).into_keys().collect();
    assert_eq!(keys, ["consent.record", "intake.channel", "place.adm3"]);
    let registered = registered(&prepared);
    assert!(registered.entry_type.is_some() && registered.category.is_none() && registered.subject_role.is_none());
    assert_eq!((registered.level.number(), registered.project), (1, None));
    let written = format!("{prepared:?}");
    assert!(SECRETS.iter().filter(|(key, _)| *key != "who.sex").all(|(_, secret)| !written.contains(secret)));
    let desk = desk("receiver");
    let problems = |changes: &[(&str, Option<Fact>)]| {
        let mut all = vec![("consent.record", Some(Fact::from("no")))];
        all.extend(changes.iter().cloned());
        desk.complain(sensitive(&all)).err().unwrap_or_default()
    };
    assert_eq!(problems(&[("intake.channel", None)]), one("intake.channel", ProblemCode::Required));
    assert_eq!(problems(&[("place.adm3", None)]), one("place.adm3", ProblemCode::Required));
    let no_kind = [("reg.entry_type", None), ("reg.category", None)];
    assert_eq!(problems(&no_kind), one("reg.entry_type", ProblemCode::Required));
    let none = Desk { ref_no: None, ..self::desk("receiver") };
    assert!(none.complain(sensitive(&[("consent.record", Some("no".into()))])).is_ok(), "a count needs no number");
    // Where it could not be asked, the paper from the box is recorded.
    assert!(desk.problem(&[("consent.record", Some("not_possible".into()))]).is_empty());
}

#[test]
fn a_plain_form_is_kept_whole_and_headquarters_records_nothing() {
    let settings = settings();
    assert_eq!(intent::keepable(&complaint(), &settings), complaint());
    assert_eq!(intent::class_of(&complaint(), &settings), Class::Case);
    let raised = changed(complaint(), &[("reg.level", Some(3.into()))]);
    assert_eq!(registered(&desk("ao").complain(raised).unwrap()).level.number(), 3, "raised, not sealed");
    for by in ["hq_iu", "hq_ame", "admin"] {
        assert_eq!(desk(by).complain(complaint()), Err(one("", ProblemCode::NotAllowed)));
        let sealed = sensitive(&[("reg.category", Some("ser.sea".into()))]);
        assert_eq!(desk(by).complain(sealed), Err(one("", ProblemCode::NotAllowed)));
        let tally = sensitive(&[("consent.record", Some("no".into()))]);
        assert_eq!(desk(by).complain(tally), Err(one("", ProblemCode::NotAllowed)));
        assert_eq!(desk(by).register(meeting(), &[]), Err(one("", ProblemCode::NotAllowed)));
    }
}

fn meeting() -> Facts {
    facts(&[
        ("date", "2026-03-01".into()),
        ("phase", "during".into()),
        ("place.adm3", ADM3.into()),
        ("method", "group".into()),
        ("project.P01", true.into()),
        ("aud.benef", true.into()),
        ("topic.right", true.into()),
    ])
}

impl Desk {
    fn register(&self, facts: Facts, counts: &[(CountKey, i64)]) -> Result<Prepared, Problems> {
        let counts = counts.iter().copied().collect();
        self.prepare(&Intent::RecordSession { record: RECORD, facts, counts }, None)
    }

    fn meeting_problem(&self, changes: &[(&str, Option<Fact>)]) -> Problems {
        self.register(changed(meeting(), changes), &[]).err().unwrap_or_default()
    }
}

#[test]
fn a_session_is_registered_with_its_first_counts_as_increments() {
    let counts = [(CountKey::F18To59, 12), (CountKey::Unknown, 0)];
    let planned = changed(meeting(), &[("planned", Some(true.into()))]);
    let prepared = desk("receiver").register(planned, &counts).unwrap();
    assert_eq!(puts(&prepared, DocKind::Session).len(), 7);
    let events = events(&prepared, DocKind::Session);
    assert_eq!(events[0].1.step, Step::SessionRegistered { planned: true });
    let increments: Vec<_> = edits(&prepared, DocKind::Session).iter().filter(|e| matches!(e, Edit::Increment { .. })).collect();
    assert_eq!(increments, [&Edit::Increment { key: CountKey::F18To59, by: 12 }]);
    assert_eq!(prepared.events, [events[0].0]);
}

#[test]
fn a_session_needs_day_place_project_phase_and_if_held_for_whom_how_and_what() {
    use ProblemCode::Required;
    let desk = desk("receiver");
    for key in ["date", "phase", "place.adm3", "method"] {
        assert_eq!(desk.meeting_problem(&[(key, None)]), one(key, Required));
    }
    for (key, field) in [("project.P01", "project.*"), ("aud.benef", "aud.*"), ("topic.right", "topic.*")] {
        assert_eq!(desk.meeting_problem(&[(key, None)]), one(field, Required));
        assert_eq!(desk.meeting_problem(&[(key, Some(false.into()))]), one(field, Required), "unticked is not chosen");
    }
    let planned = ("planned", Some(true.into()));
    assert!(desk.meeting_problem(&[planned.clone(), ("method", None), ("aud.benef", None), ("topic.right", None)]).is_empty());
    assert_eq!(desk.meeting_problem(&[planned, ("project.P01", None)]), one("project.*", Required));
}

#[test]
fn session_fields_are_checked_like_any_other() {
    let desk = desk("receiver");
    for (key, value, code) in [
        ("date", Fact::from("2026-03-03"), ProblemCode::FutureDay),
        ("date", "2019-03-01".into(), ProblemCode::AncientDay),
        ("date", "2026-02-30".into(), ProblemCode::NotADay),
        ("start_time", "25:00".into(), ProblemCode::NotATime),
        ("duration_min", 1_441.into(), ProblemCode::OutOfRange),
        ("method", "dance".into(), ProblemCode::UnknownCode),
        ("topic.magic", true.into(), ProblemCode::UnknownCode),
        ("aud.cats", true.into(), ProblemCode::UnknownCode),
        ("iec.cloud", 3.into(), ProblemCode::UnknownCode),
        ("project.P99", true.into(), ProblemCode::UnknownProject),
        ("facilitator.ghost", true.into(), ProblemCode::UnknownPerson),
        ("place.adm4", "C1667".into(), ProblemCode::UnknownPlace),
        ("understood.right", 5.into(), ProblemCode::PartsExceedTotal),
        ("colour", "red".into(), ProblemCode::UnknownField),
    ] {
        let mut changes = vec![(key, Some(value))];
        if key == "understood.right" {
            changes.push(("understood.asked", Some(4.into())));
        }
        assert_eq!(desk.meeting_problem(&changes), one(key, code), "{key}");
    }
    for (key, value) in [
        ("date", Fact::from("٢٠٢٦-٠٣-٠٢")),
        ("start_time", "٠٩:٣٠".into()),
        ("facilitator.ao", true.into()),
        ("iec.card", "٤٠".into()),
        ("place.adm4", PLACE.into()),
    ] {
        assert!(desk.meeting_problem(&[(key, Some(value))]).is_empty(), "{key}");
    }
    let equal = [("understood.right", Some(4.into())), ("understood.asked", Some(4.into()))];
    assert!(desk.meeting_problem(&equal).is_empty());
    let mut away = self::desk("receiver");
    away.settings.people.iter_mut().filter(|p| p.id.as_str() == "ao").for_each(|p| p.inactive = true);
    assert_eq!(away.meeting_problem(&[("facilitator.ao", Some(true.into()))]), one("facilitator.ao", ProblemCode::UnknownPerson));
    let planned = |date: &str| desk.meeting_problem(&[("planned", Some(true.into())), ("date", Some(date.into()))]);
    assert!(planned("2027-03-03").is_empty(), "a year ahead");
    assert_eq!(planned("2027-03-04"), one("date", ProblemCode::DayTooLate));
    for count in [-1, 1_000_001] {
        let problem = desk.register(meeting(), &[(CountKey::M60, count)]);
        assert_eq!(problem, Err(one("count.m_60", ProblemCode::OutOfRange)));
    }
    assert!(desk.register(meeting(), &[(CountKey::M60, 1_000_000)]).is_ok());
}

fn resource(doc: DocKind, level: Option<u8>) -> Resource {
    let class = match doc {
        DocKind::Case => Class::Case,
        DocKind::Contact => Class::Contact,
        DocKind::Subject => Class::Subject,
        DocKind::Session => Class::Session,
    };
    Resource {
        doc,
        class,
        level: level.and_then(Level::new),
        in_scope: true,
        author: false,
        unsent: false,
        assigned: false,
        implicated: false,
        share_identity: false,
        open: true,
    }
}

fn session_state(void: bool) -> SessionState {
    let step = Step::SessionRegistered { planned: false };
    let event = Event { by: "receiver".into(), at: noon("2026-03-01"), after: Vec::new(), set: 1, step };
    let entry = EventEntry { id: EventId([5; 8]), event, position: Position::Unsent { outbox: 0 }, operation: 0 };
    let mut state = lifecycle::fold_session(&[entry], &[], Calendar::from(&settings())).unwrap();
    state.void = void;
    state
}

#[test]
fn counting_adds_and_correcting_says_why_in_the_same_change() {
    let state = session_state(false);
    let document = DocumentId::first(RECORD, DocKind::Session);
    let resource = resource(DocKind::Session, None);
    let known = Known { document, state: KnownState::Session(&state), resource: &resource };
    let desk = desk("ao");
    let count = |counts: &[(CountKey, i64)], known| {
        desk.prepare(&Intent::CountParticipants { record: RECORD, counts: counts.iter().copied().collect() }, known)
    };
    let prepared = count(&[(CountKey::F60, 2), (CountKey::M60, 0)], Some(known)).unwrap();
    assert_eq!(
        prepared,
        Prepared { edits: vec![(document, vec![Edit::Increment { key: CountKey::F60, by: 2 }])], events: vec![] }
    );
    assert_eq!(count(&[(CountKey::F60, 0)], Some(known)), Err(one("", ProblemCode::Nothing)));
    assert_eq!(count(&[(CountKey::F60, -1)], Some(known)), Err(one("count.f_60", ProblemCode::OutOfRange)));
    assert_eq!(count(&[(CountKey::F60, 1)], None), Err(one("", ProblemCode::UnknownRecord)));
    let void = session_state(true);
    let on_void = Known { state: KnownState::Session(&void), ..known };
    assert_eq!(count(&[(CountKey::F60, 1)], Some(on_void)), Err(one("", ProblemCode::NotOpen)));

    let correct = |delta: i64, reason: &str, known| {
        desk.prepare(&Intent::CorrectCount { record: RECORD, key: CountKey::F60, delta, reason: reason.into() }, known)
    };
    let prepared = correct(-3, " counted twice ", Some(known)).unwrap();
    let events = events(&prepared, DocKind::Session);
    assert_eq!(events[0].1.step, Step::Corrected { key: CountKey::F60, delta: -3, reason: "counted twice".into() });
    assert_eq!(events[0].1.after, state.heads);
    assert_eq!(edits(&prepared, DocKind::Session)[1], Edit::Increment { key: CountKey::F60, by: -3 });
    assert_eq!(correct(0, "x", Some(known)), Err(one("count.f_60", ProblemCode::Nothing)));
    assert_eq!(correct(1_000_001, "x", Some(known)), Err(one("count.f_60", ProblemCode::OutOfRange)));
    assert_eq!(correct(-1_000_001, "x", Some(known)), Err(one("count.f_60", ProblemCode::OutOfRange)));
    assert_eq!(correct(1, " ", Some(known)), Err(one("reason", ProblemCode::Required)));
    assert_eq!(correct(1, "x", Some(on_void)), Err(one("", ProblemCode::NotOpen)));
    let outsider = Resource { in_scope: false, ..resource.clone() };
    let outside = Known { resource: &outsider, ..known };
    assert_eq!(correct(1, "x", Some(outside)), Err(one("", ProblemCode::NotAllowed)));
    assert_eq!(count(&[(CountKey::F60, 1)], Some(outside)), Err(one("", ProblemCode::NotAllowed)));
}

#[test]
fn an_estimate_is_for_a_side_of_somebody() {
    let state = session_state(false);
    let resource = resource(DocKind::Session, None);
    let document = DocumentId::first(RECORD, DocKind::Session);
    let known = Known { document, state: KnownState::Session(&state), resource: &resource };
    let estimate = |side: &str, women: u32, with_disability: Option<u32>| {
        let counts = BTreeMap::from([(CountKey::F18To59, women)]);
        let step = Step::Estimated { side: side.into(), counts, with_disability };
        desk("ao")
            .prepare(&Intent::AddStep { record: RECORD, doc: DocKind::Session, step }, Some(known))
            .err()
            .unwrap_or_default()
    };
    assert!(estimate("women", 40, Some(40)).is_empty());
    assert_eq!(estimate("children", 40, None), one("side", ProblemCode::UnknownCode));
    assert_eq!(estimate("women", 0, None), one("counts", ProblemCode::Required));
    assert_eq!(estimate("women", 40, Some(41)), one("with_disability", ProblemCode::PartsExceedTotal));
    assert_eq!(estimate("women", 1_000_001, None), one("count.f_18_59", ProblemCode::OutOfRange));
    assert!(estimate("women", 1_000_000, None).is_empty());
}

/// Problems of a step that this person would add to a case today, 10 March.
fn step_problems(by: &str, state: &CaseState, step: Step) -> Problems {
    let resource = resource(DocKind::Case, Some(state.level.number()));
    let document = DocumentId::first(RECORD, DocKind::Case);
    let known = Known { document, state: KnownState::Case(state), resource: &resource };
    let desk = Desk { now: noon("2026-03-10"), ..desk(by) };
    let prepared = desk.prepare(&Intent::AddStep { record: RECORD, doc: DocKind::Case, step: step.clone() }, Some(known));
    if let Ok(prepared) = &prepared {
        let events = events(prepared, DocKind::Case);
        assert_eq!((events[0].1.step.clone(), events[0].1.after.clone()), (step, state.heads.clone()));
    }
    prepared.err().unwrap_or_default()
}

#[test]
fn a_step_that_is_not_open_is_told_before_it_is_sent() {
    let working = Life::in_progress(2).state();
    let closed_case = Life::closed(2).state();
    assert!(step_problems("ao", &working, followup()).is_empty());
    assert_eq!(step_problems("ao", &working, reopened()), one("", ProblemCode::NotOpen));
    assert_eq!(step_problems("ao", &closed_case, started()), one("", ProblemCode::NotOpen));
    assert_eq!(step_problems("ao", &working, voided()), one("", ProblemCode::NotAllowed));
    assert_eq!(step_problems("admin", &working, followup()), one("", ProblemCode::NotAllowed));
    let registration = Step::Registered(crate::life::registered(2, "qual.delay"));
    assert_eq!(step_problems("ao", &working, registration), one("", ProblemCode::NotAllowed));
    let corrected = Step::Corrected { key: CountKey::F60, delta: 1, reason: "x".into() };
    assert_eq!(step_problems("ao", &working, corrected), one("", ProblemCode::NotAllowed));
    // Of another record, or of another document.
    let resource = resource(DocKind::Case, Some(2));
    let document = DocumentId::first(RecordId([8; 16]), DocKind::Case);
    let known = Known { document, state: KnownState::Case(&working), resource: &resource };
    let add = |record, doc| desk("ao").prepare(&Intent::AddStep { record, doc, step: followup() }, Some(known)).err();
    assert_eq!(add(RECORD, DocKind::Case), Some(one("", ProblemCode::UnknownRecord)));
    assert_eq!(add(RecordId([8; 16]), DocKind::Session), Some(one("", ProblemCode::UnknownRecord)));
    assert_eq!(add(RecordId([8; 16]), DocKind::Case), None);
}

#[test]
fn each_step_says_which_of_its_fields_needs_another_look() {
    use ProblemCode::{
        DayTooEarly, DayTooLate, FutureDay, NotARefNo, NotOpen, Required, SealingNotOpen, TooLong, UnknownCode, UnknownPerson,
    };
    let long = "ك".repeat(4_001);
    let new = Life::new(2).state();
    let assigned = Life::assigned(2).state();
    let working = Life::in_progress(2).state();
    let mut held_life = Life::in_progress(2);
    held_life.act("ao", held());
    let on_hold = held_life.state();
    let ready = Life::answer_ready(2).state();
    let answered = Life::responded(2).state();
    let shut = Life::closed(2).state();
    let out = Life::referred_out().state();
    let mode = |mode: &str| Step::Acknowledged { mode: mode.into(), receipt_given: false };
    let classify = |category: &str, level: u8, reason: &str| {
        let Step::Classified { entry_type, urgency, .. } = classified(2) else { unreachable!() };
        Step::Classified {
            entry_type,
            category: category.into(),
            level: Level::new(level).unwrap(),
            urgency,
            reason: reason.into(),
        }
    };
    let hold = |reason: &str, next_on: &str| Step::Held { reason: reason.into(), next_on: day(next_on), note: String::new() };
    let extend = |until: &str, reason: &str, interim: &str| Step::ExtensionAsked {
        reason: reason.into(),
        until: day(until),
        interim: interim.into(),
    };
    let answer = |points: &str, more: &str| Step::AnswerProposed {
        talking_points: points.into(),
        findings: more.into(),
        actions: more.into(),
    };
    let follow = |mode: &str, note: &str, next: Option<&str>| Step::Followup {
        with: String::new(),
        mode: mode.into(),
        note: note.into(),
        next_on: next.map(day),
    };
    let respond = |on: &str, mode: &str, summary: &str| {
        let Step::Responded { reached, understood, accepts, .. } = responded(on) else { unreachable!() };
        Step::Responded { on: day(on), mode: mode.into(), summary: summary.into(), reached, understood, accepts }
    };
    let close = |on: &str, reason: CloseReason, note: &str, satisfaction: &str| {
        let Step::Closed { outcome, actions_done, .. } = closed(on, reason) else { unreachable!() };
        Step::Closed { on: day(on), reason, outcome, note: note.into(), satisfaction: satisfaction.into(), actions_done }
    };
    let merge = |into_ref: &str, reason: &str| Step::Merged {
        into: crate::life::SURVIVOR,
        into_ref: into_ref.into(),
        reason: reason.into(),
    };
    let refer = |to: &str, consent, ground: &str, shared: &str| Step::Referred {
        to: to.into(),
        consent,
        ground: ground.into(),
        shared: shared.into(),
    };
    let table: Vec<(&CaseState, Step, Problems)> = vec![
        (&new, mode("verbal"), vec![]),
        (&new, mode("smoke"), one("mode", UnknownCode)),
        (&new, classify("qual.delay", 2, ""), vec![]),
        (&new, classify("qual.delay", 3, ""), one("reason", Required)),
        (&new, classify("qual.delay", 3, "r"), vec![]),
        (&new, classify("no.such", 2, ""), one("category", UnknownCode)),
        (&new, classify("qual.delay", 4, "r"), one("level", SealingNotOpen)),
        (&new, classify("ser.fraud", 2, ""), one("level", SealingNotOpen)),
        (&new, classify("qual.delay", 2, &long), one("reason", TooLong)),
        (
            &assigned,
            Step::Assigned { to: "ghost".into(), share_identity: false, reason: String::new() },
            one("to", UnknownPerson),
        ),
        (&assigned, Step::Assigned { to: "ao".into(), share_identity: false, reason: long.clone() }, one("reason", TooLong)),
        (&assigned, Step::Assigned { to: "ao".into(), share_identity: false, reason: String::new() }, vec![]),
        (&assigned, Step::Started { note: " ".into() }, one("note", Required)),
        (&assigned, Step::Started { note: long.clone() }, one("note", TooLong)),
        (&assigned, Step::Started { note: "ك".repeat(4_000) }, vec![]),
        (&working, hold("external", "2026-03-10"), vec![]),
        (&working, hold("external", "2026-03-17"), vec![]),
        (&working, hold("external", "2026-03-18"), one("next_on", DayTooLate)),
        (&working, hold("external", "2026-03-09"), one("next_on", DayTooEarly)),
        (&working, hold("lunch", "2026-03-10"), one("reason", UnknownCode)),
        (&on_hold, resumed(), vec![]),
        (&on_hold, Step::Resumed { note: long.clone() }, one("note", TooLong)),
        (&working, extend("2026-03-17", "r", "i"), vec![]),
        (&working, extend("2026-03-16", "r", "i"), one("until", DayTooEarly)),
        (&working, extend("2026-09-06", "r", "i"), vec![]),
        (&working, extend("2026-09-07", "r", "i"), one("until", DayTooLate)),
        (&working, extend("2026-03-17", "", "i"), one("reason", Required)),
        (&working, extend("2026-03-17", "r", ""), one("interim", Required)),
        (&working, answer("t", ""), vec![]),
        (&working, answer("", ""), one("talking_points", Required)),
        (&working, answer("t", &long), vec![("actions".into(), TooLong), ("findings".into(), TooLong)]),
        (&working, follow("visit", "n", Some("2026-03-10")), vec![]),
        (&working, follow("visit", "n", Some("2026-03-09")), one("next_on", DayTooEarly)),
        (&working, follow("smoke", "n", None), one("mode", UnknownCode)),
        (&working, follow("visit", "", None), one("note", Required)),
        (&working, attempt("2026-03-10", "call", "off", ""), vec![]),
        (&working, attempt("2026-03-11", "call", "off", ""), one("on", FutureDay)),
        (&working, attempt("2026-02-28", "call", "off", ""), one("on", DayTooEarly)),
        (&working, attempt("2026-03-01", "call", "off", ""), vec![]),
        (&working, attempt("2026-03-10", "smoke", "off", ""), one("mode", UnknownCode)),
        (&working, attempt("2026-03-10", "call", "asleep", ""), one("result", UnknownCode)),
        (&working, attempt("2026-03-10", "call", "off", &"x".repeat(41)), one("time", TooLong)),
        (&working, attempt("2026-03-10", "call", "off", &"x".repeat(40)), vec![]),
        (&ready, respond("2026-03-10", "call", "s"), vec![]),
        (&ready, respond("2026-03-11", "call", "s"), one("on", FutureDay)),
        (&ready, respond("2026-03-10", "smoke", "s"), one("mode", UnknownCode)),
        (&ready, respond("2026-03-10", "call", ""), one("summary", Required)),
        (&answered, close("2026-03-10", CloseReason::Responded, "", "s_na"), vec![]),
        (&answered, close("2026-03-11", CloseReason::Responded, "", "s_na"), one("on", FutureDay)),
        (&answered, close("2026-03-10", CloseReason::Responded, "", "s9"), one("satisfaction", UnknownCode)),
        (&answered, close("2026-03-10", CloseReason::Responded, &long, "s5"), one("note", TooLong)),
        (&working, close("2026-03-10", CloseReason::Responded, "", "s5"), one("reason", NotOpen)),
        (&working, close("2026-03-10", CloseReason::Withdrawn, "", "s5"), one("note", Required)),
        (&working, close("2026-03-10", CloseReason::Withdrawn, "in her words", "s5"), vec![]),
        (&ready, close("2026-03-10", CloseReason::RespondedPublic, "", "s5"), one("note", Required)),
        (&ready, close("2026-03-10", CloseReason::AnonNoContact, "", "s5"), one("note", Required)),
        (&out, close("2026-03-10", CloseReason::ReferralAck, "", "s5"), one("note", Required)),
        (&working, close("2026-03-10", CloseReason::Unreachable, "", "s5"), vec![]),
        (&answered, close("2026-03-10", CloseReason::Duplicate, "n", "s5"), one("reason", NotOpen)),
        (&answered, close("2026-03-10", CloseReason::Void, "n", "s5"), one("reason", NotOpen)),
        (&answered, close("2026-03-10", CloseReason::IuHandover, "n", "s5"), one("reason", NotOpen)),
        (&working, refer("UNHCR", Consent::Yes, "", "s"), vec![]),
        (&working, refer("", Consent::Yes, "", "s"), one("to", Required)),
        (&working, refer("UNHCR", Consent::Yes, "", ""), one("shared", Required)),
        (&working, refer("UNHCR", Consent::No, "", "s"), one("ground", Required)),
        (&working, refer("UNHCR", Consent::No, "danger", "s"), vec![]),
        (&working, refer("UNHCR", Consent::Yes, &long, "s"), one("ground", TooLong)),
        (&out, referral_received(true), vec![]),
        (&out, Step::ReferralReceived { on: day("2026-03-11"), note: String::new(), person_told: true }, one("on", FutureDay)),
        (&working, merge(&ref_no(), "same"), vec![]),
        (&working, merge("12", "same"), one("into_ref", NotARefNo)),
        (&working, merge(&format!(" {}", ref_no()), "same"), one("into_ref", NotARefNo)),
        (&working, merge(&ref_no(), ""), one("reason", Required)),
        (&shut, reopened(), vec![]),
        (&shut, Step::Reopened { reason: String::new(), requested_by: "p".into() }, one("reason", Required)),
        (&shut, Step::Reopened { reason: "r".into(), requested_by: String::new() }, one("requested_by", Required)),
        (&working, correction(), vec![]),
        (&working, Step::Correction { note: String::new() }, one("note", Required)),
        (&working, Step::Seen {}, vec![]),
    ];
    for (state, step, expected) in table {
        let what = format!("{step:?}");
        assert_eq!(step_problems("ao", state, step), expected, "{}", what.chars().take(120).collect::<String>());
    }
    assert!(step_problems("ame_mgr", &working, voided()).is_empty());
    assert_eq!(step_problems("ame_mgr", &working, Step::Voided { reason: String::new() }), one("reason", Required));
}

#[test]
fn an_extension_reaches_past_one_already_given() {
    let mut life = Life::in_progress(2);
    let of = life.id_of("ao", extension_asked());
    life.act("ame_mgr", Step::ExtensionApproved { of });
    let state = life.state();
    let ask = |until: &str| Step::ExtensionAsked { reason: "r".into(), until: day(until), interim: "i".into() };
    assert_eq!(step_problems("ao", &state, ask("2026-04-01")), one("until", ProblemCode::DayTooEarly));
    assert!(step_problems("ao", &state, ask("2026-04-02")).is_empty());
}

#[test]
fn facts_are_set_cleared_and_checked_like_at_intake() {
    let state = Life::in_progress(2).state();
    let set = |by: &str, doc: DocKind, changes: &[(&str, Option<Fact>)]| {
        let resource = resource(doc, Some(2));
        let document = DocumentId::first(RECORD, doc);
        let known = Known { document, state: KnownState::Case(&state), resource: &resource };
        let facts = changes.iter().map(|(key, fact)| ((*key).to_owned(), fact.clone())).collect();
        desk(by).prepare(&Intent::SetFacts { document, facts }, Some(known))
    };
    let prepared = set("ao", DocKind::Case, &[("place.site", Some(" مخيم ".into())), ("partner", None)]).unwrap();
    assert_eq!(
        edits(&prepared, DocKind::Case),
        [Edit::Clear { key: "partner".into() }, Edit::Put { key: "place.site".into(), fact: "مخيم".into() }]
    );
    assert!(prepared.events.is_empty());
    let prepared = set("ao", DocKind::Case, &[("partner", Some("  ".into()))]).unwrap();
    assert_eq!(edits(&prepared, DocKind::Case), [Edit::Clear { key: "partner".into() }], "blank clears");
    let prepared = set("ao", DocKind::Contact, &[("phone.raw", Some("0933123456".into()))]).unwrap();
    assert_eq!(puts(&prepared, DocKind::Contact).len(), 2, "with its international form");
    let problem = |by: &str, doc: DocKind, key: &str, fact: Option<Fact>| set(by, doc, &[(key, fact)]).err().unwrap_or_default();
    assert_eq!(problem("ao", DocKind::Case, "ref_no", Some(ref_no().into())), one("ref_no", ProblemCode::NotAllowed));
    assert_eq!(problem("pm_focal", DocKind::Case, "partner", Some("x".into())), one("partner", ProblemCode::NotAllowed));
    assert_eq!(problem("ao", DocKind::Case, "colour", Some("x".into())), one("colour", ProblemCode::UnknownField));
    assert_eq!(problem("ao", DocKind::Case, "colour", None), one("colour", ProblemCode::Required));
    assert_eq!(problem("ao", DocKind::Case, "place.adm3", None), one("place.adm3", ProblemCode::Required));
    assert_eq!(problem("ao", DocKind::Case, "who.sex", Some("x".into())), one("who.sex", ProblemCode::UnknownCode));
    assert_eq!(problem("ao", DocKind::Session, "date", Some("2019-01-01".into())), one("date", ProblemCode::AncientDay));
    assert_eq!(problem("ao", DocKind::Session, "date", Some("2028-01-01".into())), one("date", ProblemCode::DayTooLate));
    assert!(problem("ao", DocKind::Session, "date", Some("2026-03-20".into())).is_empty());
    assert_eq!(set("ao", DocKind::Case, &[]), Err(one("", ProblemCode::Nothing)));
    let apart = set("ao", DocKind::Case, &[("place.adm3", Some("SY020405".into())), ("place.adm4", Some(PLACE.into()))]);
    assert_eq!(apart, Err(one("place.adm4", ProblemCode::UnknownPlace)));
    let document = DocumentId::first(RECORD, DocKind::Case);
    let facts = BTreeMap::from([("partner".to_owned(), None)]);
    assert_eq!(desk("ao").prepare(&Intent::SetFacts { document, facts }, None), Err(one("", ProblemCode::UnknownRecord)));
}

#[test]
fn problems_come_sorted_and_once() {
    let problems = desk("receiver").complain(Facts::new()).unwrap_err();
    let mut sorted = problems.clone();
    sorted.sort();
    sorted.dedup();
    assert_eq!(problems, sorted);
    assert!(problems.len() >= 9, "{problems:?}");
    let mut ids: Vec<_> = ProblemCode::ALL.iter().map(|code| code.id()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), ProblemCode::ALL.len());
}

#[test]
fn the_same_intent_makes_the_same_edits_from_the_same_chance() {
    let desk = desk("receiver");
    assert_eq!(desk.complain(complaint()), desk.complain(complaint()));
}
