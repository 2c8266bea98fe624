//! The device's side of sync without IO: when to call, what to send first, how much at once, what follows from each verdict
//! and each failure. Events in, effects out; `now` and chance are arguments. The replica stores, sends and applies.
//!
//! Nothing here can stop capture: every effect is about what is already saved.

mod pace;
#[cfg(test)]
mod tests;

use self::pace::{Pace, backoff_s};
use super::{
    messages::{RepairAnswer, SyncResponse},
    verdict::{FrameVerdicts, ParkReason, ShortReceipt, Verdict},
};
use crate::{
    entropy::Entropy,
    model::{dates::UnixSeconds, record::DocumentId},
};
use std::collections::{BTreeMap, BTreeSet};

/// A quiet device asks for news this often, in seconds, give or take a quarter.
pub const QUIET_S: i64 = 300;
/// Saves within so many seconds go together.
pub const GATHER_S: i64 = 2;
/// No wait is longer than this, in seconds: a clock set back must not silence a device.
pub const LONGEST_WAIT_S: i64 = 3_600;

/// One change that waits, as the outbox knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxItem {
    /// Its number in the outbox: lower was saved earlier.
    pub item: i64,
    /// Its document.
    pub document: DocumentId,
    /// Bytes of the change.
    pub size: usize,
    /// Belongs to a case of level 4-5 or of urgency `immediate`: goes first, with whatever it builds on.
    pub urgent: bool,
    /// Times the server could not take it yet.
    pub attempts: u32,
    /// Not to be tried before, by this device's clock.
    pub not_before: UnixSeconds,
}

/// What happened.
#[derive(Clone, Copy, Debug)]
pub enum Event<'a> {
    /// Something was saved, the app started, the network came back, or a person pressed "send now" (`at_once`).
    Wanted {
        /// Don't gather, don't wait out a back-off.
        at_once: bool,
    },
    /// Time passed; `outbox` is what waits. Answered with [`Effect::Send`] when it is time, else with [`Effect::Wait`].
    Tick {
        /// Everything that waits, in any order.
        outbox: &'a [OutboxItem],
    },
    /// The server answered. Answered with one effect for each change that was sent. Apply them and the answer's content, then
    /// say [`Event::Applied`].
    Answered(&'a SyncResponse),
    /// The answer's content is on disk.
    Applied(Applied<'a>),
    /// There was no answer to use, or it could not be applied (then it is [`Failure::Garbage`]).
    Failed(Failure),
    /// The person signed in again, or the app was updated.
    Renewed,
}

/// How applying an answer went.
#[derive(Clone, Copy, Debug, Default)]
pub struct Applied<'a> {
    /// The answer said so.
    pub more: bool,
    /// A frame named a dependency by a prefix that is not known here: it and all after it were not applied.
    pub unresolved: bool,
    /// The pull was complete and this device's digest is not what the server expects.
    pub digest_differs: bool,
    /// The answer's narrowing down, if any.
    pub repair: Option<&'a RepairAnswer>,
    /// Everything that still waits.
    pub outbox: &'a [OutboxItem],
}

/// Why there was no answer to use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// No connection was made.
    Offline,
    /// The connection was cut or timed out on the way.
    Cut,
    /// Something answered that is not this server, or not in a form this version reads.
    Garbage,
    /// Busy, shutting down or at fault (429, 5xx); wait so many seconds at least.
    Busy {
        /// Seconds the server asks to wait.
        retry_after_s: u32,
    },
    /// The request was too large (413) or not readable (400).
    Rejected,
    /// The token expired (401).
    TokenExpired,
    /// Device or account revoked (403).
    Revoked,
    /// The app is too old (426).
    Upgrade,
}

/// Why sync stands still until [`Event::Renewed`]. Capture goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// Sign in again.
    TokenExpired,
    /// Revoked.
    Revoked,
    /// Update the app.
    Upgrade,
}

/// What to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Send this.
    Send(Plan),
    /// Store the receipt, take the change out of the outbox.
    Sent {
        /// Which.
        item: i64,
        /// The receipt.
        receipt: ShortReceipt,
    },
    /// Keep it in the outbox, with this many attempts, until then. The server keeps it too.
    Parked {
        /// Which.
        item: i64,
        /// Why.
        why: ParkReason,
        /// Attempts to store.
        attempts: u32,
        /// Time to store.
        not_before: UnixSeconds,
    },
    /// Set it aside with code and path, show its author what to do, rebase the innocent rest of the document.
    Refused {
        /// Which.
        item: i64,
        /// The server's code; `unreadable` if the change could not even be read there.
        code: String,
        /// The path at fault, or empty.
        path: String,
    },
    /// The document was purged or sealed: take the change out of the outbox; whoever may read it has it.
    Moved {
        /// Which.
        item: i64,
    },
    /// The server keeps it for a supervisor: take it out of the outbox and say so.
    Quarantined {
        /// Which.
        item: i64,
    },
    /// Look again at this time, by this device's clock, or at the next event.
    Wait(UnixSeconds),
    /// This device and the server hold the same.
    InStep,
    /// Stand still.
    Stopped(Stop),
}

