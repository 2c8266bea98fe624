//! One person after the other at a distribution: the short form's minimum is the record's, and nobody is made known beyond what they gave.

use super::*;
use shared::intent::burst;

fn set_up() -> Facts {
    facts(&[
        ("reg.received_on", "2026-03-01".into()),
        ("intake.channel", "desk".into()),
        ("place.adm3", ADM3.into()),
        ("project", "P01".into()),
    ])
}

fn told(more: &[(&str, Fact)]) -> Facts {
    let mut form = burst::next_person(&set_up());
    form.extend(facts(&[
        ("consent.record", "yes".into()),
        ("reg.category", "info.schedule".into()),
        ("reg.subject_role", "none".into()),
        ("who.sex", "f".into()),
        ("who.age_band", "a18_59".into()),
    ]));
    form.extend(facts(more));
    burst::know_by_what_is_given(&mut form);
    form
}

#[test]
fn the_next_form_begins_with_where_and_how_and_nothing_of_the_person_before() {
    let mut before = told(&[("contact.name", "أم خالد".into()), ("intake.words", "تأخرت".into())]);
    before.insert("receipt_given".into(), true.into());
    let next = burst::next_person(&before);
    let keys: Vec<_> = next.keys().map(String::as_str).collect();
    assert_eq!(keys, ["intake.channel", "place.adm3", "project", "reg.day_exact", "reg.received_on"]);
}

#[test]
fn how_a_person_is_known_follows_from_what_they_gave_and_each_form_is_accepted() {
    let name = ("contact.name", Fact::from("أم خالد"));
    let phone = ("contact.phone.raw", Fact::from("0933123456"));
    let yes = ("consent.share", Fact::from("yes"));
    for (given, mode) in [
        (vec![], "anon"),
        (vec![phone.clone()], "anon_contact"),
        (vec![name.clone()], "confidential"),
        (vec![name.clone(), phone.clone()], "confidential"),
        (vec![name.clone(), yes.clone()], "identified"),
        (vec![yes], "anon"),
    ] {
        let form = told(&given);
        assert_eq!(form["intake.identity_mode"], mode.into(), "{given:?}");
        assert_eq!(form.contains_key("consent.contact"), given.contains(&phone), "{given:?}");
        let said = form.get("consent.share").and_then(Fact::as_text);
        let expected = given.contains(&name).then_some(if mode == "identified" { "yes" } else { "no" });
        assert_eq!(said, expected, "{given:?}");
        desk("receiver").complain(form).unwrap();
    }
}

#[test]
fn the_short_form_lacks_exactly_what_the_record_would_refuse() {
    let settings = settings();
    let whole = told(&[]);
    assert!(burst::lacking(&whole, &settings).is_empty());
    for key in ["reg.category", "reg.subject_role", "who.sex", "who.age_band", "place.adm3", "intake.channel", "reg.received_on"]
    {
        let form = changed(whole.clone(), &[(key, None)]);
        assert_eq!(burst::lacking(&form, &settings), [key]);
        let problems = desk("receiver").complain(form).unwrap_err();
        assert!(problems.iter().any(|(field, _)| field == key), "{key}: {problems:?}");
    }
    let wordy = told(&[("reg.category", "unclear".into())]);
    assert_eq!(burst::lacking(&wordy, &settings), ["intake.words"]);
    assert_eq!(burst::lacking(&changed(whole, &[("consent.record", None)]), &settings), ["consent.record"]);
}
