//! An event: one dated step in a record's life, written once as compact JSON under its own id and never edited.
//! Says what was done; what follows from it is decided in `lifecycle`.

use super::{
    codes::{CloseReason, Consent, CountKey, EntryType, Level, Outcome, Urgency},
    dates::{Day, UnixSeconds},
    ids::{Code, EventId, RecordId, UserId},
    order::StepRef,
};
use serde::{Deserialize, Serialize};

mod registered;
mod sealed;

pub use registered::Registered;
pub use sealed::SealedDeed;

/// The body of one event. Its id is the key it stands under.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Who did it. The gate holds it to the device's user.
    pub by: UserId,
    /// When, by the device's clock. Shown, never used for order or limits.
    pub at: UnixSeconds,
    /// The steps the author had seen and that nothing had yet followed. Empty only for the first step of a record.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<StepRef>,
    /// The settings snapshot it was made under, by which it is judged.
    pub set: u32,
    /// What was done.
    #[serde(flatten)]
    pub step: Step,
}

/// What was done. `k` is the kind's code; an unknown kind is parked for an upgrade, never refused.
///
/// # Source
/// domain.md §6 (T1-T22), §7; design.md §3, §4.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "k", rename_all = "snake_case")]
pub enum Step {
    /// T1: the case exists. Holds what later events may change and what no one may.
    Registered(Registered),
    /// First opening by an officer, or the acknowledgement.
    Seen {},
    /// The person was told that the complaint was received (D3a).
    Acknowledged {
        /// `mode.*` of domain.md §5.15b.
        mode: Code,
        /// Whether a receipt was handed over.
        receipt_given: bool,
    },
    /// T2 and T18: entry type, category, level and urgency as a person set them.
    Classified {
        /// Entry type.
        entry_type: EntryType,
        /// Category, domain.md §5.10.
        category: Code,
        /// Level.
        level: Level,
        /// Urgency.
        urgency: Urgency,
        /// Why; required when the level changes after triage.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
    },
    /// T5 by a person; overrides the server's route by ruling.
    Assigned {
        /// Who is to be responsible.
        to: UserId,
        /// Whether the assignee may know who spoke; counts only where consent to share was given.
        share_identity: bool,
        /// Why.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
    },
    /// T6: first action.
    Started {
        /// What was done first.
        note: String,
    },
    /// T7: waiting. The clock keeps running.
    Held {
        /// `hold.*` of domain.md §5.15b.
        reason: Code,
        /// When to look again, at most 7 days ahead.
        next_on: Day,
        /// What is waited for.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
    },
    /// T7 back: waiting is over.
    Resumed {
        /// What ended it.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
    },
    /// T8 asked. The original due day stays for the KPI.
    ExtensionAsked {
        /// Why.
        reason: String,
        /// The new day.
        until: Day,
        /// What the person was told meanwhile.
        interim: String,
    },
    /// T8 approved by the AME manager.
    ExtensionApproved {
        /// The `ExtensionAsked` event.
        of: EventId,
    },
    /// T9, first half: an answer is proposed.
    AnswerProposed {
        /// What is to be said.
        talking_points: String,
        /// What was found.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        findings: String,
        /// Actions promised, each with owner and day, as text.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        actions: String,
    },
    /// T9, second half: the answer may be given.
    AnswerApproved {
        /// The `AnswerProposed` event.
        of: EventId,
    },
    /// A follow-up (D3f): efforts are traced.
    Followup {
        /// With whom: role or body, never a name.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        with: String,
        /// `mode.*`.
        mode: Code,
        /// What was said or done.
        note: String,
        /// When to look again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        next_on: Option<Day>,
    },
    /// One try to reach the person.
    ContactAttempt {
        /// `mode.*`.
        mode: Code,
        /// `contact.*`.
        result: Code,
        /// Civil day of the try.
        on: Day,
        /// Part of the day or time, as text, so that tries at different times can be told apart.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        time: String,
    },
    /// T3, T10: the person has the answer.
    Responded {
        /// Civil day the person states.
        on: Day,
        /// `mode.*`.
        mode: Code,
        /// What was said.
        summary: String,
        /// Whether the person themself was reached.
        reached: bool,
        /// Whether they understood it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        understood: Option<bool>,
        /// Whether they accept it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        accepts: Option<bool>,
        /// The `AnsweredOnSpot` event, where this accepts what was said there: its day counts.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of: Option<EventId>,
    },
    /// At intake the receiver told the person what they asked, at level 1. A claim: an officer accepts it, or answers properly.
    AnsweredOnSpot {
        /// `mode.*`.
        mode: Code,
        /// What was said.
        told: String,
        /// Whether it answers what they asked; none: not asked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        agreed: Option<bool>,
        /// `s5`…`s1`, `s_na`.
        satisfaction: Code,
    },
    /// T11, T12, T20-T22: proposal to close; the server rules.
    Closed {
        /// Civil day the person states.
        on: Day,
        /// Why.
        reason: CloseReason,
        /// What came of it.
        outcome: Outcome,
        /// Detail: the person's words for a withdrawal, where a public answer was given, the other body's receipt, …
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
        /// `s5`…`s1`, `s_na`.
        satisfaction: Code,
        /// Promised actions are done, or tracked elsewhere.
        actions_done: bool,
    },
    /// A second person agrees to close a level 3 case.
    CloseSeconded {
        /// The `Closed` event.
        of: EventId,
    },
    /// T13: passed to another body.
    Referred {
        /// Which body.
        to: String,
        /// Consent to refer, or `no` with a ground.
        consent: Consent,
        /// Written ground for acting without consent.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        ground: String,
        /// What was passed on, in general words.
        shared: String,
    },
    /// The other body confirmed.
    ReferralReceived {
        /// Civil day.
        on: Day,
        /// How.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
        /// The person was told.
        person_told: bool,
    },
    /// T14: this case is the same as another, which survives.
    Merged {
        /// The surviving record.
        into: RecordId,
        /// Its receipt number, for people.
        into_ref: String,
        /// Why they are the same.
        reason: String,
    },
    /// T15: closed case is open again, from the original day received.
    Reopened {
        /// Why.
        reason: String,
        /// Who asked: the person, staff, …
        requested_by: String,
    },
    /// T19: entered in error.
    Voided {
        /// Why.
        reason: String,
    },
    /// A receiver adds or corrects something after sending.
    Correction {
        /// What.
        note: String,
    },
    /// A session was planned or took place.
    SessionRegistered {
        /// Whether it stood in a plan before.
        planned: bool,
    },
    /// A planned session is postponed, in one change with the new `date`, or called off.
    PlanChanged {
        /// The new day; none: it is called off.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<Day>,
        /// `plan_reason.*`: security, weather, access, other.
        reason: Code,
        /// What else is to be known.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
    },
    /// A participant count was wrong; stands in one change with the counter's increment by `delta`.
    Corrected {
        /// Which count.
        key: CountKey,
        /// By how many, not 0.
        delta: i64,
        /// Why.
        reason: String,
    },
    /// One person's estimate of who took part. A claim, never added to another's claim or to the counters.
    Estimated {
        /// `women`, `men`, `all`.
        side: Code,
        /// Estimated counts, by count key; a total without breakdown stands under `unknown`.
        counts: std::collections::BTreeMap<CountKey, u32>,
        /// Persons with disability, or not counted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        with_disability: Option<u32>,
    },
    /// "We counted the same people": one estimate does not count.
    EstimateDropped {
        /// The `Estimated` event.
        of: EventId,
        /// Why.
        reason: String,
    },
    /// Someone opened a complaint box; both of the two who did may say so.
    BoxOpened {},
    /// A second facilitator holds the session that the leader registered, found by its digits or picture without a network.
    SessionJoined {
        /// Who registers it.
        lead: UserId,
    },
    /// "We counted the same people": so many of what one person counted do not count. A claim, not an increment: said twice, it is
    /// still said of the same people.
    CountDropped {
        /// Whose count.
        of: UserId,
        /// How many, by count key.
        counts: std::collections::BTreeMap<CountKey, u32>,
        /// Why.
        reason: String,
    },
    /// Whoever dropped an estimate or a count takes that back.
    DropUndone {
        /// The `EstimateDropped` or `CountDropped` event.
        of: EventId,
    },
    /// What one person has handed out at the session so far, by kind. Their later claim replaces their earlier one; claims of
    /// several people add up, since each hands out their own.
    MaterialsHanded {
        /// `iec.*` of domain.md §5.16, and how many.
        counts: std::collections::BTreeMap<Code, u32>,
    },
    /// A step on a sealed case: its kind and day stand in the clear, so that clocks run; its words are sealed under the event's id.
    SealedStep {
        /// Civil day the person states.
        on: Day,
        /// What was done.
        #[serde(flatten)]
        deed: SealedDeed,
    },
}

