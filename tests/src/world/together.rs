//! Two at an unplanned session with no line between them: one begins it, the other joins by the digits that are read out, both count,
//! and now and then one says that they counted the same people.

use super::{World, acts::choose, acts::sessions, forms};
use mobile::protocol::{Answer, Request, SessionDetail};
use shared::{
    document::content::Facts,
    entropy::Entropy,
    intent::{self, BEGUN, Intent},
    joining::Occasion,
    model::{
        codes::CountKey,
        event::Step,
        ids::{RecordId, UserId},
        record::DocKind,
    },
};

/// The receivers' phones: those who meet in the field.
const RECEIVERS: [usize; 2] = [3, 4];

impl World {
    /// A session recorded on the spot.
    pub(super) fn session(&mut self, i: usize) -> Intent {
        let record = RecordId::random(&mut self.chance);
        let (mut facts, counts) = forms::session(&mut self.chance, self.phones[i].today());
        facts.insert(BEGUN.into(), record.to_string().into());
        Intent::RecordSession { record, facts, counts }
    }

    /// A session of two: one begins it, the colleague beside them joins and counts.
    pub(super) fn meet(&mut self, i: usize) {
        let Some(j) = RECEIVERS.into_iter().find(|j| *j != i) else { return };
        let begun = self.session(i);
        let Some(document) = self.do_it(i, &begun) else { return };
        // After a month without contact it shows nothing.
        let Answer::Session(detail) = self.phones[i].ask(Request::Session(document.record)) else { return };
        let (record, lead) = (detail.row.record, detail.together.lead);
        let holds = matches!(self.phones[j].ask(Request::Session(record)), Answer::Session(_));
        let Some(code) = detail.together.code.filter(|_| !holds && lead.as_str() != self.phones[j].login) else { return };
        let known = |key: &str| ["date", "phase", "place.adm3"].contains(&key) || key.starts_with("project.");
        let facts: Facts = detail.facts.into_iter().filter(|(key, _)| known(key)).collect();
        let found = Occasion::of_facts(&lead, &facts).and_then(|occasion| occasion.find(&code).ok());
        assert_eq!(found, Some(record), "seed {}: {code} names another session", self.seed);
        if self.do_it(j, &Intent::JoinSession { record, lead, facts }).is_some() {
            self.tally.joined += 1;
            let counts = forms::counts(&mut self.chance);
            self.do_it(j, &Intent::CountParticipants { record, counts });
        }
    }

    /// One of several who counted says that it was the same people, or takes that back; or says what they handed out.
    pub(super) fn settle(&mut self, i: usize) -> Option<Intent> {
        let detail = self.look_at_session(i)?;
        let record = detail.row.record;
        let may = |kind: &str| detail.may.iter().any(|may| may == kind);
        let me = UserId::from(self.phones[i].login);
        let own = detail.together.drops.iter().find(|drop| drop.by == me);
        let step = match (own, choose(&mut self.chance, &detail.together.shares)) {
            (Some(drop), _) if may("drop_undone") && self.chance.below(3) == 0 => Step::DropUndone { of: drop.event },
            (None, Some(share)) if may("count_dropped") && detail.together.shares.len() > 1 => {
                let (key, count) = CountKey::ALL.iter().zip(share.kept).find(|(_, count)| *count > 0)?;
                self.tally.dropped += 1;
                let counts = [(*key, u32::try_from(count).ok()?)].into();
                Step::CountDropped { of: share.user.clone(), counts, reason: forms::words(&mut self.chance) }
            }
            _ if may("materials_handed") => {
                let count = u32::try_from(1 + self.chance.below(40)).ok()?;
                Step::MaterialsHanded { counts: [("card".into(), count)].into() }
            }
            _ => return None,
        };
        Some(Intent::AddStep { record, doc: DocKind::Session, step })
    }

    fn look_at_session(&mut self, i: usize) -> Option<Box<SessionDetail>> {
        let held: Vec<RecordId> = sessions(&mut self.phones[i]).iter().filter(|row| !row.planned).map(|row| row.record).collect();
        let mut details: Vec<Box<SessionDetail>> = held
            .into_iter()
            .filter_map(|record| match self.phones[i].ask(Request::Session(record)) {
                Answer::Session(detail) => Some(detail),
                _ => None,
            })
            .collect();
        // Rather one at which several counted.
        if details.iter().any(|detail| detail.together.shares.len() > 1) {
            details.retain(|detail| detail.together.shares.len() > 1);
        }
        let at = self.pick(details.len().max(1));
        details.into_iter().nth(at)
    }
}

/// The record that a form's session goes under: one recorded on the spot takes an id that colleagues reach.
pub(super) fn seat(record: RecordId, facts: &Facts, lead: &str) -> RecordId {
    intent::joinable(facts, &UserId::from(lead), 0).unwrap_or(record)
}
