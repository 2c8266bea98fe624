//! People and devices: what each may see of them, a temporary password, a lost phone.

use crate::{
    protocol::{Answer, PeopleAnswer, PeopleRequest, Request},
    staging::{NOW, Stand, day},
};
use shared::model::{
    devices::{ArrivedNumber, ArrivedNumbers, AskedOpening, DeviceRow, DeviceStanding, PersonDevices, RevokeReason, Revoked},
    ids::DeviceId,
    role::Role,
    week::{PersonsWeek, Week},
};

const PHONE: DeviceId = DeviceId([7; 10]);

fn device(standing: DeviceStanding, waiting: u32) -> DeviceRow {
    DeviceRow {
        revoked: None,
        device: PHONE,
        standing,
        app: "0.1.0".into(),
        enrolled_at: NOW.plus(-30 * 86_400),
        last_contact: Some(NOW.plus(-3 * 86_400)),
        waiting,
        opening: None,
    }
}

fn with_people(user: &'static str, login: &'static str, devices: Vec<DeviceRow>) -> Stand {
    Stand { user, ..Stand::english() }.answering(move |request| match request {
        Request::People(PeopleRequest::List) => Some(Answer::People(PeopleAnswer::List(vec![PersonDevices {
            user: "u2".into(),
            login: login.into(),
            closed: false,
            second_factor: true,
            devices: devices.clone(),
        }]))),
        Request::People(PeopleRequest::Arrived { .. }) => {
            let numbers = vec![ArrivedNumber { ref_no: "482173605".into(), at: NOW.plus(-86_400) }];
            Some(Answer::People(PeopleAnswer::Arrived(ArrivedNumbers { numbers })))
        }
        _ => None,
    })
}

#[test]
fn an_officer_finds_own_receivers_with_their_devices_and_no_account_to_change() {
    let html = with_people("u1", "", vec![device(DeviceStanding::InUse, 3)]).show("/people");
    for part in ["person-u2", "أحمد العلي", "1 device", "3 wait", "lost-phone"] {
        assert!(html.contains(part), "{part}: {html}");
    }
    assert!(!html.contains("new-person"));
    let html = with_people("u1", "", vec![device(DeviceStanding::InUse, 3)]).show("/people/u2");
    assert!(html.contains("revoke-07070707070707070707") && html.contains("3 days ago"), "{html}");
    for absent in ["data-testid=\"account\"", "reset-password", "publish"] {
        assert!(!html.contains(absent), "{absent}");
    }
}

#[test]
fn an_administrator_keeps_the_account_and_resets_what_opens_it() {
    let html = with_people("u5", "ahmad", vec![device(DeviceStanding::Revoked, 0)]).show("/people/u2");
    for part in ["data-testid=\"account\"", "field-role", "field-area", "field-line_manager", "field-inactive", "reset-password"]
    {
        assert!(html.contains(part), "{part}: {html}");
    }
    assert!(html.contains("reset-factor") && html.contains("ahmad") && html.contains("Revoked"));
    assert!(!html.contains("revoke-0707"), "it is revoked already");
    let html = with_people("u5", "", Vec::new()).show("/people/new");
    assert!(html.contains("add-account") && html.contains("field-login"), "{html}");
    assert!(!with_people("u1", "", Vec::new()).show("/people/new").contains("add-account"));
}

#[test]
fn an_administrator_has_people_instead_of_complaints() {
    let html = with_people("u5", "", Vec::new()).show("/");
    assert!(html.contains("nav-people"), "{html}");
    assert!(!html.contains("start-complaint") && !html.contains("nav-records"), "{html}");
}

