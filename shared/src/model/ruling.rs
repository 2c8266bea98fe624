//! A ruling: the server's decision, written by the server's actor under `rulings/<epoch.n>`. Says what was decided, not how.

use crate::closed_list;

use super::{
    dates::{Day, UnixSeconds},
    event::Registered,
    ids::{EventId, Pcode, ProjectCode, RecordId, UserId},
    record::Class,
};
use serde::{Deserialize, Serialize};

/// The body of one ruling, compact JSON. Its place in the order is the key it stands under.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ruling {
    /// When, by the server's clock.
    pub at: UnixSeconds,
    /// The event it answers, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<EventId>,
    /// The decision.
    #[serde(flatten)]
    pub verdict: Verdict,
}

/// What the server decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "r", rename_all = "snake_case")]
pub enum Verdict {
    /// The proposed step counts.
    Accepted {},
    /// The proposed step does not count; the author is told why and what to do.
    Refused {
        /// Why.
        why: Refusal,
    },
    /// The step was accepted under rights held when the device last pulled, and has been lost since: kept, not counted.
    NotCounted {},
    /// T5 by the server: who is responsible, and why it chose them.
    Routed {
        /// Responsible.
        to: UserId,
        /// Why this person.
        why: RouteReason,
    },
    /// Where the record belongs; its scope is its last `placed`.
    Placed {
        /// Sub-district.
        adm3: Pcode,
        /// Projects; none means out of scope of any project. A session of several projects is in each.
        projects: Vec<ProjectCode>,
        /// Secrecy class.
        class: Class,
    },
    /// The case was brought before the next rung because it is late or urgent.
    Escalated {
        /// To whom.
        to: UserId,
        /// Days before (negative) or after the due day.
        day: i16,
    },
    /// The day received is another one.
    ReceivedOn {
        /// The day that counts.
        day: Day,
        /// Why: `after_receipt`, `merged`, `corrected`.
        why: DayReason,
    },
    /// The receipt number was in use: this one holds.
    RefNoReissued {
        /// The number that holds.
        ref_no: String,
    },
    /// Another case was merged into this one.
    MergedFrom {
        /// The merged record.
        record: RecordId,
        /// Its receipt number.
        ref_no: String,
    },
    /// Who holds a sealed case from here on. Says nothing of whom it leaves out.
    Recipients {
        /// Who, by id.
        users: Vec<UserId>,
    },
    /// T18 to levels 4-5: what stood in the case is sealed, and it goes on from here as a clear header.
    Raised(Raised),
}

/// How a case that was raised goes on: its registration, as a header knows it, and what its clocks need.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Raised {
    /// Who recorded it.
    pub by: UserId,
    /// When, by their device's clock.
    pub recorded_at: UnixSeconds,
    /// When the server first had it.
    pub first_at: UnixSeconds,
    /// The settings snapshot by which its recipients were chosen.
    pub set: u32,
    /// Day the person was told that it was received.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acknowledged_on: Option<Day>,
    /// As a header knows it.
    #[serde(flatten)]
    pub registered: Registered,
}

closed_list!(
    /// Why the server chose someone. Shown to people ("why me?").
    RouteReason {
        /// Level 1: the area's officer answers directly.
        LevelOne = "level_one",
        /// The project's focal point for the area.
        ProjectFocal = "project_focal",
        /// No focal point is named for the project there: the area coordinator.
        AreaCoordinator = "area_coordinator",
        /// The one who would have had it is implicated: one rung up.
        Implicated = "implicated",
        /// The one who would have had it is absent: their deputy.
        Deputy = "deputy",
        /// No project: the area's officer.
        NoProject = "no_project",
        /// Nobody fits: the AME manager.
        Fallback = "fallback",
    }
);

closed_list!(
    /// Why a day received was replaced.
    DayReason {
        /// It lay after the day the server had it.
        AfterReceipt = "after_receipt",
        /// A merged case was received earlier.
        Merged = "merged",
        /// A person showed that it was wrong.
        Corrected = "corrected",
    }
);

closed_list!(
    /// Why a proposed step does not count. Each has a text that says what to do.
    Refusal {
        /// The case is already closed.
        AlreadyClosed = "already_closed",
        /// The case is not closed.
        NotClosed = "not_closed",
        /// The step does not fit the state the case was in.
        WrongState = "wrong_state",
        /// This role may not do this at this level.
        NotAllowedAtLevel = "not_allowed_at_level",
        /// The person named is implicated.
        Implicated = "implicated",
        /// The person named cannot be responsible.
        NotEligible = "not_eligible",
        /// An officer or the AME manager must decide.
        NeedsHigherRole = "needs_higher_role",
        /// Level 3: a second person must agree.
        NeedsSecondPerson = "needs_second_person",
        /// No answer was given to the person.
        NoResponse = "no_response",
        /// Promised actions are neither done nor tracked.
        ActionsOpen = "actions_open",
        /// Fewer than 3 attempts, or in fewer than 2 modes or 3 times, or within less than 5 days.
        TooFewAttempts = "too_few_attempts",
        /// The other body has not confirmed, or the person was not told.
        ReferralOpen = "referral_open",
        /// The person can be reached, so the reason does not fit.
        ContactExists = "contact_exists",
        /// No consent to pass it on, and no written ground.
        NoConsent = "no_consent",
        /// New information arrived that the author had not seen.
        NewInformation = "new_information",
        /// Nobody who may read it at level 4 or 5 has a key: call the number shown.
        SealingNotOpen = "sealing_not_open",
        /// Lowering a level needs a role above, who has seen the higher level.
        MayNotLower = "may_not_lower",
        /// The target case does not exist, is ended, or is this case.
        BadTarget = "bad_target",
        /// A safeguarding concern can't be withdrawn away.
        CannotWithdraw = "cannot_withdraw",
        /// The Investigation Unit has not confirmed that it has it.
        NotHandedOver = "not_handed_over",
    }
);
