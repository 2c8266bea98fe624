//! What must hold once the world has come to rest. Asks the server's and the phones' stores, never what they say of themselves,
//! and works out who may hold what from the documents alone.

use super::{
    World,
    acts::{cases, sessions},
    ledger::{Promise, Promised},
    place::Site,
    sealed::{Opened, OpenedCase},
};
use mobile::{
    protocol::{Answer, Request},
    replica::inspect::Holding,
};
use server::storage::{StorageError, documents::StoredChange};
use shared::{
    document::{
        change::Change,
        content::{Content, Fact},
        fold::fold,
    },
    lifecycle::{CaseState, SessionState},
    model::{
        codes::{CountKey, SubjectRole},
        ids::{ChangeHash, Pcode, ProjectCode, RecordId, UserId},
        order::Receipt,
        record::{Class, DocKind, DocumentId},
    },
    policy::{self, Action, RecordFacts},
    rows::{self, RowContext, Sources},
    settings::Settings,
};
use std::collections::{BTreeMap, BTreeSet};

/// One document as the server stores it.
pub(super) struct Stored {
    changes: Vec<StoredChange>,
    pub(super) content: Content,
    receipts: BTreeMap<ChangeHash, Receipt>,
}

pub(super) type Documents = BTreeMap<DocumentId, Stored>;

impl World {
    /// Panics, naming the seed, at the first thing that does not hold.
    pub(super) fn check(&mut self) {
        let settings = self.site.server().in_force().settings.clone();
        let documents = self.stored();
        let told = self.told_of_quarantine();
        let sealed = self.told_to_recipients();
        self.promises_are_kept(&documents, &told, &sealed);
        self.nothing_sealed_is_written_down(&sealed, &told);
        self.counts_are_exact(&documents);
        self.server_rows_hold(&documents, &settings);
        for i in 0..self.phones.len() {
            self.phone_holds_what_it_may(i, &documents, &settings);
        }
    }

    fn stored(&self) -> Documents {
        let read = self.site.server().storage().read(|tx| {
            let ids = tx.documents()?;
            ids.into_iter().map(|id| Ok((id, tx.changes(id)?))).collect::<Result<Vec<_>, StorageError>>()
        });
        let of = |(id, changes): (DocumentId, Vec<StoredChange>)| {
            let parsed: Vec<Change> =
                changes.iter().map(|change| Change::from_raw(&change.raw).expect("a stored change")).collect();
            let of_devices = changes.iter().filter(|change| !change.is_servers());
            let receipts = of_devices.map(|change| (change.receipt.change, change.receipt.clone())).collect();
            (id, Stored { content: fold(id.kind, &parsed), changes, receipts })
        };
        read.expect("the server reads").into_iter().map(of).collect()
    }

    /// Who was told that the server keeps their work on which record for a supervisor: rights went while it was on its way.
    pub(super) fn told_of_quarantine(&mut self) -> BTreeSet<(&'static str, RecordId)> {
        let mut told = BTreeSet::new();
        for phone in &mut self.phones {
            let Answer::Quarantine(items) = phone.ask(Request::Quarantine) else { panic!("{}: what is set aside", phone.login) };
            let kept = items.into_iter().filter(|item| item.why == "quarantined");
            told.extend(kept.filter_map(|item| Some((phone.login, item.record?))));
        }
        told
    }

