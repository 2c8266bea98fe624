//! People with phones, and the server's copy they write to.

use automerge::{AutoCommit, ScalarValue};
use shared::{
    document::{
        actor::ActorId,
        change::Change,
        content::{Edit, Fact},
        fold::Document,
        genesis::genesis,
    },
    gate::{self, Denial, Ingress},
    model::{
        codes::{CountKey, EntryType, Level, SubjectRole, Urgency},
        dates::UnixSeconds,
        event::{Event, Registered, Step},
        ids::{DeviceId, EventId, UserId},
        record::DocKind,
    },
    policy::Action,
};

/// One person's copy of one document.
#[derive(Clone)]
pub(crate) struct Phone {
    pub(crate) device: DeviceId,
    pub(crate) user: UserId,
    pub(crate) document: Document,
    /// In an order in which each stands after those it builds on.
    pub(crate) changes: Vec<Change>,
}

impl Phone {
    pub(crate) fn new(n: u8, kind: DocKind) -> Self {
        let user = UserId(format!("u{n}"));
        Self { device: DeviceId([n; 10]), user, document: Document::new(kind), changes: Vec::new() }
    }

    pub(crate) fn actor(&self) -> ActorId {
        ActorId::device(self.device, 1)
    }

    /// Writes edits and keeps the change.
    pub(crate) fn write(&mut self, edits: &[Edit]) -> Option<Change> {
        let change = self.document.write(self.actor(), edits).expect("the edits fit")?;
        self.take(&change);
        Some(change)
    }

    pub(crate) fn take(&mut self, change: &Change) {
        if self.document.has(&change.hash()) {
            return;
        }
        self.document.apply(change);
        self.changes.push(change.clone());
    }

    pub(crate) fn take_all(&mut self, changes: &[Change]) {
        changes.iter().for_each(|change| self.take(change));
    }
}

/// A case as its author registered it, and who did.
pub(crate) fn case() -> Phone {
    let mut author = Phone::new(1, DocKind::Case);
    let mut edits = vec![event(&author, 1, registered())];
    for (key, fact) in facts() {
        edits.push(put(key, fact));
    }
    author.write(&edits);
    author
}

/// The clear header of a sealed report.
pub(crate) fn sealed_header() -> Phone {
    let mut author = Phone::new(1, DocKind::Case);
    author.write(&[event(&author, 1, registered_header()), put("ref_no", "123456789"), put("place.adm3", "SY020400")]);
    author
}

/// A session with some participants counted.
pub(crate) fn session() -> Phone {
    let mut author = Phone::new(1, DocKind::Session);
    let registered = event(&author, 1, Step::SessionRegistered { planned: true });
    author.write(&[registered, put("date", "2026-11-24"), put("topic.right", true), add(CountKey::FUnder18, 13)]);
    author
}

fn facts() -> [(&'static str, Fact); 9] {
    [
        ("ref_no", "123456789".into()),
        ("intake.channel", "hotline".into()),
        ("intake.identity_mode", "identified".into()),
        ("intake.words", "لم نستلم السلة الغذائية منذ شهرين".into()),
        ("place.adm3", "SY020400".into()),
        ("who.sex", "f".into()),
        ("group.size", 12.into()),
        ("receipt_given", true.into()),
        ("project", "P01".into()),
    ]
}

pub(crate) fn registered() -> Step {
    Step::Registered(Registered {
        received_on: "2026-11-20".parse().unwrap(),
        day_exact: true,
        level: Level::new(2).unwrap(),
        urgency: Urgency::Action,
        entry_type: Some(EntryType::Complaint),
        category: Some("food.late".into()),
        subject_role: Some(SubjectRole::None),
        voice_escalated_at: None,
        recipients: vec![],
        adm3: "SY020400".into(),
        project: Some("P01".into()),
    })
}

pub(crate) fn registered_header() -> Step {
    let Step::Registered(mut header) = registered() else { unreachable!() };
    header.level = Level::new(5).unwrap();
    (header.entry_type, header.category, header.subject_role) = (None, None, None);
    header.voice_escalated_at = Some(UnixSeconds(1_795_500_000));
    header.recipients = vec!["u8".into(), "u9".into()];
    Step::Registered(header)
}

pub(crate) fn event(by: &Phone, id: u64, step: Step) -> Edit {
    Edit::Event { id: event_id(id), text: text(&by.user, step) }
}

pub(crate) fn event_id(id: u64) -> EventId {
    EventId(id.to_be_bytes())
}

pub(crate) fn text(by: &UserId, step: Step) -> String {
    Event { by: by.clone(), at: UnixSeconds(1_795_500_000), after: vec![], set: 1, step }.to_text()
}

pub(crate) fn started(note: &str) -> Step {
    Step::Started { note: note.into() }
}

pub(crate) fn put(key: &str, fact: impl Into<Fact>) -> Edit {
    Edit::Put { key: key.into(), fact: fact.into() }
}

pub(crate) fn add(key: CountKey, by: i64) -> Edit {
    Edit::Increment { key, by }
}

/// Asks the gate of the server that holds `document`, everything being allowed.
pub(crate) fn ask(document: &Document, change: &Change, device: DeviceId, user: &UserId) -> Result<(), Denial> {
    ask_allowing(document, change, device, user, &|_| true)
}

/// Asks the gate as the wire would: from the bytes.
pub(crate) fn ask_allowing(
    document: &Document,
    change: &Change,
    device: DeviceId,
    user: &UserId,
    may: &dyn Fn(Action<'_>) -> bool,
) -> Result<(), Denial> {
    ask_raw(document, change.raw(), device, user, may)
}

pub(crate) fn ask_raw(
    document: &Document,
    raw: &[u8],
    device: DeviceId,
    user: &UserId,
    may: &dyn Fn(Action<'_>) -> bool,
) -> Result<(), Denial> {
    gate::check(document, &gate::parse_ingress(document.kind(), raw)?, &Ingress { device, user, may })
}

/// The Automerge document of these changes, genesis included.
pub(crate) fn automerge(kind: DocKind, changes: &[Change]) -> AutoCommit {
    let mut document = AutoCommit::new();
    let all = std::iter::once(genesis(kind)).chain(changes);
    document.apply_changes(all.map(|change| change.as_automerge().clone())).expect("Automerge takes them");
    document
}

pub(crate) fn scalar(fact: &Fact) -> ScalarValue {
    match fact {
        Fact::Flag(flag) => (*flag).into(),
        Fact::Number(number) => ScalarValue::Int(*number),
        Fact::Text(text) => text.as_str().into(),
    }
}
