//! Rows and timelines from documents' content and receipts: the same on phone and server.

use crate::{
    fixture::{ADM3, PLACE, day, noon, settings},
    life::{RECORD, classified, closed, correction, followup, proposed, registered, responded, started},
};
use shared::{
    document::content::{Content, EventText, Fact, Standing},
    lifecycle::StepStanding,
    model::{
        codes::{CloseReason, CountKey, EntryType, IdentityMode, Level, Phase, Status, SyncState, Urgency},
        dates::UnixSeconds,
        event::{Event, Step},
        ids::{ChangeHash, DeviceId, EventId},
        order::{Order, Receipt, StepRef},
        record::{DocKind, DocumentId},
        row::{CaseRow, OwnRow, SessionRow},
        ruling::{Refusal, RouteReason, Ruling, Verdict},
    },
    rows::{self, RowContext, Sources, TimelineStep},
    settings::Settings,
};
use std::collections::BTreeMap;

/// A document under construction: each call is one change.
struct Doc {
    content: Content,
    receipts: BTreeMap<ChangeHash, Receipt>,
    outbox: BTreeMap<ChangeHash, u64>,
    settings: Settings,
    changes: u8,
    n: u32,
}

impl Doc {
    fn new() -> Self {
        Self {
            content: Content::default(),
            receipts: BTreeMap::new(),
            outbox: BTreeMap::new(),
            settings: settings(),
            changes: 0,
            n: 0,
        }
    }

    fn change(&mut self, receipted: Option<&str>, by: &str) -> ChangeHash {
        self.changes += 1;
        let change = ChangeHash([self.changes; 32]);
        if let Some(at) = receipted {
            self.n += 1;
            let order = Order { epoch: 1, n: self.n };
            let receipt = Receipt { change, order, at: noon(at), device: DeviceId([7; 10]), user: by.into(), mac: [0; 16] };
            self.receipts.insert(change, receipt);
        } else {
            self.outbox.insert(change, u64::from(self.changes));
        }
        change
    }

    fn put(&mut self, change: ChangeHash, facts: &[(&str, Fact)]) {
        for (key, fact) in facts {
            let standing = Standing { fact: fact.clone(), change };
            self.content.facts.entry((*key).to_owned()).or_default().push(standing);
        }
    }

    /// One change with one event, made at noon of `made` and receipted on `receipted`.
    fn event(&mut self, by: &str, made: &str, receipted: Option<&str>, step: Step) -> EventId {
        let change = self.change(receipted, by);
        let id = EventId([self.changes; 8]);
        let after = rows::case_state(&self.content, &self.sources(), &self.settings).map_or(Vec::new(), |state| state.heads);
        let event = Event { by: by.into(), at: noon(made), after, set: 1, step };
        self.content.events.insert(id, EventText { text: event.to_text(), change, operation: 0 });
        id
    }

    fn rule(&mut self, on: Option<EventId>, verdict: Verdict) {
        self.n += 1;
        let ruling = Ruling { at: noon("2026-03-06"), on, verdict };
        self.content.rulings.insert(Order { epoch: 1, n: self.n }, serde_json::to_string(&ruling).unwrap());
    }

    fn sources(&self) -> Sources<'_> {
        Sources { receipts: &self.receipts, outbox: &self.outbox, own: None }
    }

    fn state(&self) -> shared::lifecycle::CaseState {
        rows::case_state(&self.content, &self.sources(), &self.settings).unwrap()
    }

    fn context(&self) -> RowContext<'_> {
        RowContext { settings: &self.settings, today: day("2026-03-10"), set_aside: false, waiting: false, duplicate_of: None }
    }

    fn row(&self) -> CaseRow {
        rows::case_row(RECORD, &self.content, &self.state(), &self.sources(), &self.context())
    }

    fn session(&self) -> Option<SessionRow> {
        let state = rows::session_state(&self.content, &self.sources(), &self.settings)?;
        rows::session_row(RECORD, &self.content, &state, &self.sources(), &self.context())
    }

    fn is_overcorrected(&self) -> bool {
        let state = rows::session_state(&self.content, &self.sources(), &self.settings).unwrap();
        rows::is_overcorrected(&self.content, &state)
    }

    fn own(&self) -> OwnRow {
        rows::own_row(&self.content, &self.state())
    }
}