#[test]
fn a_lost_phone_shows_what_to_call_back_about_and_what_its_finder_could_see() {
    let html = with_people("u3", "", vec![device(DeviceStanding::InUse, 2)]).show("/lost/07070707070707070707");
    for part in [
        "revoke-now",
        "number-482173605",
        "2 entries waited on it",
        "The data are encrypted",
        "of those sent only number, day and state",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    let html = with_people("u3", "", vec![device(DeviceStanding::Revoked, 2)]).show("/lost/07070707070707070707");
    assert!(html.contains("data-testid=\"revoked\"") && !html.contains("revoke-now"), "{html}");
    let html = with_people("u3", "", vec![device(DeviceStanding::InUse, 0)]).show("/lost");
    assert!(html.contains("lost-07070707070707070707"), "{html}");
}

#[test]
fn a_phone_prepared_for_the_road_can_be_reopened_and_others_can_not() {
    let html = with_people("u3", "", vec![device(DeviceStanding::Road, 1)]).show("/people/u2");
    assert!(html.contains("reopen-0707") && html.contains("Prepared for the road"), "{html}");
    let html = with_people("u3", "", vec![device(DeviceStanding::InUse, 1)]).show("/people/u2");
    assert!(!html.contains("reopen-"), "{html}");
}

#[test]
fn a_device_that_asks_to_be_opened_shows_its_digits_to_an_administrator_only() {
    let asking = || {
        let opening = Some(AskedOpening { one_time: "age1x".into(), code: "1234 5678 9012".into() });
        vec![DeviceRow { opening, ..device(DeviceStanding::InUse, 2) }]
    };
    let html = with_people("u5", "ahmad", asking()).show("/people/u2");
    assert!(html.contains("open-0707") && html.contains("1234 5678 9012"), "{html}");
    assert!(!with_people("u3", "", asking()).show("/people/u2").contains("1234 5678"));
}

#[test]
fn a_new_device_gets_a_code_from_someone_else_and_its_digits_are_typed_as_they_were_heard() {
    let html = with_people("u3", "", vec![device(DeviceStanding::Unconfirmed, 0)]).show("/people/u2");
    assert!(html.contains("make-code") && html.contains("field-fingerprint") && html.contains("confirm-device"), "{html}");
    let html = with_people("u3", "", vec![device(DeviceStanding::InUse, 0)]).show("/people/u2");
    assert!(html.contains("make-code") && !html.contains("confirm-device"), "{html}");
    assert!(!with_people("u2", "", vec![device(DeviceStanding::InUse, 0)]).show("/people/u2").contains("make-code"), "one's own");
}

#[test]
fn a_week_of_looking_is_counted_for_each_person_and_leads_from_the_people_for_whom_may_see_it() {
    let week = |people: Vec<PersonsWeek>| {
        Stand { user: "u3", ..Stand::english() }
            .answering(move |request| {
                let Request::Week(_) = request else { return None };
                Some(Answer::Week(Week { from: day(2026, 11, 17), to: day(2026, 11, 23), people: people.clone() }))
            })
            .show("/week")
    };
    let looked = PersonsWeek {
        user: "u1".into(),
        name: "سلمى الحسن".into(),
        role: Some(Role::Ao),
        sensitive: 4,
        ..PersonsWeek::default()
    };
    let html = week(vec![looked]);
    assert!(
        html.contains("سلمى الحسن") && html.contains("Cases of level 3 and above read") && html.contains("count-sensitive"),
        "{html}"
    );
    assert!(!html.contains("count-exports"), "what is nothing is not listed");
    assert!(week(Vec::new()).contains("Nothing was noted in this week"));
    let link = |user| with_people(user, "", Vec::new()).show("/people").contains("to-week");
    assert!(link("u3") && link("u5") && !link("u1"));
}

#[test]
fn a_phone_that_a_supervisor_revoked_is_told_to_whoever_stands_above_them_and_only_they_let_it_in_again() {
    let of = |user: &'static str, by: &str| {
        let revoked = Some(Revoked { at: NOW.plus(-86_400), by: by.into(), why: Some(RevokeReason::Misused) });
        with_people(user, "", vec![DeviceRow { revoked, ..device(DeviceStanding::Revoked, 3) }])
    };
    let html = of("u3", "u4").show("/");
    assert!(html.contains("revoked-lately") && html.contains("Someone else may be using it"), "{html}");
    for address in ["/people", "/people/u2"] {
        assert!(of("u3", "u4").show(address).contains("Someone else may be using it"), "{address}");
    }
    assert!(!of("u3", "u3").show("/").contains("revoked-lately"), "one's own deed is no news");
    assert!(!of("u3", "u3").show("/people/u2").contains("let-in-"));
}
