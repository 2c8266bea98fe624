//! Names from the field that no list has yet, as the page that maps them shows them. Plain data.

use serde::{Deserialize, Serialize};
use shared::{
    model::{ids::Pcode, record::DocumentId},
    settings::sites::Unlisted,
};

/// One name under one parent, with the records on this device that hold it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceToMap {
    /// As first written.
    pub unlisted: Unlisted,
    /// Records this person may correct: case or session documents.
    pub documents: Vec<DocumentId>,
    /// The listed place that bears the same name, with its sub-district.
    pub likely: Option<(Pcode, Pcode)>,
}
