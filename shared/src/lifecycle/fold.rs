//! What each step of a case does to where it stands. Knows neither roles nor today.
//!
//! # Source
//! domain.md §6; design.md §3 ("What waits for a ruling").

use super::{
    Answer, Attempt, Calendar, CaseState, EventEntry, FoldedStep, OnSpot, Placement, Position, Referral, RevisionEntry,
    RulingEntry, StepStanding, sealed,
};
use crate::{
    clocks,
    model::{
        codes::{CaseFlag, CloseReason, Level, Status},
        dates::{Day, days_between},
        event::{SealedDeed, Step},
        ids::EventId,
        order::{Order, StepRef},
        ruling::Verdict,
    },
};
use std::collections::BTreeMap;

pub(super) struct Folding<'a> {
    pub(super) state: CaseState,
    /// Place of the registration that counts.
    pub(super) first: usize,
    pub(super) calendar: Calendar,
    /// The decision on each event.
    pub(super) decisions: BTreeMap<EventId, (Order, &'a Verdict)>,
    pub(super) events: BTreeMap<EventId, &'a EventEntry>,
    /// Places of classifications that count.
    pub(super) classified: Vec<usize>,
}

/// The day a step counts for, and whether the stated one could not stand.
pub(super) fn step_day(entry: &EventEntry, calendar: Calendar, earliest: Option<Day>) -> (Day, bool) {
    let own_clock = entry.event.at.day(calendar.utc_offset_min);
    let receipt = match entry.position {
        Position::Receipted { at, .. } => Some(at.day(calendar.utc_offset_min)),
        Position::Unsent { .. } => None,
    };
    let stated = match &entry.event.step {
        Step::Responded { on, .. }
        | Step::Closed { on, .. }
        | Step::ReferralReceived { on, .. }
        | Step::SealedStep { on, .. } => *on,
        _ => own_clock,
    };
    clocks::stated_day(stated, earliest, receipt, calendar.stated_day_slack_days)
}

impl<'a> Folding<'a> {
    pub(super) fn event(&mut self, i: usize, entry: &'a EventEntry) {
        let earliest = self.state.sight.direct(i).iter().filter_map(|&j| self.state.steps.get(j)).map(|step| step.day).max();
        let (day, replaced) = step_day(entry, self.calendar, earliest);
        let decision: Option<&'a Verdict> = self.decisions.get(&entry.id).map(|(_, verdict)| *verdict);
        let ruled_out = matches!(decision, Some(Verdict::NotCounted {} | Verdict::Refused { .. }));
        if !ruled_out && brings_information(&entry.event.step) {
            // Before it is asked whether the step fits: an answer that crossed a closing fits the case it opens.
            self.reopen_if_unseen(i);
            self.state.information.push(i);
        }
        let standing = match decision {
            Some(Verdict::NotCounted {}) => StepStanding::NotCounted,
            Some(Verdict::Refused { why }) => StepStanding::Refused(*why),
            // Accepted: it takes effect where the ruling stands.
            Some(_) => StepStanding::Counts,
            None if self.needs_ruling(i, entry) => StepStanding::Awaits,
            None if self.counts(i, entry, day, replaced) => StepStanding::Counts,
            None => StepStanding::NotCounted,
        };
        if standing == StepStanding::Awaits {
            self.state.pending.push(entry.id);
        }
        let unsent = matches!(entry.position, Position::Unsent { .. });
        self.state.last_step_at = match entry.position {
            Position::Receipted { at, .. } => at,
            Position::Unsent { .. } => entry.event.at,
        };
        self.state.steps.push(FoldedStep {
            step: StepRef::Event(entry.id),
            kind: Some(entry.event.step.right()),
            by: Some(entry.event.by.clone()),
            day,
            standing,
            unsent,
        });
    }

    pub(super) fn ruling(&mut self, entry: &RulingEntry) {
        self.verdict(entry);
        self.state.last_step_at = entry.ruling.at;
        self.state.steps.push(FoldedStep {
            step: StepRef::Ruling(entry.order),
            kind: None,
            by: None,
            day: entry.ruling.at.day(self.calendar.utc_offset_min),
            standing: StepStanding::Counts,
            unsent: false,
        });
    }

    /// Facts changed. They wait for no ruling and take no step; but whoever closes should have known.
    pub(super) fn revision(&mut self, entry: &RevisionEntry) {
        self.state.revised.push((entry.by.clone(), entry.known_to.clone()));
        let closed = self.state.close_step.and_then(|i| self.state.steps.get(i)).map(|step| step.step);
        if let Some(StepRef::Event(close)) = closed
            && !entry.had.contains(&close)
            && !entry.known_to.contains(&close)
        {
            self.open_for_information();
        }
    }

