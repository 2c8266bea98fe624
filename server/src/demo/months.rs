//! The months themselves, day by day: who records what, who takes the next step of which case, who has no network.

mod boxes;
mod meetings;

pub(super) use boxes::hung as hung_boxes;

use super::{
    DemoError, PASSWORD, Size,
    calendar::{at, is_field_day, is_working_day},
    complaints::{Complaint, Ear, Inventor},
    content::Content,
    dice::Dice,
    on_spot::Teller,
    paths::{Planned, Story, Who, path},
    phone::{Line, Phone},
    steps,
};
use crate::work::Server;
use chrono::Datelike;
use meetings::Along;
use shared::{
    entropy::Seeded,
    intent::Intent,
    model::{
        codes::SubjectRole,
        dates::{Day, UnixSeconds, days_between, plus_days},
        ids::{RecordId, UserId},
    },
    settings::Settings,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// What came of it, for the operator and the tests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Complaints recorded.
    pub cases: usize,
    /// Sessions recorded.
    pub sessions: usize,
    /// Steps taken.
    pub deeds: usize,
    /// Steps planned that did not fit when their day came, by kind.
    pub skipped: BTreeMap<String, usize>,
    /// Why the app did not take something, with how often: none of this should happen.
    pub refused: BTreeMap<String, usize>,
}

/// The times of day people work at their phones, in minutes, in this order.
const SHIFTS: [(&str, i64); 7] = [("u1", 510), ("u3", 550), ("u2", 590), ("u4", 660), ("u5", 720), ("u6", 780), ("u2", 900)];
/// Minutes from one step to the next.
const STEP_MIN: i64 = 3;
/// A step that does not fit for so many days is given up.
const PATIENCE_DAYS: i64 = 5;
/// A case comes to others at the latest so many days after it was recorded: nobody is away from the network for longer.
const AWAY_DAYS: i64 = 30;

/// A complaint to be recorded.
struct Hearing {
    by: UserId,
    ear: Ear,
    story: Story,
    sensitive: bool,
}

/// A complaint under way.
struct Running {
    record: RecordId,
    ref_no: String,
    complaint: Complaint,
    path: Vec<Planned>,
    next: usize,
    due: Day,
    before: Option<usize>,
}

/// A complaint that was heard, and when.
struct Heard {
    index: usize,
    at: UnixSeconds,
}

/// Everything of the demo while it is being made.
pub(super) struct Months<'a> {
    content: &'a Content,
    server: &'a Server,
    settings: Arc<Settings>,
    chance: Seeded,
    dice: Dice,
    phones: BTreeMap<UserId, Phone>,
    hearings: BTreeMap<Day, Vec<Hearing>>,
    meetings: BTreeMap<Day, Vec<UserId>>,
    /// What others do at sessions, once they have heard of them.
    along: Vec<Along>,
    /// When each box was opened last.
    opened: BTreeMap<String, Day>,
    cases: Vec<Running>,
    away_until: BTreeMap<UserId, Day>,
    /// Answers on the spot that nobody will have accepted.
    told_waiting: usize,
    first: Day,
    today: Day,
    until: UnixSeconds,
    tally: Tally,
}

impl<'a> Months<'a> {
    /// Everyone signs in on a phone of their own.
    pub(super) fn begin(
        content: &'a Content,
        server: &'a Server,
        seed: u64,
        size: Size,
        until: UnixSeconds,
    ) -> Result<Self, DemoError> {
        let settings = Arc::new(server.in_force().settings.clone());
        let today = until.day(settings.utc_offset_min);
        let first = plus_days(today, -size.days);
        let seeded = Seeded::new(seed);
        let mut months = Self {
            content,
            server,
            chance: seeded.child("calls"),
            dice: Dice::new(seed),
            phones: BTreeMap::new(),
            hearings: BTreeMap::new(),
            meetings: BTreeMap::new(),
            along: Vec::new(),
            opened: BTreeMap::new(),
            cases: Vec::new(),
            away_until: BTreeMap::new(),
            told_waiting: 0,
            first,
            today,
            until,
            tally: Tally::default(),
            settings,
        };
        let now = months.time(first, 420);
        let workers: BTreeSet<&str> = SHIFTS.iter().map(|(user, _)| *user).collect();
        for member in content.members.iter().filter(|m| workers.contains(m.id.as_str())) {
            let mut line = Line { server, chance: &mut months.chance };
            let chance = seeded.child(&member.login);
            let phone = Phone::sign_in(member.id.clone(), &member.login, PASSWORD, now, chance, &mut line)?;
            months.phones.insert(member.id.clone(), phone);
        }
        months.plan(size);
        Ok(months)
    }

