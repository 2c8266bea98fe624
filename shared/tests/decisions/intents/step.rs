//! Steps and facts of a known case.

use super::*;

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
        Step::Responded { on: day(on), mode: mode.into(), summary: summary.into(), reached, understood, accepts, of: None }
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
