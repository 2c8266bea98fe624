//! A case played as the server would: every step gets a receipt, proposals are ruled, a classified case is routed.

use crate::fixture::{ADM3, actor, day, noon, settings};
use shared::{
    entropy::{Entropy, Seeded},
    lifecycle::{
        self, Calendar, CaseState, EventEntry, MergeTarget, Position, RevisionEntry, RuleContext, RulingEntry, StepStanding,
    },
    model::{
        codes::{CloseReason, Consent, EntryType, IdentityMode, Level, Outcome, Status, SubjectRole, Urgency},
        dates::UnixSeconds,
        event::{Event, Registered, Step},
        ids::{DeviceId, EventId, Pcode, ProjectCode, RecordId, UserId},
        order::{Order, StepRef},
        ruling::{Refusal, Ruling, Verdict},
    },
    routing::{self, CaseFacts},
    settings::Settings,
};
use std::collections::BTreeSet;

pub(crate) const RECORD: RecordId = RecordId([1; 16]);
pub(crate) const SURVIVOR: RecordId = RecordId([2; 16]);

pub(crate) struct Life {
    pub(crate) settings: Settings,
    pub(crate) events: Vec<EventEntry>,
    pub(crate) rulings: Vec<RulingEntry>,
    pub(crate) revisions: Vec<RevisionEntry>,
    pub(crate) today: String,
    pub(crate) identity_mode: IdentityMode,
    pub(crate) contact_known: bool,
    pub(crate) consent_refer: Option<Consent>,
    pub(crate) merge_target: Option<MergeTarget>,
    pub(crate) can_seal: bool,
    pub(crate) subject_role: SubjectRole,
    project: ProjectCode,
    author: UserId,
    n: u32,
    ids: Seeded,
}

pub(crate) fn registered(level: u8, category: &str) -> Registered {
    Registered {
        received_on: day("2026-03-01"),
        day_exact: true,
        level: Level::new(level).unwrap(),
        urgency: Urgency::Action,
        entry_type: Some(EntryType::Complaint),
        category: Some(category.into()),
        subject_role: Some(SubjectRole::None),
        voice_escalated_at: None,
        recipients: Vec::new(),
        adm3: ADM3.into(),
        project: Some("P01".into()),
    }
}

pub(crate) fn classified(level: u8) -> Step {
    let category = ["info.crm", "qual.delay", "targ.exclusion", "cond.respect", "ser.fraud"][usize::from(level) - 1];
    Step::Classified {
        entry_type: EntryType::Complaint,
        category: category.into(),
        level: Level::new(level).unwrap(),
        urgency: Urgency::Monitor,
        reason: "why".into(),
    }
}

pub(crate) fn responded(on: &str) -> Step {
    Step::Responded {
        on: day(on),
        mode: "call".into(),
        summary: "said".into(),
        reached: true,
        understood: Some(true),
        accepts: Some(true),
        of: None,
    }
}

pub(crate) fn closed(on: &str, reason: CloseReason) -> Step {
    Step::Closed {
        on: day(on),
        reason,
        outcome: Outcome::Upheld,
        note: "n".into(),
        satisfaction: "s5".into(),
        actions_done: true,
    }
}

pub(crate) fn proposed() -> Step {
    Step::AnswerProposed { talking_points: "t".into(), findings: String::new(), actions: String::new() }
}

pub(crate) fn started() -> Step {
    Step::Started { note: "n".into() }
}

pub(crate) fn held() -> Step {
    Step::Held { reason: "external".into(), next_on: day("2026-03-09"), note: String::new() }
}

pub(crate) fn resumed() -> Step {
    Step::Resumed { note: String::new() }
}

pub(crate) fn correction() -> Step {
    Step::Correction { note: "more".into() }
}

pub(crate) fn followup() -> Step {
    Step::Followup { with: String::new(), mode: "visit".into(), note: "n".into(), next_on: None }
}

pub(crate) fn attempt(on: &str, mode: &str, result: &str, time: &str) -> Step {
    Step::ContactAttempt { mode: mode.into(), result: result.into(), on: day(on), time: time.into() }
}

