//! What pages show for what the replica answers: states, roles, both languages, long text.

use crate::{protocol::Stage, staging::Stand};

#[test]
fn every_gate_opens_in_arabic_from_right_to_left_and_offers_english() {
    for (stage, name) in [
        (Stage::New, "gate-new"),
        (Stage::Locked, "gate-locked"),
        (Stage::PinLocked, "gate-pin"),
        (Stage::OtherTab, "gate-other-tab"),
        (Stage::Unsupported, "gate-unsupported"),
    ] {
        let html = Stand { stage, ..Stand::default() }.show("/");
        assert!(html.contains(name), "{name}: {html}");
        assert!(html.contains(r#"dir="rtl""#) && html.contains("language-switch") && html.contains("English"));
    }
}
