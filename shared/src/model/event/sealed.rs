//! What was done on a sealed case, as its plain event says it. The words stand elsewhere, sealed.

use crate::model::{
    codes::{CloseReason, Level},
    ids::UserId,
};
use serde::{Deserialize, Serialize};

/// What was done on a sealed case.
///
/// # Source
/// domain.md §6 (T4, T10-T13, T17, T18, T20).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SealedDeed {
    /// The person was told that it was received.
    Acknowledged {},
    /// A follow-up.
    Followup {},
    /// One try to reach the person that failed.
    ContactAttempt {},
    /// T13: passed to another body.
    Referred {},
    /// The person was told safely what can be told.
    Responded {},
    /// T17, first half: the Investigation Unit confirmed that it has it.
    HandedOver {},
    /// T18 between levels 4 and 5.
    Relevelled {
        /// The level that holds from here on.
        level: Level,
        /// Who is to hold it: chosen where the report is open, by whoever knows whom it is about.
        recipients: Vec<UserId>,
    },
    /// T17, T11, T20: proposal to close; the server rules.
    Closed {
        /// Why.
        reason: CloseReason,
    },
}

impl SealedDeed {
    /// What policy knows each by, and screens.
    pub const RIGHTS: [&'static str; 8] = [
        "sealed_acknowledged",
        "sealed_followup",
        "sealed_contact_attempt",
        "sealed_referred",
        "sealed_responded",
        "sealed_handed_over",
        "sealed_relevelled",
        "sealed_closed",
    ];

    /// What policy knows it by: the roles differ by what is done.
    #[must_use]
    pub const fn right(&self) -> &'static str {
        Self::RIGHTS[match self {
            Self::Acknowledged {} => 0,
            Self::Followup {} => 1,
            Self::ContactAttempt {} => 2,
            Self::Referred {} => 3,
            Self::Responded {} => 4,
            Self::HandedOver {} => 5,
            Self::Relevelled { .. } => 6,
            Self::Closed { .. } => 7,
        }]
    }
}

#[cfg(test)]
mod tests {
    use super::SealedDeed;
    use crate::model::{
        codes::{CloseReason, Level},
        dates::UnixSeconds,
        event::{Event, EventError, Step},
    };

    #[test]
    fn a_sealed_step_says_kind_and_day_and_a_deed_of_a_later_version_is_told_from_garbage() {
        let text = |step| Event { by: "u7".into(), at: UnixSeconds(1), after: vec![], set: 3, step }.to_text();
        let on = "2026-03-01".parse().unwrap();
        let recipients = vec!["u1".into()];
        for (deed, right) in [
            (SealedDeed::Acknowledged {}, "sealed_acknowledged"),
            (SealedDeed::Closed { reason: CloseReason::IuHandover }, "sealed_closed"),
            (SealedDeed::Relevelled { level: Level::LOWEST, recipients }, "sealed_relevelled"),
        ] {
            let step = Step::SealedStep { on, deed };
            assert_eq!((step.kind(), step.right()), ("sealed_step", right));
            assert_eq!(Event::from_text(&text(step.clone())).map(|event| event.step), Ok(step));
        }
        let plain = text(Step::SealedStep { on, deed: SealedDeed::Followup {} });
        assert_eq!(plain, r#"{"by":"u7","at":1,"set":3,"k":"sealed_step","on":"2026-03-01","kind":"followup"}"#);
        assert_eq!(Event::from_text(&plain.replace("followup", "from_2031")), Err(EventError::UnknownKind));
        assert_eq!(Event::from_text(&plain.replace("\"followup\"", "7")), Err(EventError::Malformed));
    }
}