    /// Day by day until today. `say` hears of each month that is done.
    pub(super) fn run(mut self, say: &mut dyn FnMut(&str)) -> Result<Tally, DemoError> {
        let mut day = self.first;
        while day <= self.today {
            for (user, minute) in SHIFTS {
                let user = UserId::from(user);
                // What has not happened yet today is not made up.
                if self.time(day, minute + 60) <= self.until {
                    self.shift(&user, day, minute)?;
                }
            }
            let next = plus_days(day, 1);
            if next.month() != day.month() {
                let Tally { cases, sessions, deeds, .. } = self.tally;
                say(&format!("{}: {cases} complaints, {sessions} sessions, {deeds} steps so far", day.format("%Y-%m")));
            }
            day = next;
        }
        let users: Vec<UserId> = self.phones.keys().cloned().collect();
        for user in users {
            self.phone(&user, self.until, |phone, line| phone.sync(line))?;
        }
        Ok(self.tally)
    }

    fn time(&self, day: Day, minute: i64) -> UnixSeconds {
        at(day, minute, self.settings.utc_offset_min)
    }

    /// Spreads complaints and sessions over the days: more towards today, many on days of distribution.
    fn plan(&mut self, size: Size) {
        let mut dice = self.dice.child("plan");
        let bursts: Vec<i64> = (1..=size.days / 30).map(|month| month * 30 - 7).collect();
        for index in 0..size.cases {
            let ear = dice.weighted(&[(Ear::Field, 42), (Ear::Hotline, 38), (Ear::Officer, 20)], Ear::Field);
            let steady = dice.between(0, size.days).max(if dice.chance(35) { dice.between(0, size.days) } else { 0 });
            let burst = dice.pick(&bursts).copied().filter(|_| ear == Ear::Field && dice.chance(38));
            let mut day = plus_days(self.first, burst.map_or(steady, |b| b + dice.between(0, 1)));
            if ear != Ear::Hotline && !is_field_day(day) {
                day = plus_days(day, 1);
            }
            let age = days_between(day, self.today);
            let by = match ear {
                Ear::Field => "u1",
                Ear::Hotline => "u3",
                Ear::Officer => "u2",
            };
            let hearing = Hearing { by: by.into(), ear, story: story(&mut dice, age), sensitive: index % 37 == 20 };
            self.hearings.entry(day.min(self.today)).or_default().push(hearing);
        }
        for _ in 0..size.sessions {
            let day = plus_days(self.first, dice.between(0, size.days));
            let day = if is_field_day(day) { day } else { plus_days(day, 1) };
            let by = dice.weighted(&[("u1", 52), ("u3", 26), ("u2", 22)], "u1");
            self.meetings.entry(day.min(self.today)).or_default().push(by.into());
        }
    }

    /// One person's work at one time of a day.
    fn shift(&mut self, user: &UserId, day: Day, minute: i64) -> Result<(), DemoError> {
        let mut clock = minute;
        let hears = self.take_hearings(user, day);
        let meets = self.take_meetings(user, day);
        let online = self.is_online(user, day);
        let works = is_working_day(day);
        let mut changed = false;
        if works && self.has_due(user, day) {
            changed |= self.deeds(user, day, &mut clock, true)?;
            if online {
                self.sync(user, day, clock)?;
            }
        }
        let mut heard = Vec::with_capacity(hears.len());
        for hearing in hears {
            clock += STEP_MIN;
            heard.push(self.hear(&hearing, day, clock));
        }
        changed |= self.open_boxes(user, day, minute, &heard)?;
        for heard in heard {
            self.write_down(user, &heard)?;
            changed = true;
        }
        for () in std::iter::repeat_n((), meets) {
            clock += STEP_MIN;
            self.meet(user, day, clock)?;
            changed = true;
        }
        changed |= self.count_along(user, day, clock, online)?;
        // A ruling may open the next step of the same person.
        for _ in 0..3 {
            if !(works && online && self.deeds(user, day, &mut clock, false)?) {
                break;
            }
            self.sync(user, day, clock)?;
            changed = false;
        }
        if changed && online {
            self.sync(user, day, clock)?;
        }
        Ok(())
    }

    fn take_hearings(&mut self, user: &UserId, day: Day) -> Vec<Hearing> {
        let Some(today) = self.hearings.get_mut(&day) else { return Vec::new() };
        let (mine, others): (Vec<_>, Vec<_>) = std::mem::take(today).into_iter().partition(|hearing| &hearing.by == user);
        *today = others;
        mine
    }

