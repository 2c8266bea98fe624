//! What stands in a document, and the only code that knows Automerge.

pub mod content;
pub mod fields;