fn case(receipted: Option<&str>) -> Doc {
    let mut doc = Doc::new();
    doc.event("receiver", "2026-03-01", receipted, Step::Registered(registered(2, "qual.delay")));
    let change = ChangeHash([1; 32]);
    doc.put(
        change,
        &[
            ("ref_no", "123456789".into()),
            ("place.adm3", ADM3.into()),
            ("place.adm4", PLACE.into()),
            ("project", "P01".into()),
            ("intake.channel", "desk".into()),
            ("intake.identity_mode", "confidential".into()),
            ("who.sex", "f".into()),
            ("who.age_band", "a18_59".into()),
            ("intake.words", "م".repeat(200).into()),
        ],
    );
    doc
}

#[test]
fn a_row_holds_what_the_document_and_the_fold_say() {
    let mut doc = case(Some("2026-03-04"));
    doc.event("ao", "2026-03-04", Some("2026-03-04"), classified(2));
    doc.rule(None, Verdict::Routed { to: "pm_focal".into(), why: RouteReason::ProjectFocal });
    let row = doc.row();
    assert_eq!(row.record, RECORD);
    assert_eq!(row.ref_no, "123456789");
    assert_eq!((row.status, row.level.number()), (Status::Assigned, 2));
    assert_eq!(row.category, Some("qual.delay".into()));
    assert_eq!((row.adm3.as_str(), row.adm4, row.project), (ADM3, Some(PLACE.into()), Some("P01".into())));
    assert_eq!((row.channel, row.sex, row.age_band), (Some("desk".into()), Some("f".into()), Some("a18_59".into())));
    assert_eq!(row.identity_mode, Some(IdentityMode::Confidential));
    assert_eq!(row.excerpt.chars().count(), 120);
    assert_eq!((row.assignee, row.recorded_by.as_str()), (Some("pm_focal".into()), "receiver"));
    assert_eq!((row.received_on, row.due_on), (day("2026-03-01"), Some(day("2026-03-16"))));
    assert_eq!(row.unsynced_days, 3);
    assert_eq!((row.awaiting_ruling, row.conflict, row.sync), (0, false, SyncState::OnServer));
    assert_eq!(row.last_step_at, noon("2026-03-06"));
}

#[test]
fn an_appreciation_is_never_due() {
    let mut doc = case(Some("2026-03-04"));
    assert_eq!(doc.row().presses_on(), Some(day("2026-03-16")));
    let appreciated = Step::Classified {
        entry_type: EntryType::Appreciation,
        category: "pos.thanks".into(),
        level: Level::new(1).unwrap(),
        urgency: Urgency::Monitor,
        reason: "why".into(),
    };
    doc.event("ao", "2026-03-04", Some("2026-03-04"), appreciated);
    assert_eq!((doc.row().due_on, doc.row().presses_on()), (None, None));
}

#[test]
fn the_place_and_project_shown_are_the_documents_not_the_registrations() {
    let mut doc = case(Some("2026-03-01"));
    let change = doc.change(Some("2026-03-02"), "ao");
    doc.content.facts.remove("place.adm3");
    doc.content.facts.remove("project");
    doc.put(change, &[("place.adm3", "SY020405".into())]);
    let row = doc.row();
    assert_eq!((row.adm3.as_str(), row.project), ("SY020405", None));
    doc.content.facts.remove("place.adm3");
    assert_eq!(doc.row().adm3.as_str(), ADM3);
}