    fn take_meetings(&mut self, user: &UserId, day: Day) -> usize {
        let Some(today) = self.meetings.get_mut(&day) else { return 0 };
        let before = today.len();
        today.retain(|by| by != user);
        before - today.len()
    }

    /// Field staff are out of reach for days now and then; everyone is back in time for today.
    fn is_online(&mut self, user: &UserId, day: Day) -> bool {
        if self.away_until.get(user).is_some_and(|until| day < *until) {
            return day >= plus_days(self.today, -1);
        }
        let rate = match user.as_str() {
            "u1" => 5,
            "u3" => 1,
            _ => 0,
        };
        if self.dice.chance(rate) {
            let until = plus_days(day, self.dice.between(2, 8));
            self.away_until.insert(user.clone(), until);
            return false;
        }
        true
    }

    fn phone<T>(
        &mut self,
        user: &UserId,
        now: UnixSeconds,
        use_it: impl FnOnce(&mut Phone, &mut Line<'_>) -> Result<T, DemoError>,
    ) -> Result<T, DemoError> {
        let mut line = Line { server: self.server, chance: &mut self.chance };
        let phone = self.phones.get_mut(user).ok_or(DemoError::Unexpected)?;
        phone.at(now);
        use_it(phone, &mut line)
    }

    fn sync(&mut self, user: &UserId, day: Day, minute: i64) -> Result<(), DemoError> {
        let now = self.time(day, minute + 1);
        self.phone(user, now, |phone, line| phone.sync(line))
    }

    /// Does an intent; what the app does not take is counted, not hidden.
    fn act(
        &mut self,
        user: &UserId,
        now: UnixSeconds,
        what: &str,
        intent: Intent,
    ) -> Result<Option<mobile::protocol::Saved>, DemoError> {
        match self.phone(user, now, |phone, line| phone.act(intent, line))? {
            Ok(saved) => Ok(Some(saved)),
            Err(failure) => {
                let fields: Vec<String> = failure.fields.iter().map(|(key, code)| format!("{key} {code}")).collect();
                *self.tally.refused.entry(format!("{what}: {} {}", failure.code.id(), fields.join(", "))).or_default() += 1;
                Ok(None)
            }
        }
    }

    /// What someone says on a day, before it is written down.
    fn hear(&mut self, hearing: &Hearing, day: Day, minute: i64) -> Heard {
        let now = self.time(day, minute);
        let (content, settings) = (self.content, Arc::clone(&self.settings));
        let inventor = Inventor { content, settings: &settings };
        let mut complaint = if hearing.sensitive {
            inventor.sensitive(&mut self.dice, day, now.0)
        } else {
            inventor.complaint(&mut self.dice, hearing.ear, day)
        };
        let before = (hearing.story == Story::Duplicate && !hearing.sensitive).then(|| self.twin()).flatten();
        if let Some(twin) = before.map(|index| &self.cases[index].complaint) {
            for key in ["reg.category", "intake.words", "place.adm3", "place.adm4", "project", "sector"] {
                match twin.facts.get(key) {
                    Some(fact) => complaint.facts.insert(key.to_owned(), fact.clone()),
                    None => complaint.facts.remove(key),
                };
            }
            complaint.category = twin.category.clone();
        }
        let story = if hearing.story == Story::Duplicate && before.is_none() { Story::Usual } else { hearing.story };
        let record = RecordId::random(&mut self.dice.0);
        let mut path = path(&mut self.dice, &complaint, story);
        if story == Story::Usual {
            let dice = self.dice.child(&format!("told {record}"));
            let age_days = days_between(day, self.today);
            let mut teller = Teller { content, settings: &settings, waiting: &mut self.told_waiting };
            teller.tell(dice, &mut complaint, age_days, &mut path);
        }
        let due = plus_days(day, path.first().map_or(0, |planned| planned.after_days));
        self.cases.push(Running { record, ref_no: String::new(), complaint, path, next: 0, due, before });
        Heard { index: self.cases.len() - 1, at: now }
    }

    fn write_down(&mut self, user: &UserId, heard: &Heard) -> Result<(), DemoError> {
        let case = &self.cases[heard.index];
        let intent = Intent::RecordComplaint { record: case.record, facts: case.complaint.facts.clone() };
        match self.act(user, heard.at, "record", intent)? {
            Some(saved) => {
                self.tally.cases += 1;
                self.cases[heard.index].ref_no = saved.ref_no.unwrap_or_default();
            }
            None => self.cases[heard.index].path.clear(),
        }
        Ok(())
    }

    /// The last case that is still open and may take another in.
    fn twin(&self) -> Option<usize> {
        self.cases.iter().rposition(|case| !case.complaint.category.sealed && case.next + 2 < case.path.len())
    }

    fn has_due(&self, user: &UserId, day: Day) -> bool {
        self.cases.iter().any(|case| case.due <= day && case.path.get(case.next).is_some_and(|p| may_be(case, *p, user)))
    }

    /// Takes every step that is due for this person; `blind` ones only, or all but those. Says whether any was taken.
    fn deeds(&mut self, user: &UserId, day: Day, clock: &mut i64, blind: bool) -> Result<bool, DemoError> {
        let mut any = false;
        for index in 0..self.cases.len() {
            while let Some(planned) = self.cases[index].path.get(self.cases[index].next).copied() {
                let case = &self.cases[index];
                if case.due > day || planned.blind != blind || !may_be(case, planned, user) {
                    break;
                }
                *clock += STEP_MIN;
                if !self.deed(index, planned, user, day, *clock)? {
                    break;
                }
                any = true;
            }
        }
        Ok(any)
    }

    /// Takes one step, if the case is here, is this person's, and lets them.
    fn deed(&mut self, index: usize, planned: Planned, user: &UserId, day: Day, minute: i64) -> Result<bool, DemoError> {
        let now = self.time(day, minute);
        let record = self.cases[index].record;
        let here = self.phone(user, now, |phone, line| Ok(phone.case(record, line)))?;
        if planned.who == Who::Handler && here.as_ref().is_none_or(|detail| detail.row.assignee.as_ref() != Some(user)) {
            return Ok(false);
        }
        let Some(detail) = here else { return Ok(self.not_now(index, planned, day, AWAY_DAYS)) };
        let open = steps::kind(planned.deed).is_none_or(|kind| detail.may.iter().any(|may| may == kind));
        let case = &self.cases[index];
        let before = case.before.map(|i| (self.cases[i].record, self.cases[i].ref_no.clone()));
        let about =
            steps::Case { record, category: case.complaint.category.code.as_str(), language: case.complaint.language, before };
        let intent = open.then(|| steps::intent(planned.deed, &about, &detail, self.content, &mut self.dice, day)).flatten();
        match intent {
            Some(intent) => {
                let what = steps::kind(planned.deed).unwrap_or("facts");
                if self.act(user, now, what, intent)?.is_some() {
                    self.tally.deeds += 1;
                }
                self.go_on(index, day);
                Ok(true)
            }
            None => Ok(self.not_now(index, planned, day, PATIENCE_DAYS)),
        }
    }

    /// The step does not fit, or the case is not here: another try for `days`, then on with the next. Says whether it was given up.
    fn not_now(&mut self, index: usize, planned: Planned, day: Day, days: i64) -> bool {
        if days_between(self.cases[index].due, day) < days && !planned.blind {
            return false;
        }
        *self.tally.skipped.entry(steps::kind(planned.deed).unwrap_or("facts").to_owned()).or_default() += 1;
        self.go_on(index, day);
        true
    }

    fn go_on(&mut self, index: usize, day: Day) {
        let case = &mut self.cases[index];
        case.next += 1;
        if let Some(next) = case.path.get(case.next) {
            case.due = plus_days(day, next.after_days);
        }
    }
}

/// Whether a planned step could be this person's.
fn may_be(case: &Running, planned: Planned, user: &UserId) -> bool {
    let team_meant = case.complaint.subject == SubjectRole::Accountability;
    match planned.who {
        Who::Officer if team_meant => user.as_str() == "u6",
        Who::Officer => user.as_str() == "u2",
        Who::Assistant => user.as_str() == "u3",
        Who::Manager => user.as_str() == "u6",
        Who::Handler => true,
    }
}

/// Which story a case of this age tells. Recent ones are often not done; older ones seldom.
fn story(dice: &mut Dice, age_days: i64) -> Story {
    let stuck = match age_days {
        ..=12 => 4,
        13..=60 => 16,
        _ => 1,
    };
    let stories = [
        (Story::Stuck, stuck),
        (Story::Reopened, 3),
        (Story::Duplicate, 3),
        (Story::Void, 1),
        (Story::Conflict, 2),
        (Story::Overtaken, 3),
    ];
    let special: u64 = stories.iter().map(|(_, weight)| weight).sum();
    if dice.chance(special) { dice.weighted(&stories, Story::Usual) } else { Story::Usual }
}