/// One request to make.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Frames to push, each a list of outbox items in order.
    pub frames: Vec<PlannedFrame>,
    /// For [`super::messages::SyncRequest::down_budget`].
    pub down_budget: u32,
    /// For [`super::messages::SyncRequest::down_frame`].
    pub down_frame: u32,
    /// For [`super::messages::SyncRequest::full_deps`].
    pub full_deps: bool,
    /// What to narrow down.
    pub repair: Option<RepairStep>,
}

/// One frame to push.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedFrame {
    /// Items in order.
    pub items: Vec<i64>,
    /// Write dependencies in full.
    pub full_deps: bool,
}

/// The round of narrowing down a request should carry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RepairStep {
    /// The 256 bucket digests.
    Buckets,
    /// What is held in these buckets.
    Holding(Vec<u8>),
}

/// One device's sync. Nothing in it needs to survive a restart: what does is in the outbox.
#[derive(Clone, Debug)]
pub struct Session {
    pace: Pace,
    stage: Stage,
    stopped: Option<Stop>,
    failures: u32,
    next_at: UnixSeconds,
    /// A person asked while a request was on its way: whatever comes of that one, it does not answer them.
    asked_meanwhile: bool,
    /// Documents whose frame named a dependency that the server could not resolve.
    in_full: BTreeSet<DocumentId>,
    full_deps: bool,
    repair: Option<RepairStep>,
    /// Rounds of repair since the last time both sides were in step.
    repairs: u32,
}

#[derive(Clone, Debug)]
enum Stage {
    Idle,
    /// Document and attempts by item, for what follows the answer.
    InFlight(Plan, BTreeMap<i64, (DocumentId, u32)>),
    /// Whether the answer brought anything further: asking again at once is only for that.
    Applying {
        progress: bool,
    },
}

impl Default for Session {
    fn default() -> Self {
        Self {
            pace: Pace::default(),
            stage: Stage::Idle,
            stopped: None,
            failures: 0,
            next_at: UnixSeconds(0),
            asked_meanwhile: false,
            in_full: BTreeSet::new(),
            full_deps: false,
            repair: None,
            repairs: 0,
        }
    }
}

impl Session {
    /// Handles one event.
    pub fn handle(&mut self, now: UnixSeconds, entropy: &mut impl Entropy, event: Event<'_>) -> Vec<Effect> {
        match event {
            Event::Wanted { at_once } => self.wanted(now, at_once),
            Event::Tick { outbox } => vec![self.tick(now, outbox)],
            Event::Answered(response) => self.answered(now, entropy, response),
            Event::Applied(applied) => vec![self.applied(now, entropy, applied)],
            Event::Failed(failure) => self.failed(now, entropy, failure),
            Event::Renewed => {
                self.stopped = None;
                self.failures = 0;
                self.next_at = now;
                vec![Effect::Wait(now)]
            }
        }
    }

    /// Why sync stands still, if it does.
    #[must_use]
    pub const fn stopped(&self) -> Option<Stop> {
        self.stopped
    }

    /// Whether a request is on its way or its answer is being applied.
    #[must_use]
    pub const fn is_running(&self) -> bool {
        !matches!(self.stage, Stage::Idle)
    }

    /// When it is tried next by itself.
    #[must_use]
    pub const fn next_attempt(&self) -> UnixSeconds {
        self.next_at
    }

    fn wanted(&mut self, now: UnixSeconds, at_once: bool) -> Vec<Effect> {
        if at_once {
            self.next_at = now;
            self.asked_meanwhile = self.is_running();
        } else if self.failures == 0 {
            self.next_at = self.next_at.min(now.plus(GATHER_S));
        }
        self.stopped.map_or_else(|| vec![Effect::Wait(self.next_at)], |stop| vec![Effect::Stopped(stop)])
    }

