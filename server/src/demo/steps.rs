//! Turns a deed into the step or change a page would send, from the case as the person's phone shows it.

use super::{content::Content, dice::Dice, paths::Deed};
use mobile::protocol::CaseDetail;
use shared::{
    document::content::Fact,
    intent::Intent,
    model::{
        codes::{CloseReason, Consent, Level, Outcome},
        dates::{Day, plus_days},
        event::Step,
        ids::{Code, EventId, RecordId},
        record::{DocKind, DocumentId},
    },
    rows::TimelineStep,
    text::Language,
};
use std::collections::BTreeMap;

/// What is known of the case outside of the phone.
pub(super) struct Case<'a> {
    pub(super) record: RecordId,
    pub(super) category: &'a str,
    pub(super) language: Language,
    /// The case before it, for merging: record and receipt number.
    pub(super) before: Option<(RecordId, String)>,
}

/// The kind of step a deed is; none where it sets a fact.
pub(super) const fn kind(deed: Deed) -> Option<&'static str> {
    Some(match deed {
        Deed::See => "seen",
        Deed::Acknowledge => "acknowledged",
        Deed::Classify | Deed::Raise => "classified",
        Deed::GiveToArea => "assigned",
        Deed::Start => "started",
        Deed::Followup => "followup",
        Deed::Hold => "held",
        Deed::Resume => "resumed",
        Deed::AskTime => "extension_asked",
        Deed::GrantTime => "extension_approved",
        Deed::Propose => "answer_proposed",
        Deed::Approve => "answer_approved",
        Deed::Attempt => "contact_attempt",
        Deed::Respond => "responded",
        Deed::Close(_) => "closed",
        Deed::Second => "close_seconded",
        Deed::Refer => "referred",
        Deed::ReferralReceived => "referral_received",
        Deed::Merge => "merged",
        Deed::Reopen => "reopened",
        Deed::Void => "voided",
        Deed::Correct => "correction",
        Deed::Relocate => return None,
    })
}

/// The intent; none if the case does not hold what the deed builds on.
pub(super) fn intent(
    deed: Deed,
    case: &Case<'_>,
    detail: &CaseDetail,
    content: &Content,
    dice: &mut Dice,
    today: Day,
) -> Option<Intent> {
    if deed == Deed::Relocate {
        let landmark = Fact::Text(content.written(dice, "landmark", case.language));
        let facts = BTreeMap::from([("place.landmark".to_owned(), Some(landmark))]);
        return Some(Intent::SetFacts { document: DocumentId::first(case.record, DocKind::Case), facts });
    }
    let step = Writer { case, detail, content, dice, today }.step(deed)?;
    Some(Intent::AddStep { record: case.record, doc: DocKind::Case, step })
}

struct Writer<'a> {
    case: &'a Case<'a>,
    detail: &'a CaseDetail,
    content: &'a Content,
    dice: &'a mut Dice,
    today: Day,
}