    /// design.md §3: T1-T3, T6, T7, T10 and an own L1-L2 answer count on receipt; the rest waits.
    fn needs_ruling(&self, i: usize, entry: &EventEntry) -> bool {
        match &entry.event.step {
            Step::Classified { level, .. } => level.is_sealed() || self.lowers(i, *level),
            Step::AnswerApproved { of } => {
                let own = self.state.answers.iter().any(|a| a.proposed == *of && a.by == entry.event.by);
                !(own && self.state.level.number() <= 2)
            }
            Step::Assigned { .. }
            | Step::ExtensionAsked { .. }
            | Step::ExtensionApproved { .. }
            | Step::Closed { .. }
            | Step::CloseSeconded { .. }
            | Step::Referred { .. }
            | Step::ReferralReceived { .. }
            | Step::Merged { .. }
            | Step::Reopened { .. }
            | Step::Voided { .. } => true,
            Step::SealedStep { deed: SealedDeed::Closed { .. }, .. } => true,
            Step::SealedStep { deed: SealedDeed::Relevelled { level, .. }, .. } => *level < self.state.level,
            _ => false,
        }
    }

    /// T18 down: below the level that holds, by someone who had seen it. The first classification is T2, whatever the form had
    /// derived; one made without knowing of the level that holds is concurrent, and the higher holds without asking.
    fn lowers(&self, i: usize, to: Level) -> bool {
        self.state.level_step.is_some_and(|j| self.state.sight.saw(i, j)) && to < self.state.level
    }

    /// Lets a step that counts on receipt take effect. False if it did not fit the state it met.
    fn counts(&mut self, i: usize, entry: &EventEntry, day: Day, replaced: bool) -> bool {
        let status = self.state.status;
        match &entry.event.step {
            Step::Registered(_) => return i == self.first,
            Step::Seen {} => self.state.seen = true,
            Step::Acknowledged { .. } => {
                self.state.acknowledged_on.get_or_insert(day);
                self.state.seen |= entry.event.by != self.state.recorded_by;
            }
            Step::Classified { .. } => return self.classify(i, entry),
            Step::Started { .. } => return self.start(),
            Step::Held { next_on, .. } => {
                if !matches!(status, Status::Triaged | Status::Assigned | Status::InProgress) {
                    return false;
                }
                self.state.status = Status::OnHold;
                self.state.held = Some((day, *next_on));
            }
            Step::Resumed { .. } => {
                if status != Status::OnHold {
                    return false;
                }
                self.leave_hold(day);
                self.state.status = Status::InProgress;
            }
            Step::AnswerProposed { .. } => {
                if !matches!(status, Status::Triaged | Status::Assigned | Status::InProgress | Status::OnHold) {
                    return false;
                }
                // Proposing an answer is a first action too.
                self.start();
                let by = entry.event.by.clone();
                self.state.answers.push(Answer { proposed: entry.id, by, approved_by: None });
            }
            Step::AnswerApproved { .. } => return self.approve(entry, day),
            Step::ContactAttempt { mode, result, on, time } => {
                let on = (*on).max(self.state.received_on).min(day.max(self.state.received_on));
                self.state.attempts.push(Attempt { on, mode: mode.clone(), result: result.clone(), time: time.clone() });
            }
            Step::Responded { of, .. } => return self.respond(*of, day, replaced),
            Step::AnsweredOnSpot { agreed, .. } => return self.answer_on_spot(entry.id, *agreed, day),
            Step::Followup { .. } | Step::Correction { .. } => {}
            Step::SealedStep { deed, .. } => return self.sealed_step(i, entry, deed, day, replaced),
            _ => return false,
        }
        true
    }

    fn start(&mut self) -> bool {
        let fits = matches!(self.state.status, Status::Triaged | Status::Assigned);
        if fits {
            self.state.status = Status::InProgress;
        }
        fits
    }

    fn leave_hold(&mut self, day: Day) {
        if let Some((since, _)) = self.state.held.take() {
            self.state.hold_days += days_between(since, day).max(0);
        }
    }

    fn approve(&mut self, entry: &EventEntry, day: Day) -> bool {
        let Step::AnswerApproved { of } = &entry.event.step else { return false };
        let fits = matches!(self.state.status, Status::InProgress | Status::OnHold);
        let Some(answer) = self.state.answers.iter_mut().find(|answer| fits && answer.proposed == *of) else { return false };
        answer.approved_by = Some(entry.event.by.clone());
        self.leave_hold(day);
        self.state.status = Status::AnswerReady;
        true
    }

