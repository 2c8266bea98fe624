//! What stands in a document, and the only code that knows Automerge.
//!
//! [`fold::Document`] is the door: it takes changes in any order, says what stands ([`content::Content`]) and writes the
//! next change. The raw bytes of changes are the truth; everything here can be rebuilt from them.

pub mod content;
pub mod fields;

#[cfg(feature = "documents")]
pub mod actor;
#[cfg(feature = "documents")]
pub mod alone;
#[cfg(feature = "documents")]
pub mod change;
#[cfg(feature = "documents")]
pub mod fold;
#[cfg(feature = "documents")]
pub mod genesis;
#[cfg(feature = "documents")]
mod limits;
#[cfg(feature = "documents")]
#[cfg(feature = "documents")]
pub mod write;
