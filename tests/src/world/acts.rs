//! What people do with their phones, honestly: only what the app offers them. And how exchanges with the server fare.

use super::{World, forms, ledger::Promised, link::Fate, phone::Phone, together::seat};
use mobile::{
    protocol::{Answer, CaseDetail, CaseQuery, CaseView, FailureCode, Request, SessionQuery},
    replica::link::LinkError,
};
use shared::{
    box_opening::{CASE_OPENING, CASE_SLIP, entered_key},
    document::content::Fact,
    entropy::{Entropy, Seeded},
    intent::Intent,
    model::{
        codes::CountKey,
        ids::RecordId,
        record::{DocKind, DocumentId},
        role::Role,
        row::{CaseRow, SessionRow},
    },
    sync::sign_in::CallRefusal,
};
use std::collections::BTreeMap;

impl World {
    /// One person does something.
    pub(super) fn act(&mut self, i: usize) {
        let intent = match (self.phones[i].role, self.chance.below(100)) {
            (Role::Receiver, 0..38) | (Role::Ao, 0..15) => Some(self.complaint(i)),
            (Role::Receiver, 38..45) => Some(self.session(i)),
            (Role::Receiver, 45..50) => {
                self.meet(i);
                None
            }
            (Role::Receiver, 50..60) => Some(self.change_plan(i).unwrap_or_else(|| self.plan(i))),
            (Role::Receiver, 60..72) | (Role::Ao, 25..29) => self.open_box(i),
            (Role::Receiver, 72..78) => self.settle(i),
            (Role::Receiver, _) | (Role::Ao, 15..25) => self.count(i),
            (_, 29..45) => self.correct(i),
            _ => self.step_on_case(i),
        };
        if let Some(intent) = intent {
            self.do_it(i, &intent);
        }
    }

    pub(super) fn complaint(&mut self, i: usize) -> Intent {
        let record = RecordId::random(&mut self.chance);
        Intent::RecordComplaint { record, facts: forms::complaint(&mut self.chance, self.phones[i].today()) }
    }

    fn count(&mut self, i: usize) -> Option<Intent> {
        let rows = sessions(&mut self.phones[i]);
        let row = choose(&mut self.chance, &rows)?;
        let record = row.record;
        let counted = CountKey::ALL.iter().zip(row.counts).find(|(_, count)| *count > 2);
        match counted {
            Some((key, _)) if self.chance.below(4) == 0 => {
                Some(Intent::CorrectCount { record, key: *key, delta: -1, reason: "counted twice".into() })
            }
            _ => Some(Intent::CountParticipants { record, counts: forms::counts(&mut self.chance) }),
        }
    }

    fn look_at_case(&mut self, i: usize) -> Option<Box<CaseDetail>> {
        let rows = cases(&mut self.phones[i]);
        // Often the first, so that people meet on one case.
        let record = if self.chance.below(2) == 0 { rows.first()? } else { choose(&mut self.chance, &rows)? }.record;
        match self.phones[i].ask(Request::Case(record)) {
            Answer::Case(detail) => Some(detail),
            // Rights went with the settings that came; the documents go with the next frame.
            _ => None,
        }
    }

    fn correct(&mut self, i: usize) -> Option<Intent> {
        let detail = self.look_at_case(i)?;
        let document = DocumentId::first(detail.row.record, DocKind::Case);
        if let Some(conflict) = detail.conflicts.first() {
            let value = conflict.values.last()?.0.fact.clone();
            if detail.may_put.contains(&conflict.key) {
                return Some(Intent::SetFacts {
                    document: conflict.document,
                    facts: [(conflict.key.clone(), Some(value))].into(),
                });
            }
        }
        let facts = forms::correction(&mut self.chance, &detail.may_put);
        (!facts.is_empty()).then_some(Intent::SetFacts { document, facts })
    }

    fn step_on_case(&mut self, i: usize) -> Option<Intent> {
        let detail = self.look_at_case(i)?;
        let kind = choose(&mut self.chance, &detail.may)?.clone();
        if kind.starts_with("sealed_") {
            let (deed, words) = forms::sealed_deed(&mut self.chance, &kind, detail.row.level)?;
            return Some(Intent::SealedStep { record: detail.row.record, on: self.phones[i].today(), deed, words });
        }
        let step = forms::step(&mut self.chance, &kind, &detail, self.phones[i].today())?;
        Some(Intent::AddStep { record: detail.row.record, doc: DocKind::Case, step })
    }