#[test]
fn the_way_to_the_server_is_never_shown_further_than_the_receipts_reach() {
    let mut doc = case(None);
    assert_eq!(doc.row().sync, SyncState::OnPhone);
    assert_eq!(doc.row().unsynced_days, 9);
    doc.outbox.clear();
    let mut doc = case(Some("2026-03-01"));
    assert_eq!(doc.row().sync, SyncState::OnServer);
    let waiting = RowContext { waiting: true, ..doc.context() };
    assert_eq!(rows::case_row(RECORD, &doc.content, &doc.state(), &doc.sources(), &waiting).sync, SyncState::OnPhone);
    let aside = RowContext { set_aside: true, ..doc.context() };
    assert_eq!(rows::case_row(RECORD, &doc.content, &doc.state(), &doc.sources(), &aside).sync, SyncState::NeedsAttention);
    doc.event("ao", "2026-03-02", Some("2026-03-02"), Step::Seen {});
    assert_eq!(doc.row().sync, SyncState::Seen);
    doc.event("ao", "2026-03-02", None, followup());
    assert_eq!(doc.row().sync, SyncState::OnPhone, "seen, but a step still waits");
}

#[test]
fn a_refusal_needs_attention_until_someone_who_saw_it_acts() {
    let mut doc = case(Some("2026-03-01"));
    let id = doc.event("ao", "2026-03-02", Some("2026-03-02"), closed("2026-03-02", CloseReason::Responded));
    assert_eq!(doc.row().awaiting_ruling, 1);
    doc.rule(Some(id), Verdict::Refused { why: Refusal::NoResponse });
    assert_eq!((doc.row().sync, doc.row().awaiting_ruling), (SyncState::NeedsAttention, 0));
    doc.rule(None, Verdict::Escalated { to: "ao".into(), day: -5 });
    assert_eq!(doc.row().sync, SyncState::NeedsAttention, "the server's own steps answer nothing");
    doc.event("ao", "2026-03-03", Some("2026-03-03"), followup());
    assert_eq!(doc.row().sync, SyncState::OnServer);
}

#[test]
fn a_refusal_on_a_closed_case_needs_nobody() {
    let mut doc = case(Some("2026-03-01"));
    let first = doc.event("ao", "2026-03-02", Some("2026-03-02"), closed("2026-03-02", CloseReason::Withdrawn));
    doc.rule(Some(first), Verdict::Accepted {});
    let second = doc.event("ao", "2026-03-03", Some("2026-03-03"), closed("2026-03-03", CloseReason::Withdrawn));
    doc.rule(Some(second), Verdict::Refused { why: Refusal::AlreadyClosed });
    let row = doc.row();
    assert_eq!((row.status, row.sync, row.close_reason), (Status::Closed, SyncState::OnServer, Some(CloseReason::Withdrawn)));
    assert_eq!(row.closed_on, Some(day("2026-03-02")));
}

#[test]
fn flags_of_the_fold_need_attention() {
    let mut doc = case(Some("2026-03-01"));
    let known = doc.state().heads;
    doc.event("ao", "2026-03-02", Some("2026-03-02"), classified(3));
    let second = doc.event("ao_assistant", "2026-03-02", Some("2026-03-02"), classified(2));
    let text = doc.content.events.get_mut(&second).unwrap();
    let event = Event { after: known, ..Event::from_text(&text.text).unwrap() };
    text.text = event.to_text();
    assert_eq!(doc.row().sync, SyncState::NeedsAttention);
    let mut doc = case(Some("2026-03-01"));
    doc.event("ao", "2026-03-02", Some("2026-03-02"), responded("2026-03-02"));
    assert_eq!(doc.row().sync, SyncState::NeedsAttention, "answered without approval");
}

