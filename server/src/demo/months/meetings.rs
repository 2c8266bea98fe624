//! The demo's sessions as they go on: registered, counted by two people on two phones (who heard of each other by sync, or joined
//! without network by digits), counted twice and put right, and what each handed out.

use super::{DemoError, Months};
use crate::demo::sessions::{Meeting, meeting, planned};
use shared::{
    document::content::{Fact, Facts},
    intent::{BEGUN, Intent},
    model::{
        codes::CountKey,
        dates::{Day, plus_days},
        event::Step,
        ids::{Code, RecordId, UserId},
        record::DocKind,
    },
    text::Language,
};
use std::collections::BTreeMap;

/// What is said when two counted the same people.
const TWICE: &str = "وقفت بعض النساء عندنا نحن الاثنين";

/// What someone does at a session that someone else registered, once their phone has heard of it.
pub(super) struct Along {
    who: UserId,
    record: RecordId,
    intent: Intent,
}

fn step(record: RecordId, step: Step) -> Intent {
    Intent::AddStep { record, doc: DocKind::Session, step }
}

/// What both people at a session know: enough to join it.
fn occasion(facts: &Facts) -> Facts {
    let known = |key: &str| ["date", "phase", "place.adm3"].contains(&key) || key.starts_with("project.");
    facts.iter().filter(|(key, _)| known(key)).map(|(key, fact)| (key.clone(), fact.clone())).collect()
}

/// What a form of one person said was handed out, as that person's own claim.
fn handed_out(facts: &mut Facts) -> BTreeMap<Code, u32> {
    let mut counts = BTreeMap::new();
    facts.retain(|key, fact| match (key.strip_prefix("iec."), fact) {
        (Some(kind), Fact::Number(number)) => {
            counts.insert(Code::from(kind), u32::try_from(*number).unwrap_or(0));
            false
        }
        _ => true,
    });
    counts
}

impl Months<'_> {
    pub(super) fn meet(&mut self, user: &UserId, day: Day, minute: i64) -> Result<(), DemoError> {
        let now = self.time(day, minute);
        let made = if day == self.today {
            planned(&mut self.dice, self.content, &self.settings, day, plus_days(day, 3))
        } else {
            meeting(&mut self.dice, self.content, &self.settings, day, user)
        };
        let Some(Meeting { mut facts, counts, second, correction, estimate }) = made else { return Ok(()) };
        let draft = RecordId::random(&mut self.dice.0);
        // Every other pair joins by digits; of every pair each says what they handed out themselves.
        let joins = second.is_some() && draft.0[15].is_multiple_of(2);
        let handed = if second.is_some() { handed_out(&mut facts) } else { BTreeMap::new() };
        let known = occasion(&facts);
        if joins {
            facts.insert(BEGUN.to_owned(), draft.to_string().into());
        }
        let intent = Intent::RecordSession { record: draft, facts, counts };
        let Some(saved) = self.act(user, now, "session", intent)? else { return Ok(()) };
        let record = saved.record;
        self.tally.sessions += 1;
        if let Some((key, delta)) = correction {
            let reason = self.content.written(&mut self.dice, "count_wrong", Language::Ar);
            self.act(user, now.plus(600), "correction", Intent::CorrectCount { record, key, delta, reason })?;
        }
        if let Some(count) = estimate {
            let counts = BTreeMap::from([(CountKey::Unknown, count)]);
            let estimated = Step::Estimated { side: Code::from("all"), counts, with_disability: None };
            self.act(user, now.plus(60), "estimate", step(record, estimated))?;
        }
        if !handed.is_empty() {
            self.act(user, now.plus(900), "materials", step(record, Step::MaterialsHanded { counts: handed.clone() }))?;
        }
        let Some((other, counts)) = second else { return Ok(()) };
        let count = Intent::CountParticipants { record, counts: counts.clone() };
        if !joins {
            self.along.push(Along { who: other, record, intent: count });
            return Ok(());
        }
        self.act(&other, now.plus(60), "join", Intent::JoinSession { record, lead: user.clone(), facts: known })?;
        self.act(&other, now.plus(600), "count", count)?;
        let halves: BTreeMap<Code, u32> =
            handed.into_iter().map(|(kind, count)| (kind, count / 2)).filter(|(_, count)| *count > 0).collect();
        if !halves.is_empty() {
            self.act(&other, now.plus(900), "materials", step(record, Step::MaterialsHanded { counts: halves }))?;
        }
        let twice: BTreeMap<CountKey, u32> =
            counts.into_iter().filter(|(_, count)| *count > 3).map(|(key, _)| (key, 2)).take(1).collect();
        if !twice.is_empty() && draft.0[14].is_multiple_of(3) {
            let dropped = Step::CountDropped { of: other, counts: twice, reason: TWICE.to_owned() };
            self.along.push(Along { who: user.clone(), record, intent: step(record, dropped) });
        }
        Ok(())
    }

    /// Goes on with sessions that others count at too: the phone must have heard of them.
    pub(super) fn count_along(&mut self, user: &UserId, day: Day, minute: i64, online: bool) -> Result<bool, DemoError> {
        if !online || !self.along.iter().any(|along| &along.who == user) {
            return Ok(false);
        }
        self.sync(user, day, minute)?;
        let now = self.time(day, minute + 2);
        let mut any = false;
        for along in std::mem::take(&mut self.along) {
            let here = &along.who == user && self.phone(user, now, |phone, line| Ok(phone.has_session(along.record, line)))?;
            if here {
                self.act(user, now, "along", along.intent)?;
                any = true;
            } else {
                self.along.push(along);
            }
        }
        Ok(any)
    }
}