impl Writer<'_> {
    fn step(mut self, deed: Deed) -> Option<Step> {
        Some(match deed {
            Deed::See => Step::Seen {},
            Deed::Acknowledge => Step::Acknowledged { mode: self.reply_mode(), receipt_given: false },
            Deed::Classify => self.classified(0)?,
            Deed::Raise => self.classified(1)?,
            Deed::GiveToArea => {
                let to = self.detail.assignees.iter().find(|id| id.as_str() == "u5")?.clone();
                Step::Assigned { to, share_identity: true, reason: self.write("findings") }
            }
            Deed::Start => Step::Started { note: self.write("started") },
            Deed::Followup => {
                let (with, note) = (self.write("with"), self.write("followup"));
                let next_on = self.dice.chance(40).then(|| plus_days(self.today, 3));
                Step::Followup { with, mode: self.pick_code(&["call", "visit", "message"]), note, next_on }
            }
            Deed::Hold => self.held(),
            Deed::Resume => Step::Resumed { note: self.write("resumed") },
            Deed::AskTime => Step::ExtensionAsked {
                reason: self.write("extension"),
                until: plus_days(
                    self.detail.row.due_on.map_or(self.today, |due_on| due_on.max(self.today)),
                    self.dice.between(5, 12),
                ),
                interim: self.write("interim"),
            },
            Deed::GrantTime => Step::ExtensionApproved { of: self.last(|s| matches!(s, Step::ExtensionAsked { .. }))? },
            Deed::Propose => Step::AnswerProposed {
                talking_points: self.answer().1,
                findings: self.write("findings"),
                actions: self.write("actions"),
            },
            Deed::Approve => Step::AnswerApproved { of: self.last(|s| matches!(s, Step::AnswerProposed { .. }))? },
            Deed::Attempt => Step::ContactAttempt {
                mode: self.pick_code(&["call", "message", "visit"]),
                result: self.pick_code(&["no_answer", "off", "other"]),
                on: self.today,
                time: self.write("time"),
            },
            Deed::Respond => self.responded(),
            Deed::Close(reason) => self.closed(reason),
            Deed::Second => Step::CloseSeconded { of: self.last(|s| matches!(s, Step::Closed { .. }))? },
            Deed::Refer => self.referred(),
            Deed::ReferralReceived => {
                Step::ReferralReceived { on: self.today, note: self.write("referral_received"), person_told: true }
            }
            Deed::Merge => {
                let (into, into_ref) = self.case.before.clone()?;
                Step::Merged { into, into_ref, reason: self.write("merge") }
            }
            Deed::Reopen => Step::Reopened { reason: self.write("reopen"), requested_by: self.write("requested_by") },
            Deed::Void => Step::Voided { reason: self.write("void") },
            Deed::Correct => Step::Correction { note: self.write("correction") },
            Deed::Relocate => return None,
        })
    }

    fn write(&mut self, kind: &str) -> String {
        self.content.written(self.dice, kind, self.case.language)
    }

    fn answer(&mut self) -> (Outcome, String) {
        // The same case always gets the same answer: what was proposed is what is told.
        let mut dice = self.dice.child(&self.case.record.to_string());
        self.content.answer(&mut dice, self.case.category, self.case.language)
    }

    fn pick_code(&mut self, codes: &[&str]) -> Code {
        self.dice.pick(codes).map_or_else(Code::default, |code| Code::from(*code))
    }

    /// How the person heard of it: as they came.
    fn reply_mode(&self) -> Code {
        match self.detail.row.channel.as_ref().map(Code::as_str) {
            Some("hotline") => "call".into(),
            Some("whatsapp" | "sms" | "social" | "email") => "message".into(),
            _ => "verbal".into(),
        }
    }

    fn classified(&mut self, higher: u8) -> Option<Step> {
        let row = &self.detail.row;
        let level = Level::new((row.level.number() + higher).min(3))?;
        let reason = if higher > 0 { self.write("reclassify") } else { String::new() };
        let row = &self.detail.row;
        Some(Step::Classified {
            entry_type: row.entry_type?,
            category: row.category.clone()?,
            level,
            urgency: row.urgency,
            reason,
        })
    }

    fn held(&mut self) -> Step {
        let reason = self.dice.weighted(&[("complainant", 30), ("external", 35), ("access", 25), ("donor", 10)], "external");
        let note = self.write(&format!("hold.{reason}"));
        Step::Held { reason: reason.into(), next_on: plus_days(self.today, self.dice.between(3, 7)), note }
    }

    fn responded(&mut self) -> Step {
        let summary = self.answer().1;
        let accepts = self.dice.chance(84);
        let understood = Some(self.dice.chance(97));
        let on = self.today;
        match self.told() {
            Some((of, Step::AnsweredOnSpot { mode, told, agreed, .. })) if *agreed != Some(false) => Step::Responded {
                on,
                mode: mode.clone(),
                summary: told.clone(),
                reached: true,
                understood: None,
                accepts: *agreed,
                of: Some(of),
            },
            _ => Step::Responded {
                on,
                mode: self.reply_mode(),
                summary,
                reached: true,
                understood,
                accepts: Some(accepts),
                of: None,
            },
        }
    }

    fn closed(&mut self, reason: CloseReason) -> Step {
        let (outcome, note) = match reason {
            CloseReason::Withdrawn => (Outcome::Withdrawn, self.write("withdraw")),
            CloseReason::Unreachable => (Outcome::Undetermined, self.write("unreachable")),
            CloseReason::AnonNoContact => (self.answer().0, self.write("actions")),
            CloseReason::RespondedPublic => (self.answer().0, self.write("public")),
            CloseReason::ReferralAck => (Outcome::Referred, self.write("referral_received")),
            _ => (self.answer().0, String::new()),
        };
        let told = matches!(reason, CloseReason::Responded);
        let satisfaction = if told {
            self.dice.weighted(&[("s5", 22), ("s4", 38), ("s3", 14), ("s2", 8), ("s1", 4), ("s_na", 14)], "s_na")
        } else {
            "s_na"
        };
        let satisfaction = match self.told() {
            Some((_, Step::AnsweredOnSpot { satisfaction, .. })) if told => satisfaction.clone(),
            _ => satisfaction.into(),
        };
        Step::Closed { on: self.today, reason, outcome, note, satisfaction, actions_done: true }
    }

    fn referred(&mut self) -> Step {
        let agreed = self.detail.facts.get("consent.refer").and_then(Fact::as_text) == Some(Consent::Yes.id());
        let ground = if agreed { String::new() } else { self.write("ground") };
        let consent = if agreed { Consent::Yes } else { Consent::NotPossible };
        Step::Referred { to: self.write("referral_to"), consent, ground, shared: self.write("referral_shared") }
    }

    /// What was told where it was asked, while it may still be taken for the answer or was.
    fn told(&self) -> Option<(EventId, &Step)> {
        self.detail.row.on_spot.filter(|claim| claim.waits || claim.accepted)?;
        let of = self.last(|step| matches!(step, Step::AnsweredOnSpot { .. }))?;
        self.detail.timeline.iter().find_map(|entry| match &entry.what {
            TimelineStep::Event(id, event) if *id == of => Some((of, &event.step)),
            _ => None,
        })
    }

    /// The last event of such a step.
    fn last(&self, fits: impl Fn(&Step) -> bool) -> Option<EventId> {
        self.detail.timeline.iter().rev().find_map(|entry| match &entry.what {
            TimelineStep::Event(id, event) if fits(&event.step) => Some(*id),
            _ => None,
        })
    }
}
