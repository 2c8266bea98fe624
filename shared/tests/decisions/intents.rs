//! Forms made ready: what is refused field by field, what is written where, and what is never written at all.

mod burst;
mod complaint;
mod on_spot;
mod sensitive;
mod session;
mod step;

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
        Context {
            actor: &self.actor,
            settings: &self.settings,
            now: self.now,
            ref_no: self.ref_no.as_deref(),
            known,
            #[cfg(feature = "documents")]
            seal: None,
        }
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

fn resource(doc: DocKind, level: Option<u8>) -> Resource {
    let class = match doc {
        DocKind::Case => Class::Case,
        DocKind::Contact => Class::Contact,
        DocKind::Subject => Class::Subject,
        DocKind::Sealed => Class::Sealed,
        DocKind::Session => Class::Session,
        DocKind::BoxOpening => Class::Other,
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
