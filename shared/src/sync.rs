//! How phones and server exchange changes.
//!
//! Knows no network, no storage, no clock and no chance: bytes, stored facts, `now` and entropy are arguments.
#![doc = include_str!("sync/protocol.md")]

pub mod frames;
pub mod key_calls;
pub mod list_index;
pub mod messages;
pub mod opened;
pub mod opening;
pub mod people;
pub mod scope;
pub mod server_pin;
pub mod session;
pub mod set_hash;
pub mod sign_in;
pub mod signing;
pub mod slim;
pub mod unsent;
pub mod varint;
pub mod verdict;

/// The protocol this version speaks; both sides name it in every request. Raised when an old reader would misunderstand a
/// new message; a field more is not a reason, since unknown keys are skipped.
pub const PROTOCOL: u16 = 1;

#[cfg(test)]
mod tests {
    #[test]
    fn the_page_names_the_protocol_this_code_speaks() {
        let page = include_str!("sync/protocol.md");
        assert!(page.contains(&format!("**protocol version {}**", super::PROTOCOL)));
        assert!(page.contains("/api/v1/sync"));
    }
}