    /// Does it, now and then with the power failing meanwhile, and notes what was acknowledged: then answers the document.
    pub(super) fn do_it(&mut self, i: usize, intent: &Intent) -> Option<DocumentId> {
        let mut dies = self.chance.below(12) == 0;
        if dies {
            // After a month without contact a cold start shows nothing: what was written when the power failed could not be seen.
            self.phones[i].restart();
            dies = !is_shut(&mut self.phones[i]);
        }
        let before = counted_in(&mut self.phones[i], intent);
        if dies {
            let steps = u32::try_from(1 + self.chance.below(3_000)).unwrap();
            self.phones[i].replica().cut_power_after(steps).expect("the power can be cut");
        }
        let answer = self.phones[i].ask(Request::Do(intent.clone()));
        if dies {
            if self.phones[i].replica().power_is_cut() {
                self.tally.restarts_mid_transaction += 1;
            }
            self.phones[i].restart();
        }
        match answer {
            Answer::Saved(saved) => {
                self.tally.saved += 1;
                return Some(self.note(i, intent, saved.event));
            }
            // No answer reached the person: it may be there or not. Counts must be exact, so see.
            Answer::Failed(_) if dies => {
                if let Some((record, before)) = before {
                    let after = counts_of(&mut self.phones[i], record);
                    let added = after.iter().map(|(key, n)| (*key, n - before.get(key).copied().unwrap_or(0))).collect();
                    self.ledger.count(record, &added);
                }
            }
            // A clock that is years off makes days of the form ancient or yet to come: the app says so, nothing is promised.
            Answer::Failed(failure) => assert!(
                self.phones[i].clock_off() != 0 || failure.code != mobile::protocol::FailureCode::Internal,
                "seed {}: {} can't do {intent:?}: {failure:?}",
                self.seed,
                self.phones[i].login
            ),
            other => panic!("seed {}: {other:?}", self.seed),
        }
        None
    }

    fn note(&mut self, i: usize, intent: &Intent, event: Option<shared::model::ids::EventId>) -> DocumentId {
        let to = self.phones[i].login;
        let seals = self.seals(i, intent);
        let (record, doc) = match intent {
            Intent::RecordComplaint { record, .. } | Intent::SealedStep { record, .. } | Intent::Reseal { record } => {
                (*record, DocKind::Case)
            }
            Intent::AddStep { record, doc, .. } => (*record, *doc),
            Intent::OpenBox { record, .. } => (*record, DocKind::BoxOpening),
            Intent::SetFacts { document, .. } => (document.record, document.kind),
            Intent::RecordSession { record, facts, .. } => (seat(*record, facts, to), DocKind::Session),
            Intent::JoinSession { record, .. }
            | Intent::CountParticipants { record, .. }
            | Intent::CorrectCount { record, .. } => (*record, DocKind::Session),
        };
        let document = self.phones[i].newest(record, doc);
        if let Some(event) = event {
            self.ledger.promise(to, document, Promised::Event(event));
        }
        if let Some(words) = seals {
            self.ledger.promise(to, DocumentId::first(record, DocKind::Sealed), Promised::Told(words));
        }
        match intent {
            Intent::RecordComplaint { facts, .. } if !self.is_sensitive(facts) => {
                if let (Some(opening), Some(Fact::Number(slip))) = (facts.get(CASE_OPENING), facts.get(CASE_SLIP)) {
                    let opening = opening.as_text().and_then(|record| record.parse().ok()).expect("an opening's record");
                    let entered = Promised::Fact(entered_key(*slip), Fact::Flag(true));
                    self.ledger.promise(to, DocumentId::first(opening, DocKind::BoxOpening), entered);
                }
                for key in ["intake.words", "place.adm3", "who.sex"] {
                    self.ledger.promise(to, document, Promised::Fact(key.into(), facts[key].clone()));
                }
                if let Some(phone) = facts.get("contact.phone.raw") {
                    let contact = DocumentId::first(record, DocKind::Contact);
                    self.ledger.promise(to, contact, Promised::Fact("phone.raw".into(), phone.clone()));
                }
            }
            Intent::SetFacts { facts, .. } => {
                for (key, fact) in facts {
                    // The same value once more is no change.
                    if let Some(fact) = fact {
                        self.ledger.promise(to, document, Promised::Fact(key.clone(), fact.clone()));
                    }
                    self.tally.scope_moves += u64::from(key == "place.adm3" || key == "project");
                }
            }
            Intent::RecordSession { facts, counts, .. } => {
                self.ledger.promise(to, document, Promised::Fact("place.venue".into(), facts["place.venue"].clone()));
                self.ledger.count(record, counts);
            }
            Intent::CountParticipants { counts, .. } => self.ledger.count(record, counts),
            Intent::CorrectCount { key, delta, .. } => self.ledger.count(record, &[(*key, *delta)].into()),
            Intent::RecordComplaint { .. }
            | Intent::AddStep { .. }
            | Intent::JoinSession { .. }
            | Intent::OpenBox { .. }
            | Intent::SealedStep { .. }
            | Intent::Reseal { .. } => {}
        }
        document
    }