/// Longest free text of one event, in characters; longer words are cut by no one: the form says so and keeps them.
pub const MAX_NOTE_CHARS: usize = 4_000;
/// Longest description in a person's own words, in characters.
pub const MAX_WORDS_CHARS: usize = 20_000;

impl Step {
    /// The kind's code, as in the JSON's `k`.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Registered(_) => "registered",
            Self::Seen {} => "seen",
            Self::Acknowledged { .. } => "acknowledged",
            Self::Classified { .. } => "classified",
            Self::Assigned { .. } => "assigned",
            Self::Started { .. } => "started",
            Self::Held { .. } => "held",
            Self::Resumed { .. } => "resumed",
            Self::ExtensionAsked { .. } => "extension_asked",
            Self::ExtensionApproved { .. } => "extension_approved",
            Self::AnswerProposed { .. } => "answer_proposed",
            Self::AnswerApproved { .. } => "answer_approved",
            Self::Followup { .. } => "followup",
            Self::ContactAttempt { .. } => "contact_attempt",
            Self::Responded { .. } => "responded",
            Self::AnsweredOnSpot { .. } => "answered_on_spot",
            Self::Closed { .. } => "closed",
            Self::CloseSeconded { .. } => "close_seconded",
            Self::Referred { .. } => "referred",
            Self::ReferralReceived { .. } => "referral_received",
            Self::Merged { .. } => "merged",
            Self::Reopened { .. } => "reopened",
            Self::Voided { .. } => "voided",
            Self::Correction { .. } => "correction",
            Self::SessionRegistered { .. } => "session_registered",
            Self::PlanChanged { .. } => "plan_changed",
            Self::Corrected { .. } => "corrected",
            Self::Estimated { .. } => "estimated",
            Self::EstimateDropped { .. } => "estimate_dropped",
            Self::SessionJoined { .. } => "session_joined",
            Self::CountDropped { .. } => "count_dropped",
            Self::DropUndone { .. } => "drop_undone",
            Self::MaterialsHanded { .. } => "materials_handed",
            Self::SealedStep { .. } => "sealed_step",
            Self::BoxOpened {} => "box_opened",
        }
    }

    /// What policy knows the step by: its kind, or what was done on a sealed case.
    #[must_use]
    pub const fn right(&self) -> &'static str {
        if let Self::SealedStep { deed, .. } = self { deed.right() } else { self.kind() }
    }

    /// Every kind's code, for the access table and the gate.
    pub const KINDS: [&'static str; 35] = [
        "registered",
        "seen",
        "acknowledged",
        "classified",
        "assigned",
        "started",
        "held",
        "resumed",
        "extension_asked",
        "extension_approved",
        "answer_proposed",
        "answer_approved",
        "followup",
        "contact_attempt",
        "responded",
        "closed",
        "close_seconded",
        "referred",
        "referral_received",
        "merged",
        "reopened",
        "voided",
        "correction",
        "session_registered",
        "plan_changed",
        "corrected",
        "estimated",
        "estimate_dropped",
        "session_joined",
        "count_dropped",
        "drop_undone",
        "materials_handed",
        "sealed_step",
        "box_opened",
        "answered_on_spot",
    ];
}

