//! Complaints: the minimum intake, identity and consent, and the split into documents.

use super::*;

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

#[test]
fn a_call_that_dropped_is_kept_as_far_as_it_came_and_invents_nothing() {
    let said = facts(&[
        ("reg.received_on", "2026-03-01".into()),
        ("place.adm3", ADM3.into()),
        ("contact.phone.raw", "٠٩٣٣١٢٣٤٥٦".into()),
        ("intake.words", "قالت إن السلة".into()),
        (intent::DROPPED, true.into()),
    ]);
    let prepared = desk("receiver").complain(said.clone()).unwrap();
    let entry = registered(&prepared);
    assert_eq!(entry.entry_type, Some(shared::model::codes::EntryType::Incomplete));
    assert_eq!((entry.category, entry.subject_role), (Some("unclear".into()), Some(SubjectRole::Unknown)));
    let root = puts(&prepared, DocKind::Case);
    for (key, value) in [
        ("consent.record", "not_possible"),
        ("intake.channel", "hotline"),
        ("intake.identity_mode", "anon_contact"),
        ("who.sex", "unk"),
        ("who.age_band", "a_unk"),
        ("intake.words", "قالت إن السلة"),
    ] {
        assert_eq!(root[key], value.into(), "{key}");
    }
    assert_eq!(puts(&prepared, DocKind::Contact)["phone.e164"], "+963933123456".into());
    // Nothing at all was said yet: still kept, without anybody to call.
    let silent = changed(said.clone(), &[("contact.phone.raw", None), ("intake.words", None)]);
    assert_eq!(puts(&desk("receiver").complain(silent).unwrap(), DocKind::Case)["intake.identity_mode"], "anon".into());
    // What was entered stays: consent given stays given, and a name without a way of being known is for the team only.
    let named = changed(
        said.clone(),
        &[
            ("consent.record", Some("yes".into())),
            ("contact.name", Some("أم خالد".into())),
            ("reg.category", Some("qual.delay".into())),
        ],
    );
    let prepared = desk("receiver").complain(named).unwrap();
    let root = puts(&prepared, DocKind::Case);
    assert_eq!((&root["consent.record"], &root["intake.identity_mode"]), (&"yes".into(), &"confidential".into()));
    assert_eq!(registered(&prepared).category, Some("qual.delay".into()));
    // Without a place nobody would ever see it.
    assert_eq!(
        desk("receiver").complain(changed(said, &[("place.adm3", None)])).err(),
        Some(one("place.adm3", ProblemCode::Required))
    );
}
