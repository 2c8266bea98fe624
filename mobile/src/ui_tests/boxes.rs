//! Complaint boxes: papers accounted for in words, what two openers disagree on, and a box that stays closed.

use crate::{
    protocol::{Answer, BoxOpening, BoxStanding, Request},
    staging::{Stand, day, record, settings},
};
use shared::{
    document::content::Fact,
    model::{codes::SyncState, row::BoxRow},
    settings::{ComplaintBox, Label},
};

fn hung(stand: Stand) -> Stand {
    let Stand { answers, .. } = stand;
    let mut with_box = settings();
    with_box.boxes = vec![ComplaintBox {
        code: "B1".into(),
        label: Label { en: "Camp gate".into(), ar: "باب المخيم".into() },
        place: "C1561".into(),
        project: None,
        since: day(2026, 11, 1),
        retired: false,
    }];
    Stand { preferences: Stand::english().preferences, ..Stand::default() }.answering(move |request| match request {
        Request::Settings => Some(Answer::Settings(Box::new(with_box.clone()))),
        Request::Boxes => {
            let standing = BoxStanding { code: "B1".into(), last: Some(day(2026, 11, 14)), closed_days: 10, is_late: true };
            Some(Answer::Boxes(vec![standing]))
        }
        other => answers(other),
    })
}

fn opening(left: Vec<i64>) -> BoxOpening {
    let row = BoxRow {
        record: record(1),
        code: "B1".into(),
        date: day(2026, 11, 24),
        adm3: "SY020400".into(),
        papers: 12,
        entered: 9,
        sealed: 1,
        left,
        beyond: 0,
        void: false,
        conflict: false,
        sync: SyncState::OnPhone,
    };
    let facts = [("opener.u1".to_owned(), Fact::Flag(true)), ("opener.u2".to_owned(), Fact::Flag(true))].into();
    BoxOpening {
        row,
        facts,
        conflicts: Vec::new(),
        entered: (1..10).collect(),
        sealed: vec![10],
        may_write: true,
        may_put: Vec::new(),
    }
}

fn shown(opening: BoxOpening) -> String {
    let stand = Stand::default()
        .answering(move |request| matches!(request, Request::Opening(_)).then(|| Answer::Opening(Box::new(opening.clone()))));
    hung(stand).show(&format!("/openings/{}", record(1)))
}

#[test]
fn papers_reconcile_in_words_and_each_one_left_is_entered_or_sealed() {
    let html = shown(opening(vec![11, 12]));
    let words: String = html.chars().filter(|c| !matches!(c, '\u{2068}' | '\u{2069}')).collect();
    assert!(words.contains("Papers 12: 9 entered, 1 sensitive in the signed envelope, 2 left"), "{words}");
    for part in ["enter-11", "envelope-12", "sealed-slip-10", "أحمد العلي", "سلمى الحسن"] {
        assert!(html.contains(part), "{part}: {html}");
    }
    assert!(!html.contains("box-done") && !html.contains("enter-10"));
    assert!(shown(opening(Vec::new())).contains("box-done"));
}

#[test]
fn a_box_that_stays_closed_is_on_the_home_page_on_coverage_and_in_its_list() {
    for path in ["/", "/coverage", "/boxes"] {
        let html = hung(Stand::default()).show(path);
        let words: String = html.chars().filter(|c| !matches!(c, '\u{2068}' | '\u{2069}')).collect();
        assert!(words.contains("Camp gate: not opened for 10 days"), "{path}: {words}");
    }
    assert!(!Stand::english().show("/").contains("home-boxes"), "nothing where no box hangs");
}