    fn tick(&mut self, now: UnixSeconds, outbox: &[OutboxItem]) -> Effect {
        if let Some(stop) = self.stopped {
            return Effect::Stopped(stop);
        }
        let waits = self.next_at.0.saturating_sub(now.0);
        // Longer than any wait there is: the clock was set back.
        if self.is_running() || (1..=LONGEST_WAIT_S).contains(&waits) {
            return Effect::Wait(self.next_at);
        }
        self.asked_meanwhile = false;
        let plan = self.plan(now, outbox);
        let sent: BTreeSet<i64> = plan.frames.iter().flat_map(|frame| frame.items.iter().copied()).collect();
        let items = outbox.iter().filter(|item| sent.contains(&item.item));
        self.stage = Stage::InFlight(plan.clone(), items.map(|item| (item.item, (item.document, item.attempts))).collect());
        Effect::Send(plan)
    }

    /// What to send: urgent records first, then in the order saved; a change that has to wait holds back only those after it
    /// in its own document, one that finds no more room all those after it in its record: without its case a contact would be
    /// parked.
    fn plan(&self, now: UnixSeconds, outbox: &[OutboxItem]) -> Plan {
        let urgent: BTreeSet<_> = outbox.iter().filter(|item| item.urgent).map(|item| item.document.record).collect();
        let mut order: Vec<&OutboxItem> = outbox.iter().collect();
        order.sort_by_key(|item| (!urgent.contains(&item.document.record), item.item));
        let (mut held, mut left_over) = (BTreeSet::new(), BTreeSet::new());
        let mut plain = Vec::new();
        let mut full = Vec::new();
        let mut room = self.pace.room();
        for item in order {
            let waits = (1..=LONGEST_WAIT_S).contains(&item.not_before.0.saturating_sub(now.0));
            if waits || held.contains(&item.document) {
                held.insert(item.document);
            } else if left_over.contains(&item.document.record) || !room.take(item.size) {
                left_over.insert(item.document.record);
            } else if self.in_full.contains(&item.document) {
                full.push(item.item);
            } else {
                plain.push(item.item);
            }
        }
        let frame = |items: Vec<i64>, full_deps| (!items.is_empty()).then_some(PlannedFrame { items, full_deps });
        let frames = [frame(full, true), frame(plain, false)].into_iter().flatten().collect();
        let (down_budget, down_frame) = self.pace.down();
        Plan { frames, down_budget, down_frame, full_deps: self.full_deps, repair: self.repair.clone() }
    }

    fn answered(&mut self, now: UnixSeconds, entropy: &mut impl Entropy, response: &SyncResponse) -> Vec<Effect> {
        let Stage::InFlight(plan, sent) = std::mem::replace(&mut self.stage, Stage::Idle) else { return Vec::new() };
        self.failures = 0;
        self.repair = None;
        let (mut effects, mut narrowed) = (Vec::new(), false);
        for (frame, verdicts) in plan.frames.iter().zip(&response.pushed) {
            match verdicts {
                FrameVerdicts::Read(verdicts) => {
                    self.pace.sent(frame.items.len());
                    for (&item, verdict) in frame.items.iter().zip(verdicts) {
                        let attempts = sent.get(&item).map_or(0, |(_, attempts)| *attempts);
                        effects.push(self.verdict(now, entropy, item, attempts, verdict));
                    }
                }
                FrameVerdicts::Unresolved if !frame.full_deps => {
                    self.in_full.extend(frame.items.iter().filter_map(|item| sent.get(item)).map(|(document, _)| *document));
                    narrowed = true;
                }
                // In full there is nothing to resolve: whoever answers so can't read the frame.
                FrameVerdicts::Unresolved | FrameVerdicts::Malformed => {
                    effects.extend(self.malformed(frame));
                    narrowed = true;
                }
            }
        }
        let progress = narrowed
            || !effects.is_empty()
            || !response.frames.is_empty()
            || response.scopes.is_some()
            || response.list.is_some()
            || response.repair.is_some();
        self.stage = Stage::Applying { progress };
        if response.revoked {
            self.stopped = Some(Stop::Revoked);
        }
        effects
    }

    fn verdict(&self, now: UnixSeconds, entropy: &mut impl Entropy, item: i64, attempts: u32, verdict: &Verdict) -> Effect {
        match verdict {
            Verdict::Accepted(receipt) | Verdict::Duplicate(receipt) => Effect::Sent { item, receipt: receipt.clone() },
            Verdict::Parked(why) => {
                let attempts = attempts.saturating_add(1);
                let not_before = now.plus(backoff_s(attempts, entropy));
                Effect::Parked { item, why: *why, attempts, not_before }
            }
            Verdict::Refused { code, path } => Effect::Refused { item, code: code.clone(), path: path.clone() },
            Verdict::Moved => Effect::Moved { item },
            Verdict::Quarantined => Effect::Quarantined { item },
        }
    }