#[test]
fn two_values_of_one_fact_are_a_conflict_and_say_who_wrote_each() {
    let mut doc = case(Some("2026-03-01"));
    let theirs = doc.change(Some("2026-03-02"), "ao");
    doc.put(theirs, &[("place.site", "A".into())]);
    assert!(!doc.row().conflict);
    let mine = doc.change(None, "ao_assistant");
    doc.put(mine, &[("place.site", "B".into())]);
    let row = doc.row();
    assert_eq!((row.conflict, row.sync), (true, SyncState::NeedsAttention));
    let me = "ao_assistant".into();
    let sources = Sources { own: Some(&me), ..doc.sources() };
    let id = DocumentId::first(RECORD, DocKind::Case);
    let conflicts = rows::conflicts(id, &doc.content, &sources);
    assert_eq!(conflicts.len(), 1);
    assert_eq!((conflicts[0].key.as_str(), conflicts[0].document), ("place.site", id));
    let who: Vec<_> = conflicts[0].values.iter().map(|(value, by)| (value.fact.clone(), by.user.clone())).collect();
    assert_eq!(who, [("A".into(), Some("ao".into())), ("B".into(), Some("ao_assistant".into()))]);
    let (theirs, mine) = (&conflicts[0].values[0].1, &conflicts[0].values[1].1);
    assert_eq!((theirs.device, theirs.received_at), (Some(DeviceId([7; 10])), Some(noon("2026-03-02"))));
    assert_eq!((mine.device, mine.received_at, mine.order), (None, None, None));
}

#[test]
fn the_timeline_shows_every_event_and_ruling_with_what_became_of_it() {
    let mut doc = case(Some("2026-03-04"));
    doc.event("ao", "2026-03-04", Some("2026-03-04"), classified(2));
    doc.rule(None, Verdict::Routed { to: "pm_focal".into(), why: RouteReason::ProjectFocal });
    let id = doc.event("pm_focal", "2026-03-05", Some("2026-03-06"), closed("2026-03-05", CloseReason::Responded));
    doc.rule(Some(id), Verdict::Refused { why: Refusal::NeedsHigherRole });
    doc.event("pm_focal", "2026-03-07", None, started());
    let lines = rows::timeline(&doc.content, &doc.state().steps, &doc.sources(), &doc.settings, day("2026-03-10"));
    let shown: Vec<_> = lines
        .iter()
        .map(|line| {
            let what = match &line.what {
                TimelineStep::Event(_, event) => event.step.kind(),
                TimelineStep::Ruling(..) => "ruling",
            };
            (what, line.by.user.as_ref().map(ToString::to_string), line.standing, line.unsynced_days)
        })
        .collect();
    let by = |who: &str| Some(who.to_owned());
    assert_eq!(
        shown,
        [
            ("registered", by("receiver"), StepStanding::Counts, 3),
            ("classified", by("ao"), StepStanding::Counts, 0),
            ("ruling", None, StepStanding::Counts, 0),
            ("closed", by("pm_focal"), StepStanding::Refused(Refusal::NeedsHigherRole), 1),
            ("ruling", None, StepStanding::Counts, 0),
            ("started", by("pm_focal"), StepStanding::Counts, 3),
        ]
    );
    assert_eq!(lines[0].by.order, Some(Order { epoch: 1, n: 1 }));
    assert_eq!((lines[2].by.received_at, lines[2].by.order), (Some(noon("2026-03-06")), Some(Order { epoch: 1, n: 3 })));
}

#[test]
fn a_clock_in_the_year_2000_claims_no_unsynced_days() {
    let mut doc = case(Some("2026-03-01"));
    doc.event("ao", "2000-01-01", Some("2026-03-04"), followup());
    doc.event("ao", "2026-03-09", Some("2026-03-04"), followup());
    let lines = rows::timeline(&doc.content, &doc.state().steps, &doc.sources(), &doc.settings, day("2026-03-10"));
    assert_eq!((lines[1].unsynced_days, lines[2].unsynced_days), (0, 0));
    let mut doc = case(Some("2026-03-01"));
    doc.event("ao", "2025-03-04", Some("2026-03-04"), followup());
    doc.event("ao", "2025-03-03", Some("2026-03-04"), followup());
    let lines = rows::timeline(&doc.content, &doc.state().steps, &doc.sources(), &doc.settings, day("2026-03-10"));
    assert_eq!((lines[1].unsynced_days, lines[2].unsynced_days), (365, 0));
}

