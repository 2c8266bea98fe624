//! Before the app is open, and what is said everywhere once it is.

use crate::{
    protocol::{Answer, Failure, FailureCode, Preferences, ReplicaStatus, Request, Stage},
    staging::Stand,
};
use shared::model::devices::Shut;

#[test]
fn every_gate_opens_in_arabic_from_right_to_left_and_offers_english() {
    for (stage, name) in [
        (Stage::New, "gate-new"),
        (Stage::Locked, "gate-locked"),
        (Stage::PinLocked, "gate-pin"),
        (Stage::Shut, "gate-shut"),
        (Stage::OtherTab, "gate-other-tab"),
        (Stage::Unsupported, "gate-unsupported"),
    ] {
        let html = Stand { stage, ..Stand::default() }.show("/inbox");
        assert!(html.contains(name), "{name}: {html}");
        assert!(html.contains(r#"dir="rtl""#) && html.contains("language-switch") && html.contains("English"));
        assert!(!html.contains("data-testid=\"inbox\""), "{name} shows a page behind it");
    }
}

#[test]
fn a_locked_phone_says_whose_it_is_and_that_what_waits_is_safe() {
    let html = Stand { stage: Stage::Locked, status: |s| s.waiting = 3, ..Stand::english() }.show("/");
    assert!(html.contains("salma") && html.contains("changes wait here to be sent"), "{html}");
}

#[test]
fn an_expired_session_is_said_and_never_blocks_capture() {
    let html = Stand { status: |s| s.token_expired = true, ..Stand::default() }.show("/capture/01010101010101010101010101010101");
    assert!(html.contains("banner-expired"));
    assert!(html.contains("consent-yes"), "{html}");
}

#[test]
fn the_trial_banner_stands_on_every_page_and_others_only_where_they_apply() {
    let html = Stand::default().show("/");
    assert!(html.contains("banner-pilot"));
    for absent in ["banner-expired", "banner-persistence", "banner-clock", "banner-update"] {
        assert!(!html.contains(absent), "{absent}");
    }
    let html = Stand {
        status: |s| {
            s.persisted = Some(false);
            s.clock_ahead_s = Some(-700);
        },
        ..Stand::default()
    }
    .show("/");
    assert!(html.contains("banner-persistence") && html.contains("banner-clock"));
}

#[test]
fn settings_that_cannot_be_read_say_so_and_can_be_asked_again() {
    let failing = |request: &Request| {
        matches!(request, Request::Settings)
            .then(|| Answer::Failed(Failure { code: FailureCode::Unreadable, fields: Vec::new() }))
    };
    let html = Stand::english().answering(failing).show("/");
    assert!(html.contains(r#"data-code="unreadable""#) && html.contains("retry"), "{html}");
}

#[test]
fn navigation_has_what_the_role_may_use_and_no_more() {
    let receiver = Stand { user: "u2", ..Stand::default() }.show("/");
    assert!(receiver.contains("nav-records") && receiver.contains("nav-sessions"));
    assert!(!receiver.contains("nav-inbox") && !receiver.contains("nav-projects"), "{receiver}");
    let officer = Stand::default().show("/");
    assert!(officer.contains("nav-inbox") && !officer.contains("nav-projects"), "{officer}");
    let manager = Stand { user: "u3", ..Stand::default() }.show("/");
    assert!(manager.contains("nav-inbox") && manager.contains("nav-projects") && manager.contains("nav-coverage"), "{manager}");
}

#[test]
fn an_unknown_address_leads_home() {
    let html = Stand::default().show("/no/such/page");
    assert!(html.contains("not-found") && html.contains(r#"href="/""#), "{html}");
}

#[test]
fn a_device_that_only_sends_says_why_what_waits_and_shows_no_page() {
    let road = |status: &mut ReplicaStatus| {
        status.shut = Some(Shut::Road);
        status.waiting = 2;
    };
    let html = Stand { stage: Stage::Shut, status: road, ..Stand::english() }.show("/inbox");
    assert!(html.contains("Prepared for the road") && html.contains("2 changes wait"), "{html}");
    assert!(html.contains("shut-send") && !html.contains("data-testid=\"nav-"), "{html}");
    let html = Stand { stage: Stage::Shut, status: |s| s.shut = Some(Shut::Expired), ..Stand::english() }.show("/inbox");
    assert!(html.contains("Too long without contact"), "{html}");
}

#[test]
fn before_the_road_is_one_press_and_a_phone_long_without_contact_warns() {
    let html = Stand { status: |s| s.forgets_in_days = Some(1), ..Stand::english() }.show("/settings");
    assert!(html.contains("prepare-road") && html.contains("banner-contactless") && html.contains("within 1 day"), "{html}");
    assert!(!Stand::english().show("/").contains("banner-contactless"));
}

#[test]
fn a_forgotten_passphrase_has_a_way_and_too_many_wrong_ones_leave_no_other() {
    let html = Stand { stage: Stage::Locked, ..Stand::english() }.show("/");
    assert!(html.contains("passphrase-forgotten") && !html.contains("data-testid=\"opening\""), "{html}");
    let html = Stand { stage: Stage::Locked, status: |s| s.passphrase_gone = true, ..Stand::english() }.show("/");
    assert!(html.contains("data-testid=\"opening\"") && html.contains("too many wrong"), "{html}");
}

#[test]
fn a_new_device_shows_the_digits_to_read_out_and_nothing_else() {
    let waits = |status: &mut ReplicaStatus| {
        status.shut = Some(Shut::Unconfirmed);
        status.fingerprint = Some("1234 5678 9012".into());
    };
    let html = Stand { stage: Stage::Shut, status: waits, ..Stand::english() }.show("/");
    assert!(html.contains("1234 5678 9012") && html.contains("read out these digits"), "{html}");
}

#[test]
fn with_the_plain_look_the_lock_screen_says_nothing_of_what_the_app_is_for() {
    let plain = || Preferences { language: "en".into(), look: "notes".into(), ..Preferences::default() };
    for stage in [Stage::Locked, Stage::PinLocked] {
        let html = Stand { stage, preferences: plain(), ..Stand::default() }.show("/");
        let (_, shown) = html.split_once("</style>").unwrap();
        assert!(!shown.contains("Sada") && !shown.contains("complaint"), "{shown}");
        assert!(shown.contains("Locked"));
    }
    let html = Stand { preferences: plain(), ..Stand::default() }.show("/settings");
    assert!(html.contains("look-notes") && html.contains("Notes"));
}