    fn promises_are_kept(&self, documents: &Documents, told: &BTreeSet<(&'static str, RecordId)>, sealed: &Opened) {
        for promise in &self.ledger.promises {
            let Promise { to, document, what } = promise;
            if sealed.get(&document.record).is_some_and(|opened| opened.keeps(what)) {
                continue;
            }
            // A fact that was replaced before the case was raised is not among those sealed.
            let replaced = matches!(what, Promised::Fact(key, _) if key != "intake.words" && key != "who.sex");
            if replaced && sealed.get(&document.record).is_some_and(OpenedCase::was_raised) {
                continue;
            }
            // Who spoke is purged when the case ends; nothing of the world seals or purges anything else.
            let ended = document.kind == DocKind::Contact && !documents.contains_key(document);
            let stored = documents.get(document);
            assert!(
                ended || stored.is_some(),
                "seed {}: {to} was told {what:?} of {document} is saved; the server has none of it",
                self.seed
            );
            let Some(stored) = stored else { continue };
            let kept = stored.changes.iter().any(|change| says(&change.raw, what)) || self.lies_aside(promise, told);
            assert!(kept, "seed {}: {to} was told {what:?} of {document} is saved; the server lacks it", self.seed);
        }
    }

    /// Whether the server keeps it for a supervisor, and whoever wrote it knows.
    pub(super) fn lies_aside(&self, promise: &Promise, told: &BTreeSet<(&'static str, RecordId)>) -> bool {
        let raws = self.site.server().storage().read(|tx| tx.quarantined_of(promise.document)).expect("the server reads");
        told.contains(&(promise.to, promise.document.record)) && raws.iter().any(|raw| says(raw, &promise.what))
    }

    fn counts_are_exact(&self, documents: &Documents) {
        for (session, counted) in &self.ledger.counts {
            let stored = documents.get(&DocumentId::first(*session, DocKind::Session));
            for key in CountKey::ALL {
                let promised = counted.get(key).copied().unwrap_or(0);
                let stands = stored.and_then(|stored| stored.content.counts.get(key)).copied().unwrap_or(0);
                assert_eq!(stands, promised, "seed {}: {} of session {session}", self.seed, key.id());
            }
        }
    }

    fn server_rows_hold(&mut self, documents: &Documents, settings: &Settings) {
        let server = self.site.server().clone();
        for (id, stored) in documents {
            let sources = Sources { receipts: &stored.receipts, outbox: &BTreeMap::new(), own: None };
            let today = self.now().day(settings.utc_offset_min);
            let read = server.storage().read(|tx| Ok::<_, StorageError>((tx.case_row(id.record)?, tx.session_row(id.record)?)));
            let (case, session) = read.expect("the server reads");
            let context = |duplicate_of| RowContext { settings, today, set_aside: false, waiting: false, duplicate_of };
            match id.kind {
                DocKind::Case => {
                    let state = rows::case_state(&stored.content, &sources, settings).expect("a registered case");
                    let (row, _, _) = case.unwrap_or_else(|| panic!("seed {}: {id} has no row", self.seed));
                    let anew = rows::case_row(id.record, &stored.content, &state, &sources, &context(row.duplicate_of));
                    assert_eq!(row, anew, "seed {}: {id}", self.seed);
                    self.tally.conflicts += stored.content.conflicts().count() as u64;
                }
                DocKind::Session => {
                    let state = rows::session_state(&stored.content, &sources, settings).expect("a registered session");
                    let anew = rows::session_row(id.record, &stored.content, &state, &sources, &context(None));
                    assert_eq!(session, anew, "seed {}: {id}", self.seed);
                }
                DocKind::Contact | DocKind::Subject | DocKind::Sealed | DocKind::BoxOpening => {}
            }
        }
    }

    fn phone_holds_what_it_may(&mut self, i: usize, documents: &Documents, settings: &Settings) {
        let (seed, login) = (self.seed, self.phones[i].login);
        let differing = self.phones[i].replica().rows_that_differ().expect("the phone reads");
        assert!(differing.is_empty(), "seed {seed}: rows of {login} differ from their documents: {differing:#?}");
        let Answer::Status(status) = self.phones[i].ask(Request::Status) else { panic!("a status") };
        assert_eq!(status.waiting, 0, "seed {seed}: something still waits on {login}'s phone");
        let holdings = self.phones[i].replica().holdings().expect("the phone reads");
        let actor = policy::actor(settings, &UserId::from(login)).expect("an active person");
        let mut lives = BTreeMap::new();
        let may: BTreeSet<DocumentId> = documents
            .keys()
            .filter(|id| {
                let life = lives.entry(id.record).or_insert_with(|| Life::of(id.record, documents, settings));
                life.as_ref().is_some_and(|life| {
                    let resource = policy::resource(settings, &actor, &life.facts(id.kind));
                    policy::may(&actor, Action::Read, Some(&resource))
                })
            })
            .copied()
            .collect();
        let holds: BTreeSet<DocumentId> = holdings.iter().map(|holding| holding.document).collect();
        let more: Vec<_> = holds.difference(&may).collect();
        let less: Vec<_> = may.difference(&holds).collect();
        assert!(more.is_empty(), "seed {seed}: {login} holds what they may not read: {more:?}");
        assert!(less.is_empty(), "seed {seed}: {login} lacks what they may read: {less:?}");
        for Holding { document, confirmed, waiting, actor_epoch } in holdings {
            self.tally.rebases += u64::from(actor_epoch);
            let server: BTreeSet<ChangeHash> = documents[&document].changes.iter().map(|change| change.receipt.change).collect();
            assert!(waiting.is_empty(), "seed {seed}: {login} has unsent changes of {document}");
            assert_eq!(BTreeSet::from_iter(confirmed), server, "seed {seed}: {login}'s {document} is not the server's");
        }
        self.phone_shows_what_the_server_shows(i, documents, settings);
        self.openings_hold(i, documents);
    }

    /// The lists: the same records, the same states, the same sums.
    fn phone_shows_what_the_server_shows(&mut self, i: usize, documents: &Documents, settings: &Settings) {
        let seed = self.seed;
        let login = self.phones[i].login;
        for row in cases(&mut self.phones[i]) {
            let (server, _, _) =
                read_case(&self.site, row.record).unwrap_or_else(|| panic!("seed {seed}: {login} lists {}", row.record));
            let told = (
                row.status,
                row.level,
                &row.assignee,
                &row.adm3,
                &row.project,
                row.received_on,
                row.closed_on,
                &row.excerpt,
                row.conflict,
            );
            let stands = (
                server.status,
                server.level,
                &server.assignee,
                &server.adm3,
                &server.project,
                server.received_on,
                server.closed_on,
                &server.excerpt,
                server.conflict,
            );
            assert_eq!(told, stands, "seed {seed}: {login}'s row of {}", row.record);
            let opened = self.phones[i].ask(Request::Case(row.record));
            assert!(matches!(opened, Answer::Case(_)), "seed {seed}: {login} opens a listed case: {opened:?}");
        }
        for row in sessions(&mut self.phones[i]) {
            let stored = &documents[&DocumentId::first(row.record, DocKind::Session)];
            let sources = Sources { receipts: &stored.receipts, outbox: &BTreeMap::new(), own: None };
            let state = rows::session_state(&stored.content, &sources, settings).expect("a registered session");
            assert_eq!(row.counts, rows::counts(&stored.content, &state), "seed {seed}: {login}'s counts of {}", row.record);
        }
    }
}

fn read_case(site: &Site, record: RecordId) -> Option<(shared::model::row::CaseRow, String, DocumentId)> {
    site.server().storage().read(|tx| tx.case_row(record)).expect("the server reads")
}

/// Whether a change says this: a later one may have replaced a fact, but it was there.
fn says(raw: &[u8], what: &Promised) -> bool {
    // What a hostile device sent may be no change at all.
    let Ok(change) = Change::from_raw(raw) else { return false };
    change.as_automerge().decode().operations.iter().any(|op| {
        let automerge::legacy::Key::Map(at) = &op.key else { return false };
        match what {
            Promised::Event(id) => at.as_str() == id.to_string(),
            // Only those it was sealed to can say.
            Promised::Told(_) => false,
            Promised::Fact(key, fact) => {
                at == key
                    && op.primitive_value().is_some_and(|value| match fact {
                        Fact::Text(text) => value.as_str() == Some(text.as_str()),
                        Fact::Flag(flag) => value.as_bool() == Some(*flag),
                        Fact::Number(number) => value.as_i64() == Some(*number),
                    })
            }
        }
    })
}

/// What the documents of one record say about who may read them.
struct Life {
    class: Class,
    case: Option<CaseState>,
    author: UserId,
    adm3: Pcode,
    projects: Vec<ProjectCode>,
    named: Vec<UserId>,
    consents: bool,
    partner: Option<String>,
}

impl Life {
    fn of(record: RecordId, documents: &Documents, settings: &Settings) -> Option<Self> {
        let none = BTreeMap::new();
        // A case that was raised goes on in its next generation.
        let stored = |kind| {
            let (first, last) = (DocumentId::first(record, kind), DocumentId { record, kind, generation: u8::MAX });
            documents.range(first..=last).next_back().map(|(_, stored)| stored)
        };
        if let Some(case) = stored(DocKind::Case) {
            let sources = Sources { receipts: &case.receipts, outbox: &none, own: None };
            return Some(Self::of_case(rows::case_state(&case.content, &sources, settings)?, &case.content));
        }
        let (main, stem, class) = match stored(DocKind::Session) {
            Some(session) => (session, "facilitator.", Class::Session),
            None => (stored(DocKind::BoxOpening)?, "opener.", Class::Other),
        };
        let sources = Sources { receipts: &main.receipts, outbox: &none, own: None };
        Some(Self::of_session(rows::session_state(&main.content, &sources, settings)?, &main.content, stem, class))
    }

    fn of_case(state: CaseState, content: &Content) -> Self {
        let (adm3, projects) = match &state.placed {
            Some(placed) => (placed.adm3.clone(), placed.projects.clone()),
            None => (state.adm3.clone(), state.project.clone().into_iter().collect()),
        };
        // A sealed case has recipients and nobody else.
        let plain = (!state.level.is_sealed()).then_some(&state).into_iter();
        let brought_to = plain.flat_map(|state| state.escalated.iter().map(|(user, _)| user).chain(&state.assignee));
        Self {
            class: if state.level.is_sealed() { Class::SealedHeader } else { Class::Case },
            author: state.recorded_by.clone(),
            adm3,
            projects,
            named: brought_to.chain(&state.recipients).cloned().collect(),
            consents: state.share_identity && content.text("consent.share") == Some("yes"),
            partner: content.text("partner").map(str::to_owned),
            case: Some(state),
        }
    }

    fn of_session(state: SessionState, content: &Content, stem: &str, class: Class) -> Self {
        let (adm3, projects) = match state.placed {
            Some(placed) => (placed.adm3, placed.projects),
            None => (content.text("place.adm3").unwrap_or_default().into(), rows::projects(content)),
        };
        let people = content.facts.keys().filter_map(|key| key.strip_prefix(stem));
        Self {
            class,
            author: state.recorded_by,
            adm3,
            projects,
            named: people.filter(|user| content.flag(&format!("{stem}{user}"))).map(UserId::from).collect(),
            consents: false,
            partner: None,
            case: None,
        }
    }

    fn facts(&self, kind: DocKind) -> RecordFacts<'_> {
        let class = match kind {
            DocKind::Case | DocKind::Session | DocKind::BoxOpening => self.class,
            DocKind::Contact => Class::Contact,
            DocKind::Subject => Class::Subject,
            DocKind::Sealed => Class::Sealed,
        };
        let case = self.case.as_ref();
        RecordFacts {
            doc: kind,
            class,
            level: case.map(|state| state.level),
            adm3: &self.adm3,
            projects: &self.projects,
            author: &self.author,
            unsent: false,
            named: &self.named,
            share_identity: self.consents,
            subject_role: case.and_then(|state| state.subject_role).filter(|role| *role != SubjectRole::None),
            partner: self.partner.as_deref(),
            open: case.is_none_or(CaseState::is_open),
        }
    }
}
