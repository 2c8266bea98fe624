//! What the hotline page is told: whom to call back. Plain data.

use serde::{Deserialize, Serialize};
pub use shared::look_up::Found;
use shared::{call_back::CallBack, document::content::Facts, model::row::CaseRow};

/// Someone to be called, with everything this person may know for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CallBackLine {
    /// The case.
    pub row: CaseRow,
    /// Why, from when, and how often it was tried.
    pub call: CallBack,
    /// Tried often enough to be closed as unreachable.
    pub enough: bool,
    /// How to reach them: facts of the contact document, never the name.
    pub contact: Facts,
    /// Kinds of steps this person may take now (`Step::kind`).
    pub may: Vec<String>,
}