    /// A phone talks with the server, as far as it gets.
    pub(super) fn exchange(&mut self, i: usize) {
        if let Some(late) = self.phones[i].slow.take() {
            self.phones[i].replica().sync_finish(late);
        }
        if let Some(echo) = self.phones[i].echo.take() {
            // What comes of it is nobody's; it must change nothing.
            drop(self.site.call(self.now(), &echo));
            self.tally.cuts += 1;
        }
        for _ in 0..=self.chance.below(3) {
            if !self.call_once(i) {
                break;
            }
        }
        self.phones[i].renew_if_expired(&mut self.site);
    }

    /// One call; false when the phone has nothing to say or the exchange went wrong.
    fn call_once(&mut self, i: usize) -> bool {
        self.phones[i].ask(Request::SyncNow);
        let Some(outgoing) = self.phones[i].replica().sync_begin() else { return false };
        let now = self.now();
        let fate = Fate::draw(&mut self.chance);
        self.tally.cuts += u64::from(!matches!(fate, Fate::Through | Fate::ServerDies | Fate::PhoneDies));
        let result = match fate {
            Fate::LostUp => Err(LinkError::Offline),
            Fate::LostDown => {
                drop(self.site.call(now, &outgoing));
                Err(LinkError::Offline)
            }
            Fate::ServerDies => {
                let statements = u32::try_from(self.chance.below(60)).unwrap();
                self.site.call_and_cut_power(now, &outgoing, statements, &mut self.tally)
            }
            Fate::Twice => {
                drop(self.site.call(now, &outgoing));
                self.site.call(now, &outgoing)
            }
            Fate::Hundredfold => {
                self.tally.hundredfold += 1;
                for _ in 1..100 {
                    drop(self.site.call(now, &outgoing));
                }
                self.site.call(now, &outgoing)
            }
            Fate::Garbled => self.site.call(now, &outgoing).map(|mut bytes| {
                bytes.truncate(bytes.len() / 2);
                bytes
            }),
            Fate::Through | Fate::Slow | Fate::Echo | Fate::PhoneDies => self.site.call(now, &outgoing),
        };
        match fate {
            Fate::Slow => {
                self.phones[i].slow = Some(result);
                return false;
            }
            Fate::Echo => self.phones[i].echo = Some(outgoing),
            Fate::PhoneDies => {
                let steps = u32::try_from(1 + self.chance.below(4_000)).unwrap();
                self.phones[i].replica().cut_power_after(steps).expect("the power can be cut");
                self.phones[i].replica().sync_finish(result);
                self.tally.restarts_mid_transaction += u64::from(self.phones[i].replica().power_is_cut());
                self.phones[i].restart();
                return false;
            }
            _ => {}
        }
        let went_through = result.is_ok();
        self.tally.exchanges += u64::from(went_through);
        self.phones[i].replica().sync_finish(result);
        went_through
    }

    /// Syncs over a good line until the phone has nothing more to say; whether that took more than asking for news.
    pub(super) fn sync_fully(&mut self, i: usize) -> bool {
        // A slow answer may have said so only now.
        self.phones[i].renew_if_expired(&mut self.site);
        self.phones[i].ask(Request::SyncNow);
        let mut calls = 0;
        while let Some(outgoing) = self.phones[i].replica().sync_begin() {
            let result = self.site.call(self.now(), &outgoing);
            if result == Err(LinkError::Refused(CallRefusal::TokenExpired)) {
                self.phones[i].replica().sync_finish(result);
                self.phones[i].renew_if_expired(&mut self.site);
                self.phones[i].ask(Request::SyncNow);
                continue;
            }
            assert!(result.is_ok(), "seed {}: {} is answered {result:?} on a good line", self.seed, self.phones[i].login);
            self.phones[i].replica().sync_finish(result);
            calls += 1;
            assert!(calls < 300, "seed {}: {} goes round in circles", self.seed, self.phones[i].login);
        }
        calls > 1
    }