    /// Halves what is sent at once until the change at fault stands alone, then sets it aside.
    fn malformed(&mut self, frame: &PlannedFrame) -> Option<Effect> {
        match frame.items.as_slice() {
            [item] => Some(Effect::Refused { item: *item, code: "unreadable".into(), path: String::new() }),
            items => {
                self.pace.poisoned(items.len());
                None
            }
        }
    }

    fn applied(&mut self, now: UnixSeconds, entropy: &mut impl Entropy, applied: Applied<'_>) -> Effect {
        let Stage::Applying { progress } = std::mem::replace(&mut self.stage, Stage::Idle) else {
            return Effect::Wait(self.next_at);
        };
        if let Some(stop) = self.stopped {
            return Effect::Stopped(stop);
        }
        self.pace.received(applied.more);
        let again = applied.more || applied.unresolved || !self.plan(now, applied.outbox).frames.is_empty();
        // The server did nothing with what it got, or a prefix is unknown although all were to come in full: asking again
        // at once would go in a circle.
        if again && (!progress || (applied.unresolved && self.full_deps)) {
            return self.back_off(now, entropy, 0);
        }
        self.full_deps = applied.unresolved;
        if applied.outbox.is_empty() {
            self.in_full.clear();
        }
        if let Some(RepairAnswer::Differ(buckets)) = applied.repair {
            self.repair = Some(RepairStep::Holding(buckets.clone()));
        } else if applied.digest_differs && !again {
            self.repairs += 1;
            if self.repairs > 3 {
                // Repair does not help: an error that asking in a circle would hide. Slowly again, from the start.
                self.repairs = 0;
                return self.back_off(now, entropy, u32::try_from(QUIET_S).unwrap_or(u32::MAX));
            }
            self.repair = Some(RepairStep::Buckets);
        }
        if again || self.repair.is_some() || self.asked_meanwhile {
            self.next_at = now;
            return Effect::Wait(now);
        }
        self.repairs = 0;
        let quiet = u64::try_from(QUIET_S).unwrap_or_default();
        let jitter = i64::try_from(entropy.below(quiet / 2)).unwrap_or_default() - QUIET_S / 4;
        self.next_at = now.plus(QUIET_S + jitter);
        Effect::InStep
    }

    fn failed(&mut self, now: UnixSeconds, entropy: &mut impl Entropy, failure: Failure) -> Vec<Effect> {
        let plan = match std::mem::replace(&mut self.stage, Stage::Idle) {
            Stage::Idle => return Vec::new(),
            Stage::InFlight(plan, _) => plan,
            Stage::Applying { .. } => Plan::default(),
        };
        let mut effects = Vec::new();
        let mut at_least_s = 0;
        match failure {
            Failure::Offline | Failure::Garbage => {}
            Failure::Cut => self.pace.cut(),
            Failure::Busy { retry_after_s } => at_least_s = retry_after_s,
            Failure::Rejected => {
                let sent: usize = plan.frames.iter().map(|frame| frame.items.len()).sum();
                match plan.frames.as_slice() {
                    [frame] if sent == 1 => effects.extend(self.malformed(frame)),
                    [] => {}
                    _ => self.pace.poisoned(sent),
                }
            }
            Failure::TokenExpired => self.stopped = Some(Stop::TokenExpired),
            Failure::Revoked => self.stopped = Some(Stop::Revoked),
            Failure::Upgrade => self.stopped = Some(Stop::Upgrade),
        }
        effects.push(match self.stopped {
            Some(stop) => Effect::Stopped(stop),
            None => {
                let waits = self.back_off(now, entropy, at_least_s);
                // Asked while a line died: there may be another one now. What the server itself asks to wait is waited.
                if self.asked_meanwhile && matches!(failure, Failure::Offline | Failure::Cut) {
                    self.next_at = now;
                    Effect::Wait(now)
                } else {
                    waits
                }
            }
        });
        effects
    }

    fn back_off(&mut self, now: UnixSeconds, entropy: &mut impl Entropy, at_least_s: u32) -> Effect {
        self.failures = self.failures.saturating_add(1);
        let wait = backoff_s(self.failures, entropy).max(i64::from(at_least_s)).min(LONGEST_WAIT_S);
        self.next_at = now.plus(wait);
        Effect::Wait(self.next_at)
    }
}