    /// T3 at level 1 from wherever it is being worked on; T10 from an approved answer; telling the person of a referral.
    fn respond(&mut self, of: Option<EventId>, day: Day, replaced: bool) -> bool {
        let status = self.state.status;
        let working = matches!(status, Status::Triaged | Status::Assigned | Status::InProgress | Status::OnHold);
        match status {
            Status::AnswerReady | Status::Responded => self.state.status = Status::Responded,
            _ if working && self.state.level.number() == 1 => self.state.status = Status::Responded,
            // Approved before a closing that new information undid.
            _ if working && self.state.answers.iter().any(|answer| answer.approved_by.is_some()) => {
                self.state.status = Status::Responded;
            }
            Status::ReferredOut => {}
            _ => {
                if working || status == Status::Registered {
                    self.state.flags.insert(CaseFlag::AnsweredWithoutApproval);
                }
                return false;
            }
        }
        self.leave_hold(day);
        if self.state.responded_on.is_none() {
            let claim = self.state.on_spot.as_mut().filter(|claim| of == Some(claim.event));
            let answered_on = claim.map_or(day, |claim| {
                claim.accepted = true;
                claim.on
            });
            self.state.responded_on = Some(answered_on);
        }
        if replaced {
            self.state.flags.insert(CaseFlag::StatedDayReplaced);
        }
        self.state.flags.remove(&CaseFlag::AnsweredWithoutApproval);
        true
    }

    /// Told at intake: the person knows that it was received, and the case waits for an officer as before.
    fn answer_on_spot(&mut self, event: EventId, agreed: Option<bool>, day: Day) -> bool {
        let fits = self.state.status == Status::Registered && self.state.level.number() == 1 && self.state.on_spot.is_none();
        if fits {
            self.state.acknowledged_on.get_or_insert(day);
            self.state.on_spot = Some(OnSpot { event, on: day, enough: agreed != Some(false), accepted: false });
        }
        fits
    }

    /// T2 and T18 up. The higher of concurrent levels holds, with its category and urgency; both stand in the timeline.
    fn classify(&mut self, i: usize, entry: &EventEntry) -> bool {
        if self.state.level.is_sealed() || matches!(self.state.status, Status::Void | Status::Merged) {
            return false;
        }
        let Step::Classified { level, .. } = &entry.event.step else { return false };
        let knew = self.state.level_step.is_none_or(|j| self.state.sight.saw(i, j));
        if !knew && *level != self.state.level {
            self.state.flags.insert(CaseFlag::ConcurrentLevels);
        }
        if knew || *level >= self.state.level {
            self.take_level(i, entry);
        }
        self.classified.push(i);
        // Whoever classifies knowing of all the others has settled it.
        if self.classified.iter().all(|&j| j == i || self.state.sight.saw(i, j)) {
            self.state.flags.remove(&CaseFlag::ConcurrentLevels);
        }
        true
    }

    fn take_level(&mut self, i: usize, entry: &EventEntry) {
        let Step::Classified { entry_type, category, level, urgency, .. } = &entry.event.step else { return };
        self.state.level = *level;
        self.state.entry_type = Some(*entry_type);
        self.state.category = Some(category.clone());
        self.state.urgency = *urgency;
        self.state.level_step = Some(i);
        if self.state.status == Status::Registered {
            self.state.status = Status::Triaged;
        }
    }

    /// Information from someone who did not know that the case was closed opens it again.
    fn reopen_if_unseen(&mut self, i: usize) {
        if self.state.close_step.is_some_and(|close| !self.state.sight.saw(i, close)) {
            self.open_for_information();
        }
    }

    fn open_for_information(&mut self) {
        if self.state.status == Status::Closed {
            self.state.status = sealed::reopened_status(self.state.level);
            self.forget_closing();
            self.state.flags.insert(CaseFlag::ClosedWhileNewInformation);
        }
    }

    /// What comes up anew was not settled on the spot.
    fn forget_closing(&mut self) {
        self.state.on_spot = None;
        self.state.closed_on = None;
        self.state.close_reason = None;
        self.state.outcome = None;
        self.state.satisfaction = None;
        self.state.close_step = None;
    }

    fn verdict(&mut self, entry: &RulingEntry) {
        let state = &mut self.state;
        match &entry.ruling.verdict {
            Verdict::Accepted {} => self.accepted(entry),
            Verdict::Refused { .. } | Verdict::NotCounted {} => {}
            Verdict::Routed { to, .. } => {
                state.assignee = Some(to.clone());
                state.share_identity = false;
                state.routed = Some((entry.order, entry.ruling.clone()));
                state.routed_at_level = Some(state.level);
                if state.status == Status::Triaged {
                    state.status = Status::Assigned;
                }
            }
            Verdict::Placed { adm3, projects, class } => {
                state.placed = Some(Placement { adm3: adm3.clone(), projects: projects.clone(), class: *class });
            }
            Verdict::Escalated { to, day } => state.escalated.push((to.clone(), *day)),
            Verdict::ReceivedOn { day, .. } => state.received_on = *day,
            Verdict::RefNoReissued { ref_no } => state.ref_no_reissued = Some(ref_no.clone()),
            Verdict::MergedFrom { record, ref_no } => state.merged_from.push((*record, ref_no.clone())),
            Verdict::Recipients { users } => state.recipients.clone_from(users),
            // The case begins with it.
            Verdict::Raised(_) => {}
        }
    }

