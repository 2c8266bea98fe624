//! Places to map: what is said to be what, and nothing where nothing waits.

use crate::{
    protocol::{Answer, PlaceToMap, Request},
    staging::{Stand, record},
};
use shared::{
    model::record::{DocKind, DocumentId},
    settings::sites::Unlisted,
};

fn with(places: Vec<PlaceToMap>) -> String {
    Stand::english()
        .answering(move |request| matches!(request, Request::PlacesToMap).then(|| Answer::PlacesToMap(places.clone())))
        .show("/places")
}

#[test]
fn a_name_stands_with_its_records_and_the_place_that_bears_it() {
    let place = PlaceToMap {
        unlisted: Unlisted { name: "تجمع النخيل".into(), parent: "C1561".into() },
        documents: vec![DocumentId::first(record(1), DocKind::Case), DocumentId::first(record(2), DocKind::Session)],
        likely: Some(("C1562".into(), "SY020400".into())),
    };
    let html = with(vec![place.clone()]);
    assert!(html.contains("<bdi>تجمع النخيل</bdi>") && html.contains("2 records"), "{html}");
    assert!(html.contains("is-likely") && html.contains("is-listed") && html.contains("new-site"), "{html}");
    let html = with(vec![PlaceToMap { likely: None, ..place }]);
    assert!(!html.contains("is-likely") && html.contains("new-site"), "{html}");
}

#[test]
fn where_nothing_waits_it_says_so() {
    assert!(with(Vec::new()).contains("Every place is mapped"));
}
