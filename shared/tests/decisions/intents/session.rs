//! Sessions: registering, counting, correcting, estimating.

use super::*;

pub(super) fn meeting() -> Facts {
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
    pub(super) fn register(&self, facts: Facts, counts: &[(CountKey, i64)]) -> Result<Prepared, Problems> {
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
    let counted = BTreeMap::from([(CountKey::F60, 3), (CountKey::M60, -4)]);
    let known = Known { document, state: KnownState::Session(&state, &counted), resource: &resource };
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
    let on_void = Known { state: KnownState::Session(&void, &counted), ..known };
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
    assert_eq!(correct(-4, "x", Some(known)), Err(one("count.f_60", ProblemCode::BelowZero)));
    assert_eq!(correct(-1_000_000, "x", Some(known)), Err(one("count.f_60", ProblemCode::BelowZero)));
    assert!(correct(1_000_000, "x", Some(known)).is_ok());
    let outsider = Resource { in_scope: false, ..resource.clone() };
    let outside = Known { resource: &outsider, ..known };
    assert_eq!(correct(1, "x", Some(outside)), Err(one("", ProblemCode::NotAllowed)));
    assert_eq!(count(&[(CountKey::F60, 1)], Some(outside)), Err(one("", ProblemCode::NotAllowed)));
}

#[test]
fn what_two_phones_took_off_at_once_is_made_good_by_the_next_correction() {
    let state = session_state(false);
    let document = DocumentId::first(RECORD, DocKind::Session);
    let resource = resource(DocKind::Session, None);
    let counted = BTreeMap::from([(CountKey::M60, -4)]);
    let known = Known { document, state: KnownState::Session(&state, &counted), resource: &resource };
    let correct = |delta: i64| {
        let intent = Intent::CorrectCount { record: RECORD, key: CountKey::M60, delta, reason: "counted again".into() };
        desk("ao").prepare(&intent, Some(known))
    };
    // The page shows 0, the person says 5: that is what must stand.
    let prepared = correct(5).unwrap();
    assert_eq!(edits(&prepared, DocKind::Session)[1], Edit::Increment { key: CountKey::M60, by: 9 });
    let step = events(&prepared, DocKind::Session).remove(0).1.step;
    assert_eq!(step, Step::Corrected { key: CountKey::M60, delta: 9, reason: "counted again".into() });
    assert_eq!(correct(-1), Err(one("count.m_60", ProblemCode::BelowZero)));
    assert!(correct(999_996).is_ok());
    assert_eq!(correct(999_997), Err(one("count.m_60", ProblemCode::OutOfRange)));
}

#[test]
fn an_estimate_is_for_a_side_of_somebody() {
    let state = session_state(false);
    let resource = resource(DocKind::Session, None);
    let document = DocumentId::first(RECORD, DocKind::Session);
    let counted = BTreeMap::new();
    let known = Known { document, state: KnownState::Session(&state, &counted), resource: &resource };
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