pub(crate) fn assigned(to: &str) -> Step {
    Step::Assigned { to: to.into(), share_identity: true, reason: String::new() }
}

pub(crate) fn referred(consent: Consent, ground: &str) -> Step {
    Step::Referred { to: "UNHCR".into(), consent, ground: ground.into(), shared: "s".into() }
}

pub(crate) fn referral_received(person_told: bool) -> Step {
    Step::ReferralReceived { on: day("2026-03-05"), note: String::new(), person_told }
}

pub(crate) fn merged(into: RecordId) -> Step {
    Step::Merged { into, into_ref: "123456789".into(), reason: "same".into() }
}

pub(crate) fn reopened() -> Step {
    Step::Reopened { reason: "new".into(), requested_by: "person".into() }
}

pub(crate) fn voided() -> Step {
    Step::Voided { reason: "test".into() }
}

pub(crate) fn extension_asked() -> Step {
    Step::ExtensionAsked { reason: "r".into(), until: day("2026-04-01"), interim: "told".into() }
}

impl Life {
    /// A case of P01 in A'zaz, registered by the receiver and receipted on 1 March 2026.
    pub(crate) fn new(level: u8) -> Self {
        let category = if level == 1 { "info.crm" } else { "qual.delay" };
        Self::from("receiver", registered(level, category))
    }

    pub(crate) fn from(author: &str, registered: Registered) -> Self {
        let mut life = Self {
            settings: settings(),
            events: Vec::new(),
            rulings: Vec::new(),
            revisions: Vec::new(),
            today: "2026-03-01".into(),
            identity_mode: IdentityMode::Confidential,
            contact_known: true,
            consent_refer: None,
            merge_target: Some(MergeTarget { open: true, unsealed: true }),
            can_seal: false,
            subject_role: registered.subject_role.unwrap_or(SubjectRole::None),
            project: registered.project.clone().unwrap_or_default(),
            author: author.into(),
            n: 0,
            ids: Seeded::new(7),
        };
        life.write(author, Step::Registered(registered), Vec::new());
        life
    }

    pub(crate) fn state(&self) -> CaseState {
        lifecycle::fold(&self.events, &self.rulings, &self.revisions, Calendar::from(&self.settings)).unwrap()
    }

    pub(crate) fn heads(&self) -> Vec<StepRef> {
        self.state().heads
    }

    fn order(&mut self) -> Order {
        self.n += 1;
        Order { epoch: 1, n: self.n }
    }

    fn now(&self) -> UnixSeconds {
        noon(&self.today)
    }

    /// Receipts one event without ruling on anything.
    pub(crate) fn write(&mut self, by: &str, step: Step, after: Vec<StepRef>) -> EventId {
        let mut id = [0; 8];
        self.ids.fill(&mut id);
        let event = Event { by: by.into(), at: self.now(), after, set: 1, step };
        let position = Position::Receipted { order: self.order(), at: self.now(), device: DeviceId([9; 10]) };
        self.events.push(EventEntry { id: EventId(id), event, position, operation: 0 });
        EventId(id)
    }

    /// Someone whose device had only these events changes a fact; nobody's device has it yet.
    pub(crate) fn revise(&mut self, by: &str, had: &[EventId]) {
        let position = Position::Receipted { order: self.order(), at: self.now(), device: DeviceId([9; 10]) };
        let had = had.iter().copied().collect();
        self.revisions.push(RevisionEntry { position, by: Some(by.into()), had, known_to: BTreeSet::new() });
    }

    /// Someone who had seen everything takes a step, and the server rules.
    pub(crate) fn act(&mut self, by: &str, step: Step) -> StepStanding {
        let heads = self.heads();
        self.act_after(by, step, heads)
    }

    /// Someone who had seen only `after` takes a step, and the server rules.
    pub(crate) fn act_after(&mut self, by: &str, step: Step, after: Vec<StepRef>) -> StepStanding {
        let id = self.write(by, step, after);
        self.serve();
        self.state().standing(id).unwrap()
    }