    /// An accepted proposal takes effect where its ruling stands, once.
    fn accepted(&mut self, ruling: &RulingEntry) {
        let Some(id) = ruling.ruling.on else { return };
        let decided_here = self.decisions.get(&id).is_some_and(|(order, _)| *order == ruling.order);
        let place = self.state.sight.place(StepRef::Event(id)).filter(|&i| i < self.state.steps.len());
        let (true, Some(i), Some(&entry)) = (decided_here, place, self.events.get(&id)) else { return };
        let day = self.state.steps[i].day;
        let earliest = self.state.sight.direct(i).iter().filter_map(|&j| self.state.steps.get(j)).map(|step| step.day).max();
        let (_, replaced) = step_day(entry, self.calendar, earliest);
        match &entry.event.step {
            Step::Classified { .. } => {
                self.take_level(i, entry);
                self.classified.push(i);
            }
            Step::Assigned { to, share_identity, .. } => {
                self.state.assignee = Some(to.clone());
                self.state.share_identity = *share_identity;
                self.state.routed_at_level = Some(self.state.level);
                self.leave_hold(day);
                if matches!(self.state.status, Status::Triaged | Status::InProgress | Status::OnHold) {
                    self.state.status = Status::Assigned;
                }
            }
            Step::ExtensionAsked { until, .. } => self.state.extension_asked = Some((id, *until)),
            Step::ExtensionApproved { of } => {
                if let Some((_, until)) = self.state.extension_asked.take_if(|(asked, _)| asked == of) {
                    self.state.extended_to = Some(until);
                }
            }
            Step::AnswerApproved { .. } => {
                self.approve(entry, day);
            }
            Step::Closed { reason, outcome, satisfaction, .. } => {
                self.close(i, day, *reason, replaced);
                (self.state.outcome, self.state.satisfaction) = (Some(*outcome), Some(satisfaction.clone()));
            }
            Step::SealedStep { deed: SealedDeed::Closed { reason }, .. } => self.close(i, day, *reason, replaced),
            Step::SealedStep { deed: SealedDeed::Relevelled { level, recipients }, .. } => self.relevel(i, *level, recipients),
            Step::CloseSeconded { of } => self.state.seconds.push((*of, entry.event.by.clone())),
            Step::Referred { .. } => {
                self.leave_hold(day);
                self.state.status = Status::ReferredOut;
                self.state.referral = Some(Referral { event: id, received_on: None, person_told: false });
            }
            Step::ReferralReceived { person_told, .. } => {
                if let Some(referral) = &mut self.state.referral {
                    referral.received_on = Some(day);
                    referral.person_told |= *person_told;
                }
            }
            Step::Merged { into, into_ref, .. } => {
                self.leave_hold(day);
                self.state.status = Status::Merged;
                self.state.merged_into = Some((*into, into_ref.clone()));
            }
            Step::Reopened { .. } => self.reopen(),
            Step::Voided { .. } => {
                self.leave_hold(day);
                self.state.status = Status::Void;
            }
            _ => {}
        }
    }

    fn close(&mut self, i: usize, day: Day, reason: CloseReason, replaced: bool) {
        self.leave_hold(day);
        self.state.status = Status::Closed;
        self.state.closed_on = Some(day);
        self.state.close_reason = Some(reason);
        self.state.close_step = Some(i);
        self.state.flags.remove(&CaseFlag::ClosedWhileNewInformation);
        if replaced {
            self.state.flags.insert(CaseFlag::StatedDayReplaced);
        }
    }

    /// T15: open again from the original day received, to be answered and closed anew.
    fn reopen(&mut self) {
        self.forget_closing();
        self.state.status = Status::Triaged;
        self.state.reopened += 1;
        self.state.assignee = None;
        self.state.share_identity = false;
        self.state.responded_on = None;
        self.state.answers.clear();
        self.state.referral = None;
    }
}

/// Whether a step tells something about the case that someone closing it should have known.
pub(super) fn brings_information(step: &Step) -> bool {
    match step {
        Step::Correction { .. }
        | Step::Classified { .. }
        | Step::Followup { .. }
        | Step::AnswerProposed { .. }
        | Step::Responded { .. }
        | Step::ReferralReceived { .. } => true,
        Step::ContactAttempt { result, .. } => result.as_str() == "reached",
        Step::SealedStep { deed, .. } => {
            !matches!(deed, SealedDeed::Acknowledged {} | SealedDeed::ContactAttempt {} | SealedDeed::Closed { .. })
        }
        _ => false,
    }
}
