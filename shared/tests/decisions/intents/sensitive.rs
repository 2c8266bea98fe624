//! What may be sensitive, and whoever did not consent: what is never written.

use super::{session::meeting, *};

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
fn who_would_rather_speak_to_someone_else_leaves_nothing_of_what_was_entered() {
    let form = sensitive(&[("reg.subject_role", Some("project".into())), ("receipt_given", Some(true.into()))]);
    for prefers in ["woman", "specialist"] {
        let rather = intent::rather(&form, prefers, day("2026-02-24"));
        let keys: Vec<&str> = rather.keys().map(String::as_str).collect();
        let kept = ["contact.resp.with", "place.adm3", "reg.day_exact", "reg.may_be_sensitive", "reg.received_on"];
        assert_eq!(keys, kept, "{prefers}");
        let desk = desk("receiver");
        let registered = registered(&desk.complain(rather.clone()).unwrap());
        assert_eq!((registered.level.number(), registered.project), (5, None));
        assert!(!intent::keepable(&rather, &desk.settings).contains_key(intent::PREFERS), "no draft says so");
    }
    // Where the writer is concerned, whom it is about goes on, so that it reaches none of them.
    let form = sensitive(&[("reg.subject_role", Some("me".into()))]);
    let rather = intent::rather(&form, "other", day("2026-02-24"));
    assert!(SECRETS.iter().filter(|(key, _)| *key != "who.sex").all(|(key, _)| !rather.contains_key(*key)));
    let registered = registered(&desk("ame_mgr").complain(rather).unwrap());
    assert_eq!((registered.level.number(), registered.recipients), (4, vec!["cd".into()]));
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

#[test]
fn a_sensitive_paper_out_of_a_box_leaves_no_link_to_its_slip() {
    let paper = changed(
        complaint(),
        &[
            ("intake.channel", Some("box".into())),
            ("consent.record", Some("not_possible".into())),
            (shared::box_opening::CASE_OPENING, Some("00112233445566778899aabbccddeeff".into())),
            (shared::box_opening::CASE_SLIP, Some(4.into())),
        ],
    );
    let entered = desk("receiver").complain(paper.clone()).unwrap();
    assert_eq!(entered.edits.len(), 2, "the case, and that its slip is entered");
    let sensitive = changed(paper, &[("reg.may_be_sensitive", Some(true.into()))]);
    let prepared = desk("receiver").complain(sensitive).unwrap();
    assert!(prepared.edits.iter().all(|(document, _)| document.kind != DocKind::BoxOpening));
    assert!(puts(&prepared, DocKind::Case).keys().all(|key| !key.starts_with("intake.")));
}