    /// A step whose id later steps name.
    pub(crate) fn id_of(&mut self, by: &str, step: Step) -> EventId {
        let heads = self.heads();
        let id = self.write(by, step, heads);
        self.serve();
        id
    }

    pub(crate) fn rule(&mut self, on: Option<EventId>, verdict: Verdict) {
        let order = self.order();
        let at = self.now();
        self.rulings.push(RulingEntry { order, ruling: Ruling { at, on, verdict } });
    }

    /// What the server does after each receipt.
    pub(crate) fn serve(&mut self) {
        for _ in 0..20 {
            let state = self.state();
            let ruled = state.pending.iter().find_map(|id| Some((*id, self.answer(&state, *id)?)));
            if let Some((id, verdict)) = ruled {
                self.rule(Some(id), verdict);
            } else if state.route_due() {
                let facts = self.facts(state.level);
                let (to, why) = routing::route(&self.settings, &facts.borrowed()).unwrap();
                self.rule(None, Verdict::Routed { to, why });
            } else {
                return;
            }
        }
        panic!("rulings that never end");
    }

    pub(crate) fn answer(&self, state: &CaseState, id: EventId) -> Option<Verdict> {
        let entry = self.events.iter().find(|entry| entry.id == id).unwrap();
        let facts = self.facts(state.level);
        let context = RuleContext {
            settings: &self.settings,
            record: RECORD,
            facts: &facts.borrowed(),
            identity_mode: Some(self.identity_mode),
            contact_known: self.contact_known,
            consent_refer: self.consent_refer,
            merge_target: self.merge_target,
            can_seal: self.can_seal,
        };
        lifecycle::rule(state, entry, &actor(&self.settings, entry.event.by.as_str()), &context)
    }

    fn facts(&self, level: Level) -> Owned {
        Owned {
            level,
            adm3: ADM3.into(),
            project: self.project.clone(),
            subject_role: self.subject_role,
            author: self.author.clone(),
        }
    }

    /// Registered, classified and routed: at level 1 to the officer, above to the project's focal point.
    pub(crate) fn assigned(level: u8) -> Self {
        let mut life = Self::new(level.min(3));
        life.act("ao", classified(level));
        assert_eq!(life.state().status, Status::Assigned);
        life
    }

    pub(crate) fn in_progress(level: u8) -> Self {
        let mut life = Self::assigned(level);
        assert_eq!(life.act("ao", started()), StepStanding::Counts);
        life
    }

    pub(crate) fn answer_ready(level: u8) -> Self {
        let mut life = Self::in_progress(level);
        let of = life.id_of("pm_focal", proposed());
        assert_eq!(life.act("ame_mgr", Step::AnswerApproved { of }), StepStanding::Counts);
        assert_eq!(life.state().status, Status::AnswerReady);
        life
    }

    pub(crate) fn responded(level: u8) -> Self {
        let mut life = Self::answer_ready(level);
        life.today = "2026-03-05".into();
        assert_eq!(life.act("ao", responded("2026-03-05")), StepStanding::Counts);
        life
    }

    pub(crate) fn closed(level: u8) -> Self {
        let mut life = Self::responded(level);
        assert_eq!(life.act("ame_mgr", closed("2026-03-05", CloseReason::Responded)), StepStanding::Counts);
        assert_eq!(life.state().status, Status::Closed);
        life
    }

    pub(crate) fn referred_out() -> Self {
        let mut life = Self::in_progress(2);
        assert_eq!(life.act("ao", referred(Consent::Yes, "")), StepStanding::Counts);
        life
    }
}

struct Owned {
    level: Level,
    adm3: Pcode,
    project: ProjectCode,
    subject_role: SubjectRole,
    author: UserId,
}

impl Owned {
    fn borrowed(&self) -> CaseFacts<'_> {
        CaseFacts {
            level: self.level,
            adm3: &self.adm3,
            project: Some(&self.project),
            partner: None,
            subject_role: Some(self.subject_role),
            author: &self.author,
        }
    }
}

pub(crate) fn refused(why: Refusal) -> StepStanding {
    StepStanding::Refused(why)
}
