//! The page of a focal point's key, and what is said about keys elsewhere.

use crate::{
    protocol::{
        Answer, FailureCode, Request,
        keys::{KeyAnswer, KeyRequest, KeyStanding, MyKey},
    },
    staging::Stand,
};

fn page(standing: KeyStanding, to_print: bool, begun: bool) -> String {
    Stand { user: "u3", ..Stand::english() }
        .answering(move |request| {
            let mine = MyKey {
                standing,
                fingerprint: (standing != KeyStanding::Missing).then(|| "b45e e68e".into()),
                to_print,
                book: begun.then(|| "0123 4567".into()),
                holders: vec!["u3".into()],
            };
            matches!(request, Request::Keys(KeyRequest::Mine)).then(|| Answer::Keys(Box::new(KeyAnswer::Mine(mine))))
        })
        .show("/settings/key")
}

#[test]
fn each_standing_of_a_key_offers_what_comes_next_and_nothing_else() {
    let offers = ["key-make", "field-key-card", "key-ask", "key-look", "key-show"];
    for (standing, to_print, expected) in [
        (KeyStanding::Missing, false, vec!["key-make", "field-key-card"]),
        (KeyStanding::Waits, true, vec!["field-key-card", "key-ask", "key-show"]),
        (KeyStanding::Waits, false, vec!["field-key-card", "key-ask"]),
        (KeyStanding::Counts, false, vec!["key-look"]),
        (KeyStanding::Withdrawn, false, vec!["key-make", "field-key-card"]),
    ] {
        let html = page(standing, to_print, true);
        let offered: Vec<&str> = offers.into_iter().filter(|name| html.contains(&format!("data-testid=\"{name}\""))).collect();
        assert_eq!(offered.len(), expected.len(), "{standing:?}: {offered:?}");
        assert!(expected.iter().all(|name| offered.contains(name)), "{standing:?}: {offered:?}");
        assert_eq!(html.contains("b45e e68e"), standing != KeyStanding::Missing);
        assert!(html.contains("0123 4567"), "the book's fingerprint: {html}");
    }
    let html = page(KeyStanding::Missing, false, false);
    assert!(html.contains("Ask the administrator to begin recovery") && !html.contains("key-make"), "{html}");
}

#[test]
fn only_those_reports_are_sealed_to_are_led_to_the_page() {
    assert!(Stand { user: "u3", ..Stand::english() }.show("/settings").contains("to-my-key"));
    for other in ["u1", "u2", "u4"] {
        assert!(!Stand { user: other, ..Stand::english() }.show("/settings").contains("to-my-key"), "{other}");
        let html = Stand { user: other, ..Stand::english() }.show("/settings/key");
        assert!(html.contains(&format!("data-code=\"{}\"", FailureCode::NotAllowed.id())), "{html}");
    }
}

#[test]
fn a_missing_key_is_said_in_the_inbox_and_a_swapped_book_everywhere() {
    let missing = |path: &str| Stand { user: "u3", status: |s| s.key_missing = true, ..Stand::default() }.show(path);
    assert!(missing("/inbox").contains("banner-key-missing"));
    assert!(!missing("/settings").contains("banner-key-missing"));
    for path in ["/", "/inbox", "/settings", "/capture/01010101010101010101010101010101"] {
        let html = Stand { user: "u2", status: |s| s.book_swapped = true, ..Stand::default() }.show(path);
        assert!(html.contains("banner-book-swapped") && !html.contains("banner-key-missing"), "{path}");
    }
}
