//! A place that no list has: written by two people in their own way, mapped once at the desk, offered on every phone after.

use super::keeping::session;
use crate::harness::{DAY, Deployment, Phone, complaint};
use mobile::protocol::{Answer, CaseView, PlaceToMap, Request};
use shared::{
    document::content::Facts,
    intent::Intent,
    model::{ids::RecordId, query::CaseQuery, role::Role},
    settings::{
        Label,
        sites::{NewSite, UNLISTED},
    },
};

fn at_unlisted(at: &Deployment, name: &str) -> Facts {
    let mut facts = complaint(at);
    facts.insert("place.adm4".into(), "C1561".into());
    facts.insert(UNLISTED.into(), name.into());
    facts
}

fn to_map(phone: &mut Phone, at: &mut Deployment) -> Vec<PlaceToMap> {
    match phone.ask(at, Request::PlacesToMap) {
        Answer::PlacesToMap(places) => places,
        other => panic!("{other:?}"),
    }
}

fn new_site() -> NewSite {
    NewSite { parent: "C1561".into(), name: Label { ar: "تجمع النخيل".into(), en: "Al-Nakheel site".into() } }
}

fn map(phone: &mut Phone, at: &mut Deployment, place: &PlaceToMap) {
    let (code, adm3) = place.likely.clone().expect("a place of that name");
    for document in &place.documents {
        let facts = [
            ("place.adm3".to_owned(), Some(adm3.as_str().into())),
            ("place.adm4".to_owned(), Some(code.as_str().into())),
            (UNLISTED.to_owned(), None),
        ];
        phone.act(at, Intent::SetFacts { document: *document, facts: facts.into() }).unwrap();
    }
}

fn places_of(phone: &mut Phone, at: &mut Deployment) -> Vec<(Option<String>, Option<String>)> {
    let query = CaseQuery { view: CaseView::All, limit: 50, ..CaseQuery::default() };
    let Answer::Cases(page) = phone.ask(at, Request::Cases(query)) else { panic!("cases") };
    page.rows.into_iter().map(|row| (row.adm4.map(|code| code.to_string()), row.unlisted)).collect()
}

#[test]
fn a_site_named_twice_in_the_field_is_mapped_once_and_offered_to_everybody() {
    let mut at = Deployment::new(false);
    let (mut receiver, mut officer) = (at.phone(Role::Receiver), at.phone(Role::Ao));
    for name in ["تجمّع النخيل", " تجمع  النخيل"] {
        let facts = at_unlisted(&at, name);
        receiver.record(&mut at, facts);
    }
    receiver.sync(&mut at);
    officer.sync(&mut at);
    let waiting = to_map(&mut officer, &mut at);
    assert_eq!((waiting.len(), waiting[0].documents.len(), waiting[0].likely.clone()), (1, 2, None));
    assert_eq!(waiting[0].unlisted.parent.as_str(), "C1561", "until then it counts in its community");

    assert_eq!(officer.ask(&mut at, Request::AddSite(new_site())), Answer::Done);
    let named = to_map(&mut officer, &mut at);
    assert_eq!(named[0].likely, Some(("C1561-S1".into(), "SY020400".into())));
    map(&mut officer, &mut at, &named[0]);
    assert_eq!(to_map(&mut officer, &mut at), []);
    officer.sync(&mut at);
    let mapped = (Some("C1561-S1".to_owned()), None);
    assert_eq!(places_of(&mut officer, &mut at), [mapped.clone(), mapped]);

    at.now = at.now.plus(DAY);
    receiver.sync(&mut at);
    let find = Request::FindPlaces { text: "النخيل".into(), within: None, levels: vec![5] };
    let Answer::Places(found) = receiver.ask(&mut at, find) else { panic!("places") };
    assert_eq!(found.iter().map(|hit| hit.place.code.as_str()).collect::<Vec<_>>(), ["C1561-S1"]);
}

#[test]
fn a_name_in_no_list_finds_its_case_however_it_is_spelt_here_and_at_the_server() {
    let mut at = Deployment::new(false);
    let (mut receiver, mut officer) = (at.phone(Role::Receiver), at.phone(Role::Ao));
    let facts = at_unlisted(&at, "تجمّع الأرامل قرب المقبرة");
    let record = receiver.record(&mut at, facts).record;
    let other = complaint(&at);
    receiver.record(&mut at, other);
    receiver.sync(&mut at);
    officer.sync(&mut at);
    let session = session(&mut at, Role::Ao);
    for (typed, finds) in [("الارامل", true), ("تجمع الارامل قرب المقبره", true), ("الأرامل المدرسة", false)]
    {
        let query = CaseQuery { view: CaseView::All, text: typed.into(), limit: 50, ..CaseQuery::default() };
        let Answer::Cases(here) = officer.ask(&mut at, Request::Cases(query.clone())) else { panic!("cases") };
        let there = at.server.cases(at.now, &session, &query).unwrap();
        for rows in [here.rows, there.rows] {
            let found: Vec<RecordId> = rows.into_iter().map(|row| row.record).collect();
            assert_eq!(found, if finds { vec![record] } else { Vec::new() }, "{typed}");
        }
    }
}

#[test]
fn a_name_is_told_to_who_may_correct_its_record_and_nobody_adds_a_site_beyond_their_area() {
    let mut at = Deployment::new(false);
    let mut receiver = at.phone(Role::Receiver);
    let facts = at_unlisted(&at, "تجمع النخيل");
    receiver.record(&mut at, facts);
    receiver.sync(&mut at);
    assert_eq!(to_map(&mut receiver, &mut at), [], "the record is no longer on the phone that sent it");
    for role in [Role::Admin, Role::HqAme] {
        let mut other = at.phone(role);
        other.sync(&mut at);
        assert_eq!(to_map(&mut other, &mut at), [], "{role:?}");
    }
    let version = at.server.in_force().settings.version;
    for role in [Role::Receiver, Role::PmFocal, Role::Cd] {
        let mut other = at.phone(role);
        let refused = other.ask(&mut at, Request::AddSite(new_site()));
        assert!(matches!(refused, Answer::Failed(_)), "{role:?}: {refused:?}");
    }
    assert_eq!(at.server.in_force().settings.version, version);
}