/// Why the text under an event's key is not an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EventError {
    /// A kind, or a code of a closed list, that this version does not know: park it and ask for an upgrade.
    #[error("event of a kind or code unknown to this version")]
    UnknownKind,
    /// Not an event at all.
    #[error("malformed event")]
    Malformed,
}

impl Event {
    /// The compact JSON that stands in the document.
    #[must_use]
    pub fn to_text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads an event's text.
    ///
    /// # Errors
    /// [`EventError::UnknownKind`] if `k` or a code of a closed list is one that this version does not know;
    /// [`EventError::Malformed`] otherwise.
    pub fn from_text(text: &str) -> Result<Self, EventError> {
        match serde_json::from_str(text) {
            Ok(event) => Ok(event),
            // serde tells an unknown code of a closed list from other flaws by its message only.
            Err(error) if error.to_string().starts_with("unknown variant") => Err(EventError::UnknownKind),
            Err(_) => {
                #[derive(Deserialize)]
                struct Kind<'a> {
                    #[serde(borrow)]
                    k: std::borrow::Cow<'a, str>,
                }
                match serde_json::from_str::<Kind<'_>>(text) {
                    Ok(kind) if !Step::KINDS.contains(&kind.k.as_ref()) => Err(EventError::UnknownKind),
                    _ => Err(EventError::Malformed),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
