//! The field worker's lists: true states, what waits, sessions and their counts.

use crate::{
    protocol::{Answer, CasePage, FailureCode, QuarantineItem, Request, SessionDetail, Together, Waiting},
    staging::{NOW, Stand, case_row, record, session_row},
};
use shared::{
    model::{
        codes::{CountKey, SyncState},
        row::OwnRow,
        second_factor::QrPicture,
    },
    rows::Share,
};

#[test]
fn every_record_shows_how_far_it_truly_got() {
    let states = [SyncState::OnPhone, SyncState::OnServer, SyncState::Seen, SyncState::NeedsAttention];
    let html = Stand { user: "u2", ..Stand::english() }
        .answering(move |request| match request {
            Request::Cases(_) => {
                let rows: Vec<_> =
                    states.iter().zip(1..).map(|(sync, n)| crate::staging::with_sync(case_row(n), *sync)).collect();
                Some(Answer::Cases(CasePage { total: 4, rows, ..CasePage::default() }))
            }
            Request::OwnSent => Some(Answer::OwnSent(vec![OwnRow {
                ref_no: "482173611".into(),
                received_on: "2026-11-02".into(),
                state: "answered".into(),
            }])),
            _ => None,
        })
        .show("/records");
    for words in ["On this phone", "On the server", "Seen by the officer", "Needs attention", "Answered"] {
        assert!(html.contains(words), "{words}: {html}");
    }
    assert!(html.contains("sent-482173611"));
}

#[test]
fn nothing_recorded_and_nothing_waiting_are_said_as_such() {
    let html = Stand { user: "u2", ..Stand::english() }.show("/records");
    assert!(html.contains("Nothing recorded yet"), "{html}");
    let html = Stand { user: "u2", ..Stand::english() }.show("/waiting");
    assert!(html.contains("Everything is on the server"), "{html}");
}

#[test]
fn what_waits_says_since_when_and_what_was_set_aside_says_why_and_what_to_do() {
    let html = Stand { user: "u2", ..Stand::english() }
        .answering(|request| match request {
            Request::Waiting => Some(Answer::Waiting(Waiting {
                changes: 12,
                oldest: Some(NOW.plus(-3 * 86_400)),
                last_failure: Some(FailureCode::BadServer),
                ref_nos_left: 31,
                ..Waiting::default()
            })),
            Request::Quarantine => Some(Answer::Quarantine(
                ["not_allowed", "from_2031"]
                    .iter()
                    .zip(1..)
                    .map(|(why, item)| QuarantineItem {
                        item,
                        record: None,
                        ref_no: None,
                        at: NOW,
                        why: (*why).into(),
                        what: "closed".into(),
                        acknowledged: false,
                        only_copy: item == 1,
                        goes_at: (item == 2).then(|| NOW.plus(7 * 86_400)),
                        pictures: u32::from(item == 1),
                    })
                    .collect(),
            )),
            _ => None,
        })
        .show("/waiting");
    assert!(html.contains(">12<") && html.contains("3 days ago"), "{html}");
    assert!(html.contains("Ask the officer to do it"), "a known reason says what to do");
    assert!(html.contains("from_2031") && html.contains("It is kept"), "an unknown reason is shown, and that nothing is lost");
    assert!(html.contains("few-ref-nos"));
    assert!(html.contains("a photo of paper") && html.contains("Only this device has this"), "what nobody else has is said");
    assert!(html.contains("1 December 2026"), "the day it goes is said");
    let place = |part: &str| html.find(part).unwrap();
    assert!(place("quarantine-1") < place("waiting-count"), "what nobody has read is not below the fold");
}

