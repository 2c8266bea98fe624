//! The short closed lists that rules depend on. Lists that rules do not depend on are settings.

use serde::{Deserialize, Serialize};

/// A closed list of codes: an enum with `ALL`, `id()` and `from_id()`, written as its id in JSON. Ids are never reused.
#[macro_export]
macro_rules! closed_list {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $id:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $id)] $variant),+ }

        impl $name {
            /// Every value, in the order of the list.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The value's code.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id),+ }
            }

            /// The value with this code.
            #[must_use]
            pub fn from_id(id: &str) -> Option<Self> {
                match id { $($id => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

closed_list!(
    /// What kind of feedback. # Source: domain.md §5.1
    EntryType {
        /// Request for information.
        InfoRequest = "info_request",
        /// Request for assistance or service.
        AssistanceRequest = "assistance_request",
        /// Suggestion.
        Suggestion = "suggestion",
        /// Complaint.
        Complaint = "complaint",
        /// Report of misconduct or incident.
        Allegation = "allegation",
        /// Rumour, belief, observation.
        Perception = "perception",
        /// Appreciation.
        Appreciation = "appreciation",
        /// Incomplete or interrupted contact.
        Incomplete = "incomplete",
    }
);

closed_list!(
    /// How the person wants to be known; drives which fields show. # Source: domain.md §5.3
    IdentityMode {
        /// Identified, may be shared with handlers.
        Identified = "identified",
        /// Identified to accountability only.
        Confidential = "confidential",
        /// No name, with a contact.
        AnonContact = "anon_contact",
        /// No name, no contact.
        Anon = "anon",
        /// Spoken for someone else.
        OnBehalf = "on_behalf",
        /// A group.
        Group = "group",
    }
);

closed_list!(
    /// An answer to a consent question. `not_possible` counts as not given. # Source: domain.md §4
    Consent {
        /// Given.
        Yes = "yes",
        /// Refused.
        No = "no",
        /// Could not be asked: box, letter, social media, dropped call.
        NotPossible = "not_possible",
    }
);

impl Consent {
    /// Whether the person stands before whoever writes, so that consent can be asked: then `not_possible` is no answer.
    #[must_use]
    pub fn can_be_asked(channel: &str) -> bool {
        ["desk", "field_visit", "meeting", "survey"].contains(&channel)
    }
}

closed_list!(
    /// "Is it about one of us?" The answer alone excludes people before the record enters any scope. # Source: domain.md §4, §5.15b
    SubjectRole {
        /// Not about us.
        None = "none",
        /// That project's team: excludes it, its focal point and their line.
        Project = "project",
        /// The accountability team: excludes every ao and ao_assistant.
        Accountability = "acct",
        /// The person writing: excludes the writer and their line.
        Me = "me",
        /// A partner or contractor: excludes users of that partner.
        Partner = "partner",
        /// Not known: treated as the project's team.
        Unknown = "unknown",
    }
);

closed_list!(
    /// How fast, apart from how sensitive. # Source: domain.md §2.3
    Urgency {
        /// Act now; call, do not wait for sync.
        Immediate = "immediate",
        /// Action needed.
        Action = "action",
        /// Monitor.
        Monitor = "monitor",
        /// Action already taken.
        Done = "done",
        /// To be clarified at triage.
        Unclear = "unclear",
    }
);

closed_list!(
    /// Where a case stands; derived from its events, never stored as a fact. # Source: domain.md §6
    Status {
        /// On the device that writes it only.
        Draft = "draft",
        /// Registered.
        Registered = "registered",
        /// Classified.
        Triaged = "triaged",
        /// Someone is responsible.
        Assigned = "assigned",
        /// In progress.
        InProgress = "in_progress",
        /// On hold; the clock keeps running.
        OnHold = "on_hold",
        /// Answer approved, not yet delivered.
        AnswerReady = "answer_ready",
        /// The person has the answer.
        Responded = "responded",
        /// Closed.
        Closed = "closed",
        /// Sealed (levels 4-5).
        Sealed = "sealed",
        /// With another body.
        ReferredOut = "referred_out",
        /// Merged into another case.
        Merged = "merged",
        /// Entered in error; kept, not counted.
        Void = "void",
    }
);

impl Status {
    /// Whether work on the case is over: closed, merged or void.
    #[must_use]
    pub const fn is_ended(self) -> bool {
        matches!(self, Self::Closed | Self::Merged | Self::Void)
    }
}

closed_list!(
    /// What a person should look at in a case; derived from its events. Each has a text of its own.
    CaseFlag {
        /// It was closed while new information was on its way; open again.
        ClosedWhileNewInformation = "closed_while_new_information",
        /// Two people set different levels without having seen the other's; the higher holds.
        ConcurrentLevels = "concurrent_levels",
        /// A stated day of answering or closing could not stand; the receipt's day holds.
        StatedDayReplaced = "stated_day_replaced",
        /// The person was given an answer that nobody had approved.
        AnsweredWithoutApproval = "answered_without_approval",
        /// Only a count: the person did not consent to be recorded.
        TallyOnly = "tally_only",
    }
);

closed_list!(
    /// Why a case was closed. # Source: domain.md §5.13
    CloseReason {
        /// Response delivered to the complainant.
        Responded = "responded",
        /// Response by a public or group channel.
        RespondedPublic = "responded_public",
        /// Action done, no way to respond.
        AnonNoContact = "anon_no_contact",
        /// Not reached after the required attempts.
        Unreachable = "unreachable",
        /// The receiving body confirmed, the person was told.
        ReferralAck = "referral_ack",
        /// The Investigation Unit confirmed.
        IuHandover = "iu_handover",
        /// Withdrawn by the complainant.
        Withdrawn = "withdrawn",
        /// Merged into another case.
        Duplicate = "duplicate",
        /// Entered in error.
        Void = "void",
    }
);

closed_list!(
    /// What came of it. # Source: domain.md §5.12
    Outcome {
        /// Information given.
        InfoGiven = "info_given",
        /// Upheld, action taken.
        Upheld = "upheld",
        /// Partly upheld.
        Partly = "partly",
        /// Not upheld, explained.
        Rejected = "rejected",
        /// Valid, cannot be met.
        NotFeasible = "not_feasible",
        /// Referred to another body.
        Referred = "referred",
        /// Referred for investigation.
        ToInvestigation = "to_investigation",
        /// Withdrawn.
        Withdrawn = "withdrawn",
        /// Could not be determined.
        Undetermined = "undetermined",
    }
);

closed_list!(
    /// When in the project's life a session took place. # Source: domain.md §5.16
    Phase {
        /// Before the intervention.
        Before = "before",
        /// During the intervention.
        During = "during",
        /// After the intervention.
        After = "after",
    }
);

closed_list!(
    /// The seven participant counts of a session, each a counter of its own. # Source: domain.md §7
    CountKey {
        /// Girls under 18.
        FUnder18 = "f_u18",
        /// Boys under 18.
        MUnder18 = "m_u18",
        /// Women 18-59.
        F18To59 = "f_18_59",
        /// Men 18-59.
        M18To59 = "m_18_59",
        /// Women 60 and over.
        F60 = "f_60",
        /// Men 60 and over.
        M60 = "m_60",
        /// Sex or age not known.
        Unknown = "unknown",
    }
);

closed_list!(
    /// What a person sees of a record's way to the server; never shown further than the server's receipt on disk allows.
    SyncState {
        /// Saved on this phone only.
        OnPhone = "on_phone",
        /// The server's receipt is on disk.
        OnServer = "on_server",
        /// An officer has opened or acknowledged it.
        Seen = "seen",
        /// Something was refused, parked or in conflict: a person must look.
        NeedsAttention = "needs_attention",
    }
);

/// Sensitivity level, 1 to 5. # Source: domain.md §2.1
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Level(u8);

impl Level {
    /// Level 1.
    pub const LOWEST: Self = Self(1);

    /// The level with this number.
    #[must_use]
    pub const fn new(number: u8) -> Option<Self> {
        if number >= 1 && number <= 5 { Some(Self(number)) } else { None }
    }

    /// 1 to 5.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }

    /// Whether a case of this level must be sealed (4 and 5).
    #[must_use]
    pub const fn is_sealed(self) -> bool {
        self.0 >= 4
    }
}

impl TryFrom<u8> for Level {
    type Error = super::ids::BadId;
    fn try_from(number: u8) -> Result<Self, Self::Error> {
        Self::new(number).ok_or(super::ids::BadId)
    }
}

impl From<Level> for u8 {
    fn from(level: Level) -> Self {
        level.0
    }
}
