//! A batch: many people recorded one after the other at one distribution. Holds where and how, and how many; of nobody anything.

use serde::{Deserialize, Serialize};
use shared::{
    document::content::Facts,
    model::{dates::UnixSeconds, ids::RecordId},
};

/// About the batch. Each is answered with the batch as it then stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum BatchRequest {
    /// As it stands.
    Show,
    /// Begins one, or changes what is the same for everybody from the next person on; the counts stay.
    SetUp(Facts),
    /// This record is the next person's: counted once it is saved.
    Person(RecordId),
    /// The distribution is over. What was recorded stays as it is.
    End,
}

/// The batch that runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Batch {
    /// What is the same for everybody: keys of [`shared::intent::burst::SET_ONCE`].
    pub facts: Facts,
    /// Complaints saved in it, whole. What was sealed is not among them: no count of it stays on a device (domain.md §10.4).
    pub recorded: u32,
    /// People who did not agree to be recorded and were only counted.
    pub counted: u32,
    /// Whose form is under work.
    pub person: Option<RecordId>,
    /// The complaint saved last.
    pub last: Option<RecordId>,
    /// When it began, by the device's clock.
    pub since: UnixSeconds,
}