#[test]
fn what_this_version_can_not_read_is_left_out_and_the_rest_stands() {
    let mut doc = case(Some("2026-03-01"));
    let change = doc.change(Some("2026-03-02"), "ao");
    let later = EventText { text: r#"{"k":"from_2031"}"#.into(), change, operation: 0 };
    doc.content.events.insert(EventId([0xee; 8]), later);
    doc.content.rulings.insert(Order { epoch: 1, n: 9 }, r#"{"at":1,"r":"from_2031"}"#.into());
    let state = doc.state();
    assert_eq!((state.steps.len(), state.status), (1, Status::Registered));
    assert_eq!(rows::timeline(&doc.content, &state.steps, &doc.sources(), &doc.settings, day("2026-03-10")).len(), 1);
    doc.content.events.retain(|id, _| *id == EventId([0xee; 8]));
    assert!(rows::case_state(&doc.content, &doc.sources(), &doc.settings).is_none());
}

#[test]
fn changes_without_a_receipt_come_in_the_outboxs_order_and_unknown_ones_last() {
    let mut doc = case(Some("2026-03-01"));
    let first = doc.event("ao", "2026-03-02", None, followup());
    let second = doc.event("ao", "2026-03-02", None, correction());
    let third = doc.event("ao", "2026-03-02", None, followup());
    let change = |doc: &Doc, id: EventId| doc.content.events[&id].change;
    let (a, b, c) = (change(&doc, first), change(&doc, second), change(&doc, third));
    doc.outbox = BTreeMap::from([(a, 9), (b, 2)]);
    let order: Vec<StepRef> = doc.state().steps.iter().skip(1).map(|step| step.step).collect();
    assert_eq!(order, [second, first, third].map(StepRef::Event));
    assert!(!doc.outbox.contains_key(&c));
}

#[test]
fn an_author_keeps_number_day_and_state_only() {
    let mut doc = case(Some("2026-03-01"));
    let own = |state: &str| OwnRow { ref_no: "123456789".into(), received_on: "2026-03-01".into(), state: state.into() };
    assert_eq!(doc.own(), own("received"));
    doc.event("ao", "2026-03-02", Some("2026-03-02"), classified(2));
    let of = doc.event("ao", "2026-03-02", Some("2026-03-02"), proposed());
    doc.event("ao", "2026-03-02", Some("2026-03-02"), Step::AnswerApproved { of });
    doc.event("ao", "2026-03-02", Some("2026-03-02"), responded("2026-03-02"));
    assert_eq!(doc.own(), own("answered"));
    let id = doc.event("ao", "2026-03-02", Some("2026-03-02"), closed("2026-03-02", CloseReason::Responded));
    doc.rule(Some(id), Verdict::Accepted {});
    assert_eq!(doc.own(), own("closed"));
    doc.rule(None, Verdict::RefNoReissued { ref_no: "987654321".into() });
    assert_eq!((doc.own().ref_no.as_str(), doc.row().ref_no.as_str()), ("987654321", "987654321"));

    // Its author may be among those it excludes.
    doc.content
        .events
        .values_mut()
        .for_each(|event| event.text = event.text.replace(r#""subject_role":"none""#, r#""subject_role":"acct""#));
    assert_eq!(doc.own().state, "received");

    let mut sealed = Doc::new();
    let mut header = registered(5, "ser.sea");
    (header.category, header.entry_type, header.subject_role) = (None, None, None);
    sealed.event("receiver", "2026-03-01", Some("2026-03-01"), Step::Registered(header));
    assert_eq!(sealed.own().state, "received");
}

fn session() -> Doc {
    let mut doc = Doc::new();
    doc.event("receiver", "2026-03-01", Some("2026-03-01"), Step::SessionRegistered { planned: true });
    let change = ChangeHash([1; 32]);
    doc.put(
        change,
        &[
            ("date", "2026-03-02".into()),
            ("phase", "during".into()),
            ("place.adm3", ADM3.into()),
            ("place.venue", "tent".into()),
            ("method", "group".into()),
            ("project.P01", true.into()),
            ("project.P02", false.into()),
            ("count_quality", "exact".into()),
        ],
    );
    doc
}

#[test]
fn a_sessions_row_holds_its_counts_and_says_what_was_estimated() {
    let mut doc = session();
    let row = doc.session().unwrap();
    assert_eq!((row.planned, row.total, row.approximate, row.void), (true, 0, false, false));
    doc.content.counts = BTreeMap::from([(CountKey::F18To59, 12), (CountKey::MUnder18, 3)]);
    let row = doc.session().unwrap();
    assert_eq!((row.date, row.phase, row.projects), (day("2026-03-02"), Phase::During, vec!["P01".into()]));
    assert_eq!((row.counts, row.total, row.planned), ([0, 3, 12, 0, 0, 0, 0], 15, false));
    assert_eq!((row.venue.as_str(), row.method, row.adm4), ("tent", Some("group".into()), None));
    assert_eq!((row.recorded_by.as_str(), row.sync, row.conflict), ("receiver", SyncState::OnServer, false));
    let counts = BTreeMap::from([(CountKey::Unknown, 40)]);
    doc.event("ao", "2026-03-02", Some("2026-03-02"), Step::Estimated { side: "all".into(), counts, with_disability: None });
    let row = doc.session().unwrap();
    assert_eq!((row.total, row.approximate), (40, true));
    let mut doc = session();
    doc.content.facts.get_mut("count_quality").unwrap()[0].fact = "approx".into();
    assert!(doc.session().unwrap().approximate);
}

#[test]
fn a_count_from_which_two_people_took_off_the_same_shows_nobody_and_wants_attention() {
    let mut doc = session();
    doc.content.counts = BTreeMap::from([(CountKey::F18To59, 12), (CountKey::M60, 0)]);
    assert_eq!((doc.session().unwrap().sync, doc.is_overcorrected()), (SyncState::OnServer, false));
    doc.content.counts = BTreeMap::from([(CountKey::F18To59, 12), (CountKey::M60, -4)]);
    let row = doc.session().unwrap();
    assert_eq!((row.counts, row.total, row.sync), ([0, 0, 12, 0, 0, 0, 0], 12, SyncState::NeedsAttention));
    assert!(doc.is_overcorrected());
}

#[test]
fn a_session_without_day_phase_or_place_has_no_row() {
    for key in ["date", "phase", "place.adm3"] {
        let mut doc = session();
        doc.content.facts.remove(key);
        assert!(doc.session().is_none(), "{key}");
    }
    for (key, value) in [("date", "soon"), ("phase", "later")] {
        let mut doc = session();
        doc.content.facts.get_mut(key).unwrap()[0].fact = value.into();
        assert!(doc.session().is_none(), "{key}");
    }
    let mut doc = session();
    doc.put(ChangeHash([9; 32]), &[("place.venue", "other".into())]);
    let row = doc.session().unwrap();
    assert_eq!((row.conflict, row.sync), (true, SyncState::NeedsAttention));
    doc.content.facts.get_mut("place.venue").unwrap().pop();
    let change = doc.change(None, "ao");
    doc.put(change, &[("topic.right", true.into())]);
    assert_eq!(doc.session().unwrap().sync, SyncState::OnPhone);
    assert_eq!(noon("2026-03-01"), UnixSeconds(1_772_355_600));
}