    /// A phone's files are copied, work goes on and is synced; then the phone breaks and the copy takes its place. Its next
    /// change of a document it had changed meanwhile repeats a number of its actor with other content.
    pub(super) fn relapse(&mut self, i: usize) {
        self.phones[i].mend();
        self.sync_fully(i);
        self.phones[i].copy_files();
        let Some(intent) = self.write_somewhere(i) else { return };
        let Some(document) = self.do_it(i, &intent) else { return };
        self.sync_fully(i);
        if !self.phones[i].has_nothing_waiting() {
            return;
        }
        self.phones[i].restore_files();
        // The very same count again too: whoever counts the same number twice means it twice.
        let again = match &intent {
            Intent::CountParticipants { .. } if self.chance.below(2) == 0 => {
                self.tally.recounts += 1;
                Some(intent)
            }
            _ => self.write_in(i, document),
        };
        if let Some(again) = again {
            self.do_it(i, &again);
        }
    }

    /// Two officers correct one fact of one case, neither having heard of the other.
    pub(super) fn clash(&mut self) {
        let (one, other) = (self.pick(3), self.pick(3));
        let (mine, theirs) = (cases(&mut self.phones[one]), cases(&mut self.phones[other]));
        let both: Vec<CaseRow> = mine.into_iter().filter(|row| theirs.iter().any(|their| their.record == row.record)).collect();
        let Some(record) = choose(&mut self.chance, &both).map(|row| row.record) else { return };
        let document = DocumentId::first(record, DocKind::Case);
        for i in [one, other] {
            if let Some(intent) = self.write_in(i, document) {
                self.do_it(i, &intent);
            }
        }
    }

    /// Some intent on a document this phone holds and may write.
    fn write_somewhere(&mut self, i: usize) -> Option<Intent> {
        let rows = cases(&mut self.phones[i]);
        if let Some(row) = choose(&mut self.chance, &rows) {
            return self.write_in(i, DocumentId::first(row.record, DocKind::Case));
        }
        let rows = sessions(&mut self.phones[i]);
        let record = choose(&mut self.chance, &rows)?.record;
        self.write_in(i, DocumentId::first(record, DocKind::Session))
    }

    /// A correction of a case's site, or more people at a session.
    fn write_in(&mut self, i: usize, document: DocumentId) -> Option<Intent> {
        if document.kind == DocKind::Session {
            let counts = forms::counts(&mut self.chance);
            return Some(Intent::CountParticipants { record: document.record, counts });
        }
        let Answer::Case(detail) = self.phones[i].ask(Request::Case(document.record)) else { return None };
        let site = forms::words(&mut self.chance);
        let key = "place.site".to_owned();
        detail.may_put.contains(&key).then(|| Intent::SetFacts { document, facts: [(key, Some(site.into()))].into() })
    }
}

/// The session that an intent counts in, with its counts before.
fn counted_in(phone: &mut Phone, intent: &Intent) -> Option<(RecordId, BTreeMap<CountKey, i64>)> {
    match intent {
        Intent::RecordSession { record, facts, .. } => {
            let record = seat(*record, facts, phone.login);
            Some((record, counts_of(phone, record)))
        }
        Intent::CountParticipants { record, .. } | Intent::CorrectCount { record, .. } => {
            Some((*record, counts_of(phone, *record)))
        }
        _ => None,
    }
}

fn is_shut(phone: &mut Phone) -> bool {
    let answer = phone.ask(Request::Sessions(SessionQuery { limit: 1, ..SessionQuery::default() }));
    matches!(answer, Answer::Failed(failure) if failure.code == FailureCode::Shut)
}

fn counts_of(phone: &mut Phone, session: RecordId) -> BTreeMap<CountKey, i64> {
    match phone.ask(Request::Session(session)) {
        Answer::Session(detail) => CountKey::ALL.iter().copied().zip(detail.row.counts).collect(),
        _ => BTreeMap::new(),
    }
}

pub(super) fn cases(phone: &mut Phone) -> Vec<CaseRow> {
    match phone.ask(Request::Cases(CaseQuery { view: CaseView::All, limit: 200, ..CaseQuery::default() })) {
        Answer::Cases(page) => page.rows,
        // After a month without contact it shows nothing before the next.
        Answer::Failed(failure) if failure.code == FailureCode::Shut => Vec::new(),
        other => panic!("{}: {other:?}", phone.login),
    }
}

pub(super) fn sessions(phone: &mut Phone) -> Vec<SessionRow> {
    match phone.ask(Request::Sessions(SessionQuery { limit: 200, ..SessionQuery::default() })) {
        Answer::Sessions { rows, .. } => rows,
        Answer::Failed(failure) if failure.code == FailureCode::Shut => Vec::new(),
        other => panic!("{}: {other:?}", phone.login),
    }
}

pub(super) fn choose<'a, T>(chance: &mut Seeded, of: &'a [T]) -> Option<&'a T> {
    of.get(usize::try_from(chance.below(of.len().max(1) as u64)).unwrap())
}