#[test]
fn a_session_counts_attendances_in_seven_pads_and_says_when_some_are_estimates() {
    let page = |may: &'static [&'static str], approximate: bool| {
        Stand { user: "u2", ..Stand::english() }
            .answering(move |request| {
                matches!(request, Request::Session(_)).then(|| {
                    let mut row = session_row(1);
                    row.approximate = approximate;
                    Answer::Session(Box::new(SessionDetail {
                        row,
                        facts: Default::default(),
                        conflicts: Vec::new(),
                        unsent_counts: [0; 7],
                        together: together(Vec::new()),
                        overcorrected: approximate,
                        timeline: Vec::new(),
                        may: may.iter().map(|k| (*k).to_owned()).collect(),
                        may_put: Vec::new(),
                    }))
                })
            })
            .show(&format!("/sessions/{}", record(1)))
    };
    let html = page(&["increment", "estimated", "corrected"], true);
    for key in CountKey::ALL {
        assert!(html.contains(&format!("tap-{}", key.id())), "{}", key.id());
    }
    assert!(html.contains("Two people took off"), "{html}");
    assert!(html.contains("Attendances") && html.contains("With estimates") && html.contains("save-estimate"), "{html}");
    assert!(!html.contains("session-staff-card"), "not a session with staff");
    let html = page(&[], false);
    assert!(!html.contains("Two people took off"));
    assert!(!html.contains("tap-") && html.contains("count-f_18_59") && !html.contains("save-estimate"), "{html}");
}

fn together(shares: Vec<Share>) -> Together {
    Together {
        lead: "u2".into(),
        registered: shares.is_empty(),
        code: Some("481327".into()),
        picture: Some(QrPicture { width: 29, path: "M4 4h1v1h-1z".into() }),
        shares,
        estimates: Vec::new(),
        drops: Vec::new(),
        materials: Default::default(),
        handed_out: [("card".into(), 25)].into(),
    }
}

#[test]
fn two_who_count_see_each_others_share_as_of_when_and_the_digits_only_once_someone_is_named() {
    let page = |named: &'static [&'static str]| {
        Stand { user: "u4", ..Stand::english() }
            .answering(move |request| {
                matches!(request, Request::Session(_)).then(|| {
                    let facts = named.iter().map(|user| (format!("facilitator.{user}"), true.into()));
                    let side = named.iter().skip(1).map(|user| (format!("side.{user}"), "women".into()));
                    let share = |user: &str, n, as_of| {
                        let counts = [0, 0, n, 0, 0, 0, 0];
                        Share { user: user.into(), counts, kept: counts, as_of }
                    };
                    let shares = match named {
                        [_, _] => vec![share("u2", 14, Some(NOW.plus(-3_600))), share("u4", 9, None)],
                        _ => Vec::new(),
                    };
                    Answer::Session(Box::new(SessionDetail {
                        row: session_row(1),
                        facts: facts.chain(side).collect(),
                        conflicts: Vec::new(),
                        unsent_counts: [0; 7],
                        together: together(shares),
                        overcorrected: false,
                        timeline: Vec::new(),
                        may: ["increment", "count_dropped", "materials_handed"].map(str::to_owned).to_vec(),
                        may_put: ["side.*", "questions_heard.*", "questions_heard"].map(str::to_owned).to_vec(),
                    }))
                })
            })
            .show(&format!("/sessions/{}", record(1)))
    };
    let alone = page(&["u4"]);
    assert!(
        alone.contains("invite") && !alone.contains("join-code") && !alone.contains("481327") && !alone.contains("class=\"qr\""),
        "{alone}"
    );
    let html = page(&["u2", "u4"]);
    let words: String = html.chars().filter(|c| !matches!(c, '\u{2068}' | '\u{2069}')).collect();
    for part in [
        "data-code=\"481327\"",
        "481 327",
        "14 counted",
        "as of ",
        "9 counted",
        "not sent yet",
        "same-u2",
        "my-side-women",
        "class=\"qr\"",
    ] {
        assert!(words.contains(part), "{part}: {words}");
    }
    assert!(words.contains("together-waits") && words.contains("25 in all"), "{words}");
    let own = html.contains("value=\"questions_heard.u4\"") && html.contains("keep-heard");
    assert!(own && !html.contains("value=\"questions_heard\""), "each writes their own: {html}");
    let form = Stand::english().show("/sessions/join");
    assert!(form.contains("join-code") && form.contains("join-picture") && form.contains("drop-draft"), "{form}");
}

#[test]
fn the_staff_card_opens_from_home_and_says_it_in_both_languages() {
    let home = Stand::english().show("/");
    assert!(home.contains("home-staff-card") && home.contains("/staff-card"), "{home}");
    let card = Stand::english().show("/staff-card");
    for words in ["who, when, where, what", "within 24 hours", "investigate", "ask why"] {
        assert!(card.contains(words), "{words}: {card}");
    }
    let card = Stand::default().show("/staff-card");
    assert!(card.contains("مَن ومتى وأين وماذا") && card.contains("لا تحقق"), "{card}");
}
