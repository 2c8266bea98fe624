//! Why a change does not pass, in codes that never change their meaning. Holds nothing a person wrote.

use crate::closed_list;
use std::fmt;

/// What is to become of a change that does not pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Malformed, or this person may never do it: kept apart with its reason on both sides.
    Refuse,
    /// Kept until something comes; no fault of the author's.
    Park(Park),
    /// It is here already.
    Duplicate,
}

/// What a parked change waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Park {
    /// Changes it builds on.
    MissingDeps,
    /// A server that knows what it says.
    Upgrade,
}

closed_list!(
    /// Why, as told to devices and shown to people through their texts. A code is never reused.
    Code {
        /// The document has it.
        Duplicate = "duplicate",
        /// More bytes or operations than a change may have.
        TooBig = "too_big",
        /// Not a raw change.
        NotAChange = "not_a_change",
        /// Damaged or forged inside.
        Undecodable = "undecodable",
        /// The checksum is wrong.
        Checksum = "checksum",
        /// The actor is not one of the device's.
        Actor = "actor",
        /// The actor has used this number before, with another content.
        SeqUsed = "seq_used",
        /// An earlier change of the actor is not here.
        SeqGap = "seq_gap",
        /// A change it builds on is not here.
        MissingDeps = "missing_deps",
        /// It builds on nothing, or on one change twice.
        Deps = "deps",
        /// It does not build on its author's own last change.
        Fork = "fork",
        /// Its operations are not numbered from where they must be.
        Clock = "clock",
        /// Another encoding than Automerge's own, or words beside the operations.
        NotCanonical = "not_canonical",
        /// It says nothing.
        Empty = "empty",
        /// An operation on something that is not in the document.
        Object = "object",
        /// An operation that documents have no use for: lists, texts, marks, tables, new maps.
        Operation = "operation",
        /// The names of the values it replaces are not those its author had.
        Pred = "pred",
        /// Not the form of a key.
        Key = "key",
        /// A key of a later version.
        LaterKey = "later_key",
        /// The value does not fit its field.
        Value = "value",
        /// Counters are only added to.
        CounterPut = "counter_put",
        /// Nothing, or more than a million at once.
        Increment = "increment",
        /// Less without a correction that says why, or a correction without its number.
        Uncorrected = "uncorrected",
        /// Something stands, or stood, under this event's id.
        EventExists = "event_exists",
        /// Not an event.
        EventMalformed = "event_malformed",
        /// An event of a later version.
        LaterEvent = "later_event",
        /// The event names another author than the device's user.
        Author = "author",
        /// Events are never changed or removed.
        EventEdited = "event_edited",
        /// The first change of a case must register it.
        NotRegistered = "not_registered",
        /// A sealed report's clear header holds no more than its few keys, and no words.
        SealedHeader = "sealed_header",
        /// What is sealed is never changed or removed.
        SealedEdited = "sealed_edited",
        /// A sealed document says first to whose keys it is sealed.
        NotAddressed = "not_addressed",
        /// Without consent to record, no more than the count is kept.
        TallyOnly = "tally_only",
        /// An answer on the spot stands beside the registration of an information request of level 1 only.
        NotOnSpot = "not_on_spot",
        /// Only the server rules.
        ServerOnly = "server_only",
        /// This person may not do this.
        NotAllowed = "not_allowed",
        /// The check itself failed; the change is kept for us to look at.
        Panicked = "panicked",
    }
);

/// Why a change did not pass.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Denial {
    /// What is to become of it.
    pub verdict: Verdict,
    /// Which of the nine checks stopped it; 0 for a duplicate.
    pub check: u8,
    /// Why.
    pub code: Code,
    /// Where: a root key, `events/<id>`, or empty. What does not have the form of a key shows as `?`, so that no words
    /// of a forged key reach a log.
    pub path: String,
}

impl Denial {
    pub(super) fn refuse(check: u8, code: Code, path: &str) -> Self {
        Self { verdict: Verdict::Refuse, check, code, path: path.to_owned() }
    }

    pub(super) fn park(check: u8, park: Park, code: Code, path: &str) -> Self {
        Self { verdict: Verdict::Park(park), check, code, path: path.to_owned() }
    }

    pub(super) fn duplicate() -> Self {
        Self { verdict: Verdict::Duplicate, check: 0, code: Code::Duplicate, path: String::new() }
    }
}

impl fmt::Display for Denial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "stopped by check {}: {} {}", self.check, self.code.id(), self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::{Code, Denial};

    #[test]
    fn a_denial_says_check_code_and_path() {
        assert_eq!(Denial::refuse(9, Code::NotAllowed, "ref_no").to_string(), "stopped by check 9: not_allowed ref_no");
    }
}
