//! What is done round a visit: sessions planned ahead and put off or called off, boxes opened by two people, papers entered or put
//! into the envelope.

use super::{
    World,
    acts::{choose, sessions},
    check::Documents,
    forms,
};
use mobile::protocol::{Answer, BoxOpening, Request};
use shared::{
    box_opening::{CASE_OPENING, CASE_SLIP, Papers, record_of, sealed_key},
    document::content::{Fact, Facts},
    entropy::Entropy,
    intent::Intent,
    model::{
        dates::plus_days,
        event::Step,
        ids::RecordId,
        record::{DocKind, DocumentId},
    },
};

/// The boxes of the world; the second hangs outside the second officer's first area.
pub(super) const BOXES: [(&str, &str); 2] = [("B1", "C1556"), ("B2", "C1600")];

impl World {
    /// A session on a day to come.
    pub(super) fn plan(&mut self, i: usize) -> Intent {
        let record = RecordId::random(&mut self.chance);
        let (mut facts, _) = forms::session(&mut self.chance, self.phones[i].today());
        let ahead = 1 + i64::try_from(self.chance.below(20)).unwrap();
        facts.insert("date".into(), plus_days(self.phones[i].today(), ahead).to_string().into());
        facts.insert("planned".into(), true.into());
        Intent::RecordSession { record, facts, counts: [].into() }
    }

    /// A planned session is put off or called off.
    pub(super) fn change_plan(&mut self, i: usize) -> Option<Intent> {
        let planned: Vec<RecordId> =
            sessions(&mut self.phones[i]).iter().filter(|row| row.planned).map(|row| row.record).collect();
        let record = *choose(&mut self.chance, &planned)?;
        let Answer::Session(detail) = self.phones[i].ask(Request::Session(record)) else { return None };
        let ahead = i64::try_from(self.chance.below(30)).unwrap();
        let to = (self.chance.below(2) == 0).then(|| plus_days(self.phones[i].today(), ahead));
        let reason = forms::one(&mut self.chance, &["security", "weather"]);
        let step = Step::PlanChanged { to, reason: reason.into(), note: forms::words(&mut self.chance) };
        detail.may.iter().any(|kind| kind == "plan_changed").then(|| {
            self.tally.plans_changed += 1;
            Intent::AddStep { record, doc: DocKind::Session, step }
        })
    }

    /// A box is opened today, or the papers of an opening gone on with: one becomes a case or goes into the envelope.
    pub(super) fn open_box(&mut self, i: usize) -> Option<Intent> {
        if let Answer::Openings(openings) = self.phones[i].ask(Request::Openings)
            && let Some(row) = choose(&mut self.chance, &openings).filter(|_| self.chance.below(3) > 0)
            && let Answer::Opening(opening) = self.phones[i].ask(Request::Opening(row.record))
        {
            return self.paper(i, &opening);
        }
        let code = forms::one(&mut self.chance, &BOXES).0;
        let today = self.phones[i].today();
        let record = record_of(&code.into(), today);
        if let Answer::Opening(opening) = self.phones[i].ask(Request::Opening(record)) {
            return self.paper(i, &opening);
        }
        let papers = i64::try_from(1 + self.chance.below(6)).unwrap();
        let facts: Facts = [
            ("box", Fact::Text(code.into())),
            ("date", Fact::Text(today.to_string())),
            ("papers", Fact::Number(papers)),
            ("opener.rec1", Fact::Flag(true)),
            ("opener.rec2", Fact::Flag(true)),
        ]
        .map(|(key, fact)| (key.to_owned(), fact))
        .into();
        self.tally.boxes_opened += 1;
        Some(Intent::OpenBox { record, facts })
    }

    fn paper(&mut self, i: usize, opening: &BoxOpening) -> Option<Intent> {
        let record = opening.row.record;
        let slip = i64::try_from(1 + self.chance.below(6)).unwrap();
        if !opening.may_write {
            return None;
        }
        let Intent::RecordComplaint { record: case, mut facts } = self.complaint(i) else { return None };
        if self.is_sensitive(&facts) || self.chance.below(4) == 0 {
            let facts = [(sealed_key(slip), Some(Fact::Flag(true)))].into();
            return Some(Intent::SetFacts { document: DocumentId::first(record, DocKind::BoxOpening), facts });
        }
        facts.insert("intake.channel".into(), Fact::Text("box".into()));
        facts.insert(CASE_OPENING.into(), Fact::Text(record.to_string()));
        facts.insert(CASE_SLIP.into(), Fact::Number(slip));
        self.tally.papers_entered += 1;
        Some(Intent::RecordComplaint { record: case, facts })
    }

    /// Every opening a phone shows accounts for the papers that the server's document does.
    pub(super) fn openings_hold(&mut self, i: usize, documents: &Documents) {
        let (seed, login) = (self.seed, self.phones[i].login);
        for (id, stored) in documents.iter().filter(|(id, _)| id.kind == DocKind::BoxOpening) {
            let Answer::Opening(shown) = self.phones[i].ask(Request::Opening(id.record)) else { continue };
            let papers = Papers::of(&stored.content);
            let stands = (papers.counted, papers.entered, papers.sealed);
            assert_eq!((shown.row.papers, shown.entered, shown.sealed), stands, "seed {seed}: {login}'s papers of {id}");
        }
    }
}
